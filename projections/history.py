"""The revisions of an assessment or of one item, with 事前/事後 and reason: ``log``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ledger.resolver import Resolution
from projections.change_table import TableRow, change_table
from projections.editions import Assessment


@dataclass(frozen=True, slots=True)
class Revision:
    """Changes made together: the rows of one 変更日, or one recording."""

    revision_id: str
    change_date: date | None
    rows: tuple[TableRow, ...]
    recorded_at: datetime | None
    recorded_by: str | None

    @property
    def timings(self) -> tuple[str, ...]:
        """事前, 事後, or both."""
        return tuple(dict.fromkeys(row.change.timing for row in self.rows if row.change.timing))


def log(assessment: Assessment, item: Resolution | None = None) -> tuple[Revision, ...]:
    """All revisions in order; with *item* only those that touch it (or anything below a heading)."""
    revisions: dict[str, list[TableRow]] = {}
    for row in change_table(assessment):
        if item is None or _touches(row, item):
            revisions.setdefault(row.change.revision_id or row.change.name, []).append(row)
    return tuple(_revision(name, rows) for name, rows in revisions.items())


def _touches(row: TableRow, item: Resolution) -> bool:
    stem = item.path.parts
    if row.touched.former:
        return False  # it is about a group that had the same number once
    return any(target.path.parts[: len(stem)] == stem for target in row.touched.targets) or any(
        edge.path.parts == stem for edge in row.touched.edges
    )


def _revision(name: str, rows: Iterable[TableRow]) -> Revision:
    kept = tuple(rows)
    first = kept[0].change
    return Revision(name, first.day, kept, first.recorded_at, first.recorded_by)
