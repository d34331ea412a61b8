"""The events of one assessment as anchors and changes.

An anchor is a published edition: it states the whole body on its 公表日 and brings its whole
change table. There is one for each 公表日; further sources of the same day are its witnesses. Of a
source that was read again the last reading counts. A change is one row of such a table, or one change
recorded here. What their words mean is worked out from here on, as pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import assert_never

from ledger.events import (
    AssessmentEnded,
    AssessmentIdentified,
    AssessmentRegistered,
    AssessmentReviewed,
    ChangeCorrected,
    ChangeRetracted,
    EditionPublished,
    EditionReceived,
    EditionReread,
    Entry,
    FindingAccepted,
    FindingReopened,
    ItemChanged,
    RevisionApproved,
    RevisionSubmitted,
    RowInterpreted,
    TextWithheld,
)
from ledger.form import FORM_3, Form, form_named
from ledger.published import Header, PrintedItem, PublishedEdition, TableState
from ledger.rereading import carried
from ledger.wareki import WarekiDate, in_japan
from projections.changes import Change, Told, printed_row, published_changes, recorded_change
from projections.filing import Filings, filing_of
from projections.life import Life, end_printed
from projections.milestones import Filing, Milestone, Passed, Stage
from projections.readings import agree


@dataclass(frozen=True, slots=True)
class Anchor:
    """A published edition with its change table; ``sha256`` names the first source that brought it."""

    form: Form
    published: date
    header: Header
    items: tuple[PrintedItem, ...]
    table: TableState
    changes: tuple[Change, ...]
    sha256: str = ""

    @property
    def name(self) -> str:
        """What reasons call the edition."""
        return f"公表日{self.published.isoformat()}の本文"

    @property
    def closed(self) -> bool:
        """Whether what no row touches did not change: there are rows, and it is known what they are about."""
        return self.table is TableState.ROWS and self.form.itemised

    @property
    def silence_tells(self) -> bool:
        """Whether what no row touches did not change since an earlier edition: none, or all, are listed."""
        return self.closed or self.table is TableState.EMPTY

    @property
    def lost(self) -> str:
        """Why an edition does not say what changed."""
        match self.table:
            case TableState.ABSENT:
                return "変更箇所の表が取り出されていない"
            case TableState.EMPTY:
                return "変更箇所に行がない（最初の公表）"
            case TableState.ROWS:
                return f"{self.form.name}の項目には未対応で、変更箇所の行がどの項目のものか分からない"

    @property
    def without_history(self) -> str:
        """Why an edition that does not say what changed leaves open what was before it."""
        return f"{self.lost}ため、公表日{self.published.isoformat()}より前の記載は分からない"

    @classmethod
    def of(cls, edition: PublishedEdition) -> Anchor:
        """A document by itself, as if it had just been taken in. Raises NotAWarekiDate without a 公表日."""
        form, header = form_named(edition.form), edition.header
        changes = published_changes(edition.rows, {}, form)
        return cls(form, _day_of(header), header, edition.items, edition.table, changes)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a person lets a finding stand: its id, what the validator said of it, who, when and why."""

    finding: str
    message: str
    by: str
    at: datetime
    why: str
    event_id: str


