"""Word documents: the words that one paragraph prints, and the number before them."""

from __future__ import annotations

import pytest

from tests.word_files import (
    drop_down,
    field,
    level,
    numbered,
    numbering,
    p,
    run,
    sdt,
    symbol,
    t,
    tbl,
    tc,
    tick_box,
    told,
    tr,
)

# --- what one paragraph prints ------------------------------------------------------------------------


CHECK = "<w:ffData><w:checkBox><w:sizeAuto/>{}</w:checkBox></w:ffData>"
WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'

BOXES = [
    pytest.param(tick_box("1", "☒"), "[○]紙", id="a control, ticked"),
    pytest.param(tick_box("0"), "[ ]紙", id="a control, blank"),
    pytest.param(tick_box("true", "○"), "[○]紙", id="a control that prints ○ for a tick"),
    pytest.param(tick_box("0", "○"), "[ ]紙", id="its state counts, not its symbol"),
    pytest.param(
        sdt(
            symbol("Wingdings", "F0FE"),
            '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>',
        ),
        "[○]紙",
        id="a control whose symbol is of another font",
    ),
    pytest.param(f"{t('[')}{tick_box('1')}{t(']')}", "[○]紙", id="a control in brackets"),
    pytest.param(f"{t('［　')}{tick_box('0')}{t('　］')}", "[ ]紙", id="a blank control in wide brackets"),
    pytest.param(
        sdt("<w:r><w:t>☐</w:t></w:r>", "<w14:checkbox/>"), "[ ]紙", id="a control that was never ticked"
    ),
    pytest.param(field("FORMCHECKBOX", "", CHECK.format("<w:checked/>")), "[○]紙", id="a form's box, ticked"),
    pytest.param(
        field("FORMCHECKBOX", None, CHECK.format('<w:checked w:val="0"/>')), "[ ]紙", id="a form's box, blank"
    ),
    pytest.param(
        field("FORMCHECKBOX", "", CHECK.format('<w:default w:val="1"/>')),
        "[○]紙",
        id="a form's box, ticked from the start",
    ),
    pytest.param(
        field("FORMCHECKBOX", "", CHECK.format('<w:default w:val="1"/><w:checked w:val="0"/>')),
        "[ ]紙",
        id="a form's box whose tick was taken away",
    ),
    pytest.param(field("FORMCHECKBOX", ""), "[ ]紙", id="a form's box without its data"),
    pytest.param("☑", "☑紙", id="a typed tick"),
    pytest.param(symbol("Wingdings", "F0FE"), "☑紙", id="a symbol inserted"),
    pytest.param(symbol("Wingdings", "F0A8"), "□紙", id="a blank symbol inserted"),
    pytest.param(symbol("Wingdings 2", "F052"), "☑紙", id="a symbol of the second font"),
    pytest.param(run("<w:t>þ</w:t>", WINGDINGS), "☑紙", id="a letter in a font of symbols"),
    pytest.param(run("<w:t>\uf06f</w:t>", WINGDINGS), "□紙", id="the same in the private range"),
    pytest.param(field(r"eq \o\ac(□,レ)"), "☑紙", id="a tick laid over a box"),
    pytest.param(field(r"eq \o\ac(□,×)"), "×紙", id="a cross laid over a box: not said to be a tick"),
    pytest.param(field(r"eq \o\ac(□, )"), "□紙", id="a blank laid over a box"),
    pytest.param(
        "<w:r><w:object><w:control/></w:object></w:r>", "〓紙", id="a box of another program: not to be read"
    ),
]


@pytest.mark.parametrize(("box", "printed"), BOXES)
def test_a_tick_box_of_any_kind_says_whether_it_is_ticked(box: str, printed: str) -> None:
    assert told(p(box, "紙")) == [(printed,)]


