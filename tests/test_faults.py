"""Faults: a process killed at any moment. What was acknowledged is there afterwards, and nothing by half.

The runs are those of ``benchmarks/reliability``; here they are short.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.reliability import killing
from benchmarks.reliability.checking import Acknowledged, aftermath, as_acknowledged, halves, resumed
from benchmarks.reliability.killing import Killed, sqlite_file
from benchmarks.reliability.work import edition_of, held, work
from benchmarks.reliability.worker import DONE, REFUSED, Moment, acknowledged, doing, ended, forked, refusal
from ledger.assessment import Assessment
from ledger.identity import PrintedIdentity
from ledger.storage import Source, open_ledger
from samples.making.generating import seeded
from tests.streams import BY, assessment

SAMPLE = "kasumino/7_kaigo-hoken_R6.txt"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a ledger that is not there yet."""
    return f"sqlite:///{tmp_path / 'kaitei.db'}"


def nothing_lost(done: Sequence[Killed]) -> None:
    """No fault in any round; and the kills met what they were to meet."""
    assert [fault for one in done for fault in one.faults] == []
    assert sum(one.lost for one in done) == 0
    assert sum(one.events for one in done) > 0
    assert sum(one.running for one in done) >= len(done) // 4
    assert sum(one.writing for one in done) >= len(done) // 10


def test_killed_at_any_moment() -> None:
    nothing_lost(list(killing.rounds(work(), sqlite_file, 20, seeded(20))))


@pytest.mark.long
def test_killed_at_any_moment_two_hundred_times() -> None:
    nothing_lost(list(killing.rounds(work(), sqlite_file, 200, seeded(200))))


# --- what looks for faults finds them ---------------------------------------------------------------


def test_the_work_itself_is_told_and_stored(url: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    assert ended(forked(lambda: doing(work(), url, told, Moment()))) == DONE
    was = acknowledged(told)
    assert (was.commands, was.count, refusal(told)) == (8, 129, "")
    assert aftermath(work(), url, was).faults == ()
    assert resumed(work(), url, 0) == [], "each command again is no news"


def test_a_lost_event_is_noticed(url: str) -> None:
    work().commands[0].run(url)
    events = {entry.event_id: as_acknowledged(entry) for entry in held(url)}
    assert aftermath(work(), url, Acknowledged(1, events)).faults == ()
    found = aftermath(work(), url, Acknowledged(1, {**events, "e17": "x"}))
    assert (found.lost, found.faults) == (1, ("lost: e17",))
    found = aftermath(work(), url, Acknowledged(1, {**events, "e3": "x"}))
    assert (found.lost, found.faults) == (1, ("lost: e3",))
    assert aftermath(work(), url, Acknowledged(2, events)).faults == (
        "16 events are stage 1, after 2 acknowledged commands",
    )


def test_half_a_document_is_noticed(url: str) -> None:
    data, edition = edition_of(SAMPLE)
    half = Assessment.register(PrintedIdentity.of(edition), form_edition="")
    half.receive(edition, sha256=Source(data, SAMPLE).sha256, file_name=SAMPLE)
    half.pending_events.pop()
    with open_ledger(url, create=True) as ledger:
        ledger.save(half, by=BY)
    found = halves(url, held(url))
    assert found[0] == "half a document: e2 has 13 of 14 rows"
    assert "この原本は台帳にありません" in found[1]
    assert "15 events are no stage of the work" in aftermath(work(), url, Acknowledged()).faults[-1]


def test_work_that_cannot_be_repeated_is_noticed(url: str) -> None:
    with open_ledger(url, create=True) as ledger:
        ledger.save(assessment("7"), by=BY)
    assert resumed(work(), url, 0) != []


def test_a_ledger_that_does_not_open_is_noticed(url: str, tmp_path: Path) -> None:
    (tmp_path / "kaitei.db").write_text("霞野市の覚え書き" * 200, "utf-8")
    found = aftermath(work(), url, Acknowledged(1, {"e1": "x"}))
    assert (found.lost, len(found.faults)) == (1, 1)


def test_a_process_that_is_refused_tells_why(tmp_path: Path) -> None:
    told = tmp_path / "told"
    assert ended(forked(lambda: doing(work(), "sqlite:////none/kaitei.db", told, Moment()))) == REFUSED
    assert refusal(told).startswith("/none/kaitei.db: 開けません")
