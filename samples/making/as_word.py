"""An edition as a Word document (.docx): a table for each section, labels to the left of their values.

The sections come in the two shapes that cities use: Ⅰ, Ⅲ and Ⅴ print their headings as paragraphs between
tables, the others as cells that fill a row of one table. The same edition gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ledger.form import Form, form3
from ledger.published import ItemKind, PublishedEdition
from ledger.readers.headings import ANNEX_1, section_of
from projections.exports.form_layout import Kind, Line, lines

_WRITTEN = datetime(2026, 4, 1, 9, tzinfo=UTC)
_ZIPPED = (2026, 4, 1, 9, 0, 0)
_FORM_GRID = (1100, 1900, 3300, 3300)  # twentieths of a point; two columns of labels, two of values
_TABLE_GRID = (1100, 2000, 2400, 2400, 800, 900)
_LABELS = 2
_HEADINGS_BETWEEN_TABLES = frozenset({"I", "III", "V"})
_CHOICES = "＜選択肢＞"
_MERGED_DOWN = (0, 4, 5)  # 変更日, 提出時期, 提出時期に係る説明


def write_word(edition: PublishedEdition, *, merged: bool = False) -> bytes:
    """The whole document. *merged*: equal cells of the change table below one another are one cell."""
    paper = Document()
    paper.core_properties.created = paper.core_properties.modified = _WRITTEN
    body = paper.element.body
    last = body[-1]
    for element in _elements(lines(edition), form3(), merged=merged):
        last.addprevious(element)
    return _packed(paper)


def _packed(paper: Paper) -> bytes:
    """The package of a document, its members without the time of day."""
    written = io.BytesIO()
    paper.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            info = zipfile.ZipInfo(member, _ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return packed.getvalue()


@dataclass(slots=True)
class _Cell:
    text: str
    span: int = 1
    goes_on: bool = False  # covered by the cell above it
    starts: bool = False  # covers the cell below it


@dataclass(slots=True)
class _Table:
    """The rows of one table while they are collected."""

    grid: Sequence[int]
    rows: list[list[_Cell]] = field(default_factory=list)
    repeated: int = 0

    def full(self, text: str) -> None:
        """A row of one cell."""
        self.rows.append([_Cell(text, len(self.grid))])

    def element(self) -> Element:
        """The table as Word writes it, blank cells under equal ones merged upwards."""
        table = OxmlElement("w:tbl")
        properties = _add(table, "w:tblPr")
        _add(properties, "w:tblStyle", val="TableGrid")
        _add(properties, "w:tblW", w=str(sum(self.grid)), type="dxa")
        grid = _add(table, "w:tblGrid")
        for width in self.grid:
            _add(grid, "w:gridCol", w=str(width))
        for number, cells in enumerate(self.rows):
            row = _add(table, "w:tr")
            if number < self.repeated:
                _add(_add(row, "w:trPr"), "w:tblHeader")
            for cell in cells:
                _add_cell(row, cell)
        return table


def _add_cell(row: Element, cell: _Cell) -> None:
    content = _add(row, "w:tc")
    properties = _add(content, "w:tcPr")
    if cell.span > 1:
        _add(properties, "w:gridSpan", val=str(cell.span))
    if cell.starts:
        _add(properties, "w:vMerge", val="restart")
    elif cell.goes_on:
        _add(properties, "w:vMerge")
    content.extend(_paragraph(line) for line in cell.text.split("\n"))


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    child = OxmlElement(tag, {qn(f"w:{name}"): said for name, said in attributes.items()})
    parent.append(child)
    return child


def _paragraph(text: str) -> Element:
    paragraph = OxmlElement("w:p")
    run = _add(paragraph, "w:r") if text else paragraph
    for number, part in enumerate(text.split("\t") if text else ()):
        if number:
            _add(run, "w:tab")
        words = _add(run, "w:t")
        words.text = part
        words.set(qn("xml:space"), "preserve")
    return paragraph


def _elements(printed: Iterable[Line], form: Form, *, merged: bool) -> Iterator[Element]:
    """The document, block by block."""
    section, table = "", _Table(_FORM_GRID)
    for line in printed:
        if line.kind is Kind.SECTION:
            section = section_of(line.cells[0], form) or ""
            yield from _closed(table)
            table = _Table(_FORM_GRID)
        if line.kind in {Kind.COLUMNS, Kind.ROW}:
            table.grid = _TABLE_GRID
            table.repeated = 1
            table.rows.append([_Cell(cell) for cell in line.cells])
        elif not _stands_alone(line, section):
            _fill(table, line)
        else:
            yield from _closed(table)
            table = _Table(_FORM_GRID)
            yield from (_paragraph(part) for cell in line.cells for part in cell.split("\n"))
    if merged and table.repeated:
        _merge_down(table)
    yield from _closed(table)


def _stands_alone(line: Line, section: str) -> bool:
    """Whether a line is a paragraph and no row of a table."""
    if line.kind is Kind.COVER:
        return len(line.cells) == 1 and not line.labels and line.item is None  # the edition of the form
    if line.kind is Kind.SECTION:
        return section != "II"
    if line.kind is Kind.VALUE and section == ANNEX_1:
        return True
    heading = line.kind is Kind.HEADING and len(line.cells) == 1
    return line.kind in {Kind.TITLE, Kind.CONTENTS} or (heading and section in _HEADINGS_BETWEEN_TABLES)


def _fill(table: _Table, line: Line) -> None:
    """Add a row of the form: labels in the first columns, the value in the rest."""
    width, cells = len(table.grid), line.cells
    if len(cells) == 1:
        table.full(cells[0])
        return
    if line.kind is Kind.COVER:
        table.rows.append([_Cell(cell, width // len(cells)) for cell in cells])
        return
    labels, value = cells[: line.labels], "\n".join(cells[line.labels :])
    if not value and line.labels == len(cells):
        table.full(cells[-1])
        return
    row = [_Cell(label, _LABELS - n if n == len(labels) - 1 else 1) for n, label in enumerate(labels)]
    if not labels[0]:
        row[0].goes_on = True
        above = table.rows[-1][0]
        above.starts = not above.goes_on
    head, choices, options = value.partition(_CHOICES)
    if choices and line.item is not None and line.item.kind is ItemKind.CHOICE and not line.item.in_group:
        row += [_Cell(head.strip()), _Cell(choices + options)]
    else:
        row.append(_Cell(value, width - _LABELS))
    table.rows.append(row)


def _merge_down(table: _Table) -> None:
    """Make one cell of equal cells below one another, in the columns that say the same of many rows."""
    for column in _MERGED_DOWN:
        cells = [row[column] for row in table.rows[table.repeated :]]
        for text, equal in groupby(cells, key=lambda cell: cell.text):
            first, *others = equal
            if not text or not others:
                continue
            first.starts = True
            for other in others:
                other.text, other.goes_on = "", True


def _closed(table: _Table) -> Iterator[Element]:
    """A table that has rows, and a paragraph behind it: Word would join it with the next one."""
    if table.rows:
        yield table.element()
        yield OxmlElement("w:p")
