"""Rows of cells, in reading order → one published edition of 様式3, whatever the format they came from.

Reads: 表紙, 項目一覧, Ⅰ to Ⅴ, 別添1, 別添2. Gives: header, items, change rows, unassigned passages, and
where every piece went; as printed. An item on a lost page is not among the items; a table that was
lost is ``absent``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ledger.form import Form, form3
from ledger.published import Fate, Passage, Piece, PublishedEdition
from ledger.readers import cells as read
from ledger.readers import markup
from ledger.readers.change_table import ChangeTable, columns_of
from ledger.readers.cover import Cover
from ledger.readers.headings import ANNEX_2, heading, section_of
from ledger.readers.placing import Placing
from ledger.readers.rows import SourceRow, length

_CONTENTS = "項目一覧"
_LIKE = 0.85


def edition_of(rows: Sequence[SourceRow], *, reader: str) -> PublishedEdition:
    """Read a whole document from its *rows*. Never raises for damage: it is reported as unassigned."""
    form = form3()
    cover, placing, table = Cover(form), Placing(form), ChangeTable()
    headings: list[Piece] = []
    part = ""
    for row, opens in _with_sections(rows, form):
        if opens == _CONTENTS:
            headings.append(row.piece(row.text, Fate.HEADING, _CONTENTS))
            continue
        if opens == ANNEX_2 and not section_of(row.text, form):
            table.add(row)  # the annex was opened by the headings of its columns
        elif opens:
            headings.append(row.piece(row.text, Fate.HEADING))
            if opens != ANNEX_2:
                placing.open_section(opens, row.line)
        elif part == ANNEX_2:
            table.add(row)
        elif part:
            placing.add(row)
        else:
            cover.add(row)
        part = opens or part
    cover.settle()
    items = (*cover.items(), *placing.finish())
    return account(
        PublishedEdition(
            form=form.name,
            reader=reader,
            header=cover.header(),
            items=items,
            table=table.state,
            rows=tuple(table.rows),
            unassigned=(),
            characters=sum(length(cell) for row in rows for cell in row.cells),
            assigned=0,
        ),
        [*headings, *cover.pieces, *placing.pieces, *table.pieces],
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


def _with_sections(rows: Sequence[SourceRow], form: Form) -> Iterator[tuple[SourceRow, str]]:
    """Each row, and the section that it opens (blank for the rows inside a section).

    The list of contents (項目一覧) prints every heading once before the sections do; it ends
    where one of them comes again, or where anything else follows. The change table is known by
    the headings of its columns, whatever became of its own heading; inside it only a section
    opens that goes on with its first numbered heading, as its cells name sections too.
    """
    listed: list[tuple[SourceRow, str]] | None = None
    part = ""
    for at, row in enumerate(rows):
        section = (section_of(row.filled[0], form) if len(row.filled) == 1 else None) or ""
        if part == ANNEX_2 and section and not _goes_on(rows[at + 1 :], section, form):
            section = ""
        if not section and part != ANNEX_2 and columns_of([markup.words(cell) for cell in row.cells]):
            section = ANNEX_2
        if listed is None:
            if read.nearly(row.text, _CONTENTS) >= _LIKE:
                listed = []
                yield row, _CONTENTS
            else:
                part = section or part
                yield row, section
        elif section and section not in [key for _, key in listed]:
            listed.append((row, section))
        elif row.filled:
            last = listed.pop() if not section and listed else None
            yield from ((each, _CONTENTS) for each, _ in listed)
            if last is not None:
                part = last[1]
                yield last
            listed = None
            part = section or part
            yield row, section
    yield from ((each, _CONTENTS) for each, _ in listed or ())


def _goes_on(rows: Sequence[SourceRow], section: str, form: Form) -> bool:
    """Whether the next row is a numbered heading of *section*."""
    following = next((row for row in rows if row.filled), None)
    if following is None or section not in form:
        return False
    return heading(following.filled[0], form[section], form) is not None
