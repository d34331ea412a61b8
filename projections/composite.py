"""Cells that hold several items: 【label】 value, ■label, label：value, or ①…②… below a numbered heading.

A cell is split only at labels of items below what the row names. Bare numbers may as well be a list in one
item's text; they count only where what stands behind one of them stands in the body of its item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ledger import wording
from ledger.folding import CIRCLED
from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import ItemKind
from ledger.resolver import Slip, resolve
from projections import rows
from projections.rows import Style


@dataclass(frozen=True, slots=True)
class Part:
    """One item in a cell: what either side says; ``silent`` says why one says nothing (blank: both do)."""

    path: ItemPath
    item: FormItem
    before: str
    after: str
    silent: str = ""


Stands = Callable[[ItemPath, str], bool]
"""Whether words stand in the body of an item."""


def parts(name: str, cells: tuple[str, str], within: FormItem, n: int, stands: Stands) -> tuple[Part, ...]:
    """The items that the two cells of a row hold; empty where they are not to be split.

    *within* is what the row names (in group number *n*); *name* is what reasons call the row.
    """
    before, after = (
        _Side(f"{name}の{side}", text, _split(text, within, n))
        for side, text in zip(("変更前", "変更後"), cells, strict=True)
    )
    sides = (before, after)
    came_or_went = (
        within.is_group and any(s.is_nothing for s in sides) and any(len(s.pieces) > 1 for s in sides)
    )
    if not came_or_went and not _trusted(before, after, stands):
        return ()
    items = {path: piece.item for side in sides for path, piece in side.pieces.items()}
    found = []
    for path, item in items.items():
        (was, unsaid), (became, unsaid_now) = before.of(path), after.of(path)
        found.append(Part(path, item, was, became, unsaid or unsaid_now))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words behind a mark; ``numbered`` says that the mark is a bare number."""

    item: FormItem
    words: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """One cell, what reasons call it, and its pieces (none: it was not split)."""

    called: str
    text: str
    pieces: dict[ItemPath, _Piece]

    @property
    def is_nothing(self) -> bool:
        """Whether the cell says that there is nothing."""
        return wording.is_nothing(self.text) or rows.says_new(self.text) or rows.says_gone(self.text)

    def of(self, path: ItemPath) -> tuple[str, str]:
        """What the cell says of an item, and why it says nothing (blank: it does)."""
        if path in self.pieces:
            return self.pieces[path].words, ""
        if self.is_nothing:
            return "", ""
        if self.pieces:
            together = (piece.words for other, piece in self.pieces.items() if _together(other, path))
            nothing = all(
                wording.is_nothing(words) for words in together
            )  # nothing of its group, or nothing at all
            return "", "" if nothing else f"{self.called}にこの項目の記載がない"
        if rows.style_of(self.text) in {Style.ELIDED, Style.NARRATIVE}:
            return self.text, ""
        return "", f"{self.called}のどこまでがこの項目か分からない"


def _trusted(before: _Side, after: _Side, stands: Stands) -> bool:
    """Whether the cells are split at labels, or, at bare numbers, the body confirms it."""
    if any(not piece.numbered for side in (before, after) for piece in side.pieces.values()):
        return True
    became = after.pieces or before.pieces
    return any(
        not wording.is_nothing(piece.words) and stands(path, piece.words) for path, piece in became.items()
    )


def styles(before: str, after: str) -> tuple[Style, Style]:
    """How the two sides of a row whose cells were split are written."""
    one, other = (
        style if (style := rows.style_of(text)) in {Style.BLANK, Style.DASH} else Style.COMPOSITE
        for text in (before, after)
    )
    return one, other


def _together(one: ItemPath, other: ItemPath) -> bool:
    """Whether two items stand in the same group, if the other one stands in any."""
    if not other.group:
        return True
    at = next(i for i, part in enumerate(other.parts) if part.endswith(str(other.group)))
    return one.parts[: at + 1] == other.parts[: at + 1]


# --- marks in a cell -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    path: ItemPath
    item: FormItem
    numbered: bool = False


