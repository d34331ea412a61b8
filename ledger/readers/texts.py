"""The text of a text file, in whichever encoding cities use: UTF-8, CP932, EUC-JP, UTF-16."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ledger.errors import UnreadableSource
from ledger.readers.cover import form_of

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "cp932", "euc_jis_2004")


def text_of(data: bytes, name: str) -> str:
    """The text of *data*, line ends as line feeds. Raises UnreadableSource where it is none, or no 評価書."""
    texts = list(_decoded(data))
    if not texts:
        raise UnreadableSource(
            "テキストとして読めません",
            where=name,
            remedy="評価書から取り出したテキスト（UTF-8 など）を指定してください",
        )
    return next(filter(form_of, texts), texts[0])


def _decoded(data: bytes) -> Iterator[str]:
    """The text of *data* in every encoding in which it is one."""
    encodings = ("utf-16",) if data[:2] in _UTF_16 else () if b"\0" in data[:4096] else _ENCODINGS
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            yield data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
