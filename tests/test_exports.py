"""The document and its table as workbook, CSV, Markdown and HTML: the same content, and no harm in it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook  # type: ignore[import-untyped]

from ledger.errors import CannotExport
from ledger.identity import Identity
from ledger.published import PublishedEdition
from ledger.readers import read, read_workbook
from projections.application import Kaitei as Ledger
from projections.application import import_files
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.documents import Document
from projections.editions import Assessment
from projections.exports import as_csv, as_html, as_markdown
from projections.exports.as_workbook import write_workbook
from projections.exports.change_sheet import write_table
from projections.written import change_cells, change_row, without_doubt, written
from tests.command_line import KASUMINO, Kaitei, one_line, recorded
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))
ITEM = "I/1/②"
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://example.invalid";"見る")',
    "#REF!",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>事務</a>",
    "[事務](javascript:alert(1))",
    "![図](http://example.invalid/x.png)",
    "| 列 | を | 足す |",
    "# 見出し\n- 箇条\n1. 番号\n---",
    "]]></t><f>1+1</f>",
    "&lt;b&gt;そのまま&amp;",
    "`code` *強調* _下線_ ~~消す~~ \\ 終わり",
)


def everything(folder: Path, source: Path) -> tuple[Identity, Assessment]:
    """What a ledger holds that took in one source."""
    url = f"sqlite:///{folder / 'kaitei.db'}"
    list(import_files(url, [source], by="佐藤"))
    with Ledger(url) as kaitei:
        (one,) = kaitei.known()
    return one


def said(edition: PublishedEdition) -> list[object]:
    """What an edition says, wherever it was read."""
    items = [(item.path, item.key, item.kind, item.value) for item in edition.items]
    return [edition.header, edition.table, [replace(row, line=0) for row in edition.rows], items]


# --- the same content comes back --------------------------------------------------------------------


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_a_whole_form_is_read_back_as_it_is(source: Path, tmp_path: Path) -> None:
    _, known = everything(tmp_path, source)
    whole = written(known, document_as_of(known), change_table(known))
    back = read(write_workbook(whole), "written.xlsx")
    there = {item.path for item in back.items}
    lost = [item for item in whole.items if item.path not in there]
    assert all(item.doubt for item in lost)  # on a lost page: it has no file, so the form has no place for it
    assert said(back) == said(replace(whole, items=tuple(i for i in whole.items if i.path in there)))
    assert len(back.unassigned) == any(item.doubt for item in whole.items)


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_a_table_is_read_back_in_every_format(source: Path, tmp_path: Path) -> None:
    identity, known = everything(tmp_path, source)
    rows = change_table(known)
    cells = [list(change_cells(row.change)) for row in rows]
    sheet = read_workbook(write_table([change_row(r.change, n) for n, r in enumerate(rows, 1)]), "table.xlsx")
    assert [[r.date, r.item_text, r.before, r.after, r.timing, r.explanation] for r in sheet.rows] == cells
    assert not sheet.unassigned
    assert [[unguarded(cell) for cell in row] for row in of_csv(as_csv.changes(rows))[1:]] == cells
    assert Page.of(as_html.changes(identity, known.title, rows)).rows[1:] == cells
    assert of_markdown(as_markdown.changes(identity, known.title, rows)).rows[1:] == cells


def of_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def unguarded(cell: str) -> str:
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def of_markdown(text: str) -> Page:
    """A page of Markdown as a site shows it that lets HTML through."""
    return Page.of(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


class Page(HTMLParser):
    """What a browser makes of a page: its elements, their attributes, the rows of its tables."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.rows: list[list[str]] = []
        self.words = ""
        self._cell: list[str] | None = None

    @classmethod
    def of(cls, text: str) -> Page:
        page = cls()
        page.feed(text)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.rows[-1].append("".join(self._cell or ()))
            self._cell = None


# --- what is not certain says so --------------------------------------------------------------------


