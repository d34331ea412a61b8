"""Letters at their places → lines of words, and the lines of a cell → its text.

A PDF does not say which line ends are the writer's own and which come of wrapping. They are told by
measure: where the next word would still have fitted before the right edge of the cell, the writer ended
the line; where it would not, the line was wrapped, and its words go on. A line that happens to be full
where its writer ended it is told from a wrapped one only by the sign of a list that begins the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from ledger.readers.pdf.content import Box, Glyph, turned

_SAME_LINE: Final = 0.4  # of the height of the letters: how far apart the baselines of one line may lie
_TWICE: Final = 0.15  # bold type made by printing a letter twice, hardly moved
_SPACE: Final = 0.35  # a gap as wide as this is a space
_LATIN_SPACE: Final = 0.2  # between letters of the Latin alphabet
_SPREAD: Final = 2.0  # times the usual gap: letters may be set apart evenly (均等割付)
_EDGE: Final = 1.5  # letters before the right edge: then a line is full
_MOST_PADDING: Final = 0.6
_SLACK: Final = 0.1  # rules have a thickness, and widths are rounded
_LONGEST_WORD: Final = 6.0  # a longer one is broken where the line ends
_LATIN = re.compile(r"[!-~]+")
_NO_START = "、。，．・：；？！）」』】〕］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.)]}"
_NO_END = "（「『【〔［｛〈《([{"
_SIGN = re.compile(
    r"(?P<circled>[①-⑳])|(?P<numbered>[0-9０-９]+[.．)） \u3000])"
    r"|(?P<bracketed>[(（][0-9０-９略])|[・●○■□◆◇▪➢✓※*＊－【＜〈]|[-<](?![0-9])"
)
_MID_SENTENCE = re.compile(r"(?:[、，のはをがにへでもや・（「]|(?<!こ)と)\s*$")
_LETTER = re.compile(r"[一-鿿々ぁ-ゖァ-ヺー]")
_LIST = re.compile(r"[<＜]選択肢[>＞]")
_LISTED = re.compile(r"(?<![(（0-9])[0-9]+[)）]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. ``room`` is what is left of its cell behind it, ``word`` how wide its first word is.

    ``padding`` is what the cell leaves free at its edges; all in points, as are the places on the page.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    word: float
    room: float = 0.0
    padding: float = 0.0


def cell_lines(glyphs: Iterable[Glyph], box: Box) -> list[TextLine]:
    """The lines of a ruled cell whose edges are *box*, in reading order.

    A choice is printed left of its list of options, somewhere at half its height: it is read first.
    """
    found: list[TextLine] = []
    for upright, edges in _by_direction(glyphs, box):
        lines = list(_lines(upright))
        at = _list_edge(lines)
        if at is None:
            found.extend(_in_cell([_text_line(line) for line in lines], edges))
            continue
        chosen = [glyph for glyph in upright if glyph.x1 <= at]
        listed = [glyph for glyph in upright if glyph.x1 > at]
        found.extend(_one_choice([_text_line(line) for line in _lines(chosen)]))
        found.extend(_in_cell([_text_line(line) for line in _lines(listed)], edges))
    return found


def free_lines(glyphs: Iterable[Glyph], gap: float) -> Iterator[tuple[TextLine, ...]]:
    """The lines outside all cells, each cut into columns where letters are *gap* times their height apart."""
    for upright, _ in _by_direction(glyphs, (0.0, 0.0, 0.0, 0.0)):
        for line in _lines(upright):
            parts: list[list[Glyph]] = [[]]
            for glyph in line:
                written = [each for each in parts[-1] if each.text.strip()]
                if written and glyph.text.strip() and glyph.x0 - written[-1].x1 > gap * glyph.size:
                    parts.append([])
                parts[-1].append(glyph)
            yield tuple(_text_line(part) for part in parts)


def text_of(lines: Sequence[TextLine]) -> str:
    """The text of a cell: its lines, of which wrapped ones go on in the next."""
    if not lines:
        return ""
    if len(lines) > 1 and all(_LETTER.fullmatch(line.text.strip()) for line in lines):
        return "".join(line.text.strip() for line in lines)  # a label set one letter under another
    pairs = list(pairwise(lines))
    ended = [not wraps(line, following) for line, following in pairs]
    signs = {_sign(lines[0].text)} | {
        _sign(following.text) for (_, following), end in zip(pairs, ended, strict=True) if end
    }
    text = lines[0].text
    for (line, following), end in zip(pairs, ended, strict=True):
        sign = _sign(following.text)
        if end or (sign and sign in signs and not _MID_SENTENCE.search(line.text)):
            text = f"{text.rstrip()}\n{following.text}"
        else:
            text = f"{text}{_between(line, following)}{following.text}"
    return text.strip()


def _sign(text: str) -> str:
    """The kind of sign with which a line of a list begins (``①``, ``・``); blank where there is none."""
    match = _SIGN.match(text.lstrip())
    return match.lastgroup or match[0] if match else ""


def wraps(line: TextLine, following: TextLine) -> bool:
    """Whether *line*, for all one can measure, ends only because its cell does."""
    left = line.room - line.padding - _SLACK * line.size
    full = line.room < _EDGE * line.size or following.word > left
    ended = line.text.rstrip().endswith(("。", "．")) and _sign(following.text)
    return full and not ended and not following.text.startswith("\u3000")


def _between(line: TextLine, following: TextLine) -> str:
    """The space that was lost where a line was wrapped between two words of the Latin alphabet."""
    words = _LATIN.match(line.text[-1:]) and _LATIN.match(following.text[:1])
    broken = line.room - line.padding < line.size / 2  # not even half a letter would have fitted
    return " " if words and not broken else ""


# --- lines ----------------------------------------------------------------------------------------


def _by_direction(glyphs: Iterable[Glyph], box: Box) -> Iterator[tuple[list[Glyph], Box]]:
    """Letters as they stand when the page is turned so that they can be read, and the cell with them."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.direction)
    for direction, group in groupby(ordered, key=lambda glyph: glyph.direction):
        yield [glyph.turned(direction) for glyph in group], turned(box, direction)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The letters of each line from left to right, what was printed twice once."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y, glyph.x0)):
        if line and glyph.y - line[0].y > _SAME_LINE * max(glyph.size, line[0].size):
            yield from _written(line)
            line = []
        line.append(glyph)
    yield from _written(line)


