"""Take in one published document: find its assessment or register it, receive, save; whole or not at all.

Whether anything is kept is up to the ledger it is taken in by: ``Ledger`` records it, ``Rehearsal``
(ledger/rehearsal.py) only seems to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ledger import reader_names
from ledger.assessment import Assessment
from ledger.errors import UnreadableSource, WrongAssessment
from ledger.identity import Identity, PrintedIdentity, same_assessment, same_business, same_place
from ledger.published import ChangeRow, PublishedEdition
from ledger.recorder import Source
from ledger.refs import as_printed

_WHY = "取り込んだ文書の表紙の記載"


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a document: the assessment it belongs to, and how many events it brought."""

    identity: Identity
    new_events: int
    already_known: bool
    new_assessment: bool = False

    @property
    def ref(self) -> str:
        """The name of the assessment for users."""
        return self.identity.ref

    @property
    def assessment_id(self) -> UUID:
        """The id of its stream."""
        return self.identity.assessment_id


class Holding(Protocol):
    """What taking in asks of a ledger; each method is described there."""

    def holder(self, sha256: str) -> UUID | None:
        """As ``Ledger.holder``."""

    def assessments(self) -> Sequence[Identity]:
        """As ``Ledger.assessments``."""

    def find(self, ref: str) -> Identity:
        """As ``Ledger.find``."""

    def get(self, assessment_id: UUID) -> Assessment:
        """As ``Ledger.get``."""

    def save(self, assessment: Assessment, *, by: str, source: Source | None = None) -> Sized:
        """As ``Ledger.save``."""


