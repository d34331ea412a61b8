"""Faults in the change table, one a function: what a person does to a row, and who can see it.

By itself a document shows that a row contradicts the body, the row before or after it, or the calendar; a
row that goes well with all of them only the ledger can tell from the true one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.histories import History, Style, Written, sentences_of
from benchmarks.planted import (
    AFTER,
    LEDGER,
    TEXT,
    Fault,
    Planted,
    about,
    counter_of,
    edited,
    following,
    is_last,
    one_of,
    other_letter,
    other_number,
    other_word,
    preceding,
    says,
    stands,
    with_rows,
)
from ledger import wording
from ledger.form import form3, group_number
from ledger.published import Boxes, ItemKind
from ledger.wareki import WarekiDate

_QUOTES_ALL: Final = frozenset({Style.WHOLE, Style.NAME, Style.ADDED, Style.CHOICE, Style.DATE, Style.COUNT})
_CHAIN: Final = ("chain-break",)
_MISSING: Final = frozenset({"ledger-row-missing"})
_ADDED: Final = frozenset({"published-row-unrecorded"})
_LEAST_DAYS = 3


def _rows(h: History, *styles: Style) -> list[Written]:
    return [one for one in h.written if one.style in styles]


def _with_words(h: History) -> list[Written]:
    """Rows of words that say something on both sides, not of boxes or blocks that go."""
    return [one for one in h.written if one.style in {*TEXT, Style.ADDED} and _is_text(one)]


def _is_text(one: Written) -> bool:
    return one.item.kind is ItemKind.TEXT and not wording.is_nothing(one.row.after)


def _in_a_chain(h: History, one: Written) -> Written | None:
    """The row before, where it tells the whole of its item, so that 変更前 has to be what it left."""
    before = preceding(h, one)
    return before if before is not None and before.style in _QUOTES_ALL and stands(h, one) else None


# --- words of a row -----------------------------------------------------------------------------------


def word_of_the_last_row(h: History, random: Random) -> Planted | None:
    """A word in 変更後 of the last row on an item."""
    one = one_of([w for w in _with_words(h) if is_last(h, w)], random)
    words = other_word(one.row.after, random) if one else None
    return edited(h, one, AFTER, after=words) if one and words else None


def word_of_an_earlier_row(h: History, random: Random) -> Planted | None:
    """A word in 変更後 of a row that others follow."""
    found = [w for w in _with_words(h) if stands(h, w) and (f := following(h, w)) and f.style in _QUOTES_ALL]
    one = one_of(found, random)
    words = other_word(one.row.after, random) if one else None
    return edited(h, one, _CHAIN, after=words) if one and words else None


def word_before_in_a_chain(h: History, random: Random) -> Planted | None:
    """A word in 変更前 of a row that follows one which quotes the whole item."""
    one = one_of([w for w in _with_words(h) if _in_a_chain(h, w) and _quotes_before(w)], random)
    words = other_word(one.row.before, random) if one else None
    return edited(h, one, _CHAIN, before=words) if one and words else None


def _quotes_before(one: Written) -> bool:
    return not wording.is_nothing(one.row.before) and one.row.before != "略"


def word_before_of_the_first_row(h: History, random: Random) -> Planted | None:
    """A word in 変更前 of the first row on an item: nothing in the document knows better."""
    found = [w for w in _with_words(h) if preceding(h, w) is None and _quotes_before(w)]
    one = one_of(found, random)
    words = other_word(one.row.before, random) if one else None
    return edited(h, one, before=words) if one and words else None


def letter_of_the_last_row(h: History, random: Random) -> Planted | None:
    """One letter in 変更後 of the last row; of a long text that OCR read it may be a misreading, a note."""
    one = one_of([w for w in _with_words(h) if is_last(h, w)], random)
    words = other_letter(one.row.after, random) if one else None
    if one is None or words is None:
        return None
    return replace(edited(h, one, AFTER, after=words), as_note=h.edition.reader.startswith("ocr"))


def figure_of_the_last_row(h: History, random: Random) -> Planted | None:
    """One figure in 変更後 of the last row."""
    one = one_of([w for w in _with_words(h) if is_last(h, w) and re.search("[0-9]", w.row.after)], random)
    words = other_number(one.row.after, random) if one else None
    return edited(h, one, AFTER, after=words) if one and words else None


def sentence_left_out(h: History, random: Random) -> Planted | None:
    """A sentence in the middle of 変更後 is not there."""
    found = [
        w for w in _rows(h, Style.WHOLE) if is_last(h, w) and len(sentences_of(w.row.after)) >= _LEAST_DAYS
    ]
    one = one_of(found, random)
    if one is None:
        return None
    middle = random.choice(sentences_of(one.row.after)[1:-1])
    return edited(h, one, AFTER, after=one.row.after.replace(middle, "", 1))


def sides_swapped(h: History, random: Random) -> Planted | None:
    """変更前 and 変更後 the other way round."""
    styles = (Style.WHOLE, Style.NAME, Style.FRAGMENT, Style.CHOICE, Style.DATE, Style.BOX)
    found = [w for w in _rows(h, *styles) if is_last(h, w) and not wording.is_nothing(w.row.before)]
    one = one_of([w for w in found if not wording.is_nothing(w.row.after)], random)
    return edited(h, one, AFTER, before=one.row.after, after=one.row.before) if one else None


def other_option(h: History, random: Random) -> Planted | None:
    """Another option in 変更後."""
    one = one_of([w for w in _rows(h, Style.CHOICE) if is_last(h, w)], random)
    if one is None:
        return None
    sides = (one.row.before, one.row.after)
    others = [o.label for o in one.item.options if not any(o.is_called(side) for side in sides)]
    return edited(h, one, AFTER, after=random.choice(others)) if others else None


def number_off(h: History, random: Random) -> Planted | None:
    """Another number of 件 in 変更後."""
    one = one_of(_rows(h, Style.COUNT), random)
    if one is None:
        return None
    return edited(h, one, AFTER, after=re.sub(r"\d+", lambda m: str(int(m[0]) + 3), one.row.after))


def mark_reversed(h: History, random: Random) -> Planted | None:
    """A box is said to have been cleared that was ticked, or the other way round."""
    one = one_of([w for w in _rows(h, Style.BOX) if is_last(h, w)], random)
    return edited(h, one, AFTER, before=one.row.after, after=one.row.before) if one else None


def another_box(h: History, random: Random) -> Planted | None:
    """Another box of the set than the one that changed, which is not so in the body."""
    one = one_of([w for w in _rows(h, Style.BOX) if is_last(h, w)], random)
    boxes = h.value(one.path) if one else None
    if one is None or not isinstance(boxes, Boxes):
        return None
    mark, label = one.row.after[:4], one.row.after[4:]
    others = [other for other in (boxes.unchecked if "○" in mark else boxes.checked) if other != label]
    if not others:
        return None
    other = random.choice(others)
    sides = {"before": one.row.before.replace(label, other), "after": f"{mark}{other}"}
    return edited(h, one, AFTER, **sides)


def narration(h: History, random: Random) -> Planted | None:
    """What was done instead of what stands there now."""
    one = one_of([w for w in _rows(h, Style.WHOLE, Style.FRAGMENT, Style.APPENDED) if is_last(h, w)], random)
    return edited(h, one, ["narrative-row"], after="「受付簿の様式」に関する記載を追加。") if one else None


def announcement(h: History, random: Random) -> Planted | None:
    """A note that other items changed as well."""
    one = one_of([w for w in _rows(h, Style.WHOLE, Style.NAME) if is_last(h, w)], random)
    words = random.choice(("※他の項目も同様に変更あり。", "（以下の項目も同様に変更）"))
    return edited(h, one, ["hidden-change"], after=f"{one.row.after}\n{words}") if one else None


def cut_off(h: History, random: Random) -> Planted | None:
    """変更後 breaks off in its last sentence, as at the end of a page: no more than a note."""
    found = [
        w
        for w in _rows(h, Style.WHOLE)
        if is_last(h, w) and len(sentences_of(w.row.after)) > 1 and w.row.after.endswith("。")
    ]
    one = one_of(found, random)
    if one is None:
        return None
    text = one.row.after
    ends = [at for at in range(len(text) - 9, len(text) - 3) if text[at - 1 : at + 1].isalpha()]
    short = text[: random.choice(ends)] if ends else ""
    rules = ("truncated-text", "body-disagrees")
    return replace(edited(h, one, rules, after=short), as_note=True) if short else None


# --- whole rows -----------------------------------------------------------------------------------------


def _without_row(h: History, one: Written, rules: Iterable[str] = (), rows: Iterable[int] = ()) -> Planted:
    kept = with_rows(h.edition, (row for row in h.edition.rows if row.no != one.row.no))
    numbers = frozenset(no - (no > one.row.no) for no in rows)
    return Planted(kept, frozenset(rules), _MISSING, numbers, about(one))


def row_in_a_chain_dropped(h: History, random: Random) -> Planted | None:
    """A row is left out between two others on its item, or behind one, so that they do not follow."""
    found = [w for w in h.written if w.style is not Style.COUNT and stands(h, w) and _is_missed(h, w)]
    one = one_of(found, random)
    beside = [preceding(h, one), following(h, one)] if one else []
    rows = [other.row.no for other in beside if other is not None]
    return _without_row(h, one, AFTER, rows) if one else None


def _is_missed(h: History, one: Written) -> bool:
    """Whether the row before left something else than what the row behind, or the body, found."""
    before, after = preceding(h, one), following(h, one)
    found = after.row.before if after else h.value(one.path)
    whole = all(other is None or other.style in _QUOTES_ALL for other in (before, after))
    return before is not None and whole and isinstance(found, str) and not says(found, before.row.after)


def only_row_dropped(h: History, random: Random) -> Planted | None:
    """The only row on an item is left out."""
    styles = {*TEXT, Style.CHOICE, Style.BOX, Style.DATE}
    found = [w for w in h.written if len(h.of(w.path)) == 1 and w.style in styles]
    one = one_of(found, random)
    return _without_row(h, one) if one else None


def row_of_a_new_block_dropped(h: History, random: Random) -> Planted | None:
    """Of the rows with which a block came in one is left out."""
    found = [w for w in _rows(h, Style.ADDED) if len(h.of(w.path)) == 1 and _newest_block(h, w)]
    one = one_of(found, random)
    if one is None:
        return None
    rows = (
        w.row.no for w in h.written if w.revision == one.revision and w.path.parts[:3] == one.path.parts[:3]
    )
    return _without_row(h, one, ["unrecorded-change"], rows)


def number_of_blocks_dropped(h: History, random: Random) -> Planted | None:
    """A block came in without the row on the number of 件."""
    found = [w for w in _rows(h, Style.ADDED) if w.item.is_group and _newest_block(h, w)]
    new = one_of(found, random)
    path = counter_of(new) if new else None
    if new is None or path is None:
        return None
    one = next(w for w in h.of(path) if w.revision == new.revision)
    rows = (
        w.row.no for w in h.written if w.revision == new.revision and w.path.parts[:3] == new.path.parts[:3]
    )
    return _without_row(h, one, ["unrecorded-change"], rows)


def removal_dropped(h: History, random: Random) -> Planted | None:
    """A block went, and only the row on the number of 件 tells."""
    one = one_of([w for w in _rows(h, Style.REMOVED) if _newest_block(h, w)], random)
    path = counter_of(one) if one else None
    if one is None or path is None:
        return None
    rows = (w.row.no for w in h.of(path) if w.revision == one.revision)
    planted = _without_row(h, one, ["unrecorded-change"], rows)
    return replace(planted, items=planted.items | {path})


def _newest_block(h: History, one: Written) -> bool:
    """Whether nothing happened later to the number of blocks, and none of them ever went before."""
    path = counter_of(one)
    counted = h.of(path) if path else []
    falls = [w for w in counted if _numbers(w.row.before) > _numbers(w.row.after)]
    here = one.style is Style.REMOVED and len(counted) == 1
    return bool(counted) and counted[-1].revision == one.revision and (here or not falls)


def _numbers(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def row_twice(h: History, random: Random) -> Planted | None:
    """A row stands twice, one behind the other or at the end of its revision."""
    one = random.choice(h.written)
    rows = list(h.edition.rows)
    last = max(w.row.no for w in h.written if w.revision == one.revision)
    place = random.choice((one.row.no, last))
    rows.insert(place, one.row)
    numbers = frozenset({one.row.no, place + 1})
    rules = frozenset({"duplicate-row"})
    return Planted(with_rows(h.edition, rows), rules, _ADDED, numbers, about(one))


def row_moved(h: History, random: Random) -> Planted | None:
    """A row stands among those of another revision."""
    days = sorted({w.revision for w in h.written})
    if len(days) < _LEAST_DAYS:
        return None
    one = random.choice(h.written)
    to = random.choice([w for w in h.written if w.revision != one.revision])
    rows = [row for row in h.edition.rows if row.no != one.row.no]
    place = rows.index(to.row)
    rows.insert(place, one.row)
    told = [WarekiDate.parse(row.date).day for row in rows]
    if told == sorted(told) or told == sorted(told, reverse=True):
        return None
    between = range(min(one.row.no, place + 1), max(one.row.no, place + 1) + 1)
    rules = frozenset({"rows-out-of-order"})
    return Planted(with_rows(h.edition, rows), rules, LEDGER, frozenset(between), about(one))


def row_moved_within_its_day(h: History, random: Random) -> Planted | None:
    """A row stands elsewhere among those of its own day."""
    one = random.choice(h.written)
    same = [w for w in h.written if w.revision == one.revision and w is not one]
    if not same:
        return None
    to = random.choice(same)
    rows = [row for row in h.edition.rows if row.no != one.row.no]
    rows.insert(to.row.no - 1, one.row)
    between = range(min(one.row.no, to.row.no), max(one.row.no, to.row.no) + 1)
    return Planted(with_rows(h.edition, rows), frozenset(), LEDGER, frozenset(between), about(one))


def _untouched_text(h: History, random: Random) -> Written | None:
    """A row of words, put on a text that no row is about."""
    texts = [
        item
        for item in h.edition.items
        if item.kind is ItemKind.TEXT and item.path.section in {"III", "IV"} and not h.of(item.path)
    ]
    item = one_of([i for i in texts if "。" in str(i.value)], random)
    if item is None:
        return None
    like = h.written[-1]
    text = form3().item_text(form3()[item.key], group_number(item.key))
    row = replace(like.row, item_text=text, before=str(item.value), after=str(item.value), timing="事前")
    return Written(row, item.path, item.key, Style.WHOLE, like.revision)


def _put_in(h: History, one: Written, rules: Iterable[str]) -> Planted:
    no = len(h.edition.rows) + 1
    edition = with_rows(h.edition, (*h.edition.rows, one.row))
    return Planted(edition, frozenset(rules), _ADDED, frozenset({no}), about(one))


def invented_row(h: History, random: Random) -> Planted | None:
    """A row of a change that the body does not show."""
    one = _untouched_text(h, random)
    after = other_word(one.row.after, random) if one else None
    return _put_in(h, replace(one, row=replace(one.row, after=after)), AFTER) if one and after else None


def invented_row_that_fits(h: History, random: Random) -> Planted | None:
    """A row of a change that never was, which leads to what the body says."""
    one = _untouched_text(h, random)
    before = other_word(one.row.before, random) if one else None
    return _put_in(h, replace(one, row=replace(one.row, before=before)), ()) if one and before else None


def old_row_rewritten(h: History, random: Random) -> Planted | None:
    """A row that the edition before had already is in other words; the ledger has that edition only."""
    last = h.written[-1].revision
    one = one_of([w for w in _with_words(h) if w.revision < last and _quotes_before(w)], random)
    words = other_word(one.row.before, random) if one else None
    if one is None or words is None:
        return None
    return replace(edited(h, one, (), ["old-row-rewritten"], before=words), newer=True)


def old_row_dropped(h: History, random: Random) -> Planted | None:
    """A row that the edition before had already is left out; the ledger has that edition only."""
    last = h.written[-1].revision
    one = one_of([w for w in h.written if w.revision < last], random)
    return replace(_without_row(h, one), newer=True) if one else None


FAULTS: Final[tuple[Fault, ...]] = (
    word_of_the_last_row,
    word_of_an_earlier_row,
    word_before_in_a_chain,
    word_before_of_the_first_row,
    letter_of_the_last_row,
    figure_of_the_last_row,
    sentence_left_out,
    sides_swapped,
    other_option,
    number_off,
    mark_reversed,
    another_box,
    narration,
    announcement,
    cut_off,
    row_in_a_chain_dropped,
    only_row_dropped,
    row_of_a_new_block_dropped,
    number_of_blocks_dropped,
    removal_dropped,
    row_twice,
    row_moved,
    row_moved_within_its_day,
    invented_row,
    invented_row_that_fits,
    old_row_rewritten,
    old_row_dropped,
)
