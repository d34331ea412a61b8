"""A change recorded by hand: which item it is about, what it replaces, and whether it fits."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from ledger import wording
from ledger.assessment import TIMINGS
from ledger.errors import InvalidChange, UnknownItem
from ledger.form import FormItem, form_named
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from ledger.wareki import WarekiDate
from projections import boxes
from projections.as_of import Document, StatedItem, document_as_of
from projections.editions import Assessment
from projections.naming import at_item, item_of_rows
from projections.readings import Value

_REVISIONS = uuid.UUID("0b9f5f5e-3f5d-4b0e-9d4b-7a1d4c8f2a36")


@dataclass(frozen=True, slots=True)
class NewChange:
    """One change to record: its item, both wordings, and how it was filed."""

    path: ItemPath
    item_text: str
    before: str
    after: str
    change_date: str
    timing: str
    reason: str
    revision: str

    def expect(self, before: str) -> None:
        """Raise InvalidChange unless the item says *before* on its day: a guard against stale text."""
        if wording.same(before, self.before) is None:
            raise InvalidChange(
                f"変更前の記載は「{wording.in_brief(self.before)}」です",
                where=str(self.path),
                remedy="--before をその記載に合わせるか、記録する内容を見直してください",
            )


@dataclass(frozen=True, slots=True)
class Place:
    """The item of a document that a user's text means, and what it says there (None: nothing is known).

    ``stated`` is the item as the document has it (None: it does not).
    """

    item: FormItem
    n: int
    path: ItemPath
    current: Value | None
    stated: StatedItem | None = None

    def before(self, after: str) -> str:
        """What 変更前 quotes of the item where a change makes it say *after*."""
        return boxes.quoted_before(self.item, self.current, after)


def place_of(known: Assessment, text: str, day: date | None = None) -> Place:
    """The one item of the document on *day* (None: as it is now) that *text* means, or one it may get.

    Raises UnknownItem where it names none, several, a heading, or an item that several files have.
    """
    return place_in(document_as_of(known, day), text)


def place_in(document: Document, text: str) -> Place:
    """The one item of *document* that *text* means, or one it may get. Raises UnknownItem as ``place_of``."""
    found = item_of_rows(text, form_named(document.assessment.form))
    if found.item.kind is None:
        raise UnknownItem(
            "見出しであり、記載を持つ項目ではありません",
            where=f"「{text}」",
            remedy="その下の項目を指定してください",
        )
    places = at_item(document.items, found)
    if len(places) > 1:
        files = "、".join(str(place.path) for place in places)
        raise UnknownItem(
            "どのファイルの項目か決まりません", where=f"「{text}」", remedy=f"次から選んでください: {files}"
        )
    stated = places[0] if places else None
    path, current = (stated.path, stated.reading.value) if stated else (found.path, None)
    return Place(found.item, found.n, path, current, stated)


def new_change(known: Assessment, *, item: str, after: str, on: str, timing: str, reason: str) -> NewChange:
    """The change as it would be recorded; 変更前 is what the item said on the day of the change.

    The same change sent twice has the same revision. Raises what ``place_of`` raises, NotAWarekiDate, and
    InvalidChange where the change does not fit the item.
    """
    day = WarekiDate.parse(on)
    place = place_of(known, item, day.day)
    path = place.path
    ask_fitting(place.item, path, after, timing)
    facts = (known.body, known.number, str(path), after, day.day.isoformat(), timing, reason)
    return NewChange(
        path=path,
        item_text=form_named(known.form).item_text(place.item, place.n),
        before=place.before(after),
        after=after,
        change_date=on,
        timing=timing,
        reason=reason,
        revision=f"r-{uuid.uuid5(_REVISIONS, chr(0x1F).join(facts)).hex[:12]}",
    )


def ask_printable(text: str, where: str) -> None:
    """Raise InvalidChange where a text that somebody typed holds control characters."""
    if any(not char.isprintable() and char not in "\n\t　" for char in text):
        raise InvalidChange("制御文字が含まれています", where=where, remedy="文字だけの記載にしてください")


def ask_fitting(item: FormItem, path: ItemPath, after: str, timing: str) -> None:
    """Raise InvalidChange where *after* or *timing* is nothing that *item* can say; it can say nothing."""
    where = str(path)
    if item.per_edition:
        told = f"{item.name}は版ごとに定まり、変更として記録するものではありません"
        raise InvalidChange(told, where=where, remedy="新しい版の文書を取り込んでください")
    if not timing or timing not in TIMINGS:
        raise InvalidChange(
            f"提出時期「{timing}」は様式にありません", where=where, remedy="事前 または 事後 と書いてください"
        )
    ask_printable(after, where)
    if wording.is_nothing(after):
        return
    choices = "、".join(option.label for option in item.options)
    if item.kind is ItemKind.CHOICE and not any(o.is_called(after) for o in item.options):
        told = f"「{wording.in_brief(after)}」は選択肢にありません"
        raise InvalidChange(told, where=where, remedy=f"次から選んでください: {choices}")
    if item.kind is ItemKind.COUNT and not after.isdecimal():
        raise InvalidChange("件数は数字です", where=where, remedy="例: 3")
    if item.kind is ItemKind.CHECKBOX and not boxes.names_boxes(item, after):
        example = item.options[0].label
        told = "どのチェック欄の変更か読めません"
        raise InvalidChange(told, where=where, remedy=f"例: [○] {example}（チェック欄: {choices}）")
