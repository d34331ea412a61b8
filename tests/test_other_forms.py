"""Reading 様式2 and 様式4: cover and change table are read, the body is kept, no item of it is made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import UnreadableSource
from ledger.form import form_kinds, form_named
from ledger.published import Fate, TableState
from ledger.readers import markup
from ledger.readers.cover import form_of
from ledger.readers.other_forms import edition_of
from ledger.readers.rows import SourceRow, length
from projections.rules import RULES
from projections.validator import validate
from tests.command_line import Kaitei
from tests.other_forms import (
    BODY_2,
    BODY_4,
    CONTENTS_2,
    CONTENTS_4,
    DECLARED,
    READ_2,
    ROW_2,
    TABLE,
    basic,
    cover,
    covered,
    full,
    taken,
)
from tests.sources import HEADINGS, READ_ROW, ROW, left, told

pytest_plugins = ["tests.command_line_fixtures"]

# the forms as data


def test_every_form_is_told_by_the_title_of_its_cover() -> None:
    told_by = {kind.name: form_of(f"特定個人情報保護評価書（{kind.title}）") for kind in form_kinds()}
    assert told_by == {"様式2": "様式2", "様式3": "様式3", "様式4": "様式4"}


def test_the_change_table_is_another_annex_on_each_form() -> None:
    assert [kind.annex for kind in form_kinds()] == [
        "（別添）変更箇所",
        "（別添２）変更箇所",
        "（別添３）変更箇所",
    ]


@pytest.mark.parametrize("name", ["様式2", "様式4"])
def test_only_the_cover_of_a_form_without_items_is_known(name: str) -> None:
    form = form_named(name)
    assert not form.itemised
    assert {item.section for item in form} == {"表紙"}


# reading


def test_the_cover_of_a_basic_assessment_is_read() -> None:
    edition = taken(basic())
    header = edition.header
    assert (edition.form, header.number, header.body) == ("様式2", "7", "霞野市長")
    assert (header.title, header.publication_date) == (
        "介護保険に関する事務 基礎項目評価書",
        "令和7年11月20日",
    )
    assert (header.special_notes, header.form_edition) == ("なし", "令和6年10月 様式2")
    assert covered(edition) == {
        "表紙/評価書番号": "7",
        "表紙/評価書名": "介護保険に関する事務 基礎項目評価書",
        "表紙/個人のプライバシー等の権利利益の保護の宣言": DECLARED,
        "表紙/特記事項": "なし",
        "表紙/評価実施機関名": "霞野市長",
        "表紙/公表日": "令和7年11月20日",
        "表紙/様式の版": "令和6年10月 様式2",
    }


APPROVALS = [
    pytest.param("個人情報保護委員会　承認日【行政機関等のみ】\n\n", None, id="nothing for a municipality"),
    pytest.param("個人情報保護委員会　承認日\n【行政機関等のみ】\n\n", None, id="a label on two lines"),
    pytest.param("", None, id="no label"),
    pytest.param(
        "個人情報保護委員会 承認日【行政機関等のみ】\n\n令和7年10月1日\n\n", "令和7年10月1日", id="a day"
    ),
]


@pytest.mark.parametrize(("below", "day"), APPROVALS)
def test_the_approval_on_the_cover_of_a_full_assessment_is_not_the_name_of_its_body(
    below: str, day: str | None
) -> None:
    edition = taken(full(below=below))
    assert (edition.form, edition.header.body, edition.header.number) == ("様式4", "霞野市長", "1")
    assert edition.header.publication_date == "令和7年11月20日"
    assert covered(edition).get("表紙/個人情報保護委員会 承認日") == day


@pytest.mark.parametrize("text", [pytest.param(basic(), id="様式2"), pytest.param(full(), id="様式4")])
def test_the_rows_are_verbatim_and_the_body_is_neither_item_nor_row(text: str) -> None:
    edition = taken(text)
    assert edition.table is TableState.ROWS
    assert told(edition) == [READ_ROW, READ_2]
    assert {item.path.section for item in edition.items} == {"表紙"}


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        pytest.param(basic(), ["I 関連情報", "I 関連情報", "II しきい値判断項目"], id="様式2"),
        pytest.param(
            full(), ["Ⅰ　基本情報", "Ⅰ　基本情報", "（別添１）事務の内容", "Ⅵ　評価実施手続"], id="様式4"
        ),
    ],
)
def test_the_body_is_left_in_one_passage_for_each_section(text: str, openings: list[str]) -> None:
    lines = text.split("\n")
    passages = left(taken(text))
    assert [words.split("\n")[0] for _, words in passages] == openings
    assert [lines[line - 1].strip() for line, _ in passages] == openings


@pytest.mark.parametrize(
    ("text", "body", "contents"),
    [
        pytest.param(basic(), BODY_2, CONTENTS_2, id="様式2"),
        pytest.param(full(), BODY_4, CONTENTS_4, id="様式4"),
    ],
)
def test_the_share_assigned_does_not_count_the_body(text: str, body: str, contents: str) -> None:
    edition = taken(text)
    listed = [line for line in contents.split("\n") if line != "項目一覧" and "変更箇所" not in line]
    assert edition.characters - edition.assigned == sum(map(length, [*listed, *body.split("\n")]))
    assert 0.3 < edition.assigned_share < 0.9


HEADS = [
    pytest.param("(別添)変更箇所", id="様式2"),
    pytest.param("（別添３）　変更箇所", id="様式4"),
    pytest.param("別添　変更箇所", id="without brackets"),
    pytest.param("別紙 変更箇所", id="別紙"),
    pytest.param("<p>（別添）変 更 箇 所</p>", id="spaced out, in tags"),
    pytest.param("変更箇所", id="the bare name"),
]


@pytest.mark.parametrize("heading", HEADS)
def test_the_heading_of_the_change_table_is_known_however_it_is_printed(heading: str) -> None:
    edition = taken(basic().replace("(別添)変更箇所\n\n変更日", f"{heading}\n\n変更日"))
    assert told(edition) == [READ_ROW, READ_2]
    assert not any("変更箇所" in words or "変 更" in words for _, words in left(edition))


def test_a_lost_heading_does_not_matter_where_the_columns_tell() -> None:
    assert told(taken(basic().replace("(別添)変更箇所\n\n変更日", "変更日"))) == [READ_ROW, READ_2]


@pytest.mark.parametrize(
    ("table", "state"),
    [
        pytest.param("", TableState.ABSENT, id="a heading without a table"),
        pytest.param(HEADINGS, TableState.EMPTY, id="a first publication"),
        pytest.param(HEADINGS + ROW, TableState.ROWS, id="a row"),
        pytest.param(ROW, TableState.ABSENT, id="rows whose headings were lost"),
    ],
)
def test_the_state_of_the_table(table: str, state: TableState) -> None:
    assert taken(basic(table)).table is state


TABLES = [
    pytest.param(f"{TABLE}\n（別添）変更箇所\n{HEADINGS}{ROW}", [READ_ROW, READ_2, READ_ROW], id="next page"),
    pytest.param(f"{TABLE}\n- 12 -\n{HEADINGS}{ROW}", [READ_ROW, READ_2, READ_ROW], id="a page's number"),
    pytest.param(
        f"{HEADINGS}{ROW}\tⅣ リスク対策\t\t\t\t\n",
        [(*READ_ROW[:1], "Ⅰ－6－①部署\nⅣ リスク対策", *READ_ROW[2:])],
        id="a cell that names a section is no section",
    ),
    pytest.param(
        f"{HEADINGS}{ROW}\nⅢ しきい値判断結果\n1. 結果\nしきい値判断結果\t重点項目評価\n",
        [READ_ROW],
        id="a section that comes after the table is no row of it",
    ),
    pytest.param(
        f"{HEADINGS}{ROW}\nⅢ しきい値判断結果\n1. 結果\n\n{HEADINGS}{ROW_2}",
        [READ_ROW, READ_2],
        id="a table in two parts with a section between",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "rows"), TABLES)
def test_the_table_goes_on_and_ends_where_its_rows_do(
    table: str, rows: list[tuple[str, str, str, str, str, str]]
) -> None:
    assert told(taken(basic(table))) == rows


def test_rows_of_a_workbook_keep_their_place_and_their_merged_cells() -> None:
    text = cover("基礎項目評価書").split("\n")
    head = [
        SourceRow(no, ("", *line.split("\t")), f"シート「表紙」{no}行") for no, line in enumerate(text, 1)
    ]
    sheet = [
        "",
        "Ⅰ 関連情報",
        "",
        "1. 事務",
        "変更箇所",
        HEADINGS.strip(),
        ROW.strip(),
        "\tⅣ\t－\tあり\t\t\n",
    ]
    rest = [
        SourceRow(no, ("", *line.rstrip("\n").split("\t")), f"シート「変更箇所」{no}行")
        for no, line in enumerate(sheet, len(head) + 1)
    ]
    rest[-1] = replace(rest[-1], covered=frozenset({1, 5, 6}))
    edition = edition_of([*head, *rest], "様式2", reader="workbook/1")
    assert edition.reader == "workbook/1"
    assert edition.header.number == "7"
    assert told(edition) == [READ_ROW, (READ_ROW[0], "Ⅳ", "－", "あり", *READ_ROW[4:])]
    assert [passage.place for passage in edition.unassigned] == [f"シート「変更箇所」{len(head) + 2}行"]
    assert [piece.place for piece in edition.pieces if piece.fate is Fate.ROW] == [
        row.place for row in rest[-2:]
    ]


def test_the_cover_may_come_after_other_sheets() -> None:
    front, _, back = basic().partition("(別添)変更箇所\n\n変更日")
    edition = taken(f"項目一覧\n(別添)変更箇所\n\n変更日{back}\n{front}")
    assert (edition.header.number, edition.header.publication_date) == ("7", "令和7年11月20日")
    assert told(edition) == [READ_ROW, READ_2]


def test_the_title_at_the_head_of_a_page_is_no_second_cover() -> None:
    title = "特定個人情報保護評価書(基礎項目評価書)"
    body = BODY_2.replace("8. 特定", f"{title}\n8. 特定")
    edition = taken(basic().replace(BODY_2, body))
    assert covered(edition) == covered(taken(basic()))
    assert [title in words for _, words in left(edition)] == [False, True, False]


TEXT_LAYER = """
  評価実施機関名

