"""Two people at once: nothing is lost, and whoever acts on stale text is told so, with who and when."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from ledger.errors import ConcurrentChange, Conflict
from ledger.events import Entry, ItemChanged
from projections import editions
from projections.application import Kaitei
from projections.deciding import Correction
from projections.editions import Assessment
from projections.repeating import repeated
from tests.command_line import CONTRACTOR, KAITEI, one_line
from tests.command_line import Kaitei as CommandLine

pytest_plugins = ["tests.command_line_fixtures"]

WAS, OFFICE, HEAD = "株式会社雲海ソフトワークス", "I/6/①部署", "I/6/②所属長の役職名"
URL = "sqlite:///kaitei.db"


# --- one after the other ------------------------------------------------------------------------------


def test_the_second_is_told_the_item_the_person_the_time_and_both_texts(ledger: CommandLine) -> None:
    command = ("record", "7", "--item", CONTRACTOR, "--timing", "事後", "--reason", "入札", "--before", WAS)
    first = ledger(*command, "--after", "株式会社あさぎり情報", "--by", "鈴木")
    assert first.status == 0
    (at,) = (event["recorded_at"] for event in map(json.loads, ledger("export", "7").out.splitlines()[-1:]))
    told = one_line(ledger(*command, "--after", "株式会社ひなた", "--by", "佐藤"))
    assert told.startswith(f"{CONTRACTOR}: ")
    for words in ("「株式会社あさぎり情報」", f"「{WAS}」", "記録e53", "鈴木 が "):
        assert words in told
    (day, hour) = re.findall(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\+09:00 に記録", told)[0]
    assert hour[3:] == at[14:19], "the same minute and second, in the time of Japan"
    assert date.fromisoformat(day) >= date.fromisoformat(at[:10])


def test_of_long_texts_the_part_that_differs_is_quoted(ledger: CommandLine) -> None:
    storage = "II/6/保管場所"
    long = "同じ文。" * 100
    command = ("record", "7", "--item", storage, "--timing", "事後", "--reason", "改訂", "--by", "鈴木")
    ledger(*command, "--after", f"{long}新しい書庫")
    told = one_line(ledger(*command, "--after", "書庫", "--before", f"{long}古い書庫"))
    assert "同じ文。新しい書庫」" in told
    assert "同じ文。古い書庫」" in told
    assert told.count("同じ文。") < 10


def test_a_change_that_still_has_no_day_may_come_before_a_dated_one(ledger: CommandLine) -> None:
    command = ("record", "7", "--item", OFFICE, "--timing", "事後", "--reason", "組織改正", "--by", "鈴木")
    now = "福祉保健部 高齢者支援課"
    ledger(*command, "--after", "介護課")
    dated = (*command, "--after", "長寿課", "--on", "2026-04-01", "--before", now)
    assert "変更日の決まっていない変更で「介護課」になります" in one_line(ledger(*dated))
    assert ledger(*dated[:-2]).status == 0, "without a guard it is the person's own business"


# --- at the same moment -------------------------------------------------------------------------------

Record = Callable[[Kaitei], object]


def record(by: Kaitei, item: str, after: str, *, before: str | None = None, who: str = "佐藤") -> object:
    found = by.find("7")
    return by.record(
        found, item=item, after=after, on="", timing="事後", reason="改正", by=who, before=before
    )


@pytest.fixture
def overtaken(folder: Path, taken_in: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Record], None]:
    """``overtaken(what)``: somebody does *what* between the reading and the saving of the next command."""
    shutil.copy(taken_in, folder / "kaitei.db")
    waiting: list[Record] = []

    def assessment(entries: list[Entry], known_at: datetime | None = None) -> Assessment:
        if waiting:
            what = waiting.pop()
            with Kaitei(URL) as other:
                what(other)
        return editions.assessment(entries, known_at)

    for module in ("application", "office"):
        monkeypatch.setattr(f"projections.{module}.assessment", assessment)
    return waiting.append


def changes(by: Kaitei) -> list[tuple[str, str]]:
    events = (entry.event for entry in by.entries(by.find("7")))
    return [(event.path, event.after) for event in events if isinstance(event, ItemChanged) and event.path]


@pytest.mark.parametrize("before", [None, "福祉保健部 高齢者支援課"])
def test_another_item_is_recorded_after_all(overtaken: Callable[[Record], None], before: str | None) -> None:
    overtaken(lambda other: record(other, HEAD, "介護課長", who="鈴木"))
    with Kaitei(URL) as ours:
        record(ours, OFFICE, "介護課", before=before)
        assert changes(ours) == [(HEAD, "介護課長"), (OFFICE, "介護課")]


@pytest.mark.parametrize("before", [None, "福祉保健部 高齢者支援課"])
def test_the_same_item_is_a_conflict(overtaken: Callable[[Record], None], before: str | None) -> None:
    overtaken(lambda other: record(other, OFFICE, "長寿課", who="鈴木"))
    with Kaitei(URL) as ours:
        with pytest.raises(Conflict, match=r"「長寿課」です.*「福祉保健部 高齢者支援課」.*鈴木"):
            record(ours, OFFICE, "介護課", before=before)
        assert changes(ours) == [(OFFICE, "長寿課")]


def test_the_same_change_of_both_is_one(overtaken: Callable[[Record], None]) -> None:
    overtaken(lambda other: record(other, OFFICE, "介護課", who="鈴木"))
    with Kaitei(URL) as ours:
        record(ours, OFFICE, "介護課")
        assert changes(ours) == [(OFFICE, "介護課")]


def test_what_the_office_does_is_recorded_after_all(overtaken: Callable[[Record], None]) -> None:
    with Kaitei(URL) as ours:
        found = ours.find("7")
        record(ours, OFFICE, "介護課")
        overtaken(lambda other: record(other, HEAD, "介護課長", who="鈴木"))
        day = date(2026, 4, 1)
        filed = ours.office.publish(found, (), on="2026-04-01", change_date="", why="", by="佐藤", today=day)
        assert len(filed.filings) == 2, "all that is pending by then"
        overtaken(lambda other: other.end(found, on="2027-03-31", why="廃止", by="鈴木"))
        decided = ours.correct(found, "29", Correction(reason="組織改正"), why="誤記", by="佐藤")
        assert decided.row.change.reason == "組織改正"
        assert ours.assessment(found).end is not None


def test_whoever_is_always_overtaken_is_told_in_the_end() -> None:
    tried: list[int] = []

    @repeated
    def attempt() -> None:
        tried.append(1)
        raise ConcurrentChange("先に記録しました", where="台帳", remedy="もう一度")

    with pytest.raises(ConcurrentChange):
        attempt()
    assert len(tried) > 10


# --- two processes ------------------------------------------------------------------------------------

_MANY = """
import sys
from cli.main import run
who, *items = sys.argv[1:]
for n, item in enumerate(items):
    status = run(["record", "7", "--item", item, "--after", f"{who}{n}", "--timing", "事後",
                  "--reason", "改正", "--by", who, "--revision", who, "--json"])
    assert status == 0, (item, status)
