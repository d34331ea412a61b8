"""Boxes as rows write them: marks of many kinds, words for marks, lists of what is ticked, free text."""

from __future__ import annotations

import pytest

from ledger.published import Boxes
from projections.as_of import document_as_of
from projections.editions import Anchor
from projections.rows import Style
from projections.timeline import timelines
from projections.validator import validate
from tests.papers import at, day, known_by, one, paper, says, stated

MEDIA = "II/3/②入手方法"
RECORDED = "II/2/主な記録項目"
ON = "令和5年4月1日"
ALL = (
    "紙",
    "電子記録媒体（フラッシュメモリを除く。）",
    "フラッシュメモリ",
    "電子メール",
    "専用線",
    "庁内連携システム",
    "情報提供ネットワークシステム",
    "その他",
)


def boxes(*ticked: str, text: str = "") -> Boxes:
    return Boxes(tuple(b for b in ALL if b in ticked), tuple(b for b in ALL if b not in ticked), (), text)


def before(now: Boxes, *sides: str) -> tuple[object, str]:
    return says(document_as_of(known_by(one(MEDIA, now, (ON, *sides))), day("2023-03-31")), MEDIA)


TICKED = [
    pytest.param("[ ]電子メール", "[○]電子メール", id="brackets"),
    pytest.param("□電子メール", "■電子メール", id="squares"),
    pytest.param("☐電子メール", "☑電子メール", id="drawn"),
    pytest.param("[×]電子メール", "[○]電子メール", id="a cross is no tick"),
    pytest.param("電子メール：チェックなし", "電子メール：チェックあり", id="in words"),
    pytest.param("（チェックなし）電子メール", "（チェックあり）電子メール", id="in words before it"),
    pytest.param("「電子メール」にチェックなし", "「電子メール」にチェック", id="in a phrase"),
    pytest.param("電子メール　未選択", "電子メール　選択", id="chosen or not"),
    pytest.param("[○]紙 [ ]電子メール", "[○]紙 [○]電子メール", id="with another that stays"),
    pytest.param("紙", "紙、電子メール", id="a list of what is ticked"),
    pytest.param("紙のみ", "紙、電子メール", id="a list of one"),
    pytest.param("", "[○]電子メール", id="nothing before"),
    pytest.param("（新規）", "電子メール", id="new, in words"),
]


@pytest.mark.parametrize(("was", "now"), TICKED)
def test_a_box_that_came_was_not_ticked_before(was: str, now: str) -> None:
    assert before(boxes("紙", "電子メール"), was, now) == (boxes("紙"), "known")


GONE = [
    pytest.param("[○]専用線", "[ ]専用線", id="brackets"),
    pytest.param("専用線", "（削除）", id="named, then gone"),
    pytest.param("[○]専用線", "", id="nothing after"),
    pytest.param("専用線：チェックあり", "専用線：チェックなし", id="in words"),
]


@pytest.mark.parametrize(("was", "now"), GONE)
def test_a_box_that_went_was_ticked_before(was: str, now: str) -> None:
    assert before(boxes("紙"), was, now) == (boxes("紙", "専用線"), "known")


FREE = [
    pytest.param("[○]その他（窓口）", "[○]その他（マイナポータル）", id="in brackets"),
    pytest.param("その他：窓口", "その他：マイナポータル", id="behind a colon"),
    pytest.param("窓口", "マイナポータル", id="alone"),
]


@pytest.mark.parametrize(("was", "now"), FREE)
def test_the_free_text_is_put_back(was: str, now: str) -> None:
    assert before(boxes("その他", text="マイナポータル"), was, now) == (boxes("その他", text="窓口"), "known")


def test_a_part_of_the_free_text_is_put_back_in_its_place() -> None:
    now = boxes("その他", text="窓口、マイナポータル")
    assert before(now, "郵送", "窓口") == (boxes("その他", text="郵送、マイナポータル"), "known")


TOLD = [
    pytest.param("「電子メール」を追加", boxes("紙"), id="a box"),
    pytest.param("電子メールを追加", boxes("紙"), id="without quotation marks"),
    pytest.param("「専用線」を削除", boxes("紙", "電子メール", "専用線"), id="a box that went"),
]


@pytest.mark.parametrize(("told", "earlier"), TOLD)
def test_what_narration_says_of_boxes_is_put_back_and_never_proved(told: str, earlier: Boxes) -> None:
    assert before(boxes("紙", "電子メール"), "", told) == (earlier, "partial")


def test_a_text_that_narration_added_was_not_there_before() -> None:
    told = "その他として、「マイナポータル」を追加。"
    assert before(boxes("その他", text="マイナポータル"), "省略", told) == (boxes(), "partial")
    both = boxes("その他", text="窓口、マイナポータル")
    assert before(both, "省略", told) == (boxes("その他", text="窓口"), "partial")


def test_lists_that_the_body_denies_prove_nothing() -> None:
    value, certainty = before(boxes("紙", "電子メール"), "[○]紙", "[○]電子メール")
    assert isinstance(value, Boxes)
    assert certainty == "partial"


def test_a_row_says_how_a_box_stands_that_the_body_lost() -> None:
    four, five = (
        f"{n}情報（氏名、{more}性別、生年月日、住所）" for n, more in ((4, ""), (5, "氏名の振り仮名、"))
    )
    lost = Boxes(("個人番号",), (), (five, "災害関係情報"))
    edition = paper(
        stated(RECORDED, lost, "印が読み取れない"), rows=((ON, RECORDED, f"[○]{four}", f"[○]{five}"),)
    )
    known = known_by(edition)
    after = at(document_as_of(known, day("2023-04-01")), RECORDED).reading
    assert after.value == Boxes(("個人番号", five), (), ("災害関係情報",))
    assert not after.known
    earlier = at(document_as_of(known, day("2023-03-31")), RECORDED).reading
    assert earlier.value == Boxes(("個人番号", four), (), ("災害関係情報",))


STYLES = [
    pytest.param("電子メール：チェックなし", Style.CHECKBOX, Style.CHECKBOX, id="marks in words"),
    pytest.param("紙", Style.FULL, Style.FULL, id="a list of all that is ticked"),
]


@pytest.mark.parametrize(("was", "before_style", "after_style"), STYLES)
def test_how_boxes_are_written_shows(was: str, before_style: Style, after_style: Style) -> None:
    now = "電子メール：チェックあり" if "：" in was else "紙、電子メール"
    lines = timelines(Anchor.of(one(MEDIA, boxes("紙", "電子メール"), (ON, was, now))))
    assert lines.styles(lines.anchor.changes[0]) == (before_style, after_style)


@pytest.mark.parametrize(("was", "now"), [*TICKED[:10]])
def test_a_box_that_stands_so_contradicts_nothing(was: str, now: str) -> None:
    findings = validate(one(MEDIA, boxes("紙", "電子メール"), (ON, was, now))).findings
    assert not [finding for finding in findings if finding.severity == "error"]
