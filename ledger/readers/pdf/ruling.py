"""The rules of a page → tables of ruled cells.

Programs draw the same rule as a line, a thin rectangle, a row of dots, or piece by piece; some leave
out the outer rules. So pieces are joined first; rules that touch make a table; and two neighbouring
fields of its grid are one cell where no rule parts them. What is open at the side ends where the rules end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ledger.readers.pdf.content import Rule

_ALIKE: Final = 0.5  # pieces of one rule lie no further apart
_SAME: Final = 2.0  # nor do the two lines of a double rule
_GAP: Final = 4.0  # between two dashes
_SHORT: Final = 4.0  # what is no longer is no rule
_TOUCH: Final = 2.0
_SLIVER: Final = 3.0  # of a cell: no cell is as narrow
_COVERED: Final = 0.6  # of the side of a field: then the rule is drawn along it
_SMALL: Final = 24.0  # a box no larger is a tick box somebody drew, no cell
_MOST_RULES: Final = 4_000  # more are a map or a chart
_MOST_TABLES: Final = 200  # on one page; as above
_MOST_FIELDS: Final = 200_000


@dataclass(slots=True, eq=False)
class Area:
    """One ruled cell. It takes the rows ``first`` to ``last`` of its table's grid.

    ``is_open`` says that no rule closes it below, at the foot of its table.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    first: int
    last: int
    is_open: bool = False


@dataclass(slots=True, eq=False)
class Table:
    """Ruled cells that hang together. ``rows`` has the cells of each row of the grid, left to right.

    A cell that takes several rows stands in each. ``has_head`` says that a rule closes the table above.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[Area]]
    has_head: bool
    _xs: list[float] = field(repr=False)
    _ys: list[float] = field(repr=False)
    _fields: list[list[Area]] = field(repr=False)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside the table."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def at(self, x: float, y: float) -> Area:
        """The cell in which a point of the table lies."""
        row = min(max(bisect_right(self._ys, y) - 1, 0), len(self._ys) - 2)
        column = min(max(bisect_right(self._xs, x) - 1, 0), len(self._xs) - 2)
        return self._fields[row][column]


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule joined from its pieces: where it lies across, from where to where it goes along."""

    across: float
    start: float
    end: float


def tables_of(rules: Iterable[Rule]) -> list[Table]:
    """The tables of a page, the smallest first: of two that hold a point, the inner one has it."""
    level, upright = [], []
    for rule in rules:
        if rule.top == rule.bottom:
            level.append(_Line(rule.top, rule.x0, rule.x1))
        if rule.x0 == rule.x1:
            upright.append(_Line(rule.x0, rule.top, rule.bottom))
    level, upright = _whole(level), _whole(upright)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    found = [
        table for one, other in _hanging_together(level, upright) if (table := _table(one, other)) is not None
    ]
    if len(found) > _MOST_TABLES:
        return []
    return sorted(found, key=lambda table: (table.x1 - table.x0) * (table.bottom - table.top))


def _whole(pieces: Iterable[_Line]) -> list[_Line]:
    """Rules from their pieces; a double rule is one."""
    joined = _joined(pieces, _ALIKE)
    return _joined([line for line in joined if line.end - line.start > _SHORT], _SAME)


def _joined(pieces: Iterable[_Line], apart: float) -> list[_Line]:
    found: list[_Line] = []
    for together in _beside(sorted(pieces, key=lambda line: line.across), apart):
        across = (together[0].across + together[-1].across) / 2
        start = end = None
        for piece in sorted(together, key=lambda line: line.start):
            if start is None or end is None or piece.start > end + _GAP:
                if start is not None and end is not None:
                    found.append(_Line(across, start, end))
                start, end = piece.start, piece.end
            else:
                end = max(end, piece.end)
        if start is not None and end is not None:
            found.append(_Line(across, start, end))
    return found


def _beside(pieces: Sequence[_Line], apart: float) -> Iterator[list[_Line]]:
    """Pieces, sorted, that lie across the page at the same place."""
    together: list[_Line] = []
    for piece in pieces:
        if together and piece.across - together[0].across > apart:
            yield together
            together = []
        together.append(piece)
    if together:
        yield together


