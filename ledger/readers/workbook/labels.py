"""The part of a sheet that is laid out in labels and values → rows of a label and its value.

The form is drawn on narrow columns: labels and values stand in merged cells, a value goes over several
rows beside its label, and each bracket and tick of a box has a cell of its own. What belongs together is
told by geometry: a cell belongs to the nearest label on its left whose rows it begins in. The words of
the form only tell which cells are labels.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ledger import wording
from ledger.form import form3, split_number
from ledger.published import ItemKind
from ledger.readers import headings
from ledger.readers.workbook.sheets import Area, words_of

_VERTICAL = frozenset({"再委託", "再", "委託"})  # printed downwards beside ④ to ⑥ of a 委託事項
_LONGEST_LABEL = 150
_LIKE = 0.8
_CIRCLED = re.compile(r"\s*[①-⑳]")
_BRACKETED = re.compile(r"\([^()]*\)")
_RISK = re.compile(r"\s*リスク\s*(?:[0-9０-９]\s*)?[:：]")
_GROUP = re.compile(r"\s*(?:システム|委託事項|提供先|移転先)\s*[0-9０-９]+\s*")
_NUMBER = re.compile(r"\s*(?:[①-⑳]|[0-9０-９]{1,2}\s*[.．、]?|リスク\s*(?:[0-9０-９]\s*)?[:：])\s*")
_NO_WORDS = re.compile(r"[\W\d_○〇◯①-⑳]*|\s*[\[［(（].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """The areas that begin on one row of a sheet, from left to right."""

    row: int
    areas: tuple[Area, ...]

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(area.text for area in self.areas)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells and the row of the sheet where it begins."""

    row: int
    cells: tuple[str, ...]
    covered: frozenset[int] = frozenset()


class _Kind(Enum):
    """What a label holds: a value, the boxes of a numbered heading, or further labels only."""

    ITEM = auto()
    HEADING = auto()
    PARENT = auto()


def lines_of(areas: Sequence[Area]) -> list[Line]:
    """The *areas* of a sheet by the row they begin on."""
    return [Line(row, tuple(group)) for row, group in groupby(areas, key=lambda area: area.top)]


def _with_numbers(areas: Sequence[Area]) -> Iterator[Area]:
    """The areas of a line; a label with its number and its ※ is one, though they have cells of their own."""
    held: Area | None = None
    for area in areas:
        if held is None:
            held = area
            continue
        whole = _beside(held, area)
        numbered = _NUMBER.fullmatch(held.text) is not None and is_label(whole.text)
        marked = area.text.strip() == "※" and is_label(held.text)
        if not (numbered or marked):
            yield held
        held = whole if numbered or marked else area
    if held is not None:
        yield held


def _beside(one: Area, other: Area) -> Area:
    """Two areas of a line as one."""
    bottom = max(one.bottom, other.bottom)
    return Area(one.top, one.left, bottom, other.right, f"{one.text} {other.text}")


def is_label(text: str) -> bool:
    """Whether *text* is a label or a numbered heading of the form, to the letter."""
    return _kind(text) is not None


def is_cover_label(text: str) -> bool:
    """Whether *text* is a label of the cover."""
    return len(text) <= _LONGEST_LABEL and wording.plain(text) in _cover_labels()


@cache
def _cover_labels() -> frozenset[str]:
    return frozenset(wording.plain(item.name) for item in form3() if item.parent == "cover")


def _kind(text: str) -> _Kind | None:
    if len(text) > _LONGEST_LABEL:
        return None
    if "".join(text.split()) in _VERTICAL:
        return _Kind.PARENT
    if _GROUP.fullmatch(text):
        return _Kind.ITEM
    number, name = split_number(text.partition("※")[0].rstrip())
    return _labels().get((number, wording.plain(name)))


@cache
def _labels() -> Mapping[tuple[str, str], _Kind]:
    """Every label that the form prints before a value, by its number and its folded name."""
    form = form3()
    found: dict[tuple[str, str], _Kind] = {}
    for item in form:
        if not item.parent or item.is_risk or item.is_group:
            continue
        if item.kind is ItemKind.COUNT or item.printed_in:
            continue
        kind = _Kind.ITEM
        if item.kind is None:
            kind = _Kind.HEADING if not form[item.parent].parent else _Kind.PARENT
        for name in (item.name, *(alias for alias, _ in item.aliases)):
            found.setdefault((item.number, wording.plain(name)), kind)
    return found


@cache
def _names() -> tuple[str, ...]:
    """The folded names of all labels, and without what stands in brackets."""
    return tuple({one for _, name in _labels() for one in (name, _BRACKETED.sub("", name))})


def _like_a_label(text: str) -> bool:
    """Whether *text* is the damaged or altered label of some item: ``⑥移動先``."""
    if len(text) > _LONGEST_LABEL:
        return False
    name = wording.plain(split_number(text.partition("※")[0].rstrip())[1])
    alike = process.extractOne(name, _names(), scorer=Levenshtein.normalized_similarity, score_cutoff=_LIKE)
    return _CIRCLED.match(text) is not None or alike is not None


