"""Long output page by page: what does not fit on the screen is shown in the pager of whoever reads it.

The pager is ``KAITEI_PAGER``, else ``PAGER``, else ``less``; blank or ``cat`` means none. One that cannot be
started is done without, and one that is left early only ends the reading.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import IO, Final

from cli import progress

_USUAL: Final = "less"
_OF_LESS: Final = {"LESS": "FRX", "LESSCHARSET": "utf-8"}  # unless somebody has set them otherwise
_PROMPT: Final = 1  # lines that a screen needs for something else


class _Paged:
    """Output that is held until it is known whether the screen takes it; if not, a pager gets it."""

    def __init__(self, command: list[str], lines: int) -> None:
        self._command, self._left = command, lines - _PROMPT
        self._held: list[str] = []
        self._pager: subprocess.Popen[str] | None = None
        self._into: IO[str] | None = None

    def write(self, text: str) -> None:
        if self._into is not None:
            _put(self._into, text)
            return
        self._held.append(text)
        self._left -= text.count("\n")
        if self._left < 0:
            self._begin()

    def _begin(self) -> None:
        progress.clear()
        try:
            self._pager = subprocess.Popen(  # noqa: S603  # the pager that whoever reads it has chosen
                self._command, stdin=subprocess.PIPE, encoding="utf-8", errors="replace", env=_environment()
            )
        except OSError:
            self._into = sys.stdout
        else:
            self._into = self._pager.stdin
            progress.silent(silent=True)
        held, self._held = self._held, []
        for text in held:
            self.write(text)

    def end(self) -> None:
        """Show what is held, or wait until the pager is left."""
        if self._pager is None:
            for text in self._held:
                sys.stdout.write(text)
            return
        # Ctrl-C is for the pager: it stops a search there, and leaves it open.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            with contextlib.suppress(OSError):
                self._pager.communicate()
        finally:
            signal.signal(signal.SIGINT, before)
            progress.silent(silent=False)


_paged: list[_Paged] = []


@contextlib.contextmanager
def paged() -> Iterator[None]:
    """Show what is printed meanwhile page by page, where it goes to a terminal and somebody sits there."""
    command = _command()
    if not command or not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        yield
        return
    _paged.append(_Paged(command, shutil.get_terminal_size().lines))
    try:
        yield
    finally:
        _paged.pop().end()


def write(text: str) -> None:
    """Write to standard output, or to what is to be paged."""
    if _paged:
        _paged[-1].write(text)
    else:
        sys.stdout.write(text)


def _put(into: IO[str], text: str) -> None:
    """Write to a pager; where it was left, nobody reads that any more."""
    if into is sys.stdout:
        into.write(text)
        return
    with contextlib.suppress(BrokenPipeError):
        into.write(text)
        into.flush()


def _command() -> list[str]:
    if os.environ.get("TERM") == "dumb":
        return []
    named = os.environ.get("KAITEI_PAGER", os.environ.get("PAGER", _USUAL))
    try:
        words = shlex.split(named)
    except ValueError:  # a quotation mark without its other
        words = [named]
    return [] if words in ([], ["cat"]) else words


def _environment() -> dict[str, str]:
    return _OF_LESS | os.environ
