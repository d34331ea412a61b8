"""Duties that fall due: their dates, what those rest on, how they stand on a day, and the command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from ledger.events import AnyEvent, AssessmentEnded, AssessmentReviewed
from ledger.published import PublishedEdition
from projections.across import held_on
from projections.duties import Duty, Kind, Status, duties
from projections.editions import assessment
from tests.command_line import Kaitei, one_line, recorded
from tests.conftest import Golden
from tests.papers import STREAM, Cells, day, entries, paper, received, stated
from tests.papers import recorded as change
from tests.several import identity_of

pytest_plugins = ["tests.command_line_fixtures"]

DONE, OFFICE, LAW = "V/1/①実施日", "I/6/①部署", "I/4/法令上の根拠"
HAPPENED = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
TOLD = f"{HAPPENED}/その内容"
BASIC = paper(stated(DONE, "令和3年2月1日"), stated(OFFICE, "市民課"), published="令和6年10月1日")


def reviewed(on: str) -> AssessmentReviewed:
    return AssessmentReviewed(STREAM, 0, day=on, why="変更点なし", undone=False)


def ended(on: str) -> AssessmentEnded:
    return AssessmentEnded(STREAM, 0, day=on, why="廃止", undone=False)


def due(on: str, *events: AnyEvent, of: Iterable[PublishedEdition] = (BASIC,)) -> tuple[Duty, ...]:
    papers = tuple(of)
    known = assessment(entries(*received(*papers), *events))
    return duties(held_on([(identity_of(papers[0]), known)], day(on)), day(on))


def dates(found: Iterable[Duty], kind: Kind) -> list[list[str]]:
    return [[str(dated.day) for dated in duty.dates] for duty in found if duty.kind is kind]


LATER = replace(BASIC, header=replace(BASIC.header, publication_date="令和7年10月1日"))
REVIEWS = [
    pytest.param("2025-04-01", [], (BASIC,), ["2025-10-01"], "公表日2024-10-01の版", id="since 公表日"),
    pytest.param("2025-04-01", [], (BASIC, LATER), ["2025-10-01"], "公表日2024-10-01の版", id="none to come"),
    pytest.param("2026-04-01", [], (BASIC, LATER), ["2026-10-01"], "公表日2025-10-01の版", id="the latest"),
    pytest.param(
        "2025-04-01", [reviewed("令和7年3月3日")], (BASIC,), ["2026-03-03"], "見直し（記録e3）", id="a review"
    ),
    pytest.param(
        "2025-04-01", [reviewed("2024-09-01")], (BASIC,), ["2025-10-01"], "公表日2024-10-01の版", id="older"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("on", "events", "papers", "expected", "ground"), REVIEWS)
def test_a_review_falls_due_a_year_after_the_last_look(
    on: str, events: list[AnyEvent], papers: tuple[PublishedEdition, ...], expected: list[str], ground: str
) -> None:
    found = due(on, *events, of=papers)
    assert dates(found, Kind.REVIEW) == [expected]
    (duty,) = (duty for duty in found if duty.kind is Kind.REVIEW)
    assert [each.name for each in duty.dates[0].grounds] == [ground]


def test_five_years_are_counted_in_both_ways_that_are_possible() -> None:
    (duty,) = (duty for duty in due("2025-04-01", of=(BASIC, LATER)) if duty.kind is Kind.REDO)
    assert [(str(each.day), each.grounds[0].name) for each in duty.dates] == [
        ("2026-02-01", "Ⅴ１①実施日 令和3年2月1日"), ("2029-10-01", "公表日2024-10-01の版"),
    ]  # fmt: skip


def test_an_unreadable_day_of_assessment_leaves_the_one_date() -> None:
    found = due("2025-04-01", of=(paper(stated(DONE, "別紙のとおり"), published="令和6年10月1日"),))
    assert dates(found, Kind.REDO) == [["2029-10-01"]]


NOW, NOT = "発生あり", "発生なし"
ROW: Cells = ("令和4年5月2日", HAPPENED, NOT, NOW)
INCIDENTS = [
    pytest.param(NOW, "令和4年3月10日、誤送付があった。", (), ["2025-03-10"], id="by the day of its text"),
    pytest.param(NOW, "令和４年３月、誤送付があった。", (), ["2025-03-31"], id="by the end of a month"),
    pytest.param(NOW, "平成31年2月28日と2022/1/5に発覚", (), ["2025-01-05"], id="by the latest of two days"),
    pytest.param(NOW, "委託先で漏えいがあった。", (ROW,), ["2025-05-02"], id="without a day, since its row"),
    pytest.param(NOW, "委託先で漏えいがあった。", (), ["None"], id="without a day and without a row"),
    pytest.param(NOT, "－", (), None, id="none has happened"),
]


@pytest.mark.parametrize(("choice", "text", "rows", "expected"), INCIDENTS)
def test_an_incident_is_told_of_for_three_years(
    choice: str, text: str, rows: tuple[Cells, ...], expected: list[str] | None
) -> None:
    edition = paper(stated(HAPPENED, choice), stated(TOLD, text), rows=rows, published="令和6年10月1日")
    assert dates(due("2025-04-01", of=(edition,)), Kind.INCIDENT) == ([expected] if expected else [])


def test_an_incident_that_every_file_repeats_is_one_duty() -> None:
    files = [path.replace("III", f"III[{name}]", 1) for name in "甲乙" for path in (HAPPENED, TOLD)]
    items = [stated(path, NOW if path.endswith("発生したか") else "令和4年3月10日") for path in files]
    found = due("2025-04-01", of=(paper(*items, published="令和6年10月1日"),))
    assert dates(found, Kind.INCIDENT) == [["2025-03-10"]]


def kinds(found: Iterable[Duty]) -> set[Kind]:
    return {duty.kind for duty in found}


def test_after_the_end_only_the_end_has_duties() -> None:
    found = due("2026-04-01", ended("2026-03-31"))
    assert kinds(found) == {Kind.END, Kind.KEEP}
    assert dates(found, Kind.KEEP) == [["2029-03-31"]]
    assert dates(found, Kind.END) == [["2026-03-31"]]


def test_before_an_end_what_falls_due_after_it_is_left_out() -> None:
    assert Kind.REVIEW not in kinds(due("2025-04-01", ended("2025-09-30")))
    assert Kind.REVIEW in kinds(due("2025-04-01", ended("2025-10-01")))


def test_an_end_that_the_title_prints_is_published_already() -> None:
    title = "介護保険に関する事務【令和8年3月31日 終了】"
    found = due("2026-04-01", of=(replace(BASIC, header=replace(BASIC.header, title=title)),))
    assert kinds(found) == {Kind.KEEP}
    assert found[0].dates[0].grounds[0].event_id is None


def planned(path: str, timing: str, on: str = "2026-06-01", actual: str = "") -> AnyEvent:
    return replace(change(path, "市民課", "窓口課", on, f"r-{path}"), timing=timing, actual_day=actual)


CHANGES = [
    pytest.param(planned(LAW, "事前"), {Kind.BEFORE: [["2026-05-31"]]}, id="※ 事前: by the eve"),
    pytest.param(planned(LAW, ""), {Kind.BEFORE: [["2026-05-31"]]}, id="※ without a timing: by the eve"),
    pytest.param(planned(LAW, "事後"), {Kind.AFTER: [["2026-06-01"]]}, id="※ 事後: once it is true"),
    pytest.param(planned(OFFICE, "事前"), {Kind.BEFORE: [["2026-05-31"]]}, id="another item 事前"),
    pytest.param(planned(OFFICE, "事後"), {}, id="another item 事後"),
    pytest.param(planned(LAW, "事前", actual="令和8年7月1日"), {Kind.BEFORE: [["2026-06-30"]]}, id="real"),
    pytest.param(planned(LAW, "事前", on=""), {Kind.BEFORE: [["None"]]}, id="without any day"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "expected"), CHANGES)
def test_a_change_that_is_not_published_yet(event: AnyEvent, expected: dict[Kind, list[list[str]]]) -> None:
    found = due("2026-04-01", event)
    assert {kind: dates(found, kind) for kind in kinds(found) & {Kind.BEFORE, Kind.AFTER}} == expected


def test_changes_of_one_day_are_one_duty_that_names_each() -> None:
    (duty,) = (
        duty
        for duty in due("2026-04-01", planned(LAW, "事前"), planned(OFFICE, "事前"))
        if duty.kind is Kind.BEFORE
    )
    assert [(each.event_id, each.path) for each in duty.dates[0].grounds] == [("e3", LAW), ("e4", OFFICE)]


def test_a_change_that_an_edition_lists_is_published() -> None:
    rows = (("2026-06-01", LAW, "市民課", "窓口課"),)
    later = paper(stated(LAW, "窓口課"), rows=rows, published="令和8年3月1日")
    assert Kind.BEFORE not in kinds(due("2026-04-01", planned(LAW, "事前"), of=(BASIC, later)))


STANDS = [
    pytest.param("2025-10-02", Status.OVERDUE, id="the day after"),
    pytest.param("2025-10-01", Status.SOON, id="the very day"),
    pytest.param("2025-09-01", Status.SOON, id="thirty days before"),
    pytest.param("2025-08-31", Status.LATER, id="more than thirty days before"),
]


@pytest.mark.parametrize(("on", "status"), STANDS)
def test_how_a_duty_stands_on_a_day(on: str, status: Status) -> None:
    (review,) = (duty for duty in due(on) if duty.kind is Kind.REVIEW)
    assert review.status(day(on), 30) is status


def test_over_by_one_of_two_dates_is_perhaps_over_and_a_time_that_has_passed_is_no_fault() -> None:
    (redo,) = (duty for duty in due("2026-02-02") if duty.kind is Kind.REDO)
    assert redo.status(date(2026, 2, 2), 30) is Status.PERHAPS_OVERDUE
    (keep,) = (duty for duty in due("2029-04-01", ended("2026-03-31")) if duty.kind is Kind.KEEP)
    assert keep.status(date(2029, 4, 1), 30) is Status.PASSED


def test_what_is_to_be_done_promptly_has_no_number_of_days() -> None:
    found = due("2026-07-01", planned(LAW, "事後"), ended("2026-06-30"))
    of_end = next(duty for duty in found if duty.kind is Kind.END)
    assert of_end.status(date(2026, 7, 1), 30) is Status.PROMPT
    (after,) = (d for d in due("2026-07-01", planned(LAW, "事後")) if d.kind is Kind.AFTER)
    assert after.status(date(2026, 7, 1), 30) is Status.PROMPT
    assert after.status(date(2026, 6, 1), 30) is Status.SOON


def test_duties_stand_in_the_order_of_their_dates_those_without_one_last() -> None:
    found = due("2026-04-01", planned(LAW, "事前", on=""), ended("2027-03-31"))
    days = [duty.day for duty in found]
    assert days == sorted(days, key=lambda each: each or date.max)
    assert days[-1] is None


# --- the command ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("json", "json")])
def test_the_duties_of_both_samples(ledger: Kaitei, golden: Golden, form: str, suffix: str) -> None:
    recorded(ledger, item=LAW, after="番号利用法第9条第1項")
    ledger("end", "湊川町", "--on", "令和8年5月31日", "--why", "制度の廃止", "--by", "佐藤")
    said = ledger("due", "--on", "令和8年4月15日", "-f", form)
    assert (said.status, said.err) == (0, "")
    golden(f"across/due.{suffix}", said.out)


@pytest.mark.usefixtures("today")
def test_without_a_day_it_is_today(ledger: Kaitei) -> None:
    found = ledger("due", "霞野", "--within", "10", "--json").json
    assert (found["on"], found["within"], {duty["ref"] for duty in found["duties"]}) == (
        "2026-04-01", 10, {"霞野市長/7"},
    )  # fmt: skip


@pytest.mark.usefixtures("today")
def test_a_review_puts_the_next_one_off(ledger: Kaitei) -> None:
    def next_one() -> str:
        (found,) = (d for d in ledger("due", "霞野", "--json").json["duties"] if d["duty"] == "review")
        return str(found["day"])

    assert next_one() == "2026-11-20"
    ledger("review", "霞野", "--why", "変更点なし", "--by", "佐藤")
    assert next_one() == "2027-04-01"


ERRORS = [
    pytest.param(("due", "--on", "昔"), "日付として読めません", id="a day that is none"),
    pytest.param(("due", "--within", "-1"), "--within", id="less than no days"),
    pytest.param(("due", "大手町"), "評価書がありません", id="an unknown REF"),
]


@pytest.mark.parametrize(("arguments", "what"), ERRORS)
def test_what_cannot_be_asked_is_one_line(ledger: Kaitei, arguments: tuple[str, ...], what: str) -> None:
    assert what in one_line(ledger(*arguments))
