"""Which items a change touches: edges between the states of an item.

One row mostly touches one item. It may hold several (composite), a number printed in the same
cell (…件), announce changes of its neighbours without their values, name only a section, or
name no file where the document has several.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ledger import wording
from ledger.form import Form, FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem
from ledger.readers import cells
from ledger.resolver import How, Resolution, Slip, resolve
from projections import rows
from projections.changes import Change
from projections.rows import Style

_LABELLED = re.compile(r"【([^】]+)】")


@dataclass(frozen=True, slots=True)
class Edge:
    """One change on one item. ``silent`` says why it has no words of its own (blank: it has).

    ``moves_numbers`` marks a silent edge on a group whose number may be another than before the change.
    """

    change: Change
    path: ItemPath
    item: FormItem
    before: str
    after: str
    silent: str = ""
    composite: bool = False
    moves_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An item that a change names: how that was found, and what had to be put right."""

    path: ItemPath
    how: How
    note: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What one change touches: the items it names, and its edges.

    ``former`` says that it is about a group or file that the edition has no more.
    """

    change: Change
    targets: tuple[Target, ...]
    edges: tuple[Edge, ...]
    former: bool = False

    @property
    def undecided(self) -> bool:
        """Whether nobody can say which of several items it is about."""
        return len(self.targets) > 1 and all(edge.silent for edge in self.edges)


def candidates(change: Change, items: Iterable[PrintedItem]) -> tuple[ItemPath, ...]:
    """Every item that a change may be about where its 項目 leaves that open; empty where it does not."""
    found = change.resolution
    if found is None or found.item.kind is None:
        return ()
    paths = _paths(found, tuple(items))
    return tuple(paths) if len(paths) > 1 else ()


def touched(
    change: Change,
    items: Iterable[PrintedItem],
    later: Collection[ItemPath] = (),
    shared: Collection[ItemPath] = (),
) -> Touched:
    """The targets and edges of *change* in a document with these *items*.

    *later* are the items that later changes name for certain: a change of such an item need not
    be what the body says now. *shared* are items that another undecided change may be about as
    well: then what the body says now tells nothing of either.
    """
    found = change.resolution
    if found is None:
        return Touched(change, (), ())
    body = tuple(items)
    if found.item.kind is None or found.item.is_group:
        parts = tuple(_composite(change, found, body))
        if parts:
            targets = tuple(Target(e.path, How.INFERRED, f"欄の中の【{e.path.label}】から") for e in parts)
            return Touched(change, targets, parts)
    paths = _paths(found, body)
    fitting = [path for path in paths if path in later or _stands(change, path, body)]
    undecided = len(paths) > 1 and (len(fitting) != 1 or not set(shared).isdisjoint(paths))
    if found.item.kind is None or undecided:
        return _silent(change, found, paths, body)
    path = fitting[0] if len(paths) > 1 else paths[0]
    item, n = form3().locate(path) or (found.item, found.n)
    target = Target(path, found.how if len(paths) == 1 else How.INFERRED, _note(found, paths, path))
    edge = Edge(change, path, item, change.before, change.after)
    return Touched(change, (target,), (edge, *_counts(edge), *_announced(edge, n)))


def _note(found: Resolution, paths: Sequence[ItemPath], path: ItemPath) -> str:
    if len(paths) == 1:
        return found.note
    return "。".join(filter(None, (found.note, f"記載が本文と合うのは{path}だけ")))


def _silent(
    change: Change, found: Resolution, paths: Sequence[ItemPath], body: Sequence[PrintedItem]
) -> Touched:
    """A change of which nobody can say which item it is about: all that it may be about are unsure."""
    form = form3()
    if found.item.kind is None:
        told = f"{change.name}は見出しだけを挙げ、どの項目の変更か分からない"
        below = {node.key for node, _ in form.below(found.item)}
        stem = found.path.parts if found.item.is_group else ()
        about = [i.path for i in body if form[i.key].key in below and i.path.parts[: len(stem)] == stem]
        targets: tuple[Target, ...] = (Target(found.path, found.how, found.note),)
    else:
        told = f"{change.name}がどの項目の変更か、項目欄からは決まらない"
        about = list(paths)
        rivals = "他の候補: " + "、".join(str(path) for path in paths[1:])
        targets = tuple(Target(path, How.INFERRED, found.note or rivals) for path in paths)
    edges = []
    for path in about:
        located = form.locate(path)
        if located is not None:
            edges.append(Edge(change, path, located[0], "", "", silent=told))
    return Touched(change, targets, tuple(edges))


def _paths(found: Resolution, body: Sequence[PrintedItem]) -> list[ItemPath]:
    """Every item that the change may be about, the likeliest first: rivals, groups, files."""
    meant = [found.path, *found.rivals]
    if any(correction.slip is Slip.LEVEL for correction in found.corrections):
        form = form3()
        meant += [ItemPath(i.path.parts) for i in body if form[i.key] == found.item]
    placed = [place for path in dict.fromkeys(meant) for place in _in_files(path, body)]
    return list(dict.fromkeys(placed))


def _in_files(path: ItemPath, body: Sequence[PrintedItem]) -> list[ItemPath]:
    """The item in each file in which it stands; as it is where the body does not have it."""
    if path.file:
        return [path]
    return [item.path for item in body if item.path.parts == path.parts] or [path]


def _stands(change: Change, path: ItemPath, body: Sequence[PrintedItem]) -> bool:
    """Whether 変更後 stands in the body of the item, as far as its words can tell."""
    printed = next((item for item in body if item.path == path), None)
    after, _ = rows.without_note(change.after)
    if printed is None:
        return False
    if isinstance(printed.value, Boxes) or rows.style_of(after) in {Style.NARRATIVE, Style.ELIDED}:
        return True
    return wording.same(after, printed.value) is not None or wording.locate(after, printed.value) is not None


def _counts(edge: Edge) -> Iterator[Edge]:
    """The numbers of 件 that the cell prints are items of their own."""
    for child in form3().children(edge.item):
        if child.kind is ItemKind.COUNT:
            before = cells.read_count(edge.before, child.counted_behind)
            after = cells.read_count(edge.after, child.counted_behind)
            if before or after:
                yield Edge(edge.change, child.at(0, edge.path.file), child, before, after)


def _announced(edge: Edge, n: int) -> Iterator[Edge]:
    """「※…②、④～⑥変更あり」: neighbours that changed on that day without their values."""
    form = form3()
    for text in (edge.before, edge.after):
        _, note = rows.without_note(text)
        if note is None:
            continue
        head = next((a for a in form.ancestors(edge.item) if a.kind is None or a.is_group), None)
        told = f"{edge.change.name}が「{note.words}」と告げるだけで、変更前の記載がない"
        for sibling in form.children(head):
            if sibling.number in note.numbers and sibling.key != edge.item.key and sibling.kind is not None:
                yield Edge(edge.change, sibling.at(n, edge.path.file), sibling, "", "", silent=told)


def _composite(change: Change, found: Resolution, body: Sequence[PrintedItem]) -> Iterator[Edge]:
    """Split a cell at 【label】 where the label names an item below what the row names."""
    form = form3()
    sides = [dict(_labelled(text, found, form)) for text in (change.before, change.after)]
    for path in dict.fromkeys((*sides[0], *sides[1])):
        item, _ = form.locate(path) or (None, 0)
        if item is None or item.kind is None:
            continue
        before, after = sides[0].get(path, ""), sides[1].get(path, "")
        places = _in_files(path, body)
        for place in places:
            silent = f"{change.name}はどのファイルの項目か書いていない" if len(places) > 1 else ""
            yield Edge(change, place, item, before, after, silent=silent, composite=True)


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