PARAGRAPHS = [
    pytest.param(p("前", "\n", "後"), "前\n後", id="a line break"),
    pytest.param(
        p("市民", "<w:r><w:cr/><w:t>課</w:t><w:noBreakHyphen/></w:r>"),
        "市民\n課-",
        id="a return and a hyphen",
    ),
    pytest.param(
        p("<w:r><w:lastRenderedPageBreak/><w:t>市</w:t></w:r>", t("民課")), "市民課", id="a page ended here"
    ),
    pytest.param(
        p('<w:r><w:br w:type="page"/></w:r>', "市民課"), "市民課", id="a page break before the words"
    ),
    pytest.param(p(sdt(t("市民課"))), "市民課", id="a content control"),
    pytest.param(
        sdt(p(sdt(sdt(t("市民課"))))), "市民課", id="controls in controls, around the paragraph too"
    ),
    pytest.param(
        p(sdt(t("実施する"), '<w:dropDownList><w:listItem w:value="2"/></w:dropDownList>')),
        "実施する",
        id="a list to choose from",
    ),
    pytest.param(p(drop_down("実施する", "実施しない", chosen=1)), "実施しない", id="a form's list"),
    pytest.param(p(drop_down("実施する", "実施しない")), "実施する", id="a form's list, never touched"),
    pytest.param(
        p(drop_down("実施する", "実施しない", chosen=7)),
        "〓",
        id="a form's list without that entry",
    ),
    pytest.param(
        p(drop_down("実施する", "実施しない", chosen=2)), "〓", id="a form's list, one beyond its last entry"
    ),
    pytest.param(p(field("FORMTEXT", t("市民課"))), "市民課", id="a form's text"),
    pytest.param(
        p(field('DATE \\@ "ggge年M月d日"', t("令和7年4月1日"))), "令和7年4月1日", id="the result of a field"
    ),
    pytest.param(
        p(field("IF 1 = 1", t("甲") + field("REF x", t("乙")))), "甲乙", id="a field in the result of a field"
    ),
    pytest.param(
        p('<w:fldSimple w:instr=" TITLE ">' + t("評価書") + "</w:fldSimple>"), "評価書", id="a simple field"
    ),
    pytest.param(
        p('<w:hyperlink r:id="rId9">' + t("市のページ") + "</w:hyperlink>"), "市のページ", id="a link"
    ),
    pytest.param(p("甲", field("PAGE", t("12")), "乙"), "甲乙", id="the number of a page"),
    pytest.param(
        p(
            "<w:r><w:ruby><w:rubyPr/><w:rt>"
            + t("かすみの")
            + "</w:rt><w:rubyBase>"
            + t("霞野")
            + "</w:rubyBase></w:ruby></w:r>",
            "市",
        ),
        "霞野市",
        id="ruby",
    ),
    pytest.param(
        p(field(r'EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(かすみの),霞野)'), "市"),
        "霞野市",
        id="old ruby",
    ),
    pytest.param(p(field(r"eq \o\ac(○,3)"), "対象人数"), "③対象人数", id="a number in a circle"),
    pytest.param(p(field(r"eq \o\ac(○,１２)")), "⑫", id="a wide number in a circle"),
    pytest.param(p(field(r"eq \o\ac(○,50)"), field(r"eq \o\ac(○,51)")), "㊿51", id="numbers up to fifty"),
    pytest.param(p(field(r"eq \o\ac(□,3)")), "3", id="a number in a square"),
    pytest.param(
        p(run("<w:t>市民\n  課</w:t>")), "市民   課", id="a line of the file that is none of the text"
    ),
    pytest.param(p(field(r"eq \o\ac(○,印)")), "印", id="a letter in a circle"),
    pytest.param(p(field(r"EQ \f(1,2)")), "〓", id="a formula"),
    pytest.param(p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), "x+1", id="mathematics"),
    pytest.param(p(symbol("Wingdings", "F0E0")), "→", id="an arrow of symbols"),
    pytest.param(
        p(*(symbol("Wingdings", code) for code in ("F081", "F08A", "F08C", "F095"))), "①⑩❶❿", id="numbers"
    ),
    pytest.param(p(symbol("Wingdings", "F021")), "〓", id="a symbol that is not known"),
    pytest.param(p(symbol("Wingdings", "はて")), "〓", id="no symbol"),
    pytest.param(p(symbol("ＭＳ 明朝", "3230")), "㈰", id="a symbol of a font of letters"),
    pytest.param(p("\ue000田\ue123"), "\ue000田\ue123", id="letters of a city's own"),
    pytest.param(p("公表", run("<w:t>しない</w:t>", "<w:vanish/>"), "する"), "公表する", id="hidden"),
    pytest.param(
        p("公表", run("<w:t>しない</w:t>", '<w:vanish w:val="0"/>')),
        "公表しない",
        id="not hidden",
    ),
    pytest.param(
        p("公表", run("<w:t>しない</w:t>", "<w:strike/>")),
        "公表しない",
        id="struck out, but printed",
    ),
    pytest.param(
        p("甲", "<w:bookmarkStart/><w:proofErr/><w:commentRangeStart/>", "乙"),
        "甲乙",
        id="marks that print nothing",
    ),
    pytest.param(
        p(
            "市民課",
            run("<w:t>長</w:t>", '<w:rPrChange w:id="1"><w:rPr><w:b/></w:rPr></w:rPrChange>'),
        ),
        "市民課長",
        id="a tracked change of looks",
    ),
    pytest.param(
        p(
            '<w:smartTag w:element="place">' + t("霞野市") + "</w:smartTag>",
            '<w:customXml w:element="a">' + t("長") + "</w:customXml>",
        ),
        "霞野市長",
        id="tags",
    ),
]


