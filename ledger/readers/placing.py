"""Rows of cells, in reading order → the items of the form.

This walk keeps its place in the form (section, numbered heading, group, risk) and
gives each row to the item whose label it carries, or, where it carries none, to the item it
goes on with. What finds no place is kept as an unassigned passage, and where a lost heading
was made up for by the order of the form, the item says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ledger import wording
from ledger.form import Form, FormItem
from ledger.published import Boxes, Fate, ItemKind, Piece, PrintedItem
from ledger.readers import cells as read
from ledger.readers import headings, markup
from ledger.readers.bounds import TooMany
from ledger.readers.cells import LONGEST_LABEL
from ledger.readers.drafts import TWICE, Draft, Sheet
from ledger.readers.filing import filed, files_of, listed_files
from ledger.readers.gaps import Step, ends_before_a_gap, is_gap
from ledger.readers.headings import ANNEX_1, Place
from ledger.readers.rows import SourceRow, is_rule
from ledger.readers.unused import unused_blocks

_MOST_SECTIONS = 1_000  # three for each file, and the files are some ten
_VERTICAL_LABELS = frozenset({"再", "委託", "再委託"})
_BEFORE_LABEL = "欄の見出しより前に置かれた本文を、この欄のものと読んだ"
_PERHAPS_CUT = "この欄の続きかもしれない本文を、次の欄のものと読んだ"
_GLUED = "見出しと記載が一つの欄に続けて読まれた"
_CUT = "次の見出しが失われており、記載がここで終わりとは限らない"
_LOST_HEADING = "見出しが失われており、様式の順序からこの項目と読んだ"


class Placing:
    """Collects the rows of sections I to V and 別添1; ``finish`` gives the items."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._sheets: list[Sheet] = []
        self._place = Place()
        self._lost = ""  # why what follows is in doubt, until the next heading or group
        self._current: Draft | None = None
        self._step: Step | None = None  # what the section printed last, and the item that it began, if any
        self._begun: Draft | None = None
        self._waiting: list[SourceRow] = []
        self.pieces: list[Piece] = []

    @property
    def _section(self) -> FormItem:
        return self._sheets[-1].section

    # --- rows ---------------------------------------------------------------------------------

    def open_section(self, key: str, line: int, *, lost: bool = False) -> None:
        """Begin section *key*; II, III and 別添1 begin again for every file. Raises TooMany.

        Where the heading of the section is *lost*, the page that bore it may be, and with it the rest of
        what stands before.
        """
        if len(self._sheets) == _MOST_SECTIONS:
            raise TooMany(f"見出し（Ⅰ～Ⅴ、別添１）が多すぎます（{_MOST_SECTIONS:,}個まで）")
        section = self._form["annex1" if key == ANNEX_1 else key]
        if lost and self._begun is not None:
            self._begun.question(_CUT)
        self._end_section()
        self._sheets.append(Sheet(section))
        if section.kind is not None:
            self._begin(section, line)

    def _end_section(self) -> None:
        """Leave the open section."""
        self._go_to(Place())
        if self._sheets:
            self._sheets[-1].end = self._begun if self._begun and _may_be_cut(self._begun) else None
            self._pass(None)

    def _pass(self, node: FormItem | None) -> None:
        """Note that the section goes on with *node* (None: it ends) in the present place.

        Where the form prints something between, it was lost, and the item before it may have been cut.
        """
        after = None if node is None else Step(node, self._place.n if node.in_group else 0)
        before, draft = self._step, self._begun
        if before is not None and draft is not None and _may_be_cut(draft):
            draft.question(_CUT if is_gap(before, after, self._form) else "")
        self._step, self._begun = after, None

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
            self._append(row, "\t".join(cell for cell in map(read.tidy, row.cells) if cell))
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
            or self._as_lost_group(row, first)
            or self._as_lost_name(row, first)
        ):
            self._as_content(row)

    def _as_heading(self, row: SourceRow, first: str) -> bool:
        """``4. 特定個人情報ファイルの取扱いの委託 ※``, with boxes behind it in III."""
        found = headings.heading(first, self._section, self._form)
        if found is None:
            return False
        node, behind = found
        self._go_to(Place(node))
        self._pass(node)
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
        self._begin_group(row, *found)
        return True

    def _begin_group(self, row: SourceRow, node: FormItem, n: int, behind: str) -> None:
        """Begin block *n* of a group, whose head *row* is; its name may stand *behind* in the same cell."""
        self._go_to(Place(self._place.heading, node, n))
        self._pass(node)
        self._name(row, _without(row.filled[0], behind))
        values = [part for part in (behind, *row.filled[1:]) if part.strip()]
        if node.kind is not None:
            self._begin(node, row.line).take(row, *values)
        else:
            self._leave(row, *values)

    def _as_lost_group(self, row: SourceRow, first: str) -> bool:
        """The head of a block under another heading of the section: that heading was lost."""
        found = headings.group_elsewhere(first, self._section, self._form)
        if found is None or (found[2].strip() and len(row.filled) == 1):
            return False
        self._go_to(Place(self._form[found[0].parent]))
        self._begin_group(row, *found)
        self._lost = _LOST_HEADING
        if self._current is not None:
            self._current.question(_LOST_HEADING)
        return True

    def _as_lost_name(self, row: SourceRow, first: str) -> bool:
        """The name of a file at the beginning of II or III, where its heading was lost."""
        name = self._form.children(self._section)[0]
        if self._step is not None or not name.per_file or len(row.filled) > 1 or len(first) > LONGEST_LABEL:
            return False
        if headings.unlisted(first) not in listed_files(self._sheets):
            return False
        self._go_to(Place(name))
        self._pass(name)
        draft = self._begin(name, row.line)
        draft.take(row, first)
        draft.question(_LOST_HEADING)
        return True

    def _as_risk(self, row: SourceRow, first: str) -> bool:
        node = headings.risk(first, self._place.heading, self._form) if self._place.heading else None
        if node is None or headings.risk_elsewhere(first, self._section, self._form) not in {None, node}:
            return False
        self._go_to(Place(self._place.heading, risk=node))
        self._pass(node)
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
            if found is not None and text == markup.plain(row.cells[index - 1]):
                continue  # a label over two columns, printed in both
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
            self._current.question(_GLUED)
        return True

    def _as_lost_risk(self, row: SourceRow, first: str) -> bool:
        """The line of a risk that stands under another heading: that heading was lost."""
        node = headings.risk_elsewhere(first, self._section, self._form)
        if node is None:
            return False
        self._go_to(Place(self._form.ancestors(node)[0], risk=node))
        self._pass(node)
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
        again = filled and known is not None and known is not self._current
        if again and known is not None and not known.says(values):
            item = self._next_like(item)
        waiting = self._settle(item, "\n".join(values))
        self._pass(item)
        draft = self._begin(item, row.line)
        if filled and draft is known and not draft.says(values) and (again or not draft.empty):
            draft.question(TWICE)
        for above in waiting:
            draft.take(above, "\n".join(above.filled))
        draft.take(row, *values)
        if waiting:
            draft.question(_BEFORE_LABEL)

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
        return 1 + max(self._sheets[-1].last.get(key, 0) for key in below)

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

    def _begin(self, item: FormItem, line: int) -> Draft:
        n = self._place.n if item.in_group else 0
        drafts = self._sheets[-1].drafts.setdefault((item.key, n), [])
        if not drafts or not (drafts[-1].empty or drafts[-1] is self._current):
            drafts.append(Draft(item, n, line, doubt=self._lost))
            last = self._sheets[-1].last
            last[item.key] = max(n, last.get(item.key, 0))
        self._current = self._begun = drafts[-1]
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
        """Give the rows that wait to the item before them; returns those that are for *label* instead.

        A page break may put a cell's words above its label: the label's *own* cell is then empty.
        """
        waiting, self._waiting = self._waiting, []
        current = self._current
        if current is None or not waiting:
            return []
        at = _first_of(label, own, current, waiting) if label is not None else len(waiting)
        for row in waiting[:at]:
            current.take(row, "\n".join(row.filled))
        if label is not None and at < len(waiting) and _both_hold_text(label, current.item):
            current.question(_PERHAPS_CUT)
        return waiting[at:]

    # --- the items ----------------------------------------------------------------------------

    def finish(self) -> tuple[PrintedItem, ...]:
        """All items, in the order of the form, each in the file its section names.

        Where two printings of one file say different things, the first stands and the other is
        kept as unassigned.
        """
        self._end_section()
        sheets = filed(self._sheets)
        for end in ends_before_a_gap([sheet for sheet, _ in sheets], files_of(self._sheets), self._form):
            end.question(_CUT)
        found: dict[tuple[str, str], PrintedItem] = {}
        for sheet, file in sheets:
            for draft in map(self._agreed, sheet.drafts.values()):
                if file:
                    draft.question(sheet.doubt)
                items = list(self._read(draft, file))
                firsts = [found.setdefault((item.key, item.path.file), item) for item in items]
                if all(first.value == item.value for first, item in zip(firsts, items, strict=True)):
                    self._assign(draft, str(items[0].path))
                else:
                    self._reject(draft)
                    for item in firsts:
                        found[item.key, item.path.file] = replace(item, doubt=item.doubt or TWICE)
        unused = set(unused_blocks(found.values(), self._form))
        self.pieces = [
            replace(piece, fate=Fate.HEADING) if piece.fate is Fate.ITEM and piece.target in unused else piece
            for piece in self.pieces
        ]
        order = {name: place for place, name in enumerate(dict.fromkeys(file for _, file in sheets))}

        def place(item: PrintedItem) -> tuple[int, int, tuple[int, ...]]:
            section, *inside = self._form.place(item.key)
            return section, order.get(item.path.file, -1), tuple(inside)

        return tuple(sorted((item for item in found.values() if str(item.path) not in unused), key=place))

    def _agreed(self, drafts: list[Draft]) -> Draft:
        """The one draft of an item: a page may come twice, and then says the same twice."""
        first, *others = drafts
        for other in others:
            if other.empty or first.says(other.parts):
                first.pieces.extend(other.pieces)
            else:
                first.question(TWICE)
                self._reject(other)
        return first

    def _assign(self, draft: Draft, target: str) -> None:
        """Account for the pieces of *draft*, which the item *target* took."""
        self.pieces.extend(row.piece(text, Fate.ITEM, target) for row, text in draft.pieces)

    def _reject(self, draft: Draft) -> None:
        """Keep what another printing of the same item says."""
        for row, text in draft.pieces:
            self._leave(row, read.tidy(text))

    def _read(self, draft: Draft, file: str) -> Iterable[PrintedItem]:
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


