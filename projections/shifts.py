"""What a group that came or went says of the items that no row touches.

When 委託事項2 goes, 委託事項3 becomes 委託事項2: from the day of such a change backwards, the items of that
group and of all later ones of its kind are not what the body says, unless rows of that day say what
they were. A group added at the end moves nothing, but what no row says of it was not there before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from projections.bodies import Body
from projections.changes import Change
from projections.edges import Edge, Touched
from projections.groups import Day, Kind, Move, days_of_groups
from projections.readings import is_blank
from projections.rows import is_nothing_now


def shifted(touched: tuple[Touched, ...], body: Body) -> tuple[Touched, ...]:
    """*touched* with the edges of items that moved, and with the ends of those that went with their group."""
    found = list(touched)
    for kind, days in days_of_groups(touched, body).items():
        last = max(body.numbers(kind.head, kind.file), default=0)
        for nth, day in enumerate(days):
            today = _Today(kind, day, body, last, latest=nth == 0)
            for doubt in today.doubts():
                one = found[doubt.place]
                # In front: undone last, they also cover what a row of the same change says of such an item.
                found[doubt.place] = replace(one, edges=(*doubt.edges(one.change), *one.edges))
            ended = set(today.ended())
            found = [_ended(one, ended, day) for one in found] if ended else found
            last = today.last_before()
    return tuple(found)


def _ended(one: Touched, paths: set[ItemPath], day: Day) -> Touched:
    if (one.change.day, one.change.earliest) != day.when:
        return one
    edges = tuple(replace(e, ends=True) if e.path in paths and not e.silent else e for e in one.edges)
    return replace(one, edges=edges)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Items of one group that the body proves nothing of before a change; ``place`` is that of the change."""

    place: int
    told: str
    items: tuple[tuple[ItemPath, FormItem], ...]
    keeps: bool = False
    ends: bool = False
    moves: bool = True

    def edges(self, change: Change) -> Iterator[Edge]:
        """The doubt as edges of the change."""
        told = f"{change.name}で{self.told}"
        for path, item in self.items:
            edge = Edge(change, path, item, "", "", silent=told, moves_numbers=self.moves)
            yield replace(edge, keeps=self.keeps, ends=self.ends)


class _Today:
    """One day of the groups of a kind. *last* is their highest number after that day.

    Only on the *latest* day that says anything of them are the body's numbers those of the day.
    """

    def __init__(self, kind: Kind, day: Day, body: Body, last: int, *, latest: bool) -> None:
        self.kind, self.day, self.body, self.last = kind, day, body, last
        self.gone = [move for move in day.moves if not move.came]
        self.came = [move for move in day.moves if move.came]
        filled = body.numbers(kind.head, kind.file)
        self.vacant = {n for n in range(1, last) if n not in filled} if latest else set[int]()

    def doubts(self) -> Iterator[_Doubt]:
        """What is in doubt before this day."""
        if self.gone:
            yield from self._gone()
        if self.came:
            yield from self._came()
        if not self.day.moves:
            yield from self._counted()
        elif not self.day.counts and len(self.came) != len(self.gone):
            yield from self._number()

    def last_before(self) -> int:
        """The highest number before this day."""
        if self.day.moves:
            return self.last + len(self.gone) - len(self.came)
        return next((count.before for count in self.day.counts if count.after == self.last), self.last)

    def ended(self) -> Iterator[ItemPath]:
        """The items with rows whose group went."""
        for move in self.gone:
            for edge in self.day.rows.get(move.n, ()):
                if is_nothing_now(edge.after) or edge.item.is_group:
                    yield edge.path

    def _gone(self) -> Iterator[_Doubt]:
        upper = self.last + len(self.gone)
        for move in self.gone:
            if self._is_vacant(move.n):
                told = f"{self.kind.called(move.n)}がなくなったが、それまでのこの項目の記載を書いた行がない"
                yield self._of_group(move, move.n, told)
        moved = [move for move in self.gone if not self._is_vacant(move.n)]
        if moved:
            first = min(moved, key=lambda move: move.n)
            went = self.kind.called(first.n)
            for n in range(first.n, upper + 1):
                told = f"{went}がなくなって番号が繰り上がったとみられ、{_until_then(self.kind.called(n))}"
                yield self._of_group(first, n, told)

    def _is_vacant(self, n: int) -> bool:
        """Whether nothing moved up to the number of a group that went."""
        return n > self.last or n in self.vacant

    def _came(self) -> Iterator[_Doubt]:
        new = {move.n for move in self.came}
        for move in self.came:
            name = self.kind.called(move.n)
            between = [n for n in range(move.n + 1, self.last + 1) if n not in new and n not in self.vacant]
            if between:
                for n in (move.n, *between):
                    moved = self.kind.called(n)
                    told = f"{name}が途中に加わって番号が繰り下がったとみられ、{_until_then(moved)}"
                    yield self._of_group(move, n, told, with_rows=n == move.n)
            elif move.entire:
                told = f"{name}が加わったとみられ、それまでにこの項目の記載があったか分からない"
                yield self._filled(self._of_group(move, move.n, told))
            else:
                told = (
                    f"{name}の他の項目が加わり、組そのものがまだなかったとみられる。この項目を加えた行がない"
                )
                yield replace(self._filled(self._of_group(move, move.n, told)), keeps=True)

    def _counted(self) -> Iterator[_Doubt]:
        """A number of 件 changed, and no row says which group came or went."""
        for counted in self.day.counts:
            place, before, after = counted.place, counted.before, counted.after
            if after != self.last:
                continue
            move = Move(0, place, came=after > before, entire=False)
            for n in range(after + 1, before + 1):
                told = f"件数が{before}件から{after}件に減ったが、なくなった組の記載を書いた行がない"
                yield self._of_group(move, n, told)
            if after < before:
                told = f"件数が{before}件から{after}件に減ったが、どの組がなくなったか分からない"
                for n in range(1, after + 1):
                    yield replace(self._of_group(move, n, told), keeps=True)
            for n in range(before + 1, after + 1):
                told = f"件数が{before}件から{after}件に増えたが、{self.kind.called(n)}を加えた行がない"
                yield self._filled(self._of_group(move, n, told))

    def _filled(self, doubt: _Doubt) -> _Doubt:
        """Only the items that say anything: of a group that came, the others were blank before, too."""
        blank = {path for path, _ in doubt.items if is_blank(self.body.value(path))}
        return replace(doubt, items=tuple(one for one in doubt.items if one[0] not in blank))

    def _number(self) -> Iterator[_Doubt]:
        """Groups came or went, and no row says what became of their number of 件."""
        counter = next((item for item in form3() if item.counts == self.kind.head.key), None)
        if counter is not None:
            path = counter.at(0, self.kind.file)
            told = "組の数が変わったが、件数の変更を書いた行がない"
            yield _Doubt(self.day.moves[0].place, told, ((path, counter),), moves=False)

    def _of_group(self, move: Move, n: int, told: str, *, with_rows: bool = False) -> _Doubt:
        """The items of group *n* without rows of that day: the body's, or the form's where it has none."""
        paths = self.body.of_group(self.kind.head, n, self.kind.file)
        items = [(path, self.body.item(path)) for path in paths] or self.kind.items(n)
        kept = tuple((path, item) for path, item in items if with_rows or path not in self.day.own)
        return _Doubt(move.place, told, kept, ends=self._is_vacant(n))


def _until_then(group: str) -> str:
    return f"それまでの{group}の記載は分からない"
