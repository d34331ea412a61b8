"""The revisions of an assessment, and of one item."""

from __future__ import annotations

import pytest

from ledger.item_path import ItemPath
from ledger.published import PublishedEdition
from ledger.resolver import Resolution, resolve
from projections.editions import Assessment, assessment
from projections.history import blame, log
from tests.papers import day, entries, known_by, paper, received, recorded, stated

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
FIRST = "II/4/委託事項1/③委託先名"
SECOND = "II/4/委託事項2/③委託先名"
EXISTS = "II/5/提供・移転の有無"

PUBLISHED = paper(
    stated(OFFICE, "窓口課"),
    stated(HEAD, "窓口課長"),
    stated(FIRST, "乙社"),
    stated(SECOND, "丁社"),
    rows=(
        ("令和3年4月1日", OFFICE, "市民課", "住民課", "事前"),
        ("令和3年4月1日", HEAD, "市民課長", "窓口課長", "事後"),
        ("令和4年10月3日", FIRST, "甲社", "乙社", "事後"),
        ("", SECOND, "丙社", "丁社", "事後"),
        ("令和5年4月3日", OFFICE, "住民課", "窓口課", "事後"),
        ("令和5年4月3日", EXISTS, "移転を行っている(3件)", "移転を行っている(4件)", "事後"),
        ("令和5年4月3日", "待合スペースの掲示物", "未実施", "実施済み", "事後"),
    ),
)


def named(text: str) -> Resolution:
    found = resolve(text)
    assert found is not None
    return found


def revisions(known: Assessment, item: str = "") -> list[tuple[str, list[int]]]:
    """Each revision with the numbers of its rows."""
    found = log(known, named(item) if item else None)
    return [(each.revision_id, [row.no for row in each.rows]) for each in found]


def test_the_rows_of_one_day_are_one_revision() -> None:
    assert revisions(known_by(PUBLISHED)) == [
        ("p-2021-04-01", [1, 2]),
        ("p-2022-10-03", [3]),
        ("p-undated", [4]),
        ("p-2023-04-03", [5, 6, 7]),
    ]


def test_a_revision_names_its_day_and_every_timing_among_its_rows() -> None:
    first, *_, last = log(known_by(PUBLISHED))
    assert (first.change_date, first.timings) == (day("2021-04-01"), ("事前", "事後"))
    assert (last.change_date, last.timings) == (day("2023-04-03"), ("事後",))


def test_a_revision_without_a_date_has_none() -> None:
    undated = next(each for each in log(known_by(PUBLISHED)) if each.revision_id == "p-undated")
    assert undated.change_date is None


OF_AN_ITEM = [
    pytest.param(OFFICE, [("p-2021-04-01", [1]), ("p-2023-04-03", [5])], id="one item"),
    pytest.param("I/6", [("p-2021-04-01", [1, 2]), ("p-2023-04-03", [5])], id="a heading: what is below it"),
    pytest.param(FIRST, [("p-2022-10-03", [3])], id="one group and not its neighbour"),
    pytest.param("II/4/委託事項2", [("p-undated", [4])], id="a whole group"),
    pytest.param("II/4", [("p-2022-10-03", [3]), ("p-undated", [4])], id="all groups of a heading"),
    pytest.param(
        f"{EXISTS}/移転を行っている/件", [("p-2023-04-03", [6])], id="a number printed in another item's cell"
    ),
    pytest.param("V/1/①実施日", [], id="an item no row touches"),
]


@pytest.mark.parametrize(("item", "expected"), OF_AN_ITEM)
def test_the_revisions_of_an_item_are_those_that_touch_it(
    item: str, expected: list[tuple[str, list[int]]]
) -> None:
    assert revisions(known_by(PUBLISHED), item) == expected


def test_an_item_begins_no_other_item_with_the_same_digits() -> None:
    tenth = paper(
        stated("II/4/委託事項1/③委託先名", "甲"),
        stated("II/4/委託事項10/③委託先名", "乙"),
        rows=(("令和3年4月1日", "II/4/委託事項10/③委託先名", "丙", "乙"),),
    )
    assert revisions(known_by(tenth), "II/4/委託事項1") == []
    assert revisions(known_by(tenth), "II/4/委託事項10") == [("p-2021-04-01", [1])]


