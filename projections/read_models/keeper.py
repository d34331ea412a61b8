"""Writes the read models: what is new is folded with all that is known, and only what differs is written.

A model of an assessment holds its current answers, and those that were current before: what the ledger knew
at any time. Where a model does not stand where it should (an older program recorded something, or words were
withheld), it is made anew, record by record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Table, and_, bindparam, delete, func, insert, select, update

from ledger.events import Entry, TextWithheld
from ledger.packing import unpack
from ledger.recent import Recent
from ledger.tables import EVENTS
from projections.editions import assessment
from projections.read_models import tables, texts
from projections.read_models.answers import Answers, Told, answers_in_time
from projections.read_models.tables import (
    FOLDED,
    HEADINGS,
    ITEMS,
    MADE_BY,
    PATHS,
    ROWS,
    STATE,
    TELLING,
    TOLD_BY,
)

_REMEMBERED: Final = 4  # assessments; each takes some megabytes


class Keeper:
    """The follower of a ledger that keeps its read models.

    It remembers what it answered of the assessments that it had to do with last: what is recorded next is
    often recorded of them.
    """

    def __init__(self) -> None:
        self._last: Recent[UUID, tuple[Entry, Answers]] = Recent(_REMEMBERED)
        self._there = False  # whether the ledger has the tables

    def prepare(self, connection: Connection) -> None:
        """Make the tables."""
        tables.create(connection)

    def follow(self, connection: Connection, assessment_id: UUID, entries: Sequence[Entry], new: int) -> None:
        """Bring the model of an assessment up to the last of all its *entries*."""
        self._there = self._there or tables.there(connection)
        if not self._there:
            return
        added = entries[-new:]
        if self._goes_on(connection, assessment_id, entries, new):
            self._take_up(connection, assessment_id, entries, entries[: len(entries) - new])
        else:
            self.make_anew(connection, assessment_id, entries)
            texts.forget_unused(connection)  # words may have been withheld
        stands = STATE.c.until == added[0].sequence - 1
        connection.execute(update(STATE).where(stands).values(until=added[-1].sequence))

    def make_anew(self, connection: Connection, assessment_id: UUID, entries: Sequence[Entry]) -> None:
        """Throw the model of an assessment away, and make it from its *entries*."""
        self.forget(connection, assessment_id)
        number, before = _new(connection, assessment_id), _NOTHING
        try:
            for since, answers in answers_in_time(entries):
                _write(connection, number, since, before, answers.told)
                before = answers.told
        except Exception:  # noqa: BLE001  # an event is recorded, whatever a projection makes of it
            self.forget(connection, assessment_id)
        else:
            _stands(connection, number, entries)

    def forget(self, connection: Connection, assessment_id: UUID) -> None:
        """Throw the model of an assessment away: it is answered from its events."""
        self._last.take(assessment_id)
        mine = select(FOLDED.c.id).where(FOLDED.c.originator_id == assessment_id)
        for table in TELLING:
            connection.execute(delete(table).where(table.c.assessment.in_(mine)))
        connection.execute(delete(FOLDED).where(FOLDED.c.originator_id == assessment_id))

    def _goes_on(
        self, connection: Connection, assessment_id: UUID, entries: Sequence[Entry], new: int
    ) -> bool:
        """Whether the model holds all but the *new* entries, and they change nothing that was before."""
        until, added = len(entries) - new, entries[-new:]
        if any(isinstance(entry.event, TextWithheld) for entry in added):
            return False
        if not until:
            return True
        found = folded(connection, assessment_id)
        same_time = entries[until - 1].recorded_at == added[0].recorded_at  # then they are one record
        return found is not None and (found.version, found.made_by) == (until, MADE_BY) and not same_time

    def _take_up(
        self,
        connection: Connection,
        assessment_id: UUID,
        entries: Sequence[Entry],
        before: Sequence[Entry],
    ) -> None:
        """Write what all *entries* together say, where those *before* are in the model."""
        last, former = self._last.take(assessment_id) or (None, None)
        try:
            answers = Answers.of(assessment(entries), former)
        except Exception:  # noqa: BLE001  # an event is recorded, whatever a projection makes of it
            self.forget(connection, assessment_id)
            return
        found = folded(connection, assessment_id)
        number = found.id if found else _new(connection, assessment_id)
        # What was remembered may have been taken back with its transaction.
        trusted = former is not None and bool(before) and last == before[-1]
        told = former.told if former and trusted else told_by(connection, number)
        _write(connection, number, entries[-1].sequence, told, answers.told)
        _stands(connection, number, entries)
        self._last.keep(assessment_id, (entries[-1], answers))


def throw_away(connection: Connection) -> None:
    """Throw all read models away; their tables are as good as new."""
    tables.drop(connection)
    tables.create(connection)


def all_stand(connection: Connection) -> None:
    """Say that all events by now are in the models."""
    last = connection.execute(select(func.max(EVENTS.c.sequence))).scalar() or 0
    connection.execute(update(STATE).values(until=last))


_NOTHING: Final[Told] = {ITEMS.name: set(), ROWS.name: set(), HEADINGS.name: set()}


def _new(connection: Connection, assessment_id: UUID) -> int:
    """The number of an assessment that has no model yet."""
    made = insert(FOLDED).values(originator_id=assessment_id, version=0, made_by=MADE_BY)
    (number,) = connection.execute(made).inserted_primary_key or (0,)
    return int(number)


def folded(connection: Connection, assessment_id: UUID) -> Row[Any] | None:
    """The row of ``FOLDED`` that says how far the model of an assessment is; None where it has none."""
    return connection.execute(select(FOLDED).where(FOLDED.c.originator_id == assessment_id)).first()


def _stands(connection: Connection, number: int, entries: Sequence[Entry]) -> None:
    """Say that all *entries* are in a model."""
    connection.execute(update(FOLDED).where(FOLDED.c.id == number).values(version=len(entries)))


def told_by(connection: Connection, number: int) -> Told:
    """What a model says by now."""
    return {
        table.name: set(resolved(connection, table, connection.execute(_current(table), {"number": number})))
        for table in TELLING
    }


def _current(table: Table) -> Select[Any]:
    return TOLD_BY[table.name].where(table.c.assessment == bindparam("number"), table.c.until.is_(None))


def resolved(connection: Connection, table: Table, rows: Iterable[Row[Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows of ``TOLD_BY`` with their texts in full."""
    plain = [tuple(unpack(bytes(of)) if isinstance(of, _BYTES) else of for of in row) for row in rows]
    if table is not ROWS:
        yield from plain
        return
    said = texts.said_by(connection, (int(number) for row in plain for number in row[_NUMBERS].split()))
    for row in plain:
        long = tuple(said[int(number)] for number in row[_NUMBERS].split())
        yield (*row[:_NUMBERS], long, *row[_NUMBERS + 1 :])


