"""Where the words of a row stand in an item, and the item with other words in their place.

A quotation that stands in the item once can be exchanged for what the other side of the row says. Nothing
is exchanged inside a word, and what would then stand twice side by side shows that the other side quotes
more than this place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ledger import wording
from ledger.wording import Level

_LONG_NAME = 40
_SENTENCE_END = "。．」』）)】＞>"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in an item: the span, at which level they agree, and how often they stand there."""

    start: int
    end: int
    level: Level
    times: int
    bounded: bool

    @property
    def sure(self) -> bool:
        """Whether it is clear which words of the item are meant."""
        return self.times == 1 and self.bounded


def place_of(words: str, value: str) -> Place | None:
    """Where *words* stand in *value*; None where they do not."""
    found = wording.locate(words, value)
    if found is None:
        return None
    start, end = found.spans[0]
    return Place(start, end, found.level, len(found.spans), _bounded(value, start, end))


def stands_once(words: str, value: str) -> Place | None:
    """The one place where *words* stand in *value*, cutting no word; None where that is not clear."""
    place = place_of(words, value)
    return place if place is not None and place.sure else None


def _bounded(value: str, start: int, end: int) -> bool:
    """Whether a part of a short name begins and ends where a word does (支援課 in 子育て支援課 does not).

    In sentences a part may begin anywhere.
    """
    if "。" in value or "\n" in value or len(value) > _LONG_NAME:
        return True
    return not any(value[at - 1 : at].isalnum() and value[at : at + 1].isalnum() for at in (start, end))


class Fit(Enum):
    """How words fit the place into which they are put."""

    PART = "part"  # they take the place and nothing more
    WHOLE = "whole"  # they quote all that stands around the place as well: they are the whole item
    OVERLAP = "overlap"  # they quote some of what stands around it: nobody can say how much


def put(value: str, start: int, end: int, words: str) -> tuple[str, Fit]:
    """*value* with *words* in the place of a part, and how they fit there."""
    head, tail = (wording.fold(side, Level.FOLDED).text for side in (value[:start], value[end:]))
    inner = wording.fold(words, Level.FOLDED).text
    if inner and (head or tail) and len(inner) >= len(head) + len(tail) and _around(inner, head, tail):
        return words, Fit.WHOLE
    fit = Fit.OVERLAP if _overlap(head, inner) or _overlap(inner, tail) else Fit.PART
    return exchanged(value, start, end, words), fit


def exchanged(value: str, start: int, end: int, words: str) -> str:
    """*value* with *words* in a part's place; a dash that said "nothing" does not stay beside them."""
    pieces = (value[:start], words, value[end:])
    return "".join(piece for piece in pieces if not wording.is_nothing(piece)).strip()


_LONG = 8


def _around(inner: str, head: str, tail: str) -> bool:
    long_enough = len(head) + len(tail) >= _LONG
    return long_enough and inner.startswith(head) and inner.endswith(tail)


def _overlap(left: str, right: str) -> bool:
    """Whether *left* ends in the words with which *right* begins, more of them than chance gives."""
    opening = right[:_LONG]
    if len(opening) < _LONG:
        return False
    at = left.find(opening)
    while at >= 0:
        if right.startswith(left[at:]):
            return True
        at = left.find(opening, at + 1)
    return False


def cut_tail(quoted: str, before: str, item: str, span: tuple[int, int]) -> int:
    """Where a quotation that breaks off in mid-sentence at the end of a page really ended in *item*.

    The rest of the sentence in the item counts as quoted where the other side of the row ends
    in the same words: then they belong to what the row speaks of.
    """
    start, end = span
    if not quoted.strip() or quoted.strip()[-1] in _SENTENCE_END:
        return end
    stop = next((i + 1 for i in range(end, len(item)) if item[i] in "。\n"), len(item))
    tail = wording.fold(item[end:stop], Level.VARIANT).text.rstrip("。")
    if wording.same(item[start:stop], before) is not None:
        return end  # the item still says what it said before: nothing was cut off, nothing changed
    if len(tail) > 1 and wording.fold(before, Level.VARIANT).text.rstrip("。").endswith(tail):
        return stop
    return end


_SIMILAR = 80.0


def looks_like_a_part(words: str, value: str) -> bool:
    """Whether *words* resemble a passage in the middle of *value*: they may be a part of such a text.

    What merely begins or ends a longer text is what an addition looks like.
    """
    near = wording.nearest(words, value)
    if near is None or wording.locate(words, value) is not None:
        return False
    start, end, likeness = near
    around = (wording.plain(value[:start]), wording.plain(value[end:]))
    return (
        likeness * 100 >= _SIMILAR
        and len(wording.plain(words)) >= _LONG
        and all(len(a) >= _LONG for a in around)
    )
