"""How far each revision recorded here is: 起案, 決裁済, 提出済, 公表済, each with its day and who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ledger.events import EditionPublished, Entry, RevisionApproved, RevisionSubmitted
from ledger.wareki import WarekiDate

FilingEvent = RevisionApproved | RevisionSubmitted | EditionPublished


class Stage(StrEnum):
    """The stages of a revision, in order; an office may leave out any but the first."""

    DRAFTED = "起案"
    APPROVED = "決裁済"
    SUBMITTED = "提出済"
    PUBLISHED = "公表済"


@dataclass(frozen=True, slots=True)
class Passed:
    """That a revision passed a stage: the day, who recorded it, and what was said of it.

    Of a submission ``kind`` is 実施, 再実施 or 修正, and ``receipt`` its number; of a publication
    ``change_date`` is the 変更日 of what had none. A publication that only a taken-in edition proves has no
    event.
    """

    stage: Stage
    day: date
    by: str | None
    at: datetime | None
    event_id: str | None
    why: str = ""
    kind: str = ""
    receipt: str = ""
    change_date: WarekiDate | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """A revision recorded here, by its name, with the stages it passed, in order."""

    revision: str
    passed: tuple[Passed, ...]

    @property
    def stage(self) -> Stage:
        """The furthest stage it has passed."""
        return self.passed[-1].stage

    def at(self, stage: Stage) -> Passed | None:
        """How it passed a stage; None where that is not recorded."""
        return next((each for each in self.passed if each.stage is stage), None)


def filing_of(revision: str, passed: Iterable[Passed | None]) -> Filing:
    """A revision with the stages it passed (None: one it did not), in whatever order."""
    order = list(Stage)
    found = [each for each in passed if each is not None]
    return Filing(revision, tuple(sorted(found, key=lambda each: order.index(each.stage))))


@dataclass
class Filings:
    """The stages of one stream, while its events are folded; of each the last record counts."""

    passed: dict[tuple[str, Stage], Passed] = field(default_factory=dict)

    def filed(self, entry: Entry, event: FilingEvent) -> None:
        """Take in what *event* says."""
        stage, revisions = _about(event)
        for revision in revisions:
            if event.undone:
                del self.passed[revision, stage]
            else:
                self.passed[revision, stage] = passed(entry, event)

    def of(self, revision: str) -> list[Passed]:
        """What was recorded of a revision."""
        return [each for (name, _), each in self.passed.items() if name == revision]

    def publication(self, revision: str) -> Passed | None:
        """How a revision was published, by what was recorded."""
        return self.passed.get((revision, Stage.PUBLISHED))


def passed(entry: Entry, event: FilingEvent) -> Passed:
    """What an event of an entry says."""
    who = entry.recorded_by, entry.recorded_at, entry.event_id, event.why
    match event:
        case RevisionApproved(day=day):
            return Passed(Stage.APPROVED, WarekiDate.parse(day).day, *who)
        case RevisionSubmitted(day=day, kind=kind, receipt=receipt):
            return Passed(Stage.SUBMITTED, WarekiDate.parse(day).day, *who, kind=kind, receipt=receipt)
        case EditionPublished(publication_date=day, change_date=change_date):
            given = WarekiDate.parse(change_date)
            return Passed(Stage.PUBLISHED, WarekiDate.parse(day).day, *who, change_date=given)


def _about(event: FilingEvent) -> tuple[Stage, tuple[str, ...]]:
    match event:
        case RevisionApproved(revision=revision):
            return Stage.APPROVED, (revision,)
        case RevisionSubmitted(revision=revision):
            return Stage.SUBMITTED, (revision,)
        case EditionPublished(revisions=revisions):
            return Stage.PUBLISHED, revisions
