"""Ledgers of earlier formats: read as they are, verified with the hashes they had, and gone on with.

tests/old_ledgers/format-N holds one of each format: the tables as SQL, a backup, and a checkpoint, written by
the program of its time.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from ledger.proving import History
from ledger.storage import open_ledger
from ledger.stored import FORMAT
from projections.keeping import restore
from tests.command_line import MINATOGAWA, Kaitei, Said, one_line
from tests.conftest import ROOT, Golden

pytest_plugins = ["tests.command_line_fixtures", "tests.databases"]

FOLDER = ROOT / "tests" / "old_ledgers"
FORMATS = [int(path.name.removeprefix("format-")) for path in sorted(FOLDER.iterdir())]


@pytest.fixture(params=FORMATS)
def old(request: pytest.FixtureRequest, kaitei: Kaitei, folder: Path) -> Path:
    """The current folder of ``kaitei``, with a ledger of a format that was, and its checkpoint."""
    assert kaitei is not None
    kept = FOLDER / f"format-{request.param}"
    with closing(sqlite3.connect(folder / "kaitei.db")) as connection:
        connection.executescript((kept / "ledger.sql").read_text("utf-8"))
    shutil.copy(kept / "checkpoint.json", folder)
    shutil.copy(kept / "backup.jsonl", folder)
    return folder


def done(said: Said) -> Said:
    assert (said.status, said.err) == (0, ""), said
    return said


def test_every_format_but_todays_is_there() -> None:
    assert list(range(1, FORMAT)) == FORMATS


def test_it_is_whole_beside_its_checkpoint_and_reading_changes_nothing(kaitei: Kaitei, old: Path) -> None:
    before = (old / "kaitei.db").read_bytes()
    assert done(kaitei("verify", "--checkpoint", "checkpoint.json")).out.startswith("記録36件を確かめました")
    for command in ("list", "log 15", "changes 15", "show 15", "export 15", "prove 15", "backup b.jsonl"):
        done(kaitei(*command.split()))
    assert (old / "kaitei.db").read_bytes() == before


@pytest.mark.usefixtures("old")
def test_it_says_what_it_said(kaitei: Kaitei, golden: Golden) -> None:
    """The same document taken in today says the same."""
    golden("old_ledger_log.txt", done(kaitei("log", "15")).out)
    today = kaitei("--db", "sqlite:///new.db", "import", MINATOGAWA, "--by", "佐藤")
    assert done(today).out
    for as_of in ("2016-01-01", "2020-10-01", "2026-03-10"):
        asked = ("show", "15", "--as-of", as_of, "--json", "--known-at", "2026-11-26T13:51:14+00:00")
        shown = done(kaitei(*asked)).json["items"]
        now = done(kaitei("--db", "sqlite:///new.db", "show", "15", "--as-of", as_of, "--json")).json["items"]
        assert shown == now


def test_it_is_gone_on_with_in_todays_format(kaitei: Kaitei, old: Path) -> None:
    record = ("record", "15", "--item", "I/6/②", "--after", "児童課長", "--timing", "事後", "--reason", "x")
    done(kaitei(*record, "--on", "2026-04-20", "--by", "佐藤"))
    done(kaitei("verify", "--checkpoint", "checkpoint.json"))
    with open_ledger("sqlite:///kaitei.db") as ledger:
        assert [row.format for row in ledger.rows()] == [1] * 36 + [FORMAT]
    with (
        closing(sqlite3.connect(old / "kaitei.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="変更も削除もできません"),
    ):
        connection.execute("UPDATE kaitei_sources SET content = x''")
    done(kaitei("prove", "15", "--out", "proof.json"))
    done(kaitei("prove", "--consistency", "checkpoint.json", "--out", "grew.json"))


@pytest.mark.usefixtures("old")
def test_what_is_of_an_old_format_is_not_withheld_and_what_is_of_todays_is(kaitei: Kaitei) -> None:
    withhold = ("withhold", "15", "--why", "誤って公表したため", "--by", "鈴木", "--text")
    assert "古い書式（第 1 版）の記録にある語" in one_line(kaitei(*withhold, "みなもデータ株式会社"))
    record = (
        "record",
        "15",
        "--item",
        "I/6/②",
        "--after",
        "児童課長 山田",
        "--timing",
        "事後",
        "--reason",
        "x",
    )
    done(kaitei(*record, "--on", "2026-04-20", "--by", "佐藤"))
    done(kaitei(*withhold, "山田"))
    assert "児童課長 〔非公開：誤って公表したため〕" in kaitei("changes", "15").out
    done(kaitei("verify", "--checkpoint", "checkpoint.json"))


@pytest.mark.parametrize("number", FORMATS)
def test_its_backup_is_restored_on_either_database(url: str, number: int) -> None:
    backup = FOLDER / f"format-{number}" / "backup.jsonl"
    assert restore(url, backup).events == 36
    with open_ledger(url) as ledger:
        assert not History.of(ledger).verdict().breaks


def test_an_old_ledger_on_postgres_is_gone_on_with(postgres: str, kaitei: Kaitei) -> None:
    """Its tables are as the program of its time made them: no contents, and no update of a source at all."""
    done(kaitei("--db", postgres, "restore", FOLDER / "format-1" / "backup.jsonl"))
    engine = create_engine(postgres)
    with engine.begin() as connection:
        for statement in AS_FORMAT_1:
            connection.execute(text(statement))
    db = ("--db", postgres)
    done(kaitei(*db, "changes", "15"))
    assert not inspect(engine).has_table("kaitei_contents")
    done(kaitei(*db, "review", "15", "--on", "2026-04-01", "--why", "山田の確認", "--by", "佐藤"))
    done(kaitei(*db, "withhold", "15", "--text", "山田", "--why", "氏名のため", "--by", "佐藤"))
    done(kaitei(*db, "verify", "--checkpoint", FOLDER / "format-1" / "checkpoint.json"))
    engine.dispose()


AS_FORMAT_1 = (
    "DROP TABLE kaitei_contents",
    "DROP TRIGGER kaitei_sources_only_withheld ON kaitei_sources",
    "DROP TRIGGER kaitei_sources_append_only ON kaitei_sources",
    "DROP FUNCTION kaitei_sources_withhold, kaitei_contents_refuse, kaitei_contents_withhold",
    (
        "CREATE TRIGGER kaitei_sources_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kaitei_sources"
        " FOR EACH STATEMENT EXECUTE FUNCTION kaitei_sources_refuse()"
    ),
)
