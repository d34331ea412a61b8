"""The change table of a published document: its state, and the six cells of each row."""

from __future__ import annotations

import pytest

from ledger.published import TableState
from ledger.readers.bounds import TooMany
from ledger.readers.change_table import ChangeTable
from ledger.readers.rows import SourceRow
from tests.sources import (
    ANNEX,
    CONTENTS,
    COVER,
    HEADINGS,
    READ_ROW,
    ROW,
    SECTION_I,
    Cells,
    cells,
    edition,
    left,
    told,
)


@pytest.mark.parametrize(
    ("annex", "state"),
    [
        pytest.param("", TableState.ABSENT, id="no annex: extraction lost it"),
        pytest.param("(別添2)変更箇所\n", TableState.ABSENT, id="a heading without a table"),
        pytest.param(ANNEX, TableState.EMPTY, id="a first publication"),
        pytest.param(
            f"{ANNEX}------\t------\t------\t------\t----\t----\n", TableState.EMPTY, id="rule only"
        ),
        pytest.param(f"{ANNEX}\t\t\t\t\t\n", TableState.EMPTY, id="blank rows only"),
        pytest.param(ANNEX + ROW, TableState.ROWS, id="rows"),
        pytest.param(ANNEX + ROW.rstrip("\n"), TableState.ROWS, id="the last row without a newline"),
    ],
)
def test_absent_empty_and_filled_tables_are_told_apart(annex: str, state: TableState) -> None:
    found = edition(CONTENTS, SECTION_I, annex)
    assert found.table is state
    assert told(found) == ([READ_ROW] if state is TableState.ROWS else [])
    assert left(found) == []


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("(別添2)変更箇所", id="narrow"),
        pytest.param("（別添２）　変更箇所", id="wide"),
        pytest.param("<p>(別添2) 変更箇所</p>", id="in tags"),
        pytest.param("（別添２）変 更 箇 所", id="spaced out"),
        pytest.param("（別添２）変更個所", id="another spelling"),
        pytest.param("【別添2】変更箇所", id="other brackets"),
        pytest.param("", id="lost: the headings of its columns tell"),
    ],
)
def test_the_annex_is_known_however_it_is_printed(heading: str) -> None:
    assert told(edition(SECTION_I, f"{heading}\n{HEADINGS}{ROW}")) == [READ_ROW]


def test_spaces_in_the_headings_of_the_table_do_not_matter() -> None:
    headings = "変 更 日\t項　目\t<p>変更前の記載</p>\t変更後の記載\t提出時期\t提出時期に係る説明\n"
    assert told(edition(f"(別添2)変更箇所\n{headings}{ROW}")) == [READ_ROW]


