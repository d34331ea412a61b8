"""The whole of a command from the shell, beside what Python needs to load the libraries; and one import."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.import_and_as_of import ROOT, decode_and_normalise, forget
from benchmarks.keeping.kaitei import BY
from benchmarks.keeping.operations import Question
from projections.application import Imported, import_files

DOCUMENTS: Final = ROOT.parent / "shared" / "documents"
_TIMES: Final = 20  # decoded for one import
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Beside:
    """A work of ours and the plain one beside it, in seconds of each round; *aim* is the ratio aimed at."""

    name: str
    plain_name: str
    ours: tuple[float, ...]
    plain: tuple[float, ...]
    aim: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes, by the medians."""
        return median(self.ours) / median(self.plain)


@dataclass(frozen=True, slots=True)
class _Pair:
    name: str
    plain_name: str
    ours: Work
    plain: Work
    aim: float
    prepare: Work | None = None  # before ours, and not measured


def measured(
    url: str, question: Question, rounds: int, wanted: Sequence[str] = ("",), *, documents: Path = DOCUMENTS
) -> list[Beside]:
    """Every pair that has a *wanted* word in its name, once in a round, after one that does not count."""
    pairs = [pair for pair in _pairs(url, question, documents) if any(word in pair.name for word in wanted)]
    for pair in pairs:
        pair.plain()
        pair.ours()
    taken: list[tuple[list[float], list[float]]] = [([], []) for _ in pairs]
    for _ in range(rounds):
        for pair, (ours, plain) in zip(pairs, taken, strict=True):
            plain.append(_seconds(pair.plain))
            if pair.prepare:
                pair.prepare()
            ours.append(_seconds(pair.ours))
    return [
        Beside(pair.name, pair.plain_name, tuple(ours), tuple(plain), pair.aim)
        for pair, (ours, plain) in zip(pairs, taken, strict=True)
    ]


def _pairs(url: str, question: Question, documents: Path) -> Iterator[_Pair]:
    command = str(Path(sysconfig.get_path("scripts"), "kaitei"))
    day = question.earlier.isoformat()
    show = [command, "--db", url, "show", question.one.ref, "--item", question.path, "--as-of", day]
    yield _Pair(
        "`kaitei show REF --item PATH --as-of DAY`",
        '`python -c "import sqlalchemy, typer"`',
        lambda: _run(*show),
        lambda: _run(sys.executable, "-c", "import sqlalchemy, typer"),
        2.5,
    )
    yield _Pair(
        "`kaitei --help`",
        '`python -c "import typer"`',
        lambda: _run(command, "--help"),
        lambda: _run(sys.executable, "-c", "import typer"),
        1.5,
    )
    for path in documents.glob("002_*.txt"):
        data = path.read_bytes()
        for name, prepare in (("caches empty", forget), ("a second time", None)):
            yield _Pair(
                f"import of document 002, libraries loaded, {name}",
                f"decoding and NFKC of it, {_TIMES} times",
                lambda: imported(path),  # noqa: B023  # there is one such document
                lambda: [decode_and_normalise(data) for _ in range(_TIMES)],  # noqa: B023
                5,
                prepare,
            )


def imported(path: Path) -> None:
    """Take in one document, into a ledger that is made for it on the disk. Raises what it was refused for."""
    with tempfile.TemporaryDirectory() as folder:
        (result,) = import_files(f"sqlite:///{folder}/kaitei.db", [path], by=BY)
        if not isinstance(result, Imported):
            raise result.error


def _run(*command: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(  # noqa: S603  # our own command, with arguments of ours
        command, env=kept, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True
    )


def _seconds(work: Work) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