@dataclass(frozen=True)
class Assessment:
    """All that the ledger knows of one assessment: anchors by 公表日, changes recorded here.

    ``accepted`` are the findings that a person lets stand, ``reviews`` the yearly looks, by their day;
    ``end`` is that of its 事務, as it was recorded or as the title of the latest edition prints it.
    ``filings`` say how far each revision recorded here is.
    """

    anchors: tuple[Anchor, ...]
    recorded: tuple[Change, ...]
    title: str = ""
    body: str = ""
    number: str = ""
    form: str = FORM_3
    accepted: tuple[Acceptance, ...] = ()
    reviews: tuple[Milestone, ...] = ()
    end: Milestone | None = None
    filings: tuple[Filing, ...] = ()

    def ended(self, day: date | None) -> Milestone | None:
        """Its end, where that has come by *day* (None: whenever it comes)."""
        return self.end if self.end and (day is None or self.end.day <= day) else None

    @property
    def latest(self) -> Anchor | None:
        """The edition published last."""
        return self.anchors[-1] if self.anchors else None

    @cached_property
    def unpublished(self) -> tuple[Change, ...]:
        """Changes recorded here that no table of an edition lists, by 変更日, undated ones last (R-44)."""
        rows = [row for anchor in self.anchors for row in anchor.changes]
        found = (change for change in self.recorded if not any(_lists(row, change, rows) for row in rows))
        return tuple(sorted(found, key=lambda change: change.day or date.max))

    def pending(self, on: date | None = None) -> tuple[Change, ...]:
        """Changes recorded here that were in no edition yet by a day (None: by now), taken in or not."""
        return tuple(
            change
            for change in self.unpublished
            if change.latest is None or (on is not None and on < change.latest)
        )

    @cached_property
    def publications(self) -> tuple[Passed, ...]:
        """The publications of revisions recorded here, by 公表日, one for each day that no edition has."""
        days = {anchor.published for anchor in self.anchors}
        found = [passed for each in self.filings if (passed := each.at(Stage.PUBLISHED))]
        by_day = {each.day: each for each in reversed(found) if each.day not in days}
        return tuple(each for _, each in sorted(by_day.items()))

    def published_since(self, day: date) -> Passed | None:
        """The publication that could be read on *day*, where no edition read by then is later."""
        known = [anchor.published for anchor in self.anchors if anchor.published <= day]
        later = [each for each in self.publications if known and known[-1] < each.day <= day]
        return later[-1] if later else None

    @property
    def last_published(self) -> date | None:
        """The latest 公表日, of an edition taken in or of a publication recorded here."""
        days = [each.day for each in self.publications]
        return max([*days, *(anchor.published for anchor in self.anchors)], default=None)

    def filing(self, revision: str) -> Filing | None:
        """How far a revision recorded here is; None where there is none of that name."""
        return next((each for each in self.filings if each.revision == revision), None)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The change table of the latest edition, then what was recorded here since."""
        return (*(self.latest.changes if self.latest else ()), *self.unpublished)


def _lists(row: Change, recorded: Change, rows: Iterable[Change]) -> bool:
    """Whether a published *row* is a change that was recorded here before.

    One that was recorded without a day is none that a table had when it was recorded: an item may come to say
    again what it said once.
    """
    if not row.publishes(recorded):
        return False
    told = (other for other in rows if other.precedes(recorded) and other.says_the_same(row))
    dated = recorded.day is not None and not recorded.dated_by
    return dated or not any(other.publishes(recorded) for other in told)


@dataclass
class _Gathered:
    """What the events of one stream say of its editions and changes, while they are folded."""

    readings: dict[str, EditionReceived | EditionReread] = field(default_factory=dict)
    rows: dict[str, dict[int, int]] = field(default_factory=dict)  # of each source: row → version
    told: dict[int, Told] = field(default_factory=dict)  # by version
    recorded: list[int] = field(default_factory=list)  # versions
    accepted: dict[str, Acceptance] = field(default_factory=dict)
    life: Life = field(default_factory=Life)
    filings: Filings = field(default_factory=Filings)

    def take_in(self, entry: Entry) -> None:
        """Take in an event that says no identity."""
        match entry.event:
            case AssessmentRegistered() | AssessmentIdentified() | TextWithheld():
                pass
            case EditionReceived() | EditionReread() as event:
                self.read(event)
            case ItemChanged() as event:
                self.changed(entry, event)
            case RowInterpreted() | ChangeCorrected() | ChangeRetracted() as event:
                self.decided(entry, event)
            case FindingAccepted() | FindingReopened() as event:
                self.judged(entry, event)
            case AssessmentReviewed() | AssessmentEnded() as event:
                self.life.lived(entry, event)
            case RevisionApproved() | RevisionSubmitted() | EditionPublished() as event:
                self.filings.filed(entry, event)
            case _:
                assert_never(entry.event)

    def read(self, event: EditionReceived | EditionReread) -> None:
        self.readings[event.sha256] = event  # in the place of the first: witnesses keep their order
        if isinstance(event, EditionReread):
            self.rows[event.sha256] = carried(self.rows.get(event.sha256, {}), event.rows)

    def changed(self, entry: Entry, event: ItemChanged) -> None:
        version = event.originator_version
        self.told[version] = Told(entry, event)
        if event.source:
            self.rows.setdefault(event.source, {})[event.no] = version
        else:
            self.recorded.append(version)

    def decided(self, entry: Entry, event: RowInterpreted | ChangeCorrected | ChangeRetracted) -> None:
        match event:
            case RowInterpreted(interprets=version):
                self.told[version] = replace(self.told[version], interpreted=(entry, event))
            case ChangeCorrected(corrects=version):
                self.told[version] = replace(self.told[version], corrected=(entry, event))
            case ChangeRetracted(retracts=version):
                self.recorded.remove(version)

    def judged(self, entry: Entry, event: FindingAccepted | FindingReopened) -> None:
        match event:
            case FindingAccepted(finding=finding):
                self.accepted[finding] = _acceptance(entry, event)
            case FindingReopened(finding=finding):
                del self.accepted[finding]

    def anchors(self) -> list[Anchor]:
        return [
            _anchor(event, {no: self.told[version] for no, version in self.rows.get(sha256, {}).items()})
            for sha256, event in self.readings.items()
        ]

    def changes(self) -> Iterable[Change]:
        """The changes recorded here, as they count."""
        for version in self.recorded:
            told = self.told[version]
            yield recorded_change(told, self.filings.publication(told.event.revision))


def assessment(entries: Iterable[Entry], known_at: datetime | None = None) -> Assessment:
    """Fold the entries of one stream, as far as the ledger knew them at *known_at*."""
    found, gathered = Assessment((), ()), _Gathered()
    for entry in entries:
        if known_at is not None and entry.recorded_at > known_at:
            continue
        match entry.event:
            case AssessmentRegistered(body=body, number=number, title=title, form=form):
                found = replace(found, body=body, number=number, title=title, form=form)
            case AssessmentIdentified(title=title):
                found = replace(found, title=title or found.title)
            case _:
                gathered.take_in(entry)
    anchors = _witnessed(gathered.anchors())
    title = anchors[-1].header.title if anchors else found.title
    changes = tuple(gathered.changes())
    accepted = tuple(gathered.accepted.values())
    life = gathered.life
    return replace(
        found,
        anchors=tuple(anchors),
        recorded=changes,
        title=title,
        accepted=accepted,
        reviews=tuple(review for _, review in sorted(life.reviews.items())),
        end=life.end or end_printed(title),
        filings=tuple(_filings(changes, anchors, gathered.filings)),
    )


def _filings(changes: Iterable[Change], anchors: Iterable[Anchor], filings: Filings) -> Iterable[Filing]:
    """How far each revision is; one whose changes an edition has in its table is published with that."""
    revisions: dict[str, list[Change]] = {}
    for change in changes:
        revisions.setdefault(change.revision_id or "", []).append(change)
    for revision, of in revisions.items():
        told = filings.of(revision)
        printed = None if filings.publication(revision) else _printed(of, anchors)
        yield filing_of(revision, [_drafted(of[0]), *told, printed])


def _drafted(change: Change) -> Passed | None:
    """When the first change of a revision was recorded."""
    at = change.recorded_at
    if at is None:
        return None
    return Passed(Stage.DRAFTED, in_japan(at).date(), change.recorded_by, at, change.event_id)


def _printed(changes: Iterable[Change], anchors: Iterable[Anchor]) -> Passed | None:
    """The first edition by which all *changes* of a revision were in a table; None where any is in none."""
    editions = list(anchors)
    rows = [row for each in editions for row in each.changes]
    last: tuple[Anchor, Change] | None = None
    for change in changes:
        listed = ((each, row) for each in editions for row in each.changes if _lists(row, change, rows))
        first = next(listed, None)
        if first is None:
            return None
        last = first if last is None or last[0].published < first[0].published else last
    if last is None:
        return None
    anchor, row = last
    return Passed(Stage.PUBLISHED, anchor.published, row.recorded_by, row.recorded_at, None)


def _acceptance(entry: Entry, event: FindingAccepted) -> Acceptance:
    return Acceptance(
        event.finding, event.message, entry.recorded_by, entry.recorded_at, event.why, entry.event_id
    )


def _witnessed(anchors: list[Anchor]) -> list[Anchor]:
    """One anchor for each 公表日: a second source of the same edition is a witness of the first.

    Where witnesses differ, nobody can say which is right: the item is in doubt.
    """
    found: dict[date, Anchor] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.published):
        first = found.get(anchor.published)
        found[anchor.published] = anchor if first is None else _confirmed(first, anchor)
    return list(found.values())


def _confirmed(first: Anchor, witness: Anchor) -> Anchor:
    said = {item.path: item.value for item in witness.items}
    items = tuple(
        item
        if item.path not in said or agree(item.value, said[item.path])
        else replace(item, doubt=f"{item.doubt}。同じ公表日の別の原本と記載が違う".lstrip("。"))
        for item in first.items
    )
    there = {item.path for item in first.items}
    missing = tuple(item for item in witness.items if item.path not in there)
    fuller = first if first.changes or not witness.changes else witness
    return replace(first, items=(*items, *missing), table=fuller.table, changes=fuller.changes)


def _anchor(event: EditionReceived | EditionReread, rows: Mapping[int, Told]) -> Anchor:
    printed = [printed_row(no, told) for no, told in sorted(rows.items())]
    form, header = form_named(event.form), event.header
    changes = published_changes(printed, rows, form)
    return Anchor(form, _day_of(header), header, event.items, event.table, changes, event.sha256)


def _day_of(header: Header) -> date:
    return WarekiDate.parse(header.publication_date).day
