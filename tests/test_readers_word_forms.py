"""Word documents: the form as one city or another lays it out."""

from __future__ import annotations

import pytest

from ledger.published import Boxes
from ledger.readers import read
from tests.sources import values
from tests.word_files import (
    COVER,
    FIRST,
    HEAD,
    NAME,
    SECTION,
    drop_down,
    edition,
    field,
    level,
    margin,
    numbered,
    p,
    packed,
    sdt,
    t,
    tbl,
    tc,
    text_box,
    tick_box,
    tr,
)

# --- forms as cities lay them out -----------------------------------------------------------------------

SECOND = p("2. 特定個人情報ファイルを取り扱う事務において使用するシステム")
SIXTH = p("6. 評価実施機関における担当部署")
RANGES = ("1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満", "10万人以上30万人未満")
OPTIONS = "＜選択肢＞\n" + "\n".join(f"{n}) {each}" for n, each in enumerate(RANGES, start=1))
LINKS = ("情報提供ネットワークシステム", "庁内連携システム", "住民基本台帳ネットワークシステム")
OTHERS = ("既存住民基本台帳システム", "宛名システム等", "税務システム", "その他")
TICKS = ("庁内連携システム", "税務システム", "その他")
LINKED = Boxes(TICKS, tuple(each for each in (*LINKS, *OTHERS) if each not in TICKS), (), "収納管理")
NAME_ITEM, NUMBER_ITEM = "I/1/①事務の名称", "I/1/③対象人数"
SYSTEM, LINK_ITEM = "I/2/システム1/①システムの名称", "I/2/システム1/③他のシステムとの接続"
OFFICE, CHIEF = "I/6/①部署", "I/6/②所属長の役職名"
SAID = {
    NAME_ITEM: "介護保険に関する事務",
    NUMBER_ITEM: "1万人以上10万人未満",
    SYSTEM: "介護保険システム",
    LINK_ITEM: LINKED,
    OFFICE: "市民課",
    CHIEF: "課長",
}


def mark(label: str) -> str:
    return "[○]" if label in LINKED.checked else "[ ]"


def boxed(label: str) -> str:
    return f"{mark(label)} {label}" + (" （ 収納管理 ）" if label == "その他" else "")


CHOSEN = "[ 1万人以上10万人未満 ]"
ALL_BOXES = tuple(map(boxed, (*LINKS, *OTHERS)))
NAMED = ("①事務の名称", "介護保険に関する事務")
NUMBERED = ("③対象人数", f"{CHOSEN}\n{OPTIONS}")
SYSTEM_1 = ("①システムの名称", "介護保険システム")
LINKS_1 = ("③他のシステムとの接続", "\n".join(ALL_BOXES))
OFFICES = tbl(("①部署", "市民課"), ("②所属長の役職名", "課長"))
REST = SECOND + p("システム1") + tbl(SYSTEM_1, LINKS_1) + SIXTH + OFFICES
DOWN, ON = "restart", "continue"


def full(text: str, span: int = 2) -> str:
    """A row of one cell."""
    return tr(tc(text, span=span))


def label(text: str, down: str) -> str:
    return tc(text if down == DOWN else "", down=down)


CIRCLES, DIGITS, ROMAN = numbered(1), numbered(2), numbered(3)
AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
AUTOMATIC = "".join(
    (
        *(
            f'<w:abstractNum w:abstractNumId="{n}">{made}</w:abstractNum>'
            for n, made in (
                (1, level("decimalEnclosedCircle", "%1", more='<w:suff w:val="nothing"/>')),
                (2, level("decimal", "%1.")),
                (3, level("upperRoman", "%1")),
            )
        ),
        *(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="{shape}"/>{AGAIN if n > 3 else ""}</w:num>'
            for n, shape in ((1, 1), (2, 2), (3, 3), (4, 1), (5, 1))
        ),
    )
)


def automatic(text: str, list_: str) -> str:
    return tc(p(text, properties=list_))


