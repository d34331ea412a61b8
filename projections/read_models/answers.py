"""All that the read models hold of an assessment, worked out from its events, and how that turned in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ledger.events import Entry
from projections.documents import ItemVersion, StatedItem
from projections.editions import Assessment, assessment
from projections.history import logged
from projections.item_versions import versions
from projections.listing import LoggedRow
from projections.periods import Past, past_of
from projections.read_models import codec
from projections.read_models.heading import Heading
from projections.read_models.stating import Kept, kept
from projections.read_models.tables import HEADINGS, ITEMS, LINE, NEVER, ROWS, line_of, written_place

Told = dict[str, set[tuple[Any, ...]]]
"""The rows of the tables that tell of an assessment, by the names of the tables, texts and places in full.

Of an item: its place, the first day and that after the last, the place of its file, its words, what is told
of them, and whether it is not known for certain. Of a row of the log: its number from 0, whether the table
has it, the items that it is about, its long texts, and it. Of the heading: itself.
"""

Parted = tuple[str, tuple[str, ...]]
"""A row as it is kept, and its long texts."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What projections answer of an assessment, with what helps to answer after a further record."""

    told: Told
    past: Past
    rows: tuple[tuple[LoggedRow, Parted], ...]
    kept: dict[int, tuple[StatedItem, Kept]] = field(repr=False)

    @classmethod
    def of(cls, known: Assessment, former: Answers | None = None) -> Answers:
        """The answers; *former* are those before something was recorded, of which most still hold."""
        past = past_of(known, former.past if former else None)
        found = versions(known)
        before = former.kept if former else {}
        now: dict[int, tuple[StatedItem, Kept]] = {}
        for each in found.items:
            key = id(each.stated)
            now[key] = before.get(key) or (each.stated, kept(each.stated))
        items = {_item(each, now[id(each.stated)][1]) for each in found.items}
        rows = tuple(_encoded(logged(known), former.rows if former else ()))
        told: Told = {
            ITEMS.name: items,
            ROWS.name: {_row(at, each, parted) for at, (each, parted) in enumerate(rows)},
            HEADINGS.name: {(Heading.of(known, found).encoded,)},
        }
        return cls(told, past, rows, now)


def _item(version: ItemVersion, of: Kept) -> tuple[Any, ...]:
    stated = version.stated
    return (
        written_place(stated.item.key, stated.path),
        version.first.toordinal(),
        version.until.toordinal() if version.until else NEVER,
        version.file_no,
        of.words,
        of.told,
        int(not stated.reading.known),
    )


def _row(at: int, each: LoggedRow, parted: Parted) -> tuple[Any, ...]:
    touched = each.row.touched
    paths = [*(target.path for target in touched.targets), *(edge.path for edge in touched.edges)]
    about = dict.fromkeys(line_of(path.parts) for path in paths)
    told, texts = parted
    return at, int(each.row.only_in is None), LINE + "".join(about), texts, told


def _encoded(
    rows: Sequence[LoggedRow], former: Sequence[tuple[LoggedRow, Parted]]
) -> Iterator[tuple[LoggedRow, Parted]]:
    for at, row in enumerate(rows):
        same = at < len(former) and former[at][0] == row
        yield row, former[at][1] if same else codec.parted(row)


def records(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """All that was known of an assessment after each record; events of one time came together."""
    until = 0
    for _, together in groupby(entries, key=lambda entry: entry.recorded_at):
        until += len(list(together))
        yield entries[:until]


def answers_in_time(entries: Sequence[Entry]) -> Iterator[tuple[int, Answers]]:
    """The answers after each record, with the event from which on they hold."""
    former = None
    for known in records(entries):
        former = Answers.of(assessment(known), former)
        yield known[-1].sequence, former
