"""Undo and redo one change on one item.

Going back, a change is undone on the state that it left; that also shows how its 変更後 stands
in that state: as the whole item, as a part of it, or not at all. Going forward, it is redone.
Nothing is invented: what the words do not prove comes out ``partial`` or ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ledger import wording
from ledger.form import FormItem
from ledger.published import ItemKind
from ledger.wareki import WarekiDate
from ledger.wording import Level
from projections import boxes, elisions, narration, options, places, rows
from projections.edges import Edge
from projections.places import Fit, place_of, stands_once
from projections.readings import Reading, known, partial, unknown
from projections.rows import Style
from projections.sides import Sides, Undone, as_printed, like

_LONG = 20
_NEARLY = 0.9


def undo_edge(edge: Edge, state: Reading) -> Undone:
    """Undo a change on one item: the state before it, given the *state* it left."""
    if edge.silent:
        prior = partial(state.value, edge.silent) if edge.keeps else unknown(edge.silent)
        return Undone(prior, Style.BLANK, Style.BLANK, None)
    if edge.ends:
        return _undo_end(edge)
    undone = undo(edge.item, _sides(edge, state, back=True), state)
    if not edge.doubt:
        return undone
    doubtful = partial(undone.prior.value, f"{undone.prior.reason}。{edge.doubt}")
    return replace(undone, prior=doubtful, fits=undone.fits or None)


def redo_edge(edge: Edge, state: Reading) -> Reading:
    """Redo a change on one item on the *state* before it."""
    if edge.silent:
        return unknown(edge.silent)
    if edge.ends:
        return unknown(f"{edge.change.name}でこの組はなくなった")
    sides = _sides(edge, state, back=False)
    return redo_recorded(edge.item, sides, state) if edge.change.whole else redo(edge.item, sides, state)


def _sides(edge: Edge, state: Reading, *, back: bool) -> Sides:
    change = edge.change
    if change.whole:  # recorded here: the words are the item's, without notes for the reader of a table
        return Sides(change.name, edge.before, edge.after)
    value = state.value if isinstance(state.value, str) else ""
    return Sides.of(change.name, edge.before, edge.after).bare(edge.item, edge.path.label, value, back=back)


def _undo_end(edge: Edge) -> Undone:
    """The group of the item came to its end: what stands there now is another group's, or nothing."""
    sides = Sides.of(edge.change.name, edge.before, edge.after)
    told = f"{sides.name}の変更前（この変更で組がなくなった）"
    if edge.item.kind is ItemKind.CHECKBOX:
        undone = boxes.undo(edge.item, sides, unknown(told))
    elif sides.styles[0] in {None, Style.CHECKBOX}:
        undone = sides.undone(known(sides.before, told))
    else:
        undone = sides.undone(as_printed(sides.before, told))
    return replace(undone, after=rows.style_alone(sides.after), fits=None)


def undo(item: FormItem, sides: Sides, state: Reading) -> Undone:
    """Undo one change of *item* on the *state* it left."""
    if all(sides.referring):
        return sides.undone(state)  # 変更なし on both sides
    if item.kind is ItemKind.CHECKBOX:
        return boxes.undo(item, sides, state)
    if item.kind in {ItemKind.CHOICE, ItemKind.COUNT}:
        return options.undo(item, sides, state)
    sides = sides.as_text()
    if isinstance(state.value, str) and wording.same(sides.with_note().after, state.value) is not None:
        sides = sides.with_note()  # the note is part of what the item says
    undone = _undo_words(item, sides, state)
    proved = undone.fits and state.known
    if undone.before is Style.DASH and undone.after is Style.FULL and proved:
        # 変更後 is all that the next row or the body has of the item, and before it there was nothing.
        return replace(undone, prior=known(sides.before, f"{sides.name}の変更前（記載なし）"))
    return undone


def _undo_words(item: FormItem, sides: Sides, state: Reading) -> Undone:
    if isinstance(state.value, str) and (stands := _as_quotation(item, sides, state, state.value)):
        return stands
    if sides.narrative:
        return _undo_narration(sides, state)
    if sides.elided:
        return _undo_elided(sides, state)
    if not isinstance(state.value, str):
        return sides.undone(as_printed(sides.before, f"{sides.name}の変更前。全文かどうかは確かめられない"))
    return _undo_quotation(item, sides, state, state.value)


