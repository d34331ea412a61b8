"""Undated changes and the stages of revisions, read: what the document, the table and views say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.events import (
    AnyEvent,
    ChangeCorrected,
    ChangeRetracted,
    EditionPublished,
    RevisionApproved,
    RevisionSubmitted,
)
from ledger.published import PublishedEdition
from ledger.wareki import wareki
from projections.across import held_on
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.diff import difference
from projections.documents import Basis, Document
from projections.duties import Duty, Kind, duties
from projections.editions import Assessment, assessment
from projections.history import blame, log
from projections.impact import State, impact
from projections.terms import Term
from projections.unpublished import as_if_published, edition_to_be
from projections.validator import validate
from projections.written import written
from tests.papers import STREAM, day, entries, paper, received, recorded, says, stated
from tests.several import identity_of

COVER, OFFICE, HEAD, DONE = "表紙/公表日", "I/6/①部署", "I/6/②所属長の役職名", "V/1/①実施日"
FIRST, NEXT = "令和6年10月1日", "2026-04-10"
EDITION = paper(
    stated(COVER, FIRST),
    stated(OFFICE, "市民課"),
    stated(HEAD, "市民課長"),
    stated(DONE, "令和6年9月2日"),
    published=FIRST,
)
UNDATED = recorded(OFFICE, "市民課", "窓口課", "")
RECORDED = date(2026, 4, 1)  # the day of all entries of a short ledger, in Japan


def approved(revision: str = "r-1", on: str = "2026-04-03", *, undone: bool = False) -> AnyEvent:
    return RevisionApproved(STREAM, 0, revision=revision, day=on, why="", undone=undone)


def submitted(kind: str = "修正", revision: str = "r-1", on: str = "2026-04-04") -> AnyEvent:
    return RevisionSubmitted(
        STREAM, 0, revision=revision, kind=kind, day=on, receipt="第12号", why="", undone=False
    )


def published(
    *revisions: str, on: str = NEXT, change_date: str = NEXT, undone: bool = False
) -> EditionPublished:
    return EditionPublished(
        STREAM,
        0,
        publication_date=on,
        revisions=revisions or ("r-1",),
        change_date=change_date,
        why="",
        undone=undone,
    )


def known(*events: AnyEvent, of: tuple[PublishedEdition, ...] = (EDITION,)) -> Assessment:
    return assessment(entries(*received(*of), *events))


def said(of: Assessment, on: str | None = None, path: str = OFFICE, basis: Basis = Basis.CHANGE) -> object:
    return says(document_as_of(of, day(on) if on else None, basis), path)


# --- undated ----------------------------------------------------------------------------------------


def test_an_undated_change_is_in_the_latest_state_and_not_before_it_was_recorded() -> None:
    of = known(UNDATED)
    eve = (RECORDED - timedelta(days=1)).isoformat()
    assert said(of) == ("窓口課", "known")
    assert said(of, eve) == ("市民課", "known")
    assert said(of, FIRST_DAY) == ("市民課", "known")
    (item,) = (each for each in document_as_of(of).items if str(each.path) == OFFICE)
    assert (item.since, item.change and item.change.event_id) == (None, "e3")


FIRST_DAY = "2024-10-01"


@pytest.mark.parametrize("on", ["2026-04-01", "2026-04-02", "2030-01-01"])
def test_since_it_was_recorded_nobody_knows_whether_it_holds(on: str) -> None:
    of = known(UNDATED)
    assert said(of, on) == ("市民課", "partial")
    (item,) = (each for each in document_as_of(of, day(on)).items if str(each.path) == OFFICE)
    assert set(item.reading.rivals) == {"市民課", "窓口課"}
    assert "記録e3に変更日がなく" in item.reading.reason


def test_an_item_begun_without_a_day_is_not_there_before_it_was_recorded() -> None:
    path = "II/4/委託事項1/③委託先名"
    of = known(recorded(path, "", "株式会社ひなた", ""))
    there = {
        on: [str(each.path) for each in document_as_of(of, on).items if str(each.path) == path]
        for on in (None, RECORDED - timedelta(days=1), RECORDED)
    }
    assert list(there.values()) == [[path], [], [path]]


def test_views_of_the_changes_have_what_is_undated() -> None:
    of = known(UNDATED, recorded(HEAD, "市民課長", "窓口課長", "2026-04-05", "r-2"))
    rows = change_table(of)
    assert [(row.change.event_id, row.change.day) for row in rows] == [("e4", date(2026, 4, 5)), ("e3", None)]
    assert [row.change.event_id for row in change_table(of, day("2026-03-31"))] == []
    assert [row.change.event_id for row in change_table(of, day("2026-04-01"))] == ["e3"]
    assert [(each.revision_id, each.change_date) for each in log(of)] == [
        ("r-2", date(2026, 4, 5)), ("r-1", None),
    ]  # fmt: skip
    (last,) = blame(of, [each.path for each in document_as_of(of).items if str(each.path) == OFFICE])
    assert last.row is not None
    assert last.row.change.event_id == "e3"


def test_what_differs_since_a_day_has_the_undated_change() -> None:
    of = known(UNDATED)
    found = difference(document_as_of(of, day("2026-03-01")), document_as_of(of))
    assert [(str(each.path), each.after and each.after.value) for each in found] == [(OFFICE, "窓口課")]


# --- published --------------------------------------------------------------------------------------


def test_publication_dates_what_had_no_day_and_the_cover() -> None:
    of = known(UNDATED, published(change_date="2026-04-08"))
    assert [said(of, on) for on in ("2026-04-07", "2026-04-08", None)] == [
        ("市民課", "known"), ("窓口課", "known"), ("窓口課", "known"),
    ]  # fmt: skip
    assert [said(of, on, COVER) for on in ("2026-04-09", NEXT, None)] == [
        (FIRST, "known"), ("令和8年4月10日", "known"), ("令和8年4月10日", "known"),
    ]  # fmt: skip
    assert document_as_of(of).published == of.last_published == date(2026, 4, 10)
    (row,) = change_table(of)
    assert (row.change.printed_date, row.change.dated_by) == ("2026-04-08", "e4")


def test_by_the_day_of_publication_the_public_reads_what_was_published_and_nothing_else() -> None:
    planned = recorded(HEAD, "市民課長", "窓口課長", "2026-06-01", "r-2")
    later = recorded(DONE, "令和6年9月2日", "令和8年3月2日", "2026-04-02", "r-3")
    of = known(UNDATED, planned, later, published("r-1", "r-2"))
    by = Basis.PUBLICATION
    for path, before, after in ((OFFICE, "市民課", "窓口課"), (HEAD, "市民課長", "窓口課長")):
        assert said(of, "2026-04-09", path, by) == (before, "known")
        assert said(of, NEXT, path, by) == (after, "known")
    assert said(of, NEXT, DONE, by) == ("令和6年9月2日", "known")
    assert said(of, NEXT, COVER, by) == ("令和8年4月10日", "known")


def test_what_was_published_before_its_day_holds_since_it_was_published() -> None:
    of = known(recorded(OFFICE, "市民課", "窓口課", "2026-06-01"), published())
    assert [said(of, on) for on in ("2026-04-09", NEXT)] == [("市民課", "known"), ("窓口課", "known")]


def test_a_publication_that_was_undone_never_was() -> None:
    once, undone = known(UNDATED), known(UNDATED, published(), published(undone=True))
    for on in (None, day(NEXT), day("2026-03-01")):
        assert says_all(document_as_of(once, on)) == says_all(document_as_of(undone, on))
    assert undone.pending() == undone.unpublished


def says_all(of: Document) -> dict[str, tuple[object, ...]]:
    return {
        str(each.path): (each.reading.value, str(each.reading.certainty), each.since) for each in of.items
    }


def test_a_later_edition_says_its_own_day_of_publication() -> None:
    later = replace(EDITION, header=replace(EDITION.header, publication_date="令和8年5月1日"))
    of = known(published(), UNDATED, of=(EDITION, later))
    assert document_as_of(of, day("2026-05-01")).published == date(2026, 5, 1)
    assert said(of, "2026-05-01", COVER) == (FIRST, "known"), "as that document prints it"


DAYS = st.dates(date(2026, 2, 1), date(2026, 6, 30))


@given(change_date=DAYS, publication=DAYS, asked=st.one_of(st.none(), DAYS))
def test_published_with_a_day_an_undated_change_is_one_recorded_with_that_day(
    change_date: date, publication: date, asked: date | None
) -> None:
    """Whatever the days: from its publication on, nothing tells one from the other."""
    told = published(on=publication.isoformat(), change_date=change_date.isoformat())
    one = known(UNDATED, told)
    other = known(recorded(OFFICE, "市民課", "窓口課", change_date.isoformat()), told)
    for basis in Basis:
        assert says_all(document_as_of(one, asked, basis)) == says_all(document_as_of(other, asked, basis))
    assert [row.change.day for row in change_table(one, asked)] == [
        row.change.day for row in change_table(other, asked)
    ]


WORDS = st.sampled_from(["窓口課", "総務課", "税務課"])


@given(office=WORDS, head=WORDS, on=st.one_of(st.just(""), st.dates(date(2025, 1, 1), date(2026, 5, 30))))
def test_the_document_taken_in_afterwards_says_the_same(office: str, head: str, on: str | date) -> None:
    """What was published here and what is then taken in of it agree, item by item and row by row."""
    changes = (
        recorded(OFFICE, "市民課", office, str(on)),
        recorded(HEAD, "市民課長", head, "", "r-2"),
    )
    of = known(*changes, published("r-1", "r-2"))
    edition = written(of, document_as_of(of), change_table(of), publication_date=wareki(day(NEXT)))
    events = [*received(EDITION), *changes, published("r-1", "r-2")]
    taken = [replace(event) for event in received(EDITION, edition)[2:]]
    after = assessment(entries(*events, *taken))
    assert after.unpublished == ()
    assert [row.change.event_id for row in change_table(after, None, pending=True)] == []
    for asked in (None, day(NEXT), day("2024-10-01")):
        before, now = (
            {path: value[:2] for path, value in says_all(document_as_of(each, asked)).items()}
            for each in (of, after)
        )
        assert before == now


def test_the_document_that_prints_another_day_is_the_same_publication() -> None:
    rows = (("令和8年4月1日", OFFICE, "市民課", "窓口課"),)
    later = paper(
        stated(COVER, "令和8年4月10日"), stated(OFFICE, "窓口課"), rows=rows, published="令和8年4月10日"
    )
    taken = received(EDITION, later)[2:]
    of = assessment(entries(*received(EDITION), UNDATED, published(), *taken))
    assert of.unpublished == ()
    dated = recorded(OFFICE, "市民課", "窓口課", "2026-04-02")
    other = assessment(entries(*received(EDITION), dated, published(), *taken))
    assert [each.event_id for each in other.unpublished] == ["e3"], "a day that somebody gave has to agree"


# --- stages -----------------------------------------------------------------------------------------

STAGES = [
    pytest.param([], ["起案"], id="drafted"),
    pytest.param([approved()], ["起案", "決裁済"], id="approved"),
    pytest.param([published(), submitted()], ["起案", "提出済", "公表済"], id="one was left out"),
    pytest.param([approved(), approved(undone=True)], ["起案"], id="undone"),
    pytest.param([approved("r-2")], ["起案"], id="another revision"),
]


@pytest.mark.parametrize(("events", "stages"), STAGES)
def test_the_stages_of_a_revision(events: list[AnyEvent], stages: list[str]) -> None:
    other = recorded(HEAD, "市民課長", "窓口課長", "2026-04-01", "r-2")
    filing = known(UNDATED, other, *events).filing("r-1")
    assert filing is not None
    assert [str(each.stage) for each in filing.passed] == stages
    assert (str(filing.stage), filing.passed[0].day) == (stages[-1], RECORDED)


def test_the_last_record_of_a_stage_counts() -> None:
    filing = known(UNDATED, submitted("実施"), submitted("修正", on="2026-04-06")).filing("r-1")
    assert filing is not None
    assert (filing.passed[-1].kind, filing.passed[-1].day) == ("修正", date(2026, 4, 6))


def test_an_edition_that_lists_all_of_a_revision_publishes_it() -> None:
    rows = [("令和8年4月1日", OFFICE, "市民課", "窓口課"), ("令和8年4月1日", HEAD, "市民課長", "窓口課長")]
    changes = (UNDATED, recorded(HEAD, "市民課長", "窓口課長", ""))
    for listed, stage in ((rows[:1], "起案"), (rows, "公表済")):
        later = paper(stated(OFFICE, "窓口課"), rows=tuple(listed), published="令和8年4月10日")
        of = assessment(entries(*received(EDITION), *changes, *received(EDITION, later)[2:]))
        filing = of.filing("r-1")
        assert filing is not None
        assert str(filing.stage) == stage
        revisions = log(of)
        assert [each.revision for each in revisions[0].filings] == ["r-1"]
        assert revisions[0].own is None


def test_a_retracted_revision_has_no_stage() -> None:
    assert known(UNDATED, approved(), ChangeRetracted(STREAM, 0, retracts=3, why="誤り")).filings == ()


def test_a_corrected_day_counts_more_than_that_of_the_publication() -> None:
    right = ChangeCorrected(
        STREAM,
        0,
        corrects=3,
        change_date="2026-04-06",
        item_text="",
        before="市民課",
        after="窓口課",
        timing="事後",
        explanation="組織改正",
        path=OFFICE,
        why="変更日の誤り",
    )
    (change,) = known(UNDATED, published(), right).recorded
    assert (change.day, change.dated_by) == (date(2026, 4, 6), "")


# --- pending ----------------------------------------------------------------------------------------


def test_pending_is_what_no_edition_and_no_publication_has_by_a_day() -> None:
    other = recorded(HEAD, "市民課長", "窓口課長", "2026-04-05", "r-2")
    of = known(UNDATED, other, published())
    assert [each.event_id for each in of.pending()] == ["e4"]
    assert [each.event_id for each in of.pending(day("2026-04-09"))] == ["e4", "e3"]
    assert [row.change.event_id for row in change_table(of, pending=True)] == ["e4"]
    assert len(change_table(of)) == 2


def test_what_is_to_be_published_is_the_whole_document_of_that_day() -> None:
    of = known(UNDATED, recorded(HEAD, "市民課長", "窓口課長", "2026-06-01", "r-2"))
    edition = edition_to_be(as_if_published(of, day("2026-04-20")), day("2026-04-20"))
    assert edition.header.publication_date == "令和8年4月20日"
    values = {str(item.path): item.value for item in edition.items}
    assert (values[OFFICE], values[HEAD], values[COVER]) == ("窓口課", "窓口課長", "令和8年4月20日")
    assert [row.date for row in edition.rows] == ["令和8年4月20日", "令和8年6月1日"]
    found = validate(edition, as_if_published(of, day("2026-04-20"))).findings
    assert [each.rule for each in found if each.severity == "error"] == []


LAW = "I/4/法令上の根拠"


def due(*events: AnyEvent, on: str = "2026-04-20") -> tuple[Duty, ...]:
    edition = replace(EDITION, items=(*EDITION.items, stated(LAW, "別表第一")))
    of = known(*events, of=(edition,))
    return duties(held_on([(identity_of(edition), of)], day(on)), day(on))


def dates(found: tuple[Duty, ...], kind: Kind) -> list[list[str]]:
    return [[str(each.day) for each in duty.dates] for duty in found if duty.kind is kind]


PLANNED = replace(recorded(LAW, "別表第一", "別表", "2026-06-01"), timing="事前", actual_day="2026-06-01")


def test_a_change_that_was_published_is_no_duty_any_more() -> None:
    assert dates(due(PLANNED), Kind.BEFORE) == [["2026-05-31"]]
    assert dates(due(PLANNED, published()), Kind.BEFORE) == []
    assert dates(due(PLANNED, published(), on="2026-04-09"), Kind.BEFORE) == [["2026-05-31"]]
    assert dates(due(PLANNED, submitted(), approved()), Kind.BEFORE) == [["2026-05-31"]]


REDONE = [
    pytest.param([], [["2029-09-02", "2029-10-01"]], id="before it"),
    pytest.param([submitted("修正"), published()], [["2029-09-02", "2031-04-10"]], id="修正: both, R-18"),
    pytest.param([submitted("再実施"), published()], [["2031-04-10"]], id="再実施: five years anew"),
    pytest.param([submitted("実施"), published()], [["2031-04-10"]], id="実施"),
    pytest.param([submitted("再実施")], [["2029-09-02", "2029-10-01"]], id="not published yet"),
    pytest.param(
        [submitted("再実施"), published(on="2026-04-30")], [["2029-09-02", "2029-10-01"]], id="later"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("events", "expected"), REDONE)
def test_five_years_begin_anew_where_a_new_assessment_was_published(
    events: list[AnyEvent], expected: list[list[str]]
) -> None:
    assert dates(due(UNDATED, *events), Kind.REDO) == expected


def test_a_publication_puts_the_yearly_review_off() -> None:
    assert dates(due(UNDATED), Kind.REVIEW) == [["2025-10-01"]]
    assert dates(due(UNDATED, published()), Kind.REVIEW) == [["2027-04-10"]]


def test_a_term_that_a_published_change_took_out_is_published() -> None:
    def state(*events: AnyEvent) -> State:
        held = held_on([(identity_of(EDITION), known(UNDATED, *events))], None)
        (each,) = (one for one in impact(Term.of("市民課"), held, RECORDED).concerned)
        (item,) = (item for item in each.items if str(item.path) == OFFICE)
        return item.state

    assert (state(), state(published())) == (State.RECORDED, State.PUBLISHED)
