"""The forms as data: items, ※ marks, options, repeated groups and aliases.

``forms.csv`` lists the forms. ``form3.csv`` holds one row per item of 様式3, ``form3_aliases.csv`` the other
names and numbers people write for them; of 様式2 and 様式4 there is only the cover yet. A new edition of a
form is new rows or a new file, never a new ``if``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Final

from ledger import wording
from ledger.item_path import ItemPath
from ledger.published import ItemKind

FORM_3: Final = "様式3"
"""重点項目評価書: the form that a REF means where it names none."""

_NUMBER = re.compile(
    r"^\s*(?:([0-9０-９]{1,2})(?![0-9０-９])\s*[.．、]?|([①-⑳])|リスク\s*([0-9０-９])\s*[:：])\s*"
)
_COUNT_OF_ITEM = 4  # II/4/委託の有無/件; a longer path has the box between
_GROUP_NUMBER = re.compile(r"\[n\]|\{n\}")


_REMEMBERED = 200  # letters: the boxes of one cell are compared with the same few labels again and again


def _is_any(labels: tuple[str, ...], text: str) -> bool:
    return any(wording.same(label, text) is not None for label in labels)


_is_one_of = lru_cache(maxsize=8192)(_is_any)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice or box. ``labels`` are its printed labels, of the newest edition first."""

    labels: tuple[str, ...]
    takes_text: bool

    @property
    def label(self) -> str:
        """The label of the newest edition of the form."""
        return self.labels[0]

    def is_called(self, text: str) -> bool:
        """Whether *text* is one of the labels, in any edition and spelling."""
        return _is_one_of(self.labels, text) if len(text) <= _REMEMBERED else _is_any(self.labels, text)


@dataclass(frozen=True, slots=True)
class FormItem:
    """One node of the form: an item that holds a value, a repeated group, or a heading.

    ``kind`` is None for a heading or a group without a value of its own; ``number`` is what is
    printed before the name (``3``, ``②``, ``リスク1``, or blank); ``headings`` are the sub-headings
    printed among its boxes (``#`` in the form file); ``repeats`` names what the item
    repeats with (``file``, ``system``, ``entrustment``, ``provision``, ``transfer``, or blank).
    ``per_edition`` marks what every edition prints anew, without a row in the change table
    (公表日); ``printed_in`` is ``heading`` for boxes that stand in a heading line; ``counts`` is
    the group whose blocks a number of 件 counts. ``aliases`` and ``numbers_elsewhere`` are other
    names and numbers people write for it, each with where it comes from (様式2の節名, 項目の略記).
    """

    key: str
    path: tuple[str, ...]
    label: str
    number: str
    name: str
    important: bool
    kind: ItemKind | None
    options: tuple[Option, ...]
    headings: tuple[str, ...]
    repeats: str
    parent: str
    per_edition: bool
    printed_in: str
    counts: str
    aliases: tuple[tuple[str, str], ...]
    numbers_elsewhere: tuple[tuple[str, str], ...]

    @property
    def is_group(self) -> bool:
        """Whether the node is the head of a repeated group (システムn, 委託事項n, 提供先n, 移転先n)."""
        return self.key.endswith("[n]")

    @property
    def section(self) -> str:
        """I to V, 別添1 or 表紙."""
        return self.path[0]

    @property
    def per_file(self) -> bool:
        """Whether the item stands once for each 特定個人情報ファイル."""
        return bool(self.repeats) and self.repeats != "system"

    @property
    def is_risk(self) -> bool:
        """Whether the node is the heading of a risk (リスク, リスク1, リスク2)."""
        return self.kind is None and self.path[-1].startswith("リスク")

    @property
    def counted_behind(self) -> str:
        """For a number of 件: the label of the box behind which it is printed; blank for none."""
        return self.path[-2] if self.kind is ItemKind.COUNT and len(self.path) > _COUNT_OF_ITEM else ""

    @property
    def in_group(self) -> bool:
        """Whether the item is the head of a repeated group, or stands in one."""
        return "[n]" in self.key

    def option(self, text: str) -> Option | None:
        """The option that *text* names, shortened names included (あり for 発生あり); None if unsure."""
        named = [option for option in self.options if option.is_called(text)]
        words = wording.plain(text)
        named = named or [option for option in self.options if words and words in wording.plain(option.label)]
        return named[0] if len(named) == 1 else None

    def at(self, n: int = 0, file: str = "") -> ItemPath:
        """The path of this item in group number *n* (0 outside groups) of *file*."""
        return ItemPath(tuple(_GROUP_NUMBER.sub(str(n), part) for part in self.path), file)

    def key_at(self, n: int = 0) -> str:
        """The stable key with the number of its group: ``II.4.entrustment[1].3``."""
        return _GROUP_NUMBER.sub(f"[{n}]", self.key) if self.in_group else self.key


