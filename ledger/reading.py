"""Reads a ledger: LedgerReader, what only asks sees of it. ``ledger.storage`` writes.

Nothing here needs what makes events; it is loaded where one is decoded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select, text

from ledger.columns import as_kept, decoded, packed_source, sound, sources_as_kept, stored_row
from ledger.connecting import Database, open_database, usable
from ledger.content import Content
from ledger.defaults import DEFAULT_URL
from ledger.errors import LedgerUnusable, UnknownAssessment, UnreadableSource
from ledger.identity import Identity, PrintedIdentity
from ledger.refs import Exact, find_by_ref
from ledger.registration import IDENTIFIED, REGISTERED, Identification, Registration
from ledger.stored import PackedSource, StoredRow, refuse_newer, unpacked
from ledger.tables import CONTENTS, EVENTS, SOURCES

if TYPE_CHECKING:  # what makes events is loaded when there is one
    from ledger.events import AnyEvent, Entry

_uuid = lru_cache(UUID)
_LAST: Final = select(func.max(EVENTS.c.sequence))
_BATCH: Final = 1000  # rows read at a time; no transaction stays open while a caller thinks


class LedgerReader:
    """All assessments and everything recorded of them. Get one from ``open_to_read``; close it after use.

    Every method raises LedgerUnusable where the database cannot be used, or holds what this
    program cannot read (a newer format, a damaged row).
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._engine = database.engine
        self.place: Final = database.place
        self._identities: dict[UUID, Identity] = {}
        self._exact: Final = Exact()
        self._named: dict[str, Identity] = {}  # what was asked for by these names since
        self._looked_until = 0  # the last event of the ledger when it was looked for assessments
        self._identified_until = 0  # the sequence of the last event that _identities has taken up

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database, for as long as it is needed."""
        with usable(self.place), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """A connection for what one statement asks."""
        with usable(self.place), self._engine.connect() as connection:
            yield connection

    def entries(self, assessment_id: UUID) -> list[Entry]:
        """Everything recorded of one assessment, by sequence. Raises UnknownAssessment."""
        return self._whole(self._rows(EVENTS.c.originator_id == assessment_id), assessment_id)

    def _whole(self, rows: Iterable[StoredRow], assessment_id: UUID) -> list[Entry]:
        """The events in all *rows* of an assessment. Raises UnknownAssessment, LedgerUnusable."""
        entries = list(map(self._entry, rows))
        if not entries:
            raise UnknownAssessment(
                "台帳にない評価書です", where=str(assessment_id), remedy="kaitei list で確認してください"
            )
        for version, entry in enumerate(entries, 1):
            if entry.event.originator_version != version:
                raise self._damaged(entry.event_id, "前の記録がありません")
        return entries

    def all_entries(self, kinds: Collection[type[AnyEvent]] = (), *, after: int = 0) -> Iterator[Entry]:
        """Everything recorded after the sequence *after*, of the given *kinds* (or all), by sequence."""
        conditions = [EVENTS.c.topic.in_([kind.TOPIC for kind in kinds])] if kinds else []
        return self._entries(*conditions, after=after)

    def rows(self, name: str = "") -> Iterator[StoredRow]:
        """All rows as stored, or those of events of a *name*, to check them: nothing is decoded or refused.

        What should be a number and is none is given as -1. Newer formats are refused all the same.
        """
        with self._asking() as connection:
            contents = self._database.holds_contents
            statement = as_kept(self._engine.dialect.name, contents=contents, named=bool(name))
            streaming = connection.execution_options(yield_per=_BATCH)
            for row in streaming.execute(statement, {"name": name} if name else {}):
                found = stored_row(row)
                refuse_newer(found.format, found.sequence, self.place)
                yield found

    def stray_contents(self) -> list[int]:
        """The sequences of contents that are those of no event."""
        if not self._database.holds_contents:
            return []
        # PostgreSQL looks through all of a list for each of its rows once that is too long for its memory.
        of_event = select(EVENTS.c.sequence).where(EVENTS.c.sequence == CONTENTS.c.sequence)
        statement = select(CONTENTS.c.sequence).where(~of_event.exists())
        with self._asking() as connection:
            return list(connection.execute(statement).scalars())

    def stored(self, assessment_id: UUID) -> list[StoredRow]:
        """Everything recorded of one assessment as stored, by sequence; nothing where there is none."""
        return list(self._rows(EVENTS.c.originator_id == assessment_id))

    def assessments(self) -> list[Identity]:
        """All assessments, in the order in which they were registered."""
        with self._asking() as connection:
            last = connection.execute(_LAST).scalar() or 0
        if last == self._looked_until:
            return list(self._identities.values())
        self._named.clear()
        named = EVENTS.c.topic.in_([REGISTERED, IDENTIFIED])
        for row in self._rows(named, after=self._identified_until):
            told = self._registered(row)
            key = _uuid(row.stream)
            known = self._identities.get(key)
            match told:
                case Registration():
                    self._identities[key] = Identity(key, told.form, (_printed(told, told.form),))
                case Identification() if known is not None:
                    printed = (*known.printed, _printed(told, known.form))
                    self._identities[key] = replace(known, printed=printed)
                case Identification():
                    raise self._damaged(f"e{row.sequence}", "登録の記録がありません")
            self._exact.take(self._identities[key])
            self._identified_until = row.sequence
        self._looked_until = last
        return list(self._identities.values())

    def _registered(self, row: StoredRow) -> Registration | Identification:
        """What an event says of the identity of its assessment."""
        told = self._told(row)
        kind = Registration if row.name == REGISTERED else Identification
        try:
            datetime.fromisoformat(row.recorded_at)  # as much as of any other event
            _uuid(row.stream)
            return kind.read(told.payload)
        except ValueError as error:
            raise self._damaged(f"e{row.sequence}", error) from error

    def find(self, ref: str) -> Identity:
        """The assessment that *ref* names. Raises UnknownAssessment on none or several."""
        every = self.assessments()
        if ref not in self._named:
            self._named[ref] = self._exact.find(ref) or find_by_ref(ref, every)
        return self._named[ref]

    def holder(self, sha256: str) -> UUID | None:
        """The id of the assessment that a source belongs to; None where it was never taken in."""
        found = self._source(SOURCES.c.originator_id, sha256)
        return found if isinstance(found, UUID) else None

    def source(self, sha256: str) -> bytes:
        """The bytes taken in. Raises UnreadableSource where there are none by that name."""
        content = self._source(SOURCES.c.content, sha256)
        if content is None:
            raise UnreadableSource(
                "この原本は台帳にありません", where=sha256, remedy="sha256 を確認してください"
            )
        if content == b"":
            raise UnreadableSource(
                "非公開にした語があるため、この原本の内容は消してあります",
                where=sha256,
                remedy="理由は kaitei source --list で確かめてください",
            )
        data = unpacked(content)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise self._damaged(f"原本 {sha256}", "内容が変わっています")
        return data

    def packed_sources(self) -> Iterator[PackedSource]:
        """Every source as it is kept, one at a time."""
        statement = sources_as_kept(self._engine.dialect.name)
        with self._asking() as connection:
            for row in connection.execution_options(yield_per=1).execute(statement):
                yield packed_source(row)

    def file_damage(self) -> str:
        """What SQLite finds wrong with its own file, be it only an index; blank where nothing.

        PostgreSQL has checksums of its pages instead, and gives none out that does not fit.
        """
        if self._engine.dialect.name != "sqlite":
            return ""
        with self._asking() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
        return "" if found == "ok" else " ".join(str(found).split())

    def _source(self, column: ColumnElement[Any], sha256: str) -> Any:  # noqa: ANN401  # as the column
        statement = select(column).where(SOURCES.c.sha256 == sha256)
        with self._asking() as connection:
            try:
                return connection.execute(statement).scalar_one_or_none()
            except ValueError as error:  # an id that is none
                raise self._damaged(f"原本 {sha256}", error) from error

    def _batch(
        self,
        connection: Connection,
        conditions: Iterable[ColumnElement[bool]],
        after: int,
        *,
        limit: int | None,
    ) -> list[StoredRow]:
        statement = decoded(contents=self._database.holds_contents_in(connection)).where(*conditions)
        statement = statement.where(EVENTS.c.sequence > after).order_by(EVENTS.c.sequence).limit(limit)
        try:
            return [sound(stored_row(row)) for row in connection.execute(statement)]
        except ValueError as error:  # a number or an id that is none
            raise self._damaged(f"e{after} の後の記録", error) from error

    def _rows(self, *conditions: ColumnElement[bool], after: int = 0) -> Iterator[StoredRow]:
        while True:
            with self._asking() as connection:
                batch = self._batch(connection, conditions, after, limit=_BATCH)
            yield from batch
            if len(batch) < _BATCH:
                return
            after = batch[-1].sequence

    def _entries(self, *conditions: ColumnElement[bool], after: int = 0) -> Iterator[Entry]:
        return map(self._entry, self._rows(*conditions, after=after))

    def _told(self, row: StoredRow) -> Content:
        """What an event says, undecoded."""
        refuse_newer(row.format, row.sequence, self.place)
        told = row.told
        if told is None:
            why = "記録の内容が壊れています" if row.content else "記録の内容がありません"
            raise self._damaged(f"e{row.sequence}", why)
        return told

    def _entry(self, row: StoredRow) -> Entry:
        from ledger.decoding import entry_of  # noqa: PLC0415  (loads what makes events)

        told = self._told(row)
        try:
            return entry_of(row, told)
        except ValueError as error:
            raise self._damaged(f"e{row.sequence}", error) from error

    def _damaged(self, what: str, why: object) -> LedgerUnusable:
        return LedgerUnusable(
            f"{what} を読めません({why})", where=self.place, remedy="控えの台帳と比べてください"
        )


def open_to_read(url: str = DEFAULT_URL) -> LedgerReader:
    """The ledger at *url* (SQLAlchemy's notation), to be read.

    Raises LedgerMissing where there is none, LedgerUnusable where there is something else.
    """
    return LedgerReader(open_database(url))


def _printed(told: Registration | Identification, form: str) -> PrintedIdentity:
    return PrintedIdentity(told.body, told.number, told.title, form)
