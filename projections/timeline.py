"""The states of every item between its changes, folded back and forward.

Between the changes of an item lie its states. The edition that states the body pins the state
after the last row of its table; from there the rows are undone one by one, and from the earliest
state on they are redone. Where an earlier edition is known, its body pins that earliest state. Where both
ways reach a state and differ, it is partial.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from ledger import wording
from ledger.form import FormItem
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem
from projections import boxes, composite, replay, rows
from projections.changes import Change
from projections.edges import Edge, Touched
from projections.editions import Anchor
from projections.readings import (
    Certainty,
    Reading,
    Support,
    agree,
    combine,
    contradicted,
    known,
    partial,
    unknown,
)
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

    @property
    def planned(self) -> date | None:
        """The 変更日, where it is later than the day on which a body already had the change."""
        day = self.edge.change.day
        return day if day is not None and day > self.day else None

    @property
    def since(self) -> date | None:
        """From when it holds; None where that day has still to be set."""
        return None if self.undated and not self.edge.change.no else self.day

    def may_hold_on(self, day: date) -> bool:
        """Whether an undated change may already have taken effect on *day*."""
        return self.undated and (self.earliest is None or self.earliest <= day)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The life of one item: ``states[i]`` holds between ``steps[i-1]`` and ``steps[i]``.

    The first ``stated`` steps come before ``published``, the day on which the edition pins what
    the item says; ``eve`` is the state after them and before that day, ``printed`` is what the body has
    (None: nothing), ``start`` what an earlier edition states of the first state (None: there is none), and
    ``redone`` the states that follow from there.
    """

    path: ItemPath
    item: FormItem
    steps: tuple[Step, ...]
    states: tuple[Reading, ...]
    eve: Reading
    stated: int
    published: date
    printed: PrintedItem | None
    start: Reading | None = None
    redone: tuple[Reading, ...] = ()

    def on(self, day: date) -> tuple[Reading, Step | None]:
        """The state on *day* and the change that began it.

        None is the oldest state, or what came to this place with its number: no change of its words.
        """
        if not self.steps:  # most items
            return self.eve if day < self.published else self.states[0], None
        taken = sum(1 for step in self.steps if step.day <= day)
        sure = [step for step in self.steps[:taken] if not step.edge.keeps]
        begun = sure[-1] if sure else None
        if begun is not None and begun.edge.moves_numbers:
            begun = None
        unsure = [step for step in self.steps[taken:] if step.may_hold_on(day)]
        if unsure:
            names = "、".join(step.edge.change.name for step in unsure)
            told = f"{names}に変更日がなく、この日に変更済みかどうか分からない"
            possible = self.states[taken : taken + len(unsure) + 1]
            values = [reading.value for reading in possible if reading.value is not None]
            return partial(possible[0].value, told, *values).resting_on(*possible), begun
        if taken == self.stated and day < self.published:
            return self.eve, begun
        if taken == self.stated and begun is not None and _denied(begun):
            return self.states[taken], None  # from 公表日 on the body is what was published
        return self.states[taken], begun

    def is_settled(self, day: date) -> bool:
        """Whether every change before the body states the item had taken effect on *day* for certain."""
        return sum(1 for step in self.steps if step.day <= day) >= self.stated

    def changes_between(self, after: date, until: date) -> bool:
        """Whether a change of the item may have taken effect after one day and by another."""
        return any(step.undated or after < step.day <= until for step in self.steps)

    def bears_another_number(self, day: date) -> bool:
        """Whether a group came or went after *day*, so that its place was another group's then."""
        return any(step.day > day and (step.edge.moves_numbers or step.edge.ends) for step in self.steps)

    def comes_after(self, day: date) -> bool:
        """Whether the item was recorded here for a day after *day*, and no edition ever had it."""
        new = (
            self.printed is None
            and self.start is None
            and all(not step.edge.change.no for step in self.steps)
        )
        return new and all(step.day > day and not step.may_hold_on(day) for step in self.steps)


def _denied(step: Step) -> bool:
    """Whether the state after a change says that it did not happen so."""
    return step.undone is not None and step.undone.fits is False


