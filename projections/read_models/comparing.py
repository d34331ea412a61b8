"""Holds the read models against the events: whether they still say what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Connection, Exists, Table, select, text

from ledger.events import Entry
from ledger.packing import DamagedPackingError, unpack
from projections.read_models import tables, texts
from projections.read_models.answers import answers_in_time
from projections.read_models.keeper import folded, resolved
from projections.read_models.tables import (
    FOLDED,
    GRAMS,
    HEADINGS,
    ITEMS,
    MADE_BY,
    ROWS,
    TELLING,
    TEXTS,
    TOLD_BY,
)

_NAMES: Final = {ITEMS.name: "項目の記載", ROWS.name: "変更箇所", HEADINGS.name: "表題"}
_Lasting = dict[str, set[tuple[Any, ...]]]
"""What is told, as ``Told`` has it, each with the event since which it held, and that until which or None."""


def differing(connection: Connection, assessment_id: UUID, entries: Sequence[Entry]) -> list[str]:
    """What of the model of an assessment is not what follows from its *entries*, as people call it.

    Nothing where it has no model, or one that is not up to date: from such a one nothing is answered.
    """
    if not tables.there(connection):
        return []
    found = folded(connection, assessment_id)
    if found is None or found.made_by != MADE_BY or found.version < len(entries):
        return []
    if found.version > len(entries):
        return ["台帳にない記録"]
    try:
        stored = _stored(connection, found.id)
    except (DamagedPackingError, LookupError, ValueError):
        return ["語"]
    expected = _expected(entries)
    return [name for table, name in _NAMES.items() if stored[table] != expected[table]]


def _stored(connection: Connection, number: int) -> _Lasting:
    return {table.name: set(_rows(connection, table, number)) for table in TELLING}


def _rows(connection: Connection, table: Table, number: int) -> Iterator[tuple[Any, ...]]:
    columns = TOLD_BY[table.name].add_columns(table.c.since, table.c.until)
    return resolved(connection, table, connection.execute(columns.where(table.c.assessment == number)))


def _expected(entries: Sequence[Entry]) -> _Lasting:
    over: _Lasting = {name: set() for name in _NAMES}
    open_: dict[str, dict[tuple[Any, ...], int]] = {name: {} for name in _NAMES}
    for since, answers in answers_in_time(entries):
        for name, told in answers.told.items():
            for row in open_[name].keys() - told:
                over[name].add((*row, open_[name].pop(row), since))
            for row in told - open_[name].keys():
                open_[name][row] = since
    for name, rows in open_.items():
        over[name] |= {(*row, since, None) for row, since in rows.items()}
    return over


def others(connection: Connection, known: Iterable[UUID]) -> bool:
    """Whether there are models of assessments that are not among the *known* ones."""
    if not tables.there(connection):
        return False
    found = connection.execute(select(FOLDED.c.originator_id)).scalars()
    left = (select(t.c.assessment).where(~_folded_as(t.c.assessment)) for t in TELLING)
    return bool(set(found) - set(known)) or any(connection.execute(each.limit(1)).first() for each in left)


def _folded_as(number: Column[int]) -> Exists:
    """Whether there is an assessment of a number."""
    return select(FOLDED.c.id).where(FOLDED.c.id == number).exists()


def index_differs(connection: Connection) -> bool:
    """Whether the index of words is not that of the texts that are kept."""
    if not tables.there(connection):
        return False
    words = select(TEXTS.c.packed, TEXTS.c.grams).where(TEXTS.c.grams.is_not(None))
    if connection.dialect.name == "postgresql":
        kept = connection.execute(words)
        return any(row.grams != texts.grams(unpack(bytes(row.packed))) for row in kept)
    wanted: Counter[str] = Counter()
    for row in connection.execute(words):
        wanted.update(texts.indexed_threes(unpack(bytes(row.packed))))
    vocabulary = f"fts5vocab(main, {GRAMS}, row)"
    connection.execute(text(f"CREATE VIRTUAL TABLE temp.kaitei_vocabulary USING {vocabulary}"))
    try:
        found = connection.execute(text("SELECT term, doc FROM temp.kaitei_vocabulary"))
        return dict(found.tuples().all()) != wanted
    finally:
        connection.execute(text("DROP TABLE temp.kaitei_vocabulary"))
