"""Cells of a sheet → rows: which value belongs to which label, and what is one change."""

from __future__ import annotations

import pytest

from ledger.published import Boxes
from ledger.readers import read, workbook
from tests import sources
from tests.workbook_files import HEADINGS, NAME, TITLE, Cell, cells, packed, told

COVER = {
    "B1:Z1": TITLE,
    "B3:F3": "評価書番号",
    "G3:Z3": "評価書名",
    "B4:F4": 7,
    "G4:Z4": "介護保険に関する事務",
}
COVER |= {"B6:Z6": "評価実施機関名", "B7:Z7": "霞野市長"}
SECTION = {"B1:Z1": "Ⅱ 特定個人情報ファイルの概要", "B2:Z2": "2. 基本情報"}
LIST = {"R4:Z4": "＜選択肢＞", "R5:U5": "1) 実施する", "V5:Z5": "2) 実施しない", "R6:Z6": "3) 未定"}
OF_LIST = "＜選択肢＞\n1) 実施する 2) 実施しない\n3) 未定"

# --- labels and values ------------------------------------------------------------------------------

LABELLED = [
    pytest.param(
        {"B4:H6": "①実施の有無", "I4": "[", "J4:P4": "実施する", "Q4": "]", **LIST},
        [("①実施の有無", f"[ 実施する ] {OF_LIST}")],
        id="a choice, its brackets and its options in cells of their own, over three rows",
    ),
    pytest.param(
        {"B4:H4": "①実施の有無", "I4": "[", "J4:P4": "実施する", "Q4": "]", **LIST},
        [("①実施の有無", f"[ 実施する ] {OF_LIST}")],
        id="a label that is not merged downwards",
    ),
    pytest.param(
        {"B4:H6": "①実施の有無", "I5": "[", "J5:P5": "実施する", "Q5": "]", **LIST},
        [("①実施の有無", "＜選択肢＞\n[ 実施する ] 1) 実施する 2) 実施しない\n3) 未定")],
        id="a choice in the middle of its rows",
    ),
    pytest.param(
        {"B4:H6": "①実施の有無", "I4:I6": "[", "J4:P6": "実施する", "Q4:Q6": "]", **LIST},
        [("①実施の有無", f"[ 実施する ] {OF_LIST}")],
        id="brackets as high as the label",
    ),
    pytest.param(
        {
            "B4:H5": "②入手方法 ※", "I4": "[", "J4": "○", "K4": "]", "L4:P4": "紙",
            "Q4": "[", "R4": "　", "S4": "]", "T4:Z4": "電子メール",
            "I5": "[", "J5": "○", "K5": "]", "L5:M5": "その他", "N5": "（", "O5:Y5": "窓口、郵送", "Z5": "）",
        },
        [("②入手方法 ※", "[ ○ ] 紙 [ ] 電子メール\n[ ○ ] その他 （ 窓口、郵送 ）")],
        id="boxes beside one another, and a free text between its brackets",
    ),
    pytest.param(
        {"B4:H4": "委託の有無", "I4": "[", "J4": "委託する", "O4": "]", "P4": "（", "Q4": 3, "R4": "） 件"},
        [("委託の有無", "[ 委託する ] （ 3 ） 件")],
        id="a number of 件 in cells of its own",
    ),
    pytest.param(
        {
            "B4:B8": "再\n委\n託", "C4:H5": "④再委託の有無 ※", "I4": "[", "J4": "再委託する", "Q4": "]",
            "R4": "＜選択肢＞", "R5": "1) 再委託する",
            "C6:H7": "⑤再委託の許諾方法", "I6:Z7": "書面で承諾する。", "C8:H8": "⑥再委託事項",
        },
        [
            ("再委託", "④再委託の有無 ※", "[ 再委託する ] ＜選択肢＞\n1) 再委託する"),
            ("⑤再委託の許諾方法", "書面で承諾する。"),
            ("⑥再委託事項", ""),
        ],
        id="再委託 merged over the rows of ④ to ⑥",
    ),
    pytest.param(
        {
            "B4:B8": "再委託", "C4:H4": "④再委託の有無 ※", "I4": "[", "J4": "再委託する", "Q4": "]",
            "I5": "1) 再委託する", "I6": "2) 再委託しない", "C8:H8": "⑥再委託事項", "I8": "監視",
        },
        [
            ("再委託", "④再委託の有無 ※", "[ 再委託する ]\n1) 再委託する\n2) 再委託しない"),
            ("⑥再委託事項", "監視"),
        ],
        id="labels beside 再委託 that are not merged downwards",
    ),
    pytest.param(
        {
            "B4:D6": "④使用の主体", "E4:H4": "使用部署", "I4:Z4": "高齢者支援課",
            "E5:H6": "使用者数", "I5": "[", "J5": "10人未満", "Q5": "]",
            "R5": "＜選択肢＞", "R6": "1) 10人未満",
        },
        [
            ("④使用の主体", "使用部署", "高齢者支援課"),
            ("使用者数", "[ 10人未満 ] ＜選択肢＞\n1) 10人未満"),
        ],
        id="④使用の主体 over two labels",
    ),
    pytest.param(
        {"B4:D9": "③対象となる本人の範囲", "I4:Z6": "住民", "E7:H9": "その必要性", "I7": "一", "I8": "二"},
        [("③対象となる本人の範囲", "住民"), ("その必要性", "一\n二")],
        id="a label in the rows of the label it belongs to",
    ),
    pytest.param(
        {"B4:D4": "①部署", "E4:L4": "福祉部", "M4:P4": "②所属長の役職名", "Q4:Z4": "課長"},
        [("①部署", "福祉部"), ("②所属長の役職名", "課長")],
        id="two labels on one row",
    ),
    pytest.param(
        {"B4:D4": "①部署", "M4:P4": "②所属長の役職名", "Q4:Z4": "課長"},
        [("①部署", ""), ("②所属長の役職名", "課長")],
        id="two labels on one row, the first without a value",
    ),
    pytest.param(
        {"B4:H5": "①方法", "I4:Z6": "一\n二", "B6:H7": "②実施日・期間", "I7:Z7": "三"},
        [("①方法", "一\n二"), ("②実施日・期間", "三")],
        id="a value that is merged into the rows of the next label",
    ),
    pytest.param(
        {"B4:Z4": "7. 備考", "B5:Z6": "3", "B7:Z7": "続き"},
        [("7. 備考", "3"), ("続き",)],
        id="a value under its label that could be the number of a page",
    ),
    pytest.param(
        {"B4:Z4": "3. 特定個人情報ファイル名", "B5": "1.", "C5": "甲", "B6": "2.", "C6": "乙"},
        [("3. 特定個人情報ファイル名", "1. 甲"), ("2. 乙",)],
        id="a list of files with numbers in cells of their own",
    ),
    pytest.param(
        {"B4:Z4": "7. 備考", "B5:Z5": "4. 特定個人情報ファイルの取扱いの委詫"},
        [("7. 備考", ""), ("4. 特定個人情報ファイルの取扱いの委詫",)],
        id="a heading with a slip of the pen under a label without a value",
    ),
    pytest.param(
        {"B4:P5": "4. 特定個人情報ファイルの取扱いの委託", "Q4": "[", "S4": "]", "T4:Z5": "委託しない"},
        [("4. 特定個人情報ファイルの取扱いの委託", "[ ] 委託しない")],
        id="a box in a heading",
    ),
    pytest.param(
        {"B4:D4": "リスク１：", "E4:Z4": "目的を超えた紐付け", "B5:Z5": "システム2～5"},
        [("リスク１： 目的を超えた紐付け",), ("システム2～5",)],
        id="a risk in two cells, and the heading of a folded block",
    ),
    pytest.param(
        {"B4:H5": "リスクに対する措置の内容", "I4": "甲", "I5": "リスク１：乙", "B6": "リスク２：不正"},
        [("リスクに対する措置の内容", "甲\nリスク１：乙"), ("リスク２：不正",)],
        id="a value that speaks of a risk",
    ),
    pytest.param(
        {"B4": "①", "C4:G4": "事務の名称", "H4": "※", "I4:Z4": "介護"},
        [("① 事務の名称 ※", "介護")],
        id="number, name and mark of a label in three cells",
    ),
    pytest.param(
        {"B4:H4": "⑨その他の欄", "I4": "甲", "J4": "乙", "B5:H6": "市独自の欄", "I5": "丙", "I6": "丁"},
        [("⑨その他の欄", "甲 乙"), ("市独自の欄", "丙\n丁")],
        id="labels that the form does not have: by their number, by their height",
    ),
    pytest.param(
        {"B4:H4": "②所属長", "I4": "課長", "B5:H5": "①システムの名称", "I5": "=A1", "J5": True},
        [("②所属長", "課長"), ("①システムの名称", "=A1 TRUE")],
        id="the label of an older form",
    ),
    pytest.param(
        {"B4:H4": "委託事項2", "I4:Z4": "印刷", "B5:Z5": "委託事項12 封入"},
        [("委託事項2", "印刷"), ("委託事項12 封入",)],
        id="the head of a block, its name beside it or behind it",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("written", "rows"), LABELLED)
def test_a_value_belongs_to_the_nearest_label_on_its_left(
    written: dict[str, object], rows: list[tuple[str, ...]]
) -> None:
    assert told({"Ⅱ": cells(SECTION | written)}) == [(text,) for text in SECTION.values()] + rows


BELOW = {"B9:Z9": "公表日", "B10:Z10": ("yyyy/m/d", 45981)}
NOTED = BELOW | {"B12:F14": "特記事項", "G12:Z13": "甲", "G14:Z14": "乙"}
APART = {"B9:F9": "公表日", "G9": "令和7年", "I9": "11月20日", "X12:Z12": "[令和7年5月　様式3]"}
ON_THE_COVER = [
    pytest.param(BELOW, ("", "2025/11/20", ""), id="labels above their values"),
    pytest.param(NOTED, ("甲\n乙", "2025/11/20", ""), id="a label beside a value of two cells"),
    pytest.param(
        APART, ("", "令和7年 11月20日", "令和7年5月　様式3"), id="a day in two cells, the edition below"
    ),
]


@pytest.mark.parametrize(("written", "told_there"), ON_THE_COVER)
def test_the_cover_is_read_from_labels_above_or_beside(
    written: dict[str, object], told_there: tuple[str, str, str]
) -> None:
    found = read(packed({"表紙": cells(COVER | written), "Ⅱ": cells(SECTION)}), NAME)
    header = found.header
    assert (header.number, header.title, header.body) == ("7", "介護保険に関する事務", "霞野市長")
    assert (header.special_notes, header.publication_date, header.form_edition) == told_there
    assert found.unassigned == ()


def test_boxes_and_counts_in_cells_of_their_own_are_read() -> None:
    written = {
        "B1:Z1": "Ⅱ 特定個人情報ファイルの概要",
        "B2:Z2": "5. 特定個人情報の提供・移転（委託に伴うものを除く。）",
        "B3:H4": "提供・移転の有無", "I3": "[", "J3": "○", "K3": "]", "L3:P3": "提供を行っている",
        "Q3": "（", "R3": 2, "S3": "） 件",
        "T3": "[", "V3": "]", "W3:Z3": "移転を行っている", "AA3": "（", "AC3": "） 件",
        "I4": "[", "K4": "]", "L4:P4": "行っていない",
    }  # fmt: skip
    found = sources.values(read(packed({"表紙": cells(COVER | BELOW), "Ⅱ": cells(written)}), NAME), "II")
    assert found == {
        "II/5/提供・移転の有無": Boxes(("提供を行っている",), ("移転を行っている", "行っていない")),
        "II/5/提供・移転の有無/提供を行っている/件": "2",
        "II/5/提供・移転の有無/移転を行っている/件": "",
    }


def test_boxes_that_are_controls_over_the_cells_are_unreadable() -> None:
    written = {
        **SECTION,
        "B2:Z2": "3. 特定個人情報の入手・使用",
        "B3:H3": "②入手方法",
        "I3": "紙",
        "K3": "電子メール",
    }
    found = read(packed({"表紙": cells(COVER | BELOW), "Ⅱ": cells(written)}), NAME)
    (boxes,) = sources.values(found, "II").values()
    assert isinstance(boxes, Boxes)
    assert (boxes.checked, boxes.unchecked) == ((), ())
    assert {"紙", "電子メール"} < set(boxes.unreadable)


def test_the_table_of_an_annex_keeps_its_cells_row_by_row() -> None:
    annex = {
        "A1:F1": "（別添１）特定個人情報ファイル記録項目",
        "A2": "No.",
        "B2": "項目",
        "A3": 1,
        "B3": "氏名",
        "H3": "備考",
    }
    assert told({"別添1": cells(annex)}) == [(annex["A1:F1"],), ("No.", "項目"), ("1", "氏名", "備考")]


# --- the change table --------------------------------------------------------------------------------

DAY, OTHER_DAY = "令和5年4月3日", "令和6年10月1日"


def table(*rows: dict[str, object]) -> dict[str, object]:
    """A change table in columns B to G under its headings in row 2."""
    written: dict[str, object] = {"B1:G1": "（別添２）変更箇所"}
    written |= {f"{column}2": text for column, text in zip("BCDEFG", HEADINGS, strict=True)}
    for row in rows:
        written |= row
    return written


def change(row: int, *texts: str, columns: str = "BCDEFG") -> dict[str, object]:
    return {f"{column}{row}": text for column, text in zip(columns, texts, strict=True) if text}


MERGED = [
    pytest.param(
        [change(3, DAY, "①", "甲", "乙", "事後", "改正"), change(4, OTHER_DAY, "②", "", "丙", "事前", "")],
        [((DAY, "①", "甲", "乙", "事後", "改正"), set()), ((OTHER_DAY, "②", "", "丙", "事前", ""), set())],
        id="a change on each row",
    ),
    pytest.param(
        [{"B3:B5": DAY, "F3:F4": "事後", "G3:G5": "改正"}, change(3, "①", "甲", "乙", columns="CDE"),
         change(4, "②", "丙", "丁", columns="CDE"), change(5, "③", "戊", "己", "事前", columns="CDEF")],
        [((DAY, "①", "甲", "乙", "事後", "改正"), set()), (("", "②", "丙", "丁", "", ""), {0, 4, 5}),
         (("", "③", "戊", "己", "事前", ""), {0, 5})],
        id="day, timing and explanation merged over a revision",
    ),
    pytest.param(
        [{"B3:B4": DAY, "C3:C4": "保管場所", "F3:F4": "事後"}, change(3, "甲", "乙", columns="DE"),
         change(4, "丙", "丁", columns="DE")],
        [((DAY, "保管場所", "甲", "乙", "事後", ""), set()), (("", "", "丙", "丁", "", ""), {0, 1, 4})],
        id="two changes of one item",
    ),
    pytest.param(
        [{"B3:B4": DAY, "C3:C4": "備考", "D3:D4": "甲", "E3": "乙", "E4": "丙", "F3:F4": "事後"}],
        [((DAY, "備考", "甲", "乙\n丙", "事後", ""), set())],
        id="a change whose 変更後 stands in two cells",
    ),
    pytest.param(
        [{"B3:B4": DAY, "C3:C4": "備考", "D3:D4": None, "E3": "乙", "E4": "丙", "F3:F4": "事後"}],
        [((DAY, "備考", "", "乙\n丙", "事後", ""), set())],
        id="an addition: the merged 変更前 is blank",
    ),
    pytest.param(
        [{"B3:B4": DAY, "C3:C4": "①", "D3:D4": "甲", "E3:E4": "乙", "F3:F4": "事後", "G3:G4": "改正"},
         change(5, OTHER_DAY, "②", "丙", "丁", "事後", "")],
        [((DAY, "①", "甲", "乙", "事後", "改正"), set()), ((OTHER_DAY, "②", "丙", "丁", "事後", ""), set())],
        id="every cell merged over two rows",
    ),
    pytest.param(
        [change(3, DAY, "①", "甲", "乙", "事後", "改正"), {"B4:G4": "令和6年度"}, {"J5": "要確認"},
         change(5, OTHER_DAY, "②", "丙", "丁", "事後", "")],
        [((DAY, "①", "甲", "乙", "事後", "改正"), set()), (("令和6年度",), set()),
         ((OTHER_DAY, "②", "丙", "丁", "事後", ""), set()), (("要確認",), set())],
        id="a line across the table, a note beside it",
    ),
    pytest.param(
        [change(3, DAY, "①", "甲", "乙", "事後", "改正"), change(4, *HEADINGS),
         change(5, OTHER_DAY, "②", "丙", "丁", "事後", "")],
        [((DAY, "①", "甲", "乙", "事後", "改正"), set()), (HEADINGS, set()),
         ((OTHER_DAY, "②", "丙", "丁", "事後", ""), set())],
        id="the headings once more",
    ),
    pytest.param(
        [{"B3:B5": DAY}, change(3, "①", "甲", "乙", "事後", columns="CDEF"), {"D4:E4": "略"},
         change(5, "②", "丙", "丁", "事後", columns="CDEF")],
        [((DAY, "①", "甲", "乙", "事後", ""), set()), (("", "", "略", "", "", ""), {0}),
         (("", "②", "丙", "丁", "事後", ""), {0})],
        id="a cell over two columns belongs to the first",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("written", "rows"), MERGED)
def test_changes_are_told_apart_by_their_columns(
    written: list[dict[str, object]], rows: list[tuple[tuple[str, ...], set[int]]]
) -> None:
    found = workbook.rows(packed({"別添２": cells(table(*written))}), NAME)
    assert [(row.cells, set(row.covered)) for row in found[2:]] == rows


def test_a_cell_merged_over_a_revision_is_said_of_every_change() -> None:
    merged = table(
        {"B3:B4": DAY, "F3:F4": "事後", "G3:G4": "改正"}, change(3, "①", "甲", "乙", columns="CDE")
    )
    sheets = {
        "表紙": cells(COVER | BELOW),
        "別添２": cells(merged | change(4, "②", "丙", "丁", columns="CDE")),
    }
    found = read(packed(sheets), NAME)
    assert [sources.cells(row) for row in found.rows] == [
        (DAY, "①", "甲", "乙", "事後", "改正"),
        (DAY, "②", "丙", "丁", "事後", "改正"),
    ]


def test_a_number_before_the_name_of_an_item_is_no_part_of_it_in_the_change_table() -> None:
    heads = dict(zip("ABCDEFG", ("No.", *HEADINGS), strict=True))
    written = {f"{column}1": text for column, text in heads.items()}
    written |= {"A2": "1", "B2:B3": DAY, "C2": "基本情報", "D2": "甲", "E2": "乙", "F2": "事後"}
    written |= {"A3": "2", "C3": "基本情報", "D3": "丙", "E3": "丁", "F3": "事後"}
    assert told({"Sheet1": cells(written)})[1:] == [
        ("1", DAY, "基本情報", "甲", "乙", "事後", ""),
        ("2", "", "基本情報", "丙", "丁", "事後", ""),
    ]


def test_two_columns_under_one_heading_are_one_cell() -> None:
    grid = {
        "B1:C1": "変更日",
        "D1:G1": "項目",
        "H1:K1": "変更前の記載",
        "L1:O1": "変更後の記載",
        "P1": "提出時期",
    }
    row = {"B2:C2": DAY, "D2:E2": "Ⅰ－6", "F2:G2": "①部署", "H2:K2": "甲", "L2:O2": "乙", "P2": "事後"}
    assert told({"Sheet1": cells(grid | row)}) == [
        tuple(grid.values()),
        (DAY, "Ⅰ－6 ①部署", "甲", "乙", "事後"),
    ]


def test_a_row_of_a_hundred_headings_is_no_change_table() -> None:
    heads = [*HEADINGS, *(f"欄{n}" for n in range(100))]
    written = [Cell(1, n, 1, n, text) for n, text in enumerate(heads, start=1)] + [Cell(2, 1, 2, 1, DAY)]
    assert told({"Sheet1": written}) == [(f"{' '.join(heads)}\n{DAY}",)]
