"""The operations that are measured: what each asks, what the right answer is, and what Kaitei aims at.

A question is drawn anew for every round, and everybody gets the same one. The aim is the ratio to SQLite by
hand at 200 assessments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.keeping.clauses import TERM
from benchmarks.keeping.inventing import Invented, standing
from benchmarks.keeping.keeper import Keeper


@dataclass(frozen=True, slots=True)
class Question:
    """What one round asks: an assessment, one of its items, two past days."""

    one: Invented
    path: str
    earlier: date
    later: date


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: how it is asked, and what has to come of it (None: nothing to compare).

    *first* is asked before, without being measured. ``writes`` says that it adds a revision; ``proves`` that
    it is about whether anything was touched.
    """

    name: str
    ask: Callable[[Keeper, Question], object]
    right: Callable[[Sequence[Invented], Question], object] | None
    aim: float
    first: Callable[[Keeper, Question], object] | None = None
    writes: bool = False
    proves: bool = False


def asked(ledger: Sequence[Invented], random: Random) -> Question:
    """The question of a round on a *ledger*."""
    one = random.choice(ledger)
    drawn = [change for revision in one.revisions for change in revision.changes]
    since = (one.last_day - one.published).days
    days = sorted(one.published + timedelta(days=random.randrange(since + 1)) for _ in range(2))
    return Question(one, random.choice(drawn).path, days[0], days[1])


def same(one: object, other: object) -> bool:
    """Whether two answers are the same; the order of what was found is left to everybody."""
    return _plain(one) == _plain(other)


def _plain(answer: object) -> object:
    return sorted(answer) if isinstance(answer, list) else answer


def _further(keeper: Keeper, q: Question, *, append: bool) -> None:
    write = keeper.append if append else keeper.record
    done = keeper.added.get(q.one.ref, 0)
    write(q.one.ref, q.one.further[done])
    keeper.added[q.one.ref] = done + 1


def _past(keeper: Keeper, q: Question) -> object:
    return keeper.document(q.one.ref, q.earlier)


RECORD: Final = "record one revision"
APPEND: Final = "the same, no rule asked"
BULK: Final = "bulk import, per revision"
BYTES: Final = "bytes on disk, per change"
MEMORY: Final = "peak memory"

OPERATIONS: Final = (
    Operation("current document", lambda k, q: k.document(q.one.ref), lambda _, q: q.one.document(), 1.8),
    Operation("document of a past day", _past, lambda _, q: q.one.document(q.earlier), 1.8),
    Operation("the same day asked again", _past, lambda _, q: q.one.document(q.earlier), 0.3, first=_past),
    Operation(
        "history of one item", lambda k, q: k.history(q.one.ref, q.path), lambda _, q: q.one.rows(q.path), 5
    ),
    Operation(
        "diff of two days",
        lambda k, q: k.difference(q.one.ref, q.earlier, q.later),
        lambda _, q: q.one.difference(q.earlier, q.later),
        4,
    ),
    Operation("whole change table", lambda k, q: k.table(q.one.ref), lambda _, q: q.one.rows(), 3),
    Operation(
        "rare term in all",
        lambda k, q: k.standing(TERM, q.later),
        lambda ledger, q: standing(ledger, TERM, q.later),
        20,
    ),
    Operation("verify all", lambda k, _: k.verify(), lambda _, __: True, 2, proves=True),
    # last: these two add to what is kept
    Operation(RECORD, lambda k, q: _further(k, q, append=False), None, 2.5, writes=True),
    Operation(APPEND, lambda k, q: _further(k, q, append=True), None, 2.5, writes=True),
)
AIMED_AT: Final = 200
"""The number of assessments for which the aims are said."""
AIMS: Final[Mapping[str, float]] = {
    **{each.name: each.aim for each in OPERATIONS},
    BULK: 3,
    BYTES: 0.5,
}
