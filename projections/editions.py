"""The events of one assessment as anchors and changes.

An anchor is a published edition: it states the whole body on its 公表日 and brings its whole
change table. There is one for each 公表日; further sources of the same day are its witnesses. Of a
source that was read again the last reading counts. A change is one row of such a table, or one change
recorded here. What their words mean is worked out from here on, as pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from ledger import wording
from ledger.events import (
    AssessmentIdentified,
    AssessmentRegistered,
    EditionReceived,
    EditionReread,
    Entry,
    ItemChanged,
)
from ledger.form import FORM_3, Form, form_named
from ledger.item_path import ItemPath
from ledger.published import ChangeRow, Header, PrintedItem, PublishedEdition, TableState
from ledger.rereading import carried
from ledger.resolver import Resolution, resolve
from ledger.wareki import WarekiDate
from projections.readings import agree

_TIMING = re.compile(r"事\s*([前後])")
_DITTO = re.compile(r"[〃″”\"々]+|同[上日左]|上[にと]同じ")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a change table, or one change recorded here (then ``no`` is 0).

    ``day`` is its 変更日; where that is missing, the change happened after ``earliest`` and not
    after the 公表日. ``latest`` is the 公表日 of an earlier edition whose table has the row already:
    by then it had taken effect. ``whole`` says that it was recorded here: its sides are the whole item, or
    name the boxes they set.
    """

    no: int
    item_text: str
    before: str
    after: str
    printed_date: str
    day: date | None
    timing: str | None
    reason: str
    resolution: Resolution | None
    earliest: date | None = None
    latest: date | None = None
    whole: bool = False
    event_id: str | None = None
    revision_id: str | None = None
    recorded_at: datetime | None = None
    recorded_by: str | None = None

    @property
    def name(self) -> str:
        """What reasons and messages call the change."""
        return f"行{self.no}" if self.no else f"記録{self.event_id}"


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

    @classmethod
    def of(cls, edition: PublishedEdition) -> Anchor:
        """A document by itself, as if it had just been taken in. Raises NotAWarekiDate without a 公表日."""
        form, header = form_named(edition.form), edition.header
        changes = _changes(edition.rows, {}, form)
        return cls(form, _day_of(header), header, edition.items, edition.table, changes)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the ledger knows of one assessment: anchors by 公表日, changes recorded here."""

    anchors: tuple[Anchor, ...]
    recorded: tuple[Change, ...]
    title: str = ""
    body: str = ""
    number: str = ""
    form: str = FORM_3

    @property
    def latest(self) -> Anchor | None:
        """The edition published last."""
        return self.anchors[-1] if self.anchors else None

    @property
    def unpublished(self) -> tuple[Change, ...]:
        """Changes recorded here that the table of the latest edition does not list."""
        rows = self.latest.changes if self.latest else ()
        return tuple(change for change in self.recorded if not any(_same_change(row, change) for row in rows))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The change table of the latest edition, then what was recorded here since."""
        return (*(self.latest.changes if self.latest else ()), *self.unpublished)


def _same_change(row: Change, recorded: Change) -> bool:
    """Whether a published row is the one that was recorded here before."""
    if row.resolution is None or recorded.resolution is None:
        return False
    same_item = row.resolution.path.parts == recorded.resolution.path.parts
    return same_item and row.day == recorded.day and wording.same(row.after, recorded.after) is not None


def assessment(entries: Iterable[Entry], known_at: datetime | None = None) -> Assessment:
    """Fold the entries of one stream, as far as the ledger knew them at *known_at*."""
    found = Assessment((), ())
    readings: dict[str, EditionReceived | EditionReread] = {}
    rows: dict[str, dict[int, tuple[Entry, ItemChanged]]] = {}
    recorded: list[Change] = []
    for entry in entries:
        if known_at is not None and entry.recorded_at > known_at:
            continue
        match entry.event:
            case AssessmentRegistered(body=body, number=number, title=title, form=form):
                found = replace(found, body=body, number=number, title=title, form=form)
            case AssessmentIdentified(title=title):
                found = replace(found, title=title or found.title)
            case EditionReceived() as event:
                readings[event.sha256] = event
            case EditionReread() as event:
                readings[event.sha256] = event  # in the place of the first: witnesses keep their order
                rows[event.sha256] = carried(rows.get(event.sha256, {}), event.rows)
            case ItemChanged(source="") as event:
                recorded.append(_recorded(entry, event))
            case ItemChanged() as event:
                rows.setdefault(event.source, {})[event.no] = entry, event
            case _:
                assert_never(entry.event)
    anchors = [_anchor(event, rows.get(event.sha256, {})) for event in readings.values()]
    anchors = _known_earlier(_witnessed(anchors))
    title = anchors[-1].header.title if anchors else found.title
    return replace(found, anchors=tuple(anchors), recorded=tuple(recorded), title=title)


