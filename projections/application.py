"""Kaitei: an open ledger, wired with what reads and writes it. The command line opens one only here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from ledger.assessment import Assessment as Aggregate
from ledger.errors import (
    InvalidChange,
    LedgerError,
    LedgerMissing,
    UnknownFinding,
)
from ledger.events import Entry
from ledger.identity import Identity, PrintedIdentity
from ledger.intake import known_as
from ledger.published import PublishedEdition
from ledger.readers import read
from ledger.storage import open_ledger, rebuilt
from ledger.wareki import WarekiDate
from projections import deciding
from projections.accepting import FindingDecision, rule_of, the_one
from projections.asking import Asking
from projections.deciding import Correction, Decided, change_meant, row_of, row_retracted
from projections.drafting import Draft, drafted
from projections.editions import Assessment, assessment
from projections.findings import Rule
from projections.importing import Imported, Refused, import_files, read_file
from projections.life import Lived, lived
from projections.milestones import Milestone
from projections.office import Office
from projections.read_models.keeper import Keeper
from projections.read_models.upkeep import Upkeep
from projections.recording import new_change
from projections.repeating import repeated
from projections.rereading import Reread, as_read_now, read_again
from projections.revising import Revised, revise
from projections.validator import findings_of
from projections.withholding import Withheld, withhold

__all__ = ["Imported", "Kaitei", "Refused", "import_files", "open_if_there", "read_file"]


@contextmanager
def open_if_there(url: str) -> Iterator[Kaitei | None]:
    """The ledger at *url*; None where there is none, and none is made."""
    try:
        opened = Kaitei(url)
    except LedgerMissing:
        yield None
        return
    with opened:
        yield opened


class Kaitei(Asking):
    """An open ledger, asked and written to."""

    def __init__(self, url: str) -> None:
        self._ledger = open_ledger(url, follower=Keeper())
        super().__init__(url, self._ledger)

    @property
    def office(self) -> Office:
        """What an office does with the revisions recorded here."""
        return Office(self._ledger)

    def reread(self, identity: Identity, *, by: str) -> list[Reread | Refused]:
        """Read every document of an assessment again with today's readers; record what reads differently.

        All new readings are recorded together. A document that can no longer be read, or whose cover now
        names something else, is given as Refused, and its last reading goes on to count. Raises what
        ``Ledger.save`` raises.
        """
        aggregate = self._ledger.get(identity.assessment_id)
        results: list[Reread | Refused] = []
        for kept in self.sources(identity):
            try:
                edition = read(self.source(kept), kept.file_name)
                results.append(read_again(aggregate, kept, edition))
            except LedgerError as error:
                results.append(Refused(kept.file_name, error))
        self._ledger.save(aggregate, by=by)
        return results

    def record(
        self,
        identity: Identity,
        *,
        item: str,
        after: str,
        on: str,
        timing: str,
        reason: str,
        by: str,
        before: str | None = None,
        actual: str = "",
        revision: str = "",
    ) -> Entry:
        """Record one change of one item by hand; the same change a second time is no news.

        Where somebody else recorded in between, it is tried again on what the ledger has by then. Raises what
        ``new_change`` and ``Ledger.save`` raise; InvalidChange where nothing changes; Conflict where *before*
        is given, or somebody else was ahead, and the item says something else on that day.
        """
        expected = before

        @repeated
        def attempt() -> Entry:
            nonlocal expected
            entries = self.entries(identity)
            known = assessment(entries)
            change = new_change(
                known,
                item=item,
                after=after,
                on=on,
                timing=timing,
                reason=reason,
                actual=actual,
                revision=revision,
            )
            if earlier := change.recorded_in(entries, known):
                return earlier
            if before is not None:
                change.ask_none_waiting(before)
            if expected is not None:
                change.expect(expected)
            expected = change.before
            aggregate = rebuilt(entries)
            change.record(aggregate)
            return self._ledger.save(aggregate, by=by)[-1]

        return attempt()

    def draft(self, identity: Identity, edition: PublishedEdition, *, where: str) -> Draft:
        """The draft of a revision that an edited document makes. Raises what ``drafted`` raises."""
        entries = self.entries(identity)
        return drafted(assessment(entries), identity, entries[-1].event_id, edition, where)

    def revise(
        self,
        identity: Identity,
        draft: Draft,
        *,
        where: str,
        by: str,
        revision: str = "",
        dry_run: bool = False,
    ) -> Revised:
        """Record a draft as one revision, all of it or nothing. Raises what ``revising.revise`` raises."""
        return revise(self._ledger, identity, draft, where=where, by=by, revision=revision, dry_run=dry_run)

    @repeated
    def interpret(
        self,
        identity: Identity,
        row: str,
        *,
        item: str | None = None,
        on: str | None = None,
        as_printed: bool = False,
        why: str,
        by: str,
    ) -> Decided:
        """Record what the *row* means. Raises what ``deciding.interpret`` and ``Ledger.save`` raise."""
        known, entry, aggregate = self._meant(identity, row)
        deciding.interpret(aggregate, known, entry, item=item, on=on, as_printed=as_printed, why=why)
        return self._decided(identity, entry, aggregate, by)

    @repeated
    def correct(
        self, identity: Identity, change: str, correction: Correction, *, why: str, by: str
    ) -> Decided:
        """Record what is right instead. Raises what ``deciding.correct`` and ``Ledger.save`` raise."""
        known, entry, aggregate = self._meant(identity, change)
        deciding.correct(aggregate, known, entry, correction, why=why)
        return self._decided(identity, entry, aggregate, by)

    @repeated
    def retract(self, identity: Identity, change: str, *, why: str, by: str) -> Decided:
        """Record that a change was recorded by mistake; the row is what it was before.

        Raises UnknownChange, and what ``Assessment.retract`` and ``Ledger.save`` raise.
        """
        _, entry, aggregate = self._meant(identity, change)
        aggregate.retract(entry.event.originator_version, why=why)
        saved = self._ledger.save(aggregate, by=by)
        return Decided(saved[-1] if saved else None, row_retracted(self.entries(identity), entry))

    def _meant(self, identity: Identity, change: str) -> tuple[Assessment, Entry, Aggregate]:
        """All that is known, the change that a user's text means, and who decides on it."""
        entries = self.entries(identity)
        known = assessment(entries)
        return known, change_meant(change, known, entries), rebuilt(entries)

    def _decided(self, identity: Identity, change: Entry, aggregate: Aggregate, by: str) -> Decided:
        """Save what was decided on a change, and give its row as it counts by then."""
        saved = self._ledger.save(aggregate, by=by)
        return Decided(saved[-1] if saved else None, row_of(self.assessment(identity), change))

    # --- reviews and the end ------------------------------------------------------------------------

    @repeated
    def review(
        self, identity: Identity, *, on: str, why: str, by: str, today: date, undo: bool = False
    ) -> Lived:
        """Record that the text was compared with reality on a day, or undo that; the same again is no news.

        Raises what ``Assessment.review`` and ``Ledger.save`` raise, and InvalidChange on a day to come.
        """
        day = WarekiDate.parse(on).day
        if day > today:
            where = f"{identity.ref} {day.isoformat()}の見直し"
            remedy = "見直しをした日を --on で指定してください"
            raise InvalidChange("まだ来ていない日です", where=where, remedy=remedy)
        before = next((each for each in self.assessment(identity).reviews if each.day == day), None)
        aggregate = self._ledger.get(identity.assessment_id)
        aggregate.review(on, why=why, undone=undo)
        return self._lived(identity, aggregate, before, by)

    @repeated
    def end(self, identity: Identity, *, on: str, why: str, by: str, undo: bool = False) -> Lived:
        """Record the day on which the 事務 ends, or undo that; the same again is no news.

        Raises what ``Assessment.end`` and ``Ledger.save`` raise.
        """
        before = self.assessment(identity).end
        aggregate = self._ledger.get(identity.assessment_id)
        aggregate.end(on, why=why, undone=undo)
        return self._lived(identity, aggregate, before, by)

    def _lived(self, identity: Identity, aggregate: Aggregate, before: Milestone | None, by: str) -> Lived:
        saved = self._ledger.save(aggregate, by=by)
        return lived(identity, saved[-1] if saved else None, before)

    # --- findings -----------------------------------------------------------------------------------

    def known_of(self, data: bytes, edition: PublishedEdition) -> Assessment | None:
        """What the ledger has of the assessment whose *edition* was read from *data*; None where nothing.

        A source that was taken in counts as it is read now: an older reading is no fault of the document.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        holder = self._ledger.holder(sha256)
        if holder is not None:
            return assessment(as_read_now(self._ledger.entries(holder), sha256, edition))
        identity = known_as(self._ledger, PrintedIdentity.of(edition))
        return self.assessment(identity) if identity else None

    def accept(self, finding: str, *, ref: str = "", why: str, by: str) -> FindingDecision:
        """Record that a person lets a *finding* stand, of the assessment *ref*, or else of any.

        It is one of an edition that the ledger has: with *ref* of any, otherwise of a latest one. Raises
        UnknownFinding, UnknownAssessment, and what ``Assessment.accept`` and ``Ledger.save`` raise.
        """
        rule = rule_of(finding)
        found = [
            (identity, message)
            for identity in self._meant_by(ref)
            if (message := self._message(identity, finding, rule, latest=not ref)) is not None
        ]
        identity, message = the_one(finding, found)
        aggregate = self._ledger.get(identity.assessment_id)
        aggregate.accept(finding, message=message, why=why)
        return FindingDecision(identity, self._ledger.save(aggregate, by=by)[-1], finding, message, why)

    def reopen(self, finding: str, *, ref: str = "", why: str, by: str) -> FindingDecision:
        """Record that an accepted *finding* is open again. Raises as ``accept`` does."""
        accepted = [
            (identity, each.message)
            for identity in self._meant_by(ref)
            for each in self.assessment(identity).accepted
            if each.finding == finding
        ]
        if not accepted:
            raise UnknownFinding(
                "了承された指摘にありません",
                where=f"「{finding}」",
                remedy="kaitei validate で、了承済みの指摘の番号を確認してください",
            )
        identity, message = the_one(finding, accepted)
        aggregate = self._ledger.get(identity.assessment_id)
        aggregate.reopen(finding, why=why)
        return FindingDecision(identity, self._ledger.save(aggregate, by=by)[-1], finding, message, why)

    def _meant_by(self, ref: str) -> list[Identity]:
        return [self.find(ref)] if ref else self._ledger.assessments()

    def _message(self, identity: Identity, finding: str, rule: Rule, *, latest: bool) -> str | None:
        """What the validator says of a *finding* in the editions of an assessment; None where it has none."""
        kept = self.sources(identity)
        newest = max((each.published for each in kept), default=None)
        for source in reversed(kept):
            if latest and source.published != newest:
                continue
            try:
                data = self.source(source)
                edition = read(data, source.file_name)
            except LedgerError:  # withheld, or today's readers do not read it any more
                continue
            for each in findings_of(edition, self.known_of(data, edition), [rule]):
                if each.id == finding:
                    return each.message
        return None

    @repeated
    def withhold(
        self, identity: Identity, terms: Sequence[str], *, why: str, by: str, dry_run: bool = False
    ) -> Withheld:
        """Erase *terms* from an assessment. Raises what ``withholding.withhold`` raises."""
        return withhold(self._ledger, identity, terms, why=why, by=by, dry_run=dry_run)

    @property
    def read_models(self) -> Upkeep:
        """What keeps the read models in order."""
        return Upkeep(self._ledger)