def _undo_quotation(item: FormItem, sides: Sides, state: Reading, value: str) -> Undone:
    for attempt in _ATTEMPTS:
        if undone := attempt(item, sides, state, value):
            return undone
    told = f"{sides.name}の変更前。ただし{sides.name}の変更後は次の状態と一致しない"
    alone = item.kind is ItemKind.DATE and all(map(WarekiDate.read, (sides.before, value)))
    sure = alone and state.known  # a day by itself is all that such an item says
    return sides.undone(known(sides.before, told) if sure else partial(sides.before, told), fits=False)


def _as_quotation(item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """変更後 reads like narration, or as if it left words out, and yet stands in the item."""
    words = sides.as_quotation()
    if words.styles == sides.styles or words.narrative or words.elided:
        return None
    if sides.elided and not sides.stands_literally(value):
        return None
    return _as_whole(item, words, state, value) or _as_part(item, words, state, value)


def _as_whole(item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """変更後 is all that the item says."""
    level = _same(item, sides.after, value)
    if level is None:
        return None
    reason = f"{sides.name}の変更前"
    if item.kind is ItemKind.TEXT and places.looks_like_a_part(sides.before, value):
        told = f"{reason}。変更後の一部に当たる文だけを書いたものとみられ、全文とは限らない"
        undone = sides.undone(partial(sides.before, told), fits=True, level=level)
        return replace(undone, before=Style.FRAGMENT)
    return sides.undone(like(state, sides.before, reason), fits=True, level=level)


def _as_part(_item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """変更後 stands in the item once: put 変更前 in its place."""
    place = place_of(sides.after, value)
    if place is None:
        return None
    if place.times > 1:
        told = f"{sides.name}の変更後が本文の{place.times}か所にあり、どこの変更か決まらない"
        return sides.undone(partial(value, told), part=True, level=place.level)
    if not place.bounded:
        told = f"{sides.name}の変更後が本文の語の途中にあり、その箇所の変更かどうか分からない"
        return sides.undone(partial(sides.before, told), part=True, level=place.level)
    end = places.cut_tail(sides.after, sides.before, value, (place.start, place.end))
    prior, fit = places.put(value, place.start, end, sides.before)
    reason = f"{sides.name}の変更前"
    match fit:
        case Fit.PART:
            reading = like(state, prior, f"{reason}を本文の該当箇所に戻したもの")
        case Fit.WHOLE:
            reading = like(state, prior, f"{reason}（前後の文を含む全文）")
        case Fit.OVERLAP:
            told = f"{reason}。該当箇所の前後の文と重なり、どこまでが変更前の記載か決まらない"
            reading = partial(sides.before, told)
    undone = sides.undone(reading, part=True, fits=True, level=place.level)
    return replace(undone, before=Style.FULL) if fit is Fit.WHOLE else undone


_AND_MORE = re.compile(r"\s*(?:等|など|ほか)[。．]?\s*$")


def _with_more(_item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """A quotation that ends in 等 stands in the item without it: what 等 stands for is not told."""
    after = _AND_MORE.sub("", sides.after)
    if after == sides.after or (place := stands_once(after, value)) is None:
        return None
    before = _AND_MORE.sub("", sides.before)
    told = f"{sides.name}の変更前を本文の該当箇所に戻したもの。「等」に含まれるものは分からない"
    prior = partial(places.exchanged(value, place.start, place.end, before), told)
    return sides.undone(prior, part=True, fits=True if state.known else None, level=place.level)


def _nearly(_item: FormItem, sides: Sides, state: Reading, value: str) -> Undone | None:
    """A long 変更後 stands in the item but for a few words: the place is clear, the words are not."""
    near = wording.nearest(sides.after, value) if len(sides.after) >= _LONG else None
    if near is None or near[2] < _NEARLY:
        return None
    told = f"{sides.name}の変更前を戻したもの。{sides.name}の変更後は次の状態と一部の語が違う"
    prior = partial(places.exchanged(value, near[0], near[1], sides.before), told)
    return sides.undone(prior, part=True, fits=False if state.known else None)


def _unconnected(_item: FormItem, sides: Sides, state: Reading, _value: str) -> Undone | None:
    """The state is not certain either, so that nothing can be said of how the row fits it."""
    if state.known:
        return None
    told = f"{sides.name}の変更前。前後の行とどうつながるか確かめられない"
    return sides.undone(partial(sides.before, told), part=True)


def _as_removed(_item: FormItem, sides: Sides, _state: Reading, value: str) -> Undone | None:
    """Words were taken out of an item that still says something else.

    Where 変更前 has what the item still says, it was the whole: then nothing can be left of it.
    """
    if not wording.is_nothing(sides.after) or wording.locate(value, sides.before) is not None:
        return None
    told = f"{sides.name}で消された文が本文のどこにあったか分からない"
    return sides.undone(partial(sides.before, told), fits=None)


def _as_narration(_item: FormItem, sides: Sides, _state: Reading, _value: str) -> Undone | None:
    """変更後 stands nowhere and reads like a remark on the editing."""
    if not narration.may_narrate(sides.after, sides.before):
        return None
    if wording.same(sides.before, sides.after) is not None:  # the same remark in both cells
        return Undone(unknown(_only_told(sides)), Style.NARRATIVE, Style.NARRATIVE, None)
    undone = sides.undone(as_printed(sides.before, _only_told(sides)))
    return replace(undone, after=Style.NARRATIVE)


_ATTEMPTS: tuple[Callable[[FormItem, Sides, Reading, str], Undone | None], ...] = (
    _as_whole,
    _as_part,
    _with_more,
    _nearly,
    _unconnected,
    _as_removed,
    _as_narration,
)


# --- narration ------------------------------------------------------------------------------------


def _only_told(sides: Sides, side: str = "変更前") -> str:
    return f"{sides.name}は変更の内容を文で述べるだけで、{side}の全文がない"


def _undo_narration(sides: Sides, state: Reading) -> Undone:
    """Narration proves no state. With its words it tells one all the same, as far as it goes."""
    if not isinstance(state.value, str):
        return sides.undone(as_printed(sides.before, _only_told(sides)))
    quoted = sides.styles[0] is None
    done = narration.deeds(sides.after, sides.before if quoted else "") or narration.deeds(sides.before)
    prior = narration.taken_back(done, state.value) if done else None
    if prior is None:
        stands = sides.styles[1] is None and place_of(sides.after, state.value) is not None
        words = "" if sides.styles[0] is Style.DASH else sides.before  # beside narration － quotes nothing
        undone = sides.undone(as_printed(words, _only_told(sides)), fits=True if stands else None)
        return replace(undone, missed=narration.missed(done, state.value))
    if quoted and wording.same(sides.before, prior) is not None:  # told and quoted, and both agree
        return sides.undone(like(state, sides.before, f"{sides.name}の変更前"))
    return sides.undone(partial(prior, f"{sides.name}が述べる変更だけを元に戻したもの。{_PERHAPS_MORE}"))


_PERHAPS_MORE = "ほかに変わった箇所がないとは言い切れない"


def _redo_narration(sides: Sides, state: Reading) -> Reading:
    told = _only_told(sides, "変更後")
    done = narration.deeds(sides.after)
    if isinstance(state.value, str) and done:
        following = narration.carried_out(done, state.value)
        if following is not None and all(deed.gone for deed in done):
            return partial(following, f"{sides.name}が述べる変更だけを行ったもの。{_PERHAPS_MORE}")
    if sides.styles[1] is None:
        told = f"{sides.name}の変更後。全文かどうかは確かめられない"
    return as_printed(sides.after, told)


# --- 略 ------------------------------------------------------------------------------------------


def _undo_elided(sides: Sides, state: Reading) -> Undone:
    cannot = as_printed(sides.before, f"{sides.name}の「略」に当たる文が決まらない")
    if not isinstance(state.value, str):
        return sides.undone(cannot)
    if not elisions.is_elided(sides.after):
        return _beside_elision(sides, state.value, cannot)
    filled = elisions.fill(sides.after, state.value)
    if filled is None:
        return sides.undone(cannot, fits=_pieces_stand(sides.after, state.value) if state.known else None)
    inner = elisions.restored(sides.before, sides.after, filled.gaps)
    part = filled.start > 0 or filled.end < len(state.value)
    if inner is None:
        return sides.undone(cannot, part=part, fits=True, level=filled.level)
    prior = places.exchanged(state.value, filled.start, filled.end, inner)
    told = f"{sides.name}の変更前（略は本文から補った）"
    reading = like(state, prior, told)
    if elisions.repeats(sides.before, filled.gaps):
        told = f"{told}。変更前の文が本文にまだあり、二度書かれていたかどうか分からない"
        reading = partial(prior, told)
    return sides.undone(reading, part=part, fits=True, level=filled.level)


def _beside_elision(sides: Sides, value: str, cannot: Reading) -> Undone:
    """変更前 leaves words out, and 変更後 none: no word of the item tells which."""
    stands = place_of(sides.after, value) is not None
    if not stands and narration.may_narrate(sides.after, sides.before):  # beside 略, a remark on the editing
        return replace(sides.undone(cannot), after=Style.NARRATIVE)
    undone = sides.undone(cannot, fits=True if stands else None)
    return undone if stands else replace(undone, missed=sides.after)


_BULLET = 4


def _pieces_stand(elided: str, value: str) -> bool | None:
    """None where the quoted pieces all stand in the item (only their order is unclear), else False."""
    quoted = [piece for piece in elisions.pieces(elided) if len(wording.plain(piece)) > _BULLET]
    return False if any(wording.locate(piece, value) is None for piece in quoted) else None


def _redo_elided(sides: Sides, state: Reading) -> Reading:
    cannot = as_printed(sides.after, f"{sides.name}の「略」に当たる文が決まらない")
    if sides.styles[1] is None and narration.may_narrate(sides.after, sides.before):
        return unknown(_only_told(sides, "変更後"))
    if not isinstance(state.value, str) or not elisions.is_elided(sides.before):
        return cannot
    filled = elisions.fill(sides.before, state.value)
    inner = elisions.restored(sides.after, sides.before, filled.gaps) if filled else None
    if filled is None or inner is None or elisions.repeats(sides.after, filled.gaps):
        return cannot
    following = places.exchanged(state.value, filled.start, filled.end, inner)
    return like(state, following, f"{sides.name}の変更後")


# --- forward -------------------------------------------------------------------------------------


def redo(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo one change of *item* on the *state* before it."""
    if all(sides.referring):
        return state
    if item.kind is ItemKind.CHECKBOX:
        return boxes.redo(item, sides, state)
    if item.kind in {ItemKind.CHOICE, ItemKind.COUNT}:
        return options.redo(item, sides, state)
    return _redo_words(sides.as_text(), state)


def _redo_words(sides: Sides, state: Reading) -> Reading:
    if sides.narrative:
        return _redo_narration(sides, state)
    if sides.elided:
        return _redo_elided(sides, state)
    reason = f"{sides.name}の変更後"
    if isinstance(state.value, str) and (quoted := _redo_quoted(sides, state.value)) is not None:
        return like(state, quoted, reason)
    if narration.may_narrate(sides.after, sides.before):
        return unknown(_only_told(sides, "変更後"))
    return partial(sides.after, f"{reason}。全文かどうかは確かめられない")


def redo_recorded(item: FormItem, sides: Sides, state: Reading) -> Reading:
    """Redo a change that was recorded here: its 変更後 is the whole item, or names the boxes it sets.

    A text whose 変更前 leaves words out, and is not all that the item said, is a part of it: 略 is filled in.
    """
    if item.kind is ItemKind.CHECKBOX:
        return boxes.redo_recorded(item, sides, state)
    whole = isinstance(state.value, str) and wording.same(sides.before, state.value) is not None
    if not whole and elisions.is_elided(sides.before):
        return _redo_elided(sides, state)
    return known(sides.after, f"{sides.name}の変更後")


def _redo_quoted(sides: Sides, value: str) -> str | None:
    """The item after the change, where 変更前 is all of *value*, or stands in it once."""
    if wording.same(sides.before, value) is not None:
        return None if places.looks_like_a_part(sides.after, value) else sides.after
    place = stands_once(sides.before, value)
    if place is None:
        return None
    following, fit = places.put(value, place.start, place.end, sides.after)
    return None if fit is Fit.OVERLAP else following


def _same(item: FormItem, one: str, other: str) -> Level | None:
    """``wording.same``, and for dates also the same day in another notation."""
    level = wording.same(one, other)
    if level is None and item.kind is ItemKind.DATE:
        days = WarekiDate.read(one), WarekiDate.read(other)
        return Level.VARIANT if days[0] is not None and days[0] == days[1] else None
    return level
