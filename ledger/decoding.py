"""From a stored row to the event in it. This loads all that makes events."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError, StoredEvent

from ledger.content import Content
from ledger.events import Entry
from ledger.serialising import CanonicalTranscoder, LedgerMapper
from ledger.stored import StoredRow

_MAPPER: Final = LedgerMapper(CanonicalTranscoder())
_uuid = lru_cache(UUID)


def entry_of(row: StoredRow, told: Content) -> Entry:
    """The event in a *row* that says what was *told*. Raises ValueError where it cannot be read."""
    recorded_at = datetime.fromisoformat(row.recorded_at)
    try:
        event = _MAPPER.to_domain_event(
            StoredEvent(_uuid(row.stream), row.version, row.name, told.payload.encode())
        )
    except MapperDeserialisationError as error:
        raise ValueError(*error.args) from error
    return Entry(event, row.sequence, recorded_at, told.by)