def test_a_recording_is_a_revision_of_its_own_with_its_time_and_who() -> None:
    events = entries(*received(PUBLISHED), recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日", "r-9"))
    last = log(assessment(events))[-1]
    assert (last.revision_id, last.change_date) == ("r-9", day("2025-04-01"))
    assert (last.recorded_at, last.recorded_by) == (events[-1].recorded_at, "霞野 花子")


def test_what_one_draft_recorded_for_two_items_is_one_revision() -> None:
    events = entries(
        *received(PUBLISHED),
        recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日", "r-9"),
        recorded(HEAD, "窓口課長", "総合窓口課長", "令和7年4月1日", "r-9"),
    )
    assert revisions(assessment(events))[-1] == ("r-9", [8, 9])


# --- the change behind an item --------------------------------------------------------------------

OLD_ROW = ("令和3年4月1日", OFFICE, "市民課", "住民課", "事前")
NEW_ROW = ("令和5年4月3日", OFFICE, "住民課", "窓口課", "事後")
OTHER_ROW = ("令和5年4月3日", HEAD, "住民課長", "窓口課長", "事後")


def edition(office: str, *rows: tuple[str, ...], on: str) -> PublishedEdition:
    return paper(stated(OFFICE, office), stated(HEAD, "窓口課長"), rows=rows, published=on)


def behind(known: Assessment, item: str) -> tuple[int, str, str] | None:
    """The last row on an item: its number, its day, and the last edition that lists it (blank: newest)."""
    row = blame(known, [ItemPath.parse(item)])[0].row
    return (row.no, str(row.change.day), str(row.only_in or "")) if row else None


BEHIND = [
    pytest.param(
        (edition("窓口課", OLD_ROW, NEW_ROW, on="令和6年4月1日"),), (2, "2023-04-03", ""), id="the last row"
    ),
    pytest.param(
        (
            edition("住民課", OLD_ROW, on="令和4年4月1日"),
            edition("窓口課", OLD_ROW, NEW_ROW, on="令和6年4月1日"),
        ),
        (2, "2023-04-03", ""),
        id="the last row of the latest of two editions",
    ),
    pytest.param(
        (
            edition("住民課", OLD_ROW, on="令和4年4月1日"),
            edition("住民課", OTHER_ROW, on="令和6年4月1日"),
        ),
        (1, "2021-04-01", "2022-04-01"),
        id="a row that the latest edition does not list any more",
    ),
    pytest.param(
        (
            edition("住民課", OLD_ROW, on="令和4年4月1日"),
            edition("住民課", OTHER_ROW, on="令和6年4月1日"),
            edition("住民課", OTHER_ROW, on="令和7年4月1日"),
        ),
        (1, "2021-04-01", "2022-04-01"),
        id="a row that only the first of three editions lists",
    ),
    pytest.param((edition("窓口課", OTHER_ROW, on="令和6年4月1日"),), None, id="no row at all"),
]


@pytest.mark.parametrize(("papers", "expected"), BEHIND)
def test_behind_an_item_stands_the_last_row_that_any_edition_lists(
    papers: tuple[PublishedEdition, ...], expected: tuple[int, str, str] | None
) -> None:
    assert behind(known_by(*papers), OFFICE) == expected


def test_a_change_recorded_before_an_older_edition_stands_behind_its_item() -> None:
    first, second, third = (
        edition(office, OLD_ROW, on=on)
        for office, on in (
            ("住民課", "令和4年4月1日"),
            ("窓口課", "令和6年4月1日"),
            ("窓口課", "令和7年4月1日"),
        )
    )
    events = entries(
        *received(first),
        recorded(OFFICE, "住民課", "窓口課", "令和5年4月3日"),
        *received(second),
        *received(third),
    )
    row = blame(assessment(events), [ItemPath.parse(OFFICE)])[0].row
    assert row is not None
    assert (row.change.day, row.change.recorded_by) == (day("2023-04-03"), "霞野 花子")
