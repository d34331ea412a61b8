"""An item while its rows are being collected, and one printing of a section that holds such items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ledger import wording
from ledger.form import FormItem
from ledger.readers.rows import SourceRow

# The same words are never as many times as long for their markup, and so many characters more.
_MUCH, _SHORT = 4, 400
TWICE = "同じ欄が二度あり、記載が違う"


def _much_longer(parts: Iterable[str], others: Sequence[str]) -> bool:
    """Whether *parts* cannot be the same words as *others*, as there are so many of them."""
    most = _MUCH * sum(map(len, others)) + _SHORT
    for part in parts:
        most -= len(part)
        if most < 0:
            return True
    return False


@dataclass(slots=True)
class Draft:
    """An item while its rows are being collected; ``n`` is the number of its group (0 outside groups)."""

    item: FormItem
    n: int
    line: int
    parts: list[str] = field(default_factory=list)
    pieces: list[tuple[SourceRow, str]] = field(default_factory=list)
    doubt: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        return not any(part.strip() for part in self.parts)

    def take(self, row: SourceRow, *values: str) -> None:
        """Go on with *values*, which stand in *row*: blank cells say nothing, a repeated one nothing new."""
        said = [value for value in values if value.strip()]
        self.parts.extend(value for value, _ in groupby(said))
        self.pieces.extend((row, value) for value in said)

    def says(self, values: Sequence[str]) -> bool:
        """Whether the same words stand here already: a page may come twice."""
        if _much_longer(self.parts, values) or _much_longer(values, self.parts):
            return False  # spares folding what was collected once more for every row
        return wording.same("\n".join(self.parts), "\n".join(values)) is not None

    def question(self, why: str) -> None:
        """Say why the reading is not certain; blank says nothing."""
        if why not in self.doubt:
            self.doubt = "。".join(filter(None, (self.doubt, why)))


@dataclass(slots=True)
class Sheet:
    """The items of one printing of a section: II and III come once per file.

    An item has several drafts where its label came more than once. ``last`` holds the highest number of
    its group for each key, ``file`` the 特定個人情報ファイル where the sheet is known to be of one, ``doubt``
    why its file is not certain, ``end`` the item that stood last.
    """

    section: FormItem
    drafts: dict[tuple[str, int], list[Draft]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    file: str = ""
    doubt: str = ""
    end: Draft | None = None

    def draft(self, key: str, n: int = 0) -> Draft | None:
        """What was first collected for an item; None where its label has not come yet."""
        return next(iter(self.drafts.get((key, n), ())), None)

    def contradicts(self, other: Sheet) -> bool:
        """Whether an item says one thing here and something else in another printing."""
        return any(
            (there := other.draft(*key)) is not None and not there.empty and not there.says(drafts[0].parts)
            for key, drafts in self.drafts.items()
            if not drafts[0].empty
        )