LAYOUTS = [
    pytest.param(HEAD + tbl(NAMED, NUMBERED) + REST, id="labels left, values right, headings between"),
    pytest.param(
        tbl(
            full("Ⅰ 基本情報"),
            full("1. 特定個人情報ファイルを取り扱う事務"),
            NAMED,
            NUMBERED,
            full("2. 特定個人情報ファイルを取り扱う事務において使用するシステム"),
            full("システム1"),
            SYSTEM_1,
            LINKS_1,
            full("システム2～5"),
            full("6. 評価実施機関における担当部署"),
            ("①部署", "市民課"),
            ("②所属長の役職名", "課長"),
        ),
        id="one table, headings in cells that fill a row",
    ),
    pytest.param(tbl(tr(tc(HEAD, tbl(NAMED, NUMBERED), REST))), id="all of it in a frame"),
    pytest.param(
        tbl(tr(tc("Ⅰ 基本情報"))) + tbl(tr(tc(FIRST, tbl(NAMED, NUMBERED)))) + REST,
        id="a frame for each heading",
    ),
    pytest.param(
        HEAD + tbl(NAMED, ("③対象人数", CHOSEN, OPTIONS)) + REST, id="a choice in two cells side by side"
    ),
    pytest.param(
        HEAD + tbl(NAMED, ("③対象人数", "[", "1万人以上10万人未満", "]", OPTIONS)) + REST,
        id="its brackets in cells of their own",
    ),
    pytest.param(
        HEAD
        + tbl(
            NAMED,
            tr(label("③対象人数", DOWN), CHOSEN, "＜選択肢＞"),
            *(tr(label("", ON), label("", ON), f"{n}) {each}") for n, each in enumerate(RANGES, start=1)),
        )
        + REST,
        id="a row for each option, the label merged downwards",
    ),
    pytest.param(
        HEAD + tbl(("①事務の名称",), ("介護保険に関する事務",), ("③対象人数",), (NUMBERED[1],)) + REST,
        id="labels over their values",
    ),
    pytest.param(
        HEAD + tbl(("①　事務の名称　", "介護保険に関する事務"), ("③ 対象\n人数", NUMBERED[1])) + REST,
        id="labels spaced and broken",
    ),
    pytest.param(
        HEAD
        + tbl(NAMED, ("③対象人数", tc(p(sdt(t("1万人以上10万人未満"), "<w:comboBox/>")), OPTIONS)))
        + REST,
        id="chosen from a list",
    ),
    pytest.param(
        HEAD
        + tbl(
            NAMED,
            (
                "③対象人数",
                tc(
                    p(
                        "[ ",
                        drop_down(*RANGES, chosen=2),
                        " ]",
                    ),
                    OPTIONS,
                ),
            ),
        )
        + REST,
        id="chosen from a form's list",
    ),
    pytest.param(
        HEAD
        + tbl(
            NAMED,
            ("③対象人数", *(tc(p(tick_box("1" if each == RANGES[2] else "0"), each)) for each in RANGES)),
        )
        + REST,
        id="chosen by a tick before one of the options",
    ),
    pytest.param(
        HEAD
        + tbl(NAMED, NUMBERED)
        + SECOND
        + p("システム1")
        + tbl(
            SYSTEM_1,
            tr(label("③他のシステムとの接続", DOWN), boxed(LINKS[0]), boxed(LINKS[1])),
            tr(label("", ON), boxed(LINKS[2]), boxed(OTHERS[0])),
            tr(label("", ON), boxed(OTHERS[1]), boxed(OTHERS[2])),
            tr(label("", ON), tc(boxed(OTHERS[3]), span=2)),
        )
        + SIXTH
        + OFFICES,
        id="boxes in cells of their own",
    ),
    pytest.param(
        HEAD
        + tbl(NAMED, NUMBERED)
        + SECOND
        + p("システム1")
        + tbl(
            SYSTEM_1,
            (
                "③他のシステムとの接続",
                *(part for each in (*LINKS, *OTHERS) for part in (mark(each), boxed(each)[4:])),
            ),
        )
        + SIXTH
        + OFFICES,
        id="a cell for each mark and each option",
    ),
    pytest.param(
        HEAD
        + tbl(NAMED, NUMBERED)
        + SECOND
        + p("システム1")
        + tbl(
            SYSTEM_1,
            (
                "③他のシステムとの接続",
                tc(
                    *(
                        p(tick_box("1" if each in LINKED.checked else "0"), boxed(each)[3:])
                        for each in (*LINKS, *OTHERS)
                    )
                ),
            ),
        )
        + SIXTH
        + OFFICES,
        id="boxes that are controls",
    ),
    pytest.param(
        HEAD
        + tbl(NAMED, NUMBERED)
        + SECOND
        + p("システム1")
        + tbl(
            SYSTEM_1, ("③他のシステムとの接続", tc(p("\t".join(ALL_BOXES[:4])), p("\t".join(ALL_BOXES[4:]))))
        )
        + SIXTH
        + OFFICES,
        id="boxes set in columns by tabs",
    ),
    pytest.param(
        p("基本情報", properties=ROMAN)
        + p("特定個人情報ファイルを取り扱う事務", properties=DIGITS)
        + tbl(
            (automatic("事務の名称", CIRCLES), NAMED[1]),
            (automatic("事務の内容", CIRCLES), "－"),
            (automatic("対象人数", CIRCLES), NUMBERED[1]),
        )
        + p("特定個人情報ファイルを取り扱う事務において使用するシステム", properties=DIGITS)
        + p("システム1")
        + tbl(
            (automatic("システムの名称", numbered(4)), SYSTEM_1[1]),
            (automatic("システムの機能", numbered(4)), "－"),
            (automatic("他のシステムとの接続", numbered(4)), LINKS_1[1]),
        )
        + SIXTH
        + tbl((automatic("部署", numbered(5)), "市民課"), (automatic("所属長の役職名", numbered(5)), "課長")),
        id="automatic numbers",
    ),
    pytest.param(
        HEAD
        + p("①事務の名称\t介護保険に関する事務")
        + p(f"③対象人数\t{CHOSEN}")
        + p(OPTIONS)
        + SECOND
        + p("システム1")
        + p("①システムの名称\t介護保険システム")
        + p("③他のシステムとの接続\t" + " ".join(ALL_BOXES[:4]))
        + p("\t" + " ".join(ALL_BOXES[4:]))
        + SIXTH
        + p("①部署\t市民課\n②所属長の役職名\t課長"),
        id="no tables at all: paragraphs with tabs",
    ),
    pytest.param(
        p(text_box(p("Ⅰ 基本情報")))
        + FIRST
        + tbl(NAMED, ("③対象人数", tc(p(text_box(p(CHOSEN), p(OPTIONS))))))
        + REST,
        id="a heading and a choice in text boxes",
    ),
    pytest.param(
        SECTION
        + sdt(FIRST + tbl(tr("①事務の名称", tc(sdt(p(sdt(t(NAMED[1]))))))) + tbl(sdt(tr(*NUMBERED))))
        + REST,
        id="content controls everywhere",
    ),
    pytest.param(
        p("Ⅰ\t基本情報") + p("1.\t特定個人情報ファイルを取り扱う事務") + tbl(NAMED, NUMBERED) + REST,
        id="numbers set apart by tabs",
    ),
    pytest.param(
        p("Ⅰ　基本情報", '<w:r><w:br w:type="page"/></w:r>')
        + p(field("SEQ 章", t("1")), ". 特定個人情報ファイルを取り扱う事務")
        + tbl(NAMED, NUMBERED)
        + REST,
        id="numbers that are fields, page breaks in headings",
    ),
    pytest.param(
        HEAD
        + tbl(NAMED, NUMBERED)
        + SECOND
        + tbl(full("システム1"), SYSTEM_1)
        + p()
        + tbl(LINKS_1)
        + SIXTH
        + OFFICES,
        id="a table broken in two between rows",
    ),
]


