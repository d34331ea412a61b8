"""Every item in all its versions: what it says from one day to the next, by 変更日.

A document changes only on certain days (``turning_days``), and between two of them it stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.form import FormItem
from ledger.item_path import ItemPath
from projections.as_of import (
    document_as_of,
    file_numbers,
    group_of,
    groups_not_yet_there,
    listed_on,
    publication_of,
)
from projections.documents import ItemVersion, StatedItem
from projections.editions import Assessment
from projections.periods import Past, past_of
from projections.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of all items of an assessment, and the 公表日 of its document from each day on."""

    items: tuple[ItemVersion, ...]
    published: tuple[tuple[date, date | None], ...]


def turning_days(assessment: Assessment) -> list[date]:
    """The days on which the document of an assessment may turn, in order; the first is the first of all.

    The last day of all is one: what has no day yet holds on it.
    """
    days = {date.min, date.max}
    for anchor in assessment.anchors:
        days.update((anchor.published, anchor.published + timedelta(days=1)))
        for change in anchor.changes:
            days.update(day for day in (change.day, change.earliest, change.latest) if day)
    for change in assessment.recorded:
        days.update(day for day in (change.day, change.earliest, change.latest) if day)
    days.update(each.day for each in assessment.publications)
    return sorted(days)


def versions(assessment: Assessment) -> Versions:
    """All versions of all items of an assessment."""
    past = past_of(assessment)
    if not past.anchors:
        return Versions((), ())
    days, sweep = turning_days(assessment), _Sweep()
    for n, anchor in enumerate(past.anchors):
        last = n == len(past.anchors) - 1
        after = past.anchors[n - 1].published if n else None
        of_period = [day for day in days if (not after or day > after) and (last or day <= anchor.published)]
        if past.period(n).moves or assessment.publications:
            for day in of_period:
                sweep.whole(day, _document(past, n, day))
        else:
            sweep.period(past, n, of_period)
    published: list[tuple[date, date | None]] = []
    for day in days:
        of_day = publication_of(assessment, day)
        if not published or published[-1][1] != of_day:
            published.append((day, of_day))
    return Versions(tuple(sweep.finished()), tuple(published))


_Now = tuple[int, StatedItem]
"""An item with the place of its file."""


class _Sweep:
    """Goes from one turning day to the next, and begins a version where what an item says turns."""

    def __init__(self) -> None:
        self._over: list[ItemVersion] = []
        self._open: dict[ItemPath, tuple[date, _Now]] = {}

    def finished(self) -> list[ItemVersion]:
        """All versions, when the last day has been met."""
        lasting = (ItemVersion(first, None, *now) for first, now in self._open.values())
        return [*self._over, *lasting]

    def whole(self, day: date, document: dict[ItemPath, _Now]) -> None:
        """Meet a day of which all that the document has is given."""
        for path in [path for path in self._open if path not in document]:
            self._turn(day, path, None)
        for path, now in document.items():
            self._turn(day, path, now)

    def period(self, past: Past, n: int, days: Sequence[date]) -> None:
        """Meet the *days* of the period that edition *n* ends, in which no item moves.

        Only what turns on a day is looked at, and with it its group.
        """
        file_no, groups = _file_numbers(past, n), _Groups()
        for nth, (day, lines) in enumerate(_turning(past, n, days)):
            stated = {line.path: listed_on(line, past, n, day) for line in lines}
            stated |= groups.doubted(stated, {line.path: line.item for line in lines})
            if not nth:
                stated = dict.fromkeys(self._open) | stated
            for path, item in stated.items():
                self._turn(day, path, (file_no(path.file), item) if item else None)

    def _turn(self, day: date, path: ItemPath, now: _Now | None) -> None:
        """Begin a version, unless the one before says the same."""
        if (was := self._open.get(path)) is not None:
            first, before = was
            if before == now:  # what its reading rests on may have grown
                return
            self._over.append(ItemVersion(first, day, *before))
            del self._open[path]
        if now is not None:
            self._open[path] = day, now


class _Groups:
    """The items of each group, as they were stated last."""

    def __init__(self) -> None:
        self._members: dict[tuple[str, ...], dict[ItemPath, StatedItem | None]] = {}

    def doubted(
        self, stated: Mapping[ItemPath, StatedItem | None], items: Mapping[ItemPath, FormItem]
    ) -> dict[ItemPath, StatedItem]:
        """All items of the groups in which something is *stated* anew, with what that makes doubtful."""
        touched = {}
        for path, item in stated.items():
            if group := group_of(path, items[path]):
                touched[group] = self._members.setdefault(group, {})
                touched[group][path] = item
        there = [item for members in touched.values() for item in members.values() if item]
        return {item.path: item for item in groups_not_yet_there(tuple(there))}


def _turning(past: Past, n: int, days: Iterable[date]) -> Iterator[tuple[date, Sequence[Timeline]]]:
    """The days of the period that edition *n* ends, with what may turn on each; on the first, everything."""
    lines = tuple(past.period(n).items)
    turning: dict[date, list[Timeline]] = {day: [] for day in days}
    first, last = min(turning), max(turning) if n < len(past.anchors) - 1 else date.max
    for line in lines:
        for day in past.memory(n, line).days:
            if first < day <= last:
                turning.setdefault(day, []).append(line)
    return ((day, lines if day == first else turning[day]) for day in sorted(turning))


def _document(past: Past, n: int, day: date) -> dict[ItemPath, _Now]:
    """The items of the document of a day of the period that edition *n* ends."""
    file_no = _file_numbers(past, n)
    items = document_as_of(past.known, day).items
    return {item.path: (file_no(item.path.file), item) for item in items}


def _file_numbers(past: Past, n: int) -> Callable[[str], int]:
    return file_numbers(past.anchors[n], past.anchors[n - 1] if n else None)
