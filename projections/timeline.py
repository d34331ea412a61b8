"""The states of every item between its changes, folded back and forward (DESIGN §6).

Between the changes of an item lie its states. The edition that states the body pins the state
after the last row of its table; from there the rows are undone one by one, and from the earliest
row on they are redone. Where both ways reach a state and differ, it is partial.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ledger import wording
from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import PrintedItem, TableState
from projections import replay, rows
from projections.edges import Edge, Touched, touched
from projections.editions import Anchor, Change
from projections.readings import Reading, combine, known, partial, unknown
from projections.rows import Style
from projections.sides import Sides, Undone


@dataclass(frozen=True, slots=True)
class Step:
    """One change in the life of an item: from when it holds, and what undoing it showed.

    A change without a date took effect after ``earliest`` and not after ``day``.
    """

    edge: Edge
    day: date
    earliest: date | None
    undone: Undone | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The life of one item: ``states[i]`` holds between ``steps[i-1]`` and ``steps[i]``.

    ``stated`` is the number of steps before the body of the edition; it is None where the body
    does not have the item.
    """

    path: ItemPath
    item: FormItem
    steps: tuple[Step, ...]
    states: tuple[Reading, ...]
    stated: int | None
    printed: PrintedItem | None

    def on(self, day: date) -> tuple[Reading, Step | None]:
        """The state on *day* and the change that began it (None: the oldest state)."""
        taken = sum(1 for step in self.steps if step.day <= day)
        unsure = next((s for s in self.steps[taken:] if s.earliest is not None and s.earliest <= day), None)
        begun = self.steps[taken - 1] if taken else None
        if unsure is not None and unsure.edge.change.day is None:
            before, after = self.states[taken], self.states[taken + 1]
            told = f"{unsure.edge.change.name}に変更日がなく、この日に変更済みかどうか分からない"
            rivals = tuple(r.value for r in (before, after) if r.value is not None)
            return partial(before.value, told, *rivals), begun
        return self.states[taken], begun


@dataclass(frozen=True, slots=True)
class Timelines:
    """All items of one edition, and what each change of its table touches."""

    anchor: Anchor
    items: dict[ItemPath, Timeline]
    touched: tuple[Touched, ...]

    def styles(self, change: Change) -> tuple[Style, Style]:
        """How the two sides of a change are written, as replaying it showed."""
        for step in self.steps_of(change):
            if step.edge.composite:
                return Style.COMPOSITE, Style.COMPOSITE
            if step.undone is not None:
                return step.undone.before, step.undone.after
        return rows.style_of(change.before) or Style.FULL, rows.style_of(change.after) or Style.FULL

    def steps_of(self, change: Change) -> list[Step]:
        """The steps that replay the words of *change*."""
        found = next((t for t in self.touched if t.change is change), None)
        paths = [edge.path for edge in found.edges] if found else []
        return [
            s
            for path in paths
            for s in self.items[path].steps
            if s.edge.change is change and not s.edge.silent
        ]


def timelines(anchor: Anchor, recorded: Iterable[Change] = ()) -> Timelines:
    """Replay the table of *anchor*, and the changes *recorded* here, on every item."""
    form = form3()
    printed = {item.path: item for item in anchor.items}
    all_touched = tuple(touched(change, anchor.items) for change in (*anchor.changes, *recorded))
    edges: dict[ItemPath, list[Edge]] = {path: [] for path in printed}
    for one in all_touched:
        for edge in one.edges:
            edges.setdefault(edge.path, []).append(edge)
    items = {}
    for path, of_item in edges.items():
        item = of_item[0].item if of_item else form[printed[path].key]
        items[path] = _timeline(path, item, of_item, printed.get(path), anchor)
    return Timelines(anchor, items, all_touched)


