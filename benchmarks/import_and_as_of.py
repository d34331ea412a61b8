"""How long taking in a document and asking for a past day take, beside a plain loop over the same data.

Run ``python -m benchmarks.import_and_as_of``; ``--write`` renews docs/performance.md. Every round does each
work once, ours and the plain one in turn, so that a slow moment of the machine meets both. The table
gives the medians. How much memory ``kaitei import`` takes at its peak is told below it. Nothing is asserted:
times belong to a machine.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import memory
from ledger.errors import UnreadableSource
from ledger.intake import take_in
from ledger.packing import unpack
from ledger.published import Boxes
from ledger.readers import read
from ledger.storage import Ledger, open_ledger
from ledger.wareki import WarekiDate
from projections.as_of import document_as_of
from projections.editions import Assessment, assessment

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
FOLDERS = (ROOT / "samples", ROOT.parent / "shared" / "documents")
ROUNDS = 9
COMMAND = ".venv/bin/python -m benchmarks.import_and_as_of"
DAYS = 4  # past days asked for, spread over the change table
BY = "benchmark"
PROMISED = 200  # megabytes, for importing one document
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a change table as the plain loop sees it: when, which item, from what, to what."""

    day: date | None
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A work of ours and the plain one beside it.

    *prepare* goes before ours and is not measured: ``forget``, or else ours itself, to fill the caches.
    """

    name: str
    ours: Work
    plain_name: str
    plain: Work
    prepare: Work | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of one work of ours and of the plain one beside it, medians of the rounds."""

    file: str
    work: str
    plain_work: str
    ours: float
    plain: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.plain


# --- the works ------------------------------------------------------------------------------------


def decode_and_normalise(data: bytes) -> str:
    """What anybody does first with a text."""
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    return unicodedata.normalize("NFKC", text)


def imported(data: bytes, name: str) -> None:
    """Read, decide and save into a fresh ledger on the disk, which is created and closed too."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(_url(folder), create=True) as ledger:
        take_in(ledger, data, name, read(data, name), by=BY)


def plain_as_of(body: dict[str, str], rows: Sequence[Row], day: date) -> dict[str, str]:
    """The document on *day* by simple replacement, last row first; it proves nothing and never doubts."""
    texts = dict(body)
    for row in reversed(rows):
        if row.day is not None and row.day > day:
            text = texts.get(row.path, "")
            texts[row.path] = row.before if text == row.after else text.replace(row.after, row.before)
    return texts


def plain_load(database: Path, paths: dict[str, str]) -> tuple[dict[str, str], list[Row]]:
    """Body and rows from the stored payloads; *paths* already tells which item every 項目 cell means."""
    body: dict[str, str] = {}
    rows: list[Row] = []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for (packed,) in connection.execute("SELECT packed FROM kaitei_contents ORDER BY sequence"):
            _, _, payload = unpack(packed).partition("\n")
            facts = json.loads(payload)
            if "items" in facts:
                body = dict(map(_stored_item, facts["items"]["_data_"]))
            elif "change_date" in facts:
                found = WarekiDate.read(facts["change_date"])
                path = paths.get(facts["item_text"], "")
                rows.append(Row(found.day if found else None, path, facts["before"], facts["after"]))
    return body, rows


def _stored_item(marked: dict[str, Any]) -> tuple[str, str]:
    """Path and words of one stored item; boxes as their JSON."""
    item = marked["_data_"]
    file, section, *labels = item["path"]
    value = item["value"]
    return "/".join((f"{section}[{file}]" if file else section, *labels)), (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )


def forget() -> None:
    """Empty every cache of ours, so that the next work starts like a new process."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"ledger", "projections"}:
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


# --- measuring ------------------------------------------------------------------------------------


def measure(file: str, pairs: Sequence[Pair], rounds: int) -> list[Measured]:
    """Do every pair once a round, the plain work first."""
    taken: list[tuple[list[float], list[float]]] = [([], []) for _ in pairs]
    for _ in range(rounds):
        for pair, (ours, plain) in zip(pairs, taken, strict=True):
            plain.append(_seconds(pair.plain))
            (pair.prepare or pair.ours)()
            ours.append(_seconds(pair.ours))
    return [
        Measured(file, pair.name, pair.plain_name, median(ours), median(plain))
        for pair, (ours, plain) in zip(pairs, taken, strict=True)
    ]


def _seconds(work: Work) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def measure_file(path: Path, rounds: int) -> list[Measured]:
    """All measures of one document."""
    data, name = path.read_bytes(), path.name
    edition = read(data, name)
    with tempfile.TemporaryDirectory() as folder, open_ledger(_url(folder), create=True) as ledger:
        identity = take_in(ledger, data, name, edition, by=BY).identity
        known = assessment(ledger.entries(identity.assessment_id))
        days = past_days(known)
        body, rows = _plain_view(known)
        paths = {c.item_text: str(c.resolution.path) for c in known.changes if c.resolution}
        database = Path(folder, "kaitei.db")

        def stored_as_of() -> None:
            _as_of(_loaded(ledger), days)

        def plain_stored_as_of() -> None:
            _plain_as_of(*plain_load(database, paths), days)

        asked = f"{len(days)} days"
        loop = f"dict and replace, {asked}"
        decode: tuple[str, Work] = ("decode, NFKC", lambda: decode_and_normalise(data))
        stored: tuple[str, Work] = (f"SELECT, json, {loop}", plain_stored_as_of)
        pairs = (
            Pair("read", lambda: read(data, name), *decode),
            Pair("import", lambda: imported(data, name), *decode),
            Pair(
                f"as-of, {asked}", lambda: _as_of(known, days), loop, lambda: _plain_as_of(body, rows, days)
            ),
            Pair(f"load, fold, as-of, {asked}", stored_as_of, *stored),
            Pair(f"the same, caches empty, {asked}", stored_as_of, *stored, prepare=forget),
        )
        return measure(name, pairs, rounds)


