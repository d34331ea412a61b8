"""Changes of boxes: ``[] 税務システム`` → ``[○] 税務システム``.

A row quotes one box of a set, or names what is ticked (電子記録媒体); the other boxes stay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ledger import wording
from ledger.form import FormItem, Option
from ledger.published import Boxes
from ledger.readers import cells
from ledger.wording import Level
from projections import rows
from projections.readings import Reading, Value, partial, unknown
from projections.rows import Style
from projections.sides import Sides, Undone, like


@dataclass(frozen=True, slots=True)
class _Box:
    """One quoted box, with its label as written."""

    option: Option
    ticked: bool
    label: str


@dataclass(frozen=True, slots=True)
class _Quoted:
    """The boxes that one side of a row quotes, and their free text."""

    boxes: tuple[_Box, ...]
    other_text: str


def undo(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Undo a change of boxes on the *state* it left."""
    if sides.narrative or sides.elided or _told(sides.after):
        told = f"{sides.name}は変更の内容を文で述べるだけで、変更前の欄の状態がない"
        undone = sides.undone(partial(state.value, told), part=True)
        return replace(undone, after=Style.NARRATIVE) if _told(sides.after) else undone
    was, became = _quoted(item, sides.before), _quoted(item, sides.after)
    styles = _style(sides.before, was), _style(sides.after, became)
    if not became.boxes and not wording.is_nothing(sides.after):
        return Undone(partial(sides.before, f"{sides.name}の変更前。欄のどれか分からない"), *styles, None)
    if not isinstance(state.value, Boxes):
        told = f"{sides.name}の変更前。他の欄は分からない"
        return Undone(partial(_set(item, Boxes(), was), told), *styles, None)
    fits = _fits(item, became, state.value)
    level = Level.FOLDED if fits else None
    prior = state.value
    if _lists(was) and _lists(became):  # both name what is ticked: what became ticked was not
        prior = _set(item, prior, replace(_unticked(became, was), other_text=prior.other_text))
    named = {box.option for box in (*was.boxes, *became.boxes)}
    text = _texts(item, prior.other_text, was.other_text, named)
    prior = _set(item, prior, replace(was, other_text=text))
    return Undone(like(state, prior, f"{sides.name}の変更前"), *styles, fits, level)


