"""Text on the standard streams: plain or coloured, without control characters; errors on one line."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from cli import columns, paging, progress
from cli.colours import Coloured, Piece
from cli.progress import CONTROLS
from ledger import wording
from ledger.errors import LedgerError, LedgerUnusable, WrongUse

_LONGEST = 120


class OutputClosed(Exception):
    """Nobody reads standard output any more."""


def out(*texts: Piece) -> None:
    """Print to standard output. Raises OutputClosed, and LedgerUnusable where it cannot be written.

    A terminal gets lines that fit. Control characters in the texts are replaced; the only ones it gets are
    those of a Colour.
    """
    with writable():
        told = [_printable(text) for text in texts]
        if on_a_terminal():
            _show(columns.laid_out(told, _columns()))
        else:
            line = "".join(map(_plain, told))
            paging.write(line if line.endswith("\n") else f"{line}\n")


def table(headings: Sequence[str], rows: Iterable[Sequence[Piece]], indent: int = 0) -> None:
    """Print rows of as many cells as *headings*: in columns on a terminal, else a line a row, with tabs.

    What stands in no row is left away on a terminal, and what stands at no row's end anywhere else. Raises as
    ``out``.
    """
    with writable():
        told = [[_printable(cell) for cell in row] for row in rows]
        if on_a_terminal():
            used = [n for n, _ in enumerate(headings) if any(_plain(row[n]) for row in told)]
            kept = [[row[n] for n in used] for row in told]
            _show(columns.table([headings[n] for n in used], kept, _columns(), indent) if used else [])
        else:
            for row in told:
                paging.write("\t".join(map(_plain, row)).rstrip("\t") + "\n")


def on_a_terminal() -> bool:
    """Whether standard output is a terminal: what is set out in two dimensions can be read there."""
    return sys.stdout is not None and sys.stdout.isatty()


def _columns() -> int:
    return max(columns.NARROWEST, shutil.get_terminal_size().columns)


def _show(lines: Iterable[columns.Line]) -> None:
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    paging.write("".join(f"{columns.rendered(line, coloured=coloured).rstrip(' ')}\n" for line in lines))


def short(text: str) -> str:
    """A text on one line, cut where it is long, to be told among others."""
    return wording.in_brief(text, _LONGEST)


def _printable(text: Piece) -> Piece:
    if isinstance(text, str):
        return text.translate(CONTROLS)
    return Coloured(text.text.translate(CONTROLS), text.colour)


def _plain(text: Piece) -> str:
    return text if isinstance(text, str) else text.text


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
