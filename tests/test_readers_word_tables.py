"""Word documents: the rows of their tables, and what stands beside the text."""

from __future__ import annotations

import pytest

from ledger.readers import word
from tests.word_files import (
    NAME,
    field,
    margin,
    note,
    p,
    packed,
    referred,
    run,
    sdt,
    symbol,
    t,
    tbl,
    tc,
    text_box,
    tick_box,
    told,
    tr,
)

# --- tables -------------------------------------------------------------------------------------------


def place_of(body: str) -> list[str]:
    return [row.place for row in word.rows(packed(body), NAME)]


def covered(body: str) -> list[set[int]]:
    return [set(row.covered) for row in word.rows(packed(body), NAME)]


HIDDEN = run("<w:t>記入例</w:t>", "<w:vanish/>")
TABLES = [
    pytest.param(tbl(("①部署", "市民課")), [("①部署", "市民課")], id="a row"),
    pytest.param(
        tbl(tr(tc("1. 事務", span=2)), ("①部署", "市民課")),
        [("1. 事務",), ("①部署", "市民課")],
        id="a heading over both columns",
    ),
    pytest.param(
        tbl(tr(tc("・書面", "・面談"), tc("甲\t乙\n丙"))),
        [("・書面\n・面談", "甲 乙\n丙")],
        id="paragraphs are lines, a tab is a space",
    ),
    pytest.param(tbl(tr(tc("", "本文", "", "続き", ""))), [("本文\n\n続き",)], id="blank lines inside stay"),
    pytest.param(
        tbl(tr(tc("再委託", down="restart"), "④有無"), tr(tc("", down="continue"), "⑤方法")),
        [("再委託", "④有無"), ("", "⑤方法")],
        id="a label merged downwards",
    ),
    pytest.param(
        tbl(tr(tc("甲", down="restart"), "1"), tr(tc("隠れた語", down="continue"), "2")),
        [("甲", "1"), ("", "2")],
        id="words below a merge are not printed",
    ),
    pytest.param(
        tbl(tr(tc("甲", down="continue"), "1")),
        [("甲", "1")],
        id="a merge without its beginning covers nothing",
    ),
    pytest.param(
        tbl(tr(tc("甲", down="restart"), "1"), tr("乙", "2"), tr(tc("丙", down="continue"), "3")),
        [("甲", "1"), ("乙", "2"), ("丙", "3")],
        id="nor does one that was broken off",
    ),
    pytest.param(
        tbl(tr(tc("甲", properties='<w:hMerge w:val="restart"/>'), tc("", properties="<w:hMerge/>"), "乙")),
        [("甲", "乙")],
        id="a merge across of an old kind",
    ),
    pytest.param(
        tbl(tr("甲", sdt(tc("乙")))) + sdt(tbl(sdt(tr("丙", tc(sdt(p("丁"))))))),
        [("甲", "乙"), ("丙", "丁")],
        id="controls around cells, rows, tables and paragraphs",
    ),
    pytest.param(
        tbl(tr("②事務の内容", tc("次のとおり", tbl(("受付", "窓口"), ("審査", "本庁")), "以上"))),
        [("②事務の内容", "次のとおり\n受付 窓口\n審査 本庁\n以上")],
        id="a table inside a value",
    ),
    pytest.param(
        tbl(tr("②事務の内容", tc(tbl(("受付の窓口",), ("審査の窓口",))))),
        [("②事務の内容", "受付の窓口\n審査の窓口")],
        id="a frame inside a value",
    ),
    pytest.param(
        tbl(tr(tc("1. 事務", tbl(("①名称", "介護"), ("②内容", "給付")), "2. システム"))),
        [("1. 事務",), ("①名称", "介護"), ("②内容", "給付"), ("2. システム",)],
        id="a frame around tables",
    ),
    pytest.param(
        tbl(tr("④使用の主体", tc(tbl(("使用部署", "市民課"), ("使用者数", "10人未満"))))),
        [("④使用の主体", "使用部署", "市民課"), ("", "使用者数", "10人未満")],
        id="a table to the right of a label",
    ),
    pytest.param(
        tbl(tr(" ", tc(tbl(("使用部署", "市民課"))))),
        [("使用部署", "市民課")],
        id="a table that a cell of white space indents",
    ),
    pytest.param(
        tbl(tr(" ", tc(p("前"), tbl(("甲", "乙"))))),
        [("前",), ("甲", "乙")],
        id="words and a table beside white space",
    ),
    pytest.param(
        tbl(tr(tc(p(symbol("Wingdings", "F0FE"))), tc(p("前"), tbl(("甲", "乙"))))),
        [("☑", "前\n甲 乙")],
        id="words and a table beside a symbol",
    ),
    pytest.param(
        tbl(tr("①部署", tc(tbl(("使用部署", "市民課")), tbl(("使用者数",))))),
        [("①部署", "使用部署 市民課\n使用者数")],
        id="a table and a frame in a value",
    ),
    pytest.param(
        tbl(tr(tc(p(tick_box("1"))), "紙", tc(tbl(("媒体", "様式"))))),
        [("[○]", "紙", "媒体", "様式")],
        id="a table to the right of a tick box",
    ),
    pytest.param(
        tbl(
            tr(tc("①部署", down="restart"), "市民課"),
            tr(tc("隠れた語", down="continue"), tc(p("前"), tbl(("甲", "乙")))),
        ),
        [("①部署", "市民課"), ("前",), ("甲", "乙")],
        id="a table below a label merged downwards",
    ),
    pytest.param(
        tbl(tr("①部署", tc(tbl(tr(tc(p(HIDDEN)), tc(p(HIDDEN))))))),
        [("①部署", "", "")],
        id="a table of hidden words: the label is not lost",
    ),
    pytest.param(
        tbl(tr("①部署", tc(p(), tbl(tr(sdt("<w:tc/>"), "<w:tc></w:tc>"))))),
        [("①部署", "")],
        id="a hollow table beside a label",
    ),
    pytest.param(
        tbl(tr("", tc(tbl(("使用部署", "市民課"))))),
        [("使用部署", "市民課")],
        id="a table that a blank cell indents",
    ),
    pytest.param(
        tbl(tr("甲", tc(tbl(tr(tc(tbl(("乙", "丙")))))))),
        [("甲", "乙 丙")],
        id="a table in a frame in a cell",
    ),
    pytest.param(tbl(("", ""), ("甲", "")), [("甲", "")], id="blank rows are no rows"),
    pytest.param(
        tbl(tr("甲", properties='<w:gridBefore w:val="1"/>'), grid=(100, 100)),
        [("甲",)],
        id="a row that begins further right",
    ),
]


