"""New rows for an officer's own workbook: what comes to it, what stays as it was, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.rich_text import CellRichText, TextBlock  # type: ignore[import-untyped]
from openpyxl.cell.text import InlineFont  # type: ignore[import-untyped]
from openpyxl.styles import Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from ledger.readers import read_workbook
from tests.command_line import KASUMINO, Kaitei, one_line, recorded
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

BOOK = ROOT / "samples/kasumino/formats/7_kaigo-hoken.xlsx"
TABLE = "（別添２）変更箇所"
Drawn = Callable[[Workbook, Worksheet], None]
LINED = Border(*(Side(style="medium", color="FF0000FF"),) * 4)


def book(*drawn: Drawn) -> bytes:
    """The sample's workbook as an officer has changed it."""
    opened = load_workbook(BOOK, rich_text=True)
    for each in drawn:
        each(opened, opened[TABLE])
    file = BytesIO()
    opened.save(file)
    return file.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one file inside it changed, or added."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as target:
        inside = parts(data)
        for each, content in {**inside, name: change(inside.get(name, b""))}.items():
            target.writestr(each, content)
    return file.getvalue()


def sheet_part(data: bytes) -> str:
    """The file of the change table inside a workbook."""
    names = load_workbook(BytesIO(data), read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(TABLE) + 1}.xml"


def appended(kaitei: Kaitei, folder: Path, data: bytes) -> Worksheet:
    """The sheet of the table after the new rows have come to it."""
    (folder / "mine.xlsx").write_bytes(data)
    said = kaitei("changes", "7", "-f", "xlsx", "--into", "mine.xlsx", "--out", "new.xlsx")
    assert (said.status, said.err) == (0, ""), said
    assert (folder / "mine.xlsx").read_bytes() == data
    return load_workbook(folder / "new.xlsx", rich_text=True)[TABLE]


def styled(_: Workbook, sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=2):
        for cell in row[1:]:
            cell.font, cell.border = Font(name="ＭＳ 明朝", size=9), LINED
    sheet.column_dimensions["D"].width = 55.5
    sheet.row_dimensions[30].height = 33
    sheet.print_area = "B1:G30"
    sheet["D5"] = CellRichText("太い", TextBlock(InlineFont(b=True), "字"))
    choice = DataValidation(type="list", formula1='"事前,事後"')
    choice.add("F3:F200")
    sheet.add_data_validation(choice)


def look(sheet: Worksheet, row: int) -> list[tuple[object, ...]]:
    """How the cells of a row look."""
    cells = sheet[row][1:7]
    return [(c.font.name, c.font.sz, c.border.left.style, c.fill.fgColor.rgb) for c in cells]


def test_new_rows_look_like_the_old_ones_and_those_stay(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger)
    before = load_workbook(BytesIO(data := book(styled)), rich_text=True)[TABLE]
    after = appended(ledger, folder, data)
    assert after.max_row == before.max_row + 1 == 31
    for row in range(1, 31):
        assert [cell.value for cell in after[row]] == [cell.value for cell in before[row]]
        assert look(after, row) == look(before, row)
    assert [cell.value for cell in after[31][1:7]] == [
        "令和8年4月1日",
        "Ⅱ 特定個人情報ファイルの概要－4. 特定個人情報ファイルの取扱いの委託－委託事項1－③委託先名",
        "株式会社雲海ソフトワークス",
        "株式会社あさぎり情報",
        "事後",
        "入札による委託先の変更",
    ]
    assert look(after, 31) == look(before, 3)
    assert after.column_dimensions["D"].width == 55.5
    assert after.print_area == "'（別添２）変更箇所'!$B$1:$G$31"
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert [str(each.sqref) for each in after.data_validations.dataValidation] == ["F3:F200"]


def test_every_other_part_stays_byte_for_byte(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger)
    data = with_part(book(styled), "customXml/item1.xml", lambda _: "<覚え>課内用</覚え>".encode())
    appended(ledger, folder, data)
    before, after = parts(data), parts((folder / "new.xlsx").read_bytes())
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {sheet_part(data), "xl/workbook.xml"}


def test_the_rows_below_are_filled_as_they_were_prepared(ledger: Kaitei, folder: Path) -> None:
    def prepared(_: Workbook, sheet: Worksheet) -> None:
        for row in (31, 33):
            for column in range(2, 8):
                sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFFFFF99")
                sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
            sheet.row_dimensions[row].height = 12

    recorded(ledger)
    recorded(ledger, item="I/6/①部署", after="福祉部 介護保険課")
    after = appended(ledger, folder, book(prepared))
    assert [after.cell(row, 5).value for row in (31, 32, 33)] == [
        "株式会社あさぎり情報",
        None,
        "福祉部 介護保険課",
    ]
    assert look(after, 33)[0] == (*look(after, 32)[0][:3], "FFFFFF99")
    assert after.row_dimensions[31].height is None  # all of the words are to be seen


def test_cells_merged_sideways_stay_so_in_the_new_rows(ledger: Kaitei, folder: Path) -> None:
    ledger("changes", "7", "-f", "xlsx", "--out", "table.xlsx")
    recorded(ledger)
    table = load_workbook(folder / "table.xlsx")[TABLE]
    wide = Workbook()
    wide.active.title = TABLE
    for number, row in enumerate(table.iter_rows(min_row=2, min_col=2, max_col=7), start=1):
        texts = [cell.value for cell in row]
        wide.active.append([*texts[:3], None, *texts[3:]])
        wide.active.merge_cells(start_row=number, start_column=3, end_row=number, end_column=4)
    file = BytesIO()
    wide.save(file)
    after = appended(ledger, folder, file.getvalue())
    assert "C30:D30" in {str(each) for each in after.merged_cells.ranges}
    assert after["E30"].value == "株式会社あさぎり情報"


