"""The change table on a sheet → one row of cells for each change, told apart by the columns of its headings.

A change may go over several rows of the sheet, merged or not; a cell merged downwards over several changes
(the day of a revision) covers those below it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ledger.published import COLUMNS
from ledger.readers.change_table import columns_of
from ledger.readers.workbook.labels import Line, Row
from ledger.readers.workbook.sheets import Area, words_of

_FEWEST, _MOST, _LONGEST = 4, 30, 40  # headings of columns, and characters of one
_PLACES = {name: place for place, names in enumerate(COLUMNS) for name in names}
_WORDS = (_PLACES["変更前"], _PLACES["変更後"])


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a change table, and which of them stand over 変更前 and 変更後."""

    heads: tuple[Area, ...]
    words: frozenset[int]

    @classmethod
    def of(cls, line: Line) -> Columns | None:
        """The columns whose headings *line* holds; None where it is another line."""
        short = ["".join(area.text.split()) for area in line.areas if len(area.text) <= _LONGEST]
        of_changes = [text for text in short if "変更" in text]
        if not _FEWEST <= len(short) <= len(line.areas) <= _MOST or len(of_changes) < len(_WORDS):
            return None
        found = columns_of([area.text for area in line.areas])
        words = frozenset(at for place in _WORDS if found and (at := found[place]) is not None)
        return cls(line.areas, words) if found else None

    def under(self, area: Area) -> list[int]:
        """The columns that *area* stands under, the one it shares most of its width with first."""
        first = max(bisect_right(self.heads, area.left, key=lambda head: head.left) - 1, 0)
        shared = []
        for place in range(first, len(self.heads)):
            head = self.heads[place]
            if head.left > area.right:
                break
            if head.right >= area.left:
                shared.append((min(head.right, area.right) - max(head.left, area.left), -place))
        return [-place for _, place in sorted(shared, reverse=True)]


@dataclass(slots=True)
class _Change:
    """One change while its cells are being collected; ``aside`` stands beside the table."""

    row: int
    cells: list[list[Area]]
    covered: frozenset[int]
    aside: list[Area] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        yield Row(self.row, tuple(words_of(cell) for cell in self.cells), self.covered)
        yield from (Row(area.top, (area.text,)) for area in self.aside)


def change_rows(lines: Sequence[Line], blanks: Sequence[Area], columns: Columns) -> Iterator[Row]:
    """A row for each change in *lines*, which stand under *columns*, and one for each note across the table.

    *blanks* are the merged areas of the sheet without words. A change goes on as long as its 変更前 or its
    変更後 does.
    """
    change: _Change | None = None
    reach: dict[int, tuple[int, bool]] = {}  # to which row a column is merged downwards; whether with words
    merged = _between(blanks, lines)
    blank = next(merged, None)
    for line in lines:
        while blank is not None and blank.top < line.row:
            reach.update(dict.fromkeys(columns.under(blank), (blank.bottom, False)))
            blank = next(merged, None)
        under = [columns.under(area) for area in line.areas]
        if not any(under) or (len(under) == 1 and len(under[0]) > len(columns.words)):
            yield from change.rows() if change else ()
            change = None
            yield Row(line.row, (line.text,))
            continue
        merged_down = {place for place, (bottom, _) in reach.items() if bottom >= line.row}
        if change is None or not merged_down & columns.words:
            yield from change.rows() if change else ()
            here = {place for places in under for place in places}
            covered = {place for place in merged_down - here if reach[place][1]}
            change = _Change(line.row, [[] for _ in columns.heads], frozenset(covered))
        for area, places in zip(line.areas, under, strict=True):
            (change.cells[places[0]] if places else change.aside).append(area)
            reach.update(dict.fromkeys(places, (area.bottom, True)))
    yield from change.rows() if change else ()


def _between(blanks: Sequence[Area], lines: Sequence[Line]) -> Iterator[Area]:
    """Those of the *blanks* that begin where *lines* stand."""
    first, last = lines[0].row, lines[-1].row
    yield from blanks[
        bisect_left(blanks, first, key=lambda blank: blank.top) : bisect_left(
            blanks, last, key=lambda blank: blank.top
        )
    ]
