"""A ledger to try things on: it answers as the real one would by now, and keeps nothing.

What is decided on it is held in memory while it is open, so that what is tried next meets what was
tried before. The ledger behind it is only read, or need not have been made yet.
"""

from __future__ import annotations

from typing import Final, Self, cast
from uuid import UUID

from ledger.assessment import Assessment
from ledger.connecting import place_of
from ledger.database import open_if_made
from ledger.events import AnyEvent
from ledger.identity import Identity
from ledger.recorder import Source, utc_now
from ledger.refs import find_by_ref
from ledger.storage import Ledger, ask_who


class Rehearsal:
    """The ledger at *url* as far as taking in asks for it (``ledger.intake.Holding``). Close it after use.

    Every method raises LedgerUnusable where the database cannot be used; opening one too where there
    is none and none could be made.
    """

    def __init__(self, url: str) -> None:
        datastore = open_if_made(url)
        self._ledger = Ledger(datastore, utc_now) if datastore else None
        self.place: Final = place_of(url)
        self._decided: dict[UUID, list[AnyEvent]] = {}
        self._identities: dict[UUID, Identity] = {}
        self._holders: dict[str, UUID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        if self._ledger is not None:
            self._ledger.close()

    def holder(self, sha256: str) -> UUID | None:
        """The id of the assessment that a source belongs to by now; None where it was never taken in."""
        return self._holders.get(sha256) or (self._ledger.holder(sha256) if self._ledger else None)

    def assessments(self) -> list[Identity]:
        """All assessments, in the order in which they were registered, those registered here last."""
        recorded = self._ledger.assessments() if self._ledger else []
        return list(({each.assessment_id: each for each in recorded} | self._identities).values())

    def find(self, ref: str) -> Identity:
        """The assessment that *ref* names. Raises UnknownAssessment on none or several."""
        return find_by_ref(ref, self.assessments())

    def get(self, assessment_id: UUID) -> Assessment:
        """One of the assessments, ready for a command, with all that was decided here."""
        decided = self._decided.get(assessment_id, [])
        begun_here = any(event.originator_version == 1 for event in decided)
        assessment = self._ledger.get(assessment_id) if self._ledger and not begun_here else None
        for event in decided:
            assessment = event.mutate(assessment)
        return cast("Assessment", assessment)  # of the ledger, or begun here

    def save(self, assessment: Assessment, *, by: str, source: Source | None = None) -> list[AnyEvent]:
        """What ``Ledger.save`` would record now; it is only remembered. Raises InvalidChange like it."""
        ask_who(by, self.place)
        events = cast("list[AnyEvent]", list(assessment.collect_events()))
        if events:
            self._decided.setdefault(assessment.id, []).extend(events)
            self._identities[assessment.id] = assessment.identity
            if source is not None:
                self._holders[source.sha256] = assessment.id
        return events
