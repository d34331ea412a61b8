"""What an assessment and its revisions came through: reviews, the end, the stages of filing; plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ledger.wareki import WarekiDate


@dataclass(frozen=True, slots=True)
class Milestone:
    """A review, or the end: its day, what was found or why, and who recorded it.

    An end that only the title of an edition prints (【○年○月○日 終了】) has no event; then ``why`` quotes it.
    """

    day: date
    why: str
    by: str | None = None
    at: datetime | None = None
    event_id: str | None = None


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
