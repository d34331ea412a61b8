"""A value is `known` only where rows and anchors prove it: cases in which a guess would be near at hand."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.form import form3
from ledger.published import Boxes
from projections.as_of import document_as_of
from projections.readings import Certainty
from projections.validator import validate
from tests.papers import at, known_by, paper, stated

ROOM = "I/6/①部署"
ROOM_CELL = "Ⅰ 基本情報－6. 評価実施機関における担当部署－①部署"
STORE = "II/6/保管場所"
STORE_CELL = "Ⅱ 特定個人情報ファイルの概要－6. 特定個人情報の保管・消去－保管場所"
CONNECTED = "I/2/システム1/③他のシステムとの接続"
CONNECTED_CELL = "Ⅰ 基本情報－2－システム1－③他のシステムとの接続"
KNOWN = Certainty.KNOWN

SPLICED = [
    pytest.param(
        ("V/1/①実施日", "Ⅴ 評価実施手続－1. 基礎項目評価－①実施日", "2020/1/15"),
        ("2016/1/29", "2020/1/1"),
        "2016/1/295",
        id="a day is no part of another day",
    ),
    pytest.param(
        ("II/5/提供・移転の有無/提供を行っている/件", "Ⅱ－5－提供・移転の有無－提供を行っている－件", "12"),
        ("1", "2"),
        "11",
        id="a number is no part of another number",
    ),
    pytest.param(
        (STORE, STORE_CELL, "申請書は15年保存する。"),
        ("3年", "5年"),
        "申請書は13年保存する。",
        id="nor inside a sentence",
    ),
]


@pytest.mark.parametrize(("item", "row", "invented"), SPLICED)
def test_a_quotation_is_never_spliced_into_a_number(
    item: tuple[str, str, str], row: tuple[str, str], invented: str
) -> None:
    path, cell, body = item
    edition = paper(stated(path, body), rows=(("令和5年4月1日", cell, *row),))
    shown = at(document_as_of(known_by(edition), date(2023, 1, 1)), path)
    assert shown.reading.value != invented


def test_a_shortened_choice_is_the_option_it_names() -> None:
    path = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
    edition = paper(stated(path, "発生あり"), rows=(("令和5年4月1日", "Ⅲ－7－②", "なし", "あり"),))
    assert at(document_as_of(known_by(edition), date(2023, 1, 1)), path).reading.value == "発生なし"


def test_a_dash_before_a_part_does_not_empty_the_item() -> None:
    body = "A室。\nBセンターに置く。\nC社が監視する。"
    edition = paper(
        stated(STORE, body),
        rows=(
            ("平成30年4月1日", STORE_CELL, "－", "Bセンターに置く。"),
            ("令和4年4月1日", STORE_CELL, "略", "「C社が監視する。」を追加。"),
        ),
    )
    for day in (date(2017, 1, 1), date(2020, 1, 1)):
        assert at(document_as_of(known_by(edition), day), STORE).reading.certainty is not KNOWN


@pytest.mark.parametrize("before", ["", "－", "なし", "（新規）"])
def test_a_box_that_was_added_leaves_the_other_boxes_as_they_are(before: str) -> None:
    now = Boxes(checked=("庁内連携システム", "税務システム"), unchecked=("宛名システム等",))
    edition = paper(
        stated(CONNECTED, now), rows=(("令和5年4月1日", CONNECTED_CELL, before, "[○] 税務システム"),)
    )
    value = at(document_as_of(known_by(edition), date(2023, 1, 1)), CONNECTED).reading.value
    assert isinstance(value, Boxes)
    assert value.checked == ("庁内連携システム",)
    assert value.unchecked == ("宛名システム等", "税務システム")


def test_only_the_text_of_the_named_box_changes() -> None:
    path, cell = "II/3/①入手元", "Ⅱ 特定個人情報ファイルの概要－3. 特定個人情報の入手・使用－①入手元"
    now = Boxes(
        checked=("評価実施機関内の他部署", "その他"),
        other_text="評価実施機関内の他部署：町民課、税務課\nその他：マイナポータル",
    )
    edition = paper(
        stated(path, now), rows=(("令和5年4月1日", cell, "[] その他", "[○] その他(マイナポータル)"),)
    )
    value = at(document_as_of(known_by(edition), date(2023, 1, 1)), path).reading.value
    assert isinstance(value, Boxes)
    assert value.checked == ("評価実施機関内の他部署",)
    assert value.other_text == "評価実施機関内の他部署：町民課、税務課"


def test_a_row_without_a_date_above_it_may_have_happened_any_day() -> None:
    edition = paper(stated(ROOM, "D課"), rows=(("", ROOM_CELL, "C課", "D課"),))
    assert (
        at(document_as_of(known_by(edition), date(2020, 1, 1)), ROOM).reading.certainty is Certainty.PARTIAL
    )


def test_a_row_without_a_date_keeps_its_place_in_the_table() -> None:
    rows = (
        ("平成30年4月1日", ROOM_CELL, "A課", "B課"),
        ("", ROOM_CELL, "B課", "C課"),
        ("令和4年4月1日", ROOM_CELL, "C課", "D課"),
    )
    edition = paper(stated(ROOM, "D課"), rows=rows)
    known = known_by(edition)
    assert at(document_as_of(known, date(2023, 1, 1)), ROOM).reading.value == "D課"
    assert at(document_as_of(known, date(2020, 1, 1)), ROOM).reading.certainty is Certainty.PARTIAL
    assert not [f for f in validate(edition).findings if f.rule in {"body-disagrees", "chain-break"}]


def test_a_row_that_may_be_about_several_items_makes_all_of_them_unsure() -> None:
    adequate = ("III/3/リスク1/リスクへの対策は十分か", "III/3/リスク2/リスクへの対策は十分か")
    edition = paper(
        *(stated(path, "十分である") for path in adequate),
        rows=(
            (
                "令和5年4月1日",
                "Ⅲ リスク対策－3. 特定個人情報の使用－リスクへの対策は十分か",
                "課題が残されている",
                "十分である",
            ),
        ),
    )
    shown = document_as_of(known_by(edition), date(2020, 1, 1))
    assert all(at(shown, path).reading.certainty is not KNOWN for path in adequate)
    assert not [f for f in validate(edition).findings if f.severity == "error"]


def test_a_row_without_the_number_of_its_group_is_placed_by_its_words() -> None:
    first, second = "II/4/委託事項1/③委託先名", "II/4/委託事項2/③委託先名"
    edition = paper(
        stated(first, "P社"),
        stated(second, "Q社"),
        rows=(("令和5年4月1日", "Ⅱ－4－③委託先名", "O社", "Q社"),),
    )
    shown = document_as_of(known_by(edition), date(2020, 1, 1))
    assert at(shown, first).reading.value == "P社"
    assert at(shown, second).reading.value == "O社"
    assert not [f for f in validate(edition).findings if f.severity == "error"]


def test_between_a_row_and_the_body_that_denies_it_nothing_is_certain() -> None:
    edition = paper(stated(ROOM, "D課"), rows=(("平成30年4月1日", ROOM_CELL, "A課", "B課"),))
    known = known_by(edition)
    assert at(document_as_of(known, date(2021, 1, 1)), ROOM).reading.certainty is Certainty.PARTIAL
    assert at(document_as_of(known, date(2024, 10, 1)), ROOM).reading.certainty is KNOWN


def test_an_item_that_the_later_edition_no_longer_has_is_not_left_out() -> None:
    system = "I/2/システム2/①システムの名称"
    earlier = paper(stated(ROOM, "A課"), stated(system, "S2"), published="令和4年1月10日")
    later = paper(
        stated(ROOM, "A課"), published="令和6年1月10日", rows=(("令和5年4月1日", STORE_CELL, "甲", "乙"),)
    )
    shown = document_as_of(known_by(earlier, later), date(2023, 1, 10))
    assert at(shown, system).reading.certainty is Certainty.PARTIAL
    assert at(shown, system).reading.value == "S2"


@pytest.mark.parametrize("told", ["C社による監視の記載を追加", "旧記載を新記載に修正", "文言の修正"])
def test_a_remark_on_the_editing_is_no_contradiction_of_the_body(told: str) -> None:
    edition = paper(stated(STORE, "A室に置く。"), rows=(("令和5年4月1日", STORE_CELL, "", told),))
    assert not [f for f in validate(edition).findings if f.rule == "body-disagrees"]


def test_words_that_read_like_narration_but_stand_in_the_item_are_a_quotation() -> None:
    body = "本人の申請により「退職者」の権限を削除する。"
    edition = paper(stated(STORE, body), rows=(("令和5年4月1日", STORE_CELL, "何もしない。", body),))
    shown = at(document_as_of(known_by(edition), date(2020, 1, 1)), STORE)
    assert (shown.reading.value, shown.reading.certainty) == ("何もしない。", KNOWN)


def test_one_number_is_not_another() -> None:
    edition = paper(stated(STORE, "②の窓口"), rows=(("令和5年4月1日", STORE_CELL, "甲の窓口", "①の窓口"),))
    assert [f.rule for f in validate(edition).findings if f.severity == "error"] == ["body-disagrees"]


def test_two_rows_that_may_be_about_the_same_items_decide_nothing() -> None:
    first, second = "II/4/委託事項1/③委託先名", "II/4/委託事項2/③委託先名"
    edition = paper(
        stated(first, "R社"),
        stated(second, "Q社"),
        rows=(
            ("令和3年4月1日", "Ⅱ－4－③委託先名", "P社", "Q社"),
            ("令和5年4月1日", "Ⅱ－4－③委託先名", "Q社", "R社"),
        ),
    )
    shown = document_as_of(known_by(edition), date(2020, 1, 1))
    assert all(at(shown, path).reading.certainty is not KNOWN for path in (first, second))


def test_lists_of_ticked_boxes_leave_out_what_is_not_ticked() -> None:
    now = Boxes(checked=("庁内連携システム", "税務システム"), unchecked=("宛名システム等",))
    row = ("令和5年4月1日", CONNECTED_CELL, "[○] 庁内連携システム", "[○] 庁内連携システム [○] 税務システム")
    value = at(
        document_as_of(known_by(paper(stated(CONNECTED, now), rows=(row,))), date(2023, 1, 1)), CONNECTED
    )
    assert isinstance(value.reading.value, Boxes)
    assert value.reading.value.checked == ("庁内連携システム",)


def test_a_dash_proves_nothing_where_the_state_after_it_is_not_proved() -> None:
    rows = (
        ("平成30年4月1日", STORE_CELL, "－", "Bセンターに置く。"),
        ("令和4年4月1日", STORE_CELL, "Bセンターに置く。", "－"),
    )
    known = known_by(paper(stated(STORE, "A室。"), rows=rows))
    for day in (date(2017, 1, 1), date(2020, 1, 1)):
        assert at(document_as_of(known, day), STORE).reading.certainty is not KNOWN


def test_an_item_with_several_dates_is_read_like_a_text() -> None:
    path, cell = "II/2/⑤保有開始日", "Ⅱ－2－⑤保有開始日"
    body = "平成27年10月5日（システムA）\n令和7年1月14日（システムB）"
    edition = paper(stated(path, body), rows=(("令和5年4月1日", cell, "", "令和7年1月14日（システムB）"),))
    shown = at(document_as_of(known_by(edition), date(2020, 1, 1)), path)
    assert shown.reading.value == "平成27年10月5日（システムA）"
    assert not [f for f in validate(edition).findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("body", "row"),
    [
        pytest.param("株式会社アイネス", ("株式会社光", "株式会社アイ"), id="a word in katakana"),
        pytest.param("子育て支援課", ("こども課", "支援課"), id="a word in a short name"),
        pytest.param(
            "申請書は13年保存する。", ("（略）5年保存する。", "（略）3年保存する。"), id="a number behind 略"
        ),
    ],
)
def test_a_part_is_never_put_into_the_middle_of_a_word(body: str, row: tuple[str, str]) -> None:
    edition = paper(stated(ROOM, body), rows=(("令和5年4月1日", ROOM_CELL, *row),))
    assert at(document_as_of(known_by(edition), date(2020, 1, 1)), ROOM).reading.certainty is not KNOWN


@pytest.mark.parametrize(
    ("path", "body", "row"),
    [
        pytest.param(
            "III/7/②", "発生あり", ("２）発生なし", "１）発生あり"), id="with the number of the list"
        ),
        pytest.param(
            "III/7/②",
            "発生あり",
            ("[発生なし] ＜選択肢＞", "[発生あり] ＜選択肢＞ 1) 発生あり"),
            id="the cell",
        ),
        pytest.param("II/4/委託の有無", "委託する", ("3件", "4件"), id="only the number beside it"),
        pytest.param("II/4/委託の有無/件", "4", ("（３）件", "（４）件"), id="the number as it is printed"),
        pytest.param(STORE, "－", ("紙の控えを置く。", "（削除）"), id="taken out, in words"),
        pytest.param(ROOM, "データ管理課", ("総務課", "ﾃﾞｰﾀ管理課"), id="half-width kana"),
        pytest.param(
            "II/4/委託事項1/③委託先名", "乙社", ("③委託先名 甲社", "③委託先名 乙社"), id="the label once more"
        ),
    ],
)
def test_another_way_to_write_the_same_is_no_contradiction(
    path: str, body: str, row: tuple[str, str]
) -> None:
    place = str(next(i.at() for i in form3() if i.key == "III.7.2")) if path == "III/7/②" else path
    edition = paper(stated(place, body), rows=(("令和5年4月1日", place, *row),))
    assert not [f for f in validate(edition).findings if f.severity == "error"]


def test_the_free_text_of_a_box_is_compared_too() -> None:
    now = Boxes(checked=("その他",), other_text="マイナポータル")
    row = ("令和5年4月1日", "Ⅱ－3－①入手元", "[] その他", "[○] その他（コンビニ）")
    edition = paper(stated("II/3/①入手元", now), rows=(row,))
    assert [f.rule for f in validate(edition).findings if f.severity == "error"] == ["body-disagrees"]
