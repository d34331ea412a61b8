"""Writes the read models: what is new is folded with all that is known, and only what differs is written.

A model of an assessment holds its current answers, and those that were current before: what the ledger knew
at any time. Where a model does not stand where it should (an older program recorded something, or words were
withheld), it is made anew, record by record.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update

from ledger.events import Entry, TextWithheld
from projections.as_of import StatedItem
from projections.change_table import change_table
from projections.editions import Assessment, assessment
from projections.item_versions import ItemVersion, versions
from projections.periods import Past
from projections.read_models import codec, tables, texts
from projections.read_models.heading import Heading
from projections.read_models.stating import kept
from projections.read_models.tables import FOLDED, HEADINGS, ITEMS, MADE_BY, PATHS, ROWS
from projections.read_models.texts import TOLD, WORDS

_REMEMBERED: Final = 8  # assessments; each takes some megabytes

NEVER: Final = date.max.toordinal() + 1
"""The end of what holds for good."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All that the models hold of an assessment, worked out from its events."""

    heading: str
    items: tuple[tuple[ItemVersion, str, str], ...]  # with its words and what is told of them
    rows: tuple[str, ...]

    past: Past

    @classmethod
    def of(cls, known: Assessment, former: Answers | None = None) -> Answers:
        """What the projections answer; *former* is what they answered before something was recorded."""
        past = Past(known, former.past if former else None)
        found = versions(known, past)
        pairs = ((version, kept(version.stated)) for version in found.items)
        items = ((version, of.words, of.told) for version, of in pairs)
        rows = tuple(codec.encoded(row) for row in change_table(known, past=past))
        return cls(Heading.of(known, found).encoded, tuple(items), rows, past)


class Keeper:
    """The follower of a ledger that keeps its read models.

    It remembers what it answered last of the assessments that it had to do with last: what is recorded next is
    often recorded of them.
    """

    def __init__(self) -> None:
        self._last: OrderedDict[UUID, tuple[int, Answers]] = OrderedDict()

    def prepare(self, connection: Connection) -> None:
        """Make the tables."""
        tables.create(connection)

    def follow(self, connection: Connection, assessment_id: UUID, entries: Sequence[Entry], new: int) -> None:
        """Bring the model of an assessment up to the last of all its *entries*."""
        columns = FOLDED.c.id, FOLDED.c.version, FOLDED.c.made_by
        found = connection.execute(select(*columns).where(FOLDED.c.originator_id == assessment_id)).first()
        until, added = len(entries) - new, entries[-new:]
        withheld = any(isinstance(entry.event, TextWithheld) for entry in added)
        goes_on = not until or entries[until - 1].recorded_at != added[0].recorded_at
        stands = (found.version, found.made_by) == (until, MADE_BY) if found else not until
        if stands and goes_on and not withheld:
            number = found.id if found else _new(connection, assessment_id)
            self._take_up(connection, number, assessment_id, entries)
        else:
            self.make_anew(connection, assessment_id, entries)

    def make_anew(self, connection: Connection, assessment_id: UUID, entries: Sequence[Entry]) -> None:
        """Throw the model of an assessment away, and make it from its *entries*."""
        self.forget(connection, assessment_id)
        number = _new(connection, assessment_id)
        for until in _records(entries):
            if not self._take_up(connection, number, assessment_id, entries[:until]):
                return

    def forget(self, connection: Connection, assessment_id: UUID) -> None:
        """Throw the model of an assessment away: it is answered from its events."""
        mine = select(FOLDED.c.id).where(FOLDED.c.originator_id == assessment_id)
        for table in (ITEMS, ROWS, HEADINGS):
            connection.execute(delete(table).where(table.c.assessment.in_(mine)))
        connection.execute(delete(FOLDED).where(FOLDED.c.originator_id == assessment_id))
        texts.forget_unused(connection)

    def _take_up(
        self, connection: Connection, number: int, assessment_id: UUID, entries: Sequence[Entry]
    ) -> bool:
        """Write what all *entries* together say; whether a projection could tell."""
        version, former = self._last.pop(assessment_id, (0, None))
        try:
            answers = Answers.of(assessment(entries), former if version < len(entries) else None)
        except Exception:  # noqa: BLE001  # an event is recorded, whatever a projection makes of it
            self.forget(connection, assessment_id)
            return False
        self._last[assessment_id] = len(entries), answers
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        _write(connection, number, entries[-1].sequence, answers)
        done = update(FOLDED).where(FOLDED.c.id == number)
        connection.execute(done.values(version=len(entries), made_by=MADE_BY))
        return True