def _may_be_cut(draft: Draft) -> bool:
    """Whether what *draft* says may go on, or went on with words of another.

    Boxes in one row are whole, and so is a dash: what says that there is nothing has no rest.
    """
    if draft.item.kind is ItemKind.TEXT:
        return draft.empty or not wording.is_nothing("".join(draft.parts))
    in_rows = any(row.line != draft.pieces[0][0].line for row, _ in draft.pieces)
    return in_rows and draft.item.kind is not ItemKind.CHOICE


def _both_hold_text(label: FormItem, current: FormItem) -> bool:
    """Whether words between two items may be of either: only a choice holds none but its own."""
    return label.kind is ItemKind.TEXT and current.kind is not ItemKind.CHOICE


def _first_of(label: FormItem, own: str, current: Draft, waiting: Sequence[SourceRow]) -> int:
    """Which of the rows that wait is the first of *label*: all of them go on with *current* where none is."""
    texts = ["\n".join(row.filled) for row in waiting]
    lacking = read.is_lost_choice(label, own) if label.kind is ItemKind.CHOICE else not own.strip()
    if not lacking:
        return len(waiting)
    if label.kind is not ItemKind.TEXT:
        fitting = (at for at, text in enumerate(texts) if read.states(label, text))
        first = next(fitting, len(waiting))
        # A date is one row: words that go on behind it are of the item above, and so is it.
        return len(waiting) if label.kind is ItemKind.DATE and first < len(waiting) - 1 else first
    first = 0
    if _both_hold_text(label, current.item):  # only a page break parts the words of the one from the other's
        lines = [current.pieces[-1][0].line, *(row.line for row in waiting)]
        breaks = (at for at, (above, line) in enumerate(pairwise(lines)) if line > above + 1)
        first = next(breaks, len(waiting))
    foreign = (at for at in range(first, len(waiting)) if not read.goes_on(current.item, texts[at]))
    return next(foreign, len(waiting))


def _without(cell: str, *values: str) -> str:
    """The words of *cell* that are none of the *values* read from it."""
    words = markup.plain(cell)
    for value in filter(None, values):
        before, found, after = words.rpartition(value)
        words = f"{before} {after}" if found else words
    return words