def take_in(
    ledger: Holding, data: bytes, file_name: str, edition: PublishedEdition, *, by: str, same_as: str = ""
) -> Intake:
    """Record *edition*, read from *data*, under the assessment it belongs to; the same data twice is no news.

    *same_as* is a REF that decides where the cover leaves it open: that of an assessment of the ledger, or
    the one the cover prints, to say that it is another assessment than the one it resembles. Raises
    WrongAssessment where that has to be said, or is contradicted; UnknownAssessment where *same_as* names
    none; UnreadableSource where the cover names no assessment; and what ``Ledger.save`` raises.
    """
    source = _source(data, file_name)
    printed = PrintedIdentity.of(edition)
    holder = ledger.holder(source.sha256)
    if holder is not None:
        return Intake(_confirmed(ledger, holder, source, same_as), new_events=0, already_known=True)
    known = _known(ledger, printed, source, same_as)
    if known is None:
        assessment = Assessment.register(printed, form_edition=edition.header.form_edition)
    else:
        assessment = ledger.get(known.assessment_id)
        if printed.complete:
            assessment.identify_as(printed, why=_WHY)
    assessment.receive(edition, sha256=source.sha256, file_name=source.file_name)
    entries = ledger.save(assessment, by=by, source=source)
    return Intake(
        assessment.identity, new_events=len(entries), already_known=False, new_assessment=known is None
    )


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the ledger has of a document already: its last reading, as it is recorded, and whose it is.

    The ``edition`` has no pieces, its rows no lines: those are not recorded.
    """

    edition: PublishedEdition
    intake: Intake


def taken_in(ledger: Holding, data: bytes, file_name: str, *, same_as: str = "") -> TakenIn | None:
    """What ``take_in`` would answer of *data* that a reader of today has read for the ledger; otherwise None.

    To be asked before *data* is read: reading it once more would give the same. Raises WrongAssessment where
    *same_as* contradicts; UnknownAssessment where it names none.
    """
    source = _source(data, file_name)
    holder = ledger.holder(source.sha256)
    if holder is None:
        return None
    assessment = ledger.get(holder)
    last = assessment.readings.get(source.sha256)
    if last is None or last.reader not in reader_names.TODAY:
        return None
    _confirm(ledger, assessment.identity, source, same_as)
    table = assessment.changes.table(source.sha256)
    edition = PublishedEdition(
        form=last.form,
        reader=last.reader,
        header=last.header,
        items=last.items,
        table=last.table,
        rows=tuple(ChangeRow(no, *table[no], line=0) for no in sorted(table)),
        unassigned=last.unassigned,
        characters=last.characters,
        assigned=last.assigned,
    )
    return TakenIn(edition, Intake(assessment.identity, new_events=0, already_known=True))


def _source(data: bytes, file_name: str) -> Source:
    # A name from a foreign file system may hold what no text can.
    return Source(data, file_name.encode(errors="backslashreplace").decode())


def _confirmed(ledger: Holding, holder: UUID, source: Source, same_as: str) -> Identity:
    """The assessment that has the source already, unless *same_as* says another."""
    identity = ledger.get(holder).identity
    _confirm(ledger, identity, source, same_as)
    return identity


def _confirm(ledger: Holding, identity: Identity, source: Source, same_as: str) -> None:
    if same_as and ledger.find(same_as).assessment_id != identity.assessment_id:
        raise WrongAssessment(
            f"すでに {identity.ref} の文書として取り込まれています",
            where=source.file_name,
            remedy=f"--as {identity.ref} とするか、--as を外してください",
        )


def _known(ledger: Holding, printed: PrintedIdentity, source: Source, same_as: str) -> Identity | None:
    """The assessment of the ledger that *printed* belongs to, or None for a new one."""
    matching = _matching(ledger, printed)
    if same_as:
        if printed.complete and not matching and _names_its_own(ledger, same_as, printed):
            return None
        return ledger.find(same_as)
    if not printed.complete:
        raise UnreadableSource(
            "表紙から評価書番号か評価実施機関名を読み取れません",
            where=source.file_name,
            remedy="どの評価書か --as 熊谷市長/12 のように指定してください",
        )
    if len(matching) == 1:
        return matching[0]
    near = matching or [each for each in _those(ledger, printed, same_place) if _any_title(each, printed)]
    if not near:
        return None
    choices = " か ".join(f"--as {each.ref}" for each in near)
    raise WrongAssessment(
        f"{printed.ref}「{printed.title}」は台帳の評価書に似ていて、同じものか決められません",
        where=source.file_name,
        remedy=f"同じ評価書なら {choices}、別の評価書なら --as {printed.ref} を付けてください",
    )


def known_as(ledger: Holding, printed: PrintedIdentity) -> Identity | None:
    """The one assessment of the ledger that a cover names; None where that is none for certain."""
    matching = _matching(ledger, printed)
    return matching[0] if len(matching) == 1 else None


def _matching(ledger: Holding, printed: PrintedIdentity) -> list[Identity]:
    """The assessments that *printed* may be; of several, those that had its title."""
    found = _those(ledger, printed, same_assessment) if printed.complete else []
    return (len(found) > 1 and [each for each in found if _any_title(each, printed)]) or found


def _names_its_own(ledger: Holding, ref: str, printed: PrintedIdentity) -> bool:
    """Whether *ref* is the one that the cover prints; without a form it may be another's of the ledger."""
    if not same_assessment(as_printed(ref, printed.form), printed):
        return False
    return as_printed(ref).form == printed.form or not any(
        same_business(one, printed) for each in ledger.assessments() for one in each.printed
    )


def _those(
    ledger: Holding, printed: PrintedIdentity, alike: Callable[[PrintedIdentity, PrintedIdentity], bool]
) -> list[Identity]:
    """The assessments of the same form one of whose identities is *alike* the *printed* one."""
    return [
        each
        for each in ledger.assessments()
        if each.form == printed.form and any(alike(one, printed) for one in each.printed)
    ]


def _any_title(identity: Identity, printed: PrintedIdentity) -> bool:
    """Whether the assessment was ever printed under the title of *printed*."""
    title = printed.folded_title
    return bool(title) and any(one.folded_title == title for one in identity.printed)
