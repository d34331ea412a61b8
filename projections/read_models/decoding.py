"""Values that the read models keep whole, read again: each equal to the one that was written."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from ledger.form import Form
from ledger.wareki import WarekiDate
from projections.milestones import Filing, Milestone, Passed, Stage

_MADE: Final[dict[str, Callable[..., object]]] = {
    kind.__name__: kind for kind in (Filing, Milestone, Passed, WarekiDate)
}
"""The kinds that a heading is made of; those of rows come to them with the first row."""

_PLAIN: Final[dict[str, Callable[..., object]]] = {
    "": lambda *members: members,
    "time": datetime.fromisoformat,
    "day": date.fromisoformat,
    Stage.__name__: Stage,
}
"""The same for what is not named again."""


def decoded(text: str, form: Form, texts: Sequence[str] = ()) -> Any:  # noqa: ANN401  # whatever was encoded
    """The value again; its items are those of *form*, its long texts *texts*."""
    return _Reading(form, texts).of(json.loads(text))


class _Reading:
    def __init__(self, form: Form, texts: Sequence[str]) -> None:
        self._kept: list[object] = []
        self._plain = _PLAIN | {
            "item": form.__getitem__,
            "again": self._kept.__getitem__,
            "text": texts.__getitem__,
        }

    def of(self, written: Any) -> Any:  # noqa: ANN401  # as JSON gives it
        if type(written) is not list:
            return written
        # most parts are plain: a call for each would take most of the time
        parts = [self.of(each) if type(each) is list else each for each in written[1:]]
        kind = written[0]
        if (plain := self._plain.get(kind)) is not None:
            return plain(*parts)
        if (made := _MADE.get(kind)) is None:
            self._plain |= _of_rows()
            return self._plain[kind](*parts) if kind in self._plain else self._keep(_MADE[kind](*parts))
        return self._keep(made(*parts))

    def _keep(self, value: object) -> object:
        self._kept.append(value)
        return value


def _of_rows() -> dict[str, Callable[..., object]]:
    """Load what rows are made of."""
    from projections.read_models import kinds  # noqa: PLC0415

    _MADE.update(kinds.MADE)
    _PLAIN.update({**kinds.CHOICES, "event": kinds.event})
    return _PLAIN
