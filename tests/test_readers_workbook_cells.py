"""What a cell prints: days and numbers by their formats, formulas, rich text; what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel  # type: ignore[import-untyped]

from ledger.errors import UnreadableSource
from ledger.readers import read, workbook
from ledger.readers.workbook import number_formats
from tests.workbook_files import NAME, TITLE, cells, packed, rewritten, told

SHEET = "xl/worksheets/sheet1.xml"

# --- number formats ---------------------------------------------------------------------------------

ERA = 'ggge"年"m"月"d"日"'
REIWA = f'[<43586][$-411]{ERA};[>=43831][$-411]{ERA};"令和元年"m"月"d"日"'
DAYS = [
    pytest.param("2024-10-01", f"[$-411]{ERA}", "令和6年10月1日", id="the era, as the form prints it"),
    pytest.param("2024-10-01", f"[$-411]{ERA};@", "令和6年10月1日", id="with a part for words"),
    pytest.param("2019-05-01", f"[$-411]{ERA}", "令和1年5月1日", id="year one in figures"),
    pytest.param("2019-05-01", f"[$-ja-JP-x-gannen]{ERA}", "令和元年5月1日", id="gannen"),
    pytest.param(
        "2024-10-01", f"[$-ja-JP-x-gannen,80]{ERA};@", "令和6年10月1日", id="gannen with a calendar"
    ),
    pytest.param("2019-04-30", f"[$-411]{ERA}", "平成31年4月30日", id="the last day of Heisei"),
    pytest.param("1989-01-07", "[$-411]ge.m.d", "S64.1.7", id="the letter of an era"),
    pytest.param("2024-04-01", "[$-411]gg ee.mm.dd", "令 06.04.01", id="the short era, two figures"),
    pytest.param("2019-04-30", REIWA, "平成31年4月30日", id="a format with conditions, before 令和"),
    pytest.param("2019-06-03", REIWA, "令和元年6月3日", id="a format with conditions, in year one"),
    pytest.param("2024-06-03", REIWA, "令和6年6月3日", id="a format with conditions, later"),
    pytest.param("2024-10-01", "yyyy/m/d", "2024/10/1", id="slashes"),
    pytest.param("2024-04-01", "yyyy\\-mm\\-dd;@", "2024-04-01", id="escaped hyphens"),
    pytest.param("2024-10-01", 'yyyy"年"m"月"d"日"(aaa)', "2024年10月1日(火)", id="the day of the week"),
    pytest.param("2024-10-01", "yy.m.d aaaa", "24.10.1 火曜日", id="the day of the week in full"),
    pytest.param("2024-10-01 13:05", "yyyy/m/d h:mm AM/PM", "2024/10/1 1:05 PM", id="with a time"),
    pytest.param("2024-10-01 13:05:09", "m/d hh:mm:ss", "10/1 13:05:09", id="with seconds"),
    pytest.param(
        "2024-10-01", "d-mmm-yy", "令和6年10月1日", id="a month in English: as the form prints days"
    ),
    pytest.param("2024-10-01", "[$-F800]dddd, mmmm dd, yyyy", "令和6年10月1日", id="a day in English"),
    pytest.param("2024-10-01", "General", "45566", id="no format: nobody says that it is a day"),
]


@pytest.mark.parametrize(("day", "code", "words"), DAYS)
def test_a_day_is_printed_by_the_format_of_its_cell(day: str, code: str, words: str) -> None:
    value = to_excel(datetime.fromisoformat(day))
    assert number_formats.printed(value, code, WINDOWS_EPOCH) == words


NUMBERS = [
    pytest.param(3.0, "General", "3", id="3 and not 3.0"),
    pytest.param(0.1, "General", "0.1", id="a fraction in full"),
    pytest.param(1e20, "General", "100000000000000000000", id="no exponent"),
    pytest.param(3, '0"件"', "3件", id="a unit"),
    pytest.param(3, '"（"0"）件"', "（3）件", id="brackets and a unit"),
    pytest.param(1234.5, "#,##0", "1,235", id="thousands, rounded half up"),
    pytest.param(0.5, "0%", "50%", id="per cent"),
    pytest.param(2.3, "0.0#", "2.3", id="a decimal that need not stand"),
    pytest.param(7, "00", "07", id="leading zeros"),
    pytest.param(-3, "0", "-3", id="below zero"),
    pytest.param(-3, '0;"△"0', "△3", id="below zero with a sign of its own"),
    pytest.param(0, '0;0;"－"', "－", id="nothing"),
    pytest.param(5, ";;;", "5", id="hidden by its format"),
    pytest.param(12.5, "0.00E+00", "12.5", id="an exponent: in full"),
    pytest.param(12000, "#,##0,", "12000", id="scaled: in full"),
    pytest.param(0.5, "# ?/?", "0.5", id="a fraction bar: in full"),
    pytest.param(5, "@", "5", id="words"),
    pytest.param(1.5, "[h]:mm", "1.5", id="hours that passed: in full"),
    pytest.param(1e9, "yyyy/m/d", "1000000000", id="more days than any calendar has"),
]


@pytest.mark.parametrize(("value", "code", "words"), NUMBERS)
def test_a_number_is_printed_by_the_format_of_its_cell(value: float, code: str, words: str) -> None:
    assert number_formats.printed(value, code, WINDOWS_EPOCH) == words


BY_NUMBER = [
    pytest.param(14, "2024/10/1", id="14 as Excel in Japanese prints it"),
    pytest.param(31, "2024年10月1日", id="31"),
    pytest.param(57, "R6.10.1", id="57"),
    pytest.param(58, "令和6年10月1日", id="58"),
    pytest.param(1, "45566", id="1, a number"),
    pytest.param(163, "45566", id="one that nobody knows"),
]


@pytest.mark.parametrize(("number", "words"), BY_NUMBER)
def test_formats_that_a_workbook_names_by_number_only(number: int, words: str) -> None:
    data = packed({"Sheet1": cells({"A1": ("yyyy.m", 45566)})})
    styled = rewritten(
        data, "xl/styles.xml", lambda xml: xml.replace(b'<xf numFmtId="164"', b'<xf numFmtId="%d"' % number)
    )
    assert [row.cells for row in workbook.rows(styled, NAME)] == [(words,)]


@pytest.mark.parametrize(
    ("epoch", "value"), [(WINDOWS_EPOCH, 45566), (MAC_EPOCH, 44104)], ids=["1900", "1904"]
)
def test_days_are_counted_from_the_day_0_of_the_workbook(epoch: datetime, value: int) -> None:
    book = Workbook()
    book.epoch = epoch
    book.active["A1"] = date(2024, 10, 1)
    book.active["A1"].number_format = f"[$-411]{ERA}"
    file = io.BytesIO()
    book.save(file)
    assert f"<v>{value}</v>".encode() in zipfile.ZipFile(file).read(SHEET)
    assert [row.cells for row in workbook.rows(file.getvalue(), NAME)] == [("令和6年10月1日",)]


# --- cells ----------------------------------------------------------------------------------------------


def sheet(rows: str, after: str = "") -> bytes:
    """A workbook whose one sheet holds this XML."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>{after}</worksheet>'
    )
    return rewritten(packed({"Sheet1": []}), SHEET, lambda _: xml.encode())


