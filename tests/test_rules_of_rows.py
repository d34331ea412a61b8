"""Rules about rows of the change table, kind by kind: how loud, about which rows, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.published import Boxes, PublishedEdition
from projections.findings import Cause, Severity
from projections.rules.dates import Notation, Told, notation_of, told_by
from projections.rules.reasons import Reason, reasons_of
from projections.rules.telling import rows_named
from projections.validator import validate
from tests.cases_of_rows import (
    AGAIN,
    AUTUMN,
    CONTRACTOR,
    COUNTED,
    DUTY,
    FORM,
    GROUND,
    HEAD,
    INCIDENT,
    ITEM_BY_ITEM,
    LONG,
    MEDIA,
    NAMED,
    OFFICE,
    RECORDS,
    SPRING,
    STORAGE,
    TRANSFER,
    TRANSFERS,
    USERS,
    WORK,
    dated,
    explained,
    filed,
    of_file,
    transfer,
)
from tests.papers import found, one, paper
from tests.papers import stated as item


def rules_of(edition: PublishedEdition) -> set[str]:
    """The rules that say more than a note of a document."""
    return {f.rule for f in validate(edition).findings if f.severity is not Severity.NOTE}


# --- 変更日 -----------------------------------------------------------------------------------------------

TOLD = [
    pytest.param("令和5年4月3日", Told.DATE, id="a day"),
    pytest.param("平成31年10月1日", Told.DATE, id="a year that its era did not live to see"),
    pytest.param("令和5年4月", Told.DATE, id="a month"),
    pytest.param("R5.4", Told.DATE, id="a month in short notation"),
    pytest.param("令和5年", Told.DATE, id="a year"),
    pytest.param("令和5年4月3日施行", Told.DATE, id="a day and a remark"),
    pytest.param("〃", Told.DATE, id="the cell above"),
    pytest.param("同日", Told.DATE, id="the same day"),
    pytest.param("", Told.NOTHING, id="blank"),
    pytest.param("―", Told.NOTHING, id="a dash"),
    pytest.param("令和5年2月30日", Told.IMPOSSIBLE, id="the 30th of February"),
    pytest.param("令和5年13月1日", Told.IMPOSSIBLE, id="a thirteenth month"),
    pytest.param("令和5年13月", Told.IMPOSSIBLE, id="a thirteenth month without a day"),
    pytest.param("2023/4/31", Told.IMPOSSIBLE, id="the 31st of April, western"),
    pytest.param("令和0年4月1日", Told.IMPOSSIBLE, id="a year zero"),
    pytest.param("20231301", Told.IMPOSSIBLE, id="a thirteenth month in digits alone"),
    pytest.param("未定", Told.WORDS, id="words"),
    pytest.param("令和 年 月 日", Told.WORDS, id="a form that nobody filled in"),
    pytest.param("公表日", Told.WORDS, id="the name of another day"),
    pytest.param("今和5年4月3日", Told.DAMAGED, id="OCR reads 今 for 令"),
]


@pytest.mark.parametrize(("printed", "told"), TOLD)
def test_a_cell_of_the_first_column_tells_something(printed: str, told: Told) -> None:
    assert told_by(printed) is told


def test_wrong_days_and_words_are_two_findings_and_each_has_all_its_rows() -> None:
    edition = dated("令和5年2月30日", "未定", "令和5年4月31日", "未定")
    assert [(f.rows, f.severity) for f in found(edition, "invalid-date")] == [
        ((1, 3), Severity.ERROR),
        ((2, 4), Severity.ERROR),
    ]


def test_an_era_that_cannot_be_read_is_damage() -> None:
    (finding,) = found(dated("今和5年4月3日"), "invalid-date")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)


ORDERS = [
    pytest.param(
        ["令和3年4月1日", "令和5年4月1日", "令和4年4月1日", "令和6年4月1日"], (3,), id="one row behind"
    ),
    pytest.param(
        ["令和3年4月1日", "令和6年4月1日", "令和4年4月1日", "令和5年4月1日"], (2,), id="one row ahead"
    ),
    pytest.param(
        [
            "令和3年3月1日",
            "令和3年5月6日",
            "令和3年6月1日",
            "",
            "令和2年4月1日",
            "令和2年4月1日",
            "令和3年9月1日",
        ],
        (5, 6),
        id="two late rows behind one without a date",
    ),
    pytest.param(
        ["令和6年4月1日", "令和5年4月1日", "令和3年4月1日", "令和4年4月1日", "令和2年4月1日"],
        (4,),
        id="one row of a table that lists the newest first",
    ),
]


@pytest.mark.parametrize(("days", "rows"), ORDERS)
def test_the_rows_out_of_order_are_the_fewest_without_which_the_others_are_in_order(
    days: list[str], rows: tuple[int, ...]
) -> None:
    (finding,) = found(dated(*days), "rows-out-of-order")
    assert (finding.rows, finding.severity) == (rows, Severity.WARNING)


def test_two_revisions_the_other_way_round_may_be_an_order() -> None:
    (finding,) = found(dated(AUTUMN, AUTUMN, SPRING), "rows-out-of-order")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.UNDECIDABLE)


def test_a_planned_day_after_the_publication_is_a_note() -> None:
    (finding,) = found(dated("令和6年10月2日", timing="事前"), "row-after-publication")
    assert finding.severity is Severity.NOTE
    assert "予定日" in finding.message


def test_planned_and_other_days_after_the_publication_are_two_findings() -> None:
    edition = one(
        OFFICE,
        "窓口課",
        ("令和6年10月2日", "市民課", "住民課", "事前"),
        ("令和6年10月2日", "住民課", "窓口課", "事後"),
    )
    assert [(f.rows, str(f.severity)) for f in found(edition, "row-after-publication")] == [
        ((2,), "warning"),
        ((1,), "note"),
    ]


NOTATIONS = [
    pytest.param("令和5年4月3日", Notation.WAREKI, id="和暦"),
    pytest.param("令和5.4.3", Notation.WAREKI, id="和暦 with points"),
    pytest.param("R5.4.3", Notation.SHORT, id="short"),
    pytest.param("令5.4.3", Notation.SHORT, id="short with a character"),
    pytest.param("２０２３/4/3", Notation.WESTERN, id="western"),
]


@pytest.mark.parametrize(("printed", "notation"), NOTATIONS)
def test_a_day_has_a_notation(printed: str, notation: Notation) -> None:
    assert notation_of(printed) is notation


# --- a day typed wrong is one cause --------------------------------------------------------------------


def test_a_row_whose_day_was_typed_wrong_breaks_no_chain() -> None:
    edition = dated("令和3年4月1日", "令和6年4月1日", "令和4年4月1日", "令和5年4月1日")
    assert rules_of(edition) == {"rows-out-of-order"}


def test_a_chain_that_breaks_as_listed_too_is_reported_beside_the_order() -> None:
    edition = one(
        OFFICE,
        "窓口課",
        ("令和3年4月1日", "市民課", "住民課"),
        ("令和5年4月1日", "戸籍課", "税務課"),
        ("令和4年4月1日", "住民課", "戸籍課"),
        ("令和6年4月1日", "福祉課", "窓口課"),
    )
    assert {f.rows for f in found(edition, "chain-break")} == {(2, 4)}


def test_the_same_row_twice_breaks_no_chain() -> None:
    row = (SPRING, "市民課", "住民課")
    edition = one(OFFICE, "窓口課", row, row, (AUTUMN, "住民課", "窓口課"))
    assert rules_of(edition) == {"duplicate-row"}


# --- 提出時期 and its explanation --------------------------------------------------------------------------

TIMINGS = [
    pytest.param("", Severity.ERROR, id="blank"),
    pytest.param("－", Severity.ERROR, id="a dash"),
    pytest.param("公表前", Severity.ERROR, id="other words"),
    pytest.param("事前・事後", Severity.ERROR, id="both"),
]


@pytest.mark.parametrize(("timing", "severity"), TIMINGS)
def test_the_fifth_column_says_one_of_two_words(timing: str, severity: Severity) -> None:
    (finding,) = found(filed(timing), "missing-timing")
    assert finding.severity is severity


def test_a_word_that_slipped_into_the_next_column_is_damage() -> None:
    (finding,) = found(filed("", "事後 入札による委託先の変更"), "missing-timing")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)


def test_the_columns_of_other_forms_are_checked_as_well() -> None:
    row = (SPRING, "Ⅰ－１－②事務の概要", "旧", "新", "", "")
    edition = paper(rows=(row, row, ("令和5年2月30日", *row[1:])))
    other = replace(edition, form="様式2")
    names = {f.rule: (f.severity, f.rows) for f in validate(other).findings}
    assert names["missing-timing"] == (Severity.ERROR, (1, 2, 3))
    assert names["invalid-date"] == (Severity.ERROR, (3,))
    assert names["missing-reason"] == (Severity.NOTE, (1, 2, 3))
    # Whether such a form has one table for several files, nobody can say.
    assert names["duplicate-row"] == (Severity.NOTE, (1, 2))


def test_a_row_three_times_for_two_files_is_once_too_often() -> None:
    row = (SPRING, DUTY, "市民課", "窓口課")
    edition = paper(of_file("宛名", DUTY, "窓口課"), of_file("賦課", DUTY, "窓口課"), rows=(row, row, row))
    (finding,) = found(edition, "duplicate-row")
    assert finding.rows == (1, 2, 3)


def test_a_page_of_rows_twice_is_one_finding_and_of_ocr_a_note() -> None:
    page = tuple((SPRING, OFFICE, f"第{n}課", f"第{n + 1}課") for n in range(4))
    edition = paper(item(OFFICE, "第4課"), rows=(*page, *page))
    (finding,) = found(edition, "duplicate-row")
    assert (set(finding.rows), finding.severity) == (set(range(1, 9)), Severity.WARNING)
    (finding,) = found(replace(edition, reader="ocr-text/2"), "duplicate-row")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)


def test_line_breaks_and_separators_make_no_other_row() -> None:
    edition = paper(
        item(OFFICE, "窓口課"),
        rows=(
            (SPRING, "Ⅰ－６－①部署", "市民課", "窓口課"),
            (SPRING, "Ⅰ 基本情報-6. 評価実施機関における担当部署-①部署", "市民\n課", "窓口課"),
        ),
    )
    assert [f.rows for f in found(edition, "duplicate-row")] == [(1, 2)]


# --- names ---------------------------------------------------------------------------------------------


def test_a_row_that_names_no_file_is_a_note_and_one_for_all() -> None:
    edition = paper(
        of_file("宛名", DUTY, "窓口課"),
        of_file("賦課", DUTY, "窓口課"),
        of_file("宛名", STORAGE, "書庫"),
        of_file("賦課", STORAGE, "書庫"),
        rows=((SPRING, DUTY, "市民課", "窓口課"), (SPRING, STORAGE, "棚", "書庫")),
    )
    (finding,) = found(edition, "ambiguous-item-name")
    assert (finding.rows, finding.severity, finding.cause) == ((1, 2), Severity.NOTE, Cause.UNDECIDABLE)


def test_a_name_that_the_body_makes_clear_is_a_note() -> None:
    edition = paper(
        item("III/4/その他の措置の内容", "確かめる。"),
        item("III/5/その他の措置の内容", "点検する。"),
        rows=((SPRING, "Ⅲ－その他の措置の内容", "確認する。", "確かめる。"),),
    )
    (finding,) = found(edition, "abbreviated-item-name")
    assert [str(path) for path in finding.items] == ["III/4/その他の措置の内容"]
    assert finding.severity is Severity.NOTE


UNDERSTOOD = [
    pytest.param("Ⅰ－６－①部署、②所属長の役職名", id="two items"),
    pytest.param("Ⅱ－４－委託事項1～2－③委託先名", id="an item of two groups"),
    pytest.param("Ⅰ－６－①部署ほか", id="ほか announces others"),
    pytest.param("Ⅱ－６－保管場所【中間サーバーにおける措置】", id="a passage in 【】"),
    pytest.param("Ⅱ－６－保管場所＜中間サーバー・プラットフォーム＞", id="a passage in ＜＞"),
    pytest.param("Ⅱ－６－保管場所 中間サーバーにおける措置", id="a passage without brackets"),
    pytest.param("評価書全体", id="the whole document"),
]


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_cell_that_is_understood_is_no_unknown_item(text: str) -> None:
    edition = paper(
        item(OFFICE, "窓口課"),
        item(HEAD, "窓口課長"),
        item(STORAGE, "中間サーバーの部屋に置く。"),
        item("II/4/委託事項1", "保守"),
        item(CONTRACTOR, "なぎさ印刷"),
        item("II/4/委託事項2", "印刷"),
        item("II/4/委託事項2/③委託先名", "なぎさ印刷"),
        rows=((SPRING, text, "「子供」", "「子供」を「こども」に変更"),),
    )
    assert found(edition, "unknown-item") == []


@pytest.mark.parametrize(
    "text", ["待合スペースの掲示物", "Ⅰ－６－①部署 待合スペースの掲示物の見直しについて"]
)
def test_words_that_name_nothing_are_an_unknown_item(text: str) -> None:
    edition = paper(item(OFFICE, "窓口課"), rows=((SPRING, text, "市民課", "窓口課"),))
    assert len(found(edition, "unknown-item")) == 1


# --- announced -----------------------------------------------------------------------------------------


def test_a_note_on_an_item_of_several_files_hides_a_change_as_well() -> None:
    edition = paper(
        of_file("宛名", CONTRACTOR, "なぎさ印刷"),
        of_file("賦課", CONTRACTOR, "なぎさ印刷"),
        rows=((SPRING, CONTRACTOR, "汐風印刷", "なぎさ印刷\n※④～⑥変更あり。"),),
    )
    (finding,) = found(edition, "hidden-change")
    assert finding.rows == (1,)


def test_what_a_note_announces_is_no_unrecorded_change_beside_it() -> None:
    edition = paper(
        item(CONTRACTOR, "なぎさ印刷"),
        item(AGAIN, "再委託しない"),
        rows=((SPRING, CONTRACTOR, "汐風印刷", "なぎさ印刷\n※④変更あり。", "事前"),),
    )
    assert rules_of(edition) == {"hidden-change"}


OPEN_NOTES = [
    pytest.param("※他の項目も同様に変更あり。", id="others"),
    pytest.param("（以下の項目も同様に変更）", id="those below"),
]


@pytest.mark.parametrize("note", OPEN_NOTES)
def test_a_note_hides_a_change_though_no_item_stands_beside_its_own(note: str) -> None:
    (finding,) = found(one(STORAGE, "書庫", (SPRING, "棚", f"書庫\n{note}")), "hidden-change")
    assert (finding.rows, [str(path) for path in finding.items]) == ((1,), [STORAGE])


# --- narration -----------------------------------------------------------------------------------------


def test_a_sentence_that_takes_the_place_of_one_much_like_it_tells_nothing() -> None:
    before = "職員番号と暗証番号で利用者を見分け、人事異動の日に権限を改める。"
    after = before.replace("職員番号", "旅券番号")
    assert rules_of(one(STORAGE, before, (SPRING, before, after))) == {"body-keeps-before-text"}
    assert rules_of(one(STORAGE, before, (SPRING, "書庫", "保管場所の記載を改める。"))) == {"narrative-row"}


# --- against the body ----------------------------------------------------------------------------------

KEPT = [
    pytest.param(one(OFFICE, "市民課", (SPRING, "市民課", "窓口課")), id="a whole text"),
    pytest.param(
        one(WORK, "申請を受ける。審査する。", (SPRING, "申請を受ける", "申請を受理する")),
        id="a part of a text",
    ),
    pytest.param(one(STORAGE, LONG, (SPRING, "鍵は所属長が管理する。", "（削除）")), id="words taken out"),
    pytest.param(one(USERS, "10人未満", (SPRING, "10人未満", "10人以上50人未満")), id="an option"),
    pytest.param(
        one(MEDIA, Boxes((), ("専用線",)), (SPRING, "[] 専用線", "[○] 専用線")), id="a box that is not ticked"
    ),
    pytest.param(one(TRANSFERS, "3", (SPRING, "3", "4")), id="a number of 件"),
]


@pytest.mark.parametrize("edition", KEPT)
def test_a_body_that_was_not_updated_is_one_warning(edition: PublishedEdition) -> None:
    assert [f.severity for f in found(edition, "body-keeps-before-text")] == [Severity.WARNING]
    assert found(edition, "body-disagrees") == []


def test_what_extraction_damaged_is_a_note() -> None:
    edition = paper(item(OFFICE, "市民課", doubt="文字化け"), rows=((SPRING, OFFICE, "市民課", "窓口課"),))
    for finding in validate(edition).findings:
        assert finding.severity is Severity.NOTE


NEARLY = [
    pytest.param("ocr-text/2", LONG.replace("施錠", "旋錠"), "note", id="OCR, a letter"),
    pytest.param("ocr-text/2", LONG.replace("毎月", "年2回"), "error", id="OCR, a number"),
    pytest.param("ocr-text/2", LONG.replace("所属長", "情報管理者"), "error", id="OCR, a word"),
    pytest.param("docx/1", LONG.replace("施錠", "旋錠"), "error", id="no OCR"),
]


def test_a_text_that_breaks_off_behind_a_long_number_is_found() -> None:
    said = "・電話 000-000-0101 内線12。\n・○は実施、×は未実施を示す。"
    (finding,) = found(one(STORAGE, said, (SPRING, "棚", said.removesuffix("を示す。"))), "truncated-text")
    assert finding.evidence[-1] == ("続き", "を示す")


def test_a_misread_letter_behind_an_elision_is_a_note() -> None:
    after = "平成28年1月以降、職員が申請書を施錠した書庫に保管する。"
    edition = one(STORAGE, f"棚に置く。\n{after}", (SPRING, "略", f"略\n{after.replace('平', '畏', 1)}"))
    assert [str(f.severity) for f in found(replace(edition, reader="ocr-text/3"), "body-disagrees")] == [
        "note"
    ]


def test_another_word_at_the_edge_of_a_passage_is_no_misread_letter() -> None:
    after = "平成28年1月以降、職員が申請書を施錠した書庫に保管する。"
    edition = one(STORAGE, after.replace("平成", "保育料徴収"), (SPRING, "棚", after))
    assert [str(f.severity) for f in found(replace(edition, reader="ocr-text/3"), "body-disagrees")] == [
        "error"
    ]


def test_a_chain_worked_out_from_boxes_without_ticks_may_be_broken_by_ocr() -> None:
    rows = ((SPRING, "[ ] 紙", "[○] 紙"), (AUTUMN, "[ ] 専用線", "[○] 専用線"))
    lost = one(MEDIA, Boxes((), ("紙", "専用線")), *rows)
    for reader, severity in (("ocr-text/3", "note"), ("workbook/2", "error")):
        told = found(replace(lost, reader=reader), "chain-break")
        assert [str(f.severity) for f in told] == [severity]


def test_a_misread_letter_in_a_word_of_two_spellings_is_a_note() -> None:
    law = "番号利用法第9条第1項の定めにより、届出の内容を本人に確かめる。"
    edition = replace(one(STORAGE, law, (SPRING, "棚", law.replace("用法", "用閤"))), reader="ocr-text/3")
    assert [str(f.severity) for f in found(edition, "body-disagrees")] == ["note"]


@pytest.mark.parametrize(("reader", "after", "severity"), NEARLY)
def test_what_ocr_may_have_misread_is_a_note(reader: str, after: str, severity: str) -> None:
    against_body = replace(one(STORAGE, LONG, (SPRING, "棚", after)), reader=reader)
    in_table = replace(one(STORAGE, "書庫", (SPRING, "棚", after), (AUTUMN, LONG, "書庫")), reader=reader)
    for edition, rule in ((against_body, "body-disagrees"), (in_table, "chain-break")):
        assert [str(f.severity) for f in found(edition, rule)] == [severity]


CUT = "書類は施錠した書庫に収め、利用の記録は毎月点検する。データは専用のＩＣカー"
CUT_OFF = [
    pytest.param(CUT, f"{CUT}ドに収める。", "note", id="in the middle of a word in katakana"),
    pytest.param(f"{CUT}ド9", f"{CUT}ド91枚に収める。", "note", id="in the middle of a number"),
    pytest.param(f"{CUT}ド9", f"{CUT}ド91", "error", id="another number at the end"),
    pytest.param("専用のＩＣカー", "専用のＩＣカード", "error", id="a short text is another word"),
]


@pytest.mark.parametrize(("cut", "whole", "severity"), CUT_OFF)
def test_a_long_text_that_breaks_off_in_a_word_is_a_note(cut: str, whole: str, severity: str) -> None:
    against_body = one(STORAGE, whole, (SPRING, "棚", cut))
    in_table = one(STORAGE, "書庫", (SPRING, "棚", cut), (AUTUMN, whole, "書庫"))
    for edition, rule in ((against_body, "body-disagrees"), (in_table, "chain-break")):
        assert [str(f.severity) for f in found(edition, rule)] == [severity]


def test_a_box_in_a_set_without_any_tick_was_lost_by_ocr() -> None:
    boxes = one(MEDIA, Boxes((), ("紙", "専用線")), (SPRING, "[] 専用線", "[○] 専用線"))
    (finding,) = found(replace(boxes, reader="ocr-text/2"), "body-keeps-before-text")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)
    ticked = one(MEDIA, Boxes(("紙",), ("専用線",)), (SPRING, "[] 専用線", "[○] 専用線"))
    (finding,) = found(replace(ticked, reader="ocr-text/2"), "body-keeps-before-text")
    assert finding.severity is Severity.WARNING


# --- without a row -------------------------------------------------------------------------------------


def both_counted(*rows: tuple[str, ...]) -> PublishedEdition:
    """The edition with one 移転先, and two 提供先 that are counted in the same cell."""
    edition = transfer(*rows)
    given = [
        item("II/5/提供・移転の有無/提供を行っている/件", "2"),
        *(item(f"II/5/提供先{n}", "県") for n in (1, 2)),
    ]
    return replace(edition, items=(*given, *edition.items))


PROVED = [
    pytest.param(
        transfer(COUNTED, NAMED, *ITEM_BY_ITEM[:-1]), {f"{TRANSFER}/⑦時期・頻度"}, id="an item of a new group"
    ),
    pytest.param(transfer(COUNTED), {TRANSFER}, id="a group that only the number counts"),
    pytest.param(transfer(NAMED, *ITEM_BY_ITEM), {TRANSFERS}, id="the number of a new group"),
    pytest.param(
        transfer(*ITEM_BY_ITEM), {TRANSFER, TRANSFERS}, id="the name and the number, as one finding"
    ),
    pytest.param(
        transfer(
            NAMED, *ITEM_BY_ITEM, (SPRING, COUNTED[1], "提供を行っている(1件)", "提供を行っている(2件)")
        ),
        {TRANSFERS},
        id="the number, and a row on the other number in its cell",
    ),
]


@pytest.mark.parametrize(("edition", "items"), PROVED)
def test_what_the_rows_prove_and_do_not_record_is_one_warning(
    edition: PublishedEdition, items: set[str]
) -> None:
    (finding,) = found(edition, "unrecorded-change")
    assert {str(path) for path in finding.items} == items
    assert finding.severity is Severity.WARNING


def test_a_row_that_may_be_about_the_number_of_either_file_is_enough() -> None:
    """Which of two files it means is open, and so is whether the number has a row."""
    path = "II/5/提供・移転の有無"
    groups = [
        of_file("宛名", one_of, words)
        for one_of, words in ((f"{path}/移転を行っている/件", "1"), (TRANSFER, "福祉課"))
    ]
    edition = paper(
        *groups,
        of_file("賦課", f"{path}/移転を行っている/件", "1"),
        of_file("賦課", TRANSFER, "税務課"),
        rows=(
            (SPRING, path, "移転を行っている(0)件", "移転を行っている(1)件"),
            (SPRING, "II[宛名]/5/移転先1", "－", "福祉課"),
        ),
    )
    assert found(edition, "unrecorded-change") == []


# --- explanations --------------------------------------------------------------------------------------

REASONS = [
    pytest.param(FORM, {Reason.FORM}, id="the form, and the claim"),
    pytest.param("評価書の様式変更に伴う修正", {Reason.FORM}, id="the form"),
    pytest.param("組織改正に伴う課名の変更", {Reason.OFFICE}, id="an office"),
    pytest.param("番号法改正による号ずれの修正", {Reason.NUMBERS}, id="renumbering by a statute"),
    pytest.param("法改正に伴う変更", set(), id="a statute may bring about anything"),
    pytest.param("法改正による号番号の変更、及び根拠となる条例の追加", set(), id="renumbering, and more"),
    pytest.param("号ずれの修正", {Reason.NUMBERS}, id="renumbering"),
    pytest.param(
        "入札による委託先の変更であり、重要な変更には該当しない", {Reason.CONTRACTOR}, id="a contractor"
    ),
    pytest.param("事故の発生から3年が経過したため", {Reason.INCIDENT}, id="an incident"),
    pytest.param("様式変更及び組織改正", {Reason.FORM, Reason.OFFICE}, id="two grounds"),
    pytest.param("様式変更等", set(), id="等"),
    pytest.param("国の記載例により記載変更", set(), id="a template"),
    pytest.param("システム更改のため", set(), id="an occasion"),
    pytest.param("", set(), id="blank"),
]


@pytest.mark.parametrize(("explanation", "reasons"), REASONS)
def test_an_explanation_gives_closed_grounds(explanation: str, reasons: set[Reason]) -> None:
    assert reasons_of(explanation) == reasons


MISMATCHES = [
    pytest.param(OFFICE, "子ども育成課", "子育て支援課", FORM, id="an office, by the form"),
    pytest.param(OFFICE, "市民課", "窓口課", "入札による委託先の変更", id="an office, by a tender"),
    pytest.param(CONTRACTOR, "汐風印刷", "なぎさ情報サービス", "組織改正に伴う課名変更", id="a contractor"),
    pytest.param(GROUND, "番号法第9条第7号", "番号法第9条第8号", "入札による委託先の変更", id="a statute"),
    pytest.param(INCIDENT, "発生なし", "発生あり", "評価書の様式変更に伴う修正", id="an incident"),
]


@pytest.mark.parametrize(("path", "before", "after", "explanation"), MISMATCHES)
def test_a_closed_ground_that_cannot_bring_about_the_change_is_reported(
    path: str, before: str, after: str, explanation: str
) -> None:
    (finding,) = found(explained(path, before, after, explanation), "reason-mismatch")
    assert finding.severity is Severity.WARNING


def test_the_rows_with_one_mismatched_explanation_are_one_finding() -> None:
    edition = paper(
        item(OFFICE, "子育て支援課"),
        item(HEAD, "子育て支援課長"),
        rows=(
            (SPRING, OFFICE, "子ども育成課", "子育て支援課", "事後", FORM),
            (SPRING, HEAD, "子ども育成課長", "子育て支援課長", "事後", FORM),
        ),
    )
    assert [f.rows for f in found(edition, "reason-mismatch")] == [(1, 2)]


def test_a_new_name_of_the_basic_data_fits_a_new_edition_of_the_form() -> None:
    boxes = Boxes(("5情報（氏名、氏名の振り仮名、性別、生年月日、住所）",))
    edition = one(RECORDS, boxes, (SPRING, "[○] 4情報", "[○] 5情報", "事後", FORM))
    assert found(edition, "reason-mismatch") == []


# --- how rows are called -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([3], "行3"),
        ([3, 4], "行3、行4"),
        ([5, 3, 4], "行3～行5"),
        ([1, 3, 4, 5, 9], "行1、行3～行5、行9"),
    ],
)
def test_rows_that_follow_each_other_are_called_as_a_span(numbers: list[int], told: str) -> None:
    assert rows_named(numbers) == told
