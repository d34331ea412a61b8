"""What the letters of a PDF's text layer say: the codes of Japanese fonts → characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, Self

from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager

from ledger.readers import markup
from ledger.readers.pdf.limits import check_font
from ledger.readers.pdf.streams import named

UNMAPPED: Final = "\ufffd"
"""Stands for a letter of which the PDF says the shape but not the character."""

_ENCODINGS = {"UCS2": "utf-16-be", "UTF16": "utf-16-be", "UTF8": "utf-8", "UTF32": "utf-32-be"}
_RADICALS = range(0x2E80, 0x2FE0)
# Writers of PDF name the glyph of a character by the radical of the same shape. These are the shapes of
# Japanese fonts; the others are those that Unicode gives as equivalent.
_SHAPES = dict(zip("⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲⼾⿈⿊", "民虎西角長青食鬼麦黄斉歯竜亀戸黄黒", strict=True))


class _Code(int):
    """The number of a glyph that remembers the character it was written for."""

    char: str

    def __new__(cls, glyph: int, char: str) -> Self:
        code = super().__new__(cls, glyph)
        code.char = char
        return code


class _CodedFont(PDFCIDFont):
    """A font whose codes are characters: － stays －, although it shares its glyph with −."""

    def __init__(self, manager: PDFResourceManager, spec: Mapping[str, object], encoding: str) -> None:
        super().__init__(manager, spec)
        self._encoding = encoding

    def decode(self, bytes: bytes) -> Iterable[int]:  # noqa: A002  (the name is the library's)
        for char in bytes.decode(self._encoding, "replace"):
            glyphs = list(self.cmap.decode(char.encode(self._encoding, "replace")))
            yield _Code(glyphs[0] if glyphs else 0, char)

    def to_unichr(self, cid: int) -> str:
        return cid.char if isinstance(cid, _Code) else super().to_unichr(cid)


class Fonts(PDFResourceManager):
    """The fonts of one document."""

    def __init__(self) -> None:
        super().__init__()
        self._checked: set[object] = set()

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of *spec*, which its own table of characters (ToUnicode) explains, or else its codes.

        Raises PDFException for a font that is missing; the library would take another, and read nonsense.
        So it does for one that would keep the library busy without end.
        """
        if not spec:
            raise PDFException("a font is missing")
        if objid is None or objid not in self._checked:
            check_font(spec)
            self._checked.add(objid)
        encoding = _encoding(named(spec.get("Encoding")))
        descends = named(spec.get("Subtype")) in {"CIDFontType0", "CIDFontType2"}
        if descends and encoding and "ToUnicode" not in spec:
            return _CodedFont(self, spec, encoding)
        return super().get_font(objid, spec)


def _encoding(cmap: str) -> str:
    """The encoding in which the codes of a CMap are characters (``90ms-RKSJ-H``), or blank."""
    kind, *rest = cmap.split("-")
    if kind in {"90ms", "90msp"}:
        return "cp932"
    return _ENCODINGS.get(rest[0], "") if kind.startswith("UniJIS") and rest else ""


def character(font: PDFFont, glyph: int) -> str:
    """What a glyph says; UNMAPPED where that cannot be told."""
    try:
        text = font.to_unichr(glyph)
    except PDFUnicodeNotDefined:
        return UNMAPPED
    return "".join(map(_character, text)) or UNMAPPED


def _character(char: str) -> str:
    """A radical is the character of its shape; a control character says nothing."""
    if ord(char) in _RADICALS:
        return _SHAPES.get(char) or unicodedata.normalize("NFKC", char)
    if char.isspace():
        return char if char == "\u3000" else " "
    return UNMAPPED if char in markup.MARKS or unicodedata.category(char) in {"Cc", "Cs"} else char