_MadeOf = tuple[list[Edge], PrintedItem | None, Reading | None, bool]
"""What an item is replayed from: its edges, what body and earlier edition have, whether it is untouched."""


@dataclass(frozen=True)
class Timelines:
    """All items of one edition, and what each change of its table, or recorded here, touches."""

    anchor: Anchor
    items: dict[ItemPath, Timeline]
    touched: tuple[Touched, ...]
    made_of: dict[ItemPath, _MadeOf] = field(default_factory=dict, compare=False, repr=False)

    def styles(self, change: Change) -> tuple[Style, Style]:
        """How the two sides of a change are written, as replaying it showed."""
        for step in self.steps_of(change):
            if step.edge.composite:
                return composite.styles(change.before, change.after)
            if step.undone is not None:
                return step.undone.before, step.undone.after
        return rows.style_alone(change.before), rows.style_alone(change.after)

    @cached_property
    def _by_change(self) -> dict[int, Touched]:
        return {id(touched.change): touched for touched in reversed(self.touched)}

    def steps_of(self, change: Change) -> list[Step]:
        """The steps that replay the words of *change*."""
        found = self._by_change.get(id(change))
        paths = [edge.path for edge in found.edges] if found else []
        return [
            s
            for path in paths
            for s in self.items[path].steps
            if s.edge.change is change and not s.edge.silent
        ]


def timelines(anchor: Anchor, recorded: Iterable[Change] = ()) -> Timelines:
    """Replay the table of *anchor*, and the changes *recorded* here, on every item."""
    return replayed(anchor, what_each_touches((*anchor.changes, *recorded), anchor))


def replayed(
    anchor: Anchor,
    changes: tuple[Touched, ...],
    pins: Mapping[ItemPath, Reading] | None = None,
    former: Timelines | None = None,
) -> Timelines:
    """Replay *changes* on every item of the body of *anchor*.

    *pins* are what an earlier edition states of the oldest state of items, by their paths in *anchor* (None:
    there is no earlier edition, and what *changes* do not touch never changed). An item of which *former*
    was told nothing else is taken from there.
    """
    printed = {item.path: item for item in anchor.items}
    edges: dict[ItemPath, list[Edge]] = {path: [] for path in (*printed, *(pins or {}))}
    for one in changes:
        for edge in one.edges:
            edges.setdefault(edge.path, []).append(edge)
    items, made_of = {}, {}
    for path, found in edges.items():
        item = found[0].item if found else _item_at(path, printed, anchor)
        untouched = pins is None and anchor.closed and not any(edge.change.no for edge in found)
        start = (pins or {}).get(path)
        made_of[path] = found, printed.get(path), start, untouched
        if former and former.anchor is anchor and former.made_of.get(path) == made_of[path]:
            items[path] = former.items[path]
            continue
        body = _body(printed.get(path), anchor, untouched=untouched)
        items[path] = _timeline(path, item, found, _Ends(start, printed.get(path), body, anchor.published))
    return Timelines(anchor, items, changes, made_of)


def _item_at(path: ItemPath, printed: Mapping[ItemPath, PrintedItem], anchor: Anchor) -> FormItem:
    if path in printed:
        return anchor.form[printed[path].key]
    found = anchor.form.locate(path)
    if found is None:
        raise LookupError(str(path))  # every edition of one assessment is of one form
    return found[0]


def what_each_touches(changes: tuple[Change, ...], anchor: Anchor) -> tuple[Touched, ...]:
    """What each change touches in an edition."""
    return touched_by(changes, anchor.items)


@dataclass(frozen=True, slots=True)
class _Ends:
    """What pins the states of an item: an earlier edition (None: there is none), and the body."""

    start: Reading | None
    printed: PrintedItem | None
    body: Reading
    published: date


