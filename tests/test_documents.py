"""Real published documents (../shared/documents): what has been checked in them by eye stays so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ledger.published import Boxes, PublishedEdition, TableState
from ledger.readers import read
from projections.as_of import document_as_of
from projections.documents import Basis
from projections.findings import Cause, Severity
from projections.readings import Certainty
from projections.validator import validate
from tests.papers import at, day, known_by, says

CONTRACTOR = "II/4/委託事項1/③委託先名"
FIRST_DAY = "V/1/①実施日"
WITH_ROWS = ("000", "002")
EVERY = ("000", "002", "003", "004")


@cache
def _read(path: Path) -> PublishedEdition:
    return read(path.read_bytes(), path.name)


def document(documents: Path, number: str) -> PublishedEdition:
    """The document whose file begins with *number*; the test is skipped where it is missing."""
    found = sorted(documents.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"文書 {number} がありません: {documents}")
    return _read(found[0])


@pytest.mark.parametrize("number", EVERY)
def test_a_document_is_read_whole(documents: Path, number: str) -> None:
    edition = document(documents, number)
    assert edition.assigned_share > 0.99
    assert edition.items


COUNTS = [pytest.param("000", 20), pytest.param("002", 48), pytest.param("003", 0), pytest.param("004", 0)]


@pytest.mark.parametrize(("number", "rows"), COUNTS)
def test_every_row_of_the_change_table_is_read(documents: Path, number: str, rows: int) -> None:
    edition = document(documents, number)
    assert [row.no for row in edition.rows] == list(range(1, rows + 1))


def test_a_table_that_extraction_lost_is_absent_and_not_empty(documents: Path) -> None:
    assert document(documents, "003").table is TableState.ABSENT


def test_a_first_publication_has_an_empty_table(documents: Path) -> None:
    assert document(documents, "004").table is TableState.EMPTY


TORN = [
    pytest.param(
        "I/2/システム3/①システムの名称", "中間サーバー", id="of two blocks on one page, beside its head"
    ),
    pytest.param("II/3/使用者数", "10人以上50人未満", id="a choice apart from its label"),
    pytest.param("II/4/委託の有無/件", "1", id="a number apart from its brackets"),
    pytest.param(
        "II/5/移転先1/⑦時期・頻度",
        "国民年金の被保険者において、資格の得喪に係る異動が発生した都度",
        id="before",
    ),
    pytest.param("III/6/接続しない", ("接続しない（入手）", "接続しない（提供）"), id="boxes in a heading"),
    pytest.param("V/1/①実施日", "令和6年12月25日", id="the first of two of the same name"),
]


@pytest.mark.parametrize(("path", "value"), TORN)
def test_a_scrambled_text_layer_is_read(documents: Path, path: str, value: str | tuple[str, ...]) -> None:
    (item,) = (item for item in document(documents, "004").items if str(item.path) == path)
    assert (item.value.checked if isinstance(item.value, Boxes) else item.value) == value


def test_what_stands_apart_from_its_label_is_in_doubt(documents: Path) -> None:
    items = {str(item.path): item for item in document(documents, "004").items}
    assert items["II/3/③使用目的"].doubt
    assert items["I/2/システム1/③他のシステムとの接続"].doubt
    assert not items["I/1/③対象人数"].doubt


def test_a_contractor_changes_on_the_day_of_its_row_and_back_a_year_later(documents: Path) -> None:
    edition = document(documents, "002")
    there, back = edition.rows[2], edition.rows[3]
    assert (there.date, back.date) == ("平成28年10月18日", "平成29年10月25日")
    assert there.before == back.after != there.after == back.before
    known = known_by(edition)
    days = ("2016-10-17", "2016-10-18", "2017-10-24", "2017-10-25", "2026-02-03")
    said = [says(document_as_of(known, day(each)), CONTRACTOR) for each in days]
    expected = [there.before, there.after, there.after, there.before, there.before]
    assert said == [(each, "known") for each in expected]


def test_the_only_error_is_the_date_whose_chain_breaks(documents: Path) -> None:
    edition = document(documents, "002")
    errors = [f for f in validate(edition).findings if f.severity is Severity.ERROR]
    assert [(f.rule, [str(path) for path in f.items]) for f in errors] == [("chain-break", [FIRST_DAY])]
    (broken,) = errors
    assert [edition.rows[no - 1].date for no in broken.rows] == ["令和2年10月22日", "令和8年2月3日"]
    assert [edition.rows[no - 1].item_text[-4:] for no in broken.rows] == ["①実施日", "①実施日"]


def test_between_the_rows_of_the_broken_chain_both_readings_are_given(documents: Path) -> None:
    edition = document(documents, "002")
    between = at(document_as_of(known_by(edition), day("2022-01-01")), FIRST_DAY).reading
    assert between.certainty is Certainty.PARTIAL
    assert set(between.rivals) == {edition.rows[19].after, edition.rows[47].before}


def test_a_document_without_contradictions_has_no_error(documents: Path) -> None:
    assert validate(document(documents, "000")).count(Severity.ERROR) == 0


@pytest.mark.parametrize("number", WITH_ROWS)
def test_what_extraction_damaged_is_no_more_than_a_note(documents: Path, number: str) -> None:
    for finding in validate(document(documents, number)).findings:
        assert finding.cause is not Cause.EXTRACTION or finding.severity is Severity.NOTE
        assert "違反" not in finding.message


@pytest.mark.parametrize("number", EVERY)
def test_on_its_day_of_publication_a_document_says_what_its_body_says(documents: Path, number: str) -> None:
    edition = document(documents, number)
    known = known_by(edition)
    for basis in Basis:
        shown = document_as_of(known, known.anchors[0].published, basis)
        for item in edition.items:
            certainty = "partial" if item.doubt else "known"
            assert says(shown, str(item.path)) == (item.value, certainty), str(item.path)


def test_items_of_lost_pages_are_listed_and_never_known(documents: Path) -> None:
    known = known_by(document(documents, "002"))
    for on in ("2020-10-21", "2026-02-03"):
        shown = document_as_of(known, day(on))
        for path in ("I/2/システム8/②システムの機能", "I/2/システム9/③他のシステムとの接続"):
            assert at(shown, path).reading.certainty is not Certainty.KNOWN
