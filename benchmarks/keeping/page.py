"""The tables of the comparison, and docs/comparison.md."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from statistics import median
from typing import Final

from benchmarks.keeping import country
from benchmarks.keeping.inventing import CHANGES, REVISIONS
from benchmarks.keeping.keepers import KEEPERS, keeper_named
from benchmarks.keeping.measuring import BREATH, PATIENCE, Figures
from benchmarks.keeping.operations import AIMED_AT, AIMS, APPEND, BULK, BYTES, MEMORY, OPERATIONS, RECORD
from benchmarks.keeping.shell import Beside

BESIDE: Final = "SQLite by hand"
OURS: Final = "Kaitei"
ON_POSTGRES: Final = keeper_named("kaitei-postgresql").name
ORDER: Final = (
    *(RECORD, APPEND, BULK),
    *(each.name for each in OPERATIONS if not each.writes),
    *(BYTES, MEMORY),
)
_COUNTRY: Final = (
    f"Projected, not measured: {country.ASSESSMENTS:,} assessments with {country.CHANGES_IN_ALL:,} changes.\n"
    "A figure is taken to grow with a power of the number of assessments, which the two sizes give."
)
_KILO: Final = 1000
_FINE: Final = 10


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(operation: str, value: float | None) -> str:
    """A figure with its unit: seconds or bytes."""
    if value is None:
        return "–"
    if operation == BYTES:
        return f"{value:,.0f} B"
    if operation == MEMORY:
        return f"{value / 1024 / 1024:,.0f} MB"
    return f"{value * _KILO:,.2f} ms" if value * _KILO < _KILO else f"{value:,.1f} s"


def side_by_side(found: Sequence[Figures]) -> str:
    """All keepers of one size: medians, ratios to SQLite by hand, rounds where there were fewer."""
    beside = next((each for each in found if each.keeper == BESIDE), None)
    ours = next((each for each in found if each.keeper == OURS), None)
    rows = [["operation", *(each.keeper for each in found), f"{OURS} / {BESIDE}", "aim"]]
    for operation in ORDER:
        if all(each.value(operation) is None for each in found):
            continue
        most = max(each.rounds(operation) for each in found)
        cells = [_cell(operation, each, beside, most) for each in found]
        times = ratio(operation, ours, beside)
        rows.append([operation, *cells, _times(times), _aim(AIMS.get(operation), times, found[0])])
    return table(rows)


def _aim(aim: float | None, times: float | None, found: Figures) -> str:
    """What is aimed at; whether it is reached counts at one size alone."""
    if aim is None:
        return "–"
    if times is None or found.assessments != AIMED_AT:
        return f"{aim:g} x"
    return f"{aim:g} x, {'reached' if times <= aim else 'not reached'}"


def _cell(operation: str, one: Figures, beside: Figures | None, most: int) -> str:
    """A median, its ratio, and the rounds where there were fewer than others had."""
    said = told(operation, one.value(operation))
    if one.keeper not in {BESIDE, OURS} and (times := ratio(operation, one, beside)) is not None:
        said += f" ({_times(times)})"
    rounds = one.rounds(operation)
    return f"{said}, {rounds} round{'s' * (rounds > 1)}" if 0 < rounds < most else said


def ratio(operation: str, one: Figures | None, beside: Figures | None) -> float | None:
    """How many times as much as the other; None where either was not measured."""
    value, other = (each.value(operation) if each else None for each in (one, beside))
    return value / other if value is not None and other else None


def _times(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f} x" if value < _FINE else f"{value:,.0f} x"


def growth(sizes: Sequence[Sequence[Figures]]) -> str:
    """How much each figure grows from the first size to the last, keeper by keeper."""
    first, last = sizes[0], sizes[-1]
    rows = [["operation", *(each.keeper for each in last)]]
    for operation in ORDER:
        grown = [ratio(operation, after, before) for before, after in zip(first, last, strict=True)]
        if any(each is not None for each in grown):
            rows.append([operation, *map(_times, grown)])
    return table(rows)


def divided(found: Sequence[Figures]) -> str:
    """How the bytes of each keeper divide, per change."""
    return "\n".join(
        f"- {each.keeper}, {told(BYTES, each.value(BYTES))}: {'; '.join(_parts(each))}" for each in found
    )


def _parts(one: Figures) -> Iterator[str]:
    for part, size in sorted(one.sizes.items(), key=lambda each: -each[1]):
        yield f"{part} {size / one.changes:,.0f}"


def from_the_shell(found: Sequence[Beside]) -> str:
    """The works that have a plain one of their own beside them."""
    rows = [["work", "takes", "beside it", "takes", "ratio", "aim"]]
    for each in found:
        ours, plain = (told(each.name, median(rounds)) for rounds in (each.ours, each.plain))
        reached = "reached" if each.ratio <= each.aim else "not reached"
        rows.append(
            [each.name, ours, each.plain_name, plain, _times(each.ratio), f"{each.aim:g} x, {reached}"]
        )
    return table(rows)


def headed(found: Sequence[Figures]) -> str:
    """The table of one size under its heading."""
    many = found[0].assessments
    return f"## {many} assessment{'s' * (many > 1)}\n\n{side_by_side(found)}"


def below(sizes: Sequence[Sequence[Figures]], beside: Sequence[Beside]) -> str:
    """What stands below the tables of all sizes."""
    first, last = sizes[0][0].assessments, sizes[-1][0].assessments
    parts = []
    if first != last:
        parts.append(f"## From {first} to {last}\n\nHow many times as much each takes.\n\n{growth(sizes)}")
    countrywide = country.projected(sizes[0], sizes[-1], (OURS, ON_POSTGRES))
    if len(countrywide) > 1:
        parts.append(f"## The whole country\n\n{_COUNTRY}\n\n{table(countrywide)}")
    parts.append(f"## Where the bytes are\n\nPer change, of {last}.\n\n{divided(sizes[-1])}")
    if beside:
        parts.append(f"## From the shell\n\n{from_the_shell(beside)}")
    return "\n\n".join(parts)


def others() -> str:
    """The versions of what Kaitei is compared with."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True)  # noqa: S607
    libraries = ("SQLAlchemy", "SQLAlchemy-Continuum", "deepdiff")
    return ", ".join([git.stdout.strip(), *(f"{name} {version(name)}" for name in libraries)])


