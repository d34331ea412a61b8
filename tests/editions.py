"""Invented editions of invented municipalities, for the tests of the write side."""

from __future__ import annotations

from ledger.item_path import ItemPath
from ledger.published import (
    Boxes,
    ChangeRow,
    Header,
    ItemKind,
    Passage,
    PrintedItem,
    PublishedEdition,
    TableState,
)

NAME = PrintedItem(ItemPath(("I", "1", "①事務の名称")), "I.1.1", ItemKind.TEXT, "住民基本台帳に関する事務", 9)
MEDIA = PrintedItem(
    ItemPath(("II", "3", "②入手方法"), "送付先情報ファイル"),
    "II.3.2",
    ItemKind.CHECKBOX,
    Boxes(checked=("紙",), unchecked=("電子メール", "専用線"), other_text="窓口"),
    31,
    "印が読み取れない",
)
ROW = ChangeRow(1, "令和5年4月3日", "I-6①部署", "市民課", "市民窓口課", "事後", "重要な変更に当たらない", 80)


def edition(
    body: str = "霞野市長",
    number: str = "12",
    title: str = "住民基本台帳に関する事務",
    publication_date: str = "令和6年4月1日",
    rows: tuple[ChangeRow, ...] = (ROW,),
) -> PublishedEdition:
    """An edition as a reader gives it, with one item of text and one of boxes."""
    return PublishedEdition(
        form="様式3",
        reader="outline/1",
        header=Header(number, title, body, publication_date, form_edition="令和7年5月 様式3"),
        items=(NAME, MEDIA),
        table=TableState.ROWS if rows else TableState.EMPTY,
        rows=rows,
        unassigned=(Passage(3, "しおり"),),
        characters=200,
        assigned=197,
    )
