"""The database under the ledger: where it is, its tables, and what its troubles mean to a user.

Tables: ``kaitei_events`` (the stock table of eventsourcing-sqlalchemy with our columns), ``kaitei_contents``
(what each event says, packed) and ``kaitei_sources`` (the bytes taken in, once). Triggers
(``ledger.triggers``) refuse UPDATE and DELETE, but for what a record of TextWithheld has erased.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing_sqlalchemy.datastore import SQLAlchemyDatastore, Transaction
from eventsourcing_sqlalchemy.models import StoredEventRecord  # type: ignore[attr-defined]  # is not typed
from sqlalchemy import (
    DDL,
    URL,
    Column,
    Connection,
    Dialect,
    Engine,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    event,
    inspect,
    make_url,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from ledger.defaults import DEFAULT_URL
from ledger.errors import ConcurrentChange, LedgerMissing, LedgerUnusable
from ledger.packing import NewerPackingError
from ledger.triggers import guards, lifted, update_guards

EVENTS_TABLE: Final = "kaitei_events"

_BUSY_SECONDS: Final = 10
_SCHEMA_LOCK: Final = 0x6B61697465690001  # any fixed numbers: PostgreSQL asks for one
APPEND_LOCK: Final = 0x6B61697465690002
"""The advisory lock of PostgreSQL that whoever appends holds until the commit."""
_WRITES: Final = "kaitei_writes"

# What SQLite reports (its result codes, by prefix), and what a user can do about it.
_TROUBLES: Final = {
    "SQLITE_NOTADB": (
        "SQLite のデータベースではありません",
        "--db に台帳のファイルを指定してください",
    ),
    "SQLITE_BUSY": (
        f"ほかの処理が使っていて {_BUSY_SECONDS} 秒待っても空きません",
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


class Digest(TypeDecorator[str]):
    """A sha256 in hex; SQLite, which keeps any type in any column, keeps its bytes."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401  # as is kept
        """The bytes for SQLite, the hex for others. Raises ValueError where it is none."""
        return bytes.fromhex(value) if value is not None and dialect.name == "sqlite" else value


class LedgerRecord(StoredEventRecord):  # type: ignore[misc]  # a declarative base is Any to mypy
    """A row of the events table: the stock columns, and what every stored event has with us."""

    __abstract__ = True
    __table_args__ = StoredEventRecord.__table_args__

    sequence = Column(Integer, nullable=False, unique=True)
    recorded_at = Column(String(32), nullable=False)
    recorded_by = Column(Text, nullable=False)
    format = Column(Integer, nullable=False)
    payload_hash = Column(Digest, nullable=False)


EVENT_RECORD: Final[Any] = SQLAlchemyDatastore.define_record_class(
    "KaiteiEvent", EVENTS_TABLE, None, LedgerRecord
)
EVENTS: Final[Table] = EVENT_RECORD.__table__
Index("kaitei_events_topic_idx", EVENTS.c.topic, EVENTS.c.sequence)

SOURCES: Final = Table(
    "kaitei_sources",
    EVENTS.metadata,
    Column("sha256", String(64), primary_key=True),
    Column("originator_id", Uuid, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)

CONTENTS: Final = Table(
    "kaitei_contents",
    EVENTS.metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),  # who and what, by ledger.packing
    Column("salts", LargeBinary, nullable=False),
    Column("withheld", Integer),  # the sequence of the event that says so
)

TABLES: Final = (EVENTS, CONTENTS, SOURCES)
for _table in TABLES:
    for _dialect, _statement in guards(_table.name):
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]  # so it is in SQLAlchemy
        event.listen(_table, "after_create", _ddl.execute_if(dialect=_dialect))


