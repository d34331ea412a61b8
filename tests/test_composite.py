"""Rows about several items: in their cells, in their 項目, or nobody knows in which."""

from __future__ import annotations

import pytest

from ledger.published import Boxes, PrintedItem
from projections import several
from projections.as_of import document_as_of
from projections.editions import Anchor
from projections.rows import Style
from projections.timeline import timelines
from tests.papers import Cells, at, day, known_by, paper, says, stated

ON = "令和5年4月1日"
OFFICE, HEAD = "I/6/①部署", "I/6/②所属長の役職名"
SECTION = "Ⅰ 基本情報－6. 評価実施機関における担当部署"
GROUP = "II/4/委託事項3"
NOW = {
    GROUP: "業務丙",
    f"{GROUP}/①委託内容": "封入",
    f"{GROUP}/③委託先名": "丙社",
    f"{GROUP}/④再委託の有無": "再委託しない",
    OFFICE: "窓口課",
    HEAD: "窓口課長",
}


def body(*more: PrintedItem) -> tuple[PrintedItem, ...]:
    return (*(stated(path, value) for path, value in NOW.items()), *more)


def before(*rows: Cells) -> dict[str, tuple[object, str]]:
    """What the items said on the day before the rows, and how certain that is."""
    shown = document_as_of(known_by(paper(*body(), rows=rows)), day("2023-03-31"))
    return {str(i.path): (i.reading.value, str(i.reading.certainty)) for i in shown.items}


def styles(row: Cells) -> tuple[Style, Style]:
    lines = timelines(Anchor.of(paper(*body(), rows=(row,))))
    return lines.styles(lines.anchor.changes[0])


CELLS = [
    pytest.param(
        "【①委託内容】印刷\n【③委託先名】甲社", "【①委託内容】封入\n【③委託先名】丙社", id="labels in 【】"
    ),
    pytest.param(
        "①委託内容：印刷\n③委託先名：甲社", "①委託内容：封入\n③委託先名：丙社", id="label and colon"
    ),
    pytest.param(
        "①委託内容　印刷\n③委託先名　甲社", "①委託内容　封入\n③委託先名　丙社", id="label and space"
    ),
    pytest.param("委託内容：印刷\n委託先名：甲社", "委託内容：封入\n委託先名：丙社", id="without numbers"),
    pytest.param("■委託内容\n印刷\n■委託先名\n甲社", "■委託内容\n封入\n■委託先名\n丙社", id="under ■"),
    pytest.param("①印刷\n③甲社", "①封入\n③丙社", id="bare numbers that the body confirms"),
    pytest.param("①印刷　③甲社", "①封入　③丙社", id="bare numbers in one line"),
]


@pytest.mark.parametrize(("was", "now"), CELLS)
def test_a_cell_of_a_group_is_split_at_its_items(was: str, now: str) -> None:
    row = (ON, GROUP, was, now)
    said = before(row)
    assert said[f"{GROUP}/①委託内容"] == ("印刷", "known")
    assert said[f"{GROUP}/③委託先名"] == ("甲社", "known")
    assert said[f"{GROUP}/④再委託の有無"] == ("再委託しない", "known")
    assert said[GROUP] == ("業務丙", "known")
    assert styles(row) == (Style.COMPOSITE, Style.COMPOSITE)


def test_what_stands_before_the_first_item_is_the_name_of_the_group() -> None:
    assert before((ON, GROUP, "業務甲\n①印刷", "業務丙\n①封入"))[GROUP] == ("業務甲", "known")


def test_a_group_that_came_as_a_whole_is_blank_before() -> None:
    row = (ON, GROUP, "", "業務丙\n①封入\n③丙社\n④再委託しない")
    said = before(row)
    assert {said[path] for path in NOW if path.startswith(GROUP)} == {("", "known")}
    assert styles(row) == (Style.BLANK, Style.COMPOSITE)


def test_an_item_that_one_side_leaves_out_is_not_told() -> None:
    said = before((ON, GROUP, "①印刷", "①封入\n③丙社"))
    assert said[f"{GROUP}/①委託内容"] == ("印刷", "known")
    assert said[f"{GROUP}/③委託先名"] == (None, "unknown")


