"""The hash of every stored event, and a check that recomputes them: one altered byte shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from ledger.serialising import canonical_json


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One event as the table holds it, nothing decoded: what is hashed, and the hash stored beside it.

    ``sequence`` counts from 1, ``stream`` is the id of the assessment, ``version`` counts within it,
    ``name`` is the stored name of the kind, ``recorded_at`` ISO-8601 UTC with microseconds, ``payload``
    canonical JSON.
    """

    sequence: int
    stream: str
    version: int
    name: str
    recorded_at: str
    recorded_by: str
    format: int
    payload: str
    payload_hash: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the ledger is not as it was written; ``what`` is for people."""

    sequence: int
    what: str

    @property
    def event_id(self) -> str:
        """The name of the event in outputs."""
        return f"e{self.sequence}"


def payload_hash(row: StoredRow) -> str:
    """sha256 (hex) over the canonical JSON of all fields of *row* but the stored hash."""
    hashed = {name: value for name, value in asdict(row).items() if name != "payload_hash"}
    return hashlib.sha256(canonical_json(hashed).encode()).hexdigest()


def broken(rows: Iterable[StoredRow]) -> Iterator[Break]:
    """Every break in *rows*, which are all rows of a ledger in the order of their sequence."""
    expected = 1
    for row in rows:
        if row.sequence != expected:
            yield Break(expected, f"連番 {expected} から {row.sequence - 1} までの記録がありません")
        if payload_hash(row) != row.payload_hash:
            yield Break(row.sequence, "記録の内容がハッシュと合いません")
        expected = row.sequence + 1
