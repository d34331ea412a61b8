"""（別添２）変更箇所, written from the events: the published rows, then what was recorded here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projections.changes import Change
from projections.edges import Touched
from projections.editions import Assessment
from projections.periods import Past
from projections.rows import Style


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: ``no`` counts through the whole table, recorded changes included."""

    no: int
    change: Change
    touched: Touched
    before: Style
    after: Style


def change_table(assessment: Assessment, as_of: date | None = None) -> tuple[TableRow, ...]:
    """The rows in order; with *as_of* only those whose 変更日 had come (undated rows stay)."""
    if assessment.latest is None:
        return ()
    lines = Past(assessment).table
    rows = []
    for no, touched in enumerate(lines.touched, start=1):
        change = touched.change
        if as_of is not None and change.day is not None and change.day > as_of:
            continue
        before, after = lines.styles(change)
        rows.append(TableRow(no, change, touched, before, after))
    return tuple(rows)
