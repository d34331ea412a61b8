"""Announcements: a note in a row that further items changed too, without their values.

「※委託先変更に伴い、②、④～⑥変更あり。」「（他の項目も同様に変更）」. What such a note names: circled numbers
beside the item, other groups of its kind (他の委託事項も同様), or nothing (以下の項目も同様).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ledger.folding import CIRCLED

_CIRCLES = rf"[{CIRCLED}](?:\s*(?:[、，,・～〜~\-－]|及び|並びに|から|と)?\s*(?:まで)?[{CIRCLED}])*(?:まで)?"
_GROUPS = r"(?:委託事項|提供先|移転先|システム)"
_NUMBERED = rf"{_GROUPS}\s*[0-9０-９](?:[0-9０-９、，,・～〜~及びと]|から)*"
_OTHERS = (
    r"(?:(?:その)?(?:ほか|他)の?|以下の?|以降の?|下記の?|残りの?|各|全ての?|すべての?)"
    rf"(?:項目|欄|箇所|記載|内容|事項|部分|{_GROUPS})"
)
_DONE = (
    r"(?:変更|修正|改訂|改正|見直し|追加|削除)(?:あり|有り|有|済み?|している|しています|した|する|を?行った)?"
)
_ALSO = r"(?:も|について(?:も)?|に(?:も)?|を|が)?、?(?:同様|同じく)?(?:に|の)?"
_END = r"[)）]?[。．]?\s*$"
_NOTE = re.compile(
    # after ※ or in brackets, what changed may be told in other words as well: ※委託先変更に伴い、②の…も変更
    rf"(?:※|(?<!\S)[(（])[^※\n(（。]{{0,40}}?(?:{_CIRCLES}|{_NUMBERED}|{_OTHERS})[^※\n。]{{0,40}}?(?:{_DONE}|同様){_END}"
    rf"|※[^※\n。]{{0,40}}?変更(?:あり|有り|有){_END}"
    rf"|(?:(?<=[\n。])\s*(?:なお|また|ほか|他|あわせて|併せて)?[、，]?|[(（])(?:{_CIRCLES}|{_NUMBERED}|{_OTHERS}){_ALSO}(?:{_DONE}|同様){_END}"
)
_RANGE = re.compile(rf"([{CIRCLED}])\s*(?:[～〜~\-－]|から)\s*([{CIRCLED}])")
_GROUP = re.compile(rf"(?P<kind>{_GROUPS})\s*(?P<numbers>[0-9](?:[0-9、，,・～〜~及びと]|から)*)")
_OTHER_GROUPS = re.compile(rf"(?:(?:その)?(?:ほか|他)の?|各|全ての?|すべての?|残りの?)(?P<kind>{_GROUPS})")


@dataclass(frozen=True, slots=True)
class Announcement:
    """A note and what it names.

    ``numbers`` are circled numbers of items beside the row's; ``group`` is the kind of group (委託事項) of
    which the same item changed too, ``groups`` their numbers (empty: all others). Where none of them
    is given, the note names no item.
    """

    words: str
    numbers: tuple[str, ...] = ()
    group: str = ""
    groups: tuple[int, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the note names no item, so that it may be about any beside the row's."""
        return not self.numbers and not self.group

    @property
    def below(self) -> bool:
        """Whether it speaks of what stands below the row's item only."""
        return any(word in self.words for word in ("以下", "以降", "下記"))


def without_note(text: str) -> tuple[str, Announcement | None]:
    """Part a cell from a note that announces further changes without their values."""
    match = _NOTE.search(text)
    if match is None:
        return text, None
    return text[: match.start()].rstrip(), announcement(match[0].strip())


def announcement(words: str) -> Announcement:
    """What a note names."""

    def spelled_out(span: re.Match[str]) -> str:
        return CIRCLED[CIRCLED.index(span[1]) : CIRCLED.index(span[2]) + 1]

    numbers = tuple(dict.fromkeys(c for c in _RANGE.sub(spelled_out, words) if c in CIRCLED))
    if numbers:
        return Announcement(words, numbers)
    plain = narrow(words)
    if match := _GROUP.search(plain):
        return Announcement(words, group=match["kind"], groups=tuple(numbers_of(match["numbers"])))
    if match := _OTHER_GROUPS.search(plain):
        return Announcement(words, group=match["kind"])
    return Announcement(words)


def narrow(text: str) -> str:
    """*text* with digits of one byte; circled numbers stay what they are."""
    return text.translate(_DIGITS)


_DIGITS = {ord(wide): unicodedata.normalize("NFKC", wide) for wide in "０１２３４５６７８９"}
_SPAN = re.compile(r"(\d{1,3})(?:\s*(?:[～〜~]|から)\s*(\d{1,3}))?")
_MOST_GROUPS = 99


def numbers_of(text: str) -> list[int]:
    """The numbers of a list such as ``1、3~5`` in digits of one byte."""
    found: list[int] = []
    for match in _SPAN.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        found.extend(range(first, min(last, first + _MOST_GROUPS) + 1))
    return found
