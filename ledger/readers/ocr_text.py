"""Text that OCR made of an assessment, its tables' cells separated by tabs, HTML tags included → rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ledger.readers.rows import SourceRow

NAME: Final = "ocr-text/2"


def rows(text: str) -> Sequence[SourceRow]:
    """Every line as a row, its number the row's line."""
    return [
        SourceRow(number, tuple(line.split("\t"))) for number, line in enumerate(text.split("\n"), start=1)
    ]
