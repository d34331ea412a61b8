"""Reviews and the end of an assessment: what counts, what is no news, what is refused, what views say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger.assessment import Assessment as Aggregate
from ledger.errors import InvalidChange, NotAWarekiDate
from ledger.events import AnyEvent, AssessmentEnded, AssessmentReviewed
from ledger.identity import PrintedIdentity
from projections.as_of import document_as_of
from projections.editions import assessment
from projections.life import end_printed
from tests.command_line import Kaitei, one_line, stored
from tests.conftest import TODAY
from tests.papers import STREAM, entries, paper, received, stated

pytest_plugins = ["tests.command_line_fixtures"]

NOTHING = "変更すべき点はない"
ENDS = ("end", "湊川町", "--on", "令和8年3月31日", "--why", "制度の廃止", "--by", "佐藤")
REVIEWS = ("review", "霞野", "--why", NOTHING, "--by", "佐藤")


def registered() -> Aggregate:
    found = Aggregate.register(PrintedIdentity("霞野市長", "7", "介護保険に関する事務"), form_edition="")
    found.collect_events()
    return found


def told(of: Aggregate) -> list[tuple[str, str]]:
    events = (event for event in of.collect_events())
    return [(e.day, e.why) for e in events if isinstance(e, AssessmentReviewed | AssessmentEnded)]


def test_the_same_review_is_recorded_once_and_another_of_that_day_instead_of_it() -> None:
    of = registered()
    of.review("令和8年4月1日", why=NOTHING)
    of.review("2026-04-01", why=NOTHING)
    of.review("2026-04-01", why="②の記載が古い")
    assert told(of) == [("令和8年4月1日", NOTHING), ("2026-04-01", "②の記載が古い")]
    assert of.life.reviews == {date(2026, 4, 1): "②の記載が古い"}


def test_the_same_end_is_recorded_once_and_another_day_instead_of_it() -> None:
    of = registered()
    for day in ("2026-03-31", "令和8年3月31日", "2026-03-30"):
        of.end(day, why="制度の廃止")
    assert [day for day, _ in told(of)] == ["2026-03-31", "2026-03-30"]


def test_what_was_undone_can_be_recorded_again() -> None:
    of = registered()
    of.end("2026-03-31", why="制度の廃止")
    of.end("", why="誤り", undone=True)
    of.review("2026-04-01", why=NOTHING)
    of.review("2026-04-01", why="別の評価書だった", undone=True)
    of.end("2026-03-31", why="制度の廃止")
    assert (of.life.reviews, of.life.end) == ({}, (date(2026, 3, 31), "制度の廃止"))


REFUSED: list[object] = [
    pytest.param(lambda of: of.review("2026-04-01", why=" "), "理由がありません", id="no result"),
    pytest.param(lambda of: of.end("2026-04-01", why=""), "理由がありません", id="no reason"),
    pytest.param(lambda of: of.review("昔", why="確認"), "日付として読めません", id="a day that is none"),
    pytest.param(
        lambda of: (of.end("2026-03-31", why="廃止"), of.review("2026-04-01", why="確認")),
        "2026-03-31 に終了した評価書です",
        id="a review after the end",
    ),
    pytest.param(
        lambda of: of.review("2026-04-01", why="誤り", undone=True),
        "その日の見直しの記録がありません",
        id="undoing a review of a day without one",
    ),
    pytest.param(
        lambda of: of.end("", why="誤り", undone=True),
        "終了の記録がありません",
        id="no end to undo",
    ),
]


@pytest.mark.parametrize(("command", "what"), REFUSED)
def test_what_cannot_be_recorded_is_refused(command: Callable[[Aggregate], None], what: str) -> None:
    with pytest.raises((InvalidChange, NotAWarekiDate), match=what):
        command(registered())


def test_a_review_of_the_last_day_is_taken() -> None:
    of = registered()
    of.end("2026-03-31", why="廃止")
    of.review("2026-03-31", why=NOTHING)
    assert of.life.reviews


PAPER = received(paper(stated("I/6/①部署", "市民課")))
LIVED: list[AnyEvent] = [
    AssessmentReviewed(STREAM, 0, day="2025-04-01", why=NOTHING, undone=False),
    AssessmentReviewed(STREAM, 0, day="2024-04-01", why=NOTHING, undone=False),
    AssessmentEnded(STREAM, 0, day="2026-03-31", why="廃止", undone=False),
]


def test_reviews_stand_in_the_order_of_their_days_with_who_recorded_them() -> None:
    known = assessment(entries(*PAPER, *LIVED))
    assert [(each.day.year, each.by, each.event_id) for each in known.reviews] == [
        (2024, "霞野 花子", "e4"), (2025, "霞野 花子", "e3"),
    ]  # fmt: skip


def test_they_leave_the_document_and_its_changes_as_they_were() -> None:
    without, beside = assessment(entries(*PAPER)), assessment(entries(*PAPER, *LIVED))
    assert document_as_of(beside).items == document_as_of(without).items
    assert beside.changes == without.changes


def test_an_end_counts_from_its_day_and_as_it_was_known_then() -> None:
    recorded = entries(*PAPER, *LIVED)
    known = assessment(recorded)
    assert known.ended(date(2026, 3, 30)) is None
    assert known.ended(date(2026, 3, 31)) == known.ended(None) == known.end
    assert assessment(recorded, recorded[-2].recorded_at).end is None


TITLES = [
    pytest.param("児童手当の事務 【令和8年3月31日 終了】", date(2026, 3, 31), id="as it is asked for"),
    pytest.param("児童手当に関する事務【平成31年４月30日終了】", date(2019, 4, 30), id="without a space"),
    pytest.param("児童手当に関する事務【終了】", None, id="without a day"),
    pytest.param("終了した者の記録に関する事務", None, id="of something else"),
]


@pytest.mark.parametrize(("title", "day"), TITLES)
def test_an_end_that_a_title_prints_is_read(title: str, day: date | None) -> None:
    found = end_printed(title)
    assert (found.day if found else None) == day
    assert found is None or found.event_id is None


# --- the commands --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("today")
def test_a_review_is_of_today_unless_a_day_is_given(ledger: Kaitei) -> None:
    said = ledger(*REVIEWS)
    assert said.out == f"霞野市長/7: e53 として記録しました（見直し）\n  {TODAY} {NOTHING}（e53 記録 佐藤）\n"
    found = ledger("review", "霞野", "--why", NOTHING, "--on", "令和7年4月1日", "--json").json
    assert (found["day"], found["new"], found["instead_of"]) == ("2025-04-01", True, None)


@pytest.mark.usefixtures("today")
def test_the_same_command_twice_records_nothing(ledger: Kaitei) -> None:
    for command in (REVIEWS, ENDS):
        first, again = ledger(*command, "--json").json, ledger(*command, "--json").json
        assert (again["event_id"], again["new"], first["new"]) == (first["event_id"], False, True)
        assert "すでにそのとおりです" in ledger(*command).out


def test_an_end_is_told_wherever_a_user_looks(ledger: Kaitei) -> None:
    ledger(*ENDS)
    assert [line.split("\t")[6:] for line in ledger("list").out.splitlines()] == [[], ["終了 2026-03-31"]]
    rows = ledger("list", "--json").json["assessments"]
    assert [row.get("ended") for row in rows] == [None, "2026-03-31"]
    item = ("--item", "I/6/①部署")
    line = "この評価書の事務は 2026-03-31 に終了しています（制度の廃止）"
    assert line in ledger("show", "湊川町", *item).out
    assert line not in ledger("show", "湊川町", *item, "--as-of", "2026-03-30").out
    assert "ended" not in ledger("show", "湊川町", *item, "--as-of", "2026-03-30", "--json").json
    assert ledger("show", "湊川町", *item, "--json").json["ended"]["day"] == "2026-03-31"
    assert ledger("log", "湊川町").out.endswith("■ 2026-03-31 終了（e53 記録 佐藤）\n    制度の廃止\n")
    assert ledger("log", "湊川町", "--json").json["ended"]["recorded_by"] == "佐藤"
    assert "終了" not in ledger("log", "湊川町", *item).out
    assert {
        place["ended"]
        for of in ledger("systems", "湊川町", "--json").json["systems"]
        for place in of["places"]
    } == {"2026-03-31"}


def test_an_end_that_is_undone_is_told_nowhere_but_in_the_trail(ledger: Kaitei) -> None:
    ledger(*ENDS)
    said = ledger("end", "湊川町", "--undo", "--why", "別の評価書だった", "--by", "田中")
    assert said.out.splitlines() == [
        "湊川町長/15: e54 として記録しました（終了の取消し）",
        "  前の記録: 2026-03-31 制度の廃止（e53 記録 佐藤）",
        "  理由: 別の評価書だった",
    ]
    assert "終了" not in ledger("list").out + ledger("log", "湊川町").out
    trail = [row[2:3] + row[4:5] + row[14:16] for row in ledger("export", "湊川町", "-f", "csv").rows[-2:]]
    assert trail == [
        ["事務の終了", "佐藤", "令和8年3月31日", "制度の廃止"],
        ["事務の終了の取消し", "田中", "2026-03-31", "別の評価書だった"],
    ]


ERRORS = [
    pytest.param((*REVIEWS, "--on", "2026-04-02"), "まだ来ていない日です", id="a day to come"),
    pytest.param((*REVIEWS, "--on", "昔"), "日付として読めません", id="a day that is none"),
    pytest.param(("review", "霞野", "--why", "　"), "理由がありません", id="a blank result"),
    pytest.param(("end", "霞野", "--why", "廃止"), "事務が終わる日がありません", id="an end without a day"),
    pytest.param(
        ("end", "霞野", "--why", "廃止", "--undo", "--on", "2026-04-01"),
        "一緒に使えません",
        id="both at once",
    ),
    pytest.param(("end", "霞野", "--undo", "--why", "誤り"), "終了の記録がありません", id="undoing nothing"),
    pytest.param(("end", "大手町", *ENDS[2:]), "評価書がありません", id="an unknown REF"),
]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(("arguments", "what"), ERRORS)
def test_an_error_is_one_line_and_changes_nothing(
    ledger: Kaitei, folder: Path, arguments: tuple[str, ...], what: str
) -> None:
    before = stored(folder)
    assert what in one_line(ledger(*arguments))
    assert stored(folder) == before


def test_what_today_is_set_to_must_be_a_day(ledger: Kaitei, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAITEI_TODAY", "きょう")
    assert "「きょう」: 日付として読めません" in one_line(ledger(*REVIEWS))
