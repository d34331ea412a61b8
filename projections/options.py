"""Changes of a choice or a number of 件: both sides are read as the cell of the form is.

A row may quote the whole cell (``１）発生あり``, ``[発生あり] ＜選択肢＞ …``, ``(3)件``), shorten
the option (あり), or speak of the number alone that the same cell prints (3件). What it says is always all
that the item says: there are no parts of an option, nor of a number.
"""

from __future__ import annotations

import re

from ledger import wording
from ledger.form import FormItem
from ledger.published import ItemKind
from ledger.readers import cells
from ledger.wording import Level
from projections import counts, narration
from projections.readings import Reading, known, partial, unknown
from projections.sides import Sides, Undone, as_printed, like


def undo(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Undo a change of a choice or a number: both sides are read as the cell of the form is."""
    if sides.narrative or sides.elided:
        return _undo_told(item, sides, state)
    before, after = stated(item, sides.before), stated(item, sides.after)
    if item.kind is ItemKind.CHOICE and not after and counts.says_only_a_number(sides.after):
        return sides.undone(state, part=True, fits=True)  # it speaks of the 件 in the same cell only
    reason = f"{sides.name}の変更前"
    can_be = _can_be(item, before)
    if not isinstance(state.value, str):
        sure = can_be and not wording.is_nothing(before)
        told = f"{reason}（選択肢や件数は全文）" if sure else f"{reason}。本文では確かめられない"
        return sides.undone(known(before, told) if sure else partial(before, told))
    if (level := wording.same(after, state.value)) is None and not _same_option(item, after, state.value):
        told = f"{reason}。ただし{sides.name}の変更後は次の状態と一致しない"
        sure = state.known and can_be
        return sides.undone(
            known(before, told) if sure else partial(before, told), fits=False if state.known else None
        )
    prior = like(state, before, reason) if can_be else partial(before, f"{reason}。選択肢にない")
    return sides.undone(prior, fits=True, level=level or Level.VARIANT)


def redo(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change of a choice or a number on the *state* before it."""
    if sides.narrative or sides.elided:
        return _redo_told(item, sides)
    after = stated(item, sides.after)
    if item.kind is ItemKind.CHOICE and not after and counts.says_only_a_number(sides.after):
        return state
    reason = f"{sides.name}の変更後"
    return known(after, reason) if _can_be(item, after) else partial(after, f"{reason}。選択肢にない")


# --- told, not quoted ------------------------------------------------------------------------------


def _undo_told(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """「発生なし」を「発生あり」に変更 tells both options, and there is no third state between them."""
    told = _told(item, sides)
    if told is None:
        reason = f"{sides.name}は変更の内容を文で述べるだけで、変更前の全文がない"
        return sides.undone(as_printed(sides.before, reason))
    was, became = told
    fits = _same_option(item, became, state.value) if isinstance(state.value, str) else None
    if fits is False:
        return sides.undone(partial(was, f"{sides.name}が述べる変更前。変更後は次の状態と一致しない"))
    return sides.undone(like(state, was, f"{sides.name}が述べる変更前"), fits=fits)


def _redo_told(item: FormItem, sides: Sides) -> Reading:
    told = _told(item, sides)
    if told is None:
        return unknown(f"{sides.name}は変更の内容を文で述べるだけで、変更後の全文がない")
    return known(told[1], f"{sides.name}が述べる変更後")


def _told(item: FormItem, sides: Sides) -> tuple[str, str] | None:
    """The options or numbers that narration names, before and after; None where it does not name both."""
    done = narration.deeds(sides.after) or narration.deeds(sides.before)
    if len(done) != 1:
        return None
    was, became = stated(item, done[0].gone), stated(item, done[0].come)
    return (was, became) if was and became and _can_be(item, was) and _can_be(item, became) else None


# --- what a side says ------------------------------------------------------------------------------

_ENTRY = re.compile(r"^\s*[0-9０-９]+\s*[)）.．]\s*")


def stated(item: FormItem, text: str) -> str:
    """What a side says of a choice or a number, without what the cell prints beside it."""
    if item.kind is ItemKind.COUNT:
        return counts.number_in(text) or text
    if text.strip() and not cells.without_count(item, text).strip():
        return ""
    if counts.says_only_a_number(text):
        return "" if _counted(item) else text
    option = (
        item.option(_ENTRY.sub("", text)) if not wording.is_nothing(text) or text.strip() == "なし" else None
    )
    if option is not None:
        named = _ENTRY.sub("", text).strip()
        return named if option.is_called(named) else option.label
    read = cells.read_choice(item, text)
    return read.value if not read.doubt else text


def _counted(item: FormItem) -> bool:
    return any(True for _ in counts.counted_in(item))


def _same_option(item: FormItem, one: str, other: str) -> bool:
    if item.kind is ItemKind.COUNT:
        return wording.same(one, other) is not None
    option = item.option(one) if one else None
    return option is not None and option is item.option(other)


def _can_be(item: FormItem, value: str) -> bool:
    """Whether a choice or a number can have this value."""
    if wording.is_nothing(value):
        return True
    return item.option(value) is not None if item.kind is ItemKind.CHOICE else value.strip().isdecimal()
