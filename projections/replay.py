"""Undo and redo one change on one item.

Going back, a change is undone on the state that it left; that also shows how its 変更後 stands
in that state: as the whole item, as a part of it, or not at all. Going forward, it is redone.
Nothing is invented: what the words do not prove comes out ``partial`` or ``unknown``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ledger import wording
from ledger.form import FormItem
from ledger.published import ItemKind
from ledger.wareki import WarekiDate
from ledger.wording import Level
from projections import boxes, options, rows
from projections.readings import Reading, known, partial, unknown
from projections.rows import Style
from projections.sides import Sides, Undone, as_printed, like

_LONG = 20
_LONG_NAME = 40
_NEARLY = 0.9


def undo(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Undo one change of *item* on the *state* it left."""
    if item.kind is ItemKind.CHECKBOX:
        return boxes.undo(item, sides, state)
    if item.kind in {ItemKind.CHOICE, ItemKind.COUNT}:
        return options.undo(item, sides, state)
    if isinstance(state.value, str) and wording.same(sides.with_note().after, state.value) is not None:
        sides = sides.with_note()  # the note is part of what the item says
    undone = _undo_words(item, sides, state)
    proved = undone.fits and state.known
    if undone.before is Style.DASH and undone.after is Style.FULL and proved:
        # 変更後 is all that the next row or the body has of the item, and before it there was nothing.
        return replace(undone, prior=known(sides.before, f"{sides.name}の変更前（記載なし）"))
    return undone


def _undo_words(item: FormItem, sides: Sides, state: Reading) -> Undone:
    if sides.narrative and not sides.elided and isinstance(state.value, str):
        words = sides.as_quotation()
        if undone := _as_whole(item, words, state, state.value) or _as_part(item, words, state, state.value):
            return undone
    if sides.narrative:
        return sides.undone(
            as_printed(sides, f"{sides.name}は変更の内容を文で述べるだけで、変更前の全文がない")
        )
    if sides.elided:
        return _undo_elided(sides, state)
    if not isinstance(state.value, str):
        return sides.undone(partial(sides.before, f"{sides.name}の変更前。全文かどうかは確かめられない"))
    for attempt in _ATTEMPTS:
        if undone := attempt(item, sides, state, state.value):
            return undone
    told = f"{sides.name}の変更前。ただし{sides.name}の変更後は次の状態と一致しない"
    return sides.undone(partial(sides.before, told), fits=False)


