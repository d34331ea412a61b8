"""How the bytes of an SQLite file divide."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path


def bytes_by(path: Path, part: Callable[[str], str]) -> dict[str, int]:
    """The bytes of all pages of a file by the *part* that a table or an index (by its name) belongs to.

    What stands in the write-ahead log is brought into the file before.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        found: dict[str, int] = {}
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            found[part(name)] = found.get(part(name), 0) + size
    if rest := path.stat().st_size - sum(found.values()):
        found["free pages"] = rest
    return found