@dataclass(slots=True)
class _Entry:
    """A label and the pieces of its value."""

    area: Area
    kind: _Kind
    above: _Entry | None
    pieces: list[Area] = field(default_factory=list)
    bottom: int = 0
    beside: tuple[str, ...] = ()  # the label of the parent whose first label this is
    told: bool = False  # a parent whose label stands beside its first label

    @property
    def text(self) -> str:
        """The label; one printed downwards as a word."""
        words = "".join(self.area.text.split())
        return words if words in _VERTICAL else self.area.text

    def take(self, area: Area) -> None:
        """Go on with *area*."""
        self.pieces.append(area)
        self.bottom = max(self.bottom, area.bottom)

    def cells(self) -> tuple[str, ...]:
        """The label and its value."""
        value = words_of(self.pieces)
        return (*self.beside, self.text, *((value,) if value or self.kind is _Kind.ITEM else ()))


def labelled_rows(lines: Sequence[Line], *, cover: bool = False) -> Iterator[Row]:
    """Each label with its value; words without a label stand alone, line by line.

    On the *cover* labels also stand side by side over their values: there the cells of a line stay apart.
    """
    page = _Page(cover=cover)
    for line in lines:
        page.add(line)
    return page.rows()


class _Page:
    """Collects lines and keeps the labels whose rows are not over."""

    def __init__(self, *, cover: bool) -> None:
        self._cover = cover
        self._found: list[_Entry | Row] = []
        self._open: dict[int, _Entry] = {}  # by the last column of the label
        self._columns: list[int] = []  # the keys of _open, sorted
        self._last: _Entry | None = None  # the label whose value may go on in the next line

    def add(self, line: Line) -> None:
        """Take one line."""
        line = Line(line.row, tuple(_with_numbers(line.areas)))
        texts = [area.text for area in line.areas]
        if self._cover and len(texts) > 1 and all(map(is_label, texts)):
            self._alone(line.row, texts)
            return
        heads = _RISK.match(texts[0]) is not None or headings.is_folded_block(texts[0])
        if heads and self._owner(line.areas[0], fresh=True) is None:
            self._alone(line.row, [line.text])
            return
        alone: list[Area] = []
        fresh = True
        for place, area in enumerate(line.areas):
            kind = _kind(area.text)
            owner = None if kind else self._owner(area, fresh=fresh)
            if kind is None and owner is None and not alone and _may_be_label(line, place):
                kind = _Kind.ITEM
            if kind is not None:
                self._label(area, kind)
                fresh = False
            elif owner is not None:
                owner.take(area)
            else:
                alone.append(area)
        if alone and not self._below(alone):
            words = [area.text for area in alone]
            self._alone(line.row, words if self._cover else [" ".join(words)])

    def _below(self, areas: Sequence[Area]) -> bool:
        """Take words that stand under a label without a value: その他のリスク…, 7. 備考."""
        last = self._last
        if self._cover or last is None or last.kind is not _Kind.ITEM or last.pieces:
            return False
        if _like_a_label(words_of(areas)):
            return False
        for area in areas:
            last.take(area)
        return True

    def _alone(self, row: int, texts: Sequence[str]) -> None:
        self._found.append(Row(row, tuple(texts)))
        self._last = None

    def _label(self, area: Area, kind: _Kind) -> None:
        entry = _Entry(area, kind, self._nearest(area), bottom=area.bottom)
        above = entry.above
        if above is not None and above.kind is _Kind.PARENT and not (above.told or above.pieces):
            entry.beside, above.told = (above.text,), True
        self._found.append(entry)
        if area.right not in self._open:
            insort(self._columns, area.right)
        self._open[area.right] = self._last = entry

    def _owner(self, area: Area, *, fresh: bool) -> _Entry | None:
        """The label whose value *area* is a piece of, if any.

        A label that is not merged downwards still holds what comes on its right in the next lines.
        """
        nearest, last = self._nearest(area), self._last
        if (
            fresh
            and not self._cover
            and last is not None
            and last.kind is _Kind.ITEM
            and last.area.right < area.left
            and area.top <= last.bottom + 1
            and (nearest is None or nearest is last.above)
        ):
            return last
        return None if nearest is not None and nearest.told else nearest

    def _nearest(self, area: Area) -> _Entry | None:
        """The nearest label on the left in whose rows *area* begins."""
        place = bisect_left(self._columns, area.left) - 1
        while place >= 0:
            entry = self._open[self._columns[place]]
            if entry.area.bottom >= area.top:
                return entry
            del self._open[self._columns.pop(place)]
            place -= 1
        return None

    def rows(self) -> Iterator[Row]:
        """What was collected, in the order of the sheet."""
        for one in self._found:
            if isinstance(one, Row):
                yield one
            elif not one.told:
                yield Row(one.area.top, one.cells())


def _may_be_label(line: Line, place: int) -> bool:
    """Whether an area that is no label of the form is one by its place: something stands on its right.

    It is merged over several rows, or its words are like those of a label.
    """
    area = line.areas[place]
    if place + 1 == len(line.areas) or _NO_WORDS.fullmatch(area.text):
        return False
    return area.bottom > area.top or _like_a_label(area.text)
