"""An edition as text with tables whose cells are separated by tabs."""

from __future__ import annotations

from ledger.published import PublishedEdition
from samples.making.layout import Kind, lines

_SPACED = {Kind.TITLE, Kind.COVER, Kind.CONTENTS, Kind.SECTION}


def write_ocr_text(edition: PublishedEdition) -> str:
    """The whole document. A line break inside a cell is written as a tag, as extraction does."""
    written = []
    for line in lines(edition):
        cells = [
            "".join(f"<p>{part}</p>" for part in cell.split("\n")) if "\n" in cell else cell
            for cell in line.cells
        ]
        alone = len(cells) == 1
        written.append("\t".join(cells) + ("\t" if alone and line.kind not in _SPACED else ""))
    return "\n".join(written)
