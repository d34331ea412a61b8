"""A workbook in the layout of the official form → rows of cells: what its sheets are, part by part.

A part of a sheet is the cover, a section in labels and values, a table of any shape (別添１), or the change
table, whose changes are told apart by its columns. Every cell that holds words is given once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto
from itertools import count, islice
from typing import Final, assert_never

from ledger import reader_names
from ledger.errors import UnreadableSource
from ledger.form import form3
from ledger.readers import headings
from ledger.readers.cover import form_of
from ledger.readers.headings import ANNEX_1, ANNEX_2, section_of
from ledger.readers.rows import SourceRow
from ledger.readers.workbook.changes import Columns, change_rows
from ledger.readers.workbook.labels import Line, Row, is_cover_label, is_label, labelled_rows, lines_of
from ledger.readers.workbook.sheets import Area, Sheet, sheets_of

NAME: Final = reader_names.WORKBOOK

_COVER, _CONTENTS = "表紙", "項目一覧"
_LONGEST_TITLE = 60
_FEWEST_LABELS = 2
_NO_WORDS = re.compile(r"[\W\d_○〇◯]*件?")


class _Kind(Enum):
    """How the lines of a part are laid out."""

    HEADING = auto()
    COVER = auto()
    LABELLED = auto()
    TABLE = auto()
    CHANGES = auto()


_TABLES = (_Kind.TABLE, _Kind.CHANGES)
# The names of sheets without a heading that go on with a table.
_CONTINUED = {
    _Kind.TABLE: re.compile(r"\s*(?:[(（]\s*)?別[添紙]\s*[1１]"),
    _Kind.CHANGES: re.compile(r"\s*(?:[(（]\s*)?別[添紙]\s*[2２]|\s*変更[箇個]所"),
}


class _Role(IntEnum):
    """What a sheet is, in the order in which the sheets are read: changes would go on with what follows."""

    COVER = auto()
    CONTENTS = auto()
    BODY = auto()
    CHANGES = auto()
    OTHER = auto()  # no part of the document


@dataclass(slots=True)
class _Part:
    """Lines laid out in one way; a heading has the ``section`` that it opens, changes have their columns."""

    kind: _Kind
    lines: list[Line] = field(default_factory=list)
    section: str = ""
    columns: Columns | None = None


@dataclass(slots=True)
class _Reading:
    """A sheet, its parts, the sections that it opens (表紙 for a cover), and what it is taken for.

    ``apart`` are lines that stand before its first section or beside the form.
    """

    sheet: Sheet
    parts: list[_Part]
    sections: list[str]
    role: _Role
    apart: list[Line] = field(default_factory=list)

    @property
    def ends_in_changes(self) -> bool:
        """Whether the change table goes on to the end of the sheet."""
        return self.parts[-1].kind is _Kind.CHANGES or self.sections[-1:] == [ANNEX_2]


def rows(data: bytes, name: str) -> Sequence[SourceRow]:
    """The sheets as rows of cells, numbered in the order of the workbook.

    They are given with the cover first and the change table last. What is no part of the document (lists of
    options, hidden copies, notes beside the form, words in shapes) is one row for each sheet, and stands
    where no item takes it for its own. Raises UnreadableSource where the workbook is damaged or no cell
    holds words.
    """
    readings: list[_Reading] = []
    for sheet in sheets_of(data, name):
        if sheet.areas or sheet.shapes:
            readings.append(_reading(sheet, readings[-1] if readings else None))
    if not any(reading.sheet.areas for reading in readings):
        raise UnreadableSource(
            "Excel ブックのセルに文字がありません",
            where=name,
            remedy="本文がセルに入力されたブックを指定してください（画像や図形の中の文字は読めません）",
        )
    _set_copies_aside(readings)
    numbers = count(1)
    document: list[tuple[_Reading, list[SourceRow]]] = []
    apart: list[SourceRow] = []
    for reading in readings:
        if reading.role is not _Role.OTHER:
            document.append((reading, [_numbered(row, reading, next(numbers)) for row in _rows(reading)]))
        apart += [_numbered(row, reading, next(numbers)) for row in _apart(reading)]
    places = _places([reading for reading, _ in document])
    document = [document[at] for at in sorted(range(len(document)), key=places.__getitem__)]
    found = [row for _, printed in document for row in printed]
    return found + apart if document and document[-1][0].ends_in_changes else apart + found


def _places(readings: Sequence[_Reading]) -> list[tuple[_Role, int]]:
    """When each sheet is read: by its role, then in the order of the form.

    A sheet without a heading stays behind the one before it. Where II or III come once for each file, only
    the order of the workbook tells what belongs together.
    """
    opened = [section for reading in readings for section in reading.sections if section != ANNEX_2]
    several = len(set(opened)) < len(opened)
    order = [ANNEX_1 if section.key == "annex1" else section.key for section in form3().children(None)]
    places: list[tuple[_Role, int]] = []
    at = 0
    for reading in readings:
        at = next((order.index(section) for section in reading.sections if section in order), at)
        places.append((reading.role, 0 if several else at))
    return places


def _numbered(row: Row, reading: _Reading, number: int) -> SourceRow:
    place = f"シート「{reading.sheet.title}」" + (f"{row.row}行" if row.row else "")
    return SourceRow(number, row.cells, place, row.covered)


def _apart(reading: _Reading) -> Iterator[Row]:
    """The words of a sheet that are no part of the document, as one row in which nothing is found."""
    lines = list(reading.apart)
    if reading.role is _Role.OTHER:
        lines += [line for part in reading.parts for line in part.lines]
    lines.sort(key=lambda line: line.row)
    if words := [*(line.text for line in lines), *reading.sheet.shapes]:
        yield Row(lines[0].row if lines else 0, ("\n".join(words),))


def _set_copies_aside(readings: Sequence[_Reading]) -> None:
    """A hidden sheet that says nothing but what a shown sheet is there to say is no part of the document."""
    shown = {section for reading in readings if not reading.sheet.hidden for section in reading.sections}
    for reading in readings:
        if reading.sheet.hidden and shown.issuperset(reading.sections):
            reading.role = _Role.OTHER


def _rows(reading: _Reading) -> Iterator[Row]:
    """The rows of a sheet, part by part."""
    for part in reading.parts:
        match part.kind:
            case _Kind.HEADING:
                yield from (Row(line.row, (line.text,)) for line in part.lines)
            case _Kind.COVER | _Kind.LABELLED:
                yield from labelled_rows(part.lines, cover=part.kind is _Kind.COVER)
            case _Kind.TABLE:
                yield from (Row(line.row, tuple(area.text for area in line.areas)) for line in part.lines)
            case _Kind.CHANGES:
                if part.lines and part.columns:
                    yield from change_rows(part.lines, reading.sheet.blanks, part.columns)
            case _:
                assert_never(part.kind)


# --- what the parts of a sheet are ------------------------------------------------------------------


def _reading(sheet: Sheet, before: _Reading | None) -> _Reading:
    """What the parts of *sheet* are; *before* is the sheet before it, which it may go on with."""
    inside, notes = _without_margin(sheet)
    parts = _parts(lines_of(inside))
    tables = {line.row for part in parts[1:] if part.kind in _TABLES for line in part.lines}
    if tables.intersection(line.row for line in notes):  # what stands on the right is a column of a table
        parts, notes = _parts(lines_of(sheet.areas)), []
    reading = _Reading(sheet, parts, [part.section for part in parts if part.section], _Role.OTHER, notes)
    first = parts[0]
    titled = any(len(line.text) <= _LONGEST_TITLE and form_of(line.text) for line in first.lines)
    if _holds(first, is_cover_label, _FEWEST_LABELS - titled):
        first.kind, reading.role = _Kind.COVER, _Role.COVER
        reading.sections.insert(0, _COVER)
    elif any("".join(line.text.split()) == _CONTENTS for line in first.lines):
        reading.role = _Role.CONTENTS
    elif reading.sections:
        reading.role = _role_of(reading.sections[0])
        if _holds(first, is_label, _FEWEST_LABELS):  # goes on with the section of the sheet before
            first.kind, reading.role = _Kind.LABELLED, _Role.BODY
        else:
            reading.apart += first.lines
            del parts[0]
    elif sum(part.kind is _Kind.HEADING for part in parts) >= _FEWEST_LABELS:  # without its own heading
        reading.role = _Role.CONTENTS
    elif (named := section_of(sheet.title, form3())) is not None:
        first.kind, reading.role = _kind_of(named), _role_of(named)
        reading.sections.append(named)
        parts.insert(0, _Part(_Kind.HEADING, [Line(0, (Area(0, 0, 0, 0, sheet.title),))], named))
    elif before is not None and _goes_on(before, sheet):
        first.lines, reading.apart = lines_of(sheet.areas), []
        first.kind, first.columns, reading.role = before.parts[-1].kind, before.parts[-1].columns, before.role
    elif _holds(first, is_label, _FEWEST_LABELS):
        first.kind, reading.role = _Kind.LABELLED, _Role.BODY
    return reading


def _holds(part: _Part, wanted: Callable[[str], bool], least: int) -> bool:
    """Whether *part* has at least so many cells of the *wanted* kind."""
    cells = (area.text for line in part.lines for area in line.areas if wanted(area.text))
    return len(list(islice(cells, least))) == least


def _goes_on(before: _Reading, sheet: Sheet) -> bool:
    """Whether a sheet without a heading goes on with the table at the end of the sheet before it."""
    name = _CONTINUED.get(before.parts[-1].kind)
    return before.role is not _Role.OTHER and name is not None and name.match(sheet.title) is not None


def _without_margin(sheet: Sheet) -> tuple[Sequence[Area], list[Line]]:
    """The areas of the form, and the lines of what stands on the right of it.

    The form ends where a cell ends that is merged over its whole width, and what stands beyond is not
    merged. Brackets and ticks are pieces of the form wherever they stand.
    """
    merged = [area for area in (*sheet.areas, *sheet.blanks) if area.right > area.left]
    edge = max((area.right for area in merged), default=0)
    first = min((area.left for area in merged), default=0)
    beyond = [area for area in sheet.areas if area.left > edge]
    whole = any(area.left == first and area.right == edge for area in merged)
    if not whole or any(_NO_WORDS.fullmatch(area.text) for area in beyond):
        return sheet.areas, []
    return [area for area in sheet.areas if area.left <= edge], lines_of(beyond)


def _parts(lines: Sequence[Line]) -> list[_Part]:
    """The parts of a sheet, first what stands before any heading. A list of contents opens no section."""
    parts = [_Part(_Kind.TABLE)]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        now = parts[-1]
        section = _section(line)
        if columns := Columns.of(line):
            parts += [_Part(_Kind.TABLE, [line], ANNEX_2), _Part(_Kind.CHANGES, columns=columns)]
        elif not section or (now.kind is _Kind.CHANGES and not _begins(following, section)):
            now.lines.append(line)
        elif following is None or _section(following):
            parts += [_Part(_Kind.HEADING, [line]), _Part(now.kind, columns=now.columns)]
        else:
            parts += [_Part(_Kind.HEADING, [line], section), _Part(_kind_of(section))]
    return parts


def _section(line: Line) -> str:
    """The section whose heading *line* is; blank where it is none."""
    return (len(line.text) <= _LONGEST_TITLE and section_of(line.text, form3())) or ""


def _begins(line: Line | None, section: str) -> bool:
    """Whether *line* is a numbered heading of *section*, as words of the change table are not."""
    form = form3()
    return (
        line is not None and section in form and headings.heading(line.text, form[section], form) is not None
    )


def _kind_of(section: str) -> _Kind:
    return _Kind.TABLE if section in {ANNEX_1, ANNEX_2} else _Kind.LABELLED


def _role_of(section: str) -> _Role:
    return _Role.CHANGES if section == ANNEX_2 else _Role.BODY
