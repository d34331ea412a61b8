"""A PDF with a text layer → rows of cells, its tables read by their rules and the places of the words.

Reads: the form as a spreadsheet or a word processor prints it, portrait and landscape pages, rotated
pages, lines of text without any table. Gives: the rows of every table with one cell for each ruled cell,
and the lines between the tables. Colours say nothing: white words are read like black ones.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Final

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, resolve1

from ledger import reader_names
from ledger.errors import UnreadableSource
from ledger.readers.pdf.content import Content, content_of
from ledger.readers.pdf.fonts import UNMAPPED, Fonts
from ledger.readers.pdf.pages import source_rows
from ledger.readers.pdf.sheets import Sheet, sheet_of
from ledger.readers.pdf.streams import check_streams, named
from ledger.readers.rows import SourceRow

NAME: Final = reader_names.PDF

_MOST_PAGES: Final = 3_000
_END: Final = 4_096  # bytes at the end of a file, in which its last mark stands
_FEW: Final = 20  # letters: the number of a page, a stamp
_PICTURED: Final = 0.4  # of a page that is a picture
_NAMED: Final = 5  # pages
_UNREADABLE: Final = 0.1  # of the letters

# The library tells its troubles to the log of the program; what matters to people is said by the errors here.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())


def rows(data: bytes, name: str) -> Sequence[SourceRow]:
    """Every row of every page. Raises UnreadableSource where *data* cannot be read as a whole."""
    if b"%%EOF" not in data[-_END:]:
        raise _damaged(name)
    check_streams(data, name)
    try:
        return source_rows(list(_sheets(data, name)))
    except UnreadableSource:
        raise
    except PDFPasswordIncorrect as error:
        raise UnreadableSource(
            "PDF に開くためのパスワードがかかっています",
            where=name,
            remedy="パスワードを外した PDF を指定してください",
        ) from error
    except Exception as error:  # the library raises nearly anything on damaged input
        raise _damaged(name) from error


def _sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The pages one by one; only their words are kept."""
    document = PDFDocument(PDFParser(BytesIO(data)))
    fonts = Fonts()
    letters = unmapped = 0
    empty: list[Content] = []
    pages = _page_count(document, name)
    number = 0
    for number, page in enumerate(islice(PDFPage.create_pages(document), pages), start=1):
        if (where := _filled_in(page)) is not None:
            raise UnreadableSource(
                f"記載が PDF の{where}にあり、本文として読めません",
                where=f"{name} {number}ページ",
                remedy="印刷の機能で PDF に保存し直したものを指定してください",
            )
        content = content_of(page, number, fonts, name)
        written = [glyph for glyph in content.glyphs if glyph.text.strip()]
        letters += len(written)
        unmapped += sum(glyph.text == UNMAPPED for glyph in written)
        if len(written) <= _FEW:
            empty.append(content)
        yield sheet_of(content)
    if number != pages or not pages:
        raise _damaged(name)
    _check_letters(name, letters, unmapped)
    _check_pictures(name, letters, empty, pages)


def _page_count(document: PDFDocument, name: str) -> int:
    """How many pages a document says it has; where it has fewer, some are lost."""
    count = resolve1(dict_value(document.catalog["Pages"])["Count"])
    if not isinstance(count, int):
        raise _damaged(name)
    if count > _MOST_PAGES:
        raise UnreadableSource(
            f"PDF のページが多すぎます（{_MOST_PAGES:,}ページまで）",
            where=name,
            remedy="評価書の部分だけの PDF を指定してください",
        )
    return count


def _check_letters(name: str, letters: int, unmapped: int) -> None:
    """Refuse a text layer that says shapes but no characters."""
    if letters and unmapped > _UNREADABLE * letters:
        raise UnreadableSource(
            f"文字の多く（{letters}字のうち{unmapped}字）が、どの文字か分かりません（フォントに文字コードがありません）",
            where=name,
            remedy="元の Excel・Word か、OCR をかけたものを指定してください",
        )


def _check_pictures(name: str, letters: int, empty: Sequence[Content], pages: int) -> None:
    """Refuse pages that are pictures: what they say would be lost without a word."""
    pictures = [content.number for content in empty if content.pictured >= _PICTURED]
    remedy = "OCR をかけたものか、元の Excel・Word を指定してください"
    if pictures and len(empty) == pages:
        raise UnreadableSource("文字情報がありません（画像だけのPDFです）", where=name, remedy=remedy)
    if pictures:
        numbers = "、".join(map(str, pictures[:_NAMED]))
        more = f" ほか{len(pictures) - _NAMED}" if len(pictures) > _NAMED else ""
        raise UnreadableSource(
            f"{numbers}{more}ページに文字情報がありません（画像だけのページです）", where=name, remedy=remedy
        )
    if not letters:
        raise UnreadableSource(
            "文字情報がありません（白紙か、文字が図形になっているPDFです）", where=name, remedy=remedy
        )


def _filled_in(page: PDFPage) -> str | None:
    """What of a page is written beside its text: a field that is filled in, or a note laid over it."""
    for each in resolve1(page.annots) or ():
        note = resolve1(each)
        if not isinstance(note, dict):
            continue
        match named(note.get("Subtype")):
            case "Widget" if _says(note, "V") or _says(resolve1(note.get("Parent")), "V"):
                return "入力欄（フォーム）"
            case "FreeText" if _says(note, "Contents"):
                return "注釈（テキストボックス）"
            case _:
                pass
    return None


def _says(note: object, key: str) -> bool:
    """Whether a dictionary of a PDF has words under *key*."""
    words = resolve1(note.get(key)) if isinstance(note, dict) else None
    return isinstance(words, bytes) and bool(words.strip(b"\xfe\xff\0 "))


def _damaged(name: str) -> UnreadableSource:
    return UnreadableSource(
        "PDF が壊れているか、途中で切れています",
        where=name,
        remedy="もう一度ダウンロードするか、元のファイルを指定してください",
    )
