"""The cells of a row beside the same row as the ledger has it: which differ, at which level, and how gravely.

What ``wording`` folds is no difference. What extraction does to a text (a cell lost, a text cut off, a letter
taken for its look-alike) is one, and nobody can say of whom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from ledger import wording
from ledger.form import FormItem
from ledger.published import Boxes, ItemKind
from ledger.readers import cells
from ledger.wareki import WarekiDate
from ledger.wording import Level
from projections import elisions, replay, ticks
from projections.changes import Change, is_ditto
from projections.edges import Edge, Touched
from projections.readings import Value, agree, known
from projections.rows import Style


class Cell(StrEnum):
    """A column of the change table."""

    DATE = "変更日"
    ITEM = "項目"
    BEFORE = "変更前"
    AFTER = "変更後"
    TIMING = "提出時期"
    REASON = "提出時期に係る説明"


WORDS = (Cell.BEFORE, Cell.AFTER)
LEVELS = {
    Level.EXACT: "文字どおり一致",
    Level.LAYOUT: "空白・改行・行頭の記号を除いて一致",
    Level.FOLDED: "字の幅・括弧・横線の形を除いて一致",
    Level.VARIANT: "表記の揺れと句読点を除いて一致",
}
NO_LEVEL = "どの段階でも一致しない"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that differs: in the ledger, in print; ``damage``: extraction may have done that."""

    cell: Cell
    known: str
    printed: str
    damage: bool = False


def differences(now: Change, printed: Change, touched: Touched) -> tuple[Difference, ...]:
    """The cells in which a *printed* row, and what it touches, differs from the change as it is *now*."""
    found = (
        _date(now, printed),
        _item(now, printed, touched),
        *_sides(now, printed, touched),
        _timing(now, printed),
        _text(Cell.REASON, now.reason, printed.reason),
    )
    return tuple(each for each in found if each is not None)


def agreement(one: str, other: str) -> str:
    """At which level two texts agree, in words."""
    level = wording.same(one, other)
    return NO_LEVEL if level is None else LEVELS[level]


def as_first_read(change: Change) -> Change | None:
    """The row as it was before somebody put its words right; None where nobody did."""
    first = change.uncorrected
    if first is None:
        return None
    day = WarekiDate.read(first.change_date)
    return Change(
        no=change.no,
        item_text=first.item_text,
        before=first.before,
        after=first.after,
        printed_date=first.change_date,
        day=day.day if day else change.day,
        timing=next((timing for timing in ("事前", "事後") if timing in first.timing), change.timing),
        reason=first.explanation,
        resolution=None,
    )


# --- what is about the change -----------------------------------------------------------------------


def _date(now: Change, printed: Change) -> Difference | None:
    as_written = wording.same(now.printed_date, printed.printed_date) is not None
    if now.day == printed.day and (now.day or as_written):
        return None
    if as_written and (now.interpreted or is_ditto(printed.printed_date)):
        return None
    if now.whole and now.day is None:
        return None  # its day was open until it was published
    lost = not (now.printed_date.strip() and printed.printed_date.strip())
    return Difference(Cell.DATE, _day(now), _day(printed), damage=lost)


def _day(change: Change) -> str:
    return change.day.isoformat() if change.day else change.printed_date


_ALIKE = 0.8


def _item(now: Change, printed: Change, touched: Touched) -> Difference | None:
    if wording.same(now.item_text, printed.item_text) is not None:
        return None
    differs = Difference(Cell.ITEM, now.item_text, printed.item_text)
    if now.resolution is None or printed.resolution is None:
        alike = Levenshtein.normalized_similarity(*map(wording.plain, (now.item_text, printed.item_text)))
        return None if alike >= _ALIKE else differs
    there = {path.parts for path in (printed.resolution.path, *printed.resolution.rivals)}
    there |= {edge.path.parts for edge in touched.edges} | {target.path.parts for target in touched.targets}
    return None if now.resolution.path.parts in there else differs


def _timing(now: Change, printed: Change) -> Difference | None:
    if now.timing == printed.timing:
        return None
    lost = not (now.timing and printed.timing)
    return Difference(Cell.TIMING, now.timing or "", printed.timing or "", damage=lost)


# --- what it says -----------------------------------------------------------------------------------


def _sides(now: Change, printed: Change, touched: Touched) -> tuple[Difference | None, Difference | None]:
    if now.whole and _says_so(now, touched):
        return None, None
    item = printed.resolution.item if printed.resolution else None
    return (
        _text(Cell.BEFORE, now.before, printed.before, item),
        _text(Cell.AFTER, now.after, printed.after, item),
    )


def edges_on(now: Change, touched: Touched) -> list[Edge]:
    """What a printed row says of the item of a change that was recorded here, whatever file it is in."""
    meant = now.resolution.path.parts if now.resolution else ()
    return [edge for edge in touched.edges if edge.path.parts == meant]


