"""The pages of a PDF, one after another → the rows of the document.

A cell goes on over the page where no rule closes it at the foot; where every page is ruled off, what
follows without a label of its own goes on with the row above. What recurs on every page stands apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ledger.form import form3
from ledger.readers.headings import is_page_number, section_of
from ledger.readers.pdf.sheets import Cell, Free, Grid, Sheet
from ledger.readers.pdf.words import wraps
from ledger.readers.rows import SourceRow

_SAME_EDGE: Final = 4.0
_HEAD, _FOOT = 0.12, 0.9  # of the height of the page
_RECURS: Final = 3  # on so many pages: then a line is a running head
_FORM_COLUMNS: Final = 3  # a row of the form has no more; one of the change table has
_HEAD_CELLS: Final = 3
_DATE, _TIMING = 0, 4  # of the change table's columns
_FIRST = re.compile(r"\s*[1１]\s*[.．]")
_BEGINS = re.compile(r"[0-9０-９]+\s*[.．]|[①-⑳Ⅰ-Ⅴ（(【]|リスク|[IV]+\s|\D{2,4}\s*[0-9０-９]+$")


def source_rows(sheets: Sequence[Sheet]) -> list[SourceRow]:
    """The rows of a whole document, in reading order; ``line`` counts them from 1.

    What recurs at the head or foot of the pages comes before everything else: there it parts nothing
    that goes on over a page.
    """
    _set_margins_apart(sheets)
    for sheet, following in pairwise([sheet for sheet in sheets if sheet.blocks]):
        before, after = sheet.blocks[-1], following.blocks[0]
        if isinstance(before, Grid) and isinstance(after, Grid):
            _go_on(before, after)
    printed: list[tuple[tuple[str, ...], str, frozenset[int]]] = []
    for sheet in sheets:
        printed.extend((_inert(line), f"{sheet.number}ページの欄外", frozenset()) for line in sheet.margin)
    for sheet in sheets:
        rows = (row for block in sheet.blocks for row in _rows(block))
        printed.extend(
            (cells, f"{sheet.number}ページ{n}行", covered) for n, (cells, covered) in enumerate(rows, start=1)
        )
    return [SourceRow(line, *row) for line, row in enumerate(printed, start=1)]


def _inert(line: Free) -> tuple[str, ...]:
    """A line of the margin. The heading of a section opens none when it is cut in two."""
    half = len(line.text) // 2
    return (line.text[:half], line.text[half:]) if section_of(line.text, form3()) else line.cells


def _rows(block: Grid | Free) -> Iterator[tuple[tuple[str, ...], frozenset[int]]]:
    """The rows of a table or line, each with the places that a cell merged downwards covers."""
    if isinstance(block, Free):
        yield block.cells, frozenset()
        return
    for n, row in enumerate(block.rows):
        begins = [cell.area.first == n and cell.above is None for cell in row]
        cells = tuple(cell.text if here else "" for cell, here in zip(row, begins, strict=True))
        if any(cells):
            yield cells, frozenset(place for place, here in enumerate(begins) if not here)


def _set_margins_apart(sheets: Sequence[Sheet]) -> None:
    """Put the numbers of pages, and what recurs at the head or foot of many pages, into the margin.

    The first running head stays where it is: it may be a title. The heading of a section recurs with every
    file; it runs where it stands again on the very next page and the section does not begin anew under it.
    """
    ends = [(n, line) for n, sheet in enumerate(sheets) for line in _ends(sheet)]
    printed: dict[tuple[str, int], list[str]] = {}
    for _, line in ends:
        printed.setdefault(_recurring(line), []).append(line.text)
    last: dict[tuple[str, int], int] = {}
    for n, line in ends:
        sheet, recurring = sheets[n], _recurring(line)
        if section_of(line.text, form3()):
            runs = last.get(recurring) == n - 1 and not _begins_anew(sheet, line)
        else:
            counted = len(set(printed[recurring])) > 1
            again = recurring in last or counted or line.top > sheet.height / 2
            runs = is_page_number(line.text) or (len(printed[recurring]) >= _RECURS and again)
        if runs:
            sheet.blocks.remove(line)
            sheet.margin.append(line)
        last[recurring] = n


def _begins_anew(sheet: Sheet, line: Free) -> bool:
    """Whether the first numbered heading follows *line*."""
    below = sheet.blocks[sheet.blocks.index(line) + 1 :]
    texts = (text for block in below[:1] for cells, _ in _rows(block) for text in cells[:1])
    return _FIRST.match(next(texts, "")) is not None


def _ends(sheet: Sheet) -> Iterator[Free]:
    """The lines at the head and at the foot of a page."""
    for block in list(sheet.blocks):
        if isinstance(block, Free) and not _HEAD * sheet.height < block.top < _FOOT * sheet.height:
            yield block


def _recurring(line: Free) -> tuple[str, int]:
    """A line by its words, whatever numbers are in it, and its place."""
    return re.sub(r"[0-9０-９]+", "0", line.text), round(line.top / _SAME_EDGE)


def _go_on(before: Grid, after: Grid) -> None:
    """Let the cells at the foot of a page go on in those at the head of the next."""
    head = _repeated_head(before, after)
    if head >= len(after.rows) or not before.rows:
        return
    last, row = before.rows[-1], after.rows[head]
    if not _same_columns(last, row):
        return
    after.columns = after.columns or before.columns
    is_open = before.is_open and (head > 0 or not after.has_head)
    goes_on = [cell.area.is_open and is_open for cell in last]
    if not any(goes_on):
        goes_on = _goes_on_ruled_off(last, row, after.columns)
    for cell, rest, joined in zip(last, row, goes_on, strict=True):
        if joined:
            cell.goes_on_in(rest)
    after.is_open = after.is_open or any(goes_on)


def _repeated_head(before: Grid, after: Grid) -> int:
    """How many rows at the head of a page print again the head of the table that goes on."""
    known = {tuple(cell.text for cell in row) for row in before.rows}
    head = 0
    for n, row in enumerate(after.rows, start=1):
        texts = tuple(cell.text for cell in row)
        if texts not in known:
            break
        if sum(map(bool, texts)) >= _HEAD_CELLS:
            head = n
    return head


def _same_columns(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    return len(one) == len(other) and all(
        abs(a.area.x0 - b.area.x0) <= _SAME_EDGE and abs(a.area.x1 - b.area.x1) <= _SAME_EDGE
        for a, b in zip(one, other, strict=True)
    )


def _goes_on_ruled_off(
    last: Sequence[Cell], row: Sequence[Cell], columns: Sequence[int | None]
) -> list[bool]:
    """Which cells of a row that is ruled off from the page before go on with the row *last* there.

    A change has a day or a time of submission of its own, an item of the form its label; the label may be
    printed again. What has neither, in one cell across the page, goes on with a line that is full.
    """
    texts = [cell.text for cell in row]
    if columns and max(filter(None, columns), default=0) < len(texts):
        said = [texts[at] for at in (columns[_DATE], columns[_TIMING]) if at is not None]
        return [not any(said)] * len(row)
    *labels, value = texts
    if len(row) > _FORM_COLUMNS or not value:
        return [False] * len(row)
    if labels and not any(labels):
        return [True] * len(row)
    if any(labels) and labels == [cell.begun.text for cell in last[:-1]]:
        return [*(not label for label in labels), True]
    above = last[-1].lines
    full = above and wraps(above[-1], row[-1].lines[0]) and not above[-1].text.rstrip().endswith("。")
    return [bool(full) and not labels and not _BEGINS.match(value)] * len(row)
