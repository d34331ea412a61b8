"""What the words of one side of a change row are: a quotation, 略, narration, boxes, or nothing.

Pure text; whether a quotation is the whole item or a part of it shows only beside the item's
neighbouring states, so that is decided where rows are replayed.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ledger import wording
from projections import elisions, narration


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
_NEW = re.compile(r"^[（(【\[]?\s*(?:新規|新設|追加|新規追加|空欄|空白|未記載)\s*[)）】\]]?$")
_GONE = re.compile(
    r"^[（(【\[]?\s*(?:(?:全部|全文|記載|項目|本項目?)?(?:を|の)?(?:削除|廃止)(?:する|した)?|空欄)\s*[)）】\]]?[。．]?$"
)
_BRACKET = re.compile(r"[\[［]\s*[○〇◯OＯo✓✔レ●☑■×✕]?\s*[\]］]")
_TICK = re.compile(rf"{_BRACKET.pattern}|[☑☐■□]")


def says_new(text: str) -> bool:
    """Whether 変更前 says in words that there was nothing: （新規）, （空欄）."""
    return _NEW.match("".join(text.split())) is not None


def says_gone(text: str) -> bool:
    """Whether 変更後 says in words that nothing is left: （削除）."""
    return _GONE.match("".join(text.split())) is not None


def was_nothing(before: str) -> bool:
    """Whether 変更前 says that there was nothing."""
    return wording.is_nothing(before) or says_new(before)


def is_nothing_now(after: str) -> bool:
    """Whether 変更後 says that nothing is left."""
    return wording.is_nothing(after) or says_gone(after)


def has_ticks(text: str) -> bool:
    """Whether boxes are quoted: ``[○] 税務システム``."""
    return _TICK.search(text) is not None


@lru_cache(maxsize=8192)
def style_of(text: str, *, bullets: bool = False) -> Style | None:
    """The style that shows in the words alone; None for a quotation (full or fragment).

    With *bullets*, ■ and □ stand before paragraphs of a text, and are no boxes.
    """
    if not text.strip():
        return Style.BLANK
    if wording.is_nothing(text):
        return Style.DASH
    if (_BRACKET if bullets else _TICK).search(text) is not None:
        return Style.CHECKBOX
    if narration.is_narrative(text):
        return Style.NARRATIVE
    if elisions.is_elided(text):
        return Style.ELIDED
    return None


def style_alone(text: str) -> Style:
    """The style of a side that no item can be compared with."""
    style = style_of(text)
    return style or (Style.NARRATIVE if narration.may_narrate(text) else Style.FULL)