@pytest.mark.parametrize(("paragraph", "printed"), PARAGRAPHS)
def test_a_paragraph_gives_the_words_it_prints(paragraph: str, printed: str) -> None:
    assert told(paragraph + p("終")) == [(printed,), ("終",)]


def test_text_hidden_by_a_style_is_left_out() -> None:
    styles = (
        '<w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:styleId="round"><w:basedOn w:val="round"/></w:style>'
    )
    note = '<w:r><w:rPr><w:rStyle w:val="own"/></w:rPr><w:t>記入例</w:t></w:r>'
    shown = '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>例外</w:t></w:r>'
    plain = '<w:r><w:rPr><w:rStyle w:val="round"/></w:rPr><w:t>本文</w:t></w:r>'
    body = p("公表する", note, plain) + p("記入例", shown, properties='<w:pStyle w:val="own"/>')
    assert told(body, styles=styles) == [("公表する本文",), ("例外",)]


def test_a_field_that_is_not_closed_swallows_nothing_below_it() -> None:
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    stray = '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert told(p("甲", open_field) + p("乙") + p(stray, "丙")) == [("甲",), ("乙",), ("丙",)]


def test_a_table_of_contents_loses_the_numbers_of_its_pages() -> None:
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    first = p(begin, code, middle, "Ⅰ 基本情報\t", field("PAGEREF _1", t("2")))
    second = p("Ⅱ 特定個人情報ファイルの概要\t", field("PAGEREF _2", t("4")))
    outside = p("別紙は", field("PAGEREF _3", t("9")), "ページ")
    found = told(first + second + p(end) + outside)
    assert found == [("Ⅰ 基本情報",), ("Ⅱ 特定個人情報ファイルの概要",), ("別紙は9ページ",)]


TABS = [
    pytest.param("①部署\t市民課", [("①部署", "市民課")], id="a label and its value"),
    pytest.param("①部署\t\t市民課", [("①部署", "", "市民課")], id="two tabs to reach the column"),
    pytest.param("①\t部署\t市民課", [("① 部署", "市民課")], id="a number stands apart by a tab"),
    pytest.param("Ⅰ\t基本情報", [("Ⅰ 基本情報",)], id="the number of a section"),
    pytest.param("2.\t基本情報", [("2. 基本情報",)], id="the number of a heading"),
    pytest.param("・\t\t書面", [("・ 書面",)], id="a bullet"),
    pytest.param("7\t介護保険に関する事務", [("7", "介護保険に関する事務")], id="a number of its own"),
    pytest.param("\t市民課が行う。", [("市民課が行う。",)], id="a tab that indents"),
    pytest.param("\t使用者数\t10人未満", [("", "使用者数", "10人未満")], id="a blank column before"),
    pytest.param(
        "①部署\t市民課\n②役職名\t課長", [("①部署", "市民課"), ("②役職名", "課長")], id="lines with tabs each"
    ),
    pytest.param("①部署\t市民課\n窓口係", [("①部署", "市民課\n窓口係")], id="a value of two lines"),
]


