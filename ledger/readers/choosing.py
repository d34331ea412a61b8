"""Picks a reader by what the file is, not by what it is called.

Every format is brought to rows of cells first, and those are read by what they print. Only a text layer
without tables, whose reading order is scrambled, has a reader of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import UnreadableSource
from ledger.form import FORM_3, form_named
from ledger.published import PublishedEdition
from ledger.readers import assembling, bounds, ocr_text, other_forms, text_layer
from ledger.readers.cover import covers_of, form_of
from ledger.readers.kinds import Kind, kind_of
from ledger.readers.rows import SourceRow
from ledger.readers.texts import text_of
from ledger.wareki import WarekiDate
from ledger.wording import in_brief


def read(data: bytes, name: str) -> PublishedEdition:
    """Read one published document.

    Raises UnreadableSource where *data* is empty, of no kind or no 評価書 that a reader knows, damaged, or
    where the cover does not say whose assessment it is and when it was published.
    """
    if not data or data.isspace():
        raise UnreadableSource(
            "ファイルが空です", where=name, remedy="公表された評価書のファイルを指定してください"
        )
    edition = _edition(data, name)
    _check_cover(edition, name)
    return edition


def read_workbook(data: bytes, name: str) -> PublishedEdition:
    """Read a workbook that need not be a whole document: without a cover it is taken for a part of 様式3.

    Raises UnreadableSource where it is damaged or no workbook.
    """
    if kind_of(data, name) is not Kind.WORKBOOK:
        raise UnreadableSource(
            "Excel ブックではありません", where=name, remedy="Excel ブック（.xlsx）を指定してください"
        )
    return _edition(data, name, otherwise=FORM_3)


def _edition(data: bytes, name: str, otherwise: str = "") -> PublishedEdition:
    """A document of the form that its title names, or else of the form *otherwise*."""
    rows, reader = _rows(data, name)
    bounds.check(rows, name)
    form = form_of("\n".join(row.text for row in rows)) or otherwise
    if not form:
        raise UnreadableSource(
            "特定個人情報保護評価書として読めません",
            where=name,
            remedy="基礎項目、重点項目又は全項目評価書の、表紙を含む文書を指定してください",
        )
    _check_covers(rows, name)
    try:
        return _read_as(form, rows, reader)
    except bounds.TooMany as what:
        raise UnreadableSource(
            str(what), where=name, remedy="評価書一つだけの文書を指定してください"
        ) from None


def _read_as(form: str, rows: Sequence[SourceRow], reader: str) -> PublishedEdition:
    if not form_named(form).itemised:
        return other_forms.edition_of(rows, form, reader=reader)
    if all(len(row.cells) == 1 for row in rows):
        torn = reader == ocr_text.NAME
        return text_layer.edition_of(rows, reader=text_layer.NAME if torn else reader)
    return assembling.edition_of(rows, reader=reader)


def _rows(data: bytes, name: str) -> tuple[Sequence[SourceRow], str]:
    """The rows of cells of a file of any kind, and the reader that brought them.

    The library of a format is loaded when there is a file of it: all of them take longer than most commands.
    """
    match kind_of(data, name):
        case Kind.WORKBOOK:
            from ledger.readers import workbook  # noqa: PLC0415

            return workbook.rows(data, name), workbook.NAME
        case Kind.WORD:
            from ledger.readers import word  # noqa: PLC0415

            return word.rows(data, name), word.NAME
        case Kind.PDF:
            from ledger.readers import pdf  # noqa: PLC0415

            return pdf.rows(data, name), pdf.NAME
        case _:
            return ocr_text.rows(text_of(data, name)), ocr_text.NAME


def _check_covers(rows: Sequence[SourceRow], name: str) -> None:
    """A page may come twice, but no second assessment."""
    numbers = list(dict.fromkeys(f"{form}の{number}" for form, number in covers_of(rows)))
    if len(numbers) > 1:
        raise UnreadableSource(
            f"評価書が{len(numbers)}つ入っています（{in_brief('、'.join(numbers), 40)}）",
            where=name,
            remedy="評価書ごとに分けた文書を指定してください",
        )


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
    if len(days := header.publication_date.split("\n")) > 1 and all(map(WarekiDate.read, days)):
        raise UnreadableSource(
            f"表紙に公表日が{len(days)}つあります（{in_brief('、'.join(days), 40)}）",
            where=name,
            remedy="この版の公表日だけを残した文書を指定してください",
        )
    if WarekiDate.read(header.publication_date) is None:
        raise UnreadableSource(
            f"表紙の公表日「{in_brief(header.publication_date, 30)}」が日付として読めません",
            where=name,
            remedy="公表日の記載を確認してください",
        )
