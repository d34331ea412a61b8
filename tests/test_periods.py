"""What several editions tell of one day: the period it lies in, and the accounts of later editions."""

from __future__ import annotations

import pytest

from ledger.events import RowInterpreted
from ledger.item_path import ItemPath
from ledger.published import PrintedItem, PublishedEdition, TableState
from projections.editions import Assessment, assessment
from projections.periods import Past
from projections.readings import Reading
from tests.papers import STREAM, Cells, day, entries, known_by, paper, received, recorded, stated

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
TITLE = "I/1/①事務の名称"
FIRST, SECOND, THIRD = "令和2年10月1日", "令和4年10月1日", "令和6年10月1日"
CALLED = ("令和元年10月1日", TITLE, "国保の事務", "国民健康保険に関する事務")
LED = ("令和6年4月1日", HEAD, "課長", "室長")


def body(office: str, *rows: Cells, on: str, lost: bool = False) -> PublishedEdition:
    """An edition that says which 部署 it is; *lost* if its table is not in the text."""
    others = (stated(HEAD, "室長" if on == THIRD else "課長"), stated(TITLE, "国民健康保険に関する事務"))
    state = TableState.ABSENT if lost else None
    return paper(stated(OFFICE, office), *others, rows=rows, published=on, state=state)


def office(on: str, before: str, after: str) -> Cells:
    return (on, OFFICE, before, after)


def reading(known: Assessment, on: str, item: str = OFFICE) -> Reading:
    """What an item said on a day of the period that it lies in, later editions heard."""
    past, asked = Past(known), day(on)
    last = len(past.anchors) - 1
    n = min(sum(anchor.published < asked for anchor in past.anchors), last)
    (line,) = (line for line in past.period(n).items if str(line.path) == item)
    return past.reading(n, line, asked)


def said(known: Assessment, on: str, item: str = OFFICE) -> tuple[str, set[object]]:
    """How certain, and all that is possible."""
    found = reading(known, on, item)
    return str(found.certainty), set(found.possible)


# --- a table in each position ---------------------------------------------------------------------

MOVED_AT_FIRST = office("令和2年4月1日", "市民課", "住民課")
MOVED_BETWEEN = office("令和3年4月1日", "住民課", "窓口課")
MOVED_LATE = office("令和5年4月1日", "窓口課", "総合窓口課")

FIRST_PUBLICATION = body("住民課", on=FIRST)
WITHOUT_TABLE = body("住民課", on=FIRST, lost=True)
WITH_TABLE = body("住民課", CALLED, MOVED_AT_FIRST, on=FIRST)
NEXT = body("窓口課", CALLED, MOVED_AT_FIRST, MOVED_BETWEEN, on=SECOND)
LAST = body("総合窓口課", CALLED, MOVED_AT_FIRST, MOVED_BETWEEN, MOVED_LATE, LED, on=THIRD)

KNOWN_ALWAYS = {
    "2020-03-31": ("known", {"市民課"}),
    "2020-04-01": ("known", {"住民課"}),
    "2021-03-31": ("known", {"住民課"}),
    "2021-04-01": ("known", {"窓口課"}),
    "2023-03-31": ("known", {"窓口課"}),
    "2023-04-01": ("known", {"総合窓口課"}),
    "2024-10-01": ("known", {"総合窓口課"}),
}
BEFORE_THE_FIRST = {"2020-03-31": ("unknown", set[object]()), "2020-04-01": ("unknown", set[object]())}

