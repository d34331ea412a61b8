"""What extraction does to the text of an assessment: each damage as a function of the text.

A damage says which lines it touched (lost, changed or broken; numbered from 1 in the text as it was), so that
a test can tell what still has to be read. It knows the form's words only, nothing of how a reader reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from random import Random
from typing import Final

from ledger.form import form3
from ledger.published import ItemKind


@dataclass(frozen=True, slots=True)
class Damaged:
    """A text after a damage, and the lines of the text before it that were touched."""

    text: str
    touched: frozenset[int] = frozenset()


Damage = Callable[[str, Random], Damaged]


class Line(Enum):
    """What a line of the text is, as far as a damage has to know."""

    COVER = auto()
    SECTION = auto()
    HEADING = auto()
    GROUP = auto()
    RISK = auto()
    BOXES = auto()
    LABEL = auto()
    TABLE = auto()
    OTHER = auto()


_ANCHORS = frozenset({Line.SECTION, Line.HEADING, Line.GROUP, Line.RISK})
# What names the place of what follows it, where the like of it was lost.
_NAMING = (
    frozenset({Line.SECTION}),
    frozenset({Line.SECTION, Line.HEADING}),
    _ANCHORS,
)
_GROUP = re.compile(r"(?:システム|委託事項|提供先|移転先)\d+(?!\d|～)")
_FOLD = re.compile(r"(?:システム|委託事項|提供先|移転先)\d+～\d+")
_RISK = re.compile(r"リスク\d?:")
_MARK = re.compile(r"\[[ 　]?[○O〇レ]?[ 　]?\]|［[○　]］|<input[^<>]*>")
_TAG = re.compile(r"<[^<>\n]*>")
_LOOK_ALIKE = "閤畏壬囗卜"


# --- nothing is lost ------------------------------------------------------------------------------


def windows_line_ends(text: str, random: Random) -> Damaged:
    """CRLF."""
    del random
    return Damaged(text.replace("\n", "\r\n"))


def a_byte_order_mark(text: str, random: Random) -> Damaged:
    """A byte order mark, and a newline at the end."""
    del random
    return Damaged(f"\ufeff{text}\n")


def page_numbers(text: str, random: Random) -> Damaged:
    """The number of a page, and blank lines around it, between any two rows of the body."""
    lines = text.split("\n")
    page = 0
    for at in range(len(lines) - 1, _cover(lines), -1):
        if random.random() < 0.04:  # noqa: PLR2004  (a page of 25 lines)
            page += 1
            lines[at:at] = ["", random.choice((f"- {page} -", f"{page}", f"{page}/99", f"{page}ページ")), ""]
    return Damaged("\n".join(lines))


def page_breaks_in_the_table(text: str, random: Random) -> Damaged:
    """The headings of the change table again above some of its rows, as on every page."""
    lines = text.split("\n")
    head = next((at for at, line in enumerate(lines) if _is_table_head(line)), None)
    if head is None:
        return Damaged(text)
    for at in range(len(lines) - 1, head + 1, -1):
        if random.random() < 0.1:  # noqa: PLR2004  (a page of ten rows)
            lines[at:at] = ["", lines[head], *([lines[head + 1]] if "---" in lines[head + 1] else [])]
    return Damaged("\n".join(lines))


def a_page_twice(text: str, random: Random) -> Damaged:
    """A page of the body comes twice."""
    lines = text.split("\n")
    start, end = _page(lines, random)
    return Damaged("\n".join([*lines[:end], *lines[start:end], *lines[end:]]))


def swapped_sections(text: str, random: Random) -> Damaged:
    """Two neighbouring sections in the wrong order."""
    lines = text.split("\n")
    kinds = _kinds(lines)
    starts = [at for at, kind in enumerate(kinds) if kind is Line.SECTION and _opens(kinds, at)]
    if len(starts) < 3:  # noqa: PLR2004  (two sections and where the second ends)
        return Damaged(text)
    first = random.randrange(len(starts) - 1)
    one, two, end = [*starts, len(lines)][first : first + 3]
    return Damaged("\n".join([*lines[:one], *lines[two:end], *lines[one:two], *lines[end:]]))


# --- something is lost ----------------------------------------------------------------------------


def a_lost_page(text: str, random: Random) -> Damaged:
    """A page of the body is not there.

    What follows it begins with what names its place, as far up as the page held such names: where the half
    of one block stands above the other half of the next, no reader can know that they are two. Nor can it
    know of a page that held nothing but lines from the middle of one text, or its end and then whole blocks.
    """
    lines = text.split("\n")
    kinds = _kinds(lines)
    start, end = _page(lines, random)
    named = next((at for at in range(start, end) if kinds[at] in {Line.LABEL, Line.BOXES, *_ANCHORS}), None)
    if named is None:
        return Damaged(text)
    start = named if kinds[named] is Line.GROUP else start
    lost = set(kinds[start:end])
    names: frozenset[Line] = next((names for names in _NAMING if lost & names), frozenset())
    while names and end < len(lines) and kinds[end] not in names:
        end += 1
    return Damaged("\n".join([*lines[:start], *lines[end:]]), _numbers(start, end))


def a_lost_section_heading(text: str, random: Random) -> Damaged:
    """The heading of a section is not there."""
    return _without_one(text, random, Line.SECTION)


def a_lost_heading(text: str, random: Random) -> Damaged:
    """A numbered heading is not there."""
    return _without_one(text, random, Line.HEADING)


def a_lost_group_head(text: str, random: Random) -> Damaged:
    """The head of a block (委託事項2) is not there."""
    return _without_one(text, random, Line.GROUP)


def a_lost_risk(text: str, random: Random) -> Damaged:
    """The line of a risk is not there."""
    return _without_one(text, random, Line.RISK)


def a_lost_label(text: str, random: Random) -> Damaged:
    """A label is not there; the cell that held it is blank."""
    lines = text.split("\n")
    at = _one_of(lines, random, Line.LABEL, Line.BOXES)
    if at is None:
        return Damaged(text)
    cells = _cells(lines[at])
    place = next(i for i, cell in enumerate(cells) if _words(cell) in _labels())
    lines[at] = _joined(lines[at], [*cells[:place], "", *cells[place + 1 :]])
    return Damaged("\n".join(lines), _numbers(at, at + 1))


def a_garbled_label(text: str, random: Random) -> Damaged:
    """One letter of a label misread, lost, or doubled."""
    lines = text.split("\n")
    at = _one_of(lines, random, Line.LABEL, Line.BOXES)
    if at is None:
        return Damaged(text)
    cells = _cells(lines[at])
    place = next(i for i, cell in enumerate(cells) if _words(cell) in _labels())
    label = cells[place]
    letters = [i for i, char in enumerate(label) if char.isalpha() and not _inside_tag(label, i)]
    i = random.choice(letters)
    wrong = random.choice((random.choice(_LOOK_ALIKE), "", label[i] * 2))
    cells[place] = label[:i] + wrong + label[i + 1 :]
    lines[at] = _joined(lines[at], cells)
    return Damaged("\n".join(lines), _numbers(at, at + 1))


def a_cell_twice(text: str, random: Random) -> Damaged:
    """A cell that spans two columns is printed in both."""
    lines = text.split("\n")
    at = _one_of(lines, random, Line.LABEL, Line.BOXES, Line.TABLE)
    if at is None:
        return Damaged(text)
    cells = _cells(lines[at])
    place = random.choice([i for i, cell in enumerate(cells) if cell.strip()])
    lines[at] = _joined(lines[at], [*cells[: place + 1], *cells[place:]])
    return Damaged("\n".join(lines), _numbers(at, at + 1))


def a_broken_line(text: str, random: Random) -> Damaged:
    """A row is broken in the middle of a cell.

    Not inside a tag, which no converter breaks, and not so that a figure is left by itself: nothing tells it
    from the number of a page.
    """
    lines = text.split("\n")
    at = _one_of(lines, random, Line.LABEL, Line.BOXES, Line.TABLE)
    if at is None:
        return Damaged(text)
    line = lines[at]
    cut = random.randrange(1, len(line))
    inside = "\t" not in line[cut - 1 : cut + 1] and not re.search(r"\|", line[max(0, cut - 2) : cut + 2])
    if not inside or _inside_tag(line, cut) or not re.search(r"[^\W\d]", line[cut:]):
        return Damaged(text)
    lines[at : at + 1] = [line[:cut], line[cut:]]
    return Damaged("\n".join(lines), _numbers(at, at + 1))


def a_lost_tick(text: str, random: Random) -> Damaged:
    """The mark of a box is not there, brackets and all: that a tick alone was lost nobody could tell."""
    lines = text.split("\n")
    at = _one_of(lines, random, Line.BOXES)
    marks = list(_MARK.finditer(lines[at])) if at is not None else []
    if at is None or not marks:
        return Damaged(text)
    mark = random.choice(marks)
    lines[at] = lines[at][: mark.start()] + lines[at][mark.end() :]
    return Damaged("\n".join(lines), _numbers(at, at + 1))


def marks_of_ocr(text: str, random: Random) -> Damaged:
    """OCR writes a circle as a radio button or a checked box, and an empty bracket as an empty box."""
    ticked = random.choice(('<input type="radio"/>', '<input checked="" type="checkbox"/>'))
    blank = random.choice(("[]", '<input type="checkbox"/>'))
    lines = text.split("\n")
    kinds = _kinds(lines)
    touched = [at for at, kind in enumerate(kinds) if kind is Line.BOXES]
    for at in touched:
        if kinds[at + 1] is Line.OTHER and not _cells(lines[at + 1])[0].strip():
            touched.append(at + 1)  # a box in the next row of the same cell
        lines[at] = _MARK.sub(
            lambda mark: ticked if re.search("[○O〇レ]|checked=", mark[0]) else blank, lines[at]
        )
    return Damaged("\n".join(lines), frozenset(at + 1 for at in touched))


def a_cut_end(text: str, random: Random) -> Damaged:
    """The last pages are not there. That the very last item was cut leaves no trace."""
    lines = text.split("\n")
    first = next(at for at, kind in enumerate(_kinds(lines)) if kind is Line.LABEL)
    end = random.randrange(first + 1, len(lines))
    if not {Line.LABEL, Line.BOXES, *_ANCHORS} & set(_kinds(lines)[end:]):
        return Damaged(text)
    return Damaged("\n".join(lines[:end]), _numbers(end, len(lines)))


HARMLESS: Final[tuple[Damage, ...]] = (
    windows_line_ends,
    a_byte_order_mark,
    page_breaks_in_the_table,
)
HARMFUL: Final[tuple[Damage, ...]] = (
    page_numbers,
    a_page_twice,
    swapped_sections,
    a_lost_page,
    a_lost_section_heading,
    a_lost_heading,
    a_lost_group_head,
    a_lost_risk,
    a_lost_label,
    a_garbled_label,
    a_cell_twice,
    a_broken_line,
    a_lost_tick,
    marks_of_ocr,
    a_cut_end,
)


# --- lines ----------------------------------------------------------------------------------------


def _page(lines: Sequence[str], random: Random) -> tuple[int, int]:
    """Where a page of the body begins and ends."""
    start = random.randrange(_cover(lines), len(lines))
    return start, min(len(lines), start + random.randint(3, 40))


def _without_one(text: str, random: Random, kind: Line) -> Damaged:
    lines = text.split("\n")
    at = _one_of(lines, random, kind)
    if at is None:
        return Damaged(text)
    return Damaged("\n".join([*lines[:at], *lines[at + 1 :]]), _numbers(at, at + 1))


def _one_of(lines: Sequence[str], random: Random, *kinds: Line) -> int | None:
    found = [at for at, kind in enumerate(_kinds(lines)) if kind in kinds]
    return random.choice(found) if found else None


def _numbers(start: int, end: int) -> frozenset[int]:
    return frozenset(range(start + 1, end + 1))


def _cover(lines: Sequence[str]) -> int:
    """Where the body begins: behind the cover and the list of contents."""
    kinds = _kinds(lines)
    return next(at for at, kind in enumerate(kinds) if kind is Line.SECTION and _opens(kinds, at))


def _opens(kinds: Sequence[Line], at: int) -> bool:
    """Whether a section begins here: in the list of contents nothing stands between the headings."""
    following = next((kind for kind in kinds[at + 1 :] if kind is not Line.COVER), None)
    return following is not Line.SECTION


def _kinds(lines: Sequence[str]) -> list[Line]:
    """What each line is; a line whose cells only hold values is OTHER, a blank one of the cover."""
    found: list[Line] = []
    in_table = False
    for line in lines:
        kind = _kind(line)
        in_table = (in_table or _is_table_head(line)) and kind is not Line.SECTION
        found.append(Line.TABLE if in_table and kind in {Line.OTHER, Line.LABEL, Line.BOXES} else kind)
    return found


def _is_table_head(line: str) -> bool:
    return "".join(map(_words, _cells(line))).startswith("変更日項目変更前")


def _kind(line: str) -> Line:
    cells = [cell for cell in _cells(line) if cell.strip()]
    if not cells:
        return Line.COVER
    words = _words(cells[0])
    named = (
        (Line.SECTION, words in _sections() and len(cells) == 1),
        (Line.HEADING, words in _headings() or words.partition("[")[0] in _headings()),
        (Line.GROUP, _GROUP.match(words) is not None and _FOLD.match(words) is None),
        (Line.RISK, _RISK.match(words) is not None),
    )
    if (kind := next((kind for kind, is_one in named if is_one), None)) is not None:
        return kind
    kinds = [_labels()[found] for cell in cells[:2] if (found := _words(cell)) in _labels()]
    if not kinds:
        return Line.OTHER
    return Line.BOXES if kinds[-1] is ItemKind.CHECKBOX else Line.LABEL


def _words(text: str) -> str:
    """A cell without tags, white space, widths and ※."""
    plain = unicodedata.normalize("NFKC", re.sub(r"※.*", "", _TAG.sub("", text)).replace("①", "(1)"))
    return re.sub(r"\s", "", re.sub(r"(\d)\.", r"\1", plain))


@cache
def _sections() -> frozenset[str]:
    return frozenset({*(_words(section.label) for section in form3().children(None)), "(別添2)変更箇所"})


@cache
def _headings() -> frozenset[str]:
    form = form3()
    return frozenset(_words(node.label) for top in form.children(None)[1:] for node in form.children(top))


@cache
def _labels() -> dict[str, ItemKind | None]:
    return {_words(item.label): item.kind for item in form3() if item.parent and item.parent != "cover"}


def _cells(line: str) -> list[str]:
    if line.startswith("|"):
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    return line.split("\t")


def _joined(line: str, cells: Sequence[str]) -> str:
    """*cells* as the row that *line* is."""
    if line.startswith("|"):
        return "".join(f"| {cell} " for cell in cells) + "|"
    return "\t".join(cells)


def _inside_tag(text: str, at: int) -> bool:
    return any(tag.start() < at < tag.end() for tag in _TAG.finditer(text))
