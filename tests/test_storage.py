"""The store: what it adds to every event, what it refuses, and what it says when it cannot be used."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import connecting
from ledger.errors import (
    LedgerError,
    LedgerMissing,
    LedgerUnusable,
)
from ledger.identity import PrintedIdentity
from ledger.integrity import Break
from ledger.proving import History
from ledger.recorder import Source
from ledger.storage import Ledger, open_ledger
from tests.conftest import ROOT
from tests.streams import BY, NOON, assessment
from tests.tampering import breaks_of, forged, taught


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger of the test is; the name needs quoting in a URL."""
    return tmp_path / "霞野 100%.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A new ledger in a file, at noon of 2026-04-01."""
    with open_ledger(f"sqlite:///{path}", create=True, clock=lambda: NOON) as ledger:
        yield ledger


def tamper(path: Path, *statements: str) -> None:
    """Run *statements* on the file, past the program."""
    connection = taught(sqlite3.connect(path))
    try:
        connection.executescript(";".join(statements))
    finally:
        connection.close()


# What the store adds


def test_a_source_that_was_altered_is_not_given_out(ledger: Ledger, path: Path) -> None:
    source = Source(b"bytes", "霞野.txt")
    ledger.save(assessment(), by=BY, source=source)
    tamper(path, "DROP TRIGGER kaitei_sources_no_update", "UPDATE kaitei_sources SET content = x'00'")
    with pytest.raises(LedgerUnusable, match="内容が変わっています"):
        ledger.source(source.sha256)


# Nothing is ever changed


