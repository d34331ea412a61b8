"""Reads the read models. An answer equals the fold of the events, or is None: then they are to be folded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from ledger.errors import LedgerUnusable
from ledger.form import FormItem, form_named
from ledger.item_path import ItemPath
from ledger.packing import DamagedPackingError, unpack
from ledger.recent import Recent
from ledger.resolver import Resolution
from ledger.tables import EVENTS
from projections.documents import Basis, Document, ItemVersion, StatedItem, place_of
from projections.read_models import decoding, tables, texts
from projections.read_models.heading import Heading
from projections.read_models.stating import stated
from projections.read_models.tables import (
    FOLDED,
    HEADINGS,
    ITEMS,
    LINE,
    MADE_BY,
    NEVER,
    PATHS,
    ROWS,
    STATE,
    TEXTS,
    TOLD_BY,
    line_of,
    written_place,
)
from projections.terms import Term

if TYPE_CHECKING:  # loaded with the first of them
    from projections.listing import LoggedRow, Revision, TableRow

_NONE: Final[Mapping[str, str]] = {}
Opened = Callable[[], AbstractContextManager[Connection]]
"""Gives a connection to the database of a ledger that sees one state of it (``Ledger.reading``)."""


@dataclass(frozen=True, slots=True)
class Model:
    """The model of an assessment, at the event that was the last one known of it."""

    number: int
    at: int
    heading: Heading


class Shelf:
    """The read models of a ledger."""

    def __init__(self, opened: Opened, place: str = "") -> None:
        """*opened* gives connections to the ledger at *place*, which is named where a model is damaged."""
        self._connections, self._place = opened, place
        self._there = False
        self._answered: Recent[tuple[Model, date | None], Document] = Recent(_REMEMBERED)

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        """A connection, for as long as it is needed. Raises LedgerUnusable where what is read is damaged."""
        try:
            with self._connections() as connection:
                yield connection
        except (DamagedPackingError, LookupError, TypeError, ValueError) as error:
            raise LedgerUnusable(
                "読み出し用の表が壊れています",
                where=self._place,
                remedy="kaitei rebuild で、記録から作り直してください",
            ) from error

    def document(
        self, assessment_id: UUID, day: date | None = None, known_at: datetime | None = None
    ) -> Document | None:
        """The document on *day* (None: after every change known), by 変更日, as it was known at a time."""
        with self._opened() as connection:
            model = self._model(connection, assessment_id, known_at)
            if model is None:
                return None
            asked = model, day
            if (same := self._answered.take(asked)) is None:
                found = connection.execute(_ON_A_DAY, {**_held(model), "day": (day or date.max).toordinal()})
                same = document_of(model.heading, day, _in_order(found, model.heading.form))
        self._answered.keep(asked, same)
        return same

    def versions(
        self, assessment_id: UUID, path: ItemPath, known_at: datetime | None = None
    ) -> list[ItemVersion] | None:
        """What the item at *path* says from one day to the next, the oldest first."""
        with self._opened() as connection:
            model = self._model(connection, assessment_id, known_at)
            if model is None:
                return None
            places = [written_place(item.key, path) for item in _items_at(model.heading.form, path)]
            found = connection.execute(_OF_AN_ITEM, {**_held(model), "places": places})
            return [_version(row, model.heading.form) for row in found]

    def change_table(
        self, assessment_id: UUID, as_of: date | None = None, known_at: datetime | None = None
    ) -> tuple[TableRow, ...] | None:
        """The change table, as ``projections.change_table`` gives it."""
        with self._opened() as connection:
            model = self._model(connection, assessment_id, known_at)
            if model is None:
                return None
            rows = [each.row for each in self._rows(connection, model, _TABLE)]
        from projections.listing import had_come  # noqa: PLC0415

        return tuple(row for row in rows if as_of is None or had_come(row.change, as_of))

    def log(
        self, assessment_id: UUID, item: Resolution | None = None, known_at: datetime | None = None
    ) -> tuple[Revision, ...] | None:
        """The revisions of an assessment, or those that touch an item, as ``history.log`` gives them."""
        stem = line_of(item.path.parts if item else ()).removesuffix(LINE)
        with self._opened() as connection:
            model = self._model(connection, assessment_id, known_at)
            if model is None:
                return None
            # a sign that stands for any other makes it find more, which is looked at again
            about = {"itself": f"%{LINE}{stem}{LINE}%", "below": f"%{LINE}{stem}/%"} if item else _ANY
            rows = self._rows(connection, model, _LOG, about)
        from projections.listing import revisions_of  # noqa: PLC0415

        return revisions_of(rows, model.heading.filings, item)

    @staticmethod
    def _rows(
        connection: Connection, model: Model, statement: Select[Any], about: Mapping[str, str] = _NONE
    ) -> list[LoggedRow]:
        """The rows of the log that a *statement* finds."""
        found = [
            (bytes(row.told), tuple(map(int, row.texts.split())))
            for row in connection.execute(statement, {**_held(model), **about})
        ]
        said = texts.said_by(connection, (number for _, numbers in found for number in numbers))
        form = model.heading.form
        return [_row(told, form, tuple(said[number] for number in numbers)) for told, numbers in found]

    def headings(self) -> dict[UUID, Heading] | None:
        """What lists print, of all assessments that have a model."""
        with self._opened() as connection:
            if not self._all_stand(connection):
                return None
            found = connection.execute(_HEADINGS)
            return {row.originator_id: _heading(bytes(row.told)) for row in found}

    def systems(self, day: date | None) -> Parts | None:
        """Of all documents on *day*, the items that tell of systems and their connections."""
        return self._parts(day, lambda _: [PATHS.c.place.startswith(_SYSTEMS, autoescape=True)])

    def search(self, term: Term, day: date | None) -> Parts | None:
        """Of all documents on *day*, the items in which *term* may stand: every one in which it does.

        With them all that are not known for certain, whatever stands in them.
        """

        def candidates(connection: Connection) -> list[ColumnElement[bool]]:
            having = texts.having(connection, term)
            if having is None:
                return [true()]
            return [_UNSURE, and_(not_(_UNSURE), ITEMS.c.text.in_(having))]

        return self._parts(day, candidates)

    def _parts(
        self, day: date | None, conditions: Callable[[Connection], list[ColumnElement[bool]]]
    ) -> Parts | None:
        """The documents of all assessments that have a model, with those of their items that are wanted.

        An item is wanted that meets one of the *conditions*, of which no two are met by one: each is asked by
        itself, so that its index is used.
        """
        asked = (day or date.max).toordinal()
        with self._opened() as connection:
            if not self._all_stand(connection):
                return None
            headings = {row.id: row for row in connection.execute(_HEADINGS)}
            current = _ITEMS.add_columns(ITEMS.c.assessment).where(ITEMS.c.until.is_(None), *_HOLDING)
            items: dict[int, list[Row[Any]]] = {number: [] for number in headings}
            for condition in conditions(connection):
                for row in connection.execute(current.where(condition), {"day": asked}):
                    items[row.assessment].append(row)
        found = {}
        for number, rows in items.items():
            heading = _heading(bytes(headings[number].told))
            document = document_of(heading, day, _in_order(rows, heading.form))
            found[headings[number].originator_id] = document
        return found

    def _all_stand(self, connection: Connection) -> bool:
        """Whether every event of the ledger is in the models."""
        if not self._has_tables(connection):
            return False
        until, last = connection.execute(_STATE).one()
        return bool(until == (last or 0))

    def _model(
        self, connection: Connection, assessment_id: UUID, known_at: datetime | None = None
    ) -> Model | None:
        """The model of an assessment; None where none holds all of its events, or none was known then."""
        if not self._has_tables(connection):
            return None
        until = known_at.astimezone(UTC).isoformat(timespec="microseconds") if known_at else _AT_THE_END
        found = connection.execute(
            _MODEL, {"stream": assessment_id, "until": until, "made_by": MADE_BY}
        ).first()
        if found is None or found.at is None:
            return None
        told = connection.execute(_HEADING, {"number": found.id, "at": found.at}).scalar_one()
        return Model(found.id, found.at, _heading(bytes(told)))

    def _has_tables(self, connection: Connection) -> bool:
        self._there = self._there or tables.there(connection)
        return self._there


Parts = dict[UUID, Document]
"""Documents by their assessments, with some of their items."""

_REMEMBERED: Final = 64  # documents that were asked for last
_SYSTEMS: Final = '["I.2.'
"""How the places of Ⅰ２ begin."""
_AT_THE_END: Final = "9"
"""A time after all others, as they are written down."""

_ALL: Final = EVENTS.alias("every")
_MODEL: Final = (
    select(
        FOLDED.c.id,
        # Not the greatest sequence: PostgreSQL would go through all events from the last one backwards.
        select(EVENTS.c.sequence)
        .where(EVENTS.c.originator_id == bindparam("stream"), EVENTS.c.recorded_at <= bindparam("until"))
        .order_by(EVENTS.c.originator_version.desc())
        .limit(1)
        .scalar_subquery()
        .label("at"),
    )
    .where(FOLDED.c.originator_id == bindparam("stream"), FOLDED.c.made_by == bindparam("made_by"))
    .where(
        FOLDED.c.version
        == select(func.max(_ALL.c.originator_version))
        .where(_ALL.c.originator_id == bindparam("stream"))
        .scalar_subquery()
    )
)


def _at(table: Any) -> tuple[Any, ...]:  # noqa: ANN401  # a table of the read models
    """What an assessment had at an event."""
    return (
        table.c.assessment == bindparam("number"),
        table.c.since <= bindparam("at"),
        or_(table.c.until.is_(None), table.c.until > bindparam("at")),
    )


_HEADING: Final = TOLD_BY[HEADINGS.name].where(*_at(HEADINGS))
_HEADINGS: Final = (
    select(FOLDED.c.id, FOLDED.c.originator_id, TEXTS.c.packed.label("told"))
    .join(HEADINGS, HEADINGS.c.assessment == FOLDED.c.id)
    .join(TEXTS, TEXTS.c.id == HEADINGS.c.told)
    .where(HEADINGS.c.until.is_(None), FOLDED.c.made_by == MADE_BY)
)
_STATE: Final = select(STATE.c.until, select(func.max(EVENTS.c.sequence)).scalar_subquery())
_ROWS: Final = TOLD_BY[ROWS.name].where(*_at(ROWS)).order_by(ROWS.c.place)
_TABLE: Final = _ROWS.where(ROWS.c.listed == 1)
_ABOUT: Final = ROWS.c["items"]
_LOG: Final = _ROWS.where(or_(_ABOUT.like(bindparam("itself")), _ABOUT.like(bindparam("below"))))
_ANY: Final = {"itself": "%", "below": "%"}
_ITEMS: Final = TOLD_BY[ITEMS.name]
# Written out: a database uses the index of what is unsure only where it sees that it is asked for that.
_UNSURE: Final = ITEMS.c.unsure == literal_column("1")
_HOLDING: Final = ITEMS.c.first <= bindparam("day"), ITEMS.c.end > bindparam("day")
_ON_A_DAY: Final = _ITEMS.where(*_at(ITEMS), *_HOLDING)
_OF_AN_ITEM: Final = _ITEMS.where(
    *_at(ITEMS), PATHS.c.place.in_(bindparam("places", expanding=True))
).order_by(ITEMS.c.first)


def _held(model: Model) -> dict[str, int]:
    return {"number": model.number, "at": model.at}


@lru_cache(maxsize=512)
def _heading(told: bytes) -> Heading:
    return Heading.decoded(unpack(told))


def document_of(heading: Heading, day: date | None, items: tuple[StatedItem, ...]) -> Document:
    """A document by 変更日 of its heading and its items."""
    published = heading.published_on(day or date.max)
    return Document(heading.title, heading.form, heading.end, day, Basis.CHANGE, published, items)


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where an item stands."""

    item: FormItem
    key: str
    path: ItemPath


