"""A text as few bytes, of which no one can change without showing: how contents are kept in their table.

A packing is one byte for its version, a CRC-32, and a frame of Zstandard without its magic number, made with
the dictionary of that version: ``N.zdict`` beside this module, which ``python -m benchmarks.dictionary``
trains on invented histories. The CRC is over the version and the frame, for several frames say the same.
The read models, which say other things than events do, have a version of their own.

A dictionary is never changed or taken away: what was packed with it can be read with nothing else. A better
one is a new version.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib import resources
from typing import Final

import zstandard

from ledger.errors import InvalidChange

VERSION: Final = 1
"""The version in which contents are written."""

OF_MODELS: Final = 2
"""The version in which the texts of the read models are written."""

NEWEST: Final = 2
"""All versions up to this one can be read."""

LARGEST: Final = 1 << 28
"""Bytes of a text: far more than any document that is taken in, and what no damage may go beyond."""

_LEVEL: Final = 12  # 4 % more than at the highest, in a sixth of the time
_MAGIC: Final = zstandard.FRAME_HEADER
_CRC: Final = slice(1, 5)
_FRAME: Final = slice(5, None)


class DamagedPackingError(ValueError):
    """These bytes are not as they were packed."""


class NewerPackingError(Exception):
    """These bytes were packed by a newer program; ``version`` is theirs."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version: Final = version


def pack(text: str, *, version: int = VERSION) -> bytes:
    """*text* packed. Raises InvalidChange where it is too large, UnicodeEncodeError where it is no text."""
    data = text.encode()
    if len(data) > LARGEST:
        raise InvalidChange(
            f"大きすぎます（{LARGEST >> 20} MB まで）", where="記録する内容", remedy="分けて記録してください"
        )
    frame = _compressor(version).compress(data).removeprefix(_MAGIC)
    head = bytes([version])
    return head + zlib.crc32(frame, zlib.crc32(head)).to_bytes(4) + frame


def unpack(packed: bytes) -> str:
    """The text again. Raises DamagedPackingError, and NewerPackingError where this program is too old."""
    version, frame = packed[:1], packed[_FRAME]
    if version == b"\0" or zlib.crc32(frame, zlib.crc32(version)).to_bytes(4) != packed[_CRC]:
        raise DamagedPackingError
    if version[0] > NEWEST:
        raise NewerPackingError(version[0])
    whole = _MAGIC + frame
    try:
        # what somebody has forged may claim any size, and would be given the memory
        if zstandard.get_frame_parameters(whole).content_size > LARGEST:
            raise DamagedPackingError
        return _decompressor(version[0]).decompress(whole, allow_extra_data=False).decode()
    except (zstandard.ZstdError, UnicodeDecodeError) as error:
        raise DamagedPackingError from error


def _dictionary(version: int) -> zstandard.ZstdCompressionDict:
    data = resources.files("ledger.packing").joinpath(f"{version}.zdict").read_bytes()
    return zstandard.ZstdCompressionDict(data, dict_type=zstandard.DICT_TYPE_FULLDICT)


@cache
def _compressor(version: int) -> zstandard.ZstdCompressor:
    dictionary = _dictionary(version)
    dictionary.precompute_compress(level=_LEVEL)
    return zstandard.ZstdCompressor(
        level=_LEVEL, dict_data=dictionary, write_checksum=False, write_dict_id=False
    )


@cache
def _decompressor(version: int) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(version))
