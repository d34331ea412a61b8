"""Between two editions that print their groups under different numbers, or a file under another name.

A row speaks in the numbers of its own day. Where all rows that tell of the renumbering bear one day, rows
before it are meant in the numbers of the earlier edition, and rows after it in those of the later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ledger import wording
from ledger.form import FormItem
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem
from projections import rows
from projections.edges import Edge, Touched
from projections.editions import Anchor
from projections.lineage import Block, Lineage, head_of
from projections.readings import Reading, known
from projections.timeline import stated_by

_FILE_NAMES = frozenset({"I.3", "II.1", "III.1"})

Series = tuple[str, str]
"""A file and the key of the groups of one kind in it; a blank key stands for the file itself."""

Places = tuple[tuple[ItemPath, bool], ...]
"""Where an item may have been printed on a day, each with whether that is sure."""


def _turned_on(changes: Iterable[Touched], kinship: Lineage, files: set[str]) -> dict[Series, date | None]:
    """Of each series and file that changed its numbers or name, or came in: the day of rows that tell of it.

    None where no row does, where one has no day, or where they bear several.
    """
    days: dict[Series, set[date | None]] = {}
    for block in (*kinship.gone, *kinship.added):
        days.setdefault(block.series, set())
    for series in kinship.renumbered:
        days.setdefault(series, set())
    for file in kinship.renamed | (files - kinship.files.keys()):
        days.setdefault((file, ""), set())
    for edge in (edge for touched in changes for edge in touched.edges):
        for series, told in days.items():
            if _tells_of(edge, series, kinship):
                told.add(edge.change.day)
    return {series: next(iter(told)) if len(told) == 1 else None for series, told in days.items()}


def _tells_of(edge: Edge, series: Series, kinship: Lineage) -> bool:
    """Whether a row is about the name of a group or a file, or about how many there are."""
    file, key = series
    if not key:
        return edge.item.key in _FILE_NAMES and edge.path.file in {file, ""}
    if edge.item.per_file and edge.path.file not in {file, kinship.files.get(file, file)}:
        return False
    if edge.item.counts == key:
        return True
    if not edge.item.in_group or head_of(edge.item, kinship.form).key != key:
        return False
    block = kinship.block(edge.path)
    comes, goes = _comes(edge), _goes(edge)
    if edge.silent or comes == goes:
        return edge.moves_numbers
    return edge.item.is_group or block in (kinship.added if comes else kinship.gone)


def _comes(edge: Edge) -> bool:
    """Whether a row says that there was nothing before."""
    return rows.says_new(edge.before) or wording.is_nothing(edge.before)


def _goes(edge: Edge) -> bool:
    """Whether a row says that there is nothing any more."""
    return rows.says_gone(edge.after) or wording.is_nothing(edge.after)


@dataclass(frozen=True)
class Turn:
    """From one edition to the next: what is printed elsewhere, and on which day that came to be.

    ``turned`` has a day for each series of groups, or file, that bears other numbers or another name
    (None: nobody can say).
    """

    earlier: Anchor
    later: Anchor
    kinship: Lineage
    turned: Mapping[Series, date | None]

    @classmethod
    def of(cls, earlier: Anchor, later: Anchor, kinship: Lineage, changes: Iterable[Touched]) -> Turn:
        """What the rows between two editions tell of it."""
        files = {item.path.file for item in later.items if later.form[item.key].per_file}
        return cls(earlier, later, kinship, _turned_on(changes, kinship, files))

    def day(self, path: ItemPath) -> date | None:
        """Since when an item stands where the later edition prints it, or since when it is gone."""
        block = self.kinship.block(path)
        whole = self.turned.get((path.file, ""))
        return self.turned.get(block.series, whole) if block else whole

    def adds(self, path: ItemPath) -> bool:
        """Whether an item stands in a group that the earlier edition does not have."""
        return self.kinship.block(path) in self.kinship.added

    def moves(self, path: ItemPath) -> bool:
        """Whether an item of the later edition was ever printed elsewhere, or nowhere for lack of a place.

        Of a group that was added at the end its rows tell since when it is there.
        """
        was = self.kinship.earlier(path)
        return was != path and (was is not None or self._takes_a_place(path))

    def places(self, path: ItemPath, day: date) -> Places:
        """Where an item of the later edition was printed on *day*."""
        was, turned = self.kinship.earlier(path), self.day(path)
        if not self.moves(path):
            return ((path, True),)
        if was is None:
            return ((path, turned is not None),) if turned is None or day >= turned else ()
        if turned is None:
            return (was, False), (path, False)
        return ((path if day >= turned else was, True),)

    def places_of_gone(self, path: ItemPath, day: date) -> Places:
        """The same of an item that only the earlier edition has: nowhere, once it had gone."""
        turned = self.day(path)
        if turned is not None and day >= turned:
            return ()
        return ((path, turned is not None),)

    def _takes_a_place(self, path: ItemPath) -> bool:
        """Whether an item came in with its file, or with a group before which others moved."""
        block = self.kinship.block(path)
        if block is not None and block.series in self.kinship.renumbered:
            return True
        item, _ = self.later.form.locate(path) or (None, 0)
        return item is not None and item.per_file and path.file not in self.kinship.files

    @cached_property
    def _was(self) -> dict[ItemPath, PrintedItem]:
        return {item.path: item for item in self.earlier.items}

    @cached_property
    def _is(self) -> dict[ItemPath, PrintedItem]:
        return {item.path: item for item in self.later.items}

    def pins(self) -> dict[ItemPath, Reading]:
        """What the earlier edition states, by the paths of the later one; of a new group, nothing."""
        found = {}
        for path, printed in self._was.items():
            now = self.kinship.later(path)
            if now is not None and not self._prints_afresh(printed):
                found[now] = stated_by(self.earlier, printed)
        for path in self._is:
            block = self.kinship.block(path)
            if block in self.kinship.added and self._surely_absent(block):
                located = self.later.form.locate(path)
                if located is not None:
                    found[path] = known(_nothing(located[0]), f"{self.earlier.name}にこの組はない")
        return found

    def pins_of_gone(self) -> dict[ItemPath, Reading]:
        """What the earlier edition states of groups and files that are gone, by its own paths."""
        return {
            path: stated_by(self.earlier, printed)
            for path, printed in self._was.items()
            if self.kinship.later(path) is None and not self._prints_afresh(printed)
        }

    def parted(self, changes: Iterable[Touched]) -> tuple[tuple[Touched, ...], tuple[Touched, ...]]:
        """The rows by the paths of the later edition, and those about what is gone by the earlier ones."""
        here, gone = [], []
        for one in map(self._decided, changes):
            edges: list[Edge] = []
            left: list[Edge] = []
            moved: dict[ItemPath, ItemPath] = {}
            for edge in one.edges:
                for placed, is_gone in self._placed(edge):
                    (left if is_gone else edges).append(placed)
                    moved[edge.path] = placed.path
            targets = tuple(replace(t, path=moved.get(t.path, t.path)) for t in one.targets)
            former = bool(left) and not edges
            here.append(replace(one, targets=targets, edges=tuple(edges), former=former))
            gone.append(replace(one, edges=tuple(left)))
        return tuple(here), tuple(gone)

    def _placed(self, edge: Edge) -> Iterator[tuple[Edge, bool]]:
        """An edge where it is meant, and whether that is gone."""
        if edge.moves_numbers:
            return  # the two bodies tell what became of the group; no number is in doubt
        in_earlier, in_later = self._meant(edge)
        if in_later:
            yield edge if in_later and not in_earlier else self._unsure(edge), False
        if in_earlier:
            now = self.kinship.later(edge.path)
            moved = edge if now is None else replace(edge, path=now)
            yield moved if not in_later else self._unsure(moved), now is None

    def _decided(self, touched: Touched) -> Touched:
        """A row that names no file, on the one item that both bodies show to have changed so."""
        if not touched.undecided:
            return touched
        change = touched.change
        fitting = [edge for edge in touched.edges if self._shows(edge.path, change.before, change.after)]
        if len(fitting) != 1:
            return touched
        told = replace(fitting[0], before=change.before, after=change.after, silent="")
        edges = tuple(told if edge is fitting[0] else edge for edge in touched.edges)
        return replace(touched, edges=edges)

    def _shows(self, path: ItemPath, before: str, after: str) -> bool:
        """Whether an item said *before* in the earlier body, and says *after* in the later one."""
        was = self._was.get(self.kinship.earlier(path) or path)
        now = self._is.get(path)
        if was is None or now is None or wording.same(before, after) is not None:
            return False
        return _says(was, before) and _says(now, after)

    def _unsure(self, edge: Edge) -> Edge:
        told = f"{edge.change.name}が番号の変わる前と後のどちらの番号で書かれたか分からない"
        return replace(edge, silent=edge.silent or told)

    def _meant(self, edge: Edge) -> tuple[bool, bool]:
        """Whether an edge may speak in the numbers of the earlier edition, and in those of the later one."""
        block = self.kinship.block(edge.path)
        there = edge.path in self._was, edge.path in self._is
        if block is None or self.kinship.earlier(edge.path) == edge.path or not there[0]:
            return False, True
        if not there[1]:
            return True, False
        day, turned = edge.change.day, self.turned.get(block.series)
        if day is None or turned is None:
            return True, True
        return (day < turned, day > turned) if day != turned else self._by_words(edge)

    def _by_words(self, edge: Edge) -> tuple[bool, bool]:
        """The same of a row of the very day, by what comes or goes, or by what stood and stands there."""
        comes, goes = _comes(edge), _goes(edge)
        if comes != goes:
            return goes, comes
        stood = _says(self._was[edge.path], edge.before)
        stands = _says(self._is[edge.path], edge.after)
        return (stood, stands) if stood or stands else (True, True)

    def _prints_afresh(self, printed: PrintedItem) -> bool:
        return self.earlier.form[printed.key].per_edition

    def _surely_absent(self, block: Block | None) -> bool:
        """Whether the earlier body did not just lose a group: it has all from 1 on, as many as its 件 say."""
        if block is None:
            return False
        was = (self.kinship.files.get(block.file, block.file), block.key)
        there = {
            found.number for path in self._was if (found := self.kinship.block(path)) and found.series == was
        }
        counted = {
            int(printed.value)
            for path, printed in self._was.items()
            if self.earlier.form[printed.key].counts == block.key
            and path.file == was[0]
            and isinstance(printed.value, str)
            and printed.value.isdecimal()
        }
        return there == set(range(1, len(there) + 1)) and counted <= {len(there)}


def _says(printed: PrintedItem, words: str) -> bool:
    return isinstance(printed.value, str) and wording.same(printed.value, words) is not None


def _nothing(item: FormItem) -> str | Boxes:
    """An item of a group that is not there."""
    if item.kind is ItemKind.CHECKBOX:
        return Boxes(unchecked=tuple(option.label for option in item.options))
    return ""
