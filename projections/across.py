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
        return self.document.ended.day if self.document.ended else None

    @property
    def itemised(self) -> bool:
        """Whether the items of its form are known: of another form only the cover is read."""
        return form_named(self.identity.form).itemised


@dataclass(frozen=True, slots=True)
class HeldWhole(Held):
    """The same with all that the ledger knows of the assessment."""

    assessment: Assessment


def held_on(known: Iterable[tuple[Identity, Assessment]], day: date | None) -> tuple[HeldWhole, ...]:
    """The documents of *known* assessments on *day* (None: the latest state of each)."""
    return tuple(
        HeldWhole(identity, document_as_of(assessment, day), assessment) for identity, assessment in known
    )
