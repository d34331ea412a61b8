"""What each change of a table touches, beside the body and beside the other changes.

One row mostly touches one item. It may name several, hold several in its cells, print a number of 件 in
the same cell, announce changes of its neighbours without their values, name only a section or nothing that
the form knows, or name no file where the document has several. Where nobody can say which item is meant,
all that it may be about are unsure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import PrintedItem
from ledger.resolver import How, Resolution, Slip, resolve
from projections import composite, counts, groups, narration, rows, several, shifts
from projections.announcements import Announcement, without_note
from projections.bodies import Body
from projections.changes import Change
from projections.edges import Edge, Target, Touched
from projections.rows import Style


def touched_by(changes: Sequence[Change], items: Iterable[PrintedItem]) -> tuple[Touched, ...]:
    """What each of *changes*, in their order, touches in a document with these *items*.

    What later changes name for certain helps with the earlier ones: an item that they name need not
    say now what an earlier change made it say. Where two undecided changes may be about the same item, what
    the body says now tells nothing of either.
    """
    body = Body(tuple(items))
    named: list[Touched] = []
    later: set[ItemPath] = set()
    open_to = [_candidates(change, body) for change in changes]
    times = Counter(path for paths in open_to for path in paths)
    shared = {path for path, count in times.items() if count > 1}
    for change in reversed(changes):
        one = _touched(change, body, later, shared - later)
        named.append(one)
        if len(one.targets) == 1 and one.targets[0].how is not How.INFERRED:
            later.add(one.targets[0].path)
    named.reverse()
    own = {(_when(edge.change), edge.path) for one in named for edge in one.edges if not edge.silent}
    return shifts.shifted(tuple(_with_announced(one, body, own) for one in named), body)


_When = tuple[date | None, date | None]


def _when(change: Change) -> _When:
    return change.day, change.earliest


def _candidates(change: Change, body: Body) -> tuple[ItemPath, ...]:
    """Every item that a change may be about where its 項目 leaves that open; empty where it does not."""
    found = change.resolution
    if found is None or found.item.kind is None:
        return ()
    paths = _paths(found, body)
    return tuple(paths) if len(paths) > 1 else ()


def _touched(
    change: Change, body: Body, later: AbstractSet[ItemPath], shared: AbstractSet[ItemPath]
) -> Touched:
    found = change.resolution
    if found is None:
        return _of_nothing(change, body, later)
    listed = _listed(change, body)
    if listed:
        return replace(_several(change, listed, body), listed=listed)
    if split := _composite(change, found, body):
        return split
    if found.item.kind is None:
        return _of_heading(change, found, body, later)
    paths = _paths(found, body)
    if len(paths) == 1:
        target = Target(paths[0], found.how, found.note)
    else:
        fitting = [path for path in paths if path in later or _may_stand(change, path, body)]
        if len(fitting) != 1 or not shared.isdisjoint(paths):
            return _undecided(change, found, paths)
        (path,) = fitting
        why = "後の行がある" if path in later else "記載が本文と合う"
        target = Target(path, How.INFERRED, _sentences(found.note, f"{why}のは{path}だけ"))
    path = target.path
    item, _ = form3().locate(path) or (found.item, found.n)
    edge = Edge(change, path, item, change.before, change.after)
    return Touched(change, (target,), (edge, *_counts(edge, body)))


def _sentences(*told: str) -> str:
    return "。".join(filter(None, told))


# --- the items that a cell may mean ----------------------------------------------------------------


def _paths(found: Resolution, body: Body) -> list[ItemPath]:
    """Every item that the change may be about, the likeliest first: rivals, groups, files."""
    meant = [found.path, *found.rivals]
    if any(correction.slip is Slip.LEVEL for correction in found.corrections):
        meant += body.of_item(found.item)
    placed = [place for path in dict.fromkeys(meant) for place in body.places(path)]
    return list(dict.fromkeys(placed))


def _may_stand(change: Change, path: ItemPath, body: Body) -> bool:
    """Whether 変更後 may stand in the body of the item, as far as its words can tell."""
    after, _ = without_note(change.after)
    if path not in body:
        return False
    if body.has_boxes(path) or rows.style_of(after) in {Style.NARRATIVE, Style.ELIDED}:
        return True
    return body.says(path, after)


def _undecided(change: Change, found: Resolution, paths: Sequence[ItemPath]) -> Touched:
    told = f"{change.name}がどの項目の変更か、項目欄からは決まらない"
    rivals = "他の候補: " + "、".join(str(path) for path in paths[1:])
    targets = tuple(Target(path, How.INFERRED, found.note or rivals) for path in paths)
    return Touched(change, targets, _silent(change, paths, told))


def _silent(change: Change, paths: Iterable[ItemPath], told: str) -> tuple[Edge, ...]:
    form = form3()
    located = ((path, form.locate(path)) for path in dict.fromkeys(paths))
    return tuple(Edge(change, path, found[0], "", "", silent=told) for path, found in located if found)


def _of_heading(change: Change, found: Resolution, body: Body, later: AbstractSet[ItemPath]) -> Touched:
    """A change that names a heading only: its words may tell which of the items below is meant."""
    below = {node.key for node, _ in form3().below(found.item)}
    stem = found.path.parts if found.item.in_group else ()
    about = [p for p in body.paths if body.item(p).key in below and p.parts[: len(stem)] == stem]
    fitting = _by_words(change, about, body, later)
    if len(fitting) == 1 and fitting[0] not in later:
        return _meant(change, fitting[0], body, found.note)
    target = Target(found.path, found.how, found.note)
    if groups.told_of(change.after):  # it is about a group as a whole, and not about what it names
        return Touched(change, (target,), ())
    told = f"{change.name}は見出しだけを挙げ、どの項目の変更か分からない"
    return Touched(change, (target,), _silent(change, fitting or about, told))


_ENOUGH_WORDS = 4


def _by_words(
    change: Change, about: Iterable[ItemPath], body: Body, later: AbstractSet[ItemPath]
) -> list[ItemPath]:
    """Those of several items in which 変更後 stands, or may have stood until a later change.

    A few letters may stand anywhere; they tell only of an item that says nothing else.
    """
    after, _ = without_note(change.after)
    if rows.style_of(after) is not None or not after.strip():
        return []
    short = len("".join(after.split())) < _ENOUGH_WORDS
    standing = [path for path in about if (body.is_just(path, after) if short else body.says(path, after))]
    return [path for path in about if path in standing or path in later] if standing else []


def _meant(change: Change, path: ItemPath, body: Body, *notes: str) -> Touched:
    """The change is about the one item in which its words stand."""
    note = _sentences(*notes, f"変更後の記載があるのは{path}だけ")
    edge = Edge(change, path, body.item(path), change.before, change.after)
    return Touched(change, (Target(path, How.INFERRED, note),), (edge, *_counts(edge, body)))


_EVERYWHERE = ("全体", "全般", "全項目", "全ての項目", "各項目", "評価書", "全文", "共通")


def is_about_all(change: Change) -> bool:
    """Whether a change whose 項目 names no item speaks of the whole document."""
    return change.resolution is None and any(word in change.item_text for word in _EVERYWHERE)


def _of_nothing(change: Change, body: Body, later: AbstractSet[ItemPath]) -> Touched:
    """A change whose 項目 names nothing of the form: its words may stand in one item only.

    Narration about the whole document, with its words, is about every item in which they stand.
    """
    fitting = _by_words(change, list(body.paths), body, frozenset())
    if len(fitting) == 1 and fitting[0] not in later:
        placed = _meant(change, fitting[0], body, "項目欄は様式の項目として読めない")
        doubt = f"{change.name}の項目欄は読めず、変更後の記載からこの項目とみた"
        return replace(placed, edges=tuple(replace(edge, doubt=doubt) for edge in placed.edges))
    if not is_about_all(change):
        return Touched(change, (), ())
    done = narration.deeds(change.after)
    came = [deed.come for deed in done if deed.come]
    if done and came:
        paths = [path for path in body.paths if any(body.says(path, words) for words in came)]
        edges = [Edge(change, path, body.item(path), change.before, change.after) for path in paths]
        return Touched(change, (), tuple(edges))
    told = f"{change.name}は評価書の全体にわたる変更とだけ告げ、この項目が変わったかどうか分からない"
    edges = [replace(edge, keeps=True) for edge in _silent(change, body.texts, told)]
    return Touched(change, (), tuple(edges))


# --- several items in one row ------------------------------------------------------------------------


def _listed(change: Change, body: Body) -> tuple[Resolution, ...]:
    """The items that the 項目 cell lists, unless a person has said which item the row is about."""
    if not change.no or resolve(change.item_text) != change.resolution:
        return ()
    return several.named(change.item_text, body.numbers_of_kind)


def _several(change: Change, listed: Sequence[Resolution], body: Body) -> Touched:
    form = form3()
    places = {one.path: body.places(one.path) for one in listed}
    paths = [place for found in places.values() for place in found]
    note = f"項目欄に{len(listed)}項目が挙げられている"
    targets = tuple(Target(path, How.INFERRED, note) for path in paths)
    keys = {one.item.key for one in listed}
    if len(keys) == 1 and not listed[0].item.is_group:
        return Touched(change, targets, tuple(_same_words(change, listed[0].item, paths, body)))
    head = next((a for a in form.ancestors(listed[0].item) if a.kind is None or a.is_group), None)
    if head is None or listed[0].item.is_group:
        about = [
            p for p in body.paths if any(p.parts[: len(one.path.parts)] == one.path.parts for one in listed)
        ]
        told = f"{change.name}は複数の組を挙げ、どの組のどの項目の変更か分からない"
        return Touched(change, targets, _silent(change, about, told))
    parts = composite.parts(change.name, (change.before, change.after), head, listed[0].n, body.says)
    told = f"{change.name}は複数の項目を挙げ、欄のどこまでがこの項目か分からない"
    by_path = {part.path: part for part in parts}
    edges: list[Edge] = []
    for one in listed:
        part = by_path.get(one.path)
        if part is None:
            edges.extend(_silent(change, places[one.path], told))
        else:
            edges.extend(_edge_of(change, part, place, len(places[one.path])) for place in places[one.path])
    return Touched(change, targets, tuple(edges))


def _same_words(change: Change, item: FormItem, paths: Iterable[ItemPath], body: Body) -> Iterator[Edge]:
    """The same change of the same item in several groups: it has words where they stand in the body."""
    for path in paths:
        edge = Edge(change, path, item, change.before, change.after)
        if _may_stand(change, path, body) or rows.is_nothing_now(change.after):
            yield edge
        else:
            told = f"{change.name}は複数の組を挙げ、その変更後はこの項目の記載と合わない"
            yield replace(edge, before="", after="", silent=told)


def _composite(change: Change, found: Resolution, body: Body) -> Touched | None:
    """A change whose cells hold several items below what it names."""
    if change.whole:
        return None
    split = composite.parts(change.name, (change.before, change.after), found.item, found.n, body.says)
    edges: list[Edge] = []
    for part in split:
        places = body.places(replace(part.path, file=part.path.file or found.path.file))
        edges.extend(_edge_of(change, part, place, len(places)) for place in places)
    if not edges:
        return None
    targets = tuple(Target(e.path, How.INFERRED, f"欄の中の【{e.path.label}】から") for e in edges)
    counted = [count for edge in edges if not edge.silent for count in _counts(edge, body)]
    return Touched(change, targets, (*edges, *counted))


def _edge_of(change: Change, part: composite.Part, place: ItemPath, files: int) -> Edge:
    silent = f"{change.name}はどのファイルの項目か書いていない" if files > 1 else part.silent
    before, after = ("", "") if silent else (part.before, part.after)
    return Edge(change, place, part.item, before, after, silent=silent, composite=True)


def _counts(edge: Edge, body: Body) -> Iterator[Edge]:
    """The numbers of 件 that the cell prints are items of their own."""
    found = list(counts.counted(edge.item, edge.before, edge.after))
    fitting = [one for one in found if body.says(one.item.at(0, edge.path.file), one.after)]
    for one in found:
        path = one.item.at(0, edge.path.file)
        alone = len(fitting) == 1 and len(found) > 1 and one.unsure.startswith("どの")
        if alone and one is not fitting[0]:
            continue
        silent = f"{edge.change.name}は{one.unsure}" if one.unsure and not alone else ""
        sides = ("", "") if silent else (one.before, one.after)
        yield Edge(edge.change, path, one.item, *sides, silent=silent, composite=edge.composite)


# --- announced without values -------------------------------------------------------------------------


def _with_announced(one: Touched, body: Body, own: AbstractSet[tuple[_When, ItemPath]]) -> Touched:
    """「※…②、④～⑥変更あり」: neighbours that changed on that day without their values."""
    added: dict[ItemPath, Edge] = {}
    notes: dict[str, None] = {}
    for edge in one.edges:
        for note in _notes(edge, body):
            told = f"{edge.change.name}が「{note.words}」と告げるだけで、変更前の記載がない"
            others = [(path, item) for path, item in _announced(edge, note, body) if path != edge.path]
            hidden = [(path, item) for path, item in others if (_when(edge.change), path) not in own]
            for path, item in hidden:
                added.setdefault(path, Edge(edge.change, path, item, "", "", silent=told))
            if hidden or (note.open and not others):  # it may speak of any other item of the form
                notes[note.words] = None
    return replace(one, edges=(*one.edges, *added.values()), notes=tuple(notes))


def _notes(edge: Edge, body: Body) -> Iterator[Announcement]:
    """The notes of a change, unless they are words of the item itself; a ほか in its 項目 is one, too."""
    change = edge.change
    if edge.silent or edge.composite or change.whole:
        return
    for text in (change.before, change.after):
        _, note = without_note(text)
        if note is not None and not body.says(edge.path, text):
            yield note
    rest = (
        [c.written for c in change.resolution.corrections if c.slip is Slip.REST] if change.resolution else []
    )
    if rest and not several.without_more(rest[-1]).strip():
        yield Announcement(f"{rest[-1].strip()}の項目")


def _announced(edge: Edge, note: Announcement, body: Body) -> Iterator[tuple[ItemPath, FormItem]]:
    form = form3()
    n, file = edge.path.group, edge.path.file
    if note.group:
        stem = next((a for a in (edge.item, *form.ancestors(edge.item)) if a.is_group), None)
        if stem is None or not stem.name.startswith(note.group):
            return
        numbers = note.groups or body.numbers(stem, file)
        yield from ((edge.item.at(number, file), edge.item) for number in numbers)
        return
    head = next((a for a in form.ancestors(edge.item) if a.kind is None or a.is_group), None)
    if note.open and head is not None and head.kind is not None and not note.below:
        yield head.at(n, file), head
    for sibling in form.children(head):
        if sibling.kind is None or sibling.is_group or sibling.key == edge.item.key:
            continue
        path = sibling.at(n, file)
        may_be = note.open and (path in body or edge.path not in body)
        if sibling.number in note.numbers or may_be or _names(note.words, sibling):
            yield path, sibling


_LONG_NAME = 4


def _names(words: str, item: FormItem) -> bool:
    """Whether a note names an item without its number (再委託の有無も変更)."""
    return len(item.name) >= _LONG_NAME and item.name in words