def test_words_that_cannot_be_split_tell_of_none_of_the_items() -> None:
    said = before((ON, GROUP, "印刷を甲社に委託", "①封入\n③丙社"))
    assert said[f"{GROUP}/①委託内容"] == said[f"{GROUP}/③委託先名"] == (None, "unknown")


def test_beside_a_split_cell_an_elision_stays_one() -> None:
    said = before((ON, GROUP, "略", "①封入\n③丙社"))
    assert said[f"{GROUP}/①委託内容"] == (None, "unknown")


def test_a_list_in_the_text_of_one_item_is_not_split() -> None:
    work = "I/1/②事務の内容"
    edition = paper(
        stated("I/1/①事務の名称", "介護"),
        stated(work, "①申請を受理する。②審査する。"),
        rows=((ON, work, "①申請を受け取る。②審査する。", "①申請を受理する。②審査する。"),),
    )
    shown = document_as_of(known_by(edition), day("2023-03-31"))
    assert says(shown, work) == ("①申請を受け取る。②審査する。", "known")
    assert says(shown, "I/1/①事務の名称") == ("介護", "known")


def test_bare_numbers_that_the_body_does_not_confirm_are_not_trusted() -> None:
    assert before((ON, SECTION, "①甲\n②乙", "①丙\n②丁"))[OFFICE] == (None, "unknown")


# --- the 項目 column ----------------------------------------------------------------------------


LISTS = [
    pytest.param(f"{SECTION}－①部署、②所属長の役職名", id="with their names"),
    pytest.param(f"{SECTION}－①～②", id="a range"),
    pytest.param(f"{SECTION}－①部署\n②所属長の役職名", id="on two lines"),
    pytest.param(SECTION, id="only the heading"),
]


@pytest.mark.parametrize("item", LISTS)
def test_several_items_of_one_row_are_parted_by_their_numbers(item: str) -> None:
    said = before((ON, item, "①市民課\n②市民課長", "①窓口課\n②窓口課長"))
    assert (said[OFFICE], said[HEAD]) == (("市民課", "known"), ("市民課長", "known"))


def test_several_items_whose_words_cannot_be_parted_are_all_unknown() -> None:
    said = before((ON, f"{SECTION}－①部署、②所属長の役職名", "市民課", "窓口課"))
    assert said[OFFICE] == said[HEAD] == (None, "unknown")


NAMED = [
    pytest.param("Ⅱ－5－移転先1～3－①法令上の根拠", [1, 2, 3], id="a range of groups"),
    pytest.param("Ⅱ－5－移転先１、３－①法令上の根拠", [1, 3], id="a list of groups"),
    pytest.param("Ⅱ－5－移転先1及び移転先2－①法令上の根拠", [1, 2], id="the kind twice"),
    pytest.param("Ⅱ－5－各移転先－①法令上の根拠", [1, 4], id="all there are"),
    pytest.param("Ⅱ－5－移転先2－①法令上の根拠", [], id="one is no list"),
    pytest.param("Ⅱ－2－④記録される項目－主な記録項目", [], id="a level is no list"),
    pytest.param("Ⅱ－5－移転先1～3－かけがえのない何か", [], id="not an item"),
]


@pytest.mark.parametrize(("item", "numbers"), NAMED)
def test_groups_are_listed_in_many_ways(item: str, numbers: list[int]) -> None:
    found = several.named(item, lambda kind: [1, 4] if kind == "移転先" else [])
    assert [one.n for one in found] == numbers


def test_the_same_change_of_several_groups_holds_where_its_words_stand() -> None:
    items = [
        stated(f"II/4/委託事項{n}/③委託先名", said) for n, said in ((1, "乙社"), (2, "乙社"), (3, "丁社"))
    ]
    row = (ON, "Ⅱ－4－委託事項1～3－③委託先名", "甲社", "乙社")
    shown = document_as_of(known_by(paper(*items, rows=(row,))), day("2023-03-31"))
    assert [says(shown, f"II/4/委託事項{n}/③委託先名") for n in (1, 2, 3)] == [
        ("甲社", "known"),
        ("甲社", "known"),
        (None, "unknown"),
    ]


# --- a heading, or nothing -----------------------------------------------------------------------------


