"""Rows that extraction printed twice or broke in two → the rows of the page.

A page that comes twice in a row says nothing new: its second printing is left out, and every piece of it
went where the first one went. A row whose label or whose row of the change table was broken by a line break
is put together again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ledger import wording
from ledger.form import Form, FormItem, split_number
from ledger.published import Piece
from ledger.readers import markup
from ledger.readers.cells import LONGEST_LABEL
from ledger.readers.change_table import columns_of
from ledger.readers.headings import is_page_number
from ledger.readers.rows import SourceRow, is_rule
from ledger.wareki import WarekiDate

_DITTO = frozenset({"〃", "同上", "同日"})
_FEWEST_ROWS, _LONGEST_PAGE, _FEWEST_LETTERS = 3, 200, 30
_MOST_LIKE_THE_FIRST = 20  # rows of a page that say the same as its first


def mended(rows: Sequence[SourceRow], form: Form) -> list[SourceRow]:
    """*rows* with those put together that a line break parted."""
    names = {_name(item) for item in form if _is_long(item)}
    found: list[SourceRow] = []
    width = 0  # of the change table, once it has begun
    for row in rows:
        above = found[-1] if found else None
        if above is not None and _is_rest(row, above, width, names):
            found[-1] = replace(above, cells=_joined(above, row))
        else:
            found.append(row)
        width = len(found[-1].cells) if _columns(found[-1].cells) else width
    return found


def _joined(above: SourceRow, row: SourceRow) -> tuple[str, ...]:
    return (*above.cells[:-1], above.cells[-1] + row.cells[0], *row.cells[1:])


def _columns(cells: Sequence[str]) -> int:
    """How many columns of the change table a row names; 0 where it is not its head."""
    return sum(at is not None for at in columns_of([markup.words(cell) for cell in cells]))


def _is_rest(row: SourceRow, above: SourceRow, width: int, names: set[tuple[str, str]]) -> bool:
    """Whether *row* is what a line break parted from the row *above*."""
    if not (row.filled and above.filled and row.cells[0].strip() and above.cells[-1].strip()):
        return False
    joined = _joined(above, row)
    if _columns(row.cells):
        return False
    if known := _columns(above.cells):
        return _columns(joined) > known
    if width:
        return len(joined) == width > len(above.cells) and _is_day(joined[0]) and not _is_day(row.cells[0])
    label = joined[len(above.cells) - 1]
    if len(label) > 2 * LONGEST_LABEL:
        return False
    return _printed(label) in names and not {_printed(above.cells[-1]), _printed(row.cells[0])} & names


def _is_day(cell: str) -> bool:
    """Whether a change row may begin with *cell*."""
    words = markup.words(cell)
    return not words or words in _DITTO or WarekiDate.read(words) is not None


def _is_long(item: FormItem) -> bool:
    """Whether two pieces of the label can hardly make it by accident."""
    return bool(item.parent) and len(f"{item.number}{item.name}") > 2  # noqa: PLR2004  (two letters)


def _name(item: FormItem) -> tuple[str, str]:
    return item.number, wording.fold(item.name, wording.Level.FOLDED, bullets=True).text


def _printed(text: str) -> tuple[str, str]:
    number, name = split_number(markup.plain(text).partition("※")[0].rstrip())
    return number, wording.fold(name, wording.Level.FOLDED, bullets=True).text


def first_printings(rows: Sequence[SourceRow]) -> dict[int, int]:
    """For every line of a page that comes twice or more in a row, the line of its first printing.

    A page of the change table stays: that a table states its rows twice may be its own fault.
    """
    kept = [row for row in _body(rows) if row.filled and not _is_furniture(row)]
    texts = [row.text for row in kept]
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        places[text].append(at)
    found: dict[int, int] = {}
    at = 0
    while at < len(kept):
        length = next(_repeats(texts, at, places[texts[at]]), 0)
        for n in range(at, at + length):
            first = kept[n].line
            found[kept[n + length].line] = found.get(first, first)  # of a third printing too
        at += length or 1
    return found


def _body(rows: Sequence[SourceRow]) -> Iterator[SourceRow]:
    """The rows before the change table, and as many behind its head as one page may hold of both."""
    left = -1
    for row in rows:
        if left < 0 and columns_of([markup.words(cell) for cell in row.cells]):
            left = 2 * _LONGEST_PAGE
        yield row
        left -= left > 0
        if not left:
            return


def _is_furniture(row: SourceRow) -> bool:
    return is_rule(row) or (len(row.filled) == 1 and is_page_number(row.filled[0]))


def _repeats(texts: Sequence[str], at: int, places: Sequence[int]) -> Iterator[int]:
    """How many rows from *at* on come again right behind them; *places* is where the first of them stands."""
    first = bisect_right(places, at)
    for again in places[first : first + _MOST_LIKE_THE_FIRST]:
        length = again - at
        if _FEWEST_ROWS <= length <= _LONGEST_PAGE and texts[at:again] == texts[again : again + length]:
            page = texts[at:again]
            if len(set(page)) >= _FEWEST_ROWS and sum(map(len, page)) >= _FEWEST_LETTERS:
                yield length


def with_second_printings(pieces: Iterable[Piece], firsts: dict[int, int]) -> list[Piece]:
    """*pieces*, and for each line of a second printing those of the first."""
    by_line: dict[int, list[Piece]] = defaultdict(list)
    found = list(pieces)
    for piece in found:
        by_line[piece.line].append(piece)
    for second, first in firsts.items():
        found += [replace(piece, line=second) for piece in by_line[first]]
    return found
