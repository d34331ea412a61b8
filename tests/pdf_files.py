"""Small PDF files for the tests of the reader: drawn the way different programs draw, or damaged."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from ledger.readers import pdf

NAME = "霞野.pdf"
XS, YS = (100, 200, 300), (100, 130, 160)
WORDS = (("甲", "乙"), ("丙", "丁"))
TALL = (("甲の欄", "乙の欄\nその二"), ("丙の欄\nその二", "丁の欄"))
"""Words that are no such rows unless the rules around them are seen."""
WIDTH, HEIGHT = A4
SIZE = 9.0

Rows = list[tuple[str, ...]]
Draw = Callable[["Page"], object]


@cache
def font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    return "HeiseiKakuGo-W5"


class Page:
    """A page to draw on. Lengths are points from the left and from the top."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.canvas.setFont(font(), SIZE)

    def words(self, x: float, top: float, text: str, size: float = SIZE) -> None:
        """Words whose baseline begins at a point."""
        self.canvas.setFont(font(), size)
        self.canvas.drawString(x, HEIGHT - top, text)

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    def box(self, x0: float, top: float, x1: float, bottom: float, **paint: int) -> None:
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, **({"stroke": 1, "fill": 0} | paint))

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Every line of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def table(self, xs: Sequence[float], ys: Sequence[float], *rows: Sequence[str]) -> None:
        """A ruled table with one line of words in each cell; a line break begins another."""
        self.grid(xs, ys)
        self.fill(xs, ys, *rows)

    def fill(self, xs: Sequence[float], ys: Sequence[float], *rows: Sequence[str]) -> None:
        """The words of a table without its rules."""
        for y, cells in zip(ys, rows, strict=False):
            for x, text in zip(xs, cells, strict=False):
                for n, line in enumerate(text.split("\n")):
                    if line:
                        self.words(x + 3, y + 12 + 12 * n, line)


def drawn(*pages: Draw, **options: object) -> bytes:
    """A document of pages drawn one by one; *options* are those of the canvas."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, **options)
    for draw in pages:
        draw(Page(canvas))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def told(*pages: Draw) -> Rows:
    """The cells of the rows that the reader finds on pages."""
    return [row.cells for row in pdf.rows(drawn(*pages), NAME)]


def built(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, begin)


def stream(content: bytes, *, packed: bool = False, lost: int = 0) -> bytes:
    """A stream object, of which *lost* bytes are missing at the end."""
    content = zlib.compress(content) if packed else content
    content = content[: len(content) - lost]
    said = b"/Filter/FlateDecode" if packed else b""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), said, content)


def form(content: bytes) -> bytes:
    """A document whose page calls a form (XObject) that draws *content*, a stream object."""
    said = b"/Subtype/Form/BBox[0 0 595 842]"
    return one_page(
        stream(b"/X Do"),
        resources=b"/XObject<</X 5 0 R>>",
        more=[content.replace(b"<<", b"<<" + said, 1)],
    )


def one_page(
    content: bytes,
    *,
    pages: int = 1,
    extra: bytes = b"",
    resources: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """A document of one page whose content is the fourth object; Helvetica is its font F1."""
    return built(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>%s>>%s>>"
        % (resources, extra),
        content,
        *more,
    )


def ruled(page: Page) -> None:
    page.grid(XS, YS)


def blank(page: Page) -> None:
    """Draw nothing."""


def in_cell(*lines: str, width: float = 120) -> Draw:
    """A cell with these lines, one under another; the letters are 9 points wide."""

    def page(page: Page) -> None:
        page.table((100, 100 + width), (100, 300), ("\n".join(lines),))

    return page