def test_texts_that_would_run_stay_words(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger, "--reason", "</t></is></c><c><f>1+1</f></c>", item="I/1/②", after="=1+1")
    recorded(ledger, item="I/6/①部署", after="@SUM(A1)")
    after = appended(ledger, folder, book())
    for row, text in ((31, "=1+1"), (32, "@SUM(A1)")):
        cell = after.cell(row, 5)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
        assert cell.border.left.style == after.cell(30, 5).border.left.style
    assert after["G31"].value == "</t></is></c><c><f>1+1</f></c>"
    assert not after["G31"].quotePrefix


def test_only_what_is_not_there_comes(ledger: Kaitei, folder: Path) -> None:
    ledger("changes", "7", "-f", "xlsx", "--out", "table.xlsx")
    shorter = load_workbook(folder / "table.xlsx")
    shorter[TABLE].delete_rows(29, 2)
    own = ("令和7年12月1日", "Ⅰ－６－①部署", "係", "課", "事後", "手書き")
    for column, text in enumerate(own, start=2):
        shorter[TABLE].cell(29, column).value = text
    shorter.save(folder / "mine.xlsx")
    said = ledger("changes", "7", "-f", "xlsx", "--into", "mine.xlsx", "--out", "new.xlsx")
    assert "mine.xlsx: 行28～29を加えました（2件）" in said.out
    assert "mine.xlsx: 台帳の変更箇所にない行があります（そのまま残しました）: 行27" in said.out
    rows = read_workbook((folder / "new.xlsx").read_bytes(), "new.xlsx").rows
    assert [row.explanation for row in rows].count("手書き") == 1
    assert len(rows) == 29
    (folder / "again.xlsx").write_bytes((folder / "new.xlsx").read_bytes())
    again = ledger("changes", "7", "-f", "xlsx", "--into", "again.xlsx", "--out", "same.xlsx")
    assert "again.xlsx: 加える行はありません" in again.out
    assert (folder / "same.xlsx").read_bytes() == (folder / "new.xlsx").read_bytes()


def test_a_table_without_its_document_grows_too(ledger: Kaitei, folder: Path) -> None:
    ledger("changes", "7", "-f", "xlsx", "--out", "table.xlsx")
    recorded(ledger)
    said = ledger("changes", "7", "-f", "xlsx", "--into", "table.xlsx", "--out", "grown.xlsx")
    assert "table.xlsx: 行29～29を加えました（1件）" in said.out
    ledger("changes", "7", "-f", "xlsx", "--out", "anew.xlsx")
    grown, anew = (read_workbook((folder / f"{n}.xlsx").read_bytes(), n).rows for n in ("grown", "anew"))
    assert grown == anew


def noted(_: Workbook, sheet: Worksheet) -> None:
    sheet["B32"] = "※ 記載の要領は別紙による"
    sheet.merge_cells("B32:G32")


def prefixed(content: bytes) -> bytes:
    return (
        content.replace(b"<sheetData>", b"<x:sheetData>")
        .replace(b"</sheetData>", b"</x:sheetData>")
        .replace(
            b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        )
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            book(noted),
            "mine.xlsx: シート「（別添２）変更箇所」の表の下に記載があります — -f xlsx --out で表だけを",
        ),
        (
            with_part(book(), "_xmlsignatures/sig1.xml", lambda _: b"<Signature/>"),
            "mine.xlsx: 電子署名のあるブックで、追記すると署名が無効になります",
        ),
        (with_part(book(), sheet_part(book()), prefixed), "mine.xlsx: 表計算ソフトの書き方と違うブックです"),
        (
            (ROOT / "samples/minatogawa/formats/15_jidou-fuyou.xlsx").read_bytes(),
            "mine.xlsx(湊川町長/15): 霞野市長/7 のブックではありません",
        ),
        ((ROOT / KASUMINO).read_bytes(), "mine.xlsx: Excel ブックではありません"),
        (b"PK\x03\x04 torn", "mine.xlsx: "),
    ],
    ids=["words below", "signed", "other XML", "other assessment", "no workbook", "torn"],
)
def test_what_would_be_harmed_is_refused(ledger: Kaitei, folder: Path, data: bytes, told: str) -> None:
    recorded(ledger)
    (folder / "mine.xlsx").write_bytes(data)
    said = ledger("changes", "7", "-f", "xlsx", "--into", "mine.xlsx", "--out", "new.xlsx")
    assert one_line(said).startswith(told)
    assert not (folder / "new.xlsx").exists()
    assert (folder / "mine.xlsx").read_bytes() == data


def test_nothing_is_overwritten(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger)
    (folder / "mine.xlsx").write_bytes(data := book())
    said = ledger("changes", "7", "-f", "xlsx", "--into", "mine.xlsx", "--out", "mine.xlsx")
    assert one_line(said) == "mine.xlsx: すでにあります — 別の名前を指定してください"
    assert (folder / "mine.xlsx").read_bytes() == data
