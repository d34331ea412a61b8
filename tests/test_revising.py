"""Recording a draft: all of it or nothing, once, and only where it fits what the document says by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ledger.errors import Conflict, InvalidChange, LedgerError, WrongAssessment
from ledger.events import ItemChanged
from ledger.identity import Identity
from ledger.intake import take_in
from ledger.published import Boxes, PublishedEdition
from ledger.storage import Ledger, open_ledger
from projections.as_of import document_as_of
from projections.drafting import Draft, DraftRow
from projections.editions import assessment
from projections.findings import Finding, Severity
from projections.readings import Value
from projections.revising import Revised, revise
from tests.papers import paper, stated

BY = "霞野 花子"
OFFICE, STORE, HEADS = "I/6/①部署", "II/6/保管場所", "I/1/③対象人数"
NOTES = "II/7/備考"
LINKS, COUNT = "I/2/システム1/③他のシステムとの接続", "II/4/委託の有無/件"
LONG = "書庫に置く。鍵は課長が持つ。"
UNLINKED = Boxes(("その他",), ("税務システム",), (), "窓口")
CURRENT = paper(
    stated(OFFICE, "市民課"),
    stated(STORE, LONG),
    stated(HEADS, "1,000人以上1万人未満"),
    stated(LINKS, UNLINKED),
    rows=(("令和2年4月1日", OFFICE, "戸籍課", "市民課"),),
)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger("sqlite://", create=True) as ledger:
        take(ledger, CURRENT)
        yield ledger


def take(ledger: Ledger, edition: PublishedEdition) -> Identity:
    data = edition.header.publication_date.encode() + edition.header.number.encode()
    return take_in(ledger, data, "霞野.txt", edition, by=BY).identity


def row(path: str = OFFICE, before: str = "市民課", after: str = "住民課", timing: str = "事後") -> DraftRow:
    return DraftRow(path, "", before, after, "令和8年4月1日", timing, "重要な変更に該当しない")


def draft(*rows: DraftRow, base: str = "e3", name: str = "令和8年4月の改訂") -> Draft:
    return Draft("霞野市長/7", name, base, rows)


def recorded(
    ledger: Ledger, of: Draft, *, dry_run: bool = False, by: str = BY, revision: str = ""
) -> Revised:
    identity = ledger.find("霞野市長/7")
    return revise(ledger, identity, of, where="d.toml", by=by, revision=revision, dry_run=dry_run)


def says(ledger: Ledger, path: str) -> tuple[Value | None, str]:
    document = document_as_of(assessment(ledger.entries(ledger.find("霞野市長/7").assessment_id)))
    reading = next(each.reading for each in document.items if str(each.path) == path)
    return reading.value, str(reading.certainty)


def events(ledger: Ledger) -> int:
    return sum(1 for _ in ledger.all_entries())


def test_a_draft_is_recorded_as_one_revision(ledger: Ledger) -> None:
    told = recorded(ledger, draft(row(), row(STORE, "（略）課長（略）", "（略）係長（略）", "事前")))
    assert [(each.change.revision_id, each.change.after) for each in told.rows] == [
        ("令和8年4月の改訂", "住民課"),
        ("令和8年4月の改訂", "（略）係長（略）"),
    ]
    assert says(ledger, OFFICE) == ("住民課", "known")
    assert says(ledger, STORE) == ("書庫に置く。鍵は係長が持つ。", "known")
    *_, first, second = ledger.all_entries()
    assert first.recorded_at == second.recorded_at
    assert isinstance(first.event, ItemChanged)
    assert (first.event.path, first.event.item_text) == (
        OFFICE,
        "Ⅰ 基本情報－6. 評価実施機関における担当部署－①部署",
    )


def test_the_same_draft_again_is_no_news(ledger: Ledger) -> None:
    recorded(ledger, draft(row()))
    stored = events(ledger)
    again = recorded(ledger, draft(row()))
    assert (again.already, len(again.rows), events(ledger)) == (True, 1, stored)


def test_a_draft_to_which_rows_were_added_records_these(ledger: Ledger) -> None:
    recorded(ledger, draft(row()))
    told = recorded(ledger, draft(row(), row(STORE, LONG, "金庫に置く。")))
    assert (told.already, len(told.rows)) == (False, 2)
    assert says(ledger, STORE) == ("金庫に置く。", "known")


def test_another_name_makes_another_revision(ledger: Ledger) -> None:
    assert recorded(ledger, draft(row()), revision="組織改正").revision == "組織改正"
    assert says(ledger, OFFICE) == ("住民課", "known")


def test_a_dry_run_records_nothing(ledger: Ledger) -> None:
    stored = events(ledger)
    told = recorded(ledger, draft(row()), dry_run=True)
    assert (told.dry_run, [each.change.after for each in told.rows]) == (True, ["住民課"])
    assert events(ledger) == stored


def test_a_change_without_a_day_is_recorded_and_shown(ledger: Ledger) -> None:
    recorded(ledger, draft(replace(row(), change_date="")))
    assert says(ledger, OFFICE) == ("住民課", "known")


def test_rows_of_one_item_follow_one_another(ledger: Ledger) -> None:
    parts = (("書庫（略）", "金庫（略）"), ("（略）課長（略）", "（略）係長（略）"))
    recorded(ledger, draft(*(row(STORE, *sides) for sides in parts)))
    assert says(ledger, STORE) == ("金庫に置く。鍵は係長が持つ。", "known")


def test_boxes_and_blocks_are_recorded(ledger: Ledger) -> None:
    rows = (
        row(LINKS, "[] 税務システム\n[○] その他（窓口）", "[○] 税務システム\n[] その他"),
        row("II/4/委託事項1", "－", "保守"),
        row(COUNT, "", "1"),
    )
    recorded(ledger, draft(*rows))
    assert says(ledger, LINKS)[0] == Boxes(("税務システム",), ("その他",))
    assert says(ledger, "II/4/委託事項1") == ("保守", "known")
    assert says(ledger, COUNT) == ("1", "known")


UNFIT = [
    pytest.param(row(before="戸籍課"), "変更前「戸籍課」は、今の記載「市民課」と違います", id="stale words"),
    pytest.param(
        row(STORE, "（略）部長（略）", "（略）係長（略）"), "と違います", id="elided words that stand nowhere"
    ),
    pytest.param(row(STORE, "課長", "係長"), "（略）で略したところ", id="a part that does not say so"),
    pytest.param(
        row(STORE, "（略）課長（略）", "係長"), "変更後の記載が決まりません", id="an elision on one side"
    ),
    pytest.param(row(after="市民課"), "変更前と変更後が同じです", id="no change"),
    pytest.param(row(timing=""), "提出時期が書かれていません", id="no timing"),
    pytest.param(row(timing="事中"), "提出時期「事中」は様式にありません", id="no such timing"),
    pytest.param(row(path="待合スペース"), "様式3の項目として読めません", id="no item"),
    pytest.param(row(path="II/4"), "見出しであり", id="a heading"),
    pytest.param(row(path=""), "様式3の項目として読めません", id="a blank item"),
    pytest.param(row(HEADS, "1,000人以上1万人未満", "百万人"), "選択肢にありません", id="no option"),
    pytest.param(row(COUNT, "", "三"), "件数は数字です", id="no number"),
    pytest.param(row(LINKS, "[] 税務システム", "窓口"), "どのチェック欄の変更か読めません", id="no box"),
    pytest.param(
        row(LINKS, "[○] 税務システム", "[] 税務システム"), "と違います", id="a box that stands otherwise"
    ),
    pytest.param(row(after="住民課\x07"), "制御文字が含まれています", id="control characters"),
    pytest.param(replace(row(), change_date="4月ごろ"), "「4月ごろ」は日付として読めません", id="no day"),
    pytest.param(replace(row(), actual_day="4月ごろ"), "「4月ごろ」は日付として読めません", id="no real day"),
    pytest.param(row("表紙/公表日", "令和6年10月1日", "令和8年4月1日"), "版ごとに定まり", id="公表日"),
]


@pytest.mark.parametrize(("unfit", "what"), UNFIT)
def test_a_row_that_does_not_fit_is_told_and_nothing_is_recorded(
    ledger: Ledger, unfit: DraftRow, what: str
) -> None:
    stored = events(ledger)
    with pytest.raises(InvalidChange) as told:
        recorded(ledger, draft(row(NOTES, "－", "年に一度見直す。"), unfit))
    assert str(told.value).startswith("d.toml 変更2")
    assert what in str(told.value)
    assert events(ledger) == stored


def test_what_somebody_else_changed_since_is_a_conflict(ledger: Ledger) -> None:
    recorded(ledger, draft(row(), name="先の改訂"), by="岬 太郎")
    stored = events(ledger)
    with pytest.raises(Conflict) as told:
        recorded(ledger, draft(row(after="窓口課")))
    for words in ("d.toml 変更1（I/6/①部署）", "岬 太郎", "e4", "「市民課」", "「住民課」"):
        assert words in str(told.value)
    assert events(ledger) == stored


def test_what_changed_since_elsewhere_is_none(ledger: Ledger) -> None:
    recorded(ledger, draft(row(), name="先の改訂"))
    recorded(ledger, draft(row(STORE, LONG, "金庫に置く。")))
    assert (says(ledger, OFFICE)[0], says(ledger, STORE)[0]) == ("住民課", "金庫に置く。")


def test_an_edition_taken_in_since_is_a_conflict_too(ledger: Ledger) -> None:
    later = paper(
        stated(OFFICE, "窓口課"),
        published="令和7年10月1日",
        rows=(("令和7年10月1日", OFFICE, "市民課", "窓口課"),),
    )
    take(ledger, later)
    with pytest.raises(Conflict, match="下書きのとき「市民課」、今「窓口課」"):
        recorded(ledger, draft(row()))


def test_a_draft_written_by_hand_needs_no_state(ledger: Ledger) -> None:
    recorded(ledger, draft(row(), base=""))
    assert says(ledger, OFFICE) == ("住民課", "known")


def test_a_state_that_the_ledger_does_not_have_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="e99 は、この評価書の記録にありません"):
        recorded(ledger, draft(row(), base="e99"))


def test_a_revision_has_a_name(ledger: Ledger) -> None:
    with pytest.raises(InvalidChange, match="改訂の名前がありません"):
        recorded(ledger, draft(row(), name=" "))


def test_a_draft_of_another_assessment_is_refused(ledger: Ledger) -> None:
    other = replace(CURRENT, header=replace(CURRENT.header, number="8", title="児童手当に関する事務"))
    take(ledger, other)
    with pytest.raises(WrongAssessment, match="霞野市長/8 の下書きです"):
        recorded(ledger, replace(draft(row()), ref="霞野市長/8"))


def test_a_row_that_makes_the_document_contradict_itself_is_refused(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = events(ledger)
    wrong = Finding("chain-break", Severity.ERROR, (2,), (), "行2の変更前が行1の変更後と違います")
    monkeypatch.setattr("projections.revising.caused", lambda *_: (wrong,))
    assert recorded(ledger, draft(row()), dry_run=True).findings == (wrong,)
    with pytest.raises(InvalidChange, match="このまま記録すると、点検で誤りになります: 行2"):
        recorded(ledger, draft(row()))
    assert events(ledger) == stored


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([replace(row(), change_date="令和元年6月1日")], id="a body since then says otherwise"),
        pytest.param(
            [
                replace(row(), change_date="令和8年5月1日"),
                replace(row(before="住民課", after="窓口課"), change_date="令和8年4月1日"),
            ],
            id="days against the order of the rows",
        ),
    ],
)
def test_a_day_on_which_the_change_would_not_come_out_is_refused(
    ledger: Ledger, rows: list[DraftRow]
) -> None:
    stored = events(ledger)
    with pytest.raises(InvalidChange, match="今の記載が変更後のとおりになりません"):
        recorded(ledger, draft(*rows))
    assert events(ledger) == stored


def test_findings_that_were_there_before_are_not_caused(ledger: Ledger) -> None:
    told = recorded(ledger, draft(replace(row(), explanation="")), dry_run=True)
    assert {finding.rule for finding in told.findings} == {"missing-reason"}
    assert all(finding.severity is not Severity.ERROR for finding in told.findings)
