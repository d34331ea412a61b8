"""Questions across all assessments: each document on the day that is asked about, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.form import form_named
from ledger.identity import Identity
from projections.as_of import Document, document_as_of
from projections.editions import Assessment


@dataclass(frozen=True, slots=True)
class Held:
    """An assessment of the ledger with what its document says on a day."""

    identity: Identity
    document: Document

    @property
    def ref(self) -> str:
        """The name of the assessment."""
        return self.identity.ref

    @property
    def ended(self) -> date | None:
        """The day on which its 事務 ended, where that had come."""
        end = self.document.assessment.ended(self.document.day)
        return end.day if end else None

    @property
    def itemised(self) -> bool:
        """Whether the items of its form are known: of another form only the cover is read."""
        return form_named(self.identity.form).itemised


def held_on(known: Iterable[tuple[Identity, Assessment]], day: date | None) -> tuple[Held, ...]:
    """The documents of *known* assessments on *day* (None: the latest state of each)."""
    return tuple(Held(identity, document_as_of(assessment, day)) for identity, assessment in known)
