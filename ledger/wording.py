"""Are two texts the same, and at which level. Rewrites nothing that is stored.

A comparison goes through the levels in order and reports the one at which it held::

    EXACT    the same characters
    LAYOUT   white space, line breaks and bullets apart
    FOLDED   widths, brackets and look-alike dashes apart
    VARIANT  declared spellings (サーバ/サーバー, 手続/手続き) and punctuation apart, and circled
             numbers that stand as bullets, where only one of the two texts has them

Words that were withheld (〔非公開：reason〕) may have been any: the rest decides, at the level VARIANT.
Circled numbers stay what they are at every level: ① is not ②, and 7② is not 72.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from ledger.folding import BULLETS, CIRCLED, VOICING, Folded, Level, fold

__all__ = [
    "NOTHING",
    "Folded",
    "Found",
    "Level",
    "apart",
    "fold",
    "in_brief",
    "is_nothing",
    "locate",
    "nearest",
    "places",
    "plain",
    "same",
    "standing",
    "withheld",
]

NOTHING = frozenset(
    {"", "-", "－", "—", "―", "ー", "–", "−", "‐", "─", "なし", "記載なし", "（記載なし）", "(記載なし)"}
)

_AROUND = 12  # characters that stay before the place where two texts part
_OPENING = tuple("（(「【＜<『[［")
_CLOSING = "、，,。)）」】>＞"
_WITHHELD = "〔非公開："
_WITHHELD_WORDS = re.compile(rf"{_WITHHELD}[^〔〕]*〕")
_KATAKANA = re.compile(r"[ァ-ヴー]")
_FOLDING = (Level.LAYOUT, Level.FOLDED, Level.VARIANT)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text stands in another: the level and every span ``(start, end)`` of the original."""

    level: Level
    spans: tuple[tuple[int, int], ...]


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, a dash of any kind, or なし."""
    return "".join(text.split()) in NOTHING


def same(one: str, other: str) -> Level | None:
    """The first level at which two texts agree, or None. Blank and dash agree as ``nothing``."""
    if one == other:
        return Level.EXACT
    if is_nothing(one) and is_nothing(other):
        return Level.LAYOUT
    # What agrees at LAYOUT agrees at FOLDED: most pairs agree nowhere, and that is known without the first.
    if _numbered_alike(one, other) and any(_agree(one, other, level) for level in _FOLDING[1:]):
        return next(level for level in _FOLDING if _agree(one, other, level))
    return Level.VARIANT if _withheld_alike(one, other) or _withheld_alike(other, one) else None


def withheld(why: str) -> str:
    """What stands in the place of words that were withheld, and says *why*."""
    return f"{_WITHHELD}{why}〕"


def _withheld_alike(one: str, other: str) -> bool:
    """Whether *other* is what *one* may have been before words were withheld in it: those may be any."""
    if _WITHHELD not in one:
        return False
    pieces = (fold(piece, Level.FOLDED, bullets=True).text for piece in _WITHHELD_WORDS.split(one))
    pattern = ".*".join(map(re.escape, pieces))
    return bool(re.fullmatch(pattern, fold(other, Level.FOLDED, bullets=True).text))


def _agree(one: str, other: str, level: Level) -> bool:
    """Whether two texts fold to the same, without their bullets or with them.

    A dash that a line break makes the first of its line looks like a bullet, and is none.
    """
    return any(
        fold(one, level, bullets=kept).text == fold(other, level, bullets=kept).text for kept in (False, True)
    )


def _numbered_alike(one: str, other: str) -> bool:
    """Whether two texts have the same circled numbers in the same order, or one of them has none."""
    first, second = ([c for c in text if c in CIRCLED] for text in (one, other))
    return not first or not second or first == second


def locate(part: str, whole: str) -> Found | None:
    """Every place where *part* stands in *whole*, at the first level where it stands at all."""
    if is_nothing(part):
        return None
    for level in Level:
        spans = tuple(_spans(part, whole, level))
        if spans:
            return Found(level, spans)
    return None


def _spans(part: str, whole: str, level: Level) -> Iterable[tuple[int, int]]:
    needle = fold(part, level)
    hay = fold(whole, level)
    if not needle.text:
        return
    for at in places(needle.text, hay.text):
        start, end = _unfolded(part, whole, hay, at, at + len(needle.text))
        if _numbered_alike(part, whole[start:end]):
            yield start, end


def _unfolded(part: str, whole: str, hay: Folded, at: int, until: int) -> tuple[int, int]:
    """The words of *whole* behind a folded match, with what was folded away at its ends."""
    start, end = hay.origin[at], hay.origin[until - 1] + 1
    floor = hay.origin[at - 1] + 1 if at else 0
    opening = part.lstrip()[:1]
    if hay.text != whole and opening in (*BULLETS, *CIRCLED):
        # The bullet was folded away on both sides; it belongs to what the row quotes.
        while start > floor and (whole[start - 1] in (*BULLETS, *CIRCLED) or whole[start - 1].isspace()):
            start -= 1
        while whole[start].isspace():
            start += 1
    elif opening in _OPENING and start > floor and whole[start - 1] in _OPENING:
        start -= 1
    limit = hay.origin[until] if until < len(hay.text) else len(whole)
    closing = _CLOSING if part.rstrip()[-1:] in _CLOSING else ""
    while end < limit and whole[end] in f"ー{closing}":  # part of the last word, or its full stop
        end += 1
    return start, end


def standing(part: str, whole: str) -> list[tuple[int, int]]:
    """Every span of *whole* that is *part*, white space and widths apart, be it inside a word or not."""
    needle, hay = fold(part, Level.FOLDED, bullets=True).text, fold(whole, Level.FOLDED, bullets=True)
    spans: list[tuple[int, int]] = []
    at = hay.text.find(needle) if needle else -1
    while at >= 0:
        end = hay.origin[at + len(needle) - 1] + 1
        while whole[end : end + 1] in tuple(VOICING):  # folded into the letter before it
            end += 1
        spans.append((hay.origin[at], end))
        at = hay.text.find(needle, at + len(needle))
    return spans


def places(needle: str, hay: str, at: int = 0) -> Iterator[int]:
    """Where *needle* stands in *hay* from *at* on, not cutting numbers and words in katakana.

    3年 does not stand in 13年, nor 第1 in 第19, nor アイ in アイネス.
    """
    at = hay.find(needle, at)
    while at >= 0:
        end = at + len(needle)
        if not (_one_word(hay[at - 1 : at], needle[0]) or _one_word(needle[-1], hay[end : end + 1])):
            yield at
        at = hay.find(needle, at + 1)


def _one_word(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one number or one word in katakana."""
    return (left.isdigit() and right.isdigit()) or bool(_KATAKANA.match(left) and _KATAKANA.match(right))