def test_what_is_not_certain_is_yellow_and_listed(tmp_path: Path) -> None:
    _, known = everything(tmp_path, ROOT / "samples/minatogawa/15_jidou-fuyou.txt")
    whole = written(known, document_as_of(known), change_table(known))
    (doubted,) = (item for item in whole.items if item.doubt)
    book = load_workbook(BytesIO(write_workbook(whole)))
    marked = [cell for sheet in book for row in sheet for cell in row if cell.comment]
    assert [cell.comment.text for cell in marked] == [doubted.doubt]
    assert marked[0].fill.fgColor.rgb == "00FFF2CC"
    listed = [[cell.value for cell in row] for row in book["記載の確かさ"]]
    assert listed[1:] == [[str(doubted.path), doubted.doubt]]
    assert [item.path for item in whole.items if item not in without_doubt(whole).items] == [doubted.path]


# --- texts that would do harm -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Identity, Assessment]:
    """An assessment with a change for each text, which stands in every field that takes words."""
    folder = tmp_path_factory.mktemp("hostile")
    identity, _ = everything(folder, ROOT / KASUMINO)
    with Ledger(f"sqlite:///{folder / 'kaitei.db'}") as kaitei:
        for day, text in enumerate(HOSTILE, start=1):
            words = {"item": ITEM, "after": text, "reason": text, "by": text}
            kaitei.record(identity, on=f"2026-04-{day:02}", timing="事後", **words)
        return identity, kaitei.assessment(identity)


def rows_of(known: Assessment) -> list[list[str]]:
    return [list(change_cells(row.change)) for row in change_table(known)]


def shown(known: Assessment, text: str) -> Document:
    """The document on the day on which the item says *text*."""
    day = next(row.change.day for row in change_table(known) if row.change.after == text)
    return document_as_of(known, day)


def test_hostile_texts_are_only_words_in_a_workbook(hostile: tuple[Identity, Assessment]) -> None:
    _, known = hostile
    rows = change_table(known)
    for data in (
        write_table([change_row(row.change, no) for no, row in enumerate(rows, start=1)]),
        *(write_workbook(written(known, shown(known, text), rows)) for text in HOSTILE[:3]),
    ):
        with ZipFile(BytesIO(data)) as archive:
            sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/s")]
        assert not any("<f>" in sheet or "<f " in sheet or 't="e"' in sheet for sheet in sheets)
        assert not any("<hyperlink" in sheet for sheet in sheets)
        for sheet in load_workbook(BytesIO(data)):
            for cell in (cell for row in sheet for cell in row if cell.value is not None):
                assert cell.data_type == "s"
                assert cell.quotePrefix == cell.value.startswith(("=", "+", "-", "@"))
        sheet = load_workbook(BytesIO(data))["（別添２）変更箇所"]
        texts = [[cell.value or "" for cell in row[1:7]] for row in sheet.iter_rows(min_row=3)]
        assert texts == [list(change_cells(row.change)) for row in rows]


def test_hostile_texts_are_only_words_in_csv(hostile: tuple[Identity, Assessment]) -> None:
    _, known = hostile
    cells = of_csv(as_csv.changes(change_table(known)))[1:]
    assert not any(cell[0] in "=+-@" for row in cells for cell in row if len(cell) > 1)
    assert [[unguarded(cell) for cell in row] for row in cells] == rows_of(known)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_words_on_a_page(hostile: tuple[Identity, Assessment], text: str) -> None:
    identity, known = hostile
    document = shown(known, text)
    items = [item for item in document.items if item.reading.value == text]
    assert items
    harmless = Page.of(as_html.document(identity, document_as_of(known, date(2026, 3, 1)), ()))
    page = Page.of(as_html.document(identity, document, items))
    assert page.elements <= harmless.elements | {"td", "div", "p"}
    assert page.attributes <= harmless.attributes | {"class"}
    assert page.rows[1][1].removesuffix("\n") == text
    table = Page.of(as_html.changes(identity, known.title, change_table(known)))
    assert table.elements <= harmless.elements | {"td"}
    assert table.rows[1:] == rows_of(known)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_words_in_markdown(hostile: tuple[Identity, Assessment], text: str) -> None:
    identity, known = hostile
    document = shown(known, text)
    items = [item for item in document.items if item.reading.value == text]
    page = of_markdown(as_markdown.document(identity, document, items))
    assert page.elements <= {"h1", "h2", "p", "br"}
    assert "".join(text.split()) in "".join(page.words.split())
    table = of_markdown(as_markdown.changes(identity, known.title, change_table(known)))
    assert table.elements <= {"h1", "h2", "table", "thead", "tbody", "tr", "th", "td", "br"}
    assert table.rows[1:] == [[" ".join(cell.split(" ")) for cell in row] for row in rows_of(known)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("長" * 32_768, "32,768文字の記載は1つのセルに入りません（32,767文字まで） — -f html で書き出して"),
        ("鐘\x07が鳴る", "「鐘�が鳴る」に、ブックに書けない制御文字があります — kaitei correct で直すか"),
    ],
)
def test_what_no_cell_holds_is_refused(tmp_path: Path, text: str, told: str) -> None:
    _, known = everything(tmp_path, ROOT / KASUMINO)
    row = replace(change_row(change_table(known)[0].change, 1), after=text)
    with pytest.raises(CannotExport) as refused:
        write_table([row])
    assert "（別添２）変更箇所のセルE3: " in str(refused.value)
    assert told in str(refused.value)


