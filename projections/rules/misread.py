"""Words that differ as a reading by OCR may: in a letter here and there of a long text, and in no number."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ledger import wording
from ledger.published import PublishedEdition
from ledger.wording import Level

_LONG = 20
_NEARLY = 0.9
_MISREAD = 2
_NUMBERS = re.compile(r"[0-9一二三四五六七八九十百千万]")


def read_by_ocr(edition: PublishedEdition) -> bool:
    """Whether a document came as the text that OCR made of it."""
    return edition.reader.startswith("ocr")


def may_be_misread(edition: PublishedEdition, words: str, whole: str) -> bool:
    """Whether *words* stand in *whole* but for letters that OCR may have read wrong in *edition*."""
    if not read_by_ocr(edition) or len(words) < _LONG:
        return False
    near = wording.nearest(words, whole)
    return near is not None and near[2] >= _NEARLY and _but_for_letters(words, whole[near[0] : near[1]])


def may_be_misread_text(edition: PublishedEdition, one: str, other: str) -> bool:
    """Whether two texts are the same but for letters that OCR may have read wrong in *edition*."""
    return may_be_misread(edition, min(one, other, key=len), max(one, other, key=len)) and _but_for_letters(
        one, other
    )


def _but_for_letters(one: str, other: str) -> bool:
    one, other = (wording.fold(text, Level.VARIANT).text for text in (one, other))
    pieces = [
        (one[a:b], other[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    return all(len(side) <= _MISREAD and not _NUMBERS.search(side) for pair in pieces for side in pair)
