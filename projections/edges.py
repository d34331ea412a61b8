"""Which items a change touches: edges between the states of an item (DESIGN §6).

One row mostly touches one item. It may hold several (composite), a number printed in the same
cell (…件), announce changes of its neighbours without their values, name only a section, or
name no file where the document has several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger import wording
from ledger.form import Form, FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import ItemKind, PrintedItem
from ledger.readers import cells
from ledger.resolver import How, Resolution, Slip, resolve
from projections import rows
from projections.editions import Change

_LABELLED = re.compile(r"【([^】]+)】")


@dataclass(frozen=True, slots=True)
class Edge:
    """One change on one item. ``silent`` says why it has no words of its own (blank: it has)."""

    change: Change
    path: ItemPath
    item: FormItem
    before: str
    after: str
    silent: str = ""
    composite: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An item that a change names: how that was found, and what had to be put right."""

    path: ItemPath
    how: How
    note: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What one change touches: the items it names, and its edges."""

    change: Change
    targets: tuple[Target, ...]
    edges: tuple[Edge, ...]


def touched(change: Change, items: Iterable[PrintedItem]) -> Touched:
    """The targets and edges of *change* in a document with these *items*."""
    found = change.resolution
    if found is None:
        return Touched(change, (), ())
    body = tuple(items)
    form = form3()
    if found.item.kind is None or found.item.is_group:
        parts = list(_composite(change, found, form))
        if parts:
            targets = tuple(Target(e.path, How.INFERRED, f"欄の中の【{e.path.label}】から") for e in parts)
            return Touched(change, targets, tuple(parts))
    if found.item.kind is None:
        told = f"{change.name}は節の見出しだけを挙げ、どの項目の変更か分からない"
        below = tuple(
            Edge(change, item.path, form[item.key], "", "", silent=told)
            for item in body
            if _is_below(form, form[item.key], found) and _group_of(item.key) in {0, found.n}
        )
        return Touched(change, (Target(found.path, found.how, found.note),), below)
    paths = _paths(change, found, body)
    note = found.note
    how = found.how
    if len(paths) > 1:
        note = "。".join(filter(None, (note, "どのファイルの項目か書かれていない")))
        how = How.INFERRED
    targets = tuple(Target(path, how, note) for path in paths)
    edges: list[Edge] = []
    for path in paths:
        if len(paths) > 1:
            told = f"{change.name}はどのファイルの項目か書いていない"
            edges.append(Edge(change, path, found.item, "", "", silent=told))
        else:
            edges.append(Edge(change, path, found.item, change.before, change.after))
            edges.extend(_counts(change, found, path, form))
            edges.extend(_announced(change, found, path, form))
    return Touched(change, targets, tuple(edges))


def _is_below(form: Form, item: FormItem, found: Resolution) -> bool:
    return found.item in form.ancestors(item)


def _group_of(key: str) -> int:
    match = re.search(r"\[(\d+)\]", key)
    return int(match[1]) if match else 0


def _paths(change: Change, found: Resolution, body: tuple[PrintedItem, ...]) -> tuple[ItemPath, ...]:
    """The item in each file it stands in; one file where the row's words settle which."""
    if found.path.file:
        return (found.path,)
    key = found.item.key_at(found.n)
    places = [item for item in body if item.key == key]
    if len({item.path for item in places}) <= 1:
        return (places[0].path if places else found.path,)
    after, _ = rows.without_note(change.after)
    fitting = [
        item.path for item in places if isinstance(item.value, str) and wording.locate(after, item.value)
    ]
    return tuple(fitting) if len(fitting) == 1 else tuple(item.path for item in places)


def _counts(change: Change, found: Resolution, path: ItemPath, form: Form) -> Iterator[Edge]:
    """The numbers of 件 that the cell prints are items of their own."""
    for child in form.children(found.item):
        if child.kind is ItemKind.COUNT:
            option = child.path[-2] if len(child.path) > len(found.item.path) + 1 else ""
            before = cells.read_count(change.before, option)
            after = cells.read_count(change.after, option)
            if before or after:
                yield Edge(change, child.at(0, path.file), child, before, after)


def _announced(change: Change, found: Resolution, path: ItemPath, form: Form) -> Iterator[Edge]:
    """「※…②、④～⑥変更あり」: neighbours that changed on that day without their values."""
    for text in (change.before, change.after):
        _, note = rows.without_note(text)
        if note is None:
            continue
        head = next((a for a in form.ancestors(found.item) if a.kind is None or a.is_group), None)
        for sibling in form.children(head):
            if sibling.number in note.numbers and sibling.key != found.item.key and sibling.kind is not None:
                told = f"{change.name}が「{note.words}」と告げるだけで、変更前の記載がない"
                yield Edge(change, sibling.at(found.n, path.file), sibling, "", "", silent=told)


def _composite(change: Change, found: Resolution, form: Form) -> Iterator[Edge]:
    """Split a cell at 【label】 where the label names an item below what the row names."""
    sides = [dict(_labelled(text, found, form)) for text in (change.before, change.after)]
    for path in dict.fromkeys((*sides[0], *sides[1])):
        item, _ = form.locate(path) or (None, 0)
        if item is not None and item.kind is not None:
            before, after = sides[0].get(path, ""), sides[1].get(path, "")
            yield Edge(change, path, item, before, after, composite=True)


def _labelled(text: str, found: Resolution, form: Form) -> Iterator[tuple[ItemPath, str]]:
    section = "／".join((*(a.label for a in reversed(form.ancestors(found.item))), found.item.label))
    section = section.replace("{n}", str(found.n))
    group = ""
    marks = list(_LABELLED.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        words = text[mark.end() : end].strip()
        inside = _item_of(f"{section}／{group}／{mark[1]}") if group else None
        target = inside or _item_of(f"{section}／{mark[1]}")
        if target is None:
            continue
        if target.item.is_group:
            group = mark[1]
        if target.item.kind is not None:
            yield target.path, words


def _item_of(text: str) -> Resolution | None:
    target = resolve(text)
    if target is None or any(c.slip in {Slip.REST, Slip.LEVEL, Slip.NAME} for c in target.corrections):
        return None
    return target
