"""The items of a document that a user's text names."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.errors import UnknownItem
from ledger.form import Form, form_named
from ledger.resolver import How, Resolution, resolve
from projections.documents import Document, StatedItem


def item_named(text: str, form: Form) -> Resolution:
    """The item of *form* that a user's *text* means. Raises UnknownItem where it is none, or several."""
    found = resolve(text, form)
    if not form.itemised and (found is None or found.how is not How.EXACT):
        raise _not_read(text, form)
    if found is None:
        raise UnknownItem(
            f"{form.name}の項目として読めません",
            where=f"「{text}」",
            remedy="例: II/4/委託事項1/③委託先名、Ⅱ－４－委託事項１－③",
        )
    if found.how is How.INFERRED:
        raise UnknownItem(
            f"一つに決まりません（{found.note}）", where=f"「{text}」", remedy=f"例: {found.path}"
        )
    return found


def item_of_rows(text: str, form: Form) -> Resolution:
    """As ``item_named``, for what asks for the changes of an item: of *form* the rows must be understood."""
    if not form.itemised:
        raise _not_read(text, form)
    return item_named(text, form)


def _not_read(text: str, form: Form) -> UnknownItem:
    return UnknownItem(
        "この様式の項目には未対応です",
        where=f"{form.name}「{text}」",
        remedy=f"kaitei show で表紙を、kaitei changes で{form.annex}を確認してください",
    )


def at_item(items: Iterable[StatedItem], found: Resolution) -> list[StatedItem]:
    """The very item that *found* names, in each file it stands in."""
    return [
        item
        for item in items
        if item.path.parts == found.path.parts and found.path.file in {"", item.path.file}
    ]


def at_or_below(items: Iterable[StatedItem], found: Resolution, form: Form) -> list[StatedItem]:
    """What *found* names, and for a heading or a group all that stands below it."""
    if found.item.kind is not None and not found.item.is_group:
        return at_item(items, found)
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
    form = form_named(shown.form)
    found = item_named(text, form)
    items = tuple(at_or_below(shown.items, found, form))
    if not items:
        raise UnknownItem(
            "この評価書にその項目はありません",
            where=str(found.path),
            remedy="kaitei show で項目を確認してください",
        )
    return items
