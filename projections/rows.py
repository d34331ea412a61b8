"""What the words of a change row say: the whole item, a part, 略, narration, boxes.

Pure text; whether a quotation is the whole item or a part of it shows only beside the item's
neighbouring states, so that is decided where rows are replayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from ledger import wording
from ledger.wording import CIRCLED, Level


class Style(StrEnum):
    """How one side of a row is written."""

    FULL = "full"
    FRAGMENT = "fragment"
    ELIDED = "elided"
    NARRATIVE = "narrative"
    COMPOSITE = "composite"
    CHECKBOX = "checkbox"
    BLANK = "blank"
    DASH = "dash"


# What writers put into 変更前 for an addition, beside leaving it blank.
_NEW = re.compile(r"^[（(]?\s*(?:新規|新設|追加|新規追加|空欄)\s*[)）]?$")
_GONE = re.compile(r"^[（(]?\s*(?:削除|廃止|全部削除|全文削除)\s*[)）]?$")
_ELISION = re.compile(
    r"[（(]\s*(?:以下|中|前|後|一部)?(?:略|省略)\s*[)）]"
    r"|(?:(?<![\w「『])|(?<=[①-⑳]))(?:以下|中|前|後)?(?:省略|略)(?![\w」』])"
    r"|(?m:^[ 　]*(?:[…‥～〜]+|・{2,})[ 　]*$)|\A\s*[…‥]+|[…‥]+\s*\Z"
)
_NARRATION = re.compile(
    r"(?:を|の)(?:追加|削除|追記|修正|変更|加筆|新設|廃止|移動|記載|掲載)"
    r"(?:する|した|しました|し、|し|。|$)|のみ(?:掲載|記載)|(?:を|に)改め(?:る|た)"
)
_NARRATIVE_END = re.compile(
    r"(?:を|に|へ|の)?(?:追加|削除|追記|修正|変更|加筆|新設|廃止|掲載)(?:する|した|しました)?(?:もの)?[。．]?\s*$"
)
_TOLD = re.compile(
    r"(?:の|を|に|へ)(?:記載|記述|文言|項目|文章|部分|一部|内容)?(?:の|を|に)?"
    r"(?:追加|削除|追記|加筆|修正|変更|改正|整理|新設|廃止|改め)(?:する|した|しました|る|た)?(?:もの)?[。．]?\s*$"
)
_ANNOUNCED = re.compile(r"\s*※[^※]*?変更(?:あり|有り|有)[)）]?[。．]?\s*$")
_RANGE = re.compile(rf"([{CIRCLED}])\s*[～〜~\-－]\s*([{CIRCLED}])")
_TICK = re.compile(r"[\[［]\s*([○〇◯OＯo✓✔レ●☑■]?)\s*[\]］]|[☑☐■□]")
_QUOTED = re.compile(r"「[^」]*」|【[^】]*】|『[^』]*』")
_LONGEST_NARRATION = 120


def is_elided(text: str) -> bool:
    """Whether 略 or 省略 stands for words that are not shown."""
    return _ELISION.search(text) is not None


def is_narrative(text: str) -> bool:
    """Whether the text reads as if it told what was done instead of quoting what now stands there.

    A quotation may well end in 変更 or 削除する; narration is one short sentence whose verb is
    about the text itself and whose objects stand in 「」 or 【】. Where the words stand in the item
    after all, they are a quotation; that is decided where rows are replayed.
    """
    words = "".join(text.split())
    if not words or len(words) > _LONGEST_NARRATION:
        return False
    quotes = _QUOTED.search(words) is not None
    return quotes and _NARRATION.search(words) is not None and _NARRATIVE_END.search(words) is not None


def may_narrate(text: str) -> bool:
    """Whether a text that stands nowhere in its item may be narration: it ends in a verb of editing."""
    words = "".join(text.split())
    return 0 < len(words) <= _LONGEST_NARRATION and _TOLD.search(words) is not None


def says_new(text: str) -> bool:
    """Whether 変更前 says in words that there was nothing: （新規）, （空欄）."""
    return _NEW.match("".join(text.split())) is not None


def says_gone(text: str) -> bool:
    """Whether 変更後 says in words that nothing is left: （削除）."""
    return _GONE.match("".join(text.split())) is not None


def has_ticks(text: str) -> bool:
    """Whether boxes are quoted: ``[○] 税務システム``."""
    return _TICK.search(text) is not None


def style_of(text: str) -> Style | None:
    """The style that shows in the words alone; None for a quotation (full or fragment)."""
    if not text.strip():
        return Style.BLANK
    if wording.is_nothing(text):
        return Style.DASH
    if has_ticks(text):
        return Style.CHECKBOX
    if is_narrative(text):
        return Style.NARRATIVE
    if is_elided(text):
        return Style.ELIDED
    return None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A side note such as 「※委託先変更に伴い、②、④～⑥変更あり。」 and the numbers it names."""

    words: str
    numbers: tuple[str, ...]


def without_note(text: str) -> tuple[str, Announcement | None]:
    """Part a cell from a note that announces further changes without their values."""
    match = _ANNOUNCED.search(text)
    if match is None:
        return text, None
    note = match[0].strip()

    def spelled_out(span: re.Match[str]) -> str:
        return CIRCLED[CIRCLED.index(span[1]) : CIRCLED.index(span[2]) + 1]

    numbers = tuple(dict.fromkeys(c for c in _RANGE.sub(spelled_out, note) if c in CIRCLED))
    return text[: match.start()].rstrip(), Announcement(note, numbers)


# --- 略 ----------------------------------------------------------------------------------------


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


# --- a quotation cut off at the end of a page --------------------------------------------------

_SENTENCE_END = "。．」』）)】＞>"


def cut_tail(quoted: str, before: str, item: str, span: tuple[int, int]) -> int:
    """Where a quotation that breaks off in mid-sentence really ended in *item*.

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