@pytest.mark.parametrize(("body", "rows"), TABLES)
def test_a_table_gives_its_rows(body: str, rows: list[tuple[str, ...]]) -> None:
    assert told(body) == rows


def test_of_blocks_for_several_programs_one_is_read() -> None:
    old, new = f"<mc:Fallback>{p('旧')}</mc:Fallback>", f"<mc:Choice>{p('新')}</mc:Choice>"
    several = (f"{new}{old}", f"<mc:Choice>{p()}</mc:Choice>{old}", "")
    body = "".join(f"<mc:AlternateContent>{content}</mc:AlternateContent>" for content in several)
    assert told(body) == [("新",), ("旧",)]


def test_a_row_says_where_it_stands() -> None:
    frame = tbl(tr(tc("枠", tbl(("甲", "乙")))))
    body = p("表題") + p() + tbl(("", ""), ("①部署", "市民課")) + p("注") + frame + tbl(("丙",))
    assert place_of(body) == ["段落1", "表1の2行", "段落3", "段落4", "表3の1行", "表4の1行"]
    assert [row.line for row in word.rows(packed(body), NAME)] == [1, 2, 3, 4, 5, 6]


def test_cells_that_a_merge_covers_are_told() -> None:
    inner = tbl(tr(tc("甲", down="restart"), "1"), tr(tc("", down="continue"), "2"))
    body = tbl(tr(tc("再委託", down="restart"), "④"), tr(tc("", down="continue"), "⑤")) + tbl(
        tr("主体", tc(inner))
    )
    assert covered(body) == [set(), {0}, set(), {0, 1}]


# --- beside the text ------------------------------------------------------------------------------------

WORD_ART = '<w:r><w:pict><v:shape><v:textpath string="公表用"/></v:shape></w:pict></w:r>'
ASIDES = [
    pytest.param(
        p("甲", text_box(p("[令和7年5月 様式3]"))), [("甲",), ("[令和7年5月 様式3]",)], id="a text box, once"
    ),
    pytest.param(
        p(text_box(p("表題"), tbl(("甲", "乙")))), [("表題",), ("甲", "乙")], id="a text box with a table"
    ),
    pytest.param(p(text_box(p("外", text_box(p("内"))))), [("外",), ("内",)], id="a text box in a text box"),
    pytest.param(
        tbl(tr("①名称", tc(p(text_box(p("介護"), p("保険")))))),
        [("①名称", "介護\n保険")],
        id="a text box over a blank cell",
    ),
    pytest.param(
        tbl(tr("①名称", tc(p("介護", text_box(p("※注")))))),
        [("①名称", "介護"), ("※注",)],
        id="a text box beside the words of a cell",
    ),
    pytest.param(
        p("番号法", referred(), "による"), [("番号法による",), ("番号利用法をいう。",)], id="a footnote"
    ),
    pytest.param(
        tbl(tr("根拠", tc(p("番号法", referred())))),
        [("根拠", "番号法"), ("番号利用法をいう。",)],
        id="a footnote in a cell",
    ),
    pytest.param(p("番号法", referred(7)), [("番号法",)], id="a footnote that is not there"),
    pytest.param(p("甲", WORD_ART), [("甲",), ("公表用",)], id="飾り文字"),
    pytest.param(
        p('<w:r><w:drawing><dgm:relIds r:dm="rId9"/></w:drawing></w:r>', "甲"),
        [("〓甲",)],
        id="a diagram: not to be read",
    ),
    pytest.param(
        p(
            run(
                "<mc:AlternateContent><mc:Choice><w:drawing><dgm:relIds/></w:drawing></mc:Choice>"
                "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent><mc:AlternateContent/>"
            ),
            "甲",
        ),
        [("〓甲",)],
        id="a diagram for new programs, a picture for old ones",
    ),
    pytest.param(p("甲", "<w:r><w:drawing/></w:r>"), [("甲",)], id="a picture"),
]


