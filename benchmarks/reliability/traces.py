"""What is left of words in the files of a ledger. They stood there packed, and are looked for packed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from ledger.packing import unpack
from ledger.stored import unpacked

_PIECE: Final = 16  # bytes: no chance makes the same again, and most pages hold a few in one


def traces(path: Path, *words: str) -> frozenset[bytes]:
    """Pieces of all that holds one of the *words* in the ledger at *path*: packed texts, salts, sources."""
    found: set[bytes] = set()
    for text, kept in _held(path):
        if any(word.encode() in text for word in words):
            found.update(piece for each in kept for piece in _pieces(each))
    return frozenset(found)


def left(path: Path, looked_for: frozenset[bytes]) -> list[str]:
    """The files of the ledger at *path* in which pieces stand that are of nothing that it holds by now."""
    whole = b"\0".join(each for _, kept in _held(path) for each in kept)
    gone = [piece for piece in looked_for if piece not in whole]
    files = {file: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}
    return [file.name for file, data in files.items() if any(piece in data for piece in gone)]


def _held(path: Path) -> Iterator[tuple[bytes, tuple[bytes, ...]]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for packed, salts in connection.execute("SELECT packed, salts FROM kaitei_contents"):
            yield unpack(packed).encode(), (packed, salts)
        for (content,) in connection.execute("SELECT content FROM kaitei_sources"):
            yield unpacked(content), (content,)


def _pieces(data: bytes) -> Iterator[bytes]:
    last = max(0, len(data) - _PIECE)
    return (data[at : at + _PIECE] for at in {*range(0, last, _PIECE), last})
