"""（別添２）変更箇所 written from the events: published rows first, then what was recorded since."""

from __future__ import annotations

import csv
import io

import pytest

from ledger.resolver import How
from projections.change_table import change_table
from projections.editions import assessment
from projections.exports import as_csv, as_json
from projections.listing import TableRow
from projections.rows import Style
from tests.papers import Cells, day, entries, known_by, paper, received, recorded, stated

OFFICE = "I/6/①部署"
WORK = "I/1/②事務の内容"
STORAGE = "II/6/保管場所"
LIST = "別添1/特定個人情報ファイル記録項目"
LONG = "①申請を受理する。②現況を審査する。"

PUBLISHED = paper(
    stated(OFFICE, "窓口課"),
    stated(WORK, LONG),
    rows=(
        ("令和3年4月1日", OFFICE, "市民課", "住民課"),
        ("", WORK, "審査を行う。", "現況を審査する。"),
        ("令和5年4月3日", OFFICE, "住民課", "窓口課", "事前"),
    ),
)


def rows_of(*rows: Cells, body: dict[str, str] | None = None) -> tuple[TableRow, ...]:
    items = [stated(path, value) for path, value in (body or {}).items()]
    return change_table(known_by(paper(*items, rows=rows)))


def test_the_rows_stand_in_their_order_with_their_words_untouched() -> None:
    rows = change_table(known_by(PUBLISHED))
    assert [(r.no, r.change.printed_date, r.change.before, r.change.after) for r in rows] == [
        (1, "令和3年4月1日", "市民課", "住民課"),
        (2, "", "審査を行う。", "現況を審査する。"),
        (3, "令和5年4月3日", "住民課", "窓口課"),
    ]


def test_recorded_changes_follow_and_are_counted_on() -> None:
    log = entries(*received(PUBLISHED), recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日"))
    last = change_table(assessment(log))[-1]
    assert (last.no, last.change.no, last.change.event_id) == (4, 0, "e6")
    assert [str(target.path) for target in last.touched.targets] == [OFFICE]


def test_a_recorded_change_is_not_listed_beside_the_row_it_was_published_as() -> None:
    log = entries(*received(PUBLISHED), recorded(OFFICE, "住民課", "窓口課", "令和5年4月3日"))
    assert len(change_table(assessment(log))) == 3


def test_of_a_day_only_rows_whose_day_had_come_and_undated_ones_are_listed() -> None:
    known = known_by(PUBLISHED)
    assert [row.no for row in change_table(known, day("2021-03-31"))] == [2]
    assert [row.no for row in change_table(known, day("2021-04-01"))] == [1, 2]
    assert [row.no for row in change_table(known, day("2023-04-03"))] == [1, 2, 3]


def test_no_edition_has_no_rows() -> None:
    assert change_table(known_by()) == ()


KINDS = [
    pytest.param(OFFICE, "窓口課", ("市民課", "窓口課"), (Style.FULL, Style.FULL), id="all of the item"),
    pytest.param(
        WORK, LONG, ("審査を行う。", "現況を審査する。"), (Style.FRAGMENT, Style.FRAGMENT), id="a part of it"
    ),
    pytest.param(OFFICE, "窓口課", ("", "窓口課"), (Style.BLANK, Style.FULL), id="nothing before"),
    pytest.param(OFFICE, "窓口課", ("－", "窓口課"), (Style.DASH, Style.FULL), id="a dash before"),
    pytest.param(
        LIST, "氏名", ("略", "「氏名」を追加。"), (Style.ELIDED, Style.NARRATIVE), id="略, then told"
    ),
    pytest.param(STORAGE, "甲\n乙", ("略", "略\n乙"), (Style.ELIDED, Style.ELIDED), id="略 on both sides"),
]


@pytest.mark.parametrize(("path", "body", "said", "kinds"), KINDS)
def test_each_side_says_how_it_is_written(
    path: str, body: str, said: tuple[str, str], kinds: tuple[Style, Style]
) -> None:
    (row,) = rows_of(("令和5年4月3日", path, *said), body={path: body})
    assert (row.before, row.after) == kinds


def test_a_cell_with_several_labels_is_composite() -> None:
    (row,) = rows_of(
        (
            "令和5年4月3日",
            "Ⅰ－6",
            "【①部署】甲課【②所属長の役職名】甲課長",
            "【①部署】乙課【②所属長の役職名】乙課長",
        ),
        body={OFFICE: "乙課", "I/6/②所属長の役職名": "乙課長"},
    )
    assert (row.before, row.after) == (Style.COMPOSITE, Style.COMPOSITE)
    assert {str(target.path) for target in row.touched.targets} == {OFFICE, "I/6/②所属長の役職名"}


def test_a_row_that_names_nothing_of_the_form_has_no_target() -> None:
    (row,) = rows_of(("令和5年4月3日", "待合スペースの掲示物", "未実施", "実施済み"))
    assert row.touched.targets == ()
    assert (row.before, row.after) == (Style.FULL, Style.FULL)


def test_the_json_of_a_row_has_its_fixed_keys() -> None:
    log = entries(*received(PUBLISHED))
    first, undated, last = (as_json.table_row(row) for row in change_table(assessment(log)))
    assert list(first) == [
        "no", "event_id", "revision_id", "change_date", "item_text", "targets",
        "before", "after", "before_kind", "after_kind", "timing", "reason",
    ]  # fmt: skip
    assert first["targets"] == [{"path": OFFICE, "how": str(How.EXACT), "note": ""}]
    assert (first["event_id"], first["change_date"], first["timing"]) == ("e3", "2021-04-01", "事後")
    assert (undated["change_date"], undated["revision_id"]) == (None, "p-undated")
    assert last["timing"] == "事前"


def test_the_table_as_csv_has_its_six_columns_as_printed() -> None:
    text = as_csv.changes(change_table(known_by(PUBLISHED)))
    assert text.startswith("\ufeff変更日,")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0] == ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"]
    assert lines[1] == ["令和3年4月1日", OFFICE, "市民課", "住民課", "事後", "重要な変更に該当しない"]
    assert len(lines) == 4


CELLS = [
    pytest.param("=HYPERLINK(1)", "'=HYPERLINK(1)", id="a formula"),
    pytest.param("+81", "'+81", id="a plus sign"),
    pytest.param("-1件", "'-1件", id="a minus sign"),
    pytest.param("@SUM(1)", "'@SUM(1)", id="an at sign"),
    pytest.param("\t=1", "'\t=1", id="a formula behind a tab"),
    pytest.param("－", "－", id="a full-width dash alone"),
    pytest.param("-", "-", id="a dash alone"),
    pytest.param("－1件", "－1件", id="a full-width minus is no formula"),
    pytest.param("a=1", "a=1", id="not at the beginning"),
    pytest.param('「"」,\n次', '「"」,\n次', id="quotes, commas and lines survive"),
]


@pytest.mark.parametrize(("cell", "written"), CELLS)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str, written: str) -> None:
    text = as_csv.changes(rows_of(("令和5年4月3日", OFFICE, cell, "窓口課")))
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert lines[1][2] == written
