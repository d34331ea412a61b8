"""Where each section of the document begins: at its heading, or where it shows that the heading was lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ledger.form import Form, FormItem
from ledger.readers import cells as read
from ledger.readers import markup
from ledger.readers.change_table import columns_of
from ledger.readers.headings import ANNEX_1, ANNEX_2, heading, printed_heading, section_of
from ledger.readers.rows import SourceRow

CONTENTS: Final = "項目一覧"
_LIKE = 0.85
_LONG_NAME = 6
_FAR = 200  # rows within which a section shows which it is


class Opening(NamedTuple):
    """A row and the section that it opens, blank for a row inside one.

    ``lost`` says that the row is no heading of that section, but the first that stands below it.
    """

    row: SourceRow
    section: str
    lost: bool = False


def with_sections(rows: Sequence[SourceRow], form: Form) -> Iterator[Opening]:
    """Each row, and the section that it opens.

    The list of contents (項目一覧) prints every heading once before the sections do; it ends
    where one of them comes again, or where anything else follows. The change table is known by
    the headings of its columns, whatever became of its own heading; inside it only a section
    opens that goes on with its first numbered heading, as its cells name sections too. A section
    that lost its heading is known by its first numbered heading.
    """
    listed: list[Opening] | None = None
    part, begun = "", False  # the open section, and whether its first numbered heading has come
    for at, row in enumerate(rows):
        opening = _opening(rows, at, part, form, begun=begun)
        if listed is None and read.nearly(row.text, CONTENTS) >= _LIKE:
            listed = []
            yield Opening(row, CONTENTS)
            continue
        if listed is not None:
            known = {one.section for one in listed}
            if opening.section and not opening.lost and opening.section not in known:
                listed.append(opening)
                continue
            if not row.filled:
                continue
            last = listed.pop() if listed and _ends_with_a_heading(listed, opening) else None
            yield from (Opening(each.row, CONTENTS) for each in listed)
            listed = None
            if last is not None:
                part, begun = last.section, False
                yield last
                opening = _opening(rows, at, part, form, begun=False)
        if opening.section:
            part, begun = opening.section, False
        begun = begun or any(node is _first(node.section, form) for node in _headings(row, form, part))
        yield opening
    yield from (Opening(each.row, CONTENTS) for each in listed or ())


def _ends_with_a_heading(listed: Sequence[Opening], following: Opening) -> bool:
    """Whether the last line of the list is the heading of a section: what stands below it goes on with it."""
    return not following.section or (following.lost and following.section == listed[-1].section)


def _opening(rows: Sequence[SourceRow], at: int, part: str, form: Form, *, begun: bool) -> Opening:
    row = rows[at]
    section = (section_of(row.filled[0], form) if len(row.filled) == 1 else None) or ""
    if part == ANNEX_2:
        return Opening(row, section if section and _goes_on(rows, at + 1, section, form) else "")
    if not section and columns_of([markup.words(cell) for cell in row.cells]):
        return Opening(row, ANNEX_2)
    if section or not row.filled:
        return Opening(row, section)
    lost = _lost_section(rows, at, part, form, begun=begun)
    return Opening(row, lost, lost=bool(lost))


def _goes_on(rows: Sequence[SourceRow], at: int, section: str, form: Form) -> bool:
    """Whether the next row, from *at* on, is a numbered heading of *section*."""
    following = next((rows[n] for n in range(at, len(rows)) if rows[n].filled), None)
    if following is None or section not in form:
        return False
    return heading(following.filled[0], form[section], form) is not None


def _lost_section(rows: Sequence[SourceRow], at: int, part: str, form: Form, *, begun: bool) -> str:
    """The section whose numbered heading the row is, and whose own heading was lost; blank for none.

    II and III have some headings in common: which of them it is, those below it tell.
    """
    found = [node for node in printed_heading(rows[at].filled[0], form) if _tells(node, form)]
    here = next((node for node in found if node.section == part), None)
    if not found or (here is not None and not (begun and here is _first(part, form))):
        return ""
    candidates = [node.section for node in found]
    for row in rows[at + 1 : at + _FAR]:
        if not (filled := row.filled):
            continue
        if len(filled) == 1 and section_of(filled[0], form):
            break
        below = {node.section for node in printed_heading(filled[0], form)}
        told = [section for section in candidates if section in below]
        if len(told) == 1 and told[0] != "" and _headings(row, form, told[0])[0] is not _first(told[0], form):
            return told[0]
    place = form.order.get("annex1" if part == ANNEX_1 else part, -1)
    return next((section for section in candidates if form.order[section] > place), "")


def _tells(node: FormItem, form: Form) -> bool:
    """Whether a heading can hardly be anything else: 7. 備考 may be a field in a list of fields."""
    return node is _first(node.section, form) or len(node.name) >= _LONG_NAME


def _headings(row: SourceRow, form: Form, section: str = "") -> list[FormItem]:
    """The numbered headings that a row is to the letter, of one *section* where it is given."""
    found = printed_heading(row.filled[0], form) if row.filled else ()
    return [node for node in found if section in {"", node.section}]


def _first(section: str, form: Form) -> FormItem:
    """The first numbered heading of a section."""
    return form.children(form[section])[0]
