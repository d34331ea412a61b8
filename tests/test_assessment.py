"""The aggregate: what its commands record, and what they refuse."""

from __future__ import annotations

import pytest

from ledger.assessment import Assessment
from ledger.errors import InvalidChange, WrongAssessment
from ledger.events import AssessmentIdentified, AssessmentRegistered, EditionReceived, ItemChanged
from ledger.identity import PrintedIdentity, stream_id
from ledger.item_path import ItemPath
from ledger.published import ChangeRow
from tests.editions import ROW, edition

PRINTED = PrintedIdentity("霞野市長", "12", "住民基本台帳に関する事務")
PATH = ItemPath(("I", "6", "①部署"))


def registered() -> Assessment:
    """An assessment whose registration is saved already."""
    assessment = Assessment.register(PRINTED, form_edition="令和7年5月 様式3")
    assessment.collect_events()
    return assessment


def test_registering_keeps_the_words_as_printed() -> None:
    printed = PrintedIdentity("霞野 市長", "１２", "住民基本台帳に関する事務")
    assessment = Assessment.register(printed, form_edition="令和7年5月 様式3")
    assert assessment.collect_events() == [
        AssessmentRegistered(
            stream_id(printed),
            1,
            body="霞野 市長",
            number="１２",
            title="住民基本台帳に関する事務",
            form="様式3",
            form_edition="令和7年5月 様式3",
        )
    ]
    assert assessment.identity.ref == "霞野 市長/１２"
    assert assessment.identity.printed == (printed,)


def test_receiving_records_the_edition_and_then_its_rows_in_order() -> None:
    assessment = registered()
    second = ChangeRow(2, "", "", "", "－", "事前", "", 81)
    received = edition(rows=(ROW, second))
    assessment.receive(received, sha256="5e", file_name="霞野.txt")
    taken_in, *rows = assessment.collect_events()
    assert taken_in == EditionReceived(
        assessment.id,
        2,
        publication_date="令和6年4月1日",
        sha256="5e",
        file_name="霞野.txt",
        form=received.form,
        reader=received.reader,
        header=received.header,
        items=received.items,
        table=received.table,
        rows=2,
        unassigned=received.unassigned,
        characters=200,
        assigned=197,
    )
    assert rows == [
        ItemChanged(
            assessment.id,
            version,
            source="5e",
            no=row.no,
            change_date=row.date,
            item_text=row.item_text,
            before=row.before,
            after=row.after,
            timing=row.timing,
            explanation=row.explanation,
            path="",
            revision="",
            actual_day="",
        )
        for version, row in ((3, ROW), (4, second))
    ]


def test_the_same_source_again_records_nothing() -> None:
    assessment = registered()
    assessment.receive(edition(), sha256="5e", file_name="霞野.txt")
    assessment.collect_events()
    assessment.receive(edition(), sha256="5e", file_name="写し.txt")
    assert assessment.collect_events() == []


def test_an_edition_of_another_assessment_is_refused() -> None:
    assessment = registered()
    with pytest.raises(WrongAssessment, match="霞野市長/12 の評価書ではありません"):
        assessment.receive(edition(number="13"), sha256="5e", file_name="霞野.txt")
    assert assessment.collect_events() == []


def test_a_cover_that_extraction_lost_names_no_other_assessment() -> None:
    assessment = registered()
    assessment.receive(edition(number="", rows=()), sha256="5e", file_name="霞野.txt")
    assert len(assessment.collect_events()) == 1


def test_another_identity_is_recorded_once() -> None:
    assessment = registered()
    renumbered = PrintedIdentity("霞野市長", "15", "住民票に関する事務")
    assessment.identify_as(renumbered, why="番号の付け直し")
    assessment.identify_as(PrintedIdentity("霞野 市長", "１５", "住民票に関する事務"), why="同じ")
    assessment.identify_as(PRINTED, why="もとのまま")
    assert assessment.collect_events() == [
        AssessmentIdentified(
            assessment.id,
            2,
            body="霞野市長",
            number="15",
            title="住民票に関する事務",
            why="番号の付け直し",
        )
    ]
    assert assessment.identity.printed == (PRINTED, renumbered)
    assert assessment.identity.ref == "霞野市長/12"  # the first one stays its name


def test_a_change_recorded_here_says_what_and_when_and_why() -> None:
    assessment = registered()
    assessment.change(
        PATH,
        "市民課",
        "窓口課",
        revision="r1",
        change_date="令和6年10月1日",
        timing="事後",
        explanation="組織の改正",
        item_text="I-6①部署",
        actual_day="2024-10-01",
    )
    assert assessment.collect_events() == [
        ItemChanged(
            assessment.id,
            2,
            source="",
            no=0,
            change_date="令和6年10月1日",
            item_text="I-6①部署",
            before="市民課",
            after="窓口課",
            timing="事後",
            explanation="組織の改正",
            path="I/6/①部署",
            revision="r1",
            actual_day="2024-10-01",
        )
    ]


def test_the_same_change_of_a_revision_again_records_nothing() -> None:
    assessment = registered()
    assessment.change(PATH, "市民課", "窓口課", revision="r1")
    assessment.change(PATH, "市民課", "窓口課", revision="r1")
    assert len(assessment.collect_events()) == 1
    assessment.change(PATH, "市民課", "窓口課", revision="r2")
    assessment.change(PATH, "市民課", "総合窓口課", revision="r1")
    assert len(assessment.collect_events()) == 2


REFUSED = [
    pytest.param("窓口課", "", "事後", "改訂の名前", id="of no revision"),
    pytest.param("市民課", "r1", "事後", "変更前と変更後が同じ", id="that changes nothing"),
    pytest.param("窓口課", "r1", "随時", "提出時期「随時」", id="with a timing the form does not know"),
]


@pytest.mark.parametrize(("after", "revision", "timing", "says"), REFUSED)
def test_refuses_a_change(after: str, revision: str, timing: str, says: str) -> None:
    assessment = registered()
    with pytest.raises(InvalidChange, match=says):
        assessment.change(PATH, "市民課", after, revision=revision, timing=timing)
    assert assessment.collect_events() == []
