"""What a term touches: what is left to do, what is recorded, what is published, what has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.events import AnyEvent, AssessmentEnded, ChangeRetracted
from ledger.published import PublishedEdition
from projections.across import held_on
from projections.editions import assessment
from projections.impact import Impact, State, impact
from projections.terms import Term
from tests.command_line import CONTRACTOR, Kaitei, one_line, recorded
from tests.conftest import Golden
from tests.papers import STREAM, entries, paper, received, stated
from tests.papers import recorded as change
from tests.several import identity_of

pytest_plugins = ["tests.command_line_fixtures"]

VENDOR, NEXT = "株式会社ひなた", "株式会社あさぎり"
STORAGE = "II/6/保管場所"
TEXT = f"{VENDOR}の施設"
EDITION = paper(stated(CONTRACTOR, VENDOR), stated(STORAGE, TEXT), published="令和6年10月1日")
MOVED = change(CONTRACTOR, VENDOR, NEXT, "2026-06-01")
REWORDED = change(STORAGE, TEXT, f"{VENDOR}の新しい施設", "2026-06-01", "r-2")
ENDED = AssessmentEnded(STREAM, 0, day="2026-03-31", why="廃止", undone=False)


def touched(*events: AnyEvent, of: tuple[PublishedEdition, ...] = (EDITION,), term: str = VENDOR) -> Impact:
    known = assessment(entries(*received(*of), *events))
    return impact(Term.of(term), held_on([(identity_of(of[0]), known)], None), date(2026, 4, 1))


def states(found: Impact) -> dict[str, str]:
    return {str(item.path): str(item.state) for each in found.concerned for item in each.items}


SINCE = paper(
    stated(CONTRACTOR, NEXT),
    stated(STORAGE, TEXT),
    rows=(("2026-06-01", CONTRACTOR, VENDOR, NEXT),),
    published="令和8年6月10日",
)
CASES = [
    pytest.param([], (EDITION,), {CONTRACTOR: "left", STORAGE: "left"}, "left", id="nothing is recorded"),
    pytest.param(
        [MOVED], (EDITION,), {STORAGE: "left", CONTRACTOR: "recorded"}, "left", id="one of two is recorded"
    ),
    pytest.param(
        [MOVED, REWORDED],
        (EDITION,),
        {STORAGE: "touched", CONTRACTOR: "recorded"},
        "touched",
        id="a change that lets the term stay",
    ),
    pytest.param(
        [MOVED], (EDITION, SINCE), {STORAGE: "left", CONTRACTOR: "published"}, "left", id="published since"
    ),
    pytest.param(
        [MOVED, ChangeRetracted(STREAM, 0, retracts=3, why="誤り")],
        (EDITION,),
        {CONTRACTOR: "left", STORAGE: "left"},
        "left",
        id="a change that was retracted is none",
    ),
]


@pytest.mark.parametrize(("events", "papers", "expected", "whole"), CASES)
def test_how_far_the_items_of_an_assessment_are(
    events: list[AnyEvent], papers: tuple[PublishedEdition, ...], expected: dict[str, str], whole: str
) -> None:
    found = touched(*events, of=papers)
    assert states(found) == expected
    assert [str(each.state) for each in found.concerned] == [whole]
    assert {state: found.count(state) for state in State if found.count(state)} == {State(whole): 1}


def test_a_recorded_change_is_told_with_its_day_and_timing() -> None:
    (each,) = touched(MOVED).concerned
    taken = [taken for item in each.items for taken in item.changes]
    assert [(t.change.event_id, t.change.day, t.change.timing, t.removes, t.published) for t in taken] == [
        ("e3", date(2026, 6, 1), "事後", True, False),
    ]  # fmt: skip


def test_a_change_of_long_ago_that_kept_the_term_is_no_answer() -> None:
    rows = (("2026-06-01", STORAGE, TEXT, f"{VENDOR}の新しい施設"),)
    body = (stated(CONTRACTOR, VENDOR), stated(STORAGE, f"{VENDOR}の新しい施設"))
    since = paper(*body, rows=rows, published="令和8年6月10日")
    (each,) = touched(REWORDED, of=(EDITION, since)).concerned
    assert [(str(item.state), item.changes) for item in each.items] == [("left", ()), ("left", ())]


def test_an_ended_assessment_is_listed_and_not_counted() -> None:
    found = touched(ENDED)
    assert [each.ended for each in found.concerned] == [True]
    assert all(found.count(state) == 0 for state in State)
    later = touched(replace(ENDED, day="2026-04-02"))
    assert ([each.ended for each in later.concerned], later.count(State.LEFT)) == ([False], 1)


def test_an_assessment_that_never_named_it_is_not_listed() -> None:
    assert touched(MOVED, term="別の会社").concerned == ()
    assert touched(MOVED, term=NEXT).concerned[0].state is State.TOUCHED


# --- the command ---------------------------------------------------------------------------------------


@pytest.fixture
def begun(ledger: Kaitei, today: date) -> Kaitei:
    """Both samples, with one change of the law recorded."""
    assert today == date(2026, 4, 1)
    recorded(ledger, item="I/5/②法令上の根拠", after="主務省令")
    return ledger


def test_a_law_in_both_samples(begun: Kaitei, golden: Golden) -> None:
    said = begun("impact", "番号法")
    assert (said.status, said.err) == (0, "")
    golden("across/impact.txt", said.out)


def test_what_a_program_reads_of_it(begun: Kaitei) -> None:
    found = begun("impact", "番号法", "霞野", "--json").json
    assert found["summary"] == {"left": 1, "touched": 0, "recorded": 0, "published": 0}
    item = next(it for it in found["assessments"][0]["items"] if it["path"] == "I/5/②法令上の根拠")
    assert (item["state"], item["passage"], item["important"]) == ("recorded", None, True)
    (taken,) = item["changes"]
    assert (taken["removes"], taken["published"], taken["change_date"]) == (True, False, "2026-04-01")


ERRORS = [
    pytest.param(("impact", " "), "探す語がありません", id="no term"),
    pytest.param(("impact", "番号法", "大手町"), "評価書がありません", id="an unknown REF"),
]


@pytest.mark.parametrize(("arguments", "what"), ERRORS)
def test_what_cannot_be_asked_is_one_line(ledger: Kaitei, arguments: tuple[str, ...], what: str) -> None:
    assert what in one_line(ledger(*arguments))
