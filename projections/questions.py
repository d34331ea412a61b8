"""What is asked of a ledger most: answered from its read models, or else from its events, and the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from ledger.errors import UnknownAssessment
from ledger.identity import Identity
from ledger.item_path import ItemPath
from ledger.resolver import Resolution
from ledger.storage import Ledger
from projections.across import Held, held_on
from projections.as_of import Basis, Document, document_as_of
from projections.change_table import TableRow, change_table, had_come
from projections.editions import Assessment, assessment
from projections.history import Revision, log
from projections.item_versions import ItemVersion, versions
from projections.read_models.heading import Heading
from projections.read_models.shelf import Parts, Shelf
from projections.read_models.upkeep import Watched
from projections.terms import Term


@dataclass(frozen=True, slots=True)
class Listed:
    """One assessment of the ledger, for the list of all."""

    identity: Identity
    heading: Heading


class Questions:
    """The questions that a ledger answers."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger: Final = ledger
        self._shelf: Final = Shelf(ledger.reading, ledger.place)

    def known(self, identity: Identity, known_at: datetime | None = None) -> Assessment:
        """All that was known of an assessment at a time (None: now). Raises UnknownAssessment."""
        return known_by(assessment(self._ledger.entries(identity.assessment_id), known_at), identity)

    def document(
        self,
        identity: Identity,
        day: date | None = None,
        basis: Basis = Basis.CHANGE,
        known_at: datetime | None = None,
    ) -> Document:
        """The document on *day*, as ``document_as_of`` gives it, but for what its readings rest on.

        Raises UnknownAssessment.
        """
        if basis is Basis.CHANGE:
            found = self._shelf.document(identity.assessment_id, day, known_at)
            if found is not None:
                return found
        return document_as_of(self.known(identity, known_at), day, basis)

    def change_table(
        self, identity: Identity, as_of: date | None = None, known_at: datetime | None = None
    ) -> tuple[TableRow, ...]:
        """The change table, as ``change_table`` gives it. Raises UnknownAssessment."""
        found = self._shelf.change_table(identity.assessment_id, known_at)
        if found is None:
            return change_table(self.known(identity, known_at), as_of)
        return tuple(row for row in found if as_of is None or had_come(row.change, as_of))

    def log(self, identity: Identity, item: Resolution | None = None) -> tuple[Revision, ...]:
        """The revisions of an assessment, or those that touch an item, as ``history.log`` gives them."""
        found = self._shelf.log(identity.assessment_id, item)
        return log(self.known(identity), item) if found is None else found

    def versions(
        self, identity: Identity, path: ItemPath, known_at: datetime | None = None
    ) -> list[ItemVersion]:
        """What an item says from one day to the next, oldest first. Raises UnknownAssessment."""
        found = self._shelf.versions(identity.assessment_id, path, known_at)
        if found is None:
            every = versions(self.known(identity, known_at)).items
            found = sorted((each for each in every if each.stated.path == path), key=lambda each: each.first)
        return found

    def listed(self) -> list[Listed]:
        """All assessments in the order in which they were first taken in."""
        headings = self._shelf.headings() or {}
        return [
            Listed(each, headings.get(each.assessment_id) or Heading.of(self.known(each)))
            for each in self._ledger.assessments()
        ]

    def searched(
        self, term: Term, day: date | None, of: Iterable[Identity], watched: Watched
    ) -> tuple[Held, ...]:
        """Of the documents on *day* the items in which a term may stand, and those that are not certain.

        All in which it stands are among them. *watched* is told of what takes its time.
        """
        return self._held(self._shelf.search(term, day), day, of, watched)

    def systems(self, day: date | None, watched: Watched) -> tuple[Held, ...]:
        """Of all documents on *day* the items that tell of systems; of some all."""
        return self._held(self._shelf.systems(day), day, self._ledger.assessments(), watched)

    def _held(
        self, parts: Parts | None, day: date | None, of: Iterable[Identity], watched: Watched
    ) -> tuple[Held, ...]:
        asked = list(of)
        found = parts or {}
        missing = [each for each in asked if each.assessment_id not in found]
        whole = held_on(((each, self.known(each)) for each in watched(missing)), day)
        folded = {each.identity.assessment_id: each for each in whole}
        return tuple(
            folded.get(each.assessment_id) or Held(each, found[each.assessment_id]) for each in asked
        )


def known_by(found: Assessment, identity: Identity) -> Assessment:
    """An assessment of which something was known. Raises UnknownAssessment where nothing was."""
    if not found.body:
        raise UnknownAssessment(
            "その時点では台帳にまだ記録がありません",
            where=identity.ref,
            remedy="より後の日時を --known-at に指定してください",
        )
    return found
