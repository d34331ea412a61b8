"""変更前 and 変更後 as the table has them: what an item said and says, written for a reader of rows.

A short item stands in full. Of a long one only the sentences and lines that changed stand there, and （略）
for the others, as long as replaying the row proves that nothing is lost: done again on the one text it gives
the other, and undone on the other the one. Of boxes only those stand there that changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ledger import wording
from ledger.form import FormItem, Option
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind
from ledger.readers import cells
from ledger.wareki import WarekiDate
from ledger.wording import Level
from projections import elisions, replay
from projections.places import stands_once
from projections.readings import Value, is_blank, known
from projections.sides import Sides
from projections.ticks import among

NOTHING = "－"
LEFT_OUT = "（略）"

_SHORT = 150
_SHORT_GAP = 12
_WORTH_IT = 0.8
_MOST_CONTEXT = 3
_NAME = "この行"


@dataclass(frozen=True, slots=True)
class Words:
    """The two sides of a row, and whether replaying it proves both texts."""

    before: str
    after: str
    proved: bool = True


def differ(one: Value | None, other: Value | None) -> bool:
    """Whether an item was changed: layout, widths, and ways to say that there is nothing, are no change.

    Another spelling of a word is one: somebody typed it.
    """
    if isinstance(one, Boxes) and isinstance(other, Boxes):
        return _boxes_differ(one, other)
    if isinstance(one, str) and isinstance(other, str):
        return _texts_differ(one, other)
    return not (_says_nothing(one) and _says_nothing(other))


def _says_nothing(value: Value | None) -> bool:
    return value is None or is_blank(value)


def _texts_differ(one: str, other: str) -> bool:
    days = WarekiDate.read(one), WarekiDate.read(other)
    if days[0] is not None and days[0] == days[1]:
        return False
    level = wording.same(one, other)
    return level is None or level is Level.VARIANT


def _boxes_differ(one: Boxes, other: Boxes) -> bool:
    ticked = (sorted(map(wording.plain, boxes.checked)) for boxes in (one, other))
    return len(set(map(tuple, ticked))) > 1 or _texts_differ(one.other_text, other.other_text)


def words_of(item: FormItem, path: ItemPath, was: Value | None, now: Value | None) -> Words:
    """The sides of a row on an item that said *was* and says *now* (None: it is not there, or no more)."""
    if isinstance(was, Boxes) or isinstance(now, Boxes):
        return _of_boxes(item, path, was, now)
    one, other = (text if text and text.strip() else NOTHING for text in (was, now))
    whole = Words(one, other)
    if item.kind is not ItemKind.TEXT or max(len(one), len(other)) <= _SHORT:
        return whole
    for context in range(_MOST_CONTEXT + 1):
        found = Words(*_abridged(one, other, context))
        if len(found.before) + len(found.after) > _WORTH_IT * (len(one) + len(other)):
            break
        if proves(item, path, found, one, other):
            return found
    return whole


def proves(item: FormItem, path: ItemPath, words: Words, was: Value, now: Value) -> bool:
    """Whether a row of these *words* leads from one text to the other, and back, recorded or printed."""
    recorded = Sides(_NAME, words.before, words.after)
    printed = Sides.of(_NAME, words.before, words.after)
    on = [value if isinstance(value, str) else "" for value in (was, now)]
    forth = printed.bare(item, path.label, on[0], back=False)
    back = printed.bare(item, path.label, on[1], back=True)
    redone = (replay.redo_recorded(item, recorded, known(was, "")), replay.redo(item, forth, known(was, "")))
    undone = (replay.undo(item, sides, known(now, "")).prior for sides in (recorded, back))
    return all(each.known and _is(each.value, now) for each in redone) and all(
        each.known and _is(each.value, was) for each in undone
    )


def _is(one: Value | None, other: Value) -> bool:
    """Whether two values are the same but for white space, and for how they say that there is nothing."""
    if isinstance(one, str) and isinstance(other, str):
        nothing = wording.is_nothing(one) and wording.is_nothing(other)
        return nothing or "".join(one.split()) == "".join(other.split())
    return not differ(one, other)


# --- texts ------------------------------------------------------------------------------------------------

_UNIT_END = re.compile(r"(?<=[。\n])(?![」』）)】〕\n])")


def _units(text: str) -> list[str]:
    """The sentences and lines of a text, with the white space behind them."""
    return [unit for unit in _UNIT_END.split(text) if unit]


def _abridged(was: str, now: str, context: int) -> tuple[str, str]:
    """Both texts with （略） for what stands in both, but for *context* units around what changed."""
    units = _units(was), _units(now)
    bare = [[unit.strip() for unit in each] for each in units]
    same = SequenceMatcher(None, bare[0], bare[1], autojunk=False)
    sides: tuple[list[str], list[str]] = ([], [])
    blocks = same.get_opcodes()
    for nth, (tag, *spans) in enumerate(blocks):
        places = (spans[0], spans[1]), (spans[2], spans[3])
        for side, unit, (start, stop) in zip(sides, units, places, strict=True):
            if tag != "equal":
                side.extend(unit[start:stop])
                continue
            head = context if nth else 0
            tail = context if nth < len(blocks) - 1 else 0
            side.extend(_with_gap(unit[start:stop], head, tail))
    return _joined(sides[0]), _joined(sides[1])


def _with_gap(units: Sequence[str], head: int, tail: int) -> Iterator[str]:
    """*units* without those between the first and the last few, if those are worth leaving out."""
    stop = len(units) - tail
    left = "".join(units[head:stop])
    if stop <= head or len(left.strip()) < _SHORT_GAP:
        yield from units
        return
    yield from units[:head]
    yield marked(left)
    yield from units[stop:]


def marked(left: str) -> str:
    """（略） for words that are left out, with the white space around them."""
    words = left.strip()
    return left.replace(words, LEFT_OUT, 1) if words else left


def _joined(pieces: Sequence[str]) -> str:
    return "".join(pieces).strip() or NOTHING


# --- boxes ------------------------------------------------------------------------------------------------


def _of_boxes(item: FormItem, path: ItemPath, was: Value | None, now: Value | None) -> Words:
    """The boxes that changed; all of them where those alone would not be read as they are meant."""
    sides = [_NONE if value is None or isinstance(value, str) else value for value in (was, now)]
    tried = [_quoted(item, was, now, options) for options in _choices(item, was, now)]
    tried.append(_quoted(item, sides[0], sides[1], item.options))
    return next((w for w in tried if proves(item, path, w, *sides)), replace(tried[-1], proved=False))


_NONE = Boxes()


def _choices(item: FormItem, was: Value | None, now: Value | None) -> Iterator[tuple[Option, ...]]:
    """Which boxes a row may quote, the fewest first."""
    if isinstance(was, Boxes) and isinstance(now, Boxes):
        yield tuple(option for option in item.options if _box(item, option, was) != _box(item, option, now))
    else:
        there = was if isinstance(was, Boxes) else now if isinstance(now, Boxes) else _NONE
        yield tuple(option for option in item.options if among(option, there.checked))
    yield item.options


def _quoted(item: FormItem, was: Value | None, now: Value | None, options: Iterable[Option]) -> Words:
    before, after = (
        "\n".join(_line(item, option, value) for option in options)
        if isinstance(value, Boxes)
        else (value if value and value.strip() else NOTHING)
        for value in (was, now)
    )
    return Words(before or NOTHING, after or NOTHING)


def _box(item: FormItem, option: Option, boxes: Boxes) -> tuple[bool, str, str]:
    """What a row says of a box: whether it is ticked, then its label, and the words behind it."""
    label = among(option, boxes.checked)
    text = cells.texts_of(item, boxes.other_text).get(option, "")
    return bool(label), wording.plain(label or ""), wording.plain(text)


def _line(item: FormItem, option: Option, boxes: Boxes) -> str:
    ticked = among(option, boxes.checked)
    label = ticked or among(option, boxes.unchecked) or option.label
    text = cells.texts_of(item, boxes.other_text).get(option, "")
    return f"[{'○' if ticked else ''}] {label}{f'（{text}）' if text else ''}"


# --- words that somebody wrote ------------------------------------------------------------------------------


def with_marks(item: FormItem, words: Words, was: str) -> Words | None:
    """*words* that quote a part of the text *was*, with （略） for what they leave out there.

    None where it is not clear which part they quote.
    """
    place = stands_once(words.before, was)
    if item.kind is not ItemKind.TEXT or place is None or elisions.is_elided(words.before):
        return None
    around = was[: place.start], was[place.end :]
    head, tail = (marked(left) if left.strip() else "" for left in around)
    return Words(f"{head}{words.before}{tail}", f"{head}{words.after}{tail}")
