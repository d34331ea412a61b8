"""The audit trail as a workbook: one event a row, its words as words, its columns in the order of the CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from projections.audit_trail import COLUMNS, TrailRow
from projections.exports.workbook_cells import GREY, LINED, block, for_printing, saved
from projections.origin import Origin

SHEET: Final = "監査証跡"
_WIDTHS: Final = {
    "sequence": 6, "event_id": 9, "event": 16, "recorded_at": 18, "recorded_by": 12, "file_name": 18,
    "publication_date": 14, "no": 6, "change_date": 14, "item": 30, "before": 42, "after": 42, "timing": 8,
    "reason": 30, "about": 16, "why": 24, "payload_hash": 34,
}  # fmt: skip


def write_trail(rows: Iterable[TrailRow], origin: Origin) -> bytes:
    """The trail as a sheet that can be filtered. Raises CannotExport for what no cell holds."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for place, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[name]
    for row, texts in enumerate((tuple(COLUMNS.values()), *(each.cells for each in rows)), start=1):
        for place, text in enumerate(texts, start=1):
            block(sheet, (row, place), (row, place), text)
            sheet.cell(row, place).border = LINED
    for cell in sheet[1]:
        cell.fill = GREY
    sheet.freeze_panes = "C2"  # the headings and the name of the event stay in sight
    sheet.auto_filter.ref = sheet.dimensions
    for_printing(sheet, 1, sheet.PAPERSIZE_A3)
    return saved(book, origin)
