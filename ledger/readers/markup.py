"""HTML left in extracted text → plain words and marks.

Only the names of real HTML elements are tags: ``<中間サーバー・プラットフォームにおける措置>`` is a
heading that somebody typed, and so is ``<選択肢>``. Ticks of forms come as ``<input>`` elements;
they become one character each that stands for nothing in Unicode, so that the cells can be read as
text. (Not of the private range: cities have letters of their own there, 外字.)
"""

from __future__ import annotations

import re
from functools import lru_cache

BOX, BOX_TICKED, RADIO, RADIO_TICKED = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
MARKS = BOX + BOX_TICKED + RADIO + RADIO_TICKED

_BLOCKS = "p|div|ul|ol|li|table|thead|tbody|tr|br|h[1-6]|dl|dt|dd"
_INLINE = "span|b|i|u|em|strong|small|big|sup|sub|font|a|label|td|th"
_TAG = re.compile(rf"</?({_BLOCKS}|{_INLINE}|input)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_LINES = re.compile(r"(?<![ \u3000])[ \u3000]*\n[\s\u3000]*")


@lru_cache(maxsize=8192)  # every reading asks for the same cells several times
def plain(text: str) -> str:
    """*text* without its tags: blocks become line breaks, ``<input>`` one of MARKS."""
    text = text.replace("\u00a0", " ")
    if "<" not in text:
        return text.strip()
    return _LINES.sub("\n", _TAG.sub(_replacement, text)).strip()


def words(text: str) -> str:
    """``plain`` without the marks, for cells that hold no boxes."""
    found = plain(text)
    for mark in MARKS:
        found = found.replace(mark, "")
    return found.strip()


def _replacement(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name == "input":
        ticked = re.search(r"\bchecked\b", tag[0], re.IGNORECASE) is not None
        if re.search(r"radio", tag[0], re.IGNORECASE):
            return RADIO_TICKED if ticked else RADIO
        return BOX_TICKED if ticked else BOX
    if name in {"td", "th"}:
        return " "
    return "\n" if re.fullmatch(_BLOCKS, name) else ""
