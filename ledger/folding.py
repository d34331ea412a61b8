"""A text without what a comparison at some level leaves out: white space, bullets, widths, spellings."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cached_property, lru_cache

BULLETS = frozenset("・･●○■□◆◇▪➢✓-－–*＊")
# ① to ⑳, ㉑ to ㉟, ㊱ to ㊿
CIRCLED = "".join(
    chr(first + n) for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15)) for n in range(count)
)
VOICING = "ﾞﾟ"
# Spellings that documents of one body mix freely. The left side is read as the right side.
SPELLINGS = (
    ("子ども", "こども"), ("子供", "こども"), ("従業員", "従業者"), ("手続き", "手続"),
    ("取り扱い", "取扱い"), ("取り扱う", "取扱う"), ("振り仮名", "振仮名"), ("および", "及び"),
    ("番号利用法", "番号法"), ("紐づけ", "紐付け"), ("ひも付け", "紐付け"), ("持ち出し", "持出し"),
    ("持ち込み", "持込み"), ("受け付け", "受付"), ("問い合わせ", "問合せ"), ("問い合せ", "問合せ"),
    ("あたって", "当たって"), ("行なう", "行う"), ("行なって", "行って"),
    ("ヶ月", "か月"), ("カ月", "か月"), ("ヵ月", "か月"), ("箇月", "か月"),
)  # fmt: skip
_DASHES = str.maketrans(dict.fromkeys("－−‐‑–—―─", "-"))
_SHAPES = str.maketrans("〜〈〉，,", "~<>、、")
# a long vowel that ends a word in katakana, and punctuation that is not within a number
_DROPPED = re.compile(
    r"(?<=[ァ-ヴ])ー(?![ァ-ヴー])|(?<!\d)[、。・:()<>\[\]「」【】]|[、。・:()<>\[\]「」【】](?!\d)"
)
_BULLET = "".join(sorted(BULLETS - {"-"}))
_FRESH = r"(?:\A|(?<=[\s。．]))"  # where a bullet may stand: a line or a sentence begins
_LED = re.compile(rf"{_FRESH}(?:[\s{_BULLET}]|-(?!\d))+")
_NUMBERED = re.compile(rf"{_FRESH}(?:[\s{_BULLET}{CIRCLED}]|-(?!\d))+")
_SPACE = re.compile(r"\s+")
_VOICED = re.compile(f"[{VOICING}]")


class Level(IntEnum):
    """How far two texts had to be folded before they were the same."""

    EXACT = 0
    LAYOUT = 1
    FOLDED = 2
    VARIANT = 3


class Folded:
    """A folded text; ``origin`` has for each of its characters the index in the original.

    Most texts that are compared differ, and nobody asks where: the indices are worked out when asked for.
    """

    __slots__ = ("__dict__", "_bullets", "_level", "_whole", "text")

    def __init__(self, whole: str, level: Level, *, bullets: bool) -> None:
        self._whole, self._level, self._bullets = whole, level, bullets
        self.text = _text(whole, level, bullets=bullets)

    @cached_property
    def origin(self) -> tuple[int, ...]:
        """The index in the original of each character."""
        return traced(self._whole, self._level, bullets=self._bullets)[1]


@lru_cache(maxsize=16384)
def fold(text: str, level: Level, *, bullets: bool = False) -> Folded:
    """Fold *text* for comparison at *level*. With ``bullets`` they are kept, at any level."""
    return Folded(text, level, bullets=bullets)


def _text(text: str, level: Level, *, bullets: bool) -> str:
    """What ``traced`` gives, without the indices: patterns over the whole text are many times as fast."""
    if level == Level.EXACT:
        return text
    if level >= Level.FOLDED and _VOICED.search(text):
        return traced(text, level, bullets=bullets)[0]  # a mark joins the letter before it
    if not bullets:
        text = (_NUMBERED if level >= Level.VARIANT else _LED).sub("", text)
    text = _SPACE.sub("", text)
    if level >= Level.FOLDED:
        text = text.translate(_UNIFIED)
    if level >= Level.VARIANT:
        for variant, standard in SPELLINGS:
            while variant in text:
                text = text.replace(variant, standard)
        text = _DROPPED.sub("", text)
    return text


def traced(text: str, level: Level, *, bullets: bool) -> tuple[str, tuple[int, ...]]:
    """The folded text, character by character, and the index in *text* of each."""
    if level == Level.EXACT:
        return text, tuple(range(len(text)))
    chars: list[str] = []
    origin: list[int] = []
    fresh = True  # at the start of a line or sentence, where a bullet may stand
    for index, char in enumerate(text):
        if char.isspace():
            fresh = True
            continue
        if fresh and not bullets and _is_bullet(char, text[index + 1 : index + 2], level):
            continue
        fresh = char in "。．"
        if char in VOICING and level >= Level.FOLDED and chars:
            voiced = unicodedata.normalize("NFKC", chars[-1] + char)
            if len(voiced) == 1:  # ﾃﾞ is one letter, 。ﾞ is two
                chars[-1] = voiced
                continue
        for piece in _unified(char) if level >= Level.FOLDED else char:
            chars.append(piece)
            origin.append(index)
    folded = "".join(chars), tuple(origin)
    return _respelled(*folded) if level >= Level.VARIANT else folded


def _is_bullet(char: str, following: str, level: Level) -> bool:
    if char in CIRCLED:
        return level >= Level.VARIANT
    return char in BULLETS and not (char == "-" and following.isdecimal())  # -5 is a number


def _unified(char: str) -> str:
    """One character without its width; a circled number keeps its circle (7② is not 72)."""
    if char in CIRCLED:
        return char
    return unicodedata.normalize("NFKC", char).translate(_DASHES).translate(_SHAPES)


class _Unified(dict[int, str]):
    """The characters met so far and what each is without its width, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _unified(chr(code))
        return found


_UNIFIED = _Unified()


def _respelled(text: str, origin: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    at_first = list(origin)
    for variant, standard in SPELLINGS:
        while (at := text.find(variant)) >= 0:
            kept = at_first[at : at + len(standard)]
            kept += [kept[-1]] * (len(standard) - len(kept))
            kept[-1] = at_first[at + len(variant) - 1]
            text = text[:at] + standard + text[at + len(variant) :]
            at_first[at : at + len(variant)] = kept
    dropped = {found.start() for found in _DROPPED.finditer(text)}
    if not dropped:
        return text, tuple(at_first)
    kept_at = [i for i in range(len(text)) if i not in dropped]
    return "".join(text[i] for i in kept_at), tuple(at_first[i] for i in kept_at)
