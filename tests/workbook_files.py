"""Small workbooks for the tests, and workbooks taken apart into cells, changed, and put together again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]

from ledger.readers import workbook

NAME = "霞野.xlsx"
TITLE = "特定個人情報保護評価書（重点項目評価書）"
HEADINGS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a sheet, merged over the rows and columns it names; None holds nothing."""

    top: int
    left: int
    bottom: int
    right: int
    value: object
    code: str = ""


Cells = Sequence[Cell]
Sheets = Mapping[str, Cells]


def cells(written: Mapping[str, object]) -> list[Cell]:
    """Cells by their reference: ``{"B2:H4": "③対象人数", "J2": ("[$-411]ge.m.d", 45000)}``."""
    found = []
    for reference, value in written.items():
        left, top, right, bottom = range_boundaries(reference)
        code, content = value if isinstance(value, tuple) else ("", value)
        found.append(Cell(top, left, bottom, right, content, code))
    return found


def packed(sheets: Sheets, hidden: Collection[str] = ()) -> bytes:
    """A workbook of these sheets."""
    book = Workbook()
    book.remove(book.active)
    for title, written in sheets.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        for cell in written:
            place = sheet.cell(cell.top, cell.left)
            if cell.value is not None:
                place.value = cell.value
                place.number_format = cell.code or "General"
            if isinstance(cell.value, str):
                place.data_type = "s"
            if (cell.top, cell.left) != (cell.bottom, cell.right):
                sheet.merge_cells(
                    start_row=cell.top, start_column=cell.left, end_row=cell.bottom, end_column=cell.right
                )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, list[Cell]]:
    """The cells of every sheet of a workbook, those merged and blank too."""
    sheets = {}
    for sheet in load_workbook(io.BytesIO(data)):
        merged = {(one.min_row, one.min_col): (one.max_row, one.max_col) for one in sheet.merged_cells.ranges}
        found = [
            Cell(
                cell.row,
                cell.column,
                *merged.pop((cell.row, cell.column), (cell.row, cell.column)),
                cell.value,
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        sheets[sheet.title] = found + [Cell(*corner, *end, None) for corner, end in merged.items()]
    return sheets


def told(sheets: Sheets, hidden: Collection[str] = ()) -> list[tuple[str, ...]]:
    """The cells of every row that the reader finds in a workbook of these sheets."""
    return [row.cells for row in workbook.rows(packed(sheets, hidden), NAME)]


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of its package changed; a part that is not there is added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in dict.fromkeys((*source.namelist(), part)):
            content = source.read(name) if name in source.namelist() else b""
            target.writestr(name, change(content) if name == part else content)
    return file.getvalue()
