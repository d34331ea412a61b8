"""The event store: Ledger, what the rest of the program sees of it, and the recorder below.

Every stored event gets here, in the transaction that stores it, its gap-free sequence, its recorded time
(never earlier than the last), who, the format, and the hash of its canonical payload.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final, Self, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from eventsourcing.utils import Environment, EnvType
from eventsourcing_sqlalchemy.recorders import SQLAlchemyApplicationRecorder
from sqlalchemy import ColumnElement, Row, String, func, insert, select, text
from sqlalchemy.orm import Session

from ledger.assessment import Assessment
from ledger.database import (
    APPEND_LOCK,
    EVENT_RECORD,
    EVENTS,
    EVENTS_TABLE,
    SOURCES,
    LedgerDatastore,
    open_datastore,
    place_of,
    usable,
)
from ledger.defaults import DEFAULT_URL
from ledger.errors import InvalidChange, LedgerUnusable, UnknownAssessment, UnreadableSource
from ledger.events import FORMAT, AnyEvent, AssessmentIdentified, AssessmentRegistered, Entry
from ledger.identity import Identity, PrintedIdentity
from ledger.integrity import PackedSource, StoredRow, unpacked
from ledger.refs import find_by_ref
from ledger.serialising import CanonicalTranscoder, LedgerMapper

Clock = Callable[[], datetime]

_NO_NUMBER: Final = -1
_BATCH: Final = 1000  # rows read at a time; no transaction stays open while a caller thinks


def utc_now() -> datetime:
    """The clock of a ledger, unless another is given."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Source:
    """The bytes of a published document, and the name its file had."""

    data: bytes
    file_name: str

    @cached_property
    def sha256(self) -> str:
        """The name under which the ledger keeps the bytes (hex)."""
        return hashlib.sha256(self.data).hexdigest()


class LedgerRecorder(SQLAlchemyApplicationRecorder):
    """The recorder of the library; it adds what only the store can know of an event."""

    def __init__(self, datastore: LedgerDatastore, clock: Clock) -> None:
        super().__init__(datastore, events_table_name=EVENTS_TABLE)
        self.place: Final = place_of(datastore.engine.url)
        self._clock = clock

    def _insert_stored_events(
        self,
        session: Session,
        stored_events: Sequence[StoredEvent],
        *,
        by: str = "",
        source: Source | None = None,
        **_: Any,  # noqa: ANN401  # the library hands on a tracking that we do not use
    ) -> Sequence[int]:
        self._lock_table(session)
        columns = EVENTS.c.sequence, EVENTS.c.recorded_at, EVENTS.c.format
        newest = session.execute(select(*columns).order_by(EVENTS.c.sequence.desc()).limit(1)).one_or_none()
        last, not_before, written = newest or (0, "", FORMAT)
        _refuse_newer(written, last, self.place)
        recorded_at = max(not_before, self._clock().astimezone(UTC).isoformat(timespec="microseconds"))
        if source is not None:
            session.execute(
                insert(SOURCES).values(
                    sha256=source.sha256,
                    originator_id=stored_events[0].originator_id,
                    file_name=source.file_name,
                    content=zlib.compress(source.data),
                )
            )
        records = []
        for sequence, stored in enumerate(stored_events, last + 1):
            row = StoredRow(
                sequence=sequence,
                stream=str(stored.originator_id),
                version=stored.originator_version,
                name=stored.topic,
                recorded_at=recorded_at,
                recorded_by=by,
                format=FORMAT,
                payload=stored.state.decode(),
            )
            records.append(EVENT_RECORD(**_columns(replace(row, payload_hash=row.worked_out))))
        session.add_all(records)
        session.flush()
        self._notify_channel(session)
        return [record.id for record in records]

    def _lock_table(self, session: Session) -> None:
        """One writer at a time, so that events are committed in the order of their sequence.

        On PostgreSQL a lock of our own: locking the table asks for more rights than a writer should have.
        SQLite has its lock since the transaction began.
        """
        if self.datastore.engine is not None and self.datastore.engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))


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

    def __init__(self, datastore: LedgerDatastore, clock: Clock) -> None:
        self._engine = datastore.engine
        self._mapper = LedgerMapper(CanonicalTranscoder())
        self._recorder = LedgerRecorder(datastore, clock)
        self.place: Final = self._recorder.place
        self._application = _Application(self._mapper, self._recorder)
        self._identities: dict[UUID, Identity] = {}
        self._identified_until = 0  # the sequence of the last event that _identities has taken up

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._application.close()
        self._engine.dispose()

    def entries(self, assessment_id: UUID) -> list[Entry]:
        """Everything recorded of one assessment, by sequence. Raises UnknownAssessment."""
        entries = list(self._entries(EVENTS.c.originator_id == assessment_id))
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
        columns = ", ".join(self._raw_columns())
        statement = text(f"SELECT {columns} FROM {EVENTS.name} ORDER BY sequence")  # noqa: S608  # our own names
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            for row in session.execute(statement).yield_per(_BATCH):
                found = _stored_row(row)
                _refuse_newer(found.format, found.sequence, self.place)
                yield found

    def _raw_columns(self) -> Iterator[str]:
        """The columns of the events; text as bytes where the database keeps bytes that are no text, too."""
        for column in EVENTS.c:
            as_bytes = self._engine.dialect.name == "sqlite" and isinstance(column.type, String)
            yield f"CAST({column.name} AS BLOB) AS {column.name}" if as_bytes else column.name

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

    def save(self, assessment: Assessment, *, by: str, source: Source | None = None) -> list[Entry]:
        """Record what the commands of *assessment* decided, and keep *source*: both or nothing.

        Gives the new entries as stored; without new events nothing is stored, *source* included. Raises
        ConcurrentChange where somebody else was first: get the assessment again, and repeat the command;
        InvalidChange where *by* is blank.
        """
        ask_who(by, self.place)
        pending = len(assessment.pending_events)
        if not pending:
            return []
        with usable(self.place):
            self._application.save(assessment, by=by, source=source)
        return list(
            self._entries(
                EVENTS.c.originator_id == assessment.id,
                EVENTS.c.originator_version > assessment.version - pending,
                EVENTS.c.originator_version <= assessment.version,
            )
        )

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
        data = unpacked(content)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise self._damaged(f"原本 {sha256}", "内容が変わっています")
        return data

    def packed_sources(self) -> Iterator[PackedSource]:
        """Every source as it is kept, one at a time."""
        statement = select(SOURCES).order_by(SOURCES.c.sha256)
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            for row in session.execute(statement).yield_per(1):
                yield PackedSource(row.sha256, str(row.originator_id), row.file_name, row.content)

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
                        session.execute(insert(EVENTS).values(**_columns(part)))

    def _source(self, column: ColumnElement[Any], sha256: str) -> Any:  # noqa: ANN401  # as the column
        statement = select(column).where(SOURCES.c.sha256 == sha256)
        with usable(self.place), self._recorder.transaction(commit=False) as session:
            return session.execute(statement).scalar_one_or_none()

    def _rows(self, *conditions: ColumnElement[bool], after: int = 0) -> Iterator[StoredRow]:
        statement = select(EVENTS).where(*conditions).order_by(EVENTS.c.sequence).limit(_BATCH)
        while True:
            with usable(self.place), self._recorder.transaction(commit=False) as session:
                try:
                    found = session.execute(statement.where(EVENTS.c.sequence > after))
                    batch = [_sound(_stored_row(row)) for row in found]
                except ValueError as error:  # a number or an id that is none
                    raise self._damaged(f"e{after} の後の記録", error) from error
            yield from batch
            if len(batch) < _BATCH:
                return
            after = batch[-1].sequence

    def _entries(self, *conditions: ColumnElement[bool], after: int = 0) -> Iterator[Entry]:
        return map(self._entry, self._rows(*conditions, after=after))

    def _entry(self, row: StoredRow) -> Entry:
        _refuse_newer(row.format, row.sequence, self.place)
        try:
            recorded_at = datetime.fromisoformat(row.recorded_at)
            event = self._mapper.to_domain_event(
                StoredEvent(UUID(row.stream), row.version, row.name, row.payload.encode())
            )
        except (ValueError, MapperDeserialisationError) as error:
            raise self._damaged(f"e{row.sequence}", error) from error
        return Entry(event, row.sequence, recorded_at, row.recorded_by)

    def _damaged(self, what: str, why: object) -> LedgerUnusable:
        return LedgerUnusable(
            f"{what} を読めません({why})", where=self.place, remedy="控えの台帳と比べてください"
        )


