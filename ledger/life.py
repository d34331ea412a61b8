"""The yearly looks at an assessment and the end of its 事務 (R-16, R-20).

Part of the aggregate, as ``decisions`` is: its commands ask here, and ``apply`` assigns here what happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.decisions import ask_why
from ledger.errors import InvalidChange
from ledger.events import AssessmentEnded, AssessmentReviewed
from ledger.wareki import WarekiDate

Kind = type[AssessmentReviewed | AssessmentEnded]


@dataclass
class Life:
    """What counts by now: the reviews by their day, each with what was found, and the end with its reason."""

    reviews: dict[date, str] = field(default_factory=dict)
    end: tuple[date, str] | None = None

    def apply(self, event: AssessmentReviewed | AssessmentEnded) -> None:
        """Assign what *event* says."""
        day = WarekiDate.parse(event.day).day
        match event:
            case AssessmentReviewed(undone=True):
                del self.reviews[day]
            case AssessmentReviewed(why=why):
                self.reviews[day] = why
            case AssessmentEnded(undone=True):
                self.end = None
            case AssessmentEnded(why=why):
                self.end = (day, why)

    def is_news(self, kind: Kind, day: str, why: str, ref: str) -> bool:
        """Whether a review or an end of that *day* says something new.

        Raises NotAWarekiDate; InvalidChange where *why* is blank, and on a review after the end.
        """
        ask_why(why, ref)
        on = WarekiDate.parse(day).day
        if kind is AssessmentEnded:
            return self.end != (on, why)
        if self.end is not None and on > self.end[0]:
            raise InvalidChange(
                f"{self.end[0].isoformat()} に終了した評価書です",
                where=f"{ref} {on.isoformat()}の見直し",
                remedy="終了の記録が誤りなら kaitei end --undo で取り消してください",
            )
        return self.reviews.get(on) != why

    def undone(self, kind: Kind, day: str, why: str, ref: str) -> str:
        """The day of the review, or of the end, that is to be undone.

        Raises NotAWarekiDate; InvalidChange where none is recorded, or *why* is blank.
        """
        ask_why(why, ref)
        if kind is AssessmentEnded:
            if self.end is None:
                raise InvalidChange(
                    "終了の記録がありません", where=ref, remedy="kaitei log で確認してください"
                )
            return self.end[0].isoformat()
        if WarekiDate.parse(day).day not in self.reviews:
            raise InvalidChange(
                "その日の見直しの記録がありません",
                where=f"{ref} {day}",
                remedy="kaitei log で見直しの日を確認してください",
            )
        return day