TABLES = [
    pytest.param((WITH_TABLE, NEXT, LAST), KNOWN_ALWAYS, id="each has its whole table"),
    pytest.param((LAST,), KNOWN_ALWAYS, id="the last one alone"),
    pytest.param(
        (FIRST_PUBLICATION, LAST),
        KNOWN_ALWAYS | BEFORE_THE_FIRST,
        id="an EMPTY first: nobody tells of the time before a first publication",
    ),
    pytest.param(
        (WITHOUT_TABLE, LAST),
        KNOWN_ALWAYS,
        id="an ABSENT first: the table of a later one tells of the time before",
    ),
    pytest.param(
        (WITH_TABLE, body("窓口課", on=SECOND, lost=True), LAST),
        KNOWN_ALWAYS,
        id="an ABSENT one in the middle: the last gives the day",
    ),
    pytest.param(
        (WITH_TABLE, NEXT, body("総合窓口課", on=THIRD, lost=True)),
        KNOWN_ALWAYS
        | {
            "2023-03-31": ("partial", {"窓口課", "総合窓口課"}),
            "2023-04-01": ("partial", {"窓口課", "総合窓口課"}),
        },
        id="an ABSENT one at the end: it changed, and nobody tells when",
    ),
    pytest.param(
        (WITHOUT_TABLE, body("窓口課", on=SECOND, lost=True), body("総合窓口課", on=THIRD, lost=True)),
        {
            "2020-09-30": ("unknown", set[object]()),
            "2020-10-01": ("known", {"住民課"}),
            "2021-04-01": ("partial", {"住民課", "窓口課"}),
            "2022-10-01": ("known", {"窓口課"}),
            "2023-04-01": ("partial", {"窓口課", "総合窓口課"}),
            "2024-10-01": ("known", {"総合窓口課"}),
        },
        id="all ABSENT: the bodies alone, and between two that differ either",
    ),
    pytest.param(
        (WITHOUT_TABLE, body("住民課", on=SECOND, lost=True)),
        {"2020-09-30": ("unknown", set[object]()), "2021-04-01": ("partial", {"住民課"})},
        id="all ABSENT: between two that agree it may have changed and changed back",
    ),
]


@pytest.mark.parametrize(("papers", "expected"), TABLES)
def test_what_is_known_on_a_day_rests_on_the_bodies_around_it_and_on_every_table(
    papers: tuple[PublishedEdition, ...], expected: dict[str, tuple[str, set[object]]]
) -> None:
    known = known_by(*papers)
    assert {on: said(known, on) for on in expected} == expected


def test_a_later_table_that_is_silent_changes_nothing_between_two_bodies_that_agree() -> None:
    """Once it changed without a row: the last body differs, its table has rows and none on the item."""
    silent = body("総合窓口課", CALLED, LED, on=THIRD)
    known = known_by(body("窓口課", CALLED, on=FIRST), body("窓口課", CALLED, on=SECOND), silent)
    assert said(known, "2021-04-01") == ("known", {"窓口課"})
    assert said(known, "2022-10-01") == ("known", {"窓口課"})
    assert said(known, "2023-04-01") == ("partial", {"窓口課", "総合窓口課"})


# --- rows that come late, and rows that go ---------------------------------------------------------


def test_a_row_supplied_late_gives_the_day_where_the_earlier_bodies_bear_it_out() -> None:
    """The body of the first has the change already; its table had left the row out."""
    first = body("市民課", on="平成30年10月1日")
    second = body("住民課", CALLED, on=FIRST)
    third = body("住民課", CALLED, MOVED_AT_FIRST, on=SECOND)
    known = known_by(first, second, third)
    assert said(known, "2020-03-31") == ("known", {"市民課"})
    assert said(known, "2020-04-01") == ("known", {"住民課"})
    assert said(known_by(first, second), "2020-03-31") == ("partial", {"市民課", "住民課"})


def test_a_row_supplied_late_against_the_earlier_body_leaves_both_until_its_own_edition() -> None:
    """By its 変更日 it had changed, by the body of 2020-10-01 it had not."""
    known = known_by(body("市民課", CALLED, on=FIRST), body("住民課", CALLED, MOVED_AT_FIRST, on=SECOND))
    assert said(known, "2020-03-31") == ("known", {"市民課"})
    assert said(known, "2020-04-01") == ("partial", {"市民課", "住民課"})
    assert said(known, "2020-10-01") == ("known", {"市民課"})
    assert said(known, "2021-04-01") == ("partial", {"市民課", "住民課"})
    assert said(known, "2022-10-01") == ("known", {"住民課"})


