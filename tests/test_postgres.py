"""The command line on PostgreSQL, and the roles of docs/postgres-roles.sql."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.command_line import KASUMINO, KASUMINO_R6, Kaitei, Said, one_line
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures", "tests.databases"]

OFFICE = "I/6/①部署"
RECORD = ("record", "7", "--item", OFFICE, "--timing", "事後", "--reason", "組織改正", "--after")


@pytest.fixture
def on_postgres(kaitei: Kaitei, postgres: str) -> Kaitei:
    """``kaitei`` with a PostgreSQL database, which a ledger is made in by the first import."""

    def said(*arguments: object) -> Said:
        return kaitei("--db", postgres, *(str(argument) for argument in arguments))

    return said


def done(said: Said) -> Said:
    assert (said.status, said.err) == (0, ""), said
    return said


def test_the_same_commands_say_the_same_as_on_sqlite(on_postgres: Kaitei, kaitei: Kaitei) -> None:
    for command in (on_postgres, kaitei):
        done(command("import", KASUMINO_R6, KASUMINO, "--by", "佐藤"))
        done(command(*RECORD, "福祉部", "--on", "2026-04-01", "--by", "佐藤"))
        done(command("publish", "7", "--on", "2026-04-15", "--by", "佐藤"))
    for asked in (
        ("show", "7", "--json"),
        ("show", "7", "--as-of", "2025-01-01", "--json"),
        ("changes", "7", "--json"),
        ("list",),
        ("search", "福祉部"),
        ("validate", KASUMINO, "--json"),
    ):
        assert done(on_postgres(*asked)).out == done(kaitei(*asked)).out
    assert on_postgres("verify", "--json").json["ok"]


def test_a_database_without_a_ledger_is_an_error(on_postgres: Kaitei) -> None:
    assert "台帳がありません" in one_line(on_postgres("list"))


def test_a_server_that_is_not_there_is_an_error_without_its_password(kaitei: Kaitei) -> None:
    said = one_line(kaitei("--db", "postgresql+psycopg://sato:secret@127.0.0.1:1/kaitei", "list"))
    assert said.startswith("postgresql+psycopg://sato:***@127.0.0.1:1/kaitei: データベースの誤り")
    assert "secret" not in said


# --- the roles ------------------------------------------------------------------------------------------


ROLES = ("withholder", "writer", "reader")


@pytest.fixture
def roles(on_postgres: Kaitei, postgres: str) -> Iterator[dict[str, str]]:
    """The URLs of a login with each role, for a ledger with one assessment."""
    done(on_postgres("import", KASUMINO, "--by", "佐藤"))
    owner = create_engine(postgres, isolation_level="AUTOCOMMIT")
    script = (ROOT / "docs/postgres-roles.sql").read_text("utf-8")
    with owner.connect() as connection:
        for statement in script.split(";"):
            if statement.strip():
                connection.execute(text(statement))
        for name in ROLES:
            connection.execute(text(f"CREATE ROLE {name} LOGIN IN ROLE kaitei_{name}"))
    url = make_url(postgres)
    yield {name: str(url.set(username=name)) for name in ROLES}
    with owner.connect() as connection:
        groups = ", ".join(f"kaitei_{name}" for name in ROLES)
        connection.execute(text(f"DROP OWNED BY {groups}"))
        connection.execute(text(f"DROP ROLE {', '.join(ROLES)}, {groups}"))
    owner.dispose()


def test_a_writer_records_and_a_reader_reads(kaitei: Kaitei, roles: dict[str, str]) -> None:
    recorded = done(kaitei("--db", roles["writer"], *RECORD, "福祉部", "--on", "2026-04-01", "--by", "佐藤"))
    assert "e31 として記録しました" in recorded.out
    shown = done(kaitei("--db", roles["reader"], "show", "7", "--item", OFFICE))
    assert "福祉部" in shown.out
    assert done(kaitei("--db", roles["reader"], "verify")).status == 0
    refused = one_line(
        kaitei("--db", roles["reader"], *RECORD, "健康部", "--on", "2026-05-01", "--by", "佐藤")
    )
    assert "permission denied for table kaitei_events" in refused


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kaitei_events SET recorded_by = 'x'",
        "DELETE FROM kaitei_events",
        "TRUNCATE kaitei_events",
        "ALTER TABLE kaitei_events DISABLE TRIGGER USER",
        "DROP TABLE kaitei_sources",
        "UPDATE kaitei_sources SET file_name = 'x'",
        "UPDATE kaitei_contents SET packed = ''",
        "DELETE FROM kaitei_contents",
    ],
)
def test_a_writer_changes_nothing(roles: dict[str, str], statement: str) -> None:
    refused(roles["writer"], statement, r"permission denied|must be owner")


def refused(url: str, statement: str, why: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match=why):
        connection.execute(text(statement))
    engine.dispose()


WITHHOLD = (
    "withhold",
    "7",
    "--text",
    "株式会社ひなた計算センター",
    "--why",
    "誤って公表したため",
    "--by",
    "鈴木",
)


def test_a_withholder_erases_with_a_record_of_it_and_nothing_else(
    kaitei: Kaitei, roles: dict[str, str]
) -> None:
    assert "permission denied" in one_line(kaitei("--db", roles["writer"], *WITHHOLD))
    assert "e31 として記録し" in done(kaitei("--db", roles["withholder"], *WITHHOLD)).out
    shown = done(kaitei("--db", roles["reader"], "changes", "7")).out
    assert "ひなた" not in shown
    assert "〔非公開：誤って公表したため〕" in shown
    assert kaitei("--db", roles["reader"], "verify").status == 0
    for statement in (
        "UPDATE kaitei_contents SET packed = '' WHERE sequence = 5",
        "UPDATE kaitei_contents SET withheld = 5 WHERE sequence = 3",
        "UPDATE kaitei_sources SET content = 'x'",
    ):
        refused(roles["withholder"], statement, "台帳の記録は変更も削除もできません")
