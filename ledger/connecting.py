"""The database under a ledger: where it is, whether it holds one, and what its troubles mean to a user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ledger.defaults import DEFAULT_URL
from ledger.errors import LedgerMissing, LedgerUnusable
from ledger.packing import NewerPackingError
from ledger.tables import CONTENTS, EVENTS, SOURCES

BUSY_SECONDS: Final = 10
WRITES: Final = "kaitei_writes"
"""The option of a connection whose transactions write."""

# What SQLite reports (its result codes, by prefix), and what a user can do about it.
TROUBLES: Final = {
    "SQLITE_NOTADB": (
        "SQLite のデータベースではありません",
        "--db に台帳のファイルを指定してください",
    ),
    "SQLITE_BUSY": (
        f"ほかの処理が使っていて {BUSY_SECONDS} 秒待っても空きません",
        "その処理が終わってからやり直してください",
    ),
    "SQLITE_READONLY": ("書き込めません", "ファイルとフォルダーの書き込み権限を確認してください"),
    "SQLITE_PERM": ("開けません", "ファイルとフォルダーの権限を確認してください"),
    "SQLITE_CANTOPEN": ("開けません", "ファイルとフォルダーの場所と権限を確認してください"),
    "SQLITE_CORRUPT": ("ファイルが壊れています", "控えから戻してください"),
    "SQLITE_FULL": ("ディスクの空きがありません", "空きを作ってからやり直してください"),
    # a quota that is used up is told this way too
    "SQLITE_IOERR": ("ディスクに読み書きできません", "ディスクの空きと状態を確認してください"),
}


class Database:
    """The database of an *engine*, with transactions of SQLite that mean what they say.

    One that writes (``WRITES``) takes the lock at its beginning, so that what it reads first (the last
    sequence) still holds when it writes; every acknowledged commit is on the disk.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine: Final = engine
        self.place: Final = place_of(engine.url)
        self._holds_contents = False
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)

    def holds_ledger(self) -> bool:
        """Whether it has the tables of a ledger. Raises LedgerUnusable where it has something else."""
        tables = set(inspect(self.engine).get_table_names())
        if not tables.issuperset({EVENTS.name, SOURCES.name}):
            if tables and sqlite_file(self.engine.url) is not None:
                raise LedgerUnusable(
                    "台帳ではないデータベースです",
                    where=self.place,
                    remedy="--db に台帳のファイルを指定してください",
                )
            return False
        if CONTENTS.name in tables:
            self._ask_contents()
        return True

    def _ask_contents(self) -> None:
        """Raises LedgerUnusable where the table of contents is one that no released program made."""
        columns = inspect(self.engine).get_columns(CONTENTS.name)
        if CONTENTS.c.packed.name not in {each["name"] for each in columns}:
            raise LedgerUnusable(
                "開発中の版が作った書式の台帳です",
                where=self.place,
                remedy="その版の kaitei backup で書き出し、この版の kaitei restore で戻してください",
            )
        self._holds_contents = True

    @property
    def holds_contents(self) -> bool:
        """Whether there is a table of contents: a ledger of format 1 gets it when it is next written to."""
        if not self._holds_contents:
            self._holds_contents = inspect(self.engine).has_table(CONTENTS.name)
        return self._holds_contents

    def holds_contents_in(self, connection: Connection) -> bool:
        """The same as the transaction of a *connection* sees it, which may just have made that table."""
        return self._holds_contents or inspect(connection).has_table(CONTENTS.name)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = (
        None  # transactions begin where _begin_sqlite says, not where the driver guesses
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is no longer in the file


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def open_database(url: str) -> Database:
    """The database of the ledger at *url*, to be read.

    Raises LedgerMissing where there is no ledger, LedgerUnusable where there is something else.
    """
    of = parsed(url)
    where, path = place_of(of), sqlite_file(of)
    if path is not None and not path.exists():
        raise missing(where)
    with usable(where), ExitStack() as on_failure:
        database = Database(create_engine(of))
        on_failure.callback(database.engine.dispose)
        if not database.holds_ledger():
            raise missing(where)
        on_failure.pop_all()
    return database


def place_of(url: URL | str) -> str:
    """How an error names the database: the file, or the URL without its password."""
    found = parsed(url) if isinstance(url, str) else url
    path = sqlite_file(found)
    return str(path) if path is not None else found.render_as_string(hide_password=True)


@contextmanager
def usable(where: str) -> Iterator[None]:
    """Turn the troubles of the database at *where* into LedgerUnusable."""
    try:
        yield
    except NewerPackingError as error:
        raise LedgerUnusable(
            f"記録の内容が新しい詰め方（第 {error.version} 版）で書かれています",
            where=where,
            remedy="新しい版の Kaitei で開いてください",
        ) from error
    except ModuleNotFoundError as error:
        raise LedgerUnusable(
            f"{error.name} が入っていません",
            where=where,
            remedy="pip install 'kaitei[postgres]' を実行してください",
        ) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise unusable(error, where) from error


def unusable(error: Exception, where: str) -> LedgerUnusable:
    """What an *error* of the database at *where* means to a user."""
    what, remedy = explained(error)
    return LedgerUnusable(what, where=where, remedy=remedy)


def parsed(url: str) -> URL:
    """What SQLAlchemy makes of the URL of a ledger. Raises LedgerUnusable."""
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise LedgerUnusable(
            "台帳の場所として読めません", where=f"「{url}」", remedy=f"{DEFAULT_URL} のように書いてください"
        ) from error
    if found.drivername == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    if found.drivername == "sqlite" and not found.database:
        return found.set(database=":memory:")
    return found


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite *url*; None for one in memory and for other databases."""
    database = url.database or ""
    if url.get_backend_name() != "sqlite" or ":memory:" in database or url.query.get("mode") == "memory":
        return None
    return Path(unquote(urlsplit(database).path) if database.startswith("file:") else database)


def missing(where: str) -> LedgerMissing:
    """The error that tells that there is no ledger."""
    return LedgerMissing(
        "台帳がありません", where=where, remedy="kaitei import で作るか、--db で台帳を指定してください"
    )


def explained(error: BaseException) -> tuple[str, str]:
    """What is wrong and what to do, by the error at the root of *error*."""
    root = error
    while cause := getattr(root, "orig", None) or root.__cause__:
        root = cause
    name = getattr(root, "sqlite_errorname", "")
    for prefix, explained in TROUBLES.items():
        if name.startswith(prefix):
            return explained
    first_line = next(iter(str(root).splitlines()), type(root).__name__)
    return f"データベースの誤り: {first_line}", "データベースの場所と権限を確認してください"
