"""What the faults of the mutation bench are made with: a fault as a value, and edits of an edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, TypeVar

from benchmarks.histories import History, Style, Written
from ledger import wording
from ledger.form import form3
from ledger.item_path import ItemPath
from ledger.published import Boxes, ChangeRow, PrintedItem, PublishedEdition

_T = TypeVar("_T")
AFTER: Final = ("body-disagrees", "chain-break", "body-keeps-before-text")
LEDGER: Final = frozenset({"row-differs", "old-row-rewritten"})
TEXT: Final = frozenset({Style.WHOLE, Style.FRAGMENT, Style.APPENDED, Style.NAME})


@dataclass(frozen=True, slots=True)
class Planted:
    """An edition with one fault.

    ``alone`` are the rules of which one has to find it in the document by itself (none: nobody can see it
    there), ``beside`` those that have to find it beside the ledger; the finding has to be about one of the
    ``rows`` or ``items``. ``as_note`` says that a note about it is enough, ``newer`` that the ledger has the
    edition before only.
    """

    edition: PublishedEdition
    alone: frozenset[str] = frozenset()
    beside: frozenset[str] = LEDGER
    rows: frozenset[int] = frozenset()
    items: frozenset[ItemPath] = frozenset()
    as_note: bool = False
    newer: bool = False


Fault = Callable[[History, Random], Planted | None]


# --- editing ----------------------------------------------------------------------------------------


def with_rows(edition: PublishedEdition, rows: Iterable[ChangeRow]) -> PublishedEdition:
    """The edition with these rows, numbered anew."""
    return replace(edition, rows=tuple(replace(row, no=no) for no, row in enumerate(rows, start=1)))


def with_row(edition: PublishedEdition, row: ChangeRow) -> PublishedEdition:
    """The edition with this row in the place of the one of its number."""
    return with_rows(edition, (row if one.no == row.no else one for one in edition.rows))


def with_value(edition: PublishedEdition, path: ItemPath, value: str | Boxes) -> PublishedEdition:
    """The edition with another value in one item of its body."""
    items = (replace(item, value=value) if item.path == path else item for item in edition.items)
    return replace(edition, items=tuple(items))


def without(edition: PublishedEdition, gone: Callable[[PrintedItem], bool]) -> PublishedEdition:
    """The edition without some items of its body."""
    return replace(edition, items=tuple(item for item in edition.items if not gone(item)))


def item_of(edition: PublishedEdition, key: str) -> PrintedItem | None:
    """The item of a key; None where the body does not have it."""
    return next((item for item in edition.items if item.key == key), None)


def one_of(found: Sequence[_T], random: Random) -> _T | None:
    """One of what there is, if anything."""
    return random.choice(found) if found else None


def edited(
    h: History, one: Written, rules: Iterable[str] = (), beside: Iterable[str] = LEDGER, **cells: str
) -> Planted:
    """The edition with other words in cells of a row."""
    row = replace(one.row, **cells)  # type: ignore[arg-type]
    return Planted(
        with_row(h.edition, row),
        frozenset(rules),
        frozenset(beside),
        frozenset({one.row.no}),
        about(one),
    )


def about(one: Written) -> frozenset[ItemPath]:
    """The item of a row; of a number of 件 also the cell in which it stands."""
    return frozenset({one.path, ItemPath(one.path.parts[:3])} if one.style is Style.COUNT else {one.path})


# --- where a row stands in the life of its item --------------------------------------------------------


def following(h: History, one: Written) -> Written | None:
    """The next row on the same item."""
    return next((other for other in h.of(one.path) if other.row.no > one.row.no), None)


def preceding(h: History, one: Written) -> Written | None:
    """The row before on the same item."""
    return next((other for other in reversed(h.of(one.path)) if other.row.no < one.row.no), None)


def stands(h: History, one: Written) -> bool:
    """Whether the item of a row is still in the body, as the same."""
    block = one.path.parts[:3]
    gone = any(w.style is Style.REMOVED and w.path.parts[:3] == block for w in h.written)
    return not gone and h.value(one.path) is not None


def is_last(h: History, one: Written) -> bool:
    """Whether a row is the last on its item, so that the body has to say what it says."""
    return following(h, one) is None and stands(h, one)


def says(whole: str, part: str) -> bool:
    """Whether a text says what a side of a row says, be it as a part of it."""
    numbers = [re.sub(r"\D", "", text) for text in (whole, part)]
    if "件" in part:
        return numbers[0] == numbers[1]
    return wording.locate(part, whole) is not None or wording.same(part, whole) is not None


def counter_of(one: Written) -> ItemPath | None:
    """The number of 件 that counts the block of a row."""
    head = one.key.partition("[")[0] + "[n]"
    return next((item.at() for item in form3() if item.counts == head), None)


# --- other words ----------------------------------------------------------------------------------------

_WORDS: Final = (
    "監督委員会",
    "電算処理室",
    "旅券交付票",
    "農地台帳簿",
    "水道検針票",
    "港湾施設名",
    "保育料徴収",
)


def other_word(text: str, random: Random) -> str | None:
    """The text with one of its words replaced by another of five letters."""
    runs = kanji_runs(text)
    if not runs:
        return None
    start, end = random.choice(runs)
    word = random.choice([word for word in _WORDS if not set(word) & set(text[start:end])] or _WORDS[:1])
    return text[:start] + word + text[end:]


def kanji_runs(text: str, least: int = 2) -> list[tuple[int, int]]:
    """The runs of at least some kanji."""
    runs: list[tuple[int, int]] = []
    start = None
    for at, char in enumerate(f"{text}。"):
        if "一" <= char <= "鿿":
            start = at if start is None else start
        elif start is not None:
            if at - start >= least:
                runs.append((start, at))
            start = None
    return runs


def other_letter(text: str, random: Random) -> str | None:
    """The text with one kanji replaced by another one that nobody takes for it."""
    places = [at for start, end in kanji_runs(text) for at in range(start, end)]
    if not places:
        return None
    at = random.choice(places)
    return text[:at] + random.choice([letter for letter in "鯨港麦橋" if letter != text[at]]) + text[at + 1 :]


def other_number(text: str, random: Random) -> str | None:
    """The text with one of its figures another one."""
    places = [at for at, char in enumerate(text) if char in "0123456789"]
    if not places:
        return None
    at = random.choice(places)
    figure = random.choice([one for one in "123456789" if one != text[at]])
    return text[:at] + figure + text[at + 1 :]