def _hanging_together(
    level: Sequence[_Line], upright: Sequence[_Line]
) -> list[tuple[list[_Line], list[_Line]]]:
    """The rules of each table: those that touch one another."""
    order = sorted(upright, key=lambda line: line.across)
    places = [line.across for line in order]
    leader = list(range(len(level) + len(order)))

    def lead(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    for n, line in enumerate(level):
        nearest = bisect_left(places, line.start - _TOUCH), bisect_right(places, line.end + _TOUCH)
        for m in range(*nearest):
            if order[m].start - _TOUCH <= line.across <= order[m].end + _TOUCH:
                leader[lead(len(level) + m)] = lead(n)
    found: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for n, line in enumerate(level):
        found.setdefault(lead(n), ([], []))[0].append(line)
    for m, line in enumerate(order):
        found.setdefault(lead(len(level) + m), ([], []))[1].append(line)
    alone = [rules for rules, crossing in ((other, one) for one, other in found.values()) if not crossing]
    return [rules for rules in found.values() if all(rules)] + list(_columns(alone))


def _columns(alone: Iterable[list[_Line]]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Upright rules that nothing crosses: the cells between them began and end on other pages."""
    waiting = [line for rules in alone for line in rules]
    while waiting:
        first = waiting.pop()
        beside = [
            line
            for line in waiting
            if abs(line.start - first.start) <= _TOUCH and abs(line.end - first.end) <= _TOUCH
        ]
        if beside:
            waiting = [line for line in waiting if line not in beside]
            yield [], [first, *beside]


def _table(level: Sequence[_Line], upright: Sequence[_Line]) -> Table | None:
    """The cells between the rules of one table; None where they enclose nothing worth the name."""
    xs = _grid([line.across for line in upright], level)
    ys = _grid([line.across for line in level], upright)
    across, down = len(xs) - 1, len(ys) - 1
    if across < 1 or down < 1 or across * down > _MOST_FIELDS:
        return None
    walls = _sides(upright, xs, ys)  # [line][row]: a wall at the left of the field
    floors = _sides(level, ys, xs)  # [line][column]: a floor above the field
    fields = _areas(xs, ys, walls, floors)
    small = xs[-1] - xs[0] <= _SMALL and ys[-1] - ys[0] <= _SMALL
    between = all(walls[0] + walls[-1]) or all(floors[0] + floors[-1])
    if small or (across == down == 1 and not between):
        return None
    rows = [list(dict.fromkeys(row)) for row in fields]
    return Table(xs[0], ys[0], xs[-1], ys[-1], rows, all(floors[0]), xs, ys, fields)


def _grid(places: Iterable[float], crossing: Sequence[_Line]) -> list[float]:
    """Where the rules of one direction lie, and how far those that cross them go."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SLIVER:
            found.append(place)
    if not crossing:
        return found
    first, last = min(line.start for line in crossing), max(line.end for line in crossing)
    if not found or first < found[0] - _SHORT:
        found.insert(0, first)
    if last > found[-1] + _SHORT:
        found.append(last)
    return found


def _sides(lines: Sequence[_Line], across: Sequence[float], along: Sequence[float]) -> list[list[bool]]:
    """For each line of the grid, along which fields a rule is drawn."""
    drawn = [[0.0] * (len(along) - 1) for _ in across]
    for line in lines:
        at = min(range(len(across)), key=lambda n: abs(across[n] - line.across))
        first = max(bisect_right(along, line.start) - 1, 0)
        for n in range(first, len(along) - 1):
            if along[n] >= line.end:
                break
            drawn[at][n] += max(0.0, min(line.end, along[n + 1]) - max(line.start, along[n]))
    return [
        [length >= _COVERED * (along[n + 1] - along[n]) for n, length in enumerate(lengths)]
        for lengths in drawn
    ]


def _areas(
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Sequence[Sequence[bool]],
    floors: Sequence[Sequence[bool]],
) -> list[list[Area]]:
    """The cell of each field of the grid: fields that nothing parts share one."""
    across, down = len(xs) - 1, len(ys) - 1
    leader = list(range(across * down))

    def lead(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    for row in range(down):
        for column in range(across):
            here = row * across + column
            if column + 1 < across and not walls[column + 1][row]:
                leader[lead(here + 1)] = lead(here)
            if row + 1 < down and not floors[row + 1][column]:
                leader[lead(here + across)] = lead(here)
    areas: dict[int, Area] = {}
    fields: list[list[Area]] = []
    for row in range(down):
        fields.append([])
        for column in range(across):
            left, right, top, bottom = xs[column], xs[column + 1], ys[row], ys[row + 1]
            area = areas.setdefault(lead(row * across + column), Area(left, top, right, bottom, row, row))
            area.x0, area.x1 = min(area.x0, left), max(area.x1, right)
            area.bottom, area.last = bottom, row
            area.is_open = area.is_open or (row == down - 1 and not floors[down][column])
            fields[-1].append(area)
    return fields
