"""One page of a text layer → the labels of the form that stand on it, each with its place in the form.

The reading order of a page is scrambled, but the pages are in order, and so are the items of the form: the
labels of a page are a run of the form that begins where the page before ended.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations

from ledger import wording
from ledger.folding import CIRCLED
from ledger.form import Form, FormItem, form3
from ledger.published import ItemKind

_NOTE = re.compile(r"※[（(].{0,100}?[)）]|※")
_GROUP = re.compile(r"(システム|委託事項|提供先|移転先)(\d{1,3})")
_MARKS = "○〇◯●□■・[]［］-－–—―"  # not of a label, though a comparison leaves them out
_WRAPPED = 4  # a label in a narrow cell takes up to four lines
_LONG = 5
_LONGEST = 200  # characters of a label with its notes and gaps; the form has none of 70
_FEW = 6  # labels of one name on a page of which every order is tried
_NEAR = 4  # how far behind the last item of a page the next page may begin


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the text, its number in the source (from 1) and in its page the number of its paragraph."""

    number: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the lines ``first`` to ``last`` of a page, and the words before or after it on that line."""

    first: int
    last: int
    name: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Sheet:
    """One printing of a section; ``numbers`` are the blocks of each group whose heads have come."""

    section: FormItem
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    at: int = -1  # the order of the last item that has come
    n: int = 0


@dataclass(frozen=True, slots=True)
class Stand:
    """A label with its place: the printing of its section, the node of the form, the number of its group.

    It is not ``sure`` where the label stands more than once on the page, and not beside its own heading.
    """

    label: Label
    sheet: Sheet
    node: FormItem
    n: int
    sure: bool = True

    @property
    def place(self) -> tuple[int, int]:
        """Where the node stands among all of its section: the number of its group counts first."""
        return order_of(self.node, self.n)


def folded(text: str) -> str:
    """*text* as labels are compared: no marks, no widths, no white space."""
    return wording.plain(_NOTE.sub("", text))


@cache
def _names() -> dict[str, tuple[FormItem, ...]]:
    """Every label of the form as printed, and the nodes that bear it."""
    found: dict[str, list[FormItem]] = defaultdict(list)
    for node in form3():
        if node.key.startswith("cover") or node.kind is ItemKind.COUNT or node.printed_in:
            continue
        for name in {node.label, *(f"{node.number}{alias}" for alias, _ in node.aliases if node.number)}:
            found[folded(name.replace("{n}", "")) if node.is_group else folded(name)].append(node)
    return {name: tuple(nodes) for name, nodes in found.items()}


def _name_of(text: str) -> str:
    """The folded label that *text* is, today's where it is that of another edition of the form."""
    name = folded(text)
    nodes = {node.label for node in _names().get(name, ())}
    return folded(nodes.pop()) if len(nodes) == 1 and "{n}" not in "".join(nodes) else name


def _label_in(text: str) -> str:
    """The folded label that *text* is; blank where it is none, or far longer than any."""
    if len(text) > _LONGEST:
        return ""
    name = _name_of(text)
    return name if nodes_named(name) else ""


def nodes_named(name: str) -> tuple[FormItem, ...]:
    """The nodes whose label *name* is, folded; a group by the head of any of its blocks."""
    if match := _GROUP.fullmatch(name):
        return tuple(node for node in _names().get(match[1], ()) if node.is_group)
    return tuple(node for node in _names().get(name, ()) if not node.is_group)


def number_named(name: str) -> int:
    """The number in the head of a block: 3 for 委託事項3."""
    match = _GROUP.fullmatch(name)
    return int(match[2]) if match else 0


def labels_of(lines: Sequence[PageLine]) -> list[Label]:
    """The labels that stand on a page, in reading order."""
    found: list[Label] = []
    at = 0
    while at < len(lines):
        label = _whole(lines, at) or _part(lines[at].text, at)
        if label is not None:
            found.append(label)
        at = label.last + 1 if label is not None else at + 1
    return found


