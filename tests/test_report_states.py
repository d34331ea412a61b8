"""What the page of a report says of a day is what `kaitei show` says of it, for every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.histories import history
from ledger.published import PublishedEdition
from ledger.readers import read
from projections.as_of import document_as_of
from projections.diff import words_between
from projections.editions import Assessment
from projections.exports import as_json
from projections.item_versions import turning_days
from projections.report.states import OPS, States, embedded, lengths
from projections.value_text import as_text
from projections.words import Op, Piece
from tests.conftest import ROOT
from tests.pages import data_of, items_on
from tests.papers import known_by
from tests.several import identity_of
from tests.test_oracle import histories, printed

SAMPLES = {
    "one edition with faults": ("minatogawa/15_jidou-fuyou.txt",),
    "two editions": ("kasumino/7_kaigo-hoken_R6.txt", "kasumino/7_kaigo-hoken.txt"),
    "four editions, two files, groups that move": (
        "yunagi/21_kokuho_H30.txt", "yunagi/21_kokuho_R3.txt",
        "yunagi/21_kokuho_R5.txt", "yunagi/21_kokuho.txt",
    ),
    "one edition that tells of groups before it": ("yunagi/21_kokuho.txt",),
}  # fmt: skip


def known_of(names: Sequence[str]) -> Assessment:
    """An assessment of sample files."""
    return known_by(*(read((ROOT / "samples" / name).read_bytes(), Path(name).name) for name in names))


def near(days: Sequence[date]) -> list[date]:
    """Days, the day before each, and days far away."""
    before = (day - timedelta(days=1) for day in days if day > date.min)
    return sorted({*days, *before, date(1990, 1, 1), date(2090, 1, 1)})


def differing(known: Assessment, edition: PublishedEdition) -> list[tuple[date | None, str]]:
    """The days and items of which the data of a page and ``show`` say different things."""
    data, identity = data_of(known), identity_of(edition)
    found: list[tuple[date | None, str]] = []
    for day in (None, *near(turning_days(known))):
        shown = document_as_of(known, day)
        said = as_json.document(identity, shown, shown.items, known_at=None)["items"]
        there = items_on(data, day)
        if there != said:
            found += [(day, one["path"]) for one, other in zip(there, said, strict=False) if one != other]
            found += [(day, "length")] if len(there) != len(said) else []
    return found


@pytest.mark.parametrize("names", SAMPLES.values(), ids=SAMPLES)
def test_the_states_of_a_page_are_those_of_show(names: Sequence[str]) -> None:
    """For every turning day and the day before: items, order, values, certainty, reasons, rivals, rows."""
    known = known_of(names)
    edition = read((ROOT / "samples" / names[-1]).read_bytes(), Path(names[-1]).name)
    assert differing(known, edition) == []


@settings(max_examples=6)
@given(st.integers(0, 10**9))
def test_the_states_of_drawn_histories_are_those_of_show(seed: int) -> None:
    """Whatever a clean history of rows in all styles has changed."""
    drawn = history(Random(seed))  # noqa: S311  (nobody's secret)
    assert differing(known_by(drawn.earlier, drawn.edition), drawn.edition) == []


@settings(max_examples=40)
@given(histories(undated=(False, True), lost=(False, True)))
def test_states_that_are_not_certain_are_those_of_show(told: tuple[list[object], list[object]]) -> None:
    """Rows without a day, lost tables, contradictions: the same rivals on the same days."""
    rows, editions = told
    papers = [printed(one, rows) for one in editions]  # type: ignore[arg-type]  # as the oracle draws them
    assert differing(known_by(*papers), papers[-1]) == []


def test_the_words_between_versions_are_those_that_a_comparison_marks() -> None:
    """Pieced together from their lengths, the marked words are old and new text and what `diff` marks."""
    states = States.of(known_of(SAMPLES["four editions, two files, groups that move"]))
    data = embedded(states, {}, lambda item: (str(item.path),))
    assert len(data["words"]) > 60
    versions = [version for version, _ in states.placed]
    for number, told in data["words"].items():
        after = versions[int(number)]
        before = next(
            each for each in versions if (each.stated.path, each.until) == (after.stated.path, after.first)
        )
        assert told == lengths(words_between(after.stated.item, before.stated.reading, after.stated.reading))
        old, new = (as_text(each.stated.reading.value) for each in (before, after))
        sides = {Op.REMOVED: "", Op.ADDED: ""}
        for op, length in zip(told[::2], told[1::2], strict=True):
            for side in sides:
                if OPS[op] in {Op.SAME, side}:
                    sides[side] += "." * length
        assert [len(side) for side in sides.values()] == [len(old), len(new)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        pytest.param("委託先", 3, id="letters of one unit"),
        pytest.param("𠮷野", 3, id="a letter that UTF-16 writes as two units"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_lengths_count_as_a_browser_does(text: str, length: int) -> None:
    assert lengths([Piece(Op.ADDED, text)]) == [OPS.index(Op.ADDED), length]
