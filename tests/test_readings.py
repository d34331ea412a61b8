"""A reading: how certain it is beside another one, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.published import Boxes
from projections.readings import (
    Certainty,
    Reading,
    Support,
    Value,
    agree,
    combine,
    contradicted,
    is_blank,
    known,
    partial,
    unknown,
    unproved,
    witnessed,
)
from tests.papers import day

PROVED = known("市民課", "行2の変更前")
ALIKE = known("市民 課", "公表日2022-10-01の本文")
OTHER = known("戸籍課", "公表日2022-10-01の本文")
LIKELY = partial("市民課", "行2の変更後は語りだけ")
OTHERWISE = partial("住民課", "行1の変更後は語りだけ")
OPEN = partial("市民課", "変更日がない", "市民課", "住民課")
DENIED = contradicted("市民課", "記載が食い違う", "市民課", "住民課")
NOTHING = unknown("略の中身が分からない")

Told = tuple[Value | None, str, set[Value]]


def told(reading: Reading) -> Told:
    return reading.value, str(reading.certainty), set(reading.rivals)


COMBINED = [
    pytest.param(PROVED, PROVED, ("市民課", "known", set()), id="both ways prove the same"),
    pytest.param(
        PROVED, ALIKE, ("市民課", "known", set()), id="alike is the same: the words of the later body"
    ),
    pytest.param(PROVED, NOTHING, ("市民課", "known", set()), id="only the way back leads there"),
    pytest.param(NOTHING, PROVED, ("市民課", "known", set()), id="only the way forward leads there"),
    pytest.param(NOTHING, NOTHING, (None, "unknown", set()), id="neither does"),
    pytest.param(LIKELY, PROVED, ("市民課", "known", set()), id="the way forward proves what was likely"),
    pytest.param(PROVED, LIKELY, ("市民課", "known", set()), id="the way back proves what was likely"),
    pytest.param(LIKELY, LIKELY, ("市民課", "partial", set()), id="twice likely is not proved"),
    pytest.param(
        LIKELY, OTHER, ("戸籍課", "partial", {"戸籍課", "市民課"}), id="what is likely denies what is proved"
    ),
    pytest.param(
        OTHER, LIKELY, ("戸籍課", "partial", {"戸籍課", "市民課"}), id="the same the other way round"
    ),
    pytest.param(
        partial("市民", "一部だけ"), PROVED, ("市民課", "known", set()), id="a part of what is proved"
    ),
    pytest.param(OPEN, PROVED, ("市民課", "known", set()), id="one of several that is proved"),
    pytest.param(
        OPEN,
        OTHER,
        ("戸籍課", "partial", {"戸籍課", "市民課", "住民課"}),
        id="none of several is what is proved",
    ),
    pytest.param(
        PROVED,
        OTHER,
        ("市民課", "partial", {"市民課", "戸籍課"}),
        id="both prove, and not the same: neither is known",
    ),
    pytest.param(
        LIKELY, OTHERWISE, ("市民課", "partial", {"市民課", "住民課"}), id="both are likely, and not the same"
    ),
]


@pytest.mark.parametrize(("back", "forward", "expected"), COMBINED)
def test_two_ways_to_a_state_make_one_reading(back: Reading, forward: Reading, expected: Told) -> None:
    assert told(combine(back, forward)) == expected


@pytest.mark.parametrize(("back", "forward"), [(PROVED, OTHER), (LIKELY, OTHERWISE)])
def test_where_both_ways_differ_the_reason_quotes_both(back: Reading, forward: Reading) -> None:
    found = combine(back, forward)
    assert found.contradicted
    assert back.reason in found.reason
    assert forward.reason in found.reason


WITNESSED = [
    pytest.param(NOTHING, PROVED, ("市民課", "known", set()), id="a witness fills in what is unknown"),
    pytest.param(OPEN, PROVED, ("市民課", "known", set()), id="decides between what is possible"),
    pytest.param(OPEN, known("住民課", "証言"), ("住民課", "known", set()), id="for the other one too"),
    pytest.param(LIKELY, PROVED, ("市民課", "known", set()), id="confirms what was likely"),
    pytest.param(PROVED, ALIKE, ("市民課", "known", set()), id="leaves the words of what is known"),
    pytest.param(PROVED, LIKELY, ("市民課", "known", set()), id="likely words that agree"),
    pytest.param(
        PROVED, OTHERWISE, ("市民課", "partial", {"市民課", "住民課"}), id="likely words that do not agree"
    ),
    pytest.param(LIKELY, OTHERWISE, ("市民課", "partial", set()), id="against likely words they say nothing"),
    pytest.param(
        unproved(PROVED, "表が失われた"),
        OTHER,
        ("戸籍課", "known", set()),
        id="goes before what nothing proves",
    ),
    pytest.param(NOTHING, OPEN, (None, "unknown", set()), id="nor does it fill in"),
    pytest.param(
        PROVED, OTHER, ("市民課", "partial", {"市民課", "戸籍課"}), id="against what is known: neither is"
    ),
    pytest.param(LIKELY, OTHER, ("市民課", "partial", {"市民課", "戸籍課"}), id="against what was likely"),
    pytest.param(
        OPEN,
        OTHER,
        ("市民課", "partial", {"市民課", "住民課", "戸籍課"}),
        id="a third one beside what is possible",
    ),
    pytest.param(DENIED, PROVED, ("市民課", "partial", {"市民課", "住民課"}), id="a contradiction stays one"),
]


@pytest.mark.parametrize(("reading", "witness", "expected"), WITNESSED)
def test_a_witness_fills_in_decides_or_contradicts(
    reading: Reading, witness: Reading, expected: Told
) -> None:
    assert told(witnessed(reading, witness)) == expected


def test_what_a_witness_denied_is_contradicted_and_what_it_leaves_open_is_not() -> None:
    assert witnessed(PROVED, OTHER).contradicted
    assert not witnessed(OPEN, PROVED).contradicted
    assert not OPEN.contradicted


POSSIBLE = [
    pytest.param(PROVED, ("市民課",), id="known: its value"),
    pytest.param(LIKELY, ("市民課",), id="likely: its value, though not proved"),
    pytest.param(OPEN, ("市民課", "住民課"), id="one of several: all of them"),
    pytest.param(partial(None, "どちらか", "甲", "乙", "甲"), ("甲", "乙"), id="no favourite, each once"),
    pytest.param(NOTHING, (), id="unknown: none is known to be possible"),
    pytest.param(known("", "本文"), ("",), id="nothing printed is a value"),
]


@pytest.mark.parametrize(("reading", "expected"), POSSIBLE)
def test_one_of_the_possible_values_holds(reading: Reading, expected: tuple[Value, ...]) -> None:
    assert reading.possible == expected


def test_what_contradicts_nothing_is_no_contradiction() -> None:
    """Without a value and without rivals there is nothing to contradict: it is unknown."""
    assert contradicted(None, "理由", None) == unknown("理由")
    assert told(contradicted(None, "理由", None, "乙")) == (None, "partial", {"乙"})
    assert contradicted("甲", "理由", "甲", None, "乙").rivals == ("甲", "乙")


def test_another_reason_leaves_all_else() -> None:
    found = DENIED.because("別の理由")
    assert (told(found), found.contradicted, found.reason) == (told(DENIED), True, "別の理由")


BODY = Support("公表日2024-10-01の本文", day("2024-10-01"), "本文の記載", "窓口課")
ROW = Support("行2", day("2023-04-03"), "行2の変更前", "市民課", "e4")
LAST = Support("行1", day("2021-04-01"), "行1の変更前", "住民課", "e3")


def test_a_reading_rests_on_the_readings_it_was_worked_out_from_and_then_on_what_was_done() -> None:
    after = PROVED.resting_on(and_on=[BODY])
    before = PROVED.resting_on(after, and_on=[ROW])
    assert before.rests_on == (BODY, ROW)
    assert PROVED.resting_on(before, after, and_on=[LAST]).rests_on == (BODY, ROW, LAST)


def test_what_a_reading_rests_on_does_not_tell_it_from_another() -> None:
    assert PROVED.resting_on(and_on=[BODY]) == PROVED
    assert PROVED.resting_on(and_on=[BODY]).because("他").rests_on == (BODY,)


@pytest.mark.parametrize("join", [combine, witnessed])
def test_a_contradiction_rests_on_both_that_contradict(join: Callable[[Reading, Reading], Reading]) -> None:
    found = join(PROVED.resting_on(and_on=[ROW]), OTHER.resting_on(and_on=[BODY]))
    assert found.rests_on == (ROW, BODY)


BOTH = Boxes(("紙",), ("電子メール",))
AGREEING = [
    pytest.param("（1）窓口", "(1) 窓口", True, id="brackets and spaces are not words"),
    pytest.param("窓口課", "戸籍課", False, id="other words"),
    pytest.param(BOTH, Boxes(("紙",)), True, id="a box that one does not show is not opposed"),
    pytest.param(BOTH, Boxes(("紙", "電子メール")), False, id="ticked here, not ticked there"),
    pytest.param(BOTH, Boxes(("紙",), ("電子メール",), other_text="窓口"), False, id="another free text"),
    pytest.param("紙", Boxes(("紙",)), False, id="words are no boxes"),
    pytest.param(None, None, True, id="nothing and nothing"),
    pytest.param(None, "", False, id="unknown is not blank"),
]


@pytest.mark.parametrize(("one", "other", "expected"), AGREEING)
def test_values_agree_at_any_level_of_comparison(
    one: Value | None,
    other: Value | None,
    expected: bool,  # noqa: FBT001  (what the table expects)
) -> None:
    assert agree(one, other) is agree(other, one) is expected


@pytest.mark.parametrize("value", ["", "－", " ", Boxes(unchecked=("紙",)), Boxes()])
def test_nothing_is_blank(value: Value) -> None:
    assert is_blank(value)


@pytest.mark.parametrize(
    "value", [None, "0", "なし。", Boxes(("紙",)), Boxes(unreadable=("紙",)), Boxes(other_text="窓口")]
)
def test_what_is_unknown_or_says_anything_is_not_blank(value: Value | None) -> None:
    assert not is_blank(value)


def test_a_certainty_is_named_as_views_print_it() -> None:
    assert [str(each) for each in Certainty] == ["known", "partial", "unknown"]