@pytest.mark.parametrize(("text", "rows"), TABS)
def test_tabs_divide_a_paragraph_into_cells(text: str, rows: list[tuple[str, ...]]) -> None:
    assert told(p(text)) == rows


# --- automatic numbers ------------------------------------------------------------------------------

NOTATIONS = [
    pytest.param("decimal", "%1.", ["1. ", "2. "], id="decimal"),
    pytest.param("decimal", "第%1", ["第1 ", "第2 "], id="decimal behind a word"),
    pytest.param("decimal", "（%1）", ["（1） ", "（2） "], id="decimal in brackets"),
    pytest.param("decimalFullWidth", "%1．", ["１． ", "２． "], id="wide"),
    pytest.param("decimalZero", "%1", ["01 ", "02 "], id="with a nought"),
    pytest.param("decimalEnclosedCircle", "%1", ["① ", "② "], id="in circles"),
    pytest.param("decimalEnclosedParen", "%1", ["⑴ ", "⑵ "], id="in brackets of their own"),
    pytest.param("upperRoman", "%1", ["I ", "II "], id="roman"),
    pytest.param("lowerRoman", "(%1)", ["(i) ", "(ii) "], id="small roman"),
    pytest.param("upperLetter", "%1.", ["A. ", "B. "], id="letters"),
    pytest.param("aiueo", "%1", ["ｱ ", "ｲ "], id="アイウ"),
    pytest.param("aiueoFullWidth", "(%1)", ["(ア) ", "(イ) "], id="アイウ, wide"),
    pytest.param("irohaFullWidth", "%1", ["イ ", "ロ "], id="イロハ"),
    pytest.param("japaneseCounting", "%1", ["一 ", "二 "], id="一二三"),
    pytest.param("bullet", "・", ["・ ", "・ "], id="a bullet"),
    pytest.param("none", "", ["", ""], id="no number"),
    pytest.param("none", "注%1", ["注 ", "注 "], id="a word for a number"),
    pytest.param("chicago", "%1", ["", ""], id="a notation that is not known: the words alone"),
    pytest.param("decimal", "%9", ["", ""], id="a level that is not there: the words alone"),
]


@pytest.mark.parametrize(("notation", "pattern", "numbers"), NOTATIONS)
def test_an_automatic_number_is_printed(notation: str, pattern: str, numbers: list[str]) -> None:
    body = p("甲", properties=numbered()) + p("間") + p("乙", properties=numbered())
    first, second = numbers
    found = told(body, numbering=numbering(level(notation, pattern)))
    assert found == [(f"{first}甲",), ("間",), (f"{second}乙",)]


FURTHER = [
    pytest.param("decimalEnclosedCircle", [20, 21], ["⑳ ", ""], id="no more circles"),
    pytest.param(
        "japaneseCounting",
        [10, 11, 20, 21, 99, 100],
        ["十 ", "十一 ", "二十 ", "二十一 ", "九十九 ", ""],
        id="tens",
    ),
    pytest.param("ideographDigital", [10, 21], ["一〇 ", "二一 "], id="digits"),
    pytest.param("upperRoman", [4, 9, 49, 100], ["IV ", "IX ", "XLIX ", ""], id="roman"),
    pytest.param("decimalFullWidth2", [12], ["１２ "], id="wide, two digits"),
    pytest.param("numberInDash", [3], ["- 3 - "], id="between dashes"),
]


@pytest.mark.parametrize(("notation", "numbers", "printed"), FURTHER)
def test_an_automatic_number_goes_as_far_as_its_notation(
    notation: str, numbers: list[int], printed: list[str]
) -> None:
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{number}"/></w:lvlOverride></w:num>'
        for n, number in enumerate(numbers, start=1)
    )
    body = "".join(p("事務", properties=numbered(n)) for n in range(1, len(numbers) + 1))
    found = told(body, numbering=numbering(level(notation, "%1"), lists=lists))
    assert found == [(f"{number}事務",) for number in printed]


