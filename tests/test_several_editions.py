"""One assessment published four times: what each item said on a day, held against what is true.

The days and readings stand in samples/yunagi/truth.csv, why they are true in HISTORY.md beside it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from ledger import wording
from ledger.identity import Identity, PrintedIdentity, stream_id
from ledger.published import Boxes, PublishedEdition
from ledger.readers import read
from projections import value_text
from projections.application import Imported, Kaitei, import_files
from projections.as_of import document_as_of
from projections.documents import Basis, Document, StatedItem
from projections.editions import Assessment
from projections.exports import as_json
from projections.readings import Certainty, Reading, Value, agree
from tests.conftest import ROOT, Golden
from tests.papers import day
from tests.sources import cells

YUNAGI = ROOT / "samples" / "yunagi"
IN_ORDER = ("21_kokuho_H30", "21_kokuho_R3", "21_kokuho_R5", "21_kokuho")
OUT_OF_ORDER = ("21_kokuho", "21_kokuho_R3", "21_kokuho_H30", "21_kokuho_R5")
PUBLISHED = ("2018-03-30", "2021-06-25", "2023-09-29", "2025-10-31")
ABSENT = "absent"

HOLDERS = "[国民健康保険被保険者ファイル]"
PAYMENTS = "[国民健康保険給付ファイル]"
# What the program answers otherwise today, by what it does not do yet: the days and items of truth.csv.
KNOWN_GAPS: dict[str, set[tuple[str, str]]] = {}


@dataclass(frozen=True)
class Truth:
    """One line of truth.csv."""

    day: str
    item: str
    certainty: str
    value: str
    rivals: tuple[str, ...]
    why: str


def truths() -> list[Truth]:
    with (YUNAGI / "truth.csv").open(encoding="utf-8", newline="") as file:
        return [
            Truth(
                line["day"],
                line["item"],
                line["certainty"],
                line["value"],
                tuple(line["rivals"].split("|")) if line["rivals"] else (),
                line["why"],
            )
            for line in csv.DictReader(file)
        ]


TRUTHS = truths()


# --- the four editions in a ledger ----------------------------------------------------------------


@cache
def edition(name: str) -> PublishedEdition:
    """An edition as the reader gives it."""
    return read((YUNAGI / f"{name}.txt").read_bytes(), name)


def taken_in(folder: Path, names: Iterable[str]) -> Assessment:
    """The assessment as a ledger of its own has it when these editions were imported one after the other."""
    url = f"sqlite:///{folder / 'kaitei.db'}"
    results = list(import_files(url, [YUNAGI / f"{name}.txt" for name in names], by="試験"))
    assert all(isinstance(result, Imported) for result in results)
    with Kaitei(url) as kaitei:
        return kaitei.assessment(kaitei.find("夕凪市長/21"))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """All four editions, taken in as they were published."""
    return taken_in(tmp_path_factory.mktemp("in_order"), IN_ORDER)


@pytest.fixture(scope="module")
def known_another_way(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """The same editions, the newest first."""
    return taken_in(tmp_path_factory.mktemp("out_of_order"), OUT_OF_ORDER)


@pytest.fixture(scope="module")
def on_the_day(known: Assessment) -> dict[str, Document]:
    """The document on every day that truth.csv asks for."""
    return {on: document_as_of(known, day(on)) for on in {truth.day for truth in TRUTHS}}


# --- what is true ---------------------------------------------------------------------------------


def is_nothing(value: Value | None) -> bool:
    if isinstance(value, Boxes):
        return not (value.checked or value.unreadable or value.other_text)
    return value is not None and wording.is_nothing(value)


def same(value: Value, written: str) -> bool:
    """Whether a value is what truth.csv has: of boxes the ticked ones, then the free text."""
    if is_nothing(value):
        return wording.is_nothing(written)
    return wording.same(value_text.as_text(value), written) is not None


def at(document: Document, path: str) -> StatedItem | None:
    """The item that is printed at *path*, if any."""
    found = [item for item in document.items if str(item.path) == path]
    assert len(found) < 2, path
    return found[0] if found else None


def agrees(truth: Truth, item: StatedItem | None) -> bool:
    """Whether an item of a document says what is true of it."""
    if truth.certainty == ABSENT:
        return item is None or (item.reading.known and is_nothing(item.reading.value))
    return item is not None and str(item.reading.certainty) == truth.certainty and says(truth, item.reading)


def says(truth: Truth, reading: Reading) -> bool:
    readings = [value for value in (reading.value, *reading.rivals) if value is not None]
    written = truth.rivals or (truth.value,)
    if reading.certainty is Certainty.UNKNOWN:
        return not readings
    return all(any(same(value, one) for value in readings) for one in written) and all(
        any(same(value, one) for one in written) for value in readings
    )


def told(item: StatedItem | None) -> str:
    if item is None:
        return "no such item"
    reading = item.reading
    values = [value_text.as_text(value) for value in (reading.value, *reading.rivals) if value is not None]
    return f"{reading.certainty} {values}: {reading.reason}"


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.day} {truth.item}")
def test_an_item_reads_what_it_truly_read(truth: Truth, on_the_day: dict[str, Document]) -> None:
    for gap, places in KNOWN_GAPS.items():
        if (truth.day, truth.item) in places:
            pytest.skip(gap)
    item = at(on_the_day[truth.day], truth.item)
    assert agrees(truth, item), f"{truth.why}\nis: {told(item)}"


def test_the_truth_is_told_once_and_explained() -> None:
    places = [(truth.day, truth.item) for truth in TRUTHS]
    assert len(set(places)) == len(places) >= 60
    assert {truth.certainty for truth in TRUTHS} == {*Certainty, ABSENT}
    assert all(bool(truth.rivals) == (truth.certainty == Certainty.PARTIAL) for truth in TRUTHS)
    explained = set(re.findall(r"^\| (C\d+) \|", (YUNAGI / "HISTORY.md").read_text("utf-8"), re.MULTILINE))
    assert {no for truth in TRUTHS for no in re.findall(r"C\d+(?=[:,])", truth.why)} == explained


def test_a_known_gap_is_a_line_of_the_truth() -> None:
    gaps = [place for places in KNOWN_GAPS.values() for place in places]
    assert len(set(gaps)) == len(gaps)
    assert set(gaps) <= {(truth.day, truth.item) for truth in TRUTHS}


# --- editions and days ----------------------------------------------------------------------------


def differs(document: Document, name: str) -> list[str]:
    """The items of an edition that a document does not state as printed."""
    return [
        str(printed.path)
        for printed in edition(name).items
        if (item := at(document, str(printed.path))) is None
        or not item.reading.known
        or not agree(item.reading.value, printed.value)
    ]


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize(("name", "published"), list(zip(IN_ORDER, PUBLISHED, strict=True)))
def test_on_its_day_of_publication_the_document_is_the_edition(
    name: str, published: str, basis: Basis, known: Assessment
) -> None:
    assert differs(document_as_of(known, day(published), basis), name) == []


@pytest.mark.parametrize(("name", "next_one"), list(zip(IN_ORDER[:-1], PUBLISHED[1:], strict=True)))
def test_until_the_next_edition_the_public_reads_the_last_one(
    name: str, next_one: str, known: Assessment
) -> None:
    last = day(next_one) - timedelta(days=1)
    assert differs(document_as_of(known, last, Basis.PUBLICATION), name) == []


@pytest.mark.parametrize(
    "on", ["2018-03-29", "2020-04-01", "2021-06-25", "2022-07-01", "2023-04-03", "2024-07-01", "2025-10-13"]
)
def test_the_order_in_which_editions_are_taken_in_does_not_matter(
    on: str, known: Assessment, known_another_way: Assessment
) -> None:
    one, other = (
        [(str(item.path), item.reading, item.since) for item in document_as_of(each, day(on)).items]
        for each in (known, known_another_way)
    )
    assert one == other


@pytest.mark.parametrize(
    "on",
    [
        pytest.param("2020-03-31", id="the last day of a contract"),
        pytest.param("2025-10-13", id="two files, before the last rows"),
    ],
)
def test_the_whole_document_on_a_day_between_editions(on: str, known: Assessment, golden: Golden) -> None:
    header = edition(IN_ORDER[-1]).header
    printed = PrintedIdentity(header.body, header.number, header.title)
    shown = document_as_of(known, day(on))
    view = as_json.document(
        Identity(stream_id(printed), "様式3", (printed,)), shown, shown.items, known_at=None
    )
    golden(f"yunagi/21_kokuho/show_{on}.json", as_json.dumps(view) + "\n")


# --- the sample itself ----------------------------------------------------------------------------


def rows(name: str) -> list[tuple[str, ...]]:
    return [cells(row) for row in edition(name).rows]


@pytest.mark.parametrize("name", IN_ORDER)
def test_no_item_of_an_edition_is_in_doubt(name: str) -> None:
    assert [str(item.path) for item in edition(name).items if item.doubt] == []


@pytest.mark.parametrize(
    "truth", [t for t in TRUTHS if t.day in PUBLISHED], ids=lambda t: f"{t.day} {t.item}"
)
def test_the_truth_of_a_day_of_publication_is_what_is_printed(truth: Truth) -> None:
    """Nothing is worked out here: what truth.csv says of such a day stands in the edition."""
    printed = {str(item.path): item.value for item in edition(IN_ORDER[PUBLISHED.index(truth.day)]).items}
    if truth.certainty == ABSENT:
        assert truth.item not in printed
    else:
        assert truth.certainty == Certainty.KNOWN
        assert same(printed[truth.item], truth.value)


def test_each_table_goes_on_from_the_one_before() -> None:
    first, second, third = (rows(name) for name in IN_ORDER[:3])
    assert first == []
    assert third[: len(second)] == second


def test_the_newest_table_rewrites_two_old_rows_and_drops_one() -> None:
    old, new = rows("21_kokuho_R5"), rows("21_kokuho")
    gone = [row for row in old if row not in new]
    assert [cell[1].rpartition("－")[2] for cell in gone] == ["使用部署", "②所属長の役職名", "②対応方法"]
    rewritten = [row for row in new[: len(old) - 1] if row not in old]
    assert [(row[1], row[2]) for row in rewritten] == [(row[1], row[2]) for row in gone[:2]]
