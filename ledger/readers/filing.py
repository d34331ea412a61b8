"""Which 特定個人情報ファイル each printing of a section belongs to.

II and III name their file in their first heading, and I-3 lists the files of the assessment; 別添1 names
none, and pages come in any order. Where only the order tells, the sheet says so in its ``doubt``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from ledger import wording
from ledger.readers import cells as read
from ledger.readers import headings
from ledger.readers.drafts import Draft, Sheet

_BY_ORDER = "どのファイルのものか、置かれた順序から読んだ"


def filed(sheets: Sequence[Sheet]) -> list[tuple[Sheet, str]]:
    """The *sheets* with the file of each; blank where there is only one file, or the section has none."""
    listed = _listed(sheets)
    names = {name for sheet in sheets if (name := _own_name(sheet))}
    if len(names | set(listed)) > 1:
        sheets = [part for sheet in sheets for part in _by_file(sheet, names | set(listed))]
    files = _files(sheets, listed)
    printed = {name for name in files if name}
    several = len(printed) > 1 or (_lists_several(sheets) and printed <= set(listed))
    return [(sheet, file if several else "") for sheet, file in zip(sheets, files, strict=True)]


def files_of(sheets: Sequence[Sheet]) -> int:
    """How many files the assessment has: as many as I-3 lists, or as are printed."""
    printed = {name for sheet in sheets if (name := _own_name(sheet))}
    return max(len(_listed(sheets)) if _lists_several(sheets) else 1, len(printed))


def listed_files(sheets: Sequence[Sheet]) -> set[str]:
    """The names in I-3."""
    return set(_listed(sheets))


def _files(sheets: Sequence[Sheet], listed: Sequence[str]) -> list[str]:
    """The file of each sheet: as its own 1. names it, else as the sheets before it tell."""
    files: list[str] = []
    named = [sheet.file or _listed_name(_own_name(sheet), listed) for sheet in sheets]
    last = next((name for name in named if name), "")
    run: list[str] = []  # the files of the sections II that came last, one after the other
    whole = set(listed) <= {name for sheet, name in zip(sheets, named, strict=True) if _is_ii(sheet)}
    at = 0
    for section, group in groupby(sheets, key=lambda sheet: sheet.section.key):
        together = list(group)
        own = named[at : at + len(together)]
        if section == "annex1":
            found = _annexes(together, own, run or [last], sure=whole and at > 0 and _is_ii(sheets[at - 1]))
        elif together[0].section.per_file:
            found = _of_sections(together, own, last, list(zip(sheets, files, strict=False)), listed)
            last = found[-1]
            run = list(dict.fromkeys(found)) if section == "II" else run
        else:
            found = [""] * len(together)
        files += found
        at += len(together)
    return _spread(sheets, files, listed)


def _spread(sheets: Sequence[Sheet], files: Sequence[str], listed: Sequence[str]) -> list[str]:
    """Of several 別添1 that seem to be of one file, the later ones are of the files that have none."""
    found = list(files)
    annexes = [at for at, sheet in enumerate(sheets) if sheet.section.key == "annex1"]
    for n, at in enumerate(annexes):
        before = [one for one in annexes[:n] if found[one] == found[at]]
        without = [name for name in listed if name not in {found[one] for one in annexes}]
        if before and without and sheets[at].contradicts(sheets[before[0]]):
            found[at] = without[0]
            for one in (*before, at):
                sheets[one].doubt = _BY_ORDER
    return found


def _is_ii(sheet: Sheet) -> bool:
    return sheet.section.key == "II"


def _annexes(annexes: Sequence[Sheet], own: Sequence[str], run: Sequence[str], *, sure: bool) -> list[str]:
    """別添1 goes with the section II before it; several of them with as many sections, in their order."""
    in_order = len(annexes) == len(run)
    found = []
    for at, (sheet, name) in enumerate(zip(annexes, own, strict=True)):
        found.append(name or (run[at] if in_order else run[-1]))
        if not name and (len(run) > 1 or not sure):
            sheet.doubt = _BY_ORDER
    return found


def _of_sections(
    together: Sequence[Sheet],
    own: Sequence[str],
    last: str,
    before: Sequence[tuple[Sheet, str]],
    listed: Sequence[str],
) -> list[str]:
    """The files of sections II or III; one that lost its name is of the next file that has none yet."""
    found: list[str] = []
    for sheet, name in zip(together, own, strict=True):
        file = name or (found[-1] if found else last)
        if not name:
            sheet.doubt = _BY_ORDER
            same = [
                (one, of)
                for one, of in (*before, *zip(together, found, strict=False))
                if one.section is sheet.section
            ]
            if any(of == file and sheet.contradicts(one) for one, of in same):
                taken = {of for _, of in same} | set(own)
                file = next((other for other in listed if other not in taken), file)
        found.append(file)
    return found


def _listed(sheets: Sequence[Sheet]) -> list[str]:
    """The names in I-3, which lists the files of the assessment."""
    return [name for line in _lines(sheets) if (name := headings.unlisted(line))]


def _lines(sheets: Sequence[Sheet]) -> list[str]:
    drafts = (draft for sheet in sheets if (draft := sheet.draft("I.3")))
    text = "\n".join(part for draft in drafts for part in draft.parts)
    return re.split(r"\n|\s(?=\d+\s*[.．])", read.tidy(text))


def _lists_several(sheets: Sequence[Sheet]) -> bool:
    """Whether I-3 is evidently a list of files, though the pages of all but one of them may be lost."""
    lines = [line for line in _lines(sheets) if line.strip()]
    return len(lines) > 1 and all(headings.unlisted(line) != read.tidy(line) for line in lines)


def _own_name(sheet: Sheet) -> str:
    """The file that II or III names in its 1.; blank where it is not there."""
    draft = sheet.draft(f"{sheet.section.key}.1") if sheet.section.per_file else None
    return headings.unlisted("".join(draft.parts)) if draft else ""


def _by_file(sheet: Sheet, files: Collection[str]) -> Iterator[Sheet]:
    """The sheets of a 別添1 in which lines name one of the *files*; any other sheet as it is."""
    draft = sheet.draft("annex1")
    if draft is None:
        yield sheet
        return
    pieces, draft.parts, draft.pieces = draft.pieces, [], []
    for row, part in pieces:
        if (name := headings.unlisted(part)) in files:
            if not draft.empty:
                yield sheet
                draft, sheet.end = Draft(draft.item, 0, row.line), None
                sheet = Sheet(sheet.section, {("annex1", 0): [draft]}, end=draft)
            sheet.file = name
        draft.take(row, part)
    yield sheet


def _listed_name(name: str, listed: Sequence[str]) -> str:
    """The file of I-3 that a damaged *name* must mean; *name* itself where none is like it."""
    if not name or name in listed:
        return name
    inside = [one for one in listed if wording.plain(one) in wording.plain(name)]
    return inside[0] if len(inside) == 1 else name
