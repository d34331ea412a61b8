"""Asking: an open ledger that is only asked. ``projections.application`` adds what records.

What proves the history, and what folds the events of an assessment, is loaded where somebody asks for it:
most questions are answered from the read models (``projections/questions.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ledger.errors import WrongUse
from ledger.identity import Identity
from ledger.reading import LedgerReader, open_to_read
from ledger.wareki import JAPAN, WarekiDate
from projections.questions import Questions

if TYPE_CHECKING:  # loaded where it is asked for
    from ledger.events import Entry
    from ledger.proving import History
    from projections.editions import Assessment
    from projections.origin import Origin
    from projections.sources import KeptSource


class Asking:
    """An open ledger and the questions it answers. Asking never creates one, and changes nothing."""

    def __init__(self, url: str, reader: LedgerReader | None = None) -> None:
        """*reader* is the ledger at *url*, where it is open already. Raises what ``open_to_read`` raises."""
        self._reader = reader or open_to_read(url)
        self.questions = Questions(self._reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def find(self, ref: str) -> Identity:
        """The assessment that *ref* names. Raises UnknownAssessment."""
        return self._reader.find(ref)

    def named(self, refs: Sequence[str] = ()) -> list[Identity]:
        """All assessments in the order in which they were first taken in, or those that *refs* name.

        Raises UnknownAssessment.
        """
        return list(dict.fromkeys(self.find(ref) for ref in refs)) or self._reader.assessments()

    def known(self, refs: Sequence[str] = ()) -> list[tuple[Identity, Assessment]]:
        """All that is known of each of them. Raises UnknownAssessment."""
        return [(one, self.assessment(one)) for one in self.named(refs)]

    def assessment(
        self, identity: Identity, known_at: datetime | None = None, *, origin: Origin | None = None
    ) -> Assessment:
        """All that was known of an assessment at a time (None: now). Raises UnknownAssessment.

        With an *origin* only what that history has: nothing that somebody recorded in between.
        """
        return self.questions.known(identity, known_at, until=origin.size if origin else None)

    def entries(self, identity: Identity) -> list[Entry]:
        """The stored events of one assessment."""
        return self._reader.entries(identity.assessment_id)

    def sources(self, identity: Identity) -> tuple[KeptSource, ...]:
        """The documents taken in for one assessment."""
        from projections.sources import sources  # noqa: PLC0415

        return sources(self._reader.entries(identity.assessment_id))

    def source(self, kept: KeptSource) -> bytes:
        """The bytes of a document, as they were taken in. Raises LedgerUnusable where they were altered."""
        return self._reader.source(kept.sha256)

    def history(self) -> History:
        """All stored events of the whole ledger, with what can be proved of them."""
        from ledger.proving import History  # noqa: PLC0415

        return History.of(self._reader)

    def origin(self, view: str, identity: Identity | None = None) -> Origin:
        """What a copy of the ledger carries that the command *view* makes now: of one assessment, or several.

        It reads the whole ledger: only what is taken away is worth that.
        """
        from projections.origin import Origin  # noqa: PLC0415

        return Origin.of(view, identity.ref if identity else "", self.history().checkpoint)

    def stored_by(
        self, identity: Identity, origin: Origin, *, public: bool = False
    ) -> list[dict[str, object]]:
        """As ``stored``, only what the history of *origin* has."""
        events = self.stored(identity, public=public)
        return [event for event in events if int(str(event["sequence"])) <= origin.size]

    def stored(self, identity: Identity, *, public: bool = False) -> list[dict[str, object]]:
        """The stored events of one assessment with their proofs; *public*: only what documents print."""
        rows = self._reader.stored(identity.assessment_id)
        from projections.disclosure import disclosed, whole  # noqa: PLC0415

        return disclosed(rows, self.entries(identity)) if public else [whole(row) for row in rows]


def as_time(text: str) -> datetime:
    """A point in time of the second clock: ISO 8601. A day without a time means its end, in Japan."""
    day = WarekiDate.read(text)
    try:
        time = datetime.fromisoformat(text) if day is None else datetime.combine(day.day, datetime.max.time())
    except ValueError:
        raise WrongUse(
            "日時として読めません",
            where=f"「{text}」",
            remedy="2026-04-01 または 2026-04-01T09:00 のように書いてください",
        ) from None
    return time if time.tzinfo else time.replace(tzinfo=JAPAN)
