"""A draft out of two documents: a row for each changed item, what is proposed, and what is left open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ledger.errors import WrongAssessment, WrongUse
from ledger.form import form3
from ledger.identity import Identity, PrintedIdentity
from ledger.item_path import ItemPath
from ledger.published import Boxes, PrintedItem, PublishedEdition, TableState
from projections.abridging import Words, differ, proves
from projections.application import read_file
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.documents import Document
from projections.drafting import Draft, DraftRow, drafted
from projections.editions import Assessment
from tests.conftest import ROOT
from tests.papers import known_by, one, paper, stated

OFFICE = "I/6/①部署"
STORE = "II/6/保管場所"
CONTRACT = "II/4/委託事項{}"
IDENTITY = Identity(UUID(int=7), "様式3", (PrintedIdentity("霞野市長", "7", "介護保険に関する事務"),))
SAMPLES = (
    "kasumino/7_kaigo-hoken.txt",
    "yunagi/21_kokuho_R3.txt",
    "yunagi/21_kokuho_R5.txt",
    "yunagi/21_kokuho.txt",
    "minatogawa/15_jidou-fuyou.txt",
)


def draft(known: Assessment, edited: PublishedEdition) -> Draft:
    return drafted(known, IDENTITY, "e9", edited, "新.xlsx")


def of(current: list[PrintedItem], edited: list[PrintedItem]) -> tuple[DraftRow, ...]:
    return draft(known_by(paper(*current)), paper(*edited)).rows


def cells(row: DraftRow) -> tuple[str, ...]:
    return row.path, row.before, row.after, row.timing


def test_a_row_for_each_changed_item_in_the_order_of_the_form() -> None:
    rows = of(
        [stated(STORE, "書庫"), stated(OFFICE, "市民課"), stated("IV/1/①請求先", "窓口")],
        [stated("IV/1/①請求先", "窓口"), stated(STORE, "金庫"), stated(OFFICE, "住民課")],
    )
    assert [cells(row) for row in rows] == [
        (OFFICE, "市民課", "住民課", "事後"),
        (STORE, "書庫", "金庫", "事前"),
    ]
    assert rows[0].item_text == "Ⅰ 基本情報－6. 評価実施機関における担当部署－①部署"
    assert [row.important for row in rows] == [False, True]
    assert all(row.proposal.startswith(f"{row.timing} — ") for row in rows)
    open_to_people = [(row.change_date, row.explanation, row.actual_day, row.remarks) for row in rows]
    assert open_to_people == [("", "", "", ())] * 2


def test_the_same_document_changes_nothing() -> None:
    items = [stated(OFFICE, "市民課\n窓口係"), stated(STORE, "")]
    again = [stated(OFFICE, "市民課 窓口係"), stated(STORE, "－")]
    made = draft(known_by(paper(*items)), paper(*again, published="令和8年4月1日"))
    assert (made.rows, made.remarks) == ((), ())


def test_what_every_edition_prints_anew_is_no_change() -> None:
    day = "表紙/公表日"
    assert of([stated(day, "令和6年10月1日")], [stated(day, "令和8年4月1日")]) == ()


PROPOSED = [
    pytest.param("I/6/①部署", "市民課", "住民課", "事後", "R-15", id="no ※"),
    pytest.param(STORE, "書庫", "金庫", "事前", "R-10", id="a ※ item"),
    pytest.param(STORE, "サーバを置く", "サーバーを置く", "事後", "R-12", id="a ※ item, spelling only"),
    pytest.param(
        "I/1/③対象人数",
        "1,000人以上1万人未満",
        "1万人以上10万人未満",
        "事後",
        "しきい値",
        id="the number of people",
    ),
    pytest.param(
        "V/1/②しきい値判断結果",
        "基礎項目評価の実施が義務付けられる",
        "基礎項目評価及び重点項目評価の実施が義務付けられる",
        "事後",
        "R-35",
        id="the threshold",
    ),
]


@pytest.mark.parametrize(("path", "was", "now", "timing", "why"), PROPOSED)
def test_a_timing_is_proposed_with_its_reason(path: str, was: str, now: str, timing: str, why: str) -> None:
    (row,) = of([stated(path, was)], [stated(path, now)])
    assert row.timing == timing
    assert why in row.proposal


def test_only_a_reason_that_the_change_itself_proves_is_written() -> None:
    path, options = "V/1/②しきい値判断結果", form3()["V.1.2"].options
    (row,) = of([stated(path, options[1].label)], [stated(path, options[0].label)])
    assert row.explanation == "しきい値判断結果の変更のため"


def test_a_block_that_comes_has_a_row_for_each_item_that_says_something() -> None:
    old = [stated(CONTRACT.format(1), "保守")]
    new = [
        *old,
        stated(CONTRACT.format(2), "印刷"),
        stated(CONTRACT.format(2) + "/①委託内容", "封入"),
        stated(CONTRACT.format(2) + "/⑥再委託事項", ""),
    ]
    assert [(row.path, row.before, row.after) for row in of(old, new)] == [
        ("II/4/委託事項2", "－", "印刷"),
        ("II/4/委託事項2/①委託内容", "－", "封入"),
    ]


def test_a_block_that_goes_has_a_row_for_each_item_that_said_something() -> None:
    kept = [stated(CONTRACT.format(1), "保守"), stated(OFFICE, "市民課")]
    gone = [stated(CONTRACT.format(2), "印刷"), stated(CONTRACT.format(2) + "/⑥再委託事項", "")]
    assert [(row.path, row.before, row.after) for row in of([*kept, *gone], kept)] == [
        ("II/4/委託事項2", "印刷", "－")
    ]


def test_an_item_that_the_edited_document_lost_is_told_and_no_change() -> None:
    made = draft(
        known_by(paper(stated(OFFICE, "市民課"), stated(STORE, "書庫"))), paper(stated(STORE, "書庫"))
    )
    assert made.rows == ()
    assert made.remarks == (f"{OFFICE}: 編集した文書から読み取れませんでした（変更としては扱っていません）",)


def test_an_item_that_is_not_known_for_certain_leaves_the_words_before_to_a_person() -> None:
    current = [stated(OFFICE, "市民課", doubt="一部がかすれている")]
    (row,) = of(current, [stated(OFFICE, "住民課")])
    assert (row.before, row.after) == ("", "住民課")
    assert "一部がかすれている" in row.remarks[0]


def test_an_item_that_was_read_with_doubt_says_so() -> None:
    (row,) = of([stated(OFFICE, "市民課")], [stated(OFFICE, "住民課", doubt="印が薄い")])
    assert row.remarks == ("編集した文書の読み取りが確かでない項目です（印が薄い）",)


def test_the_only_file_stays_the_same_where_a_second_one_comes() -> None:
    name, second = "II/1/特定個人情報ファイル名", "給付ファイル"
    old = [stated(name, "資格ファイル"), stated(STORE, "書庫")]
    new = [
        stated("II[資格ファイル]/1/特定個人情報ファイル名", "資格ファイル"),
        stated("II[資格ファイル]/6/保管場所", "金庫"),
        stated(f"II[{second}]/1/特定個人情報ファイル名", second),
    ]
    assert [(row.path, row.before, row.after) for row in of(old, new)] == [
        (STORE, "書庫", "金庫"),
        (f"II[{second}]/1/特定個人情報ファイル名", "－", second),
    ]


# --- rows that the officer wrote --------------------------------------------------------------------------

OFFICE_TEXT = "I 基本情報－6. 評価実施機関における担当部署－①部署"
DAY = "令和8年4月1日"


def test_a_row_that_the_officer_wrote_is_taken_over() -> None:
    old = one(OFFICE, "市民課", ("令和2年4月1日", "戸籍課", "市民課", "事後", "組織改正"))
    written = (DAY, OFFICE_TEXT, "市民課", "住民課", "事前", "組織改正に先立つ変更")
    new = paper(
        stated(OFFICE, "住民課"),
        rows=(("令和2年4月1日", OFFICE, "戸籍課", "市民課", "事後", "組織改正"), written),
    )
    (row,) = draft(known_by(old), new).rows
    assert (row.change_date, row.item_text, row.before, row.after, row.timing, row.explanation) == written
    assert row.remarks == ("編集した文書の行2から",)


def test_a_part_that_the_officer_quotes_is_marked_as_one() -> None:
    old = paper(stated(STORE, "書庫に置く。鍵は課長が持つ。"))
    row = (DAY, STORE, "課長", "係長")
    (made,) = draft(known_by(old), paper(stated(STORE, "書庫に置く。鍵は係長が持つ。"), rows=(row,))).rows
    assert (made.before, made.after) == ("（略）課長（略）", "（略）係長（略）")


def test_several_rows_on_one_item_follow_one_another() -> None:
    old = paper(stated(STORE, "書庫に置く。鍵は課長が持つ。"))
    rows = ((DAY, STORE, "書庫", "金庫"), (DAY, STORE, "課長", "係長"))
    made = draft(known_by(old), paper(stated(STORE, "金庫に置く。鍵は係長が持つ。"), rows=rows)).rows
    assert [row.after for row in made] == ["金庫（略）", "（略）係長（略）"]


def test_words_that_do_not_lead_to_the_body_are_written_anew() -> None:
    row = (DAY, OFFICE, "市民課", "窓口課", "事後", "組織改正")
    (made,) = draft(
        known_by(paper(stated(OFFICE, "市民課"))), paper(stated(OFFICE, "住民課"), rows=(row,))
    ).rows
    assert (made.change_date, made.before, made.after, made.explanation) == (
        DAY,
        "市民課",
        "住民課",
        "組織改正",
    )
    assert "行1" in made.remarks[0]
    assert "書き直しました" in made.remarks[0]


def test_a_row_without_a_change_of_the_body_is_told() -> None:
    row = (DAY, OFFICE, "市民課", "住民課")
    made = draft(known_by(paper(stated(OFFICE, "住民課"))), paper(stated(OFFICE, "住民課"), rows=(row,)))
    assert made.rows == ()
    assert made.remarks == (f"{OFFICE}: 編集した文書の行1にありますが、本文は今の記載から変わっていません",)


def test_rows_with_a_day_stand_in_the_order_of_their_days() -> None:
    old = paper(*(stated(path, "甲") for path in (OFFICE, STORE, "I/4/法令上の根拠")))
    rows = (("令和8年4月1日", STORE, "甲", "乙"), ("令和8年5月1日", OFFICE, "甲", "乙"))
    new = paper(*(stated(path, "乙") for path in (OFFICE, STORE, "I/4/法令上の根拠")), rows=rows)
    assert [row.path for row in draft(known_by(old), new).rows] == [STORE, OFFICE, "I/4/法令上の根拠"]


# --- documents that are refused -----------------------------------------------------------------------------


def test_a_document_of_another_assessment_is_refused() -> None:
    edited = paper(stated(OFFICE, "住民課"))
    other = replace(edited, header=replace(edited.header, number="8"))
    with pytest.raises(WrongAssessment, match="霞野市長/7 の評価書ではありません"):
        draft(known_by(edited), other)


def test_a_form_whose_items_are_not_known_is_refused() -> None:
    edited = replace(paper(), form="様式2")
    identity = replace(IDENTITY, form="様式2", printed=(PrintedIdentity.of(edited),))
    with pytest.raises(WrongUse, match="様式2の項目には未対応"):
        drafted(known_by(paper()), identity, "e9", edited, "新.xlsx")


# --- the samples ------------------------------------------------------------------------------------------


def as_edition(document: Document, sure: set[ItemPath], like: PublishedEdition) -> PublishedEdition:
    """The certain items of a document on a day, as if they had been published without a table."""
    items = tuple(
        PrintedItem(each.path, each.key, each.item.kind, each.reading.value, 0)
        for each in document.items
        if each.path in sure and each.item.kind and each.reading.value is not None
    )
    return replace(like, items=items, rows=(), table=TableState.EMPTY)


def days_of(path: Path) -> list[date]:
    """The days on which the table of a document has changes."""
    _, edition = read_file(path)
    return sorted({change.day for change in known_by(edition).changes if change.day is not None})


def drafted_again(path: Path, day: date) -> None:
    """Of the items that are certain on both sides of a 変更日: those with rows of that day, and no others.

    What a draft writes for an item says the same as the rows of the table, replayed.
    """
    _, edition = read_file(path)
    known = known_by(edition)
    before, after = (document_as_of(known, on) for on in (day - timedelta(days=1), day))
    unsure = {each.path for doc in (before, after) for each in doc.items if not each.reading.known}
    sure = {each.path for doc in (before, after) for each in doc.items} - unsure
    said = {each.path: each.reading.value for each in before.items}
    says = {each.path: each.reading.value for each in after.items}
    identity = Identity(UUID(int=7), edition.form, (PrintedIdentity.of(edition),))
    old, new = as_edition(before, sure, edition), as_edition(after, sure, edition)
    made = drafted(known_by(old), identity, "e1", new, path.name)
    changed = {path for path in sure if path in says and differ(said.get(path), says[path])}
    assert {row.path for row in made.rows} == {str(path) for path in changed}
    rows = [row.touched for row in change_table(known) if row.change.day == day]
    assert changed <= {edge.path for touched in rows for edge in touched.edges}
    items = {each.path: each.item for each in after.items}
    for row in made.rows:
        place = ItemPath.parse(row.path)
        was, now = said.get(place), says[place]
        assert now is not None
        nothing = Boxes() if isinstance(now, Boxes) else ""
        words = Words(row.before, row.after)
        assert proves(items[place], place, words, nothing if was is None else was, now)


def revisions() -> Iterator[object]:
    for name in SAMPLES:
        for day in days_of(ROOT / "samples" / name):
            yield pytest.param(name, day, id=f"{Path(name).stem}-{day}")


@pytest.mark.parametrize(("name", "day"), list(revisions()))
def test_a_revision_that_is_undone_and_drafted_again_gives_its_rows(name: str, day: date) -> None:
    drafted_again(ROOT / "samples" / name, day)


@pytest.mark.long
def test_a_revision_of_a_real_document_is_drafted_again_too(documents: Path) -> None:
    for path in sorted(documents.glob("*.txt")):
        for day in days_of(path):
            drafted_again(path, day)
