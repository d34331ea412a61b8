"""Rows of cells, in reading order → one published edition of 様式3, whatever the format they came from.

Reads: 表紙, 項目一覧, Ⅰ to Ⅴ, 別添1, 別添2. Gives: header, items, change rows, unassigned passages, and
where every piece went; as printed. An item on a lost page is not among the items; a table that was
lost is ``absent``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ledger.form import form3
from ledger.published import Fate, Passage, Piece, PublishedEdition
from ledger.readers.change_table import ChangeTable
from ledger.readers.cover import Cover
from ledger.readers.headings import ANNEX_2, section_of
from ledger.readers.mending import first_printings, mended, with_second_printings
from ledger.readers.placing import Placing
from ledger.readers.rows import SourceRow, length
from ledger.readers.sections import CONTENTS, with_sections


def edition_of(rows: Sequence[SourceRow], *, reader: str) -> PublishedEdition:
    """Read a whole document from its *rows*. Never raises for damage: it is reported as unassigned."""
    form = form3()
    firsts = first_printings(rows)
    cover, placing, table = Cover(form), Placing(form), ChangeTable()
    headings: list[Piece] = []
    part = ""
    printed = mended([row for row in rows if row.line not in firsts], form)
    again = [row for row in rows if row.line in firsts]
    for opening in with_sections(printed, form):
        row, opens = opening.row, opening.section
        if opens == CONTENTS:
            headings.append(row.piece(row.text, Fate.HEADING, CONTENTS))
            continue
        part = opens or part
        if opens and opens != ANNEX_2:
            placing.open_section(opens, row.line, lost=opening.lost)
        if opens and not opening.lost and section_of(row.text, form):
            headings.append(row.piece(row.text, Fate.HEADING))
        elif part == ANNEX_2:
            table.add(row)
        elif part:
            placing.add(row)
        else:
            cover.add(row)
    cover.settle()
    items = (*cover.items(), *placing.finish())
    return account(
        PublishedEdition(
            form=form.name,
            reader=reader,
            header=cover.header(),
            items=items,
            table=table.state,
            rows=table.rows,
            unassigned=(),
            characters=sum(length(cell) for row in (*printed, *again) for cell in row.cells),
            assigned=0,
        ),
        with_second_printings([*headings, *cover.pieces, *placing.pieces, *table.pieces], firsts),
    )


def account(edition: PublishedEdition, pieces: Iterable[Piece]) -> PublishedEdition:
    """*edition* with what became of the *pieces* of its source: nothing that has no place counts."""
    ordered = tuple(sorted(pieces, key=lambda piece: piece.line))
    unassigned = [piece for piece in ordered if piece.fate is Fate.UNASSIGNED]
    taken = sum(length(piece.text) for piece in ordered if piece.fate is not Fate.UNASSIGNED)
    refused = sum(length(piece.text) for piece in unassigned if piece.target)
    return replace(
        edition,
        unassigned=tuple(Passage(piece.line, piece.text, piece.place) for piece in unassigned),
        assigned=taken - refused,
        pieces=ordered,
    )
