"""Rows added to a sheet inside its workbook, with every other byte of it as it was.

A library that loads a workbook and saves it again drops what it does not know (shapes, readings of names,
settings of the printer). The file is the officer's own, so its XML is edited in place: rows, merged cells,
and the ranges that tell how far the sheet goes. Written for what spreadsheet programs write (ECMA-376, 18.3);
what is written otherwise is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from openpyxl.utils.cell import (  # type: ignore[import-untyped]
    coordinate_to_tuple,
    get_column_letter,
    range_boundaries,
)

from projections.exports.workbook_cells import RUNS

_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_HEIGHT = re.compile(r'\s(?:ht|customHeight)="[^"]*"')
_MERGED = re.compile(r'<mergeCell\b[^>]*?ref="([^"]+)"[^>]*?/>')
_XFS = re.compile(r'(<cellXfs\b[^>]*?count=")(\d+)("[^>]*>)(.*?)(</cellXfs>)', re.DOTALL)
_XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
# What may follow the rows of a sheet before its merged cells (ECMA-376, CT_Worksheet).
_BEFORE_MERGED = (
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews",
)  # fmt: skip


class Unfamiliar(Exception):
    """The XML is written in a way that this module does not edit."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one new row goes: its number, and per column of the table the first and the last column."""

    row: int
    columns: tuple[tuple[int, int], ...]


class SheetXml:
    """The XML of one sheet while it is edited, beside that of the ``styles`` of its workbook."""

    def __init__(self, text: str, styles: str) -> None:
        """Raises Unfamiliar where rows and cells do not say where they stand."""
        self.styles = styles
        self._head, opened, rest = text.partition("<sheetData>")
        rows, closed, self._tail = rest.partition("</sheetData>")
        if not (opened and closed):
            raise Unfamiliar
        self._rows: dict[int, tuple[str, dict[int, str]]] = {}
        for match in _ROW.finditer(rows):
            number = _attribute(match[1], "r")
            if not number.isdecimal():
                raise Unfamiliar
            self._rows[int(number)] = (match[1], _cells(match[2] or ""))
        if _ROW.sub("", rows).strip():
            raise Unfamiliar
        self._merged = _MERGED.findall(self._tail)

    def merged_at(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The merged cells that cover a place, as left, top, right, bottom; None where none do."""
        for ref in self._merged:
            left, top, right, bottom = range_boundaries(ref)
            if top <= row <= bottom and left <= column <= right:
                return left, top, right, bottom
        return None

    def style_at(self, row: int, column: int) -> str:
        """The number of the style of a cell; blank where it has none."""
        cell = self._rows.get(row, ("", {}))[1].get(column, "")
        return _attribute(cell.partition(">")[0], "s")

    def fill(self, slot: Slot, texts: Sequence[str], like: int) -> None:
        """Write *texts* into the cells of a *slot*, styled as the slot is, or else as the row *like* is.

        The row loses a fixed height: it is to show all of its words. Raises Unfamiliar.
        """
        attributes, cells = self._rows.get(slot.row, (f' r="{slot.row}"', {}))
        for (left, right), text in zip(slot.columns, texts, strict=True):
            for column in range(left, right + 1):
                style = self.style_at(slot.row, column) or self.style_at(like, column)
                words = text if column == left else ""
                if words.startswith(RUNS):
                    style = self._quoted(style)
                cells[column] = _cell(slot.row, column, style, words)
            if right > left and self.merged_at(slot.row, left) is None:
                first, last = (f"{get_column_letter(column)}{slot.row}" for column in (left, right))
                self._merged.append(f"{first}:{last}")
        self._rows[slot.row] = (_HEIGHT.sub("", attributes), cells)

    def _quoted(self, style: str) -> str:
        """A copy of a style under which words stay words when somebody edits the cell."""
        match = _XFS.search(self.styles)
        kinds = _XF.findall(match[4]) if match else []
        if match is None or int(style or 0) >= len(kinds):
            raise Unfamiliar
        plain = re.sub(r'\squotePrefix="[^"]*"', "", kinds[int(style or 0)])
        kind = plain.replace("<xf", '<xf quotePrefix="1"', 1)
        if kind in kinds:
            return str(kinds.index(kind))
        grown = f"{match[1]}{len(kinds) + 1}{match[3]}{match[4]}{kind}{match[5]}"
        self.styles = f"{self.styles[: match.start()]}{grown}{self.styles[match.end() :]}"
        return str(len(kinds))

    def written(self) -> str:
        """The sheet with its new rows, merged cells, and extent."""
        rows = "".join(
            f"<row{attributes}>{''.join(cell for _, cell in sorted(cells.items()))}</row>"
            for _, (attributes, cells) in sorted(self._rows.items())
        )
        return f"{self._extended()}<sheetData>{rows}</sheetData>{self._with_merged()}"

    def _extended(self) -> str:
        """What stands before the rows, where it tells how far the sheet goes."""
        match = re.search(r'(<dimension ref=")([^"]+)(")', self._head)
        if match is None:
            return self._head
        left, top, right, bottom = range_boundaries(match[2])
        columns = [column for _, cells in self._rows.values() for column in cells]
        ends = max([right, *columns]), max([bottom, *self._rows])
        ref = f"{get_column_letter(left)}{top}:{get_column_letter(ends[0])}{ends[1]}"
        return f"{self._head[: match.start(2)]}{ref}{self._head[match.end(2) :]}"

    def _with_merged(self) -> str:
        """What stands after the rows, with all merged cells."""
        if not self._merged:
            return self._tail
        cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in self._merged)
        element = f'<mergeCells count="{len(self._merged)}">{cells}</mergeCells>'
        if (there := re.search(r"<mergeCells\b.*?</mergeCells>", self._tail, re.DOTALL)) is not None:
            return f"{self._tail[: there.start()]}{element}{self._tail[there.end() :]}"
        at = 0
        for name in _BEFORE_MERGED:
            if found := re.compile(rf"\s*<{name}\b[^>]*?(?:/>|>.*?</{name}>)", re.DOTALL).match(
                self._tail, at
            ):
                at = found.end()
        return f"{self._tail[:at]}{element}{self._tail[at:]}"


def with_longer_print_area(workbook: str, sheet: int, last: int) -> str:
    """The XML of a *workbook* in which the printed area of its *sheet* (from 0) goes down to row *last*."""
    area = re.compile(
        rf'(<definedName\b(?=[^>]*name="_xlnm\.Print_Area")(?=[^>]*localSheetId="{sheet}")[^>]*>)([^<]*)(</definedName>)'
    )

    def longer(match: re.Match[str]) -> str:
        ends = re.search(r"(.*\$)(\d+)$", match[2])
        if ends is None or int(ends[2]) >= last:
            return match[0]
        return f"{match[1]}{ends[1]}{last}{match[3]}"

    return area.sub(longer, workbook)


def _cells(text: str) -> dict[int, str]:
    """The cells of a row by their columns. Raises Unfamiliar."""
    found: dict[int, str] = {}
    for match in _CELL.finditer(text):
        place = _attribute(match[1], "r")
        if not place:
            raise Unfamiliar
        found[coordinate_to_tuple(place)[1]] = match[0]
    if _CELL.sub("", text).strip():
        raise Unfamiliar
    return found


def _cell(row: int, column: int, style: str, words: str) -> str:
    place = f'r="{get_column_letter(column)}{row}"' + (f' s="{style}"' if style else "")
    if not words:
        return f"<c {place}/>"
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def _attribute(attributes: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', attributes)
    return match[1] if match else ""
