"""Change: one row of a published change table, or one change recorded here, as it is read today.

What stands printed is kept beside what it says: its day, what its 項目 names, and what a person
decided or put right since. What the words of its two sides do to an item is worked out where it is replayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from ledger import wording
from ledger.events import ChangeCorrected, Entry, ItemChanged, RowInterpreted
from ledger.form import Form
from ledger.item_path import ItemPath
from ledger.published import ChangeRow
from ledger.resolver import Resolution, resolve
from ledger.revisions import OF_ROWS
from ledger.wareki import WarekiDate, in_japan
from projections.milestones import Passed

_TIMING = re.compile(r"事\s*([前後])")
_DITTO = re.compile(r"[〃″”\"々]+|同[上日左]|上[にと]同じ")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a change table, or one change recorded here (then ``no`` is 0).

    ``day`` is its 変更日; where that is missing, the change happened after ``earliest`` and not after the
    公表日; one recorded here does not hold before the day it was recorded. ``latest`` is the 公表日 of an
    earlier edition whose table has the row already, or under which a change recorded here is said to be
    published: by then it had taken effect. ``dated_by`` is the event of that publication, where it gave the
    change its day. ``whole`` says that it was recorded here: its sides are the whole item, unless 略 says
    that they leave words out, or name the boxes they set. ``decided`` quotes what a person decided on it or
    put right, and who; ``interpreted`` says that its item or its day is such a decision, and ``uncorrected``
    has the words that were put right. Where several editions are known, ``listed_no`` is its number in the
    newest that lists it, and ``listed_in`` the 公表日 of that one where it is not the newest of all.
    ``actual_day`` is the day on which a change recorded here comes true in reality, where that is known.
    ``timing`` and ``reason`` are what the last two cells say, where a ditto mark repeats the cell above;
    ``printed_timing`` and ``printed_reason`` are those cells as they stand.
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
    decided: str = ""
    interpreted: bool = False
    uncorrected: ItemChanged | None = None
    listed_no: int = 0
    listed_in: date | None = None
    actual_day: date | None = None
    printed_timing: str = ""
    printed_reason: str = ""
    dated_by: str = ""

    @property
    def since(self) -> date | None:
        """When a change recorded here takes effect: on its 変更日, or published before that."""
        return min(self.day, self.latest or self.day) if self.day else None

    @property
    def row(self) -> int:
        """Its number in the newest table that lists it; 0 for a change recorded here."""
        return self.listed_no or self.no

    @property
    def name(self) -> str:
        """What reasons and messages call the change: by its number in the table that people have at hand."""
        if not self.no:
            return f"記録{self.event_id}"
        return f"公表日{self.listed_in.isoformat()}の版の行{self.row}" if self.listed_in else f"行{self.row}"

    def read_as(self, other: Change) -> Change:
        """The same row with the item and the day that a person decided on for another telling of it."""
        return replace(
            self,
            resolution=other.resolution,
            day=other.day,
            earliest=other.earliest,
            decided=self.decided or other.decided,
            interpreted=True,
        )

    def says_the_same(self, other: Change) -> bool:
        """Whether two tellings of one row say the same of the item: the day and both sides."""
        words = ((self.before, other.before), (self.after, other.after))
        return self.day == other.day and all(wording.same(*sides) is not None for sides in words)

    def precedes(self, other: Change) -> bool:
        """Whether this change was taken in before the *other*."""
        numbers = [int(one.event_id[1:]) for one in (self, other) if one.event_id]
        return len(numbers) > 1 and numbers[0] < numbers[1]

    def publishes(self, recorded: Change) -> bool:
        """Whether this published row is the change that was *recorded* here before.

        One that was recorded without a day gets it from the row, whatever its publication had said.
        """
        if self.resolution is None or recorded.resolution is None:
            return False
        same_item = self.resolution.path.parts == recorded.resolution.path.parts
        same_day = recorded.day is None or bool(recorded.dated_by) or self.day == recorded.day
        return same_item and same_day and wording.same(self.after, recorded.after) is not None


@dataclass(frozen=True, slots=True)
class Told:
    """An ItemChanged with what has been said of it since: the last correction, the last interpretation."""

    entry: Entry
    event: ItemChanged
    corrected: tuple[Entry, ChangeCorrected] | None = None
    interpreted: tuple[Entry, RowInterpreted] | None = None

    @property
    def right(self) -> ItemChanged:
        """The change as it is right: as it was recorded, unless it was corrected."""
        if self.corrected is None:
            return self.event
        return self.corrected[1].instead_of(self.event)

    @property
    def path(self) -> str:
        """The item as a person named it; blank where only the 項目 column does."""
        return (self.interpreted[1].path if self.interpreted else "") or self.right.path

    @property
    def change_date(self) -> str:
        """The 変更日 that a person decided on; blank where what is printed stands."""
        return self.interpreted[1].change_date if self.interpreted else ""

    @property
    def interprets(self) -> bool:
        """Whether a person decided on its item or its day, and did not go back to what is printed."""
        meant = self.interpreted[1] if self.interpreted else None
        return meant is not None and bool(meant.path or meant.change_date)

    @property
    def decided(self) -> str:
        """What was decided and put right, by whom and why."""
        said = []
        if self.corrected is not None:
            entry, right = self.corrected
            said.append(f"{entry.event_id}で訂正（{entry.recorded_by}: {right.why}）")
        if self.interpreted is not None and self.interprets:
            entry, meant = self.interpreted
            said.append(f"{entry.event_id}で解釈（{entry.recorded_by}: {meant.why}）")
        return "。".join(said)


def is_ditto(printed: str) -> bool:
    """Whether a cell repeats the one above it: 〃, 同上."""
    return _DITTO.fullmatch("".join(printed.split())) is not None


def timing_of(printed: str) -> str | None:
    """事前 or 事後 as the fifth column states it, or None (R-30)."""
    match = _TIMING.search(printed)
    return f"事{match[1]}" if match else None


def published_changes(rows: Iterable[ChangeRow], told: Mapping[int, Told], form: Form) -> tuple[Change, ...]:
    """Rows with their dates and targets. 〃 and 同上 repeat the cell above; a blank cell does not (R-45).

    What a person decided on a cell is what it says, also where the cell below repeats it. *told* has the
    events of the rows, by number. What a row of a form is about whose items are not known stays open.
    """
    changes: list[Change] = []
    stated: WarekiDate | None = None
    above = ChangeRow(0, "", "", "", "", "", "", 0)
    for row in rows:
        known = told.get(row.no)
        says = replace(
            row,
            date=(known.change_date if known else "") or _said(row.date, above.date),
            item_text=(known.path if known else "") or _said(row.item_text, above.item_text),
            timing=_said(row.timing, above.timing),
            explanation=_said(row.explanation, above.explanation),
        )
        day = WarekiDate.read(says.date)
        entry = known.entry if known else None
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
                printed_timing=row.timing,
                printed_reason=row.explanation,
                resolution=resolve(says.item_text, form) if form.itemised else None,
                earliest=None if day else stated.day if stated else None,
                event_id=entry.event_id if entry else None,
                revision_id=_published_revision(day),
                recorded_at=entry.recorded_at if entry else None,
                recorded_by=entry.recorded_by if entry else None,
                decided=known.decided if known else "",
                interpreted=known is not None and known.interprets,
                uncorrected=known.event if known and known.corrected else None,
            )
        )
        stated, above = day or stated, says
    return tuple(changes)


def printed_row(no: int, told: Told) -> ChangeRow:
    """The six cells of the published row *no*, as they are right."""
    said = told.right
    return ChangeRow(
        no,
        said.change_date,
        said.item_text,
        said.before,
        said.after,
        said.timing,
        said.explanation,
        0,
    )


def recorded_change(told: Told, published: Passed | None = None) -> Change:
    """A change recorded here; where it was recorded without a 変更日, its publication gives it one."""
    said = told.right
    day, actual = WarekiDate.read(said.change_date), WarekiDate.read(said.actual_day)
    given = published.change_date if published and day is None else None
    day = day or given
    return Change(
        no=0,
        item_text=said.item_text or said.path,
        before=said.before,
        after=said.after,
        printed_date=given.printed if given else said.change_date,
        day=day.day if day else None,
        timing=timing_of(said.timing),
        reason=said.explanation,
        printed_timing=said.timing,
        printed_reason=said.explanation,
        resolution=resolve(str(ItemPath.parse(said.path))),
        earliest=None if day else in_japan(told.entry.recorded_at).date(),
        latest=published.day if published else None,
        whole=True,
        event_id=told.entry.event_id,
        revision_id=told.event.revision,
        recorded_at=told.entry.recorded_at,
        recorded_by=told.entry.recorded_by,
        decided=told.decided,
        actual_day=actual.day if actual else None,
        dated_by=published.event_id or "" if given and published else "",
    )


def _said(printed: str, above: str) -> str:
    """What a cell says: the same as the cell above where a ditto mark stands in it."""
    return above if is_ditto(printed) else printed


def _published_revision(day: WarekiDate | None) -> str:
    """The rows of one 変更日 are one revision (R-42)."""
    return f"{OF_ROWS}{day.day.isoformat() if day else 'undated'}"
