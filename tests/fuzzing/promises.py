"""What holds of any input, whoever sent it: no crash, no hang, no lost text.

Each function takes one input and raises AssertionError where a promise is broken, or whatever crashed.
Errors of the ledger are answers.
"""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from types import FrameType
from typing import Final

from ledger import backup
from ledger.checkpoints import Checkpoint
from ledger.errors import LedgerError
from ledger.form import form3
from ledger.identity import Identity, PrintedIdentity, stream_id
from ledger.item_path import ItemPath
from ledger.published import Boxes, Fate, PublishedEdition
from ledger.readers import markup, read
from ledger.readers.kinds import Kind, kind_of
from ledger.readers.rows import length
from ledger.readers.texts import text_of
from ledger.refs import find_by_ref
from ledger.resolver import How, resolve
from ledger.wareki import WarekiDate
from projections import draft_file

PATIENCE: Final = 20
"""Seconds that one input may take. None of them is large: the slowest sample takes less than one."""

NAME = "評価書"


class TookTooLong(BaseException):
    """An input was not answered in time. No Exception, so that no reader takes it for damage."""


@contextmanager
def patience(seconds: float = PATIENCE) -> Iterator[None]:
    """Raises TookTooLong in the midst of what takes longer."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- documents --------------------------------------------------------------------------------------------


def document(data: bytes) -> PublishedEdition | LedgerError:
    """A file is read, with every character accounted for, or refused on one line."""
    try:
        found = read(data, NAME)
    except LedgerError as error:
        _one_line(error)
        return error
    _nothing_lost(found)
    if kind_of(data, NAME) is Kind.TEXT:
        _all_of_a_text(text_of(data, NAME), found)
    for words in _said(found):
        words.encode()  # a letter that no encoding has could not be stored
    for row in found.rows:
        name(row.item_text)
    return found


def _nothing_lost(found: PublishedEdition) -> None:
    """What stands in pieces, and what was assigned and left, are all characters of the source.

    A tag that was torn over two cells is none in either, and one where a piece holds both: so much may be
    missing, and no more.
    """
    texts = [piece.text for piece in found.pieces if not (piece.fate is Fate.UNASSIGNED and piece.target)]
    accounted = sum(map(length, texts))
    markup_in_them = sum(len("".join(text.split())) for text in texts) - accounted
    told = f"{accounted} of {found.characters} characters"
    assert found.characters - markup_in_them <= accounted <= found.characters, told
    left = sum(length(passage.text) for passage in found.unassigned)
    assert found.assigned + left == accounted
    assert [row.no for row in found.rows] == list(range(1, len(found.rows) + 1))
    assert len({item.path for item in found.items}) == len(found.items)


def _all_of_a_text(text: str, found: PublishedEdition) -> None:
    """Every letter of a text stands in a piece, as often as in the text."""
    whole = (piece.text for piece in found.pieces if not (piece.fate is Fate.UNASSIGNED and piece.target))
    in_cells, in_rows, in_all = (_letters(re.split(end, text)) for end in (r"[\t\n]", r"\n", r"\Z"))
    pieces = _letters(whole)  # in which a tag may be whole that was torn
    lost, made_up = (in_cells & in_rows & in_all) - pieces, pieces - (in_cells | in_rows | in_all)
    assert not lost, f"lost: {lost}"
    assert not made_up, f"made up: {made_up}"


def _letters(texts: Iterator[str] | list[str]) -> Counter[str]:
    """The letters and digits of *texts*: whatever else there is may be markup of a table."""
    return Counter(char for text in texts for char in markup.words(text) if char.isalnum())


def _said(found: PublishedEdition) -> Iterator[str]:
    for item in found.items:
        yield str(item.path)
        if isinstance(item.value, Boxes):
            yield from (*item.value.checked, *item.value.unchecked, *item.value.unreadable)
            yield item.value.other_text
        else:
            yield item.value
    yield from (cell for row in found.rows for cell in row.cells)
    yield from (passage.text for passage in found.unassigned)
    header = found.header
    yield from (header.number, header.title, header.body, header.publication_date, header.special_notes)


# --- what people type -------------------------------------------------------------------------------------


def name(text: str) -> None:
    """A name of an item, a path, a day, a REF: understood, or refused on one line."""
    found = resolve(text)
    if found is not None:
        assert form3().locate(found.path) == (found.item, found.n)
        assert (found.how is How.EXACT) is (not found.corrections and not found.rivals)
    for understand in (_path, _day, _ref):
        _understood(understand, text)


def _understood(understand: Callable[[str], object], text: str) -> None:
    try:
        understand(text)
    except LedgerError as error:
        _one_line(error)


def _path(text: str) -> None:
    path = ItemPath.parse(text)
    assert ItemPath.parse(str(path)) == path
    assert path.group >= 0


def _day(text: str) -> None:
    assert WarekiDate.parse(text).printed == text


@cache
def _known() -> tuple[Identity, ...]:
    printed = (
        PrintedIdentity("霞野市長", "7", "介護保険に関する事務 重点項目評価書", "様式3"),
        PrintedIdentity("霞野市長", "7", "介護保険に関する事務 基礎項目評価書", "様式2"),
        PrintedIdentity("湊川町長", "15", "児童扶養手当に関する事務 重点項目評価書", "様式3"),
    )
    return tuple(Identity(stream_id(one), one.form, (one,)) for one in printed)


def _ref(text: str) -> None:
    assert find_by_ref(text, _known()) in _known()


# --- files of our own -------------------------------------------------------------------------------------


def file(text: str) -> None:
    """A draft, a checkpoint, a backup that somebody touched: read, or refused on one line."""
    for understand in (_draft, _checkpoint, _backup):
        _understood(understand, text)


def _draft(text: str) -> None:
    draft_file.read(text, NAME)


def _checkpoint(text: str) -> None:
    found = Checkpoint.read(text, NAME)
    assert found.signature_holds in {True, False, None}
    with suppress(UnicodeEncodeError):
        assert Checkpoint.read(found.dumps(), NAME) == found


def _backup(text: str) -> None:
    backup.checked(text.splitlines(), NAME)


def _one_line(error: LedgerError) -> None:
    told = str(error)
    assert "\n" not in told
    assert error.what
    assert error.remedy
