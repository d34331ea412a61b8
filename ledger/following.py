"""What a ledger asks of those who keep answers beside its events, in the transaction that stores them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from ledger.events import Entry


class Follower(Protocol):
    """Keeps what follows from the events of an assessment; what it keeps can be made anew from them."""

    def prepare(self, connection: Connection) -> None:
        """Make what it needs in a database, where that is not there."""

    def follow(self, connection: Connection, assessment_id: UUID, entries: Sequence[Entry], new: int) -> None:
        """Take in that the last *new* of all *entries* of an assessment are just being stored.

        It raises nothing but the errors of the database: an event is recorded, whatever anybody makes of it.
        """
