"""Text laid out in the columns of a terminal: how wide it is, where its lines break, and tables that fit.

A full-width letter takes two columns, a half-width one with its mark two, and what is combined with the
letter before it none. What stands in fonts of either width (①, Ⅱ, ※) takes one, as terminals of today have
it, or two where ``KAITEI_AMBIGUOUS=wide`` says that this one does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from cli.colours import Colour, Coloured, Piece

NARROWEST: Final = 20
"""Columns: a terminal that says it has fewer is laid out as if it had so many."""

_LEAST: Final = 8  # columns of a column of a table
_GAP: Final = "  "
_INDENT: Final = re.compile(r" *")
_LABELLED: Final = re.compile(r"( +(?:[^\s:：]{1,8}[:：]|→|\d+\.) +)\S")
_NOT_FIRST: Final = frozenset(
    "、。，．・：；？！）］｝」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}…"
)
# What has one width everywhere and combines with nothing: Latin letters take one column, these two.
_PLAIN: Final = re.compile(r"[ -~、-〜〰-〾ぁ-ゖ゛-ヿ一-鿿！-｠　]*")
_NOT_LAST: Final = frozenset("（［｛「『【〈《〔([{")

_Sign = tuple[str, Colour | None]
"""What a terminal shows in one place, with its colour."""

Line = list[_Sign]
"""A line of a terminal."""


def width(text: str) -> int:
    """How many columns *text*, which is one line, takes."""
    return _width_in(text, 2 if os.environ.get("KAITEI_AMBIGUOUS") == "wide" else 1)


@lru_cache(maxsize=4096)  # of each letter by itself it is asked several times
def _width_in(text: str, ambiguous: int) -> int:
    if _PLAIN.fullmatch(text):
        return len(text) + sum(sign > "~" for sign in text)
    import wcwidth  # noqa: PLC0415  # takes its time to load, and most text is plain

    return wcwidth.width(text, control_codes="ignore", ambiguous_width=ambiguous)


def _graphemes(text: str) -> Iterable[str]:
    """What stands in one place each: letters with all that is combined with them."""
    if _PLAIN.fullmatch(text):
        return text
    import wcwidth  # noqa: PLC0415  # as above

    return wcwidth.iter_graphemes(text)


def cut(text: str, columns: int) -> str:
    """*text*, which is one line, cut where it may take more than so many *columns* on any terminal."""
    if _width_in(text, 2) <= columns:
        return text
    kept, room = "", columns - _width_in("…", 2)
    for sign in _graphemes(text):
        room -= _width_in(sign, 2)
        if room < 0:
            break
        kept += sign
    return f"{kept}…"


def laid_out(pieces: Iterable[Piece], columns: int) -> list[Line]:
    """Pieces of text in lines of at most so many *columns*; what goes on is indented as it began."""
    return [
        part for line in _lines(_signs(pieces)) for part in _broken(line, columns, " " * _hang(line, columns))
    ]


def wrapped(text: str, columns: int) -> list[str]:
    """*text* in lines of at most so many *columns*."""
    broken = (part for line in _lines(_signs([text])) for part in _broken(line, columns))
    return ["".join(sign for sign, _ in part).rstrip() for part in broken]


def table(
    headings: Sequence[str], rows: Iterable[Sequence[Piece]], columns: int, indent: int = 0
) -> list[Line]:
    """A table whose columns fit; where they cannot, each row with its headings before its cells.

    A cell is of one piece, and may have several lines. Columns that are not too wide keep their width, and
    the others share what is left.
    """
    cells = [[_lines(_signs([cell])) for cell in row] for row in rows]
    room = columns - indent - len(_GAP) * (len(headings) - 1)
    if room < _LEAST * len(headings):
        return _one_by_one(headings, cells, columns, indent)
    wide = [
        max([width(heading), *(_width(line) for row in cells for line in row[n])])
        for n, heading in enumerate(headings)
    ]
    widths = _shared(wide, room)
    head: list[list[Line]] = [
        [[(sign, Colour.FAINT) for sign, _ in line] for line in _lines(_signs([name]))] for name in headings
    ]
    return [[(" " * indent, None), *line] for row in (head, *cells) for line in _side_by_side(row, widths)]


def rendered(line: Line, *, coloured: bool) -> str:
    """A line as a terminal is told it."""
    found = ""
    for colour, signs in groupby(line, key=lambda sign: sign[1]):
        text = "".join(sign for sign, _ in signs)
        found += f"\x1b[{colour}m{text}\x1b[0m" if coloured and colour and text.strip() else text
    return found


def _signs(pieces: Iterable[Piece]) -> Iterator[_Sign]:
    for piece in pieces:
        text, colour = (piece.text, piece.colour) if isinstance(piece, Coloured) else (piece, None)
        for sign in _graphemes(text.replace("\r\n", "\n").replace("\t", _GAP)):
            yield sign, colour


def _lines(signs: Iterable[_Sign]) -> list[Line]:
    found: list[Line] = [[]]
    for sign in signs:
        if sign[0] == "\n":
            found.append([])
        else:
            found[-1].append(sign)
    return found


def _width(line: Iterable[_Sign]) -> int:
    return sum(width(sign) for sign, _ in line)


def _hang(line: Line, columns: int) -> int:
    """How far what goes on from a *line* is indented: under its words, behind a label or a number."""
    text = "".join(sign for sign, _ in line)
    indent = len(_INDENT.match(text)[0])  # type: ignore[index]  # it matches anything
    labelled = _LABELLED.match(text)
    behind = width(labelled[1]) if labelled else indent or len(_GAP)
    return next((hang for hang in (behind, indent) if hang <= columns // 2), 0)


def _broken(line: Line, columns: int, hang: str = "") -> Iterator[Line]:
    """A line in parts that fit, all but the first behind *hang*. White space where it breaks falls away."""
    now: Line = []
    taken = 0
    for word in _words(line, columns - len(hang)):
        wide = _width(word)
        if now and taken + wide > columns:
            yield now
            now, taken = ([(hang, None)] if hang else []), len(hang)
            if word[0][0].isspace():
                continue
        now += word
        taken += wide
    yield now


def _words(line: Line, columns: int) -> Iterator[Line]:
    """What of a line stays together, unless it is wider than so many *columns*.

    A line of Japanese breaks anywhere, but not before 。 or behind 「; one in Latin letters between words.
    """
    word: Line = []
    for sign in line:
        if word and not _stay_together(word[-1][0], sign[0]):
            yield from _pieces(word, columns)
            word = []
        word.append(sign)
    if word:
        yield from _pieces(word, columns)


def _stay_together(one: str, other: str) -> bool:
    if one.isspace() or other.isspace():
        return False
    return (one.isascii() and other.isascii()) or other in _NOT_FIRST or one in _NOT_LAST


def _pieces(word: Line, columns: int) -> Iterator[Line]:
    piece: Line = []
    taken = 0
    for sign in word:
        wide = width(sign[0])
        if piece and taken + wide > columns:
            yield piece
            piece, taken = [], 0
        piece.append(sign)
        taken += wide
    yield piece


def _shared(wide: Sequence[int], room: int) -> list[int]:
    """The widths of columns, of which each would be so *wide*, in all the *room* there is."""
    given: dict[int, int] = {}
    for left, n in zip(range(len(wide), 0, -1), sorted(range(len(wide)), key=lambda n: wide[n]), strict=True):
        given[n] = min(wide[n], room // left)
        room -= given[n]
    return [given[n] for n in range(len(wide))]


def _side_by_side(row: Sequence[Sequence[Line]], widths: Sequence[int]) -> Iterator[Line]:
    """The lines of one row."""
    cells = [
        [part for line in cell for part in _broken(line, wide)]
        for cell, wide in zip(row, widths, strict=True)
    ]
    for at in range(max(map(len, cells))):
        found: Line = []
        for n, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
            part = cell[at] if at < len(cell) else []
            pad = wide - _width(part) if n + 1 < len(cells) else 0
            found += [(_GAP, None)] if n else []
            found += [*part, (" " * pad, None)]
        yield found


def _one_by_one(
    headings: Sequence[str], rows: Sequence[Sequence[Sequence[Line]]], columns: int, indent: int
) -> list[Line]:
    found: list[Line] = []
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            for n, line in enumerate(cell):
                label = f"{' ' * indent}{heading}: " if n == 0 else " " * (indent + len(_GAP))
                found += _broken([*_signs([label]), *line], columns, " " * (indent + len(_GAP)))
    return found
