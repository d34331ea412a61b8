"""One page of a text layer: its labels, what stands beside them, and everything else, sorted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger import wording
from ledger.form import FormItem
from ledger.published import ItemKind
from ledger.readers.headings import is_folded_block, is_page_number
from ledger.readers.text_layer.labels import Label, PageLine, Stand, labels_of
from ledger.readers.text_layer.values import Box, Fragment, Sort, fragments

_VERTICAL = "再委託"
_IMPORTANT = re.compile(r"^[\s　]*※(?=[\s　\[［]|$)")  # the mark behind a label, not of the words behind it


@dataclass(slots=True)
class Slot:
    """An item of the form that stands in the document, and what was found for it."""

    stand: Stand
    line: int
    parts: list[tuple[int, str]] = field(default_factory=list)
    chosen: str = ""
    boxes: dict[str, Box] = field(default_factory=dict)
    counts: dict[str, str] = field(default_factory=dict)
    doubt: str = ""

    @property
    def item(self) -> FormItem:
        """The node of the form."""
        return self.stand.node

    @property
    def takes_text(self) -> bool:
        """Whether any words may be its value."""
        return self.item.kind in {ItemKind.TEXT, ItemKind.DATE}

    @property
    def text(self) -> str:
        """The words found so far."""
        return "\n".join(text for _, text in self.parts)

    @property
    def said(self) -> tuple[object, ...]:
        """All that was found, but where."""
        boxes = {label: (box.ticked, box.text) for label, box in self.boxes.items()}
        return self.text, self.chosen, boxes, self.counts

    @property
    def empty(self) -> bool:
        """Whether nothing was found yet."""
        return not any(self.said)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text that stand together, and the labels right before and right behind them."""

    lines: tuple[Fragment, ...]
    behind: Label | None
    before: Label | None
    goes_on: bool

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(line.text for line in self.lines)

    @property
    def says_nothing(self) -> bool:
        """Whether the text is a dash or なし."""
        return wording.is_nothing(self.text)


class Page:
    """The lines of a page: its labels, what stands beside them, and everything else."""

    def __init__(self, lines: Sequence[PageLine], stands: Sequence[Stand], slots: Sequence[Slot]) -> None:
        self.stands, self.slots = stands, slots
        # Where the labels stand in the order of the form, the page was not scrambled.
        self.in_order = [stand.place for stand in stands] == sorted(stand.place for stand in stands)
        self.labels: list[tuple[int, str]] = []
        self.beside: list[tuple[Slot, int, str]] = []
        self._items = [slot.item for slot in slots if slot.item.kind is ItemKind.CHECKBOX]
        self._order: list[Label | Fragment] = []
        self._before: dict[Fragment, Label | None] = {}  # the label before each piece, once the page is read
        starts = {stand.label.first: stand.label for stand in stands}
        vertical, edges = _vertical(lines), (0, len(lines) - 1)
        at = 0
        while at < len(lines):
            if (label := starts.get(at)) is not None:
                at = self._label(lines, label)
            else:
                text = lines[at].text
                own = _is_printed(text) or at in vertical
                self._line(lines[at], printed=own or (at in edges and is_page_number(text)))
                at += 1

    def only(self, slot: Slot) -> bool:
        """Whether the label of *slot* stands only once on the page."""
        return sum(each.stand.label.name == slot.stand.label.name for each in self.slots) == 1

    def owner(self, fragment: Fragment) -> Slot | None:
        """The item on whose line a piece stands; in a page that is in order, that of the label before it."""
        label = fragment.beside
        if label is None and self.in_order:
            label = self._label_before(fragment)
        return next((slot for slot in self.slots if slot.stand.label == label), None)

    def _label_before(self, fragment: Fragment) -> Label | None:
        if not self._before:
            label: Label | None = None
            for each in self._order:
                if isinstance(each, Label):
                    label = each
                else:
                    self._before.setdefault(each, label)
        return self._before.get(fragment)

    def of(self, sort: Sort) -> list[Fragment]:
        """The pieces of one sort, in reading order."""
        return [each for each in self._order if isinstance(each, Fragment) and each.sort is sort]

    def _line(self, line: PageLine, *, printed: bool) -> None:
        """A line without a label; *printed* says that it is the form's own (a page number, 再委託)."""
        if printed:
            self._order.append(Fragment(line.number, line.paragraph, line.text.strip(), Sort.LIST))
        else:
            self._order.extend(fragments(line, line.text, self._items))

    def _label(self, lines: Sequence[PageLine], label: Label) -> int:
        """A label, and what stands beside or right below it; the number of the first line that is neither."""
        first = lines[label.first]
        beside = _IMPORTANT.sub("", label.before or label.after).lstrip(" 　")
        self.labels.extend(
            (line.number, without(line.text, beside)) for line in lines[label.first : label.last + 1]
        )
        self._order.append(label)
        slot = next((each for each in self.slots if each.stand.label == label), None)
        below = label.last + 1
        if slot is None or not slot.takes_text:
            self._order.extend(fragments(first, beside, self._items, label))
            return below
        if beside:
            self.beside.append((slot, first.number, beside))
        while below < len(lines) and lines[below].paragraph == first.paragraph:
            line = lines[below]
            parts = list(fragments(line, line.text, self._items))
            words = not labels_of([line]) and all(part.sort is Sort.TEXT for part in parts)
            if not words or _is_printed(line.text):
                break
            self.beside.append((slot, line.number, line.text.strip()))
            below += 1
        return below

    def texts(self) -> list[Paragraph]:
        """The texts of the page that stand beside no label."""
        found: list[Paragraph] = []
        lines: list[Fragment] = []
        last: Label | Fragment | None = None
        opened_behind: Label | None = None
        goes_on = False

        def close(before: Label | None) -> None:
            if lines:
                found.append(Paragraph(tuple(lines), opened_behind, before, goes_on))
                lines.clear()

        for each in self._order:
            text = isinstance(each, Fragment) and each.sort is Sort.TEXT
            if isinstance(each, Fragment) and text and lines and lines[-1].paragraph == each.paragraph:
                lines.append(each)
            else:
                close(each if isinstance(each, Label) else None)
                if isinstance(each, Fragment) and text:
                    opened_behind = last if isinstance(last, Label) else None
                    goes_on = isinstance(last, Fragment) and last.sort is Sort.TEXT
                    lines.append(each)
            last = each
        close(None)
        return found


def position(slots: Sequence[Slot], label: Label | None) -> int | None:
    """Which of *slots* has the label, if any."""
    if label is None:
        return None
    return next((at for at, slot in enumerate(slots) if slot.stand.label == label), None)


def _is_printed(text: str) -> bool:
    """Whether a line is the form's own and no label: システム2～5, 再委託."""
    return is_folded_block(text) or text.strip() == _VERTICAL


def _vertical(lines: Sequence[PageLine]) -> set[int]:
    """The lines of 再委託, which the form prints from top to bottom."""
    found: set[int] = set()
    for at in range(len(lines) - len(_VERTICAL) + 1):
        end = at + len(_VERTICAL)
        if all(line.text.strip() == char for line, char in zip(lines[at:end], _VERTICAL, strict=True)):
            found.update(range(at, end))
    return found


def without(text: str, *values: str) -> str:
    """*text* without the *values* that were read from it."""
    for value in filter(None, values):
        before, found, after = text.rpartition(value)
        text = f"{before} {after}" if found else text
    return text
