"""PDF with a text layer: the same assessment back from a written one, over its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from random import Random

import pdfplumber
import pytest

from ledger.form import form3, group_number
from ledger.published import Boxes, Fate, ItemKind, PrintedItem, PublishedEdition
from ledger.readers import pdf, read
from ledger.readers.assembling import edition_of
from ledger.readers.headings import is_page_number
from samples.making.as_pdf import Ruling, write_pdf
from samples.making.generating import edition as invented
from tests.conftest import ROOT
from tests.papers import paper, stated
from tests.pdf_files import NAME, WORDS, XS, YS, Draw, Page, blank, drawn, told
from tests.sources import cells

Write = Callable[[PublishedEdition], bytes]

SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))

# --- written and read back ------------------------------------------------------------------------


@cache
def sample(path: Path) -> PublishedEdition:
    return read(path.read_bytes(), path.name)


def is_read_back(edition: PublishedEdition, data: bytes) -> PublishedEdition:
    """What is read from *data*, which has to say the same as *edition*, character by character.

    Of an edition made by hand the paper has headings under which nothing stands.
    """
    rows = pdf.rows(data, NAME)
    found = edition_of(rows, reader=pdf.NAME)
    said = values(found)
    assert {path: said.pop(path) for path in values(edition) if path in said} == values(edition)
    assert not any(value.checked if isinstance(value, Boxes) else value for value, _ in said.values())
    assert [cells(row) for row in found.rows] == [cells(row) for row in edition.rows]
    assert (found.header, found.table, found.form) == (edition.header, edition.table, edition.form)
    assert all(is_page_number(passage.text) for passage in found.unassigned)
    pieces = [piece for piece in found.pieces if not (piece.fate is Fate.UNASSIGNED and piece.target)]
    assert characters(piece.text for piece in pieces) == characters(
        cell for row in rows for cell in row.cells
    )
    assert all(piece.place for piece in pieces)
    return found


def values(edition: PublishedEdition) -> dict[str, tuple[str | Boxes, ItemKind]]:
    return {str(item.path): (item.value, item.kind) for item in edition.items}


def characters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(text.split()) for text in texts))


WAYS = [
    pytest.param(0, partial(write_pdf, merged=True), id="as a spreadsheet prints it, days merged"),
    pytest.param(1, partial(write_pdf, closed=True), id="ruled off at the end of every page"),
    pytest.param(2, partial(write_pdf, ruling=Ruling.THIN_RECTANGLES), id="rules that are rectangles"),
]


@pytest.mark.parametrize(("nth", "written"), WAYS)
def test_a_sample_comes_back_from_its_pdf(nth: int, written: Write) -> None:
    edition = sample(SAMPLES[nth])
    found = is_read_back(edition, written(edition))
    assert {item.path for item in found.items if item.doubt} == {
        item.path for item in edition.items if item.doubt
    }
    assert found.assigned_share >= 0.99


def test_every_letter_of_the_text_layer_is_in_a_row() -> None:
    """Counted by another program, which reads － and − alike; so the number counts."""
    data = write_pdf(paper(*COVER, stated("I/7/他の評価実施機関", MEASURES), rows=CHANGES))
    with pdfplumber.open(BytesIO(data)) as document:
        letters = sum(bool(char["text"].strip()) for page in document.pages for char in page.chars)
    assert letters == sum(len("".join(cell.split())) for row in pdf.rows(data, NAME) for cell in row.cells)


def test_the_same_edition_is_the_same_bytes() -> None:
    edition = paper(rows=2 * CHANGES[:1])
    assert write_pdf(edition) == write_pdf(edition)
    assert write_pdf(edition) != write_pdf(edition, merged=True)


@pytest.mark.parametrize("seed", [33, 39])
def test_whatever_can_be_drawn_comes_back(seed: int) -> None:
    """White space apart: a line that is full where its writer ended it cannot be told from a wrapped one."""
    edition = invented(Random(seed))  # noqa: S311  (no secret)
    found = read(write_pdf(edition, merged=bool(seed % 2), closed=not seed % 2), NAME)
    assert told_values(found) == told_values(edition)
    assert [bare(cells(row)) for row in found.rows] == [bare(cells(row)) for row in edition.rows]
    assert found.table is edition.table
    assert found.reader == pdf.NAME


def told_values(edition: PublishedEdition) -> dict[str, object]:
    return {
        str(item.path): bare(
            (item.value,)
            if isinstance(item.value, str)
            else ("|".join(item.value.checked), "|".join(item.value.unchecked), item.value.other_text)
        )
        for item in edition.items
    }


def bare(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple("".join(text.split()) for text in texts)


FILES = ("介護保険被保険者ファイル", "介護保険受給者ファイル")
ODD = (
    "－",
    "＜霞野市における措置＞\n紙の書類は書庫に納める。\n＜中間サーバー・プラットフォームにおける措置＞\n国が管理する。",
    "・端末を施錠する。\n・鍵を預かる。",
    "1. 受付\n2. 審査\n(1) 書面\n(2) 面談",
    "【照会】別表の100の項 & 「第2条の表」 100% <5件>",
    "~霞野 花子|髙﨑㈱ ①～⑳ – — ― ー 〜 Ⅷ ㋿ ☑ 〃 …",
    "Kasumino City Personal Information Protection Office, Welfare and Health Department, Room 4",
)
CONTRACTS = [
    stated("I/3/特定個人情報ファイル名", FILES[0]),
    stated("II/1/特定個人情報ファイル名", FILES[0]),
    stated("II/4/委託の有無", "委託する"),
    stated("II/4/委託の有無/件", "20"),
    *(stated(f"II/4/委託事項{n}", f"保守の{n}番目") for n in range(1, 21)),
    *(stated(f"II/4/委託事項{n}/③委託先名", ODD[n % len(ODD)]) for n in range(1, 21)),
    *(stated(f"II/4/委託事項{n}/④再委託の有無", "再委託しない") for n in range(1, 21)),
    *(stated(f"II/4/委託事項{n}/⑤再委託の許諾方法", "") for n in range(1, 21)),
    *(stated(f"II/4/委託事項{n}/⑥再委託事項", ODD[-n % len(ODD)]) for n in range(1, 21)),
]
DAY = "令和5年4月3日"
CHANGES = ((DAY, "Ⅰ－6－①部署", "市民課", "高齢者支援課"), ("令和6年10月1日", "Ⅰ－7", "－", "なし"))
COVER = [
    stated("表紙/評価書番号", "7"),
    stated("表紙/評価書名", "介護保険に関する事務"),
    stated("表紙/評価実施機関名", "霞野市長"),
    stated("表紙/公表日", "令和6年10月1日"),
]


def test_twenty_contracts_come_back() -> None:
    edition = paper(*COVER, *CONTRACTS)
    found = is_read_back(edition, write_pdf(edition))
    assert max(group_number(item.key) for item in found.items) == 20


def of_file(path: str, file: str, value: str | Boxes) -> PrintedItem:
    item = stated(path, value)
    return replace(item, path=replace(item.path, file=file))


def test_two_files_come_back() -> None:
    """Each with its name, boxes with words behind them, its own 別添1 in columns, and its measures."""
    option = form3()["II.3.1"].options
    labels = [each.label for each in option]
    items = [
        stated("I/3/特定個人情報ファイル名", "1.介護保険被保険者ファイル\n2.介護保険受給者ファイル"),
        *(
            item
            for n, file in enumerate(FILES)
            for item in (
                of_file("II/1/特定個人情報ファイル名", file, file),
                of_file(
                    "II/3/①入手元",
                    file,
                    Boxes(tuple(labels[: n + 2]), tuple(labels[n + 2 :]), (), "住民本人、" * 9 + str(n)),
                ),
                of_file(
                    "別添1/特定個人情報ファイル記録項目",
                    file,
                    f"№\t記録項目\t備考\n1\t個人番号\t{file}\n2\t氏名\t－",
                ),
            )
        ),
        *(
            item
            for file in FILES
            for item in (
                of_file("III/1/特定個人情報ファイル名", file, file),
                of_file("III/2/リスクに対する措置の内容", file, f"{file}を扱う端末を施錠する。" * 30),
                of_file("III/2/リスクへの対策は十分か", file, "十分である"),
            )
        ),
    ]
    edition = paper(*COVER, *items, rows=CHANGES)
    is_read_back(edition, write_pdf(edition, merged=True))


# --- a row that goes on over the page ---------------------------------------------------------------

MEASURES = "".join(
    f"第{n}の場面では、届出の内容を住民情報と見比べて、{n}日以内に登録する。" for n in range(1, 130)
)
LISTED = "\n".join(f"・第{n}の端末は、{n}番の書庫に納める。" for n in range(1, 120))
BROKEN = [
    pytest.param(write_pdf, id="left open"),
    pytest.param(partial(write_pdf, closed=True), id="ruled off"),
    pytest.param(partial(write_pdf, merged=True), id="beside a merged day"),
]


@pytest.mark.parametrize("written", BROKEN)
def test_a_change_goes_on_over_the_page(written: Write) -> None:
    """The headings come again on every page; a day stands beside the first line of its row only."""
    long = (DAY, "Ⅱ－6－保管場所", LISTED, MEASURES, "事前", "移行" * 200)
    edition = paper(*COVER, rows=(*(3 * [(DAY, "Ⅰ－7", "－", "なし")]), long, *CHANGES))
    is_read_back(edition, written(edition))


@pytest.mark.parametrize("closed", [False, True])
def test_cells_of_the_form_go_on_over_the_page(*, closed: bool) -> None:
    """Beside a label, under a heading, and in a row without an end: over three pages, and with two breaks."""
    edition = paper(
        *COVER,
        stated("I/1/②事務の内容", LISTED + MEASURES + MEASURES),
        stated("I/7/他の評価実施機関", MEASURES),
        stated("V/1/①実施日", DAY),
    )
    is_read_back(edition, write_pdf(edition, closed=closed))


def test_days_merged_over_the_page_hold_for_the_rows_there() -> None:
    """A day without a cell of its own stands for its rows, a blank cell of its own for none."""
    rows = [(DAY, f"Ⅰ－7－{n}", "－", "なし" * 40) for n in range(30)]
    rows += [("", f"Ⅰ－7－{n}", "－", "なし" * 40) for n in range(30, 32)]
    edition = paper(*COVER, rows=tuple(rows))
    is_read_back(edition, write_pdf(edition, merged=True))


def test_a_day_set_in_the_middle_of_its_rows_may_stand_on_the_next_page() -> None:
    """A merged cell is open where the page ends; its words hold for the rows on both pages."""
    xs = (40, 100, 200, 300, 400, 450, 550)
    heads = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "説明")

    def first(page: Page) -> None:
        page.table(xs, (700, 730), heads)
        page.fill(xs, (730,), ("", "Ⅰ－7", "甲", "乙", "事後", "訂正"))
        for x in xs:
            page.line(x, 730, x, 760)
        page.line(100, 760, 550, 760)

    def second(page: Page) -> None:
        page.table(xs, (60, 90), heads)
        page.fill(xs, (90,), (DAY, "Ⅱ－7", "丙", "丁", "事前", "移行"))
        page.grid(xs, (90, 120))

    rows = pdf.rows(drawn(first, second), NAME)
    assert [(row.cells, row.covered) for row in rows] == [
        (heads, frozenset()),
        ((DAY, "Ⅰ－7", "甲", "乙", "事後", "訂正"), frozenset()),
        (heads, frozenset()),
        (("", "Ⅱ－7", "丙", "丁", "事前", "移行"), frozenset({0})),
    ]


def foot(page: Page) -> None:
    page.table(
        (40, 140, 500),
        (700, 740, 790),
        ("①部署", "市民課"),
        ("②事務", "届出を受け付け、\n審査の結果を通知する。"),
    )
    page.words(290, 825, "- 1 -")


def test_a_label_printed_again_takes_no_value_of_its_own() -> None:
    """Where somebody cut a long cell in two by hand, the label stands beside both halves."""

    def head(page: Page) -> None:
        page.table((40, 140, 500), (60, 100, 130), ("②事務", "書類を保管する。"), ("③時期", "随時"))
        page.words(290, 825, "- 2 -")

    assert told(foot, head)[2:] == [
        ("①部署", "市民課"),
        ("②事務", "届出を受け付け、\n審査の結果を通知する。\n書類を保管する。"),
        ("②事務", ""),
        ("③時期", "随時"),
    ]


@pytest.mark.parametrize("between", [[], [blank]], ids=["the next page", "a page after a blank one"])
def test_what_follows_without_a_label_goes_on_with_the_row_above(between: list[Draw]) -> None:
    def head(page: Page) -> None:
        page.table((40, 140, 500), (60, 100, 130), ("", "書類を保管する。"), ("③時期", "随時"))

    assert told(foot, *between, head)[1:] == [
        ("①部署", "市民課"),
        ("②事務", "届出を受け付け、\n審査の結果を通知する。\n書類を保管する。"),
        ("③時期", "随時"),
    ]


def test_what_follows_goes_on_with_the_last_row_and_no_end_of_a_rule() -> None:
    def stands_out(page: Page) -> None:
        foot(page)
        for x in (40, 140, 500):
            page.line(x, 790, x, 797)

    def head(page: Page) -> None:
        page.table((40, 140, 500), (60, 100), ("", "書類を保管する。"))

    assert told(stands_out, head)[2:] == [
        ("②事務", "届出を受け付け、\n審査の結果を通知する。\n書類を保管する。")
    ]


def unruled_at_its_foot(page: Page) -> None:
    """The last rule of the table was forgotten."""
    for x in (40, 140, 500):
        page.line(x, 700, x, 740)
    page.line(40, 700, 500, 700)
    page.fill((40, 140), (700,), ("①部署", "市民課"))


def test_a_table_whose_last_rule_is_missing_need_not_go_on() -> None:
    def head(page: Page) -> None:
        page.table((40, 140, 500), (60, 100), ("②事務", "書類を保管する。"))

    assert told(unruled_at_its_foot, head) == [("①部署", "市民課"), ("②事務", "書類を保管する。")]


def test_tables_without_outer_rules_need_not_go_on() -> None:
    def inner_rules_only(page: Page) -> None:
        page.line(140, 60, 140, 160)
        page.line(40, 110, 500, 110)
        page.fill((40, 140), (60, 110), ("①部署", "市民課\n窓口係"), ("②事務", "書類を\n保管する。"))

    row = [("①部署", "市民課\n窓口係"), ("②事務", "書類を\n保管する。")]
    assert told(inner_rules_only, inner_rules_only) == [*row, *row]


def test_a_full_line_at_the_foot_does_not_swallow_a_heading() -> None:
    """Where every page is ruled off, only the words tell; here they are those of the form."""

    def value(page: Page) -> None:
        page.table((40, 157), (740, 790), ("書類を施錠した書庫に保管",))

    def head(page: Page) -> None:
        page.table((40, 157), (60, 100, 130), ("8. 監査",), ("する",))

    def rest(page: Page) -> None:
        page.table((40, 157), (60, 100, 130), ("する。",), ("8. 監査",))

    assert told(value, head) == [("書類を施錠した書庫に保管",), ("8. 監査",), ("する",)]
    assert told(value, rest) == [("書類を施錠した書庫に保管する。",), ("8. 監査",)]


def test_a_cell_that_is_open_goes_on_whatever_its_words_are() -> None:
    """Over three pages of full lines, every one a sentence."""
    sentences = ("い" * 55 + "。") * 150
    edition = paper(*COVER, stated("I/7/他の評価実施機関", sentences))
    is_read_back(edition, write_pdf(edition))


def test_a_table_of_other_columns_does_not_go_on() -> None:
    def head(page: Page) -> None:
        page.table((40, 240, 500), (60, 100), ("", "書類を保管する。"))

    assert told(foot, head)[2:] == [
        ("②事務", "届出を受け付け、\n審査の結果を通知する。"),
        ("", "書類を保管する。"),
    ]


# --- the margins -------------------------------------------------------------------------------------


def numbered(number: str, *, place: float = 825, head: str = "") -> Draw:
    def page(page: Page) -> None:
        page.words(60, 40, head)
        page.table(XS, YS, *WORDS)
        page.words(290, place, number)

    return page


NUMBERS = ["- {} -", "{}", "{}/3", "{}ページ", "P.{}", "第{}頁", "霞野市 7-{}"]


@pytest.mark.parametrize("number", NUMBERS)
def test_page_numbers_and_running_heads_come_before_everything(number: str) -> None:
    """So that they part nothing that goes on over the page."""
    pages = [numbered(number.format(n), head="霞野市 介護保険に関する事務") for n in (1, 2, 3)]
    found = pdf.rows(drawn(*pages), NAME)
    margin = [(row.text, row.place) for row in found if row.place.endswith("欄外")]
    assert margin == [
        (number.format(1), "1ページの欄外"),
        ("霞野市 介護保険に関する事務", "2ページの欄外"),
        (number.format(2), "2ページの欄外"),
        ("霞野市 介護保険に関する事務", "3ページの欄外"),
        (number.format(3), "3ページの欄外"),
    ]
    assert [row.cells for row in found[5:]] == [("霞野市 介護保険に関する事務",), *WORDS, *WORDS, *WORDS]


def test_a_number_in_the_middle_of_a_page_is_no_page_number() -> None:
    assert told(numbered("7", place=400)) == [*WORDS, ("7",)]


def test_the_heading_of_a_section_recurs_with_every_file() -> None:
    pages = [numbered("", head="Ⅲ リスク対策") if n % 2 else numbered("") for n in range(1, 6)]
    assert [row for row in told(*pages) if row == ("Ⅲ リスク対策",)] == 3 * [("Ⅲ リスク対策",)]


def test_a_heading_that_every_page_repeats_opens_one_section() -> None:
    """A spreadsheet repeats rows at the head of each page; a list goes on under them."""
    annex = stated(
        "別添1/特定個人情報ファイル記録項目", "1\t個人番号\n2\t氏名\n3\t住所\n4\t性別\n5\t備考\n6\t世帯"
    )
    listed = str(annex.value).split("\n")

    def page(first: int) -> Draw:
        def draw(page: Page) -> None:
            page.words(60, 40, "（別添１）特定個人情報ファイル記録項目")
            rows = [line.split("\t") for line in listed[first : first + 2]]
            page.table(XS, YS, *rows)

        return draw

    def cover(page: Page) -> None:
        page.words(60, 60, "特定個人情報保護評価書（重点項目評価書）")
        page.table(XS, YS, ("評価書番号", "評価書名"), ("7", "介護保険"))
        page.table(XS, (200, 230, 260), ("評価実施機関名", "霞野市長"), ("公表日", "令和6年10月1日"))

    found = read(drawn(cover, page(0), page(2), page(4)), NAME)
    assert [item.value for item in found.items if item.key == "annex1"] == [annex.value]
