"""Changes of boxes: ``[] 税務システム`` → ``[○] 税務システム``.

A row quotes one box of a set, or names what is ticked (電子記録媒体); the other boxes stay.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ledger import wording
from ledger.form import FormItem
from ledger.published import Boxes
from ledger.wording import Level
from projections import counts, narration, rows, ticks
from projections.narration import Deed
from projections.places import exchanged, stands_once
from projections.readings import Reading, Value, is_blank, known, partial, unknown
from projections.rows import Style
from projections.sides import Sides, Undone, like
from projections.ticks import Box, Quoted, among


def undo(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Undo a change of boxes on the *state* it left."""
    if sides.narrative or sides.elided or _told(sides.after):
        return _undo_told(item, sides, state)
    was, became = ticks.read(item, sides.before), ticks.read(item, sides.after)
    if not became.boxes and not wording.is_nothing(sides.after):
        undone = _undo_text(item, sides, state)
    elif isinstance(state.value, Boxes):
        undone = _undo_quoted(item, sides, state, state.value)
    else:
        told = f"{sides.name}の変更前。他の欄は分からない"
        undone = sides.undone(partial(ticks.put(item, Boxes(), was), told))
    prior = undone.prior.value if isinstance(undone.prior.value, Boxes) else None
    after = state.value if isinstance(state.value, Boxes) else None
    styles = ticks.style(sides.before, was, prior), ticks.style(sides.after, became, after)
    return replace(undone, before=styles[0], after=styles[1])


def _undo_quoted(item: FormItem, sides: Sides, state: Reading, value: Boxes) -> Undone:
    was, became = ticks.read(item, sides.before), ticks.read(item, sides.after)
    prior = value
    if was.lists and became.lists:  # both name what is ticked: what became ticked was not
        still = next((b.label for b in was.without(became).boxes if among(b.option, value.checked)), "")
        if still and not wording.is_nothing(sides.after):
            told = f"{sides.name}の変更前にだけある「{still}」に、次の状態でも印がある"
            return sides.undone(partial(ticks.put(item, value, was), told))
        prior = ticks.put(item, prior, replace(became.without(was), other_text=prior.other_text))
    text = ticks.texts(item, prior.other_text, was.other_text, was.options | became.options)
    prior = ticks.put(item, prior, replace(was, other_text=text))
    fits = ticks.fits(item, became, value)
    level = Level.FOLDED if fits else None
    return sides.undone(like(state, prior, f"{sides.name}の変更前"), fits=fits, level=level)


