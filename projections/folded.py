"""The questions of ``projections/questions.py`` answered from the events: folded, every time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ledger.errors import UnknownAssessment
from ledger.identity import Identity
from ledger.item_path import ItemPath
from ledger.reading import LedgerReader
from ledger.resolver import Resolution
from projections.across import HeldWhole, held_on
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.documents import Basis, Document, ItemVersion
from projections.editions import Assessment, assessment
from projections.history import log
from projections.item_versions import versions
from projections.listing import Revision, TableRow
from projections.read_models.heading import Heading


class Folded:
    """What follows from the events of a *ledger*. Every method raises UnknownAssessment."""

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger = ledger

    def known(
        self, identity: Identity, known_at: datetime | None = None, *, until: int | None = None
    ) -> Assessment:
        """All that was known of an assessment at a time, or by the event *until* (None: now)."""
        entries = self._ledger.entries(identity.assessment_id)
        if until is not None:
            entries = [entry for entry in entries if entry.sequence <= until]
        found = assessment(entries, known_at)
        if not found.body:
            raise UnknownAssessment(
                "その時点では台帳にまだ記録がありません",
                where=identity.ref,
                remedy="より後の日時を --known-at に指定してください",
            )
        return found

    def document(
        self, identity: Identity, day: date | None, basis: Basis, known_at: datetime | None
    ) -> Document:
        """The document on a day."""
        return document_as_of(self.known(identity, known_at), day, basis)

    def change_table(
        self, identity: Identity, as_of: date | None, known_at: datetime | None
    ) -> tuple[TableRow, ...]:
        """The change table."""
        return change_table(self.known(identity, known_at), as_of)

    def log(self, identity: Identity, item: Resolution | None) -> tuple[Revision, ...]:
        """The revisions, or those that touch an item."""
        return log(self.known(identity), item)

    def versions(self, identity: Identity, path: ItemPath, known_at: datetime | None) -> list[ItemVersion]:
        """What an item says from one day to the next, oldest first."""
        every = versions(self.known(identity, known_at)).items
        return sorted((each for each in every if each.stated.path == path), key=lambda each: each.first)

    def heading(self, identity: Identity) -> Heading:
        """What lists print."""
        return Heading.of(self.known(identity))

    def held(self, of: Iterable[Identity], day: date | None) -> tuple[HeldWhole, ...]:
        """The documents of assessments on a day."""
        return held_on(((each, self.known(each)) for each in of), day)