@lru_cache(maxsize=16384)
def _place(written: str, form: str) -> _Place:
    key, file, *parts = json.loads(written)
    path, of = ItemPath(tuple(parts), file), form_named(form)
    return _Place(of[key], of[key].key_at(path.group), path)


def _in_order(rows: Iterable[Row[Any]], form: str) -> tuple[StatedItem, ...]:
    """The items of a document in the order of the form."""
    of, found = form_named(form), [(_place(row.place, form), row) for row in rows]
    found.sort(key=lambda pair: place_of(of, pair[0].key, pair[1].file_no))
    return tuple(_stated(place, row) for place, row in found)


def _stated(place: _Place, row: Row[Any]) -> StatedItem:
    return _item(place, bytes(row.words), bytes(row.told))


# Most of a document is the same from one day to the next, and from one question to the next.
@lru_cache(maxsize=8192)
def _item(place: _Place, words: bytes, told: bytes) -> StatedItem:
    return stated(place.item, place.key, place.path, unpack(words), told)


@lru_cache(maxsize=4096)
def _row(told: bytes, form: str, texts_: tuple[str, ...]) -> LoggedRow:
    row: LoggedRow = decoding.decoded(unpack(told), form_named(form), texts_)
    return row


def _version(row: Row[Any], form: str) -> ItemVersion:
    until = None if row.end == NEVER else date.fromordinal(row.end)
    return ItemVersion(date.fromordinal(row.first), until, row.file_no, _stated(_place(row.place, form), row))


def _items_at(form: str, path: ItemPath) -> Iterator[FormItem]:
    located = form_named(form).locate(path)
    if located is not None:
        yield located[0]
