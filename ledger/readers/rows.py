"""What every format comes down to before the form is looked for: rows of cells, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger.published import Fate, Piece
from ledger.readers import markup

_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_RULE = re.compile(r"-{3}")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of the source and its cells as they stand.

    ``line`` numbers the rows of the whole source from 1 (for text, its lines). ``place`` is how people
    find the row where the source has no lines (``シート「Ⅰ 基本情報」12行``, ``3ページ``). ``covered`` holds
    the places of blank cells that a cell merged downwards covers: that cell speaks for them too.
    """

    line: int
    cells: tuple[str, ...]
    place: str = ""
    covered: frozenset[int] = frozenset()

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold anything."""
        return tuple(cell for cell in self.cells if cell.strip())

    @property
    def text(self) -> str:
        """The row as one piece of text."""
        return " ".join(self.filled)

    def piece(self, text: str, fate: Fate, target: str = "") -> Piece:
        """What became of *text*, which stands in this row."""
        return Piece(self.line, text, fate, target, self.place)


def is_rule(row: SourceRow) -> bool:
    """Whether a row is nothing but the line that a converter draws under a table's head."""
    ruled = all(_RULE_CELL.fullmatch(cell) for cell in row.filled)
    return ruled and any(_RULE.search(cell) for cell in row.filled)


def length(text: str) -> int:
    """Characters of *text* that are neither white space nor markup."""
    return len("".join(markup.words(text).split()))
