"""Text on the standard streams: plain or coloured, without control characters; errors on one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from cli import progress
from cli.progress import CONTROLS
from ledger import wording
from ledger.errors import LedgerError, LedgerUnusable, WrongUse

_LONGEST = 120


class OutputClosed(Exception):
    """Nobody reads standard output any more."""


class Colour(StrEnum):
    """The colours a terminal is asked for, as SGR parameters."""

    RED = "31"
    GREEN = "32"


@dataclass(frozen=True, slots=True)
class Coloured:
    """Words that a terminal shows in a colour; anything else gets them plain."""

    text: str
    colour: Colour


def out(*texts: str | Coloured) -> None:
    """Print to standard output. Raises OutputClosed, and LedgerUnusable where it cannot be written.

    Control characters in the texts are replaced; the only ones a terminal gets are those of a Colour.
    """
    with writable():
        shown = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        line = "".join(_printable(text, in_colour=shown) for text in texts)
        sys.stdout.write(line if line.endswith("\n") else f"{line}\n")


def short(text: str) -> str:
    """A text on one line, cut where it is long, to be told among others."""
    return wording.in_brief(text, _LONGEST)


def _printable(text: str | Coloured, *, in_colour: bool) -> str:
    if isinstance(text, str):
        return text.translate(CONTROLS)
    words = text.text.translate(CONTROLS)
    return f"\x1b[{text.colour}m{words}\x1b[0m" if in_colour and words else words


def raw(data: bytes, what: str) -> None:
    """Write bytes as they are. Raises WrongUse where standard output is a terminal; else as ``out``.

    *what* names in errors what they are.
    """
    with writable():
        if sys.stdout.isatty():
            raise WrongUse(
                f"{what}は端末に表示できません",
                where="標準出力",
                remedy="--out FILE で書き出すか、> や | でほかに渡してください",
            )
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def writable() -> Iterator[None]:
    """Turn the troubles of standard output into OutputClosed and LedgerUnusable."""
    progress.clear()
    try:
        yield
    except BrokenPipeError:
        raise OutputClosed from None
    except (OSError, AttributeError) as trouble:  # a full disk; no standard output at all
        raise LedgerUnusable(
            "書き込めません", where="標準出力", remedy="出力先を確認してください"
        ) from trouble


def error(found: LedgerError | str) -> None:
    """Print one line to standard error, if there is one."""
    progress.clear()
    if sys.stderr is not None:
        line = " ".join(str(found).split("\n")).translate(CONTROLS)
        sys.stderr.write(f"kaitei: {line}\n")