_BYTES: Final = (bytes, memoryview)
_NUMBERS: Final = 3  # where the numbers of its texts stand in a row of ``ROWS``


_COLUMNS: Final = {
    ITEMS.name: ("path", "first", "end", "file_no", "text", "told", "unsure"),
    ROWS.name: ("place", "listed", "items", "texts", "told"),
    HEADINGS.name: ("told",),
}
_KEYS: Final = {ITEMS.name: 2, ROWS.name: 1, HEADINGS.name: 0}
"""How many of its first columns tell one current row of a table from the others."""


def _write(connection: Connection, number: int, since: int, before: Told, now: Told) -> None:
    """Close what holds no more from the event *since* on, and add what is new."""
    gone = {name: before[name] - now[name] for name in now}
    new = {name: now[name] - before[name] for name in now}
    told = {row[-1] for name in (ROWS.name, HEADINGS.name) for row in new[name]}
    told |= {row[5] for row in new[ITEMS.name]} | {said for row in new[ROWS.name] for said in row[3]}
    kept_as = texts.keep(connection, told, {row[4] for row in new[ITEMS.name]})
    paths = _paths(connection, {row[0] for each in (gone, new) for row in each[ITEMS.name]})
    for table in TELLING:
        keys = [row[: _KEYS[table.name]] for row in gone[table.name]]
        if table is ITEMS:
            keys = [(paths[place], first) for place, first in keys]
        _close(connection, table, number, since, keys)
    added = [
        (paths[place], first, end, file_no, kept_as[words], kept_as[of], unsure)
        for place, first, end, file_no, words, of, unsure in new[ITEMS.name]
    ]
    _add(connection, ITEMS, number, since, added)
    rows = [
        (at, listed, items, " ".join(str(kept_as[said]) for said in long), kept_as[row])
        for at, listed, items, long, row in new[ROWS.name]
    ]
    _add(connection, ROWS, number, since, rows)
    _add(connection, HEADINGS, number, since, [(kept_as[of],) for (of,) in new[HEADINGS.name]])


def _close(
    connection: Connection, table: Table, number: int, since: int, keys: Sequence[tuple[Any, ...]]
) -> None:
    if not keys:
        return
    names = _COLUMNS[table.name][: _KEYS[table.name]]
    current = and_(table.c.assessment == number, table.c.until.is_(None))
    same = (table.c[name] == bindparam(f"was_{name}") for name in names)
    closed = update(table).where(current, *same).values(until=since)
    connection.execute(
        closed, [{f"was_{name}": of for name, of in zip(names, key, strict=True)} for key in keys]
    )


def _add(
    connection: Connection, table: Table, number: int, since: int, rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        names, held = _COLUMNS[table.name], {"assessment": number, "since": since}
        connection.execute(insert(table), [{**held, **dict(zip(names, row, strict=True))} for row in rows])


def _paths(connection: Connection, wanted: Iterable[str]) -> dict[str, int]:
    """The numbers of places, new ones where they have none yet."""
    known: dict[str, int] = {}
    for _ in range(2):
        for some in texts.in_batches(sorted(set(wanted) - known.keys())):
            found = connection.execute(select(PATHS.c.place, PATHS.c.id).where(PATHS.c.place.in_(some)))
            known |= dict(found.tuples().all())
        new = [{"place": place} for place in sorted(set(wanted) - known.keys())]
        if not new:
            break
        connection.execute(insert(PATHS), new)
    return known
