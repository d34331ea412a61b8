"""Merkle trees: the known vectors of RFC 6962 and 9162, proofs of every size, and proofs with a change."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.merkle import Tree, leaf_hash
from tests.proof_checker import checker

# The test vectors that the implementations of Certificate Transparency share.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSION = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (3, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (2, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENCY = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}

CHECK = checker()
lists = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def hexes(proof: list[bytes]) -> tuple[str, ...]:
    return tuple(each.hex() for each in proof)


def test_nothing_has_the_hash_of_nothing() -> None:
    assert Tree([]).root() == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_known_vectors(size: int) -> None:
    assert (Tree(ENTRIES[:size]).root(), Tree(ENTRIES).root(size)) == (
        root := bytes.fromhex(ROOTS[size - 1]),
        root,
    )


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_inclusion_proofs_of_the_known_vectors(index: int, size: int) -> None:
    assert hexes(Tree(ENTRIES[:size]).inclusion_proof(index - 1)) == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_consistency_proofs_of_the_known_vectors(old: int, new: int) -> None:
    assert hexes(Tree(ENTRIES[:new]).consistency_proof(old)) == CONSISTENCY[old, new]


@given(lists, st.data())
def test_every_entry_is_proved_and_no_other(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    proof, root = Tree(entries).inclusion_proof(index), Tree(entries).root()
    assert CHECK.included(root, len(entries), index, leaf_hash(entries[index]), proof)
    assert not CHECK.included(root, len(entries), index, leaf_hash(entries[index] + b"!"), proof)
    assert not CHECK.included(changed(root, data), len(entries), index, leaf_hash(entries[index]), proof)
    assert not CHECK.included(root, len(entries), index, leaf_hash(entries[index]), [*proof, root])
    assert not CHECK.included(root, len(entries), len(entries), leaf_hash(entries[index]), proof)
    if proof:
        assert not CHECK.included(
            root, len(entries), index, leaf_hash(entries[index]), one_changed(proof, data)
        )
        assert not CHECK.included(root, len(entries), index, leaf_hash(entries[index]), proof[:-1])


@given(lists, st.data())
def test_every_growth_is_proved_and_no_other_history(entries: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(entries)))
    old, new = Tree(entries[:size]).root(), Tree(entries).root()
    proof = Tree(entries).consistency_proof(size)
    assert CHECK.grew(old, size, new, len(entries), proof)
    assert not CHECK.grew(changed(old, data), size, new, len(entries), proof)
    assert not CHECK.grew(old, size, changed(new, data), len(entries), proof)
    assert not CHECK.grew(old, size, new, len(entries), [*proof, new])
    assert not CHECK.grew(old, len(entries) + 1, new, len(entries), proof)
    rewritten = [entries[0] + b"!", *entries[1:]]
    forged = Tree(rewritten).consistency_proof(size)
    assert not CHECK.grew(old, size, Tree(rewritten).root(), len(entries), forged)
    if proof:
        assert not CHECK.grew(old, size, new, len(entries), one_changed(proof, data))
        assert not CHECK.grew(old, size, new, len(entries), proof[:-1])


def changed(found: bytes, data: st.DataObject) -> bytes:
    """A hash with one bit turned."""
    bit = data.draw(st.integers(0, len(found) * 8 - 1))
    return bytes(byte ^ (1 << bit % 8) * (n == bit // 8) for n, byte in enumerate(found))


def one_changed(proof: list[bytes], data: st.DataObject) -> list[bytes]:
    at = data.draw(st.integers(0, len(proof) - 1))
    return [changed(each, data) if n == at else each for n, each in enumerate(proof)]


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        Tree(ENTRIES).inclusion_proof(8)
    for size in (0, 9):
        with pytest.raises(ValueError, match=f"no list of 8 grew from one of {size}"):
            Tree(ENTRIES).consistency_proof(size)