@dataclass(frozen=True, slots=True)
class FormKind:
    """One of the forms on which assessments are written, as ``forms.csv`` has it.

    ``title`` is what its cover prints in brackets (重点項目評価書), ``called`` what people call it besides,
    ``annex`` the heading of its change table, ``items`` and ``aliases`` the names of its files. ``itemised``
    says that they hold the items of its body, and not those of the cover alone.
    """

    name: str
    title: str
    called: tuple[str, ...]
    annex: str
    items: str
    aliases: str
    itemised: bool


class Form:
    """All items of one form that its file holds, in the order of the form."""

    def __init__(self, kind: FormKind, items: tuple[FormItem, ...]) -> None:
        self.name = kind.name
        self.annex = kind.annex
        self.itemised = kind.itemised
        self.items = items
        self._by_key = {item.key: item for item in items}

    def __getitem__(self, key: str) -> FormItem:
        """The item of a form key, with or without a group's number. Raises KeyError."""
        return self._by_key.get(key) or self._by_key[_unnumbered(key)]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[FormItem]:
        return iter(self.items)

    @cached_property
    def order(self) -> dict[str, int]:
        """Position of each key in the form."""
        return {item.key: place for place, item in enumerate(self.items)}

    @cached_property
    def _children(self) -> dict[str, tuple[FormItem, ...]]:
        found: dict[str, list[FormItem]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item)
        return {key: tuple(items) for key, items in found.items()}

    def children(self, item: FormItem | None) -> tuple[FormItem, ...]:
        """The nodes directly below *item*; the sections for None."""
        return self._children.get(item.key if item else "", ())

    @cache  # noqa: B019  (one Form lives as long as the program)
    def below(self, item: FormItem) -> tuple[tuple[FormItem, int], ...]:
        """Every node below *item* with its depth, nearest first, in the order of the form."""
        found = [(child, 1) for child in self.children(item)]
        for node, depth in found:
            found.extend((child, depth + 1) for child in self.children(node))
        return tuple(sorted(found, key=lambda pair: (pair[1], self.order[pair[0].key])))

    def ancestors(self, item: FormItem) -> tuple[FormItem, ...]:
        """The nodes above *item*, nearest first."""
        above: list[FormItem] = []
        while item.parent:
            item = self._by_key[item.parent]
            above.append(item)
        return tuple(above)

    def boxes_in_heading(self, heading: FormItem) -> FormItem | None:
        """The item whose boxes are printed in a heading line (委託しない, 接続しない), if any."""
        return next((c for c in self.children(heading) if c.printed_in == "heading"), None)

    @cache  # noqa: B019  (one Form lives as long as the program)
    def place(self, key: str) -> tuple[int, int, int, int]:
        """Where an item stands in the order of the form: section, group or item, number, item."""
        item = self[key]
        chain = (item, *self.ancestors(item))
        head = next((node for node in chain if node.is_group), item)
        return self.order[chain[-1].key], self.order[head.key], group_number(key), self.order[item.key]

    def item_text(self, item: FormItem, n: int = 0) -> str:
        """The 項目 cell of a change row as the form's own headings give it, from section to leaf."""
        chain = [a for a in reversed(self.ancestors(item)) if a.path[-1] != "リスク"]
        labels = (_GROUP_NUMBER.sub(str(n), node.label) for node in (*chain, item))
        return "－".join(labels)

    def locate(self, path: ItemPath) -> tuple[FormItem, int] | None:
        """The item at a canonical path and the number of its group (0 outside groups)."""
        return self._by_path.get(path.parts) or self._in_group(path.parts)

    @cached_property
    def _by_path(self) -> dict[tuple[str, ...], tuple[FormItem, int]]:
        return {item.path: (item, 0) for item in self.items if "[n]" not in item.key}

    @lru_cache(maxsize=8192)  # noqa: B019  (one Form lives as long as the program)
    def _in_group(self, parts: tuple[str, ...]) -> tuple[FormItem, int] | None:
        for item in self.items:
            if "[n]" in item.key and len(item.path) == len(parts):
                pattern = re.escape("/".join(item.path)).replace(r"\{n\}", r"(\d{1,3})")
                if match := re.fullmatch(pattern, "/".join(parts)):
                    return item, int(match[1])
        return None


