"""PDF as other programs draw it: rules of every kind, turned pages, words at any place."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import CIDFont, UnicodeCIDFont  # type: ignore[import-untyped]

from ledger.readers import pdf
from tests.pdf_files import HEIGHT, NAME, SIZE, TALL, WIDTH, WORDS, XS, YS, Draw, Page, drawn, in_cell, told

# --- what other programs draw ------------------------------------------------------------------------


def lines_piece_by_piece(page: Page) -> None:
    for x0, x1 in ((100, 200), (200, 300)):
        for y0, y1 in ((100, 130), (130, 160)):
            page.box(x0, y0, x1, y1)


def thin_rectangles(page: Page) -> None:
    for x in XS:
        page.box(x, 100, x + 0.48, 160.48, stroke=0, fill=1)
    for y in YS:
        page.box(100, y, 300.48, y + 0.48, stroke=0, fill=1)


def thick_rectangles(page: Page) -> None:
    for x in XS:
        page.box(x - 1.1, 98.9, x + 1.1, 161.1, stroke=0, fill=1)
    for y in YS:
        page.box(98.9, y - 1.1, 301.1, y + 1.1, stroke=0, fill=1)


def mitred_shapes(page: Page) -> None:
    """As a word processor of a free office suite does: every edge a filled shape with slanting ends."""
    for x0, y0, x1, y1 in ((100, 100, 300, 100), (100, 130, 300, 130), (100, 160, 300, 160)):
        path = page.canvas.beginPath()
        path.moveTo(x0, HEIGHT - y0)
        for x, y in ((x1, y1), (x1 - 0.5, y1 + 0.5), (x0 + 0.5, y0 + 0.5)):
            path.lineTo(x, HEIGHT - y)
        path.close()
        page.canvas.drawPath(path, stroke=0, fill=1)
    for x in XS:
        page.line(x, 100, x, 160)


def dashes(page: Page) -> None:
    page.canvas.setDash(2, 2)
    page.grid(XS, YS)


def dots(page: Page) -> None:
    for x in XS:
        for n in range(31):
            page.box(x, 100 + 2 * n, x + 0.8, 100.6 + 2 * n, stroke=0, fill=1)
    for y in YS:
        for n in range(101):
            page.box(100 + 2 * n, y, 100.8 + 2 * n, y + 0.6, stroke=0, fill=1)


def double_lines(page: Page) -> None:
    page.grid(XS, YS)
    page.grid([x + 1.5 for x in XS], [y + 1.5 for y in YS])


def no_outer_lines(page: Page) -> None:
    page.line(200, 100, 200, 160)
    page.line(100, 130, 300, 130)


def no_lines_at_the_sides(page: Page) -> None:
    page.line(200, 100, 200, 160)
    for y in YS:
        page.line(100, y, 300, y)


def lines_that_stand_out(page: Page) -> None:
    page.grid(XS, YS)
    for x in XS:
        page.line(x, 96, x, 165)


def shaded_cells(page: Page) -> None:
    page.canvas.setFillGray(0.8)
    page.box(100, 100, 200, 160, stroke=0, fill=1)
    page.canvas.setFillGray(0)
    page.grid(XS, YS)


def shades_that_are_no_cells(page: Page) -> None:
    """A background in the middle of cells has edges, but they part nothing."""
    page.canvas.setFillGray(0.9)
    page.box(120, 105, 280, 112, stroke=0, fill=1)
    page.canvas.setFillGray(0)
    page.grid(XS, YS)


def white_lines_in_the_cells(page: Page) -> None:
    page.grid(XS, YS)
    page.canvas.setStrokeGray(1)
    page.line(108, 100, 108, 160)
    page.canvas.setFillGray(1)
    page.box(210, 100, 210.5, 160, stroke=0, fill=1)
    page.canvas.setFillGray(0)


def words_underlined(page: Page) -> None:
    page.grid(XS, YS)
    page.line(103, 114, 112, 114)


def a_tick_box_in_a_cell(page: Page) -> None:
    page.grid(XS, YS)
    page.box(180, 104, 190, 114)


def a_frame_around_the_page(page: Page) -> None:
    page.box(20, 20, 575, 822)
    page.grid(XS, YS)


def a_white_page_underneath(page: Page) -> None:
    page.canvas.setFillGray(1)
    page.box(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    page.canvas.setFillGray(0)
    page.grid(XS, YS)


def a_table_within_a_cell(page: Page) -> None:
    page.grid(XS, YS)
    page.grid((240, 270, 295), (138, 148, 158))


RULINGS = [
    lines_piece_by_piece,
    thin_rectangles,
    thick_rectangles,
    mitred_shapes,
    dashes,
    dots,
    double_lines,
    no_outer_lines,
    no_lines_at_the_sides,
    lines_that_stand_out,
    shaded_cells,
    shades_that_are_no_cells,
    white_lines_in_the_cells,
    words_underlined,
    a_tick_box_in_a_cell,
    a_frame_around_the_page,
    a_white_page_underneath,
    a_table_within_a_cell,
]


@pytest.mark.parametrize("ruling", RULINGS, ids=lambda ruling: ruling.__name__.replace("_", " "))
def test_a_table_is_one_however_it_is_ruled(ruling: Draw) -> None:
    def page(page: Page) -> None:
        ruling(page)
        page.fill(XS, YS, *TALL)

    assert told(page) == list(TALL)


def test_a_table_or_a_box_within_a_cell_is_part_of_its_text() -> None:
    def page(page: Page) -> None:
        page.grid((100, 200, 500), (100, 200))
        page.words(103, 112, "①部署")
        page.words(203, 112, "次のとおり")
        page.table((210, 300, 400), (120, 140, 160), ("窓口", "市民課"), ("電算", "情報課"))
        page.box(203, 170, 213, 180)
        page.words(205, 178, "✓")
        page.words(220, 178, "公表済み")

    assert told(page) == [("①部署", "次のとおり\n窓口 市民課\n電算 情報課\n✓ 公表済み")]


def test_a_box_in_a_cell_across_the_page_is_no_table() -> None:
    def page(page: Page) -> None:
        page.box(100, 100, 500, 200)
        page.words(110, 112, "次のとおり")
        page.box(110, 130, 120, 140)
        page.words(124, 138, "公表済み")

    assert told(page) == [("次のとおり\n公表済み",)]


def test_a_table_in_a_cell_across_the_form_is_part_of_its_text() -> None:
    def page(page: Page) -> None:
        page.table(
            (100, 500),
            (60, 80, 100, 200, 230, 260),
            ("7. 備考",),
            ("",),
            ("次のとおり",),
            ("8. 監査",),
            ("年1回",),
        )
        page.table((210, 300, 400), (120, 140, 160), ("窓口", "市民課"), ("電算", "情報課"))

    assert told(page) == [("7. 備考",), ("次のとおり\n窓口 市民課\n電算 情報課",), ("8. 監査",), ("年1回",)]


def test_a_frame_around_tables_is_no_cell() -> None:
    def page(page: Page) -> None:
        page.box(50, 50, 545, 400)
        page.line(50, 90, 545, 90)
        page.words(60, 70, "表紙")
        page.table(XS, YS, *TALL)
        page.words(60, 300, "（注）欄外")

    assert told(page) == [("表紙",), *TALL, ("（注）欄外",)]


def test_cells_may_take_several_rows_and_columns() -> None:
    def page(page: Page) -> None:
        for box in ((100, 100, 300, 130), (100, 130, 140, 190), (140, 130, 300, 160), (140, 160, 300, 190)):
            page.box(*box)
        page.fill((100, 140), (100, 130, 160), ("委託事項1",), ("甲", "④有無"), ("", "⑤方法"))

    found = pdf.rows(drawn(page), NAME)
    assert [(row.cells, row.covered) for row in found] == [
        (("委託事項1",), frozenset()),
        (("甲", "④有無"), frozenset()),
        (("", "⑤方法"), frozenset({0})),
    ]
    assert [(row.line, row.place) for row in found] == [
        (1, "1ページ1行"),
        (2, "1ページ2行"),
        (3, "1ページ3行"),
    ]


def test_tables_and_the_lines_between_come_in_their_order() -> None:
    def page(page: Page) -> None:
        page.table(XS, (300, 330), ("丙", "丁"))
        page.words(100, 280, "Ⅱ 特定個人情報ファイルの概要")
        page.table(XS, (100, 130), ("甲", "乙"))
        page.words(100, 400, "（注）欄外")

    assert told(page) == [("甲", "乙"), ("Ⅱ 特定個人情報ファイルの概要",), ("丙", "丁"), ("（注）欄外",)]


def test_a_page_without_rules_is_read_line_by_line() -> None:
    def page(page: Page) -> None:
        page.words(60, 100, "①部署")
        page.words(200, 100, "市民課 窓口係")
        page.words(60, 120, "霞野市は、次のとおり宣言する。")

    assert told(page) == [("①部署", "市民課 窓口係"), ("霞野市は、次のとおり宣言する。",)]


def turned(degrees: int) -> Draw:
    """A page whose content is turned, the page is not."""

    def page(page: Page) -> None:
        page.canvas.translate(WIDTH / 2, HEIGHT / 2)
        page.canvas.rotate(degrees)
        page.canvas.translate(-HEIGHT / 2 if degrees % 180 else -WIDTH / 2, -HEIGHT / 2)
        page.table(XS, YS, *TALL)

    return page


def displayed_turned(degrees: int) -> Draw:
    """A page that is turned where it is shown, and its content with it so that it reads."""

    def page(page: Page) -> None:
        page.canvas.setPageRotation(degrees)
        turned(degrees)(page)

    return page


TURNED = [
    *(pytest.param(turned(degrees), id=f"content by {degrees}") for degrees in (90, 180, 270)),
    *(pytest.param(displayed_turned(degrees), id=f"page by {degrees}") for degrees in (90, 180, 270)),
]


@pytest.mark.parametrize("page", TURNED)
def test_a_turned_page_reads_as_any(page: Draw) -> None:
    assert told(page) == list(TALL)


def test_words_may_be_drawn_by_a_form_that_the_page_calls() -> None:
    def page(page: Page) -> None:
        page.canvas.beginForm("f")
        Page(page.canvas).table(XS, YS, *WORDS)
        page.canvas.endForm()
        page.canvas.doForm("f")

    assert told(page) == list(WORDS)


# --- words in a cell ---------------------------------------------------------------------------------


CELLS = [
    pytest.param(
        ("届出を受け付け、審査の結", "果を通知する。"),
        "届出を受け付け、審査の結果を通知する。",
        id="a full line goes on",
    ),
    pytest.param(
        ("届出を受け付ける。", "審査する。"), "届出を受け付ける。\n審査する。", id="a short one ends"
    ),
    pytest.param(
        ("届出を受け付けて、審査を", "」する"), "届出を受け付けて、審査を」する", id="no line begins with 」"
    ),
    pytest.param(
        ("届出を受け付け、審査", "（書面）する"),
        "届出を受け付け、審査\n（書面）する",
        id="room for two letters",
    ),
    pytest.param(
        ("届出を受け付け、専用", "（LGWAN）で送る"),
        "届出を受け付け、専用（LGWAN）で送る",
        id="a word that did not fit",
    ),
    pytest.param(
        ("Kasumino City Personal", "Information Office"),
        "Kasumino City Personal Information Office",
        id="words of Latin letters",
    ),
    pytest.param(
        ("届出を受け付け、審査する。", "・通知する"),
        "届出を受け付け、審査する。\n・通知する",
        id="a sentence ends before a sign",
    ),
    pytest.param(
        ("①届出", "②受付の後に審査を行うこと", "③通知"),
        "①届出\n②受付の後に審査を行うこと\n③通知",
        id="the signs of a list",
    ),
    pytest.param(
        ("本人確認書類を持参して、", "①の窓口に提出する"),
        "本人確認書類を持参して、①の窓口に提出する",
        id="no sign of a list",
    ),
    pytest.param(
        ("①受付", "本人確認書類を持参して、", "①の窓口に提出する"),
        "①受付\n本人確認書類を持参して、①の窓口に提出する",
        id="a number in the middle of a sentence",
    ),
    pytest.param(
        ("届出を受け付けて審査する", "　その後に通知する"),
        "届出を受け付けて審査する\n　その後に通知する",
        id="an indent",
    ),
    pytest.param(("再", "委", "託"), "再委託", id="one letter under another"),
    pytest.param(("1", "2"), "1\n2", id="figures under one another are a list"),
]


@pytest.mark.parametrize(("lines", "text"), CELLS)
def test_wrapped_lines_go_on_and_others_end(lines: tuple[str, ...], text: str) -> None:
    assert told(in_cell(*lines)) == [(text,)]


def at(*pieces: tuple[float, float, str]) -> Draw:
    """One cell with words at these places from its left upper corner."""

    def page(page: Page) -> None:
        page.box(100, 100, 500, 300)
        for x, y, text in pieces:
            page.words(100 + x, 100 + y, text)

    return page


LETTERS = "届出を受け付ける"
PLACED = [
    pytest.param(at((3, 12, "[ ○"), (40, 12, "]"), (50, 12, "税務")), "[ ○ ] 税務", id="apart"),
    pytest.param(
        at((40, 12, "]"), (20, 12, "○"), (3, 12, "["), (50, 12, "税務")), "[ ○ ] 税務", id="out of order"
    ),
    pytest.param(at((3, 30, "丙丁"), (3, 12, "甲乙")), "甲乙\n丙丁", id="lines out of order"),
    pytest.param(at((3, 12, LETTERS), (3.4, 12, LETTERS)), LETTERS, id="bold by printing twice"),
    pytest.param(at((3, 12, "――"), (21, 12, "いい")), "――いい", id="the same letter beside itself"),
    pytest.param(
        at(*((3 + 20 * n, 12, char) for n, char in enumerate("項目一覧"))), "項目一覧", id="spaced evenly"
    ),
    pytest.param(at((3, 12, "福祉部"), (36, 12, "市民課")), "福祉部 市民課", id="a gap without a space"),
    pytest.param(at((3, 12, "福祉部　市民課")), "福祉部　市民課", id="a full-width space"),
    pytest.param(at((3, 12, "福祉部 "), (40, 12, "市民課")), "福祉部 市民課", id="a gap behind a space"),
    pytest.param(at((3, 12, "Web"), (24.5, 12, "Server")), "Web Server", id="a narrow gap between words"),
    pytest.param(
        at(
            (3, 24, "[ 十分である"),
            (80, 24, "]"),
            (150, 12, "＜選択肢＞"),
            (150, 24, "1) 十分である"),
            (250, 24, "2) 課題が"),
            (150, 36, "3) 未定"),
        ),
        "[ 十分である ]\n＜選択肢＞\n1) 十分である 2) 課題が\n3) 未定",
        id="a choice beside its list",
    ),
    pytest.param(
        at(
            (3, 18, "[ 義務付けられる（任意に"),
            (3, 30, "実施） ]"),
            (180, 12, "＜選択肢＞"),
            (150, 24, "1) 義務付けられる（任意に"),
            (150, 36, "実施）"),
        ),
        "[ 義務付けられる（任意に実施） ]\n＜選択肢＞\n1) 義務付けられる（任意に\n実施）",
        id="a wrapped choice beside a wrapped list",
    ),
    pytest.param(
        at((3, 12, "[ 委託する ] （ 2 ） 件"), (150, 12, "＜選択肢＞"), (150, 24, "1) 委託する")),
        "[ 委託する ] （ 2 ） 件\n＜選択肢＞\n1) 委託する",
        id="a number beside a choice",
    ),
    pytest.param(
        at((3, 12, "[ 定めている ]"), (3, 24, "＜選択肢＞"), (3, 36, "1) 定めている")),
        "[ 定めている ]\n＜選択肢＞\n1) 定めている",
        id="a list under its choice",
    ),
    pytest.param(
        at((3, 12, "⼾籍は市⺠課⻑が⿊で"), (3, 24, "8⽉1⽇")), "戸籍は市民課長が黒で\n8月1日", id="radicals"
    ),
]


@pytest.mark.parametrize(("page", "text"), PLACED)
def test_letters_are_read_by_their_places(page: Draw, text: str) -> None:
    assert told(page) == [(text,)]


def test_white_words_are_words() -> None:
    def page(page: Page) -> None:
        page.canvas.setFillGray(1)
        page.table(XS, YS, *WORDS)

    assert told(page) == list(WORDS)


@pytest.mark.parametrize("apart", [0.0, 0.4])
def test_words_too_long_for_their_cell_stay_in_it(apart: float) -> None:
    """On paper they are clipped; the text layer has them whole, over the cell beside."""

    def page(page: Page) -> None:
        page.grid(XS, YS)
        page.canvas.drawString(103, HEIGHT - 112, "福祉保健部高齢者支援課介護保険係", charSpace=apart)
        page.words(203, 142, "市民課")

    assert told(page) == [("福祉保健部高齢者支援課介護保険係", ""), ("", "市民課")]


def test_words_may_stand_upright_in_a_narrow_cell() -> None:
    """As letters under one another, turned by a quarter, or in vertical writing."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3", isVertical=True))

    def page(page: Page) -> None:
        page.grid((100, 120, 140, 160, 300), (100, 200))
        for n, char in enumerate("再委託"):
            page.words(104, 120 + 12 * n, char)
        page.canvas.saveState()
        page.canvas.translate(133, HEIGHT - 160)
        page.canvas.rotate(90)
        page.canvas.drawString(0, 0, "提供先")
        page.canvas.restoreState()
        page.canvas.setFont("HeiseiMin-W3", SIZE)
        page.canvas.drawString(155, HEIGHT - 110, "移転先")
        page.canvas.drawString(146, HEIGHT - 110, "名称")
        page.words(163, 112, "次の欄はふつうに書く")

    assert told(page) == [("再委託", "提供先", "移転先\n名称", "次の欄はふつうに書く")]


def test_codes_that_are_characters_are_read_as_they_stand() -> None:
    """－ and − are one shape; a font that only names shapes would not tell."""
    pdfmetrics.registerFont(CIDFont("HeiseiMin-W3", "90ms-RKSJ-H"))

    def page(page: Page) -> None:
        page.words(60, 100, "Ⅰ－1～20 − 〜")
        page.canvas.setFont("HeiseiMin-W3-90ms-RKSJ-H", SIZE)
        page.canvas.drawString(60, HEIGHT - 130, "Ⅱ－1～20 髙﨑".encode("cp932").decode("latin-1"))

    assert told(page) == [("Ⅰ－1～20 − 〜",), ("Ⅱ－1～20 髙﨑",)]
