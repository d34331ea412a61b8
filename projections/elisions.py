"""略: what a side of a row leaves out, and the words of the item that stand for it.

Writers leave out what did not change: 略, （以下省略）, ～略～, …, （変更なし）, （同左）. What they left
out is filled in from a state of the item, where only one way to do so fits the words they did quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ledger import wording
from ledger.wording import Level

_OPEN, _CLOSE = r"(?:[（(＜<〈【〔\[［]|[～〜~…‥]+|・{2,})", r"(?:[）)＞>〉】〕\]］]|[～〜~…‥]+|・{2,})"
_LEFT_OUT = r"(?:以下|以降|以上|中間?|途中|前|後|一部|記載)?[、，]?(?:省略|略)"
_AS_BEFORE = (
    r"(?:以下|以降|その他|他は?)?[、，]?"
    r"(?:同[左右前]|変更(?:箇所)?(?:は)?(?:な|無)し|(?:変更前|現行|左記|前回)(?:の記載)?(?:と|に)?(?:同(?:じ|様|一)|の?とおり))"
)
_DOTS = r"[…‥]+|[・･]{3,}"
_ELISION = re.compile(
    rf"{_OPEN}\s*(?:{_LEFT_OUT}|{_AS_BEFORE})\s*。?\s*{_CLOSE}"
    rf"|(?:(?<![\w「『])|(?<=[①-⑳])){_LEFT_OUT}(?![\w」』])"
    rf"|(?m:^[ 　]*{_AS_BEFORE}[ 　]*。?[ 　]*$)"
    rf"|(?m:^[ 　]*(?:[～〜]+|{_DOTS}|・・)[ 　]*$)"
    rf"|\A\s*(?:{_DOTS}|[～〜]+(?=\s))|(?:{_DOTS}|(?<=\s)[～〜]+)\s*\Z"
)
_UNCHANGED = re.compile(rf"(?:{_OPEN})?{_AS_BEFORE}。?(?:{_CLOSE})?")


def is_elided(text: str) -> bool:
    """Whether 略, 同左 or the like stands for words that are not shown."""
    return _ELISION.search(text) is not None


def says_unchanged(text: str) -> bool:
    """Whether a side is nothing but 同左 or 変更なし: it says what the other side says."""
    return _UNCHANGED.fullmatch("".join(text.split())) is not None


def pieces(text: str) -> list[str]:
    """The quoted pieces between the elisions: one more than there are elisions."""
    return _ELISION.split(text)


@dataclass(frozen=True, slots=True)
class Filled:
    """What an elided text stands for in an item: the place it covers, and the words behind each 略."""

    start: int
    end: int
    gaps: tuple[str, ...]
    level: Level


_MOST_TRIES = 2
_MOST_PIECES = 30


def fill(elided: str, item: str) -> Filled | None:
    """Fill the elisions of *elided* from *item*; None where they fit nowhere or in several ways."""
    for level in (Level.LAYOUT, Level.FOLDED, Level.VARIANT):
        ways = list(_ways(elided, item, level))
        if len(ways) == 1:
            return ways[0]
        if ways:
            return None
    return None


def _ways(elided: str, item: str, level: Level) -> Iterator[Filled]:
    quoted = [wording.fold(piece, level, bullets=True).text for piece in pieces(elided)]
    if len(quoted) > _MOST_PIECES:  # a page of 「・略」: nobody can say which is which
        return
    whole = wording.fold(item, level, bullets=True)
    for places in islice(_placed(quoted, whole.text, 0, first=True), _MOST_TRIES):
        spans = []
        for (at, piece), following in zip(zip(places, quoted, strict=True), [*places[1:], None], strict=True):
            stop = len(whole.text) if following is None else following
            spans.append((at + len(piece), stop))
        start = whole.origin[places[0]] if quoted[0] and places[0] < len(whole.origin) else 0
        gaps = tuple(_original(item, whole, a, b) for a, b in spans[:-1])
        end = whole.origin[places[-1] + len(quoted[-1]) - 1] + 1 if quoted[-1] else len(item)
        yield Filled(start, end, gaps, level)


def _original(item: str, whole: wording.Folded, start: int, end: int) -> str:
    if start >= end:
        return ""
    return item[whole.origin[start] : whole.origin[end - 1] + 1]


def _placed(
    quoted: list[str], text: str, at: int, *, first: bool, dead: set[tuple[int, int]] | None = None
) -> Iterator[list[int]]:
    """Places of the quoted pieces in order. The first may start anywhere, an empty last one ends the text.

    ``dead`` remembers from where the remaining pieces found no place: a 略 between mere bullets
    would otherwise be tried in every combination.
    """
    dead = set() if dead is None else dead
    piece, *rest = quoted
    if (len(quoted), at) in dead:
        return
    placed = False
    if not piece:
        if first:
            for later in _placed(rest, text, 0, first=False, dead=dead):
                placed = True
                yield [at, *later]
        elif not rest:
            placed = True
            yield [len(text)]
    else:
        for spot in wording.places(piece, text, at):
            if not rest:
                placed = True
                yield [spot]
            else:
                for later in _placed(rest, text, spot + len(piece), first=False, dead=dead):
                    placed = True
                    yield [spot, *later]
    if not placed:
        dead.add((len(quoted), at))


def refill(elided: str, gaps: tuple[str, ...]) -> str | None:
    """Write *gaps* in the place of the elisions; None where their numbers differ."""
    quoted = pieces(elided)
    if len(quoted) != len(gaps) + 1:
        return None
    kept = ["" if wording.is_nothing(gap) else gap for gap in gaps]
    return "".join(piece + gap for piece, gap in zip(quoted, [*kept, ""], strict=True)).strip()


def restored(side: str, other: str, gaps: tuple[str, ...]) -> str | None:
    """What *side* says in full, where the elisions of the *other* side stand for *gaps*.

    A side without elisions is given in full by itself, but only one that has the words that the other
    leaves out speaks of the same place. None where the gaps prove nothing.
    """
    if is_elided(side):
        return refill(side, gaps) if _pieces_of(side) != _pieces_of(other) else None
    at = 0
    words = wording.fold(side, Level.FOLDED).text
    for gap in (wording.fold(gap, Level.FOLDED).text for gap in gaps if not wording.is_nothing(gap)):
        found = words.find(gap, at)
        if found < 0:
            return None
        at = found + len(gap)
    return side if at else None


def _pieces_of(text: str) -> list[str]:
    return [wording.fold(piece, Level.LAYOUT, bullets=True).text for piece in pieces(text)]


_LONG = 8


def repeats(side: str, gaps: tuple[str, ...]) -> bool:
    """Whether what *side* quotes stands in the words it leaves out as well: then it would be there twice."""
    quoted = [wording.fold(piece, Level.FOLDED).text for piece in pieces(side)]
    left_out = [wording.fold(gap, Level.FOLDED).text for gap in gaps]
    return any(len(piece) >= _LONG and piece in gap for piece in quoted for gap in left_out)
