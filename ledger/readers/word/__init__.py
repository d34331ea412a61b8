"""A Word document (.docx) → rows of cells: its paragraphs and its tables, in their order.

A row of a table is a row; a paragraph is a row too, whose tabs divide its cells, as in a form typed without
tables. A cell merged across counts once; one that a cell merged downwards covers is blank and ``covered``.
A table inside a cell is read as rows where it stands alone there, and otherwise as words of that cell. Text
boxes and notes follow the row that they belong to, or are the words of a cell that has no others. Headers
and footers come first, and only what the body does not say (never the numbers of pages).

Not read, because Word does not print it: hidden text, comments, words left in cells that a merge covers.
A document with tracked changes has two readings and is refused. ``word_text`` says what becomes of boxes,
fields, ruby and symbols, ``word_numbering`` of automatic numbers.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.package import Package

from ledger import reader_names
from ledger.errors import UnreadableSource
from ledger.readers.change_table import columns_of
from ledger.readers.rows import SourceRow
from ledger.readers.word.numbering import Numbering, Styles, integer, is_on, value
from ledger.readers.word.text import Aside, Texts, W, inside

NAME: Final = reader_names.WORD

# Whatever python-docx, lxml and zipfile raise for a package that is cut short or not what it says.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_TRACKED = tuple(
    qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
_FROM_ELSEWHERE = (qn("w:altChunk"), qn("w:subDoc"))
_NUMBERED = re.compile(
    r"[\s　]*(?:[Ⅰ-Ⅴ]|I{1,3}|IV|V|[0-9０-９]{1,2}[.．]|[①-⑳]|[(（][0-9０-９]{1,2}[)）]|[・※])\t+(?=[^\t])"
)
_LEAST_COLUMNS = 4
_CHANGE = "変更"  # in the headings of every change table; quickly looked for
_MOST_COVERED = 0.5
_MOST_SPAN = 100
_PAGE_WORDS = frozenset({"", "ページ", "頁", "page", "p", "枚目", "全"})
_BETWEEN_WORDS = re.compile(r"[\s　|｜/／:：,、]+")
_NO_WORDS = re.compile(r"[^\w]|[\d_]")


class _Row(NamedTuple):
    cells: tuple[str, ...]
    place: str
    covered: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a table and the columns of the grid that it takes, from ``start`` to before ``end``."""

    content: Element
    start: int
    end: int
    covered: bool


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a package that hold words, and those that say how they are numbered and hidden."""

    body: Element
    margins: tuple[tuple[str, Element], ...]
    notes: dict[str, Element]
    styles: Styles
    numbering: Element | None

    @property
    def stories(self) -> tuple[Element, ...]:
        """Everything that holds words."""
        return (self.body, *(margin for _, margin in self.margins), *self.notes.values())


def rows(data: bytes, name: str) -> Sequence[SourceRow]:
    """The rows of a document, numbered from 1.

    Raises UnreadableSource where the package is damaged or no Word document, where changes are still
    tracked, where part of the text is in another file, or where there is no text at all.
    """
    parts = _opened(data, name)
    if any(_is_tracked(element) for story in parts.stories for element in story.iter(*_TRACKED)):
        raise UnreadableSource(
            "変更履歴（挿入、削除、移動）が残っています",
            where=name,
            remedy="Wordで変更を承諾するか元に戻してから、保存し直してください",
        )
    if any(next(story.iter(*_FROM_ELSEWHERE), None) is not None for story in parts.stories):
        raise UnreadableSource(
            "本文の一部が別のファイルのまま埋め込まれています",
            where=name,
            remedy="Wordで開き、一つの文書として保存し直してください",
        )
    found = list(_Document(parts).rows())
    if not found:
        raise UnreadableSource(
            "文書に文字がありません",
            where=name,
            remedy="画像だけの文書は読めません。文字の入った文書を指定してください",
        )
    return [SourceRow(line, row.cells, row.place, row.covered) for line, row in enumerate(found, start=1)]


def _opened(data: bytes, name: str) -> _Parts:
    remedy = "Wordで開いて「Word 文書（*.docx）」として保存し直してください"
    try:
        package = Package.open(io.BytesIO(data))
        kinds = [str(relation.reltype) for relation in package.rels.values()]
        if RELATION.OFFICE_DOCUMENT in kinds:
            parts = _parts(package.main_document_part)
    except _DAMAGE:
        raise UnreadableSource(
            "Word文書（.docx）が壊れているため読めません", where=name, remedy=remedy
        ) from None
    if any(kind.startswith(_STRICT) for kind in kinds):
        raise UnreadableSource("厳密なOpen XML形式のWord文書は読めません", where=name, remedy=remedy)
    if RELATION.OFFICE_DOCUMENT not in kinds or parts.body.tag != qn("w:document"):
        raise UnreadableSource("Word文書（.docx）ではありません", where=name, remedy=remedy)
    return parts


def _parts(main: Part) -> _Parts:
    body = _root(main)
    related = {
        str(relation.reltype): relation.target_part
        for relation in main.rels.values()
        if not relation.is_external
    }
    settings = related.get(RELATION.SETTINGS)
    numbering, styles = related.get(RELATION.NUMBERING), related.get(RELATION.STYLES)
    both_sides = settings is not None and bool(is_on(_root(settings), qn("w:evenAndOddHeaders")))
    return _Parts(
        body,
        tuple(_margins(main, body, both_sides=both_sides)),
        {
            f"{kind}{note.get(qn('w:id'))}": note
            for kind, relation, tag in (
                ("脚注", RELATION.FOOTNOTES, qn("w:footnote")),
                ("文末脚注", RELATION.ENDNOTES, qn("w:endnote")),
            )
            if relation in related
            for note in _root(related[relation]).iter(tag)
        },
        Styles(_root(styles) if styles is not None else None),
        _root(numbering) if numbering is not None else None,
    )


def _root(part: Part) -> Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _margins(main: Part, body: Element, *, both_sides: bool) -> Iterator[tuple[str, Element]]:
    """The headers and footers that are printed, each once."""
    seen: set[str] = set()
    for section in body.iter(qn("w:sectPr")):
        for tag, kind in ((qn("w:headerReference"), "ヘッダー"), (qn("w:footerReference"), "フッター")):
            for reference in section.findall(tag):
                pages, key = reference.get(qn("w:type")), str(reference.get(qn("r:id")))
                printed = {"first": bool(is_on(section, qn("w:titlePg"))), "even": both_sides}.get(
                    pages, True
                )
                if printed and key not in seen and key in main.related_parts:
                    seen.add(key)
                    yield kind, _root(main.related_parts[key])


def _is_tracked(element: Element) -> bool:
    """Whether a mark of revision changes words; a number that was switched on changes none."""
    above = element.getparent()
    return above is None or above.tag != qn("w:numPr")


class _Document:
    """Walks through one document; a walk counts its paragraphs, tables and automatic numbers."""

    def __init__(self, parts: _Parts) -> None:
        self._parts = parts
        self._texts = Texts(
            parts.stories, parts.styles, Numbering(parts.numbering, parts.styles), parts.notes
        )
        self._paragraphs = 0
        self._tables = 0

    def rows(self) -> Iterator[_Row]:
        """Every row that holds words."""
        body = [row for row in self._flow(self._parts.body) if any(cell.strip() for cell in row.cells)]
        yield from self._margin_rows(_folded("".join(cell for row in body for cell in row.cells)))
        yield from body

    def _margin_rows(self, body: str) -> Iterator[_Row]:
        """What headers and footers say and the body does not."""
        seen: set[str] = set()
        for kind, margin in self._parts.margins:
            for line in self._lines(margin):
                words = _BETWEEN_WORDS.split(line)
                if line not in seen and not all(
                    _is_page_number(word) or _folded(word) in body for word in words
                ):
                    seen.add(line)
                    yield _Row((line,), kind)

    def _flow(self, container: Element, place: str = "") -> Iterator[_Row]:
        """The paragraphs and tables of *container* as rows; what is not in the body has its own *place*."""
        for block in inside(container, W.P, W.TBL):
            if block.tag == W.TBL:
                yield from self._table(block)
                continue
            self._paragraphs += not place
            here = place or f"段落{self._paragraphs}"
            words = self._texts.paragraph(block)
            yield from (_Row(cells, here) for cells in _divided(words.text))
            yield from self._asides(words.asides, here)

    def _asides(self, asides: Iterable[Aside], place: str) -> Iterator[_Row]:
        for kind, content in asides:
            here = f"{place}の{kind}"
            if isinstance(content, str):
                yield _Row((content,), here)
            else:
                yield from self._flow(content, here)

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[_Row]:
        self._tables += 1
        number, grid = self._tables, _positions(table)
        open_merges: frozenset[int] = frozenset()
        headings: tuple[_Cell, ...] = ()
        above: dict[int, str] = {}
        for at, row in enumerate(inside(table, W.TR), start=1):
            place = f"表{number}の{at}行"
            cells, open_merges = _cells(row, open_merges)
            if not headings and (around := _layout(cells)) is not None:
                yield from self._laid_out(around, cells, place)
                continue
            read = [("", ()) if cell.covered else self._words(cell.content) for cell in cells]
            texts = [text for text, _ in read]
            covered = frozenset(n for n, cell in enumerate(cells) if cell.covered)
            if not headings and len(texts) >= _LEAST_COLUMNS:
                # A heading may be merged over the two rows of which the second divides 変更前 and 変更後.
                whole = [
                    above.get(c.start, "") if c.covered else t for c, t in zip(cells, texts, strict=True)
                ]
                if _CHANGE in _folded("".join(whole)) and columns_of(whole):
                    headings, texts, covered = cells, whole, frozenset()
            elif headings and len(texts) != len(headings):
                texts, covered = _under(headings, cells, texts, grid)
            above = {
                cell.start: above.get(cell.start, "") if cell.covered else text
                for cell, (text, _) in zip(cells, read, strict=True)
            }
            yield _Row(tuple(texts), place, covered)
            yield from self._asides([aside for _, asides in read for aside in asides], place)

    def _laid_out(self, around: _Cell, cells: Sequence[_Cell], place: str) -> Iterator[_Row]:
        """The rows of the tables inside a cell; the cells to its left stand before the first of them."""
        beside = [cell for cell in cells if cell.start < around.start]
        read = [("", ()) if cell.covered else self._words(cell.content) for cell in beside]
        before = tuple(text for text, _ in read) if any(text for text, _ in read) else ()
        covered: frozenset[int] = frozenset()
        for row in self._flow(around.content):
            shifted = frozenset(at + len(before) for at in row.covered)
            yield _Row((*before, *row.cells), row.place, covered | shifted)
            before, covered = ("",) * len(before), frozenset(range(len(before)))
        if not covered:
            yield _Row(before, place)
        yield from self._asides([aside for _, asides in read for aside in asides], place)

    def _words(self, cell: Element) -> tuple[str, Sequence[Aside]]:
        """The words of a cell, a line for each paragraph, and what floats beside them."""
        lines: list[str] = []
        asides: list[Aside] = []
        for block in inside(cell, W.P, W.TBL):
            if block.tag == W.P:
                words = self._texts.paragraph(block)
                lines.append(words.text.replace("\t", " "))
                asides.extend(words.asides)
                continue
            for row in inside(block, W.TR):
                read = [self._words(inner) for inner in inside(row, W.TC)]
                lines.append(" ".join(" ".join(text.split("\n")) for text, _ in read if text.strip()))
                asides.extend(aside for _, own in read for aside in own)
        text = "\n".join(lines).strip("\n")
        if text.strip():
            return text, asides
        floating = [line for aside in asides for line in self._aside_lines(aside)]
        return "\n".join(floating), ()

    def _lines(self, container: Element) -> Iterator[str]:
        """Every line of *container*, and then what floats there."""
        text, asides = self._words(container)
        yield from (line for line in text.split("\n") if line.strip())
        for aside in asides:
            yield from self._aside_lines(aside)

    def _aside_lines(self, aside: Aside) -> Iterator[str]:
        if isinstance(aside.content, str):
            yield aside.content
        else:
            yield from self._lines(aside.content)


def _divided(text: str) -> Iterator[tuple[str, ...]]:
    """The rows of cells that a paragraph is, as its tabs divide it.

    A tab behind a number and one that only indents divide nothing; where every line has tabs of its own,
    every line is a row.
    """
    lines = text.split("\n")
    for part in lines if all("\t" in line.strip("\t") for line in lines) else [text]:
        words = _NUMBERED.sub(lambda number: number[0].rstrip("\t") + " ", part, count=1)
        if "\t" not in words.strip("\t"):
            words = words.strip("\t")
        yield tuple(words.split("\t"))


def _cells(row: Element, open_merges: frozenset[int]) -> tuple[tuple[_Cell, ...], frozenset[int]]:
    """The cells of a row, and the columns in which a merge goes on downwards from it."""
    properties = row.find(qn("w:trPr"))
    at = min(integer(value(properties, qn("w:gridBefore"))), _MOST_SPAN)
    cells: list[_Cell] = []
    merged: set[int] = set()
    for content in inside(row, W.TC):
        own = content.find(qn("w:tcPr"))
        across, down = value(own, qn("w:hMerge")), value(own, qn("w:vMerge"))
        start, at = at, at + max(1, min(integer(value(own, qn("w:gridSpan"))), _MOST_SPAN))
        if across is not None and across != "restart" and cells:
            cells[-1] = replace(cells[-1], end=at)
            continue
        if down is not None:
            merged.add(start)
        goes_on = down is not None and down != "restart" and start in open_merges
        cells.append(_Cell(content, start, at, goes_on))
    return tuple(cells), frozenset(merged)


def _layout(cells: Sequence[_Cell]) -> _Cell | None:
    """The cell of a row whose tables are the layout of the page and not words of a cell.

    It is the only one that holds anything, or the last, and then holds nothing but tables of several columns.
    """
    holding = [cell for cell in cells if not cell.covered and _holds_words(cell.content)]
    if not holding or next(inside(holding[-1].content, W.TBL), None) is None:
        return None
    last = holding[-1]
    if len(holding) == 1:
        return last
    blocks = [block for block in inside(last.content, W.P, W.TBL) if _holds_words(block)]
    wide = all(b.tag == W.TBL and any(len(_cells_in(row)) > 1 for row in inside(b, W.TR)) for b in blocks)
    return last if wide else None


def _cells_in(row: Element) -> list[Element]:
    return list(inside(row, W.TC))


def _holds_words(element: Element) -> bool:
    holding = element.iter(W.T, W.SYMBOL, W.FIELD_CHAR, W.OBJECT, qn("w:numPr"))
    return any(one.tag != W.T or (one.text or "").strip() for one in holding)


def _positions(table: Element) -> list[int]:
    """Where each column of the grid of a table begins, and where the last one ends."""
    grid = table.find(qn("w:tblGrid"))
    columns = grid.findall(qn("w:gridCol")) if grid is not None else ()
    widths = [integer(column.get(qn("w:w"))) for column in columns]
    return list(accumulate(widths if all(widths) else [1] * len(widths), initial=0))


def _under(
    headings: Sequence[_Cell], cells: Sequence[_Cell], texts: Sequence[str], grid: Sequence[int]
) -> tuple[list[str], frozenset[int]]:
    """The *texts* of a row that is divided otherwise than the *headings* above it, each under its own.

    Where a cell stands under several headings the row stays as it is: which one it answers is not said.
    """
    last = max(cell.end for cell in (*headings, *cells))
    where = grid if last < len(grid) else range(last + 1)
    found: list[list[int]] = [[] for _ in headings]
    for at, cell in enumerate(cells):
        shares = [_overlap(cell, heading, where) / _overlap(heading, heading, where) for heading in headings]
        if sum(share > _MOST_COVERED for share in shares) > 1:
            return list(texts), frozenset(n for n, one in enumerate(cells) if one.covered)
        found[shares.index(max(shares))].append(at)
    joined = ["\n".join(texts[at] for at in under if texts[at]) for under in found]
    return joined, frozenset(
        n for n, under in enumerate(found) if under and all(cells[at].covered for at in under)
    )


def _overlap(one: _Cell, other: _Cell, where: Sequence[int]) -> int:
    """The width that two cells share."""
    return max(0, where[min(one.end, other.end)] - where[max(one.start, other.start)])


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_page_number(word: str) -> bool:
    """Whether a word of a margin is no more than ``- 3 -``, ``3/12`` or ``3ページ``."""
    return _NO_WORDS.sub("", unicodedata.normalize("NFKC", word)).lower() in _PAGE_WORDS
