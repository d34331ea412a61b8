"""What the samples' writers make of any assessment is read back as the same assessment, in every layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.form import form3
from ledger.published import Fate, ItemKind, PublishedEdition, TableState
from ledger.readers import ocr_text, read
from ledger.readers.rows import length
from samples.making.as_ocr_text import CHOICES, TextLayout, write_ocr_text
from samples.making.generating import SMALL, edition, seeded
from tests.sources import COVER, NAME, cells, left, values
from tests.sources import edition as read_with_cover

SEEDS = st.integers(0, 2**32 - 1)
PLAIN = TextLayout()

Said = dict[str, object]


def said(found: PublishedEdition) -> Said:
    """All that an edition says, by where it says it, in the order of the document."""
    items = {str(item.path): (item.key, item.kind, item.value, item.doubt) for item in found.items}
    rows = {f"row {row.no}": cells(row) for row in found.rows}
    return {"header": found.header, "table": found.table, **items, **rows}


def differences(found: PublishedEdition, drawn: PublishedEdition) -> Said:
    """Whatever one of two editions says and the other does not: what stands there, what should."""
    one, other = said(found), said(drawn)
    wrong: Said = {
        place: (one.get(place), other.get(place))
        for place in {**one, **other}
        if one.get(place) != other.get(place)
    }
    return wrong or ({} if list(one) == list(other) else {"order": (list(one), list(other))})


def unaccounted(found: PublishedEdition, text: str) -> dict[int, tuple[int, int]]:
    """The lines whose pieces are more or fewer characters than the line has."""
    told: Counter[int] = Counter()
    for piece in found.pieces:
        if not (piece.fate is Fate.UNASSIGNED and piece.target):  # that one is a part of another piece
            told[piece.line] += length(piece.text)
    rows = {row.line: sum(map(length, row.cells)) for row in ocr_text.rows(text)}
    return {
        line: (told[line], rows.get(line, 0)) for line in {*told, *rows} if told[line] != rows.get(line, 0)
    }


def check(drawn: PublishedEdition, layout: TextLayout) -> None:
    """Write *drawn*, read it, and hold the one against the other."""
    text = write_ocr_text(drawn, layout)
    found = read(text.encode(), NAME)
    assert differences(found, drawn) == {}
    assert left(found) == []
    assert unaccounted(found, text) == {}
    assert found.assigned == found.characters > 0


@settings(max_examples=40)
@given(SEEDS, SEEDS)
def test_what_is_written_in_any_layout_is_read_back(drawing: int, laying: int) -> None:
    """For any assessment and any layout: every item, row and word of the cover, nothing left, no doubt."""
    check(edition(seeded(drawing), SMALL), TextLayout.drawn(seeded(laying)))


@settings(max_examples=8)
@given(SEEDS, SEEDS)
def test_a_long_assessment_is_read_back(drawing: int, laying: int) -> None:
    """The same, with up to three files, six systems, five blocks of each group and forty change rows."""
    check(edition(seeded(drawing)), TextLayout.drawn(seeded(laying)))


@pytest.mark.long
@settings(max_examples=3000)
@given(SEEDS, SEEDS)
def test_what_is_written_in_any_layout_is_read_back_thousands_of_times(drawing: int, laying: int) -> None:
    """As above, longer."""
    check(edition(seeded(drawing)), TextLayout.drawn(seeded(laying)))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        pytest.param(name, value, id=f"{name}: {value}")
        for name, choices in CHOICES.items()
        for value in choices
        if value != getattr(PLAIN, name)
    ],
)
def test_every_option_of_a_layout_is_read_by_itself(option: str, value: object) -> None:
    changes: dict[str, Any] = {option: value}
    check(edition(seeded(7)), replace(PLAIN, **changes))


# --- the generator --------------------------------------------------------------------------------

DRAWN = [edition(seeded(seed)) for seed in range(24)]


def test_the_same_seed_draws_the_same_assessment() -> None:
    assert edition(seeded(3)) == edition(seeded(3)) != edition(seeded(4))


def test_all_that_repeats_is_drawn_from_least_to_most() -> None:
    files = {len({item.path.file for item in one.items if item.key == "II.1"}) for one in DRAWN}
    systems = {sum(item.key.endswith("].1") and "system" in item.key for item in one.items) for one in DRAWN}
    assert files == {1, 2, 3}
    assert systems == {1, 2, 3, 4, 5, 6}
    assert {0, 40} <= {len(one.rows) for one in DRAWN}
    assert {one.table for one in DRAWN} == set(TableState)


def test_every_item_of_the_form_is_drawn_and_every_option_chosen_and_not() -> None:
    drawn = {form3()[item.key].key for one in DRAWN for item in one.items}
    assert drawn == {item.key for item in form3() if item.kind is not None}
    chosen = {(form3()[item.key].key, item.value) for one in DRAWN for item in one.items}
    for item in form3():
        if item.kind is ItemKind.CHOICE:
            assert {(item.key, option.label) for option in item.options} <= chosen, item.key


# --- tables of Markdown ---------------------------------------------------------------------------

HEADED = "I 基本情報\n\n| 6. 評価実施機関における担当部署 | |\n| --- | --- |\n"

PIPED = [
    pytest.param("| ①部署 | 市民課 |\n", {"I/6/①部署": "市民課"}, id="a row"),
    pytest.param("|①部署|市民課|\n", {"I/6/①部署": "市民課"}, id="without spaces"),
    pytest.param("  | ①部署 | 市民課 |  \n", {"I/6/①部署": "市民課"}, id="indented"),
    pytest.param("| ①部署 | 市民課 \\| 窓口 |\n", {"I/6/①部署": "市民課 | 窓口"}, id="a pipe in a cell"),
    pytest.param("| ①部署 | 市民課<br>窓口 |\n", {"I/6/①部署": "市民課\n窓口"}, id="a line break in a cell"),
    pytest.param("| ①部署 | 市民\n課 |\n", {"I/6/①部署": "市民\n課"}, id="a row broken in two"),
    pytest.param("| ①部署 | |\n| | 市民課 |\n", {"I/6/①部署": "市民課"}, id="a cell in the next row"),
    pytest.param("| ①部署 | 市民課 |\n甲|乙\n", {"I/6/①部署": "市民課\n甲|乙"}, id="a pipe in another line"),
]


@pytest.mark.parametrize(("rows", "items"), PIPED)
def test_the_rows_of_a_markdown_table_are_read(rows: str, items: dict[str, str]) -> None:
    found = read_with_cover(HEADED + rows)
    assert values(found) == items
    assert left(found) == []


def test_a_pipe_is_a_character_where_there_is_no_markdown_table() -> None:
    found = read_with_cover("I 基本情報\n7. 他の評価実施機関\t\n| 甲 | 乙 |\n")
    assert values(found) == {"I/7/他の評価実施機関": "| 甲 | 乙 |"}
    assert found.characters == length(COVER) + length("I 基本情報 7. 他の評価実施機関 | 甲 | 乙 |")
