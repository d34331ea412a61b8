"""What lists and documents print of an assessment beside its items, on whatever day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from ledger.form import form3
from projections.milestones import Filing, Milestone
from projections.read_models import decoding

if TYPE_CHECKING:  # loaded where an assessment is folded
    from projections.editions import Assessment
    from projections.item_versions import Versions


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, the form, the end of the 事務 (None: not told); how many editions and changes there are.

    ``last_published`` is the latest 公表日, and ``published`` that of the document from each of its days on;
    ``filings`` say how far each revision recorded here is.
    """

    title: str
    form: str
    end: Milestone | None
    editions: int
    changes: int
    last_published: date | None
    published: tuple[tuple[date, date | None], ...] = ()
    filings: tuple[Filing, ...] = ()

    @classmethod
    def of(cls, known: Assessment, found: Versions | None = None) -> Self:
        """The heading of all that is known of an assessment."""
        counted = len(known.anchors), len(known.changes)
        steps = found.published if found else ()
        told = known.title, known.form, known.end, *counted, known.last_published
        return cls(*told, steps, known.filings)

    def published_on(self, day: date) -> date | None:
        """The 公表日 of the document of a day."""
        at = bisect_right(self.published, day, key=lambda step: step[0])
        return self.published[at - 1][1] if at else None

    @property
    def encoded(self) -> str:
        """As it is kept."""
        facts = (self.title, self.form, self.end, self.editions, self.changes, self.last_published)
        from projections.read_models import codec  # noqa: PLC0415

        return codec.encoded((*facts, self.published, self.filings))

    @classmethod
    def decoded(cls, told: str) -> Self:
        """The heading again."""
        return cls(*decoding.decoded(told, form3()))  # no item of a form is in it
