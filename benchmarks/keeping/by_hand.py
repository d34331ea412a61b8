"""SQLite by hand: what a good engineer would write over a weekend with the standard library.

One row a change, indexed, chained by its hash; the body of a first edition is such rows too. Every tenth
revision of an assessment leaves a folded document behind, and an FTS5 index of trigrams finds terms.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.keeping.inventing import Difference, Invented, Place, Revision, Row
from benchmarks.keeping.keeper import Keeper, compact
from benchmarks.keeping.sqlite_files import bytes_by

_SCHEMA: Final = """
CREATE TABLE assessments (
    id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE, title TEXT NOT NULL, published TEXT NOT NULL
);
CREATE TABLE items (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessments (id),
    item INTEGER NOT NULL REFERENCES items (id),
    revision INTEGER NOT NULL,  -- 0: the body of the first edition
    day TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    timing TEXT NOT NULL,
    reason TEXT NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX changes_by_day ON changes (assessment, day, seq);
CREATE INDEX changes_by_item ON changes (assessment, item, day, seq);
CREATE TABLE checkpoints (
    assessment INTEGER NOT NULL REFERENCES assessments (id),
    day TEXT NOT NULL,
    seq INTEGER NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (assessment, day, seq)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5(
    after, content='changes', content_rowid='seq', tokenize='trigram', detail='none'
);
"""
_EVERY: Final = 10  # revisions between two checkpoints
_PARTS: Final = {"changes": "changes", "checkpoints": "checkpoints", "terms": "term index"}
Told = tuple[int, str, str, str, str, str]
"""Item, day, before, after, timing, reason of a change."""


class ByHand(Keeper):
    """SQLite, WAL, ``synchronous = FULL``."""

    name = "SQLite by hand"
    how = (
        "one row a change with both texts, two indexes, a hash chain over the rows, a folded document (zlib) "
        "every tenth revision, an FTS5 trigram index (`detail=none`); WAL, `synchronous=FULL`"
    )

    @property
    def _file(self) -> Path:
        return self.folder / "by_hand.db"

    def open(self) -> None:
        """Every acknowledged commit is on the disk."""
        self._connection = sqlite3.connect(self._file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")

    def close(self) -> None:
        """The last connection folds the log into the file."""
        self._connection.close()

    # --- writing --------------------------------------------------------------------------------------

    def fill(self, ledger: Sequence[Invented]) -> None:
        """One transaction an assessment."""
        self.open()
        self._connection.executescript(_SCHEMA)
        for one in ledger:
            with self._writing():
                self._keep(one)
        self.close()

    def _keep(self, one: Invented) -> None:
        key = self._connection.execute(
            "INSERT INTO assessments (ref, title, published) VALUES (?, ?, ?)",
            (one.ref, one.title, one.published.isoformat()),
        ).lastrowid
        paths = [(item.name,) for item in one.items]
        self._connection.executemany("INSERT OR IGNORE INTO items (path) VALUES (?)", paths)
        ids = dict(self._connection.execute("SELECT path, id FROM items"))
        day = one.published.isoformat()
        self._add(int(key or 0), 0, [(ids[item.name], day, "", item.value, "", "") for item in one.items])
        for no, revision in enumerate(one.revisions, start=1):
            self._add(int(key or 0), no, _told(revision, ids))

    def record(self, ref: str, revision: Revision) -> None:
        """One transaction: rows, hashes, terms, and a folded document where it is time."""
        with self._writing():
            key = self._id(ref)
            paths = [change.path for change in revision.changes]
            marks = ",".join("?" * len(paths))
            ids = dict(
                self._connection.execute(f"SELECT path, id FROM items WHERE path IN ({marks})", paths)  # noqa: S608
            )
            (last,) = self._connection.execute(
                "SELECT revision FROM changes WHERE assessment = ? ORDER BY day DESC, seq DESC LIMIT 1",
                (key,),
            ).fetchone()
            self._add(key, last + 1, _told(revision, ids))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _add(self, assessment: int, revision: int, told: Iterable[Told]) -> None:
        seq, before = self._connection.execute(
            "SELECT seq, hash FROM changes ORDER BY seq DESC LIMIT 1"
        ).fetchone() or (0, b"")
        rows = []
        day = ""
        for each in told:
            seq, day = seq + 1, each[1]
            before = _hash(before, (seq, assessment, each[0], revision, *each[1:]))
            rows.append((seq, assessment, each[0], revision, *each[1:], before))
        self._connection.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._connection.executemany(
            "INSERT INTO terms (rowid, after) VALUES (?, ?)", [(row[0], row[6]) for row in rows]
        )
        if revision % _EVERY == 0:
            document = zlib.compress(compact(self._folded(assessment, day)).encode())
            self._connection.execute(
                "INSERT INTO checkpoints VALUES (?, ?, ?, ?)", (assessment, day, seq, document)
            )

    # --- asking ---------------------------------------------------------------------------------------

    def _id(self, ref: str) -> int:
        (key,) = self._connection.execute("SELECT id FROM assessments WHERE ref = ?", (ref,)).fetchone()
        return int(key)

    def document(self, ref: str, day: date | None = None) -> dict[str, str]:
        """The last folded document, and the rows since."""
        return self._folded(self._id(ref), day.isoformat() if day else "9999-12-31")

    def _folded(self, assessment: int, day: str) -> dict[str, str]:
        kept = self._connection.execute(
            "SELECT day, seq, document FROM checkpoints WHERE assessment = ? AND day <= ? "
            "ORDER BY day DESC, seq DESC LIMIT 1",
            (assessment, day),
        ).fetchone()
        found: dict[str, str] = json.loads(zlib.decompress(kept[2])) if kept else {}
        since = kept[:2] if kept else ("", 0)
        found.update(
            self._connection.execute(
                "SELECT path, after FROM changes JOIN items ON items.id = item "
                "WHERE assessment = ? AND (day, seq) > (?, ?) AND day <= ? ORDER BY day, seq",
                (assessment, *since, day),
            )
        )
        return found

    def history(self, ref: str, path: str) -> list[Row]:
        """The rows of the item, by their index."""
        (item,) = self._connection.execute("SELECT id FROM items WHERE path = ?", (path,)).fetchone()
        found = self._connection.execute(
            "SELECT day, before, after, timing, reason FROM changes "
            "WHERE assessment = ? AND item = ? AND revision > 0 ORDER BY day, seq",
            (self._id(ref), item),
        )
        return [(date.fromisoformat(day), path, *rest) for day, *rest in found]

    def difference(self, ref: str, earlier: date, later: date) -> list[Difference]:
        """The rows between two days: what the first of an item says before, and the last after."""
        found: dict[str, tuple[str, str]] = {}
        for path, before, after in self._connection.execute(
            "SELECT path, before, after FROM changes JOIN items ON items.id = item "
            "WHERE assessment = ? AND day > ? AND day <= ? ORDER BY day, seq",
            (self._id(ref), earlier.isoformat(), later.isoformat()),
        ):
            found[path] = (found[path][0] if path in found else before, after)
        return [(path, was, became) for path, (was, became) in found.items() if was != became]

    def table(self, ref: str) -> list[Row]:
        """All rows, by their index."""
        found = self._connection.execute(
            "SELECT day, path, before, after, timing, reason FROM changes JOIN items ON items.id = item "
            "WHERE assessment = ? AND revision > 0 ORDER BY day, seq",
            (self._id(ref),),
        )
        return [(date.fromisoformat(day), *rest) for day, *rest in found]

    def standing(self, term: str, day: date) -> list[Place]:
        """The rows that have the term, by its trigrams, where no later row of the item had come."""
        return self._connection.execute(
            "SELECT ref, path FROM terms JOIN changes AS c ON c.seq = terms.rowid "
            "JOIN assessments AS a ON a.id = c.assessment JOIN items ON items.id = c.item "
            "WHERE terms.after LIKE ? AND c.day <= ? AND NOT EXISTS ("
            "SELECT 1 FROM changes AS n WHERE n.assessment = c.assessment AND n.item = c.item "
            "AND (n.day, n.seq) > (c.day, c.seq) AND n.day <= ?)",
            (f"%{term}%", day.isoformat(), day.isoformat()),
        ).fetchall()

    def verify(self) -> bool:
        """Every hash anew, and what SQLite says of its own file."""
        before, expected = b"", 1
        for *row, kept in self._connection.execute("SELECT * FROM changes ORDER BY seq"):
            before = _hash(before, tuple(row))
            if row[0] != expected or before != kept:
                return False
            expected += 1
        return bool(self._connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))

    def sizes(self) -> dict[str, int]:
        """By table."""
        return bytes_by(self._file, _part)


def _part(name: str) -> str:
    if name.startswith("changes_by"):
        return "indexes"
    return _PARTS.get(name.partition("_")[0], "other")


def _told(revision: Revision, ids: dict[str, int]) -> Iterator[Told]:
    day = revision.day.isoformat()
    for change in revision.changes:
        yield ids[change.path], day, change.before, change.after, change.timing, change.reason


def _hash(before: bytes, row: tuple[object, ...]) -> bytes:
    return hashlib.sha256(before + compact(row).encode()).digest()
