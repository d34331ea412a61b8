"""Rows of cells, in reading order → the items of the form.

This walk keeps its place in the form (section, numbered heading, group, risk) and
gives each row to the item whose label it carries, or, where it carries none, to the item it
goes on with. What finds no place is kept as an unassigned passage, and where a lost heading
was made up for by the order of the form, the item says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ledger import wording
from ledger.form import Form, FormItem
from ledger.published import Boxes, Fate, ItemKind, Piece, PrintedItem
from ledger.readers import cells as read
from ledger.readers import headings, markup
from ledger.readers.headings import ANNEX_1, Place
from ledger.readers.rows import SourceRow, is_rule


@dataclass(slots=True)
class _Draft:
    """An item while its rows are being collected."""

    item: FormItem
    n: int
    line: int
    parts: list[str] = field(default_factory=list)
    pieces: list[tuple[SourceRow, str]] = field(default_factory=list)
    doubt: str = ""

    @property
    def empty(self) -> bool:
        return not any(part.strip() for part in self.parts)

    def take(self, row: SourceRow, *values: str) -> None:
        """Go on with *values*, which stand in *row*."""
        self.parts.extend(values)
        self.pieces.extend((row, value) for value in values if value.strip())

    def says(self, values: Iterable[str]) -> bool:
        """Whether the same words stand here already: a page may come twice."""
        return wording.same("\n".join(self.parts), "\n".join(values)) is not None


@dataclass(slots=True)
class _Sheet:
    """The items of one printing of a section: II and III come once per file.

    An item has several drafts where its label came more than once.
    """

    section: FormItem
    drafts: dict[tuple[str, int], list[_Draft]] = field(default_factory=dict)
    file: str = ""

    def draft(self, key: str, n: int = 0) -> _Draft | None:
        """What was first collected for an item; None where its label has not come yet."""
        return next(iter(self.drafts.get((key, n), ())), None)


_VERTICAL_LABELS = frozenset({"再", "委託", "再委託"})
_BEFORE_LABEL = "欄の見出しより前に置かれた本文を、この欄のものと読んだ"
_TWICE = "同じ欄が二度あり、記載が違う"
_GLUED = "見出しと記載が一つの欄に続けて読まれた"
_LOST_HEADING = "見出しが失われており、様式の順序からこの項目と読んだ"


class Placing:
    """Collects the rows of sections I to V and 別添1; ``finish`` gives the items."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._sheets: list[_Sheet] = []
        self._place = Place()
        self._lost = ""  # why what follows is in doubt, until the next heading or group
        self._current: _Draft | None = None
        self._waiting: list[SourceRow] = []
        self.pieces: list[Piece] = []

    @property
    def _section(self) -> FormItem:
        return self._sheets[-1].section

    # --- rows ---------------------------------------------------------------------------------

    def open_section(self, key: str, line: int) -> None:
        """Begin section *key*; II, III and 別添1 begin again for every file."""
        section = self._form["annex1" if key == ANNEX_1 else key]
        self._go_to(Place())
        self._sheets.append(_Sheet(section))
        if section.kind is not None:
            self._begin(section, line)

    def add(self, row: SourceRow) -> None:
        """Place one row of the open section."""
        if not row.filled:
            return
        first = row.filled[0]
        if is_rule(row):
            self._name(row, *row.filled)
        elif len(row.filled) == 1 and headings.is_page_number(first):
            self._leave(row, first)
        elif self._section.key == "annex1":
            self._in_annex(row, first)
        elif len(row.filled) == 1 and headings.is_folded_block(first):
            self._go_to(Place(self._place.heading))
            self._name(row, first)
        elif not (
            self._as_heading(row, first)
            or self._as_group(row, first)
            or self._as_risk(row, first)
            or self._as_label(row)
            or self._as_glued(row, first)
            or self._as_lost_label(row, first)
            or self._as_lost_risk(row, first)
            or self._as_lost_section(row, first)
        ):
            self._as_content(row)

    def _in_annex(self, row: SourceRow, first: str) -> None:
        """Rows of 別添1 in any shape, until one shows that the heading of the next section was lost."""
        if not self._as_lost_section(row, first):
            self._append(row, "\t".join(cell for cell in map(read.tidy, row.cells) if cell))

    def _as_heading(self, row: SourceRow, first: str) -> bool:
        """``4. 特定個人情報ファイルの取扱いの委託 ※``, with boxes behind it in III."""
        found = headings.heading(first, self._section, self._form)
        if found is None:
            return False
        node, behind = found
        self._go_to(Place(node))
        self._name(row, _without(first, *behind))
        values = [*behind, *row.filled[1:]]
        holder = node if node.kind is not None else self._form.boxes_in_heading(node)
        if holder is not None:
            self._begin(holder, row.line).take(row, *values)
            self._current = self._current if holder is node else None
        else:
            self._leave(row, *values)
        return True

    def _as_group(self, row: SourceRow, first: str) -> bool:
        """``委託事項1`` and its name beside it (or behind it in the same cell)."""
        found = headings.group(first, self._place.heading, self._form) if self._place.heading else None
        if found is None:
            return False
        node, n, behind = found
        self._go_to(Place(self._place.heading, node, n))
        self._name(row, _without(first, behind))
        values = [part for part in (behind, *row.filled[1:]) if part.strip()]
        if node.kind is not None:
            self._begin(node, row.line).take(row, *values)
        else:
            self._leave(row, *values)
        return True

    def _as_risk(self, row: SourceRow, first: str) -> bool:
        node = headings.risk(first, self._place.heading, self._form) if self._place.heading else None
        if node is None:
            return False
        self._go_to(Place(self._place.heading, risk=node))
        self._name(row, first)
        self._leave(row, *row.filled[1:])
        return True

    def _as_label(self, row: SourceRow) -> bool:
        """A row that carries the label of an item, in its first cell or behind a parent's label."""
        found: FormItem | None = None
        for index, cell in enumerate(row.cells):
            text = markup.plain(cell)
            if not text or (text in _VERTICAL_LABELS and self._place.group and found is None):
                continue
            node = headings.label(text, self._place, self._form, found, first=index == 0)
            only_alike = node is not None and found is None and not headings.prints(text, node)
            if only_alike and headings.label_elsewhere(text, self._section, self._place, self._form):
                return False  # to the letter it is the label of another place
            if node is None:
                if found is not None:
                    self._name(row, *row.cells[:index])
                    self._take(found, row, list(row.cells[index:]))
                return found is not None
            found = node
        if found is not None:
            self._name(row, *row.cells)
            self._take(found, row, [])
        return found is not None

    def _as_glued(self, row: SourceRow, first: str) -> bool:
        """A numbered label and its value in one cell."""
        found = headings.glued(markup.plain(first), self._place, self._form) if len(row.filled) == 1 else None
        if found is None:
            return False
        item, value = found
        self._name(row, _without(first, value))
        self._take(item, row, [value])
        if self._current is not None:
            self._current.doubt = self._current.doubt or _GLUED
        return True

    def _as_lost_section(self, row: SourceRow, first: str) -> bool:
        """The first numbered heading of a later section: the heading of the section was lost."""
        later = self._form.children(None)[self._form.children(None).index(self._section) + 1 :]
        section = headings.first_heading_of(first, later, self._form)
        if section is None:
            return False
        self.open_section(section.key, row.line)
        return self._as_heading(row, first)

    def _as_lost_risk(self, row: SourceRow, first: str) -> bool:
        """The line of a risk that stands under another heading: that heading was lost."""
        node = headings.risk_elsewhere(first, self._section, self._form)
        if node is None:
            return False
        self._go_to(Place(self._form.ancestors(node)[0], risk=node))
        self._lost = _LOST_HEADING
        self._name(row, first)
        self._leave(row, *row.filled[1:])
        return True

    def _as_lost_label(self, row: SourceRow, first: str) -> bool:
        """A row of a table whose label belongs to another place of the section: a heading was lost."""
        if len(row.cells) == 1 or not row.cells[0].strip():
            return False
        node = headings.label_elsewhere(markup.plain(first), self._section, self._place, self._form)
        if node is None:
            return False
        above = self._form.ancestors(node)
        heading = next((a for a in above if a.parent == self._section.key), None)
        group = next((a for a in above if a.is_group), None)
        n = self._next_number(group) if group else 0
        self._go_to(Place(heading, group, n, next((a for a in above if a.is_risk), None)))
        self._lost = _LOST_HEADING
        self._name(row, first)
        self._take(node, row, [cell for cell in row.cells[1:] if cell.strip()])
        return True

    def _take(self, item: FormItem, row: SourceRow, values: list[str]) -> None:
        """Give *values* to *item*, whose label the row carries."""
        if item.kind is None:  # ④使用の主体: a label whose rows are items of their own
            self._settle(None)
            self._leave(row, *values)
            return
        filled = any(value.strip() for value in values)
        known = self._sheets[-1].draft(item.key, self._place.n if item.in_group else 0)
        other = known is not None and known is not self._current and not known.empty
        if filled and other and known is not None and not known.says(values):
            item = self._next_like(item)
        waiting = self._settle(item, "\n".join(values))
        draft = self._begin(item, row.line)
        if filled and draft is known and not draft.empty and not draft.says(values):
            draft.doubt = draft.doubt or _TWICE
        for above in waiting:
            draft.take(above, "\n".join(above.filled))
        draft.take(row, *values)
        if waiting:
            draft.doubt = _BEFORE_LABEL

    def _next_like(self, item: FormItem) -> FormItem:
        """The item meant by a label that comes again: that of the next group or risk, whose head was lost."""
        group, risk = self._place.group, self._place.risk
        if item.in_group and group is not None:
            self._go_to(Place(self._place.heading, group, self._next_number(group)))
            self._lost = _LOST_HEADING
        elif risk is not None and self._place.heading is not None:
            risks = [node for node in self._form.children(self._place.heading) if node.is_risk]
            for later in risks[risks.index(risk) + 1 :]:
                namesake = next((n for n in self._form.children(later) if n.name == item.name), None)
                if namesake is not None:
                    self._go_to(Place(self._place.heading, risk=later))
                    self._lost = _LOST_HEADING
                    return namesake
        return item

    def _next_number(self, group: FormItem) -> int:
        below = {group.key, *(node.key for node, _ in self._form.below(group))}
        return 1 + max((n for key, n in self._sheets[-1].drafts if key in below), default=0)

    def _as_content(self, row: SourceRow) -> None:
        """A row without a label goes on with the item before it, or waits for the label after it."""
        if self._current is None:
            self._leave(row, row.text)
        elif not row.cells[0].strip() and not self._current.empty and len(row.cells) > 1:
            self._waiting.append(row)
        else:
            self._settle(None)
            self._append(row, "\n".join(row.filled))

    # --- drafts -------------------------------------------------------------------------------

    def _go_to(self, place: Place) -> None:
        """Leave the present item for another place of the form."""
        self._settle(None)
        self._place, self._current, self._lost = place, None, ""

    def _begin(self, item: FormItem, line: int) -> _Draft:
        n = self._place.n if item.in_group else 0
        drafts = self._sheets[-1].drafts.setdefault((item.key, n), [])
        if not drafts or not (drafts[-1].empty or drafts[-1] is self._current):
            drafts.append(_Draft(item, n, line, doubt=self._lost))
        self._current = drafts[-1]
        return drafts[-1]

    def _append(self, row: SourceRow, text: str) -> None:
        if self._current is None:
            self._leave(row, row.text)
        elif text.strip():
            self._current.take(row, text)

    def _name(self, row: SourceRow, *texts: str) -> None:
        """Account for words of *row* that the form prints by itself: headings, labels, rules."""
        self.pieces.extend(row.piece(text.strip(), Fate.HEADING) for text in texts if text.strip())

    def _leave(self, row: SourceRow, *texts: str) -> None:
        """Keep words of *row* that no item takes."""
        words = " ".join(text for text in texts if text.strip())
        if words:
            self.pieces.append(row.piece(words, Fate.UNASSIGNED))

    def _settle(self, label: FormItem | None, own: str = "") -> list[SourceRow]:
        """Give the rows that wait either to the item before them or, if it is empty, to *label*.

        A page break may put a cell's words above its label: the label's own cell is then empty.
        """
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return []
        wants = label is not None and (
            read.is_empty_choice(label, own) if label.kind is ItemKind.CHOICE else not own.strip()
        )
        if wants:
            return waiting
        if self._current is not None:
            for row in waiting:
                self._current.take(row, "\n".join(row.filled))
        return []

    # --- the items ----------------------------------------------------------------------------

    def finish(self) -> tuple[PrintedItem, ...]:
        """All items, in the order of the form, each in the file its section names.

        Where two printings of one file say different things, the first stands and the other is
        kept as unassigned.
        """
        self._go_to(Place())
        self._split_annexes()
        files = self._file_names()
        several = len({name for name in files if name}) > 1
        found: dict[tuple[str, str], PrintedItem] = {}
        for sheet, file in zip(self._sheets, files, strict=True):
            for draft in map(self._agreed, sheet.drafts.values()):
                items = list(self._read(draft, file if several else ""))
                firsts = [found.setdefault((item.key, item.path.file), item) for item in items]
                if all(first.value == item.value for first, item in zip(firsts, items, strict=True)):
                    self._assign(draft, str(items[0].path))
                else:
                    self._reject(draft)
        order = {name: place for place, name in enumerate(dict.fromkeys(files))}

        def place(item: PrintedItem) -> tuple[int, int, tuple[int, ...]]:
            section, *inside = self._form.place(item.key)
            return section, order.get(item.path.file, -1), tuple(inside)

        return tuple(sorted(found.values(), key=place))

    def _agreed(self, drafts: list[_Draft]) -> _Draft:
        """The one draft of an item: a page may come twice, and then says the same twice."""
        first, *others = drafts
        for other in others:
            if other.empty or first.says(other.parts):
                first.pieces.extend(other.pieces)
            else:
                first.doubt = first.doubt or _TWICE
                self._reject(other)
        return first

    def _assign(self, draft: _Draft, target: str) -> None:
        """Account for the pieces of *draft*, which the item *target* took."""
        self.pieces.extend(row.piece(text, Fate.ITEM, target) for row, text in draft.pieces)

    def _reject(self, draft: _Draft) -> None:
        """Keep what another printing of the same item says."""
        for row, text in draft.pieces:
            self._leave(row, read.tidy(text))

    def _file_names(self) -> list[str]:
        """The 特定個人情報ファイル of each sheet: as its own 1. names it, else that of the sheet before.

        Pages come in any order, but 別添1 goes with the section II before it.
        """
        listed = [name for line in self._listed_files() if (name := _unlisted(line))]
        named = [sheet.file or _listed_name(_file_name(sheet), listed) for sheet in self._sheets]
        last = next((name for name in named if name), "")
        names = []
        for name, sheet in zip(named, self._sheets, strict=True):
            last = name or last
            names.append(last if sheet.section.per_file else "")
        return names

    def _split_annexes(self) -> None:
        """One 別添1 may list the items of several files, each under the name of its file."""
        files = {name for sheet in self._sheets if (name := _file_name(sheet))}
        files |= {_unlisted(line) for line in self._listed_files()}
        if len(files) > 1:
            self._sheets = [part for sheet in self._sheets for part in _by_file(sheet, files)]

    def _listed_files(self) -> list[str]:
        """The lines of I-3, which lists the files of the assessment."""
        drafts = (draft for sheet in self._sheets if (draft := sheet.draft("I.3")))
        text = "\n".join(part for draft in drafts for part in draft.parts)
        return re.split(r"\n|\s(?=\d+\s*[.．])", read.tidy(text))

    def _read(self, draft: _Draft, file: str) -> Iterable[PrintedItem]:
        """The item of a draft, and the numbers of 件 that its cell prints."""
        item, text = draft.item, "\n".join(draft.parts)
        path = item.at(draft.n, file if item.per_file else "")
        cell: read.Cell[str] | read.Cell[Boxes]
        match item.kind:
            case ItemKind.CHOICE:
                cell = read.read_choice(item, text)
            case ItemKind.CHECKBOX:
                cell = read.read_boxes(item, text)
            case _:
                cell = read.Cell(read.tidy(text))
        if cell.left_over:
            row = draft.pieces[0][0]
            self.pieces.append(row.piece(cell.left_over, Fate.UNASSIGNED, str(path)))
        doubt = "。".join(part for part in (draft.doubt, cell.doubt) if part)
        kind = item.kind or ItemKind.TEXT
        yield PrintedItem(path, item.key_at(draft.n), kind, cell.value, draft.line, doubt)
        for child in self._form.children(item):
            if child.kind is ItemKind.COUNT:
                value = read.read_count(text, child.counted_behind)
                yield PrintedItem(child.at(0, path.file), child.key, ItemKind.COUNT, value, draft.line)


