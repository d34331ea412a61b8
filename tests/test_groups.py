"""Contracts and systems that come and go: what is known of them, and of those behind them, before."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ledger.published import PrintedItem
from projections.as_of import document_as_of
from projections.groups import Told, told_of
from projections.validator import validate
from tests.papers import Cells, at, day, known_by, paper, says, stated

ON = "令和5年4月1日"
EXISTS = "II/4/委託の有無"
NUMBER = f"{EXISTS}/件"
PARTS = ("①委託内容", "③委託先名")


def contracts(*numbers: int) -> list[PrintedItem]:
    """委託事項, each with words of its own."""
    found = [stated(EXISTS, "委託する"), stated(NUMBER, str(len(numbers)))]
    for n in numbers:
        found.append(stated(f"II/4/委託事項{n}", f"業務{n}"))
        found.extend(stated(f"II/4/委託事項{n}/{part}", f"{part}の{n}") for part in PARTS)
    return found


def count(before: int, after: int) -> Cells:
    return (ON, EXISTS, f"委託する（{before}）件", f"委託する（{after}）件")


Said = dict[str, tuple[object, str]]


def said(items: Iterable[PrintedItem], rows: Iterable[Cells], on: str) -> Said:
    """What every item of II-4 said on a day, by the end of its path."""
    shown = document_as_of(known_by(paper(*items, rows=tuple(rows))), day(on))
    return {
        str(i.path).removeprefix("II/4/"): (i.reading.value, str(i.reading.certainty)) for i in shown.items
    }


EVE, DAY = "2023-03-31", "2023-04-01"
UNKNOWN = (None, "unknown")

REMOVALS = [
    pytest.param(("業務甲", ""), id="left blank"),
    pytest.param(("業務甲", "－"), id="a dash"),
    pytest.param(("業務甲", "（削除）"), id="in a word"),
    pytest.param(("業務甲", "委託事項2を削除"), id="told"),
]


@pytest.mark.parametrize("sides", REMOVALS)
def test_when_a_group_goes_its_name_is_known_and_what_moved_up_is_not(sides: tuple[str, str]) -> None:
    rows = [count(3, 2), (ON, "II/4/委託事項2", *sides)]
    eve = said(contracts(1, 2), rows, EVE)
    assert eve["委託事項2"] == ("業務甲", "known")
    assert eve["委託事項2/③委託先名"] == eve["委託事項3"] == eve["委託事項3/①委託内容"] == UNKNOWN
    assert eve["委託事項1/③委託先名"] == ("③委託先名の1", "known")
    assert eve["委託の有無/件"] == ("3", "known")
    now = said(contracts(1, 2), rows, DAY)
    assert now["委託事項2/③委託先名"] == ("③委託先名の2", "known")
    assert now["委託事項3"] == ("", "known")
    assert not [
        f for f in validate(paper(*contracts(1, 2), rows=tuple(rows))).findings if f.severity == "error"
    ]


def test_when_the_last_group_goes_the_others_stay_known() -> None:
    eve = said(contracts(1, 2), [count(3, 2), (ON, "II/4/委託事項3", "業務甲", "（削除）")], EVE)
    assert eve["委託事項3"] == ("業務甲", "known")
    assert eve["委託事項3/④再委託の有無"] == UNKNOWN
    assert eve["委託事項2/③委託先名"] == ("③委託先名の2", "known")


def test_a_number_that_stays_empty_moves_nothing() -> None:
    eve = said(contracts(1, 3), [(ON, "II/4/委託事項2", "業務甲", "－")], EVE)
    assert eve["委託事項2"] == ("業務甲", "known")
    assert eve["委託事項2/①委託内容"] == UNKNOWN
    assert eve["委託事項3/③委託先名"] == ("③委託先名の3", "known")


def test_a_name_that_was_taken_out_of_a_group_that_stays_is_no_end_of_it() -> None:
    items = [i for i in contracts(1, 2) if str(i.path) != "II/4/委託事項2"]
    eve = said([*items, stated("II/4/委託事項2", "")], [(ON, "II/4/委託事項2", "業務甲", "")], EVE)
    assert eve["委託事項2"] == ("業務甲", "known")
    assert eve["委託事項2/③委託先名"] == ("③委託先名の2", "known")


def test_a_removal_below_the_heading_is_of_the_group_it_tells_of() -> None:
    rows = [count(3, 2), (ON, "Ⅱ－4. 特定個人情報ファイルの取扱いの委託", "", "委託事項2を廃止")]
    eve = said(contracts(1, 2), rows, EVE)
    assert eve["委託事項2"] == eve["委託事項3"] == UNKNOWN
    assert eve["委託事項1"] == ("業務1", "known")


def test_rows_on_all_its_items_are_the_end_of_a_group_without_a_row_on_its_name() -> None:
    path = "II/4/委託事項2"
    rows = [
        (ON, f"{path}/①委託内容", "内容甲", "－"),
        (ON, f"{path}/③委託先名", "甲社", "－"),
        (ON, f"{path}/⑤再委託の許諾方法", "書面", "－"),
    ]
    eve = said(contracts(1, 2), rows, EVE)
    assert eve["委託事項2/①委託内容"] == ("内容甲", "known")
    assert eve["委託事項2"] == UNKNOWN


def test_what_rows_of_that_day_say_of_what_moved_up_is_known() -> None:
    rows = [
        count(3, 2),
        (ON, "II/4/委託事項2", "業務甲", "業務2"),
        (ON, "II/4/委託事項2/①委託内容", "内容甲", "①委託内容の2"),
        (ON, "II/4/委託事項2/③委託先名", "甲社", "③委託先名の2"),
        (ON, "II/4/委託事項3", "業務2", "－"),
        (ON, "II/4/委託事項3/③委託先名", "③委託先名の2", "－"),
    ]
    eve = said(contracts(1, 2), rows, EVE)
    assert [eve[f"委託事項2{part}"][0] for part in ("", "/①委託内容", "/③委託先名")] == [
        "業務甲",
        "内容甲",
        "甲社",
    ]
    assert (eve["委託事項3"], eve["委託事項3/③委託先名"]) == (("業務2", "known"), ("③委託先名の2", "known"))
    assert eve["委託事項3/①委託内容"] == UNKNOWN


def test_a_group_that_cut_in_moved_the_later_ones_down() -> None:
    rows = [
        count(2, 3),
        (ON, "II/4/委託事項2", "", "業務2"),
        (ON, "II/4/委託事項2/①委託内容", "", "①委託内容の2"),
        (ON, "II/4/委託事項2/③委託先名", "", "③委託先名の2"),
    ]
    eve = said(contracts(1, 2, 3), rows, EVE)
    assert {eve[f"委託事項{n}{part}"] for n in (2, 3) for part in ("", "/①委託内容", "/③委託先名")} == {
        UNKNOWN
    }
    assert eve["委託事項1"] == ("業務1", "known")
    assert said(contracts(1, 2, 3), rows, DAY)["委託事項3"] == ("業務3", "known")


def test_a_group_at_the_end_was_blank_before_and_moved_nothing() -> None:
    path = "II/4/委託事項2"
    rows = [count(1, 2), (ON, path, "－", "業務2"), (ON, f"{path}/③委託先名", "－", "③委託先名の2")]
    eve = said(contracts(1, 2), rows, EVE)
    assert (eve["委託事項2"], eve["委託事項2/③委託先名"]) == (("－", "known"), ("－", "known"))
    assert eve["委託事項2/①委託内容"] == UNKNOWN  # no row says whether it was there before
    assert eve["委託事項1/①委託内容"] == ("①委託内容の1", "known")


def test_what_a_group_at_the_end_leaves_blank_was_blank_before() -> None:
    items = [*contracts(1, 2), stated("II/4/委託事項2/⑥再委託事項", "－")]
    eve = said(items, [count(1, 2), (ON, "II/4/委託事項2", "－", "業務2")], EVE)
    assert eve["委託事項2/⑥再委託事項"] == ("－", "known")
    assert eve["委託事項2/③委託先名"] == UNKNOWN


def test_a_count_that_fell_leaves_open_which_group_went() -> None:
    eve = said(contracts(1, 2), [count(3, 2)], EVE)
    assert eve["委託事項1"] == ("業務1", "partial")
    assert eve["委託事項2/③委託先名"] == ("③委託先名の2", "partial")
    assert eve["委託事項3"] == UNKNOWN


def test_a_count_that_rose_tells_of_the_last_group() -> None:
    eve = said(contracts(1, 2), [count(1, 2)], EVE)
    assert eve["委託事項2"] == eve["委託事項2/①委託内容"] == UNKNOWN
    assert eve["委託事項1"] == ("業務1", "known")


def test_a_count_that_the_body_denies_tells_nothing_of_the_groups() -> None:
    eve = said(contracts(1, 2), [count(5, 4)], EVE)
    assert eve["委託事項2"] == ("業務2", "known")


def test_where_a_group_went_and_no_row_counts_the_number_before_is_unknown() -> None:
    eve = said(contracts(1, 2), [(ON, "II/4/委託事項3", "業務甲", "（削除）")], EVE)
    assert eve["委託の有無/件"] == UNKNOWN


def test_all_contracts_went_with_the_choice() -> None:
    items = [stated(EXISTS, "委託しない")]
    eve = said(items, [(ON, EXISTS, "委託する（2）件", "委託しない")], EVE)
    assert eve["委託の有無/件"] == ("2", "known")
    assert eve["委託事項1"] == eve["委託事項2/③委託先名"] == UNKNOWN


def test_rows_before_the_removal_speak_of_what_bore_the_number_then() -> None:
    """委託事項2 of the first row went; 委託事項2 of the last one moved up."""
    path = "II/4/委託事項2/③委託先名"
    rows = (
        ("令和3年4月1日", path, "甲社", "乙社"),
        count(3, 2),
        (ON, "II/4/委託事項2", "業務甲", "（削除）"),
        ("令和6年4月1日", path, "丙社", "③委託先名の2"),
    )
    edition = paper(*contracts(1, 2), rows=rows)
    known = known_by(edition)
    assert says(document_as_of(known, day("2023-04-01")), path) == ("丙社", "known")
    assert at(document_as_of(known, day(EVE)), path).reading.value == "乙社"
    assert not [finding for finding in validate(edition).findings if finding.severity == "error"]


def test_a_system_goes_like_any_group_and_its_first_item_is_its_name() -> None:
    items = [
        stated(f"I/2/システム{n}/{part}", f"{part}の{n}")
        for n in (1, 2)
        for part in ("①システムの名称", "②システムの機能")
    ]
    row = (ON, "I/2/システム1/①システムの名称", "甲システム", "（削除）")
    shown = document_as_of(known_by(paper(*items, rows=(row,))), day(EVE))
    assert says(shown, "I/2/システム1/①システムの名称") == ("甲システム", "known")
    assert at(shown, "I/2/システム2/②システムの機能").reading.value is None


TOLD = [
    pytest.param("委託事項2を削除", (Told("委託事項", (2,), came=False),), id="one"),
    pytest.param("提供先２、３の廃止", (Told("提供先", (2, 3), came=False),), id="a list"),
    pytest.param("移転先2から4を削除する。", (Told("移転先", (2, 3, 4), came=False),), id="a range"),
    pytest.param("Ⅱ－4－委託事項2（削除）", (Told("委託事項", (2,), came=False),), id="in the 項目 column"),
    pytest.param("委託事項3を追加", (Told("委託事項", (3,), came=True),), id="added"),
    pytest.param("委託事項2の委託先を削除したデータの提供", (), id="something of the group"),
    pytest.param("不要となった記録を削除", (), id="no group"),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_narration_tells_which_groups_came_or_went(text: str, told: tuple[Told, ...]) -> None:
    assert told_of(text) == told
