"""One page of a PDF → its tables with what stands in each cell, and the lines between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ledger.readers.change_table import columns_of
from ledger.readers.pdf.content import Content, Direction, Glyph
from ledger.readers.pdf.ruling import Area, Table, tables_of
from ledger.readers.pdf.words import TextLine, cell_lines, free_lines, text_of

_COLUMN_GAP: Final = 2.0  # of the height of the letters, between two columns that no rule parts
_CUT: Final = 0.15  # of a letter: then a wall cuts it
_NEXT_LETTER: Final = 0.1  # of the height: letters no further apart were written in one go
_LEAST_HEIGHT: Final = 8.0  # of what is left open at the foot of a page
_FORM_COLUMNS: Final = 3  # a row of the form has no more; one of the change table has
_FRAME_CELLS: Final = 3  # a frame around other tables has no more


@dataclass(slots=True, eq=False)
class Cell:
    """What stands in a ruled cell; ``above`` is the cell of the page before with which it goes on."""

    area: Area
    lines: list[TextLine] = field(default_factory=list)
    above: Cell | None = None

    @property
    def begun(self) -> Cell:
        """The cell on the page where it began."""
        cell = self
        while cell.above is not None:
            cell = cell.above
        return cell

    @property
    def text(self) -> str:
        """The text: of the part on this page, or of the whole where it began here."""
        return text_of(self.lines)

    def goes_on_in(self, other: Cell) -> None:
        """Make *other*, on the next page, the rest of this cell."""
        other.above = self
        self.begun.lines.extend(other.lines)


@dataclass(slots=True, eq=False)
class Grid:
    """A table with what stands in its cells; a cell that takes several rows stands in each.

    ``columns`` says where the columns of the change table stand, if it is one; ``has_head`` that a rule
    closes it above, ``is_open`` that what no rule closes below goes on (a table without any outer rules
    is never closed, and need not go on).
    """

    top: float
    x0: float
    rows: list[list[Cell]]
    has_head: bool
    is_open: bool
    columns: tuple[int | None, ...] = ()


@dataclass(slots=True, eq=False)
class Free:
    """A line outside the tables, its columns apart."""

    top: float
    x0: float
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The line as it stands."""
        return " ".join(self.cells)

    @property
    def cells(self) -> tuple[str, ...]:
        """Its columns."""
        return tuple(line.text.strip() for line in self.lines)


@dataclass(slots=True)
class Sheet:
    """One page: its tables and the lines between them, from top to bottom; ``margin`` has what recurs."""

    number: int
    height: float
    blocks: list[Grid | Free]
    margin: list[Free] = field(default_factory=list)


def sheet_of(content: Content) -> Sheet:
    """One page, its letters put into the cells in which they stand."""
    content = _readable(content)
    tables, frames = _nested(tables_of(content.rules))
    inside: dict[Area, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph, area in _placed(content.glyphs, tables):
        (outside if area is None or area in frames else inside.setdefault(area, [])).append(glyph)
    blocks: list[Grid | Free] = [grid for table in tables if (grid := _grid(table, inside, frames)).rows]
    blocks.extend(
        Free(min(line.top for line in lines), min(line.x0 for line in lines), lines)
        for lines in free_lines(outside, _COLUMN_GAP)
    )
    return Sheet(content.number, content.height, sorted(blocks, key=lambda block: (block.top, block.x0)))


def _readable(content: Content) -> Content:
    """The page turned so that most of it reads from left to right."""
    ways = Counter(glyph.direction for glyph in content.glyphs if glyph.direction is not Direction.COLUMN)
    way = ways.most_common(1)[0][0] if ways else Direction.RIGHT
    return content if way is Direction.RIGHT else content.turned(way)


def _placed(glyphs: Iterable[Glyph], tables: Sequence[Table]) -> Iterator[tuple[Glyph, Area | None]]:
    """Each letter with the cell in which it stands; None for those outside.

    Words too long for their cell run on over the wall (on paper they are clipped): a letter that a wall
    cuts, or that follows without any gap behind a wall, belongs to the cell in which its word began.
    """
    last: Glyph | None = None
    area: Area | None = None
    for glyph in glyphs:
        if not (last is not None and area is not None and _runs_on(last, glyph, area)):
            area = _area((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2, tables)
        last = glyph
        yield glyph, area


def _runs_on(last: Glyph, glyph: Glyph, area: Area) -> bool:
    """Whether *glyph* goes on, beyond the right wall of *area*, with the word of the letter before it."""
    if glyph.direction is not Direction.RIGHT or (glyph.x0 + glyph.x1) / 2 <= area.x1:
        return False
    beside = abs(glyph.y - last.y) < 1 and abs(glyph.x0 - last.x1) < _NEXT_LETTER * glyph.size
    cut = _CUT * glyph.size
    crossed = last.x1 > area.x1 + cut or glyph.x0 < area.x1 - cut
    return beside and (crossed or abs(glyph.x0 - last.x1) < 0.01 * glyph.size)


def _area(x: float, y: float, tables: Sequence[Table]) -> Area | None:
    table = next((table for table in tables if table.holds(x, y)), None)
    return table.at(x, y) if table else None


def _nested(tables: Sequence[Table]) -> tuple[list[Table], set[Area]]:
    """The tables that count, the smallest first, and the cells that are but frames around others.

    A frame goes around a page or a part of it, as wide as can be; a table inside a cell of the form is part
    of its text.
    """
    kept: list[Table] = []
    frames: set[Area] = set()
    for table in reversed(tables):
        middle = (table.x0 + table.x1) / 2, (table.top + table.bottom) / 2
        outer = next((outer for outer in kept if outer.holds(*middle)), None)
        if outer is not None:
            around = outer.at(*middle)
            few = len({area for row in outer.rows for area in row}) <= _FRAME_CELLS
            if not few or (around.x0, around.x1) != (outer.x0, outer.x1):
                continue
            frames.add(around)
        kept.insert(0, table)
    return kept, frames


def _grid(table: Table, inside: dict[Area, list[Glyph]], frames: Collection[Area]) -> Grid:
    """A table with its words."""
    cells: dict[Area, Cell] = {}
    for area in dict.fromkeys(area for row in table.rows for area in row if area not in frames):
        edges = area.x0, area.top, area.x1, area.bottom
        cells[area] = Cell(area, cell_lines(inside.get(area, ()), edges))
    rows = [[cells[area] for area in row if area in cells] for row in table.rows]
    while rows and not any(cell.lines for cell in rows[-1]) and _is_sliver(rows[-1]):
        rows.pop()
    columns = (columns_of([cell.text for cell in row]) for row in rows if len(row) > _FORM_COLUMNS)
    return Grid(table.top, table.x0, rows, table.has_head, table.has_head, next(filter(None, columns), ()))


def _is_sliver(row: Sequence[Cell]) -> bool:
    """Whether a row is but the ends of upright rules that stand out below the last level one."""
    return all(cell.area.is_open and cell.area.bottom - cell.area.top < _LEAST_HEIGHT for cell in row)