def _records(entries: Sequence[Entry]) -> Iterator[int]:
    """How many entries there were after each record: those of one time came together."""
    until = 0
    for _, together in groupby(entries, key=lambda entry: entry.recorded_at):
        until += len(list(together))
        yield until


def _new(connection: Connection, assessment_id: UUID) -> int:
    """The number of an assessment that has no model yet."""
    made = insert(FOLDED).values(originator_id=assessment_id, version=0, made_by=MADE_BY)
    (number,) = connection.execute(made).inserted_primary_key or (0,)
    return int(number)


def _write(connection: Connection, number: int, since: int, answers: Answers) -> None:
    """Write the answers that hold from the event *since* on, where they are not those that held before."""
    told = {answers.heading, *answers.rows, *(told for _, _, told in answers.items)}
    words = {said for _, said, _ in answers.items}
    kept_as = texts.keep(connection, {TOLD: told, WORDS: words})
    paths = _paths(connection, [version.stated for version, _, _ in answers.items])
    items = {
        (
            paths[_place_of(version.stated)],
            version.first.toordinal(),
            version.until.toordinal() if version.until else NEVER,
            version.file_no,
            kept_as[WORDS, said],
            kept_as[TOLD, of],
            version.stated.reading.known,
        )
        for version, said, of in answers.items
    }
    _renew(connection, ITEMS, number, since, items)
    _renew(connection, ROWS, number, since, {(at, kept_as[TOLD, row]) for at, row in enumerate(answers.rows)})
    _renew(connection, HEADINGS, number, since, {(kept_as[TOLD, answers.heading],)})


_COLUMNS: Final = {
    ITEMS.name: ("path", "first", "end", "file_no", "text", "told", "known"),
    ROWS.name: ("place", "told"),
    HEADINGS.name: ("told",),
}
_KEYS: Final = {ITEMS.name: ("path", "first"), ROWS.name: ("place",), HEADINGS.name: ()}


def _renew(connection: Connection, table: Table, number: int, since: int, rows: set[tuple[Any, ...]]) -> None:
    """Close the current rows of a table that hold no more, and add those that are new."""
    names, keys = _COLUMNS[table.name], _KEYS[table.name]
    current = and_(table.c.assessment == number, table.c.until.is_(None))
    found = {
        tuple(row) for row in connection.execute(select(*(table.c[name] for name in names)).where(current))
    }
    gone = [dict(zip(names, row, strict=True)) for row in found - rows]
    if gone:
        same = (table.c[name] == bindparam(f"was_{name}") for name in keys)
        closed = update(table).where(current, *same).values(until=since)
        connection.execute(
            closed, [{f"was_{name}": row[name] for name in keys} for row in gone] if keys else {}
        )
    new = [dict(zip(names, row, strict=True)) for row in rows - found]
    if new:
        connection.execute(insert(table), [{"assessment": number, "since": since, **row} for row in new])


def _place_of(stated: StatedItem) -> str:
    """The path of an item with the key that the form has for it."""
    path = stated.path
    return json.dumps([stated.item.key, path.file, *path.parts], ensure_ascii=False, separators=(",", ":"))


def _paths(connection: Connection, items: Iterable[StatedItem]) -> dict[str, int]:
    """The numbers of the places of *items*, new ones where they have none yet."""
    wanted = sorted({_place_of(each) for each in items})
    columns = PATHS.c.place, PATHS.c.id
    known: dict[str, int] = {}
    for _ in range(2):
        missing = [place for place in wanted if place not in known]
        for some in texts.in_batches(missing):
            found = connection.execute(select(*columns).where(PATHS.c.place.in_(some)))
            known |= dict(found.tuples().all())
        new = [{"place": place} for place in wanted if place not in known]
        if not new:
            break
        connection.execute(insert(PATHS), new)
    return known
