"""The extracted text of a PDF without its tables, in scrambled reading order → one edition of 様式3.

The characters are exact, but values stand before their labels and brackets apart from their ticks. What
stands beside its label is read as it is; the rest is paired page by page (``labels``, ``values``,
``pairing``), and a value that was paired so says that it was. A tick apart from its box
is unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ledger import reader_names, wording
from ledger.form import form3
from ledger.item_path import ItemPath
from ledger.published import Boxes, Fate, ItemKind, Piece, PrintedItem, PublishedEdition
from ledger.readers import cells as read
from ledger.readers.assembling import account
from ledger.readers.cover import Cover
from ledger.readers.drafts import TWICE
from ledger.readers.headings import section_of, unlisted
from ledger.readers.rows import SourceRow, length
from ledger.readers.text_layer.labels import Course, Label, PageLine, Stand, labels_of
from ledger.readers.text_layer.page import Page, Slot, position, without
from ledger.readers.text_layer.pairing import Block, Wanting, pair
from ledger.readers.text_layer.table import LayerTable
from ledger.readers.text_layer.values import (
    Box,
    Fragment,
    Sort,
    boxes_in,
    chosen,
    chosen_words,
    number_in,
)

NAME: Final = reader_names.TEXT_LAYER

APART = "文字情報の順序が乱れており、欄の見出しと離れた記載をこの欄のものと読んだ"
_EMPTY = "空欄か、記載が別の欄のものと読まれたか、文字情報からは分からない"
_WHOSE = "どの特定個人情報ファイルの欄か、文字情報からは分からない"
_NO_CHOICE = "選ばれたものを示す欄が読み取れない"
_ORDER = "同じ選択肢の欄がこのページに複数あり、並びの順にこの欄のものと読んだ"
_CONTENTS = "項目一覧"
_PAGE_BREAK = 3  # blank lines; a paragraph ends with one


def edition_of(rows: Sequence[SourceRow], *, reader: str = NAME) -> PublishedEdition:
    """Read a whole document of rows of one cell each, blank ones included where they separate paragraphs.

    Never raises for damage: it is in doubt, unreadable, or unassigned.
    """
    reading = _Reading()
    pages = list(_pages(rows))
    for page, following in zip(pages, [*pages[1:], []], strict=True):
        reading.add(page, following)
    return reading.finish(rows, reader)


def _pages(rows: Sequence[SourceRow]) -> Iterator[list[PageLine]]:
    """The lines of each page that hold anything; pages end with a form feed, or several blank lines."""
    page: list[PageLine] = []
    paragraph = blank = 0
    for row in rows:
        line = row.text
        if not line.strip():
            blank += 1
        elif page and (blank >= _PAGE_BREAK or "\f" in line):
            yield page
            page, paragraph, blank = [], 0, 0
        elif blank:
            paragraph, blank = paragraph + 1, 0
        if line.strip():
            page.append(PageLine(row.line, line.replace("\f", " "), paragraph))
    if page:
        yield page


class _Reading:
    """Collects the pages of one document."""

    def __init__(self) -> None:
        self._form = form3()
        self._cover = Cover(self._form)
        self._course = Course(self._form)
        self._slots: list[Slot] = []
        self._pieces: list[tuple[Piece, Slot | None]] = []
        self._listed: set[str] | None = None
        self._begun = False
        self._table = LayerTable()

    def add(self, page: Sequence[PageLine], following: Sequence[PageLine]) -> None:
        """Read the next page: of the cover, the list of contents, the body, or the change table."""
        body = [line for line in page if not self._before_body(line)]
        if not body:
            return
        at = 0 if self._table.begun else self._table.begins_at(body)
        if at < len(body) and not labels_of(body[:at]):
            at = 0  # a page of its own, its words in any order
        if at:
            bare = "" if labels_of(following) else "\n".join(line.text for line in following)
            self._in_body(body[:at], bare)
        if body[at:]:
            self._table.add(body[at:])

    # --- before the body ----------------------------------------------------------------------

    def _before_body(self, line: PageLine) -> bool:
        """Whether a line is still of the cover or of the list of contents."""
        if self._begun:
            return False
        section = section_of(line.text.strip(), self._form)
        if self._listed is None:
            if read.nearly(line.text.strip(), _CONTENTS) == 1:
                self._listed = set()
                self._keep(line.number, line.text, Fate.HEADING, _CONTENTS)
                return True
            if not section:
                self._cover.add(SourceRow(line.number, (line.text.strip(),)))
                return True
        elif section and section not in self._listed:
            self._listed.add(section)
            self._keep(line.number, line.text, Fate.HEADING, _CONTENTS)
            return True
        self._begun = True
        return False

    def _keep(self, number: int, text: str, fate: Fate, target: str = "", slot: Slot | None = None) -> None:
        if text.strip():
            self._pieces.append((Piece(number, text.strip(), fate, target), slot))

    # --- a page of the body -------------------------------------------------------------------

    def _in_body(self, lines: Sequence[PageLine], following: str) -> None:
        earlier = self._slots[-1] if self._slots else None
        stands = list(self._with_boxes(self._course.place(labels_of(lines))))
        slots = [
            Slot(stand, lines[stand.label.first].number) for stand in stands if stand.node.kind is not None
        ]
        page = Page(lines, stands, slots)
        slots.sort(key=lambda slot: (self._course.sheets.index(slot.stand.sheet), slot.stand.place))
        self._slots.extend(slots)
        for number, text in page.labels:
            self._keep(number, text, Fate.HEADING)
        for slot, number, text in page.beside:
            slot.parts.append((number, text))
            slot.doubt = "" if page.in_order or page.only(slot) else APART
            self._keep(number, text, Fate.ITEM, slot=slot)
        self._read_boxes(page)
        self._read_choices(page)
        self._read_numbers(page)
        for fragment in page.of(Sort.LIST):
            self._keep(fragment.number, fragment.text, Fate.HEADING, "選択肢")
        for fragment in page.of(Sort.HELD):
            self._keep(fragment.number, fragment.text, Fate.UNASSIGNED)
        self._read_texts(page, earlier, following)

    def _with_boxes(self, stands: Iterable[Stand]) -> Iterator[Stand]:
        """The stands, and the items whose boxes are printed in a heading among them."""
        for stand in stands:
            yield stand
            boxes = self._form.boxes_in_heading(stand.node) if stand.node.kind is None else None
            if boxes is not None:
                yield Stand(stand.label, stand.sheet, boxes, 0)

    def _read_boxes(self, page: Page) -> None:
        """Give the boxes of the page to their items, where only one item can have them so."""
        holders = [slot for slot in page.slots if slot.item.kind is ItemKind.CHECKBOX]
        torn: list[Fragment] = []
        for fragment in page.of(Sort.BOXES):
            owner = page.owner(fragment)
            if owner in holders and owner is not None:
                self._share_boxes([fragment], [owner])
            else:
                torn.append(fragment)
        self._share_boxes(torn, holders)

    def _share_boxes(self, torn: Sequence[Fragment], holders: Sequence[Slot]) -> None:
        seen: dict[str, list[Box]] = {}
        for fragment in torn:
            found = list(boxes_in(fragment, [slot.item for slot in holders]))
            for box in found:
                seen.setdefault(box.option, []).append(box)
            texts = [box.text for box in found if box.text]
            self._keep(fragment.number, without(fragment.text, *texts), Fate.HEADING, "選択肢")
        for name, found in seen.items():
            having = [
                slot
                for slot in holders
                if name not in slot.boxes and any(option.label == name for option in slot.item.options)
            ]
            told = len(having) == len(found) and len({(box.ticked, box.text) for box in found}) == 1
            for slot, box in zip(having, found, strict=False):
                slot.boxes[name] = box if told else Box(name, None, "", "", box.number, box.printed)
                if told and box.count:
                    slot.counts[name] = box.count
            for box in found:
                fate = Fate.ITEM if told else Fate.UNASSIGNED
                self._keep(box.number, box.text, fate, slot=having[0] if told else None)

    def _read_choices(self, page: Page) -> None:
        """Give each chosen option to the item that has it; several of one kind go in their order."""
        wanting = [slot for slot in page.slots if slot.item.kind is ItemKind.CHOICE]
        waiting = page.of(Sort.CHOSEN)
        for each in list(waiting):  # what stands beside its label is its own
            own = page.owner(each)
            if own in wanting and own is not None and chosen(each, own.item):
                self._choose([own], [each], "" if page.in_order or page.only(own) else _ORDER)
                wanting.remove(own)
                waiting.remove(each)
        while waiting:
            takers = [slot for slot in wanting if chosen(waiting[0], slot.item)]
            alike = [each for each in waiting if takers and chosen(each, takers[0].item)]
            if not takers:
                self._keep(waiting[0].number, waiting[0].text, Fate.UNASSIGNED)
            told = len(takers) == 1 or (
                len(takers) == len(alike) and len({chosen(each, takers[0].item) for each in alike}) == 1
            )
            self._choose(takers, alike, "" if told else _ORDER)
            done = min(len(takers), len(alike))
            wanting = [slot for slot in wanting if slot not in takers[:done]]
            waiting = [each for each in waiting if each not in (alike[:done] or waiting[:1])]

    def _choose(self, slots: Sequence[Slot], options: Sequence[Fragment], doubt: str) -> None:
        for slot, each in zip(slots, options, strict=False):
            slot.chosen, slot.doubt = chosen_words(each), doubt
            self._keep(each.number, each.text, Fate.ITEM, slot=slot)

    def _read_numbers(self, page: Page) -> None:
        """A number of 件 that stands alone belongs to the one cell of the page that still wants one."""
        wanting = [
            (slot, child.counted_behind)
            for slot in page.slots
            for child in self._form.children(slot.item)
            if child.kind is ItemKind.COUNT and child.counted_behind not in slot.counts
        ]
        alone = page.of(Sort.NUMBER)
        for fragment in alone:
            own = page.owner(fragment)
            takers = [each for each in wanting if each == (own, "")]
            takers = takers or (wanting if len(wanting) == len(alone) == 1 else [])
            for slot, behind in takers:
                slot.counts[behind] = number_in(fragment)
            taker = takers[0][0] if takers else None
            self._keep(fragment.number, fragment.text, Fate.ITEM if taker else Fate.UNASSIGNED, slot=taker)

    def _read_texts(self, page: Page, earlier: Slot | None, following: str) -> None:
        """Pair the texts of the page with the items that want one; *following* is a page without labels."""
        slots = [slot for slot in page.slots if slot.takes_text]
        if earlier is not None and earlier.takes_text and not slots:
            slots = [earlier]  # a page of nothing but text goes on with the page before
        wanting = [Wanting(slot.item.key, filled=bool(slot.parts)) for slot in slots]
        blocks = page.texts()
        weighed = [
            Block(
                block.text,
                position(slots, block.behind),
                position(slots, block.before),
                frozenset(self._under(slots, page, block.behind)),
                block.goes_on,
                bool(following) and wording.same(block.text, following) is not None,
            )
            for block in blocks
        ]
        pairs = pair(weighed, wanting, in_order=page.in_order)
        # As many dashes as there are items left: whichever is whose, all say the same.
        sure = all(each.sure or block.says_nothing for each, block in zip(pairs, blocks, strict=True))
        said = {each.item for each, block in zip(pairs, blocks, strict=True) if not block.says_nothing}
        left = [at for at, each in enumerate(wanting) if not each.filled and at not in said]
        dashes = sure and sum(block.says_nothing for block in blocks) == len(left)
        for block, found in zip(blocks, pairs, strict=True):
            slot = slots[found.item] if found.item is not None else None
            again = slot is earlier and slot is not None and wording.locate(block.text, slot.text) is not None
            if slot is not None and not again:
                slot.parts.extend((line.number, line.text) for line in block.lines)
                slot.doubt = slot.doubt if found.sure or (dashes and block.says_nothing) else APART
            for line in block.lines:
                self._keep(line.number, line.text, Fate.ITEM if slot else Fate.UNASSIGNED, slot=slot)
        for slot in slots:
            if not slot.parts and not (sure and (page.in_order or page.only(slot))):
                slot.doubt = _EMPTY

    def _under(self, slots: Sequence[Slot], page: Page, label: Label | None) -> Iterator[int]:
        """Which of *slots* stand in the form under the heading, block or risk whose *label* it is."""
        head = next((stand.node for stand in page.stands if stand.label == label), None)
        for at, slot in enumerate(slots):
            if head is not None and head in self._form.ancestors(slot.item):
                yield at

    # --- the edition --------------------------------------------------------------------------

    def finish(self, rows: Sequence[SourceRow], reader: str) -> PublishedEdition:
        """The edition, once all pages are read."""
        self._cover.settle()
        names = self._file_names()
        paths = {id(slot): names[id(slot.stand.sheet)] for slot in self._slots}
        items, rejected = self._agreed(paths)

        def placed(piece: Piece, slot: Slot | None) -> Piece:
            if slot is None:
                return piece
            if id(slot) in rejected:
                return replace(piece, fate=Fate.UNASSIGNED)
            return replace(piece, target=str(_path(slot, paths[id(slot)])))

        state, changes, of_table = self._table.rows()
        places = {row.line: row.place for row in rows}
        edition = PublishedEdition(
            form=self._form.name,
            reader=reader,
            header=self._cover.header(),
            items=(*self._cover.items(), *items),
            table=state,
            rows=changes,
            unassigned=(),
            characters=sum(length(row.text) for row in rows),
            assigned=0,
        )
        pieces = [*self._cover.pieces, *(placed(*each) for each in self._pieces), *of_table]
        return account(edition, (replace(piece, place=places[piece.line]) for piece in pieces))

    def _agreed(self, files: dict[int, str]) -> tuple[list[PrintedItem], set[int]]:
        """The items, each once, and the slots that say something else of an item that was there already."""
        firsts: dict[ItemPath, Slot] = {}
        for slot in self._slots:
            first = firsts.setdefault(_path(slot, files[id(slot)]), slot)
            if first.empty and not slot.empty:
                firsts[_path(slot, files[id(slot)])] = slot
        rejected = set()
        for slot in self._slots:
            first = firsts[_path(slot, files[id(slot)])]
            if not slot.empty and slot.said != first.said:
                first.doubt = first.doubt or TWICE
                rejected.add(id(slot))
        items = [item for path, slot in firsts.items() for item in self._items(slot, path.file)]
        return items, rejected

    def _file_names(self) -> dict[int, str]:
        """The 特定個人情報ファイル of each printing of a section, blank where the document has only one.

        Its own 1. names it, where that is sure or I-3 lists it; 別添1 goes with the section before. Where
        nothing names it, everything in it is in doubt.
        """
        sheets = [sheet for sheet in self._course.sheets if sheet.section.per_file]
        names = dict.fromkeys(map(id, self._course.sheets), "")
        if sum(sheet.section.key == "II" for sheet in sheets) <= 1:
            return names
        listed = wording.plain("".join(slot.text for slot in self._slots if slot.item.key == "I.3"))
        for slot in self._slots:
            name = unlisted("".join(text for _, text in slot.parts))
            if slot.item.key in {"II.1", "III.1"} and (not slot.doubt or wording.plain(name) in listed):
                names[id(slot.stand.sheet)] = name
        last, told = "", True
        for nth, sheet in enumerate(sheets, start=1):
            if sheet.section.key != "annex1":
                told = bool(names[id(sheet)])
                last = names[id(sheet)] or f"第{nth}の欄のファイル"
            names[id(sheet)] = last
            for slot in self._slots:
                if slot.stand.sheet is sheet and not told:
                    slot.doubt = slot.doubt or _WHOSE
        return names

    def _items(self, slot: Slot, file: str) -> Iterator[PrintedItem]:
        """The item of a slot, and the numbers of 件 that its cell prints."""
        item, path = slot.item, _path(slot, file)
        value: str | Boxes = slot.text
        doubt = slot.doubt
        if item.kind is ItemKind.CHOICE:
            value = slot.chosen
            doubt = doubt or ("" if slot.chosen else _NO_CHOICE)
        elif item.kind is ItemKind.CHECKBOX:
            value = _boxes(slot)
            doubt = doubt or read.unreadable_boxes(value)
        yield PrintedItem(
            path, item.key_at(slot.stand.n), item.kind or ItemKind.TEXT, value, slot.line, doubt
        )
        for child in self._form.children(item):
            if child.kind is ItemKind.COUNT:
                number = slot.counts.get(child.counted_behind, "")
                yield PrintedItem(child.at(0, path.file), child.key, ItemKind.COUNT, number, slot.line)


def _path(slot: Slot, file: str) -> ItemPath:
    return slot.item.at(slot.stand.n, file if slot.item.per_file else "")


def _boxes(slot: Slot) -> Boxes:
    """Every option of the item as read, unreadable where its mark stands apart."""
    groups: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    texts = []
    for option in slot.item.options:
        box = slot.boxes.get(option.label)
        groups[box.ticked if box else None].append((box.printed if box else "") or option.label)
        if box is not None and box.text:
            texts.append((option, box.text))
    return Boxes(tuple(groups[True]), tuple(groups[False]), tuple(groups[None]), read.other_text(texts))
