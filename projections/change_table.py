"""（別添２）変更箇所, written from the events: the published rows, then what was recorded here."""

from __future__ import annotations

from datetime import date

from projections.editions import Assessment
from projections.listing import TableRow, had_come
from projections.periods import past_of


def change_table(
    assessment: Assessment, as_of: date | None = None, *, pending: bool = False
) -> tuple[TableRow, ...]:
    """The rows in order; with *as_of* only those whose 変更日 had come.

    Undated rows stay, but for those that were recorded here later than that day. With *pending* only what was
    recorded here and was not published yet, by that day or by now.
    """
    if assessment.latest is None:
        return ()
    lines = past_of(assessment).table
    wanted = {change.event_id for change in assessment.pending(as_of)} if pending else None
    rows = []
    for no, touched in enumerate(lines.touched, start=1):
        change = touched.change
        if as_of is not None and not had_come(change, as_of):
            continue
        if wanted is not None and change.event_id not in wanted:
            continue
        before, after = lines.styles(change)
        rows.append(TableRow(no, change, touched, before, after))
    return tuple(rows)


def dropped_rows(assessment: Assessment) -> tuple[TableRow, ...]:
    """The rows of earlier editions that the latest does not list any more."""
    past = past_of(assessment)
    rows = []
    for n, touched in past.dropped():
        before, after = past.account(n).styles(touched.change)
        only_in = past.anchors[n].published
        rows.append(TableRow(touched.change.no, touched.change, touched, before, after, only_in))
    return tuple(rows)
