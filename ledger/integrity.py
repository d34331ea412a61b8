"""The hash of every stored event, and a check that recomputes them all: one altered byte shows.

The hashes in their sequence are the leaves of a Merkle tree (``ledger/merkle.py``); its root stands for the
whole history. What nobody can tell from the ledger alone is a tail that was cut off, or a history that was
written anew with hashes and all: for that a root is kept outside (``ledger/checkpoints.py``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ledger.canonical import canonical_json, canonical_lines
from ledger.content import Content
from ledger.events import EditionReceived, TextWithheld
from ledger.stored import APART, PackedSource, StoredRow


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the ledger is not as it was written; ``what`` is for people."""

    sequence: int
    what: str

    @property
    def event_id(self) -> str:
        """The name of the event in outputs."""
        return f"e{self.sequence}"


def leaf(row: StoredRow) -> bytes:
    """What the tree takes in for an event: its hash, worked out anew."""
    return bytes.fromhex(row.worked_out)


def broken(rows: Iterable[StoredRow], withheld: Withheld) -> Iterator[Break]:
    """Every break in *rows*, which are all rows of a ledger in the order of their sequence.

    *withheld* is what they say was withheld. One for each cause: what follows from a break that is named
    already is not named again.
    """
    checked = Checked(withheld)
    for row in rows:
        yield from checked.wrong_with(row)


@dataclass
class NamedSources:
    """The sources that the rows of a ledger name, by their sha256."""

    named: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """The sequence and the stream of the row, and the name of the file."""

    @classmethod
    def by(cls, rows: Iterable[StoredRow]) -> NamedSources:
        """Those that all *rows* together name."""
        found = cls()
        for row in rows:
            found.take(row)
        return found

    def take(self, row: StoredRow) -> None:
        """Take in what one row names."""
        if row.name != EditionReceived.TOPIC:
            return
        told = _facts(row)
        sha256, file_name = told.get("sha256"), told.get("file_name")
        if isinstance(sha256, str) and isinstance(file_name, str):
            self.named[sha256] = row.sequence, row.stream, file_name

    def broken(self, kept: Iterable[PackedSource], withheld: Withheld) -> Iterator[Break]:
        """Whether the sources *kept* are these and no others; a break of no row has the sequence 0."""
        seen: set[str] = set()
        for source in kept:
            named = self.named.get(source.sha256)
            short = f"原本 {source.sha256[:12]}…"
            if named is None or source.sha256 in seen:
                yield Break(0, f"取り込んだ記録のない{short} があります")
            elif source.sha256 in withheld.sources:
                if source.content:
                    yield Break(named[0], f"非公開にした{short} の内容が残っています")
            elif not source.whole:
                yield Break(named[0], f"{short} の内容が変わっています")
            elif (source.originator_id, source.file_name) != named[1:]:
                yield Break(named[0], f"{short} のファイル名か評価書が、取り込んだ記録と違います")
            seen.add(source.sha256)
        for sha256 in self.named.keys() - seen:
            yield Break(self.named[sha256][0], f"原本 {sha256[:12]}… がありません")


def _facts(row: StoredRow) -> dict[str, Any]:
    """What an event says, undecoded; nothing where it cannot be read."""
    try:
        told = json.loads(row.told.payload) if row.told else None
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {}


