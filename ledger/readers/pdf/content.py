"""One page of a PDF → its letters and rules, each where it stands; nothing is read yet.

Lengths are points, measured from the left and from the top of the page as it is shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, PathSegment, apply_matrix_pt

from ledger.readers.pdf.fonts import Fonts, character
from ledger.readers.pdf.streams import streams_of, too_much, unpacked

_MOST_LETTERS: Final = 60_000  # on one page; a page printed full has some 5,000
_MOST_STROKES: Final = 300_000  # on one page; dotted rules come dot by dot
_THIN: Final = 2.5  # a filled rectangle no wider is a rule
_STRAIGHT: Final = 1.0
_WHITE: Final = 0.99


class Direction(IntEnum):
    """Where the next letter of a word stands. ``COLUMN`` is vertical writing, the letters upright."""

    RIGHT = 0
    DOWN = 1
    LEFT = 2
    UP = 3
    COLUMN = 4


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def turned(box: Box, direction: Direction, width: float = 0.0, height: float = 0.0) -> Box:
    """*box* on a page of that size when it is turned so that what goes in *direction* goes to the right."""
    x0, top, x1, bottom = box
    match direction:
        case Direction.RIGHT:
            return box
        case Direction.LEFT:
            return width - x1, height - bottom, width - x0, height - top
        case Direction.UP:
            return height - bottom, x0, height - top, x1
        case _:
            return top, width - x1, bottom, width - x0


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter: the box it takes, the point of its baseline where it begins, its height."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    size: float
    direction: Direction

    def turned(self, direction: Direction, width: float = 0.0, height: float = 0.0) -> Glyph:
        """The letter on the page turned so that what goes in *direction* goes to the right."""
        x0, top, x1, bottom = turned((self.x0, self.top, self.x1, self.bottom), direction, width, height)
        x, y, _, _ = turned((self.x, self.y, self.x, self.y), direction, width, height)
        upright = Direction.COLUMN in {self.direction, direction}
        way = self.direction if upright else Direction((self.direction - direction) % 4)
        return replace(self, x0=x0, top=top, x1=x1, bottom=bottom, x=x, y=y, direction=way)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight stroke, upright (``x0 == x1``) or level (``top == bottom``)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Content:
    """What one page holds. ``pictured`` is the share of the page that pictures cover, at most 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0

    def turned(self, direction: Direction) -> Content:
        """The page turned so that what goes in *direction* goes to the right."""
        size = self.width, self.height
        content = Content(self.number, *(size if direction is Direction.LEFT else size[::-1]))
        content.glyphs = [glyph.turned(direction, *size) for glyph in self.glyphs]
        content.rules = [
            Rule(*turned((rule.x0, rule.top, rule.x1, rule.bottom), direction, *size)) for rule in self.rules
        ]
        content.pictured = self.pictured
        return content


def content_of(page: PDFPage, number: int, fonts: Fonts, name: str) -> Content:
    """The letters and rules of one page. Raises UnreadableSource for a page beyond all measure.

    On damaged input the library raises nearly anything; that is for the caller.
    """
    where = f"{name} {number}ページ"
    streams = list(streams_of(page))
    for stream in streams:
        stream.data = unpacked(stream, where)
    device = _Device(fonts, number, where)
    PDFPageInterpreter(fonts, device).process_page(page)
    for stream in streams:
        if stream.rawdata is not None:
            stream.data = None  # a page that was read takes no room; its packed bytes stay
    return device.content


class _Device(PDFLayoutAnalyzer):
    """Gathers letters and rules while the library draws a page."""

    def __init__(self, fonts: Fonts, number: int, where: str) -> None:
        super().__init__(fonts, number)
        self.content = Content(number, 0.0, 0.0)
        self._where = where
        self._strokes = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        super().begin_page(page, ctm)
        self.content.width, self.content.height = self.cur_item.width, self.cur_item.height

    def render_char(  # noqa: PLR0917  (the library calls it)
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        text = character(font, cid)
        width, shift = font.char_width(cid), font.char_disp(cid)
        box = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        height = self.content.height
        a, b, _, _, x, y = matrix
        direction = _direction(a, b)
        level = direction in {Direction.RIGHT, Direction.LEFT}
        self.content.glyphs.append(
            Glyph(
                text=text,
                x0=box.x0,
                top=height - box.y1,
                x1=box.x1,
                bottom=height - box.y0,
                x=x,
                y=height - y,
                size=max(box.size if level else box.width, 1.0),
                direction=Direction.COLUMN if font.is_vertical() else direction,
            )
        )
        if len(self.content.glyphs) > _MOST_LETTERS:
            raise too_much(self._where)
        return float(box.adv)

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,  # noqa: FBT001  (as above)
        fill: bool,  # noqa: FBT001  (as above)
        evenodd: bool,  # noqa: FBT001  (as above)
        path: Sequence[PathSegment],
    ) -> None:
        del evenodd
        self._strokes += len(path)
        if self._strokes > _MOST_STROKES:
            raise too_much(self._where)
        drawn = stroke and not _is_white(gstate.scolor, gstate.scs)
        filled = fill and not _is_white(gstate.ncolor, gstate.ncs)
        for points in self._outlines(path):
            if drawn:
                for one, other in itertools.pairwise(points):
                    self._keep(*one, *other, _STRAIGHT)
            elif filled:  # only a thin shape is a rule; the edges of a shaded cell are none
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._keep(min(xs), min(ys), max(xs), max(ys), _THIN)

    def _outlines(self, path: Sequence[PathSegment]) -> Iterator[list[tuple[float, float]]]:
        """The points of each part of a path, in order, on the page."""
        points: list[tuple[float, float]] = []
        for operator, *numbers in path:
            if operator == "m" and points:
                yield points
                points = []
            if operator == "h":
                points.extend(points[:1])
            else:
                x, y = apply_matrix_pt(self.ctm, (float(numbers[-2]), float(numbers[-1])))
                points.append((x, self.content.height - y))
        if points:
            yield points

    def _keep(self, x0: float, y0: float, x1: float, y1: float, thickness: float) -> None:
        """Keep a stroke that is a rule: level, upright, or a dot, which may belong to either."""
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if min(wide, high) > thickness:
            return
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        dot = max(wide, high) <= thickness
        if wide >= high or dot:
            self.content.rules.append(Rule(min(x0, x1), y, max(x0, x1), y))
        if high > wide or dot:
            self.content.rules.append(Rule(x, min(y0, y1), x, max(y0, y1)))

    def render_image(self, name: str, stream: PDFStream) -> None:
        del name, stream
        area = self.cur_item.width * self.cur_item.height
        page = self.content.width * self.content.height
        self.content.pictured = min(1.0, self.content.pictured + area / max(page, 1.0))


def _direction(a: float, b: float) -> Direction:
    """The direction of writing, by the first row of the matrix of a text (in which y goes up)."""
    if abs(a) >= abs(b):
        return Direction.RIGHT if a >= 0 else Direction.LEFT
    return Direction.UP if b > 0 else Direction.DOWN


def _is_white(color: object, space: PDFColorSpace) -> bool:
    """Whether a colour is that of paper. Inks by name (Separation) are not looked into."""
    parts = color if isinstance(color, tuple) else (color,)
    shares = [float(part) for part in parts if isinstance(part, int | float)]
    if len(shares) < len(parts) or space.name in {"Separation", "DeviceN", "Pattern"}:
        return False
    if len(shares) == len("CMYK"):
        return max(shares) <= 1 - _WHITE
    return min(shares, default=0.0) >= _WHITE