def _whole(lines: Sequence[PageLine], at: int) -> Label | None:
    """A label that fills lines of its own, in a narrow cell several."""
    for count in range(_WRAPPED, 0, -1):
        wrapped = lines[at : at + count]
        if len(wrapped) == count and wrapped[-1].paragraph == wrapped[0].paragraph:
            text = "".join(line.text.strip() for line in wrapped)
            if text[-1] not in _MARKS and (name := _label_in(text)):
                return Label(at, at + count - 1, name)
    return None


def _part(text: str, at: int) -> Label | None:
    """A label with its value before or behind it on the same line; the longest counts."""
    text = text.strip()
    found: list[tuple[int, Label]] = []
    for gap in re.finditer(r"[\s　]+|(?<=[※）)])", text):
        head, tail = text[: gap.start()], text[gap.end() :]
        if not gap[0] and head.endswith("※") and tail[:1] not in {"[", "［"}:
            continue  # the mark is of the words behind it
        if head[-1:] not in _MARKS and (name := _label_in(head)):
            found.append((len(head), Label(at, at, name, after=tail)))
        if tail[:1] not in _MARKS and (name := _label_in(tail)):
            found.append((len(tail), Label(at, at, name, before=head)))
    if not found and (glued := _glued(text)):
        return Label(at, at, glued[0], after=glued[1])
    return max(found, key=lambda each: each[0])[1] if found else None


def _glued(text: str) -> tuple[str, str] | None:
    """A label with a circled number and its value behind it without a gap."""
    if text[:1] not in CIRCLED:
        return None
    whole = wording.fold(text, wording.Level.FOLDED, bullets=True)
    for name in sorted(_names(), key=len, reverse=True):
        if len(name) >= _LONG and name[0] in CIRCLED and whole.text.startswith(name) and name != whole.text:
            return _name_of(name), text[whole.origin[len(name)] :]
    return None


def order_of(node: FormItem, n: int) -> tuple[int, int]:
    """The place of a node in its section, blocks of a group one after the other."""
    form = form3()
    head = next((each for each in (node, *form.ancestors(node)) if each.is_group), None)
    if head is None:
        return form.order[node.key] * 100, 0
    return form.order[head.key] * 100 + n, form.order[node.key]


def _heads(labels: Sequence[Label]) -> dict[Label, str]:
    """For each label the head (of a block, a risk, a heading) that stands last before it on the page."""
    heads, last = {}, ""
    for label in labels:
        heads[label] = last
        if any(node.kind is None or node.is_group for node in nodes_named(label.name)):
            last = label.name
    return heads


def _matched(
    labels: Sequence[Label], places: Sequence[tuple[Sheet, FormItem, int]], heads: dict[Label, str]
) -> Iterator[Stand]:
    """Labels of one name and the places they may mean: each goes to the head beside which it stands."""
    if len(labels) == len(places) == 1:
        ((sheet, node, n),) = places
        yield Stand(labels[0], sheet, node, n)
        return
    strays = [[_stray(node, n, heads[label]) for _, node, n in places] for label in labels]
    orders = permutations(range(len(labels)), len(places)) if len(labels) <= _FEW else [range(len(places))]
    best = min(orders, key=lambda order: sum(strays[at][to] for to, at in enumerate(order)))
    for to, at in enumerate(best):
        sheet, node, n = places[to]
        yield Stand(labels[at], sheet, node, n, sure=not strays[at][to])


def _stray(node: FormItem, n: int, head: str) -> int:
    """How far a node stands from the *head* it belongs to: 0 under its own, 1 under that head's heading."""
    above = [each for each in form3().ancestors(node) if each.kind is None or each.is_group]
    names = [folded(each.label.replace("{n}", str(n))) for each in above]
    return names.index(head) if head in names else len(names)