def _says_so(now: Change, touched: Touched) -> bool:
    """Whether the row says of the item what was recorded, quoting a part of it, shortened, or narrated."""
    return any(_leads_to(now, edge) for edge in edges_on(now, touched))


def _leads_to(now: Change, edge: Edge) -> bool:
    if edge.silent:
        return False
    if elisions.is_elided(now.before) and _says_in_full(now, edge):
        return True
    if edge.item.kind is ItemKind.CHECKBOX:
        sides = ((now.before, edge.before), (now.after, edge.after))
        return all(_same_boxes(edge.item, *each) or agree(*each) for each in sides)
    undone = replay.undo_edge(edge, known(now.after, ""))
    if undone.fits is False or (undone.fits is None and undone.after not in _LEAVES_OUT):
        return False
    told = undone.prior.known and undone.before not in _LEAVES_OUT
    return not told or agree(undone.prior.value, now.before)


def _says_in_full(now: Change, edge: Edge) -> bool:
    """Whether a row quotes in full what was recorded with 略: the same words stand for it in both cells."""
    filled = elisions.fill(now.before, edge.before), elisions.fill(now.after, edge.after)
    if filled[0] is None or filled[1] is None or elisions.is_elided(edge.before):
        return False
    gaps = filled[0].gaps, filled[1].gaps
    return len(gaps[0]) == len(gaps[1]) and all(agree(*each) for each in zip(*gaps, strict=True))


_LEAVES_OUT = frozenset({Style.NARRATIVE, Style.ELIDED})


def _text(cell: Cell, now: str, printed: str, item: FormItem | None = None) -> Difference | None:
    if agree(now, printed) or (cell in WORDS and _same_day(now, printed)):
        return None
    if item is not None and item.kind is ItemKind.CHECKBOX and _same_boxes(item, now, printed):
        return None
    return Difference(cell, now, printed, damage=may_be_damage(now, printed))


def _same_day(one: str, other: str) -> bool:
    days = WarekiDate.read(one), WarekiDate.read(other)
    return days[0] is not None and days[0] == days[1]


def _same_boxes(item: FormItem, one: str, other: str) -> bool:
    """Whether two sides quote the same boxes in the same state, and the same 件数, however they mark them."""
    quoted = [ticks.read(item, text) for text in (one, other)]
    states = [{(box.option, box.ticked) for box in each.boxes} for each in quoted]
    texts = [each.other_text for each in quoted]
    counts = [cells.read_count(text) for text in (one, other)]
    return bool(states[0]) and states[0] == states[1] and counts[0] == counts[1] and agree(*texts)


# --- damage -----------------------------------------------------------------------------------------

# Letters that readers of images take for one another.
_LOOK_ALIKES = str.maketrans("力二八口工夕卜一三へべぺりOoＯ〇◯l|", "カニハロエタトーミヘベペリ00000II")
_PARTICLES = frozenset("のなをにはがともで、。，．・")
_FEW = 2
_TELLING = 10
_NEW_WORDS = re.compile(r"[\s、，。．・（(「【]")
_LAST_CLAUSE = re.compile(r"[、，ぁ-ん][^。．]*[。．]\s*")
_SENTENCE_END = re.compile(r"[。．.）)」】\]]\s*$")


def may_be_damage(one: Value | None, other: Value | None) -> bool:
    """Whether extraction may have made one value of the other: lost it, cut it off, misread letters.

    The ticks of a set of boxes are lost all together; what is written behind them stays.
    """
    if isinstance(one, Boxes) or isinstance(other, Boxes):
        return any(
            isinstance(value, Boxes) and not (value.checked or value.unreadable) for value in (one, other)
        )
    one, other = one or "", other or ""
    if not (one.strip() and other.strip()):
        return True
    was, is_ = (wording.plain(text).translate(_LOOK_ALIKES) for text in (one, other))
    return was == is_ or _cut_off(one, other) or _cut_off(other, one) or _lost_particles(was, is_)


def _cut_off(short: str, whole: str) -> bool:
    """Whether a text ends in the middle of a sentence of the other."""
    part, all_of_it = wording.plain(short), wording.fold(whole, Level.FOLDED)
    if not _TELLING <= len(part) < len(all_of_it.text) or not all_of_it.text.startswith(part):
        return False
    goes_on = whole[all_of_it.origin[len(part) - 1] + 1 :]
    if "。" in short and _LAST_CLAUSE.fullmatch(goes_on) is not None:
        return True
    return _SENTENCE_END.search(short) is None and _NEW_WORDS.match(goes_on) is None


def _lost_particles(one: str, other: str) -> bool:
    """Whether a long text has just a particle or two more than another."""
    if min(len(one), len(other)) < _TELLING:
        return False
    changed = [op for op in Levenshtein.opcodes(one, other) if op.tag != "equal"]
    letters = [
        one[op.src_start : op.src_end] + other[op.dest_start : op.dest_end]
        for op in changed
        if op.tag != "replace"
    ]
    return len(letters) == len(changed) <= _FEW and all(each in _PARTICLES for each in letters)
