"""``python -m samples.making``: writes every sample assessment in every format that is read.

The extracted texts are written by hand; the folders ``formats`` beside them hold what is made from them.
"""

from __future__ import annotations

from pathlib import Path

from ledger.published import PublishedEdition
from ledger.readers import read
from projections.exports.as_workbook import write_workbook
from samples.making.as_pdf import write_pdf
from samples.making.as_text_layer import write_text_layer
from samples.making.as_word import write_word

SAMPLES = Path(__file__).resolve().parents[1]


def sources() -> list[Path]:
    """The samples written by hand."""
    return sorted(SAMPLES.glob("*/*.txt"))


def in_every_format(edition: PublishedEdition) -> dict[str, bytes]:
    """An edition as files, by what their names end with."""
    return {
        ".xlsx": write_workbook(edition, merged=True),
        ".docx": write_word(edition, merged=True),
        ".pdf": write_pdf(edition, merged=True),
        ".text-layer.txt": write_text_layer(edition).encode(),
    }


def main() -> None:
    """Write all files anew."""
    for source in sources():
        folder = source.parent / "formats"
        folder.mkdir(exist_ok=True)
        for ending, data in in_every_format(read(source.read_bytes(), source.name)).items():
            (folder / f"{source.stem}{ending}").write_bytes(data)


if __name__ == "__main__":
    main()
