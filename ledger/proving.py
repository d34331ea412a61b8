"""What a ledger can prove of its history: that it is whole, that an event is in it, that it grew.

``docs/check_proof.py`` checks the proofs with nothing but Python's standard library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ledger.checkpoints import Checkpoint
from ledger.errors import UnknownChange, WrongUse
from ledger.integrity import Break, PackedSource, StoredRow, broken, broken_sources, leaf
from ledger.merkle import Tree


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check of the whole history: how many events, their root (hex), and every break."""

    events: int
    root: str
    breaks: tuple[Break, ...]


class History:
    """All stored events of a ledger, with their tree."""

    def __init__(
        self,
        rows: Iterable[StoredRow],
        kept: Callable[[], Iterable[PackedSource]],
        file_damage: Callable[[], str] = str,
    ) -> None:
        """*rows* in the order of their sequence; *kept* gives every source, *file_damage* says what else."""
        self._kept = kept
        self._file_damage = file_damage
        self.rows = list(rows)
        self.tree = Tree(leaf(row) for row in self.rows)

    @property
    def checkpoint(self) -> Checkpoint:
        """The size and the root by now."""
        last = self.rows[-1].recorded_at if self.rows else ""
        return Checkpoint(self.tree.size, self.tree.root().hex(), last)

    def verdict(self, kept: Sequence[Checkpoint] = ()) -> Verdict:
        """Every break: of the rows, of the sources that they name, and beside the checkpoints *kept*."""
        breaks = [*broken(self.rows), *broken_sources(self.rows, self._kept())]
        for checkpoint in kept:
            breaks += self._beside(checkpoint)
        if damage := self._file_damage():
            breaks.append(Break(0, f"データベースのファイルが壊れています（{damage}）"))
        breaks.sort(key=lambda each: each.sequence)
        return Verdict(len(self.rows), self.checkpoint.root, tuple(breaks))

    def _beside(self, kept: Checkpoint) -> Iterable[Break]:
        if kept.signature_holds is False:
            yield Break(0, "控えの署名が、控えの内容か公開鍵と合いません")
        elif kept.size > self.tree.size:
            lost = f"e{self.tree.size + 1} から e{kept.size} まで"
            yield Break(self.tree.size + 1, f"控えにある記録（{lost}）がありません")
        elif self.tree.root(kept.size).hex() != kept.root:
            yield Break(0, f"e1 から e{kept.size} までのどこかが、控えを作った後に書き換えられています")

    def inclusion(self, rows: Iterable[StoredRow]) -> dict[str, Any]:
        """The proofs that *rows*, which are some of its own, stand in the history."""
        return {
            "kind": "inclusion",
            "size": self.tree.size,
            "root": self.tree.root().hex(),
            "entries": [self._proved(row) for row in rows],
        }

    def _proved(self, row: StoredRow) -> dict[str, Any]:
        event = asdict(row)
        stored = event.pop("payload_hash")
        proof = self.tree.inclusion_proof(row.sequence - 1)
        return {
            "index": row.sequence - 1,
            "event": event,
            "payload_hash": stored,
            "proof": [each.hex() for each in proof],
        }

    def event(self, event_id: str) -> StoredRow:
        """The event of that name (``e20``). Raises UnknownChange where there is none."""
        number = event_id.removeprefix("e")
        at = int(number) - 1 if number.isdecimal() else -1
        if not 0 <= at < len(self.rows):
            remedy = f"e1 から e{len(self.rows)} までで指定してください"
            raise UnknownChange("その番号の記録はありません", where=event_id, remedy=remedy)
        return self.rows[at]

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
