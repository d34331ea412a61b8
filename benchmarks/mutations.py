"""The mutation bench: faults planted in clean assessments, and what the validator finds of them.

``python -m benchmarks.mutations [N]`` draws N assessments, plants every fault once in each, validates the
document by itself and beside a ledger that has the clean one, and does the same with documents that are
clean, or have noise that is no fault. It prints what was found, fault by fault, and every false alarm. The
same N prints the same; ``--write`` renews docs/detection.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random

from benchmarks import faults_of_bodies, faults_of_cells, faults_of_rows
from benchmarks.histories import History, history
from benchmarks.noise import NOISE, Noise
from benchmarks.planted import Fault, Planted
from ledger.published import PublishedEdition
from projections.editions import Anchor, Assessment
from projections.findings import Finding, Severity
from projections.validator import BY_NAME, validate
from samples.making.generating import seeded

PAGE = Path(__file__).parents[1] / "docs" / "detection.md"

FAULTS: tuple[Fault, ...] = (*faults_of_rows.FAULTS, *faults_of_cells.FAULTS, *faults_of_bodies.FAULTS)
_GRAVE = (Severity.ERROR, Severity.WARNING)


# --- one document -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """What the validator finds of a document by itself, and what only the ledger shows."""

    alone: tuple[Finding, ...]
    beside: tuple[Finding, ...]


def checked(edition: PublishedEdition, *known: PublishedEdition) -> Checked:
    """Validate an edition beside a ledger that has *known*; whatever needs no ledger it says by itself."""
    ledger = Assessment(tuple(Anchor.of(one) for one in known), ())
    alone: list[Finding] = []
    beside: list[Finding] = []
    for finding in validate(edition, ledger).findings:
        (beside if BY_NAME[finding.rule].needs_ledger else alone).append(finding)
    return Checked(tuple(alone), tuple(beside))


def is_found(planted: Planted, rules: frozenset[str], findings: Iterable[Finding]) -> bool:
    """Whether one of the *rules* tells of the fault, about the right row or item."""
    return any(
        finding.rule in rules
        and (planted.as_note or finding.severity in _GRAVE)
        and _is_about(planted, finding)
        for finding in findings
    )


def _is_about(planted: Planted, finding: Finding) -> bool:
    if planted.rows and finding.rows:
        return bool(planted.rows & set(finding.rows))
    return not planted.items or bool(planted.items & set(finding.items))


def is_found_beside(planted: Planted, found: Checked) -> bool:
    """Whether a ledger shows the fault; what the document shows by itself need not be told twice."""
    return is_found(planted, planted.beside, found.beside) or is_found(planted, planted.alone, found.alone)


def alarms(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What a clean document must not be told."""
    return (finding for finding in findings if finding.severity in _GRAVE)


# --- many documents -------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What became of one kind of fault: how often it was planted, and found."""

    planted: int = 0
    visible: int = 0
    alone: int = 0
    beside: int = 0

    @property
    def missed(self) -> int:
        """How often it was not found where it can be, either way."""
        return self.visible - self.alone + self.planted - self.beside

    def add(self, planted: Planted, found: Checked) -> None:
        """Count one fault."""
        self.planted += 1
        if planted.alone:
            self.visible += 1
            self.alone += is_found(planted, planted.alone, found.alone)
        self.beside += is_found_beside(planted, found)


@dataclass
class Noisy:
    """What was said of clean documents with one kind of noise: how many there were, how many had alarms."""

    documents: int = 0
    alone: int = 0
    beside: int = 0


@dataclass
class Result:
    """What became of every fault and noise, by name, and the false alarms by rule."""

    faults: dict[str, Tally] = field(default_factory=dict)
    noise: dict[str, Noisy] = field(default_factory=dict)
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def plant(self, seed: int, h: History, fault: Fault) -> None:
        """Plant one fault, and see whether it is found."""
        one = planted(seed, h, fault)
        if one is None:
            return
        found = checked(one.edition, h.earlier if one.newer else h.edition)
        tally = self.faults.setdefault(fault.__name__, Tally())
        missed = tally.missed
        tally.add(one, found)
        if tally.missed > missed:
            self.missed.append(f"{fault.__name__} of document {seed}: {_told((*found.alone, *found.beside))}")

    def take(self, other: Result) -> None:
        """Add what became of the faults and the noise of another document."""
        for name, tally in other.faults.items():
            mine = self.faults.setdefault(name, Tally())
            for part in fields(Tally):
                setattr(mine, part.name, getattr(mine, part.name) + getattr(tally, part.name))
        for name, noisy in other.noise.items():
            ours = self.noise.setdefault(name, Noisy())
            for part in fields(Noisy):
                setattr(ours, part.name, getattr(ours, part.name) + getattr(noisy, part.name))
        self.alarms.update(other.alarms)
        self.missed += other.missed

    def make_noise(self, seed: int, h: History, name: str, noise: Noise) -> None:
        """Make noise in a clean document, and see what is said of it."""
        found = checked(noise(h.edition, _source(seed, name)), h.edition)
        tally = self.noise.setdefault(name, Noisy())
        tally.documents += 1
        for way, findings in (("alone", found.alone), ("beside", found.beside)):
            told = list(alarms(findings))
            self.alarms.update((way, finding.rule) for finding in told)
            if told:
                setattr(tally, way, getattr(tally, way) + 1)
                self.missed.append(f"{name} of document {seed}: {_told(told)}")


