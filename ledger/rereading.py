"""The rows of one change table as a later reading tells them: which of them stood there before.

A row that says the same in all six cells stays the event it is, wherever in the table it now stands;
only the others are recorded anew. Kept as numbers, this is part of ``EditionReread``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from ledger.published import Cells

_Row = TypeVar("_Row")


def repeats(before: Mapping[int, Cells], now: Iterable[Cells]) -> tuple[int, ...]:
    """For each row of the table *now*, the number it had *before*, or 0 for one that was not there.

    Every row of before is repeated once at most: of equal rows the first repeats the first.
    """
    places: dict[Cells, deque[int]] = {}
    for no in sorted(before):
        places.setdefault(before[no], deque()).append(no)
    return tuple(places[row].popleft() if places.get(row) else 0 for row in now)


def carried(before: Mapping[int, _Row], repeated: Sequence[int]) -> dict[int, _Row]:
    """The rows of *before* that a rereading repeats, by their numbers from now on."""
    return {no: before[was] for no, was in enumerate(repeated, start=1) if was in before}
