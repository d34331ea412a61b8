"""Of which history a copy was made: size and root of the ledger, carried by what is taken away from it.

Somebody who finds the copy later asks the ledger whether that history is still its own
(``projections/copies.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from ledger.checkpoints import Checkpoint


@dataclass(frozen=True, slots=True)
class Origin:
    """The first ``size`` events of the ledger had the root ``root`` (hex) when a copy was made of them.

    ``view`` is the command that made it, ``ref`` the assessment (blank of several), ``recorded_at`` the time
    of the last of the events (ISO-8601, UTC; blank where the copy does not say).
    """

    view: str
    ref: str
    size: int
    root: str
    recorded_at: str = ""

    @classmethod
    def of(cls, view: str, ref: str, checkpoint: Checkpoint) -> Self:
        """What a copy carries that is made at *checkpoint*."""
        return cls(view, ref, checkpoint.size, checkpoint.root, checkpoint.time)

    @property
    def named(self) -> dict[str, str]:
        """Its facts by the names that formats make their own names of; no blank ones."""
        facts = {
            "ledger-size": str(self.size),
            "ledger-root": self.root,
            "ref": self.ref,
            "recorded-at": self.recorded_at,
            "view": self.view,
        }
        return {name: fact for name, fact in facts.items() if fact}

    @classmethod
    def read(cls, named: Mapping[str, str]) -> Self | None:
        """What ``named`` gave; None where size or root are missing or cannot be."""
        size, root = named.get("ledger-size", ""), named.get("ledger-root", "")
        try:
            events, fits = int(size), len(bytes.fromhex(root)) == sha256().digest_size
        except ValueError:
            return None
        if not fits or events < 0:
            return None
        view, ref, at = (named.get(name, "") for name in ("view", "ref", "recorded-at"))
        return cls(view, ref, events, root, at)

    @property
    def told(self) -> str:
        """One line for people."""
        last = f"（最後の記録 {self.recorded_at}）" if self.recorded_at else ""
        return f"台帳の記録 {self.size}件{last}・根 {self.root}"
