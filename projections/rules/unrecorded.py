"""Changes that the rows and the body prove, and that no row records.

A group (委託事項, 提供先, 移転先, システム) that came in with rows for some of its items has others that came
in with it; a number of 件 that changed says that a group came or went; a group that came changed that number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ledger.form import form3
from ledger.item_path import ItemPath
from ledger.wording import in_brief
from projections.bodies import Body
from projections.edges import Touched
from projections.findings import Finding, Rule, Severity, Subject
from projections.groups import Counted, Day, Kind, Move, days_of_groups
from projections.readings import is_blank
from projections.rows import is_nothing_now, was_nothing
from projections.rules.telling import quoted, rows_named

_SEVERAL_ROWS = 3


def unrecorded_change(subject: Subject) -> Iterator[Finding]:
    """R-55, R-56: what must have changed with the rows on a group, and has no row. One finding a day."""
    body = Body(subject.lines.anchor.items)
    for kind, days in days_of_groups(subject.lines.touched, body).items():
        for day in days:
            found = _Missing(subject, body, kind, day)
            if finding := found.finding():
                yield finding
            if any(not move.came for move in day.moves) or _between(day, kind, body):
                break  # before this day the groups bore other numbers than in the body


def _between(day: Day, kind: Kind, body: Body) -> bool:
    """Whether a group came in before others, so that their numbers moved."""
    new = {move.n for move in day.moves if move.came}
    return any(n > min(new) for n in set(body.numbers(kind.head, kind.file)) - new) if new else False


@dataclass(frozen=True, slots=True)
class _Proved:
    """A change without a row: what is told of it, and the items."""

    told: str
    items: tuple[ItemPath, ...]


class _Missing:
    """What the rows of one *day* on the groups of a *kind* prove beside what they record."""

    def __init__(self, subject: Subject, body: Body, kind: Kind, day: Day) -> None:
        self.touched = subject.lines.touched
        self.body, self.kind, self.day = body, kind, day
        self.came = [move for move in day.moves if move.came]
        self.gone = [move for move in day.moves if not move.came]

    def finding(self) -> Finding | None:
        """One finding for all of it."""
        proved = [*self._of_new_groups(), *self._of_counts(), *self._number()]
        if not proved:
            return None
        rows = self._rows()
        return Finding(
            "unrecorded-change",
            Severity.WARNING,
            tuple(touched.change.no for touched in rows),
            tuple(dict.fromkeys(path for one in proved for path in one.items)),
            f"{rows_named(t.change.no for t in rows)}: {'。'.join(one.told for one in proved)}",
            tuple(quoted(touched, "変更後", touched.change.after) for touched in rows),
        )

    def _rows(self) -> list[Touched]:
        """The rows of the day on the groups that came or went, and on their number."""
        about = {move.n for move in self.day.moves}
        counted = {count.place for count in self.day.counts}
        return [
            one
            for place, one in enumerate(self.touched)
            if place in counted
            or (
                (one.change.day, one.change.earliest) == self.day.when
                and any(
                    edge.path.group in about
                    and not edge.silent
                    and self.kind.head.key in self._heads(edge.path)
                    for edge in one.edges
                )
            )
        ]

    def _heads(self, path: ItemPath) -> set[str]:
        """The kinds of group that an item stands in."""
        located = form3().locate(path)
        if located is None or path.file != self.kind.file:
            return set()
        return {item.key for item in (located[0], *form3().ancestors(located[0])) if item.is_group}

    # --- a group that came in item by item ------------------------------------------------------------

    def _of_new_groups(self) -> Iterator[_Proved]:
        for move in self.came:
            by_item = [edge for edge in self.day.rows.get(move.n, ()) if not edge.composite]
            if len({edge.path for edge in by_item}) < _SEVERAL_ROWS:
                continue  # a row on the group stands for all of it
            missing = tuple(self._without_row(move))
            if missing:
                names = "、".join(self._called(path) for path in missing)
                new = self.kind.called(move.n)
                told = f"{new}が項目ごとの行で加わりましたが、本文にある{names}を加えた行がありません"
                yield _Proved(told, missing)

    def _called(self, path: ItemPath) -> str:
        """An item of a group; its name by what it says, as the form calls it as it calls the group."""
        value = self.body.value(path)
        named = self.body.item(path).is_group and isinstance(value, str)
        return f"{path.label}の名称（{in_brief(str(value))}）" if named else path.label

    def _without_row(self, move: Move) -> Iterator[ItemPath]:
        for path in self.body.of_group(self.kind.head, move.n, self.kind.file):
            if not is_blank(self.body.value(path)) and not self._added(path):
                yield path

    def _added(self, path: ItemPath) -> bool:
        """Whether any row may have added an item."""
        return any(
            edge.path == path and (was_nothing(edge.before) or edge.silent) and not edge.moves_numbers
            for one in self.touched
            for edge in one.edges
        )

    # --- a number of 件 that changed -------------------------------------------------------------------

    def _of_counts(self) -> Iterator[_Proved]:
        if self.day.moves:
            return
        filled = set(self.body.numbers(self.kind.head, self.kind.file))
        for count in self.day.counts:
            if self._is_of_another_day(count):
                continue
            grown = f"件数が{count.before}件から{count.after}件に"
            new = [n for n in range(count.before + 1, count.after + 1) if n in filled]
            if new:
                names = "、".join(self.kind.called(n) for n in new)
                told = f"{grown}増えていますが、{names}を加えた行がありません"
                yield _Proved(told, tuple(self.kind.head.at(n, self.kind.file) for n in new))
            elif count.after < count.before and count.after == len(filled):
                told = f"{grown}減っていますが、なくなった記載の行がありません"
                yield _Proved(told, tuple(filter(None, [self._counter()])))

    def _is_of_another_day(self, count: Counted) -> bool:
        """Whether a row, of whatever day, says that a group came or went, or may say so."""
        numbers = range(min(count.before, count.after) + 1, max(count.before, count.after) + 1)
        growing = count.after > count.before
        for one in self.touched:
            for path, said in _said(one):
                if self.kind.head.key not in self._heads(path):
                    continue
                if growing and path.group in numbers and was_nothing(said[0]):
                    return True
                if not growing and is_nothing_now(said[1]):
                    return True
        return False

    def _counter(self) -> ItemPath | None:
        counter = next((item for item in form3() if item.counts == self.kind.head.key), None)
        return counter.at(0, self.kind.file) if counter is not None else None

    # --- groups that came or went without their number --------------------------------------------------

    def _number(self) -> Iterator[_Proved]:
        counter = self._counter()
        if counter is None or self.day.counts or len(self.came) == len(self.gone):
            return
        stated = self.body.value(counter) if counter in self.body else None
        filled = len(self.body.numbers(self.kind.head, self.kind.file))
        if stated != str(filled) or self._mentions(counter) or self._counted_on_another_day(counter):
            return
        change = "加わり" if len(self.came) > len(self.gone) else "なくなり"
        names = "、".join(self.kind.called(move.n) for move in (*self.came, *self.gone))
        yield _Proved(f"{names}が{change}ましたが、件数の変更の行がありません", (counter,))

    def _counted_on_another_day(self, counter: ItemPath) -> bool:
        """Whether a row of another day brings the number of 件 to where these groups count."""
        numbers = {move.n for move in (*self.came, *self.gone)}
        sides = (
            (edge.before, edge.after)
            for one in self.touched
            for edge in one.edges
            if edge.path == counter and not edge.silent
        )
        steps = (sorted(map(int, pair)) for pair in sides if all(side.isdecimal() for side in pair))
        return any(low < n <= high for low, high in steps for n in numbers)

    def _mentions(self, counter: ItemPath) -> bool:
        """Whether any row of the day, or without a day, may be about the cell in which the number stands."""
        cell = counter.parts[:3]
        return any(
            path.parts[:3] == cell
            for one in self.touched
            if one.change.day in {None, self.day.when[0]} and not _counts_others(one, counter)
            for path in (*(t.path for t in one.targets), *(e.path for e in one.edges if not e.silent))
        )


def _counts_others(one: Touched, counter: ItemPath) -> bool:
    """Whether a row only brings another number of 件 that stands in the same cell (提供, 移転)."""
    counts = [edge.path.parts for edge in one.edges if edge.item.counts and not edge.silent]
    behind = counter.parts[-2]  # the box behind which the number stands
    named = any(behind in "".join(words.split()) for words in (one.change.before, one.change.after))
    return bool(counts) and counter.parts not in counts and not named


def _said(one: Touched) -> Iterator[tuple[ItemPath, Sequence[str]]]:
    """The items that a row is or may be about, with its two sides."""
    paths: Iterable[ItemPath] = (edge.path for edge in one.edges if not edge.moves_numbers)
    sides = (one.change.before, one.change.after)
    yield from ((path, sides) for path in dict.fromkeys((*paths, *(target.path for target in one.targets))))
    for edge in one.edges:
        if edge.composite:
            yield edge.path, (edge.before, edge.after)


RULES = (
    Rule(
        "unrecorded-change",
        unrecorded_change,
        Severity.WARNING,
        "様式3 別添２（変更した項目はすべて記載）",
        "その変更の行が抜けていないかを確認してください",
    ),
)
