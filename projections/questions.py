"""What is asked of a ledger most: answered from its read models, or else from its events, and the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ledger.identity import Identity
from ledger.item_path import ItemPath
from ledger.reading import LedgerReader
from ledger.resolver import Resolution
from projections.documents import Basis, Document, Held
from projections.read_models.heading import Heading
from projections.read_models.shelf import Parts, Shelf
from projections.terms import Term

if TYPE_CHECKING:  # loaded with what answers so
    from projections.documents import ItemVersion
    from projections.editions import Assessment
    from projections.folded import Folded
    from projections.listing import Revision, TableRow

Watched = Callable[[Iterable[Identity]], Iterable[Identity]]
"""Gives assessments one by one, and may say which is being worked on."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One assessment of the ledger, for the list of all."""

    identity: Identity
    heading: Heading


class Questions:
    """The questions that a ledger answers. Every one about an assessment raises UnknownAssessment."""

    def __init__(self, ledger: LedgerReader) -> None:
        self._ledger: Final = ledger
        self._shelf: Final = Shelf(ledger.reading, ledger.place)

    @cached_property
    def _folded(self) -> Folded:
        # What folds events is much to load, and seldom needed.
        from projections.folded import Folded  # noqa: PLC0415

        return Folded(self._ledger)

    def known(
        self, identity: Identity, known_at: datetime | None = None, *, until: int | None = None
    ) -> Assessment:
        """All that was known of an assessment at a time, or by the event *until* (None: now)."""
        return self._folded.known(identity, known_at, until=until)

    def document(
        self,
        identity: Identity,
        day: date | None = None,
        basis: Basis = Basis.CHANGE,
        known_at: datetime | None = None,
    ) -> Document:
        """The document on *day*, as ``document_as_of`` gives it, but for what its readings rest on."""
        if basis is Basis.CHANGE:
            found = self._shelf.document(identity.assessment_id, day, known_at)
            if found is not None:
                return found
        return self._folded.document(identity, day, basis, known_at)

    def change_table(
        self, identity: Identity, as_of: date | None = None, known_at: datetime | None = None
    ) -> tuple[TableRow, ...]:
        """The change table, as ``change_table`` gives it."""
        found = self._shelf.change_table(identity.assessment_id, as_of, known_at)
        return self._folded.change_table(identity, as_of, known_at) if found is None else found

    def log(self, identity: Identity, item: Resolution | None = None) -> tuple[Revision, ...]:
        """The revisions of an assessment, or those that touch an item, as ``history.log`` gives them."""
        found = self._shelf.log(identity.assessment_id, item)
        return self._folded.log(identity, item) if found is None else found

    def versions(
        self, identity: Identity, path: ItemPath, known_at: datetime | None = None
    ) -> list[ItemVersion]:
        """What an item says from one day to the next, oldest first."""
        found = self._shelf.versions(identity.assessment_id, path, known_at)
        return self._folded.versions(identity, path, known_at) if found is None else found

    def listed(self) -> list[Listed]:
        """All assessments in the order in which they were first taken in."""
        headings = self._shelf.headings() or {}
        return [
            Listed(each, headings.get(each.assessment_id) or self._folded.heading(each))
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
        asked, found = list(of), parts or {}
        missing = [each for each in asked if each.assessment_id not in found]
        whole = self._folded.held(watched(missing), day) if missing else ()
        folded = {each.identity.assessment_id: each for each in whole}
        return tuple(
            folded.get(each.assessment_id) or Held(each, found[each.assessment_id]) for each in asked
        )