def _written(line: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The line, unless it is nothing but space."""
    found: list[Glyph] = []
    for glyph in sorted(line, key=lambda glyph: glyph.x0):
        near = [
            other
            for other in found[-3:]
            if glyph.x0 - other.x0 < _TWICE * glyph.size and other.text == glyph.text
        ]
        if not near:
            found.append(glyph)
    if any(glyph.text.strip() for glyph in found):
        yield found


def _text_line(line: Sequence[Glyph]) -> TextLine:
    """The words of a line. Spaces stand where they are printed, and where a gap is as wide as one."""
    first = next(n for n, glyph in enumerate(line) if glyph.text != " ")
    line = line[first:]
    gaps = sorted(other.x0 - one.x1 for one, other in pairwise(line))
    usual = max(gaps[(len(gaps) - 1) // 4], 0.0) if gaps else 0.0
    text = line[0].text
    for one, other in pairwise(line):
        latin = _LATIN.match(one.text[-1]) and _LATIN.match(other.text[0])
        least = max((_LATIN_SPACE if latin else _SPACE) * one.size, _SPREAD * usual)
        spaced = other.x0 - one.x1 > least and one.text.strip() and other.text.strip()
        text += f" {other.text}" if spaced else other.text
    written = [glyph for glyph in line if glyph.text.strip()]
    return TextLine(
        text=text,
        x0=line[0].x0,
        top=min(glyph.top for glyph in written),
        x1=max(glyph.x1 for glyph in written),
        bottom=max(glyph.bottom for glyph in written),
        size=max(glyph.size for glyph in written),
        word=_first_word(line),
    )


def _first_word(line: Sequence[Glyph]) -> float:
    """How wide the first piece of a line is that cannot be broken."""
    end = 1
    while end < len(line) and line[end - 1].text in _NO_END:
        end += 1
    if _LATIN.fullmatch(line[end - 1].text):
        while end < len(line) and _LATIN.fullmatch(line[end].text):
            end += 1
    while end < len(line) and line[end].text in _NO_START:
        end += 1
    return min(line[end - 1].x1 - line[0].x0, _LONGEST_WORD * line[0].size)


# --- cells ----------------------------------------------------------------------------------------


def _in_cell(lines: Sequence[TextLine], edges: Box) -> Iterator[TextLine]:
    """Lines with the room that their cell leaves behind them."""
    left, _, right, _ = edges
    indent = min((line.x0 for line in lines), default=left) - left
    for line in lines:
        padding = min(max(indent, 0.0), _MOST_PADDING * line.size)
        yield replace(line, room=right - line.x1, padding=padding)


def _list_edge(lines: Sequence[Sequence[Glyph]]) -> float | None:
    """Where the list of options begins in a cell that prints it right of the choice; None in any other."""
    marks = [(line, match) for line in lines for match in _found(_LIST, line)]
    if not marks:
        return None
    line, at = marks[0]
    edge = line[at].x0
    closed = [glyph.x1 for each in lines for glyph in each if glyph.text in "]］" and glyph.x1 <= edge]
    if not closed:
        return None
    listed = [each[n].x0 for each in lines for n in _found(_LISTED, each) if each[n].x0 >= max(closed)]
    edge = min([edge, *listed])
    return None if any(glyph.x0 < edge - 1 < glyph.x1 - 1 for each in lines for glyph in each) else edge


def _found(pattern: re.Pattern[str], line: Sequence[Glyph]) -> Iterator[int]:
    """Where *pattern* begins in a line, its spaces left out."""
    written = [n for n, glyph in enumerate(line) if glyph.text.strip() for _ in glyph.text.strip()]
    text = "".join(glyph.text.strip() for glyph in line)
    for match in pattern.finditer(text):
        yield written[match.start()]


def _one_choice(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines of ``[ 選んだもの ]``: between its brackets there is one option, however it is wrapped."""
    is_open = False
    for line in lines:
        for char in line.text:
            is_open = char in "[［" or (is_open and char not in "]］")
        yield replace(line, room=0.0 if is_open else float("inf"))