def _as_whole(item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """変更後 is all that the item says."""
    level = _same(item, sides.after, value)
    if level is None:
        return None
    return sides.undone(like(state, sides.before, f"{sides.name}の変更前"), fits=True, level=level)


def _as_part(_item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """変更後 stands in the item once: put 変更前 in its place."""
    found = wording.locate(sides.after, value)
    if found is None:
        return None
    if len(found.spans) > 1:
        told = f"{sides.name}の変更後が本文の{len(found.spans)}か所にあり、どこの変更か決まらない"
        return sides.undone(partial(value, told), part=True, level=found.level)
    start, end = found.spans[0]
    if not _bounded(value, start, end):
        told = f"{sides.name}の変更後が本文の語の途中にあり、その箇所の変更かどうか分からない"
        return sides.undone(partial(sides.before, told), part=True, level=found.level)
    end = rows.cut_tail(sides.after, sides.before, value, (start, end))
    prior = like(
        state, _replaced(value, start, end, sides.before), f"{sides.name}の変更前を本文の該当箇所に戻したもの"
    )
    return sides.undone(prior, part=True, fits=True, level=found.level)


def _bounded(value: str, start: int, end: int) -> bool:
    """Whether a part of a short name begins and ends where a word does (支援課 in 子育て支援課 does not).

    In sentences a part may begin anywhere.
    """
    if "。" in value or "\n" in value or len(value) > _LONG_NAME:
        return True
    return not any(value[at - 1 : at].isalnum() and value[at : at + 1].isalnum() for at in (start, end))


def _nearly(_item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """A long 変更後 stands in the item but for a few words: the place is clear, the words are not."""
    near = wording.nearest(sides.after, value) if len(sides.after) >= _LONG else None
    if near is None or near[2] < _NEARLY:
        return None
    told = f"{sides.name}の変更前を戻したもの。{sides.name}の変更後は次の状態と一部の語が違う"
    prior = partial(_replaced(value, near[0], near[1], sides.before), told)
    return sides.undone(prior, part=True, fits=False if state.known else None)


def _unconnected(_item: FormItem, sides: Sides, state: Reading, _value: str) -> Undone | None:
    """The state is not certain either, so that nothing can be said of how the row fits it."""
    if state.known:
        return None
    told = f"{sides.name}の変更前。前後の行とどうつながるか確かめられない"
    return sides.undone(partial(sides.before, told), part=True)


def _as_removed(_item: FormItem, sides: Sides, _state: Reading, _value: str) -> Undone | None:
    """Words were taken out of an item that still says something else."""
    if not wording.is_nothing(sides.after):
        return None
    told = f"{sides.name}で消された文が本文のどこにあったか分からない"
    return sides.undone(partial(sides.before, told), fits=None)


def _as_narration(_item: FormItem, sides: Sides, _state: Reading, _value: str) -> Undone | None:
    """変更後 stands nowhere and reads like a remark on the editing."""
    if not rows.may_narrate(sides.after):
        return None
    undone = sides.undone(
        as_printed(sides, f"{sides.name}は変更の内容を文で述べるだけで、変更前の全文がない")
    )
    return replace(undone, after=Style.NARRATIVE)


_ATTEMPTS: tuple[Callable[[FormItem, Sides, Reading, str], Undone | None], ...] = (
    _as_whole,
    _as_part,
    _nearly,
    _unconnected,
    _as_removed,
    _as_narration,
)


def _undo_elided(sides: Sides, state: Reading) -> Undone:
    cannot = as_printed(sides, f"{sides.name}の「略」に当たる文が決まらない")
    if not isinstance(state.value, str):
        return sides.undone(cannot)
    if not rows.is_elided(sides.after):
        stands = wording.same(sides.after, state.value) or wording.locate(sides.after, state.value)
        return sides.undone(cannot, fits=True if stands is not None else None)
    filled = rows.fill(sides.after, state.value)
    if filled is None:
        return sides.undone(cannot, fits=_pieces_stand(sides.after, state.value) if state.known else None)
    inner = rows.refill(sides.before, filled.gaps)
    if inner is None:
        return sides.undone(cannot, fits=True, level=filled.level)
    prior = _replaced(state.value, filled.start, filled.end, inner)
    told = f"{sides.name}の変更前（略は本文から補った）"
    return sides.undone(like(state, prior, told), fits=True, level=filled.level)


_BULLET = 4


def _pieces_stand(elided: str, value: str) -> bool | None:
    """None where the quoted pieces all stand in the item (only their order is unclear), else False."""
    quoted = [piece for piece in rows.pieces(elided) if len(wording.plain(piece)) > _BULLET]
    return False if any(wording.locate(piece, value) is None for piece in quoted) else None


def redo(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo one change of *item* on the *state* before it."""
    if item.kind is ItemKind.CHECKBOX:
        return boxes.redo(item, sides, state)
    if item.kind in {ItemKind.CHOICE, ItemKind.COUNT}:
        return options.redo(item, sides, state)
    reason = f"{sides.name}の変更後"
    if sides.narrative:
        return unknown(f"{sides.name}は変更の内容を文で述べるだけで、変更後の全文がない")
    if sides.elided:
        return _redo_elided(sides, state) or unknown(f"{sides.name}の「略」に当たる文が決まらない")
    if isinstance(state.value, str) and (quoted := _redo_quoted(sides, state.value)) is not None:
        return like(state, quoted, reason)
    return partial(sides.after, f"{reason}。全文かどうかは確かめられない")


def redo_whole(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change that was recorded here: its 変更後 is the whole item, or names the boxes it sets."""
    if item.kind is ItemKind.CHECKBOX and not wording.is_nothing(sides.after):
        return boxes.redo(item, sides, state)
    return known(sides.after, f"{sides.name}の変更後")


def _redo_elided(sides: Sides, state: Reading) -> Reading | None:
    if not isinstance(state.value, str) or not rows.is_elided(sides.before):
        return None
    filled = rows.fill(sides.before, state.value)
    inner = rows.refill(sides.after, filled.gaps) if filled else None
    if filled is None or inner is None:
        return None
    return like(state, _replaced(state.value, filled.start, filled.end, inner), f"{sides.name}の変更後")


def _redo_quoted(sides: Sides, value: str) -> str | None:
    """The item after the change, where 変更前 is all of *value*, or stands in it once."""
    if wording.same(sides.before, value) is not None:
        return sides.after
    found = wording.locate(sides.before, value)
    if found is None or len(found.spans) > 1 or not _bounded(value, *found.spans[0]):
        return None
    return _replaced(value, *found.spans[0], sides.after)


def _replaced(value: str, start: int, end: int, words: str) -> str:
    """*value* with *words* in a part's place; a dash that said "nothing" does not stay beside them."""
    pieces = (value[:start], words, value[end:])
    return "".join(piece for piece in pieces if not wording.is_nothing(piece)).strip()


def _same(item: FormItem, one: str, other: str) -> Level | None:
    """``wording.same``, and for dates also the same day in another notation."""
    level = wording.same(one, other)
    if level is None and item.kind is ItemKind.DATE:
        days = WarekiDate.read(one), WarekiDate.read(other)
        return Level.VARIANT if days[0] is not None and days[0] == days[1] else None
    return level
