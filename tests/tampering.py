"""What somebody does to packed contents who can write to the database, and knows how they are packed.

On SQLite it is said in SQL: ``taught`` gives a connection the functions ``reworded(packed, old, new)``,
``by_another(packed, who)`` and ``saying(packed, payload)``. ``changing`` does it on any database.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, text

from ledger.content import Content
from ledger.integrity import Break, Withheld, broken
from ledger.packing import VERSION, pack, unpack
from ledger.stored import StoredRow


def with_words(packed: bytes, old: str, new: str) -> bytes:
    """The same packing with other words in what the event says; who recorded it stays."""
    first, _, payload = unpack(packed).partition("\n")
    assert old in payload
    return pack(f"{first}\n{payload.replace(old, new)}")


def with_who(packed: bytes, who: str) -> bytes:
    """The same packing with another name of whoever recorded it."""
    _, _, payload = unpack(packed).partition("\n")
    return pack(Content(who, payload, "").text)


def with_payload(packed: bytes, payload: str) -> bytes:
    """A packing of the same name with another *payload*."""
    first, _, _ = unpack(packed).partition("\n")
    return pack(f"{first}\n{payload}")


def forged(frame: bytes, version: int = VERSION) -> bytes:
    """A packing of any *frame*, by somebody who works out the CRC."""
    head = bytes([version])
    return head + zlib.crc32(frame, zlib.crc32(head)).to_bytes(4) + frame


def taught(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The *connection*, which knows ``reworded``, ``by_another`` and ``saying`` from now on."""
    connection.create_function("reworded", 3, with_words, deterministic=True)
    connection.create_function("by_another", 2, with_who, deterministic=True)
    connection.create_function("saying", 2, with_payload, deterministic=True)
    return connection


def changing(change: Callable[[bytes], bytes], sequence: int) -> Callable[[Connection], None]:
    """What does a *change* to the packing of one event, on any database."""

    def done(connection: Connection) -> None:
        of = {"sequence": sequence}
        found = "SELECT packed FROM kaitei_contents WHERE sequence = :sequence"
        packed = connection.execute(text(found), of).scalar_one()
        update = "UPDATE kaitei_contents SET packed = :packed WHERE sequence = :sequence"
        connection.execute(text(update), {**of, "packed": change(packed)})

    return done


def breaks_of(rows: Iterable[StoredRow]) -> list[Break]:
    """Every break in all rows of a ledger."""
    kept = list(rows)
    return list(broken(kept, Withheld.by(kept)))
