"""A change recorded by hand: which item it is about, what it replaces, and whether it fits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ledger import wording
from ledger.assessment import TIMINGS
from ledger.assessment import Assessment as Aggregate
from ledger.errors import Conflict, InvalidChange, UnknownItem
from ledger.events import Entry, ItemChanged
from ledger.form import FormItem, form_named
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from ledger.wareki import WarekiDate, in_japan
from projections import boxes
from projections.as_of import document_as_of
from projections.changes import Change
from projections.documents import Cause, Document, StatedItem
from projections.editions import Assessment
from projections.naming import at_item, item_of_rows
from projections.readings import Value

_REVISIONS = uuid.UUID("0b9f5f5e-3f5d-4b0e-9d4b-7a1d4c8f2a36")


@dataclass(frozen=True, slots=True)
class NewChange:
    """One change to record: its item, both wordings, and how it was filed."""

    path: ItemPath
    item_text: str
    before: str
    after: str
    change_date: str
    timing: str
    reason: str
    revision: str
    actual_day: str
    last: Cause | None
    waiting: Change | None

    def expect(self, before: str) -> None:
        """Raise Conflict unless the item says *before* on its day: a guard against stale text.

        It names the item, both texts, and who changed it last and when.
        """
        if wording.same(before, self.before) is None:
            now, expected = wording.apart(self.before, before, _LONGEST)
            raise Conflict(
                f"変更前の記載は「{now}」です（「{expected}」ではありません。{_last_change(self.last)}）",
                where=str(self.path),
                remedy="今の記載を確かめ、記録する内容と --before を見直してください",
            )

    def ask_none_waiting(self, before: str) -> None:
        """Raise Conflict where the item has a change without a day, and this one has a day.

        Nobody knows which comes first, so that *before* may be stale.
        """
        if self.waiting is not None and self.change_date:
            now, expected = wording.apart(self.waiting.after, before, _LONGEST)
            raise Conflict(
                f"変更日の決まっていない変更で「{now}」になります（「{expected}」から。{_last_change(Cause.of(self.waiting))}）",
                where=str(self.path),
                remedy="--on を外すか、その変更の扱いを決めてから記録してください",
            )

    def record(self, aggregate: Aggregate) -> None:
        """Let the aggregate decide on it. Raises what ``Assessment.change`` raises."""
        aggregate.change(
            self.path,
            self.before,
            self.after,
            revision=self.revision,
            change_date=self.change_date,
            timing=self.timing,
            explanation=self.reason,
            item_text=self.item_text,
            actual_day=self.actual_day,
        )

    def recorded_in(self, entries: Iterable[Entry], known: Assessment) -> Entry | None:
        """The event that recorded the same change already and was not retracted since, if any.

        Raises InvalidChange where that revision makes the item say the same, but with other days or timing.
        """
        counting = {each.event_id for each in known.recorded}
        for entry in entries:
            event = entry.event
            if entry.event_id not in counting or not isinstance(event, ItemChanged):
                continue
            if (event.revision, event.path, event.after) != (self.revision, str(self.path), self.after):
                continue
            if not self._is_filed_as(event):
                raise InvalidChange(
                    f"この改訂に同じ変更が、別の日か提出時期、説明で {entry.event_id} として記録されています",
                    where=f"{self.path} {self.revision}",
                    remedy=f"kaitei correct で {entry.event_id} を訂正してください",
                )
            return entry
        return None

    def _is_filed_as(self, event: ItemChanged) -> bool:
        """Whether *event* has the same days, however they are written, and the same timing and reason."""
        days = ((event.change_date, self.change_date), (event.actual_day, self.actual_day))
        return (event.timing, event.explanation) == (self.timing, self.reason) and all(
            WarekiDate.read(one) == WarekiDate.read(other) for one, other in days
        )


@dataclass(frozen=True, slots=True)
class Place:
    """The item of a document that a user's text means, and what it says there (None: nothing is known).

    ``stated`` is the item as the document has it (None: it does not).
    """

    item: FormItem
    n: int
    path: ItemPath
    stated: StatedItem | None = None

    @property
    def current(self) -> Value | None:
        """What the item says, the likeliest where that is not certain; None where nothing is known of it."""
        return self.stated.reading.value if self.stated else None

    def before(self, after: str) -> str:
        """What 変更前 quotes of the item where a change makes it say *after*."""
        return boxes.quoted_before(self.item, self.current, after)


def place_of(known: Assessment, text: str, day: date | None = None) -> Place:
    """The one item of the document on *day* (None: as it is now) that *text* means, or one it may get.

    Raises UnknownItem where it names none, several, a heading, or an item that several files have.
    """
    return place_in(document_as_of(known, day), text)


def place_in(document: Document, text: str) -> Place:
    """The one item of *document* that *text* means, or one it may get. Raises UnknownItem as ``place_of``."""
    found = item_of_rows(text, form_named(document.form))
    if found.item.kind is None:
        raise UnknownItem(
            "見出しであり、記載を持つ項目ではありません",
            where=f"「{text}」",
            remedy="その下の項目を指定してください",
        )
    places = at_item(document.items, found)
    if len(places) > 1:
        files = "、".join(str(place.path) for place in places)
        raise UnknownItem(
            "どのファイルの項目か決まりません", where=f"「{text}」", remedy=f"次から選んでください: {files}"
        )
    stated = places[0] if places else None
    return Place(found.item, found.n, stated.path if stated else found.path, stated)


def new_change(
    known: Assessment,
    *,
    item: str,
    after: str,
    on: str,
    timing: str,
    reason: str,
    actual: str = "",
    revision: str = "",
) -> NewChange:
    """The change as it would be recorded; 変更前 is what the item said on the day of the change.

    Without a day (blank: publication sets it) it is made after everything that is known. The same change sent
    twice has the same *revision*, unless one is given. Raises what ``place_of`` raises, NotAWarekiDate, and
    InvalidChange where the change does not fit the item.
    """
    day = WarekiDate.parse(on).day if on else None
    true_on = WarekiDate.parse(actual).day.isoformat() if actual else ""
    place = place_of(known, item, day)
    path = place.path
    ask_fitting(place.item, path, after, timing)
    ask_printable(revision, "--revision")
    facts = [known.body, known.number, str(path), after, day.isoformat() if day else "", timing, reason]
    facts += [true_on] if true_on else []
    return NewChange(
        path=path,
        item_text=form_named(known.form).item_text(place.item, place.n),
        before=place.before(after),
        after=after,
        change_date=on,
        timing=timing,
        reason=reason,
        revision=revision.strip() or f"r-{uuid.uuid5(_REVISIONS, chr(0x1F).join(facts)).hex[:12]}",
        actual_day=actual,
        last=place.stated.change if place.stated else None,
        waiting=_waiting(known, path),
    )


def _waiting(known: Assessment, path: ItemPath) -> Change | None:
    """The last change of an item that was recorded without a day, and has none yet."""
    undated = (change for change in known.unpublished if change.day is None and change.resolution)
    found = [change for change in undated if change.resolution and change.resolution.path == path]
    return found[-1] if found else None


def hint_on_timing(timing: str, actual: str, today: date) -> str:
    """What to look at where 提出時期 does not go with the day a change comes true (R-30); else blank.

    No error: the publication may have been long before the change is recorded here.
    """
    day = WarekiDate.read(actual)
    if day is not None and timing == "事前" and day.day < today:
        return f"提出時期は事前ですが、実際に変わる日 {day} は過ぎています（事前: 変わる前に公表）"
    if day is not None and timing == "事後" and day.day > today:
        return f"提出時期は事後ですが、実際に変わる日 {day} はまだ来ていません（事後: 変わった後に公表）"
    return ""


_LONGEST: Final = 120


def _last_change(last: Cause | None) -> str:
    """Who changed an item last, and when."""
    if last is None:
        return "最後に変えた行は分かりません"
    day = f" 変更日{last.day.isoformat()}" if last.day else ""
    if last.recorded_at is None:
        return f"最後に変えたのは{last.name}{day}"
    at = in_japan(last.recorded_at).isoformat(" ", timespec="seconds")
    return f"最後に変えたのは{last.name}{day}、{last.recorded_by} が {at} に記録"


def ask_printable(text: str, where: str) -> None:
    """Raise InvalidChange where a text that somebody typed holds control characters."""
    if any(not char.isprintable() and char not in "\n\t　" for char in text):
        raise InvalidChange("制御文字が含まれています", where=where, remedy="文字だけの記載にしてください")


def ask_fitting(item: FormItem, path: ItemPath, after: str, timing: str) -> None:
    """Raise InvalidChange where *after* or *timing* is nothing that *item* can say; it can say nothing."""
    where = str(path)
    if item.per_edition:
        told = f"{item.name}は版ごとに定まり、変更として記録するものではありません"
        raise InvalidChange(told, where=where, remedy="新しい版の文書を取り込んでください")
    if not timing or timing not in TIMINGS:
        raise InvalidChange(
            f"提出時期「{timing}」は様式にありません", where=where, remedy="事前 または 事後 と書いてください"
        )
    ask_printable(after, where)
    if wording.is_nothing(after):
        return
    choices = "、".join(option.label for option in item.options)
    if item.kind is ItemKind.CHOICE and not any(o.is_called(after) for o in item.options):
        told = f"「{wording.in_brief(after)}」は選択肢にありません"
        raise InvalidChange(told, where=where, remedy=f"次から選んでください: {choices}")
    if item.kind is ItemKind.COUNT and not after.isdecimal():
        raise InvalidChange("件数は数字です", where=where, remedy="例: 3")
    if item.kind is ItemKind.CHECKBOX and not boxes.names_boxes(item, after):
        example = item.options[0].label
        told = "どのチェック欄の変更か読めません"
        raise InvalidChange(told, where=where, remedy=f"例: [○] {example}（チェック欄: {choices}）")
