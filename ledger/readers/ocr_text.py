"""Text that OCR made of an assessment, HTML tags included → rows.

The cells of its tables are separated by tabs, or stand between the pipes of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ledger import reader_names
from ledger.readers.rows import SourceRow

NAME: Final = reader_names.OCR_TEXT

# Markdown draws a rule under the head of every table; without one a pipe is a character like any other.
_MARKDOWN = re.compile(r"^[ \u3000]*\|(?:[ ]*:?-{3,}:?[ ]*\|)+[ \u3000]*$", re.MULTILINE)
_OPEN, _CLOSED = re.compile(r"[ \u3000]*\|"), re.compile(r"(?<!\\)\|[ \u3000]*$")
_PIPE = re.compile(r"(?<!\\)\|")


def rows(text: str) -> Sequence[SourceRow]:
    """Every line as a row, its number the row's line."""
    lines = text.split("\n")
    if _MARKDOWN.search(text):
        return [SourceRow(number, _markdown_cells(line)) for number, line in _whole(lines)]
    return [SourceRow(number, _cells(line)) for number, line in enumerate(lines, start=1)]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(line.split("\t"))


def _whole(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines by their numbers; a row of a Markdown table that was broken in two is one again."""
    at = 0
    while at < len(lines):
        line = lines[at]
        rest = lines[at + 1] if at + 1 < len(lines) else ""
        broken = _OPEN.match(line) and not _CLOSED.search(line) and _CLOSED.search(rest)
        if broken and not _OPEN.match(rest):
            yield at + 1, f"{line}\n{rest}"
            at += 2
        else:
            yield at + 1, line
            at += 1


def _markdown_cells(line: str) -> tuple[str, ...]:
    """The cells between the pipes of a table's row; any other line as it would be without them."""
    between = _PIPE.split(line.strip())
    if len(between) < 3 or between[0] or between[-1]:  # noqa: PLR2004  (a pipe on either side)
        return _cells(line)
    return tuple(cell.strip().replace("\\|", "|") for cell in between[1:-1])
