"""A term that a user looks for, where it stands in a text, and the passage around it.

Widths, white space and brackets do not count (``Level.FOLDED``); where it is not found so, neither do the
declared spellings (``Level.VARIANT``: サーバ is サーバー). Which level held is told. A term stands within a
longer word (クラウド in ガバメントクラウド), but never cuts a number: 7号 is not in 17号.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from ledger import wording
from ledger.errors import WrongUse
from ledger.published import Boxes
from ledger.wording import Level
from projections.readings import Value

LEVELS: Final = (Level.FOLDED, Level.VARIANT)
_AROUND: Final = 30  # characters on either side of what was found
_MOST: Final = 3  # passages of one text
_LONGEST: Final = 120  # characters of one passage in which a term stands again and again

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a passage; ``hit`` marks what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a term stands in a text: the level at which it was found, and every place, in order."""

    level: Level
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Words that one text must all have, in any order."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read what a user looks for. Raises WrongUse where it has no letter to compare."""
        words = tuple(dict.fromkeys(text.split()))
        blank = next((word for word in words if not wording.fold(word, Level.FOLDED).text), None)
        if not words or blank is not None:
            raise WrongUse(
                "探す語がありません", where=f"「{blank or text}」", remedy="文字を含む語を指定してください"
            )
        return cls(" ".join(words), words)

    def stands_in(self, text: str) -> Standing | None:
        """Where every word of it stands in *text*; None where one of them does not."""
        level, spans = Level.FOLDED, list[Span]()
        for word in self.words:
            found = _standing(word, text)
            if found is None:
                return None
            level, spans = max(level, found.level), [*spans, *found.spans]
        return Standing(level, _merged(spans))


def _standing(word: str, text: str) -> Standing | None:
    for level in LEVELS:
        needle, hay = wording.fold(word, level), wording.fold(text, level)
        if spans := tuple(_spans(needle.text, hay)):
            return Standing(level, spans)
    return None


def _spans(needle: str, hay: wording.Folded) -> Iterator[Span]:
    at = hay.text.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        if not (_cuts(hay.text[at - 1 : at], needle[0]) or _cuts(needle[-1], hay.text[end : end + 1])):
            yield hay.origin[at], hay.origin[end - 1] + 1
        at = hay.text.find(needle, end)


def _cuts(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one number."""
    return left.isdigit() and right.isdigit()


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def passage(text: str, spans: Sequence[Span]) -> tuple[Part, ...]:
    """The first places of *spans* in *text* with some words around each, … where something is left out."""
    windows: list[Span] = []
    for start, end in spans:
        begin, until = max(start - _AROUND, 0), min(end + _AROUND, len(text))
        if windows and begin <= windows[-1][1] and until - windows[-1][0] <= _LONGEST:
            windows[-1] = (windows[-1][0], until)
        elif len(windows) < _MOST:
            windows.append((max(begin, windows[-1][1]) if windows else begin, until))
    parts: list[Part] = []
    written = 0
    for begin, until in windows:
        if begin > written:
            parts.append(Part("…", hit=False))
        written = begin
        for start, end in spans:
            if written <= start and end <= until:
                pieces = ((text[written:start], False), (text[start:end], True))
                parts += [Part(piece, hit) for piece, hit in pieces if piece]
                written = end
        parts += [Part(text[written:until], hit=False)] if written < until else []
        written = until
    return (*parts, Part("…", hit=False)) if written < len(text) else tuple(parts)


def searched(value: Value) -> str:
    """What of a value says something: a text, or what is ticked and what stands behind その他."""
    if isinstance(value, Boxes):
        return "、".join((*value.checked, *((value.other_text,) if value.other_text else ())))
    return value
