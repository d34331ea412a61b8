"""Changes of a choice or a number of 件: both sides are read as the cell of the form is.

A row may quote the whole cell (``１）発生あり``, ``[発生あり] ＜選択肢＞ …``, ``(3)件``), shorten
the option (あり), or speak of the number alone that the same cell prints (3件).
"""

from __future__ import annotations

import re

from ledger import wording
from ledger.form import FormItem
from ledger.published import ItemKind
from ledger.readers import cells
from ledger.wording import Level
from projections.readings import Reading, known, partial, unknown
from projections.sides import Sides, Undone, as_printed, like


def undo(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Undo a change of a choice or a number: both sides are read as the cell of the form is."""
    if sides.narrative or sides.elided:
        return sides.undone(
            as_printed(sides, f"{sides.name}は変更の内容を文で述べるだけで、変更前の全文がない")
        )
    before, after = _stated(item, sides.before), _stated(item, sides.after)
    if item.kind is ItemKind.CHOICE and not after and cells.read_count(sides.after):
        return sides.undone(state, part=True, fits=True)  # it speaks of the 件 in the same cell only
    reason = f"{sides.name}の変更前"
    if not isinstance(state.value, str):
        return sides.undone(partial(before, f"{reason}。本文では確かめられない"))
    if (level := wording.same(after, state.value)) is None and not _same_option(item, after, state.value):
        told = f"{reason}。ただし{sides.name}の変更後は次の状態と一致しない"
        sure = state.known and _can_be(item, before)
        return sides.undone(
            known(before, told) if sure else partial(before, told), fits=False if state.known else None
        )
    prior = (
        like(state, before, reason) if _can_be(item, before) else partial(before, f"{reason}。選択肢にない")
    )
    return sides.undone(prior, fits=True, level=level or Level.VARIANT)


def redo(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change of a choice or a number on the *state* before it."""
    if sides.narrative or sides.elided:
        return unknown(f"{sides.name}は変更の内容を文で述べるだけで、変更後の全文がない")
    after = _stated(item, sides.after)
    if item.kind is ItemKind.CHOICE and not after and cells.read_count(sides.after):
        return state
    reason = f"{sides.name}の変更後"
    return known(after, reason) if _can_be(item, after) else partial(after, f"{reason}。選択肢にない")


_ENTRY = re.compile(r"^\s*[0-9０-９]+\s*[)）.．]\s*")


def _stated(item: FormItem, text: str) -> str:
    """What a side says of a choice or a number, without what the cell prints beside it."""
    if item.kind is ItemKind.COUNT:
        return cells.read_count(text) or text
    if text.strip() and not cells.without_count(item, text).strip():
        return ""
    option = (
        item.option(_ENTRY.sub("", text)) if not wording.is_nothing(text) or text.strip() == "なし" else None
    )
    if option is not None:
        named = _ENTRY.sub("", text).strip()
        return named if option.is_called(named) else option.label
    read = cells.read_choice(item, text)
    return read.value if not read.doubt else text


def _same_option(item: FormItem, one: str, other: str) -> bool:
    option = item.option(one) if one else None
    return option is not None and option is item.option(other)


def _can_be(item: FormItem, value: str) -> bool:
    """Whether a choice or a number can have this value."""
    if wording.is_nothing(value):
        return True
    return item.option(value) is not None if item.kind is ItemKind.CHOICE else value.strip().isdecimal()
