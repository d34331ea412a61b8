"""Between what the tables hold and their columns. Nothing is refused: a tampered row must still be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, String, TextClause, Uuid, select, text

from ledger.content import Content
from ledger.database import CONTENTS, EVENTS, SOURCES
from ledger.stored import PackedSource, StoredRow

_NO_NUMBER: Final = -1
_UUID_BYTES: Final = 16
_OF_CONTENT: Final = "content_"


def decoded(*, contents: bool) -> Select[Any]:
    """All columns of the events, with those of their contents where the ledger has *contents*."""
    if not contents:
        return select(EVENTS)
    of_contents = (column.label(f"{_OF_CONTENT}{column.name}") for column in CONTENTS.c)
    joined = EVENTS.outerjoin(CONTENTS, CONTENTS.c.sequence == EVENTS.c.sequence)
    return select(*EVENTS.c, *of_contents).select_from(joined)


def as_kept(dialect: str, *, contents: bool) -> TextClause:
    """The same in their sequence as the database keeps them: text as bytes where it may be no text."""
    columns = [*_raw(dialect, EVENTS.c, "")]
    joined = f"{EVENTS.name}"
    if contents:
        columns += _raw(dialect, CONTENTS.c, _OF_CONTENT)
        joined += f" LEFT JOIN {CONTENTS.name} ON {CONTENTS.name}.sequence = {EVENTS.name}.sequence"
    return text(f"SELECT {', '.join(columns)} FROM {joined} ORDER BY {EVENTS.name}.sequence")  # noqa: S608


def _raw(dialect: str, columns: Any, prefix: str) -> Iterator[str]:  # noqa: ANN401  # of a table
    for column in columns:
        as_bytes = dialect == "sqlite" and isinstance(column.type, String | Uuid)
        name = f"{column.table.name}.{column.name}"
        yield f"{f'CAST({name} AS BLOB)' if as_bytes else name} AS {prefix}{column.name}"


def sources_as_kept(dialect: str) -> TextClause:
    """All columns of the sources by their sha256, as the database keeps them."""
    columns = ", ".join(_raw(dialect, SOURCES.c, ""))
    return text(f"SELECT {columns} FROM {SOURCES.name} ORDER BY {SOURCES.name}.sha256")  # noqa: S608


def packed_source(row: Row[Any]) -> PackedSource:
    """A source as stored, whatever stands in it."""
    content = bytes(row.content) if isinstance(row.content, bytes | memoryview) else b"?"
    return PackedSource(_text(row.sha256), _stream(row.originator_id), _text(row.file_name), content)


def stored_row(row: Row[Any]) -> StoredRow:
    """A row as stored, whatever stands in it: what should be a number and is none is -1."""
    return StoredRow(
        sequence=_number(row.sequence),
        stream=_stream(row.originator_id),
        version=_number(row.originator_version),
        name=_text(row.topic),
        recorded_at=_text(row.recorded_at),
        recorded_by=_text(row.recorded_by),
        format=_number(row.format),
        payload=_text(row.state),
        payload_hash=_text(row.payload_hash),
        content=_content(row),
    )


def _content(row: Row[Any]) -> Content | None:
    if getattr(row, f"{_OF_CONTENT}sequence", None) is None:
        return None
    parts = (getattr(row, f"{_OF_CONTENT}{name}") for name in ("recorded_by", "payload", "salts"))
    return Content(*map(_text, parts))


def of_event(row: StoredRow) -> dict[str, Any]:
    """The columns of the event in a row."""
    return {
        "originator_id": UUID(row.stream),
        "originator_version": row.version,
        "topic": row.name,
        "state": row.payload.encode(),
        "sequence": row.sequence,
        "recorded_at": row.recorded_at,
        "recorded_by": row.recorded_by,
        "format": row.format,
        "payload_hash": row.payload_hash,
    }


def of_content(sequence: int, content: Content, *, withheld: int | None = None) -> dict[str, Any]:
    """The columns of the content of an event; *withheld* is the event that erased some of it."""
    return {
        "sequence": sequence,
        "recorded_by": content.by,
        "payload": content.payload,
        "salts": content.salts,
        "withheld": withheld,
    }


def sound(row: StoredRow) -> StoredRow:
    """The *row* as it is. Raises ValueError where one of its numbers is none."""
    if _NO_NUMBER in (row.sequence, row.version, row.format):
        message = "not a number"
        raise ValueError(message)
    return row


def _number(value: object) -> int:
    return value if isinstance(value, int) else _NO_NUMBER


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="backslashreplace")
    return str(value)


def _stream(value: object) -> str:
    """The id of a stream, in the notation of UUID, however the database keeps it."""
    try:
        of_bytes = isinstance(value, bytes) and len(value) == _UUID_BYTES
        return str(UUID(bytes=value) if of_bytes else UUID(_text(value)))  # type: ignore[arg-type]
    except ValueError:
        return _text(value)
