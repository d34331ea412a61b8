"""The name of every reader with its version, which every event says that a reading brought.

Whoever changes what a reader makes of the same bytes gives it the next version: a source that was read by a
reader of today is not read again.
"""

from __future__ import annotations

from typing import Final

OCR_TEXT: Final = "ocr-text/3"
TEXT_LAYER: Final = "text-layer/1"
WORKBOOK: Final = "workbook/1"
WORD: Final = "word/1"
PDF: Final = "pdf/1"

TODAY: Final = frozenset({OCR_TEXT, TEXT_LAYER, WORKBOOK, WORD, PDF})
