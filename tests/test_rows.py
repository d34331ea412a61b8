"""What the words of a change row say by themselves: quotation, 略, narration, boxes, notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.wording import Level
from projections.announcements import Announcement, without_note
from projections.elisions import fill, is_elided, pieces, refill
from projections.narration import is_narrative
from projections.places import cut_tail
from projections.rows import Style, has_ticks, style_of

STYLES = [
    pytest.param("", Style.BLANK, id="nothing written"),
    pytest.param(" 　\n", Style.BLANK, id="white space is nothing written"),
    pytest.param("－", Style.DASH, id="full-width hyphen"),
    pytest.param("ー", Style.DASH, id="a long vowel mark used as a dash"),
    pytest.param("—", Style.DASH, id="em dash"),
    pytest.param("なし", Style.DASH, id="the word for nothing"),
    pytest.param("発生あり", None, id="a choice is quoted"),
    pytest.param("株式会社雲海ソフトワークス", None, id="ー inside a word is a letter"),
    pytest.param("[○] 税務システム", Style.CHECKBOX, id="a ticked box"),
    pytest.param("[] 税務システム", Style.CHECKBOX, id="an empty box"),
    pytest.param("[O] その他(収納管理システム)", Style.CHECKBOX, id="O for ○"),
    pytest.param("☑紙 ☐電子メール", Style.CHECKBOX, id="drawn boxes"),
    pytest.param("「口座登録区分」及び「口座登録日」を追加。", Style.NARRATIVE, id="tells what was added"),
    pytest.param("【ケース1】を削除し、【ケース2】のみ掲載。", Style.NARRATIVE, id="tells of two cases"),
    pytest.param("「児童の氏名」の削除", Style.NARRATIVE, id="a noun for the deed"),
    pytest.param("略", Style.ELIDED, id="nothing but 略"),
    pytest.param("略\n＜ガバメントクラウドにおける措置＞\n①施錠する。", Style.ELIDED, id="略, then a block"),
]


@pytest.mark.parametrize(("text", "style"), STYLES)
def test_the_style_of_a_side_shows_in_its_words(text: str, style: Style | None) -> None:
    assert style_of(text) is style


QUOTATIONS = [
    pytest.param("届出により、受給者の住所を変更する。", id="ends in 変更する"),
    pytest.param("保存期間を過ぎた情報は、台帳から削除する。", id="ends in 削除する"),
    pytest.param("異動の届出に基づく台帳の記載の変更", id="ends in 変更"),
    pytest.param("申請データの取込みと、誤った記載の修正", id="ends in 修正"),
    pytest.param("利用者の追加及び削除は、所属長の承認を得て行う。", id="speaks of 追加 and 削除"),
    pytest.param("「番号法」に基づく事務の委託", id="「」 without a verb about the text"),
    pytest.param("名簿から「氏名」を削除した後に、外部へ提供する。", id="the deed is not the end"),
    pytest.param("「台帳」の写しと" + "よく見比べて" * 20 + "記載を変更する。", id="too long to be a remark"),
]


@pytest.mark.parametrize("text", QUOTATIONS)
def test_a_quotation_that_speaks_of_changes_is_no_narration(text: str) -> None:
    assert not is_narrative(text)
    assert style_of(text) is None


ELIDED = [
    pytest.param("略", id="alone"),
    pytest.param("（略）", id="in full-width brackets"),
    pytest.param("(略)", id="in ASCII brackets"),
    pytest.param("（　略　）", id="spaced"),
    pytest.param("省略", id="省略 alone"),
    pytest.param("（省略）", id="省略 in brackets"),
    pytest.param("①照会を限る。\n以下略", id="以下略"),
    pytest.param("①照会を限る。（以下省略）", id="以下省略 in brackets"),
    pytest.param("（中略）", id="中略"),
    pytest.param("前略", id="前略"),
    pytest.param("・略", id="behind a bullet"),
    pytest.param("②略", id="behind a circled number"),
    pytest.param("＜市における措置＞\n略\n＜国における措置＞", id="on a line of its own"),
]


@pytest.mark.parametrize("text", ELIDED)
def test_an_elision_is_seen(text: str) -> None:
    assert is_elided(text)
    assert style_of(text) is Style.ELIDED


SPELLED_OUT = [
    pytest.param("添付書類の提出を省略することができる", id="a verb"),
    pytest.param("戦略的な運用", id="戦略"),
    pytest.param("経営戦略", id="戦略 at the end"),
    pytest.param("概略図を掲示する。", id="概略"),
    pytest.param("略称", id="略称"),
    pytest.param("番号法（略称）", id="略称 in brackets"),
    pytest.param("（略図のとおり）", id="略図 in brackets"),
    pytest.param("手続の簡略化", id="簡略"),
]


@pytest.mark.parametrize("text", SPELLED_OUT)
def test_a_word_that_only_holds_the_sign_leaves_nothing_out(text: str) -> None:
    assert not is_elided(text)
    assert style_of(text) is None


TICKS = [
    pytest.param("[○]紙", True, id="○"),
    pytest.param("［　］紙", True, id="full-width and empty"),
    pytest.param("[令和7年5月 様式3]", False, id="brackets around words"),
    pytest.param("○ 紙", False, id="a bare ○ may be a bullet"),
]


@pytest.mark.parametrize(("text", "ticks"), TICKS)
def test_a_box_is_a_pair_of_brackets_with_a_mark_or_nothing(text: str, *, ticks: bool) -> None:
    assert has_ticks(text) is ticks


NOTES = [
    pytest.param(
        "なぎさ封入株式会社\n※委託先変更に伴い、②、④～⑥変更あり。",
        "なぎさ封入株式会社",
        ("②", "④", "⑤", "⑥"),
        id="a number and a range",
    ),
    pytest.param("甲社 ※④〜⑥に変更有り", "甲社", ("④", "⑤", "⑥"), id="another wave, 有り"),
    pytest.param("甲社※②-③変更あり", "甲社", ("②", "③"), id="a range with a hyphen"),
    pytest.param("甲社※③、②、③変更あり", "甲社", ("③", "②"), id="a number twice"),
    pytest.param("甲社\n※委託先の変更に伴う変更あり", "甲社", (), id="no numbers"),
]


@pytest.mark.parametrize(("cell", "value", "numbers"), NOTES)
def test_a_note_that_announces_changes_is_parted_from_the_value(
    cell: str, value: str, numbers: tuple[str, ...]
) -> None:
    words, note = without_note(cell)
    assert words == value
    assert isinstance(note, Announcement)
    assert note.numbers == numbers
    assert note.words == cell[len(value) :].strip()


NO_NOTES = [
    pytest.param("甲社", id="no mark"),
    pytest.param("本人確認を行う。\n※代理人は委任状を添える。", id="a remark of the text"),
    pytest.param("委託先の変更あり", id="no ※"),
    pytest.param("※変更あり。\n※ほかに定めがある。", id="not at the end"),
]


@pytest.mark.parametrize("cell", NO_NOTES)
def test_a_cell_without_such_a_note_stays_whole(cell: str) -> None:
    assert without_note(cell) == (cell, None)


STORED = "①照会を限り、理由を入力させる。\n②照会の記録は5年間残す。\n③毎月、係長が記録を確かめる。"


def test_a_gap_in_the_middle_is_filled_from_the_item() -> None:
    filled = fill("①照会を限り、理由を入力させる。\n（略）\n③毎月、係長が記録を確かめる。", STORED)
    assert filled is not None
    assert filled.gaps == ("②照会の記録は5年間残す。",)
    assert (filled.start, filled.end) == (0, len(STORED))
    assert filled.level is Level.LAYOUT


def test_a_gap_at_the_head_is_all_that_stands_before() -> None:
    filled = fill("略\n③毎月、係長が記録を確かめる。", STORED)
    assert filled is not None
    assert filled.gaps == ("①照会を限り、理由を入力させる。\n②照会の記録は5年間残す。",)
    assert filled.end == len(STORED)


def test_a_gap_at_the_end_reaches_to_the_end() -> None:
    filled = fill("③毎月、（以下略）", STORED)
    assert filled is not None
    assert filled.gaps == ("係長が記録を確かめる。",)
    assert STORED[filled.start : filled.end] == "③毎月、係長が記録を確かめる。"


def test_a_gap_may_stand_for_nothing() -> None:
    filled = fill("①照会を限り、理由を入力させる。（略）②照会の記録は5年間残す。", STORED)
    assert filled is not None
    assert filled.gaps == ("",)


UNFILLED = [
    pytest.param("（略）\n④外部の監査を受ける。", STORED, id="a quoted piece stands nowhere"),
    pytest.param(
        "③毎月、係長が記録を確かめる。（略）①照会を限り", STORED, id="the pieces stand the other way"
    ),
    pytest.param(
        "鍵は（略）で保管する。", "鍵は甲で保管する。鍵は乙で保管する。", id="the first piece stands twice"
    ),
    pytest.param("（略）する。", "確かめて残す。", id="the last piece is not the end of anything"),
]


@pytest.mark.parametrize(("elided", "item"), UNFILLED)
def test_what_the_item_does_not_prove_is_not_filled(elided: str, item: str) -> None:
    assert fill(elided, item) is None


def test_the_level_at_which_the_quoted_pieces_agree_is_told() -> None:
    filled = fill("サーバの部屋は（略）施錠する。", "サーバーの部屋は終日施錠する。")
    assert filled is not None
    assert filled.level is Level.VARIANT
    assert filled.gaps == ("終日",)


def test_a_circled_number_tells_two_places_apart() -> None:
    filled = fill("②（略）する。", "①鍵を交換する。\n②鍵を管理する。")
    assert filled is not None
    assert filled.gaps == ("鍵を管理",)


def test_gaps_are_refilled_in_their_order() -> None:
    assert refill("略\n追加分\n（略）", ("甲", "乙")) == "甲\n追加分\n乙"


def test_gaps_that_do_not_match_the_elisions_are_not_refilled() -> None:
    assert refill("略\n追加分", ("甲", "乙")) is None
    assert refill("全文", ("甲",)) is None


QUOTED = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6)
LEFT_OUT = st.text("春夏秋冬東西南北", max_size=8)


@given(st.lists(QUOTED, min_size=2, max_size=4), st.data())
def test_filling_and_refilling_gives_back_the_item(quoted: list[str], data: st.DataObject) -> None:
    """Whatever is filled from an item and written back into the same words is that item again."""
    elided = "（略）".join(quoted)
    gaps = [data.draw(LEFT_OUT) for _ in quoted[1:]]
    item = "".join(piece + gap for piece, gap in zip(quoted, [*gaps, ""], strict=True))
    filled = fill(elided, item)
    if filled is not None:
        written = refill(elided, filled.gaps)
        assert written is not None
        assert item[: filled.start] + written + item[filled.end :] == item


@given(st.lists(QUOTED, min_size=2, max_size=4, unique=True), st.data())
def test_distinct_pieces_are_always_placed(quoted: list[str], data: st.DataObject) -> None:
    """Pieces none of whose characters occur elsewhere leave only one way to fill the gaps."""
    marked = [f"{number}{piece}" for number, piece in zip("一二三四", quoted, strict=False)]
    gaps = tuple(data.draw(LEFT_OUT) for _ in marked[1:])
    item = "".join(piece + gap for piece, gap in zip(marked, [*gaps, ""], strict=True))
    filled = fill("（略）".join(marked), item)
    assert filled is not None
    assert filled.gaps == gaps


@given(st.lists(QUOTED, min_size=1, max_size=5))
def test_there_is_one_piece_more_than_elisions(quoted: list[str]) -> None:
    """Parting a text at its elisions gives every quoted piece back, and nothing else."""
    assert pieces("（略）".join(quoted)) == quoted


CUT = "委託先は、業務の終わりに受け取ったデータを消去し、その証明書を市に提出する。"


def test_a_sentence_cut_off_at_the_page_ends_where_the_other_side_ends() -> None:
    end = CUT.index("その証明書を")
    before = "委託先は、データを返し、その証明書を市に提出する。"
    assert cut_tail(CUT[:end], before, CUT, (0, end)) == len(CUT)


def test_a_whole_sentence_is_not_prolonged() -> None:
    item = "鍵は課長が管理する。記録は毎月確かめる。"
    end = item.index("記録")
    assert cut_tail(item[:end], "鍵は係長が管理し、記録は毎月確かめる。", item, (0, end)) == end


def test_a_part_is_not_prolonged_by_words_the_other_side_does_not_have() -> None:
    item = "納入通知書の送付、口座振替の登録及び収納の管理"
    quoted = "納入通知書の送付、口座振替の登録"
    assert cut_tail(quoted, "納入通知書の送付", item, (0, len(quoted))) == len(quoted)


def test_one_letter_in_common_does_not_prolong_a_part() -> None:
    assert cut_tail("令和7年度", "令和6年度分", "令和7年度分", (0, 5)) == 5
