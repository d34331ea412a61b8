"""What became of a source that today's reader has read again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from ledger.assessment import Assessment
from ledger.errors import WrongAssessment
from ledger.events import EditionReceived, EditionReread, Entry
from ledger.published import PublishedEdition
from ledger.storage import as_if_recorded, rebuilt
from projections.sources import KeptSource


@dataclass(frozen=True, slots=True)
class Reread:
    """One source read again: the reading that counted so far, today's, and how many events that brought."""

    source: KeptSource
    before: EditionReceived | EditionReread
    rows_before: int
    edition: PublishedEdition
    new_events: int

    @property
    def changed(self) -> bool:
        """Whether the two readings differ."""
        return self.new_events > 0

    @property
    def items_changed(self) -> int:
        """How many items came, went, or say something else, their doubts included."""
        was, now = (
            {item.path: (item.value, item.doubt) for item in reading.items}
            for reading in (self.before, self.edition)
        )
        return sum(was.get(path) != now.get(path) for path in was | now)


def read_again(assessment: Assessment, source: KeptSource, edition: PublishedEdition) -> Reread:
    """Let *assessment* decide what is new in *edition*, today's reading of *source*. Saves nothing.

    Raises what ``Assessment.reread`` raises.
    """
    before, rows = assessment.readings[source.sha256], assessment.changes.rows.get(source.sha256, {})
    decided = len(assessment.pending_events)
    assessment.reread(edition, sha256=source.sha256, file_name=source.file_name)
    return Reread(source, before, len(rows), edition, len(assessment.pending_events) - decided)


def as_read_now(entries: Sequence[Entry], sha256: str, edition: PublishedEdition) -> list[Entry]:
    """The *entries* of an assessment as if the source *sha256* had been read again, as *edition*."""
    aggregate = rebuilt(entries)
    with suppress(WrongAssessment):  # the cover reads otherwise today: the last reading counts
        aggregate.reread(edition, sha256=sha256, file_name="")
    return as_if_recorded(entries, aggregate)
