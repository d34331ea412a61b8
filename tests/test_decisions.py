"""What is decided later on a change: interpreted, corrected, retracted; what is refused, what is no news."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from ledger.assessment import Assessment
from ledger.errors import InvalidChange, LedgerError, NotAWarekiDate, UnknownChange
from ledger.events import AnyEvent, ChangeCorrected, ChangeRetracted, ItemChanged, RowInterpreted
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.published import ChangeRow
from ledger.storage import open_ledger
from tests.editions import ROW, edition
from tests.tampering import breaks_of

OFFICE = ItemPath(("I", "6", "①部署"))
HEAD = ItemPath(("I", "6", "②所属長の役職名"))
WHY = "原本で確かめた"
ODD_ROW = ChangeRow(2, "〃", "同上", "", "－", "事前（任意）", "", 81)
ODD_ROW_FIRST = replace(ODD_ROW, no=1)
FACTS = ("change_date", "item_text", "before", "after", "timing", "explanation", "path")
RECEIVED, PRINTED, ODD, RECORDED = 2, 3, 4, 5  # versions of what was given

When = Callable[[Assessment], None]


def begun() -> Assessment:
    """An assessment with an edition of two rows."""
    assessment = Assessment.register(
        PrintedIdentity("霞野市長", "12", "住民基本台帳に関する事務"), form_edition=""
    )
    assessment.receive(edition(rows=(ROW, ODD_ROW)), sha256="5e", file_name="霞野.txt")
    return assessment


def given(*then: When) -> Assessment:
    """The same with one change recorded here, and what happened *then*; all of it saved."""
    assessment = begun()
    for command in (record(), *then):
        command(assessment)
    assessment.collect_events()
    return assessment


def record() -> When:
    """A change recorded by hand, always the same."""
    return lambda assessment: assessment.change(
        OFFICE,
        "市民窓口課",
        "窓口課",
        revision="r1",
        change_date="令和6年10月1日",
        timing="事後",
        explanation="組織の改正",
        item_text="①部署",
    )


def interpret(
    version: int = PRINTED, path: ItemPath | None = None, change_date: str = "", why: str = WHY
) -> When:
    return lambda assessment: assessment.interpret(version, path=path, change_date=change_date, why=why)


def correct(version: int = RECORDED, why: str = WHY, **facts: str) -> When:
    """Only the *facts* that are given change; the rest is said as it counts by then."""

    def command(assessment: Assessment) -> None:
        changes = assessment.changes
        now = changes.corrected.get(version) or changes.made.get(version)
        said = {name: facts.get(name, getattr(now, name, "")) for name in FACTS}
        path = said.pop("path")
        assessment.correct(version, path=ItemPath.parse(path) if path else None, why=why, **said)

    return command


def retract(version: int = RECORDED, why: str = WHY) -> When:
    return lambda assessment: assessment.retract(version, why=why)


def reread(*rows: ChangeRow) -> When:
    """The source read again, with other rows."""
    return lambda assessment: assessment.reread(edition(rows=rows), sha256="5e", file_name="霞野.txt")


# what is recorded

RECORDS = [
    pytest.param(
        (),
        interpret(path=HEAD, change_date="令和5年4月1日"),
        RowInterpreted,
        {"interprets": PRINTED, "path": "I/6/②所属長の役職名", "change_date": "令和5年4月1日", "why": WHY},
        id="what a row means",
    ),
    pytest.param(
        (interpret(path=HEAD, change_date="令和5年4月1日"),),
        interpret(),
        RowInterpreted,
        {"interprets": PRINTED, "path": "", "change_date": ""},
        id="a row means what it says after all",
    ),
    pytest.param(
        (interpret(path=HEAD),), interpret(path=OFFICE), RowInterpreted, {"path": "I/6/①部署"}, id="otherwise"
    ),
    pytest.param(
        (),
        correct(after="総合窓口課"),
        ChangeCorrected,
        {
            "corrects": RECORDED,
            "change_date": "令和6年10月1日",
            "item_text": "①部署",
            "before": "市民窓口課",
            "after": "総合窓口課",
            "timing": "事後",
            "explanation": "組織の改正",
            "path": "I/6/①部署",
            "why": WHY,
        },
        id="a recorded change, with all its fields",
    ),
    pytest.param(
        (correct(after="総合窓口課"),),
        correct(timing="事前"),
        ChangeCorrected,
        {"after": "総合窓口課", "timing": "事前"},
        id="on top of the correction before",
    ),
    pytest.param(
        (correct(after="総合窓口課"),),
        correct(after="窓口課"),
        ChangeCorrected,
        {"after": "窓口課"},
        id="right as it was after all",
    ),
    pytest.param(
        (),
        correct(PRINTED, after="市民総合窓口課"),
        ChangeCorrected,
        {"corrects": PRINTED, "after": "市民総合窓口課", "path": ""},
        id="a printed row, misread",
    ),
    pytest.param(
        (),
        correct(ODD, after=""),
        ChangeCorrected,
        {"change_date": "〃", "timing": "事前（任意）", "before": "", "after": ""},
        id="one cell of an odd row, of which a document may have any",
    ),
    pytest.param((), correct(ODD, change_date=""), ChangeCorrected, {"change_date": ""}, id="a blank cell"),
    pytest.param((), retract(), ChangeRetracted, {"retracts": RECORDED, "why": WHY}, id="a mistake"),
    pytest.param(
        (correct(after="総合窓口課"),),
        retract(),
        ChangeRetracted,
        {"retracts": RECORDED},
        id="a mistake, corrected before",
    ),
    pytest.param(
        (retract(),), record(), ItemChanged, {"after": "窓口課", "revision": "r1"}, id="recorded again"
    ),
    pytest.param(
        (retract(), record()),
        retract(RECORDED + 2),
        ChangeRetracted,
        {"retracts": RECORDED + 2},
        id="recorded again, retracted again",
    ),
    pytest.param(
        (reread(ODD_ROW_FIRST),),
        interpret(ODD, path=HEAD),
        RowInterpreted,
        {"interprets": ODD},
        id="a row that says the same in a later reading",
    ),
]


@pytest.mark.parametrize(("then", "when", "kind", "says"), RECORDS)
def test_a_decision_is_one_event(
    then: tuple[When, ...], when: When, kind: type[AnyEvent], says: dict[str, object]
) -> None:
    assessment = given(*then)
    when(assessment)
    (event,) = assessment.collect_events()
    assert type(event) is kind
    assert {name: getattr(event, name) for name in says} == says


# what is no news

NO_NEWS = [
    pytest.param((), interpret(), id="a row that means what it says"),
    pytest.param((interpret(path=HEAD),), interpret(path=HEAD, why="もう一度"), id="the same meaning again"),
    pytest.param(
        (interpret(change_date="令和5年4月1日"),),
        interpret(change_date="2023-04-01"),
        id="the same day in other words",
    ),
    pytest.param((interpret(path=HEAD), interpret()), interpret(), id="undone twice"),
    pytest.param((), correct(), id="a change that is right as it is"),
    pytest.param((), correct(ODD), id="a printed row that is right, however odd"),
    pytest.param(
        (correct(after="総合窓口課"),),
        correct(after="総合窓口課", why="もう一度"),
        id="the same correction again",
    ),
    pytest.param((retract(),), retract(why="もう一度"), id="retracted twice"),
    pytest.param((), record(), id="recorded twice"),
    pytest.param((correct(after="総合窓口課"),), record(), id="recorded again after a correction"),
    pytest.param((retract(), record()), record(), id="recorded again, twice"),
]


@pytest.mark.parametrize(("then", "when"), NO_NEWS)
def test_what_counts_already_is_no_news(then: tuple[When, ...], when: When) -> None:
    assessment = given(*then)
    when(assessment)
    assert assessment.collect_events() == []


# what is refused

NO_CHANGE = "変更の記録ではありません"
REREAD = "行2: 原本を読み直した後の表にない行です"
REFUSED = [
    pytest.param((), interpret(1), UnknownChange, NO_CHANGE, id="a registration means nothing"),
    pytest.param((), interpret(RECEIVED), UnknownChange, NO_CHANGE, id="nor does an edition"),
    pytest.param((), interpret(99), UnknownChange, NO_CHANGE, id="nor what never was"),
    pytest.param(
        (), interpret(path=HEAD, why=" "), InvalidChange, "行1: 理由がありません", id="a meaning, no reason"
    ),
    pytest.param(
        (),
        interpret(RECORDED),
        InvalidChange,
        "kaitei correct で訂正",
        id="a meaning of what is recorded here",
    ),
    pytest.param(
        (),
        interpret(path=ItemPath(("I", "6", "部屋"))),
        InvalidChange,
        "I/6/部屋: 様式3にない項目です",
        id="an item that the form does not have",
    ),
    pytest.param((), interpret(change_date="春"), NotAWarekiDate, "「春」", id="a meaning, no day"),
    pytest.param((reread(ROW),), interpret(ODD), UnknownChange, REREAD, id="a row read otherwise since"),
    pytest.param((), correct(RECEIVED), UnknownChange, NO_CHANGE, id="correcting an edition"),
    pytest.param(
        (), correct(after="市民課", why="　"), InvalidChange, "理由がありません", id="correcting, no reason"
    ),
    pytest.param(
        (), correct(after="市民窓口課"), InvalidChange, "変更前と変更後が同じ", id="nothing changes"
    ),
    pytest.param((), correct(timing="随時"), InvalidChange, "提出時期「随時」", id="a timing the form lacks"),
    pytest.param(
        (), correct(PRINTED, timing="随時"), InvalidChange, "提出時期「随時」", id="in a printed row as well"
    ),
    pytest.param((), correct(change_date="春"), NotAWarekiDate, "「春」", id="correcting, no day"),
    pytest.param(
        (), correct(path=""), InvalidChange, "項目がありません", id="a recorded change without an item"
    ),
    pytest.param(
        (), correct(path="I/6/部屋"), InvalidChange, "様式3にない項目です", id="correcting to no item"
    ),
    pytest.param(
        (retract(),), correct(after="市民課"), UnknownChange, "取り消された変更です", id="what was retracted"
    ),
    pytest.param((reread(ROW),), correct(ODD), UnknownChange, REREAD, id="correcting such a row"),
    pytest.param((), retract(RECEIVED), UnknownChange, NO_CHANGE, id="retracting an edition"),
    pytest.param((), retract(why=""), InvalidChange, "理由がありません", id="retracting, no reason"),
    pytest.param(
        (), retract(PRINTED), InvalidChange, "kaitei correct で.*kaitei interpret で", id="what is printed"
    ),
]


@pytest.mark.parametrize(("then", "when", "error", "says"), REFUSED)
def test_refuses_a_decision(then: tuple[When, ...], when: When, error: type[LedgerError], says: str) -> None:
    assessment = given(*then)
    with pytest.raises(error, match=says):
        when(assessment)
    assert assessment.collect_events() == []


def test_an_error_names_a_row_by_the_number_it_has_now() -> None:
    assessment = given(reread(ODD_ROW_FIRST))
    with pytest.raises(InvalidChange, match=r"^行1: "):
        assessment.interpret(ODD, path=HEAD, change_date="", why="")


def test_a_row_read_as_it_was_corrected_to_be_is_a_row_of_its_own() -> None:
    assessment = given(correct(PRINTED, after="市民総合窓口課"))
    reread(replace(ROW, after="市民総合窓口課"), ODD_ROW)(assessment)
    _, row = assessment.collect_events()
    assert isinstance(row, ItemChanged)
    assert (row.no, row.after) == (1, "市民総合窓口課")


def test_a_correction_outlives_a_reading_that_repeats_the_row() -> None:
    assessment = given(correct(PRINTED, after="市民総合窓口課"), reread(ROW))
    assert assessment.changes.at(PRINTED).after == "市民総合窓口課"


# storage


def test_decisions_come_back_from_the_store_and_still_decide(tmp_path: Path) -> None:
    decisions = record(), interpret(path=HEAD), correct(PRINTED, before="住民課"), retract()
    assessment = begun()
    for decide in decisions:
        decide(assessment)
    pending = list(assessment.pending_events)
    with open_ledger(f"sqlite:///{tmp_path / 'kaitei.db'}", create=True) as ledger:
        ledger.save(assessment, by="霞野 花子")
        assert [entry.event for entry in ledger.entries(assessment.id)] == pending
        assert not breaks_of(ledger.rows())
        again = ledger.get(assessment.id)
        assert again.changes == assessment.changes
        for decide in decisions[1:]:
            decide(again)
        assert ledger.save(again, by="霞野 花子") == []


COMMANDS = [
    record(), interpret(path=HEAD), interpret(ODD, change_date="令和5年4月1日"), interpret(),
    correct(after="総合窓口課"), correct(after="窓口課"), correct(PRINTED, before="住民課"),
    correct(ODD, change_date=""), retract(), reread(ROW), reread(ROW, ODD_ROW),
]  # fmt: skip


@drawn(st.lists(st.sampled_from(COMMANDS), max_size=8))
def test_an_assessment_holds_what_its_events_say(commands: list[When]) -> None:
    """One rebuilt from the events of any decisions holds the changes of the one that took them."""
    assessment = begun()
    for command in (record(), *commands):
        with suppress(LedgerError):  # refused for what came before: nothing has happened
            command(assessment)
    rebuilt: Assessment | None = None
    for event in assessment.collect_events():
        rebuilt = event.mutate(rebuilt)
    assert rebuilt is not None
    assert rebuilt.changes == assessment.changes
