"""An edition as text with tables, in the layouts that extraction and OCR make of one paper.

Cells are separated by tabs, or stand between pipes (Markdown). What a cell says is the same in every layout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from random import Random
from typing import Any, Final

from ledger.form import FormItem, form3
from ledger.published import ItemKind, PublishedEdition
from projections.exports.form_layout import Kind, Line, lines


class Breaks(StrEnum):
    """How a line break inside a cell is written."""

    PARAGRAPHS = "paragraphs"
    BLOCKS = "blocks"
    BULLETS = "bullets"
    BR = "br"
    ROWS = "rows"


class Listed(StrEnum):
    """Where the option list of a choice stands."""

    BEHIND = "behind"
    BESIDE = "beside"
    BELOW = "below"
    BEFORE = "before"
    ABSENT = "absent"


class Widths(StrEnum):
    """Which digits, brackets and points the labels have."""

    PRINTED = "printed"
    NARROW = "narrow"
    WIDE = "wide"


class Glue(StrEnum):
    """What stands between the number of a label and its name."""

    PRINTED = "printed"
    NOTHING = "nothing"
    SPACE = "space"


class HeadingBoxes(StrEnum):
    """Where boxes stand that the form prints in a heading (委託しない)."""

    BESIDE = "beside"
    SAME_CELL = "same cell"
    CELL_EACH = "a cell each"


class Marks(StrEnum):
    """What a ticked box is written as."""

    SPACED = "[ ○ ]"
    TIGHT = "[○]"
    LATIN = "[O]"
    KANJI = "[〇]"
    CHECK = "[レ]"
    WIDE = "［○］"
    INPUT = '<input checked="" type="checkbox"/>'


class Labels(StrEnum):
    """How a label is written that is too long for its narrow column."""

    PLAIN = "plain"
    TAGGED = "tagged"
    BROKEN = "broken"


class Upright(StrEnum):
    """What becomes of 再委託, which the form prints upright beside ④ to ⑥."""

    WHOLE = "whole"
    SPLIT = "split"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How one converter writes a paper."""

    breaks: Breaks = Breaks.PARAGRAPHS
    listed: Listed = Listed.BEHIND
    widths: Widths = Widths.PRINTED
    glue: Glue = Glue.PRINTED
    heading_boxes: HeadingBoxes = HeadingBoxes.BESIDE
    marks: Marks = Marks.SPACED
    labels: Labels = Labels.PLAIN
    upright: Upright = Upright.WHOLE
    ascii_roman: bool = False
    important: bool = True
    name_beside: bool = True
    spaced: bool = False
    rules: bool = False
    contents: bool = True
    padded: bool = False  # every row of the body as wide as the widest
    apart: bool = False  # a blank cell between a label and its value
    pipes: bool = False

    @classmethod
    def drawn(cls, random: Random) -> TextLayout:
        """Any layout."""
        chosen: dict[str, Any] = {name: random.choice(choices) for name, choices in CHOICES.items()}
        return cls(**chosen)


_PLAIN: Final = TextLayout()
# Every option of a layout and what it may be.
CHOICES: Final[dict[str, Sequence[object]]] = {
    field.name: list(type(field.default)) if isinstance(field.default, StrEnum) else [False, True]
    for field in fields(TextLayout)
}
_ALONE = {Kind.TITLE, Kind.COVER, Kind.CONTENTS, Kind.SECTION}
_LABELLED = {Kind.SECTION, Kind.HEADING, Kind.RISK, Kind.LABEL, Kind.GROUP, Kind.FOLD, Kind.CONTENTS}
_TICKED, _BLANK = "[ ○ ]", "[ ]"
_EMPTY = {Marks.INPUT: '<input type="checkbox"/>', Marks.WIDE: "［　］", Marks.TIGHT: "[]"}
_NARROW = str.maketrans("（）０１２３４５６７８９：．", "()0123456789:.")
_WIDE = str.maketrans("()0123456789:", "（）０１２３４５６７８９：")
_ROMAN = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"}
_NUMBER = re.compile(r"(\d{1,2}|[①-⑳])([.．]?)\s*(.*)", re.DOTALL)
_BESIDE_UPRIGHT = tuple(f"II.4.entrustment[n].{n}" for n in (4, 5, 6))
_NARROW_COLUMN = 10  # characters
_WIDEST = 5
_LIST = "\n＜選択肢＞\n"


