"""How far each revision recorded here is: 起案, 決裁済, 提出済, 公表済, each with its day and who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.events import EditionPublished, Entry, RevisionApproved, RevisionSubmitted
from ledger.wareki import WarekiDate
from projections.milestones import Filing, Passed, Stage

FilingEvent = RevisionApproved | RevisionSubmitted | EditionPublished


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
