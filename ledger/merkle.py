"""Merkle trees as RFC 9162 (section 2.1) defines them: one hash for a whole list, and short proofs about it.

The leaves are given as what is hashed into them; a proof is a list of hashes of 32 bytes. Who has the root of
a list at some time can prove with an inclusion proof that an entry stood in it, and with a consistency proof
that a longer list begins with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry of a list."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(entries: Iterable[bytes]) -> bytes:
    """The root of the tree of *entries*; that of none is the hash of nothing. Takes memory for its height."""
    peaks: list[tuple[int, bytes]] = []  # the full subtrees so far, with their heights, the largest first
    for entry in entries:
        height, found = 0, leaf_hash(entry)
        while peaks and peaks[-1][0] == height:
            found, height = node_hash(peaks.pop()[1], found), height + 1
        peaks.append((height, found))
    if not peaks:
        return hashlib.sha256(b"").digest()
    right = peaks.pop()[1]
    while peaks:
        right = node_hash(peaks.pop()[1], right)
    return right


def inclusion_proof(entries: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that the entry at *index* (from 0) stands in *entries* (2.1.3.1). Raises IndexError."""
    if not 0 <= index < len(entries):
        raise IndexError(index)
    if len(entries) == 1:
        return []
    left = _left(len(entries))
    if index < left:
        return [*inclusion_proof(entries[:left], index), root(entries[left:])]
    return [*inclusion_proof(entries[left:], index - left), root(entries[:left])]


def consistency_proof(entries: Sequence[bytes], size: int) -> list[bytes]:
    """The proof that *entries* begin with their first *size* (2.1.4.1).

    Raises ValueError unless *size* is at least 1 and no more than their number.
    """
    if not 0 < size <= len(entries):
        message = f"no list of {len(entries)} grew from one of {size}"
        raise ValueError(message)
    return _subproof(entries, size, whole=True)


def _subproof(entries: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    """As the RFC has it; *whole*: the old tree begins with this subtree, so that its root is known."""
    if size == len(entries):
        return [] if whole else [root(entries)]
    left = _left(len(entries))
    if size <= left:
        return [*_subproof(entries[:left], size, whole=whole), root(entries[left:])]
    return [*_subproof(entries[left:], size - left, whole=False), root(entries[:left])]


def _left(size: int) -> int:
    """How many entries the left subtree holds: the largest power of two below *size*."""
    return 1 << (size - 1).bit_length() - 1


def includes(root_hash: bytes, size: int, entry: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Whether *proof* shows that *entry* stands at *index* in the list of *size* with this root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf_hash(entry)
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node_hash(sibling, found)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            found = node_hash(found, sibling)
        at, last = at // 2, last // 2
    return last == 0 and found == root_hash


def grew(old_root: bytes, old_size: int, new_root: bytes, new_size: int, proof: Sequence[bytes]) -> bool:
    """Whether *proof* shows that the list with the new root begins with that with the old one (2.1.4.2)."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = old_size - 1, new_size - 1
    while at % 2:
        at, last = at // 2, last // 2
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            new = node_hash(new, sibling)
        at, last = at // 2, last // 2
    return last == 0 and (old, new) == (old_root, new_root)
