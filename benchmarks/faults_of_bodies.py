"""Faults in the body, one a function: an item that no longer says what it said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final

from benchmarks.histories import History, Style, Written, flipped
from benchmarks.planted import (
    TEXT,
    Fault,
    Planted,
    following,
    item_of,
    one_of,
    other_word,
    stands,
    with_value,
    without,
)
from ledger import wording
from ledger.form import form3, group_number
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem, TableState
from ledger.wareki import WarekiDate, wareki

_BESIDE: Final = frozenset({"body-differs-from-ledger"})
_ROWS: Final = frozenset({"body-disagrees", "body-keeps-before-text"})


def _changed(
    h: History, path: ItemPath, value: str | Boxes, *alone: str, rows: frozenset[int] = frozenset()
) -> Planted:
    return Planted(with_value(h.edition, path, value), frozenset(alone), _BESIDE, rows, frozenset({path}))


def _untouched(h: History, wanted: Callable[[PrintedItem], bool]) -> list[PrintedItem]:
    """Items of the body that no row is about."""
    return [
        item
        for item in h.edition.items
        if item.path.section != "表紙" and not h.of(item.path) and wanted(item)
    ]


# --- what rows tell of ---------------------------------------------------------------------------------


def text_edited_against_its_row(h: History, random: Random) -> Planted | None:
    """A word of a text is another than in 変更後 of its last row."""
    one = one_of([w for w in h.written if _whole_and_last(h, w)], random)
    value = other_word(one.row.after, random) if one else None
    return _changed(h, one.path, value, *_ROWS, rows=frozenset({one.row.no})) if one and value else None


def _whole_and_last(h: History, one: Written) -> bool:
    quotes = one.style in {Style.WHOLE, Style.NAME, Style.ADDED} and one.item.kind is ItemKind.TEXT
    return quotes and following(h, one) is None and stands(h, one)


def part_edited_against_its_row(h: History, random: Random) -> Planted | None:
    """A word of the sentence that the last row quotes is another."""
    found = [w for w in h.written if w.style in {Style.FRAGMENT, Style.APPENDED}]
    one = one_of([w for w in found if following(h, w) is None and stands(h, w)], random)
    if one is None:
        return None
    part = one.row.after.removeprefix("略\n")
    other = other_word(part, random)
    value = h.value(one.path)
    if other is None or not isinstance(value, str) or part not in value:
        return None
    return _changed(h, one.path, value.replace(part, other), *_ROWS, rows=frozenset({one.row.no}))


def body_not_updated(h: History, random: Random) -> Planted | None:
    """The body still says what the last row replaced."""
    styles = {Style.WHOLE, Style.NAME, Style.FRAGMENT, Style.CHOICE, Style.DATE}
    found = [w for w in h.written if w.style in styles and following(h, w) is None and stands(h, w)]
    found = [w for w in found if not wording.is_nothing(w.row.before) and not wording.is_nothing(w.row.after)]
    one = one_of(found, random)
    value = h.value(one.path) if one else None
    if one is None or not isinstance(value, str):
        return None
    old = value.replace(one.row.after, one.row.before) if one.style is Style.FRAGMENT else one.row.before
    return _changed(h, one.path, old, *_ROWS, rows=frozenset({one.row.no}))


def box_flipped_against_its_row(h: History, random: Random) -> Planted | None:
    """The box of the last row on a set is the other way round."""
    found = [w for w in h.written if w.style is Style.BOX and following(h, w) is None and stands(h, w)]
    one = one_of(found, random)
    value = h.value(one.path) if one else None
    if one is None or not isinstance(value, Boxes) or len(value.checked) < 2:  # noqa: PLR2004
        return None
    return _changed(h, one.path, flipped(value, one.row.after[4:]), *_ROWS, rows=frozenset({one.row.no}))


def option_against_its_row(h: History, random: Random) -> Planted | None:
    """Another option than in 変更後 of the last row."""
    found = [w for w in h.written if w.style is Style.CHOICE and following(h, w) is None and stands(h, w)]
    one = one_of(found, random)
    if one is None:
        return None
    sides = (one.row.before, one.row.after)
    others = [o.label for o in one.item.options if not any(o.is_called(side) for side in sides)]
    return (
        _changed(h, one.path, random.choice(others), *_ROWS, rows=frozenset({one.row.no})) if others else None
    )


def item_lost(h: History, random: Random) -> Planted | None:
    """An item of which the last row tells is not in the text: a page may have been lost, a note."""
    found = [w for w in h.written if w.style in TEXT and not w.item.in_group and following(h, w) is None]
    one = one_of([w for w in found if not wording.is_nothing(w.row.after)], random)
    if one is None:
        return None
    edition = without(h.edition, lambda item: item.path == one.path)
    rules = frozenset({"body-gap"})
    return Planted(edition, rules, rules, frozenset({one.row.no}), frozenset({one.path}), as_note=True)


# --- what no row tells of -----------------------------------------------------------------------------


def text_edited_without_a_row(h: History, random: Random) -> Planted | None:
    """A word of a text that no row is about."""
    item = one_of(_untouched(h, _is_long), random)
    value = other_word(str(item.value), random) if item else None
    return _changed(h, item.path, value) if item and value else None


def _is_long(item: PrintedItem) -> bool:
    return item.kind is ItemKind.TEXT and item.path.section in {"III", "IV"} and "。" in str(item.value)


def text_edited_beside_its_row(h: History, random: Random) -> Planted | None:
    """A word of a text outside what its rows quote."""
    found = [w for w in h.written if w.style is Style.FRAGMENT and len(h.of(w.path)) == 1 and stands(h, w)]
    one = one_of(found, random)
    value = h.value(one.path) if one else None
    if one is None or not isinstance(value, str):
        return None
    head, _, tail = value.partition(one.row.after)
    longer = max((head, tail), key=len)
    other = other_word(longer, random)
    return _changed(h, one.path, value.replace(longer, other)) if other else None


def box_flipped_without_a_row(h: History, random: Random) -> Planted | None:
    """A box of a set that no row is about."""
    keys = {"II.3.2", "III.8.exists", "II.2.4.main"}
    item = one_of(_untouched(h, lambda item: item.key in keys), random)
    if item is None or not isinstance(item.value, Boxes) or len(item.value.checked) < 2:  # noqa: PLR2004
        return None
    return _changed(h, item.path, flipped(item.value, random.choice(item.value.checked)))


def option_without_a_row(h: History, random: Random) -> Planted | None:
    """Another option of a choice that no row is about."""
    wanted = (".adequacy", "III.7.1", "III.9.level")
    item = one_of(_untouched(h, lambda item: item.key.endswith(wanted) and item.key[:3] == "III"), random)
    if item is None:
        return None
    others = [o.label for o in form3()[item.key].options if not o.is_called(str(item.value))]
    return _changed(h, item.path, random.choice(others))


# --- what contradicts itself ------------------------------------------------------------------------------


def nothing_chosen(h: History, random: Random) -> Planted | None:
    """No option is chosen."""
    keys = ("III.7.1", "III.9.level", "II.2.1", "III.3.risk1.adequacy", "V.1.2", "II.4.exists")
    item = item_of(h.edition, random.choice(keys))
    return _changed(h, item.path, "", "missing-choice") if item and not h.of(item.path) else None


def no_option(h: History, random: Random) -> Planted | None:
    """Words that are none of the options."""
    item = item_of(h.edition, random.choice(("III.7.1", "III.9.level", "III.3.risk1.adequacy")))
    words = random.choice(("別途検討中", "対象となる事案なし", "次年度に見直す予定"))
    return _changed(h, item.path, words, "not-an-option") if item and not h.of(item.path) else None


def number_off_in_the_body(h: History, random: Random) -> Planted | None:
    """Another number of 件 than there are blocks."""
    item = item_of(h.edition, random.choice(("II.4.count", "II.5.provision_count", "II.5.transfer_count")))
    if item is None or not str(item.value).isdecimal():
        return None
    wrong = str(int(str(item.value)) + random.choice((1, 2, 5)))
    return _changed(h, item.path, wrong, "count-mismatch")


def block_left_out(h: History, random: Random) -> Planted | None:
    """The last of several blocks is not in the body."""
    found = [i for i in h.edition.items if form3()[i.key].is_group and group_number(i.key) > 1]
    item = one_of(found, random)
    if item is None:
        return None
    last = max(group_number(i.key) for i in found if form3()[i.key] is form3()[item.key])
    block = form3()[item.key].at(last).parts
    edition = without(h.edition, lambda one: one.path.parts[: len(block)] == block)
    counter = next(one.at() for one in form3() if one.counts == form3()[item.key].key)
    rules = frozenset({"count-mismatch"})
    return Planted(edition, rules, rules, items=frozenset({counter}))


def boxes_that_exclude_each_other(h: History, random: Random) -> Planted | None:
    """提供 or 移転 is ticked, and 行っていない as well."""
    del random
    item = item_of(h.edition, "II.5.exists")
    if item is None or not isinstance(item.value, Boxes) or "行っていない" not in item.value.unchecked:
        return None
    return _changed(h, item.path, flipped(item.value, "行っていない"), "checkbox-contradiction")


def not_entrusted_after_all(h: History, random: Random) -> Planted | None:
    """Ⅱ４ says 委託する, Ⅲ４ is ticked 委託しない."""
    del random
    item = item_of(h.edition, "III.4.not_entrusted")
    if item is None or not isinstance(item.value, Boxes):
        return None
    rules = ("checkbox-contradiction", "body-inconsistency")
    return _changed(h, item.path, flipped(item.value, "委託しない"), *rules)


def another_name_of_the_file(h: History, random: Random) -> Planted | None:
    """Ⅱ１ or Ⅲ１ calls the file otherwise than Ⅰ３."""
    item = item_of(h.edition, random.choice(("II.1", "III.1")))
    return _changed(h, item.path, "水道料金収納情報ファイル", "body-inconsistency") if item else None


def more_people_than_there_are(h: History, random: Random) -> Planted | None:
    """The file holds more people than the 事務 has."""
    item = item_of(h.edition, "II.2.2")
    words = random.choice(("100万人以上1,000万人未満", "1,000万人以上"))
    return _changed(h, item.path, words, "body-inconsistency") if item else None


def incident_without_words(h: History, random: Random) -> Planted | None:
    """発生あり, and not a word of it."""
    del random
    item = item_of(h.edition, "III.7.2")
    return _changed(h, item.path, "発生あり", "body-inconsistency") if item else None


def incident_told_of_that_was_none(h: History, random: Random) -> Planted | None:
    """発生なし, and what happened."""
    del random
    item = item_of(h.edition, "III.7.2.content")
    words = "令和2年6月、封書に他の家庭の書類を誤って封入し、128世帯に発送した。"
    return _changed(h, item.path, words, "body-inconsistency") if item else None


def threshold_of_others(h: History, random: Random) -> Planted | None:
    """A result that does not fit the number of people."""
    del random
    item = item_of(h.edition, "V.1.2")
    words = form3()["V.1.2"].options[-1].label
    return _changed(h, item.path, words, "threshold-mismatch") if item else None


def day_after_the_publication(h: History, random: Random) -> Planted | None:
    """The 基礎項目評価 was done after the 公表日."""
    item = item_of(h.edition, "V.1.1")
    published = WarekiDate.parse(h.edition.header.publication_date).day
    late = wareki(published + timedelta(days=random.randint(2, 300)))
    return _changed(h, item.path, late, "date-order") if item else None


def used_before_it_was_held(h: History, random: Random) -> Planted | None:
    """使用開始日 before 保有開始日."""
    item = item_of(h.edition, "II.3.6")
    return _changed(h, item.path, f"平成27年{random.randint(1, 12)}月1日", "date-order") if item else None


def section_left_out(h: History, random: Random) -> Planted | None:
    """A section is not in the text."""
    section = random.choice(("I", "III", "IV", "V"))
    edition = without(h.edition, lambda item: item.path.section == section)
    rules = frozenset({"missing-section"})
    return Planted(edition, rules, rules, items=frozenset({ItemPath((section,))}))


def table_left_out(h: History, random: Random) -> Planted | None:
    """The change table is not in the text."""
    del random
    rules = frozenset({"missing-change-table"})
    return Planted(replace(h.edition, rows=(), table=TableState.ABSENT), rules, rules)


FAULTS: Final[tuple[Fault, ...]] = (
    text_edited_against_its_row,
    part_edited_against_its_row,
    body_not_updated,
    box_flipped_against_its_row,
    option_against_its_row,
    item_lost,
    text_edited_without_a_row,
    text_edited_beside_its_row,
    box_flipped_without_a_row,
    option_without_a_row,
    nothing_chosen,
    no_option,
    number_off_in_the_body,
    block_left_out,
    boxes_that_exclude_each_other,
    not_entrusted_after_all,
    another_name_of_the_file,
    more_people_than_there_are,
    incident_without_words,
    incident_told_of_that_was_none,
    threshold_of_others,
    day_after_the_publication,
    used_before_it_was_held,
    section_left_out,
    table_left_out,
)
