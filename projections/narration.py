"""Narration: a side of a row that tells what was done instead of quoting what the item says.

Mostly it leaves the words open (文言の修正, 別紙のとおり). Where it quotes them, 「A」を「B」に変更 or
「A」を追加, its deeds can be undone on a state in which the words stand once: that gives the words that
were there, and never a proof that nothing else was done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ledger import wording
from projections.places import exchanged, stands_once

_DEED = r"(?:追加|追記|加筆|新設|挿入|削除|削る|廃止|修正|変更|訂正|改正|改定|改訂|移動|記載|掲載)"
_NARRATION = re.compile(
    rf"(?:を|の|に|へ){_DEED}(?:する|した|しました|し、|し|。|$)|のみ(?:掲載|記載)|(?:を|に)改め(?:る|た)"
)
_NARRATIVE_END = re.compile(
    rf"(?:を|に|へ|の)?(?:{_DEED}(?:する|した|しました)?|改め(?:る|た))(?:もの)?[。．]?\s*$"
)
_TOLD = re.compile(
    r"(?:の|を|に|へ)(?:記載|記述|文言|項目|文章|部分|一部|内容)?(?:の|を|に)?"
    r"(?:追加|削除|追記|加筆|修正|変更|改正|整理|新設|廃止|改め)(?:する|した|しました|る|た)?(?:もの)?[。．]?\s*$"
)
_EDITED = (
    r"(?:記載|記述|文言|字句|表現|表記|語句|用語|文章|内容|項目|構成|体裁|誤字|脱字|誤記|全文|全面|全体|一部)"
)
_REMARK = re.compile(
    rf"(?:.{{0,30}}?(?:に伴(?:い|う)|により|による|のため|に合わせて?|に基づ(?:き|く)|を踏まえ(?:て|た)?)[、，]?)?"
    rf"(?:{_EDITED}(?:等|など|・)?)+(?:の|を)?(?:全面的に|全般的に|一部)?"
    r"(?:全面)?(?:改訂|改定|改正|修正|整理|整備|見直し?|変更|訂正|統一|適正化|更新|刷新|書き?換え)(?:た|を?行った|する|した|しました)?[。．]?"
    r"|(?:別添|(?:別紙|別表|別記|別途|添付|新旧対照表)(?:資料|[0-9０-９①-⑳一二三]+)?)(?:の?とおり|の?通り|を?参照|に記載)"
    r"(?:する|のこと)?[。．]?"
)
_QUOTED = re.compile(r"「[^」]*」|【[^】]*】|『[^』]*』")
_LONGEST = 120


def _words(text: str) -> str:
    words = "".join(text.split())
    return words if len(words) <= _LONGEST else ""


def is_narrative(text: str) -> bool:
    """Whether the text reads as if it told what was done instead of quoting what now stands there.

    A quotation may well end in 変更 or 削除する; narration is one short sentence whose verb is
    about the text itself and whose objects stand in 「」 or 【】, or a mere remark on the editing. Where the
    words stand in the item after all, they are a quotation; that is decided where rows are replayed.
    """
    words = _words(text)
    if not words:
        return False
    if _REMARK.fullmatch(words) is not None:
        return True
    quotes = _QUOTED.search(words) is not None
    return quotes and _NARRATION.search(words) is not None and _NARRATIVE_END.search(words) is not None


def may_narrate(text: str, before: str = "") -> bool:
    """Whether a text that stands nowhere in its item may be narration: it ends in a verb of editing.

    A sentence that says what *before* said in nearly the same words takes its place, and tells nothing.
    """
    words = _words(text)
    if not words or (len(words) >= _SENTENCE and _is_reworded(_words(before), words)):
        return False
    return _TOLD.search(words) is not None or is_narrative(words)


_SENTENCE, _REWORDED = 20, 70.0


def _is_reworded(before: str, after: str) -> bool:
    return len(before) >= _SENTENCE and fuzz.ratio(before, after) >= _REWORDED


@dataclass(frozen=True, slots=True)
class Deed:
    """What narration says was done: words that went (blank: none) and words that came (blank: none)."""

    gone: str
    come: str


_QUOTE = r"[「『“]([^「」『』“”]+)[」』”]"
_LIST = rf"((?:{_QUOTE.replace('(', '(?:', 1)}(?:[、，・]|及び|並びに|と)?)+)"
_REPLACED = re.compile(
    rf"{_QUOTE}(?:の(?:記載|文言|表記))?(?:を|から|→|⇒){_QUOTE}(?:に|へ)?(?:文言を)?"
    r"(?:変更|修正|訂正|改め|置き?換え|読み替え|書き?換え|統一)"
)
_CAME = re.compile(rf"{_QUOTE}(?:に|へ)(?:変更|修正|訂正|改め|置き?換え)")
_ADDED = re.compile(rf"{_LIST}(?:の(?:記載|文言|項目))?(?:を|の)(?:追加|追記|加筆|新設|挿入|記載)")
_REMOVED = re.compile(rf"{_LIST}(?:の(?:記載|文言|項目))?(?:を|の)(?:削除|削る|廃止)")


def deeds(text: str, before: str = "") -> tuple[Deed, ...]:
    """The deeds that narration tells with their words; empty where any of its quotations is left over.

    ``「B」に変更`` speaks of the words that stand in *before*.
    """
    words = _words(text)
    found: list[Deed] = []

    def replaced(match: re.Match[str]) -> str:
        found.append(Deed(match[1], match[2]))
        return ""

    def became(match: re.Match[str]) -> str:
        found.append(Deed(before, match[1]))
        return ""

    def added(match: re.Match[str]) -> str:
        found.extend(Deed("", quoted[1]) for quoted in re.finditer(_QUOTE, match[1]))
        return ""

    def removed(match: re.Match[str]) -> str:
        found.extend(Deed(quoted[1], "") for quoted in re.finditer(_QUOTE, match[1]))
        return ""

    rest = _REPLACED.sub(replaced, words)
    if before.strip():
        rest = _CAME.sub(became, rest)
    rest = _REMOVED.sub(removed, _ADDED.sub(added, rest))
    return () if _QUOTED.search(rest) else tuple(found)


def taken_back(done: Sequence[Deed], value: str) -> str | None:
    """*value* as it was before the deeds; None where their words do not stand in it as they should."""
    for deed in reversed(done):
        back = _exchanged(value, deed.come, deed.gone)
        if back is None:
            return None
        value = back
    return value


def missed(done: Sequence[Deed], value: str) -> str:
    """The first words that came by a deed and do not stand in *value*; blank where all do.

    Words that a later deed of the same row took out again are not missed.
    """
    for n, deed in enumerate(done):
        taken = any(wording.locate(deed.come, after.gone) is not None for after in done[n + 1 :])
        if deed.come and not taken and wording.locate(deed.come, value) is None:
            return deed.come
    return ""


def carried_out(done: Sequence[Deed], value: str) -> str | None:
    """*value* after the deeds; None where their words do not stand in it as they should."""
    return taken_back([Deed(deed.come, deed.gone) for deed in reversed(done)], value)


def _exchanged(value: str, present: str, absent: str) -> str | None:
    """*value* with the words that are *present* exchanged for those that were *absent*.

    Words that were merely taken out cannot be put back: nobody tells where they stood.
    """
    if not present:
        return value if wording.locate(absent, value) is None else None
    place = stands_once(present, value)
    if place is None:
        return None
    around = (value[: place.start], value[place.end :])
    if absent and any(wording.locate(absent, side) is not None for side in around):
        return None
    return exchanged(value, place.start, place.end, absent) if absent else _joined(*around)


_SEPARATORS = "、，,・"


def _joined(left: str, right: str) -> str:
    """What stood on both sides of words that were an entry of a list, with one separator between them."""
    if left.rstrip().endswith(tuple(_SEPARATORS)) and (
        not right.strip() or right.lstrip()[0] in "。及並" + _SEPARATORS
    ):
        left = left.rstrip()[:-1]
    elif not left.strip() or left.rstrip().endswith(("：", ":", "\n")):
        right = right.lstrip().lstrip(_SEPARATORS)
    return f"{left}{right}".strip()
