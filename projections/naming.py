"""The items of a document that a user's text names."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.errors import UnknownItem
from ledger.form import form3
from ledger.resolver import How, Resolution, resolve
from projections.as_of import Document, StatedItem


def item_named(text: str) -> Resolution:
    """The item that a user's *text* means. Raises UnknownItem where it is none, or more than one."""
    found = resolve(text)
    if found is None:
        raise UnknownItem(
            "様式3の項目として読めません",
            where=f"「{text}」",
            remedy="例: II/4/委託事項1/③委託先名、Ⅱ－４－委託事項１－③",
        )
    if found.how is How.INFERRED:
        raise UnknownItem(
            f"一つに決まりません（{found.note}）", where=f"「{text}」", remedy=f"例: {found.path}"
        )
    return found


def at_item(items: Iterable[StatedItem], found: Resolution) -> list[StatedItem]:
    """The very item that *found* names, in each file it stands in."""
    return [
        item
        for item in items
        if item.path.parts == found.path.parts and found.path.file in {"", item.path.file}
    ]


def at_or_below(items: Iterable[StatedItem], found: Resolution) -> list[StatedItem]:
    """What *found* names, and for a heading or a group all that stands below it."""
    if found.item.kind is not None and not found.item.is_group:
        return at_item(items, found)
    form = form3()
    stem = found.path.parts if found.item.is_group else ()
    return [
        item
        for item in items
        if (item.item == found.item or found.item in form.ancestors(item.item))
        and item.path.parts[: len(stem)] == stem
        and found.path.file in {"", item.path.file}
    ]


def items_shown(shown: Document, text: str) -> tuple[StatedItem, ...]:
    """The items of a document that *text* names; all where it is blank. Raises UnknownItem."""
    if not text:
        return shown.items
    found = item_named(text)
    items = tuple(at_or_below(shown.items, found))
    if not items:
        raise UnknownItem(
            "この評価書にその項目はありません",
            where=str(found.path),
            remedy="kaitei show で項目を確認してください",
        )
    return items
