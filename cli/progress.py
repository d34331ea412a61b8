"""The line on a terminal that says what is being done, until something else is printed in its place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from ledger import wording

_Thing = TypeVar("_Thing")

# Control characters of a document must not drive the terminal of whoever looks at it.
CONTROLS: Final = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\r"}
_ERASE = "\r\x1b[2K"
_standing: list[str] = []


def watched(things: Iterable[_Thing], doing: str, name: Callable[[_Thing], str]) -> Iterator[_Thing]:
    """*things* one by one; while each is being worked on, a terminal says so on stderr."""
    listed = list(things)
    for n, thing in enumerate(listed, start=1):
        _show(f"{doing}（{n}/{len(listed)}） {name(thing)}")
        yield thing
    clear()


def clear() -> None:
    """Take the line away, if one stands."""
    if _standing:
        _standing.clear()
        sys.stderr.write(_ERASE)
        sys.stderr.flush()


def _show(text: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        room = shutil.get_terminal_size().columns // 2 - 1  # a letter is two columns wide
        _standing.append(text)
        sys.stderr.write(f"{_ERASE}{wording.in_brief(text.translate(CONTROLS), room)}")
        sys.stderr.flush()
