"""Kaitei: the whole application, wired. The command line calls this and nothing below it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from ledger import wording
from ledger.assessment import Identity
from ledger.errors import (
    InvalidChange,
    LedgerError,
    LedgerUnusable,
    NotAWarekiDate,
    UnknownItem,
    UnreadableSource,
)
from ledger.events import Entry, ItemChanged
from ledger.form import FormItem, form3
from ledger.intake import Intake, take_in
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PublishedEdition
from ledger.readers import read
from ledger.resolver import How, Resolution, resolve
from ledger.storage import Ledger, open_ledger
from ledger.wareki import WarekiDate
from projections import boxes
from projections.as_of import Document, StatedItem, document_as_of
from projections.editions import Assessment, assessment

_REVISIONS = uuid.UUID("0b9f5f5e-3f5d-4b0e-9d4b-7a1d4c8f2a36")
_LARGEST_SOURCE = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """One document taken in."""

    file: str
    edition: PublishedEdition
    intake: Intake


@dataclass(frozen=True, slots=True)
class Refused:
    """One document that was not taken in, and why."""

    file: str
    error: LedgerError


@dataclass(frozen=True, slots=True)
class Listed:
    """One assessment of the ledger, for the list of all."""

    identity: Identity
    assessment: Assessment


def read_file(path: Path) -> tuple[bytes, PublishedEdition]:
    """Read one published document from disk. Raises UnreadableSource."""
    try:
        if path.stat().st_size > _LARGEST_SOURCE:
            raise UnreadableSource(
                "ファイルが大きすぎます", where=str(path), remedy="200 MB までの文書を指定してください"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSource(
            "ファイルがありません", where=str(path), remedy="パスを確認してください"
        ) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UnreadableSource(
            f"読み込めません（{why}）", where=str(path), remedy="ファイルを確認してください"
        ) from None
    return data, read(data, str(path))


def import_files(
    url: str, paths: Iterable[Path], *, by: str, same_as: str = ""
) -> Iterator[Imported | Refused]:
    """Take in published documents, each atomically and once.

    A ledger file is created with the first document that can be taken in, and not before.
    """
    ledger: Ledger | None = None
    try:
        for path in paths:
            try:
                data, edition = read_file(path)
                if ledger is None:
                    ledger = open_ledger(url, create=True)
                yield Imported(
                    str(path), edition, take_in(ledger, data, path.name, edition, by=by, same_as=same_as)
                )
            except LedgerError as error:
                yield Refused(str(path), error)
    finally:
        if ledger is not None:
            ledger.close()


class Kaitei:
    """An open ledger and the questions it answers. Reading never creates one."""

    def __init__(self, url: str) -> None:
        self._ledger = open_ledger(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ledger.close()

    def find(self, ref: str) -> Identity:
        """The assessment that *ref* names. Raises UnknownAssessment."""
        return self._ledger.find(ref)

    def listed(self) -> list[Listed]:
        """All assessments, in the order in which they were first taken in."""
        return [
            Listed(one, assessment(self._ledger.entries(one.assessment_id)))
            for one in self._ledger.assessments()
        ]

    def assessment(self, identity: Identity, known_at: datetime | None = None) -> Assessment:
        """All that was known of an assessment at a time (None: now)."""
        return assessment(self._ledger.entries(identity.assessment_id), known_at)

    def entries(self, identity: Identity) -> list[Entry]:
        """The stored events of one assessment."""
        return self._ledger.entries(identity.assessment_id)

    def record(
        self,
        identity: Identity,
        *,
        item: str,
        after: str,
        on: str,
        timing: str,
        reason: str,
        by: str,
        before: str | None = None,
    ) -> Entry:
        """Record one change of one item by hand; 変更前 is what the item says now.

        Raises UnknownItem where *item* names none or several, NotAWarekiDate, and InvalidChange
        where the change does not fit the item, or *before* is not what it says.
        """
        day = WarekiDate.parse(on)
        known = assessment(self._ledger.entries(identity.assessment_id))
        found, path, stated = self._item(known, item)
        current = stated.reading.value if stated else None
        _check_fits(found.item, path, after)
        printed = boxes.quoted_before(found.item, current, after)
        if before is not None and wording.same(before, printed) is None:
            raise InvalidChange(
                f"変更前の記載は、いま「{_short(printed)}」です",
                where=str(path),
                remedy="--before を現在の記載に合わせるか、記録する内容を見直してください",
            )
        content = "\x1f".join(
            (str(identity.assessment_id), str(path), after, day.day.isoformat(), timing, reason)
        )
        revision = f"r-{uuid.uuid5(_REVISIONS, content).hex[:12]}"
        aggregate = self._ledger.get(identity.assessment_id)
        aggregate.change(
            path,
            printed,
            after,
            revision=revision,
            change_date=on,
            timing=timing,
            explanation=reason,
            item_text=form3().item_text(found.item, found.n),
        )
        saved = self._ledger.save(aggregate, by=by)
        return saved[-1] if saved else self._recorded_before(identity, revision)

    def _recorded_before(self, identity: Identity, revision: str) -> Entry:
        """The same change sent a second time is the one recorded the first time."""
        return next(
            entry
            for entry in self._ledger.entries(identity.assessment_id)
            if isinstance(entry.event, ItemChanged) and entry.event.revision == revision
        )

    @staticmethod
    def _item(known: Assessment, text: str) -> tuple[Resolution, ItemPath, StatedItem | None]:
        """The one item of the document that *text* means."""
        found = item_named(text)
        if found.item.kind is None:
            raise UnknownItem(
                "見出しであり、記載を持つ項目ではありません",
                where=f"「{text}」",
                remedy="その下の項目を指定してください",
            )
        places = items_at(document_as_of(known).items, found)
        if len(places) > 1:
            files = "、".join(str(place.path) for place in places)
            raise UnknownItem(
                "どのファイルの項目か決まりません",
                where=f"「{text}」",
                remedy=f"次から選んでください: {files}",
            )
        return found, places[0].path if places else found.path, places[0] if places else None

    def stored(self, identity: Identity) -> list[dict[str, object]]:
        """The stored events of one assessment with their proofs, as they stand in the database."""
        return [
            {
                "sequence": row.sequence,
                "event_id": f"e{row.sequence}",
                "stream": row.stream,
                "version": row.version,
                "event": row.name,
                "recorded_at": row.recorded_at,
                "recorded_by": row.recorded_by,
                "format": row.format,
                "payload": row.payload,
                "payload_hash": row.payload_hash,
            }
            for row in self._ledger.rows()
            if row.stream == str(identity.assessment_id)
        ]


def item_named(text: str) -> Resolution:
    """The item that a user's *text* means. Raises UnknownItem where it is none, or more than one."""
    found = resolve(text)
    if found is None:
        raise UnknownItem(
            "様式3の項目として読めません",
            where=f"「{text}」",
            remedy="例: II/4/委託事項1/③委託先名、Ⅱ－４－委託事項１－③",
        )
    if found.how is How.INFERRED:
        raise UnknownItem(
            f"一つに決まりません（{found.note}）", where=f"「{text}」", remedy=f"例: {found.path}"
        )
    return found