def _source(seed: int, name: str) -> Random:
    """The same for a document and a kind of fault, whatever else is planted."""
    return Random(f"{seed} {name}")  # noqa: S311  (draws faults and guards nothing)


def planted(seed: int, h: History, fault: Fault) -> Planted | None:
    """The document of a seed with one fault; None where it has no place for it."""
    return fault(h, _source(seed, fault.__name__))


def _told(findings: Iterable[Finding]) -> str:
    told = (f"{f.severity} {f.rule} {list(f.rows)}" for f in findings)
    return "; ".join(told) or "nothing said"


def of_document(seed: int) -> Result:
    """Every fault and every noise in the document of a seed."""
    result = Result()
    h = history(seeded(seed))
    for fault in FAULTS:
        result.plant(seed, h, fault)
    for name, noise in NOISE.items():
        result.make_noise(seed, h, name, noise)
    return result


def run(seeds: Sequence[int], jobs: int, progress: Callable[[int], None] = lambda _: None) -> Result:
    """Every fault and every noise in each of these documents, in as many processes."""
    whole = Result({fault.__name__: Tally() for fault in FAULTS})
    for done, each in enumerate(_results(seeds, jobs), start=1):
        whole.take(each)
        progress(done)
    return whole


def _results(seeds: Sequence[int], jobs: int) -> Iterator[Result]:
    if jobs == 1:
        yield from map(of_document, seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(of_document, seeds)


# --- in print ---------------------------------------------------------------------------------------------


def table(result: Result) -> Iterator[str]:
    """The result as a page of Markdown."""
    yield "| fault | planted | alone can show it | found alone | found beside the ledger |"
    yield "|---|--:|--:|--:|--:|"
    for name, tally in result.faults.items():
        alone = _share(tally.alone, tally.visible)
        beside = _share(tally.beside, tally.planted)
        yield f"| {_words(name)} | {tally.planted} | {tally.visible or '–'} | {alone} | {beside} |"
    tallies = result.faults.values()
    every, visible = sum(t.planted for t in tallies), sum(t.visible for t in tallies)
    alone = _share(sum(t.alone for t in tallies), visible)
    beside = _share(sum(t.beside for t in tallies), every)
    yield f"| **all** | {every} | {visible} | {alone} | {beside} |"
    yield ""
    yield "| noise, no fault | documents | with an alarm alone | with an alarm of the ledger |"
    yield "|---|--:|--:|--:|"
    for name, noisy in result.noise.items():
        yield f"| {_words(name)} | {noisy.documents} | {noisy.alone} | {noisy.beside} |"
    documents = sum(noisy.documents for noisy in result.noise.values())
    both = (sum(noisy.alone for noisy in result.noise.values()), sum(n.beside for n in result.noise.values()))
    yield f"| **all** | {documents} | {both[0]} | {both[1]} |"
    if result.alarms:
        yield ""
        yield "| false alarms by rule | way | alarms |"
        yield "|---|---|--:|"
        yield from (f"| {rule} | {way} | {count} |" for (way, rule), count in result.alarms.most_common())


def _words(name: str) -> str:
    return name.replace("_", " ")


def _share(found: int, of: int) -> str:
    return f"{found / of:.1%} ({found})" if of else "–"


def page(result: Result, command: str) -> str:
    """docs/detection.md, whole."""
    measured = "\n".join(table(result))
    return f"""# What the validator finds of planted faults

Written by `{command} --write`; do not edit by hand. `make mutations` prints a smaller table.

Clean assessments are invented with their histories (`benchmarks/histories.py`): a body, and the rows that
have led to it. Each fault is planted once in each document that has a place for it
(`benchmarks/faults_of_rows.py` and its neighbours), and the validator has to name it with the right rule and
the right row or item: in the document by itself, where that can show it, and beside a ledger that has the
clean document. Noise (`benchmarks/noise.py`) is what readers, printers and habits do to words, and no
fault: an error or a warning on it is a false alarm. A fault that only the comparison can show has no figures
for the document alone.

{measured}
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the bench and print what came out."""
    parser = argparse.ArgumentParser(prog="benchmarks.mutations", description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=20, help="how many assessments to draw")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes")
    parser.add_argument("--missed", action="store_true", help="tell of every fault missed and false alarm")
    parser.add_argument("--write", action="store_true", help="renew docs/detection.md")
    given = parser.parse_args(arguments)

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done}/{given.documents}", end="", file=sys.stderr)

    result = run(range(given.first, given.first + given.documents), given.jobs, progress)
    print("\n".join(table(result)))
    if given.missed:
        print("\n".join(("", *sorted(result.missed))))
    if given.write:
        command = f"python -m benchmarks.mutations {given.documents} --first {given.first}"
        PAGE.write_text(page(result, command), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
