"""Merkle trees as RFC 9162 (section 2.1) defines them: one hash for a whole list, and short proofs about it.

The leaves are given as what is hashed into them; a proof is a list of hashes of 32 bytes. Who has the root of
a list at some time can be shown with an inclusion proof that an entry stands in it, and with a consistency
proof that a longer list begins with it: ``docs/check_proof.py`` checks both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

_SIZE: Final = hashlib.sha256().digest_size  # bytes of a hash


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry of a list."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The tree of a list: its root, that of its beginning, and proofs. Keeps two hashes for each entry."""

    def __init__(self, entries: Iterable[bytes]) -> None:
        leaves = bytearray()
        for entry in entries:
            leaves += leaf_hash(entry)
        level = bytes(leaves)
        self.size: Final = len(level) // _SIZE
        self._levels = [level]  # by height: the hashes of the full subtrees from the left
        while len(level) > _SIZE:
            pairs = range(0, len(level) - _SIZE, 2 * _SIZE)
            level = b"".join(
                node_hash(level[at : at + _SIZE], level[at + _SIZE : at + 2 * _SIZE]) for at in pairs
            )
            self._levels.append(level)

    def holds(self, index: int, entry: bytes) -> bool:
        """Whether *entry* stands at *index* (from 0)."""
        return 0 <= index < self.size and self._subtree(0, index) == leaf_hash(entry)

    def root(self, size: int | None = None) -> bytes:
        """The root, or that of the list of its first *size* entries; that of none is the hash of nothing.

        Raises ValueError where there are not so many.
        """
        ends = self.size if size is None else size
        if not 0 <= ends <= self.size:
            message = f"no {ends} of {self.size} entries"
            raise ValueError(message)
        return self._over(0, ends) if ends else hashlib.sha256(b"").digest()

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The proof that the entry at *index* (from 0) stands in the list (2.1.3.1). Raises IndexError."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        first, end, proof = 0, self.size, list[bytes]()
        while end - first > 1:
            middle = first + _left(end - first)
            if index < middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(first, middle))
                first = middle
        return proof[::-1]

    def consistency_proof(self, size: int) -> list[bytes]:
        """The proof that the list begins with its first *size* entries (2.1.4.1).

        Raises ValueError unless *size* is at least 1 and no more than there are.
        """
        if not 0 < size <= self.size:
            message = f"no list of {self.size} grew from one of {size}"
            raise ValueError(message)
        first, end, proof = 0, self.size, list[bytes]()
        while size != end:
            middle = first + _left(end - first)
            if size <= middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(first, middle))
                first = middle
        if first:  # the old list does not begin with this subtree, so that its root is not known
            proof.append(self._over(first, end))
        return proof[::-1]

    def _over(self, first: int, end: int) -> bytes:
        """The hash of the subtree over some entries; *first* is where such a subtree can begin."""
        size = end - first
        height = size.bit_length() - 1
        if size == 1 << height:
            return self._subtree(height, first >> height)
        middle = first + _left(size)
        return node_hash(self._over(first, middle), self._over(middle, end))

    def _subtree(self, height: int, at: int) -> bytes:
        """The hash of a full subtree of a *height*, counted from the left."""
        return self._levels[height][at * _SIZE : (at + 1) * _SIZE]


def _left(size: int) -> int:
    """How many entries the left subtree holds: the largest power of two below *size*."""
    return 1 << (size - 1).bit_length() - 1