def load() -> str:
    """How busy the machine is: processes that want to run, averaged over a minute, and its processors."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def page(
    sizes: Sequence[Sequence[Figures]],
    beside: Sequence[Beside],
    rounds: int,
    on: str,
    command: str,
) -> str:
    """The page, whole; *on* is what it ran on, *command* what writes it."""
    kinds = [keeper_named(name) for name in KEEPERS]
    named = {each.keeper for each in sizes[-1]}
    who = "\n".join(f"- **{kind.name}**: {kind.how}." for kind in kinds if kind.name in named)
    tables = "\n\n".join(map(headed, sizes))
    return f"""# Comparison

Written by `.venv/bin/{command}`;
do not edit by hand. `make compare` writes [how Kaitei compares](comparison.md) with others anew,
`make growth` [how it grows](growth.md), on PostgreSQL too.

The same invented assessments are kept in several ways, side by side, and everybody is asked the same. Each
assessment has some 300 items of 様式3 in Japanese (texts, choices, days and numbers; no tick boxes), and
{REVISIONS} revisions of {CHANGES} changes. More than half of the texts are standard ones that other
assessments have too. Every answer is held against the right one, worked out by a plain loop over the whole
history: the run ends where one differs, so all of these answer the same.

{who}

Medians of {rounds} rounds, by turns: in every round everybody gets the same question, about an assessment,
an item and days drawn for it. Whoever has taken {PATIENCE} seconds for an operation gets no more rounds
of it; then the cell says how many there were. Filling more than ten assessments is done once. Processes
are warm: the database is open, and everybody has answered once. In brackets, and in the column before the
last: the ratio to SQLite by hand. The aims are ratios at {AIMED_AT} assessments.

The load says how far to trust them. Where more wants to run than there are processors, an answer of less than
a millisecond may wait several for its turn, and one of a second hardly notices: ratios to a short one then
come out too small, and differ from run to run. Each answer is preceded by a pause of {1000 * BREATH:.0f} ms,
so that nobody pays for the long one before.

{on}.

{tables}

{below(sizes, beside)}

## What is measured

- **{RECORD}**: five changes of one day, which are on the disk when it comes back. Kaitei does as
  `kaitei revise` does: each row is checked against the document, and the validator says what it would newly
  find. With no rule asked, the aggregate decides, and the events are stored, with the hash chain, the read
  models and the search index; for everybody else both lines do the same work.
- **{BULK}**: whole assessments, first documents and all, divided by the number of revisions.
  Kaitei stores one edition as a reader gives it and {REVISIONS} revisions as events, in one transaction an
  assessment; reading documents is not in it. SQLite by hand has a transaction an assessment too, git one
  `fast-import` for all, Continuum a commit a revision, the copies a flushed file a revision.
- **{OPERATIONS[0].name}** and **past day**: all items as plain text by their path. Kaitei says of every item
  how sure it is and why; that is worked out, and left away for the comparison.
- **the same day asked again**: what was asked just before, by the same process.
- **rare term**: a word that stands in at most one of 25 assessments, as of a past day. Kaitei folds widths,
  white space and spellings; the others look for the very letters.
- **verify**: every hash worked out anew; by git `fsck`. Continuum and the copies have nothing to verify.
- **{BYTES}**: all that is kept, divided by the number of changes, so it carries the first
  documents too. Kaitei keeps the documents besides as they were taken in, git a working tree. SQLite by hand,
  Continuum and the copies store a text each time that it stands somewhere; git packs what repeats.
- **{MEMORY}**: of a new process that answers each question once. Python with what is loaded for the
  questions is in each; of git, whichever process was largest.
- **import of document 002**: one published document into a new ledger. *Caches empty* is what a document
  costs that the process has not met yet; *a second time*, the same document again, which only says how much
  the caches save.
- Kaitei keeps more than is asked here: who recorded what and when, values that are known in part,
  corrections and retractions, proofs of single events, words that can be withheld. The others were taught
  none of it, though some of it could be added to each.
"""
