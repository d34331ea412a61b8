"""What is added to every event in the transaction that stores it, and how words are erased in one.

An event gets its gap-free sequence, its recorded time (never earlier than the last), the format, the digest
of its content, which says who, and the hash of it all.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from eventsourcing.persistence import StoredEvent
from eventsourcing_sqlalchemy.recorders import SQLAlchemyApplicationRecorder
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from ledger.columns import columns_of, of_content, of_event
from ledger.content import Content
from ledger.database import APPEND_LOCK, LedgerDatastore
from ledger.events import TextWithheld
from ledger.stored import FORMAT, StoredRow, refuse_newer
from ledger.tables import CONTENTS, EVENTS, SOURCES
from ledger.withholding import Withholding

# made once: making a statement takes longer than storing a row
_NEWEST: Final = (
    select(EVENTS.c.sequence, EVENTS.c.recorded_at, EVENTS.c.format)
    .order_by(EVENTS.c.sequence.desc())
    .limit(1)
)
_INTO_EVENTS: Final = insert(EVENTS)
_INTO_CONTENTS: Final = insert(CONTENTS)

Clock = Callable[[], datetime]
Follow = Callable[[Session, Sequence[StoredRow]], None]
"""Told of what was just stored, in the transaction that stores it."""


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

    def __init__(self, datastore: LedgerDatastore, clock: Clock, follow: Follow | None = None) -> None:
        super().__init__(datastore, events_table_name=EVENTS.name)
        self.datastore: LedgerDatastore = datastore
        self.place: Final = datastore.database.place
        self._clock = clock
        self._follow = follow

    def _insert_stored_events(
        self,
        session: Session,
        stored_events: Sequence[StoredEvent],
        *,
        by: str = "",
        source: Source | None = None,
        withholding: Withholding | None = None,
        written: list[StoredRow] | None = None,
        **_: Any,  # noqa: ANN401  # the library hands on a tracking that we do not use
    ) -> Sequence[int]:
        """Store the events and what they say, and put the rows as stored into *written*.

        Gives no ids: those of the library's notification log, which nobody here reads, would cost as much
        as all the rest.
        """
        self._lock_table(session)
        self.datastore.bring_up(session)
        connection = session.connection()
        newest = connection.execute(_NEWEST).one_or_none()
        last, not_before, form = newest or (0, "", FORMAT)
        refuse_newer(form, last, self.place)
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
        rows = [
            _row(sequence, stored, by, recorded_at) for sequence, stored in enumerate(stored_events, last + 1)
        ]
        # Where somebody was ahead, that shows in the first; amid many psycopg complains of it on stderr.
        first, *others = (of_event(row) for row in rows)
        connection.execute(_INTO_EVENTS, first)
        if others:
            connection.execute(_INTO_EVENTS, others)
        connection.execute(_INTO_CONTENTS, [of_content(row) for row in rows])
        if withholding is not None:
            self._withhold(session, withholding, rows)
        if self._follow is not None:
            self._follow(session, rows)
        self._notify_channel(session)
        if written is not None:
            written += rows
        return ()

    @staticmethod
    def _withhold(session: Session, withholding: Withholding, rows: Sequence[StoredRow]) -> None:
        """Put the new contents in the place of the old ones, as the event among *rows* says."""
        (told,) = (row.sequence for row in rows if row.name == TextWithheld.TOPIC)
        for sequence, content in withholding.contents.items():
            columns = columns_of(content) | {"withheld": told}
            session.execute(update(CONTENTS).where(CONTENTS.c.sequence == sequence).values(**columns))
        for sha256, file_name in withholding.sources.items():
            erased = update(SOURCES).where(SOURCES.c.sha256 == sha256)
            session.execute(erased.values(content=b"", file_name=file_name))

    def lock(self, session: Session) -> None:
        """Let nobody else write until the transaction of *session*, which writes, is over."""
        self._lock_table(session)

    def _lock_table(self, session: Session) -> None:
        """One writer at a time, so that events are committed in the order of their sequence.

        On PostgreSQL a lock of our own: locking the table asks for more rights than a writer should have.
        SQLite has its lock since the transaction began.
        """
        if self.datastore.engine is not None and self.datastore.engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))


def _row(sequence: int, stored: StoredEvent, by: str, recorded_at: str) -> StoredRow:
    content = Content.new(by, stored.state.decode())
    row = StoredRow(
        sequence=sequence,
        stream=str(stored.originator_id),
        version=stored.originator_version,
        name=stored.topic,
        recorded_at=recorded_at,
        recorded_by="",
        format=FORMAT,
        payload=content.digest(),
        content=content,
    )
    return replace(row, payload_hash=row.worked_out)
