"""``read(data, name)``: picks a reader by what the file is, not by what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ledger.errors import UnreadableSource
from ledger.published import PublishedEdition
from ledger.readers import ocr_text
from ledger.wareki import WarekiDate

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "cp932", "euc_jis_2004")


def read(data: bytes, name: str) -> PublishedEdition:
    """Read one published document.

    Raises UnreadableSource where *data* is empty, no text, or no 評価書 that a reader knows, or
    where the cover does not say whose assessment it is and when it was published.
    """
    if not data.strip():
        raise UnreadableSource(
            "ファイルが空です", where=name, remedy="公表された評価書のファイルを指定してください"
        )
    texts = list(_decoded(data))
    if not texts:
        raise UnreadableSource(
            "テキストとして読めません",
            where=name,
            remedy="評価書から取り出したテキスト（UTF-8 など）を指定してください",
        )
    text = next(filter(ocr_text.claims, texts), None)
    if text is None:
        raise UnreadableSource(
            "特定個人情報保護評価書（重点項目評価書）として読めません",
            where=name,
            remedy="様式3の評価書から取り出したテキスト（表はタブ区切り）を指定してください",
        )
    edition = ocr_text.read_ocr_text(text)
    _check_cover(edition, name)
    return edition


def _decoded(data: bytes) -> Iterator[str]:
    """The text of *data* in every encoding in which it is one."""
    encodings = ("utf-16",) if data[:2] in _UTF_16 else () if b"\0" in data[:4096] else _ENCODINGS
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            yield data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def _check_cover(edition: PublishedEdition, name: str) -> None:
    header = edition.header
    for label, value in (
        ("評価書番号", header.number),
        ("評価実施機関名", header.body),
        ("公表日", header.publication_date),
    ):
        if not value.strip():
            raise UnreadableSource(
                f"表紙に{label}がありません", where=name, remedy="表紙のページを含めて取り出してください"
            )
    if WarekiDate.read(header.publication_date) is None:
        raise UnreadableSource(
            f"表紙の公表日「{header.publication_date[:30]}」が日付として読めません",
            where=name,
            remedy="公表日の記載を確認してください",
        )
