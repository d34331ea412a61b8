"""One edition → the lines of 様式3 as the form prints them, before any file format.

The inverse of ``ledger.readers.assembling``, written from the form's data alone: what a writer prints of
these lines, a reader has to read back as the same items and rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ledger.form import Form, FormItem, Option, form3, group_number
from ledger.published import Boxes, ChangeRow, ItemKind, PrintedItem, PublishedEdition, TableState
from ledger.readers.cells import texts_of
from projections.captions import CHANGE_COLUMNS

TITLE = "特定個人情報保護評価書（重点項目評価書）"
CONTENTS = "項目一覧"
_SECTIONS = ("I", "II", "annex1", "III", "IV", "V")
ANNEX_2 = "（別添２）変更箇所"
_GROUPS_PRINTED = (2, 6, 11, 16, 21)  # システム2～5, 6～10, 11～15, 16～20 fold
_GROUP_NAMES = {
    "I.2.system[n]": "システム",
    "II.4.entrustment[n]": "委託事項",
    "II.5.provision[n]": "提供先",
    "II.5.transfer[n]": "移転先",
}


class Kind(StrEnum):
    """What a line of the form is."""

    TITLE = "title"
    COVER = "cover"
    CONTENTS = "contents"
    SECTION = "section"
    HEADING = "heading"
    FOLD = "fold"
    GROUP = "group"
    RISK = "risk"
    LABEL = "label"
    VALUE = "value"
    COLUMNS = "columns"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its cells, of which the first ``labels`` are printed by the form and the rest hold values.

    ``item`` is the item of the form whose value stands in the last cell, or in the next line of the kind
    VALUE where a label stands over its value; ``doubt`` says why that value is not certain.
    """

    kind: Kind
    cells: tuple[str, ...]
    labels: int = 0
    item: FormItem | None = None
    doubt: str = ""


def lines(edition: PublishedEdition, form: Form | None = None) -> list[Line]:
    """The whole edition, from the cover to the change table, line by line."""
    return list(_Printing(edition, form or form3()).everything())


