"""How large a document can be, whatever its format.

Far beyond any assessment: no file of a stranger shall take all the memory, or all day.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import UnreadableSource
from ledger.readers.rows import SourceRow

# The largest real assessment has 2,000 rows of up to 100 cells, 8,000 characters in one, 130,000 in all.
MOST_ROWS = 50_000
_MOST_CELLS = 2_000
_LONGEST_CELL = 200_000
_MOST_CHARACTERS = 10_000_000

_ONE = "評価書一つだけの文書を指定してください"


class TooMany(Exception):
    """A document has more of something than any assessment; ``str()`` says of what."""


def check(rows: Sequence[SourceRow], name: str) -> None:
    """Raises UnreadableSource where the *rows* of a document are more than an assessment can have."""
    if len(rows) > MOST_ROWS:
        raise UnreadableSource(f"行が多すぎます（{MOST_ROWS:,}行まで）", where=name, remedy=_ONE)
    characters = 0
    for row in rows:
        place = row.place or f"{row.line}行目"
        if len(row.cells) > _MOST_CELLS:
            raise UnreadableSource(
                f"{place}の欄が多すぎます（{_MOST_CELLS:,}欄まで）", where=name, remedy=_ONE
            )
        if max(map(len, row.cells), default=0) > _LONGEST_CELL:
            raise UnreadableSource(
                f"{place}の欄が長すぎます（{_LONGEST_CELL:,}字まで）", where=name, remedy=_ONE
            )
        characters += sum(map(len, row.cells))
    if characters > _MOST_CHARACTERS:
        raise UnreadableSource(f"文字が多すぎます（{_MOST_CHARACTERS:,}字まで）", where=name, remedy=_ONE)