def test_a_row_that_is_listed_no_more_still_counts() -> None:
    """Two bodies bear it out; that the newest table does not print it takes nothing back."""
    dropping = body("窓口課", CALLED, MOVED_BETWEEN, on=SECOND)
    known = known_by(body("市民課", on="平成30年10月1日"), WITH_TABLE, dropping)
    assert said(known, "2020-03-31") == ("known", {"市民課"})
    assert said(known, "2020-04-01") == ("known", {"住民課"})
    assert said(known, "2021-03-31") == ("known", {"住民課"})
    assert [(n, touched.change.after) for n, touched in Past(known).dropped()] == [(1, "住民課")]


def test_a_row_is_dropped_by_the_last_edition_that_has_it() -> None:
    dropping = body("総合窓口課", CALLED, MOVED_BETWEEN, MOVED_LATE, LED, on=THIRD)
    known = known_by(WITH_TABLE, NEXT, dropping)
    assert [(n, touched.change.no) for n, touched in Past(known).dropped()] == [(1, 2)]
    assert list(Past(known_by(WITH_TABLE, NEXT, LAST)).dropped()) == []


# --- rewritten rows -------------------------------------------------------------------------------

REWRITTEN = office("令和2年4月1日", "市民課", "戸籍課")


def test_an_old_row_told_otherwise_leaves_both_where_no_body_shows_which_is_right() -> None:
    again = office("令和2年8月3日", "住民課", "窓口課")
    first = body("窓口課", CALLED, MOVED_AT_FIRST, again, on=FIRST)
    known = known_by(first, body("窓口課", CALLED, REWRITTEN, again, on=SECOND))
    assert said(known, "2020-03-31") == ("known", {"市民課"})
    assert said(known, "2020-04-01") == ("partial", {"住民課", "戸籍課"})
    assert "行の記載が改められ" in reading(known, "2020-04-01").reason
    assert said(known, "2020-08-03") == ("known", {"窓口課"})


def test_an_old_row_told_otherwise_against_a_body_takes_nothing_back() -> None:
    known = known_by(WITH_TABLE, body("住民課", CALLED, REWRITTEN, on=SECOND))
    assert said(known, "2020-04-01") == ("known", {"住民課"})
    assert said(known, "2020-10-01") == ("known", {"住民課"})


def test_a_row_told_on_another_day_leaves_both_in_between() -> None:
    moved = office("令和2年6月1日", "市民課", "住民課")
    known = known_by(WITH_TABLE, body("住民課", CALLED, moved, on=SECOND))
    days = ("2020-03-31", "2020-04-01", "2020-05-31", "2020-06-01")
    assert [said(known, on)[0] for on in days] == ["known", "partial", "partial", "known"]


def test_a_day_supplied_later_is_the_day() -> None:
    """Undated in the first table, so between the row above and the 公表日; the next one gives the day."""
    undated = body("住民課", CALLED, office("", "市民課", "住民課"), on=FIRST)
    assert said(known_by(undated), "2020-05-01") == ("partial", {"市民課", "住民課"})
    known = known_by(undated, body("住民課", CALLED, MOVED_AT_FIRST, on=SECOND))
    assert said(known, "2020-03-31") == ("known", {"市民課"})
    assert said(known, "2020-05-01") == ("known", {"住民課"})


def test_an_undated_row_that_is_new_had_not_happened_by_the_edition_before() -> None:
    known = known_by(
        body("住民課", CALLED, on=FIRST), body("窓口課", CALLED, office("", "住民課", "窓口課"), on=SECOND)
    )
    assert said(known, "2020-10-01") == ("known", {"住民課"})
    assert said(known, "2020-10-02") == ("partial", {"住民課", "窓口課"})
    assert said(known, "2022-10-01") == ("known", {"窓口課"})


