"""Between an item as a document states it and what is kept of it.

The words of the item are kept by themselves, to be searched, and once however many items say them. What is
told of them (``told``) is JSON in which the words are named and not repeated: then most items of an edition
are told of alike, and that is kept once too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from ledger.form import FormItem
from ledger.item_path import ItemPath
from ledger.packing import unpack
from ledger.published import Boxes
from projections.documents import Cause, StatedItem
from projections.read_models.plain import as_json, day_of, ordinal
from projections.readings import Certainty, Reading, Value
from projections.terms import searched

_THE_WORDS: Final = 0  # stands for the value of the item itself, where that is a text
_TO_COME, _FLOOR, _CONTRADICTED, _UNPROVED = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Kept:
    """An item as it is kept: its words, and what is told of them."""

    words: str
    told: str


def kept(stated: StatedItem) -> Kept:
    """What is kept of an item: all but what its reading rests on (``show --why`` folds the events)."""
    reading = stated.reading
    flags = (
        (_TO_COME if stated.to_come else 0)
        | (_FLOOR if stated.floor else 0)
        | (_CONTRADICTED if reading.contradicted else 0)
        | (_UNPROVED if reading.unproved else 0)
    )
    told = [
        str(reading.certainty),
        reading.reason,
        ordinal(stated.since),
        _cause(stated.change),
        flags,
        _value(reading.value, reading.value),
        [_value(rival, reading.value) for rival in reading.rivals],
    ]
    words = "" if reading.value is None else searched(reading.value)
    return Kept(words, as_json(told))


def stated(item: FormItem, key: str, path: ItemPath, words: str, told: bytes) -> StatedItem:
    """The item again, of its words and what is *told* of them, which is packed."""
    certainty, reason, since, cause, flags, value, rivals = _told(told)
    return StatedItem(
        path,
        item,
        key,
        Reading(
            _valued(value, words),
            certainty,
            reason,
            tuple(_valued(rival, words) for rival in rivals),  # type: ignore[misc]  # a rival has a value
            bool(flags & _CONTRADICTED),
            bool(flags & _UNPROVED),
        ),
        since,
        cause,
        bool(flags & _TO_COME),
        bool(flags & _FLOOR),
    )


@lru_cache(maxsize=4096)  # most items of an edition are told of alike
def _told(packed: bytes) -> tuple[Any, ...]:
    certainty, reason, since, cause, flags, value, rivals = json.loads(unpack(packed))
    return (
        Certainty(certainty),
        reason,
        day_of(since),
        _as_cause(cause),
        flags,
        value,
        rivals,
    )


def _value(value: Value | None, own: Value | None) -> object:
    match value:
        case str():
            return _THE_WORDS if value == own else value
        case Boxes():
            return [list(value.checked), list(value.unchecked), list(value.unreadable), value.other_text]
        case None:
            return None


def _valued(value: Any, words: str) -> Value | None:  # noqa: ANN401  # as JSON gives it
    match value:
        case int():
            return words
        case [checked, unchecked, unreadable, other_text]:
            return Boxes(tuple(checked), tuple(unchecked), tuple(unreadable), other_text)
        case str():
            return value
        case _:
            return None


def _cause(cause: Cause | None) -> list[object] | None:
    if cause is None:
        return None
    at = cause.recorded_at.isoformat() if cause.recorded_at else None
    return [cause.name, cause.row, ordinal(cause.day), cause.event_id, at, cause.recorded_by]


def _as_cause(written: list[Any] | None) -> Cause | None:
    if written is None:
        return None
    name, row, day, event_id, at, by = written
    return Cause(name, row, day_of(day), event_id, datetime.fromisoformat(at) if at else None, by)