ROWS = [
    pytest.param(ROW, [READ_ROW], id="as printed"),
    pytest.param(
        ROW + "\n------\t------\t------\t------\t----\t----\n\n" + ROW,
        [READ_ROW, READ_ROW],
        id="hyphen rules",
    ),
    pytest.param(ROW + HEADINGS + ROW, [READ_ROW, READ_ROW], id="the headings again on the next page"),
    pytest.param(
        "\tⅠ－6－①部署\t市民課\t高齢者支援課\t事後\t組織改正\n",
        [("", *READ_ROW[1:])],
        id="a blank date stays blank",
    ),
    pytest.param(
        ROW + "〃\tⅠ－6－②\t課長\t室長\t事後\t組織改正\n",
        [READ_ROW, ("〃", "Ⅰ－6－②", "課長", "室長", "事後", "組織改正")],
        id="ditto is not blank",
    ),
    pytest.param(
        "令和5年4月3日\tⅠ－6－①部署\t市民課\t高齢者\n\n\t\t\t支援課\t事後\t組織改正\n",
        [("令和5年4月3日", "Ⅰ－6－①部署", "市民課", "高齢者\n支援課", "事後", "組織改正")],
        id="a row split over two pages, its timing on the second",
    ),
    pytest.param(
        "令和5年4月3日\tⅠ－6－①部署\t市民\t高齢者\t事後\t組織\n" + HEADINGS + "\t\t課\t支援課\t\t改正\n",
        [("令和5年4月3日", "Ⅰ－6－①部署", "市民\n課", "高齢者\n支援課", "事後", "組織\n改正")],
        id="a row split over two pages with headings between",
    ),
    pytest.param(
        ROW + "\tⅡ－6－保管場所\t書庫\t金庫\t事前\t移設\n",
        [READ_ROW, ("", "Ⅱ－6－保管場所", "書庫", "金庫", "事前", "移設")],
        id="a row of its own although its date is blank",
    ),
    pytest.param(ROW.rstrip("\n") + "\t\t\n", [READ_ROW], id="blank columns behind"),
    pytest.param(
        "\t" + ROW,
        [READ_ROW],
        id="a blank column before the date",
    ),
    pytest.param(
        "令和5年4月3日\tⅠ－6－①部署\t市民課\t高齢者\t支援課\t事後\t組織改正\n",
        [("令和5年4月3日", "Ⅰ－6－①部署", "市民課", "高齢者 支援課", "事後", "組織改正")],
        id="a column too many before the timing",
    ),
    pytest.param(
        "令和5年4月3日\tⅠ－6－①部署\t市民課\t高齢者支援課\t事後\t組織改正\t軽微\n",
        [("令和5年4月3日", "Ⅰ－6－①部署", "市民課", "高齢者支援課", "事後", "組織改正 軽微")],
        id="a column too many behind the timing",
    ),
    pytest.param(
        "令和5年4月3日\tⅠ－6－①部署\t市民課\t高齢者支援課\t事後\n",
        [(*READ_ROW[:5], "")],
        id="no explanation",
    ),
    pytest.param(
        "令和5年4月3日\tⅠ－6－①部署\t\t高齢者支援課\t\t組織改正\n",
        [("令和5年4月3日", "Ⅰ－6－①部署", "", "高齢者支援課", "", "組織改正")],
        id="blank before and blank timing stay blank",
    ),
    pytest.param(
        "<p>令和5年4月3日</p>\t<p>Ⅰ 基本情報</p> <p>①部署</p>\t略\t"
        "<p>略</p><p><中間サーバーにおける措置></p>\t事前\t-\n",
        [("令和5年4月3日", "Ⅰ 基本情報\n①部署", "略", "略\n<中間サーバーにおける措置>", "事前", "-")],
        id="tags go, words in angle brackets stay",
    ),
    pytest.param(
        "2016/1/29\tⅤ－1－①実施日\t2015/12/1\t2016/1/29\t事 後\t\n",
        [("2016/1/29", "Ⅴ－1－①実施日", "2015/12/1", "2016/1/29", "事 後", "")],
        id="cells are kept as printed",
    ),
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_the_six_cells_of_each_change_are_kept_as_printed(text: str, rows: list[Cells]) -> None:
    found = edition(SECTION_I, ANNEX + text)
    assert told(found) == rows
    assert [row.no for row in found.rows] == list(range(1, len(rows) + 1))
    assert left(found) == []


def test_a_row_says_on_which_line_it_begins() -> None:
    found = edition(ANNEX + ROW + "\n------\t------\n" + "\t\t\t（続き）\t\t\n" + ROW)
    first = COVER.count("\n") + ANNEX.count("\n") + 1
    assert [row.line for row in found.rows] == [first, first + 4]


def test_a_row_that_is_no_change_is_unassigned() -> None:
    found = edition(SECTION_I, ANNEX + "改訂の経緯は次のとおり\n" + ROW)
    assert told(found) == [READ_ROW]
    assert [text for _, text in left(found)] == ["改訂の経緯は次のとおり"]


def test_changes_without_the_headings_of_the_table_are_unassigned() -> None:
    found = edition(SECTION_I, f"(別添2)変更箇所\n{ROW}")
    assert (found.table, told(found)) == (TableState.ABSENT, [])
    assert [text for _, text in left(found)] == [" ".join(READ_ROW)]


def test_a_cell_that_names_a_section_opens_none() -> None:
    cut = "令和5年4月3日\t\t市民課\t高齢者支援課\t事後\t組織改正\n\tⅠ 基本情報\t\t\t\t\n\t①部署\t\t\t\t\n"
    found = edition(ANNEX + cut + ROW)
    assert told(found) == [("令和5年4月3日", "Ⅰ 基本情報\n①部署", *READ_ROW[2:]), READ_ROW]
    assert left(found) == []


def test_a_section_printed_behind_the_table_opens_with_its_first_heading() -> None:
    found = edition(ANNEX + ROW, SECTION_I)
    assert told(found) == [READ_ROW]
    assert [item.value for item in found.items if item.key == "I.1.1"] == ["介護保険に関する事務"]
    assert left(found) == []


MERGED = SourceRow(3, ("", "", "市民部", "福祉部", "", ""), covered=frozenset({1, 5}))


def table_of(*rows: SourceRow) -> ChangeTable:
    """The change table of rows below its headings."""
    table = ChangeTable()
    for row in (SourceRow(1, tuple(HEADINGS.strip().split("\t"))), *rows):
        table.add(row)
    return table


def test_a_merged_cell_is_said_once_of_a_change_that_goes_on() -> None:
    found = table_of(SourceRow(2, READ_ROW), *[MERGED] * 40)
    assert [cells(row) for row in found.rows] == [
        (
            *READ_ROW[:2],
            "\n".join(["市民課", *["市民部"] * 40]),
            "\n".join(["高齢者支援課", *["福祉部"] * 40]),
            *READ_ROW[4:],
        )
    ]


def test_a_merged_cell_speaks_for_every_change_it_covers() -> None:
    further = SourceRow(3, ("令和6年4月1日", "", "乙", "丙", "事前", ""), covered=frozenset({1, 5}))
    found = table_of(SourceRow(2, READ_ROW), further)
    assert cells(found.rows[1]) == ("令和6年4月1日", READ_ROW[1], "乙", "丙", "事前", READ_ROW[5])


def test_a_table_of_more_changes_than_any_assessment_has_is_refused() -> None:
    with pytest.raises(TooMany, match=r"^変更箇所の行が多すぎます（20,000行まで）$"):
        table_of(*[SourceRow(2, READ_ROW)] * 20_001)
