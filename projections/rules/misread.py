"""Words that differ as extraction may leave them.

OCR reads a letter here and there of a long text wrong, and the end of a page cuts a cell off in the middle of
a word. Other numbers are never taken for damage.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ledger import wording
from ledger.published import Boxes, PublishedEdition
from ledger.wording import Level
from projections import elisions
from projections.readings import Value

_LONG = 20
_NEARLY = 0.9
_MISREAD = 2
_FEW = 0.1
_NUMBERS = re.compile(r"[0-9一二三四五六七八九十百千万]")


def read_by_ocr(edition: PublishedEdition) -> bool:
    """Whether a document came as the text that OCR made of it."""
    return edition.reader.startswith("ocr")


def may_have_lost_its_ticks(edition: PublishedEdition, value: Value | None) -> bool:
    """Whether a set of boxes has no tick, and OCR read it: the ticks are lost all together."""
    return isinstance(value, Boxes) and not value.checked and read_by_ocr(edition)


def may_be_misread(edition: PublishedEdition, words: str, whole: str) -> bool:
    """Whether *words* stand in *whole* but for letters that OCR may have read wrong in *edition*."""
    if not read_by_ocr(edition) or len(words) < _LONG:
        return False
    quoted = [piece.strip() for piece in elisions.pieces(words) if piece.strip()]
    return bool(quoted) and all(_may_be_misread(piece, whole) for piece in quoted)


def _may_be_misread(words: str, whole: str) -> bool:
    if _but_for_letters(words, whole):
        return True
    near = wording.nearest(words, whole)
    return near is not None and near[2] >= _NEARLY and _but_for_letters(words, whole[near[0] : near[1]])


def may_be_misread_letter(edition: PublishedEdition, one: str, other: str) -> bool:
    """Whether two long texts are the same but for single letters that OCR may have read wrong in *edition*.

    Where both texts have to be the same as a whole, two letters in a row are another word sooner than damage.
    """
    short, long = sorted((one, other), key=len)
    return may_be_misread(edition, short, long) and _but_for_letters(one, other, most=1)


_IN_A_WORD = re.compile(r"[ァ-ヴー]{2}")
_IN_A_NUMBER = re.compile(r"[0-9]{2}")


def breaks_off_in_a_word(words: str, whole: str) -> bool:
    """Whether a long text is the beginning of *whole*, cut off in a number or in a word in katakana.

    Cut between two words it is taken for a quotation of a part; what ends in a number is another number.
    """
    cut, text = wording.plain(words), wording.plain(whole)
    if len(cut) < _LONG or not text.startswith(cut):
        return False
    joint, rest = text[len(cut) - 1 : len(cut) + 1], text[len(cut) :]
    in_a_number = _IN_A_NUMBER.fullmatch(joint) is not None and rest.strip("0123456789") != ""
    return in_a_number or _IN_A_WORD.fullmatch(joint) is not None


def _but_for_letters(one: str, other: str, most: int = _MISREAD) -> bool:
    """Whether letters differ only here and there; one of them may stand in a word that has two spellings."""
    return any(_differ_in_letters(one, other, level, most) for level in (Level.FOLDED, Level.VARIANT))


def _differ_in_letters(one: str, other: str, level: Level, most: int) -> bool:
    one, other = (wording.fold(text, level).text for text in (one, other))
    if abs(len(one) - len(other)) > _FEW * max(len(one), len(other)):
        return False
    differing = [
        (one[a:b], other[c:d], a == 0 or b == len(one))
        for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    few = sum(len(was) + len(became) for was, became, _ in differing) <= _FEW * (len(one) + len(other))
    return few and all(
        # at the edge of a passage more of the word may stand outside
        len(side) <= (1 if at_the_edge else most) and not _NUMBERS.search(side)
        for was, became, at_the_edge in differing
        for side in (was, became)
    )