FORBIDDEN = [
    "UPDATE kaitei_events SET recorded_by = 'x'",
    "DELETE FROM kaitei_events",
    "INSERT OR REPLACE INTO kaitei_events SELECT * FROM kaitei_events",
    "INSERT OR REPLACE INTO kaitei_contents SELECT * FROM kaitei_contents",
    "UPDATE kaitei_sources SET file_name = 'x'",
    "DELETE FROM kaitei_sources",
    "INSERT OR REPLACE INTO kaitei_sources SELECT * FROM kaitei_sources",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_itself_refuses(ledger: Ledger, path: Path, statement: str) -> None:
    ledger.save(assessment(), by=BY, source=Source(b"bytes", "霞野.txt"))
    with pytest.raises(sqlite3.IntegrityError, match="変更も削除もできません"):
        tamper(path, statement)


DROP = (
    "DROP TRIGGER kaitei_events_no_update; DROP TRIGGER kaitei_events_no_delete; "
    "DROP TRIGGER kaitei_contents_no_update; DROP TRIGGER kaitei_contents_no_delete"
)
TAMPERED = [
    "UPDATE kaitei_contents SET packed = reworded(packed, '霞野', '桜田') WHERE sequence = 2",
    "UPDATE kaitei_contents SET packed = by_another(packed, '鈴木') WHERE sequence = 2",
    "UPDATE kaitei_contents SET salts = x'00' WHERE sequence = 2",
    "UPDATE kaitei_contents SET salts = zeroblob(16) WHERE sequence = 2",
    "UPDATE kaitei_contents SET salts = 16 WHERE sequence = 2",
    "UPDATE kaitei_events SET state = substr(state, 2) WHERE sequence = 2",
    "UPDATE kaitei_events SET state = x'ff' WHERE sequence = 2",
    "UPDATE kaitei_events SET topic = 'kaitei.item-changed' WHERE sequence = 2",
    "UPDATE kaitei_events SET recorded_at = '2020-01-01T00:00:00.000000+00:00' WHERE sequence = 2",
    "UPDATE kaitei_events SET recorded_by = 'x' WHERE sequence = 2",
    "UPDATE kaitei_events SET recorded_by = x'ff' WHERE sequence = 2",
    "UPDATE kaitei_events SET format = 0 WHERE sequence = 2",
    "UPDATE kaitei_events SET originator_version = 9 WHERE sequence = 2",
    "UPDATE kaitei_events SET originator_id = randomblob(16) WHERE sequence = 2",
    "UPDATE kaitei_events SET payload_hash = '' WHERE sequence = 2",
]


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_tampered_row_is_found(ledger: Ledger, path: Path, statement: str) -> None:
    for number in "123":
        ledger.save(assessment(number), by=BY)
    assert not breaks_of(ledger.rows())
    tamper(path, DROP, statement)
    assert breaks_of(ledger.rows()) == [Break(2, "記録の内容がハッシュと合いません")]


def test_a_missing_row_is_found(ledger: Ledger, path: Path) -> None:
    for number in "1234":
        ledger.save(assessment(number), by=BY)
    tamper(path, DROP, "DELETE FROM kaitei_events WHERE sequence IN (2, 3)")
    assert [(each.event_id, each.what) for each in breaks_of(ledger.rows())] == [
        ("e2", "連番 2 から 3 までの記録がありません")
    ]


def test_an_index_that_lacks_a_row_is_found(ledger: Ledger, path: Path) -> None:
    """No question that is asked by another index notices."""
    ledger.save(assessment(), by=BY)
    assert ledger.file_damage() == ""
    change = "PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = "
    none = " WHERE sequence > 9"
    tamper(path, change[0], f"{change[1]} sql || '{none}' WHERE name = 'kaitei_events_topic_idx'")
    tamper(path, "REINDEX kaitei_events_topic_idx")
    tamper(path, change[0], f"{change[1]} replace(sql, '{none}', '') WHERE name = 'kaitei_events_topic_idx'")
    with open_ledger(f"sqlite:///{path}") as again:
        assert not breaks_of(again.rows())
        verdict = History.of(again).verdict()
    assert [(each.sequence, each.what) for each in verdict.breaks] == [
        (0, "データベースのファイルが壊れています（row 1 missing from index kaitei_events_topic_idx）")
    ]


def test_an_assessment_with_a_missing_row_is_not_given_out(ledger: Ledger, path: Path) -> None:
    new = assessment()
    new.identify_as(PrintedIdentity("霞野市長", "15", "住民票に関する事務"), why="番号の付け直し")
    ledger.save(new, by=BY)
    tamper(path, DROP, "DELETE FROM kaitei_events WHERE sequence = 1")
    for read in (lambda: ledger.get(new.id), ledger.assessments):
        with pytest.raises(LedgerUnusable, match="e2 を読めません"):
            read()


def test_what_a_newer_program_has_begun_is_not_continued(ledger: Ledger, path: Path) -> None:
    ledger.save(assessment("1"), by=BY)
    tamper(path, DROP, "UPDATE kaitei_events SET format = 3")
    with pytest.raises(LedgerUnusable, match="新しい版の Kaitei"):
        ledger.save(assessment("2"), by=BY)


UNREADABLE = [
    ("UPDATE kaitei_events SET format = 3", "新しい書式(第 3 版)"),
    ("UPDATE kaitei_events SET format = 'x'", "e0 の後の記録 を読めません"),
    ("UPDATE kaitei_events SET topic = 'kaitei.unheard-of'", "e1 を読めません"),
    ("UPDATE kaitei_contents SET packed = saying(packed, '{')", "e1 を読めません"),
    ("DELETE FROM kaitei_contents", "e1 を読めません"),
    ("UPDATE kaitei_events SET recorded_at = 'yesterday'", "e1 を読めません"),
]


@pytest.mark.parametrize(("statement", "what"), UNREADABLE)
def test_what_this_program_cannot_read_is_refused(
    ledger: Ledger, path: Path, statement: str, what: str
) -> None:
    new = assessment()
    ledger.save(new, by=BY)
    tamper(path, DROP, statement)
    with pytest.raises(LedgerUnusable) as caught:
        ledger.get(new.id)
    assert what in caught.value.what


def test_what_a_newer_program_has_packed_is_refused_in_one_line(ledger: Ledger, path: Path) -> None:
    new = assessment()
    ledger.save(new, by=BY)
    packed = forged(b"", version=9).hex()
    tamper(path, DROP, f"UPDATE kaitei_contents SET packed = x'{packed}'")  # noqa: S608
    for read in (lambda: ledger.get(new.id), lambda: list(ledger.rows()), ledger.assessments):
        with pytest.raises(LedgerUnusable, match="新しい詰め方（第 9 版）") as caught:
            read()
        assert caught.value.remedy == "新しい版の Kaitei で開いてください"


# Opening


def test_the_contents_of_a_program_that_was_never_released_are_refused(path: Path, ledger: Ledger) -> None:
    ledger.save(assessment(), by=BY)
    columns = "sequence INTEGER, recorded_by TEXT, payload TEXT, salts TEXT, withheld INTEGER"
    tamper(path, "DROP TABLE kaitei_contents", f"CREATE TABLE kaitei_contents ({columns})")
    before = path.read_bytes()
    for create in (False, True):
        error = refusal(f"sqlite:///{path}", create=create)
        assert isinstance(error, LedgerUnusable)
        assert error.what == "開発中の版が作った書式の台帳です"
    assert path.read_bytes() == before


def refusal(url: str, *, create: bool) -> LedgerError:
    """The error of opening *url*."""
    with pytest.raises(LedgerError) as caught:
        open_ledger(url, create=create)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("url", ["sqlite:///{}", "sqlite:///file:{}?uri=true"])
def test_reading_creates_no_ledger(tmp_path: Path, url: str) -> None:
    assert isinstance(refusal(url.format(tmp_path / "none.db"), create=False), LedgerMissing)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_stays_what_it_was_when_it_is_opened_again(path: Path, ledger: Ledger) -> None:
    new = assessment()
    saved = ledger.save(new, by=BY)
    ledger.close()
    for create in (False, True):
        with open_ledger(f"sqlite:///{path}", create=create) as again:
            assert again.entries(new.id) == saved


def test_a_ledger_in_memory_lives_as_long_as_it_is_open() -> None:
    with open_ledger("sqlite://", create=True) as ledger:
        assert len(ledger.save(assessment(), by=BY)) == 1
    assert isinstance(refusal("sqlite://", create=False), LedgerMissing)


@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_database(path: Path, *, create: bool) -> None:
    path.write_text("霞野市の覚え書き" * 200, "utf-8")
    error = refusal(f"sqlite:///{path}", create=create)
    assert isinstance(error, LedgerUnusable)
    assert "SQLite のデータベースではありません" in error.what
    assert error.where == str(path)


@pytest.mark.parametrize("create", [False, True])
def test_the_database_of_another_program_is_left_alone(path: Path, *, create: bool) -> None:
    tamper(path, "CREATE TABLE cats (name TEXT)")
    before = path.read_bytes()
    error = refusal(f"sqlite:///{path}", create=create)
    assert isinstance(error, LedgerUnusable)
    assert "台帳ではない" in error.what
    assert path.read_bytes() == before


def test_a_file_without_tables_is_no_ledger_yet(path: Path) -> None:
    """What is left where the first import was killed before its tables were there."""
    tamper(path, "PRAGMA journal_mode = WAL")
    assert path.stat().st_size
    assert isinstance(refusal(f"sqlite:///{path}", create=False), LedgerMissing)
    with open_ledger(f"sqlite:///{path}", create=True) as ledger:
        assert len(ledger.save(assessment(), by=BY)) == 1


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    error = refusal(f"sqlite:///{tmp_path}/none/kaitei.db", create=True)
    assert isinstance(error, LedgerUnusable)
    assert "開けません" in error.what


@pytest.mark.parametrize("url", ["kaitei.db", "nosuchbase:///x"])
def test_a_place_that_is_no_url_of_a_database(url: str) -> None:
    assert isinstance(refusal(url, create=True), LedgerUnusable)


def test_a_ledger_that_is_read_only_can_be_read_but_not_written(ledger: Ledger, path: Path) -> None:
    ledger.save(assessment("1"), by=BY)
    ledger.close()
    archived = path.rename(path.with_name("archived.db"))
    with open_ledger(f"sqlite:///file:{archived}?mode=ro&uri=true") as reading:
        assert len(reading.assessments()) == 1
        with pytest.raises(LedgerUnusable, match="書き込めません"):
            reading.save(assessment("2"), by=BY)


def test_a_ledger_that_another_program_has_locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_ledger(f"sqlite:///{path}", create=True).close()
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0)
    holder = sqlite3.connect(path, isolation_level=None)
    with open_ledger(f"sqlite:///{path}") as ledger:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnusable, match="ほかの処理が使っていて"):
            ledger.save(assessment(), by=BY)
        assert ledger.assessments() == []  # reading goes on
        holder.execute("ROLLBACK")
        assert len(ledger.save(assessment(), by=BY)) == 1
    holder.close()


FIRST = """
import sys
from ledger.assessment import Assessment
from ledger.identity import PrintedIdentity
from ledger.storage import open_ledger
with open_ledger(sys.argv[1], create=True) as ledger:
    for number in range(5):
        printed = PrintedIdentity("霞野市長", f"{sys.argv[2]}-{number}", "")
        ledger.save(Assessment.register(printed, form_edition=""), by="霞野 花子")
"""


def test_processes_that_start_together_make_one_ledger(path: Path) -> None:
    url = f"sqlite:///{path}"
    running = [
        subprocess.Popen([sys.executable, "-c", FIRST, url, name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in "abc"
    ]
    assert [process.communicate()[1] for process in running] == [b""] * 3
    with open_ledger(url) as ledger:
        assert [row.sequence for row in ledger.rows()] == list(range(1, 16))
        assert not breaks_of(ledger.rows())