霞野市長

 公表日

令和7年11月20日

特定個人情報保護評価書（基礎項目評価書）

評価書番号  評価書名

7 介護保険に関する事務　基礎項目評価書

特記事項 なし

項目一覧

Ⅱ　しきい値判断項目

　（別添）　変更箇所

Ⅰ　関連情報

介護保険に関する事務

①事務の名称

変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明

市民課 高齢者支援課 令和5年4月3日 Ⅰ－5－①部署 事後
"""


def test_a_text_layer_without_cells_gives_its_header_and_no_table() -> None:
    edition = taken(TEXT_LAYER)
    header = edition.header
    assert (header.number, header.title) == ("7", "介護保険に関する事務　基礎項目評価書")
    assert (header.body, header.publication_date, header.special_notes) == (
        "霞野市長",
        "令和7年11月20日",
        "なし",
    )
    assert (edition.table, edition.rows) == (TableState.ABSENT, ())
    assert any("変更前の記載" in words for _, words in left(edition))


def test_a_title_without_a_number_is_not_taken_apart() -> None:
    with pytest.raises(UnreadableSource, match="表紙に評価書番号がありません"):
        taken(TEXT_LAYER.replace("7 介護保険", "介護保険"))


LINES = [line for line in (basic() + full()).split("\n") if line.strip()]


@given(st.lists(st.sampled_from(LINES), max_size=40), st.sampled_from(["様式2", "様式4"]))
def test_whatever_the_damage_every_character_has_one_place(lines: list[str], form: str) -> None:
    """Rows lost, repeated and in any order: pieces, and what is assigned and not, add up to the source."""
    rows = [SourceRow(no, tuple(line.split("\t"))) for no, line in enumerate(lines, start=1)]
    edition = edition_of(rows, form, reader="ocr-text/1")
    words = "".join(markup.words(piece.text) for piece in edition.pieces)
    source = "".join(markup.words(cell) for row in rows for cell in row.cells)
    assert sorted("".join(words.split())) == sorted("".join(source.split()))
    assert edition.characters == sum(length(cell) for row in rows for cell in row.cells)
    assert edition.assigned + sum(length(left.text) for left in edition.unassigned) == edition.characters
    assert [row.no for row in edition.rows] == list(range(1, len(edition.rows) + 1))


# validate

FAULTS = HEADINGS + ROW + "\tⅠ－99 そのような項目\t略\t略\t事後\t\n" + "\t" + ROW_2.partition("\t")[2]


def test_validate_finds_what_is_wrong_with_the_table_by_itself(kaitei: Kaitei, folder: Path) -> None:
    (folder / "基礎.txt").write_text(basic(FAULTS), "utf-8")
    view = kaitei("validate", "基礎.txt", "--json")
    assert view.status == 0
    assert view.json["ref"] == "霞野市長/7/様式2"
    dates = [finding for finding in view.json["findings"] if finding["rule"] == "missing-change-date"]
    assert [(finding["rows"], finding["items"]) for finding in dates] == [([2, 3], [])]
    said = kaitei("validate", "基礎.txt").out.splitlines()
    assert said[0] == "基礎.txt: 霞野市長/7/様式2 介護保険に関する事務 基礎項目評価書"
    assert said[2].strip() == "様式2の項目には未対応です（変更箇所の表だけを点検しました）"


@pytest.mark.parametrize("form", [pytest.param("様式2", id="様式2"), pytest.param("様式4", id="様式4")])
def test_rules_that_need_items_are_silent_on_a_form_without(form: str) -> None:
    edition = replace(taken(basic(FAULTS)), form=form)
    speaks_of_any = {rule.name for rule in RULES if rule.any_form}
    assert {finding.rule for finding in validate(edition).findings} <= speaks_of_any
    as_form_3 = {finding.rule for finding in validate(replace(edition, form="様式3")).findings}
    assert "unknown-item" in as_form_3 - speaks_of_any, "the same rows on 様式3 are found fault with"


def test_a_table_without_faults_has_no_findings() -> None:
    assert validate(taken(basic())).findings == ()
    assert validate(taken(full())).findings == ()