def _witnessed(anchors: list[Anchor]) -> list[Anchor]:
    """One anchor for each 公表日: a second source of the same edition is a witness of the first.

    Where witnesses differ, nobody can say which is right: the item is in doubt.
    """
    found: dict[date, Anchor] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.published):
        first = found.get(anchor.published)
        found[anchor.published] = anchor if first is None else _confirmed(first, anchor)
    return list(found.values())


def _known_earlier(anchors: list[Anchor]) -> list[Anchor]:
    """Give each row the 公表日 of the first edition that has it."""
    first: dict[tuple[str, ...], date] = {}
    found = []
    for anchor in anchors:
        rows = []
        seen = Counter[tuple[str, ...]]()
        for row in anchor.changes:
            day = row.day.isoformat() if row.day else ""
            words = (day, *(wording.plain(text) for text in (row.item_text, row.before, row.after)))
            seen[words] += 1  # the second of two equal rows is another row
            known = first.setdefault((*words, str(seen[words])), anchor.published)
            rows.append(replace(row, latest=known) if known < anchor.published else row)
        found.append(replace(anchor, changes=tuple(rows)))
    return found


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


def _anchor(event: EditionReceived | EditionReread, rows: dict[int, tuple[Entry, ItemChanged]]) -> Anchor:
    by_no = {no: entry for no, (entry, _) in rows.items()}
    printed = [
        ChangeRow(no, r.change_date, r.item_text, r.before, r.after, r.timing, r.explanation, 0)
        for no, (_, r) in sorted(rows.items())
    ]
    form, header = form_named(event.form), event.header
    changes = _changes(printed, by_no, form)
    return Anchor(form, _day_of(header), header, event.items, event.table, changes, event.sha256)


def _day_of(header: Header) -> date:
    return WarekiDate.parse(header.publication_date).day


def is_ditto(printed: str) -> bool:
    """Whether a cell repeats the one above it: 〃, 同上."""
    return _DITTO.fullmatch("".join(printed.split())) is not None


def timing_of(printed: str) -> str | None:
    """事前 or 事後 as the fifth column states it, or None (R-30)."""
    match = _TIMING.search(printed)
    return f"事{match[1]}" if match else None


def _changes(rows: Iterable[ChangeRow], entries: dict[int, Entry], form: Form) -> tuple[Change, ...]:
    """Rows with their dates and targets. 〃 and 同上 repeat the cell above; a blank cell does not (R-45).

    What a row of a form is about whose items are not known stays open.
    """
    changes: list[Change] = []
    stated: WarekiDate | None = None
    above = ChangeRow(0, "", "", "", "", "", "", 0)
    for row in rows:
        says = replace(
            row,
            date=_said(row.date, above.date),
            item_text=_said(row.item_text, above.item_text),
            timing=_said(row.timing, above.timing),
            explanation=_said(row.explanation, above.explanation),
        )
        day = WarekiDate.read(says.date)
        entry = entries.get(row.no)
        changes.append(
            Change(
                no=row.no,
                item_text=row.item_text,
                before=row.before,
                after=row.after,
                printed_date=row.date,
                day=day.day if day else None,
                timing=timing_of(says.timing),
                reason=says.explanation,
                resolution=resolve(says.item_text, form) if form.itemised else None,
                earliest=None if day else stated.day if stated else None,
                event_id=entry.event_id if entry else None,
                revision_id=_published_revision(day),
                recorded_at=entry.recorded_at if entry else None,
                recorded_by=entry.recorded_by if entry else None,
            )
        )
        stated, above = day or stated, says
    return tuple(changes)


def _said(printed: str, above: str) -> str:
    """What a cell says: the same as the cell above where a ditto mark stands in it."""
    return above if is_ditto(printed) else printed


def _published_revision(day: WarekiDate | None) -> str:
    """The rows of one 変更日 are one revision (R-42)."""
    return f"p-{day.day.isoformat()}" if day else "p-undated"


def _recorded(entry: Entry, event: ItemChanged) -> Change:
    day = WarekiDate.read(event.change_date)
    return Change(
        no=0,
        item_text=event.item_text or event.path,
        before=event.before,
        after=event.after,
        printed_date=event.change_date,
        day=day.day if day else None,
        timing=timing_of(event.timing),
        reason=event.explanation,
        resolution=resolve(str(ItemPath.parse(event.path))),
        whole=True,
        event_id=entry.event_id,
        revision_id=event.revision,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
    )
