"""Rows of cells → one published edition of a form whose items are not known yet (様式2, 様式4).

Reads: 表紙, 変更箇所. Gives: header, the items of the cover, change rows; as printed. The rest of the body is
neither item nor row: it is left unassigned, one passage for each run of it, and does not count as read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from ledger.form import form_named
from ledger.published import Fate, Piece, PublishedEdition
from ledger.readers import markup
from ledger.readers.assembling import account
from ledger.readers.cells import nearly
from ledger.readers.change_table import ChangeTable, columns_of
from ledger.readers.cover import Cover, form_of
from ledger.readers.headings import heads_change_table
from ledger.readers.rows import SourceRow, length

_CONTENTS = "項目一覧"
_LIKE = 0.85
_SECTION = re.compile(
    r"(?:[Ⅰ-Ⅻ]|[IVXＩＶＸ]+(?![A-Za-z]))[\s　.．、]*[^\s\d].{0,60}"
    r"|[(（【\[［][\s　]*別[添紙][\s　]*[0-9０-９]?[\s　]*[)）】\]］].{1,60}"
)
_NUMBERED = re.compile(r"[\s　]*[0-9０-９]+[\s　]*[.．、][\s　]*\S")


class _Part(Enum):
    """Where in the document a row stands, and what is printed by the form itself."""

    COVER = auto()
    BODY = auto()
    TABLE = auto()
    HEADING = auto()


def edition_of(rows: Sequence[SourceRow], form: str, *, reader: str) -> PublishedEdition:
    """Read a whole document of *form* from its *rows*. Never raises for damage: it is left unassigned.

    A change table that has lost the headings of its columns is ``absent``.
    """
    known = form_named(form)
    cover, table, loose = Cover(known), ChangeTable(), list[Piece]()
    opening: set[int] = set()
    for row, part, opens in _parted(rows):
        if opens:
            opening.add(row.line)
        match part:
            case _Part.COVER:
                cover.add(row)
            case _Part.TABLE:
                table.add(row)
            case _Part.HEADING:
                target = known.annex if heads_change_table(row.text) else _CONTENTS
                loose.append(row.piece(row.text, Fate.HEADING, target))
            case _Part.BODY:
                loose.append(row.piece(row.text, Fate.UNASSIGNED))
    cover.settle()
    pieces = sorted([*cover.pieces, *loose, *table.pieces], key=lambda piece: piece.line)
    return account(
        PublishedEdition(
            form=known.name,
            reader=reader,
            header=cover.header(),
            items=cover.items(),
            table=table.state,
            rows=table.rows,
            unassigned=(),
            characters=sum(length(cell) for row in rows for cell in row.cells),
            assigned=0,
        ),
        _in_runs(pieces, opening),
    )


def _parted(rows: Sequence[SourceRow]) -> Iterator[tuple[SourceRow, _Part, bool]]:
    """Each row that holds anything, its part, and whether a section of the body opens with it."""
    part, first_column, titled = _Part.COVER, 0, False
    filled = [row for row in rows if row.filled]
    for at, row in enumerate(filled):
        alone = markup.plain(row.filled[0]) if len(row.filled) == 1 else ""
        following = filled[at + 1] if at + 1 < len(filled) else None
        if not titled and form_of(alone):  # sheets may come in any order; later it is a page's head
            part, titled = _Part.COVER, True
            yield row, part, False
        elif part is not _Part.TABLE and (columns := columns_of([markup.words(cell) for cell in row.cells])):
            part, first_column = _Part.TABLE, min(place for place in columns if place is not None)
            yield row, part, False
        elif part is _Part.TABLE:
            # A cell of the table may name a section too, or go on on the next page.
            ends = _begins(row) <= first_column and _SECTION.fullmatch(alone) and _is_numbered(following)
            part = _Part.BODY if ends else part
            heading = _begins(row) <= first_column and heads_change_table(alone)
            yield row, _Part.HEADING if heading else part, bool(ends)
        elif heads_change_table(alone) or nearly(alone, _CONTENTS) >= _LIKE:
            part = _Part.BODY
            yield row, _Part.HEADING, False
        else:
            section = _SECTION.fullmatch(alone) is not None
            part = _Part.BODY if section else part
            yield row, part, section and not _is_section(following)


def _begins(row: SourceRow) -> int:
    """The place of the first cell that holds anything."""
    return next(at for at, cell in enumerate(row.cells) if cell.strip())


def _is_section(row: SourceRow | None) -> bool:
    """Whether a row is the heading of a section: in the list of contents they follow one another."""
    return row is not None and _SECTION.fullmatch(markup.plain(row.text)) is not None


def _is_numbered(row: SourceRow | None) -> bool:
    """Whether a row is a numbered heading, as every section begins with one."""
    return row is not None and _NUMBERED.match(markup.plain(row.text)) is not None


def _in_runs(pieces: Iterable[Piece], opening: set[int]) -> Iterator[Piece]:
    """Pieces that found no place, and follow one another in one section, as one piece of several lines."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (piece.fate is not Fate.UNASSIGNED or piece.line in opening):
            yield _joined(run)
            run = []
        if piece.fate is Fate.UNASSIGNED:
            run.append(piece)
        else:
            yield piece
    if run:
        yield _joined(run)


def _joined(run: Sequence[Piece]) -> Piece:
    return replace(run[0], text="\n".join(piece.text for piece in run))
