"""What lists and documents print of an assessment beside its items, on whatever day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

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
    ``filed`` are the ``filings`` as they are kept: few ask for them.
    """

    title: str
    form: str
    end: Milestone | None
    editions: int
    changes: int
    last_published: date | None
    published: tuple[tuple[date, date | None], ...] = ()
    filed: str = ""

    @property
    def filings(self) -> tuple[Filing, ...]:
        """How far each revision recorded here is."""
        return _filings(self.filed)

    @classmethod
    def of(cls, known: Assessment, found: Versions | None = None) -> Self:
        """The heading of all that is known of an assessment."""
        from projections.read_models import codec  # noqa: PLC0415  # loads what rows are made of

        counted = len(known.anchors), len(known.changes)
        steps = found.published if found else ()
        told = known.title, known.form, known.end, *counted, known.last_published
        return cls(*told, steps, codec.encoded(known.filings))

    def published_on(self, day: date) -> date | None:
        """The 公表日 of the document of a day."""
        at = bisect_right(self.published, day, key=lambda step: step[0])
        return self.published[at - 1][1] if at else None

    @property
    def encoded(self) -> str:
        """As it is kept: in two lines, of which the second has the filings."""
        from projections.read_models import codec  # noqa: PLC0415  # as above

        facts = (self.title, self.form, self.end, self.editions, self.changes, self.last_published)
        return f"{codec.encoded((*facts, self.published))}\n{self.filed}"

    @classmethod
    def decoded(cls, told: str) -> Self:
        """The heading again."""
        facts, _, filed = told.partition("\n")
        parts: tuple[Any, ...] = decoding.decoded(facts, form3())  # no item of a form is in it
        return cls(*(*parts, filed))


@lru_cache(maxsize=64)
def _filings(told: str) -> tuple[Filing, ...]:
    found: tuple[Filing, ...] = decoding.decoded(told, form3()) if told else ()
    return found
