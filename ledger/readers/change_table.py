"""Rows of cells → the rows of （別添２）変更箇所, their six cells verbatim (GUIDE §2.5)."""

from __future__ import annotations

import re
from dataclasses import replace

from ledger import wording
from ledger.published import ChangeRow, Passage, TableState
from ledger.readers import markup
from ledger.readers.placing import SourceRow, is_rule
from ledger.wareki import WarekiDate

HEADINGS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")
_TIMING = re.compile(r"^[\s　]*事[\s　]*[前後][\s　]*$")
_DATE, _ITEM, _BEFORE, _AFTER, _SUBMITTED, _WHY = range(6)


class ChangeTable:
    """Collects the rows of the annex; a row may go on in the next table after a page break."""

    def __init__(self) -> None:
        self.state = TableState.ABSENT
        self.rows: list[ChangeRow] = []
        self.unassigned: list[Passage] = []

    def add(self, row: SourceRow) -> None:
        """Take one row of cells: the headings, a change, or the rest of the change before."""
        cells = [markup.words(cell) for cell in row.cells]
        if not any(cells) or is_rule(row):
            return
        if _is_heading(cells):
            if self.state is TableState.ABSENT:
                self.state = TableState.EMPTY
        elif self.state is TableState.ABSENT or not any(cells[1:]):
            self.unassigned.append(Passage(row.line, row.text))
        else:
            self._change(_six(cells), row.line)

    def _change(self, cells: list[str], line: int) -> None:
        goes_on = not cells[_DATE] and not cells[_ITEM] and not cells[_SUBMITTED]
        unfinished = bool(self.rows) and not self.rows[-1].timing and not cells[_DATE] and not cells[_ITEM]
        if self.rows and (goes_on or unfinished):
            last = self.rows[-1]
            self.rows[-1] = replace(
                last,
                before=_joined(last.before, cells[_BEFORE]),
                after=_joined(last.after, cells[_AFTER]),
                timing=last.timing or cells[_SUBMITTED],
                explanation=_joined(last.explanation, cells[_WHY]),
            )
            return
        self.state = TableState.ROWS
        date, item, before, after, timing, why = cells
        self.rows.append(ChangeRow(len(self.rows) + 1, date, item, before, after, timing, why, line))


def _is_heading(cells: list[str]) -> bool:
    words = [wording.plain(cell) for cell in cells]
    return all(heading in words for heading in HEADINGS[:4])


def _joined(one: str, other: str) -> str:
    return "\n".join(part for part in (one, other) if part)


def _six(cells: list[str]) -> list[str]:
    """The six cells of a change, whatever extraction did to the number of columns.

    事前 or 事後 tells where the fifth column is; further columns before it belong to 変更後.
    """
    while len(cells) > len(HEADINGS) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > len(HEADINGS):
        at = max((i for i, cell in enumerate(cells) if _TIMING.match(cell)), default=len(HEADINGS) - 2)
        first = 1 if not cells[0] and WarekiDate.read(cells[1]) else 0  # an empty column before the date
        date, item, before, *after = [*cells[first:at], "", "", ""][: max(at - first, _AFTER)]
        return [
            date,
            item,
            before,
            " ".join(filter(None, after)),
            cells[at],
            " ".join(filter(None, cells[at + 1 :])),
        ]
    return [*cells, *[""] * (len(HEADINGS) - len(cells))]
