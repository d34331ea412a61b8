"""The body of an edition, asked as the replay asks it: what stands where, and does it say these words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ledger import wording
from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem
from projections import boxes, options
from projections.readings import is_blank


class Body:
    """All items that an edition prints."""

    def __init__(self, items: tuple[PrintedItem, ...]) -> None:
        self._items = {item.path: item for item in items}

    def __contains__(self, path: object) -> bool:
        return path in self._items

    @property
    def paths(self) -> Iterator[ItemPath]:
        """Every item, in the order of the body."""
        return iter(self._items)

    @property
    def texts(self) -> Iterator[ItemPath]:
        """The items that are texts and change by rows of the table."""
        return (p for p, i in self._items.items() if i.kind is ItemKind.TEXT and not self.item(p).per_edition)

    @cached_property
    def _by_parts(self) -> dict[tuple[str, ...], list[ItemPath]]:
        found: dict[tuple[str, ...], list[ItemPath]] = {}
        for path in self._items:
            found.setdefault(path.parts, []).append(path)
        return found

    @cached_property
    def _filled(self) -> dict[tuple[str, str], set[int]]:
        """The numbers of the groups in which anything is written, by the key of the group and the file."""
        form = form3()
        found: dict[tuple[str, str], set[int]] = {}
        for path, printed in self._items.items():
            item = form[printed.key]
            if item.in_group and not is_blank(printed.value):
                head = next(a for a in (item, *form.ancestors(item)) if a.is_group)
                found.setdefault((head.key, path.file), set()).add(path.group)
        return found

    def item(self, path: ItemPath) -> FormItem:
        """The form's item that stands at *path*. Raises KeyError where nothing does."""
        return form3()[self._items[path].key]

    def value(self, path: ItemPath) -> str | Boxes | None:
        """What stands at *path*; None where nothing does."""
        printed = self._items.get(path)
        return printed.value if printed else None

    def has_boxes(self, path: ItemPath) -> bool:
        """Whether the item at *path* is a set of boxes."""
        return isinstance(self.value(path), Boxes)

    def places(self, path: ItemPath) -> list[ItemPath]:
        """The item in each file in which it stands; as it is where the body does not have it."""
        if path.file:
            return [path]
        return self._by_parts.get(path.parts) or [path]

    def of_item(self, item: FormItem) -> list[ItemPath]:
        """Every place of an item of the form, in whatever group, without the file."""
        return [ItemPath(path.parts) for path in self._items if self.item(path) == item]

    def numbers(self, head: FormItem, file: str) -> list[int]:
        """The numbers of the groups of a kind in which anything is written."""
        return sorted(self._filled.get((head.key, file), ()))

    def files(self, head: FormItem) -> list[str]:
        """The files in which there are groups of a kind; one without a name where there are none."""
        return [file for key, file in self._filled if key == head.key] or [""]

    def numbers_of_kind(self, kind: str) -> list[int]:
        """The numbers of the groups that are called *kind* (委託事項), in whatever file."""
        form = form3()
        found = {
            n
            for (key, _), numbers in self._filled.items()
            for n in numbers
            if form[key].name.startswith(kind)
        }
        return sorted(found)

    def of_group(self, head: FormItem, n: int, file: str) -> list[ItemPath]:
        """The items that the body has of one group."""
        stem = head.at(n).parts
        return [p for p in self._items if p.file == file and p.parts[: len(stem)] == stem]

    def is_just(self, path: ItemPath, words: str) -> bool:
        """Whether the item at *path* says *words* and nothing else."""
        value = self.value(path)
        return isinstance(value, str) and wording.same(words, value) is not None

    def says(self, path: ItemPath, words: str) -> bool:
        """Whether *words* stand in the item at *path*: as the whole, as a part, or as one of its boxes."""
        value = self.value(path)
        if value is None or wording.is_nothing(words):
            return False
        if isinstance(value, Boxes):
            return boxes.stand(self.item(path), words, value)
        item = self.item(path)
        if item.options:
            option = item.option(options.stated(item, words))
            return option is not None and option is item.option(value)
        return wording.same(words, value) is not None or wording.locate(words, value) is not None
