"""Values that the read models keep whole, read again: each equal to the one that was written."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from ledger.form import Form
from ledger.wareki import WarekiDate
from projections.milestones import Filing, Milestone, Passed, Stage

_OF_HEADINGS: Final[dict[str, Callable[..., object]]] = {
    kind.__name__: kind for kind in (Filing, Milestone, Passed, WarekiDate)
}


def decoded(text: str, form: Form, texts: Sequence[str] = ()) -> Any:  # noqa: ANN401  # whatever was encoded
    """The value again; its items are those of *form*, its long texts *texts*."""
    return _Reading(form, texts).of(json.loads(text))


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
            Stage.__name__: Stage,
        }

    def of(self, written: Any) -> Any:  # noqa: ANN401  # as JSON gives it
        if type(written) is not list:
            return written
        # most parts are plain: a call for each would take most of the time
        parts = [self.of(each) if type(each) is list else each for each in written[1:]]
        if (special := self._special.get(written[0])) is not None:
            return special(*parts)
        return self._whole(written[0], parts)

    def _whole(self, kind: str, parts: Sequence[object]) -> object:
        made = _OF_HEADINGS.get(kind)
        if made is None:
            # What rows are made of is loaded with the first of them.
            from projections.read_models import kinds  # noqa: PLC0415

            if kind == "event":
                return kinds.event(*parts)  # type: ignore[arg-type]  # as it was written
            if (choice := kinds.CHOICES.get(kind)) is not None:
                return choice(*parts)
            made = kinds.MADE[kind]
        value = made(*parts)
        self._kept.append(value)
        return value
