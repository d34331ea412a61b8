"""``read(data, name)``: picks a reader by what the file is, not by what it is called.

Every format is brought to rows of cells first, and those are read by what they print. Only a text layer
without tables, whose reading order is scrambled, has a reader of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import UnreadableSource
from ledger.published import PublishedEdition
from ledger.readers import assembling, ocr_text
from ledger.readers.cover import form_of
from ledger.readers.kinds import kind_of
from ledger.readers.rows import SourceRow
from ledger.readers.texts import text_of
from ledger.wareki import WarekiDate


def read(data: bytes, name: str) -> PublishedEdition:
    """Read one published document.

    Raises UnreadableSource where *data* is empty, of no kind or no 評価書 that a reader knows, damaged, or
    where the cover does not say whose assessment it is and when it was published.
    """
    if not data.strip():
        raise UnreadableSource(
            "ファイルが空です", where=name, remedy="公表された評価書のファイルを指定してください"
        )
    edition = _edition(data, name)
    _check_cover(edition, name)
    return edition


def _edition(data: bytes, name: str) -> PublishedEdition:
    rows, reader = _rows(data, name)
    form = form_of("\n".join(row.text for row in rows))
    if form == "様式3":
        return assembling.edition_of(rows, reader=reader)
    raise UnreadableSource(
        "特定個人情報保護評価書（重点項目評価書）として読めません",
        where=name,
        remedy="様式3の評価書から取り出したテキスト（表はタブ区切り）を指定してください",
    )


def _rows(data: bytes, name: str) -> tuple[Sequence[SourceRow], str]:
    """The rows of cells of a file of any kind, and the reader that brought them."""
    match kind_of(data, name):
        case _:
            return ocr_text.rows(text_of(data, name)), ocr_text.NAME


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