def redo(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change of boxes on the *state* before it."""
    if sides.narrative or sides.elided or _told(sides.after):
        return unknown(f"{sides.name}は変更の内容を文で述べるだけで、変更後の欄の状態がない")
    reason = f"{sides.name}の変更後"
    was, became = ticks.read(item, sides.before), ticks.read(item, sides.after)
    if not became.boxes and not was.boxes and not wording.is_nothing(sides.after):
        return _redo_text(item, sides, state)
    if not isinstance(state.value, Boxes):
        return partial(ticks.put(item, Boxes(), became), f"{reason}。他の欄は分からない")
    listed = was.lists and became.lists
    named = became.options | (was.options if listed else set())
    text = ticks.texts(item, state.value.other_text, became.other_text, named)
    boxes = state.value
    if listed:
        boxes = ticks.put(item, boxes, replace(was.without(became), other_text=boxes.other_text))
    return like(state, ticks.put(item, boxes, replace(became, other_text=text)), reason)


def redo_recorded(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change that was recorded here. Where nothing was, or nothing is left, no other box is ticked.

    One that quotes every box says of all of them what they were.
    """
    if wording.is_nothing(sides.after):
        return known(_none_ticked(item), f"{sides.name}の変更後")
    quoted = ticks.read(item, sides.before).boxes
    nothing = wording.is_nothing(sides.before) or (
        len(quoted) == len(item.options) and not any(box.ticked for box in quoted)
    )
    if nothing and (state.value is None or is_blank(state.value)):
        state = known(_none_ticked(item), f"{sides.name}の変更前")
    return redo(item, sides, state)


def _none_ticked(item: FormItem) -> Boxes:
    return Boxes(unchecked=tuple(option.label for option in item.options))


# --- told, or quoted without a box -----------------------------------------------------------------


def _told(text: str) -> bool:
    """Whether a side without ticks tells what was done to the boxes."""
    return not rows.has_ticks(ticks.marked(text)) and narration.may_narrate(text)


_PUT_IN = re.compile(r"追加|追記|加筆|新設|チェック(?:を|した|する|を入れ)|選択")
_TAKEN_OUT = re.compile(r"削除|廃止|外[しす]|除[くい]|解除")


def _undo_told(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Narration about boxes: where it names what was added or removed, the rest is as it is now."""
    told = f"{sides.name}は変更の内容を文で述べるだけで、変更前の欄の状態がない"
    undone = sides.undone(partial(state.value, told), part=True)
    undone = replace(undone, after=Style.NARRATIVE) if _told(sides.after) else undone
    put_in, taken_out = (bool(verb.search(sides.after)) for verb in (_PUT_IN, _TAKEN_OUT))
    if not isinstance(state.value, Boxes) or put_in == taken_out:
        return undone
    named = tuple(replace(box, ticked=not put_in) for box in ticks.read(item, sides.after).boxes)
    words = [deed.come for deed in narration.deeds(sides.after) if item.option(deed.come) is None]
    text = narration.taken_back([Deed("", word) for word in words], state.value.other_text)
    if put_in and words and text:  # その他 has held other words as well, and stays ticked
        named = tuple(box for box in named if not box.option.takes_text)
    if text is None or not (named or words):
        return undone
    prior = ticks.put(item, state.value, Quoted(named, text))
    told = f"{sides.name}が述べる欄だけを元に戻したもの。ほかに変わった欄がないとは言い切れない"
    return replace(undone, prior=partial(prior, told))


def _undo_text(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Words that name no box: a number of 件 in the same cell, or a part of the free text."""
    if counts.differ_in_numbers_only(item, sides.before, sides.after):
        return sides.undone(state, fits=True)
    if isinstance(state.value, Boxes) and (place := stands_once(sides.after, state.value.other_text)):
        text = exchanged(state.value.other_text, place.start, place.end, sides.before)
        prior = replace(state.value, other_text=text)
        return sides.undone(like(state, prior, f"{sides.name}の変更前"), fits=True, level=place.level)
    return sides.undone(partial(sides.before, f"{sides.name}の変更前。欄のどれか分からない"))


def _redo_text(item: FormItem, sides: Sides, state: Reading) -> Reading:
    if isinstance(state.value, Boxes) and (place := stands_once(sides.before, state.value.other_text)):
        text = exchanged(state.value.other_text, place.start, place.end, sides.after)
        return like(state, replace(state.value, other_text=text), f"{sides.name}の変更後")
    if counts.differ_in_numbers_only(item, sides.before, sides.after):
        return state
    return partial(state.value, f"{sides.name}の変更後は、欄のどれのことか分からない")


# --- asked by others ---------------------------------------------------------------------------------


def completed(item: FormItem, body: Reading, row: Reading) -> Reading:
    """*body*, in which some boxes cannot be read, with what the last *row* says of those."""
    if not isinstance(body.value, Boxes) or not isinstance(row.value, Boxes):
        return body
    told = [
        Box(option, ticked=ticked, label=label)
        for option in item.options
        if among(option, body.value.unreadable)
        for ticked, labels in ((True, row.value.checked), (False, row.value.unchecked))
        if (label := among(option, labels))
    ]
    if not told:
        return body
    value = ticks.put(item, body.value, Quoted(tuple(told), body.value.other_text))
    names = "、".join(box.label for box in told)
    return partial(value, f"{body.reason}。{names}は行の記載から補った（{row.reason}）")


def names_boxes(item: FormItem, text: str) -> bool:
    """Whether *text* names at least one box of *item*."""
    return bool(ticks.read(item, text).boxes)


def stand(item: FormItem, text: str, state: Boxes) -> bool:
    """Whether the boxes that *text* quotes stand so in *state*."""
    quoted = ticks.read(item, text)
    return bool(quoted.boxes) and ticks.fits(item, quoted, state) is True


def quoted_before(item: FormItem, current: Value | None, after: str) -> str:
    """What 変更前 quotes of the *current* value: all of it, or the same boxes that *after* names."""
    if not isinstance(current, Boxes):
        return current or ""
    lines = []
    for box in ticks.read(item, after).boxes:
        ticked = among(box.option, current.checked)
        label = among(box.option, (*current.checked, *current.unchecked)) or box.option.label
        text = f"（{current.other_text}）" if ticked and box.option.takes_text and current.other_text else ""
        lines.append(f"[{'○' if ticked else ''}] {label}{text}")
    return "\n".join(lines)