def words(data: bytes) -> str:
    """The words of a workbook that is no assessment, as the reader finds them."""
    return "\n".join(cell for row in workbook.rows(data, NAME) for cell in row.cells)


CELLS = [
    pytest.param('<c r="A1"><f>1+2</f><v>3</v></c>', "3", id="a formula with its value"),
    pytest.param('<c r="A1" t="str"><f>B1</f><v>霞野市</v></c>', "霞野市", id="a formula that gives words"),
    pytest.param('<c r="A1"><f>B1&amp;"件"</f></c>', '=B1&"件"', id="a formula that nobody worked out"),
    pytest.param(
        '<c r="A1"><f>B1</f><v/></c>', "=B1", id="a formula with an empty value, as openpyxl writes"
    ),
    pytest.param('<c r="A1" t="b"><v>1</v></c>', "TRUE", id="a truth value"),
    pytest.param('<c r="A1" t="b"><v>0</v></c>', "FALSE", id="the other"),
    pytest.param('<c r="A1" t="e"><f>B1</f><v>#REF!</v></c>', "#REF!", id="an error"),
    pytest.param(
        '<c r="A1" t="d"><v>2024-10-01</v></c>', "45566", id="a day in ISO notation without a format"
    ),
    pytest.param('<c r="A1" t="inlineStr"><is><t>介護</t></is></c>', "介護", id="words in the cell"),
    pytest.param(
        '<c r="A1" t="inlineStr"><is><r><t>介</t></r><r><rPr><b/></rPr><t>護</t></r></is></c>',
        "介護",
        id="rich text",
    ),
    pytest.param(
        '<c r="A1" t="inlineStr"><is><t>介護</t><rPh sb="0" eb="2"><t>カイゴ</t></rPh></is></c>',
        "介護",
        id="the reading beside words is none of them",
    ),
    pytest.param('<c r="A1" t="str"><v>一_x000D_\n二</v></c>', "一\n二", id="a line end written as a code"),
    pytest.param(
        '<c r="A1" t="str"><v>_x3042_ _x000_</v></c>', "_x3042_ _x000_", id="what is no code of a sign"
    ),
    pytest.param("<c><v>1</v></c><c><v>2</v></c>", "1 2", id="cells that do not say where they stand"),
    pytest.param('<c r="A1"><v>5E-1</v></c>', "0.5", id="a number with an exponent"),
]


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_the_words_of_a_cell(cell: str, text: str) -> None:
    assert words(sheet(f'<row r="1">{cell}</row>')) == text


