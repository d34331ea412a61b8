"""The states of every item between its changes, folded back and forward.

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
from ledger.form import FormItem
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem
from projections import boxes, composite, replay, rows
from projections.changes import Change
from projections.edges import Edge, Touched
from projections.editions import Anchor
from projections.readings import Reading, combine, known, partial, unknown
from projections.rows import Style
from projections.sides import Undone
from projections.touching import touched_by


@dataclass(frozen=True, slots=True)
class Step:
    """One change in the life of an item: from when it holds, and what undoing it showed.

    A change without a date took effect after ``earliest`` (None: nobody knows) and not after ``day``.
    """

    edge: Edge
    day: date
    earliest: date | None
    undone: Undone | None

    @property
    def undated(self) -> bool:
        """Whether the change gives no day of its own."""
        return self.edge.change.day is None

    def may_hold_on(self, day: date) -> bool:
        """Whether an undated change may already have taken effect on *day*."""
        return self.undated and (self.earliest is None or self.earliest <= day)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The life of one item: ``states[i]`` holds between ``steps[i-1]`` and ``steps[i]``.

    The first ``stated`` steps come before ``published``, the day on which the edition pins what
    the item says; ``printed`` is what its body has (None: nothing).
    """

    path: ItemPath
    item: FormItem
    steps: tuple[Step, ...]
    states: tuple[Reading, ...]
    stated: int
    published: date
    printed: PrintedItem | None

    def on(self, day: date) -> tuple[Reading, Step | None]:
        """The state on *day* and the change that began it (None: the oldest state)."""
        taken = sum(1 for step in self.steps if step.day <= day)
        begun = self.steps[taken - 1] if taken else None
        unsure = [step for step in self.steps[taken:] if step.may_hold_on(day)]
        if unsure:
            names = "、".join(step.edge.change.name for step in unsure)
            told = f"{names}に変更日がなく、この日に変更済みかどうか分からない"
            possible = self.states[taken : taken + len(unsure) + 1]
            return partial(
                possible[0].value, told, *(r.value for r in possible if r.value is not None)
            ), begun
        if (
            taken == self.stated
            and begun is not None
            and begun.undone is not None
            and begun.undone.fits is False
        ):
            # The last row and the body contradict each other; from 公表日 on the body is what was published.
            return (self._contested(begun), begun) if day < self.published else (self.states[taken], None)
        return self.states[taken], begun

    def comes_after(self, day: date) -> bool:
        """Whether the item was recorded here for a day after *day*, and no edition ever had it."""
        new = self.printed is None and all(not step.edge.change.no for step in self.steps)
        return new and all(step.day > day for step in self.steps)

    def _contested(self, last: Step) -> Reading:
        """After the last row and before 公表日: the row and the body may say different things."""
        body = self.states[self.stated]
        told = f"{last.edge.change.name}の変更後と、{body.reason}が一致しない"
        return partial(body.value, told, *(v for v in (last.edge.after, body.value) if v is not None))


@dataclass(frozen=True, slots=True)
class Timelines:
    """All items of one edition, and what each change of its table, or recorded here, touches."""

    anchor: Anchor
    items: dict[ItemPath, Timeline]
    touched: tuple[Touched, ...]

    def styles(self, change: Change) -> tuple[Style, Style]:
        """How the two sides of a change are written, as replaying it showed."""
        for step in self.steps_of(change):
            if step.edge.composite:
                return composite.styles(change.before, change.after)
            if step.undone is not None:
                return step.undone.before, step.undone.after
        return rows.style_alone(change.before), rows.style_alone(change.after)

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
    form = anchor.form
    printed = {item.path: item for item in anchor.items}
    all_touched = touched_by((*anchor.changes, *recorded), anchor.items)
    edges: dict[ItemPath, list[Edge]] = {path: [] for path in printed}
    for one in all_touched:
        for edge in (*one.shifts, *one.edges):
            edges.setdefault(edge.path, []).append(edge)
    items = {}
    for path, of_item in edges.items():
        item = of_item[0].item if of_item else form[printed[path].key]
        items[path] = _timeline(path, item, of_item, printed.get(path), anchor)
    return Timelines(anchor, items, all_touched)


def _timeline(
    path: ItemPath, item: FormItem, edges: list[Edge], printed: PrintedItem | None, anchor: Anchor
) -> Timeline:
    dated = _dated(edges, anchor)
    table = [edge for edge, day in dated if edge.change.no or day < anchor.published]
    body = _body(printed, anchor, table)
    stated = len(table)
    undone = _undone(table, [unknown("")] * stated + [body])
    states = _states(table, undone, body)
    # What going forward has proved behind a row that only narrates is undone from there once more.
    undone = _undone(table, [*states[:-1], body])
    states = _states(table, undone, body)
    for edge, _ in dated[stated:]:
        states.append(replay.redo_edge(edge, states[-1]))
    steps = tuple(
        Step(edge, day, edge.change.earliest, undone[i] if i < stated else None)
        for i, (edge, day) in enumerate(dated)
    )
    return Timeline(path, item, steps, tuple(states), stated, anchor.published, printed)


