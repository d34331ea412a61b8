"""The two sides of a change as words, and what undoing it showed.

Writers dress their words: with a note, the item's label before them, 「」 around them, （追加） in front.
The dress is no part of what the item says, unless it stands in the item so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from ledger import wording
from ledger.form import FormItem
from ledger.wording import Level
from projections import elisions, rows
from projections.announcements import without_note
from projections.readings import Reading, Value, known, partial, unknown
from projections.rows import Style


@dataclass(frozen=True)
class Sides:
    """変更前 and 変更後 of one change without side notes; *name* is what reasons call it: 行4.

    ``printed`` are the sides with their notes. A side that says 同左 has the other side's words, and
    ``referring`` says which one does. With ``bullets`` the item is a text, in which ■ is no box.
    """

    name: str
    before: str
    after: str
    printed: tuple[str, str] = ("", "")
    referring: tuple[bool, bool] = (False, False)
    quoting: bool = False
    bullets: bool = False

    @classmethod
    def of(cls, name: str, before: str, after: str) -> Sides:
        """The sides as printed, parted from notes that announce further changes."""
        was = "" if rows.says_new(before) else without_note(before)[0]
        became = "" if rows.says_gone(after) else without_note(after)[0]
        referring = elisions.says_unchanged(was), elisions.says_unchanged(became)
        if referring == (False, True):
            became = was
        elif referring == (True, False):
            was = became
        return cls(name, was, became, (before, after), referring)

    def with_note(self) -> Sides:
        """The same sides, 変更後 with the note that was parted from it."""
        return replace(self, after=self.printed[1] or self.after)

    @cached_property
    def styles(self) -> tuple[Style | None, Style | None]:
        """How each side is written, as far as its words alone show it."""
        before, after = (
            Style.ELIDED if refers else rows.style_of(side, bullets=self.bullets)
            for refers, side in zip(self.referring, (self.before, self.after), strict=True)
        )
        reads_otherwise = after in {Style.NARRATIVE, Style.ELIDED} and not self.referring[1]
        return before, None if self.quoting and reads_otherwise else after

    def as_quotation(self) -> Sides:
        """The same sides, 変更後 taken for a quotation although it seems to tell, or to leave words out."""
        return replace(self, quoting=True)

    def as_text(self) -> Sides:
        """The same sides of an item that is a text."""
        return replace(self, bullets=True)

    @property
    def narrative(self) -> bool:
        """Whether a side tells instead of quoting."""
        return Style.NARRATIVE in self.styles

    @property
    def elided(self) -> bool:
        """Whether a side leaves words out (同左 leaves none out: the other side has them)."""
        sides = zip(self.styles, self.referring, strict=True)
        return any(style is Style.ELIDED and not refers for style, refers in sides)

    def bare(self, item: FormItem, label: str, value: str, *, back: bool) -> Sides:
        """The same sides without the dress that does not stand in *value*.

        That is what the item says after the change where it is undone (*back*), else before it.
        """
        before, after = self.before, self.after
        for undress in _UNDRESSING:
            kept = after if back else before
            if undress(kept, item, label) != kept and _stands_literally(kept, value):
                continue
            before, after = undress(before, item, label), undress(after, item, label)
        if _STRUCK_OUT.match(after) and wording.same(_STRUCK_OUT.sub("", after), before) is not None:
            after = ""
        return replace(self, before=before, after=after)

    def stands_literally(self, value: str) -> bool:
        """Whether 変更後 stands in *value* letter by letter, white space apart."""
        return _stands_literally(self.after, value)

    def undone(
        self, prior: Reading, *, part: bool = False, fits: bool | None = None, level: Level | None = None
    ) -> Undone:
        """What undoing the change showed; with *part* its quotations are parts of the item."""
        quotation = Style.FRAGMENT if part else Style.FULL
        return Undone(prior, self.styles[0] or quotation, self.styles[1] or quotation, fits, level)


# --- the dress of words --------------------------------------------------------------------------

_BRACKETS = r"[（(【\[〔]\s*(?:{})\s*[)）】\]〕]"
_MARK = re.compile(
    rf"^\s*{_BRACKETS.format('追加|新規|新設|追記|加筆|変更|修正|改訂|改正|変更[前後]|旧|新')}\s*"
)
_TRAILING_MARK = re.compile(
    rf"\s*{_BRACKETS.format('追加|新規|新設|追記|加筆|変更|修正|改訂|変更[前後]|旧|新')}\s*$"
)
_STRUCK_OUT = re.compile(rf"^\s*{_BRACKETS.format('削除|廃止')}\s*")
_LEAD = re.compile(
    r"^\s*(?:以下|次|下記)の?(?:記載|文言|内容|項目|文章|とおり|文)?(?:を|に|の)?"
    r"(?:追加|追記|加筆|変更|修正|記載|改め|新設)(?:する|した|る|た)?[。．：:]?[ 　]*\n\s*"
)
_QUOTE_MARKS = {"「": "」", "『": "』", "“": "”", '"': '"', "＂": "＂", "〝": "〟"}


def _without_marks(text: str, _item: FormItem, _label: str) -> str:
    """Words without （追加） beside them, or a line above them that says they were added."""
    bare = _TRAILING_MARK.sub("", _MARK.sub("", _LEAD.sub("", text)))
    return bare if bare.strip() else text


def _without_label(text: str, item: FormItem, label: str) -> str:
    """Words without the label of their own item, which writers sometimes repeat before the value."""
    signs = (" ", "　", "\n", "：", ":") if item.number or item.is_group else ("\n", "：", ":")
    for own in dict.fromkeys((item.label, label, item.name)):
        for printed in (f"【{own}】", *(f"{own}{sign}" for sign in signs)):
            if text.startswith(printed) and text[len(printed) :].strip():
                return text[len(printed) :].strip()
    return text


def _without_quotation_marks(text: str, _item: FormItem, _label: str) -> str:
    """Words without the one pair of quotation marks that stands around all of them."""
    words = text.strip()
    closing = _QUOTE_MARKS.get(words[:1])
    if closing is None or len(words) < len("「」") + 1 or not words.endswith(closing):
        return text
    inner = words[1:-1]
    opening = words[0]
    return text if (opening in inner or closing in inner) or not inner.strip() else inner


_UNDRESSING: tuple[Callable[[str, FormItem, str], str], ...] = (
    _without_marks,
    _without_label,
    _without_quotation_marks,
)


def _stands_literally(words: str, value: str) -> bool:
    """Whether *words* stand in *value* with their dress, white space apart."""
    needle = wording.fold(words, Level.LAYOUT, bullets=True).text
    return bool(needle) and needle in wording.fold(value, Level.LAYOUT, bullets=True).text


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a change showed.

    ``prior`` is the state before it; ``before`` and ``after`` are the styles of its sides;
    ``fits`` says whether 変更後 stands in the state it should have left (None: cannot be told),
    and ``level`` at which level the words agreed. ``missed`` are words that a row with narration or 略
    says were added, and that the state does not have.
    """

    prior: Reading
    before: Style
    after: Style
    fits: bool | None
    level: Level | None = None
    missed: str = ""


def like(state: Reading, value: Value, reason: str) -> Reading:
    """*value* with the certainty of the *state* it was worked out from."""
    if state.known:
        return known(value, reason)
    return partial(value, reason if state.reason in reason else f"{reason}。{state.reason}")


def as_printed(words: str, reason: str) -> Reading:
    """What is left where a state cannot be worked out: a side's own words, if it quotes any in full."""
    if not words.strip() or elisions.is_elided(words) or rows.style_of(words) is Style.NARRATIVE:
        return unknown(reason)
    return partial(words, reason)
