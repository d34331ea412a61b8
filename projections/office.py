"""What an office does with a revision recorded here: 決裁, submission to 個人情報保護委員会, publication.

Each is an event. None needs the one before it, and none changes what was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.assessment import Assessment as Aggregate
from ledger.errors import InvalidChange, UnknownRevision
from ledger.events import Entry, ItemChanged
from ledger.identity import Identity
from ledger.storage import Ledger, rebuilt
from ledger.wareki import WarekiDate
from projections.editions import Assessment, assessment
from projections.milestones import Filing, Stage
from projections.repeating import repeated


@dataclass(frozen=True, slots=True)
class Filed:
    """What a command recorded of revisions; ``entry`` is None where it counted already.

    ``filings`` are the revisions it is about, as they stand by now; with ``undone`` the ``stage`` counts no
    more.
    """

    identity: Identity
    stage: Stage
    entry: Entry | None
    undone: bool
    filings: tuple[Filing, ...]


Decision = Callable[[Aggregate, tuple[str, ...]], None]


class Office:
    """The commands on the revisions of a ledger. Get one from ``Kaitei.office``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def approve(
        self,
        identity: Identity,
        revision: str,
        *,
        on: str,
        why: str,
        by: str,
        today: date,
        undo: bool = False,
    ) -> Filed:
        """Record the 決裁 of a revision, or undo it; the same again is no news.

        Raises UnknownRevision; what ``Assessment.approve`` and ``Ledger.save`` raise; InvalidChange on a day
        to come.
        """
        _ask_past(on, today, undo=undo)

        def decide(of: Aggregate, names: tuple[str, ...]) -> None:
            of.approve(names[0], on, why=why, undone=undo)

        return self._filed(identity, (revision,), decide, stage=Stage.APPROVED, by=by, undo=undo)

    def submit(
        self,
        identity: Identity,
        revision: str,
        *,
        kind: str,
        on: str,
        receipt: str,
        why: str,
        by: str,
        today: date,
        undo: bool = False,
    ) -> Filed:
        """Record that a revision was submitted as *kind*, or undo that; the same again is no news.

        Raises as ``approve`` does, and what ``Assessment.submit`` raises.
        """
        _ask_past(on, today, undo=undo)

        def decide(of: Aggregate, names: tuple[str, ...]) -> None:
            of.submit(names[0], kind, on, receipt=receipt, why=why, undone=undo)

        return self._filed(identity, (revision,), decide, stage=Stage.SUBMITTED, by=by, undo=undo)

    def publish(
        self,
        identity: Identity,
        revisions: Sequence[str],
        *,
        on: str,
        change_date: str,
        why: str,
        by: str,
        today: date,
        undo: bool = False,
    ) -> Filed:
        """Record that revisions are published with the 公表日 *on*, or undo that; the same again is no news.

        Where none is named, all that are not published yet; to undo, all of that day. What has no 変更日 gets
        *change_date*, or else *on*. Raises as ``approve`` does, and what ``Assessment.publish`` raises.
        """
        _ask_past(on, today, undo=undo)

        def decide(of: Aggregate, names: tuple[str, ...]) -> None:
            of.publish(names, on, change_date=change_date, why=why, undone=undo)

        day = WarekiDate.parse(on).day

        def named(known: Assessment) -> tuple[str, ...]:
            return _published_on(known, day) if undo else _to_publish(known, day)

        return self._filed(
            identity, revisions, decide, stage=Stage.PUBLISHED, by=by, undo=undo, unnamed=named
        )

    @repeated
    def _filed(
        self,
        identity: Identity,
        revisions: Sequence[str],
        decide: Decision,
        *,
        stage: Stage,
        by: str,
        undo: bool,
        unnamed: Callable[[Assessment], tuple[str, ...]] = lambda _: (),
    ) -> Filed:
        """Let the aggregate decide on the *revisions* that are named, or else on the *unnamed*; save that."""
        entries = self._ledger.entries(identity.assessment_id)
        aggregate = rebuilt(entries)
        names = tuple(dict.fromkeys(revision_meant(text, entries) for text in revisions))
        names = names or unnamed(assessment(entries))
        decide(aggregate, names)
        saved = self._ledger.save(aggregate, by=by)
        now = assessment([*entries, *saved])
        found = tuple(each for each in now.filings if each.revision in names)
        return Filed(identity, stage, saved[-1] if saved else None, undo, found)


def revision_meant(text: str, entries: Sequence[Entry]) -> str:
    """The revision recorded here that *text* means: its name, or how that begins, or the event of a change.

    Raises UnknownRevision where it means none, or several.
    """
    said = text.strip()
    made = [(each.event_id, each.event.revision) for each in entries if isinstance(each.event, ItemChanged)]
    names = {revision for _, revision in made if revision}
    by_event = {revision for event_id, revision in made if revision and event_id == said}
    found = {said} & names or by_event or {name for name in names if said and name.startswith(said)}
    if len(found) == 1:
        return found.pop()
    raise UnknownRevision(
        "どの改訂か決まりません" if found else "記録した改訂にありません",
        where=f"「{text}」",
        remedy=f"次から選んでください: {'、'.join(sorted(found))}"
        if found
        else "kaitei log で改訂の名前（r-…）を確認してください",
    )


def _to_publish(known: Assessment, day: date) -> tuple[str, ...]:
    """All revisions that are not published yet; where there are none, those that are on *day* already."""
    pending = tuple(dict.fromkeys(change.revision_id or "" for change in known.pending()))
    if not (names := pending or _published_on(known, day)):
        raise InvalidChange(
            "公表していない改訂がありません",
            where=f"公表日{day.isoformat()}",
            remedy="kaitei record で変更を記録してから公表してください",
        )
    return names


def _published_on(known: Assessment, day: date) -> tuple[str, ...]:
    """The revisions that were recorded as published on *day*."""
    told = ((each.revision, each.at(Stage.PUBLISHED)) for each in known.filings)
    return tuple(name for name, passed in told if passed and passed.event_id and passed.day == day)


def _ask_past(on: str, today: date, *, undo: bool) -> None:
    """What an office has done, it did on a day that has come. Raises NotAWarekiDate, InvalidChange."""
    day = WarekiDate.parse(on).day
    if day > today and not undo:
        raise InvalidChange(
            "まだ来ていない日です", where=day.isoformat(), remedy="その日になってから記録してください"
        )
