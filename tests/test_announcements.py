"""Notes that announce further changes without values, and what the announced items are known to have said."""

from __future__ import annotations

import pytest

from projections.announcements import without_note
from projections.as_of import document_as_of
from tests.papers import Cells, at, day, known_by, paper, says, stated

GROUP = "II/4/委託事項2"
NAME = f"{GROUP}/③委託先名"
PARTS = ("①委託内容", "②委託先における取扱者数", "③委託先名", "④再委託の有無")
VALUES = ("封入", "10人未満", "乙社", "再委託しない")
ON = "令和5年4月1日"

NOTES = [
    pytest.param("※委託先変更に伴い、②、④変更あり。", {"②", "④"}, id="numbers"),
    pytest.param("（②、④も変更）", {"②", "④"}, id="in brackets"),
    pytest.param("②及び④も変更", {"②", "④"}, id="without a mark"),
    pytest.param("ほか②、④を変更", {"②", "④"}, id="ほか"),
    pytest.param("※②から④まで変更", {"②", "③", "④"}, id="a range in words"),
    pytest.param("※あわせて②取扱者数、④再委託の有無も変更", {"②", "④"}, id="with their names"),
    pytest.param("※以下の項目も同様に変更", set[str](), id="what stands below"),
    pytest.param("（他の項目も同様）", set[str](), id="the others"),
    pytest.param("なお、他の項目についても同様に変更している。", set[str](), id="in a sentence"),
]


@pytest.mark.parametrize(("note", "numbers"), NOTES)
def test_a_note_is_parted_from_the_words(note: str, numbers: set[str]) -> None:
    words, found = without_note(f"乙社\n{note}")
    assert words == "乙社"
    assert found is not None
    assert set(found.numbers) == numbers
    assert found.open is (not numbers)


WORDS = [
    pytest.param("①申請を受理する。\n②変更の届出を受け付ける。", id="a list of tasks"),
    pytest.param("A室に置く。\n②についても同様に施錠する。", id="a sentence that refers to another"),
    pytest.param("氏名（旧姓も同様）", id="brackets of the text"),
    pytest.param("保管する。\nその他の項目も同様とする。", id="a rule"),
]


@pytest.mark.parametrize("text", WORDS)
def test_words_of_the_item_are_no_note(text: str) -> None:
    assert without_note(text) == (text, None)


def test_a_note_may_name_other_groups() -> None:
    _, found = without_note("乙社\n※委託事項1、3～4も同様")
    assert found is not None
    assert (found.group, found.groups) == ("委託事項", (1, 3, 4))
    _, others = without_note("乙社\n※他の委託事項も同様")
    assert others is not None
    assert (others.group, others.groups) == ("委託事項", ())


def before(note: str, *more: Cells) -> dict[str, str]:
    """How certain each item of 委託事項2 was on the day before its contractor changed."""
    items = [stated("II/4/委託事項1/③委託先名", "甲社"), stated(GROUP, "業務")]
    items += [stated(f"{GROUP}/{part}", value) for part, value in zip(PARTS, VALUES, strict=True)]
    known = known_by(paper(*items, rows=((ON, NAME, "丙社", f"乙社\n{note}"), *more)))
    shown = document_as_of(known, day("2023-03-31"))
    assert says(shown, NAME) == ("丙社", "known")
    assert says(document_as_of(known, day("2023-04-01")), NAME) == ("乙社", "known")
    return {item.path.label: str(item.reading.certainty) for item in shown.items}


def test_only_the_items_that_a_note_names_are_unknown_before() -> None:
    certain = before("（②、④も変更）")
    assert [certain[part] for part in PARTS] == ["known", "unknown", "known", "unknown"]
    assert certain["委託事項2"] == "known"


def test_a_note_that_names_none_is_about_all_that_stand_beside() -> None:
    certain = before("※他の項目についても同様")
    assert [certain[part] for part in PARTS] == ["unknown", "unknown", "known", "unknown"]
    assert certain["委託事項2"] == "unknown"
    assert before("※以下の項目も同様に変更")["委託事項2"] == "known"


def test_what_has_a_row_of_its_own_that_day_is_told_by_it() -> None:
    certain = before("※他の項目についても同様", (ON, f"{GROUP}/①委託内容", "印刷", "封入"))
    assert [certain[part] for part in PARTS] == ["known", "unknown", "known", "unknown"]


def test_a_note_about_other_groups_is_about_the_same_item_there() -> None:
    items = [stated(f"II/4/委託事項{n}/{part}", "甲") for n in (1, 2, 3) for part in (PARTS[0], PARTS[2])]
    row = (ON, "II/4/委託事項2/③委託先名", "乙", "甲\n※委託事項3も同様")
    shown = document_as_of(known_by(paper(*items, rows=(row,))), day("2023-03-31"))
    certain = {str(item.path): item.reading.known for item in shown.items}
    assert [path for path, sure in certain.items() if not sure] == ["II/4/委託事項3/③委託先名"]


def test_a_note_that_stands_in_the_item_announces_nothing() -> None:
    words = "書庫に置く。\n※②変更あり"
    items = (stated("I/1/①事務の名称", words), stated("I/1/②事務の内容", "受付"))
    shown = document_as_of(
        known_by(paper(*items, rows=((ON, "I/1/①事務の名称", "棚に置く。", words),))), day("2023-03-31")
    )
    assert at(shown, "I/1/②事務の内容").reading.known


def test_a_word_for_others_in_the_item_column_announces_too() -> None:
    items = (stated("I/6/①部署", "窓口課"), stated("I/6/②所属長の役職名", "課長"))
    row = (ON, "Ⅰ－6－①部署 ほか", "市民課", "窓口課")
    shown = document_as_of(known_by(paper(*items, rows=(row,))), day("2023-03-31"))
    assert says(shown, "I/6/①部署") == ("市民課", "known")
    assert at(shown, "I/6/②所属長の役職名").reading.value is None