def write_ocr_text(edition: PublishedEdition, layout: TextLayout = _PLAIN) -> str:
    """The whole document. No line break stands at its end, as extraction writes none."""
    return "\n".join(_Writing(edition, layout).written())


class _Writing:
    """Writes one edition in one layout."""

    def __init__(self, edition: PublishedEdition, layout: TextLayout) -> None:
        self._layout = layout
        self._lines = lines(edition)
        self._in_rows = layout.breaks is Breaks.ROWS

    def written(self) -> Iterator[str]:
        """The lines of the text."""
        for line in self._lines:
            if line.kind is Kind.CONTENTS and not self._layout.contents:
                continue
            if self._layout.spaced and line.kind in {*_ALONE, Kind.HEADING, Kind.COLUMNS}:
                yield ""
            for row in self._broken(line):
                yield self._row(line, row)
            if line.kind in {Kind.HEADING, Kind.COLUMNS} and (self._layout.rules or self._layout.pipes):
                # Markdown has no table without a rule under its head.
                yield self._row(line, ["---"] * (_WIDEST if self._layout.padded else max(len(line.cells), 2)))

    def _row(self, line: Line, cells: list[str]) -> str:
        if line.kind in _ALONE and len(cells) == 1:
            return cells[0]
        if self._layout.padded and line.kind is not Kind.ROW:
            cells = cells + [""] * (_WIDEST - len(cells))
        if self._layout.pipes:
            return "".join(f"| {cell.replace('|', chr(92) + '|')} " for cell in cells) + "|"
        return "\t".join(cells) + ("\t" if len(cells) == 1 else "")

    # --- cells ------------------------------------------------------------------------------------

    def _cells(self, line: Line) -> list[str]:
        """The cells of *line* in the words of this layout; lines inside a cell are still line breaks."""
        labels = [self._label(line, cell) for cell in line.cells[: line.labels]]
        values = list(line.cells[line.labels :])
        if line.kind is Kind.GROUP and values and not self._layout.name_beside:
            return [f"{labels[0]} {values[0]}".strip()]
        if labels and line.item is not None and line.item.key in _BESIDE_UPRIGHT:
            labels[0] = self._upright(line.item)
            labels = labels if self._layout.upright is not Upright.ABSENT else labels[1:]
        if self._layout.apart and values and line.kind in {Kind.LABEL, Kind.GROUP}:
            labels.append("")
        kind = line.item.kind if line.item is not None and line.kind is not Kind.COVER and values else None
        if kind is ItemKind.CHOICE:
            return [*labels, *self._choice(values[0])]
        if kind is not ItemKind.CHECKBOX:
            return [*labels, *values]
        boxes = self._marked(values[0])
        return self._in_heading(labels, boxes) if line.kind is Kind.HEADING else [*labels, boxes]

    def _in_heading(self, labels: list[str], boxes: str) -> list[str]:
        match self._layout.heading_boxes:
            case HeadingBoxes.BESIDE:
                return [*labels, boxes.replace("\n", " ")]
            case HeadingBoxes.SAME_CELL:
                return [" ".join((*labels, *boxes.split("\n")))]
            case HeadingBoxes.CELL_EACH:
                return [*labels, *boxes.split("\n")]

    def _upright(self, item: FormItem) -> str:
        """The first cell beside ④ to ⑥: 再委託 beside ④ alone, or a piece of it beside each."""
        if self._layout.upright is Upright.SPLIT:
            return dict(zip(_BESIDE_UPRIGHT, ("再", "委託", ""), strict=True))[item.key]
        return "再委託" if item.key == _BESIDE_UPRIGHT[0] else ""

    def _label(self, line: Line, text: str) -> str:
        if line.kind not in _LABELLED:
            return text
        text = text if self._layout.important else text.partition(" ※")[0]
        if self._layout.ascii_roman and text[:1] in _ROMAN:
            text = _ROMAN[text[0]] + text[1:]
        if self._layout.widths is Widths.NARROW:
            text = text.translate(_NARROW)
        elif self._layout.widths is Widths.WIDE:
            text = text.translate(_WIDE)
        number = _NUMBER.fullmatch(text)
        if number is not None and self._layout.glue is not Glue.PRINTED:
            text = f"{number[1]}{number[2]}{' ' if self._layout.glue is Glue.SPACE else ''}{number[3]}"
        if line.kind is not Kind.LABEL or not text:
            return text
        if self._layout.labels is Labels.BROKEN and len(text) > _NARROW_COLUMN and not self._in_rows:
            return f"{text[:_NARROW_COLUMN]}\n{text[_NARROW_COLUMN:]}"
        return f"<b>{text}</b>" if self._layout.labels is Labels.TAGGED else text

    def _choice(self, printed: str) -> list[str]:
        """The chosen option and the list beside it, in one cell or two."""
        chosen, _, options = printed.partition(_LIST)
        listed = f"＜選択肢＞\n{options}"
        match self._layout.listed:
            case Listed.BEHIND:
                return [printed]
            case Listed.BESIDE:
                return [chosen, listed.replace("\n", " ")]
            case Listed.BELOW:
                return [f"{chosen}\n{listed.replace(chr(10), ' ')}"]
            case Listed.BEFORE:
                return [f"{listed}\n{chosen}"]
            case Listed.ABSENT:
                return [chosen]

    def _marked(self, boxes: str) -> str:
        """A set of boxes with the marks of this layout.

        A set without any ``<input checked>`` may have lost its ticks, and so may a blank ``<input>`` behind
        which words stand: such a set is written with brackets in every layout.
        """
        mark = self._layout.marks
        filled = re.search(rf"{re.escape(_BLANK)} [^\n]* （ [^ ]", boxes)
        if mark is Marks.INPUT and (_TICKED not in boxes or filled):
            mark = Marks.TIGHT
        return boxes.replace(_TICKED, mark.value).replace(_BLANK, _EMPTY.get(mark, _BLANK))

    # --- line breaks ------------------------------------------------------------------------------

    def _broken(self, line: Line) -> Iterator[list[str]]:
        """The rows of text that *line* takes."""
        cells = self._cells(line)
        if line.item is not None and line.item.key == "annex1":  # a list or table of its own
            yield from (row.split("\t") for row in cells[0].split("\n"))
        elif self._in_rows and _goes_on_in_rows(cells):
            parts = [cell.split("\n") for cell in cells]
            for n in range(max(map(len, parts))):
                yield [part[n] if n < len(part) else "" for part in parts]
        else:
            yield [_in_one(cell, self._layout) for cell in cells]