def _timeline(
    path: ItemPath, item: FormItem, edges: list[Edge], printed: PrintedItem | None, anchor: Anchor
) -> Timeline:
    dated = sorted(_dated(edges, anchor), key=lambda pair: (pair[1], not pair[0].change.no))
    stated = sum(1 for edge, _ in dated if edge.change.no)
    body = _body(printed, anchor, touched_at_all=bool(edges))
    undone = _undone(item, [edge for edge, _ in dated[:stated]], body)
    states = _states(item, [edge for edge, _ in dated], undone, body)
    steps = tuple(
        Step(edge, day, edge.change.earliest, undone[i] if i < stated else None)
        for i, (edge, day) in enumerate(dated)
    )
    return Timeline(path, item, steps, tuple(states), stated if printed else None, printed)


def _dated(edges: list[Edge], anchor: Anchor) -> list[tuple[Edge, date]]:
    """Edges with the day on which they hold for certain.

    Every row of an edition's own table has taken effect by its 公表日. A row without a date has
    taken effect when the next row on the item does.
    """
    days: list[tuple[Edge, date]] = []
    latest = anchor.published
    for edge in reversed(edges):
        if not edge.change.no:
            days.append((edge, edge.change.day or date.max))
            continue
        day = min(edge.change.day or latest, anchor.published)
        if edge.change.day is None:
            latest = day
        days.append((edge, day))
    return days[::-1]


def _body(printed: PrintedItem | None, anchor: Anchor, *, touched_at_all: bool) -> Reading:
    if printed is None:
        return unknown(f"{anchor.name}にこの項目がない（取り出しで失われたページ）")
    reason = anchor.name
    if anchor.table is TableState.ROWS and not touched_at_all:
        reason = f"{reason}。変更箇所にこの項目の行はない"
    if printed.doubt:
        return partial(printed.value, f"{reason}。{printed.doubt}")
    return known(printed.value, reason)


def _undone(item: FormItem, edges: list[Edge], body: Reading) -> list[Undone]:
    """Undo the rows from the last to the first."""
    state = body
    found: list[Undone] = []
    for edge in reversed(edges):
        if edge.silent:
            result = Undone(unknown(edge.silent), Style.BLANK, Style.BLANK, None)
        else:
            result = replay.undo(item, _sides(edge), state)
        found.append(result)
        state = result.prior
    found.reverse()
    if body.value is None:
        for i, (one, other) in enumerate(pairwise(edges)):
            # Rows of one day whose words do not follow one another each quote a part of the item.
            if one.change.day == other.change.day and wording.same(one.after, other.before) is None:
                found[i], found[i + 1] = _as_parts(found[i]), _as_parts(found[i + 1])
    return found


def _sides(edge: Edge) -> Sides:
    return Sides.of(edge.change.name, edge.before, edge.after)


def _as_parts(undone: Undone) -> Undone:
    before, after = (
        Style.FRAGMENT if style is Style.FULL else style for style in (undone.before, undone.after)
    )
    return replace(undone, before=before, after=after)


def _states(item: FormItem, edges: list[Edge], undone: list[Undone], body: Reading) -> list[Reading]:
    """Every state, oldest first: undone from the body, redone from the oldest, and both compared."""
    stated = len(undone)
    back = [*(u.prior for u in undone), body]
    forward = [unknown("")]
    for i, edge in enumerate(edges[:stated]):
        start = back[0] if i == 0 and back[0].known else forward[-1]
        forward.append(_redone(item, edge, start))
    states = [combine(b, f) for b, f in zip(back, forward, strict=True)]
    states[-1] = body if body.value is not None else _unconfirmed(forward[-1], body)
    for edge in edges[stated:]:
        states.append(_redone(item, edge, states[-1]))
    return states


def _unconfirmed(row: Reading, body: Reading) -> Reading:
    """The last row's words where the body has lost the item: likely, but not confirmed by it."""
    if row.value is None:
        return body
    return partial(row.value, f"{row.reason}。{body.reason}")


def _redone(item: FormItem, edge: Edge, state: Reading) -> Reading:
    if edge.silent:
        return unknown(edge.silent)
    if edge.change.whole:
        return replay.redo_whole(item, _sides(edge), state)
    return replay.redo(item, _sides(edge), state)
