"""A slow and obvious answer to what items said on a day, to hold the fast one against.

It knows nothing of folding: it lists every way in which the changes may have come to pass, throws out those
that a body, a table or a 変更日 denies, and looks at what the others say of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from ledger.published import TableState
from projections.readings import Certainty

ONE_DAY = timedelta(days=1)
World = tuple[date, ...]
"""The day on which each change truly took effect."""


@dataclass(frozen=True)
class Told:
    """A row with both sides in full; ``day`` is None where its 変更日 is blank."""

    day: date | None
    item: str
    before: str
    after: str


@dataclass(frozen=True)
class Edition:
    """What an edition has: its body, and of the changes the first ``listed``, in the order of the table."""

    published: date
    body: dict[str, str]
    table: TableState
    listed: int


@dataclass(frozen=True)
class Answer:
    """The certainty of an item on a day, and the values that it may have had."""

    certainty: Certainty
    values: frozenset[str]


UNKNOWN = Answer(Certainty.UNKNOWN, frozenset())


def answer(rows: list[Told], editions: list[Edition], item: str, day: date) -> Answer:
    """What *editions*, each with a longer part of *rows*, tell of *item* on *day*."""
    earlier = [one for one in editions if one.published <= day]
    later = [one for one in editions if one.published > day]
    if not later or (earlier and earlier[-1].published == day):
        return _one_of({earlier[-1].body[item]})
    if not earlier and later[0].table is TableState.EMPTY:
        return UNKNOWN  # a first publication tells of nothing before it
    tables = [one for one in later if one.table is TableState.ROWS]
    if tables:
        listed = rows[: tables[-1].listed]
        told_of = [one for one in editions if one.published <= tables[-1].published]
        worlds = [world for world in _worlds(listed, told_of) if _is_possible(world, listed, told_of)]
        return _one_of({_said(world, listed, item, day, tables[-1].body[item]) for world in worlds})
    if earlier:  # between two bodies
        bodies = frozenset({earlier[-1].body[item], later[0].body[item]})
        told = later[0].table is TableState.EMPTY
        return Answer(Certainty.KNOWN if told else Certainty.PARTIAL, bodies)
    return UNKNOWN


def _one_of(values: set[str]) -> Answer:
    return Answer(Certainty.KNOWN if len(values) == 1 else Certainty.PARTIAL, frozenset(values))


def _worlds(rows: list[Told], editions: list[Edition]) -> Iterator[World]:
    """All ways to give the rows without a day one, among all days that could make a difference."""
    days = {row.day for row in rows if row.day} | {one.published for one in editions}
    days |= {day + ONE_DAY for day in days} | {date(2000, 1, 1)}
    yield from product(*([row.day] if row.day else sorted(days) for row in rows))


def _is_possible(world: World, rows: list[Told], editions: list[Edition]) -> bool:
    """Whether nothing that is printed denies that the rows took effect on these days."""
    for n, row in enumerate(rows):
        above = [world[i] for i in range(n) if rows[i].day or rows[i].item == row.item]
        if any(day > world[n] for day in above):
            return False  # a row stands behind the dated one above it, and the one of its item before it
    for one in editions:
        if one.table is not TableState.ABSENT:
            happened = [day <= one.published for day in world]
            if happened != [n < one.listed for n in range(len(world))]:
                return False
        if any(_said(world, rows, item, one.published, said) != said for item, said in one.body.items()):
            return False
    return True


def _said(world: World, rows: list[Told], item: str, day: date, body: str) -> str:
    """What *item* said on *day*; *body* where no row tells of it at all."""
    said = next((row.before for row in rows if row.item == item), body)
    for since, row in zip(world, rows, strict=True):
        if row.item == item and since <= day:
            said = row.after
    return said