NOTHING = [
    pytest.param('<c r="A1" s="1"/>', id="a format without a value"),
    pytest.param('<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>', id="a formula that gives nothing"),
    pytest.param('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 　\n</t></is></c>', id="white space"),
    pytest.param('<c r="A1" t="s"/>', id="a string that is not there"),
]


@pytest.mark.parametrize("cell", NOTHING)
def test_cells_that_hold_nothing_leave_nothing(cell: str) -> None:
    assert words(sheet(f'<row r="1">{cell}</row><row r="2"><c r="A2"><v>7</v></c></row>')) == "7"


SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>一_x000D_\r\n二</t></si>'
    '<si><r><t>介</t></r><r><t>護</t></r><rPh sb="0" eb="2"><t>カイゴ</t></rPh></si></sst>'
)


def with_strings(rows: str) -> bytes:
    """A workbook whose cells share strings, as Excel writes them."""
    data = rewritten(sheet(rows), "xl/sharedStrings.xml", lambda _: SHARED.encode())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    return rewritten(data, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", part.encode()))


def test_strings_that_cells_share_are_read() -> None:
    shared = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert words(with_strings(shared)) == "一\n二 介護"


def test_words_in_a_cell_that_a_merged_cell_covers_are_kept() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
    assert words(sheet(rows, merged)) == "1 2"


def test_a_million_formatted_rows_are_no_rows() -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row>'
    rows += "".join(
        f'<row r="{row}" ht="13.5"><c r="XFD{row}" s="0"/></row>' for row in range(1_038_577, 1_048_577)
    )
    (row,) = workbook.rows(sheet(rows), NAME)
    assert (row.cells, row.place) == (("7",), "シート「Sheet1」1行")


SHAPE = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent></xdr:wsDr>"
).format(
    "<xdr:sp><xdr:txBody><a:p><a:r><a:t>事務の</a:t></a:r><a:r><a:t>流れ</a:t></a:r></a:p><a:p/>"
    "<a:p><a:r><a:t>申請</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="../drawings/drawing1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"/></Relationships>'
)


