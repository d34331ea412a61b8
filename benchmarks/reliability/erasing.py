"""Kill -9 while words are withheld: they are all there afterwards, or all gone, and the ledger is whole.

Also when the file is being written anew, after the record: then the same command, which finds no such words
any more, clears the rest away.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.reliability.checking import breaks
from benchmarks.reliability.traces import left, traces
from benchmarks.reliability.work import BY, REF, held, work
from benchmarks.reliability.worker import DONE, ended, forked
from ledger.errors import InvalidChange
from ledger.events import TextWithheld
from projections.application import Kaitei

WORDS: Final = "あけぼの情報サービス株式会社"  # in two editions, their tables, and their bodies
WHY: Final = "誤って公表したため"


@dataclass(frozen=True, slots=True)
class Erased:
    """One round: whether the words were withheld when the process was killed, and every fault in words."""

    withheld: bool
    faults: tuple[str, ...]


def rounds(count: int, dice: Random) -> Iterator[Erased]:
    """That many rounds, each on a ledger of its own."""
    with TemporaryDirectory(prefix="kaitei-erasing-") as folder:
        whole = Path(folder, "whole.db")
        for command in work().commands:
            command.run(f"sqlite:///{whole}")
        events = len(held(f"sqlite:///{whole}"))
        timed = Path(folder, "timed.db")
        shutil.copy(whole, timed)
        begun = time.perf_counter()
        assert ended(forked(lambda: _withhold(timed))) == DONE  # noqa: S101
        length = time.perf_counter() - begun
        for number in range(count):
            path = Path(folder, f"{number}.db")
            shutil.copy(whole, path)
            yield _round(path, events, dice.uniform(0, length))
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()


def _withhold(path: Path) -> int:
    with Kaitei(f"sqlite:///{path}") as kaitei:
        kaitei.withhold(kaitei.find(REF), [WORDS], why=WHY, by=BY)
    return DONE


def _round(path: Path, events: int, delay: float) -> Erased:
    before = traces(path, WORDS)
    pid = forked(lambda: _withhold(path))
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    ended(pid)
    url = f"sqlite:///{path}"
    faults = breaks(url)
    entries = held(url)
    told = [entry for entry in entries if isinstance(entry.event, TextWithheld)]
    there = any(WORDS in repr(entry.event) for entry in entries)
    if there == bool(told) or len(entries) != events + len(told):
        faults.append(f"{len(told)} records of it, the words {'' if there else 'not '}there")
    with suppress(InvalidChange):  # there are no such words any more
        _withhold(path)
    faults += breaks(url)
    if len(held(url)) != events + 1:
        faults.append("repeated, it was recorded twice, or not at all")
    faults += [f"the words are left in {name}" for name in left(path, before)]
    return Erased(bool(told), tuple(faults))