@lru_cache(maxsize=4096)
def _unnumbered(key: str) -> str:
    return re.sub(r"\[\d+\]", "[n]", key)


def group_number(key: str) -> int:
    """The number of the group in a form key: 3 for ``II.4.entrustment[3].1``, 0 outside groups."""
    match = re.search(r"\[(\d+)\]", key)
    return int(match[1]) if match else 0


@lru_cache(maxsize=4096)
def split_number(label: str) -> tuple[str, str]:
    """Split a printed label into its number (``3``, ``②``, ``リスク1`` or blank) and its name."""
    match = _NUMBER.match(label)
    if match is None:
        return "", label.strip()
    number = (match[1] or match[2] or f"リスク{match[3]}").translate(_ASCII_DIGITS)
    return number, label[match.end() :].strip()


_ASCII_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SECTION_NAME = re.compile(r"^[Ⅰ-Ⅴ]\s*|^（別添１）")


def form3() -> Form:
    """様式3 重点項目評価書."""
    return form_named(FORM_3)


@cache
def form_kinds() -> tuple[FormKind, ...]:
    """Every form that is recognised, read once from the package's data."""
    return tuple(
        FormKind(
            name=row["name"],
            title=row["title"],
            called=tuple(row["called"].split("|")),
            annex=row["annex"],
            items=row["items"],
            aliases=row["aliases"],
            itemised=row["itemised"] == "1",
        )
        for row in _rows("forms.csv")
    )


@cache
def form_named(name: str) -> Form:
    """The form of that name (様式3), read once from the package's data. Raises KeyError."""
    kind = {kind.name: kind for kind in form_kinds()}[name]
    aliases: dict[str, list[tuple[str, str]]] = {}
    numbers: dict[str, list[tuple[str, str]]] = {}
    for row in _rows(kind.aliases) if kind.aliases else ():
        of_kind = numbers if row["kind"] == "number" else aliases
        of_kind.setdefault(row["key"], []).append((row["alias"], row["source"]))
    items = tuple(
        _item(row, tuple(aliases.get(row["key"], ())), tuple(numbers.get(row["key"], ())))
        for row in _rows(kind.items)
    )
    return Form(kind, items)


def _item(
    row: dict[str, str], aliases: tuple[tuple[str, str], ...], numbers: tuple[tuple[str, str], ...]
) -> FormItem:
    number, name = split_number(row["label"])
    if not row["parent"]:
        number, name = row["key"], _SECTION_NAME.sub("", name)
    return FormItem(
        key=row["key"],
        path=tuple(row["path"].split("/")),
        label=row["label"],
        number=number,
        name=name,
        important=row["important"] == "1",
        kind=None if row["kind"] in {"section", "group"} else ItemKind(row["kind"]),
        options=tuple(_option(text) for text in row["options"].split("|") if text and text[0] != "#"),
        headings=tuple(text[1:] for text in row["options"].split("|") if text.startswith("#")),
        repeats=row["repeats"],
        parent=row["parent"],
        per_edition=row["per_edition"] == "1",
        printed_in=row["printed_in"],
        counts=row["counts"],
        aliases=aliases,
        numbers_elsewhere=numbers,
    )


def _option(text: str) -> Option:
    takes_text = text.endswith("()")
    return Option(tuple(text.removesuffix("()").split("~")), takes_text)


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(file).read_text("utf-8")
    return csv.DictReader(text.splitlines())
