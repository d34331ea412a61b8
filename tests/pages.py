"""Reading a page of a report as a program would: its data, its elements, and what its data says of a day."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any, Self

from ledger.form import form3
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from ledger.wording import is_nothing
from projections.editions import Assessment
from projections.readings import Certainty
from projections.report.document import Paper
from projections.report.states import States

DATA = re.compile(r'<script type="application/json" id="told">(.*?)</script>', re.DOTALL)


def told(html: str) -> Any:  # noqa: ANN401  (JSON)
    """The data of a page."""
    (found,) = DATA.findall(html)
    return json.loads(found)


def data_of(known: Assessment) -> Any:  # noqa: ANN401  (JSON)
    """The same of an assessment, without its page: gone through JSON as it is there."""
    return json.loads(json.dumps(Paper(States.of(known), {}).told))


def items_on(data: Any, day: date | None) -> list[dict[str, Any]]:  # noqa: ANN401  (JSON)
    """What the data says of a day, in the words of ``kaitei show -f json``; None is the latest state."""
    asked = day.isoformat() if day else "9999-12-31"
    place = sum(first <= asked for first in data["days"]) - 1
    found = [each for each in data["versions"] if each[1] <= place < each[2]]
    return [_item(data, each) for each in found]


def _item(data: Any, version: list[Any]) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    item, _, _, value, certainty, reason, rivals, since, row, _, floor = version
    path, key, _, _, important, _ = data["items"][item]
    kind = form3()[key].kind or ItemKind.TEXT
    said = _value(data, value)
    return {
        "path": path,
        "key": key,
        "label": ItemPath.parse(path).label,
        "important": important,
        "kind": "empty" if isinstance(said, str) and is_nothing(said) else str(kind),
        "value": said,
        "certainty": str(list(Certainty)[certainty]),
        "reason": data["texts"][reason],
        "since": since,
        "row": row or None,
        **({"floor": True} if floor else {}),
        **({"rivals": [_value(data, each) for each in rivals]} if rivals else {}),
    }


def _value(data: Any, number: int | None) -> Any:  # noqa: ANN401  (JSON)
    if number is None:
        return None
    return data["texts"][number] if number >= 0 else data["boxes"][-1 - number][0]


@dataclass
class Elements(HTMLParser):
    """Every element of a page with its attributes, and all text but that of its style and scripts."""

    found: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def of(cls, html: str) -> Self:
        """The elements of a whole page."""
        parser = cls()
        parser.feed(html)
        parser.close()
        return parser

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in {"script", "style"}:
            self.text += data

    @property
    def tags(self) -> set[str]:
        """The names of the elements."""
        return {tag for tag, _ in self.found}

    @property
    def attributes(self) -> set[str]:
        """The names of all attributes."""
        return {name for _, attributes in self.found for name in attributes}

    @property
    def ids(self) -> list[str]:
        """The ids, in the order of the page."""
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]

    @property
    def links(self) -> list[str]:
        """What is referred to."""
        return [attributes["href"] for _, attributes in self.found if "href" in attributes]
