"""The rows of the change table and of the log, as they are listed, and the revisions that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger.item_path import ItemPath
from ledger.resolver import Resolution
from projections.changes import Change
from projections.edges import Touched
from projections.milestones import Filing
from projections.rows import Style


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: ``no`` counts through the whole table, recorded changes included.

    ``only_in`` is the 公表日 of the last edition that lists the row, where the latest does not any more; then
    ``no`` is its number there.
    """

    no: int
    change: Change
    touched: Touched
    before: Style
    after: Style
    only_in: date | None = None


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


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """A row as the log has it, with the names of the revisions recorded here that it is of, or publishes."""

    row: TableRow
    filed_as: tuple[str, ...]


def had_come(change: Change, day: date) -> bool:
    """Whether a change belongs in a table of *day*: undated ones of a published table always do."""
    if change.day is None:
        return bool(change.no) or change.earliest is None or change.earliest <= day
    return change.day <= day


def revisions_of(
    rows: Iterable[LoggedRow], filings: Iterable[Filing], item: Resolution | None = None
) -> tuple[Revision, ...]:
    """The revisions that *rows* of the log belong to, those of them that touch *item*."""
    revisions: dict[str, list[LoggedRow]] = {}
    for each in rows:
        if item is None or _touches(each.row, item):
            revisions.setdefault(each.row.change.revision_id or each.row.change.name, []).append(each)
    every = tuple(filings)
    return tuple(_revision(name, of, every) for name, of in revisions.items())


def _touches(row: TableRow, item: Resolution) -> bool:
    stem = item.path.parts
    if row.touched.former:
        return False  # it is about a group that had the same number once
    return any(target.path.parts[: len(stem)] == stem for target in row.touched.targets) or any(
        edge.path.parts == stem for edge in row.touched.edges
    )


def _revision(name: str, rows: Sequence[LoggedRow], filings: Iterable[Filing]) -> Revision:
    first = rows[0].row.change
    names = {name for each in rows for name in each.filed_as}
    filed = tuple(each for each in filings if each.revision in names)
    of = tuple(each.row for each in rows)
    return Revision(name, first.day, of, first.recorded_at, first.recorded_by, filed)
