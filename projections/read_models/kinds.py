"""The kinds of values that the read models keep whole, by the names that stand for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Final
from uuid import UUID

from ledger.events import ItemChanged
from ledger.item_path import ItemPath
from ledger.resolver import Correction, How, Resolution, Slip
from ledger.wareki import WarekiDate
from projections.changes import Change
from projections.edges import Edge, Target, Touched
from projections.listing import LoggedRow, TableRow
from projections.milestones import Filing, Milestone, Passed, Stage
from projections.rows import Style

DATACLASSES: Final = (
    LoggedRow,
    Filing,
    Passed,
    WarekiDate,
    TableRow,
    Change,
    Touched,
    Edge,
    Target,
    Resolution,
    Correction,
    Milestone,
    ItemPath,
)
ENUMS: Final = (How, Slip, Style, Stage)
MADE: Final[dict[str, Callable[..., object]]] = {kind.__name__: kind for kind in DATACLASSES}
CHOICES: Final[dict[str, Callable[..., object]]] = {
    kind.__name__: {each.value: each for each in kind}.__getitem__ for kind in ENUMS
}
FIELDS: Final[dict[type[object], tuple[str, ...]]] = {
    kind: tuple(each.name for each in fields(kind)) for kind in DATACLASSES
}
FACTS: Final = tuple(each.name for each in fields(ItemChanged) if each.name != "timestamp")


def event(stream: str, *facts: object) -> ItemChanged:
    """A change as it was recorded first, of its ``FACTS``."""
    return ItemChanged(UUID(stream), *facts)  # type: ignore[arg-type]  # as they were written
