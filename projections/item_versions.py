"""Every item in all its versions: what it says from one day to the next, by 変更日.

A document changes only on certain days (``turning_days``), and between two of them it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.item_path import ItemPath
from projections.as_of import Document, StatedItem, document_as_of, order_of_files
from projections.editions import Assessment
from projections.periods import Past


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """What an item says from *first* until the eve of *until* (None: for good).

    ``file_no`` is the place of its file among those of the document.
    """

    first: date
    until: date | None
    file_no: int
    stated: StatedItem


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


def versions(assessment: Assessment, past: Past | None = None) -> Versions:
    """All versions of all items of an assessment."""
    past = past or Past(assessment)
    if not past.anchors:
        return Versions((), ())
    days = turning_days(assessment)
    found: list[ItemVersion] = []
    published: list[tuple[date, date | None]] = []
    open_: dict[ItemPath, tuple[date, int, StatedItem]] = {}
    for day in days:
        document = document_as_of(assessment, day, past=past)
        if not published or published[-1][1] != document.published:
            published.append((day, document.published))
        now = dict(_placed(document, past, day))
        for path, (first, file_no, stated) in list(open_.items()):
            there = now.get(path)
            if there is None or there[0] != file_no or not _same(there[1], stated):
                found.append(ItemVersion(first, day, file_no, stated))
                del open_[path]
        for path, (file_no, stated) in now.items():
            open_.setdefault(path, (day, file_no, stated))
    found += [ItemVersion(first, None, file_no, stated) for first, file_no, stated in open_.values()]
    return Versions(tuple(found), tuple(published))


def _placed(document: Document, past: Past, day: date) -> Iterator[tuple[ItemPath, tuple[int, StatedItem]]]:
    """The items of the document of a day, each with the place of its file."""
    anchors = past.anchors
    n = min(sum(anchor.published < day for anchor in anchors), len(anchors) - 1)
    files = order_of_files(anchors[n], anchors[n - 1] if n else None)
    for item in document.items:
        yield item.path, (files.get(item.path.file, len(files)), item)


def _same(one: StatedItem, other: StatedItem) -> bool:
    """Whether two items say the same for the same reasons, all that they rest on included."""
    return one == other and one.reading.rests_on == other.reading.rests_on
