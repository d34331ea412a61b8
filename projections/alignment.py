"""The same change in the tables of two editions: every edition prints its whole table again.

Rows that say the same in all cells are one change, wherever they stand. Of the others, one that kept its
place and most of its words was rewritten: a slip put right, a 変更日 supplied, or an old row told anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from ledger import wording
from projections.changes import Change

_ENOUGH = 0.6
_NEARLY_ALL = 0.9
_TELLING = 4
_NUMBER = re.compile(r"[0-9]+")


def same_changes(old: Sequence[Change], new: Sequence[Change]) -> dict[int, int]:
    """Which row of *new* tells of the same change as which row of *old*, by their places in both."""
    found = dict(_repeated(old, new))
    taken = set(found.values())
    left_old = [i for i in range(len(old)) if i not in taken]
    left_new = [j for j in range(len(new)) if j not in found]
    found.update(_rewritten(old, new, left_old, left_new))
    return found


def _repeated(old: Sequence[Change], new: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """Rows with the same words and day; the second of two equal rows is another row."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, row in enumerate(old):
        places[_words(row)].append(i)
    for j, row in enumerate(new):
        if places[_words(row)]:
            yield j, places[_words(row)].pop(0)


def _words(row: Change) -> tuple[str, ...]:
    day = row.day.isoformat() if row.day else ""
    return (day, *(wording.plain(text) for text in (row.item_text, row.before, row.after)))


def _rewritten(
    old: Sequence[Change], new: Sequence[Change], left_old: list[int], left_new: list[int]
) -> Iterator[tuple[int, int]]:
    """Of the rows left over, the pairs in order that together are most alike."""
    alone = _alone(old, left_old) & _alone(new, left_new)
    likeness = {(i, j): _likeness(old[i], new[j], alone) for i in left_old for j in left_new}
    best: dict[tuple[int, int], float] = defaultdict(float)
    for a in range(len(left_old) - 1, -1, -1):
        for b in range(len(left_new) - 1, -1, -1):
            paired = likeness[left_old[a], left_new[b]]
            with_pair = paired + best[a + 1, b + 1] if paired else 0.0
            best[a, b] = max(with_pair, best[a + 1, b], best[a, b + 1])
    a = b = 0
    while a < len(left_old) and b < len(left_new):
        if best[a, b] == best[a + 1, b]:
            a += 1
        elif best[a, b] == best[a, b + 1]:
            b += 1
        else:
            yield left_new[b], left_old[a]
            a, b = a + 1, b + 1


_About = tuple[object, object]


def _about(row: Change) -> _About:
    """The item and the day of a row."""
    found = row.resolution
    return (found.path if found else wording.plain(row.item_text)), row.day


def _alone(rows: Sequence[Change], left: list[int]) -> set[_About]:
    """What just one of the rows is about: then it is told apart without its words."""
    return {about for about, count in Counter(_about(rows[i]) for i in left).items() if count == 1}


def _likeness(one: Change, other: Change, alone: set[_About]) -> float:
    """How alike two rows are, above 0 where they may tell of one change."""
    item, day = (a == b for a, b in zip(_about(one), _about(other), strict=True))
    words = (_alike(one.before, other.before) + _alike(one.after, other.after)) / 2
    if item and day and (words >= _ENOUGH or _about(one) in alone):
        return 2 + words
    if (
        item and words >= _NEARLY_ALL and _numbers(one) == _numbers(other)
    ):  # on another day, (2)件 is no (3)件
        return 1 + words
    telling = min(len(wording.plain(row.after)) for row in (one, other)) >= _TELLING
    return words if day and telling and words >= _NEARLY_ALL else 0.0


def _numbers(row: Change) -> list[list[str]]:
    return [_NUMBER.findall(wording.plain(text)) for text in (row.before, row.after)]


def _alike(one: str, other: str) -> float:
    if wording.same(one, other) is not None:
        return 1.0
    return fuzz.ratio(wording.plain(one), wording.plain(other)) / 100
