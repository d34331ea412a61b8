"""Lineage: which file and which numbered group of a later edition is which of an earlier one.

An item is the same item across editions by its form key and the lineage of its group and its file: 委託事項2
may be what was 委託事項3 before another was removed, and a file may bear another name. A path is only how
an item is printed in one edition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ledger import wording
from ledger.form import Form, FormItem, group_number
from ledger.item_path import ItemPath
from ledger.published import Boxes, PrintedItem
from projections.readings import Value, agree, is_blank

_FILE_NAME = "II.1"
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Block:
    """A numbered group of one file: 委託事項2. ``key`` is that of its head in the form."""

    file: str
    key: str
    number: int

    @property
    def series(self) -> tuple[str, str]:
        """What it is one of: the groups of its kind in its file."""
        return self.file, self.key


@dataclass(frozen=True)
class Lineage:
    """What was printed where: files and groups of a later edition → of an earlier one."""

    form: Form
    files: Mapping[str, str]
    blocks: Mapping[Block, Block]
    gone: frozenset[Block]
    added: frozenset[Block]

    @cached_property
    def _later(self) -> Lineage:
        return Lineage(
            self.form,
            {earlier: later for later, earlier in self.files.items()},
            {earlier: later for later, earlier in self.blocks.items()},
            self.added,
            self.gone,
        )

    @cached_property
    def renumbered(self) -> frozenset[tuple[str, str]]:
        """The series of the later edition in which a group bears another number than before."""
        return frozenset(block.series for block, was in self.blocks.items() if block.number != was.number)

    @cached_property
    def renamed(self) -> frozenset[str]:
        """The files of the later edition that were printed under another name."""
        return frozenset(name for name, was in self.files.items() if name != was)

    def earlier(self, path: ItemPath) -> ItemPath | None:
        """Where the earlier edition prints an item of the later one; None where it has no such group."""
        item, number = self.form.locate(path) or (None, 0)
        if item is None:
            return path
        file = self.files.get(path.file) if item.per_file else ""
        if file is None:
            return None
        if item.in_group:
            block = self.blocks.get(Block(path.file, head_of(item, self.form).key, number))
            if block is None:
                return None
            number = block.number
        return item.at(number, file)

    def later(self, path: ItemPath) -> ItemPath | None:
        """Where the later edition prints an item of the earlier one, likewise."""
        return self._later.earlier(path)

    def block(self, path: ItemPath) -> Block | None:
        """The group in which an item stands, if any."""
        item, number = self.form.locate(path) or (None, 0)
        if item is None or not item.in_group:
            return None
        return Block(path.file, head_of(item, self.form).key, number)


def head_of(item: FormItem, form: Form) -> FormItem:
    """The head of the group in which an item stands; the item itself where it is one."""
    return next(node for node in (item, *form.ancestors(item)) if node.is_group)


def lineage(earlier: Iterable[PrintedItem], later: Iterable[PrintedItem], form: Form) -> Lineage:
    """Compare two bodies. What cannot be told apart for certain is taken for gone, and for added."""
    before, now = _Body(earlier, form), _Body(later, form)
    files = _files(before, now)
    blocks: dict[Block, Block] = {}
    for (file, key), found in now.series.items():
        was = files.get(file) if form[key].per_file else file
        if was is not None:
            blocks |= _blocks(before.series.get((was, key), {}), found)
    return Lineage(
        form,
        files,
        blocks,
        frozenset(before.blocks - set(blocks.values())),
        frozenset(now.blocks - set(blocks)),
    )


_Words = dict[str, Value]


class _Body:
    """The items of an edition by file, and by group."""

    def __init__(self, items: Iterable[PrintedItem], form: Form) -> None:
        self.files: dict[str, _Words] = defaultdict(dict)
        self.titles: dict[str, str] = {}
        self.series: dict[tuple[str, str], dict[Block, _Words]] = defaultdict(dict)
        for printed in items:
            item, path = form[printed.key], printed.path
            if item.per_file:
                self.files[path.file][printed.key] = printed.value
            if item.key == _FILE_NAME and isinstance(printed.value, str):
                self.titles[path.file] = path.file or printed.value
            if item.in_group and not is_blank(printed.value):
                block = Block(path.file, head_of(item, form).key, group_number(printed.key))
                self.series[block.series].setdefault(block, {})[item.key] = printed.value

    @property
    def blocks(self) -> set[Block]:
        return {block for found in self.series.values() for block in found}

    def title(self, file: str) -> str:
        """The name of a file; where it stands alone, its paths do not have it."""
        return self.titles.get(file, file)


def _files(before: _Body, now: _Body) -> dict[str, str]:
    """Files of one name are one file; of the others those that say mostly the same."""
    if now.files.keys() == before.files.keys():
        return {name: name for name in now.files}
    found: dict[str, str] = {}
    for name, words in now.files.items():
        left = [was for was in before.files if was not in found.values()]
        titled = [was for was in left if _same_title(now.title(name), before.title(was))]
        taken = {
            was for was in left for other in now.files if _same_title(now.title(other), before.title(was))
        }
        alike = [was for was in left if was not in taken and _likeness(words, before.files[was]) >= _ALIKE]
        candidates = titled or alike
        if len(candidates) == 1:
            found[name] = candidates[0]
    return found


def _same_title(one: str, other: str) -> bool:
    return bool(one and other) and wording.same(one, other) is not None


def _blocks(before: dict[Block, _Words], now: dict[Block, _Words]) -> dict[Block, Block]:
    """Groups of one number and name, then of one name, then of one number and mostly the same words."""
    numbered = {block.number: block for block in before}
    in_place = {block: numbered[block.number] for block in now if block.number in numbered}
    found = {
        block: was
        for block, was in in_place.items()
        if _name(now[block]) and _named_alike(now[block], before[was])
    }
    left = {block: words for block, words in now.items() if block not in found}
    free = {was: words for was, words in before.items() if was not in found.values()}
    for block, words in left.items():
        alike = [was for was in free if _named_alike(words, free[was])]
        rivals = [other for other in left if _named_alike(left[other], words)]
        if _name(words) and len(alike) == len(rivals) == 1:
            found[block] = alike[0]
    taken = set(found.values())
    for block, was in in_place.items():
        if block not in found and was not in taken and _likeness(now[block], before[was]) >= _ALIKE:
            found[block] = was
    return found


def _named_alike(one: _Words, other: _Words) -> bool:
    return _name(one) == _name(other)


def _name(words: _Words) -> str:
    """The name of a group: that of its head, or of a system its first item."""
    said = next((value for key, value in words.items() if key.endswith(("[n]", "system[n].1"))), "")
    return "" if isinstance(said, Boxes) else wording.plain(said)


def _likeness(one: _Words, other: _Words) -> float:
    """The share of items that say the same, of those that say anything in either."""
    keys = {
        key for key in (*one, *other) if not (is_blank(one.get(key, "")) and is_blank(other.get(key, "")))
    }
    if not keys:
        return 0.0
    return sum(key in one and key in other and agree(one[key], other[key]) for key in keys) / len(keys)