def test_bullets_of_a_font_of_symbols_look_like_what_is_printed() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    found = told(p("紙", properties=numbered()), numbering=numbering(level("bullet", "\uf0fe", more=font)))
    assert found == [("☑ 紙",)]


def test_numbers_of_two_levels_count_as_word_counts() -> None:
    levels = (level("decimal", "%1."), level("decimal", "%1-%2", at=1, more='<w:suff w:val="nothing"/>'))
    places = (0, 1, 1, 0, 1, 0)
    body = "".join(p("事務", properties=numbered(at=at)) for at in places)
    found = [cell for (cell,) in told(body, numbering=numbering(*levels))]
    assert found == ["1. 事務", "1-1事務", "1-2事務", "2. 事務", "2-1事務", "3. 事務"]


RESTARTS = [
    pytest.param("", ["1 ", "1 ", "1 "], id="a higher level starts it again"),
    pytest.param('<w:lvlRestart w:val="0"/>', ["1 ", "2 ", "3 "], id="nothing starts it again"),
    pytest.param('<w:lvlRestart w:val="1"/>', ["1 ", "1 ", "1 "], id="the first level starts it again"),
]


@pytest.mark.parametrize(("restart", "numbers"), RESTARTS)
def test_a_lower_level_starts_again_as_the_list_says(restart: str, numbers: list[str]) -> None:
    levels = (level("decimal", "%1."), level("decimal", "%2", at=1, more=restart))
    body = "".join(p("章", properties=numbered()) + p("節", properties=numbered(at=1)) for _ in numbers)
    found = [cell for (cell,) in told(body, numbering=numbering(*levels)) if cell.endswith("節")]
    assert found == [f"{number}節" for number in numbers]


def test_two_lists_of_one_kind_go_on_counting_unless_told_to_start_again() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(p("事務", properties=numbered(n)) for n in (1, 2, 3, 3))
    found = [cell for (cell,) in told(body, numbering=numbering(level("decimal", "%1."), lists=lists))]
    assert found == ["1. 事務", "2. 事務", "1. 事務", "2. 事務"]


def test_a_style_may_number_its_paragraphs() -> None:
    styles = (
        f'<w:style w:styleId="heading"><w:pPr>{numbered()}</w:pPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="heading"/></w:style>'
    )
    own = '<w:pStyle w:val="own"/>'
    plain = f"{own}{numbered(0)}"
    body = p("事務", properties=own) + p("注", properties=plain) + p("システム", properties=own)
    found = told(body, styles=styles, numbering=numbering(level("decimal", "%1.")))
    assert found == [("1. 事務",), ("注",), ("2. システム",)]


def test_a_list_may_be_defined_by_a_style() -> None:
    styles = f'<w:style w:styleId="circles"><w:pPr>{numbered(2)}</w:pPr></w:style>'
    lists = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="circles"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    )
    found = told(
        p("名称", properties=numbered()),
        styles=styles,
        numbering=numbering(level("decimalEnclosedCircle", "%1"), lists=lists),
    )
    assert found == [("① 名称",)]


def test_the_level_of_a_style_is_the_one_that_names_it() -> None:
    styles = '<w:style w:styleId="second"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    levels = (level("decimal", "%1."), level("lowerLetter", "%2)", at=1, more='<w:pStyle w:val="second"/>'))
    found = told(
        p("名称", properties='<w:pStyle w:val="second"/>'), styles=styles, numbering=numbering(*levels)
    )
    assert found == [("a) 名称",)]


def test_a_cell_may_hold_nothing_but_its_number() -> None:
    rows = [tr(tc(p(properties=numbered())), item) for item in ("氏名", "住所")]
    found = told(tbl(*rows), numbering=numbering(level("decimal", "%1")))
    assert found == [("1 ", "氏名"), ("2 ", "住所")]


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert told(p("名称", properties=numbered(9)), numbering=numbering(level("decimal", "%1."))) == [
        ("名称",)
    ]
