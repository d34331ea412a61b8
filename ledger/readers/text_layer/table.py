"""（別添２）変更箇所 in a text layer: rows are read where every cell is a paragraph, or not at all.

A cell that is blank leaves nothing in a text layer, so that a row which does not have all its cells cannot be
told: then the table is ``absent``, and its words are unassigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ledger.form import form3
from ledger.published import COLUMNS, ChangeRow, Fate, Piece, TableState
from ledger.readers.cells import loosely
from ledger.readers.headings import ANNEX_2, is_page_number, section_of
from ledger.readers.text_layer.labels import PageLine
from ledger.wareki import WarekiDate

_TIMING = re.compile(r"事\s*[前後]")
_CELLS = len(COLUMNS)
_TIMING_AT = 4
_NAMES = sorted((name for names in COLUMNS for name in names), key=len, reverse=True)

Paragraph = tuple[PageLine, ...]


class LayerTable:
    """Collects the pages of the change table."""

    def __init__(self) -> None:
        self._paragraphs: list[Paragraph] = []
        self._headings: list[PageLine] = []
        self._numbers: list[PageLine] = []

    @staticmethod
    def begins_at(lines: Sequence[PageLine]) -> int:
        """Where on a page the heading of the change table stands; behind it where there is none."""
        found = (at for at, line in enumerate(lines) if section_of(line.text, form3()) == ANNEX_2)
        return next(found, len(lines))

    @property
    def begun(self) -> bool:
        """Whether its heading has come: what follows belongs to it."""
        return bool(self._headings)

    def add(self, page: Sequence[PageLine]) -> None:
        """Take one page; the headings of the columns come in any order, and on every page again."""
        words: list[PageLine] = []
        for line in page:
            if section_of(line.text, form3()) == ANNEX_2 or _is_columns(line.text):
                self._headings.append(line)
            elif is_page_number(line.text) and line in (page[0], page[-1]):
                self._numbers.append(line)
            else:
                words.append(line)
        self._paragraphs.extend(tuple(lines) for _, lines in groupby(words, key=lambda line: line.paragraph))

    def rows(self) -> tuple[TableState, tuple[ChangeRow, ...], list[Piece]]:
        """What became of the table, its rows, and where its words went."""
        pieces = [_piece(line, Fate.HEADING) for line in self._headings]
        pieces += [_piece(line, Fate.UNASSIGNED) for line in self._numbers]
        if not self._paragraphs:
            return (TableState.EMPTY if self.begun else TableState.ABSENT), (), pieces
        found = list(self._row_starts())
        if not found:
            pieces += [_piece(line, Fate.UNASSIGNED) for lines in self._paragraphs for line in lines]
            return TableState.ABSENT, (), pieces
        rows = []
        for no, (start, end) in enumerate(found, start=1):
            lines = self._paragraphs[start:end]
            date, item, before, after, timing, why = [*map(_text, lines), ""][:_CELLS]
            rows.append(ChangeRow(no, date, item, before, after, timing, why, lines[0][0].number))
            pieces += [_piece(line, Fate.ROW, f"行{no}") for each in lines for line in each]
        return TableState.ROWS, tuple(rows), pieces

    def _row_starts(self) -> Iterator[tuple[int, int]]:
        """Where each row begins and ends among the paragraphs; nothing where one of them does not fit."""
        found, at = [], 0
        while at < len(self._paragraphs):
            if not self._begins(at):
                return
            end = at + _CELLS
            if end - 1 < len(self._paragraphs) and self._begins(end - 1) and not self._begins(end):
                end -= 1  # no explanation
            found.append((at, min(end, len(self._paragraphs))))
            at = end
        yield from found

    def _begins(self, at: int) -> bool:
        """Whether a row begins with the paragraph *at*: its date, and where 事前 or 事後 has to stand."""
        if at + _TIMING_AT >= len(self._paragraphs):
            return False
        day, timing = _text(self._paragraphs[at]), _text(self._paragraphs[at + _TIMING_AT])
        return WarekiDate.read(day) is not None and _TIMING.fullmatch(timing) is not None


def _is_columns(text: str) -> bool:
    rest = text
    for name in _NAMES:
        rest = re.sub(loosely(name), " ", rest)
    return not rest.strip()


def _text(lines: Paragraph) -> str:
    return "\n".join(line.text.strip() for line in lines)


def _piece(line: PageLine, fate: Fate, target: str = "") -> Piece:
    return Piece(line.number, line.text.strip(), fate, target)