def _timeline(path: ItemPath, item: FormItem, edges: list[Edge], ends: _Ends) -> Timeline:
    dated = _dated(edges, ends.published)
    table = [edge for edge, day in dated if edge.change.no or day < ends.published]
    if ends.body.value is None and table and table[-1].ends:
        ends = replace(ends, body=_after_the_end(table[-1]))
    stated = len(table)
    undone = _undone(table, [unknown("")] * stated + [ends.body])
    (*before, eve), redone = _states(item, table, undone, ends)
    if stated > 1:
        # What going forward has proved behind a row that only narrates is undone from there once more.
        undone = _undone(table, [*before, ends.body])
        (*before, eve), redone = _states(item, table, undone, ends)
    states = [*before, ends.body if ends.body.value is not None else eve]
    for edge, _ in dated[stated:]:
        states.append(_redone(edge, states[-1]))
    steps = tuple(
        Step(edge, day, edge.change.earliest, undone[i] if i < stated else None)
        for i, (edge, day) in enumerate(dated)
    )
    return Timeline(
        path, item, steps, tuple(states), eve, stated, ends.published, ends.printed, ends.start, tuple(redone)
    )


def _dated(edges: list[Edge], published: date) -> list[tuple[Edge, date]]:
    """Edges in the order of their days, each with the day on which it holds for certain.

    Every row of an edition's own table has taken effect by its 公表日. A row without a date stands
    behind the dated row above it, and has taken effect when the next change of the item has.
    """
    days = [_day(edge, published) for edge in edges]
    # Rows of the table come first on a day: what was recorded here was recorded on top of them.
    starts = [
        day or (edge.change.earliest or date.min if edge.change.no else date.max)
        for edge, day in zip(edges, days, strict=True)
    ]
    order = sorted(range(len(edges)), key=lambda i: (starts[i], not edges[i].change.no, i))
    found: list[tuple[Edge, date]] = []
    following = published
    for i in reversed(order):
        change = edges[i].change
        until = min(following, change.latest or published) if change.no else date.max
        found.append((edges[i], days[i] or until))
        following = days[i] or (until if change.no else following)
    return found[::-1]


def _day(edge: Edge, published: date) -> date | None:
    change = edge.change
    if change.day is None or not change.no:
        return change.since
    return min(change.day, change.latest or published)


def _body(printed: PrintedItem | None, anchor: Anchor, *, untouched: bool) -> Reading:
    if printed is None:
        return unknown(f"{anchor.name}にこの項目がない（取り出しで失われたページ）")
    return stated_by(anchor, printed, "。変更箇所にこの項目の行はない" if untouched else "")


def _after_the_end(last: Edge) -> Reading:
    """What an item says whose group is no more, and which no body has."""
    nothing = Boxes() if last.item.kind is ItemKind.CHECKBOX else ""
    return known(nothing, f"{last.change.name}の後、この番号の組はない")


def stated_by(anchor: Anchor, printed: PrintedItem, remark: str = "") -> Reading:
    """What an edition states on its 公表日."""
    why = f"{anchor.name}{remark}"
    found = partial(printed.value, f"{why}。{printed.doubt}") if printed.doubt else known(printed.value, why)
    return found.resting_on(and_on=[Support(anchor.name, anchor.published, "本文の記載", printed.value)])


def _undone(edges: list[Edge], states: list[Reading]) -> list[Undone]:
    """Undo the rows from the last to the first, each on the state after it as far as that is known."""
    state = states[-1]
    found: list[Undone] = []
    for edge, after in zip(reversed(edges), reversed(states[1:]), strict=True):
        state = after if after.known else state
        result = replay.undo_edge(edge, state)
        rests_on = [state] if result.prior.value is not None or not edge.silent else []
        prior = result.prior.resting_on(*rests_on, and_on=[_support(edge, result.prior)])
        result = replace(result, prior=prior)
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


