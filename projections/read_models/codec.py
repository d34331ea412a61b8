"""What projections answer, as JSON: every value of theirs. ``projections/read_models/decoding.py`` reads it.

A value is JSON as it is, or a list that begins with its kind. What was written before in the same text (the
change that many edges share) is named by its number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from itertools import takewhile
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from ledger.events import ItemChanged
from ledger.form import FormItem
from projections.read_models.kinds import DATACLASSES, ENUMS, FACTS, FIELDS
from projections.read_models.plain import as_json


def encoded(value: object) -> str:
    """*value* as JSON. Raises TypeError where it has a part of a kind that is not known here."""
    return as_json(_Writing(None).of(value))


def parted(value: object) -> tuple[str, tuple[str, ...]]:
    """The same with its long texts by themselves, for they stand elsewhere too. Raises as ``encoded``."""
    texts: dict[str, int] = {}
    return as_json(_Writing(texts).of(value)), tuple(texts)


_LONG: Final = 12  # characters; a shorter text is not worth the place of its number


class _Writing:
    """Writes one value; *texts* get its long texts, in the order of their numbers (None: they stay in it)."""

    def __init__(self, texts: dict[str, int] | None) -> None:
        self._texts = texts
        self._seen: dict[int, int] = {}
        self._kept: list[object] = []  # so that no id is given twice

    def of(self, value: object) -> object:
        kind = type(value)
        if kind is str:
            return self._text(value)  # type: ignore[arg-type]  # the kind says so
        if value is None or kind is int or kind is bool:
            return value
        if kind in _TOLD_BY:
            return self._fields(value, kind)
        if kind is tuple:
            return ["", *map(self.of, value)]  # type: ignore[call-overload]  # the kind says so
        written = _PLAIN.get(kind)
        if written is None:
            message = f"no way to write down {kind}"
            raise TypeError(message)
        return written(value)

    def _text(self, value: str) -> object:
        if self._texts is None or len(value) <= _LONG:
            return value
        return ["text", self._texts.setdefault(value, len(self._texts))]

    def _fields(self, value: object, kind: type[object]) -> object:
        if (known := self._seen.get(id(value))) is not None:
            return ["again", known]
        facts = _TOLD_BY[kind](value)
        told = len(facts)
        for usual in _USUAL[kind]:  # who makes it again need not be told of what is usual, at the end
            if facts[told - 1] != usual:
                break
            told -= 1
        written = [kind.__name__, *map(self.of, facts[:told])]
        self._seen[id(value)] = len(self._kept)
        self._kept.append(value)
        return written


def _event(value: ItemChanged) -> list[object]:
    facts = (getattr(value, name) for name in FACTS)
    return ["event", *(str(fact) if isinstance(fact, UUID) else fact for fact in facts)]


# Rows are written by the hundred whenever something is recorded: by kind is quicker than asking of each.
_TOLD_BY: Final[dict[type[object], Callable[[Any], tuple[object, ...]]]] = {
    kind: attrgetter(*names) for kind, names in FIELDS.items()
}
_USUAL: Final[dict[type[object], tuple[object, ...]]] = {
    kind: tuple(
        takewhile(lambda usual: usual is not MISSING, (each.default for each in reversed(fields(kind))))
    )
    for kind in DATACLASSES
}
"""The defaults of the last fields, the last one first."""
_PLAIN: Final[dict[type[object], Callable[[Any], list[object]]]] = {
    datetime: lambda value: ["time", value.isoformat()],
    date: lambda value: ["day", value.isoformat()],
    FormItem: lambda value: ["item", value.key],
    ItemChanged: _event,
    **dict.fromkeys(ENUMS, lambda value: [type(value).__name__, value.value]),
}
