"""What the tables hold, nothing decoded: a stored event with its content, and a source."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final

from ledger.canonical import canonical_json
from ledger.content import UNREADABLE, Content
from ledger.errors import LedgerUnusable

FORMAT: Final = 2
"""Version of the stored form of events. An older program refuses what a newer one has written."""

APART: Final = 2
"""The first format in which an event holds only the digest of its content, which stands apart."""


@dataclass(frozen=True)
class StoredRow:
    """One event as the tables hold it: what is hashed, the hash stored beside it, and its content.

    ``sequence`` counts from 1, ``stream`` is the id of the assessment, ``version`` counts within it,
    ``name`` is the stored name of the kind, ``recorded_at`` ISO-8601 UTC with microseconds. ``payload`` is
    the digest of the ``content``, and ``recorded_by`` is blank; in format 1 they are the facts in canonical
    JSON and who recorded them, and there is no content.
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
    content: Content | None = None

    @property
    def hashed(self) -> dict[str, Any]:
        """The fields that are hashed: all but the stored hash and the content."""
        return {name: getattr(self, name) for name in _HASHED}

    @cached_property
    def worked_out(self) -> str:
        """Its hash, worked out anew: sha256 (hex) over the canonical JSON of what is hashed."""
        return hashlib.sha256(canonical_json(self.hashed).encode()).hexdigest()

    @property
    def told(self) -> Content | None:
        """Who and what, in whatever format; None where the content is lost, or cannot be read."""
        if self.format < APART:
            return Content(self.recorded_by, self.payload, "")
        return None if self.content == UNREADABLE else self.content

    @property
    def as_dict(self) -> dict[str, Any]:
        """All fields by name, with the content as it is kept."""
        return {
            **self.hashed,
            "payload_hash": self.payload_hash,
            "content": asdict(self.content) if self.content else None,
        }


_HASHED: Final = tuple(
    name for name in StoredRow.__dataclass_fields__ if name not in {"payload_hash", "content"}
)


@dataclass(frozen=True, slots=True)
class PackedSource:
    """A source as the database keeps it: ``content`` is its bytes, compressed (zlib); none once withheld."""

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


def refuse_newer(written: int, sequence: int, place: str) -> None:
    """Neither read nor continue what a newer program has written."""
    if written > FORMAT:
        raise LedgerUnusable(
            f"e{sequence} は新しい書式(第 {written} 版)で書かれています",
            where=place,
            remedy="新しい版の Kaitei で開いてください",
        )
