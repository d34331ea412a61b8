"""（別添２）変更箇所 as a sheet in the layout of the official form: six columns of wrapped cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from ledger.published import ChangeRow
from projections.exports.form_layout import ANNEX_2, Kind, Line, table_lines
from projections.exports.workbook_cells import GREY, LINED, block, for_printing, saved
from projections.origin import Origin

_FIRST: Final = 2
_WIDTHS: Final = (16, 30, 42, 42, 10, 30)
_MERGED: Final = (0, 4, 5)  # 変更日, 提出時期 and its explanation
_HEADINGS: Final = 2  # rows


def write_table(rows: Sequence[ChangeRow], origin: Origin | None = None) -> bytes:
    """The sheet by itself, as a workbook. Raises CannotExport for what no cell holds."""
    book = Workbook()
    sheet = book.active
    sheet.title = ANNEX_2
    write_changes(sheet, list(table_lines(rows)))
    return saved(book, origin)


def write_changes(sheet: Worksheet, printed: Sequence[Line], *, merged: bool = False) -> None:
    """Its heading, the headings of the columns, a row for each change, repeated on every printed page.

    With *merged*, equal days (timings, explanations) that follow one another are one cell.
    """
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions[get_column_letter(_FIRST + place)].width = width
    for row, line in enumerate(printed, start=1):
        right = _FIRST + len(_WIDTHS) - 1 if line.kind is Kind.SECTION else _FIRST
        for place, text in enumerate(line.cells):
            block(sheet, (row, _FIRST + place), (row, max(right, _FIRST + place)), text)
            cell = sheet.cell(row, _FIRST + place)
            if line.kind is not Kind.ROW:
                cell.fill = GREY
            if line.kind is not Kind.SECTION:
                cell.border = LINED
    if merged:
        for place in _MERGED:
            texts = [line.cells[place] for line in printed[_HEADINGS:]]
            _merge_equal(sheet, _FIRST + place, texts, _HEADINGS + 1)
    for_printing(sheet, _HEADINGS, sheet.PAPERSIZE_A4)


def _merge_equal(sheet: Worksheet, column: int, texts: Sequence[str], top: int) -> None:
    """One cell for equal texts that follow one another downwards."""
    for text, group in groupby(texts):
        height = len(list(group))
        if text and height > 1:
            for row in range(top + 1, top + height):
                sheet.cell(row, column).value = None
            sheet.merge_cells(start_row=top, start_column=column, end_row=top + height - 1, end_column=column)
        top += height
