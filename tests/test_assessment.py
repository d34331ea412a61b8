"""The aggregate: what its commands record, what they refuse, and when two identities are one."""

from __future__ import annotations

import pytest

from ledger.assessment import (
    PREFECTURES,
    Assessment,
    PrintedIdentity,
    municipality,
    same_assessment,
    stream_id,
)
from ledger.errors import InvalidChange, WrongAssessment
from ledger.events import AssessmentIdentified, AssessmentRegistered, EditionReceived, ItemChanged
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


BODIES = [
    pytest.param("埼玉県川口市長", "埼玉県", "川口市", id="with its prefecture"),
    pytest.param("熊谷市長", "", "熊谷市", id="without"),
    pytest.param("熊谷市教育委員会", "", "熊谷市教育委員会", id="an organ stands for itself"),
    pytest.param("埼玉県熊谷市教育委員会", "埼玉県", "熊谷市教育委員会", id="an organ, with prefecture"),
    pytest.param("埼玉県教育委員会", "埼玉県", "埼玉県教育委員会", id="an organ of the prefecture"),
    pytest.param("東京都知事", "東京都", "東京都", id="a governor"),
    pytest.param("東京都", "東京都", "東京都", id="a prefecture without its head"),
    pytest.param("北海道知事", "北海道", "北海道", id="a prefecture that ends in 道"),
    pytest.param("京都府知事", "京都府", "京都府", id="a prefecture that ends in 府"),
    pytest.param("京都府京都市長", "京都府", "京都市", id="a city of the same name"),
    pytest.param("京都市長", "", "京都市", id="京都 is no prefecture yet"),
    pytest.param("府中市長", "", "府中市", id="begins with 府"),
    pytest.param("東京都府中市長", "東京都", "府中市", id="都府 in a row"),
    pytest.param("都城市長", "", "都城市", id="begins with 都"),
    pytest.param("千葉県市川市長", "千葉県", "市川市", id="begins with 市"),
    pytest.param("三重県四日市市長", "三重県", "四日市市", id="市市"),
    pytest.param("三重県津市長", "三重県", "津市", id="a name of one character"),
    pytest.param("東京都港区長", "東京都", "港区", id="a ward"),
    pytest.param("埼玉県大里郡寄居町長", "埼玉県", "寄居町", id="a district is not part of the name"),
    pytest.param("兵庫県赤穂郡上郡町長", "兵庫県", "上郡町", id="a town with 郡 in its name"),
    pytest.param("蒲郡市長", "", "蒲郡市", id="a city with 郡 in its name"),
    pytest.param(
        "埼玉県市町村総合事務組合", "埼玉県", "埼玉県市町村総合事務組合", id="a union of municipalities"
    ),
    pytest.param("埼玉県　さいたま市長 ", "埼玉県", "さいたま市", id="white space"),
    pytest.param("", "", "", id="nothing printed"),
]


@pytest.mark.parametrize(("body", "prefecture", "folded"), BODIES)
def test_a_body_is_folded_to_its_municipality(body: str, prefecture: str, folded: str) -> None:
    assert municipality(body) == (prefecture, folded)


def test_there_are_47_prefectures() -> None:
    assert len(set(PREFECTURES)) == 47


PAIRS = [
    pytest.param("霞野市長", "１２", True, id="the width of a digit"),
    pytest.param("埼玉県霞野市長", "12", True, id="a prefecture that was unknown"),
    pytest.param("霞野市", "12", True, id="without its head"),
    pytest.param("霞野市長", "13", False, id="another number"),
    pytest.param("霞野市教育委員会", "12", False, id="another body of the municipality"),
    pytest.param("東霞野市長", "12", False, id="a longer name"),
]


@pytest.mark.parametrize(("body", "number", "same"), PAIRS)
def test_the_same_assessment_by_body_and_number(body: str, number: str, *, same: bool) -> None:
    assert same_assessment(PRINTED, PrintedIdentity(body, number, "別の名前")) is same


def test_two_prefectures_keep_municipalities_of_one_name_apart() -> None:
    one, other = (PrintedIdentity(f"{each}府中市長", "1", "") for each in ("東京都", "広島県"))
    assert not same_assessment(one, other)
    assert stream_id(one) != stream_id(other)


def test_the_stream_id_is_fixed_for_good() -> None:
    assert str(stream_id(PRINTED)) == "a95665db-e7ec-5005-a980-83b66c243ca0"
    assert stream_id(PrintedIdentity("霞野市　長", "１２", "")) == stream_id(PRINTED)


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
