"""Groups that came or went: what the changes of one day say of whole 委託事項, 提供先, 移転先 and システム.

A row may name the group (委託事項2: 〇〇業務 → －), tell of it (委託事項2を削除), or do neither, while
several rows empty its items and another counts one 件 less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from projections import narration
from projections.announcements import narrow, numbers_of
from projections.bodies import Body
from projections.changes import Change
from projections.edges import Edge, Touched
from projections.readings import is_blank
from projections.rows import is_nothing_now, was_nothing

_NAMES = r"(?:委託事項|提供先|移転先|システム)"
_TOLD = re.compile(
    rf"(?P<name>{_NAMES})\s*(?P<numbers>[0-9]+(?:\s*(?:[、，,・～〜~]|及び|から|と)\s*{_NAMES}?\s*[0-9]+)*)"
    r"(?:[（(「][^）)」\n]*[)）」])?(?:の?(?:全部|全て|すべて|全項目|記載|項目|欄))?(?:を|の|が)?(?:新たに)?[（(]?(?:(?P<gone>削除|廃止|終了|なくな)|(?P<came>追加|新設|新規|追記))"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Groups that narration says came or went: 委託事項2を削除."""

    name: str
    numbers: tuple[int, ...]
    came: bool


def told_of(text: str) -> tuple[Told, ...]:
    """The groups that *text* says came or went."""
    found = []
    for match in _TOLD.finditer(narrow(text)):
        numbers = numbers_of(match["numbers"].replace(match["name"], ""))
        found.append(Told(match["name"], tuple(numbers), came=match["came"] is not None))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Kind:
    """The groups of one kind in one file."""

    head: FormItem
    file: str

    def called(self, n: int) -> str:
        """What the form calls the group: 委託事項2."""
        return self.head.name.replace("{n}", str(n))

    def items(self, n: int) -> list[tuple[ItemPath, FormItem]]:
        """Every item of the form in a group."""
        nodes = (self.head, *(node for node, _ in form3().below(self.head)))
        return [(node.at(n, self.file), node) for node in nodes if node.kind is not None]