def test_a_row_that_an_edition_lists_has_taken_effect_by_its_day_also_in_later_tables() -> None:
    planned = office("令和3年1月4日", "市民課", "住民課")
    known = known_by(
        body("住民課", CALLED, planned, on=FIRST), body("住民課", CALLED, planned, LED, on=SECOND)
    )
    assert said(known, "2020-09-30") == ("known", {"市民課"})
    assert said(known, "2020-10-01") == ("known", {"住民課"})
    (change,) = (row for row in Past(known).anchors[1].changes if row.after == "住民課")
    assert change.latest == day("2020-10-01")


# --- witnesses ------------------------------------------------------------------------------------


def test_a_later_table_decides_what_two_bodies_leave_open() -> None:
    first, second = body("住民課", CALLED, on=FIRST), body("窓口課", CALLED, LED, on=SECOND)
    late = body("窓口課", CALLED, MOVED_BETWEEN, LED, on=THIRD)
    assert said(known_by(first, second), "2021-03-31")[0] == "partial"
    known = known_by(first, second, late)
    assert said(known, "2021-03-31") == ("known", {"住民課"})
    assert said(known, "2021-04-01") == ("known", {"窓口課"})


def test_a_later_table_that_contradicts_what_two_bodies_say_leaves_the_days_between_open() -> None:
    """There and back between two bodies that agree: no body denies it."""
    there, back = office("令和3年4月1日", "住民課", "窓口課"), office("令和3年10月1日", "窓口課", "住民課")
    known = known_by(
        body("住民課", CALLED, on=FIRST),
        body("住民課", CALLED, on=SECOND),
        body("住民課", CALLED, there, back, on=THIRD),
    )
    assert said(known, "2021-03-31") == ("known", {"住民課"})
    assert said(known, "2021-04-01") == ("partial", {"住民課", "窓口課"})
    assert said(known, "2021-10-01") == ("known", {"住民課"})


def test_a_witness_is_named_in_the_reason() -> None:
    known = known_by(WITHOUT_TABLE, LAST)
    assert "公表日2024-10-01の本文とその変更箇所" in reading(known, "2020-03-31").reason


# --- changes recorded here --------------------------------------------------------------------------


def with_recorded(*changes: tuple[str, str, str]) -> Assessment:
    """住民課 at first, 窓口課 next by a row, and changes recorded here: 変更前, 変更後, the day."""
    events = received(WITH_TABLE, NEXT)
    return assessment(entries(*events, *(recorded(OFFICE, *each) for each in changes)))


def test_a_change_recorded_for_a_day_after_the_last_edition_goes_on_from_its_body() -> None:
    known = with_recorded(("窓口課", "総合課", "令和5年4月1日"))
    assert said(known, "2023-03-31") == ("known", {"窓口課"})
    assert said(known, "2023-04-01") == ("known", {"総合課"})


def test_a_change_recorded_for_a_day_between_two_editions_is_held_against_their_rows() -> None:
    known = with_recorded(("住民課", "戸籍課", "令和2年12月1日"))
    assert said(known, "2020-11-30") == ("known", {"住民課"})
    certainty, possible = said(known, "2020-12-01")
    assert (certainty, possible) == ("partial", {"住民課", "戸籍課"})
    assert said(known, "2021-04-01") == ("known", {"窓口課"})
    assert said(known, "2022-10-01") == ("known", {"窓口課"})


def test_a_change_recorded_for_a_day_before_the_first_edition_is_held_against_its_table() -> None:
    known = with_recorded(("支所", "市民課", "令和元年4月1日"))
    assert said(known, "2019-03-31") == ("partial", {"支所", "市民課"})
    assert said(known, "2019-04-01") == ("known", {"市民課"})
    assert said(known, "2020-04-01") == ("known", {"住民課"})


def test_a_change_recorded_for_the_time_before_a_first_publication_is_likely_and_no_more() -> None:
    events = [*received(FIRST_PUBLICATION), recorded(OFFICE, "市民課", "住民課", "令和2年4月1日")]
    known = assessment(entries(*events))
    assert said(known, "2020-03-31") == ("partial", {"市民課"})
    assert said(known, "2020-04-01") == ("partial", {"住民課"})
    assert said(known, "2020-10-01") == ("known", {"住民課"})
    assert said(known, "2020-03-31", HEAD) == ("unknown", set())


