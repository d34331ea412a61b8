"""The tables of a ledger, as columns: what asks the database needs no more of them.

``kaitei_events`` (the stock table of eventsourcing-sqlalchemy with our columns), ``kaitei_contents`` (what
each event says, packed) and ``kaitei_sources`` (the bytes taken in, once). ``ledger.database`` makes them.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BINARY,
    BigInteger,
    Column,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.types import TypeEngine


class Digest(TypeDecorator[str]):
    """A sha256 in hex; SQLite, which keeps any type in any column, keeps its bytes."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401  # as is kept
        """The bytes for SQLite, the hex for others. Raises ValueError where it is none."""
        return bytes.fromhex(value) if value is not None and dialect.name == "sqlite" else value


class StreamId(TypeDecorator[UUID]):
    """The id of an assessment as eventsourcing-sqlalchemy keeps it: SQLite has no type of its own for it."""

    impl = BINARY(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """How the database keeps it."""
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else BINARY(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:  # noqa: ANN401  # as is kept
        """What PostgreSQL takes as it is, in bytes for SQLite."""
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:  # noqa: ANN401  # as is kept
        """The id again. Raises ValueError where it is none."""
        return value if value is None or dialect.name == "postgresql" else UUID(bytes=value)


_META: Final = MetaData()
_COUNTED: Final = BigInteger().with_variant(Integer(), "sqlite")

EVENTS: Final = Table(
    "kaitei_events",
    _META,
    Column("sequence", Integer, nullable=False, unique=True),
    Column("recorded_at", String(32), nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("format", Integer, nullable=False),
    Column("payload_hash", Digest, nullable=False),
    Column("id", _COUNTED, primary_key=True, autoincrement=True),
    Column("originator_id", StreamId, nullable=False),
    Column("originator_version", _COUNTED, nullable=False),
    Column("topic", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
)
Index("kaitei_events_aggregate_idx", EVENTS.c.originator_id, EVENTS.c.originator_version, unique=True)
Index("kaitei_events_topic_idx", EVENTS.c.topic, EVENTS.c.sequence)

SOURCES: Final = Table(
    "kaitei_sources",
    _META,
    Column("sha256", String(64), primary_key=True),
    Column("originator_id", Uuid, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zlib
)

CONTENTS: Final = Table(
    "kaitei_contents",
    _META,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),  # who and what, by ledger.packing
    Column("salts", LargeBinary, nullable=False),
    Column("withheld", Integer),  # the sequence of the event that says so
)

TABLES: Final = (EVENTS, CONTENTS, SOURCES)
