"""Faults: a process killed at any moment. What was acknowledged is there afterwards, and nothing by half.

The runs are those of ``benchmarks/reliability``; here they are short.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from benchmarks.reliability import clocks, crowding, cutting, erasing, filling, killing
from benchmarks.reliability.checking import Acknowledged, aftermath, as_acknowledged, halves, resumed
from benchmarks.reliability.cutting import Damage, Truth
from benchmarks.reliability.filling import Limit
from benchmarks.reliability.killing import Database, Killed, sqlite_file
from benchmarks.reliability.saying import said
from benchmarks.reliability.servers import Server
from benchmarks.reliability.work import SAMPLES, edition_of, held, work
from benchmarks.reliability.worker import DONE, REFUSED, Moment, acknowledged, doing, ended, forked, refusal
from ledger.assessment import Assessment
from ledger.errors import LedgerUnusable
from ledger.identity import PrintedIdentity
from ledger.recorder import Source
from ledger.storage import open_ledger
from projections.files import new_file
from samples.making.generating import seeded
from tests.streams import BY, assessment

pytest_plugins = ["tests.databases"]

SAMPLE = "kasumino/7_kaigo-hoken_R6.txt"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a ledger with all of the work."""
    url = f"sqlite:///{tmp_path_factory.mktemp('whole') / 'kaitei.db'}"
    for command in work().commands:
        command.run(url)
    return url


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a ledger that is not there yet."""
    return f"sqlite:///{tmp_path / 'kaitei.db'}"


def nothing_lost(done: Sequence[Killed]) -> None:
    """No fault in any round."""
    assert [fault for one in done for fault in one.faults] == []
    assert sum(one.lost for one in done) == 0


def test_killed_at_any_moment() -> None:
    done = list(killing.rounds(work(), sqlite_file, 20, seeded(20)))
    nothing_lost(done)
    assert sum(one.events for one in done) > 0
    assert sum(one.running for one in done) >= 5


@pytest.mark.long
def test_killed_at_any_moment_two_hundred_times() -> None:
    done = list(killing.rounds(work(), sqlite_file, 200, seeded(200)))
    nothing_lost(done)
    assert sum(one.writing for one in done) >= 20, "a good share met a transaction"
    assert sum(one.nothing for one in done) >= 20
    assert sum(one.whole for one in done) >= 1


def test_killed_while_words_are_withheld() -> None:
    done = list(erasing.rounds(4, seeded(4)))
    assert [fault for one in done for fault in one.faults] == []


@pytest.mark.long
def test_killed_while_words_are_withheld_many_times() -> None:
    done = list(erasing.rounds(60, seeded(60)))
    assert [fault for one in done for fault in one.faults] == []
    assert {one.withheld for one in done} == {False, True}


def test_a_client_of_postgresql_killed_at_any_moment(postgres_databases: Database) -> None:
    nothing_lost(list(killing.rounds(work(), postgres_databases, 2, seeded(3))))


@pytest.mark.long
def test_a_postgresql_killed_with_all_of_its_processes() -> None:
    with Server.running() as server:
        nothing_lost(list(killing.rounds(work(), server.database, 6, seeded(6), server=server)))


# --- no more room -----------------------------------------------------------------------------------

LIMITS = [
    filling.PAGES,
    filling.FILES,
    pytest.param(
        filling.SYSTEM,
        marks=pytest.mark.skipif(
            not filling.file_system_can_be_made(), reason="小さなファイルシステムを作れません: mount"
        ),
    ),
]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_disk_that_fills_up(limit: Limit) -> None:
    done = [filling.filled(work(), limit, seeded(seed)) for seed in range(2)]
    assert [fault for one in done for fault in one.faults] == []
    assert any(one.refused for one in done)
    assert sum(one.events for one in done) > 0


@pytest.mark.parametrize("limit", LIMITS[1:], ids=lambda limit: limit.name)
def test_no_half_of_an_output_stays(whole: str, limit: Limit) -> None:
    assert filling.outputs(whole, limit) == []


def half_written(path: Path, trouble: OSError) -> None:
    """Begin to write a file, and meet a *trouble*."""
    with new_file(path) as file:
        file.write(b"half")
        raise trouble


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_for_which_there_is_no_room_is_gone_again(tmp_path: Path, number: int) -> None:
    path = tmp_path / "out"
    with pytest.raises(LedgerUnusable, match="out: ディスクの空きがありません"):
        half_written(path, OSError(number, os.strerror(number)))
    assert not path.exists()


@pytest.mark.parametrize("limit", LIMITS[:2], ids=lambda limit: limit.name)
def test_an_import_without_room_is_one_line(url: str, limit: Limit) -> None:
    document = str(SAMPLES / SAMPLE)
    assert filling.within(filling.UNLIMITED, 0, url, "import", document, "--by", BY).status == 0
    more = str(SAMPLES / "yunagi/21_kokuho.txt")
    assert limit.told[0] in filling.within(limit, 65_536, url, "import", more, "--by", BY).line
    assert len(held(url)) == 16
    assert said(url, "import", more, "--by", BY).status == 0


def test_an_output_that_is_written_is_noticed(whole: str) -> None:
    assert any("half a file stays" in fault for fault in filling.outputs(whole, filling.UNLIMITED))


# --- cut short --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def before() -> Iterator[Truth]:
    """A ledger before it is damaged."""
    with cutting.truth(replace(work(), commands=work().commands[:4])) as found:
        yield found


DAMAGES = [
    (cutting.file_cut, {"refused"}),
    (cutting.log_cut, {"shorter", "whole"}),
    (cutting.log_gone, {"shorter"}),
    (cutting.page_zeroed, {"refused", "broken", "whole"}),
    (cutting.page_garbled, {"refused", "broken", "whole"}),
]


@pytest.mark.parametrize(("damage", "verdicts"), DAMAGES)
def test_a_damaged_database_is_never_called_whole(before: Truth, damage: Damage, verdicts: set[str]) -> None:
    with cutting.settled(before) as settled:
        of = before if damage in {cutting.log_cut, cutting.log_gone} else settled
        done = [cutting.cut(of, damage, seeded(seed)) for seed in range(2)]
    assert [fault for one in done for fault in one.faults] == []
    assert {one.verdict for one in done} <= verdicts


def test_an_answer_that_is_not_true_is_noticed(before: Truth) -> None:
    def nothing(_folder: Path, _dice: Random) -> str:
        return "nothing"

    assert cutting.cut(before, nothing, seeded(0)).faults == ()
    other = cutting.cut(replace(before, roots=before.roots[:1]), nothing, seeded(0))
    assert other.verdict == "untrue"
    assert "nothing: verify: calls a history whole that there never was" in other.faults
    unsaid = tuple(("",) * len(cutting.QUESTIONS) for _ in before.answers)
    other = cutting.cut(replace(before, answers=unsaid), nothing, seeded(0))
    assert "nothing: list: not true, and verify found it whole" in other.faults


# --- a clock that jumps, writers at once --------------------------------------------------------------


def test_a_clock_that_jumps(url: str) -> None:
    done = clocks.jumped(url, 12, seeded(1))
    assert (done.events, done.faults) == (28, ())
    assert done.back > 0
    assert done.times > 1


def test_writers_at_once(url: str) -> None:
    done = crowding.crowded(url, 3, 4)
    assert (done.events, done.lost, done.faults) == (3 * 4 + 4, 0, ())


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
