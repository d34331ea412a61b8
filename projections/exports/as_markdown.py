"""Markdown (GitHub's tables): to be pasted into an issue, a wiki or a mail. Every text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ledger.identity import Identity
from projections.captions import BLANK, CHANGE_COLUMNS
from projections.documents import Document, StatedItem
from projections.listing import TableRow
from projections.stated import remarks, told, when
from projections.written import change_cells

_MARKS = re.compile(r"[\\`*_\[\]~|]")
_AT_START = re.compile(r"^(\s*\d*)([#+=.)-])", re.MULTILINE)
_BREAK = "  \n"


def changes(identity: Identity, title: str, rows: Sequence[TableRow]) -> str:
    """（別添２）変更箇所 in its six columns."""
    lines = [f"# {_line(f'{identity.ref} {title}')}", "", "## （別添２）変更箇所", "", _row(CHANGE_COLUMNS)]
    lines.append(_row(["---"] * len(CHANGE_COLUMNS), escaped=True))
    lines += [_row(change_cells(row.change)) for row in rows]
    return "\n".join(lines) + "\n"


def document(identity: Identity, shown: Document, items: Iterable[StatedItem]) -> str:
    """A document on a day: a heading for each item, what it says, and why where that is not certain."""
    lines = [f"# {_line(f'{identity.ref} {shown.title}')}", "", _line(when(shown))]
    for item in items:
        mark = " ※" if item.item.important else ""
        lines += ["", f"## {_line(str(item.path))}{mark}", ""]
        said = told(item)
        if said is not None:
            lines.append(_text(said) or BLANK)
        notes = remarks(item.reading)
        if notes:
            lines += [""] if said is not None else []
            lines.append("\n".join(f"> {_line(note)}{_BREAK.rstrip(chr(10))}" for note in notes))
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str], *, escaped: bool = False) -> str:
    texts = cells if escaped else (_escaped(cell).replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _line(text: str) -> str:
    """One line of words."""
    return " ".join(_escaped(text).split("\n"))


def _text(text: str) -> str:
    """Words with their lines; what would begin a heading, a list or a rule does not."""
    return _BREAK.join(_AT_START.sub(r"\1\\\2", _escaped(text)).split("\n"))


def _escaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    harmless = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\g<0>", harmless)
