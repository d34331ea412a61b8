"""Which assessments must change when a law, a vendor or a platform changes, and which recorded it already.

Asked is the state after everything that is recorded. An item that still names the term is left to do, unless
a change of it is recorded and not published yet. What no longer names it counts where a change recorded here
took the term out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.form import FormItem
from ledger.item_path import ItemPath
from projections.across import HeldWhole
from projections.changes import Change
from projections.documents import Held, StatedItem
from projections.search import ItemHit, item_hit
from projections.terms import Term


class State(StrEnum):
    """How far an item is, what is left first.

    ``left``: it names the term, and no change of it is recorded. ``touched``: one is, but the term stays.
    ``recorded``: a change takes the term out, and is not published. ``published``: it is published since.
    """

    LEFT = "left"
    TOUCHED = "touched"
    RECORDED = "recorded"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Taken:
    """A change recorded here; ``removes`` says that it takes the term out of its item."""

    change: Change
    published: bool
    removes: bool


@dataclass(frozen=True, slots=True)
class Affected:
    """An item that names the term, or did until a change recorded here. ``hit`` is where it stands now."""

    path: ItemPath
    item: FormItem
    state: State
    hit: ItemHit | None
    changes: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Concerned:
    """An assessment with the items that name the term; ``ended``: its 事務 has, nothing is left to do."""

    held: HeldWhole
    items: tuple[Affected, ...]
    ended: bool

    @property
    def state(self) -> State:
        """That of the item which is furthest behind."""
        return min((item.state for item in self.items), key=list(State).index)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a term touches. ``undecided`` are items that are not known in full, and may name it."""

    term: Term
    on: date
    concerned: tuple[Concerned, ...]
    undecided: tuple[tuple[Held, StatedItem], ...]
    not_read: tuple[Held, ...]

    def count(self, state: State) -> int:
        """The assessments that are so far, those left out that have ended."""
        return sum(each.state is state and not each.ended for each in self.concerned)


def impact(term: Term, held: Iterable[HeldWhole], on: date) -> Impact:
    """What *term* touches in the latest state of each assessment; *on* tells which have ended."""
    documents = tuple(held)
    concerned, undecided = [], []
    for each in documents:
        hits = {item.path: hit for item in each.document.items if (hit := item_hit(term, each, item))}
        if items := tuple(_affected(term, each, hits)):
            ended = each.assessment.ended(on) is not None
            concerned.append(Concerned(each, items, ended))
        undecided += [
            (each, item) for item in each.document.items if item.path not in hits and not item.reading.known
        ]
    not_read = tuple(each for each in documents if not each.itemised)
    return Impact(term, on, tuple(concerned), tuple(undecided), not_read)


def _affected(term: Term, held: HeldWhole, hits: dict[ItemPath, ItemHit]) -> Iterator[Affected]:
    """The items that name the term in their order, then those that no longer do."""
    taken: dict[ItemPath, list[Taken]] = {}
    items = {path: hit.item.item for path, hit in hits.items()}
    for path, item, change in _taken(term, held):
        taken.setdefault(path, []).append(change)
        items.setdefault(path, item)
    for path, item in items.items():
        changes = tuple(
            change
            for change in taken.get(path, ())
            if change.removes or (path in hits and not change.published)
        )
        if path in hits or changes:
            hit = hits.get(path)
            yield Affected(path, item, _state(changes, still_there=hit is not None), hit, changes)


def _taken(term: Term, held: HeldWhole) -> Iterator[tuple[ItemPath, FormItem, Taken]]:
    """The changes recorded here with their items."""
    known = held.assessment
    pending = {change.event_id for change in known.pending()}
    for change in known.recorded:
        if change.resolution is not None:
            removes = term.stands_in(change.before) is not None and term.stands_in(change.after) is None
            published = change.event_id not in pending
            yield change.resolution.path, change.resolution.item, Taken(change, published, removes)


def _state(changes: tuple[Taken, ...], *, still_there: bool) -> State:
    pending = any(not change.published for change in changes)
    if still_there:
        return State.TOUCHED if pending else State.LEFT
    return State.RECORDED if pending else State.PUBLISHED
