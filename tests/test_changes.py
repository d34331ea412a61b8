"""A change as it is read today: what was decided on it and put right since, beside what stands printed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ledger.events import AnyEvent, ChangeCorrected, ChangeRetracted, ItemChanged, RowInterpreted
from projections.changes import Change
from projections.editions import assessment
from tests.papers import STREAM, entries, paper, received, recorded, stated

OFFICE, HEAD = "I/6/①部署", "I/6/②所属長の役職名"
PAPER = paper(
    stated(OFFICE, "窓口課"),
    stated(HEAD, "窓口課長"),
    rows=(("", "部署など", "市民課", "住民課"), ("〃", "同上", "住民課", "窓口課")),
)
FIRST = 3  # the version of the first row
RIGHT = ChangeCorrected(
    STREAM,
    0,
    corrects=FIRST,
    change_date="令和5年4月3日",
    item_text="Ⅰ－6－①部署",
    before="市民課",
    after="住民課",
    timing="事後",
    explanation="",
    path="",
    why="読取りの誤り",
)


def read(*decisions: AnyEvent) -> tuple[Change, Change]:
    """Both rows after *decisions*."""
    first, second = assessment(entries(*received(PAPER), *decisions)).changes
    return first, second


def interpreted(path: str = "", change_date: str = "") -> RowInterpreted:
    return RowInterpreted(
        STREAM, 0, interprets=FIRST, path=path, change_date=change_date, why="前後の行による"
    )


def test_a_cell_that_repeats_one_above_repeats_what_was_decided_on_it() -> None:
    for row in read(interpreted(OFFICE, "令和5年4月3日")):
        assert row.resolution is not None
        assert (str(row.resolution.path), str(row.day), row.earliest) == (OFFICE, "2023-04-03", None)


def test_a_cell_that_repeats_one_above_repeats_what_it_was_corrected_to() -> None:
    for row in read(RIGHT):
        assert row.resolution is not None
        assert (str(row.resolution.path), str(row.day)) == (OFFICE, "2023-04-03")


def test_an_undated_change_back_to_what_a_row_once_said_is_not_that_row() -> None:
    """The item said 住民課 once: the row of that was there before, and does not publish the change."""
    back = recorded(OFFICE, "窓口課", "住民課", "")
    later = replace(PAPER, header=replace(PAPER.header, publication_date="令和7年4月1日"))
    events = received(PAPER, later)
    first, second = events[: len(events) - 3], events[len(events) - 3 :]
    assert [change.after for change in assessment(entries(*first, back)).unpublished] == ["住民課"]
    assert [change.after for change in assessment(entries(*first, back, *second)).unpublished] == ["住民課"]


def test_an_undated_change_is_published_by_a_row_that_is_new() -> None:
    rows = (("", "部署など", "市民課", "住民課"), ("〃", "同上", "住民課", "窓口課"))
    new = ("令和7年4月1日", OFFICE, "窓口課", "住民課")
    later = paper(stated(OFFICE, "住民課"), rows=(*rows, new), published="令和7年4月1日")
    events = received(PAPER, later)
    cut = len(received(PAPER))
    back = recorded(OFFICE, "窓口課", "住民課", "")
    assert assessment(entries(*events[:cut], back, *events[cut:])).unpublished == ()


def test_what_is_printed_stands_beside_what_was_decided() -> None:
    first, second = read(interpreted(OFFICE, "令和5年4月3日"))
    assert (first.printed_date, first.item_text) == ("", "部署など")
    assert (second.printed_date, second.item_text) == ("〃", "同上")
    assert (first.decided, second.decided) == ("e5で解釈（霞野 花子: 前後の行による）", "")


def test_of_several_decisions_the_last_counts_and_one_may_undo_them() -> None:
    first, _ = read(interpreted(HEAD, "令和5年4月3日"), interpreted(OFFICE))
    assert first.resolution is not None
    assert (str(first.resolution.path), first.day) == (OFFICE, None)
    assert read(interpreted(HEAD, "令和5年4月3日"), interpreted()) == read()


DECISIONS: list[AnyEvent] = [
    interpreted(OFFICE),
    interpreted(HEAD, "令和5年4月3日"),
    interpreted(),
    RIGHT,
    recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日"),
]


@given(st.lists(st.sampled_from(DECISIONS), min_size=1, max_size=6), st.data())
def test_what_is_decided_later_changes_nothing_that_was_known(
    decisions: list[AnyEvent], data: st.DataObject
) -> None:
    """By what was known at any event, an assessment is what it was when that event was the last."""
    log = entries(*received(PAPER), *decisions)
    last = [entry for entry in log if isinstance(entry.event, ItemChanged) and not entry.event.source][-1:]
    log = entries(
        *(entry.event for entry in log),
        *(ChangeRetracted(STREAM, 0, retracts=each.event.originator_version, why="二重") for each in last),
    )
    then = data.draw(st.integers(1, len(log)))
    assert assessment(log, log[then - 1].recorded_at) == assessment(log[:then])
