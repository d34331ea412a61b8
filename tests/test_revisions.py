"""決裁, submission, publication of a revision: what the aggregate takes as news, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ledger.assessment import Assessment as Aggregate
from ledger.errors import InvalidChange, LedgerError, NotAWarekiDate, UnknownRevision
from ledger.events import EditionPublished, RevisionApproved, RevisionSubmitted
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath

OFFICE = ItemPath.parse("I/6/①部署")


def drafted(*revisions: str) -> Aggregate:
    """An assessment with a change for each of the revisions."""
    found = Aggregate.register(PrintedIdentity("霞野市長", "7", "介護保険に関する事務"), form_edition="")
    for nth, revision in enumerate(revisions, start=1):
        found.change(OFFICE, "市民課", f"第{nth}課", revision=revision, timing="事後")
    found.collect_events()
    return found


Kinds = RevisionApproved | RevisionSubmitted | EditionPublished


def news(of: Aggregate) -> list[Kinds]:
    return [event for event in of.collect_events() if isinstance(event, Kinds)]


def test_each_stage_is_recorded_without_the_one_before_it() -> None:
    of = drafted("r-1")
    of.publish(["r-1"], "令和8年4月10日")
    of.submit("r-1", "修正", "2026-04-09", receipt="第12号")
    of.approve("r-1", "2026-04-01", why="起案第5号")
    published, submitted, approved = news(of)
    assert isinstance(published, EditionPublished)
    assert (published.publication_date, published.revisions, published.change_date) == (
        "令和8年4月10日", ("r-1",), "令和8年4月10日",
    )  # fmt: skip
    assert isinstance(submitted, RevisionSubmitted)
    assert (submitted.kind, submitted.receipt, submitted.undone) == ("修正", "第12号", False)
    assert isinstance(approved, RevisionApproved)
    assert (approved.day, approved.why) == ("2026-04-01", "起案第5号")


SAME: list[object] = [
    pytest.param(
        lambda of: of.approve("r-1", "2026-04-01"), lambda of: of.approve("r-1", "令和8年4月1日"), id="決裁"
    ),
    pytest.param(
        lambda of: of.submit("r-1", "再実施", "2026-04-01", receipt="1"),
        lambda of: of.submit("r-1", "再実施", "R8.4.1", receipt="1"),
        id="submission",
    ),
    pytest.param(
        lambda of: of.publish(["r-1", "r-2"], "2026-04-10", change_date="2026-04-10"),
        lambda of: of.publish(["r-2"], "令和8年4月10日"),
        id="publication",
    ),
]


@pytest.mark.parametrize(("first", "again"), SAME)
def test_the_same_again_is_no_news_and_what_was_undone_is(
    first: Callable[[Aggregate], None], again: Callable[[Aggregate], None]
) -> None:
    of = drafted("r-1", "r-2")
    first(of)
    assert len(news(of)) == 1
    again(of)
    assert news(of) == []


OTHERS: list[object] = [
    pytest.param(lambda of: of.approve("r-1", "2026-04-02"), id="another day of 決裁"),
    pytest.param(lambda of: of.approve("r-1", "2026-04-01", why="起案第6号"), id="another note"),
    pytest.param(lambda of: of.submit("r-1", "再実施", "2026-04-03"), id="another kind"),
    pytest.param(lambda of: of.submit("r-1", "修正", "2026-04-03", receipt="第13号"), id="its number"),
    pytest.param(lambda of: of.publish(["r-1"], "2026-04-11"), id="another 公表日"),
    pytest.param(lambda of: of.publish(["r-1"], "2026-04-10", change_date="2026-04-01"), id="another 変更日"),
]


@pytest.mark.parametrize("other", OTHERS)
def test_something_else_of_a_stage_counts_instead(other: Callable[[Aggregate], None]) -> None:
    of = drafted("r-1")
    of.approve("r-1", "2026-04-01")
    of.submit("r-1", "修正", "2026-04-03")
    of.publish(["r-1"], "2026-04-10")
    news(of)
    other(of)
    (event,) = news(of)
    held = of.revisions
    assert event in (held.approved["r-1"], held.submitted["r-1"], held.published["r-1"])


def test_only_what_is_new_is_published_a_second_time() -> None:
    of = drafted("r-1", "r-2")
    of.publish(["r-1"], "2026-04-10")
    of.publish(["r-1", "r-2"], "2026-04-10")
    _, second = news(of)
    assert isinstance(second, EditionPublished)
    assert second.revisions == ("r-2",)


def test_what_was_undone_counts_no_more_and_can_be_recorded_again() -> None:
    of = drafted("r-1", "r-2")
    for undone in (False, True, False):
        why = "誤り" if undone else ""
        of.approve("r-1", "2026-04-01", why=why, undone=undone)
        of.submit("r-1", "" if undone else "実施", "2026-04-03", receipt="9", why=why, undone=undone)
        of.publish(["r-1", "r-2"], "2026-04-10", change_date="2026-04-05", why=why, undone=undone)
    events = news(of)
    assert [event.undone for event in events] == [False] * 3 + [True] * 3 + [False] * 3
    undone_submission, undone_publication = events[4:6]
    assert isinstance(undone_submission, RevisionSubmitted)
    assert (undone_submission.kind, undone_submission.receipt) == ("実施", "9")
    assert isinstance(undone_publication, EditionPublished)
    assert undone_publication.change_date == "2026-04-05"
    assert set(of.revisions.published) == {"r-1", "r-2"}


REFUSED: list[object] = [
    pytest.param(lambda of: of.approve("r-9", "2026-04-01"), UnknownRevision, id="決裁 of an unknown one"),
    pytest.param(lambda of: of.submit("r-9", "修正", "2026-04-01"), UnknownRevision, id="submission of it"),
    pytest.param(lambda of: of.publish(["r-1", "r-9"], "2026-04-01"), UnknownRevision, id="one is unknown"),
    pytest.param(
        lambda of: (of.retract(2, why="誤り"), of.approve("r-1", "2026-04-01")),
        UnknownRevision,
        id="a retracted one",
    ),
    pytest.param(lambda of: of.submit("r-1", "変更", "2026-04-01"), InvalidChange, id="no such submission"),
    pytest.param(lambda of: of.approve("r-1", "昔"), NotAWarekiDate, id="no day of 決裁"),
    pytest.param(
        lambda of: of.publish(["r-1"], "2026-04-01", change_date="昔"), NotAWarekiDate, id="no 変更日"
    ),
    pytest.param(
        lambda of: of.approve("r-1", "", why="誤り", undone=True), InvalidChange, id="no 決裁 to undo"
    ),
    pytest.param(
        lambda of: of.submit("r-1", "", "", why="誤り", undone=True),
        InvalidChange,
        id="no submission to undo",
    ),
    pytest.param(
        lambda of: of.publish(["r-1"], "2026-04-01", why="誤り", undone=True), InvalidChange, id="unpublished"
    ),
    pytest.param(
        lambda of: of.publish([], "2026-04-01", why="誤り", undone=True), InvalidChange, id="none to undo"
    ),
    pytest.param(
        lambda of: (
            of.publish(["r-1"], "2026-04-01"),
            of.publish(["r-1"], "2026-04-02", why="誤", undone=True),
        ),
        InvalidChange,
        id="published on another day",
    ),
    pytest.param(
        lambda of: (of.approve("r-1", "2026-04-01"), of.approve("r-1", "", why=" ", undone=True)),
        InvalidChange,
        id="undone without a reason",
    ),
    pytest.param(
        lambda of: (
            of.publish(["r-1"], "2026-04-01"),
            of.change(OFFICE, "市民課", "窓口課", revision="r-1", timing="事後"),
        ),
        InvalidChange,
        id="a change to a published revision",
    ),
]


@pytest.mark.parametrize(("command", "error"), REFUSED)
def test_what_does_not_fit_is_refused(command: Callable[[Aggregate], None], error: type[LedgerError]) -> None:
    of = drafted("r-1", "r-2")
    with pytest.raises(error) as caught:
        command(of)
    assert caught.value.where
    assert caught.value.remedy
    assert len(news(of)) <= 1


def test_what_was_retracted_since_can_still_be_undone() -> None:
    of = drafted("r-1")
    of.approve("r-1", "2026-04-01")
    of.retract(2, why="誤り")
    of.approve("r-1", "", why="改訂ごと取りやめ", undone=True)
    assert of.revisions.approved == {}


def test_a_published_change_is_put_right_and_retracted_like_any_other() -> None:
    of = drafted("r-1")
    of.publish(["r-1"], "2026-04-10")
    made = of.changes.made[2]
    right = replace(made, after="窓口課")
    of.correct(
        2,
        path=OFFICE,
        change_date=right.change_date,
        item_text=right.item_text,
        before=right.before,
        after=right.after,
        timing=right.timing,
        explanation=right.explanation,
        why="誤記",
    )
    of.retract(2, why="掲載しなかった")
    assert of.changes.retracted == {2}
