"""The event store: Ledger, what the rest of the program sees of it. ``ledger.recorder`` writes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Self, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from eventsourcing.utils import Environment, EnvType
from sqlalchemy import ColumnElement, Connection, insert, select, text
from sqlalchemy.orm import Session

from ledger.assessment import Assessment
from ledger.columns import (
    as_kept,
    decoded,
    of_content,
    of_event,
    packed_source,
    sound,
    sources_as_kept,
    stored_row,
)
from ledger.database import (
    CONTENTS,
    EVENTS,
    SOURCES,
    LedgerDatastore,
    open_datastore,
    usable,
)
from ledger.defaults import DEFAULT_URL
from ledger.errors import InvalidChange, LedgerUnusable, UnknownAssessment, UnreadableSource
from ledger.events import (
    AnyEvent,
    AssessmentIdentified,
    AssessmentRegistered,
    Entry,
    TextWithheld,
)
from ledger.following import Follower
from ledger.identity import Identity, PrintedIdentity
from ledger.recorder import Clock, LedgerRecorder, Source, utc_now
from ledger.refs import find_by_ref
from ledger.serialising import CanonicalTranscoder, LedgerMapper
from ledger.stored import PackedSource, StoredRow, refuse_newer, unpacked
from ledger.withholding import Withholding

_uuid = lru_cache(UUID)
_REMEMBERED: Final = 8  # assessments of which something was stored last
_BATCH: Final = 1000  # rows read at a time; no transaction stays open while a caller thinks


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


class Ledger:
    """All assessments and everything recorded of them. Get one from ``open_ledger``; close it after use.

    Every method raises LedgerUnusable where the database cannot be used, or holds what this
    program cannot read (a newer format, a damaged row).
    """

    def __init__(self, datastore: LedgerDatastore, clock: Clock, follower: Follower | None = None) -> None:
        self._datastore = datastore
        self._follower = follower
        self._engine = datastore.engine
        self._mapper = LedgerMapper(CanonicalTranscoder())
        self._recorder = LedgerRecorder(datastore, clock, self._follow if follower else None)
        self.place: Final = self._recorder.place
        self._application = _Application(self._mapper, self._recorder)
        self._identities: dict[UUID, Identity] = {}
        self._remembered: OrderedDict[UUID, tuple[str, list[Entry]]] = OrderedDict()
        self._identified_until = 0  # the sequence of the last event that _identities has taken up

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._application.close()
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database, for as long as it is needed."""
        with usable(self.place), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def following(self) -> Iterator[Connection]:
        """A connection to write what follows from the events, while nobody records; all of it or nothing."""
        with usable(self.place), self._recorder.transaction(commit=True) as session:
            self._recorder.lock(session)
            yield session.connection()

    def _follow(self, session: Session, stored: Sequence[StoredRow]) -> None:
        """Let the follower take in what was just *stored*, all of one assessment."""
        assessment_id = UUID(stored[0].stream)
        entries = self._as_remembered(session, stored)
        if entries is None:
            entries = self._whole(self._rows_in(session, assessment_id), assessment_id)
        self._remembered[assessment_id] = stored[-1].payload_hash, entries
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        if self._follower is not None:
            self._follower.follow(session.connection(), assessment_id, entries, len(stored))

    def _as_remembered(self, session: Session, stored: Sequence[StoredRow]) -> list[Entry] | None:
        """All events of an assessment, *stored* ones last, if those before are what was stored here last.

        That may have been taken back with its transaction, or somebody else was here since: the hash tells.
        What is withheld changes what was said before.
        """
        assessment_id, first = UUID(stored[0].stream), stored[0].version
        was, before = self._remembered.pop(assessment_id, ("", []))
        entries = list(map(self._entry, stored))
        if any(isinstance(entry.event, TextWithheld) for entry in entries) or len(before) != first - 1:
            return None
        stream, version = EVENTS.c.originator_id == assessment_id, EVENTS.c.originator_version == first - 1
        rows = self._batch(session, (stream, version), 0, limit=1) if before else []
        return [*before, *entries] if [row.payload_hash for row in rows] == [was] * len(rows) else None

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

    def rows(self) -> Iterator[StoredRow]:
        """All rows as stored, for the check of their integrity: nothing is decoded or refused.

        What should be a number and is none is given as -1. Newer formats are refused all the same.
        """
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            contents = self._datastore.holds_contents
            statement = as_kept(self._engine.dialect.name, contents=contents)
            for row in session.execute(statement).yield_per(_BATCH):
                found = stored_row(row)
                refuse_newer(found.format, found.sequence, self.place)
                yield found

    def stray_contents(self) -> list[int]:
        """The sequences of contents that are those of no event."""
        if not self._datastore.holds_contents:
            return []
        of_events = select(EVENTS.c.sequence)
        statement = select(CONTENTS.c.sequence).where(CONTENTS.c.sequence.not_in(of_events))
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            return list(session.execute(statement).scalars())

    def stored(self, assessment_id: UUID) -> list[StoredRow]:
        """Everything recorded of one assessment as stored, by sequence; nothing where there is none."""
        return list(self._rows(EVENTS.c.originator_id == assessment_id))

    def assessments(self) -> list[Identity]:
        """All assessments, in the order in which they were registered."""
        kinds = (AssessmentRegistered, AssessmentIdentified)
        for entry in self.all_entries(kinds, after=self._identified_until):
            match entry.event:
                case AssessmentRegistered(originator_id=key) as event:
                    self._identities[key] = Identity(key, event.form, (_printed(event, event.form),))
                case AssessmentIdentified(originator_id=key) as event:
                    known = self._identities.get(key)
                    if known is None:
                        raise self._damaged(entry.event_id, "登録の記録がありません")
                    printed = _printed(event, known.form)
                    self._identities[key] = replace(known, printed=(*known.printed, printed))
            self._identified_until = entry.sequence
        return list(self._identities.values())

    def find(self, ref: str) -> Identity:
        """The assessment that *ref* names. Raises UnknownAssessment on none or several."""
        return find_by_ref(ref, self.assessments())

    def get(self, assessment_id: UUID) -> Assessment:
        """The assessment, ready for a command. Raises UnknownAssessment."""
        return rebuilt(self.entries(assessment_id))

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
        with usable(self.place):
            self._application.save(assessment, by=by, source=source, withholding=withholding, written=written)
        return [self._entry(row) for row in written]

    def clear_away(self) -> bool:
        """Leave no trace in the database file of what was erased; whether that could be done."""
        with usable(self.place):
            return self._datastore.clear_away()

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
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            for row in session.execute(statement).yield_per(1):
                yield packed_source(row)

    def file_damage(self) -> str:
        """What SQLite finds wrong with its own file, be it only an index; blank where nothing.

        PostgreSQL has checksums of its pages instead, and gives none out that does not fit.
        """
        if self._engine.dialect.name != "sqlite":
            return ""
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            found = session.execute(text("PRAGMA integrity_check(1)")).scalar_one()
        return "" if found == "ok" else " ".join(str(found).split())

    def fill(self, parts: Iterable[StoredRow | PackedSource]) -> None:
        """Store *parts* of another ledger as they are, or none. Raises LedgerUnusable unless this is new."""
        with usable(self.place), self._recorder.transaction(commit=True) as session:
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

    def _source(self, column: ColumnElement[Any], sha256: str) -> Any:  # noqa: ANN401  # as the column
        statement = select(column).where(SOURCES.c.sha256 == sha256)
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            try:
                return session.execute(statement).scalar_one_or_none()
            except ValueError as error:  # an id that is none
                raise self._damaged(f"原本 {sha256}", error) from error

    def _rows_in(self, session: Session, assessment_id: UUID) -> list[StoredRow]:
        """All rows of an assessment as one transaction sees them."""
        return self._batch(session, (EVENTS.c.originator_id == assessment_id,), 0, limit=None)

    def _batch(
        self, session: Session, conditions: Iterable[ColumnElement[bool]], after: int, *, limit: int | None
    ) -> list[StoredRow]:
        statement = decoded(contents=self._datastore.holds_contents_in(session)).where(*conditions)
        statement = statement.where(EVENTS.c.sequence > after).order_by(EVENTS.c.sequence).limit(limit)
        try:
            return [sound(stored_row(row)) for row in session.execute(statement)]
        except ValueError as error:  # a number or an id that is none
            raise self._damaged(f"e{after} の後の記録", error) from error

    def _rows(self, *conditions: ColumnElement[bool], after: int = 0) -> Iterator[StoredRow]:
        while True:
            with usable(self.place), self._recorder.transaction(commit=False) as session:
                batch = self._batch(session, conditions, after, limit=_BATCH)
            yield from batch
            if len(batch) < _BATCH:
                return
            after = batch[-1].sequence

    def _entries(self, *conditions: ColumnElement[bool], after: int = 0) -> Iterator[Entry]:
        return map(self._entry, self._rows(*conditions, after=after))

    def _entry(self, row: StoredRow) -> Entry:
        refuse_newer(row.format, row.sequence, self.place)
        told = row.told
        if told is None:
            why = "記録の内容が壊れています" if row.content else "記録の内容がありません"
            raise self._damaged(f"e{row.sequence}", why)
        try:
            recorded_at = datetime.fromisoformat(row.recorded_at)
            event = self._mapper.to_domain_event(
                StoredEvent(_uuid(row.stream), row.version, row.name, told.payload.encode())
            )
        except (ValueError, MapperDeserialisationError) as error:
            raise self._damaged(f"e{row.sequence}", error) from error
        return Entry(event, row.sequence, recorded_at, told.by)

    def _damaged(self, what: str, why: object) -> LedgerUnusable:
        return LedgerUnusable(
            f"{what} を読めません({why})", where=self.place, remedy="控えの台帳と比べてください"
        )


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


def ask_who(by: str, place: str) -> None:
    """Nobody records without a name. Raises InvalidChange where *by* is blank."""
    if not by.strip():
        raise InvalidChange("記録する人の名前がありません", where=place, remedy="--by で指定してください")


def _printed(event: AssessmentRegistered | AssessmentIdentified, form: str) -> PrintedIdentity:
    return PrintedIdentity(event.body, event.number, event.title, form)
