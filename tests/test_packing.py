"""Contents packed: small, every changed byte of them shows, and none of them takes the memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import dictionary
from ledger import packing
from ledger.canonical import canonical_lines
from ledger.content import UNREADABLE, Content
from ledger.errors import InvalidChange
from ledger.packing import DamagedPackingError, NewerPackingError, pack, unpack
from tests.tampering import forged

FOLDER = Path(packing.__file__).parent
TEXT = '"佐藤"\n{"why":"誤記"}'

# What was packed once is in the ledgers of others: these bytes can be read for good.
KEPT = {
    1: ("c08705e4e74c7721", "012c3e313c201995000038aaa4e8a898227d0230ae4433bc611c0001"),
    2: ("30a28b6674c3534f", "02fccb26012019c9000022e4bd90e897a4220a7b22776879223a22e8aaa4e8a898227d"),
}


def frame_of(data: bytes, *, sized: bool = True) -> bytes:
    """A frame of Zstandard as anybody makes it, without the magic number."""
    return zstandard.ZstdCompressor(write_content_size=sized).compress(data)[4:]


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text


@pytest.mark.parametrize("version", range(1, packing.NEWEST + 1))
def test_what_was_packed_once_can_be_read_for_good(version: int) -> None:
    dictionary_begins, packed = KEPT[version]
    found = hashlib.sha256((FOLDER / f"{version}.zdict").read_bytes()).hexdigest()
    assert found.startswith(dictionary_begins), "a dictionary is never changed: a new one is a new version"
    assert unpack(bytes.fromhex(packed)) == TEXT


def test_every_change_of_a_byte_shows() -> None:
    """Of any byte to any other; also where the frame would say the same."""
    packed = pack(TEXT)
    for at in range(len(packed)):
        for byte in set(range(256)) - {packed[at]}:
            with pytest.raises(DamagedPackingError):
                unpack(packed[:at] + bytes([byte]) + packed[at + 1 :])
    for end in range(len(packed)):
        with pytest.raises(DamagedPackingError):
            unpack(packed[:end])


DAMAGED = {
    "nothing": b"",
    "no frame": forged(b""),
    "a frame that ends early": forged(pack(TEXT)[5:-2]),
    "something behind the frame": forged(pack(TEXT)[5:] + b"x"),
    "a frame behind the frame": forged(pack(TEXT)[5:] + zstandard.FRAME_HEADER + pack(TEXT)[5:]),
    "a frame that does not tell its size": forged(frame_of(TEXT.encode(), sized=False)),
    "no text": forged(frame_of(b"\xff\xfe")),
    "version 0": forged(pack(TEXT)[5:], version=0),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_no_packing_is_damaged(case: str) -> None:
    with pytest.raises(DamagedPackingError):
        unpack(DAMAGED[case])


@pytest.mark.parametrize("version", [packing.NEWEST + 1, 255])
def test_what_a_newer_program_has_packed_is_told_as_such(version: int) -> None:
    with pytest.raises(NewerPackingError) as caught:
        unpack(forged(pack(TEXT)[5:], version))
    assert caught.value.version == version


def test_a_frame_that_would_take_the_memory_is_not_unpacked() -> None:
    bomb = frame_of(bytes(packing.LARGEST + 1))
    assert len(bomb) < packing.LARGEST >> 10
    tracemalloc.start()
    with pytest.raises(DamagedPackingError):
        unpack(forged(bomb))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20
    with pytest.raises(InvalidChange, match="大きすぎます"):
        pack("x" * (packing.LARGEST + 1))


@given(
    st.text(),
    st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=4),
    st.lists(st.integers(0, 4), max_size=2),
)
def test_a_content_comes_back_from_its_columns(by: str, facts: dict[str, str], gone: list[int]) -> None:
    content = Content.new(by, canonical_lines(facts))
    for at in gone:
        name = sorted(facts)[at % len(facts)]
        facts = facts | {name: "〔非公開〕"}
        content = content.instead(by, canonical_lines(facts))
    assert Content.kept(content.text, content.raw_salts) == content


@given(st.binary())
def test_salts_that_are_none_leave_the_text_and_no_digest(salts: bytes) -> None:
    content = Content.kept(TEXT, salts)
    assert (content.by, content.payload) == ("佐藤", '{"why":"誤記"}')
    try:
        content.digest()
    except ValueError:
        return
    assert content.raw_salts == salts


@pytest.mark.parametrize("text", ["", "佐藤\n{}", "7\n{}", "[" * 100_000])
def test_a_text_that_says_no_name_is_unreadable(text: str) -> None:
    assert Content.kept(text, bytes(16)) == UNREADABLE
    with pytest.raises(ValueError, match="not written so by the store"):
        UNREADABLE.digest()


def test_no_dictionary_is_written_over_another(capsys: pytest.CaptureFixture[str]) -> None:
    before = (FOLDER / "1.zdict").read_bytes()
    assert dictionary.main(["1"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (FOLDER / "1.zdict").read_bytes() == before


def test_recorded_wording_is_packed_small() -> None:
    """Of histories that no dictionary was trained on: a quarter of what the text takes."""
    texts = dictionary.drawn(range(2000, 2003))
    assert sum(len(pack(text)) for text in texts) < sum(len(text.encode()) for text in texts) / 4


def test_what_the_read_models_tell_is_packed_small() -> None:
    """As above."""
    texts = dictionary.texts_of_models(range(2000, 2003))
    plain = sum(len(text.encode()) for text in texts)
    assert sum(len(pack(text, version=packing.OF_MODELS)) for text in texts) < plain / 4