def test_below_a_heading_the_one_item_that_says_the_words_is_meant() -> None:
    said = before((ON, SECTION, "市民課", "窓口課"))
    assert (said[OFFICE], said[HEAD]) == (("市民課", "known"), ("窓口課長", "known"))


def test_where_two_items_say_the_words_both_are_unknown_and_the_others_untouched() -> None:
    one, other = "II/4/委託事項1/③委託先名", "II/4/委託事項2/③委託先名"
    items = (stated(one, "同じ会社"), stated(other, "同じ会社"), stated("II/4/委託事項1", "業務"))
    row = (ON, "Ⅱ－4. 特定個人情報ファイルの取扱いの委託", "前の会社", "同じ会社")
    shown = document_as_of(known_by(paper(*items, rows=(row,))), day("2023-03-31"))
    assert at(shown, one).reading.value is at(shown, other).reading.value is None
    assert says(shown, "II/4/委託事項1") == ("業務", "known")


def test_a_row_that_names_nothing_is_placed_by_its_words() -> None:
    assert before((ON, "", "市民課", "窓口課"))[OFFICE] == ("市民課", "partial")


def test_a_row_that_names_nothing_and_whose_words_stand_nowhere_touches_nothing() -> None:
    assert before((ON, "", "甲", "乙丙丁戊己庚辛"))[OFFICE] == ("窓口課", "known")


def test_narration_about_the_whole_document_leaves_its_texts_likely() -> None:
    said = before((ON, "評価書全体", "", "文言の修正"))
    assert said[OFFICE] == ("窓口課", "partial")
    assert said[f"{GROUP}/④再委託の有無"] == ("再委託しない", "known")


def test_narration_about_the_whole_document_touches_the_items_that_say_its_words() -> None:
    said = before((ON, "評価書全体", "", "「市民課」を「窓口課」に変更"))
    assert said[OFFICE] == ("市民課", "partial")
    assert said[HEAD] == (None, "unknown")  # 窓口課 is no word of 窓口課長 by itself
    assert said[GROUP] == ("業務丙", "known")


# --- numbers of 件 --------------------------------------------------------------------------------------

BOXES = "II/5/提供・移転の有無"
GIVEN, MOVED = (f"{BOXES}/{what}を行っている/件" for what in ("提供", "移転"))
COUNTED = [
    pytest.param("移転を行っている（2）件", "移転を行っている（3）件", "2", id="as the form prints it"),
    pytest.param("移転 2件", "移転 3件", "2", id="a shortened label"),
    pytest.param("2件", "3件", "2", id="the one number that fits the body"),
    pytest.param("（２）件", "（３）件", "2", id="wide"),
    pytest.param("2", "3", "2", id="without its unit"),
]


@pytest.mark.parametrize(("was", "now", "number"), COUNTED)
def test_a_number_in_a_cell_is_an_item_of_its_own(was: str, now: str, number: str) -> None:
    boxes = Boxes(("移転を行っている",), ("提供を行っている", "行っていない"))
    items = (stated(BOXES, boxes), stated(MOVED, "3"))
    shown = document_as_of(known_by(paper(*items, rows=((ON, BOXES, was, now),))), day("2023-03-31"))
    assert says(shown, MOVED) == (number, "known")
    assert says(shown, BOXES) == (boxes, "known")


def test_a_number_that_may_be_either_is_neither() -> None:
    boxes = Boxes(("提供を行っている", "移転を行っている"), ("行っていない",))
    items = (stated(BOXES, boxes), stated(GIVEN, "3"), stated(MOVED, "3"))
    shown = document_as_of(known_by(paper(*items, rows=((ON, BOXES, "2件", "3件"),))), day("2023-03-31"))
    assert at(shown, GIVEN).reading.value is at(shown, MOVED).reading.value is None


def test_a_number_that_one_side_leaves_out_is_not_told() -> None:
    exists = "II/4/委託の有無"
    items = (stated(exists, "委託する"), stated(f"{exists}/件", "2"))
    row = (ON, exists, "委託する", "委託する（2）件")
    shown = document_as_of(known_by(paper(*items, rows=(row,))), day("2023-03-31"))
    assert at(shown, f"{exists}/件").reading.value is None
