"""Rows that tell what was done: which they are, and what their words give."""

from __future__ import annotations

import pytest

from projections.as_of import document_as_of
from projections.editions import Anchor
from projections.narration import Deed, carried_out, deeds, is_narrative, taken_back
from projections.rows import Style
from projections.timeline import timelines
from projections.validator import validate
from tests.papers import day, known_by, one, says

STORE = "II/6/保管場所"
CHOICE = "II/4/委託事項1/④再委託の有無"
ON = "令和5年4月1日"

REMARKS = [
    pytest.param("別紙のとおり", id="see the annex"),
    pytest.param("別紙１参照", id="see annex 1"),
    pytest.param("全面改訂", id="all of it"),
    pytest.param("文言の修正", id="the wording"),
    pytest.param("誤字の訂正", id="a typing error"),
    pytest.param("様式変更に伴い記載を見直し", id="the form"),
    pytest.param("組織改正に伴う記載の変更", id="an occasion"),
    pytest.param("「書庫」を「第2書庫」に変更", id="with its words"),
    pytest.param("「書庫」を「第2書庫」に改める。", id="改める"),
]


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_on_the_editing_is_narration(text: str) -> None:
    assert is_narrative(text)


WORDS_OF_ITEMS = [
    pytest.param("別添１を参照。", id="what the form itself says of its annex"),
    pytest.param("異動の届出に基づく台帳の記載の変更", id="a task"),
    pytest.param("届出により、受給者の住所を変更する。", id="a task in a sentence"),
    pytest.param("データの内容を更新する。", id="what a system does"),
]


@pytest.mark.parametrize("text", WORDS_OF_ITEMS)
def test_words_that_items_have_are_no_remark(text: str) -> None:
    assert not is_narrative(text)


DEEDS = [
    pytest.param("「A」を「B」に変更", (Deed("A", "B"),), id="replaced"),
    pytest.param("「A」から「B」へ修正。", (Deed("A", "B"),), id="from A to B"),
    pytest.param("「A」及び「B」を追加。", (Deed("", "A"), Deed("", "B")), id="two added"),
    pytest.param("その他として、「A」を追記", (Deed("", "A"),), id="as その他"),
    pytest.param("「A」を追加し、「B」を削除。", (Deed("", "A"), Deed("B", "")), id="added and removed"),
    pytest.param("【ケース1】を削除し、【ケース2】のみ掲載。", (), id="labels are no words"),
    pytest.param("「A」を「B」に変更し、「C」に係る記載を整理", (), id="one of its quotations is left over"),
    pytest.param("文言の修正", (), id="without words"),
]


@pytest.mark.parametrize(("text", "told"), DEEDS)
def test_deeds_are_told_with_their_words_or_not_at_all(text: str, told: tuple[Deed, ...]) -> None:
    assert deeds(text) == told


def test_what_the_words_became_may_stand_alone_beside_what_they_were() -> None:
    assert deeds("「第2書庫」に変更", "書庫") == (Deed("書庫", "第2書庫"),)


BACK = [
    pytest.param((Deed("書庫", "第2書庫"),), "台帳は第2書庫に置く。", "台帳は書庫に置く。", id="put back"),
    pytest.param((Deed("", "口座"),), "氏名、住所、口座", "氏名、住所", id="the last of a list"),
    pytest.param((Deed("", "住所"),), "氏名、住所、口座", "氏名、口座", id="from the middle of a list"),
    pytest.param((Deed("", "氏名"),), "氏名、住所", "住所", id="the first of a list"),
    pytest.param(
        (Deed("棚", ""),), "台帳は書庫に置く。", "台帳は書庫に置く。", id="nobody says where it stood"
    ),
    pytest.param((Deed("棚", "書庫"),), "書庫と書庫", None, id="twice"),
    pytest.param((Deed("棚", "書庫"),), "書庫か棚に置く。", None, id="the old word is still there"),
    pytest.param((Deed("", "電話番号"),), "氏名、住所", None, id="not there"),
    pytest.param((Deed("棚", ""),), "台帳は棚に置く。", None, id="not taken out"),
]


@pytest.mark.parametrize(("done", "value", "before"), BACK)
def test_deeds_are_taken_back_where_their_words_stand_once(
    done: tuple[Deed, ...], value: str, before: str | None
) -> None:
    assert taken_back(done, value) == before


def test_deeds_are_carried_out_the_other_way_round() -> None:
    assert carried_out((Deed("書庫", "第2書庫"),), "台帳は書庫に置く。") == "台帳は第2書庫に置く。"


TOLD = [
    pytest.param("", "「書庫」を「第2書庫」に変更", "台帳は書庫に置く。", id="told"),
    pytest.param("「書庫」", "「第2書庫」に変更", "台帳は書庫に置く。", id="told in both cells"),
    pytest.param("「書庫」を「第2書庫」に修正", "同左", "台帳は書庫に置く。", id="told in 変更前"),
    pytest.param("", "「に置く」を追加", "台帳は第2書庫。", id="added"),
]


@pytest.mark.parametrize(("before", "after", "earlier"), TOLD)
def test_what_narration_tells_is_put_back_and_never_proved(before: str, after: str, earlier: str) -> None:
    known = known_by(one(STORE, "台帳は第2書庫に置く。", (ON, before, after)))
    assert says(document_as_of(known, day("2023-03-31")), STORE) == (earlier, "partial")
    assert says(document_as_of(known, day("2023-04-01")), STORE) == ("台帳は第2書庫に置く。", "known")


@pytest.mark.parametrize("before", ["", "－", "文言の修正"])
def test_a_remark_without_words_leaves_nothing(before: str) -> None:
    known = known_by(one(STORE, "台帳は第2書庫に置く。", (ON, before, "文言の修正")))
    assert says(document_as_of(known, day("2023-03-31")), STORE) == (None, "unknown")


def test_of_a_choice_narration_tells_all() -> None:
    row = (ON, "", "「再委託しない」を「再委託する」に変更")
    known = known_by(one(CHOICE, "再委託する", row))
    assert says(document_as_of(known, day("2023-03-31")), CHOICE) == ("再委託しない", "known")


def test_a_choice_that_narration_does_not_fit_is_not_proved() -> None:
    row = (ON, "", "「再委託しない」を「再委託する」に変更")
    known = known_by(one(CHOICE, "再委託しない", row))
    assert says(document_as_of(known, day("2023-03-31")), CHOICE) == ("再委託しない", "partial")


def test_beside_an_elision_a_remark_is_narration_and_contradicts_nothing() -> None:
    edition = one(STORE, "台帳は第2書庫に置く。", (ON, "略", "書庫に関する記載を追加。"))
    (change,) = Anchor.of(edition).changes
    lines = timelines(Anchor.of(edition))
    assert lines.styles(lines.anchor.changes[0]) == (Style.ELIDED, Style.NARRATIVE)
    assert change.after == "書庫に関する記載を追加。"
    assert not [finding for finding in validate(edition).findings if finding.severity == "error"]
