"""All runs, one after the other, and the figures of each."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.reliability import clocks, crowding, cutting, erasing, filling, killing
from benchmarks.reliability.cutting import Damage, Truth
from benchmarks.reliability.filling import Limit
from benchmarks.reliability.killing import Database, sqlite_file
from benchmarks.reliability.servers import Server
from benchmarks.reliability.work import work
from samples.making.generating import seeded

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
WRITERS: Final = 8
_SEED: Final = 20261126


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a run: its rounds, events acknowledged and lost, conflicts, seconds.

    ``faults`` holds whatever was not as promised, in words; ``told`` what else there is to say.
    """

    run: str
    database: str
    rounds: int
    events: int
    lost: int
    conflicts: int
    seconds: float
    faults: tuple[str, ...]
    told: str = ""


Run = Callable[[int], Iterator[Figures]]


def kill(rounds: int) -> Iterator[Figures]:
    """Kill a process at its work, on SQLite; on PostgreSQL its client, and the server."""
    yield _killed("kill -9 of the process", SQLITE, sqlite_file, rounds)
    with Server.running() as server:
        yield _killed("kill -9 of the client", POSTGRES, server.database, _part(rounds, 5))
        yield _killed("kill -9 of the server", POSTGRES, server.database, _part(rounds, 20), server)


def _killed(name: str, kind: str, database: Database, rounds: int, server: Server | None = None) -> Figures:
    begun = time.perf_counter()
    done = list(killing.rounds(work(), database, rounds, seeded(_SEED), server=server))
    return Figures(
        name,
        kind,
        len(done),
        sum(one.events for one in done),
        sum(one.lost for one in done),
        0,
        time.perf_counter() - begun,
        tuple(fault for one in done for fault in one.faults),
        killing.summary(done),
    )


def erase(rounds: int) -> Iterator[Figures]:
    """Kill a process while it withholds words."""
    begun = time.perf_counter()
    done = list(erasing.rounds(_part(rounds, 5), seeded(_SEED)))
    faults = tuple(fault for one in done for fault in one.faults)
    told = f"in {sum(one.withheld for one in done)} rounds the words were gone, in the others all were there"
    seconds = time.perf_counter() - begun
    yield Figures("kill -9 of `withhold`", SQLITE, len(done), 0, 0, 0, seconds, faults, told)


def full(rounds: int) -> Iterator[Figures]:
    """Let the room for the ledger run out in each way that this machine allows."""
    limits = [filling.PAGES, filling.FILES]
    if filling.file_system_can_be_made():
        limits.append(filling.SYSTEM)
    for limit in limits:
        yield _filled(limit, _part(rounds, 10))


def _filled(limit: Limit, rounds: int) -> Figures:
    begun = time.perf_counter()
    done = [filling.filled(work(), limit, seeded(_SEED + number)) for number in range(rounds)]
    return Figures(
        f"disk full: {limit.name}",
        SQLITE,
        rounds,
        sum(one.events for one in done),
        sum(one.lost for one in done),
        0,
        time.perf_counter() - begun,
        tuple(fault for one in done for fault in one.faults),
        f"refused in {sum(one.refused for one in done)} of the rounds",
    )


def cut(rounds: int) -> Iterator[Figures]:
    """Damage the files of a ledger."""
    with cutting.truth(work()) as before, cutting.settled(before) as settled:
        yield _cut("file cut short", settled, cutting.file_cut, _part(rounds, 5))
        yield _cut("write-ahead log cut short", before, cutting.log_cut, _part(rounds, 5))
        yield _cut("write-ahead log removed", before, cutting.log_gone, 1)
        yield _cut("page of zeros", settled, cutting.page_zeroed, _part(rounds, 5))
        yield _cut("bytes overwritten", settled, cutting.page_garbled, _part(rounds, 5))


def _cut(name: str, before: Truth, damage: Damage, rounds: int) -> Figures:
    begun = time.perf_counter()
    done = [cutting.cut(before, damage, seeded(_SEED + number)) for number in range(rounds)]
    counted = Counter(one.verdict for one in done)
    return Figures(
        name,
        SQLITE,
        rounds,
        0,
        0,
        0,
        time.perf_counter() - begun,
        tuple(fault for one in done for fault in one.faults),
        "`verify` found " + ", ".join(f"{verdict} {times}" for verdict, times in sorted(counted.items())),
    )


def clock(rounds: int) -> Iterator[Figures]:
    """Record under a clock that jumps."""
    begun = time.perf_counter()
    with sqlite_file() as url:
        done = clocks.jumped(url, rounds, seeded(_SEED))
    told = f"the clock went back {done.back} times; {done.times} recorded times, each asked for"
    seconds = time.perf_counter() - begun
    yield Figures("clock that jumps", SQLITE, 1, done.events, 0, 0, seconds, done.faults, told)


def crowd(rounds: int) -> Iterator[Figures]:
    """Eight processes write at once."""
    each = _part(rounds, 5)
    with sqlite_file() as url:
        yield _crowded(SQLITE, url, each)
    with Server.running() as server, server.database() as url:
        yield _crowded(POSTGRES, url, each)


def _crowded(kind: str, url: str, each: int) -> Figures:
    done = crowding.crowded(url, WRITERS, each)
    told = f"each writer {each} changes; a conflict is an attempt that another was ahead of"
    return Figures(
        f"{WRITERS} processes at once",
        kind,
        1,
        done.events,
        done.lost,
        done.conflicts,
        done.seconds,
        done.faults,
        told,
    )


RUNS: Final[dict[str, Run]] = {
    "kill": kill,
    "erase": erase,
    "full": full,
    "cut": cut,
    "clock": clock,
    "crowd": crowd,
}


def figures(names: Iterable[str], rounds: int) -> Iterator[Figures]:
    """The figures of the runs of those *names*; *rounds* is the number of kills on SQLite."""
    for name in names:
        yield from RUNS[name](rounds)


def _part(rounds: int, of: int) -> int:
    """What costs more than a kill on SQLite is done less often, but at least twice."""
    return max(2, rounds // of)


_HEADINGS = ("run", "database", "rounds", "acknowledged", "lost", "faults", "conflicts", "seconds")


def table(found: Sequence[Figures]) -> str:
    """The figures as a table in Markdown, which reads well on a terminal too."""
    rows = [_HEADINGS, *map(_cells, found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _cells(one: Figures) -> tuple[str, ...]:
    counted = (one.rounds, one.events, one.lost, len(one.faults), one.conflicts)
    return one.run, one.database, *map(str, counted), f"{one.seconds:.1f}"


def notes(found: Sequence[Figures]) -> str:
    """What else there is to say of each run, and every fault."""
    lines = [f"- {one.run}, {one.database}: {one.told}" for one in found if one.told]
    lines += [f"- **fault** {one.run}, {one.database}: {fault}" for one in found for fault in one.faults]
    return "\n".join(lines)
