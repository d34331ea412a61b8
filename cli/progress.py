"""The line on a terminal that says what is being done, until something else is printed in its place."""

from __future__ import annotations

import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from cli.columns import cut

_Thing = TypeVar("_Thing")

# Control characters of a document must not drive the terminal of whoever looks at it.
CONTROLS: Final = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\r"}
PACED: Final = 40
_ERASE = "\r\x1b[2K"
_standing: list[str] = []
_silent: list[bool] = [False]


def watched(things: Iterable[_Thing], doing: str, name: Callable[[_Thing], str]) -> Iterator[_Thing]:
    """*things* one by one; while each is being worked on, a terminal says so on stderr."""
    listed = list(things)
    for n, thing in enumerate(listed, start=1):
        _show(f"{doing}（{n}/{len(listed)}） {name(thing)}")
        yield thing
    clear()


class Counted:
    """The line for *total* things that take a while: how many are done, how fast, how much time is left.

    The pace is that of the last PACED things: what was there already, and is quickly done, tells nothing of
    the others. *clock* gives seconds.
    """

    def __init__(self, doing: str, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._doing = doing
        self._total = total
        self._clock = clock
        self._done = 0
        self._times = deque([clock()], maxlen=PACED + 1)

    def on(self, name: str) -> None:
        """Say that the thing of this *name* is being worked on."""
        _show(f"{self._doing}（{self._done}/{self._total}{self._pace()}） {name}")

    def done(self) -> None:
        """Count one more."""
        self._done += 1
        self._times.append(self._clock())

    def _pace(self) -> str:
        seconds, things = self._times[-1] - self._times[0], len(self._times) - 1
        if seconds <= 0:
            return ""
        left = (self._total - self._done) * seconds / things
        return f"、毎分{per_minute(things, seconds)}件、残り約{spell(left)}"


def per_minute(things: int, seconds: float) -> str:
    """How many that is in a minute; *seconds* are more than 0."""
    return f"{things * 60 / seconds:,.0f}"


def spell(seconds: float) -> str:
    """A time as people say it, to the second, or where it is hours to the minute."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    if hours:
        return f"{hours}時間{minutes}分"
    return f"{minutes}分{whole % 60}秒" if minutes else f"{whole}秒"


def clear() -> None:
    """Take the line away, if one stands."""
    if _standing:
        _standing.clear()
        sys.stderr.write(_ERASE)
        sys.stderr.flush()


def silent(*, silent: bool) -> None:
    """Say nothing for as long as a pager has the screen."""
    _silent[:] = [silent]


def _show(text: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty() and not _silent[-1]:
        # In the last column a terminal may go on to the next line.
        room = shutil.get_terminal_size().columns - 1
        _standing.append(text)
        sys.stderr.write(f"{_ERASE}{cut(' '.join(text.translate(CONTROLS).split()), room)}")
        sys.stderr.flush()
