"""Between what projections answer and JSON: every value of theirs, and back to an equal one.

A value is JSON as it is, or a list that begins with its kind. What was written before in the same text (the
change that many edges share) is named by its number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from ledger.events import ItemChanged
from ledger.form import Form, FormItem
from ledger.item_path import ItemPath
from ledger.resolver import Correction, How, Resolution, Slip
from ledger.wareki import WarekiDate
from projections.change_table import TableRow
from projections.changes import Change
from projections.edges import Edge, Target, Touched
from projections.filing import Filing, Passed, Stage
from projections.history import LoggedRow
from projections.life import Milestone
from projections.rows import Style

_DATACLASSES: Final = (
    LoggedRow,
    Filing,
    Passed,
    WarekiDate,
    TableRow,
    Change,
    Touched,
    Edge,
    Target,
    Resolution,
    Correction,
    Milestone,
    ItemPath,
)
_ENUMS: Final = (How, Slip, Style, Stage)
_MADE: Final[dict[str, Callable[..., object]]] = {kind.__name__: kind for kind in _DATACLASSES}
_CHOICES: Final[dict[str, Callable[..., object]]] = {
    kind.__name__: {each.value: each for each in kind}.__getitem__ for kind in _ENUMS
}
_FIELDS: Final[dict[type[object], tuple[str, ...]]] = {
    kind: tuple(each.name for each in fields(kind)) for kind in _DATACLASSES
}
_FACTS: Final = tuple(each.name for each in fields(ItemChanged) if each.name != "timestamp")


def encoded(value: object) -> str:
    """*value* as JSON. Raises TypeError where it has a part of a kind that is not known here."""
    return as_json(_Writing(None).of(value))


def parted(value: object) -> tuple[str, tuple[str, ...]]:
    """The same with its long texts by themselves, for they stand elsewhere too. Raises as ``encoded``."""
    texts: dict[str, int] = {}
    return as_json(_Writing(texts).of(value)), tuple(texts)


def decoded(text: str, form: Form, texts: Sequence[str] = ()) -> Any:  # noqa: ANN401  # whatever was encoded
    """The value again; its items are those of *form*, its long texts *texts*."""
    return _Reading(form, texts).of(json.loads(text))


as_json: Final[Callable[[object], str]] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""What is plain already, as short JSON."""


_LONG: Final = 12  # characters; a shorter text is not worth the place of its number


class _Writing:
    def __init__(self, texts: dict[str, int] | None) -> None:
        self._texts = texts
        self._seen: dict[int, int] = {}
        self._kept: list[object] = []  # so that no id is given twice

    def of(self, value: object) -> object:  # noqa: PLR0911  # one for each kind
        match value:
            case Enum():
                return [type(value).__name__, value.value]
            case str() if self._texts is not None and len(value) > _LONG:
                return ["text", self._texts.setdefault(value, len(self._texts))]
            case None | str() | int():
                return value
            case tuple():
                return ["", *map(self.of, value)]
            case datetime():
                return ["time", value.isoformat()]
            case date():
                return ["day", value.isoformat()]
            case FormItem():
                return ["item", value.key]
            case ItemChanged():
                facts = [getattr(value, name) for name in _FACTS]
                return ["event", *(str(fact) if isinstance(fact, UUID) else fact for fact in facts)]
            case _ if is_dataclass(value) and type(value) in _FIELDS:
                return self._fields(value)
        message = f"no way to write down {type(value)}"
        raise TypeError(message)

    def _fields(self, value: object) -> object:
        if (known := self._seen.get(id(value))) is not None:
            return ["again", known]
        written = [type(value).__name__, *(self.of(getattr(value, name)) for name in _FIELDS[type(value)])]
        self._seen[id(value)] = len(self._kept)
        self._kept.append(value)
        return written


class _Reading:
    def __init__(self, form: Form, texts: Sequence[str]) -> None:
        self._kept: list[object] = []
        self._special: dict[str, Callable[..., object]] = {
            "": lambda *members: members,
            "time": datetime.fromisoformat,
            "day": date.fromisoformat,
            "item": form.__getitem__,
            "again": self._kept.__getitem__,
            "text": texts.__getitem__,
            "event": lambda stream, *facts: ItemChanged(UUID(stream), *facts),
            **_CHOICES,
        }

    def of(self, written: Any) -> Any:  # noqa: ANN401  # as JSON gives it
        if type(written) is not list:
            return written
        # most parts are plain: a call for each would take most of the time
        parts = [self.of(each) if type(each) is list else each for each in written[1:]]
        if (special := self._special.get(written[0])) is not None:
            return special(*parts)
        value = _MADE[written[0]](*parts)
        self._kept.append(value)
        return value