def _dated(edges: list[Edge], anchor: Anchor) -> list[tuple[Edge, date]]:
    """Edges in the order of their days, each with the day on which it holds for certain.

    Every row of an edition's own table has taken effect by its 公表日. A row without a date stands
    behind the dated row above it, and has taken effect when the next change of the item has.
    """
    days = [_day(edge, anchor) for edge in edges]
    # Rows of the table come first on a day: what was recorded here was recorded on top of them.
    starts = [
        day or (edge.change.earliest or date.min if edge.change.no else date.max)
        for edge, day in zip(edges, days, strict=True)
    ]
    order = sorted(range(len(edges)), key=lambda i: (starts[i], not edges[i].change.no, i))
    found: list[tuple[Edge, date]] = []
    following = anchor.published
    for i in reversed(order):
        change = edges[i].change
        until = min(following, change.latest or anchor.published) if change.no else date.max
        found.append((edges[i], days[i] or until))
        following = days[i] or (until if change.no else following)
    return found[::-1]


def _day(edge: Edge, anchor: Anchor) -> date | None:
    change = edge.change
    if change.day is None or not change.no:
        return change.day
    return min(change.day, change.latest or anchor.published)


def _body(printed: PrintedItem | None, anchor: Anchor, table: list[Edge]) -> Reading:
    if printed is None and table and table[-1].ends:
        nothing = Boxes() if table[-1].item.kind is ItemKind.CHECKBOX else ""
        return known(nothing, f"{table[-1].change.name}の後、この番号の組はない")
    if printed is None:
        return unknown(f"{anchor.name}にこの項目がない（取り出しで失われたページ）")
    reason = anchor.name
    if anchor.closed and not any(edge.change.no for edge in table):
        reason = f"{reason}。変更箇所にこの項目の行はない"
    if printed.doubt:
        return partial(printed.value, f"{reason}。{printed.doubt}")
    return known(printed.value, reason)


def _undone(edges: list[Edge], states: list[Reading]) -> list[Undone]:
    """Undo the rows from the last to the first, each on the state after it as far as that is known."""
    state = states[-1]
    found: list[Undone] = []
    for edge, after in zip(reversed(edges), reversed(states[1:]), strict=True):
        state = after if after.known else state
        result = replay.undo_edge(edge, state)
        found.append(result)
        state = result.prior
    found.reverse()
    if states[-1].value is None:
        for i, (one, other) in enumerate(pairwise(edges)):
            # Rows of one day whose words do not follow one another each quote a part of the item.
            if one.change.day == other.change.day and wording.same(one.after, other.before) is None:
                found[i], found[i + 1] = _as_parts(found[i]), _as_parts(found[i + 1])
    return found


def _as_parts(undone: Undone) -> Undone:
    before, after = (
        Style.FRAGMENT if style is Style.FULL else style for style in (undone.before, undone.after)
    )
    return replace(undone, before=before, after=after)


def _states(edges: list[Edge], undone: list[Undone], body: Reading) -> list[Reading]:
    """Every state, oldest first: undone from the body, redone from the oldest, and both compared."""
    back = [*(u.prior for u in undone), body]
    forward = [unknown("")]
    for i, edge in enumerate(edges):
        start = back[0] if i == 0 and back[0].known else forward[-1]
        forward.append(replay.redo_edge(edge, start))
    states = [combine(b, f) for b, f in zip(back[:-1], forward[:-1], strict=True)]
    for i, (edge, one) in enumerate(zip(edges[:-1], undone[:-1], strict=True), start=1):
        if one.fits is False:
            told = f"{edge.change.name}の変更後と、{back[i].reason}が一致しない"
            states[i] = partial(
                back[i].value, told, *(v for v in (edge.after, back[i].value) if v is not None)
            )
    if edges and body.value is not None:
        body = boxes.completed(edges[-1].item, body, forward[-1])
    return [*states, body if body.value is not None else _unconfirmed(forward[-1], body)]


def _unconfirmed(row: Reading, body: Reading) -> Reading:
    """The last row's words where the body has lost the item: likely, but not confirmed by it."""
    if row.value is None:
        return body
    return partial(row.value, f"{row.reason}。{body.reason}")