@dataclass
class Withheld:
    """What the records say was withheld: the hash of what stands now in a line, and the sources."""

    lines: dict[tuple[str, int], dict[int, str]] = field(default_factory=dict)
    """By stream and version the hash of each line by its place."""

    sources: set[str] = field(default_factory=set)

    @classmethod
    def by(cls, rows: Iterable[StoredRow]) -> Withheld:
        """What all *rows* together say; of several records of one line the last counts."""
        found = cls()
        for row in rows:
            if row.name == TextWithheld.TOPIC:
                found._take(row.stream, _facts(row))
        return found

    def _take(self, stream: str, facts: dict[str, Any]) -> None:
        try:
            for each in facts["lines"]["_data_"]:
                line = each["_data_"]
                self.lines.setdefault((stream, line["version"]), {})[line["line"]] = line["now"]
            self.sources.update(facts["sources"]["_data_"])
        except (LookupError, TypeError):  # a record that is not whole has a break of its own
            return

    def tells_of(self, row: StoredRow) -> bool:
        """Whether any of it is about lines of a row."""
        return (row.stream, row.version) in self.lines

    def wrong_with(self, row: StoredRow) -> Iterator[str]:
        """Whether the lines of a row that are withheld are those that were recorded so."""
        recorded = self.lines.get((row.stream, row.version), {})
        if row.content is None or not (recorded or row.content.touched):
            return
        try:
            lines = row.content.lines()
        except ValueError:  # named with the row
            return
        for at, line in enumerate(lines):
            told = recorded.get(at)
            if told is None and line.was:
                yield f"{at + 1}行目が、非公開にした記録がないのに消されています"
            elif told is not None and not line.was:
                yield f"非公開にした{at + 1}行目が残っています"
            elif told is not None and line.now.hex() != told:
                yield f"{at + 1}行目が、非公開にした後に書き換えられています"


@dataclass
class Checked:
    """What the rows so far have led to; ``lost`` counts those that are missing or cannot be trusted."""

    withheld: Withheld
    sequence: int = 0
    recorded_at: str = ""
    lost: int = 0
    versions: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0]))

    def wrong_with(self, row: StoredRow) -> Iterator[Break]:
        """What is wrong with the next row."""
        yield from self._as_written(row)
        yield from (Break(self.sequence, what) for what in self.withheld.wrong_with(row))

    def _as_written(self, row: StoredRow) -> Iterator[Break]:
        first, last = self.sequence + 1, row.sequence - 1
        if last >= first:
            self.lost += last - first + 1
            told = f"{first} " if first == last else f"{first} から {last} まで"
            yield Break(first, f"連番 {told}の記録がありません")
        elif row.sequence <= self.sequence:
            yield Break(first, f"連番が読めないか、前の記録と重なっています（{self.sequence} の次）")
        self.sequence = max(first, row.sequence)
        if row.worked_out != row.payload_hash:
            self.lost += 1
            yield Break(self.sequence, "記録の内容がハッシュと合いません")
            return
        yield from (Break(self.sequence, what) for what in wrong_with_content(row))
        yield from (Break(self.sequence, what) for what in self._out_of_order(row))

    def _out_of_order(self, row: StoredRow) -> Iterator[str]:
        """What a row says with a hash of its own that cannot follow the rows before it."""
        expected = [last + 1 for last in self.versions[row.stream]]
        if any(each <= row.version <= each + self.lost for each in expected):
            self.versions[row.stream] = [row.version]
        else:
            yield f"この評価書の{expected[0]}番目の記録のはずですが、{row.version}番目とあります"
            # either this number is wrong, or all from here on have moved: what follows may fit either
            self.versions[row.stream] = [expected[0], row.version]
        if not _is_time(row.recorded_at):
            yield f"記録日時「{row.recorded_at[:40]}」が読めません"
        elif row.recorded_at < self.recorded_at:
            yield f"記録日時（{row.recorded_at}）が前の記録（{self.recorded_at}）より古くなっています"
        else:
            self.recorded_at = row.recorded_at


def _is_time(text: str) -> bool:
    """Whether the store can have written this: ISO-8601, UTC, microseconds."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.utcoffset() == timedelta(0) and found.isoformat(timespec="microseconds") == text


def wrong_with_content(row: StoredRow) -> Iterator[str]:
    """Whether what an event says is what it holds the digest of, and as the store writes it."""
    told = row.told
    if told is None:
        yield "記録の内容が壊れていて読めません" if row.content else "記録の内容がありません"
    elif row.format >= APART and not _has_digest(told, row.payload):
        yield "記録の内容がハッシュと合いません"
    elif not _is_canonical(told.payload, canonical_lines if row.format >= APART else canonical_json):
        yield "記録の内容が決まった書き方の JSON ではありません"


def _has_digest(content: Content, digest: str) -> bool:
    try:
        return content.digest() == digest
    except ValueError:
        return False


def _is_canonical(payload: str, written: Callable[[Any], str]) -> bool:
    try:
        return written(json.loads(payload)) == payload
    except (ValueError, RecursionError, AttributeError):
        return False
