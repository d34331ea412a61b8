"""The contract of the store: the same on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from ledger import reading
from ledger.errors import (
    ConcurrentChange,
    InvalidChange,
    LedgerMissing,
    LedgerUnusable,
    UnknownAssessment,
    UnreadableSource,
)
from ledger.events import AssessmentIdentified, AssessmentRegistered, EditionReceived, ItemChanged
from ledger.identity import PrintedIdentity
from ledger.proving import History
from ledger.recorder import Source
from ledger.storage import Ledger, open_ledger
from tests.conftest import ROOT
from tests.editions import edition
from tests.streams import BY, NOON, assessment, change
from tests.tampering import breaks_of, changing, with_who, with_words

pytest_plugins = ["tests.databases"]


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """A new ledger, at noon of 2026-04-01."""
    with open_ledger(url, create=True, clock=lambda: NOON) as ledger:
        yield ledger


def test_saving_gives_the_entries_as_stored(ledger: Ledger) -> None:
    new = assessment()
    new.receive(edition(), sha256="5e", file_name="霞野.txt")
    saved = ledger.save(new, by=BY)
    assert [entry.event_id for entry in saved] == ["e1", "e2", "e3"]
    assert [type(entry.event) for entry in saved] == [AssessmentRegistered, EditionReceived, ItemChanged]
    assert {(entry.recorded_at, entry.recorded_by) for entry in saved} == {(NOON, BY)}
    assert ledger.entries(new.id) == saved == list(ledger.all_entries())


def test_nothing_decided_is_nothing_stored(ledger: Ledger) -> None:
    new = assessment()
    ledger.save(new, by=BY)
    assert ledger.save(new, by=BY, source=Source(b"bytes", "霞野.txt")) == []
    assert len(list(ledger.all_entries())) == 1
    assert ledger.holder(Source(b"bytes", "").sha256) is None


def test_the_sequence_runs_over_all_assessments_without_gaps_even_after_a_failed_save(
    ledger: Ledger,
) -> None:
    one, other = assessment("1"), assessment("2")
    ledger.save(one, by=BY)
    ledger.save(other, by=BY)
    stale = ledger.get(one.id)
    assert change(ledger, one, "窓口課") == [3]
    with pytest.raises(ConcurrentChange):
        change(ledger, stale, "総合窓口課")
    assert change(ledger, other, "窓口課") == [4]
    assert [entry.sequence for entry in ledger.all_entries()] == [1, 2, 3, 4]
    assert not breaks_of(ledger.rows())


def test_who_was_second_can_take_the_assessment_again_and_repeat(ledger: Ledger) -> None:
    ledger.save(assessment(), by=BY)
    first, second = (ledger.get(assessment().id) for _ in range(2))
    change(ledger, first, "窓口課")
    with pytest.raises(ConcurrentChange):
        change(ledger, second, "総合窓口課")
    assert change(ledger, ledger.get(second.id), "総合窓口課") == [3]


def test_the_recorded_time_never_goes_back(url: str) -> None:
    times = iter([NOON, NOON - timedelta(hours=2), NOON + timedelta(microseconds=1)])
    with open_ledger(url, create=True, clock=lambda: next(times)) as ledger:
        for number in "123":
            ledger.save(assessment(number), by=BY)
        recorded = [entry.recorded_at for entry in ledger.all_entries()]
    assert recorded == [NOON, NOON, NOON + timedelta(microseconds=1)]


def test_the_recorded_time_is_kept_in_utc_wherever_the_clock_is(url: str) -> None:
    japan = timezone(timedelta(hours=9))
    with open_ledger(url, create=True, clock=lambda: NOON.astimezone(japan)) as ledger:
        ledger.save(assessment(), by=BY)
        assert [row.recorded_at for row in ledger.rows()] == ["2026-04-01T12:00:00.000000+00:00"]


def test_nobody_records_without_a_name(ledger: Ledger) -> None:
    with pytest.raises(InvalidChange, match="--by"):
        ledger.save(assessment(), by=" ")


# Reading


def test_entries_can_be_asked_for_by_kind_and_from_a_place_on(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_BATCH", 2)
    for number in "123":
        new = assessment(number)
        new.identify_as(PrintedIdentity("霞野市長", f"{number}0", "別の名前"), why="番号の付け直し")
        ledger.save(new, by=BY)
    assert [entry.sequence for entry in ledger.all_entries()] == [1, 2, 3, 4, 5, 6]
    assert [entry.sequence for entry in ledger.all_entries([AssessmentIdentified])] == [2, 4, 6]
    assert [entry.sequence for entry in ledger.all_entries([AssessmentRegistered], after=3)] == [5]


def test_saving_is_possible_while_entries_are_being_read(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_BATCH", 1)
    ledger.save(assessment("1"), by=BY)
    entries = ledger.all_entries()
    assert next(entries).sequence == 1
    ledger.save(assessment("2"), by=BY)
    assert [entry.sequence for entry in entries] == [2]


def test_an_assessment_that_is_not_there(ledger: Ledger) -> None:
    with pytest.raises(UnknownAssessment):
        ledger.get(assessment().id)


def test_assessments_come_with_every_identity_however_late_it_is_recorded(ledger: Ledger) -> None:
    first = assessment()
    ledger.save(first, by=BY)
    assert [identity.ref for identity in ledger.assessments()] == ["霞野市長/12"]
    first.identify_as(PrintedIdentity("霞野市長", "15", "住民票に関する事務"), why="番号の付け直し")
    ledger.save(first, by=BY)
    ledger.save(assessment("20", title="児童手当に関する事務"), by=BY)
    assert [identity.ref for identity in ledger.assessments()] == ["霞野市長/12", "霞野市長/20"]
    assert ledger.assessments()[0] == first.identity


FOUND = [
    pytest.param("霞野市長/12", "霞野市長/12", id="in full"),
    pytest.param("霞野市　長／１２", "霞野市長/12", id="widths and white space"),
    pytest.param("霞野市/12", "霞野市長/12", id="the municipality"),
    pytest.param("埼玉県霞野市長/12", "霞野市長/12", id="with its prefecture"),
    pytest.param("桜田町/3", "埼玉県桜田町長/3", id="part of the body"),
    pytest.param("3", "埼玉県桜田町長/3", id="a number that is unique"),
    pytest.param("児童手当", "埼玉県桜田町長/3", id="part of the title"),
    pytest.param("桜田", "埼玉県桜田町長/3", id="part of the body alone"),
    pytest.param("99", "東霞野市長/12", id="a number it had later"),
]


@pytest.fixture
def three(ledger: Ledger) -> Ledger:
    """A ledger with three assessments."""
    ledger.save(assessment(), by=BY)
    ledger.save(assessment("3", "埼玉県桜田町長", "児童手当に関する事務"), by=BY)
    last = assessment("12", "東霞野市長", "国民年金に関する事務")
    last.identify_as(PrintedIdentity("東霞野市長", "99", "国民年金に関する事務"), why="番号の付け直し")
    ledger.save(last, by=BY)
    return ledger


@pytest.mark.parametrize(("ref", "found"), FOUND)
def test_finds_an_assessment_by_what_people_write(three: Ledger, ref: str, found: str) -> None:
    assert three.find(ref).ref == found


NOT_FOUND = [
    pytest.param("12", "2 件の評価書", "霞野市長/12(住民基本台帳に関する事務)、東霞野市長/12", id="several"),
    pytest.param("桜田長/3", "当てはまる評価書がありません", "埼玉県桜田町長/3", id="none, but one is close"),
    pytest.param("zzz", "当てはまる評価書がありません", "kaitei list", id="none at all"),
    pytest.param("", "当てはまる評価書がありません", "kaitei list", id="nothing"),
]


@pytest.mark.parametrize(("ref", "what", "remedy"), NOT_FOUND)
def test_says_which_assessments_a_ref_may_have_meant(three: Ledger, ref: str, what: str, remedy: str) -> None:
    with pytest.raises(UnknownAssessment) as caught:
        three.find(ref)
    assert what in caught.value.what
    assert remedy in caught.value.remedy


def test_names_five_candidates_at_most(ledger: Ledger) -> None:
    for number in range(7):
        ledger.save(assessment(str(number)), by=BY)
    with pytest.raises(UnknownAssessment) as caught:
        ledger.find("霞野")
    assert caught.value.remedy.count("霞野市長/") == 5
    assert "ほか 2 件" in caught.value.remedy


# Sources


def test_a_source_is_kept_byte_for_byte_with_its_events(ledger: Ledger) -> None:
    source = Source("霞野市 評価書".encode("cp932") * 100, "霞野.txt")
    new = assessment()
    ledger.save(new, by=BY, source=source)
    assert ledger.source(source.sha256) == source.data
    assert ledger.holder(source.sha256) == new.id


def test_a_source_is_not_kept_when_its_events_are_not(ledger: Ledger) -> None:
    ledger.save(assessment(), by=BY)
    source = Source(b"bytes", "霞野.txt")
    with pytest.raises(ConcurrentChange):
        ledger.save(assessment(), by=BY, source=source)
    with pytest.raises(UnreadableSource):
        ledger.source(source.sha256)


# What nobody may do to it


REFUSED = [
    "UPDATE kaitei_events SET recorded_by = 'x'",
    "DELETE FROM kaitei_events",
    "UPDATE kaitei_contents SET packed = 'x'",
    "UPDATE kaitei_contents SET packed = 'x', withheld = 1",
    "DELETE FROM kaitei_contents",
    "UPDATE kaitei_sources SET file_name = 'x'",
    "UPDATE kaitei_sources SET content = ''",
    "DELETE FROM kaitei_sources",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_itself_refuses(ledger: Ledger, url: str, statement: str) -> None:
    ledger.save(assessment(), by=BY, source=Source(b"bytes", "霞野.txt"))
    engine = create_engine(url)
    with (
        engine.connect() as connection,
        pytest.raises(DBAPIError, match="台帳の記録は変更も削除もできません"),
    ):
        connection.execute(text(statement))
    engine.dispose()
    assert len(list(ledger.rows())) == 1
    assert [source.whole for source in ledger.packed_sources()] == [True]


TAMPERED: list[tuple[str | Callable[[Connection], None], list[int]]] = [
    ("UPDATE kaitei_events SET recorded_by = 'x' WHERE sequence = 2", [2]),
    ("UPDATE kaitei_events SET recorded_at = '2020-01-01T00:00:00.000000+00:00' WHERE sequence = 3", [3]),
    ("UPDATE kaitei_events SET format = 0 WHERE sequence = 2", [2]),
    ("UPDATE kaitei_events SET payload_hash = '' WHERE sequence = 1", [1]),
    ("DELETE FROM kaitei_events WHERE sequence = 2", [2]),
    (changing(lambda packed: with_words(packed, "住民", "町民"), 2), [2]),
    (changing(lambda packed: with_who(packed, "鈴木"), 1), [1]),
    (changing(lambda packed: packed[:-1], 1), [1]),
    ("UPDATE kaitei_contents SET packed = '' WHERE sequence = 1", [1]),
    ("UPDATE kaitei_contents SET salts = 'x' WHERE sequence = 1", [1]),
    ("DELETE FROM kaitei_contents WHERE sequence = 3", [3]),
    ("DELETE FROM kaitei_sources", [0]),
]


@pytest.mark.parametrize(("statement", "sequences"), TAMPERED)
def test_what_its_owner_does_to_it_is_found(
    ledger: Ledger,
    tamper: Callable[..., None],
    statement: str | Callable[[Connection], None],
    sequences: list[int],
) -> None:
    for number in "12":
        ledger.save(assessment(number), by=BY)
    new = assessment()
    new.receive(edition(), sha256=Source(b"bytes", "").sha256, file_name="霞野.txt")
    ledger.save(new, by=BY, source=Source(b"bytes", "霞野.txt"))
    assert not History.of(ledger).verdict().breaks
    tamper(statement)
    found = History.of(ledger).verdict().breaks
    assert [each.sequence for each in found] == [sequences[0] or 4]


# Opening


def test_reading_creates_no_ledger(url: str) -> None:
    with pytest.raises(LedgerMissing):
        open_ledger(url)


def test_a_ledger_stays_what_it_was_when_it_is_opened_again(url: str) -> None:
    with open_ledger(url, create=True) as first:
        first.save(assessment(), by=BY)
        before = list(first.rows())
    for create in (False, True):
        with open_ledger(url, create=create) as again:
            assert list(again.rows()) == before


def test_what_a_newer_program_has_begun_is_not_continued(ledger: Ledger, tamper: Callable[..., None]) -> None:
    ledger.save(assessment(), by=BY)
    tamper("UPDATE kaitei_events SET format = 3")
    for command in (lambda: ledger.save(assessment("13"), by=BY), lambda: list(ledger.rows())):
        with pytest.raises(LedgerUnusable, match="新しい書式"):
            command()


# Many at once


WRITER = """
import sys
from ledger.assessment import Assessment
from ledger.errors import ConcurrentChange
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.storage import open_ledger