def open_ledger(url: str = DEFAULT_URL, *, create: bool = False, clock: Clock = utc_now) -> Ledger:
    """The ledger at *url* (SQLAlchemy's notation). Only with *create* is a new one made.

    Raises LedgerMissing where there is none, LedgerUnusable where there is something else. *clock*
    gives the recorded time, aware of its zone; it is never asked to go back.
    """
    return Ledger(open_datastore(url, create=create), clock)


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


def _refuse_newer(written: int, sequence: int, place: str) -> None:
    """Neither read nor continue what a newer program has written."""
    if written > FORMAT:
        raise LedgerUnusable(
            f"e{sequence} は新しい書式(第 {written} 版)で書かれています",
            where=place,
            remedy="新しい版の Kaitei で開いてください",
        )


def _printed(event: AssessmentRegistered | AssessmentIdentified, form: str) -> PrintedIdentity:
    return PrintedIdentity(event.body, event.number, event.title, form)


def _stored_row(row: Row[Any]) -> StoredRow:
    """A row as stored. SQLite keeps any type in any column, and a tampered row must still be shown."""
    return StoredRow(
        sequence=_number(row.sequence),
        stream=_stream(row.originator_id),
        version=_number(row.originator_version),
        name=_text(row.topic),
        recorded_at=_text(row.recorded_at),
        recorded_by=_text(row.recorded_by),
        format=_number(row.format),
        payload=_text(row.state),
        payload_hash=_text(row.payload_hash),
    )


def _columns(row: StoredRow) -> dict[str, Any]:
    """The columns of a row: the inverse of ``_stored_row``."""
    return {
        "originator_id": UUID(row.stream),
        "originator_version": row.version,
        "topic": row.name,
        "state": row.payload.encode(),
        "sequence": row.sequence,
        "recorded_at": row.recorded_at,
        "recorded_by": row.recorded_by,
        "format": row.format,
        "payload_hash": row.payload_hash,
    }


def _sound(row: StoredRow) -> StoredRow:
    """The *row* as it is. Raises ValueError where one of its numbers is none."""
    if _NO_NUMBER in (row.sequence, row.version, row.format):
        message = "not a number"
        raise ValueError(message)
    return row


def _number(value: object) -> int:
    return value if isinstance(value, int) else _NO_NUMBER


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="backslashreplace")
    return str(value)


def _stream(value: object) -> str:
    """The id of a stream, in the notation of UUID, however the database keeps it."""
    try:
        return str(UUID(bytes=value) if isinstance(value, bytes) else UUID(str(value)))
    except ValueError:
        return _text(value)
