"""What recording new rows makes the validator say that it did not say before.

The document and its table are checked as they would be published, without the new rows and with them.
"""

from __future__ import annotations

from datetime import date

from ledger.published import PublishedEdition
from projections.editions import Assessment
from projections.findings import Finding
from projections.unpublished import as_if_published, edition_to_be
from projections.validator import validate
from projections.written import without_doubt


def caused(before: Assessment, after: Assessment) -> tuple[Finding, ...]:
    """The findings on the document *after* new rows that it did not have *before*, errors first."""
    day = _publication(after)
    known = {finding.id for finding in validate(_edition(before, day)).findings}
    return tuple(f for f in validate(_edition(after, day)).findings if f.id not in known)


def _publication(known: Assessment) -> date:
    """A 公表日 by which every change has come true: that of the latest edition, or the last 変更日."""
    days = [anchor.published for anchor in known.anchors]
    days += [change.day for change in known.changes if change.day is not None]
    return max(days)


def _edition(known: Assessment, day: date) -> PublishedEdition:
    """The document as it would be published on *day*; of what is not certain, nothing is said."""
    return without_doubt(edition_to_be(as_if_published(known, day), day))
