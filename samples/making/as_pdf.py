"""An edition as a PDF with a text layer: the form as a spreadsheet prints it, ruled cells and all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cache
from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ledger import wording
from ledger.form import FormItem
from ledger.published import ItemKind, PublishedEdition
from projections.exports.form_layout import Kind, Line, lines

_FONT: Final = "HeiseiKakuGo-W5"  # every viewer has it, so that no font file is needed
_SIZE: Final = 9.0
_LEADING: Final = 12.0
_PAD: Final = 3.0
_MARGIN: Final = 42.0
_FOOT: Final = 24.0
_LABEL, _GROUP_LABEL, _NUMBER, _HEADING = 150.0, 48.0, 100.0, 340.0
_CHANGE_COLUMNS = (76.0, 126.0, 193.0, 193.0, 46.0, 123.0)
_MARK_WIDTH: Final = 28.0
_LIST_AT: Final = 0.48  # of the cell: where ＜選択肢＞ begins
_FEWEST_LINES: Final = 3  # of a cell at the foot of a page
_LATIN = re.compile(r"[!-~]+ ?")
_NO_START = "、。，．・：；？！）」』】〕］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.)]}"
_NO_END = "（「『【〔［｛〈《([{"
_MARKED = re.compile(r"\[ (○|) ?\] ")
_MERGED = (0, 4, 5)  # 変更日, and what is said once for all rows of a day

Fragment = tuple[float, str]


class Ruling(Enum):
    """How the programs that write PDF draw the line between two cells."""

    LINES = auto()
    THIN_RECTANGLES = auto()
    DOTS = auto()


@dataclass(slots=True)
class _Cell:
    """A ruled cell: its lines, each of fragments at their distance from the left edge.

    ``goes_on`` and ``from_above`` say that no line parts it from the cell below, or above.
    """

    width: float
    printed: list[list[Fragment]] = field(default_factory=list)
    shaded: bool = False
    goes_on: bool = False
    from_above: bool = False


def write_pdf(
    edition: PublishedEdition,
    *,
    merged: bool = False,
    closed: bool = False,
    ruling: Ruling = Ruling.LINES,
) -> bytes:
    """The whole document, the same bytes every time.

    With *merged*, equal neighbouring days of the change table (and what stands beside them in 提出時期 and
    its explanation) share one cell. A row that goes on over the page is left open there, as a spreadsheet
    does; with *closed* it is ruled off, as a word processor does.
    """
    paper = _Paper(closed=closed, ruling=ruling)
    printed = lines(edition)
    form = [line for line in printed if line.kind not in {Kind.COLUMNS, Kind.ROW}]
    table = [line for line in printed if line.kind in {Kind.COLUMNS, Kind.ROW}]
    for free, rows in _blocks(form, paper.width):
        for line in free:
            _heading(paper, line)
        for row in rows:
            paper.row(row)
    if table:
        changes = [[_text(cell, width) for cell, width in _six(line)] for line in table]
        if merged:
            _merge(changes, [line.cells for line in table])
        paper.head = [replace(cell, shaded=True) for cell in changes[0]]
        paper.row(paper.head)
        for row in changes[1:]:
            paper.row(row)
    return paper.finish()


def _six(line: Line) -> Iterator[tuple[str, float]]:
    return zip(line.cells, _CHANGE_COLUMNS, strict=True)


def _heading(paper: _Paper, line: Line) -> None:
    """A line outside the tables. Sections begin a page; the change table is wider than high."""
    if line.kind in {Kind.TITLE, Kind.SECTION}:
        paper.turn_page(wide="変更箇所" in line.cells[0])
    paper.free_line(line.cells[0])


def _blocks(printed: Iterable[Line], width: float) -> Iterator[tuple[list[Line], list[list[_Cell]]]]:
    """Lines outside the tables, and the ruled rows under them."""
    free: list[Line] = []
    rows: list[list[_Cell]] = []
    for line in printed:
        if line.kind in {Kind.TITLE, Kind.SECTION} or _is_edition(line) or line.cells == ("項目一覧",):
            if rows:
                yield free, rows
                free, rows = [], []
            free.append(line)
            continue
        if line.kind is Kind.VALUE and "\t" in line.cells[0]:
            rows.extend(_columns(line.cells[0], width))
            continue
        row = _cells(line, width)
        for place, cell in enumerate(row[: line.labels]):
            if not line.cells[place] and rows:
                cell.from_above = rows[-1][place].goes_on = True
        rows.append(row)
    yield free, rows


def _columns(text: str, width: float) -> Iterator[list[_Cell]]:
    """A table of columns of which the form knows nothing (the items of 別添1), row by row."""
    for line in text.split("\n"):
        cells = line.split("\t")
        yield [_text(cell, width / len(cells)) for cell in cells]


def _is_edition(line: Line) -> bool:
    return line.kind is Kind.COVER and line.cells[0].startswith("[")


def _cells(line: Line, width: float) -> list[_Cell]:
    """The ruled cells of a line of the form, labels left and shaded, the value right."""
    match line.kind:
        case Kind.COVER if len(line.cells) > 1:
            widths = [_NUMBER, width - _NUMBER]
        case Kind.HEADING if len(line.cells) > 1:
            widths = [_HEADING, width - _HEADING]
        case _ if len(line.cells) == line.labels + 1 and line.labels > 1:
            widths = [_GROUP_LABEL, _LABEL - _GROUP_LABEL, width - _LABEL]
        case _ if len(line.cells) > 1:
            widths = [_LABEL, width - _LABEL]
        case _:
            widths = [width]
    row = []
    for place, (text, wide) in enumerate(zip(line.cells, widths, strict=True)):
        if place < line.labels:
            cell = _upright(text, wide) if line.labels > 1 and not place else _text(text, wide)
            row.append(replace(cell, shaded=line.kind is not Kind.CONTENTS))
        else:
            row.append(_value(text, wide, line.item))
    return row


def _value(text: str, width: float, item: FormItem | None) -> _Cell:
    if item is not None and item.kind is ItemKind.CHOICE and "\n＜選択肢＞\n" in text:
        return _choice(text, width)
    if item is not None and item.kind is ItemKind.CHECKBOX:
        return _boxes(text, width, item)
    return _text(text, width)


def _text(text: str, width: float) -> _Cell:
    return _Cell(width, [[(_PAD, part)] for part in _wrapped(text, width - 2 * _PAD)])


def _upright(text: str, width: float) -> _Cell:
    """再委託 beside three rows: one character under another."""
    if text != "再委託":
        return _text(text, width)
    return _Cell(width, [[((width - _SIZE) / 2, char)] for char in text])


def _choice(text: str, width: float) -> _Cell:
    """``[ 選んだもの ]`` left, ＜選択肢＞ and the options beside it, short ones two in a row."""
    chosen, _, options = text.partition("\n＜選択肢＞\n")
    at = width * _LIST_AT
    listed: list[list[Fragment]] = [[(at, "＜選択肢＞")]]
    room = width - at - _PAD
    short = all(_wide(option) <= room / 2 - _PAD for option in options.split("\n"))
    step = room / 2 if short else room
    for option in options.split("\n"):
        if short and len(listed[-1]) == 1 and len(listed) > 1:
            listed[-1].append((at + step, option))
        else:
            listed.extend([(at, part)] for part in _wrapped(option, room))
    head = [[(_PAD, part)] for part in _wrapped(chosen, at - 3 * _PAD)]
    down = max(len(listed) - len(head), 0) // 2
    left: list[list[Fragment]] = [[] for _ in range(down)] + head
    rows = max(len(left), len(listed))
    filled = [each + [[]] * (rows - len(each)) for each in (left, listed)]
    return _Cell(width, [[*one, *other] for one, other in zip(*filled, strict=True)])


def _boxes(text: str, width: float, item: FormItem) -> _Cell:
    """Boxes two or three in a row; one with free text has the row for itself."""
    boxes = list(_each_box(text, item))
    room = width - 2 * _PAD
    short = [label for _, label in boxes if "（ " not in label]
    columns = 3 if all(_wide(label) + _MARK_WIDTH <= room / 3 for label in short) else 2
    printed: list[list[Fragment]] = []
    column = columns
    for mark, label in boxes:
        alone = "（ " in label or _wide(label) + _MARK_WIDTH > room / columns
        column = 0 if alone or column >= columns else column
        left = _PAD + column * room / columns
        ends = [(left, "["), (left + 8, mark), (left + 20, "]")] if mark is not None else []
        first, *rest = _wrapped(label, room - _MARK_WIDTH if alone else room)
        if not column:
            printed.append([])
        printed[-1].extend([*(each for each in ends if each[1]), (left + _MARK_WIDTH, first)])
        printed.extend([(left + _MARK_WIDTH, part)] for part in rest)
        column = columns if alone else column + 1
    return _Cell(width, printed)


def _each_box(text: str, item: FormItem) -> Iterator[tuple[str | None, str]]:
    """Each box with its mark (None where it has none to be read); free text may hold line breaks."""
    labels = tuple(wording.plain(label) for option in item.options for label in option.labels)
    found: list[tuple[str | None, str]] = []
    for line in text.split("\n"):
        mark = _MARKED.match(line)
        words = line[mark.end() :] if mark else line
        if not found or wording.plain(words).startswith(labels):
            found.append((mark[1] if mark else None, words))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{words}")
    yield from found


def _merge(rows: Sequence[Sequence[_Cell]], said: Sequence[Sequence[str]]) -> None:
    """Let cells that say the same on the same day share one."""
    for n in range(2, len(rows)):
        for place in _MERGED:
            same_day = said[n][0] and said[n][0] == said[n - 1][0]
            if same_day and said[n][place] == said[n - 1][place]:
                rows[n - 1][place].goes_on = rows[n][place].from_above = True
                rows[n][place].printed.clear()


def _wide(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, _font(), _SIZE))


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return _FONT


def _wrapped(text: str, room: float) -> Iterator[str]:
    """The lines of *text* in a cell: it breaks anywhere but in a word and where no line may begin or end."""
    for paragraph in text.split("\n"):
        line = ""
        for piece in _unbroken(paragraph):
            if line and _wide(line + piece.rstrip()) > room:
                yield line
                line = ""
            line += piece
            while _wide(line.rstrip()) > room:  # a word longer than the cell is wide
                cut = max(n for n in range(1, len(line)) if n == 1 or _wide(line[:n]) <= room)
                yield line[:cut]
                line = line[cut:]
        yield line


def _unbroken(text: str) -> Iterator[str]:
    """The pieces of *text* between which a line may end."""
    piece = ""
    at = 0
    while at < len(text):
        latin = _LATIN.match(text, at)
        unit = latin[0] if latin else text[at]
        at += len(unit)
        if piece and unit[0] not in _NO_START and piece[-1] not in _NO_END:
            yield piece
            piece = ""
        piece += unit
    if piece:
        yield piece


class _Paper:
    """Pages that fill from the top. A row that does not fit goes on over the page."""

    def __init__(self, *, closed: bool, ruling: Ruling) -> None:
        self._bytes = BytesIO()
        self._canvas = Canvas(self._bytes, pagesize=A4, invariant=1)
        self._closed = closed
        self._ruling = ruling
        self._size = A4
        self._y = 0.0
        self._page = 0
        self._drawn: set[tuple[float, ...]] = set()
        self.head: list[_Cell] = []

    @property
    def width(self) -> float:
        """Of what can be printed on."""
        return float(self._size[0]) - 2 * _MARGIN

    def turn_page(self, *, wide: bool) -> None:
        """Begin a page, wider than high or not."""
        self._end_page()
        self._size = landscape(A4) if wide else A4
        self._begin_page()

    def _begin_page(self) -> None:
        self._canvas.setPageSize(self._size)
        self._canvas.setLineWidth(0.5)
        self._drawn.clear()
        self._y = self._size[1] - _MARGIN
        self._page += 1

    def _end_page(self) -> None:
        if self._page:
            self._print(self._size[0] / 2, _FOOT, str(self._page))
            self._canvas.showPage()

    def free_line(self, text: str) -> None:
        """A line outside the tables."""
        self._y -= 2 * _LEADING
        self._print(_MARGIN, self._y, text)
        self._y -= _LEADING / 2

    def row(self, cells: Sequence[_Cell]) -> None:
        """A row of ruled cells, over as many pages as it takes."""
        lines_left = max(1, *(len(cell.printed) for cell in cells))
        if self._room() < min(lines_left, _FEWEST_LINES):
            self._next_page()
        done = 0
        while lines_left:
            now = min(lines_left, self._room())
            lines_left -= now
            self._part(cells, done, now, last=not lines_left)
            done += now
            if lines_left:
                self._next_page()

    def _room(self) -> int:
        """How many lines still fit on the page."""
        return int((self._y - _MARGIN - 2 * _PAD) // _LEADING)

    def _next_page(self) -> None:
        self._end_page()
        self._begin_page()
        if self.head:
            self._part(self.head, 0, max(len(cell.printed) for cell in self.head), last=True)

    def _part(self, cells: Sequence[_Cell], first: int, count: int, *, last: bool) -> None:
        """The lines of a row from *first* on, and the rules around them."""
        height = count * _LEADING + 2 * _PAD
        top, bottom = self._y, self._y - height
        left = _MARGIN
        for cell in cells:
            right = left + cell.width
            if cell.shaded:
                self._canvas.setFillGray(0.93)
                self._canvas.rect(left, bottom, cell.width, height, stroke=0, fill=1)
                self._canvas.setFillGray(0)
            for n, fragments in enumerate(cell.printed[first : first + count]):
                baseline = top - _PAD - n * _LEADING - _SIZE
                for at, words in fragments:
                    self._print(left + at, baseline, words)
            self._rule(left, top, left, bottom)
            self._rule(right, top, right, bottom)
            if self._closed or not (first or cell.from_above):
                self._rule(left, top, right, top)
            if self._closed or (last and not cell.goes_on):
                self._rule(left, bottom, right, bottom)
            left = right
        self._y = bottom

    def _print(self, x: float, y: float, words: str) -> None:
        self._canvas.setFont(_font(), _SIZE)
        self._canvas.drawString(x, y, words)

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """One line between two cells, which both ask for it."""
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if (x0, y0, x1, y1) in self._drawn:
            return
        self._drawn.add((x0, y0, x1, y1))
        match self._ruling:
            case Ruling.LINES:
                self._canvas.line(x0, y0, x1, y1)
            case Ruling.THIN_RECTANGLES:
                self._canvas.rect(x0, y0, max(x1 - x0, 0.48), max(y1 - y0, 0.48), stroke=0, fill=1)
            case Ruling.DOTS:
                for n in range(int(max(x1 - x0, y1 - y0) // 2) + 1):
                    at = (min(x0 + 2 * n, x1), min(y0 + 2 * n, y1))
                    self._canvas.rect(*at, 0.6, 0.6, stroke=0, fill=1)

    def finish(self) -> bytes:
        """The document."""
        self._end_page()
        self._canvas.save()
        return self._bytes.getvalue()