class LedgerDatastore(SQLAlchemyDatastore):
    """The datastore of the library, with transactions of SQLite that mean what they say.

    A writing one takes the lock at its beginning, so that what it reads first (the last sequence) still
    holds when it writes; every acknowledged commit is on the disk.
    """

    base_stored_event_record_cls = LedgerRecord
    engine: Engine

    def __init__(self, url: URL) -> None:
        super().__init__(url=url.render_as_string(hide_password=False))
        self._holds_contents = False
        self._writing = self.engine.execution_options(**{_WRITES: True})
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    def transaction(self, commit: bool) -> Transaction:  # noqa: FBT001  # the library's signature
        """A transaction; with *commit* a writing one."""
        transaction = super().transaction(commit=commit)
        if commit and transaction.nested_level == 0:
            transaction.session.bind = self._writing
        return transaction

    def init_sqlite_wal_mode(self) -> None:
        """Nothing: WAL is a property of the file, set where the tables are created."""

    @property
    def holds_contents(self) -> bool:
        """Whether there is a table of contents: a ledger of format 1 gets it when it is next written to."""
        if not self._holds_contents:
            self._holds_contents = inspect(self.engine).has_table(CONTENTS.name)
        return self._holds_contents

    def holds_contents_in(self, session: Session) -> bool:
        """The same as the transaction of *session* sees it, which may just have made that table."""
        return self._holds_contents or inspect(session.connection()).has_table(CONTENTS.name)

    def ask_contents(self, where: str) -> None:
        """Raises LedgerUnusable where the table of contents is one that no released program made."""
        columns = inspect(self.engine).get_columns(CONTENTS.name)
        if CONTENTS.c.packed.name not in {each["name"] for each in columns}:
            raise LedgerUnusable(
                "開発中の版が作った書式の台帳です",
                where=where,
                remedy="その版の kaitei backup で書き出し、この版の kaitei restore で戻してください",
            )
        self._holds_contents = True

    def bring_up(self, session: Session) -> None:
        """Give a ledger of format 1 what today's has, in the transaction of *session*, which writes."""
        if self._holds_contents:
            return
        connection = session.connection()
        if not inspect(connection).has_table(CONTENTS.name):
            CONTENTS.create(connection)
            for dialect, statement in (*lifted(SOURCES.name), *update_guards(SOURCES.name)):
                if dialect == self.engine.dialect.name:
                    connection.exec_driver_sql(statement)

    def clear_away(self) -> bool:
        """Leave nothing in the file of what was erased; whether that was done: PostgreSQL does it by itself.

        SQLite keeps old pages in its log, and may keep old bytes in its pages, until both are written anew.
        """
        if self.engine.dialect.name != "sqlite":
            return False
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # somebody else uses the ledger, or the disk is full
            return False
        finally:
            connection.close()
        return not busy

    def create_tables(self, prepare: Callable[[Connection], None] | None = None) -> None:
        """Create the tables and their triggers, and what *prepare* makes, or wait for whoever is doing it."""
        if self.engine.dialect.name == "sqlite":
            self._write_ahead()
        with self._writing.begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")
            for table in TABLES:
                table.create(connection, checkfirst=True)
            if prepare is not None:
                prepare(connection)

    def _write_ahead(self) -> None:
        """Set WAL; a file system that refuses it keeps the rollback journal.

        SQLite does not wait for this lock by itself, so we do.
        """
        connection = self.engine.raw_connection()
        give_up = time.monotonic() + _BUSY_SECONDS
        try:
            while True:
                try:
                    connection.cursor().execute("PRAGMA journal_mode = WAL")
                except sqlite3.OperationalError as error:
                    if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > give_up:
                        raise
                    time.sleep(0.02)
                else:
                    return
        finally:
            connection.close()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = (
        None  # transactions begin where _begin_sqlite says, not where the driver guesses
    )
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is no longer in the file


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def open_datastore(
    url: str, *, create: bool, prepare: Callable[[Connection], None] | None = None
) -> LedgerDatastore:
    """The datastore at *url*, with its tables. Only with *create* is anything created.

    *prepare* makes further tables in the transaction that makes those of the ledger.

    Raises LedgerMissing where there is no ledger, LedgerUnusable where there is something else.
    """
    parsed = _parse(url)
    where = place_of(parsed)
    path = _sqlite_path(parsed)
    if path is not None and not path.exists() and not create:
        raise _missing(where)
    with usable(where), ExitStack() as on_failure:
        datastore = LedgerDatastore(parsed)
        on_failure.callback(datastore.engine.dispose)
        tables = set(inspect(datastore.engine).get_table_names())
        if not tables.issuperset({EVENTS.name, SOURCES.name}):
            if path is not None and tables:
                raise LedgerUnusable(
                    "台帳ではないデータベースです",
                    where=where,
                    remedy="--db に台帳のファイルを指定してください",
                )
            if not create:
                raise _missing(where)
            datastore.create_tables(prepare)
        elif CONTENTS.name in tables:
            datastore.ask_contents(where)
        on_failure.pop_all()
    return datastore


def open_if_made(url: str) -> LedgerDatastore | None:
    """The datastore at *url*; None where there is none yet and one could be made. Nothing is created.

    Raises LedgerUnusable where there is something else, or none can be made.
    """
    parsed = _parse(url)
    path = _sqlite_path(parsed)
    if path is not None and not path.parent.is_dir():
        what, remedy = _TROUBLES["SQLITE_CANTOPEN"]
        raise LedgerUnusable(what, where=place_of(parsed), remedy=remedy)
    if path is not None and path.is_file() and not path.stat().st_size:
        return None  # what create makes a ledger of
    try:
        return open_datastore(url, create=False)
    except LedgerMissing:
        return None


def place_of(url: URL | str) -> str:
    """How an error names the database: the file, or the URL without its password."""
    parsed = _parse(url) if isinstance(url, str) else url
    path = _sqlite_path(parsed)
    return str(path) if path is not None else parsed.render_as_string(hide_password=True)


@contextmanager
def usable(where: str) -> Iterator[None]:
    """Turn the troubles of the database at *where* into LedgerUnusable and ConcurrentChange."""
    try:
        yield
    except IntegrityError as error:
        raise ConcurrentChange(
            "ほかの人が同じ評価書に先に記録しました", where=where, remedy="もう一度実行してください"
        ) from error
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
    except (PersistenceError, SQLAlchemyError, sqlite3.Error) as error:
        what, remedy = _explained(error)
        raise LedgerUnusable(what, where=where, remedy=remedy) from error


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LedgerUnusable(
            "台帳の場所として読めません", where=f"「{url}」", remedy=f"{DEFAULT_URL} のように書いてください"
        ) from error
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and not parsed.database:
        return parsed.set(database=":memory:")
    return parsed


def _sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite *url*; None for one in memory and for other databases."""
    database = url.database or ""
    if url.get_backend_name() != "sqlite" or ":memory:" in database or url.query.get("mode") == "memory":
        return None
    return Path(unquote(urlsplit(database).path) if database.startswith("file:") else database)


def _missing(where: str) -> LedgerMissing:
    return LedgerMissing(
        "台帳がありません", where=where, remedy="kaitei import で作るか、--db で台帳を指定してください"
    )


def _explained(error: BaseException) -> tuple[str, str]:
    """What is wrong and what to do, by the error at the root of *error*."""
    root = error
    while cause := getattr(root, "orig", None) or root.__cause__:
        root = cause
    name = getattr(root, "sqlite_errorname", "")
    for prefix, explained in _TROUBLES.items():
        if name.startswith(prefix):
            return explained
    first_line = next(iter(str(root).splitlines()), type(root).__name__)
    return f"データベースの誤り: {first_line}", "データベースの場所と権限を確認してください"
