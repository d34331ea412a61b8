"""What recording new rows makes the validator say that it did not say before.

The document and its table are checked as they would be published, without the new rows and with them.
"""

from __future__ import annotations

from dataclasses import replace

from ledger.published import PublishedEdition
from ledger.wareki import WarekiDate, wareki
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.editions import Assessment
from projections.findings import Finding
from projections.validator import validate
from projections.written import without_doubt, written


def caused(before: Assessment, after: Assessment) -> tuple[Finding, ...]:
    """The findings on the document *after* new rows that it did not have *before*, errors first."""
    day = _publication(after)
    known = {finding.id for finding in validate(_edition(before, day)).findings}
    return tuple(f for f in validate(_edition(after, day)).findings if f.id not in known)


def _publication(known: Assessment) -> str:
    """A 公表日 by which every change has come true: that of the latest edition, or the last 変更日."""
    days = [anchor.published for anchor in known.anchors]
    days += [change.day for change in known.changes if change.day is not None]
    return wareki(max(days))


def _edition(known: Assessment, day: str) -> PublishedEdition:
    """The document as it would be published on *day*; rows without a 変更日 get that day."""
    edition = without_doubt(written(document_as_of(known), change_table(known), publication_date=day))
    listed = len(known.latest.changes) if known.latest else 0
    rows = tuple(
        replace(row, date=day) if row.no > listed and WarekiDate.read(row.date) is None else row
        for row in edition.rows
    )
    return replace(edition, header=replace(edition.header, publication_date=day), rows=rows)
