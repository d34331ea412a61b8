"""Faults in the change table, one a function: what a person does to a row, and who can see it.

By itself a document shows that a row contradicts the body, the row before or after it, or the calendar; a
row that goes well with all of them only the ledger can tell from the true one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher
from random import Random
from typing import Final

from benchmarks.histories import History, Style, Written, sentences_of
from benchmarks.planted import (
    LEDGER,
    TEXT,
    Fault,
    Planted,
    about,
    counter_of,
    differ,
    edited,
    following,
    one_of,
    other_letter,
    other_number,
    other_word,
    preceding,
    stands,
    with_row,
    with_rows,
)
from ledger import wording
from ledger.form import form3, group_number
from ledger.published import Boxes, ItemKind
from ledger.wareki import WarekiDate, wareki

_QUOTES_ALL: Final = frozenset({Style.WHOLE, Style.NAME, Style.ADDED, Style.CHOICE, Style.DATE, Style.COUNT})
_AFTER: Final = ("body-disagrees", "chain-break", "body-keeps-before-text")
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


def _last(h: History, one: Written) -> bool:
    return following(h, one) is None and stands(h, one)


def _in_a_chain(h: History, one: Written) -> Written | None:
    """The row before, where it tells the whole of its item, so that 変更前 has to be what it left."""
    before = preceding(h, one)
    return before if before is not None and before.style in _QUOTES_ALL and stands(h, one) else None


# --- words of a row -----------------------------------------------------------------------------------


def word_of_the_last_row(h: History, random: Random) -> Planted | None:
    """A word in 変更後 of the last row on an item."""
    one = one_of([w for w in _with_words(h) if _last(h, w)], random)
    words = other_word(one.row.after, random) if one else None
    return edited(h, one, _AFTER, after=words) if one and words else None


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
    one = one_of([w for w in _with_words(h) if _last(h, w)], random)
    words = other_letter(one.row.after, random) if one else None
    if one is None or words is None:
        return None
    return replace(edited(h, one, _AFTER, after=words), as_note=h.edition.reader.startswith("ocr"))


def figure_of_the_last_row(h: History, random: Random) -> Planted | None:
    """One figure in 変更後 of the last row."""
    one = one_of([w for w in _with_words(h) if _last(h, w) and re.search("[0-9]", w.row.after)], random)
    words = other_number(one.row.after, random) if one else None
    return edited(h, one, _AFTER, after=words) if one and words else None


def sentence_left_out(h: History, random: Random) -> Planted | None:
    """A sentence in the middle of 変更後 is not there."""
    found = [
        w for w in _rows(h, Style.WHOLE) if _last(h, w) and len(sentences_of(w.row.after)) >= _LEAST_DAYS
    ]
    one = one_of(found, random)
    if one is None:
        return None
    middle = random.choice(sentences_of(one.row.after)[1:-1])
    return edited(h, one, _AFTER, after=one.row.after.replace(middle, "", 1))


def sides_swapped(h: History, random: Random) -> Planted | None:
    """変更前 and 変更後 the other way round."""
    styles = (Style.WHOLE, Style.NAME, Style.FRAGMENT, Style.CHOICE, Style.DATE, Style.BOX)
    found = [w for w in _rows(h, *styles) if _last(h, w) and not wording.is_nothing(w.row.before)]
    one = one_of([w for w in found if not wording.is_nothing(w.row.after)], random)
    return edited(h, one, _AFTER, before=one.row.after, after=one.row.before) if one else None


def other_option(h: History, random: Random) -> Planted | None:
    """Another option in 変更後."""
    one = one_of([w for w in _rows(h, Style.CHOICE) if _last(h, w)], random)
    if one is None:
        return None
    sides = (one.row.before, one.row.after)
    others = [o.label for o in one.item.options if not any(o.is_called(side) for side in sides)]
    return edited(h, one, _AFTER, after=random.choice(others)) if others else None


def number_off(h: History, random: Random) -> Planted | None:
    """Another number of 件 in 変更後."""
    one = one_of([w for w in _rows(h, Style.COUNT)], random)
    if one is None:
        return None
    return edited(h, one, _AFTER, after=re.sub(r"\d+", lambda m: str(int(m[0]) + 3), one.row.after))


def mark_reversed(h: History, random: Random) -> Planted | None:
    """A box is said to have been cleared that was ticked, or the other way round."""
    one = one_of([w for w in _rows(h, Style.BOX) if _last(h, w)], random)
    return edited(h, one, _AFTER, before=one.row.after, after=one.row.before) if one else None


def another_box(h: History, random: Random) -> Planted | None:
    """Another box of the set than the one that changed, which is not so in the body."""
    one = one_of([w for w in _rows(h, Style.BOX) if _last(h, w)], random)
    boxes = h.value(one.path) if one else None
    if one is None or not isinstance(boxes, Boxes):
        return None
    mark, label = one.row.after[:4], one.row.after[4:]
    others = [other for other in (boxes.unchecked if "○" in mark else boxes.checked) if other != label]
    if not others:
        return None
    other = random.choice(others)
    sides = {"before": one.row.before.replace(label, other), "after": f"{mark}{other}"}
    return edited(h, one, _AFTER, **sides)


def narration(h: History, random: Random) -> Planted | None:
    """What was done instead of what stands there now."""
    one = one_of([w for w in _rows(h, Style.WHOLE, Style.FRAGMENT, Style.APPENDED) if _last(h, w)], random)
    return edited(h, one, ["narrative-row"], after="「受付簿の様式」に関する記載を追加。") if one else None


def announcement(h: History, random: Random) -> Planted | None:
    """A note that other items changed as well."""
    one = one_of([w for w in _rows(h, Style.WHOLE, Style.NAME) if _last(h, w)], random)
    words = random.choice(("※他の項目も同様に変更あり。", "（以下の項目も同様に変更）"))
    return edited(h, one, ["hidden-change"], after=f"{one.row.after}\n{words}") if one else None


def cut_off(h: History, random: Random) -> Planted | None:
    """変更後 breaks off in its last sentence, as at the end of a page: no more than a note."""
    found = [
        w
        for w in _rows(h, Style.WHOLE)
        if _last(h, w) and len(sentences_of(w.row.after)) > 1 and w.row.after.endswith("。")
    ]
    one = one_of(found, random)
    if one is None:
        return None
    ends = [
        at for at in range(len(one.row.after) - 9, len(one.row.after) - 3) if one.row.after[at - 1].isalpha()
    ]
    short = one.row.after[: random.choice(ends)] if ends else ""
    return replace(edited(h, one, ["truncated-text"], after=short), as_note=True) if short else None


# --- whole rows -----------------------------------------------------------------------------------------


def _without_row(h: History, one: Written, rules: Iterable[str] = (), rows: Iterable[int] = ()) -> Planted:
    kept = with_rows(h.edition, (row for row in h.edition.rows if row.no != one.row.no))
    numbers = frozenset(no - (no > one.row.no) for no in rows)
    return Planted(kept, frozenset(rules), _MISSING, numbers, about(one))


def row_in_a_chain_dropped(h: History, random: Random) -> Planted | None:
    """A row is left out between two others on its item, or behind one, so that they do not follow."""
    found = []
    for one in h.written:
        before, after = preceding(h, one), following(h, one)
        left = after.row.before if after else h.value(one.path)
        whole = before is not None and before.style in _QUOTES_ALL
        if one.style is Style.COUNT or not (before and whole and stands(h, one) and isinstance(left, str)):
            continue  # numbers of 件 are told of with their blocks
        if (after is None or after.style in _QUOTES_ALL) and not _says(left, before.row.after):
            found.append(one)
    one = one_of(found, random)
    if one is None:
        return None
    rows = [other.row.no for other in (preceding(h, one), following(h, one)) if other is not None]
    return _without_row(h, one, _AFTER, rows)


def _says(whole: str, part: str) -> bool:
    numbers = [re.sub(r"\D", "", text) for text in (whole, part)]
    if "件" in part:
        return numbers[0] == numbers[1]
    return wording.locate(part, whole) is not None or wording.same(part, whole) is not None


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
    return _put_in(h, replace(one, row=replace(one.row, after=after)), _AFTER) if one and after else None


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


# --- days ------------------------------------------------------------------------------------------------


def day_too_early(h: History, random: Random) -> Planted | None:
    """A day before that of a revision above, as when the year is typed wrong."""
    one = one_of([w for w in h.written if w.revision > h.written[0].revision], random)
    if one is None:
        return None
    above = WarekiDate.parse(random.choice([w.row.date for w in h.written if w.revision < one.revision])).day
    early = wareki(above - timedelta(days=random.randint(1, 40)))
    rows = with_row(h.edition, replace(one.row, date=early)).rows
    told = [WarekiDate.parse(row.date).day for row in rows]
    seen = told != sorted(told, reverse=True)
    planted = edited(h, one, ["rows-out-of-order"] if seen else [], date=early)
    crossed = {no for no, day in enumerate(told, 1) if no < one.row.no and day > told[one.row.no - 1]}
    return replace(planted, rows=planted.rows | crossed)


def day_after_publication(h: History, random: Random) -> Planted | None:
    """A day after the 公表日; of a 事前 row it may be planned, which is a note."""
    one = random.choice(h.written)
    published = WarekiDate.parse(h.edition.header.publication_date).day
    late = wareki(published + timedelta(days=random.randint(1, 400)))
    planted = edited(h, one, ["row-after-publication"], date=late)
    return replace(planted, as_note=one.row.timing == "事前")


def day_within_its_place(h: History, random: Random) -> Planted | None:
    """A day that is wrong and in order all the same."""
    one = random.choice(
        [w for w in h.written if w is h.written[-1] or w.revision < h.written[w.row.no].revision]
    )
    next_day = h.edition.header.publication_date if one is h.written[-1] else h.written[one.row.no].row.date
    day, limit = (WarekiDate.parse(text).day for text in (one.row.date, next_day))
    room = (limit - day).days
    return edited(h, one, date=wareki(day + timedelta(days=random.randint(1, room)))) if room else None


def impossible_day(h: History, random: Random) -> Planted | None:
    """A day that the calendar does not have."""
    one = random.choice(h.written)
    wrong = re.sub(r"\d+月\d+日", random.choice(("2月30日", "13月1日", "6月31日")), one.row.date)
    return edited(h, one, ["invalid-date"], date=wrong)


def no_day(h: History, random: Random) -> Planted | None:
    """No 変更日."""
    return edited(h, random.choice(h.written), ["missing-change-date"], date=random.choice(("", "－")))


def words_for_a_day(h: History, random: Random) -> Planted | None:
    """Words that are no date."""
    return edited(
        h, random.choice(h.written), ["invalid-date"], date=random.choice(("未定", "決裁後", "随時"))
    )


# --- 提出時期 ----------------------------------------------------------------------------------------------


def important_change_filed_after(h: History, random: Random) -> Planted | None:
    """事前 becomes 事後 on a ※ item; its explanation does not claim that the change is not important."""
    one = one_of([w for w in h.written if w.row.timing == "事前" and w.item.important], random)
    return edited(h, one, ["important-change-after"], timing="事後") if one else None


def other_change_filed_after(h: History, random: Random) -> Planted | None:
    """事前 becomes 事後 on an item that may be filed either way."""
    one = one_of([w for w in h.written if w.row.timing == "事前" and not w.item.important], random)
    return edited(h, one, timing="事後") if one else None


def filed_before(h: History, random: Random) -> Planted | None:
    """事後 becomes 事前: any change may be filed before."""
    one = one_of([w for w in h.written if w.row.timing == "事後"], random)
    return edited(h, one, timing="事前") if one else None


def no_timing(h: History, random: Random) -> Planted | None:
    """No 提出時期."""
    return edited(h, random.choice(h.written), ["missing-timing"], timing=random.choice(("", "－")))


def other_timing(h: History, random: Random) -> Planted | None:
    """Neither 事前 nor 事後."""
    words = random.choice(("実施済", "同時", "事前・事後"))
    return edited(h, random.choice(h.written), ["missing-timing"], timing=words)


def no_reason(h: History, random: Random) -> Planted | None:
    """No explanation, which is worth a note."""
    planted = edited(h, random.choice(h.written), ["missing-reason"], explanation="")
    return replace(planted, as_note=True)


def no_reason_for_an_important_change(h: History, random: Random) -> Planted | None:
    """No explanation of a ※ item filed 事後."""
    one = one_of([w for w in h.written if w.row.timing == "事後" and w.item.important], random)
    return edited(h, one, ["important-change-after"], explanation="") if one else None


def reason_of_another_row(h: History, random: Random) -> Planted | None:
    """The explanation of another change, which cannot have brought about this one."""
    names = [w for w in _rows(h, Style.NAME) if w.key.startswith("II.4") and _unlike(w)]
    one = one_of(names, random)
    words = random.choice(
        ("評価書の様式変更に伴う修正", "法改正による号ずれの修正", "組織改正による課名の変更")
    )
    return edited(h, one, ["reason-mismatch"], explanation=words) if one else None


def _unlike(one: Written) -> bool:
    sides = (one.row.before, one.row.after)
    return SequenceMatcher(None, *map(wording.plain, sides), autojunk=False).ratio() < 0.5  # noqa: PLR2004


def other_reason(h: History, random: Random) -> Planted | None:
    """Another explanation that would do as well."""
    words = "窓口の受付の時間を改めたことによる修正（重要な変更には該当しない）"
    return edited(h, random.choice(h.written), explanation=words)


# --- 項目 ---------------------------------------------------------------------------------------------------


def _named(h: History, one: Written, key: str, rules: Iterable[str]) -> Planted:
    n = group_number(key)
    planted = edited(h, one, rules, item_text=form3().item_text(form3()[key], n))
    return replace(planted, items=planted.items | {form3()[key].at(n)})


def wrong_item(h: History, random: Random) -> Planted | None:
    """The name of another item of the same kind, which does not say so."""
    one = one_of([w for w in h.written if w.style in {*TEXT, Style.CHOICE} and _last(h, w)], random)
    if one is None or wording.is_nothing(one.row.after):
        return None
    others = [
        item.key
        for item in h.edition.items
        if item.path != one.path
        and item.kind is one.item.kind
        and not h.of(item.path)
        and item.path.section in {"III", "IV"}
        and (item.kind is ItemKind.TEXT or form3()[item.key].options == one.item.options)
        and not _says(str(item.value), one.row.after.removeprefix("略\n"))
        and not wording.is_nothing(str(item.value))
    ]
    key = one_of(others, random)
    return _named(h, one, key, _AFTER) if key else None


def wrong_block(h: History, random: Random) -> Planted | None:
    """The number of another 委託事項, 提供先 or 移転先, which does not say so."""
    found = [w for w in h.written if w.item.in_group and w.style in {*TEXT, Style.CHOICE} and _last(h, w)]
    one = one_of([w for w in found if not wording.is_nothing(w.row.after)], random)
    if one is None:
        return None
    others = [
        item.key
        for item in h.edition.items
        if form3()[item.key].key == one.item.key and item.path != one.path and not h.of(item.path)
        and not _says(str(item.value), one.row.after.removeprefix("略\n"))
        and not wording.is_nothing(str(item.value))
    ]  # fmt: skip
    key = one_of(others, random)
    return _named(h, one, key, _AFTER) if key else None


def unknown_name(h: History, random: Random) -> Planted | None:
    """Words that name nothing of the form."""
    words = random.choice(("庁舎の移転について", "窓口の案内板", "電話交換機の更新"))
    return edited(h, random.choice(h.written), ["unknown-item"], item_text=words)


def wrong_number(h: History, random: Random) -> Planted | None:
    """The number of another heading before the right name."""
    one = one_of([w for w in h.written if re.search(r"\d\. ", w.row.item_text)], random)
    if one is None:
        return None
    text = re.sub(r"(\d)\. ", lambda m: f"{int(m[1]) % 8 + 2}. ", one.row.item_text, count=1)
    return edited(h, one, ["wrong-item-number", "wrong-section-name"], frozenset(), item_text=text)


def wrong_section(h: History, random: Random) -> Planted | None:
    """The name of a section of another form."""
    names = {"基本情報": "関連情報", "リスク対策": "しきい値判断項目", "評価実施手続": "評価の実施の記録"}
    found = [w for w in h.written if w.row.item_text[2:].startswith(tuple(names))]
    one = one_of(found, random)
    if one is None:
        return None
    text = one.row.item_text
    for right, wrong in names.items():
        if text[2:].startswith(right):
            text = text.replace(right, wrong, 1)
    return edited(h, one, ["wrong-section-name"], frozenset(), item_text=text)


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
    day_too_early,
    day_after_publication,
    day_within_its_place,
    impossible_day,
    no_day,
    words_for_a_day,
    important_change_filed_after,
    other_change_filed_after,
    filed_before,
    no_timing,
    other_timing,
    no_reason,
    no_reason_for_an_important_change,
    reason_of_another_row,
    other_reason,
    wrong_item,
    wrong_block,
    unknown_name,
    wrong_number,
    wrong_section,
)
