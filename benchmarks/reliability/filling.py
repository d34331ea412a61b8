"""A disk that fills up while the work goes on: one line, nothing by half, and on it goes once there is room.

Three ways to run out of room: SQLite may not use more pages, the process may not write larger files (as
under a quota), and, where this machine lets us, a file system of a few kilobytes.
"""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import Engine, event

from benchmarks.reliability import worker
from benchmarks.reliability.checking import aftermath, resumed
from benchmarks.reliability.saying import Said, said
from benchmarks.reliability.work import REF, Work
from benchmarks.reliability.worker import DONE, REFUSED, Moment, doing, ended, forked

NO_ROOM: Final = "ディスクの空きがありません"
NO_WRITING: Final = "ディスクに読み書きできません"
_LEAST: Final = 40_000  # bytes: what was acknowledged is written by the same process
_MOST: Final = 170_000  # bytes: with more room the work ends before the disk is full
_SMALL: Final = 36_864  # bytes: what SQLite shares between processes fits, and no output does
_TINY: Final = 8_192  # bytes, where nothing but the output is written
_PAGE: Final = 4096


@dataclass(frozen=True, slots=True)
class Filled:
    """One round: whether the disk was too small, the acknowledged events, and every fault in words."""

    refused: bool
    events: int
    lost: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A way to run out of room: what the process does to itself, and how errors then begin."""

    name: str
    told: tuple[str, ...]
    within: Callable[[int], None]


def few_pages(size: int) -> None:
    """No connection of this process may let a database grow beyond *size* bytes."""

    def limit(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.execute(f"PRAGMA max_page_count = {max(1, size // _PAGE)}").fetchall()

    event.listen(Engine, "connect", limit)


def short_files(size: int) -> None:
    """Let no file that this process writes go beyond *size* bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def unlimited(_size: int) -> None:
    """Nothing; a file system may be small enough."""


PAGES: Final = Limit("SQLite pages", (NO_ROOM,), few_pages)
FILES: Final = Limit("largest file", (NO_WRITING,), short_files)
UNLIMITED: Final = Limit("none", (), unlimited)
SYSTEM: Final = Limit("file system", (NO_ROOM, NO_WRITING), unlimited)


@contextmanager
def small_file_system(size: int) -> Iterator[Path]:
    """A folder that has room for *size* bytes. Raises OSError where none can be made."""
    with tempfile.TemporaryDirectory(prefix="kaitei-full-") as folder:
        _run("mount", "-t", "tmpfs", "-o", f"size={size // 1024}k", "tmpfs", folder)
        try:
            yield Path(folder)
        finally:
            _run("umount", folder)


def grown(folder: Path, size: int) -> None:
    """Give the small file system in *folder* room."""
    _run("mount", "-o", f"remount,size={size // 1024}k", str(folder))


def _run(*arguments: str) -> None:
    done = subprocess.run(arguments, capture_output=True, check=False)  # noqa: S603  # our own arguments
    if done.returncode:
        raise OSError(done.stderr.decode())


def file_system_can_be_made() -> bool:
    """Whether this machine lets us make a small file system."""
    try:
        with small_file_system(_LEAST):
            return True
    except OSError:
        return False


def filled(work: Work, limit: Limit, dice: Random) -> Filled:
    """One round: do the *work* until there is no more room, look, and do the rest with room."""
    size = dice.randrange(_LEAST, _MOST)
    with tempfile.TemporaryDirectory(prefix="kaitei-full-") as temporary:
        told = Path(temporary, "told")
        place = small_file_system(size) if limit is SYSTEM else nullcontext(Path(temporary))
        with place as folder:
            url = f"sqlite:///{folder}/kaitei.db"

            def of_child() -> int:
                limit.within(size)
                return doing(work, url, told, Moment())

            status = ended(forked(of_child))
            was, line = worker.acknowledged(told), worker.refusal(told)
            faults = []
            if status not in {DONE, REFUSED}:
                faults.append(f"ended with {status}")
            if line and not any(words in line for words in limit.told):
                faults.append(f"told otherwise: {line}")
            if limit is SYSTEM:
                grown(folder, 4 * _MOST)
            found = aftermath(work, url, was)
            faults += found.faults
            if not faults:
                faults += resumed(work, url, was.commands)
    return Filled(status == REFUSED, was.count, found.lost, tuple(f"{size} bytes: {each}" for each in faults))


# --- files written for a user -----------------------------------------------------------------------

OUTPUTS: Final = (
    ("backup",),
    ("export", REF, "--out"),
    ("show", REF, "-f", "json", "--out"),
    ("show", REF, "-f", "xlsx", "--out"),
)


def outputs(url: str, limit: Limit) -> list[str]:
    """Write what the ledger at *url* gives out where there is no room for it; every fault in words."""
    return [fault for command in OUTPUTS for fault in _output(url, limit, command)]


def _output(url: str, limit: Limit, command: Sequence[str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="kaitei-full-") as temporary:
        place = small_file_system(_TINY) if limit is SYSTEM else nullcontext(Path(temporary))
        with place as folder:
            found = within(limit, _SMALL, url, *command, str(folder / "file"))
            if not (NO_ROOM in found.line or "書き込めません" in found.line):
                yield f"{command[0]}: {found}"
            if list(folder.iterdir()):
                yield f"{command[0]}: half a file stays"


def within(limit: Limit, size: int, url: str, *arguments: str) -> Said:
    """What a command says in a process of its own that has room for *size* bytes.

    Raises OSError where that process could not even tell.
    """
    with tempfile.TemporaryDirectory(prefix="kaitei-full-") as temporary:
        report = Path(temporary, "report")

        def of_child() -> int:
            limit.within(size)
            report.write_text(json.dumps(asdict(said(url, *arguments))), "utf-8")
            return DONE

        ended(forked(of_child))
        return Said(**json.loads(report.read_text("utf-8")))
