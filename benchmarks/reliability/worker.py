"""A process of its own that does the work, says what was acknowledged, and can be watched and killed.

It is a fork of this one, so that a round costs no start of Python. What is acknowledged goes into a plain
file, a line for each command, on the disk before the next one begins.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from benchmarks.reliability.checking import Acknowledged, as_acknowledged
from benchmarks.reliability.work import Work, held
from ledger.errors import LedgerError

DONE, REFUSED, FAILED = 0, 2, 3
PATIENCE: Final = 60.0  # seconds; nothing here takes nearly as long


class Moment:
    """What a process is at, in memory that outlives it: which command, and whether it is writing.

    It is writing from the first statement that changes something to the end of the commit.
    """

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 2)

    @property
    def command(self) -> int:
        """The number of the command, from 1; 0 between two of them."""
        return self._shared[0]

    @command.setter
    def command(self, number: int) -> None:
        self._shared[0] = number

    @property
    def writing(self) -> bool:
        """Whether a transaction has begun to write and is not over."""
        return bool(self._shared[1])

    def watch(self) -> None:
        """Follow the transactions of this process from now on."""
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Session, "after_commit", self._over)
        event.listen(Session, "after_rollback", self._over)

    def _statement(self, _connection: object, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401
        self._shared[1] = statement.lstrip().startswith(("INSERT", "CREATE"))

    def _over(self, _session: Session) -> None:
        self._shared[1] = 0


def forked(of_child: Callable[[], int]) -> int:
    """The process id of a fork that does *of_child*, whose result is its exit status."""
    pid = os.fork()
    if pid:
        return pid
    status = FAILED
    try:
        status = of_child()
    except BaseException:  # noqa: BLE001  # whatever it is, this process is not the one to tell it
        traceback.print_exc()
    finally:
        os._exit(status)


def ended(pid: int) -> int:
    """Wait for a process; its exit status, or the number of the signal that ended it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def doing(work: Work, url: str, told: Path, moment: Moment) -> int:
    """Do the *work* on a ledger and tell in the file *told* what was acknowledged; the exit status."""
    moment.watch()
    with telling(told) as tell:
        known = 0
        for number, command in enumerate(work.commands, start=1):
            moment.command = number
            try:
                command.run(url)
                moment.command = 0
                tell({"done": number})
                new = held(url, after=known)
            except LedgerError as error:
                tell({"refused": str(error)})
                return REFUSED
            known += len(new)
            tell({"events": {entry.event_id: as_acknowledged(entry) for entry in new}})
    return DONE


@contextmanager
def telling(told: Path) -> Iterator[Callable[[dict[str, object]], None]]:
    """Writes lines into a file, each on the disk before it goes on."""
    with told.open("ab") as file:

        def tell(line: dict[str, object]) -> None:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

        yield tell


def acknowledged(told: Path) -> Acknowledged:
    """What the file *told* says; a last line without its end was not told."""
    commands = 0
    events: dict[str, str] = {}
    for line in _lines(told):
        commands = line.get("done", commands)
        events |= line.get("events", {})
    return Acknowledged(commands, events)


def refusal(told: Path) -> str:
    """The error that ended the work, as a user would see it; blank where none did."""
    return next((str(line["refused"]) for line in _lines(told) if "refused" in line), "")


def conflicts(told: Path) -> int:
    """How often somebody else was first."""
    return sum(line.get("conflicts", 0) for line in _lines(told))


def _lines(told: Path) -> Iterator[dict[str, Any]]:
    if told.exists():
        for line in told.read_bytes().split(b"\n")[:-1]:
            yield json.loads(line)


@contextmanager
def working(work: Work, url: str, told: Path) -> Iterator[tuple[int, Moment]]:
    """A process that does the *work*, and its moment; killed at the end, and waited for."""
    moment = Moment()
    pid = forked(lambda: doing(work, url, told, moment))
    try:
        yield pid, moment
    finally:
        os.kill(pid, signal.SIGKILL)
        ended(pid)


def until(reached: Callable[[], bool], pid: int | None = None) -> None:
    """Wait until something is reached, or the process *pid* is over. Raises TimeoutError."""
    give_up = time.monotonic() + PATIENCE
    while not reached() and (pid is None or not _is_over(pid)):
        if time.monotonic() > give_up:
            message = "waited in vain"
            raise TimeoutError(message)
        time.sleep(0.0001)


def _is_over(pid: int) -> bool:
    """Whether a child has ended; it stays to be waited for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
