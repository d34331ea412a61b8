"""Invented ledgers: assessments of some 300 items, each with its revisions, and what the right answers are.

The answers are worked out here by plain loops over the whole history. That is no way to keep anything, but
everybody who keeps it has to answer the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import count, islice
from random import Random
from typing import Final

from benchmarks.keeping.clauses import TOWNS, Clauses
from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from ledger.wareki import wareki

Row = tuple[date, str, str, str, str, str]
"""A row of a change table: day, path of the item, before, after, timing, reason."""
Difference = tuple[str, str, str]
"""What differs between two days: path of the item, what it said, what it says."""
Place = tuple[str, str]
"""Where a term stands: the assessment, the path of the item."""

CHANGES: Final = 5  # of one revision
REVISIONS: Final = 40
_FILES: Final = ("受給者情報ファイル", "申請管理情報ファイル")
_BLOCKS: Final = {"system": 6, "entrustment": 4, "provision": 4, "transfer": 2}
_FIRST: Final = date(2015, 10, 5)
_RARE: Final = 50  # of so many assessments one has the rare term for some time, one from the beginning
_SHARED: Final = 0.6  # of the texts
# What others refer to (the names of files and groups), or every edition prints anew, is not changed here.
_NAMES: Final = ("I.6.1", "II.2.6", "II.3.4.department", "II.4.entrustment[n].3")
_FIXED: Final = ("cover.", "I.3", "II.1", "III.1", "I.2.system[n].1", "I.1.1")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the body: where it stands, its key in the form, and what it says."""

    path: ItemPath
    name: str  # the path as text
    item: FormItem
    key: str
    value: str

    @property
    def changes(self) -> bool:
        """Whether revisions change it."""
        fixed = self.item.is_group or self.item.key.startswith(_FIXED[0]) or self.item.key in _FIXED
        return self.item.kind is ItemKind.TEXT and not fixed