def peak(path: Path) -> float:
    """Megabytes that ``kaitei import`` takes at its peak, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return memory.ran(["import", str(path.resolve())], Path(folder)).megabytes


def _loaded(ledger: Ledger) -> Assessment:
    (identity,) = ledger.assessments()
    return assessment(ledger.entries(identity.assessment_id))


def _as_of(known: Assessment, days: Sequence[date]) -> None:
    for day in days:
        document_as_of(known, day)


def _plain_as_of(body: dict[str, str], rows: Sequence[Row], days: Sequence[date]) -> None:
    for day in days:
        plain_as_of(body, rows, day)


def past_days(known: Assessment) -> list[date]:
    """Days that ask for states between the rows: the day before each of a few 変更日, and the 公表日."""
    latest = known.latest
    if latest is None:
        return []
    changed = sorted({change.day for change in known.changes if change.day is not None})
    spread = changed[:: max(1, len(changed) // DAYS)][:DAYS]
    return [*(day - timedelta(days=1) for day in spread), latest.published]


def _plain_view(known: Assessment) -> tuple[dict[str, str], list[Row]]:
    items = known.latest.items if known.latest else ()
    body = {str(i.path): "、".join(i.value.checked) if isinstance(i.value, Boxes) else i.value for i in items}
    rows = [
        Row(change.day, str(change.resolution.path) if change.resolution else "", change.before, change.after)
        for change in known.changes
    ]
    return body, rows


def _url(folder: str) -> str:
    return f"sqlite:///{folder}/kaitei.db"


# --- the table ------------------------------------------------------------------------------------

_MEMORY = f"`kaitei import` at its peak, in a process of its own (less than {PROMISED} MB are promised)"
_HEADINGS = ("document", "work", "ms", "plain loop", "ms", "ratio")


def _cells(one: Measured) -> tuple[str, ...]:
    return (
        one.file,
        one.work,
        f"{one.ours * 1000:.1f}",
        one.plain_work,
        f"{one.plain * 1000:.2f}",
        f"{one.ratio:.0f} x",
    )


def table(measured: Sequence[Measured]) -> str:
    """The measures as a table in Markdown, which reads well on a terminal too."""
    rows = [_HEADINGS, *map(_cells, measured)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def peaks(taken: Sequence[tuple[str, float]]) -> str:
    """What importing took of the memory, a line for each document."""
    return "\n".join(f"- {file}: {megabytes:.0f} MB" for file, megabytes in taken)


def machine() -> str:
    """What the numbers were taken on."""
    model = next(
        (line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {platform.system()} {platform.release()}, {python}, SQLite {sqlite3.sqlite_version}"


def _cpu_lines() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return []


def page(measured: Sequence[Measured], taken: Sequence[tuple[str, float]], rounds: int) -> str:
    """docs/performance.md, whole."""
    ratios = [round(one.ratio) for one in measured if one.work.startswith("load, ")]
    return f"""# Performance

Written by `{COMMAND} samples/*/*.txt --write`; do not edit by hand. `make benchmark`
prints such a table.

Every work of Kaitei stands beside a plain loop over the same data, done in the same round. The plain
loop proves nothing: it replaces words by words, knows no certainty, and is told beforehand which item a
row means. The ratio says what the care costs, not that the loop would do; it travels between machines
better than milliseconds do.

- **read**: bytes → items, rows, unassigned passages. Beside it: decoding and NFKC.
- **import**: read, decide and save, into a ledger made for it on the disk and closed again. Beside it:
  decoding and NFKC.
- **as-of**: the whole document on some past days, from an assessment already folded. Beside it: a dict
  of item → text, and the rows of the table applied backwards.
- **load, fold, as-of**: the same from the stored events. Beside it: a bare SELECT, `json.loads`, that loop.
- **caches empty**: the same once more as a new process meets it, every cache of ours emptied before.

Medians of {rounds} rounds. Kaitei {version("kaitei")}, {machine()}.

As-of, quoted as load, fold, as-of, takes {min(ratios)} to {max(ratios)} times as long as the plain loop.

{table(measured)}

## Memory

{_MEMORY}:

{peaks(taken)}
"""


def documents() -> list[Path]:
    """The samples, and the real documents where they are at hand, as far as they can be read."""
    return [path for folder in FOLDERS for path in sorted(folder.rglob("*.txt")) if _readable(path)]


def _readable(path: Path) -> bool:
    try:
        read(path.read_bytes(), path.name)
    except UnreadableSource as error:
        sys.stderr.write(f"left out: {error}\n")
        return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with ``--write`` renew the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.import_and_as_of", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="documents (the samples and ../shared/documents)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds to take the median of ({ROUNDS})")
    parser.add_argument("--write", action="store_true", help=f"renew {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args(arguments)
    rounds: int = max(1, asked.rounds)
    files: list[Path] = asked.files or documents()
    measured = [one for path in files for one in measure_file(path, rounds)]
    taken = [(path.name, peak(path)) for path in files]
    print(f"{machine()}\nmedians of {rounds} rounds\n\n{table(measured)}\n\n{_MEMORY}:\n{peaks(taken)}")
    if asked.write:
        PAGE.write_text(page(measured, taken, rounds), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
