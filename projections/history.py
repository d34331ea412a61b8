"""The revisions of an assessment or of one item (``log``), and the change behind each item (``blame``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.item_path import ItemPath
from ledger.resolver import Resolution
from projections.change_table import change_table, dropped_rows
from projections.changes import Change
from projections.editions import Assessment
from projections.listing import LastChange, LoggedRow, Revision, TableRow, revisions_of
from projections.periods import past_of


def logged(assessment: Assessment) -> tuple[LoggedRow, ...]:
    """All rows in the order of the log: with the table, what the latest edition does not list any more."""
    rows = _with(change_table(assessment), dropped_rows(assessment))
    by_event = {change.event_id: change for change in assessment.recorded}
    by_item: dict[tuple[str, ...], list[Change]] = {}
    for change in assessment.recorded:
        if change.resolution is not None:
            by_item.setdefault(change.resolution.path.parts, []).append(change)
    return tuple(LoggedRow(row, tuple(sorted(_filed_as(row.change, by_event, by_item)))) for row in rows)


def _filed_as(
    change: Change,
    by_event: Mapping[str | None, Change],
    by_item: Mapping[tuple[str, ...], Sequence[Change]],
) -> set[str]:
    own = by_event.get(change.event_id)
    names = {own.revision_id} if own else set()
    if change.no and change.resolution is not None:
        same = by_item.get(change.resolution.path.parts, ())
        names |= {recorded.revision_id for recorded in same if change.publishes(recorded)}
    return {name for name in names if name is not None}


def log(assessment: Assessment, item: Resolution | None = None) -> tuple[Revision, ...]:
    """All revisions in order; with *item* only those that touch it (or anything below a heading).

    Rows that the latest edition does not list any more stand with the revision of their day.
    """
    return revisions_of(logged(assessment), assessment.filings, item)


def blame(assessment: Assessment, paths: Iterable[ItemPath]) -> tuple[LastChange, ...]:
    """For each of *paths*, items of the latest document, the row that last changed it."""
    past, n = past_of(assessment), len(assessment.anchors) - 1
    lines = {line.path: line for line in past.period(n).items} if assessment.anchors else {}
    rows = {row.change.name: row for row in (*change_table(assessment), *dropped_rows(assessment))}
    found = []
    for path in paths:
        step = past.last_changed(lines[path]) if path in lines else None
        found.append(LastChange(path, rows.get(step.edge.change.name) if step else None))
    return tuple(found)


def _with(rows: tuple[TableRow, ...], dropped: tuple[TableRow, ...]) -> list[TableRow]:
    """The table with the dropped rows before the first row of a later day."""
    found = list(rows)
    for row in dropped:
        day = row.change.day
        later = (n for n, other in enumerate(found) if day and other.change.day and other.change.day > day)
        found.insert(next(later, len(found)), row)
    return found
