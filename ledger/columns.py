"""Between what the tables hold and their columns. Nothing is refused: a tampered row must still be shown.

What an event says is packed (``ledger.packing``), hashes and salts are bytes; to all others they are text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, String, TextClause, Uuid, select, text, type_coerce
from sqlalchemy.types import NullType

from ledger.content import UNREADABLE, Content
from ledger.packing import DamagedPackingError, pack, unpack
from ledger.stored import APART, PackedSource, StoredRow
from ledger.tables import CONTENTS, EVENTS, SOURCES, Digest

_NO_NUMBER: Final = -1
_UUID_BYTES: Final = 16
_HASH_BYTES: Final = 32
_OF_EVENT: Final = (
    EVENTS.c.sequence,
    EVENTS.c.originator_id,
    EVENTS.c.originator_version,
    EVENTS.c.topic,
    EVENTS.c.recorded_at,
    EVENTS.c.recorded_by,
    EVENTS.c.format,
    EVENTS.c.state,
    EVENTS.c.payload_hash,
)
_OF_CONTENT: Final = (CONTENTS.c.sequence, CONTENTS.c.packed, CONTENTS.c.salts)


def decoded(*, contents: bool) -> Select[Any]:
    """What ``stored_row`` takes, of all events, with their contents where the ledger has *contents*."""
    columns = (*_OF_EVENT, *_OF_CONTENT) if contents else _OF_EVENT
    # as the driver gives them: SQLite keeps any type in any column, and the types of SQLAlchemy fail on that
    found = select(*(type_coerce(column, NullType()) for column in columns))
    if not contents:
        return found
    return found.select_from(EVENTS.outerjoin(CONTENTS, CONTENTS.c.sequence == EVENTS.c.sequence))


def as_kept(dialect: str, *, contents: bool, named: bool = False) -> TextClause:
    """The same in their sequence as the database keeps them: text as bytes where it may be no text.

    With *named* only events of a ``:name``.
    """
    columns = [*_raw(dialect, _OF_EVENT)]
    joined = f"{EVENTS.name}"
    if contents:
        columns += _raw(dialect, _OF_CONTENT)
        joined += f" LEFT JOIN {CONTENTS.name} ON {CONTENTS.name}.sequence = {EVENTS.name}.sequence"
    if named:
        joined += f" WHERE {EVENTS.name}.topic = :name"
    return text(f"SELECT {', '.join(columns)} FROM {joined} ORDER BY {EVENTS.name}.sequence")  # noqa: S608


def _raw(dialect: str, columns: Any) -> Iterator[str]:  # noqa: ANN401  # of a table
    for column in columns:
        as_bytes = dialect == "sqlite" and isinstance(column.type, String | Uuid | Digest)
        name = f"{column.table.name}.{column.name}"
        yield f"CAST({name} AS BLOB) AS {column.name}" if as_bytes else name


def sources_as_kept(dialect: str) -> TextClause:
    """All columns of the sources by their sha256, as the database keeps them."""
    columns = ", ".join(_raw(dialect, SOURCES.c))
    return text(f"SELECT {columns} FROM {SOURCES.name} ORDER BY {SOURCES.name}.sha256")  # noqa: S608


def packed_source(row: Row[Any]) -> PackedSource:
    """A source as stored, whatever stands in it."""
    content = _bytes(row.content)
    if content is None:
        content = b"?"
    return PackedSource(_text(row.sha256), _stream(row.originator_id), _text(row.file_name), content)


def stored_row(row: Sequence[Any]) -> StoredRow:
    """A row as stored, whatever stands in it: what should be a number and is none is -1.

    Raises NewerPackingError where a newer program has packed what it says.
    """
    sequence, stream, version, name, recorded_at, recorded_by, form, state, payload_hash, *content = row
    apart = isinstance(form, int) and form >= APART
    digest = _bytes(state) if apart else None
    return StoredRow(
        sequence=_number(sequence),
        stream=_stream(stream),
        version=_number(version),
        name=_text(name),
        recorded_at=_text(recorded_at),
        recorded_by=_text(recorded_by),
        format=_number(form),
        payload=_text(state) if digest is None else digest.hex(),
        payload_hash=_hash(payload_hash),
        content=_content(*content) if content else None,
    )


def _content(sequence: object, packed: object, salts: object) -> Content | None:
    if sequence is None:
        return None
    try:
        return Content.kept(unpack(_bytes(packed) or b""), _bytes(salts) or b"")
    except DamagedPackingError:
        return UNREADABLE


def of_event(row: StoredRow) -> dict[str, Any]:
    """The columns of the event in a row."""
    return {
        "originator_id": UUID(row.stream),
        "originator_version": row.version,
        "topic": row.name,
        "state": bytes.fromhex(row.payload) if row.format >= APART else row.payload.encode(),
        "sequence": row.sequence,
        "recorded_at": row.recorded_at,
        "recorded_by": row.recorded_by,
        "format": row.format,
        "payload_hash": row.payload_hash,
    }


def of_content(row: StoredRow) -> dict[str, Any]:
    """The columns of the content of the event in a row, which has one. Raises as ``columns_of``."""
    assert row.content is not None  # noqa: S101
    return {"sequence": row.sequence, **columns_of(row.content)}


def columns_of(content: Content) -> dict[str, Any]:
    """The columns that say what a content does. Raises what ``pack`` raises."""
    return {"packed": pack(content.text), "salts": content.raw_salts}


def sound(row: StoredRow) -> StoredRow:
    """The *row* as it is. Raises ValueError where one of its numbers is none."""
    if _NO_NUMBER in (row.sequence, row.version, row.format):
        message = "not a number"
        raise ValueError(message)
    return row


def _number(value: object) -> int:
    return value if isinstance(value, int) else _NO_NUMBER


def _bytes(value: object) -> bytes | None:
    """What a column of bytes holds; None where it holds something else."""
    return bytes(value) if isinstance(value, bytes | memoryview) else None


def _hash(value: object) -> str:
    """A hash in hex, of its bytes or as text."""
    as_bytes = _bytes(value)
    return _text(value) if as_bytes is None or len(as_bytes) != _HASH_BYTES else as_bytes.hex()


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="backslashreplace")
    return str(value)


@lru_cache
def _stream(value: object) -> str:
    """The id of a stream, in the notation of UUID, however the database keeps it."""
    try:
        of_bytes = isinstance(value, bytes) and len(value) == _UUID_BYTES
        return str(UUID(bytes=value) if of_bytes else UUID(_text(value)))  # type: ignore[arg-type]
    except ValueError:
        return _text(value)
