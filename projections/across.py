"""Questions across all assessments: each document on the day that is asked about, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.identity import Identity
from projections.as_of import document_as_of
from projections.documents import Held
from projections.editions import Assessment


@dataclass(frozen=True, slots=True)
class HeldWhole(Held):
    """The same with all that the ledger knows of the assessment."""

    assessment: Assessment


def held_on(known: Iterable[tuple[Identity, Assessment]], day: date | None) -> tuple[HeldWhole, ...]:
    """The documents of *known* assessments on *day* (None: the latest state of each)."""
    return tuple(
        HeldWhole(identity, document_as_of(assessment, day), assessment) for identity, assessment in known
    )
