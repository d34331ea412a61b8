"""Faults in the small cells of a row, one a function: its day, 提出時期 and its explanation, 項目."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher
from random import Random
from typing import Final

from benchmarks.histories import History, Style, Written
from benchmarks.planted import AFTER, TEXT, Fault, Planted, edited, is_last, one_of, says, with_row
from ledger import wording
from ledger.form import form3, group_number
from ledger.published import ItemKind
from ledger.wareki import WarekiDate, wareki

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
    names = [w for w in h.written if w.style is Style.NAME and w.key.startswith("II.4") and _unlike(w)]
    one = one_of(names, random)
    words = random.choice(
        ("評価書の様式変更に伴う修正", "法改正による号ずれの修正", "組織改正による課名の変更")
    )
    return edited(h, one, ["reason-mismatch"], explanation=words) if one else None


def _unlike(one: Written) -> bool:
    before, after = wording.plain(one.row.before), wording.plain(one.row.after)
    return SequenceMatcher(None, before, after, autojunk=False).ratio() < 0.5  # noqa: PLR2004


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
    one = one_of([w for w in h.written if w.style in {*TEXT, Style.CHOICE} and is_last(h, w)], random)
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
        and not says(str(item.value), one.row.after.removeprefix("略\n"))
        and not wording.is_nothing(str(item.value))
    ]
    key = one_of(others, random)
    return _named(h, one, key, AFTER) if key else None


def wrong_block(h: History, random: Random) -> Planted | None:
    """The number of another 委託事項, 提供先 or 移転先, which does not say so."""
    found = [w for w in h.written if w.item.in_group and w.style in {*TEXT, Style.CHOICE} and is_last(h, w)]
    one = one_of([w for w in found if not wording.is_nothing(w.row.after)], random)
    if one is None:
        return None
    others = [
        item.key
        for item in h.edition.items
        if form3()[item.key].key == one.item.key and item.path != one.path and not h.of(item.path)
        and not says(str(item.value), one.row.after.removeprefix("略\n"))
        and not wording.is_nothing(str(item.value))
    ]  # fmt: skip
    key = one_of(others, random)
    return _named(h, one, key, AFTER) if key else None


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
