"""A document and its change table as one edition: what the ledger holds, ready to be printed or checked.

The inverse of taking an edition in: written, read and taken in again, it says the same. What is not known
for certain stays in it with its ``doubt``, so that no writer prints a guess as if it were a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ledger.form import form3
from ledger.published import (
    Boxes,
    Cells,
    ChangeRow,
    Header,
    ItemKind,
    PrintedItem,
    PublishedEdition,
    TableState,
)
from ledger.readers.unused import unused_blocks
from ledger.wareki import WarekiDate, wareki
from projections.changes import Change
from projections.documents import Document, StatedItem
from projections.editions import Assessment
from projections.listing import TableRow
from projections.stated import remarks

READER = "ledger"
"""What stands for the reader of an edition that no reader has read."""

_COVER = {
    "number": "cover.number",
    "title": "cover.title",
    "body": "cover.body",
    "publication_date": "cover.publication_date",
    "special_notes": "cover.special_notes",
    "form_edition": "cover.form_edition",
}


def written(
    known: Assessment, document: Document, rows: Iterable[TableRow], *, publication_date: str = ""
) -> PublishedEdition:
    """The *document* of an assessment with the *rows* of its table as an edition.

    It is one of *publication_date* where that is given. Rows are numbered anew. Of an item that is not known
    for certain, the ``doubt`` says why, and its value is the likeliest, or none. The table is absent where
    the ledger never saw one and nothing was recorded.
    """
    items = _used([_dated(_item(stated), publication_date) for stated in document.items])
    table = tuple(change_row(row.change, no) for no, row in enumerate(rows, start=1))
    latest = known.latest
    state = TableState.ROWS if table else latest.table if latest else TableState.ABSENT
    if state is TableState.ROWS and not table:  # no row has come true by this day
        state = TableState.EMPTY
    return PublishedEdition(
        form=document.form,
        reader=READER,
        header=_header(known, items, publication_date),
        items=items,
        table=state,
        rows=table,
        unassigned=(),
        characters=0,
        assigned=0,
    )


def change_row(change: Change, no: int) -> ChangeRow:
    """A change as row *no* of the table: printed rows as they stand, recorded days in 和暦 as on the form."""
    day = WarekiDate.read(change.printed_date)
    return ChangeRow(
        no=no,
        date=wareki(day.day) if day and not change.no else change.printed_date,
        item_text=change.item_text,
        before=change.before,
        after=change.after,
        timing=change.printed_timing,
        explanation=change.printed_reason,
        line=0,
    )


def change_cells(change: Change) -> Cells:
    """The six cells of a change as the table has them."""
    return change_row(change, change.no).cells


def without_doubt(edition: PublishedEdition) -> PublishedEdition:
    """The *edition* with only those items that are certain, for rules that take the body at its word."""
    return replace(edition, items=tuple(item for item in edition.items if not item.doubt))


def _item(stated: StatedItem) -> PrintedItem:
    kind, reading = stated.item.kind or ItemKind.TEXT, stated.reading
    value = reading.value
    if kind is ItemKind.CHECKBOX and not isinstance(value, Boxes):
        value = Boxes(
            unreadable=tuple(option.label for option in stated.item.options), other_text=value or ""
        )
    return PrintedItem(
        stated.path, stated.key, kind, "" if value is None else value, 0, "\n".join(remarks(stated.reading))
    )


def _used(items: Sequence[PrintedItem]) -> tuple[PrintedItem, ...]:
    """The items without the blocks behind the last that says anything: those are the form's."""
    unused = set(unused_blocks(items, form3()))
    return tuple(item for item in items if item.doubt or str(item.path) not in unused)


def _dated(item: PrintedItem, publication_date: str) -> PrintedItem:
    named = publication_date and item.key == _COVER["publication_date"]
    return replace(item, value=publication_date, doubt="") if named else item


def _header(known: Assessment, items: Iterable[PrintedItem], publication_date: str) -> Header:
    """The cover as the items have it; where they are silent, what is given, and the assessment's identity."""
    said = {item.key: str(item.value) for item in items if item.key.startswith("cover.")}
    stated = {field: said.get(key, "") for field, key in _COVER.items()}
    return Header(
        **{
            **stated,
            "number": stated["number"] or known.number,
            "title": stated["title"] or known.title,
            "body": stated["body"] or known.body,
            "publication_date": stated["publication_date"] or publication_date,
        }
    )
