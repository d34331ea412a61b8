"""Documents read ahead, in processes apart where that is worth their start.

The processes only read; whoever asked stores. They are programs of their own
(``projections.reading_worker``): nothing of this process is in them, and one that the system ends takes one
document with it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import IO, Final, Self, cast

from ledger.errors import UnreadableSource
from ledger.published import PublishedEdition
from ledger.readers import read
from projections.reading_worker import READY

MOST: Final = 8
"""The most processes where nobody says how many."""

Later = Callable[[], PublishedEdition]
"""The edition of a document begun before. Raises what ``ledger.readers.read`` raises."""

_WORTH: Final = 1.0  # seconds of reading still to come from which on processes are started unasked
_PROGRAM: Final = "import sys; sys.path[:] = {path!r}; from projections.reading_worker import main; main()"


def usable() -> int:
    """How many processes read at once where nobody says: one for each core that may be used, up to MOST."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST)


class Readers:
    """Reads *documents* in up to *jobs* processes; a single one, or with one job any, in this process.

    Without *jobs* as many as are ``usable`` are started as soon as what is left would take long. Use it as a
    context manager: at its end no process stays behind.
    """

    def __init__(self, documents: int, jobs: int | None = None) -> None:
        self._most = min(jobs or usable(), documents)
        self._asked_for = jobs is not None
        self._apart: _Apart | None = None
        self._read = 0
        self._seconds = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._apart is not None:
            self._apart.close()

    @property
    def ahead(self) -> int:
        """How many documents may be begun and not yet asked for."""
        return 2 * self._most if self._apart is not None else 1

    def begin(self, data: bytes, name: str, *, left: int) -> Later:
        """Begin to read a document, *left* of them to come after it; or read it when it is asked for."""
        if self._apart is None and self._worth(left):
            self._apart = _Apart(self._most)
        return self._apart.begin(data, name) if self._apart is not None else partial(self._here, data, name)

    def _worth(self, left: int) -> bool:
        if self._most == 1 or not left:
            return False
        return self._asked_for or (self._read > 0 and self._seconds / self._read * left > _WORTH)

    def _here(self, data: bytes, name: str) -> PublishedEdition:
        begun = time.monotonic()
        try:
            return _read(data, name)
        finally:
            self._seconds += time.monotonic() - begun
            self._read += 1


class _Apart:
    """Threads that wait, each for a process of its own that reads."""

    def __init__(self, jobs: int) -> None:
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="kaitei-read")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._running: set[_Worker] = set()
        self._closed = False

    def begin(self, data: bytes, name: str) -> Later:
        return self._threads.submit(self._read, data, name).result

    def close(self) -> None:
        """End every process, whatever it is doing; nothing that was begun is waited for."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for worker in running:
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in running:
            worker.end()

    def _read(self, data: bytes, name: str) -> PublishedEdition:
        worker = self._worker()
        if worker is None:
            return _read(data, name)
        try:
            answer = worker.ask(data, name)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._drop(worker)
            raise _ended(name) from None
        if isinstance(answer, MemoryError):
            raise _ended(name)
        if isinstance(answer, BaseException):
            raise answer
        return cast("PublishedEdition", answer)

    def _worker(self) -> _Worker | None:
        """The process of this thread, started where there is none; None where none can be started."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            with suppress(OSError):
                worker = self._own.worker = self._started()
        return worker

    def _started(self) -> _Worker | None:
        with self._lock:
            if self._closed:
                raise CancelledError
            worker = _Worker()
            self._running.add(worker)
        if worker.ready():
            return worker
        self._drop(worker)
        return None

    def _drop(self, worker: _Worker) -> None:
        self._own.worker = None
        with self._lock:
            self._running.discard(worker)
        worker.end()


class _Worker:
    """One process that reads. Raises OSError where it cannot be started."""

    def __init__(self) -> None:
        # Not with -m, which would look for modules in the current folder first. In a session of its own: what
        # somebody types at the terminal to interrupt is for this process, which then ends that one.
        self._process = subprocess.Popen(  # noqa: S603  (this program, with arguments of ours)
            [sys.executable, "-P", "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)

    def ready(self) -> bool:
        """Whether it has started."""
        return self._from.read(len(READY)) == READY

    def ask(self, data: bytes, name: str) -> object:
        """The edition, or what was raised. Raises EOFError, OSError or UnpicklingError where it has ended."""
        pickle.dump((data, name), self._to, pickle.HIGHEST_PROTOCOL)
        self._to.flush()
        return pickle.load(self._from)  # noqa: S301  (a process of ours wrote it)

    def kill(self) -> None:
        """End it now."""
        self._process.kill()

    def end(self) -> None:
        """End it, if it has not, and clear away what is left of it."""
        self.kill()
        self._process.wait()
        for stream in (self._to, self._from):
            with suppress(OSError):  # what was still to be sent
                stream.close()


def _read(data: bytes, name: str) -> PublishedEdition:
    try:
        return read(data, name)
    except MemoryError:
        raise _ended(name) from None


def _ended(name: str) -> UnreadableSource:
    return UnreadableSource(
        "読み取りの途中でプロセスが終了しました（メモリの不足など）",
        where=name,
        remedy="メモリに余裕のあるときに、--jobs 1 を付けて取り込んでください",
    )
