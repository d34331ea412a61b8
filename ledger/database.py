"""Makes the tables of a ledger and writes to them, with eventsourcing-sqlalchemy.

Triggers (``ledger.triggers``) refuse UPDATE and DELETE, but for what a record of TextWithheld has erased.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing_sqlalchemy.datastore import SQLAlchemyDatastore, Transaction
from eventsourcing_sqlalchemy.models import StoredEventRecord  # type: ignore[attr-defined]  # is not typed
from sqlalchemy import DDL, URL, Connection, Engine, event
from sqlalchemy.orm import Session

from ledger import connecting
from ledger.connecting import WRITES, Database, missing, parsed, place_of, sqlite_file, usable
from ledger.errors import ConcurrentChange, LedgerMissing, LedgerUnusable
from ledger.tables import CONTENTS, EVENTS, SOURCES, TABLES
from ledger.triggers import guards, lifted, update_guards

_SCHEMA_LOCK: Final = 0x6B61697465690001  # any fixed numbers: PostgreSQL asks for one
APPEND_LOCK: Final = 0x6B61697465690002
"""The advisory lock of PostgreSQL that whoever appends holds until the commit."""


class LedgerRecord(StoredEventRecord):  # type: ignore[misc]  # a declarative base is Any to mypy
    """A row of the events table, as the library asks for one."""

    __abstract__ = True


class KaiteiEvent(LedgerRecord):
    """That of our table."""

    __table__ = EVENTS


# The library makes a class for a table that it does not know yet.
SQLAlchemyDatastore.record_classes[f"public.{EVENTS.name}"] = KaiteiEvent, LedgerRecord

for _table in TABLES:
    for _dialect, _statement in guards(_table.name):
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]  # so it is in SQLAlchemy
        event.listen(_table, "after_create", _ddl.execute_if(dialect=_dialect))


class LedgerDatastore(SQLAlchemyDatastore):
    """The datastore of the library over a ``Database``."""

    base_stored_event_record_cls = LedgerRecord
    engine: Engine

    def __init__(self, url: URL) -> None:
        super().__init__(url=url.render_as_string(hide_password=False))
        self.database: Final = Database(self.engine)
        self._writing = self.engine.execution_options(**{WRITES: True})

    def transaction(self, commit: bool) -> Transaction:  # noqa: FBT001  # the library's signature
        """A transaction; with *commit* a writing one."""
        transaction = super().transaction(commit=commit)
        if commit and transaction.nested_level == 0:
            transaction.session.bind = self._writing
        return transaction

    def init_sqlite_wal_mode(self) -> None:
        """Nothing: WAL is a property of the file, set where the tables are created."""

    def bring_up(self, session: Session) -> None:
        """Give a ledger of format 1 what today's has, in the transaction of *session*, which writes."""
        connection = session.connection()
        if not self.database.holds_contents_in(connection):
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
        give_up = time.monotonic() + connecting.BUSY_SECONDS
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


def open_datastore(
    url: str, *, create: bool, prepare: Callable[[Connection], None] | None = None
) -> LedgerDatastore:
    """The datastore at *url*, with its tables. Only with *create* is anything created.

    *prepare* makes further tables in the transaction that makes those of the ledger.

    Raises LedgerMissing where there is no ledger, LedgerUnusable where there is something else.
    """
    of = parsed(url)
    where, path = place_of(of), sqlite_file(of)
    if path is not None and not path.exists() and not create:
        raise missing(where)
    with usable(where), ExitStack() as on_failure:
        datastore = LedgerDatastore(of)
        on_failure.callback(datastore.engine.dispose)
        if not datastore.database.holds_ledger():
            if not create:
                raise missing(where)
            datastore.create_tables(prepare)
        on_failure.pop_all()
    return datastore


def open_if_made(url: str) -> LedgerDatastore | None:
    """The datastore at *url*; None where there is none yet and one could be made. Nothing is created.

    Raises LedgerUnusable where there is something else, or none can be made.
    """
    of = parsed(url)
    path = sqlite_file(of)
    if path is not None and not path.parent.is_dir():
        what, remedy = connecting.TROUBLES["SQLITE_CANTOPEN"]
        raise LedgerUnusable(what, where=place_of(of), remedy=remedy)
    if path is not None and path.is_file() and not path.stat().st_size:
        return None  # what create makes a ledger of
    try:
        return open_datastore(url, create=False)
    except LedgerMissing:
        return None


@contextmanager
def writable(where: str) -> Iterator[None]:
    """As ``usable``, for what goes through the library; ConcurrentChange where somebody else was ahead."""
    with usable(where):
        try:
            yield
        except IntegrityError as error:
            raise ConcurrentChange(
                "ほかの人が同じ評価書に先に記録しました", where=where, remedy="もう一度実行してください"
            ) from error
        except PersistenceError as error:
            raise connecting.unusable(error, where) from error