@dataclass(frozen=True, slots=True)
class Move:
    """A group that came or went; ``place`` is that of the first change that says so.

    ``entire`` says that it is told of the group itself, and not only of several of its items.
    """

    n: int
    place: int
    came: bool
    entire: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of 件 that changed: the place of the change, the number before and after."""

    place: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Day:
    """What the changes of one day say of the groups of a kind: ``rows`` are their edges, by group."""

    when: tuple[date | None, date | None]
    moves: tuple[Move, ...]
    counts: tuple[Counted, ...]
    rows: dict[int, list[Edge]]

    @property
    def own(self) -> set[ItemPath]:
        """The items that have rows of that day."""
        return {edge.path for edges in self.rows.values() for edge in edges}


def days_of_groups(touched: Sequence[Touched], body: Body) -> dict[Kind, list[Day]]:
    """What each day says of each kind of group in each file, the latest day first."""
    found: dict[Kind, dict[tuple[date | None, date | None], _Said]] = {}
    for place, one in enumerate(touched):
        for kind, said in _said(place, one, body):
            found.setdefault(kind, {}).setdefault((one.change.day, one.change.earliest), _Said()).take(said)
    return {
        kind: sorted((_day(kind, when, said, body) for when, said in days.items()), key=_latest_first)
        for kind, days in found.items()
    }


def _latest_first(day: Day) -> int:
    return -(day.when[0] or day.when[1] or date.min).toordinal()


# --- what single changes say -------------------------------------------------------------------------


@dataclass
class _Said:
    """What is said on one day: rows on items, groups told of (number, whether they came), numbers of 件."""

    rows: list[tuple[int, Edge]] = field(default_factory=list)
    told: list[tuple[int, int, bool]] = field(default_factory=list)
    counts: list[Counted] = field(default_factory=list)

    def take(self, more: _Said) -> None:
        self.rows += more.rows
        self.told += more.told
        self.counts += more.counts


def _said(place: int, one: Touched, body: Body) -> Iterator[tuple[Kind, _Said]]:
    if one.change.whole:
        return
    form = form3()
    for edge in (edge for edge in one.edges if not edge.silent):
        if edge.item.counts:
            if (counted := _counted(place, edge)) is not None:
                yield Kind(form[edge.item.counts], edge.path.file), _Said(counts=[counted])
        elif edge.item.in_group:
            head = next(a for a in (edge.item, *form.ancestors(edge.item)) if a.is_group)
            yield Kind(head, edge.path.file), _Said(rows=[(place, edge)])
    for head, n, came in _named(one.change):
        named = {target.path.file for target in one.targets if target.path.file}
        for file in named or body.files(head):
            yield Kind(head, file), _Said(told=[(place, n, came)])


def _counted(place: int, edge: Edge) -> Counted | None:
    """The numbers before and after; a side that denies what is counted counts none."""
    sides = [text.strip() for text in (edge.before, edge.after)]
    if edge.item.kind is not ItemKind.COUNT or not any(side.isdecimal() for side in sides):
        return None
    before, after = (int(side) if side.isdecimal() else 0 for side in sides)
    return Counted(place, before, after)


def _named(change: Change) -> Iterator[tuple[FormItem, int, bool]]:
    """The groups that a change itself says came or went: in narration, or as a row on the group."""
    heads = [item for item in form3() if item.is_group]
    after = change.after if narration.may_narrate(change.after) else ""
    for told in (*told_of(after), *told_of(change.item_text)):
        for head in heads:
            if head.name.startswith(told.name):
                yield from ((head, n, told.came) for n in told.numbers)
    found = change.resolution
    if found is not None and found.item.is_group:
        was, now = was_nothing(change.before), is_nothing_now(change.after)
        if was != now and not (found.item.kind is not None and found.rivals):
            yield found.item, found.n, was


# --- what a day says -----------------------------------------------------------------------------------

_ENOUGH = 3
"""So many items of a group that come or go on one day, and none that stays, are the group itself."""


def _day(kind: Kind, when: tuple[date | None, date | None], said: _Said, body: Body) -> Day:
    rows: dict[int, list[Edge]] = {}
    for _, edge in said.rows:
        rows.setdefault(edge.path.group, []).append(edge)
    moves = []
    for n in sorted({*rows, *(n for _, n, _ in said.told)}):
        of_group = rows.get(n, [])
        places = [place for place, edge in said.rows if edge.path.group == n]
        for came in (False, True):
            told = [place for place, number, how in said.told if (number, how) == (n, came)]
            entire = bool(told) or any(_is_name(e.item) and _moves(e, came=came) for e in of_group)
            if entire and not came and _only_the_name(kind, n, body):
                continue
            moving = sum(_moves(e, came=came) for e in of_group)
            staying = any(
                not is_nothing_now(e.after) if not came else not was_nothing(e.before) for e in of_group
            )
            if entire or (moving >= _ENOUGH and not staying):
                moves.append(Move(n, min(*places, *told, len(said.rows) + 10**6), came, entire))
    return Day(when, tuple(moves), tuple(said.counts), rows)


def _is_name(item: FormItem) -> bool:
    """Whether an item names its group: 委託事項2 itself, or ①システムの名称."""
    return item.is_group or (item.number == "①" and item.parent.endswith("system[n]"))


def _moves(edge: Edge, *, came: bool) -> bool:
    """Whether a row fills an item that was blank, or empties one that was not."""
    was, now = was_nothing(edge.before), is_nothing_now(edge.after)
    return was != now and was == came


def _only_the_name(kind: Kind, n: int, body: Body) -> bool:
    """Whether the body has the group, but without a name: then the name went, and nothing else."""
    filled = {
        path: not is_blank(value)
        for path in body.of_group(kind.head, n, kind.file)
        if (value := body.value(path)) is not None
    }
    names = [path for path in filled if _is_name(body.item(path))]
    return bool(names) and not any(filled[path] for path in names) and any(filled.values())