def _file_name(sheet: _Sheet) -> str:
    """The file that II or III names in its 1.; blank where it is not there."""
    draft = sheet.draft(f"{sheet.section.key}.1") if sheet.section.per_file else None
    return _unlisted("".join(draft.parts)) if draft else ""


def _by_file(sheet: _Sheet, files: Collection[str]) -> Iterator[_Sheet]:
    """The sheets of a 別添1 in which lines name one of the *files*; any other sheet as it is."""
    draft = sheet.draft("annex1")
    if draft is None:
        yield sheet
        return
    pieces, draft.parts, draft.pieces = draft.pieces, [], []
    for row, part in pieces:
        if (name := _unlisted(part)) in files:
            if not draft.empty:
                yield sheet
                draft = _Draft(draft.item, 0, draft.line)
                sheet = _Sheet(sheet.section, {("annex1", 0): [draft]})
            sheet.file = name
        draft.take(row, part)
    yield sheet


def _listed_name(name: str, listed: Sequence[str]) -> str:
    """The file of I-3 that a damaged *name* must mean; *name* itself where none is like it."""
    if not name or name in listed:
        return name
    inside = [one for one in listed if wording.plain(one) in wording.plain(name)]
    return inside[0] if len(inside) == 1 else name


def _unlisted(name: str) -> str:
    """The name of a file without the number of a list before it."""
    return re.sub(r"^\s*\d+\s*[.．]\s*", "", read.tidy(name))


def _without(cell: str, *values: str) -> str:
    """The words of *cell* that are none of the *values* read from it."""
    words = markup.plain(cell)
    for value in filter(None, values):
        before, found, after = words.rpartition(value)
        words = f"{before} {after}" if found else words
    return words