def nearest(part: str, whole: str) -> tuple[int, int, float] | None:
    """Where the words of *whole* come closest to *part*: start, end, likeness (0 to 1)."""
    needle, hay = fold(part, Level.VARIANT), fold(whole, Level.VARIANT)
    if not needle.text or len(needle.text) > len(hay.text):
        return None
    from rapidfuzz import fuzz  # noqa: PLC0415  (few questions are about what does not stand anywhere)

    found = fuzz.partial_ratio_alignment(needle.text, hay.text)
    if found is None or found.dest_end == found.dest_start:
        return None
    return *_unfolded(part, whole, hay, found.dest_start, found.dest_end), found.score / 100


def plain(text: str) -> str:
    """*text* at the FOLDED level without bullets kept apart: a key for look-ups, never shown."""
    return fold(text, Level.FOLDED).text


def apart(one: str, other: str, longest: int, *, whole: int = 0) -> tuple[str, str]:
    """Two texts in brief, from shortly before where they part; *whole* where neither is longer than that."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    begin = max(0, same - _AROUND) if max(len(one), len(other)) > whole else 0
    lead = "…" if begin else ""
    return lead + in_brief(one[begin:], longest), lead + in_brief(other[begin:], longest)


def in_brief(text: str, longest: int = 60) -> str:
    """*text* on one line and cut after *longest* characters, to be quoted in what is said of it."""
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest]}…"
