"""Every kind of event, its stored name, and EVENTS, the list of all.

An event is a fact with the words as printed or typed; what a row means is worked out by projections.
``TOPIC`` is the name under which a kind is stored: fixed by hand, it outlives the class and its module.
To add a kind: write it here, add it to ``AnyEvent``, and pin its stored form in tests/test_events.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import ClassVar, Final, Protocol, get_args

from eventsourcing.domain import Aggregate
from eventsourcing.utils import register_topic

from ledger.published import Header, Passage, PrintedItem, TableState
from ledger.registration import IDENTIFIED, REGISTERED, WITHHELD, Identification, Registration

AGGREGATE_TOPIC: Final = "kaitei.assessment"
"""The stored name of the aggregate, as TOPIC is that of an event."""

NO_TIME: Final = datetime.min.replace(tzinfo=UTC)


class Applies(Protocol):
    """What an event asks of its aggregate: to assign what the event says, and no more."""

    def apply(self, event: AnyEvent) -> None:
        """Assign what *event* says."""


@dataclass(frozen=True)
class LedgerEvent(Aggregate.Event):
    """What all kinds have in common: the stream (``originator_id``) and the place in it.

    The ``timestamp`` of the library says nothing here and is not stored: the recorded time is
    taken by the store, where it cannot go back (``Entry.recorded_at``).
    """

    TOPIC: ClassVar[str]
    timestamp: datetime = field(default=NO_TIME, kw_only=True, repr=False)

    @staticmethod
    def create_timestamp() -> datetime:
        """No clock is read when an event is made."""
        return NO_TIME

    def apply(self: AnyEvent, aggregate: Applies) -> None:  # type: ignore[misc]  # every kind is in AnyEvent
        """Let the aggregate assign what the event says."""
        aggregate.apply(self)


@dataclass(frozen=True)
class AssessmentRegistered(Registration, LedgerEvent, Aggregate.Created):
    """An assessment is known from now on, under the identity that its first document prints."""

    TOPIC: ClassVar[str] = REGISTERED
    originator_topic: str = field(default=AGGREGATE_TOPIC, kw_only=True, repr=False)


@dataclass(frozen=True)
class AssessmentIdentified(Identification, LedgerEvent):
    """The same assessment under another printed identity: renumbered, renamed, a merged body."""

    TOPIC: ClassVar[str] = IDENTIFIED


@dataclass(frozen=True)
class EditionReceived(LedgerEvent):
    """A published document was taken in: its whole body, and what no item or row took.

    Its change rows follow as ``rows`` events of the kind ItemChanged. The bytes are kept under
    ``sha256``; ``publication_date`` is as printed, ``reader`` names the reader and its version.
    """

    TOPIC: ClassVar[str] = "kaitei.edition-received"
    publication_date: str
    sha256: str
    file_name: str
    form: str
    reader: str
    header: Header
    items: tuple[PrintedItem, ...]
    table: TableState
    rows: int
    unassigned: tuple[Passage, ...]
    characters: int
    assigned: int


@dataclass(frozen=True)
class EditionReread(LedgerEvent):
    """A source taken in before, read again by a later reader: from now on this reading counts.

    ``rows`` says of each row of its change table, in order, which row of the reading before says the
    same in all six cells (its number there): that row stays the event it is, and is counted anew.
    0 stands for a row that said something else or was not there; it follows as an ItemChanged with its new
    number. The other fields are those of EditionReceived; 公表日 and assessment are the same as there.
    """

    TOPIC: ClassVar[str] = "kaitei.edition-reread"
    publication_date: str
    sha256: str
    form: str
    reader: str
    header: Header
    items: tuple[PrintedItem, ...]
    table: TableState
    rows: tuple[int, ...]
    unassigned: tuple[Passage, ...]
    characters: int
    assigned: int


@dataclass(frozen=True)
class ItemChanged(LedgerEvent):
    """One change: a row of a published change table, verbatim, or a change recorded here.

    A published row has ``source`` (sha256 of its edition) and ``no`` (from 1, in the reading of the source
    recorded last before it), and no ``path``: what it is about is worked out by projections. A change
    recorded here has ``path`` (canonical) and ``revision``, and neither ``source`` nor ``no``. A
    ``change_date`` left blank there is set when the change is published (EditionPublished). ``actual_day`` is
    the day a change comes true in reality, as typed; blank where nobody said. No form prints it (R-31).
    """

    TOPIC: ClassVar[str] = "kaitei.item-changed"
    source: str
    no: int
    change_date: str
    item_text: str
    before: str
    after: str
    timing: str
    explanation: str
    path: str
    revision: str
    actual_day: str


@dataclass(frozen=True)
class RowInterpreted(LedgerEvent):
    """A person decided what an unclear row of a published table is about.

    ``interprets`` is the version of its ItemChanged in this stream. ``path`` (canonical) is the item it
    means, ``change_date`` its 変更日; blank where what is printed stands. Of several decisions on one row
    the last counts.
    """

    TOPIC: ClassVar[str] = "kaitei.row-interpreted"
    interprets: int
    path: str
    change_date: str
    why: str


@dataclass(frozen=True)
class ChangeCorrected(LedgerEvent):
    """What is right instead of what an ItemChanged says; that event stays as it is.

    ``corrects`` is its version in this stream. The other fields are all those of the change as it is right,
    also those that were right before. Of several corrections of one change the last counts.
    """

    TOPIC: ClassVar[str] = "kaitei.change-corrected"
    corrects: int
    change_date: str
    item_text: str
    before: str
    after: str
    timing: str
    explanation: str
    path: str
    why: str

    def instead_of(self, change: ItemChanged) -> ItemChanged:
        """The *change* as it is right."""
        return replace(
            change,
            change_date=self.change_date,
            item_text=self.item_text,
            before=self.before,
            after=self.after,
            timing=self.timing,
            explanation=self.explanation,
            path=self.path,
        )


@dataclass(frozen=True)
class ChangeRetracted(LedgerEvent):
    """A change recorded here by mistake: from now on it counts for nothing, and the event stays.

    ``retracts`` is the version of its ItemChanged in this stream. What a document prints cannot be retracted.
    """

    TOPIC: ClassVar[str] = "kaitei.change-retracted"
    retracts: int
    why: str


@dataclass(frozen=True)
class FindingAccepted(LedgerEvent):
    """A person looked at what the validator found in an edition, and lets it stand.

    ``finding`` is its id, which changes with the rows, items and words it is about: about other words it is
    another finding, which nobody has accepted. ``message`` is what the validator said of it that day.
    """

    TOPIC: ClassVar[str] = "kaitei.finding-accepted"
    finding: str
    message: str
    why: str


@dataclass(frozen=True)
class FindingReopened(LedgerEvent):
    """A finding that was accepted counts as open again."""

    TOPIC: ClassVar[str] = "kaitei.finding-reopened"
    finding: str
    why: str


@dataclass(frozen=True)
class AssessmentReviewed(LedgerEvent):
    """Somebody looked whether the text still matches reality, as is to be done once a year (R-16).

    ``day`` is when, as typed, and ``why`` what was found. ``undone`` says that no such review took place:
    what was recorded of that day counts no more. Of several records of one day the last counts.
    """

    TOPIC: ClassVar[str] = "kaitei.assessment-reviewed"
    day: str
    why: str
    undone: bool


@dataclass(frozen=True)
class AssessmentEnded(LedgerEvent):
    """The 事務 ended: from that day the assessment stays published for three years (R-20).

    ``day`` is that day, as typed, which may be one to come. ``undone`` says that it goes on after all. Of
    several records the last counts.
    """

    TOPIC: ClassVar[str] = "kaitei.assessment-ended"
    day: str
    why: str
    undone: bool


@dataclass(frozen=True)
class RevisionApproved(LedgerEvent):
    """決裁: whoever decides in the office agreed to a revision that was recorded here.

    ``revision`` is that of its ItemChanged events, ``day`` the 決裁日 as typed, ``why`` a note (which 起案,
    say), blank where there is none. ``undone`` says that it counts no more. Of several records the last
    counts.
    """

    TOPIC: ClassVar[str] = "kaitei.revision-approved"
    revision: str
    day: str
    why: str
    undone: bool


@dataclass(frozen=True)
class RevisionSubmitted(LedgerEvent):
    """A revision was submitted to 個人情報保護委員会.

    ``kind`` is 実施, 再実施 or 修正 (R-10, R-15), ``day`` that of the submission and ``receipt`` the number
    it got, both as typed. The other fields are those of RevisionApproved.
    """

    TOPIC: ClassVar[str] = "kaitei.revision-submitted"
    revision: str
    kind: str
    day: str
    receipt: str
    why: str
    undone: bool


@dataclass(frozen=True)
class EditionPublished(LedgerEvent):
    """Revisions that were recorded here are published in an edition, which need not be taken in yet.

    ``publication_date`` is its 公表日 as typed (R-40); ``change_date`` is the 変更日 that changes recorded
    without one get. ``undone`` says that the ``revisions`` were not published that day after all. Of several
    records of one revision the last counts.
    """

    TOPIC: ClassVar[str] = "kaitei.edition-published"
    publication_date: str
    revisions: tuple[str, ...]
    change_date: str
    why: str
    undone: bool


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """A line of the content of an event (``ledger.content``) in which words were withheld.

    ``version`` is that of the event in its stream, ``line`` counts from 0, ``now`` is the hash (hex) of what
    stands there instead.
    """

    version: int
    line: int
    now: str


@dataclass(frozen=True)
class TextWithheld(LedgerEvent):
    """Words that were published or recorded by mistake were erased, wherever they stood in the assessment.

    Other words that give the reason stand in their place, in the ``lines`` that held them; the bytes of the
    ``sources`` (sha256) that held them are erased as a whole. The words themselves are nowhere any more.
    """

    TOPIC: ClassVar[str] = WITHHELD
    lines: tuple[WithheldLine, ...]
    sources: tuple[str, ...]
    why: str


AnyEvent = (
    AssessmentRegistered
    | AssessmentIdentified
    | EditionReceived
    | EditionReread
    | ItemChanged
    | RowInterpreted
    | ChangeCorrected
    | ChangeRetracted
    | FindingAccepted
    | FindingReopened
    | AssessmentReviewed
    | AssessmentEnded
    | RevisionApproved
    | RevisionSubmitted
    | EditionPublished
    | TextWithheld
)
"""The union of all kinds: matching on it is complete, or mypy says so (``assert_never``)."""

EVENTS: Final[tuple[type[AnyEvent], ...]] = get_args(AnyEvent)

for _kind in EVENTS:
    register_topic(_kind.TOPIC, _kind)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as the ledger holds it, the input of every projection.

    ``sequence`` counts all events of the ledger from 1 without gaps; ``recorded_at`` is UTC, and never
    earlier than that of the entry before; ``recorded_by`` says who.
    """

    event: AnyEvent
    sequence: int
    recorded_at: datetime
    recorded_by: str

    @property
    def event_id(self) -> str:
        """The name of the event in outputs: ``e`` and the sequence."""
        return f"e{self.sequence}"
