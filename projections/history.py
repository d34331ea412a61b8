"""The revisions of an assessment or of one item (``log``), and the change behind each item (``blame``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ledger.item_path import ItemPath
from ledger.resolver import Resolution
from projections.change_table import TableRow, change_table, dropped_rows
from projections.editions import Assessment
from projections.filing import Filing
from projections.periods import Past


@dataclass(frozen=True, slots=True)
class Revision:
    """Changes made together: the rows of one 変更日, or one recording.

    ``filings`` say how far it is: of one recorded here itself, of published rows the revisions that they
    publish.
    """

    revision_id: str
    change_date: date | None
    rows: tuple[TableRow, ...]
    recorded_at: datetime | None
    recorded_by: str | None
    filings: tuple[Filing, ...] = ()

    @property
    def own(self) -> Filing | None:
        """How far a revision recorded here is; None where published rows are one."""
        return next((each for each in self.filings if each.revision == self.revision_id), None)

    @property
    def timings(self) -> tuple[str, ...]:
        """事前, 事後, or both."""
        return tuple(dict.fromkeys(row.change.timing for row in self.rows if row.change.timing))


@dataclass(frozen=True, slots=True)
class LastChange:
    """An item of the latest document, and the row that last changed it (None: none is known)."""

    path: ItemPath
    row: TableRow | None


def log(assessment: Assessment, item: Resolution | None = None) -> tuple[Revision, ...]:
    """All revisions in order; with *item* only those that touch it (or anything below a heading).

    Rows that the latest edition does not list any more stand with the revision of their day.
    """
    revisions: dict[str, list[TableRow]] = {}
    rows = _with(change_table(assessment), dropped_rows(assessment))
    for row in rows:
        if item is None or _touches(row, item):
            revisions.setdefault(row.change.revision_id or row.change.name, []).append(row)
    return tuple(_revision(name, rows, assessment) for name, rows in revisions.items())


def blame(assessment: Assessment, paths: Iterable[ItemPath]) -> tuple[LastChange, ...]:
    """For each of *paths*, items of the latest document, the row that last changed it."""
    past, n = Past(assessment), len(assessment.anchors) - 1
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


def _touches(row: TableRow, item: Resolution) -> bool:
    stem = item.path.parts
    if row.touched.former:
        return False  # it is about a group that had the same number once
    return any(target.path.parts[: len(stem)] == stem for target in row.touched.targets) or any(
        edge.path.parts == stem for edge in row.touched.edges
    )


def _revision(name: str, rows: Iterable[TableRow], known: Assessment) -> Revision:
    kept = tuple(rows)
    first = kept[0].change
    return Revision(name, first.day, kept, first.recorded_at, first.recorded_by, tuple(_filings(kept, known)))


def _filings(rows: Iterable[TableRow], known: Assessment) -> Iterator[Filing]:
    """How far the revisions are that *rows* belong to, or publish."""
    changes = [row.change for row in rows]
    names = {
        recorded.revision_id
        for recorded in known.recorded
        for change in changes
        if change.event_id == recorded.event_id or (change.no and change.publishes(recorded))
    }
    return (each for each in known.filings if each.revision in names)
