"""The document on a day: what each item said, how certain that is, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.published import Boxes, PublishedEdition, TableState
from projections.as_of import document_as_of
from projections.documents import Basis
from projections.editions import assessment
from projections.readings import Certainty
from tests.papers import FIRST_RECORDING, at, day, entries, known_by, paper, received, recorded, says
from tests.papers import stated as item

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
WORK = "I/1/②事務の内容"
FIRST_DAY = "V/1/①実施日"
LIST = "別添1/特定個人情報ファイル記録項目"
CONTRACT = "II/4/委託事項1"
TRANSFER = "II/5/移転先1"


def one_change(day_printed: str = "令和6年8月1日", timing: str = "事後") -> PublishedEdition:
    """市民課 became 窓口課; the head of the office was never touched."""
    return paper(
        item(OFFICE, "窓口課"),
        item(HEAD, "窓口課長"),
        rows=((day_printed, OFFICE, "市民課", "窓口課", timing),),
    )


# --- one edition ----------------------------------------------------------------------------------


def test_a_change_takes_effect_on_its_day_and_not_the_day_before() -> None:
    known = known_by(one_change())
    assert says(document_as_of(known, day("2024-07-31")), OFFICE) == ("市民課", "known")
    assert says(document_as_of(known, day("2024-08-01")), OFFICE) == ("窓口課", "known")


def test_the_state_names_the_row_that_began_it_and_since_when() -> None:
    known = known_by(one_change())
    begun = at(document_as_of(known, day("2024-08-01")), OFFICE)
    assert begun.since == day("2024-08-01")
    assert begun.change is not None
    assert begun.change.row == 1
    oldest = at(document_as_of(known, day("2024-07-31")), OFFICE)
    assert (oldest.since, oldest.change) == (None, None)
    assert "最も古い" in oldest.reading.reason


def test_without_a_day_the_latest_state_is_given() -> None:
    assert says(document_as_of(known_by(one_change())), OFFICE) == ("窓口課", "known")


def test_a_planned_day_has_come_by_the_day_of_publication() -> None:
    known = known_by(one_change("令和7年1月1日", "事前"))
    assert says(document_as_of(known, day("2024-09-30")), OFFICE) == ("市民課", "known")
    assert says(document_as_of(known, day("2024-10-01")), OFFICE) == ("窓口課", "known")


def test_an_item_without_a_row_never_changed() -> None:
    reading = at(document_as_of(known_by(one_change()), day("2000-01-01")), HEAD).reading
    assert (reading.value, reading.certainty) == ("窓口課長", Certainty.KNOWN)
    assert "行はない" in reading.reason


DITTO = [pytest.param(mark, id=mark) for mark in ("〃", "同上", "同日", " 〃 ", "上に同じ")]


@pytest.mark.parametrize("mark", DITTO)
def test_a_ditto_states_the_day_above(mark: str) -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=(("令和5年4月1日", HEAD, "市民課長", "窓口課長"), (mark, OFFICE, "市民課", "窓口課")),
        )
    )
    assert says(document_as_of(known, day("2023-03-31")), OFFICE) == ("市民課", "known")
    assert says(document_as_of(known, day("2023-04-01")), OFFICE) == ("窓口課", "known")


@pytest.mark.parametrize("mark", DITTO)
def test_a_ditto_states_the_cell_above_in_every_column_that_may_have_one(mark: str) -> None:
    rows = (
        ("令和5年4月1日", OFFICE, "市民課", "福祉課", "事前", "組織改正"),
        (mark, mark, "福祉課", "窓口課", mark, mark),
        (mark, HEAD, "市民課長", "窓口課長", "事後", mark),
    )
    first, second, third = known_by(paper(item(OFFICE, "窓口課"), rows=rows)).changes
    assert (second.day, second.timing, second.reason) == (first.day, "事前", "組織改正")
    assert second.resolution == first.resolution
    assert (third.day, third.timing, third.reason) == (first.day, "事後", "組織改正")
    assert second.item_text == mark  # the words stay as printed


def test_a_ditto_below_a_blank_cell_states_nothing() -> None:
    rows = (("令和5年4月1日", HEAD, "甲", "乙"), ("", HEAD, "乙", "丙"), ("〃", OFFICE, "市民課", "窓口課"))
    *_, last = known_by(paper(item(OFFICE, "窓口課"), rows=rows)).changes
    assert last.day is None


def test_a_row_without_a_date_is_an_interval() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=(("令和5年4月1日", HEAD, "市民課長", "窓口課長"), ("", OFFICE, "市民課", "窓口課")),
        )
    )
    assert says(document_as_of(known, day("2023-03-31")), OFFICE) == ("市民課", "known")
    within = at(document_as_of(known, day("2024-09-30")), OFFICE).reading
    assert within.certainty is Certainty.PARTIAL
    assert set(within.rivals) == {"市民課", "窓口課"}
    assert "変更日がなく" in within.reason
    assert says(document_as_of(known, day("2024-10-01")), OFFICE) == ("窓口課", "known")


def test_an_undated_row_has_taken_effect_when_the_next_row_on_the_item_has() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            rows=(
                ("令和3年4月1日", OFFICE, "市民課", "住民課"),
                ("", OFFICE, "住民課", "戸籍課"),
                ("令和5年4月1日", OFFICE, "戸籍課", "窓口課"),
            ),
        )
    )
    within = at(document_as_of(known, day("2023-03-31")), OFFICE).reading
    assert (within.certainty, set(within.rivals)) == (Certainty.PARTIAL, {"住民課", "戸籍課"})
    assert says(document_as_of(known, day("2023-04-01")), OFFICE) == ("窓口課", "known")


def test_a_first_row_without_a_date_has_no_beginning() -> None:
    known = known_by(paper(item(OFFICE, "窓口課"), rows=(("", OFFICE, "市民課", "窓口課"),)))
    for on in ("2000-01-01", "2024-09-30"):
        reading = at(document_as_of(known, day(on)), OFFICE).reading
        assert (reading.certainty, set(reading.rivals)) == (Certainty.PARTIAL, {"市民課", "窓口課"})
    assert says(document_as_of(known, day("2024-10-01")), OFFICE) == ("窓口課", "known")


def test_two_rows_without_a_date_leave_three_readings() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            rows=(("", OFFICE, "市民課", "住民課"), ("", OFFICE, "住民課", "窓口課")),
        )
    )
    within = at(document_as_of(known, day("2024-09-30")), OFFICE).reading
    assert set(within.rivals) == {"市民課", "住民課", "窓口課"}


def test_rows_that_follow_one_another_are_known_at_every_step() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            rows=(
                ("令和3年4月1日", OFFICE, "市民課", "住民課"),
                ("令和4年4月1日", OFFICE, "住民課", "市民課"),
                ("令和5年4月1日", OFFICE, "市民課", "窓口課"),
            ),
        )
    )
    days = ("2021-03-31", "2021-04-01", "2022-04-01", "2023-04-01")
    assert [says(document_as_of(known, day(each)), OFFICE) for each in days] == [
        ("市民課", "known"),
        ("住民課", "known"),
        ("市民課", "known"),
        ("窓口課", "known"),
    ]


def test_a_broken_chain_leaves_both_readings() -> None:
    known = known_by(
        paper(
            item(FIRST_DAY, "令和6年7月12日"),
            rows=(
                ("平成30年4月1日", FIRST_DAY, "平成28年2月15日", "平成30年3月9日"),
                ("令和6年8月1日", FIRST_DAY, "令和2年8月14日", "令和6年7月12日"),
            ),
        )
    )
    between = at(document_as_of(known, day("2020-01-01")), FIRST_DAY).reading
    assert between.certainty is Certainty.PARTIAL
    assert set(between.rivals) == {"平成30年3月9日", "令和2年8月14日"}
    assert says(document_as_of(known, day("2024-08-01")), FIRST_DAY) == ("令和6年7月12日", "known")


def test_a_broken_chain_of_texts_leaves_both_readings() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            rows=(
                ("令和2年4月1日", OFFICE, "市民課", "住民課"),
                ("令和4年4月1日", OFFICE, "戸籍課", "窓口課"),
            ),
        )
    )
    between = at(document_as_of(known, day("2021-01-01")), OFFICE).reading
    assert (between.certainty, set(between.rivals)) == (Certainty.PARTIAL, {"住民課", "戸籍課"})


def test_a_last_row_that_the_body_contradicts_leaves_both_readings_until_the_publication() -> None:
    known = known_by(paper(item(OFFICE, "戸籍課"), rows=(("令和5年4月1日", OFFICE, "市民課", "窓口課"),)))
    between = at(document_as_of(known, day("2023-04-01")), OFFICE).reading
    assert (between.certainty, set(between.rivals)) == (Certainty.PARTIAL, {"窓口課", "戸籍課"})
    assert says(document_as_of(known, day("2024-10-01")), OFFICE) == ("戸籍課", "known")


NO_HISTORY = [
    pytest.param(TableState.EMPTY, "最初の公表", id="a first publication"),
    pytest.param(TableState.ABSENT, "取り出されていない", id="a table that extraction lost"),
]


@pytest.mark.parametrize(("state", "why"), NO_HISTORY)
def test_without_rows_nothing_is_known_before_the_publication(state: TableState, why: str) -> None:
    known = known_by(paper(item(OFFICE, "窓口課"), state=state))
    before = at(document_as_of(known, day("2024-09-30")), OFFICE).reading
    assert (before.value, before.certainty) == (None, Certainty.UNKNOWN)
    assert why in before.reason
    assert says(document_as_of(known, day("2024-10-01")), OFFICE) == ("窓口課", "known")


def test_an_item_on_a_lost_page_is_listed_and_never_known() -> None:
    known = known_by(paper(item(HEAD, "窓口課長"), rows=(("令和3年4月1日", OFFICE, "市民課", "窓口課"),)))
    for when in ("2021-03-31", "2021-04-01", "2024-10-01"):
        lost = at(document_as_of(known, day(when)), OFFICE).reading
        assert lost.certainty is not Certainty.KNOWN
    assert "失われたページ" in lost.reason


def test_announced_neighbours_are_unknown_before_and_known_from_that_day() -> None:
    parts = ("②委託先における取扱者数", "③委託先名", "④再委託の有無", "⑤再委託の許諾方法", "⑥再委託事項")
    values = ("10人未満", "乙社", "再委託する", "書面による", "仕分け")
    known = known_by(
        paper(
            *(item(f"{CONTRACT}/{part}", value) for part, value in zip(parts, values, strict=True)),
            rows=(
                ("令和3年4月1日", f"{CONTRACT}/③委託先名", "甲社", "乙社\n※委託先変更に伴い、④～⑥変更あり。"),
            ),
        )
    )
    before, after = document_as_of(known, day("2021-03-31")), document_as_of(known, day("2021-04-01"))
    assert says(before, f"{CONTRACT}/③委託先名") == ("甲社", "known")
    assert says(before, f"{CONTRACT}/②委託先における取扱者数") == ("10人未満", "known")
    for part in parts[2:]:
        hidden = at(before, f"{CONTRACT}/{part}").reading
        assert (hidden.value, hidden.certainty) == (None, Certainty.UNKNOWN)
        assert "告げるだけ" in hidden.reason
    for part, value in zip(parts, values, strict=True):
        assert says(after, f"{CONTRACT}/{part}") == (value, "known")


NOTHING = [pytest.param("", id="blank"), pytest.param("－", id="a dash")]


@pytest.mark.parametrize("nothing", NOTHING)
def test_a_group_added_as_a_whole_had_nothing_before_not_even_its_forgotten_name(nothing: str) -> None:
    parts = ("①法令上の根拠", "②移転先における用途", "③移転する情報")
    known = known_by(
        paper(
            item(TRANSFER, "保険年金課"),
            *(item(f"{TRANSFER}/{part}", f"{part}の記載") for part in parts),
            rows=tuple(("令和5年4月1日", f"{TRANSFER}/{part}", nothing, f"{part}の記載") for part in parts),
        )
    )
    before, after = document_as_of(known, day("2023-03-31")), document_as_of(known, day("2023-04-01"))
    for part in parts:
        assert says(before, f"{TRANSFER}/{part}") == (nothing, "known")
        assert says(after, f"{TRANSFER}/{part}") == (f"{part}の記載", "known")
    assert at(before, TRANSFER).reading.certainty is Certainty.PARTIAL
    assert "組そのもの" in at(before, TRANSFER).reading.reason
    assert says(after, TRANSFER) == ("保険年金課", "known")


def test_a_group_that_merely_got_one_more_entry_was_there_before() -> None:
    known = known_by(
        paper(
            item(TRANSFER, "保険年金課"),
            item(f"{TRANSFER}/①法令上の根拠", "条例"),
            item(f"{TRANSFER}/②移転先における用途", "医療費の助成"),
            rows=(("令和5年4月1日", f"{TRANSFER}/②移転先における用途", "", "医療費の助成"),),
        )
    )
    assert says(document_as_of(known, day("2023-03-31")), TRANSFER) == ("保険年金課", "known")


def test_two_rows_of_one_day_each_change_their_part_of_the_item() -> None:
    known = known_by(
        paper(
            item(WORK, "①申請を受理する。②現況を審査する。③手当を支給する。"),
            rows=(
                ("令和5年4月1日", WORK, "申請を受け取る。", "申請を受理する。"),
                ("令和5年4月1日", WORK, "手当を払う。", "手当を支給する。"),
            ),
        )
    )
    before = ("①申請を受け取る。②現況を審査する。③手当を払う。", "known")
    assert says(document_as_of(known, day("2023-03-31")), WORK) == before
    after = document_as_of(known, day("2023-04-01"))
    assert says(after, WORK) == ("①申請を受理する。②現況を審査する。③手当を支給する。", "known")


NARRATED = (
    ("令和2年4月1日", LIST, "－", "氏名及び住所"),
    ("令和4年4月1日", LIST, "略", "「電話番号」を追加。"),
)


def test_a_narrated_change_is_resolved_by_the_row_that_follows() -> None:
    known = known_by(
        paper(
            item(LIST, "氏名、住所、電話番号及び口座"),
            rows=(
                *NARRATED,
                ("令和6年4月1日", LIST, "氏名、住所及び電話番号", "氏名、住所、電話番号及び口座"),
            ),
        )
    )
    days = ("2021-01-01", "2023-01-01", "2024-09-01")
    said = [says(document_as_of(known, day(each)), LIST) for each in days]
    assert said == [
        ("氏名及び住所", "partial"),
        ("氏名、住所及び電話番号", "known"),
        ("氏名、住所、電話番号及び口座", "known"),
    ]


def test_a_narrated_change_that_nothing_follows_leaves_the_time_before_open() -> None:
    known = known_by(paper(item(LIST, "氏名、電話番号"), rows=NARRATED[1:]))
    before = at(document_as_of(known, day("2022-03-31")), LIST).reading
    assert (before.value, before.certainty) == ("氏名", Certainty.PARTIAL)
    assert says(document_as_of(known, day("2022-04-01")), LIST) == ("氏名、電話番号", "known")


def test_a_number_of_entries_changes_with_the_cell_it_stands_in() -> None:
    exists = "II/5/提供・移転の有無"
    count = f"{exists}/移転を行っている/件"
    known = known_by(
        paper(
            item(exists, Boxes(("移転を行っている",), ("提供を行っている", "行っていない"))),
            item(count, "4"),
            rows=(("令和5年4月1日", exists, "移転を行っている(3件)", "移転を行っている(4件)"),),
        )
    )
    before, after = document_as_of(known, day("2023-03-31")), document_as_of(known, day("2023-04-01"))
    assert (says(before, count), says(after, count)) == (("3", "known"), ("4", "known"))
    boxes = at(before, exists).reading.value
    assert isinstance(boxes, Boxes)
    assert boxes.checked == ("移転を行っている",)


def test_where_several_files_hold_the_item_the_row_decides_by_its_words() -> None:
    one, other = ("II[宛名ファイル]/3/使用部署", "II[賦課ファイル]/3/使用部署")
    known = known_by(
        paper(
            item(one, "収納課"),
            item(other, "窓口課"),
            rows=(("令和5年4月1日", "II/3/使用部署", "市民課", "窓口課"),),
        )
    )
    before = document_as_of(known, day("2023-03-31"))
    assert (says(before, one), says(before, other)) == (("収納課", "known"), ("市民課", "known"))


def test_where_several_files_hold_the_same_words_neither_is_known_before() -> None:
    one, other = ("II[宛名ファイル]/3/使用部署", "II[賦課ファイル]/3/使用部署")
    known = known_by(
        paper(
            item(one, "窓口課"),
            item(other, "窓口課"),
            rows=(("令和5年4月1日", "II/3/使用部署", "市民課", "窓口課"),),
        )
    )
    before, after = document_as_of(known, day("2023-03-31")), document_as_of(known, day("2023-04-01"))
    for path in (one, other):
        assert at(before, path).reading.certainty is Certainty.UNKNOWN
        assert says(after, path) == ("窓口課", "known")


def test_a_row_that_names_only_a_section_leaves_what_is_below_it_open() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            item(WORK, "申請を受理する。"),
            rows=(("令和5年4月1日", "Ⅰ 基本情報－6. 評価実施機関における担当部署", "市民課", "総合課"),),
        )
    )
    before = document_as_of(known, day("2023-03-31"))
    assert at(before, OFFICE).reading.certainty is Certainty.UNKNOWN
    assert at(before, HEAD).reading.certainty is Certainty.UNKNOWN
    assert says(before, WORK) == ("申請を受理する。", "known")


def test_labels_inside_the_cells_part_a_row_into_its_items() -> None:
    known = known_by(
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=(
                (
                    "令和5年4月1日",
                    "Ⅰ 基本情報－6. 評価実施機関における担当部署",
                    "【①部署】市民課\n【②所属長の役職名】市民課長",
                    "【①部署】窓口課\n【②所属長の役職名】窓口課長",
                ),
            ),
        )
    )
    before = document_as_of(known, day("2023-03-31"))
    assert says(before, OFFICE) == ("市民課", "known")
    assert says(before, HEAD) == ("市民課長", "known")


def test_the_day_of_publication_is_no_matter_of_the_change_table() -> None:
    cover = "表紙/公表日"
    known = known_by(
        paper(
            item(cover, "令和6年10月1日"),
            item(OFFICE, "窓口課"),
            rows=(("令和5年4月1日", OFFICE, "－", "窓口課"),),
        )
    )
    before = at(document_as_of(known, day("2024-09-30")), cover).reading
    assert (before.value, before.certainty) == (None, Certainty.UNKNOWN)
    assert says(document_as_of(known, day("2024-10-01")), cover) == ("令和6年10月1日", "known")


def test_a_damaged_reading_is_never_known() -> None:
    known = known_by(paper(item(OFFICE, "窓ロ課", "文字が読み取れない")))
    reading = at(document_as_of(known, day("2024-10-01")), OFFICE).reading
    assert reading.certainty is Certainty.PARTIAL
    assert "文字が読み取れない" in reading.reason


def test_nothing_taken_in_is_an_empty_document() -> None:
    assert document_as_of(known_by()).items == ()


# --- two editions ---------------------------------------------------------------------------------

EARLIER = paper(item(OFFICE, "住民課"), published="令和4年10月1日")
LATER = paper(item(OFFICE, "窓口課"), rows=(("令和6年4月1日", OFFICE, "住民課", "窓口課"),))


def test_two_editions_that_agree_are_known_from_the_first_on() -> None:
    known = known_by(EARLIER, LATER)
    days = ("2022-10-01", "2024-03-31", "2024-04-01", "2024-10-01")
    said = [says(document_as_of(known, day(each)), OFFICE) for each in days]
    assert said == [("住民課", "known"), ("住民課", "known"), ("窓口課", "known"), ("窓口課", "known")]
    assert says(document_as_of(known, day("2022-09-30")), OFFICE) == (None, "unknown")


def test_two_editions_that_disagree_leave_both_readings() -> None:
    other = paper(item(OFFICE, "戸籍課"), published="令和4年10月1日")
    between = at(document_as_of(known_by(other, LATER), day("2023-01-01")), OFFICE).reading
    assert between.certainty is Certainty.PARTIAL
    assert set(between.rivals) == {"戸籍課", "住民課"}
    assert "食い違う" in between.reason


def test_between_editions_without_a_table_equal_bodies_make_likely_what_stood_there() -> None:
    lost = paper(item(OFFICE, "住民課"), state=TableState.ABSENT)
    between = at(document_as_of(known_by(EARLIER, lost), day("2023-01-01")), OFFICE).reading
    assert (between.value, between.certainty) == ("住民課", Certainty.PARTIAL)
    assert "変わって戻ったことがないとは言い切れない" in between.reason


def test_between_editions_without_a_table_different_bodies_leave_the_day_open() -> None:
    lost = paper(item(OFFICE, "窓口課"), state=TableState.ABSENT)
    between = at(document_as_of(known_by(EARLIER, lost), day("2023-01-01")), OFFICE).reading
    assert (between.value, between.certainty) == ("住民課", Certainty.PARTIAL)
    assert "いつ変わったか" in between.reason


def test_by_publication_the_public_reads_the_older_edition_until_the_newer_one_appears() -> None:
    known = known_by(EARLIER, LATER)
    days = ("2022-09-30", "2022-10-01", "2024-09-30", "2024-10-01")
    said = [says(document_as_of(known, day(each), Basis.PUBLICATION), OFFICE) for each in days]
    assert said == [(None, "unknown"), ("住民課", "known"), ("住民課", "known"), ("窓口課", "known")]


def test_a_document_names_its_basis_and_the_edition_it_rests_on() -> None:
    known = known_by(EARLIER, LATER)
    public = document_as_of(known, day("2024-09-30"), Basis.PUBLICATION)
    assert (public.basis, public.published) == (Basis.PUBLICATION, day("2022-10-01"))
    in_force = document_as_of(known, day("2024-10-01"))
    assert (in_force.basis, in_force.published) == (Basis.CHANGE, day("2024-10-01"))


# --- the ledger -----------------------------------------------------------------------------------


def test_a_recorded_change_shows_from_its_day_on_and_not_the_day_before() -> None:
    log = entries(*received(one_change()), recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日"))
    known = assessment(log)
    assert says(document_as_of(known, day("2025-03-31")), OFFICE) == ("窓口課", "known")
    assert says(document_as_of(known, day("2025-04-01")), OFFICE) == ("総合窓口課", "known")
    begun = at(document_as_of(known, day("2025-04-01")), OFFICE)
    assert begun.since == day("2025-04-01")
    assert begun.change is not None
    assert begun.change.event_id == "e4"


def test_a_change_recorded_for_a_day_before_the_published_rows_is_held_against_their_table() -> None:
    known = assessment(
        entries(*received(one_change()), recorded(OFFICE, "住民課", "市民課", "令和6年7月1日"))
    )
    days = ("2024-06-30", "2024-07-01", "2024-08-01", "2024-10-01")
    said = [says(document_as_of(known, day(each)), OFFICE) for each in days]
    assert said == [("市民課", "partial"), ("市民課", "known"), ("窓口課", "known"), ("窓口課", "known")]
    before = at(document_as_of(known, day("2024-06-30")), OFFICE).reading
    assert set(before.rivals) == {"市民課", "住民課"}
    assert "食い違う" in before.reason


def test_what_the_public_could_read_knows_nothing_of_a_recorded_change() -> None:
    log = entries(*received(one_change()), recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日"))
    shown = document_as_of(assessment(log), day("2025-04-01"), Basis.PUBLICATION)
    assert says(shown, OFFICE) == ("窓口課", "known")


def test_a_recorded_change_that_was_published_later_counts_once() -> None:
    published = paper(
        item(OFFICE, "総合窓口課"),
        rows=(
            ("令和6年8月1日", OFFICE, "市民課", "窓口課"),
            ("令和7年4月1日", OFFICE, "窓口課", "総合窓口課"),
        ),
        published="令和7年5月1日",
    )
    log = entries(
        *received(one_change()),
        recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日"),
        *received(published)[1:],
    )
    known = assessment(log)
    assert known.unpublished == ()
    assert says(document_as_of(known), OFFICE) == ("総合窓口課", "known")


def test_known_at_sees_only_what_had_been_recorded_by_then() -> None:
    log = entries(*received(one_change()), recorded(OFFICE, "窓口課", "総合窓口課", "令和7年4月1日"))
    then = FIRST_RECORDING + timedelta(hours=3)
    assert says(document_as_of(assessment(log, then)), OFFICE) == ("窓口課", "known")
    assert says(document_as_of(assessment(log, then + timedelta(hours=1))), OFFICE) == ("総合窓口課", "known")
    assert assessment(log, FIRST_RECORDING).anchors == ()