url, name, shared = sys.argv[1:]
conflicts = 0
with open_ledger(url, create=True) as ledger:
    own = Assessment.register(PrintedIdentity("霞野市長", name, "事務"), form_edition="")
    ledger.save(own, by=name)
    for n in range(12):
        number = shared if n % 2 else name
        while True:
            try:
                found = next((each for each in ledger.assessments() if each.number == number), None)
                new = Assessment.register(PrintedIdentity("霞野市長", number, "事務"), form_edition="")
                of = ledger.get(found.assessment_id) if found else new
                of.change(ItemPath(("I", "6", "①部署")), "", f"{name}-{n}", revision=f"{name}-{n}")
                ledger.save(of, by=name)
                break
            except ConcurrentChange:
                conflicts += 1
print(conflicts)
"""


def test_eight_processes_write_the_same_and_different_assessments(url: str, tmp_path: Path) -> None:
    """Each acknowledged event is there afterwards, in one order without a gap; they also start together."""
    program = tmp_path / "writer.py"
    program.write_text(WRITER, "utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, program, url, str(n), "100"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for n in range(8)
    ]
    said = [each.communicate(timeout=120) for each in running]
    assert [(each.returncode, told[1]) for each, told in zip(running, said, strict=True)] == [(0, b"")] * 8
    with open_ledger(url) as ledger:
        rows = list(ledger.rows())
        made = [entry.event.after for entry in ledger.all_entries() if isinstance(entry.event, ItemChanged)]
    assert sorted(made) == sorted(f"{name}-{n}" for name in range(8) for n in range(12))
    assert not breaks_of(rows)
