"""Rows of cells, in reading order → the items of the form.

Every published format comes down to rows of cells: a line of extracted text, a row of a
worksheet. This walk keeps its place in the form (section, numbered heading, group, risk) and
gives each row to the item whose label it carries, or, where it carries none, to the item it
goes on with. What finds no place is kept as an unassigned passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from ledger import wording
from ledger.form import Form, FormItem, split_number
from ledger.published import ItemKind, Passage, PrintedItem
from ledger.readers import cells as read
from ledger.readers import markup


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of the source: its line or row number (1-based) and its cells as they stand."""

    line: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold anything."""
        return tuple(cell for cell in self.cells if cell.strip())

    @property
    def text(self) -> str:
        """The row as one piece of text."""
        return " ".join(self.filled)


@dataclass(slots=True)
class _Draft:
    """An item while its rows are being collected."""

    item: FormItem
    n: int
    line: int
    parts: list[str] = field(default_factory=list)
    doubt: str = ""

    @property
    def empty(self) -> bool:
        return not any(part.strip() for part in self.parts)


@dataclass(slots=True)
class _Sheet:
    """The items of one printing of a section: II and III come once per file."""

    section: FormItem
    drafts: dict[tuple[str, int], _Draft] = field(default_factory=dict)


_LABEL = 0.8
_HEADING_NAME = 0.8
_RULE = re.compile(r"^[-:|\s]{3,}$")  # what a converter draws under a table's head
_FOLDED_BLOCK = re.compile(r"^\s*(システム|委託事項|提供先|移転先)\s*\d+\s*[～〜~－-]\s*\d+\s*$")
_GROUP = re.compile(r"^\s*(システム|委託事項|提供先|移転先)\s*([0-9０-９]+)(?![0-9０-９])\s*(.*)$", re.DOTALL)
_RISK = re.compile(r"^\s*リスク\s*([0-9０-９]?)\s*[:：]")
_SECTION = re.compile(
    r"^\s*(?:(III|II|IV|I|V|[Ⅰ-Ⅴ])[\s　.．]*|[(（]別添\s*([1-9１-９])\s*[)）]\s*)(.*)$", re.DOTALL
)
_ROMAN = dict(zip("ⅠⅡⅢⅣⅤ", ("I", "II", "III", "IV", "V"), strict=True))
_VERTICAL_LABELS = frozenset({"再", "委託", "再委託"})
_BOXES = re.compile(rf"\s*[\[［{markup.MARKS}]")


def section_of(text: str, form: Form) -> str | None:
    """The section whose heading *text* is (``III``, ``別添1``, ``別添2``), or None."""
    match = _SECTION.match(markup.plain(text))
    if match is None:
        return None
    name = re.split(r"※", match[3])[0]
    if match[2]:
        number = match[2].translate(_DIGITS)
        expected = {"1": "特定個人情報ファイル記録項目", "2": "変更箇所"}.get(number, "")
        return f"別添{number}" if expected and read.nearly(name, expected) >= _HEADING_NAME else None
    key = _ROMAN.get(match[1], match[1])
    return key if read.nearly(name, form[key].name) >= _HEADING_NAME else None


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class Placing:
    """Collects the rows of sections I to V and 別添1; ``finish`` gives the items."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._sheets: list[_Sheet] = []
        self._heading: FormItem | None = None
        self._group: tuple[FormItem, int] | None = None
        self._risk: FormItem | None = None
        self._current: _Draft | None = None
        self._waiting: list[SourceRow] = []
        self.unassigned: list[Passage] = []

    # --- rows ---------------------------------------------------------------------------------

    def open_section(self, key: str, line: int) -> None:
        """Begin section *key*; II, III and 別添1 begin again for every file."""
        self._settle(None)
        section = self._form["annex1" if key == "別添1" else key]
        self._sheets.append(_Sheet(section))
        self._heading = self._group = self._risk = self._current = None
        if section.kind is not None:
            self._begin(section, 0, line)

    def add(self, row: SourceRow) -> None:
        """Place one row of the open section."""
        if not row.filled or is_rule(row):
            return
        first = row.filled[0]
        if self._sheets and self._sheets[-1].section.key == "annex1":
            self._append(row, "\t".join(cell for cell in map(read.tidy, row.cells) if cell))
        elif _FOLDED_BLOCK.match(first) and len(row.filled) == 1:
            self._settle(None)
            self._group = self._current = None
        elif not (
            self._as_heading(row, first)
            or self._as_group(row, first)
            or self._as_risk(row, first)
            or self._as_label(row)
        ):
            self._as_content(row)

    def _as_heading(self, row: SourceRow, first: str) -> bool:
        """``4. 特定個人情報ファイルの取扱いの委託 ※``, with boxes behind it in III."""
        if not self._sheets:
            return False
        text = markup.plain(first)
        boxes = _BOXES.search(text)
        number, name = split_number(text[: boxes.start()] if boxes else text)
        if not number.isdigit():
            return False
        rest = [text[boxes.start() :]] if boxes else []
        for node in self._form.children(self._sheets[-1].section):
            if node.number == number and (behind := _names_heading(name, node)) is not None:
                self._settle(None)
                self._heading, self._group, self._risk, self._current = node, None, None, None
                rest = [part for part in (behind, *rest, *row.filled[1:]) if part.strip()]
                if node.kind is not None:
                    self._begin(node, 0, row.line).parts.extend(rest)
                else:
                    self._heading_boxes(node, rest, row)
                return True
        return False

    def _heading_boxes(self, node: FormItem, rest: list[str], row: SourceRow) -> None:
        """The boxes printed in a heading are an item: 委託しない, 提供・移転しない, 接続しない."""
        boxed = next(
            (c for c in self._form.children(node) if c.kind is ItemKind.CHECKBOX and not c.number), None
        )
        if boxed is not None and boxed.key not in {"II.5.exists", "III.8.exists"}:
            self._begin(boxed, 0, row.line).parts.extend(rest)
            self._current = None
        elif rest:
            self.unassigned.append(Passage(row.line, " ".join(rest)))

    def _as_group(self, row: SourceRow, first: str) -> bool:
        """``委託事項1`` and its name beside it (or behind it in the same cell)."""
        match = _GROUP.match(markup.plain(first))
        if match is None or self._heading is None:
            return False
        node = next(
            (c for c in self._form.children(self._heading) if c.name.startswith(match[1] + "{")), None
        )
        if node is None:
            return False
        self._settle(None)
        self._group = (node, int(match[2].translate(_DIGITS)))
        self._risk = None
        values = [part for part in (match[3], *row.filled[1:]) if part.strip()]
        if node.kind is not None:
            self._begin(node, self._group[1], row.line).parts.extend(values)
        elif values:
            self.unassigned.append(Passage(row.line, " ".join(values)))
        if node.kind is None:
            self._current = None
        return True

    def _as_risk(self, row: SourceRow, first: str) -> bool:
        match = _RISK.match(markup.plain(first))
        if match is None or self._heading is None:
            return False
        number = f"リスク{match[1].translate(_DIGITS)}" if match[1] else ""
        risks = [c for c in self._form.children(self._heading) if c.kind is None and "リスク" in c.path[-1]]
        node = next((c for c in risks if c.number == number or (len(risks) == 1 and not number)), None)
        if node is None:
            return False
        self._settle(None)
        self._risk, self._current = node, None
        for value in row.filled[1:]:
            self.unassigned.append(Passage(row.line, value))
        return True

    def _as_label(self, row: SourceRow) -> bool:
        """A row that carries the label of an item, in its first cell or behind a parent's label."""
        found: FormItem | None = None
        values: list[str] = []
        for index, cell in enumerate(row.cells):
            text = markup.plain(cell)
            if not text and not values:
                continue
            if not values and text in _VERTICAL_LABELS and self._group:
                continue
            node = None if values else self._labelled(text, under=found, first=index == 0)
            if node is not None:
                found = node
            elif found is None:
                return False
            else:
                values.append(cell)
        if found is None:
            return False
        if found.kind is None:  # ④使用の主体: a label whose rows are items of their own
            for value in values:
                self.unassigned.append(Passage(row.line, value))
            self._settle(None)
            return True
        waiting = self._settle(found, "\n".join(values))
        draft = self._begin(found, self._group[1] if "[n]" in found.key and self._group else 0, row.line)
        draft.parts.extend([*waiting, *values])
        if waiting:
            draft.doubt = "欄の見出しより前に置かれた本文を、この欄のものと読んだ"
        return True

    def _labelled(self, text: str, *, under: FormItem | None, first: bool) -> FormItem | None:
        """The item of the present place in the form whose label *text* is."""
        number, name = split_number(re.split(r"\s*※", text)[0])
        best: tuple[float, FormItem | None] = (0.0, None)
        for node in self._labels(under):
            likeness = max(
                _likeness(name, called) for called in (node.name, *(alias for alias, _ in node.aliases))
            )
            if number and node.number and number != node.number:
                likeness -= 0.3
            elif number and number == node.number and first and self._short_enough(name, node):
                likeness = max(likeness, _LABEL)  # ⑥移動先 for ⑥移転方法: the number and the place tell
            if likeness >= _LABEL and likeness > best[0]:
                best = (likeness, node)
        return best[1]

    @staticmethod
    def _short_enough(name: str, node: FormItem) -> bool:
        return (
            len(name) <= len(node.name) + 2 and "。" not in name and wording.plain(name)[:1] == node.name[:1]
        )

    def _labels(self, under: FormItem | None) -> Iterable[FormItem]:
        if under is not None:
            return self._form.children(under)
        if self._heading is None:
            return ()
        if self._group is not None:
            inside = [node for node, _ in self._form.below(self._group[0])]
            return [*inside, *(n for n, _ in self._form.below(self._heading) if "[n]" not in n.key)]
        risks = [
            n for n in self._form.children(self._heading) if n.kind is None and n.number.startswith("リスク")
        ]
        others = {n.key for risk in risks if risk is not self._risk for n, _ in self._form.below(risk)}
        return [n for n, _ in self._form.below(self._heading) if n.key not in others and n.name != "件"]

    def _as_content(self, row: SourceRow) -> None:
        """A row without a label goes on with the item before it, or waits for the label after it."""
        if self._current is None:
            self.unassigned.append(Passage(row.line, row.text))
        elif not row.cells[0].strip() and not self._current.empty and len(row.cells) > 1:
            self._waiting.append(row)
        else:
            self._settle(None)
            self._append(row, "\n".join(row.filled))

    # --- drafts -------------------------------------------------------------------------------

    def _begin(self, item: FormItem, n: int, line: int) -> _Draft:
        drafts = self._sheets[-1].drafts
        draft = drafts.get((item.key, n))
        if draft is None:
            draft = drafts[item.key, n] = _Draft(item, n, line)
        self._current = draft
        return draft

    def _append(self, row: SourceRow, text: str) -> None:
        if self._current is None:
            self.unassigned.append(Passage(row.line, row.text))
        elif text.strip():
            self._current.parts.append(text)

    def _settle(self, label: FormItem | None, own: str = "") -> list[str]:
        """Give the rows that wait either to the item before them or, if it is empty, to *label*.

        A page break may put a cell's words above its label: the label's own cell is then empty.
        """
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return []
        words = ["\n".join(row.filled) for row in waiting]
        wants = label is not None and (
            read.is_empty_choice(label, own) if label.kind is ItemKind.CHOICE else not own.strip()
        )
        if wants:
            return words
        if self._current is not None:
            self._current.parts.extend(words)
        return []

    # --- the items ----------------------------------------------------------------------------

    def finish(self) -> tuple[PrintedItem, ...]:
        """All items, in the order of the form, each in the file its section names."""
        self._settle(None)
        self._current = None
        files = self._file_names()
        several = len(dict.fromkeys(name for name in files if name)) > 1
        found: dict[tuple[str, int, str], PrintedItem] = {}
        for sheet, file in zip(self._sheets, files, strict=True):
            for draft in sheet.drafts.values():
                for item in self._read(draft, file if several else ""):
                    found.setdefault((item.key, draft.n, item.path.file), item)
        order = {name: place for place, name in enumerate(dict.fromkeys(files))}
        return tuple(
            sorted(
                found.values(),
                key=lambda i: (self._form_section(i), order.get(i.path.file, -1), self._place(i)),
            )
        )

    def _form_section(self, item: PrintedItem) -> int:
        section = item.key.split(".")[0]
        return self._form.order["annex1" if section == "annex1" else section]

    def _place(self, item: PrintedItem) -> tuple[int, int, int]:
        number = re.search(r"\[(\d+)\]", item.key)
        node = self._form[item.key]
        head = next((a for a in (node, *self._form.ancestors(node)) if a.is_group), node)
        return self._form.order[head.key], int(number[1]) if number else 0, self._form.order[node.key]

    def _file_names(self) -> list[str]:
        """The 特定個人情報ファイル of each sheet, as its own 1. names it (without a list number)."""
        names = []
        for sheet in self._sheets:
            draft = sheet.drafts.get((f"{sheet.section.key}.1", 0))
            is_file = draft is not None and draft.item.kind is not None and sheet.section.repeats == "file"
            names.append(
                re.sub(r"^\s*\d+\s*[.．]\s*", "", read.tidy("".join(draft.parts)))
                if is_file and draft
                else ""
            )
        listed = next((name for name in names if name), "")
        return [
            name or (listed if sheet.section.repeats == "file" else "")
            for name, sheet in zip(names, self._sheets, strict=True)
        ]

    def _read(self, draft: _Draft, file: str) -> Iterable[PrintedItem]:
        item, text = draft.item, "\n".join(draft.parts)
        path = item.at(draft.n, file if item.repeats and item.repeats != "system" else "")
        match item.kind:
            case ItemKind.CHOICE:
                cell = read.read_choice(item, text)
            case ItemKind.CHECKBOX:
                cell = read.read_boxes(item, text)
            case _:
                cell = read.Cell(read.tidy(text))
        if cell.left_over:
            self.unassigned.append(Passage(draft.line, cell.left_over))
        doubt = "。".join(part for part in (draft.doubt, cell.doubt) if part)
        kind = item.kind or ItemKind.TEXT
        yield PrintedItem(path, item.key_at(draft.n), kind, cell.value, draft.line, doubt)
        for child in self._form.children(item):
            if child.kind is ItemKind.COUNT:
                option = child.path[-2] if len(child.path) > len(item.path) + 1 else ""
                value = read.read_count(text, option)
                yield PrintedItem(child.at(0, path.file), child.key, ItemKind.COUNT, value, draft.line)


