"""The hash of every stored event, and a check that recomputes them all: one altered byte shows.

The hashes in their sequence are the leaves of a Merkle tree (``ledger/merkle.py``); its root stands for the
whole history. What nobody can tell from the ledger alone is a tail that was cut off, or a history that was
written anew with hashes and all: for that a root is kept outside (``ledger/checkpoints.py``).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from ledger.events import EditionReceived
from ledger.serialising import canonical_json


@dataclass(frozen=True)
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

    @cached_property
    def worked_out(self) -> str:
        """Its hash, worked out anew: that of all its fields but the stored hash."""
        return payload_hash(self)


@dataclass(frozen=True, slots=True)
class PackedSource:
    """A source as the database keeps it: ``content`` is its bytes, compressed with zlib."""

    sha256: str
    originator_id: str
    file_name: str
    content: bytes

    @property
    def whole(self) -> bool:
        """Whether its bytes are still those of its name."""
        return hashlib.sha256(unpacked(self.content)).hexdigest() == self.sha256


def unpacked(content: bytes) -> bytes:
    """The bytes of a source; none where they are damaged."""
    try:
        return zlib.decompress(content)
    except (zlib.error, TypeError):  # SQLite keeps any type in any column
        return b""


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


def leaf(row: StoredRow) -> bytes:
    """What the tree takes in for an event: its hash, worked out anew."""
    return bytes.fromhex(row.worked_out)


def broken(rows: Iterable[StoredRow]) -> Iterator[Break]:
    """Every break in *rows*, which are all rows of a ledger in the order of their sequence.

    One for each cause: what follows from a break that is named already is not named again.
    """
    checked = _Checked()
    for row in rows:
        yield from checked.wrong_with(row)


def broken_sources(rows: Iterable[StoredRow], kept: Iterable[PackedSource]) -> Iterator[Break]:
    """Whether the sources *kept* are those that the *rows* of a ledger name, and no others.

    A break that is one of no row has the sequence 0.
    """
    named = {sha256: (row, name) for row in rows if (told := _source_of(row)) for sha256, name in [told]}
    seen: set[str] = set()
    for source in kept:
        row, name = named.get(source.sha256, (None, ""))
        short = f"原本 {source.sha256[:12]}…"
        if row is None or source.sha256 in seen:
            yield Break(0, f"取り込んだ記録のない{short} があります")
        elif not source.whole:
            yield Break(row.sequence, f"{short} の内容が変わっています")
        elif (source.originator_id, source.file_name) != (row.stream, name):
            yield Break(row.sequence, f"{short} のファイル名か評価書が、取り込んだ記録と違います")
        seen.add(source.sha256)
    for sha256 in named.keys() - seen:
        yield Break(named[sha256][0].sequence, f"原本 {sha256[:12]}… がありません")


def _source_of(row: StoredRow) -> tuple[str, str] | None:
    """The sha256 and the file name of the source that a row took in; None where it took in none."""
    if row.name != EditionReceived.TOPIC:
        return None
    try:
        told = json.loads(row.payload)
        found = told["sha256"], told["file_name"]
    except (ValueError, LookupError, TypeError):
        return None
    return found if all(isinstance(each, str) for each in found) else None


@dataclass
class _Checked:
    """What the rows so far have led to; ``lost`` counts those that are missing or cannot be trusted."""

    sequence: int = 0
    recorded_at: str = ""
    lost: int = 0
    versions: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def wrong_with(self, row: StoredRow) -> Iterator[Break]:
        """What is wrong with the next row."""
        first, last = self.sequence + 1, row.sequence - 1
        if last >= first:
            self.lost += last - first + 1
            told = f"{first}" if first == last else f"{first} から {last} まで"
            yield Break(first, f"連番 {told}の記録がありません")
        elif row.sequence <= self.sequence:
            yield Break(first, f"連番が読めないか、前の記録と重なっています（{self.sequence} の次）")
        self.sequence = max(first, row.sequence)
        if row.worked_out != row.payload_hash:
            self.lost += 1
            yield Break(self.sequence, "記録の内容がハッシュと合いません")
            return
        yield from (Break(self.sequence, what) for what in self._out_of_order(row))

    def _out_of_order(self, row: StoredRow) -> Iterator[str]:
        """What a row says with a hash of its own that cannot follow the rows before it."""
        expected = self.versions[row.stream] + 1
        if not expected <= row.version <= expected + self.lost:
            yield f"この評価書の{expected}番目の記録のはずですが、{row.version}番目とあります"
        self.versions[row.stream] = max(row.version, expected)
        if not _is_time(row.recorded_at):
            yield f"記録日時「{row.recorded_at[:40]}」が読めません"
        elif row.recorded_at < self.recorded_at:
            yield f"記録日時（{row.recorded_at}）が前の記録（{self.recorded_at}）より古くなっています"
        else:
            self.recorded_at = row.recorded_at
        if not _is_canonical(row.payload):
            yield "記録の内容が決まった書き方の JSON ではありません"


def _is_time(text: str) -> bool:
    """Whether the store can have written this: ISO-8601, UTC, microseconds."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.utcoffset() == timedelta(0) and found.isoformat(timespec="microseconds") == text


def _is_canonical(payload: str) -> bool:
    try:
        return canonical_json(json.loads(payload)) == payload
    except (ValueError, RecursionError):
        return False
