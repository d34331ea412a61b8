"""A document on a day: its items, each with what it says, how certain that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from ledger import wording
from ledger.form import Form, FormItem, form_named
from ledger.identity import Identity
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from projections.milestones import Milestone
from projections.readings import Reading

if TYPE_CHECKING:  # what is folded is loaded where it is
    from projections.changes import Change


class Basis(StrEnum):
    """What the day asks for: what was in force (変更日), or what the public could read (公表日)."""

    CHANGE = "変更日"
    PUBLICATION = "公表日"


@dataclass(frozen=True, slots=True)
class Cause:
    """The change that began what an item says, as far as views name it; ``row`` as ``Change.row``."""

    name: str
    row: int
    day: date | None
    event_id: str | None
    recorded_at: datetime | None
    recorded_by: str | None

    @classmethod
    def of(cls, change: Change) -> Self:
        """What there is to tell of a *change*."""
        told = change.event_id, change.recorded_at, change.recorded_by
        return cls(change.name, change.row, change.day, *told)


@dataclass(frozen=True, slots=True)
class StatedItem:
    """One item of a document on a day. ``since`` and ``change`` tell the change that began it.

    ``to_come`` says that no change of the item had taken effect yet, but one will; ``floor`` that this is the
    oldest state that can be proved, which need not be the first.
    """

    path: ItemPath
    item: FormItem
    key: str
    reading: Reading
    since: date | None
    change: Cause | None
    to_come: bool
    floor: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole assessment on a day; ``day`` None means the latest state.

    ``end`` is that of its 事務, whenever it comes. ``published`` is the 公表日 of the edition that could be
    read on the day. Where none could, it is that of the first edition by 変更日, and None by 公表日.
    """

    title: str
    form: str
    end: Milestone | None
    day: date | None
    basis: Basis
    published: date | None
    items: tuple[StatedItem, ...]

    @property
    def ended(self) -> Milestone | None:
        """The end of its 事務, where that had come by the day (of the latest state: whenever it comes)."""
        return self.end if self.end and (self.day is None or self.end.day <= self.day) else None


@dataclass(frozen=True, slots=True)
class Held:
    """An assessment of the ledger with what its document says on a day."""

    identity: Identity
    document: Document

    @property
    def ref(self) -> str:
        """The name of the assessment."""
        return self.identity.ref

    @property
    def ended(self) -> date | None:
        """The day on which its 事務 ended, where that had come."""
        return self.document.ended.day if self.document.ended else None

    @property
    def itemised(self) -> bool:
        """Whether the items of its form are known: of another form only the cover is read."""
        return form_named(self.identity.form).itemised


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """What an item says from *first* until the eve of *until* (None: for good).

    ``file_no`` is the place of its file among those of the document.
    """

    first: date
    until: date | None
    file_no: int
    stated: StatedItem


def place_of(form: Form, key: str, file_no: int) -> tuple[int, ...]:
    """Where an item stands in the order of the form: section, the place of its file, and what is inside."""
    section, *inside = form.place(key)
    return section, file_no, *inside


def kind_of(item: StatedItem) -> str:
    """The kind that views print: ``empty`` where the item says that there is nothing."""
    value = item.reading.value
    if isinstance(value, str) and wording.is_nothing(value):
        return "empty"
    return str(item.item.kind or ItemKind.TEXT)