@pytest.mark.parametrize("body", LAYOUTS)
def test_a_form_is_read_however_a_city_lays_it_out(body: str) -> None:
    found = edition(body, numbering=AUTOMATIC)
    assert {path: value for path, value in values(found).items() if path in SAID} == SAID
    assert [item.doubt for item in found.items if str(item.path) == NUMBER_ITEM] == [""]
    assert found.unassigned == ()


def test_the_edition_of_the_form_may_stand_in_a_footer_or_a_text_box() -> None:
    printed = p("[令和7年5月 様式3]")
    body = COVER + HEAD + tbl(NAMED)
    for document in (
        packed(body + margin("footer"), margins=[("footer", printed)]),
        packed(COVER + p(text_box(printed)) + HEAD + tbl(NAMED)),
    ):
        found = read(document, NAME)
        assert (found.header.form_edition, found.unassigned) == ("令和7年5月 様式3", ())


def test_rows_below_a_label_merged_downwards_are_its_own() -> None:
    table = tbl(
        tr(label("②事務の内容", DOWN), "受付を行う。"),
        tr(label("", ON), "審査を行う。"),
        tr("③対象人数", NUMBERED[1]),
    )
    ways = tbl(
        tr(label("①方法", DOWN), "市の広報"),
        tr(label("", ON), "市のページ"),
        ("②実施日・期間", ""),
        ("③主な意見の内容", ""),
    )
    found = edition(HEAD, table, p("Ⅴ 評価実施手続"), p("2. 国民・住民等からの意見の聴取【任意】"), ways)
    assert values(found) == {
        "I/1/②事務の内容": "受付を行う。\n審査を行う。",
        NUMBER_ITEM: SAID[NUMBER_ITEM],
        "V/2/①方法": "市の広報\n市のページ",
        "V/2/②実施日・期間": "",
        "V/2/③主な意見の内容": "",
    }


def test_again_and_again_the_same_label_merged_downwards() -> None:
    blocks = [
        row
        for n in range(1, 21)
        for row in (
            (f"委託事項{n}", f"{n}番目の委託"),
            tr(
                label("再委託", DOWN),
                "④再委託の有無 ※",
                "[ 再委託しない ] ＜選択肢＞ 1) 再委託する 2) 再委託しない",
            ),
            tr(label("", ON), "⑤再委託の許諾方法", ""),
            tr(label("", ON), "⑥再委託事項", f"{n}番目の再委託"),
        )
    ]
    found = edition(
        p("Ⅱ 特定個人情報ファイルの概要"), p("4. 特定個人情報ファイルの取扱いの委託"), tbl(*blocks)
    )
    assert found.unassigned == ()
    for n in range(1, 21):
        assert values(found)[f"II/4/委託事項{n}"] == f"{n}番目の委託"
        assert values(found)[f"II/4/委託事項{n}/④再委託の有無"] == "再委託しない"
        assert values(found)[f"II/4/委託事項{n}/⑤再委託の許諾方法"] == ""
        assert values(found)[f"II/4/委託事項{n}/⑥再委託事項"] == f"{n}番目の再委託"
