"""Kill -9 at random moments of the work, and look into the ledger afterwards.

Half of the kills come anywhere within the time that the work takes, the other half while a command writes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.reliability import worker
from benchmarks.reliability.checking import aftermath, resumed
from benchmarks.reliability.servers import Server, settle
from benchmarks.reliability.work import Work
from benchmarks.reliability.worker import Moment, until, working

Database = Callable[[], AbstractContextManager[str]]
"""Gives the URL of a database without a ledger, for one round."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Seconds that the work takes undisturbed, and that each of its commands writes."""

    whole: float
    writing: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Killed:
    """One round: where the kill met the work, and what was found.

    ``events`` and ``lost`` count what was acknowledged; ``whole`` says that the command that was broken off
    had recorded all, ``nothing`` that it had recorded nothing.
    """

    events: int
    lost: int
    running: bool
    writing: bool
    whole: bool
    faults: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether a command was broken off before anything of it counted."""
        return self.running and not self.whole


@contextmanager
def sqlite_file() -> Iterator[str]:
    """A file of SQLite that is not there yet."""
    with tempfile.TemporaryDirectory(prefix="kaitei-faults-") as folder:
        yield f"sqlite:///{folder}/kaitei.db"


def measured(work: Work, database: Database) -> Lengths:
    """How long the work takes, and each command of it writes, in a process of its own."""
    writing = [0.0] * len(work.commands)
    with database() as url, _told() as told, working(work, url, told) as (pid, moment):
        begun = last = time.perf_counter()

        def over() -> bool:
            nonlocal last
            now = time.perf_counter()
            if moment.writing and moment.command:
                writing[moment.command - 1] += now - last
            last = now
            return False

        until(over, pid)
        return Lengths(time.perf_counter() - begun, tuple(writing))


@contextmanager
def _told() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kaitei-told-") as folder:
        yield Path(folder, "acknowledged.jsonl")


def killed(
    work: Work,
    database: Database,
    lengths: Lengths,
    dice: Random,
    *,
    aimed: bool,
    server: Server | None = None,
) -> Killed:
    """One round. *aimed* waits until a command writes; with *server* that is killed, and not its client."""
    with database() as url, _told() as told:
        with working(work, url, told) as (pid, moment):
            _wait(moment, pid, lengths, dice, aimed=aimed)
            met = moment.command > 0, moment.writing
            if server is not None:
                server.kill()
                until(lambda: False, pid)
        if server is None:
            met = moment.command > 0, moment.writing
            settle(url)
        else:
            server.start()
        was, refused = worker.acknowledged(told), worker.refusal(told)
        found = aftermath(work, url, was)
        faults = list(found.faults)
        if server is None and refused:
            faults.append(f"refused: {refused}")
        if not faults:
            faults += resumed(work, url, was.commands)
    return Killed(
        was.count,
        found.lost,
        running=met[0],
        writing=met[1],
        whole=found.stage > was.commands,
        faults=tuple(faults),
    )


def _wait(moment: Moment, pid: int, lengths: Lengths, dice: Random, *, aimed: bool) -> None:
    """Wait for the moment of the kill."""
    if not aimed:
        time.sleep(dice.uniform(0, lengths.whole))
        return
    number = dice.randrange(len(lengths.writing)) + 1
    until(lambda: moment.command == number and moment.writing, pid)
    time.sleep(dice.uniform(0, lengths.writing[number - 1]))


def rounds(
    work: Work, database: Database, count: int, dice: Random, *, server: Server | None = None
) -> Iterator[Killed]:
    """That many rounds, every other one aimed."""
    lengths = measured(work, database)
    for number in range(count):
        yield killed(work, database, lengths, dice, aimed=bool(number % 2), server=server)


def summary(done: Sequence[Killed]) -> str:
    """Where the kills met the work, in words."""
    return (
        f"{sum(one.running for one in done)} kills met a running command, {sum(one.writing for one in done)}"
        f" of them a transaction that was writing; {sum(one.nothing for one in done)} of these commands had"
        f" recorded nothing, {sum(one.whole for one in done)} everything"
    )
