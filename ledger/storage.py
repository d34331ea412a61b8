"""The event store: Ledger, what the rest of the program sees of it. ``ledger.recorder`` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Final, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper
from eventsourcing.utils import Environment, EnvType
from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from ledger.assessment import Assessment
from ledger.columns import of_content, of_event
from ledger.database import LedgerDatastore, open_datastore, writable
from ledger.defaults import DEFAULT_URL
from ledger.errors import InvalidChange, LedgerUnusable
from ledger.events import AnyEvent, Entry, TextWithheld
from ledger.following import Follower
from ledger.reading import LedgerReader
from ledger.recent import Recent
from ledger.recorder import Clock, LedgerRecorder, Source, utc_now
from ledger.serialising import CanonicalTranscoder, LedgerMapper
from ledger.stored import PackedSource, StoredRow
from ledger.tables import CONTENTS, EVENTS, SOURCES
from ledger.withholding import Withholding

_REMEMBERED: Final = 4  # assessments of which something was stored last


class _Application(Application[UUID]):
    """The application of the library, put together by hand: no variable of the environment reaches it."""

    name = "kaitei"

    def __init__(self, mapper: LedgerMapper, recorder: LedgerRecorder) -> None:
        self._parts = mapper, recorder
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        return Environment(name, env)

    def construct_mapper(self) -> Mapper[UUID]:
        return self._parts[0]

    def construct_recorder(self) -> LedgerRecorder:
        return self._parts[1]


class Ledger(LedgerReader):
    """A ledger that can be written to. Get one from ``open_ledger``; close it after use.

    Every method raises LedgerUnusable as those of LedgerReader do.
    """

    def __init__(self, datastore: LedgerDatastore, clock: Clock, follower: Follower | None = None) -> None:
        super().__init__(datastore.database)
        self._datastore = datastore
        self._follower = follower
        self._recorder = LedgerRecorder(datastore, clock, self._follow if follower else None)
        self._application = _Application(LedgerMapper(CanonicalTranscoder()), self._recorder)
        self._remembered: Recent[UUID, tuple[str, list[Entry]]] = Recent(_REMEMBERED)

    def close(self) -> None:
        """Let the database go."""
        self._application.close()
        super().close()

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with writable(self.place), self._recorder.transaction(commit=False) as session:
            yield session.connection()

    @contextmanager
    def following(self) -> Iterator[Connection]:
        """A connection to write what follows from the events, while nobody records; all of it or nothing."""
        with writable(self.place), self._recorder.transaction(commit=True) as session:
            self._recorder.lock(session)
            yield session.connection()

    def _follow(self, session: Session, stored: Sequence[StoredRow]) -> None:
        """Let the follower take in what was just *stored*, all of one assessment."""
        assessment_id = UUID(stored[0].stream)
        entries = self._as_remembered(session, stored)
        if entries is None:
            entries = self._whole(self._rows_in(session, assessment_id), assessment_id)
        self._remembered.keep(assessment_id, (stored[-1].payload_hash, entries))
        if self._follower is not None:
            self._follower.follow(session.connection(), assessment_id, entries, len(stored))

    def _as_remembered(self, session: Session, stored: Sequence[StoredRow]) -> list[Entry] | None:
        """All events of an assessment, *stored* ones last, if those before are what was stored here last.

        That may have been taken back with its transaction, or somebody else was here since: the hash tells.
        What is withheld changes what was said before.
        """
        assessment_id, first = UUID(stored[0].stream), stored[0].version
        was, before = self._remembered.take(assessment_id) or ("", [])
        entries = list(map(self._entry, stored))
        if any(isinstance(entry.event, TextWithheld) for entry in entries) or len(before) != first - 1:
            return None
        stream, version = EVENTS.c.originator_id == assessment_id, EVENTS.c.originator_version == first - 1
        rows = self._batch(session.connection(), (stream, version), 0, limit=1) if before else []
        return [*before, *entries] if [row.payload_hash for row in rows] == [was] * len(rows) else None

    def get(self, assessment_id: UUID) -> Assessment:
        """The assessment, ready for a command. Raises UnknownAssessment."""
        was, entries = self._remembered.take(assessment_id) or ("", [])
        if not self._ends_in(was, entries):
            rows = list(self._rows(EVENTS.c.originator_id == assessment_id))
            was, entries = rows[-1].payload_hash if rows else "", self._whole(rows, assessment_id)
        self._remembered.keep(assessment_id, (was, entries))
        return rebuilt(entries)

    def _ends_in(self, last: str, entries: Sequence[Entry]) -> bool:
        """Whether all events of an assessment are *entries*, the *last* of them with this hash."""
        if not entries:
            return False
        stream = EVENTS.c.originator_id == entries[0].event.originator_id
        with self._asking() as connection:
            rows = self._batch(connection, (stream,), entries[-1].sequence - 1, limit=2)
        return [row.payload_hash for row in rows] == [last]

    def save(
        self,
        assessment: Assessment,
        *,
        by: str,
        source: Source | None = None,
        withholding: Withholding | None = None,
    ) -> list[Entry]:
        """Record what the commands of *assessment* decided, keep *source*, erase what *withholding* says.

        All of it or nothing. Gives the new entries as stored; without new events nothing is stored, *source*
        included. Raises ConcurrentChange where somebody else was first: get the assessment again, and repeat
        the command; InvalidChange where *by* is blank.
        """
        ask_who(by, self.place)
        if not assessment.pending_events:
            return []
        written: list[StoredRow] = []
        with writable(self.place):
            self._application.save(assessment, by=by, source=source, withholding=withholding, written=written)
        last, entries = self._remembered.get(assessment.id) or ("", [])
        if last == written[-1].payload_hash:  # followed: decoded already
            return entries[-len(written) :]
        return list(map(self._entry, written))

    def clear_away(self) -> bool:
        """Leave no trace in the database file of what was erased; whether that could be done."""
        with writable(self.place):
            return self._datastore.clear_away()

    def fill(self, parts: Iterable[StoredRow | PackedSource]) -> None:
        """Store *parts* of another ledger as they are, or none. Raises LedgerUnusable unless this is new."""
        with writable(self.place), self._recorder.transaction(commit=True) as session:
            if session.execute(select(EVENTS.c.sequence).limit(1)).first() is not None:
                raise LedgerUnusable(
                    "すでに記録のある台帳です",
                    where=self.place,
                    remedy="--db に新しい台帳の名前を指定してください",
                )
            for part in parts:
                match part:
                    case PackedSource():
                        of_source = {**asdict(part), "originator_id": UUID(part.originator_id)}
                        session.execute(insert(SOURCES).values(**of_source))
                    case StoredRow():
                        session.execute(insert(EVENTS).values(**of_event(part)))
                        if part.content is not None:
                            session.execute(insert(CONTENTS).values(**of_content(part)))

    def _rows_in(self, session: Session, assessment_id: UUID) -> list[StoredRow]:
        """All rows of an assessment as one transaction sees them."""
        return self._batch(session.connection(), (EVENTS.c.originator_id == assessment_id,), 0, limit=None)


def open_ledger(
    url: str = DEFAULT_URL, *, create: bool = False, clock: Clock = utc_now, follower: Follower | None = None
) -> Ledger:
    """The ledger at *url* (SQLAlchemy's notation). Only with *create* is a new one made.

    Raises LedgerMissing where there is none, LedgerUnusable where there is something else. *clock*
    gives the recorded time, aware of its zone; it is never asked to go back. *follower* keeps what follows
    from what is recorded.
    """
    prepare = follower.prepare if follower else None
    return Ledger(open_datastore(url, create=create, prepare=prepare), clock, follower)


def rebuilt(entries: Iterable[Entry]) -> Assessment:
    """The assessment as all *entries* of its stream make it, the first included; ready for a command."""
    assessment: Assessment | None = None
    for entry in entries:
        assessment = entry.event.mutate(assessment)
    return cast("Assessment", assessment)  # a stream begins with its registration


def as_if_recorded(entries: Sequence[Entry], assessment: Assessment) -> list[Entry]:
    """All *entries* of an assessment, then what its commands have decided, as if that were stored."""
    decided, last = cast("Sequence[AnyEvent]", assessment.pending_events), entries[-1]
    more = (replace(last, event=event, sequence=last.sequence + n) for n, event in enumerate(decided, 1))
    return [*entries, *more]


def ask_who(by: str, place: str) -> None:
    """Nobody records without a name. Raises InvalidChange where *by* is blank."""
    if not by.strip():
        raise InvalidChange("記録する人の名前がありません", where=place, remedy="--by で指定してください")
