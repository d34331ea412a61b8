"""The aggregate Assessment: commands decide, ``apply`` only assigns.

The aggregate holds what its commands need to decide (the identities, the last reading of every source, the
changes with what was decided on them, how far their revisions are, and the accepted findings), not the
document: that is for projections.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self, assert_never

from eventsourcing.domain import Aggregate

from ledger.decisions import Changes, ask_why
from ledger.errors import FindingDecided, InvalidChange, UnknownRevision, WrongAssessment
from ledger.events import (
    AGGREGATE_TOPIC,
    AnyEvent,
    AssessmentEnded,
    AssessmentIdentified,
    AssessmentRegistered,
    AssessmentReviewed,
    ChangeCorrected,
    ChangeRetracted,
    EditionPublished,
    EditionReceived,
    EditionReread,
    FindingAccepted,
    FindingReopened,
    ItemChanged,
    LedgerEvent,
    RevisionApproved,
    RevisionSubmitted,
    RowInterpreted,
    TextWithheld,
    WithheldLine,
)
from ledger.form import form_named
from ledger.identity import Identity, PrintedIdentity, same_assessment, stream_id
from ledger.item_path import ItemPath
from ledger.life import Kind, Life
from ledger.published import ChangeRow, PublishedEdition
from ledger.rereading import carried, repeats
from ledger.revisions import OF_ROWS, Revisions
from ledger.wareki import WarekiDate
from ledger.wording import plain

TIMINGS: Final = frozenset({"事前", "事後", ""})


class Assessment(Aggregate):
    """One 特定個人情報保護評価書 through all its editions and changes."""

    TOPIC = AGGREGATE_TOPIC
    Event = LedgerEvent  # type: ignore[assignment]  # mypy lets no nested class be replaced by another;
    Created = AssessmentRegistered  # type: ignore[assignment]  # the library asks for just that

    def __init__(self) -> None:
        self.form = ""
        self.printed: tuple[PrintedIdentity, ...] = ()
        self.readings: dict[str, EditionReceived | EditionReread] = {}  # the last of each source, by sha256
        self.changes = Changes()
        self.accepted: set[str] = set()  # the ids of findings
        self.life = Life()
        self.revisions = Revisions()

    @classmethod
    def register(cls, printed: PrintedIdentity, *, form_edition: str, municipality_code: str = "") -> Self:
        """A new assessment, in the stream of its *printed* identity."""
        return cls._create(
            AssessmentRegistered,
            id=stream_id(printed),
            body=printed.body,
            number=printed.number,
            title=printed.title,
            form=printed.form,
            form_edition=form_edition,
            municipality_code=municipality_code,
        )

    @property
    def identity(self) -> Identity:
        """What the ledger knows the assessment by."""
        return Identity(self.id, self.form, self.printed)

    def identify_as(self, printed: PrintedIdentity, *, why: str) -> None:
        """Record another *printed* identity; one known but for widths and white space is no news."""
        if all(known.folded != printed.folded for known in self.printed):
            self.trigger_event(
                AssessmentIdentified, body=printed.body, number=printed.number, title=printed.title, why=why
            )

    def receive(self, edition: PublishedEdition, *, sha256: str, file_name: str) -> None:
        """Take in a published *edition* and its change rows; the same source again is no news.

        Raises WrongAssessment where the cover names another assessment, or the form is another one. A cover
        on which body or number is blank names none.
        """
        header = edition.header
        printed = PrintedIdentity.of(edition)
        if printed.form != self.form:
            raise WrongAssessment(
                f"{self.identity.ref} は{self.form}の評価書で、{printed.form}の文書を加えることはできません",
                where=file_name,
                remedy=f"--as を外すか、--as で{printed.form}の評価書を指定してください",
            )
        if self._is_other(printed):
            raise WrongAssessment(
                f"{self.identity.ref} の評価書ではありません",
                where=f"{file_name}({printed.ref})",
                remedy="同じ評価書なら --as で指定してください",
            )
        if sha256 in self.readings:
            return
        self.trigger_event(
            EditionReceived,
            publication_date=header.publication_date,
            sha256=sha256,
            file_name=file_name,
            form=edition.form,
            reader=edition.reader,
            header=header,
            items=edition.items,
            table=edition.table,
            rows=len(edition.rows),
            unassigned=edition.unassigned,
            characters=edition.characters,
            assigned=edition.assigned,
        )
        for row in edition.rows:
            self._publish(row, sha256)

    def reread(self, edition: PublishedEdition, *, sha256: str, file_name: str) -> None:
        """Take in what a later reader makes of a source received before; the same reading is no news.

        Rows that say what they said stay the events they are. Raises WrongAssessment where the source is none
        of this assessment, or where the cover now names another assessment or another 公表日.
        """
        last = self.readings.get(sha256)
        if last is None:
            raise WrongAssessment(
                f"{self.identity.ref} の原本ではありません",
                where=file_name,
                remedy="kaitei source --list で原本を確認してください",
            )
        header = edition.header
        printed = PrintedIdentity.of(edition)
        before, now = self.changes.table(sha256), [row.cells for row in edition.rows]
        if self._is_other(printed) or not _same_day(header.publication_date, last.publication_date):
            raise WrongAssessment(
                f"読み直した表紙は {printed.ref}、公表日「{header.publication_date}」で、"
                f"取り込んだ {self.identity.ref}、公表日「{last.publication_date}」と違います",
                where=file_name,
                remedy="kaitei source で原本を取り出し、表紙を確認してください",
            )
        rows = repeats(before, now)
        if rows == tuple(sorted(before)) and _said(last) == _said(edition):
            return
        if printed.complete:
            self.identify_as(printed, why="読み直した文書の表紙の記載")
        self.trigger_event(
            EditionReread,
            publication_date=header.publication_date,
            sha256=sha256,
            form=edition.form,
            reader=edition.reader,
            header=header,
            items=edition.items,
            table=edition.table,
            rows=rows,
            unassigned=edition.unassigned,
            characters=edition.characters,
            assigned=edition.assigned,
        )
        for row, was in zip(edition.rows, rows, strict=True):
            if not was:
                self._publish(row, sha256)

    def _is_other(self, printed: PrintedIdentity) -> bool:
        """Whether a cover names another assessment; where body or number is blank, only its form does."""
        named = printed.complete and not any(same_assessment(known, printed) for known in self.printed)
        return named or printed.form != self.form

    def _publish(self, row: ChangeRow, sha256: str) -> None:
        """Record one row of a published change table."""
        self.trigger_event(
            ItemChanged,
            source=sha256,
            no=row.no,
            change_date=row.date,
            item_text=row.item_text,
            before=row.before,
            after=row.after,
            timing=row.timing,
            explanation=row.explanation,
            path="",
            revision="",
            actual_day="",
        )

    def change(
        self,
        path: ItemPath,
        before: str,
        after: str,
        *,
        revision: str,
        change_date: str = "",
        timing: str = "",
        explanation: str = "",
        item_text: str = "",
        actual_day: str = "",
    ) -> None:
        """Record one change by hand; the same text for the same item of the same revision is no news.

        Raises InvalidChange without a name for the revision, or with one that views give to published rows;
        where nothing changes, on a timing that the form does not know, or where the revision is published
        already.
        """
        if not revision:
            raise InvalidChange("改訂の名前がありません", where=str(path), remedy="改訂を指定してください")
        if revision.startswith(OF_ROWS):
            raise InvalidChange(
                f"「{OF_ROWS}」で始まる名前は、公表された行の改訂のものです",
                where=f"{path} {revision}",
                remedy="別の名前を指定してください",
            )
        _ask_timing(timing, str(path))
        if self.changes.holds(revision, str(path), after):
            return
        if before == after:
            raise _nothing_changes(str(path))
        if revision in self.revisions.published:
            raise InvalidChange(
                "公表済みの改訂に変更は加えられません",
                where=f"{path} {revision}",
                remedy="--revision で別の名前を指定してください",
            )
        self.trigger_event(
            ItemChanged,
            source="",
            no=0,
            change_date=change_date,
            item_text=item_text,
            before=before,
            after=after,
            timing=timing,
            explanation=explanation,
            path=str(path),
            revision=revision,
            actual_day=actual_day,
        )

    def interpret(self, version: int, *, path: ItemPath | None, change_date: str, why: str) -> None:
        """Record what a published row means: its item, its 変更日; None and blank: as it is printed.

        The whole of what is decided: what is left out now no longer counts. What counts already is no news.
        Raises UnknownChange and InvalidChange where *version* is no such row, the form has no such item, or
        *why* is blank; NotAWarekiDate.
        """
        row = self.changes.at(version)
        ask_why(why, self.changes.name(version))
        if not row.source:
            raise InvalidChange(
                "公表された文書の行ではありません",
                where=self.changes.name(version),
                remedy="記録した変更は kaitei correct で訂正してください",
            )
        _ask_day(change_date)
        means, day = self.changes.meaning(version)
        meant = str(path) if path else ""
        if meant == means and WarekiDate.read(change_date) == WarekiDate.read(day):
            return
        self._ask_item(path)
        self.trigger_event(RowInterpreted, interprets=version, path=meant, change_date=change_date, why=why)

    def correct(
        self,
        version: int,
        *,
        path: ItemPath | None,
        change_date: str,
        item_text: str,
        before: str,
        after: str,
        timing: str,
        explanation: str,
        why: str,
    ) -> None:
        """Record what is right instead of what a change says: all of it, also what was right before.

        What counts already is no news, and is not questioned: a printed cell may say anything. Raises
        UnknownChange and InvalidChange where *version* is no change that counts, the new words do not fit, or
        *why* is blank; NotAWarekiDate.
        """
        now, where = self.changes.at(version), self.changes.name(version)
        ask_why(why, where)
        facts = {
            "change_date": change_date,
            "item_text": item_text,
            "before": before,
            "after": after,
            "timing": timing,
            "explanation": explanation,
            "path": str(path) if path else "",
        }
        if all(getattr(now, name) == told for name, told in facts.items()):
            return
        if facts["path"] != now.path:
            self._ask_item(path)
        if timing != now.timing:
            _ask_timing(timing, where)
        if change_date != now.change_date:
            _ask_day(change_date)
        if not now.source and path is None:
            raise InvalidChange("項目がありません", where=where, remedy="項目を指定してください")
        if not now.source and before == after:
            raise _nothing_changes(where)
        self.trigger_event(ChangeCorrected, corrects=version, why=why, **facts)

    def retract(self, version: int, *, why: str) -> None:
        """Record that a change was recorded here by mistake; a second time is no news.

        Raises UnknownChange where *version* is no change; InvalidChange on what a document prints, and where
        *why* is blank.
        """
        change = self.changes.recorded(version)
        ask_why(why, self.changes.name(version))
        if change.source:
            raise InvalidChange(
                "公表された文書の行は取り消せません",
                where=self.changes.name(version),
                remedy="読取りの誤りは kaitei correct で、行の意味は kaitei interpret で記録してください",
            )
        if version not in self.changes.retracted:
            self.trigger_event(ChangeRetracted, retracts=version, why=why)

    def accept(self, finding: str, *, message: str, why: str) -> None:
        """Record that a person lets a *finding* stand, with what the validator says of it.

        Raises FindingDecided where it is accepted already; InvalidChange where *why* is blank.
        """
        ask_why(why, finding)
        if finding in self.accepted:
            raise FindingDecided(
                "すでに了承されています",
                where=finding,
                remedy="理由を改めるときは kaitei reopen で戻してから、改めて了承してください",
            )
        self.trigger_event(FindingAccepted, finding=finding, message=message, why=why)

    def reopen(self, finding: str, *, why: str) -> None:
        """Record that an accepted *finding* is open again.

        Raises FindingDecided where it is open already; InvalidChange where *why* is blank.
        """
        ask_why(why, finding)
        if finding not in self.accepted:
            raise FindingDecided(
                "了承されていません", where=finding, remedy="kaitei validate で番号を確認してください"
            )
        self.trigger_event(FindingReopened, finding=finding, why=why)

    def withhold(self, lines: Sequence[WithheldLine], sources: Sequence[str], *, why: str) -> None:
        """Record that words were erased from *lines* of earlier events and with whole *sources* (sha256).

        Raises InvalidChange where *why* is blank.
        """
        ask_why(why, self.identity.ref)
        self.trigger_event(TextWithheld, lines=tuple(lines), sources=tuple(sources), why=why)

    def review(self, day: str, *, why: str, undone: bool = False) -> None:
        """Record that somebody looked on *day* whether the text still holds, and found *why*; or undo that.

        The same again is no news. Raises what ``Life.is_news`` and, to undo, ``Life.undone`` raise.
        """
        self._live(AssessmentReviewed, day, why, undone=undone)

    def end(self, day: str, *, why: str, undone: bool = False) -> None:
        """Record that the 事務 ends on *day*; or undo that, whatever *day* is. Raises as ``review`` does."""
        self._live(AssessmentEnded, day, why, undone=undone)

    def _live(self, kind: Kind, day: str, why: str, *, undone: bool) -> None:
        ref = self.identity.ref
        if undone:
            day = self.life.undone(kind, day, why, ref)
        if undone or self.life.is_news(kind, day, why, ref):
            self.trigger_event(kind, day=day, why=why, undone=undone)

    def approve(self, revision: str, day: str, *, why: str = "", undone: bool = False) -> None:
        """Record the 決裁 of a *revision* on *day*, or undo that; the same again is no news.

        Raises UnknownRevision; what ``Revisions.approves`` and, to undo, ``Revisions.approval`` raise.
        """
        if undone:
            day = self.revisions.approval(revision, why).day
        else:
            self._ask_revisions(revision)
        if undone or self.revisions.approves(revision, day, why):
            self.trigger_event(RevisionApproved, revision=revision, day=day, why=why, undone=undone)

    def submit(
        self, revision: str, kind: str, day: str, *, receipt: str = "", why: str = "", undone: bool = False
    ) -> None:
        """Record that a *revision* was submitted as *kind* on *day*; or undo that, whatever these are.

        The same again is no news. Raises UnknownRevision; what ``Revisions.submits`` and, to undo,
        ``Revisions.submission`` raise.
        """
        if undone:
            last = self.revisions.submission(revision, why)
            kind, day, receipt = last.kind, last.day, last.receipt
        else:
            self._ask_revisions(revision)
        if undone or self.revisions.submits(revision, kind, day, receipt, why):
            self.trigger_event(
                RevisionSubmitted,
                revision=revision,
                kind=kind,
                day=day,
                receipt=receipt,
                why=why,
                undone=undone,
            )

    def publish(
        self,
        revisions: Sequence[str],
        day: str,
        *,
        change_date: str = "",
        why: str = "",
        undone: bool = False,
    ) -> None:
        """Record that *revisions* are published with the 公表日 *day*; or undo that they were that day.

        What was recorded without a 変更日 gets *change_date*, or else *day*. The same again is no news.
        Raises UnknownRevision; what ``Revisions.publishes`` and, to undo, ``Revisions.publication`` raise.
        """
        news, change_date = tuple(revisions), change_date or day
        if undone:
            change_date = self.revisions.publication(revisions, day, why).change_date
        else:
            self._ask_revisions(*revisions)
            news = tuple(each for each in news if self.revisions.publishes(each, day, change_date, why))
        if news:
            self.trigger_event(
                EditionPublished,
                publication_date=day,
                revisions=news,
                change_date=change_date,
                why=why,
                undone=undone,
            )

    def _ask_revisions(self, *revisions: str) -> None:
        """Only what was recorded here, and not retracted since, goes through the office."""
        for revision in revisions:
            if revision not in self.changes.revisions:
                raise UnknownRevision(
                    "記録した改訂にありません",
                    where=f"{self.identity.ref}「{revision}」",
                    remedy="kaitei log で改訂の名前（r-…）を確認してください",
                )

    def _ask_item(self, path: ItemPath | None) -> None:
        """An item that is decided on is one of the form."""
        if path is not None and form_named(self.form).locate(path) is None:
            raise InvalidChange(
                f"{self.form}にない項目です", where=str(path), remedy="様式の項目を指定してください"
            )

    def apply(self, event: AnyEvent) -> None:
        """Assign what *event* says: it has happened, so there is nothing left to decide."""
        match event:
            case AssessmentRegistered():
                self.form = event.form
                self.printed = (PrintedIdentity(event.body, event.number, event.title, event.form),)
            case AssessmentIdentified():
                self.printed += (PrintedIdentity(event.body, event.number, event.title, self.form),)
            case EditionReceived() | EditionReread():
                self.readings[event.sha256] = event
                if isinstance(event, EditionReread):
                    rows = self.changes.rows
                    rows[event.sha256] = carried(rows.get(event.sha256, {}), event.rows)
            case ItemChanged() | RowInterpreted() | ChangeCorrected() | ChangeRetracted():
                self.changes.apply(event)
            case FindingAccepted() | FindingReopened():
                judge = self.accepted.add if isinstance(event, FindingAccepted) else self.accepted.discard
                judge(event.finding)
            case AssessmentReviewed() | AssessmentEnded():
                self.life.apply(event)
            case RevisionApproved() | RevisionSubmitted() | EditionPublished():
                self.revisions.apply(event)
            case TextWithheld():
                pass  # the events that it is about say other words by now
            case _:
                assert_never(event)


def _ask_timing(timing: str, where: str) -> None:
    if timing not in TIMINGS:
        raise InvalidChange(
            f"提出時期「{timing}」は様式にありません", where=where, remedy="事前 または 事後 と書いてください"
        )


def _ask_day(printed: str) -> None:
    if printed:
        WarekiDate.parse(printed)


def _nothing_changes(where: str) -> InvalidChange:
    return InvalidChange("変更前と変更後が同じです", where=where, remedy="変更後の記載を確認してください")


def _said(reading: PublishedEdition | EditionReceived | EditionReread) -> tuple[object, ...]:
    """What a reading says of its source, but for the rows: two that say the same are one."""
    return (
        reading.form,
        reading.header,
        reading.items,
        reading.table,
        reading.unassigned,
        reading.characters,
        reading.assigned,
    )


def _same_day(printed: str, other: str) -> bool:
    """Whether two printed 公表日 are one day, however they are written."""
    one, two = WarekiDate.read(printed), WarekiDate.read(other)
    return one.day == two.day if one and two else plain(printed) == plain(other)
