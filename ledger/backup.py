"""A whole ledger as one file of JSON Lines, and a new ledger from it: nothing lost, verified on the way in.

The first line says what the file is; then come every stored event in its sequence, the sources, and at last
how many there are and the root of their tree. Rows stand as the database holds them, so that a restored
ledger has the same hashes, the same root, and answers a checkpoint as the old one did.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any, Final

from ledger.content import Content
from ledger.errors import UnreadableSource
from ledger.integrity import NamedSources, Withheld, broken, leaf
from ledger.merkle import Tree
from ledger.storage import Ledger
from ledger.stored import FORMAT, PackedSource, StoredRow

VERSION: Final = 2
_KIND: Final = "kaitei-backup"


@dataclass(frozen=True, slots=True)
class Whole:
    """What a backup holds: how many events and sources, and the root of the events (hex)."""

    events: int
    sources: int
    root: str


def dump(ledger: Ledger) -> Iterator[str]:
    """The lines of a backup, without their ends."""
    yield _line({"kind": _KIND, "version": VERSION, "format": FORMAT})
    leaves = []
    for row in ledger.rows():
        leaves.append(leaf(row))
        yield _line({"event": row.as_dict})
    sources = 0
    for source in ledger.packed_sources():
        sources += 1
        yield _line({"source": {**asdict(source), "content": base64.b64encode(source.content).decode()}})
    yield _line({"end": asdict(Whole(len(leaves), sources, Tree(leaves).root().hex()))})


def checked(lines: Iterable[str], where: str) -> Whole:
    """Read a backup to its end. Raises UnreadableSource where it is none, is cut off, or was touched."""
    reading = _Reading(where)
    parts = reading.parts(lines)
    rows: list[StoredRow] = []
    for part in parts:
        if isinstance(part, PackedSource):
            parts = chain([part], parts)
            break
        rows.append(part)
    sources = _Counted(parts, reading)
    withheld = Withheld.by(rows)
    for wrong in chain(broken(rows, withheld), NamedSources.by(rows).broken(sources, withheld)):
        raise reading.fault(f"{wrong.event_id}: {wrong.what}" if wrong.sequence else wrong.what)
    whole = Whole(len(rows), sources.count, Tree(map(leaf, rows)).root().hex())
    if reading.end != whole:
        raise reading.fault("途中で切れているか、件数か根が内容と合いません")
    return whole


def load(lines: Iterable[str], ledger: Ledger, where: str) -> None:
    """Fill a new *ledger* from a backup that was ``checked``, all of it or nothing.

    Raises LedgerUnusable where the ledger holds anything already.
    """
    ledger.fill(_Reading(where).parts(lines))


class _Counted:
    """The sources at the end of a backup, one at a time: they may be large."""

    def __init__(self, parts: Iterator[StoredRow | PackedSource], reading: _Reading) -> None:
        self._parts, self._reading = parts, reading
        self.count = 0

    def __iter__(self) -> Iterator[PackedSource]:
        for part in self._parts:
            if isinstance(part, StoredRow):
                raise self._reading.fault("記録が原本の後にあります")
            self.count += 1
            yield part


class _Reading:
    """The lines of a backup, read one by one."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._line = 0
        self.end: Whole | None = None

    def fault(self, what: str) -> UnreadableSource:
        where = f"{self._where} {self._line}行目" if self.end is None else self._where
        return UnreadableSource(what, where=where, remedy="別のバックアップを使うか、取り直してください")

    def parts(self, lines: Iterable[str]) -> Iterator[StoredRow | PackedSource]:
        """Each event or source, in the order of the file."""
        for self._line, line in enumerate(lines, start=1):
            told = self._told(line)
            try:
                if self._line == 1:
                    self._ask_kind(told)
                elif self.end is not None:
                    raise self.fault("終わりの行の後に続きがあります")
                elif "event" in told:
                    content = told["event"].pop("content", None)
                    yield StoredRow(**told["event"], content=Content(**content) if content else None)
                elif "source" in told:
                    packed = base64.b64decode(told["source"]["content"], validate=True)
                    yield PackedSource(**{**told["source"], "content": packed})
                else:
                    self.end = Whole(**told["end"])
            except (TypeError, KeyError, ValueError):
                raise self.fault("バックアップの行として読めません") from None

    def _told(self, line: str) -> dict[str, Any]:
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise self.fault("バックアップの行として読めません")
        return told

    def _ask_kind(self, told: dict[str, Any]) -> None:
        if told.get("kind") != _KIND:
            raise self.fault("Kaitei のバックアップではありません")
        if not (told["version"] <= VERSION and told["format"] <= FORMAT):
            raise self.fault("この版の Kaitei では読めないバックアップです")


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
