"""What a page tells of one assessment, gathered from an open ledger: for the office, or for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ledger.errors import LedgerError
from ledger.events import Entry
from ledger.identity import Identity, same_place
from ledger.readers import read
from projections.across import held_on
from projections.asking import Asking
from projections.change_table import change_table, dropped_rows
from projections.changes import Change
from projections.disclosure import public_entries
from projections.documents import Held
from projections.editions import Assessment, assessment
from projections.findings import Severity
from projections.history import log
from projections.listing import Revision, TableRow
from projections.origin import Origin
from projections.report.states import States
from projections.rereading import as_read_now
from projections.sources import KeptSource, sources
from projections.validator import Report, validate

Watched = Callable[[Iterable[Identity]], Iterable[Identity]]
"""Gives assessments one by one, and may say which is being worked on."""


@dataclass(frozen=True)
class Whole:
    """All that the page of an assessment tells.

    ``report`` is what the validator says of the latest edition that was taken in; where it could not be
    checked, that is None, and ``unchecked`` says why.
    """

    identity: Identity
    known: Assessment
    public: bool
    report: Report | None
    unchecked: str

    @cached_property
    def states(self) -> States:
        """Every state of the document."""
        return States.of(self.known)

    @cached_property
    def rows(self) -> tuple[TableRow, ...]:
        """The change table, and behind it what the latest edition does not list any more."""
        return (*change_table(self.known), *dropped_rows(self.known))

    @cached_property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions, as ``log`` has them."""
        return log(self.known)

    def published(self, row: TableRow) -> date | None:
        """The first 公表日 under which a row could be read; None where that has not come."""
        change = row.change
        if change.latest or not change.no:
            return change.latest
        editions = (each.published for each in self.known.anchors if _has(each.changes, change))
        return next(editions, row.only_in)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity nobody has accepted."""
        return sum(finding.severity is severity for finding in self.report.open) if self.report else 0


def _has(changes: Iterable[Change], change: Change) -> bool:
    return any(each.event_id == change.event_id for each in changes)


class Gathering:
    """Gives what the ledger had by *origin*; with *public*, only what published documents print."""

    def __init__(self, ledger: Asking, origin: Origin, *, public: bool) -> None:
        self._ledger = ledger
        self._origin = origin
        self._public = public

    def known(self, identity: Identity) -> Assessment:
        """What is known of an assessment."""
        return assessment(self._shown(self._entries(identity)))

    def whole(self, identity: Identity) -> Whole:
        """All that the page of an assessment tells."""
        entries = self._entries(identity)
        known = assessment(self._shown(entries))
        report, unchecked = self._checked(entries, known)
        return Whole(identity, known, self._public, report, unchecked)

    def held(self, identities: Iterable[Identity]) -> tuple[Held, ...]:
        """What the latest documents tell of systems."""
        return tuple(
            _of_systems(each) for one in identities for each in held_on([(one, self.known(one))], None)
        )

    def beside(self, identities: Sequence[Identity]) -> list[Identity]:
        """All assessments of the same bodies: their systems may be connected."""
        bodies = [identity.printed[0] for identity in identities]
        return [
            each for each in self._ledger.named() if any(same_place(each.printed[0], body) for body in bodies)
        ]

    def _entries(self, identity: Identity) -> list[Entry]:
        return [each for each in self._ledger.entries(identity) if each.sequence <= self._origin.size]

    def _shown(self, entries: Sequence[Entry]) -> list[Entry]:
        return public_entries(entries) if self._public else list(entries)

    def _checked(self, entries: Sequence[Entry], known: Assessment) -> tuple[Report | None, str]:
        """What the validator says of the latest source, as ``validate`` would."""
        if known.latest is None:
            return None, "公表された版がまだ台帳にありません"
        newest = known.latest.published
        of_newest = [each for each in sources(entries) if each.published == newest]
        reason = ""
        for kept in of_newest:
            if kept.withheld:
                reason = "最新の版の原本に、非公開にした語があります"
                continue
            try:
                return self._report(entries, kept), ""
            except LedgerError as error:
                reason = f"最新の版の原本を読めません（{error.what}）"
        return None, reason

    def _report(self, entries: Sequence[Entry], kept: KeptSource) -> Report:
        edition = read(self._ledger.source(kept), kept.file_name)
        now = as_read_now(entries, kept.sha256, edition)
        return validate(edition, assessment(self._shown(now)))


def _of_systems(held: Held) -> Held:
    """Only the items that tell of systems: all other words of all documents would fill the memory."""
    items = tuple(item for item in held.document.items if item.item.repeats == "system")
    return Held(held.identity, replace(held.document, items=items))