def _names_heading(name: str, node: FormItem) -> str | None:
    """What follows the heading's name in *name* (blank mostly), or None where it is another's."""
    name = re.split(r"\s*※", name)[0]
    if _likeness(name, node.name) >= _HEADING_NAME:
        return ""
    whole = wording.fold(name, wording.Level.FOLDED)
    wanted = wording.plain(node.name)
    if whole.text.startswith(wanted) and len(wanted) < len(whole.text):
        return name[whole.origin[len(wanted)] :]
    return None


def _likeness(one: str, other: str) -> float:
    """Likeness of two labels, also without what stands in brackets."""
    return max(read.nearly(one, other), _bare(one, other))


def _bare(one: str, other: str) -> float:
    bare = re.sub(r"[（(][^（()）]*[)）]", "", other)
    if bare == other:
        return 0.0
    return Levenshtein.normalized_similarity(
        wording.plain(re.sub(r"[（(][^（()）]*[)）]", "", one)), wording.plain(bare)
    )


def is_rule(row: SourceRow) -> bool:
    """Whether a row is nothing but the line that a converter draws under a table's head."""
    return _RULE.match(row.text) is not None


def rows_of(lines: Sequence[str]) -> Iterable[SourceRow]:
    """Lines of text whose cells are separated by tabs."""
    for number, line in enumerate(lines, start=1):
        yield SourceRow(number, tuple(line.split("\t")))
