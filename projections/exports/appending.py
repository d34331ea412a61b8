"""New rows for an officer's own workbook; its styles, merged cells, widths and old rows stay as they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from ledger.errors import CannotExport, WrongAssessment
from ledger.form import form_named
from ledger.identity import Identity, PrintedIdentity, same_assessment
from ledger.published import ChangeRow, Fate, Piece, PublishedEdition
from ledger.readers import read_workbook
from ledger.readers.change_table import columns_of
from ledger.readers.workbook.changes import Columns
from ledger.readers.workbook.labels import lines_of
from ledger.readers.workbook.sheets import Area, Sheet, sheets_of
from projections.alignment import same_changes
from projections.changes import published_changes
from projections.exports.sheet_xml import SheetXml, Slot, Unfamiliar, with_longer_print_area
from projections.exports.workbook_cells import ask_fits
from projections.listing import TableRow
from projections.written import change_row

_PLACE = re.compile(r"シート「(.*)」(\d+)行")
_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_SIGNED = "_xmlsignatures/"


@dataclass(frozen=True, slots=True)
class Appended:
    """A workbook with new rows at the end of its change table: ``rows`` are those that were added.

    ``only_there`` are the numbers of its own rows that the ledger's table does not have.
    """

    data: bytes
    rows: tuple[ChangeRow, ...]
    only_there: tuple[int, ...]


def append_changes(data: bytes, name: str, rows: Sequence[TableRow], identity: Identity) -> Appended:
    """The workbook *data* with those of *rows* that its change table does not have yet.

    It may be the whole document or the table alone; with nothing to add it stays as it is. Raises
    UnreadableSource where it is no workbook that the readers know, WrongAssessment where its cover names
    another assessment than *identity*, and CannotExport where the table cannot be added to without harm.
    """
    edition = read_workbook(data, name)
    printed = PrintedIdentity.of(edition)
    if printed.complete and not any(same_assessment(printed, known) for known in identity.printed):
        raise WrongAssessment(
            f"{identity.ref} のブックではありません",
            where=f"{name}({printed.ref})",
            remedy="この評価書のブックか、変更箇所の表だけのブックを指定してください",
        )
    there = published_changes(edition.rows, {}, form_named(edition.form))
    ours = [row.change for row in rows]
    same = same_changes(there, ours)
    missing = [change for place, change in enumerate(ours) if place not in same]
    only_there = tuple(row.no for place, row in enumerate(there) if place not in set(same.values()))
    new = [change_row(change, len(there) + n) for n, change in enumerate(missing, start=1)]
    if not new:
        return Appended(data, (), only_there)
    grown = _with_rows(data, name, edition, new)
    after = read_workbook(grown, name)
    wanted = [row.cells for row in (*edition.rows, *new)]
    if [row.cells for row in after.rows] != wanted or after.header != edition.header:
        raise _refusal(name, "追記した行を読み返すと、もとの行と一致しません")
    return Appended(grown, tuple(new), only_there)


def _refusal(name: str, what: str) -> CannotExport:
    return CannotExport(what, where=name, remedy="-f xlsx --out で表だけを書き出し、手で貼り付けてください")


def _with_rows(data: bytes, name: str, edition: PublishedEdition, new: Sequence[ChangeRow]) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    if any(part.startswith(_SIGNED) for part in parts):
        raise _refusal(name, "電子署名のあるブックで、追記すると署名が無効になります")
    sheets = sheets_of(data, name)
    table = _Table.of(sheets, edition)
    if table is None:
        raise _refusal(name, "変更箇所の表の場所が分かりません")
    if table.below:
        raise _refusal(name, f"シート「{table.sheet.title}」の表の下に記載があります")
    for row in new:
        for text in row.cells:
            ask_fits(text, f"{name}の変更箇所")
    try:
        sheet = SheetXml(parts[table.sheet.part].decode(), parts.get(_STYLES, b"").decode())
        last = table.fill(sheet, new)
        changed = {
            table.sheet.part: sheet.written(),
            _STYLES: sheet.styles,
            _WORKBOOK: with_longer_print_area(parts[_WORKBOOK].decode(), sheets.index(table.sheet), last),
        }
    except (Unfamiliar, KeyError, UnicodeDecodeError):
        raise _refusal(name, "表計算ソフトの書き方と違うブックです") from None
    return _packed(data, {part: text.encode() for part, text in changed.items() if part in parts})


def _packed(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed; all others byte for byte as they were."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = changed.get(entry.filename)
            target.writestr(entry, source.read(entry) if content is None else content, entry.compress_type)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Table:
    """The end of a change table: its sheet, the headings of its six columns, its last row, what stands below.

    A column that the table does not have is None. ``like`` is the row in which the last change begins, or
    that of the headings where there is none.
    """

    sheet: Sheet
    heads: tuple[Area | None, ...]
    like: int
    end: int
    below: bool

    @classmethod
    def of(cls, sheets: Sequence[Sheet], edition: PublishedEdition) -> _Table | None:
        """Where the table of *edition* ends; None where nobody can tell."""
        heads, headed = _heads(sheets)
        rows = [place for piece in edition.pieces if piece.fate is Fate.ROW and (place := _place(piece))]
        title, like = rows[-1] if rows else headed
        sheet = next((each for each in sheets if each.title == title), None)
        if sheet is None or not heads:
            return None
        own = [head for head in heads if head is not None]
        cells = [
            area
            for area in sheet.areas
            if area.top >= like and any(head.left <= area.left <= head.right for head in own)
        ]
        others = [
            place for piece in edition.pieces if piece.fate is not Fate.ROW and (place := _place(piece))
        ]
        below = any(other == title and row > like for other, row in others)
        return cls(sheet, heads, like, max([like, *(area.bottom for area in cells)]), below)

    def fill(self, sheet: SheetXml, new: Sequence[ChangeRow]) -> int:
        """Write *new* below the table; the last row of the sheet that they take. Raises Unfamiliar."""
        row = self.end
        for change in new:
            row += 1
            places, bottom = [], row
            texts = []
            for head, text in zip(self.heads, change.cells, strict=True):
                if head is None:
                    if text:
                        raise Unfamiliar  # no column for these words
                    continue
                merged = sheet.merged_at(row, head.left)
                if merged is not None and merged[1] != row:
                    raise Unfamiliar
                above = sheet.merged_at(self.like, head.left)
                left, right = (merged or above or (head.left, 0, head.left, 0))[0::2]
                places.append((left, right))
                texts.append(text)
                bottom = max(bottom, merged[3] if merged else row)
            sheet.fill(Slot(row, tuple(places)), texts, self.like)
            row = bottom
        return row


def _heads(sheets: Sequence[Sheet]) -> tuple[tuple[Area | None, ...], tuple[str, int]]:
    """The headings of the six columns, from the last sheet that prints them, and where they stand."""
    for sheet in reversed(sheets):
        for line in reversed(lines_of(sheet.areas)):
            if Columns.of(line) is not None:
                found = columns_of([area.text for area in line.areas])
                heads = tuple(None if at is None else line.areas[at] for at in found)
                return heads, (sheet.title, max(area.bottom for area in line.areas))
    return (), ("", 0)


def _place(piece: Piece) -> tuple[str, int] | None:
    """The sheet and the row in which a piece stands."""
    match = _PLACE.fullmatch(piece.place)
    return (match[1], int(match[2])) if match else None
