"""The sheets of a workbook → cells that hold words, each with the rows and columns it covers.

openpyxl opens the workbook; the sheets are read as a stream, for a sheet may have a million formatted
rows and a page of words, and the styles by themselves, for their fonts and colours say nothing here and are
often damaged. Only cells that hold something are kept.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import IO
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from openpyxl.packaging.relationship import (  # type: ignore[import-untyped]
    get_dependents,
    get_rels_path,
)
from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped]
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries  # type: ignore[import-untyped]
from openpyxl.utils.datetime import from_ISO8601, to_excel  # type: ignore[import-untyped]

from ledger.errors import UnreadableSource
from ledger.readers.workbook import number_formats

_STYLES = "xl/styles.xml"
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")  # how XML writes what it cannot hold
_DAMAGES = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,  # what both parsers of XML raise
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Area:
    """A cell, or the cells merged into one, by its first and last row and column (from 1), and its words."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the areas that hold words, in reading order, and those of several rows that hold none.

    ``shapes`` are the words that stand in shapes and text boxes over the cells, ``part`` is the file of the
    sheet inside the workbook.
    """

    title: str
    hidden: bool
    areas: tuple[Area, ...]
    blanks: tuple[Area, ...]
    shapes: tuple[str, ...] = ()
    part: str = ""


def words_of(areas: Sequence[Area]) -> str:
    """The words of *areas* that make one cell: those of a row joined by a space, the rows by line feeds."""
    rows = groupby(areas, key=lambda area: area.top)
    return "\n".join(" ".join(area.text for area in row) for _, row in rows)


def sheets_of(data: bytes, name: str) -> list[Sheet]:
    """The worksheets of a workbook in its order, hidden ones too; cells of white space hold nothing.

    Raises UnreadableSource where the workbook is damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells people of what it leaves out
            found = list(_opened(data))
    except _DAMAGES:
        raise UnreadableSource(
            "Excel ブックが壊れていて読めません",
            where=name,
            remedy="Excel で開き、「Excel ブック（.xlsx）」として保存し直してください",
        ) from None
    return found


def _opened(data: bytes) -> Iterator[Sheet]:
    """The worksheets of a workbook. Raises one of _DAMAGES where it has none, or none that can be read."""
    reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    strings = [_words(text) for text in reader.shared_strings]
    values = _Values(strings, _formats(reader.archive), reader.wb.epoch)
    parts = [
        (sheet, part.target)
        for sheet, part in reader.parser.find_sheets()
        if part.Type.endswith("/worksheet")
    ]
    if not parts:
        message = "no worksheets"
        raise ValueError(message)
    for sheet, part in parts:
        with reader.archive.open(part) as source:
            areas, blanks = _areas(source, values)
        shapes = tuple(_in_shapes(reader.archive, part))
        yield Sheet(sheet.name, sheet.state != "visible", areas, blanks, shapes, part)


@dataclass(frozen=True, slots=True)
class _Values:
    """What the cells of all sheets refer to: the strings, the number formats of the styles, the day 0."""

    strings: Sequence[str]
    formats: Sequence[str]
    epoch: datetime

    def of(self, cell: ET.Element) -> str:
        """The words that a cell prints. A formula that no program has worked out yet is given itself."""
        parts = {_tag(child): child for child in cell}
        raw = parts["v"].text or "" if "v" in parts else ""
        words = ""
        match cell.get("t", "n"):
            case "s" if raw:
                words = self.strings[int(raw)]
            case "inlineStr" if "is" in parts:
                words = _words("".join(_runs(parts["is"])))
            case "str" | "e":
                words = _words(raw)
            case "b" if raw:
                words = "TRUE" if raw.strip() in {"1", "true"} else "FALSE"
            case "d" if raw:
                words = self._number(float(to_excel(from_ISO8601(raw), self.epoch)), cell)
            case "n" if raw:
                words = self._number(float(raw), cell)
        worked_out = raw or (cell.get("t") == "str" and "v" in parts)
        return f"={parts['f'].text or ''}" if "f" in parts and not worked_out else words

    def _number(self, value: float, cell: ET.Element) -> str:
        style = int(cell.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else number_formats.code_of(0)
        return number_formats.printed(value, code, self.epoch)


def _areas(source: IO[bytes], values: _Values) -> tuple[tuple[Area, ...], tuple[Area, ...]]:
    """The areas of a sheet with words, and those without, from the XML of its part."""
    words: dict[tuple[int, int], str] = {}
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    rows: ET.Element | None = None
    row = column = 0
    for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314  (entities are refused before)
        tag = _tag(element)
        if event == "start":
            if tag == "row":
                row, column = int(element.get("r", row + 1)), 0
            elif tag == "sheetData":
                rows = element
        elif tag == "c":
            place = element.get("r")
            row, column = coordinate_to_tuple(place) if place else (row, column + 1)
            if len(element) and (text := values.of(element)).strip():
                words[row, column] = text
        elif tag == "row" and rows is not None:
            rows.clear()
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            merged[top, left] = (bottom, right)
    blanks = (
        Area(*corner, *merged[corner], "")
        for corner in merged.keys() - words.keys()
        if merged[corner][0] > corner[0]
    )
    return (
        tuple(Area(*corner, *merged.get(corner, corner), words[corner]) for corner in sorted(words)),
        tuple(sorted(blanks, key=lambda area: (area.top, area.left))),
    )


def _in_shapes(archive: ZipFile, sheet: str) -> Iterator[str]:
    """The words in the shapes of the sheet with this part, paragraph by paragraph."""
    relations = get_rels_path(sheet)
    if relations not in archive.namelist():
        return
    for part in get_dependents(archive, relations):
        if part.Type.endswith("/drawing"):
            yield from _paragraphs(ET.fromstring(archive.read(part.target)))  # noqa: S314  (as above)


def _paragraphs(element: ET.Element) -> Iterator[str]:
    for child in element:
        if _tag(child) == "p":
            words = "".join(part.text or "" for part in child.iter() if _tag(part) == "t")
            yield from (words,) if words.strip() else ()
        elif _tag(child) != "Fallback":  # the same shape once more, for older programs
            yield from _paragraphs(child)


def _formats(archive: ZipFile) -> list[str]:
    """The number format of every style that cells may name."""
    if _STYLES not in archive.namelist():
        return []
    codes: dict[int, str] = {}
    styles: list[int] = []
    with archive.open(_STYLES) as source:
        inside = ""
        for event, element in ET.iterparse(source, ("start", "end")):  # noqa: S314  (as above)
            tag = _tag(element)
            if event == "start" and tag in {"numFmts", "cellStyleXfs", "cellXfs", "cellStyles"}:
                inside = tag
            elif event == "end" and tag == "numFmt" and inside == "numFmts":
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            elif event == "end" and tag == "xf" and inside == "cellXfs":
                styles.append(int(element.get("numFmtId", "0")))
    return [codes.get(number) or number_formats.code_of(number) for number in styles]


def _tag(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _runs(string: ET.Element) -> Iterator[str]:
    """The runs of a rich text, without the readings (furigana) that stand beside them."""
    for child in string:
        if (tag := _tag(child)) == "t":
            yield child.text or ""
        elif tag == "r":
            yield from _runs(child)


def _words(text: str) -> str:
    """The characters of a cell: those written as ``_x000D_``, and line ends as line feeds."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