def _split(text: str, within: FormItem, n: int) -> dict[ItemPath, _Piece]:
    """The words of each item that *text* holds, in their order."""
    marks = list(_marks(text, within, n))
    found: dict[ItemPath, _Piece] = {}
    if not marks:
        return found
    if within.kind is not None and (own := text[: marks[0].start].strip()):
        found[within.at(n)] = _Piece(within, own, marks[0].numbered)
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if mark.item.kind is not None:
            words = text[mark.end : end].strip().removeprefix("：").removeprefix(":").strip()
            found[mark.path] = _Piece(mark.item, words, mark.numbered)
    return found


def _marks(text: str, within: FormItem, n: int) -> Iterator[_Mark]:
    labelled = sorted(
        (*_bracketed(text, within, n), *_at_lines(text, within, n)), key=lambda m: (m.start, -m.end)
    )
    at = 0
    for mark in labelled:
        if mark.start >= at:
            yield mark
            at = mark.end
    if not labelled and (within.kind is None or within.is_group):
        yield from _numbered(text, within, n)


_BRACKETED = re.compile(r"【([^】]+)】")


def _bracketed(text: str, within: FormItem, n: int) -> Iterator[_Mark]:
    """【label】 where it names an item below what the row names, or below the group named before it."""
    form = form3()
    section = "／".join((*(a.label for a in reversed(form.ancestors(within))), within.label)).replace(
        "{n}", str(n)
    )
    group = ""
    for match in _BRACKETED.finditer(text):
        inside = _item_of(f"{section}／{group}／{match[1]}") if group else None
        target = inside or _item_of(f"{section}／{match[1]}")
        if target is None:
            continue
        path, item = target
        if item.is_group:
            group = match[1]
        if path != within.at(n):
            yield _Mark(match.start(), match.end(), path, item)


def _item_of(text: str) -> tuple[ItemPath, FormItem] | None:
    target = resolve(text)
    if target is None or any(c.slip in {Slip.REST, Slip.LEVEL, Slip.NAME} for c in target.corrections):
        return None
    return target.path, target.item


_BULLET = r"[ 　]*(?:[■□◆◇●○▪◎・][ 　]*)?[＜<\[［(（]?[ 　]*"
_CLOSED = r"[ 　]*[＞>\]］)）]?[ 　]*"


def _at_lines(text: str, within: FormItem, n: int) -> Iterator[_Mark]:
    """Labels at the beginning of a line: ■label, ①label value, label：value."""
    for item, pattern in _patterns(within.key):
        for match in pattern.finditer(text):
            yield _Mark(match.start(), match.end(), item.at(n), item)


@lru_cache(maxsize=128)
def _patterns(key: str) -> tuple[tuple[FormItem, re.Pattern[str]], ...]:
    """How the labels of the items below a node may begin a line; of those that no other item there bears."""
    form = form3()
    within = form[key]
    below = [
        node
        for node, _ in form.below(within)
        if node.kind is not None
        and node.kind is not ItemKind.COUNT
        and ("[n]" not in node.key or within.in_group)
    ]
    names = [node.name for node in below]
    found = []
    for node in below:
        if names.count(node.name) > 1:
            continue
        name = re.escape(node.name)
        number = rf"{node.number}[ 　]*" if node.number in CIRCLED and node.number else ""
        may = f"(?:{number})?"
        ways = [
            rf"{_BULLET}{may}{name}{_CLOSED}(?:[：:\n]|$)",
            rf"[ 　]*[■□◆◇●▪◎][ 　]*{may}{name}(?=[ 　\n：:])",
        ]
        if number:
            ways.append(rf"{_BULLET}{number}{name}{_CLOSED}(?![\w])")
        found.append((node, re.compile(rf"(?m:^)(?:{'|'.join(ways)})")))
    return tuple(found)


_NUMBERS = re.compile(rf"(?:(?m:^)|(?<=[\s　]))([{CIRCLED}])")


def _numbered(text: str, within: FormItem, n: int) -> Iterator[_Mark]:
    """①…②… where the numbers are those of items directly below what the row names, in their order."""
    children = {
        child.number: child for child in form3().children(within) if child.number in CIRCLED and child.number
    }
    marks = list(_NUMBERS.finditer(text))
    numbers = [match[1] for match in marks]
    if numbers != sorted(set(numbers)) or any(number not in children for number in numbers):
        return
    for match in marks:
        item = children[match[1]]
        if item.kind is not None:
            yield _Mark(match.start(), match.end(), item.at(n), item, numbered=True)
