"""The life of one item: its states, and the changes between them in the order in which they happened."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.item_path import ItemPath
from ledger.published import PublishedEdition
from projections.editions import Anchor, assessment
from projections.readings import Certainty
from projections.rows import Style
from projections.timeline import Timeline, timelines
from tests.papers import Cells, day, entries, paper, received, recorded, stated

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
WORK = "I/1/②事務の内容"
FIRST = "II/4/委託事項1/③委託先名"
AGAIN = "II/4/委託事項1/④再委託の有無"


def life(edition: PublishedEdition, path: str = OFFICE) -> Timeline:
    """The timeline of one item of an edition."""
    return timelines(Anchor.of(edition)).items[ItemPath.parse(path)]


def with_recorded(edition: PublishedEdition, *changes: Cells) -> Timeline:
    """The same, with changes of 部署 recorded here: 変更前, 変更後, the day."""
    known = assessment(entries(*received(edition), *(recorded(OFFICE, *cells) for cells in changes)))
    return timelines(known.anchors[-1], known.recorded).items[ItemPath.parse(OFFICE)]


def numbers(line: Timeline) -> list[int]:
    return [step.edge.change.no for step in line.steps]


def test_an_item_nobody_touched_has_one_state() -> None:
    line = life(paper(stated(OFFICE, "窓口課"), stated(HEAD, "課長"), rows=(("R5.4.3", HEAD, "甲", "課長"),)))
    assert line.steps == ()
    assert [state.value for state in line.states] == ["窓口課"]
    assert line.stated == 0


def test_rows_that_stand_out_of_order_are_taken_by_their_day() -> None:
    line = life(
        paper(
            stated(OFFICE, "窓口課"),
            rows=(
                ("令和5年4月3日", OFFICE, "住民課", "窓口課"),
                ("令和3年4月1日", OFFICE, "市民課", "住民課"),
            ),
        )
    )
    assert numbers(line) == [2, 1]
    assert [state.value for state in line.states] == ["市民課", "住民課", "窓口課"]


def test_rows_of_one_day_are_taken_by_their_number() -> None:
    rows = (("令和5年4月3日", OFFICE, "市民課", "住民課"), ("令和5年4月3日", OFFICE, "住民課", "窓口課"))
    line = life(paper(stated(OFFICE, "窓口課"), rows=rows))
    assert numbers(line) == [1, 2]
    assert all(state.known for state in line.states)


def test_changes_recorded_for_one_day_are_taken_in_the_order_of_recording() -> None:
    edition = paper(stated(OFFICE, "窓口課"), rows=(("令和5年4月3日", OFFICE, "市民課", "窓口課"),))
    line = with_recorded(
        edition, ("窓口課", "総合窓口課", "令和7年4月1日"), ("総合窓口課", "総合課", "令和7年4月1日")
    )
    assert [state.value for state in line.states] == ["市民課", "窓口課", "総合窓口課", "総合課"]
    assert line.on(day("2025-04-01"))[0].value == "総合課"


def test_a_change_recorded_for_the_day_of_a_row_comes_after_the_row() -> None:
    edition = paper(stated(OFFICE, "窓口課"), rows=(("令和5年4月3日", OFFICE, "市民課", "窓口課"),))
    line = with_recorded(edition, ("窓口課", "窓口課", "令和5年4月3日"))
    assert numbers(line) == [1, 0]


def test_a_change_recorded_for_a_day_before_a_row_comes_before_it() -> None:
    edition = paper(stated(OFFICE, "窓口課"), rows=(("令和6年8月1日", OFFICE, "市民課", "窓口課"),))
    line = with_recorded(edition, ("住民課", "市民課", "令和6年7月1日"))
    assert numbers(line) == [0, 1]
    assert [state.value for state in line.states] == ["住民課", "市民課", "窓口課"]
    assert all(state.known for state in line.states)


def test_an_undated_row_stands_behind_the_dated_row_above_it() -> None:
    rows = (
        ("R3.4.1", OFFICE, "市民課", "住民課"),
        ("", OFFICE, "住民課", "戸籍課"),
        ("R5.4.3", OFFICE, "戸籍課", "窓口課"),
    )
    line = life(paper(stated(OFFICE, "窓口課"), rows=rows))
    assert numbers(line) == [1, 2, 3]
    assert [state.value for state in line.states] == ["市民課", "住民課", "戸籍課", "窓口課"]
    assert [step.earliest for step in line.steps] == [None, day("2021-04-01"), None]


def test_every_row_of_an_edition_has_happened_by_its_publication() -> None:
    line = life(paper(stated(OFFICE, "窓口課"), rows=(("令和7年1月1日", OFFICE, "市民課", "窓口課"),)))
    assert [step.day for step in line.steps] == [day("2024-10-01")]


def test_a_row_that_fits_and_one_that_does_not_are_told_apart() -> None:
    line = life(
        paper(
            stated(OFFICE, "窓口課"),
            rows=(
                ("令和3年4月1日", OFFICE, "市民課", "住民課"),
                ("令和5年4月3日", OFFICE, "戸籍課", "窓口課"),
            ),
        )
    )
    assert [step.undone.fits for step in line.steps if step.undone] == [False, True]


def test_of_a_lost_item_the_body_states_nothing() -> None:
    line = life(paper(stated(HEAD, "課長"), rows=(("令和5年4月3日", OFFICE, "市民課", "窓口課"),)))
    assert line.printed is None
    assert Certainty.KNOWN not in {state.certainty for state in line.states}


def test_a_change_gives_the_steps_that_quote_it_and_not_those_it_only_announces() -> None:
    edition = paper(
        stated(FIRST, "乙社"),
        stated(AGAIN, "再委託する"),
        rows=(("令和5年4月3日", FIRST, "甲社", "乙社\n※委託先変更に伴い、④変更あり。"),),
    )
    lines = timelines(Anchor.of(edition))
    (change,) = lines.anchor.changes
    assert [str(step.edge.path) for step in lines.steps_of(change)] == [FIRST]
    assert [step.edge.silent != "" for step in lines.items[ItemPath.parse(AGAIN)].steps] == [True]


def test_two_parts_of_a_lost_item_on_one_day_are_fragments() -> None:
    edition = paper(
        stated(HEAD, "課長"),
        rows=(
            ("令和5年4月3日", WORK, "申請を受け取る。", "申請を受理する。"),
            ("令和5年4月3日", WORK, "手当を払う。", "手当を支給する。"),
        ),
    )
    lines = timelines(Anchor.of(edition))
    styles = [lines.styles(change) for change in lines.anchor.changes]
    assert styles == [(Style.FRAGMENT, Style.FRAGMENT)] * 2


WORDS = st.one_of(
    st.text("甲乙丙丁戊己庚辛。", min_size=1, max_size=10),
    st.sampled_from(["－", "", "略", "略\n甲乙丙", "「甲」を追加。", "（略）丁", "[○] 甲"]),
)
ROWS = st.tuples(
    st.sampled_from(["", "〃", "令和3年4月1日", "令和5年4月3日", "令和7年1月1日"]),
    st.sampled_from([OFFICE, HEAD, WORK]),
    WORDS,
    WORDS,
)


@given(WORDS, st.lists(ROWS, max_size=6))
def test_between_its_changes_an_item_has_one_state_more_than_changes(body: str, rows: list[Cells]) -> None:
    """Every timeline alternates: a state, a change, a state; and the changes are in order."""
    edition = paper(stated(OFFICE, body), rows=tuple(rows))
    for line in timelines(Anchor.of(edition)).items.values():
        assert len(line.states) == len(line.steps) + 1
        assert [step.day for step in line.steps] == sorted(step.day for step in line.steps)


@given(WORDS, st.lists(ROWS, max_size=6))
def test_every_row_that_names_an_item_is_a_step_of_its_life(body: str, rows: list[Cells]) -> None:
    """No row is dropped and none is replayed twice."""
    edition = paper(stated(OFFICE, body), rows=tuple(rows))
    lines = timelines(Anchor.of(edition))
    replayed = sorted(no for line in lines.items.values() for no in numbers(line))
    assert replayed == [row.no for row in edition.rows]


CHAINED = st.lists(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6), min_size=2, max_size=6)


@given(CHAINED)
def test_a_chain_of_full_rows_is_known_from_end_to_end(states: list[str]) -> None:
    """Where each row starts from what the row before it left, every state is proved."""
    rows = tuple(
        (f"令和{year}年4月1日", WORK, before, after)
        for year, (before, after) in enumerate(pairwise(states), start=1)
    )
    line = life(paper(stated(WORK, states[-1]), rows=rows), WORK)
    assert [(state.value, state.certainty) for state in line.states] == [
        (value, Certainty.KNOWN) for value in states
    ]
