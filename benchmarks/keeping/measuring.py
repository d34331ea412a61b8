"""All keepers side by side: filled, asked in rounds by turns, and held against the right answers."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, sleep
from typing import Final

from benchmarks.keeping.inventing import CHANGES, REVISIONS, Invented, invented
from benchmarks.keeping.keeper import Keeper
from benchmarks.keeping.keepers import keeper_named
from benchmarks.keeping.operations import BULK, BYTES, MEMORY, OPERATIONS, Operation, Question, asked, same
from benchmarks.keeping.peaks import peak_of

PATIENCE: Final = 8  # seconds that anybody gets for one operation; whoever is slow gets fewer rounds
BREATH: Final = 0.01  # seconds before each answer: whoever comes after a long one is not made to pay for it
_FEW: Final = 10  # assessments: filling so many or fewer is done in every round


class WrongAnswer(Exception):
    """Somebody's answer is not the right one: nothing measured is worth telling."""


@dataclass(slots=True)
class Figures:
    """What was measured of one keeper with so many assessments: seconds of each round, and bytes by part.

    ``assessments`` and ``revisions`` say how much was kept; the bytes are those before anything was added.
    """

    keeper: str
    assessments: int
    revisions: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    peak: int = 0  # bytes

    def value(self, operation: str) -> float | None:
        """The median in seconds, or the bytes per change or at the peak; None where it was not measured."""
        if operation == MEMORY:
            return self.peak or None
        if operation == BYTES:
            return sum(self.sizes.values()) / self.changes if self.sizes else None
        rounds = self.seconds.get(operation)
        return median(rounds) if rounds else None

    def rounds(self, operation: str) -> int:
        """How many rounds there were."""
        return len(self.seconds.get(operation, ()))

    @property
    def changes(self) -> int:
        """How many changes are kept."""
        return self.assessments * self.revisions * CHANGES


def measure(
    names: Sequence[str],
    assessments: int,
    rounds: int,
    folder: Path,
    *,
    revisions: int = REVISIONS,
    operations: Sequence[Operation] = OPERATIONS,
    memory: bool = True,
) -> list[Figures]:
    """Fill everybody with the same ledger in a *folder*, and ask everybody the same, in rounds by turns.

    *names* are those of KEEPERS; what they keep stays in the *folder*, each in one of its own name. With
    *memory* each answers everything once more in a process of its own. Raises WrongAnswer where an answer is
    not the right one.
    """
    ledger = invented(assessments, revisions=revisions, further=2 * (rounds + 1))
    kinds = [keeper_named(name) for name in names]
    found = [Figures(kind.name, assessments, revisions) for kind in kinds]
    with ExitStack() as everybody:
        keepers = []
        for name, kind, figures in zip(names, kinds, found, strict=True):
            filled = _filled(kind, ledger, rounds if assessments <= _FEW else 1, folder / name, figures)
            keepers.append(everybody.enter_context(filled))
        for operation in operations:
            _in_rounds(operation, keepers, ledger, rounds, found)
        for keeper in keepers:
            _ask_added(keeper, ledger)
    if memory:
        for name, figures in zip(names, found, strict=True):
            figures.peak = peak_of(name, folder / name, first_question(ledger))
        _tell(f"{assessments}: {MEMORY}")
    return found


def first_question(ledger: Sequence[Invented]) -> Question:
    """A question for whatever is asked once, and not in rounds."""
    return asked(ledger, Random(0))  # noqa: S311  # draws questions


def _filled(
    kind: type[Keeper], ledger: Sequence[Invented], rounds: int, place: Path, figures: Figures
) -> Keeper:
    """A keeper with the whole *ledger*; it is filled in every round anew, and the last one is kept."""
    revisions = sum(len(one.revisions) for one in ledger)
    keeper = kind(place)
    keeper.prepare(ledger)
    for _ in range(rounds):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        begun = perf_counter()
        keeper.fill(ledger)
        figures.seconds.setdefault(BULK, []).append((perf_counter() - begun) / revisions)
    figures.sizes = keeper.sizes()
    _tell(f"{len(ledger)}: {kind.name} filled")
    return keeper


def _in_rounds(
    operation: Operation,
    keepers: Sequence[Keeper],
    ledger: Sequence[Invented],
    rounds: int,
    found: Sequence[Figures],
) -> None:
    """One operation: everybody once in every round, by turns; before the first, once without being timed."""
    random = Random(operation.name)  # noqa: S311  # draws questions
    taken = dict.fromkeys(range(len(keepers)), 0.0)
    able = [n for n, keeper in enumerate(keepers) if keeper.proves or not operation.proves]
    question = asked(ledger, random)
    for n in able:
        _ask(operation, keepers[n], ledger, question)
    for no in range(rounds):
        question = asked(ledger, random)
        for n in able[no % len(able) :] + able[: no % len(able)] if able else []:
            if taken[n] > PATIENCE and found[n].rounds(operation.name):
                continue
            seconds = _ask(operation, keepers[n], ledger, question)
            taken[n] += seconds
            found[n].seconds.setdefault(operation.name, []).append(seconds)
    _tell(f"{len(ledger)}: {operation.name}")


def _ask(operation: Operation, keeper: Keeper, ledger: Sequence[Invented], question: Question) -> float:
    """The seconds that one answer took. Raises WrongAnswer where it is not the right one."""
    if operation.first:
        operation.first(keeper, question)
    sleep(BREATH)
    begun = perf_counter()
    answer = operation.ask(keeper, question)
    seconds = perf_counter() - begun
    if operation.right and not same(answer, operation.right(ledger, question)):
        raise WrongAnswer(f"{keeper.name}: {operation.name} of {question.one.ref}, {question}")
    return seconds


def _ask_added(keeper: Keeper, ledger: Sequence[Invented]) -> None:
    """Raise WrongAnswer where a document is not what the revisions recorded meanwhile make of it."""
    for one in ledger:
        added = keeper.added.get(one.ref, 0)
        if added and keeper.document(one.ref) != one.document(added=added):
            raise WrongAnswer(f"{keeper.name}: {one.ref} after {added} more revisions")


def _tell(what: str) -> None:
    sys.stderr.write(f"{what}\n")
