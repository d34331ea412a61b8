"""What lists and documents print of an assessment beside its items, on whatever day."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self

from ledger.form import form3
from projections.milestones import Filing, Milestone
from projections.read_models import decoding
from projections.read_models.plain import as_json, day_of, ordinal

if TYPE_CHECKING:  # loaded where an assessment is folded
    from projections.editions import Assessment
    from projections.item_versions import Versions


@dataclass(frozen=True, slots=True)
class Heading:
    """The title, the form, the end of the 事務 (None: not told); how many editions and changes there are.

    ``last_published`` is the latest 公表日. ``published`` has the days on which that of the document turns,
    and to what, as ``date.toordinal`` counts days; ``filed`` the ``filings`` as they are kept.
    """

    title: str
    form: str
    end: Milestone | None
    editions: int
    changes: int
    last_published: date | None
    published: tuple[tuple[int, int | None], ...] = ()
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
        steps = tuple((first.toordinal(), ordinal(of)) for first, of in found.published) if found else ()
        told = known.title, known.form, known.end, *counted, known.last_published
        return cls(*told, steps, codec.encoded(known.filings))

    def published_on(self, day: date) -> date | None:
        """The 公表日 of the document of a day."""
        at = bisect_right(self.published, day.toordinal(), key=lambda step: step[0])
        return day_of(self.published[at - 1][1]) if at else None

    @property
    def encoded(self) -> str:
        """As it is kept, in lines: what every list asks of every assessment, the end, and the filings."""
        from projections.read_models import codec  # noqa: PLC0415  # as above

        counted = self.editions, self.changes, ordinal(self.last_published)
        facts = as_json([self.title, self.form, *counted, self.published])
        return f"{facts}\n{codec.encoded(self.end)}\n{self.filed}"

    @classmethod
    def decoded(cls, told: str) -> Self:
        """The heading again."""
        facts, end, filed = told.split("\n")
        title, form, editions, changes, last, published = json.loads(facts)
        of = decoding.decoded(end, form3()) if end != _NOTHING else None
        return cls(title, form, of, editions, changes, day_of(last), tuple(map(tuple, published)), filed)


_NOTHING: Final = as_json(None)


@lru_cache(maxsize=64)
def _filings(told: str) -> tuple[Filing, ...]:
    found: tuple[Filing, ...] = decoding.decoded(told, form3()) if told else ()
    return found
