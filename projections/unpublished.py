"""The current document as it would be published: everything recorded by now, with its whole change table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ledger.published import PublishedEdition
from ledger.wareki import wareki
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.changes import Change
from projections.editions import Assessment
from projections.written import written


def as_if_published(known: Assessment, day: date) -> Assessment:
    """All that is known, if what is pending were published on *day*, which dates what has no 変更日."""
    pending = {change.event_id for change in known.pending()}
    recorded = (
        _published(change, day) if change.event_id in pending else change for change in known.recorded
    )
    return replace(known, recorded=tuple(recorded))


def edition_to_be(ready: Assessment, day: date) -> PublishedEdition:
    """The edition of *day*, of which all that is known is *ready*: ``as_if_published`` on it."""
    return written(ready, document_as_of(ready), change_table(ready), publication_date=wareki(day))


def _published(change: Change, day: date) -> Change:
    if change.day is not None:
        return replace(change, latest=day)
    return replace(change, latest=day, day=day, printed_date=wareki(day), earliest=None)
