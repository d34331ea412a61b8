"""What a ledger can prove of its history: that it is whole, that an event is in it, that it grew.

``docs/check_proof.py`` checks the proofs with nothing but Python's standard library.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final, Protocol, Self

from ledger.checkpoints import Checkpoint
from ledger.content import Content, Line
from ledger.errors import LedgerUnusable, UnknownChange, WrongUse
from ledger.events import TextWithheld
from ledger.integrity import Break, Checked, NamedSources, Withheld, leaf, wrong_with_content
from ledger.merkle import Tree
from ledger.stored import PackedSource, StoredRow


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check of the whole history: how many events, their root (hex), and every break."""

    events: int
    root: str
    breaks: tuple[Break, ...]


class Kept(Protocol):
    """What a ledger gives of itself, undecoded."""

    def rows(self, name: str = "") -> Iterable[StoredRow]:
        """Every event in its sequence, or those of a *name*."""

    def packed_sources(self) -> Iterable[PackedSource]:
        """Every source."""

    def stray_contents(self) -> Iterable[int]:
        """The sequences of contents that are those of no event."""

    def file_damage(self) -> str:
        """What the database finds wrong with its own file; blank where nothing."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a ledger, read anew each time: all of them need not be in memory at once."""

    ledger: Kept

    def __iter__(self) -> Iterator[StoredRow]:
        return iter(self.ledger.rows())


