"""What one side of a row says of a set of boxes: which it quotes, ticked or not, and their free text.

``[○] 税務システム``, ``□紙 ■電子メール``, ``電子メール：チェックなし``, ``その他（窓口）``; or it names
what is ticked without any mark (電子記録媒体).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ledger import wording
from ledger.form import FormItem, Option
from ledger.published import Boxes
from ledger.readers import cells
from projections import rows
from projections.rows import Style


@dataclass(frozen=True, slots=True)
class Box:
    """One quoted box, with its label as written."""

    option: Option
    ticked: bool
    label: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The boxes that one side of a row quotes, and their free text."""

    boxes: tuple[Box, ...]
    other_text: str

    @property
    def lists(self) -> bool:
        """Whether it is a list of what is ticked (a blank side lists nothing)."""
        return all(box.ticked for box in self.boxes)

    @property
    def options(self) -> set[Option]:
        """The options that it names."""
        return {box.option for box in self.boxes}

    def without(self, other: Quoted) -> Quoted:
        """The boxes that this side lists and the *other* does not, as they are on the other: not ticked."""
        left = (replace(box, ticked=False) for box in self.boxes if box.option not in other.options)
        return replace(self, boxes=tuple(left))


_NOT = r"(?:[な無]し|無(?![しい])|していない|しない|[×✕])"
_IS = r"(?:[あ有]り|有(?!り)|済み?|している|[○〇◯])"
_MARK = r"(?:チェック|レ点|選択|該当)"
_TOLD_UNMARKED = re.compile(
    rf"[\[［(（「]?\s*(?:(?:に|は|の)?\s*{_MARK}\s*(?:は|が)?{_NOT}|[未非](?:選択|チェック|該当))\s*[\]］)）」]?"
    r"|[\[［]\s*[×✕]\s*[\]］]"
)
_TOLD_MARKED = re.compile(
    rf"[\[［(（]?\s*(?:に|は|の)?\s*{_MARK}\s*(?:は|が)?(?:{_IS}|(?=[\s\])）］。]|$))\s*[\]］)）]?"
)


def marked(text: str) -> str:
    """*text* with a mark where words tell of one: ``電子メール：チェックなし``, ``[×] 電子メール``."""
    return _TOLD_MARKED.sub("[○]", _TOLD_UNMARKED.sub("[ ]", text))


def read(item: FormItem, text: str) -> Quoted:
    """The boxes that a side of a row quotes."""
    text = marked(text)
    state = cells.read_boxes(item, text).value
    found = []
    for option in item.options:
        if not (label := _label(option, text)):
            continue
        if among(option, state.checked):
            found.append(Box(option, ticked=True, label=label))
        elif among(option, state.unchecked):
            found.append(Box(option, ticked=False, label=label))
        elif not rows.has_ticks(text):  # named without a mark: what a row names is what is ticked
            found.append(Box(option, ticked=True, label=label))
    return Quoted(tuple(found), _own_texts(item, text, state.other_text))


def _own_texts(item: FormItem, text: str, bracketed: str) -> str:
    """The free texts that a side quotes, in brackets or behind a colon (その他：窓口)."""
    texts = cells.texts_of(item, bracketed)
    for option in item.options:
        if option.takes_text and option not in texts:
            label = "|".join(cells.loosely(name) for name in option.labels)
            if match := re.search(rf"(?:{label})\s*[:：]\s*([^\n\[［]+)", text):
                texts[option] = match[1].strip()
    return cells.other_text([(option, texts[option]) for option in item.options if option in texts])


def _label(option: Option, text: str) -> str:
    """The label under which *option* is named in *text*, shortened labels included; blank if not."""
    for label in option.labels:
        if found := wording.locate(label, text):
            start, end = found.spans[0]
            return text[start:end]
    short = option.label.partition("（")[0]
    bare = text.strip(" 　\n[]［］○〇◯O")
    return option.label if short != option.label and wording.same(short, bare) is not None else ""


def among(option: Option, labels: tuple[str, ...]) -> str:
    """The one of *labels* that is the option's; blank if none is."""
    return next((label for label in labels if option.is_called(label)), "")


def put(item: FormItem, boxes: Boxes, quoted: Quoted) -> Boxes:
    """*boxes* with the quoted ones set, every tuple in the order of the form."""
    states: dict[Option, tuple[str, str]] = {}
    for state in ("checked", "unchecked", "unreadable"):
        for option in item.options:
            if label := among(option, getattr(boxes, state)):
                states[option] = (state, label)
    for box in quoted.boxes:
        states[box.option] = ("checked" if box.ticked else "unchecked", box.label)

    def those(state: str) -> tuple[str, ...]:
        return tuple(states[o][1] for o in item.options if states.get(o, ("", ""))[0] == state)

    return Boxes(those("checked"), those("unchecked"), those("unreadable"), quoted.other_text)


def texts(item: FormItem, present: str, quoted: str, named: set[Option]) -> str:
    """The free texts of a set of boxes, where those of the *named* boxes are as *quoted*."""
    found = {o: text for o, text in cells.texts_of(item, present).items() if o not in named}
    found |= {o: text for o, text in cells.texts_of(item, quoted).items() if o in named}
    return cells.other_text([(o, found[o]) for o in item.options if o in found])


def fits(item: FormItem, quoted: Quoted, state: Boxes) -> bool | None:
    """Whether the quoted boxes stand so in *state*; None where all of them are unreadable there."""
    told: list[bool] = []
    for box in quoted.boxes:
        if among(box.option, state.checked):
            told.append(box.ticked)
        elif among(box.option, state.unchecked):
            told.append(not box.ticked)
    said, there = cells.texts_of(item, quoted.other_text), cells.texts_of(item, state.other_text)
    compared = [b.option for b in quoted.boxes if b.ticked and b.option in said and b.option in there]
    told.extend(wording.same(said[option], there[option]) is not None for option in compared)
    return all(told) if told else None


def style(text: str, quoted: Quoted, state: Boxes | None) -> Style:
    """How a side on boxes is written; *state* is the set of boxes that it is about, where that is known."""
    shown = rows.style_of(marked(text))
    if shown is not None:
        return shown
    alone = len(quoted.boxes) == 1 and not cells.read_count(text)
    ticked = {box.option for box in quoted.boxes if box.ticked}
    all_there = (
        state is not None
        and ticked
        and all(any(option.is_called(label) for option in ticked) for label in state.checked)
    )
    return Style.FULL if alone or all_there else Style.FRAGMENT
