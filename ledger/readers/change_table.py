"""Rows of cells → the rows of （別添２）変更箇所, their six cells verbatim."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ledger.published import COLUMNS, ChangeRow, Fate, Piece, TableState
from ledger.readers import markup
from ledger.readers.bounds import TooMany
from ledger.readers.cells import nearly
from ledger.readers.rows import SourceRow, is_rule
from ledger.wareki import WarekiDate

_DATE, _ITEM, _BEFORE, _AFTER, _SUBMITTED, _WHY = range(6)
_NEEDED = (_DATE, _ITEM, _BEFORE, _AFTER)
_LIKE = 0.8
_LONGEST = 20  # letters: twice as many as a heading has
_MOST_CHANGES = 20_000  # an assessment that has been changed often has some hundred
_TIMING = re.compile(r"[\s　]*事[\s　]*[前後][\s　]*")


@dataclass(slots=True)
class _Change:
    """A change while its rows are being collected."""

    line: int
    date: str
    timing: str
    item: list[str]
    before: list[str]
    after: list[str]
    why: list[str]

    def row(self, no: int) -> ChangeRow:
        """The change as the row *no* of the table."""
        item, before, after, why = map(_joined, (self.item, self.before, self.after, self.why))
        return ChangeRow(no, self.date, item, before, after, self.timing, why, self.line)


class ChangeTable:
    """Collects the rows of the annex; a row may go on in the next table after a page break."""

    def __init__(self) -> None:
        self.state = TableState.ABSENT
        self._changes: list[_Change] = []
        self.pieces: list[Piece] = []
        self._columns: tuple[int | None, ...] = ()
        self._width = 0

    @property
    def rows(self) -> tuple[ChangeRow, ...]:
        """The rows of the table, numbered from 1."""
        return tuple(change.row(no) for no, change in enumerate(self._changes, start=1))

    def add(self, row: SourceRow) -> None:
        """Take one row of cells: the headings, a change, or the rest of the change before.

        Raises TooMany.
        """
        cells = [markup.words(cell) for cell in row.cells]
        if not any(cells):
            return
        if is_rule(row):
            self._keep(row, Fate.HEADING, "罫線")
        elif columns := columns_of(cells):
            self._columns, self._width = columns, len(cells)
            self._keep(row, Fate.HEADING, "変更箇所の見出し")
            if self.state is TableState.ABSENT:
                self.state = TableState.EMPTY
        elif self.state is TableState.ABSENT or not any(cells[1:]):
            self._keep(row, Fate.UNASSIGNED)
        else:
            covered = row.covered if len(cells) == self._width else ()
            self._change(self._six(cells), covered, row.line)
            self._keep(row, Fate.ROW, f"行{len(self._changes)}")

    def _keep(self, row: SourceRow, fate: Fate, target: str = "") -> None:
        self.pieces.append(row.piece(row.text, fate, target))

    def _with_merged(self, own: Sequence[str], covered: Collection[int]) -> list[str]:
        """A cell merged downwards states its words for every row that it covers (R-45)."""
        if not (covered and self._changes):
            return list(own)
        above = self._changes[-1]
        said = (above.date, _joined(above.item), "", "", above.timing, _joined(above.why))
        return [
            said[column] if at is not None and at in covered and not own[column] else own[column]
            for column, at in enumerate(self._columns)
        ]

    def _change(self, own: Sequence[str], covered: Collection[int], line: int) -> None:
        date, item, before, after, timing, why = self._with_merged(own, covered)
        if self._changes and not date and (not timing or not self._changes[-1].timing):
            # No row of its own: without a day and a time of submission it goes on with the one above.
            last = self._changes[-1]
            last.timing = last.timing or timing
            for words, more in (
                (last.item, own[_ITEM]),
                (last.before, before),
                (last.after, after),
                (last.why, own[_WHY]),
            ):
                words.append(more)
            return
        if len(self._changes) == _MOST_CHANGES:
            raise TooMany(f"変更箇所の行が多すぎます（{_MOST_CHANGES:,}行まで）")
        self.state = TableState.ROWS
        self._changes.append(_Change(line, date, timing, [item], [before], [after], [why]))

    def _six(self, cells: list[str]) -> list[str]:
        """The six cells of a change: by the headings where the row is as wide as they are."""
        stated = any(map(_TIMING.fullmatch, cells)) and _timing_fits(cells, self._columns)
        if not stated or len(_without_blanks(cells, self._width)) > self._width:
            cells = _without_repeats(cells, self._width)
        cells = _without_blanks(cells, self._width)
        cells = [*cells, *[""] * (self._width - len(cells))] if _timing_fits(cells, self._columns) else cells
        if len(cells) == self._width:
            return ["" if at is None else cells[at] for at in self._columns]
        return _by_timing(cells)


def columns_of(cells: Sequence[str]) -> tuple[int | None, ...]:
    """Where each of the six columns stands in a row of headings; empty where it is no such row."""
    if len(cells) < len(_NEEDED):
        return ()
    named = [_column(cell) if len("".join(cell.split())) <= _LONGEST else None for cell in cells]
    found = tuple(named.index(column) if column in named else None for column in range(len(COLUMNS)))
    return () if any(found[column] is None for column in _NEEDED) else found


@lru_cache(maxsize=4096)
def _column(cell: str) -> int | None:
    """The column whose heading *cell* is; 変更前 and 変更後 are much alike, so the likest counts."""
    likeness, column = max(
        (max(nearly(cell, name) for name in names), -column) for column, names in enumerate(COLUMNS)
    )
    return -column if likeness >= _LIKE else None


def _without_blanks(cells: list[str], width: int) -> list[str]:
    """*cells* without the blank ones at the end, as far as they are more than *width*."""
    last = max((at for at, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[: max(last, width)]


def _without_repeats(cells: list[str], width: int) -> list[str]:
    """*cells* without those that print the cell before them again, as far as they are more than *width*."""
    found: list[str] = []
    for at, cell in enumerate(cells):
        more = len(found) + len(cells) - at > width
        if not (more and found and cell and cell == found[-1]):
            found.append(cell)
    return found


def _timing_fits(cells: Sequence[str], columns: Sequence[int | None]) -> bool:
    """Whether a row cut short still has its 事前 or 事後 under the heading, or none at all."""
    at = columns[_SUBMITTED] if columns else None
    stated = [place for place, cell in enumerate(cells) if _TIMING.fullmatch(cell)]
    return not stated or at in stated


def _by_timing(cells: list[str]) -> list[str]:
    """The six cells of a row of another width than the headings.

    事前 or 事後 tells where the fifth column is; further columns before it belong to 変更後, and
    where one is missing it is taken for the blank 変更前 of an addition.
    """
    at = max((i for i, cell in enumerate(cells) if _TIMING.fullmatch(cell)), default=len(cells))
    first = 1 if at > _SUBMITTED and not cells[0] and WarekiDate.read(cells[1]) else 0
    date, item, *words = [*cells[first:at], "", ""][: max(at - first, _BEFORE)]
    before, *after = words if len(words) > 1 else ["", *words]
    why = " ".join(filter(None, cells[at + 1 :]))
    return [date, item, before, " ".join(filter(None, after)), "".join(cells[at : at + 1]), why]


def _joined(parts: Sequence[str]) -> str:
    return "\n".join(filter(None, parts))
