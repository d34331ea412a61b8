"""Cells of a workbook whose words stay words, and a workbook as bytes without the time of its making."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from tempfile import gettempdir
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import Cell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]
from openpyxl.packaging.custom import StringProperty  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from ledger.errors import CannotExport, LedgerUnusable
from projections.origin import Origin

LONGEST: Final = 32_767
"""Characters that a cell of Excel holds."""

WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
LINED: Final = Border(*(Side(style="thin"),) * 4)
GREY: Final = PatternFill("solid", fgColor="E7E6E6")

_DAY = datetime(2026, 4, 1)  # noqa: DTZ001  (a workbook has no time zone)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
RUNS: Final = ("=", "+", "-", "@")
"""What a spreadsheet takes for a formula where a text begins with it."""


def ask_fits(text: str, where: str) -> None:
    """Raise CannotExport for characters that no workbook holds, and for more than a cell holds."""
    if len(text) > LONGEST:
        told = f"{len(text):,}文字の記載は1つのセルに入りません（{LONGEST:,}文字まで）"
        raise CannotExport(told, where=where, remedy="-f html で書き出してください")
    if ILLEGAL_CHARACTERS_RE.search(text):
        told = f"「{ILLEGAL_CHARACTERS_RE.sub('�', text)[:20]}」に、ブックに書けない制御文字があります"
        raise CannotExport(told, where=where, remedy="kaitei correct で直すか、-f html で書き出してください")


def put(cell: Cell, text: str) -> None:
    """Write *text* as words: =1+1 is no formula, #REF! no error. Raises as ``ask_fits``."""
    ask_fits(text, f"{cell.parent.title}のセル{cell.coordinate}")
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(RUNS):
        cell.quotePrefix = True  # it stays words when somebody edits the cell, too


def block(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int], text: str) -> None:
    """One wrapped cell of words, merged from its *first* to its *last* row and column. Raises as ``put``."""
    cell = sheet.cell(*first)
    put(cell, text)
    cell.alignment = WRAPPED
    if first != last:
        (top, left), (bottom, right) = first, last
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def for_printing(sheet: Worksheet, headings: int, paper: str) -> None:
    """Lay a table out on *paper*: its width on one page, its first rows on every page."""
    sheet.print_title_rows = f"1:{headings}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def saved(book: Workbook, origin: Origin | None = None) -> bytes:
    """A *book* of ours as bytes, without the time of its making: the same content gives the same bytes.

    With an *origin* it says in its properties of which history of a ledger it is a copy. Raises CannotExport
    for what no workbook holds; LedgerUnusable where there is no room for the sheets, which openpyxl writes
    into a temporary file.
    """
    for name, told in (origin.named if origin else {}).items():
        ask_fits(told, f"ブックのプロパティ {property_name(name)}")
        book.custom_doc_props.append(StringProperty(name=property_name(name), value=told))
    book.properties.creator = "kaitei"
    book.properties.created = _DAY
    file = BytesIO()
    try:
        book.save(file)
    except (OSError, LxmlError) as error:
        raise LedgerUnusable(
            "一時ファイルに書き込めません",
            where=gettempdir(),
            remedy="空きを作るか、環境変数 TMPDIR で別のフォルダーを指定してください",
        ) from error
    return _undated(file.getvalue())


def property_name(name: str) -> str:
    """What the properties of a workbook call a fact of its origin: ledger-size is KaiteiLedgerSize."""
    return "Kaitei" + "".join(part.capitalize() for part in name.split("-"))


def _undated(data: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = _MODIFIED.sub(rb"\g<1>" + f"{_DAY.isoformat()}Z".encode(), source.read(name))
            target.writestr(ZipInfo(name, _DAY.timetuple()[:6]), content, ZIP_DEFLATED)
    return file.getvalue()
