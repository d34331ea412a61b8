"""The reviews of an assessment and its end, as they count by now (R-16, R-20)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from ledger.events import AssessmentEnded, AssessmentReviewed, Entry
from ledger.identity import Identity
from ledger.wareki import WarekiDate
from projections.milestones import Milestone

_MARK = re.compile(r"【\s*([^【】]+?)\s*(?:に|をもって)?\s*終了\s*】")


@dataclass(frozen=True, slots=True)
class Lived:
    """What a command recorded of a review or an end; ``new`` says that it did not count already.

    ``told`` is what was recorded, or had been; with ``undone`` it is what counts no more from now on.
    ``instead_of`` is what counted before for the same (of a review: for that day), None where nothing did.
    """

    identity: Identity
    told: Milestone
    new: bool
    undone: bool
    instead_of: Milestone | None


def milestone(entry: Entry, event: AssessmentReviewed | AssessmentEnded) -> Milestone:
    """What an event of an entry says."""
    day = WarekiDate.parse(event.day).day
    return Milestone(day, event.why, entry.recorded_by, entry.recorded_at, entry.event_id)


def lived(identity: Identity, entry: Entry | None, before: Milestone | None) -> Lived:
    """What a new *entry* says; None where what counted *before* says it already."""
    if entry is None:
        return Lived(identity, cast("Milestone", before), new=False, undone=False, instead_of=None)
    event = cast("AssessmentReviewed | AssessmentEnded", entry.event)
    return Lived(identity, milestone(entry, event), new=True, undone=event.undone, instead_of=before)


@dataclass
class Life:
    """The milestones of one stream, while its events are folded."""

    reviews: dict[date, Milestone] = field(default_factory=dict)
    end: Milestone | None = None

    def lived(self, entry: Entry, event: AssessmentReviewed | AssessmentEnded) -> None:
        """Take in what *event* says."""
        told = milestone(entry, event)
        day = told.day
        match event:
            case AssessmentReviewed(undone=True):
                del self.reviews[day]
            case AssessmentReviewed():
                self.reviews[day] = told
            case AssessmentEnded(undone=undone):
                self.end = None if undone else told


def end_printed(title: str) -> Milestone | None:
    """The end that a title prints in brackets (R-20); None where it prints none."""
    mark = _MARK.search(title)
    day = WarekiDate.read(mark[1]) if mark else None
    return Milestone(day.day, f"評価書名の{mark[0]}") if mark and day else None