def items_at(items: Iterable[StatedItem], found: Resolution) -> list[StatedItem]:
    """The items of a document at what *found* names; the items below it where it is a heading."""
    form = form3()

    def inside(item: StatedItem) -> bool:
        if found.path.file and item.path.file != found.path.file:
            return False
        if found.item.kind is not None and not found.item.is_group:
            return item.path.parts == found.path.parts
        below = found.item == item.item or found.item in form.ancestors(item.item)
        return below and item.path.parts[: len(_stem(found))] == _stem(found)

    return [item for item in items if inside(item)]


def items_shown(shown: Document, text: str) -> tuple[StatedItem, ...]:
    """The items of a document that *text* names; all where it is blank. Raises UnknownItem."""
    if not text:
        return shown.items
    found = item_named(text)
    items = tuple(items_at(shown.items, found))
    if not items:
        raise UnknownItem(
            "この評価書にその項目はありません",
            where=str(found.path),
            remedy="kaitei show で項目を確認してください",
        )
    return items


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet: what a user has is never overwritten. Raises LedgerUnusable."""
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise LedgerUnusable("すでにあります", where=str(path), remedy="別の名前を指定してください") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise LedgerUnusable(
            f"書き込めません（{why}）", where=str(path), remedy="書き込める場所を指定してください"
        ) from None


def _stem(found: Resolution) -> tuple[str, ...]:
    """The parts that all paths below a heading share."""
    return found.path.parts if found.item.is_group or found.item.kind is not None else found.path.parts[:2]


def _check_fits(item: FormItem, path: ItemPath, after: str) -> None:
    if item.kind is ItemKind.CHOICE and after.strip() and not any(o.is_called(after) for o in item.options):
        choices = "、".join(option.label for option in item.options)
        raise InvalidChange(
            f"「{_short(after)}」は選択肢にありません",
            where=str(path),
            remedy=f"次から選んでください: {choices}",
        )
    if item.kind is ItemKind.COUNT and not after.isdigit():
        raise InvalidChange("件数は数字です", where=str(path), remedy="例: 3")
    if item.kind is ItemKind.CHECKBOX and after.strip() and not boxes.names_boxes(item, after):
        choices = "、".join(option.label for option in item.options)
        raise InvalidChange(
            "どの欄の変更か読めません",
            where=str(path),
            remedy=f"例: [○] {choices.split('、')[0]}（欄: {choices}）",
        )


_LONGEST = 60


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def as_time(text: str) -> datetime:
    """A point in time of the second clock: ISO 8601. A day without a time means its end, in Japan."""
    day = WarekiDate.read(text)
    japan = ZoneInfo("Asia/Tokyo")
    try:
        if day is not None:
            return datetime.combine(day.day, datetime.max.time(), japan)
        time = datetime.fromisoformat(text)
    except ValueError:
        raise NotAWarekiDate(text) from None
    return time if time.tzinfo else time.replace(tzinfo=japan)


def value_as_text(value: str | Boxes | None) -> str:
    """A value in words, for text views: the ticked boxes and their free text."""
    return boxes.as_text(value)
