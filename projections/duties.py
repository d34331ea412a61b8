"""The duties of an assessment that fall due, each with how its date was found.

The rules of the regime: a review every year (R-16), a new assessment before five years have passed (R-17;
whether a mere 修正 begins them anew is open, so both dates are given: R-18), an incident that stays in Ⅲ７②
for three years (R-48), three years of publication after the end of the 事務 (R-20), and changes that are to
be published before they come true (R-10, R-30).
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from ledger.wareki import WarekiDate, years_after
from projections.across import HeldWhole
from projections.changes import Change
from projections.documents import StatedItem
from projections.life import end_printed
from projections.milestones import Milestone, Passed, Stage
from projections.readings import is_blank

_DONE: Final = "V.1.1"
_HAPPENED, _TOLD = "III.7.2", "III.7.2.content"
_DAYS = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})|\d{4})年\d{1,2}月(?:\d{1,2}日)?|\d{4}/\d{1,2}/\d{1,2}"
)


class Kind(StrEnum):
    """What is to be done."""

    REVIEW = "review"
    REDO = "redo"
    INCIDENT = "incident"
    END = "end"
    KEEP = "keep"
    BEFORE = "publish_before"
    AFTER = "publish_after"


class Status(StrEnum):
    """How a duty stands on a day. ``perhaps_overdue``: by one of its dates, and not by another.

    ``prompt``: its day has come, and 速やかに has no number of days (R-15). ``passed``: a time is over in
    which something had to stay as it was (R-20, R-48).
    """

    OVERDUE = "overdue"
    PERHAPS_OVERDUE = "perhaps_overdue"
    PROMPT = "prompt"
    PASSED = "passed"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


_GONE: Final = {
    Kind.AFTER: Status.PROMPT,
    Kind.END: Status.PROMPT,
    Kind.INCIDENT: Status.PASSED,
    Kind.KEEP: Status.PASSED,
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a date was found from: an edition, an item, a row or an event, by the name people know."""

    name: str
    day: date | None
    path: str = ""
    event_id: str | None = None
    certainty: str = "known"


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a duty, the last day to fulfil it: how it was counted, and from what."""

    day: date | None
    how: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of one assessment, with the rule of the regime; ``dates`` are several where the rule is open."""

    held: HeldWhole
    kind: Kind
    rule: str
    dates: tuple[Dated, ...]

    @property
    def day(self) -> date | None:
        """The earliest of its dates; None where none is known."""
        return min((dated.day for dated in self.dates if dated.day is not None), default=None)

    def status(self, on: date, within: int) -> Status:
        """How it stands on a day: over, due *within* some days, or later."""
        days = [dated.day for dated in self.dates if dated.day is not None]
        if not days:
            return Status.UNDATED
        over = [day < on for day in days]
        if any(over):
            gone = _GONE.get(self.kind, Status.OVERDUE)
            return gone if all(over) else Status.PERHAPS_OVERDUE
        return Status.SOON if min(days) <= on + timedelta(days=within) else Status.LATER


def duties(held: Iterable[HeldWhole], on: date) -> tuple[Duty, ...]:
    """All duties as they stand on a day, by their dates, those without one last.

    The documents of *held* are those of that day.
    """
    found = (duty for each in held for duty in _of(each, on))
    return tuple(sorted(found, key=lambda duty: (duty.day or date.max, duty.held.ref)))


def _of(held: HeldWhole, on: date) -> Iterator[Duty]:
    end = held.assessment.end
    if end is not None:
        yield from _ending(held, end)
    if end is None or on < end.day:
        last = end.day if end else date.max
        yield from (duty for duty in _looking(held, on) if (duty.day or last) <= last)
        yield from _incidents(held)
        yield from _publishing(held, on)


# --- the yearly look, the new assessment -------------------------------------------------------------


def _published(held: HeldWhole, on: date) -> tuple[Ground, ...]:
    """The editions published by a day, by 公表日: taken in, or only recorded as published."""
    known = held.assessment
    found = [Ground(f"公表日{each.published.isoformat()}の版", each.published) for each in known.anchors]
    found += [_publication(each) for each in known.publications]
    dated = [(ground.day, ground) for ground in found if ground.day is not None and ground.day <= on]
    return tuple(ground for _, ground in sorted(dated, key=lambda pair: pair[0]))


def _publication(of: Passed) -> Ground:
    name = f"公表日{of.day.isoformat()}の{'公表の記録' + of.event_id if of.event_id else '版'}"
    return Ground(name, of.day, event_id=of.event_id)


def _executions(held: HeldWhole, on: date) -> Iterator[Ground]:
    """What was submitted as 実施 or 再実施 and published by a day: five years count from there (R-17)."""
    for filing in held.assessment.filings:
        submitted, published = filing.at(Stage.SUBMITTED), filing.at(Stage.PUBLISHED)
        if submitted and published and submitted.kind != "修正" and published.day <= on:
            ground = _publication(published)
            yield replace(ground, name=f"{submitted.kind}した{ground.name}")


def _looking(held: HeldWhole, on: date) -> Iterator[Duty]:
    published = _published(held, on)
    reviews = [
        Ground(f"見直し（記録{each.event_id}）", each.day, event_id=each.event_id)
        for each in held.assessment.reviews
        if each.day <= on
    ]
    looked = max((*published, *reviews), key=lambda ground: ground.day or date.min, default=None)
    if looked is not None:
        yield Duty(held, Kind.REVIEW, "R-16", (_counted(looked, 1, f"{looked.name}から1年"),))
    if published:
        yield Duty(held, Kind.REDO, "R-17", tuple(_redone(held, published[-1], on)))


