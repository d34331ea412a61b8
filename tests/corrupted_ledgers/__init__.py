"""Ledgers that somebody corrupted, each in one way, and what `kaitei verify` has to say of each.

``ledger.sql`` is a small sound ledger and ``checkpoint.json`` was made of it. Each file in ``cases/`` holds
the statements that somebody ran on it, with the functions of ``tests.tampering``; ``verdicts.json`` says for
each what is expected: without the checkpoint, and what that adds. ``python -m tests.corrupted_ledgers`` makes
the ledger and the cases anew, which a new stored format asks for; the verdicts are for people to judge.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.tampering import taught

FOLDER = Path(__file__).parent
CASES = FOLDER / "cases"
TABLES = ("kaitei_events", "kaitei_contents", "kaitei_sources")


def loaded(path: Path, *cases: str) -> None:
    """Make the sound ledger at *path*, then do to it what the *cases* say, past its triggers."""
    with closing(taught(sqlite3.connect(path, isolation_level=None))) as connection:
        connection.executescript((FOLDER / "ledger.sql").read_text("utf-8"))
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for case in cases:
            connection.executescript((CASES / f"{case}.sql").read_text("utf-8"))
