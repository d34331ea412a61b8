"""Which items a change touches: edges between the states of an item."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.form import FormItem
from ledger.item_path import ItemPath
from ledger.resolver import How, Resolution
from projections.changes import Change


@dataclass(frozen=True, slots=True)
class Edge:
    """One change on one item.

    ``silent`` says why it has no words of its own (blank: it has): then nothing is known of the item
    before it, or, with ``keeps``, what it says now is only likely; ``moves_numbers`` marks such an edge on a
    group whose number may be another than before the change. ``composite`` says that its cell holds several
    items, ``ends`` that the group of the item is no more after the change, and ``doubt`` why it may be about
    another item after all (blank: it is not).
    """

    change: Change
    path: ItemPath
    item: FormItem
    before: str
    after: str
    silent: str = ""
    keeps: bool = False
    composite: bool = False
    ends: bool = False
    doubt: str = ""
    moves_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An item that a change names: how that was found, and what had to be put right."""

    path: ItemPath
    how: How
    note: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What one change touches: the items it names, and its edges.

    ``former`` says that it is about a group or file that the edition has no more. ``listed`` are the items
    where the 項目 cell lists several, and ``notes`` announce further items that changed without their values.
    """

    change: Change
    targets: tuple[Target, ...]
    edges: tuple[Edge, ...]
    former: bool = False
    listed: tuple[Resolution, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[Resolution, ...]:
        """What its 項目 cell names, as the resolver reads it; empty where that is no item of the form."""
        if self.listed:
            return self.listed
        return (self.change.resolution,) if self.change.resolution is not None else ()

    @property
    def undecided(self) -> bool:
        """Whether nobody can say which of several items it is about."""
        return len(self.targets) > 1 and all(edge.silent for edge in self.edges)