def _redone(held: HeldWhole, latest: Ground, on: date) -> Iterator[Dated]:
    """The two dates of R-18: counted from the last assessment, and from the last publication of any kind.

    The last assessment is what was published as 実施 or 再実施, where that is recorded and later than Ⅴ１①.
    """
    executed = max(_executions(held, on), key=lambda ground: ground.day or date.min, default=None)
    done = next((item for item in held.document.items if item.item.key == _DONE), None)
    day = WarekiDate.read(str(done.reading.value)) if done else None
    if executed is not None and (day is None or day.day <= (executed.day or date.min)):
        yield _counted(executed, 5, f"{executed.name}から5年（修正の公表では数え直さない場合）")
        if executed.day == latest.day:
            return
    elif done is not None and day is not None:
        ground = _item(done, f"Ⅴ１①実施日 {day.printed}", day.day)
        yield _counted(ground, 5, "Ⅴ１①実施日から5年（修正の公表では数え直さない場合）")
    yield _counted(latest, 5, f"{latest.name}から5年（修正の公表でも数え直す場合）")


def _counted(ground: Ground, years: int, how: str) -> Dated:
    return Dated(years_after(ground.day, years) if ground.day else None, how, (ground,))


def _item(item: StatedItem, name: str, day: date | None) -> Ground:
    event = item.change.event_id if item.change else None
    return Ground(name, day, str(item.path), event, str(item.reading.certainty))


# --- incidents ---------------------------------------------------------------------------------------


def _incidents(held: HeldWhole) -> Iterator[Duty]:
    """The incidents that Ⅲ７② tells of, each once where several files repeat it."""
    items = {item.path: item for item in held.document.items}
    found: dict[Dated, None] = {}
    for path, happened in items.items():
        option = happened.item.option(str(happened.reading.value)) if happened.item.key == _HAPPENED else None
        if option is not None and option.label == "発生あり":
            told = next((i for p, i in items.items() if i.item.key == _TOLD and p.file == path.file), None)
            found.setdefault(_incident(happened, told))
    dates = {dated.day: dated for dated in reversed(found)}
    return (Duty(held, Kind.INCIDENT, "R-48", (dated,)) for dated in dates.values())


def _incident(happened: StatedItem, told: StatedItem | None) -> Dated:
    """When three years have passed since an incident: by the days its text names, or by when it was told."""
    text = told.reading.value if told and not is_blank(told.reading.value) else ""
    days = {day: printed for printed in _days_in(str(text)) if (day := _last_day_of(printed)) is not None}
    if told is not None and days:
        latest = max(days)
        several = "（記載にある日付のうち最も遅いもの）" if len(days) > 1 else ""
        ground = _item(told, f"その内容の {days[latest]}", latest)
        return _counted(ground, 3, f"{ground.name}から3年{several}")
    if happened.since is not None:
        ground = _item(happened, f"{happened.since.isoformat()} からの発生あり", happened.since)
        return _counted(ground, 3, "発生した日の記載がなく、遅くとも発生ありとした日から3年")
    return Dated(None, "発生した日の記載も、発生ありとした行もない", (_item(happened, "発生あり", None),))


def _days_in(text: str) -> list[str]:
    return _DAYS.findall(unicodedata.normalize("NFKC", text))


def _last_day_of(printed: str) -> date | None:
    """The day that is printed; of a month its last."""
    if not printed.endswith("月"):
        found = WarekiDate.read(printed)
    else:
        first = WarekiDate.read(f"{printed}1日")
        last = calendar.monthrange(first.day.year, first.day.month)[1] if first else 1
        found = WarekiDate.read(f"{printed}{last}日")
    return found.day if found else None


# --- the end -------------------------------------------------------------------------------------------


def _ending(held: HeldWhole, end: Milestone) -> Iterator[Duty]:
    title = held.document.title
    ground = Ground(f"終了の記録{end.event_id}" if end.event_id else end.why, end.day, event_id=end.event_id)
    if end_printed(title) is None:
        how = "評価書名に終了の日を付けた公表がまだ台帳にない"
        yield Duty(held, Kind.END, "R-20", (Dated(end.day, how, (ground,)),))
    yield Duty(held, Kind.KEEP, "R-20", (_counted(ground, 3, "終了の日から3年"),))


# --- changes that are not published yet -----------------------------------------------------------------


def _publishing(held: HeldWhole, on: date) -> Iterator[Duty]:
    """Changes recorded here: 事前, or of a ※ item; together where they have one day and one timing.

    What was published by a day *on* is done, whether or not the edition was taken in.
    """
    groups: dict[tuple[Kind, date | None], list[Change]] = {}
    for change in held.assessment.pending(on):
        if change.timing == "事前" or _important(change):
            kind = Kind.AFTER if change.timing == "事後" else Kind.BEFORE
            groups.setdefault((kind, change.actual_day or change.day), []).append(change)
    for (kind, day), changes in groups.items():
        yield Duty(held, kind, "R-10" if kind is Kind.BEFORE else "R-15", (_true(kind, day, changes),))


def _important(change: Change) -> bool:
    return change.resolution is not None and change.resolution.item.important


def _true(kind: Kind, day: date | None, changes: Sequence[Change]) -> Dated:
    """The last day to publish changes that come true on *day*."""
    grounds = tuple(
        Ground(
            change.name,
            change.actual_day or change.day,
            str(change.resolution.path) if change.resolution else "",
            change.event_id,
        )
        for change in changes
    )
    if day is None:
        return Dated(None, "変更日も実際に変わる日も記録されていない", grounds)
    which = "実際に変わる日" if all(change.actual_day for change in changes) else "変更日"
    if kind is Kind.BEFORE:
        return Dated(day - timedelta(days=1), f"{which} {day.isoformat()} より前に提出し、公表する", grounds)
    return Dated(day, f"{which} {day.isoformat()} の後、速やかに提出し、公表する", grounds)
