"""What every reader gives: one published edition of a 評価書, as printed.

Shapes only; nothing here knows a file format, the database, or what a change row means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ledger.item_path import ItemPath

Cells = tuple[str, str, str, str, str, str]
"""The six cells of a row of the change table, as printed."""

COLUMNS: Final = (
    ("変更日", "変更年月日"),
    ("項目", "変更項目", "項目名"),
    ("変更前の記載", "変更前"),
    ("変更後の記載", "変更後"),
    ("提出時期",),
    ("提出時期に係る説明", "提出時期の説明", "説明"),
)
"""The headings of the six columns as the form prints them, and as writers shorten them."""


class ItemKind(StrEnum):
    """What an item of the form holds."""

    TEXT = "text"
    CHOICE = "choice"
    CHECKBOX = "checkbox"
    DATE = "date"
    COUNT = "count"


class TableState(StrEnum):
    """What became of the change table (別添２) in the source (R-50, R-51).

    ``absent``: no table in the text, so extraction lost it; ``empty``: a header without rows
    (a first publication); ``rows``.
    """

    ABSENT = "absent"
    EMPTY = "empty"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Boxes:
    """A set of tick boxes: every option in exactly one of the three tuples, labels as printed."""

    checked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    other_text: str = ""


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """One item of the form with the words that stand in it.

    ``key`` is the stable key of the form file (``II.4.entrustment[1].3``), ``line`` the first
    line (1-based) of the source it was read from, ``doubt`` why the reading is not certain
    (empty where it is).
    """

    path: ItemPath
    key: str
    kind: ItemKind
    value: str | Boxes
    line: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of （別添２）変更箇所, its six cells verbatim.

    ``no`` counts the rows of the table from 1; ``date`` and ``timing`` are as printed, so they
    may be blank or wrong.
    """

    no: int
    date: str
    item_text: str
    before: str
    after: str
    timing: str
    explanation: str
    line: int

    @property
    def cells(self) -> Cells:
        """The six cells of the table."""
        return self.date, self.item_text, self.before, self.after, self.timing, self.explanation


class Fate(StrEnum):
    """What became of a piece of the source; ``heading`` is whatever the form prints by itself."""

    ITEM = "item"
    ROW = "row"
    HEADING = "heading"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the source and where it went: the path of an item, a row of 別添２, a heading.

    An unassigned piece with a ``target`` is the part of a cell that the item of that path could not take;
    the whole cell is a piece of its own.
    """

    line: int
    text: str
    fate: Fate
    target: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the source that no item, row or known heading took, with its line (1-based).

    ``place`` says where it stands in a source that has no lines (``シート「表紙」3行``).
    """

    line: int
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The cover page (表紙), as printed; blank where the source has nothing."""

    number: str
    title: str
    body: str
    publication_date: str
    special_notes: str = ""
    form_edition: str = ""


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """One document as a reader saw it.

    ``form`` is 様式3 and so on; ``reader`` names the reader and its version (``ocr-text/2``);
    ``characters`` counts the source's characters that are neither white space nor markup, ``assigned``
    those of them that stand in an item, a row, or a heading the form knows. ``pieces`` says of every
    piece of the source where it went; the ledger does not store it, as the source is kept.
    """

    form: str
    reader: str
    header: Header
    items: tuple[PrintedItem, ...]
    table: TableState
    rows: tuple[ChangeRow, ...]
    unassigned: tuple[Passage, ...]
    characters: int
    assigned: int
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    @property
    def assigned_share(self) -> float:
        """Share of the source's characters that found a place, 0 to 1."""
        return self.assigned / self.characters if self.characters else 0.0