# --- on the command line ----------------------------------------------------------------------------


def test_a_file_is_written_once_and_never_over(ledger: Kaitei, folder: Path) -> None:
    said = ledger("changes", "7", "-f", "xlsx", "--out", "table.xlsx")
    written_bytes = (folder / "table.xlsx").read_bytes()
    assert (said.status, said.err) == (0, "")
    assert said.out == f"table.xlsx: {len(written_bytes):,}バイトを書き出しました\n"
    assert len(read_workbook(written_bytes, "table.xlsx").rows) == 28
    assert one_line(ledger("show", "7", "-f", "xlsx", "--out", "table.xlsx")) == (
        "table.xlsx: すでにあります — 別の名前を指定してください"
    )
    assert (folder / "table.xlsx").read_bytes() == written_bytes


def test_the_whole_form_comes_as_a_workbook(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger)
    assert ledger("show", "7", "-f", "xlsx", "--out", "whole.xlsx").status == 0
    whole = read((folder / "whole.xlsx").read_bytes(), "whole.xlsx")
    assert [row.date for row in whole.rows[-1:]] == ["令和8年4月1日"]
    assert ledger("show", "7", "--as-of", "2026-03-31", "-f", "xlsx", "--out", "before.xlsx").status == 0
    before = read((folder / "before.xlsx").read_bytes(), "before.xlsx")
    assert before.rows == whole.rows[:-1]
    (changed,) = (
        one.path for one, two in zip(before.items, whole.items, strict=True) if one.value != two.value
    )
    assert str(changed) == "II/4/委託事項1/③委託先名"


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_a_file_holds_what_is_printed(ledger: Kaitei, folder: Path, form: str) -> None:
    printed = ledger("changes", "7", "-f", form).out
    assert ledger("changes", "7", "-f", form, "--out", "table").status == 0
    assert (folder / "table").read_bytes().decode().rstrip("\n") == printed.replace("\r\n", "\r\n").rstrip(
        "\n"
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("changes", "7", "--out", "x"), "--out x: ファイルに書き出す形式が決まりません — -f で形式を指定"),
        (("show", "7", "--out", "x"), "--out x: ファイルに書き出す形式が決まりません — -f で形式を指定"),
        (("show", "7", "-f", "xlsx", "--item", "I/1"), "--item: ブックには文書の全体を書き出します"),
        (("changes", "7", "--into", "a.xlsx", "--out", "x"), "--out x: ファイルに書き出す形式が決まりません"),
        (("changes", "7", "-f", "md", "--into", "a.xlsx"), "-f md: ブックに加えられない形式です"),
        (
            ("changes", "7", "-f", "xlsx", "--into", "a.xlsx"),
            "--into a.xlsx: 書き出す先がありません（もとのブックは上書きしません）",
        ),
    ],
)
def test_wrong_use_is_told(ledger: Kaitei, folder: Path, command: tuple[str, ...], told: str) -> None:
    assert one_line(ledger(*command)).startswith(told)
    assert not (folder / "x").exists()