def test_words_in_shapes_are_kept_once() -> None:
    data = rewritten(
        packed({"図": cells({"A1": "甲"})}), "xl/drawings/drawing1.xml", lambda _: SHAPE.encode()
    )
    data = rewritten(data, "xl/worksheets/_rels/sheet1.xml.rels", lambda _: RELATIONS.encode())
    assert words(data) == "甲\n事務の流れ\n申請"


# --- refused ------------------------------------------------------------------------------------------------

WHOLE = packed(
    {"表紙": cells({"A1": TITLE, "A2": "評価書番号", "B2": "評価書名", "A3": 7, "B3": "介護保険"})}
)
BROKEN = "Excel ブックが壊れていて読めません"
REFUSED = [
    pytest.param(packed({"Sheet1": []}), "Excel ブックのセルに文字がありません", id="a blank workbook"),
    pytest.param(
        packed({"Sheet1": cells({"A1:C3": None})}), "文字がありません", id="merged cells without words"
    ),
    pytest.param(rewritten(WHOLE, SHEET, lambda xml: xml[:-40]), BROKEN, id="a sheet that is cut short"),
    pytest.param(rewritten(WHOLE, SHEET, lambda _: b""), BROKEN, id="a blank sheet part"),
    pytest.param(
        with_strings('<row r="1"><c r="A1" t="s"><v>2</v></c></row>'), BROKEN, id="a string that is not there"
    ),
    pytest.param(
        rewritten(WHOLE, SHEET, lambda x: x.replace(b'r="A3"', b'r="3A"')), BROKEN, id="a cell nowhere"
    ),
    pytest.param(rewritten(WHOLE, "xl/workbook.xml", lambda _: b"<a/>"), BROKEN, id="no list of sheets"),
    pytest.param(
        rewritten(WHOLE, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"sheet1", b"sheet9")),
        BROKEN,
        id="a sheet that is not there",
    ),
    pytest.param(
        rewritten(WHOLE, "[Content_Types].xml", lambda xml: xml.replace(b"sheet.main", b"sheet.other")),
        BROKEN,
        id="no workbook among the parts",
    ),
    pytest.param(WHOLE[:1000], BROKEN, id="a file that is cut short"),
]


@pytest.mark.parametrize(("data", "what"), REFUSED)
def test_a_workbook_that_cannot_be_read_is_refused_in_one_line(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource, match=what) as refused:
        workbook.rows(data, NAME)
    assert str(refused.value).startswith(f"{NAME}: ")
    assert "\n" not in str(refused.value)


def test_damaged_styles_of_fonts_and_names_that_lead_nowhere_harm_nothing() -> None:
    data = rewritten(
        WHOLE,
        "xl/styles.xml",
        lambda xml: xml.replace(b"<fonts", b'<fonts broken="yes"').replace(b"<b ", b"<q "),
    )
    data = rewritten(
        data,
        "xl/workbook.xml",
        lambda xml: xml.replace(
            b"<definedNames />",
            b"<definedNames>"
            b'<definedName name="_xlnm.Print_Area" localSheetId="5">#REF!</definedName></definedNames>',
        ),
    )
    assert [row.cells for row in workbook.rows(data, NAME)] == [
        row.cells for row in workbook.rows(WHOLE, NAME)
    ]


def test_a_workbook_is_told_by_its_content_and_not_by_its_name() -> None:
    with pytest.raises(UnreadableSource, match="表紙に評価実施機関名がありません"):
        read(WHOLE, "評価書.pdf")


def test_a_workbook_without_styles_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            if name != "xl/styles.xml":
                target.writestr(name, source.read(name))
    assert [row.cells for row in workbook.rows(file.getvalue(), NAME)] == [
        row.cells for row in workbook.rows(WHOLE, NAME)
    ]


def test_the_hidden_state_of_a_sheet_is_seen() -> None:
    data = packed({"表": cells({"A1": "甲"}), "裏": cells({"A1": "乙"})}, hidden=("裏",))
    assert load_workbook(io.BytesIO(data))["裏"].sheet_state == "hidden"
    assert told({"表": cells({"A1": "甲"}), "裏": cells({"A1": "乙"})}, hidden=("裏",)) == [("甲",), ("乙",)]