@pytest.mark.parametrize(("body", "rows"), ASIDES)
def test_what_stands_beside_the_text_is_not_lost(body: str, rows: list[tuple[str, ...]]) -> None:
    assert told(body, footnotes=note("番号利用法をいう。")) == rows


def test_what_stands_beside_the_text_says_where() -> None:
    body = p("甲", referred(1, "end")) + tbl(tr(tc(p("乙", text_box(p("丙"))))))
    found = word.rows(packed(body, endnotes=note("注", 1, "end")), NAME)
    assert [row.place for row in found] == [
        "段落1",
        "段落1の文末脚注",
        "表1の1行",
        "表1の1行のテキストボックス",
    ]


BODY = p("特定個人情報保護評価書") + tbl(("霞野市長", "介護保険に関する事務"))
MARGINS = [
    pytest.param(p(field("PAGE", t("3"))), [], id="the number of a page"),
    pytest.param(p("- ", field("PAGE", t("3")), " -"), [], id="between dashes"),
    pytest.param(p("3 / 12 ページ"), [], id="typed, with the number of pages"),
    pytest.param(
        p("霞野市長\t介護保険に関する事務\t", field("PAGE", t("3"))),
        [],
        id="what the body says, and a number",
    ),
    pytest.param(p("霞野市長　特定個人情報 保護評価書"), [], id="what the body says, spaced otherwise"),
    pytest.param(p("[令和7年5月 様式3]"), [("[令和7年5月 様式3]",)], id="what the body does not say"),
    pytest.param(p("霞野市長　案"), [("霞野市長　案",)], id="one word that the body does not say"),
    pytest.param(tbl(("第2版", "霞野市長")), [("第2版 霞野市長",)], id="a table"),
    pytest.param(p(WORD_ART), [("公表用",)], id="a watermark"),
    pytest.param(p(text_box(p("部外秘"))), [("部外秘",)], id="a text box"),
    pytest.param(p(), [], id="nothing"),
]


@pytest.mark.parametrize("kind", ["header", "footer"])
@pytest.mark.parametrize(("content", "rows"), MARGINS)
def test_headers_and_footers_give_what_the_body_does_not_say(
    kind: str, content: str, rows: list[tuple[str, ...]]
) -> None:
    found = word.rows(packed(BODY + margin(kind), margins=[(kind, content)]), NAME)
    assert [row.cells for row in found] == [
        *rows,
        ("特定個人情報保護評価書",),
        ("霞野市長", "介護保険に関する事務"),
    ]
    assert [row.place for row in found][: len(rows)] == [
        {"header": "ヘッダー", "footer": "フッター"}[kind]
    ] * len(rows)


PRINTED = [
    pytest.param(margin("header"), "", True, id="on all pages"),
    pytest.param(margin("header", "first"), "", False, id="on the first page, which has none"),
    pytest.param(margin("header", "first", more="<w:titlePg/>"), "", True, id="on the first page"),
    pytest.param(margin("header", "even"), "", False, id="on even pages, which are as the others"),
    pytest.param(margin("header", "even"), "<w:evenAndOddHeaders/>", True, id="on even pages"),
    pytest.param("<w:sectPr/>", "", False, id="on no page"),
    pytest.param(margin("header", at=99), "", False, id="one that is not there"),
]


@pytest.mark.parametrize(("section", "settings", "printed"), PRINTED)
def test_a_header_counts_where_it_is_printed(section: str, settings: str, *, printed: bool) -> None:
    document = packed(BODY + section, settings=settings, margins=[("header", p("版管理番号"))])
    assert (("版管理番号",) in [row.cells for row in word.rows(document, NAME)]) is printed


def test_a_line_of_several_headers_comes_once() -> None:
    sections = p("甲", properties=margin("header")) + p("乙", properties=margin("header", at=11))
    margins = [("header", p("版管理番号")), ("header", p("版管理番号") + p("第2部"))]
    assert told(sections, margins=margins) == [("版管理番号",), ("第2部",), ("甲",), ("乙",)]


def test_tables_in_tables_and_controls_in_controls_are_read_to_the_bottom() -> None:
    frames, controls = p("底"), t("底")
    for _ in range(60):
        frames, controls = tbl(tr("左", tc(frames))), sdt(controls)
    assert told(frames + p(controls)) == [(*["左"] * 60, "底"), ("底",)]
