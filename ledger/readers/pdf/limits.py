"""Fonts of a PDF that would keep the library busy for hours: a range of four billion glyphs takes 20 bytes.

The library walks through every range of widths and of characters, whatever its ends. Here the ranges are
added up before it does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO, Final

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import TrueTypeFont
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSKeyword

_MOST: Final = 1_000_000  # a font has 65,536 glyphs at the most, and says a few things of each
_TRIPLE, _FIVE = 3, 5  # numbers that say a range of widths, across and down


def check_font(spec: Mapping[str, object]) -> None:
    """Raises PDFException for a font whose tables go through more glyphs than any font has."""
    _check_widths(resolve1(spec.get("W")), _TRIPLE)
    _check_widths(resolve1(spec.get("W2")), _FIVE)
    characters = resolve1(spec.get("ToUnicode"))
    if isinstance(characters, PDFStream):
        _Ranges(FileUnicodeMap(), BytesIO(characters.get_data())).run()
        return
    described = resolve1(spec.get("FontDescriptor"))
    file = resolve1(described.get("FontFile2")) if isinstance(described, Mapping) else None
    if isinstance(file, PDFStream):
        with suppress(TrueTypeFont.CMapNotFound):
            _Glyphs("", BytesIO(file.get_data())).create_unicode_map()


def _check_widths(said: object, numbers: int) -> None:
    """Widths: the number of a glyph and a list from it on, or both ends of a range and what holds for it."""
    count = 0
    run: list[float] = []
    for each in map(resolve1, said if isinstance(said, list) else ()):
        if isinstance(each, (int, float)):
            run.append(each)
        if len(run) == numbers:
            count = _added(count, run[0], run[1])
        if len(run) == numbers or isinstance(each, list):
            run = []


def _added(count: int, first: float, last: float) -> int:
    """*count* and the glyphs from *first* to *last*. Raises PDFException where they are too many."""
    count += max(0, int(last) - int(first) + 1)
    if count > _MOST:
        raise PDFException("a font goes through too many glyphs")
    return count


class _Ranges(CMapParser):
    """Adds up the ranges of a table of characters."""

    _count = 0

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        if token not in {self.KEYWORD_ENDCIDRANGE, self.KEYWORD_ENDBFRANGE}:
            super().do_keyword(pos, token)
            return
        ends = [obj for _, obj in self.popall()]
        for first, last in zip(ends[::3], ends[1::3], strict=False):
            if isinstance(first, bytes) and isinstance(last, bytes):
                self._count = _added(self._count, _number(first), _number(last))


def _number(code: bytes) -> int:
    return int.from_bytes(code[-4:], "big")


class _Glyphs(TrueTypeFont):
    """Adds up the ranges in the table of characters of a font file."""

    _count = 0

    def parse_cmap_format_4(self, fp: BinaryIO, char2gid: dict[int, int]) -> None:
        """Segments: all their last characters, then all their first."""
        del char2gid
        (segments,) = struct.unpack(">4xH6x", fp.read(12))
        ends = struct.unpack(f">{segments // 2}H", fp.read(segments // 2 * 2))
        fp.read(2)
        firsts = struct.unpack(f">{segments // 2}H", fp.read(segments // 2 * 2))
        self._add(zip(firsts, ends, strict=True))

    def parse_cmap_format_12(self, fp: BinaryIO, char2gid: dict[int, int]) -> None:
        """Groups: first and last character, first glyph."""
        del char2gid
        (groups,) = struct.unpack(">10xI", fp.read(14))
        self._add(struct.unpack(">II4x", fp.read(12)) for _ in range(groups))

    def _add(self, ranges: Iterable[tuple[int, int]]) -> None:
        for first, last in ranges:
            self._count = _added(self._count, first, last)
