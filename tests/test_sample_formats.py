"""The same assessment read from each of its formats gives the same items and rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ledger.published import ItemKind, PublishedEdition, TableState
from ledger.readers import read
from samples.making.__main__ import sources
from tests.sources import blank_choices, cells, in_doubt

ENDINGS = {
    ".xlsx": "workbook",
    ".docx": "word",
    ".pdf": "pdf",
    ".text-layer.txt": "text-layer",
}
# Their tables have a row without a 変更日, and a text layer loses blank cells.
UNDATED = [path for path in sources() if path.stem in {"15_jidou-fuyou", "21_kokuho_R5", "21_kokuho"}]
WHOLE = [path for path in sources() if path not in UNDATED]
FORMATS = [pytest.param(ending, id=reader) for ending, reader in ENDINGS.items()]


@cache
def of(path: Path) -> PublishedEdition:
    return read(path.read_bytes(), path.name)


def in_format(source: Path, ending: str) -> PublishedEdition:
    """What was made of a sample in another format."""
    return of(source.parent / "formats" / f"{source.stem}{ending}")


def kinds(edition: PublishedEdition) -> dict[str, tuple[str, ItemKind]]:
    return {str(item.path): (item.key, item.kind) for item in edition.items}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_every_format_gives_the_same_items(source: Path, ending: str) -> None:
    text, found = of(source), in_format(source, ending)
    assert found.reader.startswith(ENDINGS[ending])
    assert {str(item.path): item.value for item in found.items} == {
        str(item.path): item.value for item in text.items
    }
    assert kinds(found) == kinds(text)
    unreadable = blank_choices(text) if ENDINGS[ending] == "text-layer" else set()
    assert in_doubt(found) - unreadable == in_doubt(text)
    assert found.header == text.header


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("source", WHOLE, ids=lambda path: path.stem)
def test_every_format_gives_the_same_rows(source: Path, ending: str) -> None:
    text, found = of(source), in_format(source, ending)
    assert [(row.no, *cells(row)) for row in found.rows] == [(row.no, *cells(row)) for row in text.rows]
    assert found.assigned_share >= 0.99


@pytest.mark.parametrize("ending", [each for each in FORMATS if each.values != (".text-layer.txt",)])
@pytest.mark.parametrize("source", UNDATED, ids=lambda path: path.stem)
def test_a_row_without_a_date_stays_without_one_where_cells_are_known(source: Path, ending: str) -> None:
    """A text layer loses blank cells, so that its table is absent; every other format has them."""
    assert any(not row.date for row in of(source).rows)
    assert [cells(row) for row in in_format(source, ending).rows] == [cells(row) for row in of(source).rows]


@pytest.mark.parametrize("source", UNDATED, ids=lambda path: path.stem)
def test_a_text_layer_that_lost_a_cell_has_no_rows_rather_than_wrong_ones(source: Path) -> None:
    assert in_format(source, ".text-layer.txt").table is TableState.ABSENT