"""

ITEMS = {
    "佐藤": [OFFICE, "II/6/保管場所", "IV/1/①", "I/1/②", "II/4/委託事項1/③"],
    "鈴木": [HEAD, "I/4/法令上の根拠", "II/2/⑤", "I/5/②", "II/4/委託事項2/③"],
}


def test_two_processes_that_record_much_at_once_lose_nothing(ledger: CommandLine, folder: Path) -> None:
    """Every record of both is there, each with what its item said before, in a sequence without a gap."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _MANY, who, *items],
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path(__file__).parents[1])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for who, items in ITEMS.items()
    ]
    for one in running:
        _, err = one.communicate(timeout=300)
        assert (one.returncode, err.decode()) == (0, "")
    events = [json.loads(line) for line in ledger("export", "7").out.splitlines()[1:]]
    made = [json.loads(event["payload"]) for event in events if event["event"] == "kaitei.item-changed"]
    by = {who: [change["after"] for change in made if change["revision"] == who] for who in ITEMS}
    assert by == {who: [f"{who}{n}" for n in range(len(items))] for who, items in ITEMS.items()}
    assert [event["version"] for event in events] == list(range(1, len(events) + 1))
    everything = [event for ref in ("7", "15") for event in ledger("export", ref).out.splitlines()[1:]]
    sequences = sorted(json.loads(event)["sequence"] for event in everything)
    assert sequences == list(range(1, len(sequences) + 1))


def test_of_two_processes_that_change_one_item_one_gets_the_conflict(
    ledger: CommandLine, folder: Path
) -> None:
    running = {
        who: subprocess.Popen(
            [
                KAITEI, "record", "7", "--item", CONTRACTOR, "--after", f"株式会社{who}", "--before", WAS,
                "--timing", "事後", "--reason", "入札", "--by", who,
            ],
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for who in ITEMS
    }  # fmt: skip
    said = {who: (one.communicate(timeout=300), one.returncode) for who, one in running.items()}
    (first,) = (who for who, (_, status) in said.items() if status == 0)
    (second,) = (who for who, (_, status) in said.items() if status == 2)
    told = said[second][0][1].decode()
    assert told.startswith(
        f"kaitei: {CONTRACTOR}: 変更前の記載は「株式会社{first}」です（「{WAS}」ではありません"
    )
    assert f"{first} が " in told
    rows = ledger("changes", "7", "--pending", "--json").json["rows"]
    assert [row["after"] for row in rows] == [f"株式会社{first}"]