class Course:
    """Keeps the place in the form from page to page."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.sheets: list[Sheet] = []
        self._last: tuple[int, int] = (-1, 0)

    def place(self, labels: Sequence[Label]) -> list[Stand]:
        """The labels of the next page with their places; one that fits nowhere is left out."""
        waiting: dict[str, list[Label]] = defaultdict(list)
        for label in labels:
            waiting[label.name].append(label)
        places: dict[str, list[tuple[Sheet, FormItem, int]]] = defaultdict(list)
        for sheet, begins in self._sheets_of(labels):
            course = self._course(sheet, waiting)
            for node, n in course[0 if begins else self._start(course, waiting) :]:
                name = self._name(node, n)
                if len(places[name]) < len(waiting.get(name, ())):
                    places[name].append((sheet, node, n))
                    self._last = max(self._last, order_of(node, n))
        heads = _heads(labels)
        stands = [stand for name, open_ in places.items() for stand in _matched(waiting[name], open_, heads)]
        return sorted(stands, key=lambda stand: stand.label.first)

    def _sheets_of(self, labels: Sequence[Label]) -> Iterator[tuple[Sheet, bool]]:
        """The printings of sections that the page may have part in: the open one, then those it begins."""
        opened = [
            node
            for node in self._form.children(None)
            if any(node in nodes_named(label.name) for label in labels)
        ]
        if self.sheets and not self._only_new(opened, labels):
            yield self.sheets[-1], False
        if not self.sheets and not opened:
            opened = self._lost_section(labels)
        for section in opened:
            self.sheets.append(Sheet(section))
            self._last = (-1, 0)
            yield self.sheets[-1], True

    def _only_new(self, opened: Sequence[FormItem], labels: Sequence[Label]) -> bool:
        """Whether everything on the page belongs to the sections it begins."""
        return bool(opened) and all(
            any(node.section in {each.path[0] for each in opened} for node in nodes_named(label.name))
            for label in labels
        )

    def _lost_section(self, labels: Sequence[Label]) -> list[FormItem]:
        """The section that most labels of a page can belong to, where no heading says it."""

        def share(section: FormItem) -> int:
            return sum(
                any(node.section == section.path[0] for node in nodes_named(each.name)) for each in labels
            )

        best = max(self._form.children(None)[1:], key=share)
        return [best] if share(best) else []

    def _course(self, sheet: Sheet, waiting: dict[str, list[Label]]) -> list[tuple[FormItem, int]]:
        """What of the section may still come: the blocks of a group as far as their heads are known."""
        for name in waiting:
            for node in nodes_named(name):
                if node.is_group and node.section == sheet.section.path[0]:
                    sheet.numbers[node.key].add(number_named(name))
        course: list[tuple[FormItem, int]] = []
        for node in self._form:
            if node.section != sheet.section.path[0] or node.kind is ItemKind.COUNT or node.printed_in:
                continue
            head = next((each for each in (node, *self._form.ancestors(node)) if each.is_group), None)
            course.extend((node, n) for n in (sorted(sheet.numbers[head.key]) if head else (0,)))
        course.sort(key=lambda each: order_of(*each))
        return [each for each in course if order_of(*each) > self._last]

    def _start(self, course: Sequence[tuple[FormItem, int]], waiting: dict[str, list[Label]]) -> int:
        """Where in the *course* the page begins: right behind the page before, or further on."""
        names = [self._name(node, n) for node, n in course]
        if any(waiting.get(name) for name in names[:_NEAR]):
            return 0
        only = [at for at, name in enumerate(names) if waiting.get(name) and names.count(name) == 1]
        if not only:
            return 0
        start = only[0]
        while (
            start
            and course[start][0].parent != self._heading(course[start][0])
            and names[start - 1] in waiting
        ):
            start -= 1
        return start

    def _heading(self, node: FormItem) -> str:
        above = self._form.ancestors(node)
        return above[-1].key if above else node.key

    def _name(self, node: FormItem, n: int) -> str:
        if node.is_group:
            return folded(node.label.replace("{n}", str(n)))
        return folded(node.label)
