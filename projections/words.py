"""Two Japanese texts, word by word: what stayed, what went, what came.

Japanese prints no spaces, so a word is what one kind of character makes: a run of kanji with its okurigana, a
run of katakana, of Latin letters, a number, a whole date. Punctuation, circled numbers and line breaks stand
alone, and so do the particles between words.

The least difference of two texts is often not the one that a person can read. Lines that say the same under
another bullet or number are held together first; and what two new names happen to have in common, a 、 or
a の, is given to the change around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import Indel

from ledger.folding import CIRCLED

_KANJI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af々〆〇ヶヵ"
_PARTICLES = "をはがにのとでへもや"
_JOINING = "及び|並びに|又は|若しくは|から|まで|より|など|こと|もの|ため|とき|ところ"
# No particle, but the end of the word before it: 上がる, 見積もり, 速やか, 増やす, 子ども.
_INFLECTED = "[がも][らりるれろっ]|や[かさしすせそ]|ども"
_WORD = re.compile(
    rf"""
    \r\n | [\n\r{CIRCLED}]
    | (?:明治|大正|昭和|平成|令和)(?:元|\d+)年(?:\d+月(?:\d+日)?)?
    | \d+(?:[.．,，]\d+)*
    | [A-Za-zＡ-Ｚａ-ｚ]+
    | [ァ-ヴヷ-ヺーヽヾ]+ | [ｦ-ﾟ]+
    | {_JOINING}
    | (?:(?!{_JOINING})[{_KANJI}])+ (?:{_INFLECTED}|(?!{_JOINING}|[{_PARTICLES}])[ぁ-ゖ])*
    | [{_PARTICLES}]
    | (?:(?!{_JOINING}|[{_PARTICLES}])[ぁ-ゖ])+
    | [^\S\n\r]+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NUMBERED = re.compile(rf"\s*(?:[・･●○■□◆◇*－-]|[{CIRCLED}]|[（(]?\d+[.．)）])\s*")
_WORDLESS = re.compile(rf"(?:[^\w\n\r]|[{_PARTICLES}])+")
_ENDS = re.compile(r"[。\n\r]")
_LONGEST_ISLAND = 8
_LARGEST = 2 * 10**8  # pairs of words; their comparison takes a bit of memory each


class Op(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that stayed, or what stands for what: ``before`` went and ``after`` came."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after

    @property
    def size(self) -> int:
        return max(len(self.before), len(self.after))

    @property
    def replaces(self) -> bool:
        """Whether something went and something came."""
        return bool(self.before and self.after)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        if self.same:
            return (Piece(Op.SAME, self.after),)
        return Piece(Op.REMOVED, self.before), Piece(Op.ADDED, self.after)

    def __add__(self, other: _Run) -> _Run:
        return _Run(self.before + other.before, self.after + other.after)


def split(text: str) -> list[str]:
    """The words of *text*; together they are *text* again."""
    return _WORD.findall(text)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """How *after* came from *before*: same and removed make *before*, same and added make *after*."""
    old, new = ([(_unnumbered(line), line) for line in _LINE.findall(text)] for text in (before, after))
    return _pieces(_runs(old, new, across=True))


def of_lines(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    """The same for lines that come with a key each: words are only compared between lines of one key."""
    return _pieces(_runs(before, after, across=False))


def replacement(before: str, after: str) -> tuple[Piece, ...]:
    """The same for what only means something as a whole, as a choice or a date does."""
    return _pieces([_Run(before, after)])


def _runs(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], *, across: bool
) -> Iterator[_Run]:
    """What stayed and what changed: by words in lines of one key, elsewhere only *across* lines."""
    old, new = ([line for _, line in side] for side in (before, after))
    old_keys, new_keys = ([key for key, _ in side] for side in (before, after))
    for same, was, became in _aligned(old, new, old_keys, new_keys):
        if same:
            for one, other in zip(was, became, strict=True):
                yield from _runs_of_words(one, other)
        elif across:
            yield from _runs_of_words("".join(was), "".join(became))
        else:
            yield _Run("".join(was), "".join(became))


def _runs_of_words(before: str, after: str) -> Iterator[_Run]:
    if before == after:
        yield _Run(before, after)
        return
    old, new = split(before), split(after)
    for _, was, became in _aligned(old, new, old, new):
        yield _Run("".join(was), "".join(became))


def _aligned(
    old: list[str], new: list[str], old_keys: list[str], new_keys: list[str]
) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Stretches of *old* and *new* whose keys are the same, and what stands between them."""
    if len(old) * len(new) > _LARGEST:
        yield False, old, new
        return
    for same, group in groupby(Indel.opcodes(old_keys, new_keys), key=lambda code: code.tag == "equal"):
        codes = list(group)
        first, last = codes[0], codes[-1]
        yield same, old[first.src_start : last.src_end], new[first.dest_start : last.dest_end]


def _unnumbered(line: str) -> str:
    """A line without its bullet or number: renumbering a list leaves its lines what they are."""
    return _NUMBERED.sub("", line, count=1).strip()


def _legible(runs: Iterable[_Run]) -> list[_Run]:
    """Runs of one kind side by side made one, and islands between two changes given to them."""
    found: list[_Run] = []
    for run in runs:
        found.append(run)
        while joined := _joined(found):
            found[-joined:] = [sum(found[-joined:], _Run("", ""))]
    return found


def _joined(runs: list[_Run]) -> int:
    """How many of the last runs belong together; 0 where each stands for itself."""
    if len(runs) > 1 and runs[-2].same == runs[-1].same and not _is_new_line(*runs[-2:]):
        return 2
    return 3 if _is_island(*runs[-3:]) else 0


def _is_new_line(left: _Run, right: _Run) -> bool:
    """Whether *left* only adds whole lines, and *right* is what became of the line below."""
    return not left.before and left.after.endswith("\n") and bool(right.before)


def _is_island(*runs: _Run) -> bool:
    """Whether what stayed between two changes is no word, or less than what changed on either side.

    Where words were only added on both sides, or only taken away, it did stay.
    """
    match runs:
        case left, between, right if between.same and not _ENDS.search(between.before):
            few = between.size <= min(_LONGEST_ISLAND, left.size, right.size)
            wordless = _WORDLESS.fullmatch(between.before) is not None
            return (few or wordless) and (left + right).replaces
        case _:
            return False


def _pieces(runs: Iterable[_Run]) -> tuple[Piece, ...]:
    return tuple(piece for run in _legible(runs) for piece in run.pieces if piece.text)