def _states(
    item: FormItem, edges: list[Edge], undone: list[Undone], ends: _Ends
) -> tuple[list[Reading], list[Reading]]:
    """Every state, oldest first: undone from the body, redone from the oldest, and both compared.

    The last is that of the eve of 公表日, after every row. Beside them, the states as they were redone.
    """
    body, start = ends.body, ends.start
    back = [*(u.prior for u in undone), body]
    forward = [start or unknown("")]
    for i, edge in enumerate(edges):
        begin = back[0] if i == 0 and back[0].known and start is None else forward[-1]
        forward.append(_redone(edge, begin))
    back[-1] = boxes.completed(item, body, forward[-1])
    states = [combine(b, f) for b, f in zip(back, forward, strict=True)]
    _hold_against_before(states, edges, undone, forward)
    _hold_against_after(states, edges, undone, back, forward)
    if body.value is None:
        states[-1] = _unconfirmed(forward[-1], body)
    elif not edges and states[0].contradicted:  # both bodies are true, each on its day
        states[0] = replace(states[0], contradicted=False)
    return states, forward


def _hold_against_before(
    states: list[Reading], edges: list[Edge], undone: list[Undone], forward: list[Reading]
) -> None:
    """Hold each state against the 変更前 of the row after it; what only the way forward has, against all."""
    broken = next((e for e, one in zip(edges, undone, strict=True) if one.fits is False or one.missed), None)
    for i, edge in enumerate(edges):
        prior = undone[i].prior
        if not states[i].contradicted and _starts_elsewhere(edge, forward[i]):
            told = f"{edge.change.name}の変更前と、{forward[i].reason}が一致しない"
            denied = contradicted(forward[i].value, told, forward[i].value, edge.before)
            states[i] = denied.resting_on(forward[i], and_on=[_support(edge, forward[i])])
        elif _changes_nothing(edge, undone[i], states[i], states[i + 1]):
            states[i] = _doubted(states[i], f"{edge.change.name}で変わったという記載がすでにある")
        elif broken and states[i].known and not agree(prior.value, states[i].value):
            # Some change of the item has no row: nobody knows that it came later.
            states[i] = _doubted(states[i], f"{broken.change.name}とその後の記載がつながらない")


def _hold_against_after(
    states: list[Reading],
    edges: list[Edge],
    undone: list[Undone],
    back: list[Reading],
    forward: list[Reading],
) -> None:
    """Hold each state against the 変更後 of the row before it."""
    for i, (edge, one) in enumerate(zip(edges, undone, strict=True), start=1):
        if one.fits is False:
            told = f"{edge.change.name}の変更後と、{back[i].reason}が一致しない"
            denied = contradicted(back[i].value, told, edge.after, back[i].value)
            states[i] = denied.resting_on(back[i], and_on=[_support(edge, forward[i])])
        elif one.missed and states[i].known:
            states[i] = _doubted(
                states[i], f"{edge.change.name}にある「{wording.in_brief(one.missed)}」はない"
            )


def _doubted(state: Reading, told: str) -> Reading:
    return replace(state, certainty=Certainty.PARTIAL, reason=f"{state.reason}。{told}")


def _starts_elsewhere(edge: Edge, state: Reading) -> bool:
    """Whether 変更前 does not stand in the state that is known to have been before the change."""
    if not state.known or edge.silent:
        return False
    backwards = replace(edge, before=edge.after, after=edge.before)
    return replay.undo_edge(backwards, state).fits is False


def _changes_nothing(edge: Edge, undone: Undone, before: Reading, after: Reading) -> bool:
    """Whether an item said before a change what it says after it, and the row does not quote that it did.

    Then something else may have stood there in between.
    """
    if edge.silent or undone.prior.known or not before.known:
        return False
    quoted = isinstance(before.value, str) and wording.same(edge.after, before.value) is not None
    return quoted or (after.known and agree(before.value, after.value))


def _unconfirmed(row: Reading, body: Reading) -> Reading:
    """The last row's words where the body has lost the item: likely, but not confirmed by it."""
    if row.value is None:
        return body
    return partial(row.value, f"{row.reason}。{body.reason}").resting_on(row)


def _redone(edge: Edge, state: Reading) -> Reading:
    found = replay.redo_edge(edge, state)
    return found.resting_on(*([] if edge.silent else [state]), and_on=[_support(edge, found)])


def _support(edge: Edge, reading: Reading) -> Support:
    change = edge.change
    return Support(change.name, change.day, reading.reason, reading.value, change.event_id)
