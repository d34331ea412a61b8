"""What an edited document says otherwise than the current one: one Edit for each changed item, in form order.

Items are compared where they stand: 委託事項2 with 委託事項2. Files are matched by their names and words,
since the only file of a document has no name in its paths, and one of two has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.form import Form, FormItem, form_named
from ledger.item_path import ItemPath
from ledger.published import PrintedItem, PublishedEdition
from projections.abridging import differ
from projections.documents import Document, StatedItem
from projections.lineage import head_of, lineage
from projections.readings import Reading, Value, is_blank


@dataclass(frozen=True, slots=True)
class Edit:
    """An item that the edited document changes.

    ``path`` is where the current document has it, ``printed`` where the edited one does. ``was`` is what the
    current document says (None: it does not have the item), ``now`` what the edited one says (None: the block
    or the file of the item is gone), ``doubt`` why its reading is not certain.
    """

    path: ItemPath
    printed: ItemPath
    item: FormItem
    was: Reading | None
    now: Value | None
    doubt: str = ""

    @property
    def sure(self) -> bool:
        """Whether it is known what the current document says."""
        return self.was is None or self.was.known


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits in the order of the form, and the items that the edited document does not have any more.

    An item gone without its block, or not certain before, is no change: a reader may have lost it.
    """

    edits: tuple[Edit, ...]
    missing: tuple[ItemPath, ...]


def edits(current: Document, edition: PublishedEdition) -> Edits:
    """Compare the *current* document with an edited one."""
    return _Comparison(current, edition).edits()


class _Comparison:
    def __init__(self, current: Document, edition: PublishedEdition) -> None:
        self._form: Form = form_named(edition.form)
        self._stated = {stated.path: stated for stated in current.items}
        kin = lineage(_as_printed(current), edition.items, self._form)
        self._files = dict(kin.files)
        self._edited = {self.place(printed.path): printed for printed in edition.items}
        self._blocks = {self._block(path) for path in self._edited}
        self._blank = self._blank_blocks()
        self._file_order = {
            name: n for n, name in enumerate(dict.fromkeys(p.file for p in (*self._stated, *self._edited)))
        }

    def place(self, path: ItemPath) -> ItemPath:
        """Where the current document has, or would have, an item of the edited one."""
        return ItemPath(path.parts, self._files.get(path.file, path.file)) if path.file else self._alone(path)

    def _alone(self, path: ItemPath) -> ItemPath:
        found = self._form.locate(path)
        file = self._files.get("", "") if found and found[0].per_file else ""
        return ItemPath(path.parts, file)

    def edits(self) -> Edits:
        found = [*self._changed(), *self._gone()]
        found.sort(key=self._order)
        return Edits(tuple(found), tuple(self._missing()))

    def _changed(self) -> Iterator[Edit]:
        for path, printed in self._edited.items():
            item, stated = self._form[printed.key], self._stated.get(path)
            begun = self._block(path) in self._blank
            reading = stated.reading if stated and not begun else None
            said: tuple[Value | None, ...] = (reading.possible if reading else ()) or (None,)
            if not item.per_edition and all(differ(value, printed.value) for value in said):
                yield Edit(path, printed.path, item, reading, printed.value, printed.doubt)

    def _gone(self) -> Iterator[Edit]:
        for path, stated in self._absent():
            if self._is_gone(path, stated):
                yield Edit(path, path, stated.item, stated.reading, None)

    def _missing(self) -> Iterator[ItemPath]:
        for path, stated in self._absent():
            if not self._is_gone(path, stated) and not stated.item.per_edition:
                yield path

    def _is_gone(self, path: ItemPath, stated: StatedItem) -> bool:
        """Whether an item went with its block. One that a body had lost already may be lost here, too."""
        return stated.reading.known and self._block(path) not in self._blocks

    def _absent(self) -> Iterator[tuple[ItemPath, StatedItem]]:
        for path, stated in self._stated.items():
            value = stated.reading.value
            if path not in self._edited and value is not None and not is_blank(value):
                yield path, stated

    def _block(self, path: ItemPath) -> tuple[str, str, int]:
        """The numbered block of an item, or the whole file, or document, that has it."""
        found = self._form.locate(path)
        if found is None or not found[0].in_group:
            return path.file, "", 0
        return path.file, head_of(found[0], self._form).key, found[1]

    def _blank_blocks(self) -> set[tuple[str, str, int]]:
        """The numbered blocks in which the current document certainly says nothing: not there yet."""
        blank: dict[tuple[str, str, int], bool] = {}
        for path, stated in self._stated.items():
            block, reading = self._block(path), stated.reading
            if block[1]:
                blank[block] = blank.get(block, True) and reading.known and is_blank(reading.value)
        return {block for block, is_so in blank.items() if is_so}

    def _order(self, edit: Edit) -> tuple[int, int, tuple[int, ...]]:
        key = edit.item.key_at(edit.path.group)
        section, *inside = self._form.place(key)
        return section, self._file_order.get(edit.path.file, 0), tuple(inside)


def _as_printed(current: Document) -> list[PrintedItem]:
    return [
        PrintedItem(stated.path, stated.key, stated.item.kind, stated.reading.value, 0)
        for stated in current.items
        if stated.item.kind is not None and stated.reading.value is not None
    ]
