"""``python -m samples.making.typing_in BOOK OLD NEW``: types over words, as a person at Excel does."""

from __future__ import annotations

import sys
from pathlib import Path

from openpyxl import load_workbook  # type: ignore[import-untyped]

TABLE = "別添２"


def type_in(book: Path, old: str, new: str) -> int:
    """Put *new* for *old* wherever a cell outside the change table says it; how many cells that were."""
    opened = load_workbook(book)
    cells = [
        cell
        for sheet in opened
        if TABLE not in sheet.title
        for row in sheet
        for cell in row
        if isinstance(cell.value, str) and old in cell.value
    ]
    for cell in cells:
        cell.value = cell.value.replace(old, new)
    opened.save(book)
    return len(cells)


if __name__ == "__main__":
    path, before, after = sys.argv[1:]
    if not type_in(Path(path), before, after):
        sys.exit(f"{path}: 「{before}」はありません")