def test_the_table_is_that_of_the_latest_edition_and_what_was_recorded_since() -> None:
    lines = Past(with_recorded(("窓口課", "総合課", "令和5年4月1日"))).table
    assert [(each.change.no, each.change.after) for each in lines.touched] == [
        (1, CALLED[3]),
        (2, "住民課"),
        (3, "窓口課"),
        (0, "総合課"),
    ]


# --- what a person decided --------------------------------------------------------------------------

UNCLEAR = ("令和2年4月1日", "担当の欄", "市民課", "住民課")


def decided_on(edition: int) -> Assessment:
    """Two editions that list a row with an unclear 項目, which a person read as 部署 in one of them."""
    events = received(body("住民課", UNCLEAR, on=FIRST), body("住民課", UNCLEAR, LED, on=SECOND))
    versions = [n for n, event in enumerate(events, start=1) if getattr(event, "item_text", "") == UNCLEAR[1]]
    meant = RowInterpreted(
        STREAM, 0, interprets=versions[edition], path=OFFICE, change_date="", why="本文と同じ記載"
    )
    return assessment(entries(*events, meant))


@pytest.mark.parametrize("edition", [0, 1])
def test_what_was_decided_on_a_row_holds_for_it_in_every_edition(edition: int) -> None:
    known = decided_on(edition)
    for n in (0, 1):
        row = Past(known).anchors[n].changes[0]
        assert row.interpreted
        assert row.resolution is not None
        assert str(row.resolution.path) == OFFICE
        (target,) = Past(known).account(n).touched[0].targets
        assert str(target.path) == OFFICE
    assert said(known, "2020-03-31") == ("known", {"市民課"})


def test_a_row_of_a_later_table_is_read_as_it_was_in_the_earlier_one() -> None:
    """The 委託事項3 of an old row is 委託事項2 in the edition after one was removed."""
    third, second = "II/4/委託事項3/③委託先名", "II/4/委託事項2/③委託先名"
    names = ("保守", "印刷", "点検")
    firms = ("甲社", "乙社", "丙社")

    def contracts(*kept: int) -> list[PrintedItem]:
        return [
            stated(f"II/4/委託事項{n}{item}", words[i])
            for n, i in enumerate(kept, start=1)
            for item, words in (("", names), ("/③委託先名", firms))
        ]

    old = ("令和元年10月1日", third, "旧点検協会", "丙社")
    fell = ("令和3年4月1日", "II/4/委託の有無/件", "3", "2")
    count = "II/4/委託の有無/件"
    first = paper(stated(count, "3"), *contracts(0, 1, 2), rows=(old,), published=FIRST)
    later = paper(stated(count, "2"), *contracts(0, 2), rows=(old, fell), published=SECOND)
    past = Past(known_by(first, later))
    (edge,) = past.account(1).touched[0].edges
    assert (str(edge.path), edge.before, edge.silent) == (second, "旧点検協会", "")
    line = past.account(1).items[ItemPath.parse(second)]
    assert [state.value for state in line.states] == ["旧点検協会", "丙社"]


def test_the_day_on_which_what_an_item_says_began_is_that_of_its_last_change_by_then() -> None:
    past = Past(known_by(WITH_TABLE, NEXT, LAST))
    line = past.period(2).lines.items[ItemPath.parse(OFFICE)]
    for on, since in (
        ("2023-03-31", "2021-04-01"),
        ("2023-04-01", "2023-04-01"),
        ("2024-10-01", "2023-04-01"),
    ):
        begun = past.begun(2, line, day(on))
        assert begun is not None
        assert begun.day == day(since)
    assert past.ever_changed(2, line)
    title = past.period(0).lines.items[ItemPath.parse(HEAD)]
    assert past.begun(0, title, day("2020-10-01")) is None
    assert not past.ever_changed(0, title)
