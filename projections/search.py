"""Where a term stands on a day: in the items of all assessments, if asked also in the rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ledger.wording import Level
from projections.documents import Held, StatedItem
from projections.readings import Value
from projections.terms import Part, Term, passage, searched

if TYPE_CHECKING:  # loaded where rows are searched too
    from projections.listing import TableRow


@dataclass(frozen=True, slots=True)
class ItemHit:
    """An item that has the term. ``possible`` says that only one of several readings of it does."""

    held: Held
    item: StatedItem
    level: Level
    passage: tuple[Part, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class RowHit:
    """A row of a change table that has the term in one of its cells, by the name of it in JSON."""

    held: Held
    row: TableRow
    cell: str
    level: Level
    passage: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was found. ``undecided`` are the items in which it was not, but that are not known in full."""

    term: Term
    day: date | None
    items: tuple[ItemHit, ...]
    rows: tuple[RowHit, ...]
    undecided: tuple[tuple[Held, StatedItem], ...]
    not_read: tuple[Held, ...]

    @property
    def assessments(self) -> tuple[Held, ...]:
        """Those in which something was found, in their order."""
        hits: list[ItemHit | RowHit] = [*self.items, *self.rows]
        return tuple({hit.held.ref: hit.held for hit in hits}.values())


def search(
    term: Term,
    held: Iterable[Held],
    day: date | None,
    tables: Iterable[tuple[Held, Iterable[TableRow]]] = (),
) -> Search:
    """Look for *term* in what every item says on *day*, and in the rows of *tables* up to that day."""
    items: list[ItemHit] = []
    undecided: list[tuple[Held, StatedItem]] = []
    documents = tuple(held)
    for each in documents:
        for item in each.document.items:
            hit = item_hit(term, each, item)
            if hit is not None:
                items.append(hit)
            elif not item.reading.known:
                undecided.append((each, item))
    rows = [hit for each, table in tables for row in table for hit in _row_hits(term, each, row)]
    not_read = tuple(each for each in documents if not each.itemised)
    return Search(term, day, tuple(items), tuple(rows), tuple(undecided), not_read)


def item_hit(term: Term, held: Held, item: StatedItem) -> ItemHit | None:
    """The term in an item, in any of its readings."""
    reading = item.reading
    values: tuple[Value, ...] = (() if reading.value is None else (reading.value,)) + reading.rivals
    texts = tuple(dict.fromkeys(searched(value) for value in values))
    standing = [(text, found) for text in texts if (found := term.stands_in(text)) is not None]
    if not standing:
        return None
    text, found = standing[0]
    return ItemHit(held, item, found.level, passage(text, found.spans), len(standing) < len(texts))


def _row_hits(term: Term, held: Held, row: TableRow) -> list[RowHit]:
    change = row.change
    cells = {
        "item_text": change.item_text,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
    }
    return [
        RowHit(held, row, cell, found.level, passage(text, found.spans))
        for cell, text in cells.items()
        if (found := term.stands_in(text)) is not None
    ]