def _in_one(cell: str, layout: TextLayout) -> str:
    """The lines of a cell on one line of text, in tags."""
    parts = cell.split("\n")
    if len(parts) == 1:
        return cell
    match layout.breaks:
        case Breaks.BR:
            return "<br>".join(parts)
        case Breaks.BLOCKS:
            return f"<div> {' '.join(f'<div>{part}</div>' for part in parts)} </div>"
        case Breaks.BULLETS:
            return (
                f'<ul style="list-style-type: none"> {" ".join(f"<li>{part}</li>" for part in parts)} </ul>'
            )
        case _:
            return "".join(f"<p>{part}</p>" for part in parts)


def _goes_on_in_rows(cells: list[str]) -> bool:
    """Whether the lines of a cell may stand in rows of their own: nobody could take them for other rows.

    A line that looks like a label cannot be told from one there.
    """
    return not any(_looks_printed(part) for cell in cells for part in cell.split("\n")[1:])


_GROUP_OR_RISK = re.compile(
    r"(?:システム|委託事項|提供先|移転先)\d|リスク\d?:|\(?別添|[IV]+ |[-\d\s]+$|項目一覧$|\["
)


def _looks_printed(text: str) -> bool:
    """Whether a line is what the form prints somewhere, but for widths, its number and ※."""
    plain = unicodedata.normalize("NFKC", text.replace("①", "1.")).strip()
    return bool(_GROUP_OR_RISK.match(plain)) or _bare(text) in _NAMES


def _bare(text: str) -> str:
    text = re.sub(r"^[①-⑳]|※.*$", "", text.strip())
    return re.sub(r"^\d+[.、]?|\s", "", unicodedata.normalize("NFKC", text))


def _names() -> Iterator[str]:
    for item in form3():
        yield from (_bare(name) for name in (item.label, item.name, *(alias for alias, _ in item.aliases)))


_NAMES: Final = frozenset(_names())