class History:
    """All stored events of a ledger, with their tree, which takes 64 bytes of memory an event."""

    def __init__(self, rows: Iterable[StoredRow], kept: Kept | None = None) -> None:
        """*rows* in the order of their sequence, which can be gone through more than once.

        *kept* is the ledger that they are all of.
        """
        self.rows: Final = rows
        self._kept = kept
        self._last = 0, ""  # the sequence and the time of the last row that the tree has

    @classmethod
    def of(cls, ledger: Kept) -> Self:
        """The history of a *ledger*."""
        return cls(_Rows(ledger), ledger)

    @cached_property
    def tree(self) -> Tree:
        """The tree over all events."""
        return Tree(self._leaves(self.rows))

    def _leaves(self, rows: Iterable[StoredRow]) -> Iterator[bytes]:
        for row in rows:
            self._last = row.sequence, row.recorded_at
            yield leaf(row)

    @property
    def checkpoint(self) -> Checkpoint:
        """The size and the root by now."""
        root = self.tree.root().hex()
        return Checkpoint(self.tree.size, root, self._last[1])

    def verdict(self, kept: Sequence[Checkpoint] = ()) -> Verdict:
        """Every break: of the rows, of the sources that they name, and beside the checkpoints *kept*."""
        withheld, named, breaks = Withheld.by(self._named(TextWithheld.TOPIC)), NamedSources(), list[Break]()

        def looked_at() -> Iterator[StoredRow]:
            checked = Checked(withheld)
            for row in self.rows:
                named.take(row)
                breaks.extend(checked.wrong_with(row))
                yield row

        self.tree = Tree(self._leaves(looked_at()))  # the rows are gone through once for both
        if self._kept is not None:
            breaks += named.broken(self._kept.packed_sources(), withheld)
            breaks += self._around(self._kept)
        for checkpoint in kept:
            breaks += self._beside(checkpoint)
        breaks.sort(key=lambda each: each.sequence)
        return Verdict(self.tree.size, self.checkpoint.root, tuple(breaks))

    def _named(self, name: str) -> Iterable[StoredRow]:
        """The events of a *name*."""
        return self._kept.rows(name) if self._kept else (row for row in self.rows if row.name == name)

    def _around(self, ledger: Kept) -> Iterable[Break]:
        """What is wrong with all that is kept beside the events and their sources."""
        last, _ = self._last
        # that of a record that is missing in between belongs to that break
        if stray := [at for at in ledger.stray_contents() if not 0 < at < last]:
            yield Break(0, f"記録のない内容が{len(stray)}件あります（連番 {stray[0]} など）")
        if damage := ledger.file_damage():
            yield Break(0, f"データベースのファイルが壊れています（{damage}）")

    def _beside(self, kept: Checkpoint) -> Iterable[Break]:
        last, _ = self._last
        if kept.signature_holds is False:
            yield Break(0, "控えの署名が、控えの内容か公開鍵と合いません")
        elif kept.size > last:
            lost = f"e{last + 1}" if kept.size == last + 1 else f"e{last + 1} から e{kept.size} まで"
            yield Break(last + 1, f"控えにある記録（{lost}）がありません")
        elif kept.size > self.tree.size:
            yield Break(0, f"e1 から e{kept.size} までのどこかが、控えを作った後に失われています")
        elif self.tree.root(kept.size).hex() != kept.root:
            yield Break(0, f"e1 から e{kept.size} までのどこかが、控えを作った後に書き換えられています")

    def inclusion(self, rows: Iterable[StoredRow]) -> dict[str, Any]:
        """The proofs that *rows*, which are some of its own, stand in the history.

        Raises LedgerUnusable where something before or in them is not as it was written.
        """
        return {
            "kind": "inclusion",
            "size": self.tree.size,
            "root": self.tree.root().hex(),
            "entries": [self._proved(row) for row in self._with_withholdings(list(rows))],
        }

    def _with_withholdings(self, rows: list[StoredRow]) -> list[StoredRow]:
        """*rows*, and the records of what was withheld in them: these vouch for what stands there now."""
        touched = [row for row in rows if row.content and any(line.was for line in lines_of(row.content))]
        if not touched:
            return rows
        told = (row for row in self._named(TextWithheld.TOPIC) if row not in rows)
        return [*rows, *(row for row in told if any(map(Withheld.by([row]).tells_of, touched)))]

    def _proved(self, row: StoredRow) -> dict[str, Any]:
        index = row.sequence - 1
        in_place = self.tree.holds(index, leaf(row))
        if not in_place or row.worked_out != row.payload_hash or list(wrong_with_content(row)):
            raise LedgerUnusable(
                "書かれたままの記録ではないので、証明できません",
                where=f"e{row.sequence}",
                remedy="kaitei verify で異常を確かめてください",
            )
        return {
            "index": index,
            "event": row.hashed,
            "payload_hash": row.payload_hash,
            "content": disclosed(row.content),
            "proof": [each.hex() for each in self.tree.inclusion_proof(index)],
        }

    def event(self, event_id: str) -> StoredRow:
        """The event of that name (``e20``). Raises UnknownChange where there is none."""
        found = next((row for row in self.rows if f"e{row.sequence}" == event_id), None)
        if found is None:
            remedy = f"e1 から e{self.tree.size} までで指定してください"
            raise UnknownChange("その番号の記録はありません", where=event_id, remedy=remedy)
        return found

    def time_of(self, size: int) -> str:
        """When the last of its first *size* events, of which there are so many, was recorded."""
        return next(islice(self.rows, size - 1, None)).recorded_at

    def consistency(self, old: Checkpoint, where: str) -> dict[str, Any]:
        """The proof that the history begins with that of the checkpoint *old*.

        Raises WrongUse where it does not: there is nothing to prove.
        """
        grown = 0 < old.size <= self.tree.size and self.tree.root(old.size).hex() == old.root
        if not grown:
            raise WrongUse(
                "台帳はこの控えの続きではありません",
                where=where,
                remedy=f"kaitei verify --checkpoint {where} で、どこが違うかを確かめてください",
            )
        return {
            "kind": "consistency",
            "old": {"size": old.size, "root": old.root},
            "new": {"size": self.tree.size, "root": self.tree.root().hex()},
            "proof": [each.hex() for each in self.tree.consistency_proof(old.size)],
        }


def disclosed(content: Content | None) -> list[dict[str, str]]:
    """Each line of a content with its salt (hex), and with the hash of what stood there if it was withheld.

    Nothing for an event that holds all in one (format 1), or where the salts are damaged.
    """
    return [
        {"text": line.text, "salt": line.salt.hex()} | ({"was": line.was.hex()} if line.was else {})
        for line in lines_of(content)
    ]


def lines_of(content: Content | None) -> list[Line]:
    """The lines of a content; none where there is none, or its salts are damaged."""
    try:
        return content.lines() if content else []
    except ValueError:
        return []