def redo(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change of boxes on the *state* before it."""
    reason = f"{sides.name}の変更後"
    if sides.narrative or sides.elided or _told(sides.after):
        return unknown(f"{sides.name}は変更の内容を文で述べるだけで、変更後の欄の状態がない")
    was, became = _quoted(item, sides.before), _quoted(item, sides.after)
    if not isinstance(state.value, Boxes):
        return partial(_set(item, Boxes(), became), f"{reason}。他の欄は分からない")
    text = _texts(item, state.value.other_text, became.other_text, {box.option for box in became.boxes})
    boxes = state.value
    if _lists(was) and _lists(became):
        boxes = _set(item, boxes, replace(_unticked(was, became), other_text=boxes.other_text))
    return like(state, _set(item, boxes, replace(became, other_text=text)), reason)


def _lists(quoted: _Quoted) -> bool:
    """Whether a side is a list of what is ticked (a blank one lists nothing)."""
    return all(box.ticked for box in quoted.boxes)


def _unticked(one: _Quoted, other: _Quoted) -> _Quoted:
    """The boxes that *one* lists and *other* does not, as they are on the other side: not ticked."""
    listed = {box.option for box in other.boxes}
    return replace(one, boxes=tuple(replace(b, ticked=False) for b in one.boxes if b.option not in listed))


def _told(text: str) -> bool:
    """Whether a side without ticks tells what was done to the boxes."""
    return not rows.has_ticks(text) and rows.may_narrate(text)


def names_boxes(item: FormItem, text: str) -> bool:
    """Whether *text* names at least one box of *item*."""
    return bool(_quoted(item, text).boxes)


def quoted_before(item: FormItem, current: Value | None, after: str) -> str:
    """What 変更前 quotes of the *current* value: all of it, or the same boxes that *after* names."""
    if not isinstance(current, Boxes):
        return current or ""
    lines = []
    for box in _quoted(item, after).boxes:
        ticked = _among(box.option, current.checked)
        label = _among(box.option, (*current.checked, *current.unchecked)) or box.option.label
        text = f"（{current.other_text}）" if ticked and box.option.takes_text and current.other_text else ""
        lines.append(f"[{'○' if ticked else ''}] {label}{text}")
    return "\n".join(lines)


def as_text(value: Value | None) -> str:
    """A value in words: the ticked boxes, those that cannot be read, and the free text."""
    if not isinstance(value, Boxes):
        return value or ""
    lines = [f"[○] {box}" for box in value.checked]
    lines += [f"[?] {box}" for box in value.unreadable]
    if value.other_text:
        lines.append(f"（{value.other_text}）")
    return "\n".join(lines) or "（どの欄にも印がない）"


def _quoted(item: FormItem, text: str) -> _Quoted:
    """Read the boxes that a side of a row quotes."""
    state = cells.read_boxes(item, text).value
    found = []
    for option in item.options:
        if not (label := _label(option, text)):
            continue
        if _among(option, state.checked):
            found.append(_Box(option, ticked=True, label=label))
        elif _among(option, state.unchecked):
            found.append(_Box(option, ticked=False, label=label))
        elif not rows.has_ticks(text):  # named without a mark: what a row names is what is ticked
            found.append(_Box(option, ticked=True, label=label))
    return _Quoted(tuple(found), state.other_text)


def _label(option: Option, text: str) -> str:
    """The label under which *option* is named in *text*, shortened labels included; blank if not."""
    for label in option.labels:
        if found := wording.locate(label, text):
            start, end = found.spans[0]
            return text[start:end]
    short = option.label.partition("（")[0]
    bare = text.strip(" 　\n[]［］○〇◯O")
    return option.label if short != option.label and wording.same(short, bare) is not None else ""


def _among(option: Option, labels: tuple[str, ...]) -> str:
    """The one of *labels* that is the option's; blank if none is."""
    return next((label for label in labels if option.is_called(label)), "")


def _set(item: FormItem, boxes: Boxes, quoted: _Quoted) -> Boxes:
    """*boxes* with the quoted ones set, every tuple in the order of the form."""
    states: dict[Option, tuple[str, str]] = {}
    for state in ("checked", "unchecked", "unreadable"):
        for option in item.options:
            if label := _among(option, getattr(boxes, state)):
                states[option] = (state, label)
    for box in quoted.boxes:
        states[box.option] = ("checked" if box.ticked else "unchecked", box.label)

    def those(state: str) -> tuple[str, ...]:
        return tuple(states[o][1] for o in item.options if states.get(o, ("", ""))[0] == state)

    return Boxes(those("checked"), those("unchecked"), those("unreadable"), quoted.other_text)


def _texts(item: FormItem, present: str, quoted: str, named: set[Option]) -> str:
    """The free texts of a set of boxes, where those of the *named* boxes are as *quoted*."""
    texts = {o: text for o, text in cells.texts_of(item, present).items() if o not in named}
    texts |= {o: text for o, text in cells.texts_of(item, quoted).items() if o in named}
    return cells.other_text([(o, texts[o]) for o in item.options if o in texts])


def _fits(item: FormItem, became: _Quoted, state: Boxes) -> bool | None:
    """Whether the quoted boxes stand so in *state*; None where all of them are unreadable there."""
    told: list[bool] = []
    for box in became.boxes:
        if _among(box.option, state.checked):
            told.append(box.ticked)
        elif _among(box.option, state.unchecked):
            told.append(not box.ticked)
    quoted, there = cells.texts_of(item, became.other_text), cells.texts_of(item, state.other_text)
    compared = [b.option for b in became.boxes if b.ticked and b.option in quoted and b.option in there]
    told.extend(wording.same(quoted[option], there[option]) is not None for option in compared)
    return all(told) if told else None


def _style(text: str, quoted: _Quoted) -> Style:
    style = rows.style_of(text)
    if style is not None:
        return style
    alone = len(quoted.boxes) == 1 and not cells.read_count(text)
    return Style.FULL if alone else Style.FRAGMENT
