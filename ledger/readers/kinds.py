"""What a file is, told by its bytes and never by its name."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """The kinds of files that cities publish."""

    WORKBOOK = auto()
    WORD = auto()
    PDF = auto()
    TEXT = auto()


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of *data*. Raises UnreadableSource, saying what to do, for a file of any other kind."""
    del name
    if data.startswith(b"PK\x03\x04"):
        return Kind.WORKBOOK if b"xl/workbook" in data else Kind.WORD
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return Kind.TEXT
