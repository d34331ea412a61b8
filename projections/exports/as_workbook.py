"""An edition as a workbook in the layout of the official form, cell for cell as cities fill it in.

Narrow columns, labels and values in merged cells, brackets and ticks of boxes in cells of their own, the
list of options beside the choice and over several rows, a sheet for each section and file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from ledger.form import FormItem
from ledger.published import ItemKind, PrintedItem, PublishedEdition
from projections.exports.change_sheet import write_changes
from projections.exports.form_layout import Kind, Line, lines
from projections.exports.workbook_cells import GREY, block, saved
from projections.origin import Origin

# Columns of the sheets in labels and values.
_FIRST, _LAST = 2, 41
_WIDTH = 2.6
_UNDER_PARENT = 6  # where ④再委託の有無 begins, beside the vertical 再委託
_VALUE = 12
_COUNT = 22  # where a number of 件 stands
_LIST = 28  # where the list of options begins
_BOX = 10  # columns of a box with its label
_IN_HEADING = 22  # where boxes begin that stand in a heading
_LABEL_BESIDE = 8  # the last column of a label of the cover that stands beside another
_SHORT = 11  # characters of an option that shares its row with another
_ON_A_ROW = 60  # characters of a text that fill a row

_DOWNWARDS = Alignment(wrap_text=True, vertical="center", text_rotation=255)
_BOLD = Font(bold=True)
_YELLOW = PatternFill("solid", fgColor="FFF2CC")
_DOUBT_WIDTHS = (50, 90)
_COMMENT = 500  # characters; the last sheet has the whole reason

_CHOICE = re.compile(r"\[ (.*) \](?: （ (.*) ） 件)?\n＜選択肢＞\n(.*)", re.DOTALL)


def write_workbook(edition: PublishedEdition, origin: Origin | None = None, *, merged: bool = False) -> bytes:
    """The whole document. With *merged*, equal days (timings, explanations) of the change table are one cell.

    A cell whose item is in doubt is yellow, with the reason as its comment; a last sheet lists them. Raises
    CannotExport for what no cell holds.
    """
    book = Workbook()
    book.remove(book.active)
    for sheet_lines in _by_sheet(lines(edition)):
        sheet = book.create_sheet(_name(sheet_lines[0], book.sheetnames))
        if any(line.kind is Kind.COLUMNS for line in sheet_lines):
            write_changes(sheet, sheet_lines, merged=merged)
        else:
            _Pen(sheet).write(sheet_lines)
    _write_doubts(book, [item for item in edition.items if item.doubt])
    return saved(book, origin)


def _write_doubts(book: Workbook, items: Sequence[PrintedItem]) -> None:
    """A last sheet with what is not certain in the others, and why; none where all is."""
    if not items:
        return
    sheet = book.create_sheet("記載の確かさ")
    for place, width in enumerate(_DOUBT_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    block(sheet, (1, 1), (1, 2), "台帳で確かめられない記載（公表するときはこのシートを除く）")
    for row, item in enumerate(items, start=2):
        block(sheet, (row, 1), (row, 1), str(item.path))
        block(sheet, (row, 2), (row, 2), item.doubt)


def _by_sheet(printed: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each sheet: the cover, the list of contents, every section."""
    sheet: list[Line] = []
    for line in printed:
        opens = line.kind is Kind.SECTION or (
            line.kind is Kind.CONTENTS and sheet[-1].kind is not Kind.CONTENTS
        )
        if opens:
            yield sheet
            sheet = []
        sheet.append(line)
    yield sheet


def _name(first: Line, taken: Sequence[str]) -> str:
    """The name of a sheet; Excel numbers copies."""
    name = "表紙" if first.kind is Kind.TITLE else first.cells[0].partition(" ※")[0]
    copies = sum(other == name or other.startswith(f"{name} (") for other in taken)
    return f"{name} ({copies + 1})" if copies else name