class _Printing:
    """Prints one edition."""

    def __init__(self, edition: PublishedEdition, form: Form) -> None:
        self._edition = edition
        self._form = form
        self._items = {(item.path.file, item.key): item for item in edition.items}
        self._files = list(dict.fromkeys(item.path.file for item in edition.items if item.path.file)) or [""]

    def everything(self) -> Iterator[Line]:
        yield from self._cover()
        yield Line(Kind.CONTENTS, (CONTENTS,), 1)
        for key in _SECTIONS:
            yield Line(Kind.CONTENTS, (self._form[key].label,), 1)
        yield Line(Kind.CONTENTS, (ANNEX_2,), 1)
        yield from self._section("I", "")
        for file in self._files:
            yield from self._section("II", file)
            yield from self._section("annex1", file)
        for file in self._files:
            yield from self._section("III", file)
        yield from self._section("IV", "")
        yield from self._section("V", "")
        yield from self._table()

    def _cover(self) -> Iterator[Line]:
        header = self._edition.header
        yield Line(Kind.TITLE, (TITLE,), 1)
        yield Line(Kind.COVER, ("評価書番号", "評価書名"), 2)
        yield Line(Kind.COVER, (header.number, header.title))
        for key in ("declaration", "special_notes", "body", "publication_date"):
            item = self._form[f"cover.{key}"]
            if (printed := self._printed(item, 0, "")) is not None:
                yield Line(Kind.COVER, (item.label,), 1)
                yield Line(Kind.COVER, (str(printed.value),), 0, item, printed.doubt)
        if header.form_edition:
            yield Line(Kind.COVER, (f"[{header.form_edition}]",))

    def _section(self, key: str, file: str) -> Iterator[Line]:
        section = self._form[key]
        if not any(item.key.startswith(key) and item.path.file in {"", file} for item in self._edition.items):
            return
        yield Line(Kind.SECTION, (f"{section.label}{' ※（７．②を除く。）' if section.important else ''}",), 1)
        if section.kind is not None:
            yield from self._below(section, 0, file)
        for child in self._form.children(section):
            yield from self._heading(child, file)

    def _heading(self, heading: FormItem, file: str) -> Iterator[Line]:
        mark = " ※" if heading.important and heading.section != "III" else ""
        boxes = self._form.boxes_in_heading(heading)
        printed = self._printed(boxes, 0, file) if boxes else None
        if boxes is not None and printed is not None:
            yield Line(
                Kind.HEADING, (heading.label, self._value(boxes, printed, file)), 1, boxes, printed.doubt
            )
        else:
            yield Line(Kind.HEADING, (heading.label + mark,), 1, heading if heading.kind else None)
        if heading.kind is not None:
            yield from self._below(heading, 0, file)
        for child in self._form.children(heading):
            if child is not boxes:
                yield from self._node(child, 0, file)

    def _node(self, node: FormItem, n: int, file: str, above: tuple[str, ...] = ()) -> Iterator[Line]:
        if node.kind is ItemKind.COUNT:
            return
        if node.is_group:
            yield from self._groups(node, file)
        elif node.is_risk:
            if any(self._printed(child, n, file) for child, _ in self._form.below(node)):
                yield Line(Kind.RISK, (node.label,), 1)
                yield from self._children(node, n, file)
        elif node.kind is None:
            yield from self._children(node, n, file, (*above, node.label))
        else:
            yield from self._item(node, n, file, above)
            yield from self._children(node, n, file)

    def _children(self, node: FormItem, n: int, file: str, above: tuple[str, ...] = ()) -> Iterator[Line]:
        for place, child in enumerate(self._form.children(node)):
            # A parent's label stands beside its first row only.
            yield from self._node(child, n, file, above if not place else ("",) * len(above))

    def _item(self, item: FormItem, n: int, file: str, above: tuple[str, ...]) -> Iterator[Line]:
        printed = self._printed(item, n, file)
        if printed is None:
            return
        labels = (*above, item.label + (" ※" if item.important and item.section != "III" else ""))
        if item.key.endswith(".other"):  # その他のリスク…: the label fills the line, the value stands below
            yield Line(Kind.LABEL, labels, len(labels), item)
            yield from self._below(item, n, file)
        else:
            cells = (*labels, self._value(item, printed, file))
            yield Line(Kind.LABEL, cells, len(labels), item, printed.doubt)

    def _below(self, item: FormItem, n: int, file: str) -> Iterator[Line]:
        printed = self._printed(item, n, file)
        if printed is not None and (printed.value or printed.doubt):
            yield Line(Kind.VALUE, (self._value(item, printed, file),), 0, item, printed.doubt)

    def _groups(self, group: FormItem, file: str) -> Iterator[Line]:
        """The blocks of a repeated group that the edition has, with the folding lines between them."""
        below = {group.key, *(node.key for node, _ in self._form.below(group))}
        numbers = {
            group_number(item.key)
            for item in self._edition.items
            if item.path.file == file and re.sub(r"\[\d+\]", "[n]", item.key) in below
        }
        name = _GROUP_NAMES[group.key]
        for n in range(1, _GROUPS_PRINTED[-1]):
            if n in _GROUPS_PRINTED:
                last = _GROUPS_PRINTED[_GROUPS_PRINTED.index(n) + 1] - 1
                yield Line(Kind.FOLD, (f"{name}{n}～{last}",), 1)
            if n in numbers:
                yield from self._group(group, n, file, f"{name}{n}")

    def _group(self, group: FormItem, n: int, file: str, label: str) -> Iterator[Line]:
        printed = self._printed(group, n, file) if group.kind is not None else None
        cells = (label,) if group.kind is None else (label, str(printed.value) if printed else "")
        doubt = printed.doubt if printed else ""
        yield Line(Kind.GROUP, cells, 1, group if group.kind is not None else None, doubt)
        again = [node for node in self._form.children(group) if node.name.startswith("再委託")]
        for child in self._form.children(group):
            above = ("再委託",) if child in again[:1] else ("",) if child in again else ()
            yield from self._node(child, n, file, above)

    def _printed(self, item: FormItem, n: int, file: str) -> PrintedItem | None:
        return self._items.get((file if item.per_file else "", item.key_at(n)))

    def _value(self, item: FormItem, printed: PrintedItem, file: str) -> str:
        if isinstance(printed.value, Boxes):
            return _boxes(item, printed.value, self._counts(item, file))
        if item.kind is ItemKind.CHOICE:
            return _choice(item, printed.value, self._counts(item, file))
        return printed.value

    def _counts(self, item: FormItem, file: str) -> dict[str, str]:
        """The numbers of 件 that the cell of *item* prints, by the label before each (blank for none)."""
        found = {}
        for child in self._form.children(item):
            if child.kind is ItemKind.COUNT and (printed := self._printed(child, 0, file)) is not None:
                found[child.counted_behind] = str(printed.value)
        return found

    def _table(self) -> Iterator[Line]:
        if self._edition.table is TableState.ABSENT:
            return
        yield from table_lines(self._edition.rows)


def table_lines(rows: Iterable[ChangeRow]) -> Iterator[Line]:
    """The change table: its heading, the headings of the columns, a line for each row."""
    yield Line(Kind.SECTION, (ANNEX_2,), 1)
    yield Line(Kind.COLUMNS, CHANGE_COLUMNS, len(CHANGE_COLUMNS))
    yield from (Line(Kind.ROW, row.cells) for row in rows)


def _choice(item: FormItem, chosen: str, counts: dict[str, str]) -> str:
    options = "\n".join(f"{n}) {option.label}" for n, option in enumerate(item.options, start=1))
    count = f" （ {counts['']} ） 件" if "" in counts else ""
    return f"[ {chosen} ]{count}\n＜選択肢＞\n{options}"


def _boxes(item: FormItem, boxes: Boxes, counts: dict[str, str]) -> str:
    """Boxes as the form prints them: a mark, the label, free text in brackets, a number of 件."""
    texts = texts_of(item, boxes.other_text)
    printed = []
    for option in item.options:
        label, mark = _state(option, boxes)
        count = f" （ {counts[option.label]} ） 件" if option.label in counts else ""
        text = f" （ {texts.get(option, '')} ）" if option.takes_text else ""
        printed.append(f"{mark}{label}{count}{text}")
    return "\n".join(printed)


def _state(option: Option, boxes: Boxes) -> tuple[str, str]:
    """The label of *option* as printed, and the mark before it; no mark where it cannot be read."""
    for mark, group in (("[ ○ ] ", boxes.checked), ("[ ] ", boxes.unchecked), ("", boxes.unreadable)):
        for label in group:
            if option.is_called(label):
                return label, mark
    return option.label, ""