@dataclass(frozen=True, slots=True)
class Change:
    """One item that a revision changes, with both whole texts."""

    path: str
    before: str
    after: str
    timing: str
    reason: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Changes of one day that are recorded together."""

    name: str
    day: date
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Invented:
    """An assessment: what its first edition says, the revisions that are kept, and some to come."""

    body: str
    number: str
    title: str
    published: date
    items: tuple[Item, ...]
    revisions: tuple[Revision, ...]
    further: tuple[Revision, ...]

    @property
    def ref(self) -> str:
        """Its name: 霞野市長/7."""
        return f"{self.body}/{self.number}"

    @cached_property
    def first(self) -> dict[str, str]:
        """The document as it was published first."""
        return {item.name: item.value for item in self.items}

    @property
    def last_day(self) -> date:
        """The day of the last revision that is kept."""
        return self.revisions[-1].day if self.revisions else self.published

    # --- the right answers ------------------------------------------------------------------------------

    def document(self, day: date | None = None, *, added: int = 0) -> dict[str, str]:
        """The document on a *day* (None: as it is now), by the path of each item.

        *added* is how many of the further revisions are kept by now.
        """
        found = dict(self.first)
        for revision in (*self.revisions, *self.further[:added]):
            if day is None or revision.day <= day:
                found.update((change.path, change.after) for change in revision.changes)
        return found

    def rows(self, path: str = "") -> list[Row]:
        """The change table, or the history of one item."""
        return [
            (revision.day, change.path, change.before, change.after, change.timing, change.reason)
            for revision in self.revisions
            for change in revision.changes
            if not path or change.path == path
        ]

    def difference(self, earlier: date, later: date) -> list[Difference]:
        """What differs between two days, in the order of the form."""
        was, became = self.document(earlier), self.document(later)
        return [(path, was[path], text) for path, text in became.items() if text != was[path]]


def standing(ledger: Sequence[Invented], term: str, day: date) -> list[Place]:
    """Where a *term* stands on a *day* in all assessments published by then."""
    return [
        (one.ref, path)
        for one in ledger
        if one.published <= day
        for path, text in one.document(day).items()
        if term in text
    ]


# --- drawing ----------------------------------------------------------------------------------------------


def invented(assessments: int, *, revisions: int = REVISIONS, further: int = 0) -> list[Invented]:
    """So many assessments, always the same ones, each with *further* revisions that are not kept yet."""
    return [invented_one(n, revisions=revisions, further=further) for n in range(assessments)]


def invented_one(n: int, *, revisions: int = REVISIONS, further: int = 0) -> Invented:
    """The assessment number *n* (from 0)."""
    random = Random(f"assessment {n}")  # noqa: S311  # draws texts and guards nothing
    town = TOWNS[n % len(TOWNS)]
    clauses = Clauses(random, town)
    number, title = str(n // len(TOWNS) + 1), f"{clauses.duty()}に関する事務 重点項目評価書"
    published = _FIRST + timedelta(days=random.randrange(400))
    said = {
        "cover.number": number,
        "cover.title": title,
        "cover.body": f"{town}長",
        "cover.publication_date": wareki(published),
        "I.1.1": title.removesuffix(" 重点項目評価書"),
        "I.3": "\n".join(f"{n}. {name}" for n, name in enumerate(_FILES, start=1)),
    }
    items = tuple(_items(random, clauses, said, rare=n % _RARE == _RARE // 2))
    rare = (max(1, revisions // 4), max(2, revisions * 5 // 8)) if n % _RARE == 0 else (0, 0)
    drawn = _revisions(random, clauses, items, published, rare)
    history = tuple(islice(drawn, revisions + further))
    return Invented(f"{town}長", number, title, published, items, history[:revisions], history[revisions:])


def _items(random: Random, clauses: Clauses, said: Mapping[str, str], *, rare: bool) -> Iterator[Item]:
    for item, n, file in _nodes():
        if item.kind is None or item.kind is ItemKind.CHECKBOX:
            continue
        value = said.get(item.key) or _value(random, clauses, item, n, file)
        if rare and item.key == "III.10" and file == _FILES[0]:
            value = clauses.rare()
        path = item.at(n, file)
        yield Item(path, str(path), item, item.key_at(n), value)


def _nodes() -> Iterator[tuple[FormItem, int, str]]:
    """Every node of the form, with the number of its group and its file, in the order of the form."""
    form = form3()

    def below(node: FormItem, n: int, file: str) -> Iterator[tuple[FormItem, int, str]]:
        for number in range(1, _BLOCKS[node.repeats] + 1) if node.is_group else (n,):
            yield node, number, file
            for child in form.children(node):
                yield from below(child, number, file)

    for section in form.children(None):
        for file in _FILES if section.per_file else ("",):
            yield from below(section, 0, file)


def _value(random: Random, clauses: Clauses, item: FormItem, n: int, file: str) -> str:
    match item.kind:
        case ItemKind.CHOICE:
            return random.choice(item.options).label
        case ItemKind.COUNT:
            return str(_BLOCKS[form3()[item.counts].repeats if item.counts else "transfer"])
        case ItemKind.DATE:
            return wareki(_FIRST + timedelta(days=random.randrange(300)))
        case _ if item.key in {"II.1", "III.1"}:
            return file
        case _ if item.is_group or item.key == "I.2.system[n].1":
            return f"{clauses.office}の第{n}業務システム"
        case _:
            return _text(random, clauses, item)


def _text(random: Random, clauses: Clauses, item: FormItem) -> str:
    if item.key in _NAMES:
        return clauses.name(item.key)
    return clauses.shared(item.key) if random.random() < _SHARED else clauses.own()


def _revisions(
    random: Random,
    clauses: Clauses,
    items: Sequence[Item],
    published: date,
    rare: tuple[int, int],
) -> Iterator[Revision]:
    """Revisions of five changes each, without an end; *rare* says which bring and take the rare term."""
    state = {item.name: item.value for item in items}
    open_to_change = [item for item in items if item.changes]
    planted = next(item for item in reversed(open_to_change) if item.item.key == "III.10")
    day = published
    for no in count(1):
        day += timedelta(days=random.randint(25, 110))
        drawn = random.sample([item for item in open_to_change if item is not planted], CHANGES)
        if no in rare:
            drawn[0] = planted
        changes = []
        for item in drawn:
            before = state[item.name]
            after = clauses.rare() if item is planted and no == rare[0] else _text(random, clauses, item.item)
            while after == before:
                after = _text(random, clauses, item.item)
            state[item.name] = after
            timing = random.choice(("事前", "事後"))
            changes.append(Change(item.name, before, after, timing, clauses.reason()))
        yield Revision(f"第{no}回改訂", day, tuple(changes))