class _Pen:
    """Draws lines on a sheet of narrow columns, from the top downwards."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._row = 2
        self._parent: tuple[int, str] | None = None
        for column in range(1, _LAST + 2):
            sheet.column_dimensions[get_column_letter(column)].width = _WIDTH

    def write(self, printed: Sequence[Line]) -> None:
        """Draw *printed*, which may hold no change table."""
        over: tuple[str, ...] = ()  # the labels of the cover whose values come next
        for line in printed:
            if line.kind is Kind.COVER:
                if not line.labels:
                    self._mark(line, self._cover(over, line))
                over = line.cells if line.labels else ()
                continue
            if line.labels <= 1 or line.cells[0]:
                self._end_parent()
            self._mark(line, self._line(line))
        self._end_parent()

    def _mark(self, line: Line, place: tuple[int, int]) -> None:
        """Where the item of *line* is in doubt, say so at its value."""
        if line.doubt:
            cell = self._sheet.cell(*place)
            cell.fill = _YELLOW
            cell.comment = Comment(line.doubt[:_COMMENT], "kaitei", width=360, height=160)

    def _line(self, line: Line) -> tuple[int, int]:
        """Draw one line; the first cell of its value."""
        top, left = self._row, _FIRST
        beside = len(line.cells) > line.labels  # the value stands beside its label
        match line.kind:
            case Kind.VALUE:
                self._row += self._text(line.cells[-1], _FIRST)
            case Kind.HEADING if line.item is not None and beside:
                self._heading_with_boxes(line, line.item)
                left = _IN_HEADING
            case Kind.LABEL if beside and line.labels > 1:
                self._parent = self._parent or (self._row, line.cells[0])
                self._labelled(line, _UNDER_PARENT)
                left = _VALUE
            case Kind.GROUP | Kind.LABEL if beside or line.kind is Kind.GROUP:
                self._labelled(line, _FIRST)
                left = _VALUE
            case _:
                self._put(line.cells[-1], _FIRST, _LAST)
                self._sheet.cell(self._row, _FIRST).font = _BOLD
                self._row += 1
        return top, left

    def _put(self, text: str, left: int, right: int, height: int = 1, *, below: int = 0) -> None:
        top = self._row + below
        block(self._sheet, (top, left), (top + height - 1, right), text)

    def _cover(self, labels: Sequence[str], line: Line) -> tuple[int, int]:
        """Draw a value of the cover with its labels; its first cell."""
        place = self._row, _FIRST
        if not labels:  # the edition of the form stands at the foot, on the right
            place = self._row + 1, _LIST
            self._row += 1
            self._put(line.cells[0], _LIST, _LAST)
            self._row += 1
        elif len(labels) > 1:
            for texts in (labels, line.cells):
                self._put(texts[0], _FIRST, _LABEL_BESIDE)
                self._put(texts[1], _LABEL_BESIDE + 1, _LAST)
                self._row += 1
            place = self._row - 1, _FIRST
        elif line.item is not None and line.item.key == "cover.special_notes":
            place = self._row, _LABEL_BESIDE + 1
            height = self._text(line.cells[0], _LABEL_BESIDE + 1)
            self._put(labels[0], _FIRST, _LABEL_BESIDE, height)
            self._row += height
        else:
            self._put(labels[0], _FIRST, _LAST)
            self._row += 1
            place = self._row, _FIRST
            self._row += self._text(line.cells[0], _FIRST)
        self._row += 1
        return place

    def _end_parent(self) -> None:
        if self._parent is not None:
            top, label = self._parent
            block(self._sheet, (top, _FIRST), (self._row - 1, _UNDER_PARENT - 1), label)
            self._sheet.cell(top, _FIRST).alignment = _DOWNWARDS
            self._parent = None

    def _labelled(self, line: Line, left: int) -> None:
        """A label, merged over as many rows as its value takes."""
        label, value = line.cells[line.labels - 1], line.cells[-1] if len(line.cells) > line.labels else ""
        height = self._value(line.item, value)
        self._put(label, left, _VALUE - 1, height)
        self._sheet.cell(self._row, left).fill = GREY
        self._row += height

    def _heading_with_boxes(self, line: Line, item: FormItem) -> None:
        self._put(line.cells[0], _FIRST, _IN_HEADING - 1)
        left = _IN_HEADING
        for box in _boxes(item, line.cells[-1]):
            self._box(box, left)
            left += _BOX
        self._row += 1

    def _value(self, item: FormItem | None, text: str) -> int:
        """Draw a value beside its label; how many rows it takes."""
        if item is not None and item.kind is ItemKind.CHOICE:
            return self._choice(text)
        if item is not None and item.kind is ItemKind.CHECKBOX:
            return self._set_of_boxes(_boxes(item, text))
        return self._text(text, _VALUE)

    def _text(self, text: str, left: int) -> int:
        height = max(1, sum(1 + len(part) // _ON_A_ROW for part in text.split("\n")) // 2)
        self._put(text, left, _LAST, height)
        return height

    def _choice(self, text: str) -> int:
        """The chosen option between its brackets, and on its right the list of them all, row by row."""
        match = _CHOICE.fullmatch(text)
        if match is None:
            return self._text(text, _VALUE)
        chosen, count, options = match.groups()
        self._put("[", _VALUE, _VALUE)
        self._put(chosen, _VALUE + 1, _COUNT - 2)
        self._put("]", _COUNT - 1, _COUNT - 1)
        if count is not None:
            self._count(count, _COUNT)
        self._put("＜選択肢＞", _LIST, _LAST)
        height = 1
        for of_row in _in_rows(options.split("\n")):
            width = (_LAST - _LIST + 1) // len(of_row)
            for place, option in enumerate(of_row):
                left = _LIST + place * width
                self._put(option, left, left + width - 1, below=height)
            height += 1
        return height

    def _count(self, count: str, left: int, *, below: int = 0) -> None:
        self._put("（", left, left, below=below)
        self._put(count, left + 1, left + 2, below=below)
        self._put("） 件", left + 3, left + 4, below=below)

    def _set_of_boxes(self, boxes: Sequence[_Box]) -> int:
        """Boxes, three on a row; those with a text of their own, or a number of 件, on a row each."""
        below, left = 0, _VALUE
        for box in boxes:
            alone = box.text is not None or box.count is not None
            if left > _VALUE and (alone or left + _BOX - 1 > _LAST):
                below, left = below + 1, _VALUE
            self._box(box, left, below=below)
            if box.count is not None:
                self._count(box.count, left + _BOX, below=below)
            if box.text is not None:
                self._put("（", left + _BOX, left + _BOX, below=below)
                self._put(box.text, left + _BOX + 1, _LAST - 1, below=below)
                self._put("）", _LAST, _LAST, below=below)
            below, left = (below + 1, _VALUE) if alone else (below, left + _BOX)
        return below + (left > _VALUE)

    def _box(self, box: _Box, left: int, *, below: int = 0) -> None:
        """``[``, the tick, ``]`` and the label in cells of their own; no brackets where no mark was read."""
        if box.mark is not None:
            for place, text in enumerate(("[", box.mark, "]")):
                self._put(text, left + place, left + place, below=below)
        self._put(box.label, left + 3, left + _BOX - 1, below=below)


@dataclass(frozen=True, slots=True)
class _Box:
    """A box as the form prints it: its tick (None where it cannot be read), number of 件 and free text."""

    mark: str | None
    label: str
    count: str | None
    text: str | None


def _boxes(item: FormItem, text: str) -> list[_Box]:
    """The boxes of *text*, which stand line by line; a free text may go over several lines."""
    patterns = (
        r"(?:\[ (○ )?(\]) )?([^\n]+?)(?: （ ([^\n]*?) ） 件)?"
        + (r" （ (.*?) ）" if option.takes_text else r"()")
        for option in item.options
    )
    match = re.fullmatch("\n".join(patterns), text, re.DOTALL)
    if match is None:
        return [_Box(None, text, None, None)]
    found = []
    for place, option in enumerate(item.options):
        tick, closed, label, count, own = match.groups()[5 * place : 5 * place + 5]
        mark = (tick or "").strip() if closed else None
        found.append(_Box(mark, label, count, own if option.takes_text else None))
    return found


def _in_rows(options: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The entries of a list of options: two on a row where they are short."""
    short = max(map(len, options)) <= _SHORT
    step = 2 if short else 1
    yield from (tuple(options[at : at + step]) for at in range(0, len(options), step))
