"""One change on one item, undone on the state it left and redone on the state before it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger import wording
from ledger.form import FormItem, form3
from ledger.published import Boxes
from ledger.wording import Level
from projections import boxes
from projections.readings import Certainty, Reading, Value, known, partial, unknown
from projections.replay import redo, redo_recorded, undo
from projections.rows import Style
from projections.sides import Sides

FORM = form3()
TEXT = FORM["I.1.2"]  # ②事務の内容
CHOICE = FORM["III.7.2"]  # 発生あり, 発生なし
DATE = FORM["V.1.1"]  # ①実施日
MEDIA = FORM["II.3.2"]  # ②入手方法
LINKS = FORM["I.2.system[n].3"]  # ③他のシステムとの接続
RECORDED = FORM["II.2.4.main"]  # 主な記録項目

LATER = "納入通知書の送付、口座振替の登録及び収納の管理を行う。"
EARLIER = "納入通知書の送付及び収納の管理を行う。"


def sides(before: str, after: str) -> Sides:
    return Sides.of("行4", before, after)


def now(value: Value) -> Reading:
    return known(value, "本文")


def value_of(reading: Reading) -> tuple[Value | None, str]:
    return reading.value, str(reading.certainty)


WHOLE = [
    pytest.param(TEXT, EARLIER, LATER, id="a text"),
    pytest.param(TEXT, "", "新しい記載", id="an addition"),
    pytest.param(TEXT, "－", "新しい記載", id="an addition after a dash"),
    pytest.param(TEXT, "古い記載", "－", id="a removal"),
    pytest.param(CHOICE, "発生なし", "発生あり", id="a choice"),
    pytest.param(DATE, "令和2年8月14日", "令和6年7月12日", id="a date"),
    pytest.param(DATE, "－", "令和6年7月12日", id="a first date"),
]


@pytest.mark.parametrize(("item", "before", "after"), WHOLE)
def test_a_full_row_goes_back_and_forward(item: FormItem, before: str, after: str) -> None:
    undone = undo(item, sides(before, after), now(after))
    assert value_of(undone.prior) == (before, "known")
    assert undone.fits is True
    assert value_of(redo(item, sides(before, after), now(before))) == (after, "known")


def test_a_full_row_is_full_on_both_sides() -> None:
    undone = undo(TEXT, sides(EARLIER, LATER), now(LATER))
    assert (undone.before, undone.after, undone.level) == (Style.FULL, Style.FULL, Level.EXACT)


LEVELS = [
    pytest.param("納入通知書の送付、\n口座振替の登録及び収納の管理を行う。", Level.LAYOUT, id="a line break"),
    pytest.param("納入通知書の送付,口座振替の登録及び収納の管理を行う。", Level.FOLDED, id="another comma"),
    pytest.param("納入通知書の送付、口座振替の登録および収納の管理を行う。", Level.VARIANT, id="および"),
]


@pytest.mark.parametrize(("after", "level"), LEVELS)
def test_a_row_that_agrees_at_some_level_says_at_which(after: str, level: Level) -> None:
    undone = undo(TEXT, sides(EARLIER, after), now(LATER))
    assert undone.fits is True
    assert undone.level is level
    assert undone.prior == known(EARLIER, "行4の変更前")


def test_a_fragment_that_stands_once_is_put_back_in_its_place() -> None:
    row = sides("送付及び", "送付、口座振替の登録及び")
    undone = undo(TEXT, row, now(LATER))
    assert value_of(undone.prior) == (EARLIER, "known")
    assert (undone.before, undone.after) == (Style.FRAGMENT, Style.FRAGMENT)
    assert undone.fits is True
    assert value_of(redo(TEXT, row, now(EARLIER))) == (LATER, "known")


def test_a_fragment_that_stands_twice_leaves_the_place_open() -> None:
    row = sides("係長", "課長")
    undone = undo(TEXT, row, now("課長が確かめ、課長が残す。"))
    assert undone.prior.certainty is Certainty.PARTIAL
    assert "2か所" in undone.prior.reason
    assert undone.after is Style.FRAGMENT
    forward = redo(TEXT, row, now("係長が確かめ、係長が残す。"))
    assert value_of(forward) == ("課長", "partial")


def test_a_sentence_that_was_struck_out_cannot_be_put_back_in_its_place() -> None:
    row = sides("窓口での受付も行う。", "－")
    undone = undo(TEXT, row, now("通知を送付する。"))
    assert undone.prior.certainty is Certainty.PARTIAL
    assert "どこにあったか" in undone.prior.reason


def test_a_sentence_cut_off_at_a_page_end_is_put_back_whole() -> None:
    body = "業務の終わりに受け取ったデータを消去し、その証明書を市に提出する。"
    row = sides("データを返し、その証明書を市に提出する。", "受け取ったデータを消去し、")
    assert value_of(undo(TEXT, row, now(body)).prior) == (
        "業務の終わりにデータを返し、その証明書を市に提出する。",
        "known",
    )


def test_a_long_quotation_with_another_word_is_placed_but_not_proved() -> None:
    body = "①照会できる項目を受給資格の審査に使うものに限り、理由を画面に入力させる。②記録を残す。"
    row = sides("①照会を限る。", "①照会できる項目を受給資格の審査に使うものに限り、理由を画面に記入させる。")
    undone = undo(TEXT, row, now(body))
    assert undone.fits is False
    assert undone.prior.certainty is Certainty.PARTIAL
    assert str(undone.prior.value).endswith("②記録を残す。")
    assert (undone.before, undone.after) == (Style.FRAGMENT, Style.FRAGMENT)


def test_words_that_stand_nowhere_break_the_chain() -> None:
    undone = undo(TEXT, sides("甲社", "乙社"), now("丙社"))
    assert undone.fits is False
    assert value_of(undone.prior) == ("甲社", "partial")


def test_nothing_is_said_of_the_fit_where_the_state_is_not_certain() -> None:
    undone = undo(TEXT, sides("甲社", "乙社"), partial("丙社", "一部だけ"))
    assert undone.fits is None
    assert value_of(undone.prior) == ("甲社", "partial")


def test_a_row_on_an_unknown_state_gives_its_own_words_as_part() -> None:
    undone = undo(TEXT, sides("甲社", "乙社"), unknown("失われた"))
    assert value_of(undone.prior) == ("甲社", "partial")
    assert undone.fits is None


def test_going_forward_from_an_unknown_state_proves_no_whole() -> None:
    assert value_of(redo(TEXT, sides("甲社", "乙社"), unknown(""))) == ("乙社", "partial")


def test_a_sentence_struck_out_by_a_dash_is_taken_out_going_forward() -> None:
    state = now("通知を送付する。窓口での受付も行う。")
    assert value_of(redo(TEXT, sides("窓口での受付も行う。", "－"), state)) == ("通知を送付する。", "known")


def test_a_sentence_added_after_a_dash_is_not_taken_for_the_whole_item() -> None:
    state = redo(TEXT, sides("－", "窓口での受付も行う。"), now("通知を送付する。"))
    assert value_of(state) == ("窓口での受付も行う。", "partial")


BLOCK = "＜ガバメントクラウドにおける措置＞\n①機器は国内の施設に置く。"
KEPT = "＜市における措置＞\n書庫に収め、鍵は課長が管理する。"


def test_an_elided_append_is_taken_off_and_put_on() -> None:
    row = sides("略", f"略\n{BLOCK}")
    undone = undo(TEXT, row, now(f"{KEPT}\n{BLOCK}"))
    assert value_of(undone.prior) == (KEPT, "known")
    assert (undone.before, undone.after, undone.fits) == (Style.ELIDED, Style.ELIDED, True)
    assert "略は本文から補った" in undone.prior.reason
    value, certainty = value_of(redo(TEXT, row, now(KEPT)))
    assert (str(value).split(), certainty) == (f"{KEPT}\n{BLOCK}".split(), "known")


def test_an_elided_middle_is_filled_in_both_directions() -> None:
    row = sides(
        "①照会を限る。\n（略）\n③四半期ごとに確かめる。",
        "①照会を限り、理由を入力させる。\n（略）\n③毎月確かめる。",
    )
    late = "①照会を限り、理由を入力させる。\n②記録は5年間残す。\n③毎月確かめる。"
    early = "①照会を限る。\n②記録は5年間残す。\n③四半期ごとに確かめる。"
    back, forward = undo(TEXT, row, now(late)).prior, redo(TEXT, row, now(early))
    assert (str(back.value).split(), back.certainty) == (early.split(), Certainty.KNOWN)
    assert (str(forward.value).split(), forward.certainty) == (late.split(), Certainty.KNOWN)


def test_an_elision_that_the_item_does_not_settle_stays_open() -> None:
    row = sides("略", "鍵は（略）で保管する。")
    undone = undo(TEXT, row, now("鍵は甲で保管する。鍵は乙で保管する。"))
    assert undone.prior.certainty is Certainty.UNKNOWN
    assert (
        redo(TEXT, sides("鍵は（略）で保管する。", "略"), now("何も合わない。")).certainty
        is Certainty.UNKNOWN
    )


def test_an_elision_whose_words_are_not_in_the_item_does_not_fit() -> None:
    undone = undo(TEXT, sides("略", "略\n外部の監査を毎年受ける。"), now(KEPT))
    assert undone.fits is False
    assert undone.prior.certainty is Certainty.UNKNOWN


def test_narration_gives_the_words_it_names_and_proves_neither_state() -> None:
    row = sides("略", "「口座登録区分」及び「口座登録日」を追加。")
    undone = undo(TEXT, row, now("個人番号、口座登録区分、口座登録日"))
    assert value_of(undone.prior) == ("個人番号", "partial")
    assert "言い切れない" in undone.prior.reason
    assert undone.after is Style.NARRATIVE
    assert undone.fits is None
    assert redo(TEXT, row, now("個人番号")).certainty is Certainty.UNKNOWN  # nobody says where they were put


def test_a_narration_and_the_text_before_it_prove_each_other() -> None:
    row = sides("個人番号、氏名", "「口座登録日」を追加。")
    undone = undo(TEXT, row, now("個人番号、氏名、口座登録日"))
    assert value_of(undone.prior) == ("個人番号、氏名", "known")


def test_before_a_narration_a_quoted_text_is_kept_as_part() -> None:
    row = sides("個人番号、氏名", "「口座登録日」を追加。")
    undone = undo(TEXT, row, now("別の記載、口座登録日"))
    assert value_of(undone.prior) == ("別の記載", "partial")
    assert value_of(undo(TEXT, row, now("別の記載")).prior) == ("個人番号、氏名", "partial")


SAME_DAY = [
    pytest.param("令和６年７月１２日", id="wide digits"),
    pytest.param("2024/7/12", id="western"),
    pytest.param("R6.7.12", id="abbreviated"),
    pytest.param("令和六年七月十二日", id="kanji"),
]


@pytest.mark.parametrize("after", SAME_DAY)
def test_a_date_in_another_notation_is_the_same_day(after: str) -> None:
    undone = undo(DATE, sides("令和2年8月14日", after), now("令和6年7月12日"))
    assert undone.fits is True
    assert value_of(undone.prior) == ("令和2年8月14日", "known")


def test_another_day_breaks_the_chain() -> None:
    undone = undo(DATE, sides("令和2年8月14日", "2024/7/13"), now("令和6年7月12日"))
    assert undone.fits is False


def test_a_choice_in_the_label_of_another_edition_is_the_same_option() -> None:
    kind = FORM["II.2.1"]
    undone = undo(
        kind,
        sides("システム用ファイル", "その他の電子ファイル(表計算ファイル等)"),
        now("その他の電子ファイル（表計算ファイル等）"),
    )
    assert undone.fits is True


def test_another_option_breaks_the_chain_and_is_known_all_the_same() -> None:
    undone = undo(CHOICE, sides("発生なし", "発生あり"), now("発生なし"))
    assert undone.fits is False
    assert value_of(undone.prior) == ("発生なし", "known")


# --- boxes --------------------------------------------------------------------------------------

LINKED = Boxes(
    ("庁内連携システム", "宛名システム等", "税務システム"),
    (
        "情報提供ネットワークシステム",
        "住民基本台帳ネットワークシステム",
        "既存住民基本台帳システム",
        "その他",
    ),
)
UNLINKED = Boxes(
    ("庁内連携システム", "宛名システム等"),
    (
        "情報提供ネットワークシステム",
        "住民基本台帳ネットワークシステム",
        "既存住民基本台帳システム",
        "税務システム",
        "その他",
    ),
)


def test_a_box_is_unticked_going_back_and_ticked_going_forward() -> None:
    row = sides("[] 税務システム", "[○] 税務システム")
    undone = undo(LINKS, row, now(LINKED))
    assert undone.prior == known(UNLINKED, "行4の変更前")
    assert (undone.before, undone.after, undone.fits) == (Style.CHECKBOX, Style.CHECKBOX, True)
    assert redo(LINKS, row, now(UNLINKED)) == known(LINKED, "行4の変更後")


def test_a_box_that_stands_otherwise_does_not_fit() -> None:
    undone = undo(LINKS, sides("[] 税務システム", "[○] 税務システム"), now(UNLINKED))
    assert undone.fits is False


def test_of_an_unreadable_box_nothing_is_said() -> None:
    body = Boxes(("紙",), ("電子メール",), ("専用線", "その他"))
    undone = undo(MEDIA, sides("[] 専用線", "[○] 専用線"), now(body))
    assert undone.fits is None
    assert undone.prior.value == Boxes(("紙",), ("電子メール", "専用線"), ("その他",))


def test_the_other_boxes_stay_unreadable() -> None:
    body = Boxes((), ("紙",), ("専用線", "その他"))
    forward = redo(MEDIA, sides("[] 紙", "[○] 紙"), now(body))
    assert forward.value == Boxes(("紙",), (), ("専用線", "その他"))


def test_of_boxes_nobody_has_read_only_the_quoted_one_is_told() -> None:
    row = sides("[] 専用線", "[○] 専用線")
    assert value_of(undo(MEDIA, row, unknown("失われた")).prior) == (Boxes((), ("専用線",)), "partial")
    assert value_of(redo(MEDIA, row, unknown(""))) == (Boxes(("専用線",)), "partial")


def test_a_bare_option_name_says_what_is_ticked() -> None:
    row = sides("紙", "電子記録媒体")
    body = Boxes(("電子記録媒体（フラッシュメモリを除く。）",), ("紙", "電子メール"))
    undone = undo(MEDIA, row, now(body))
    assert undone.fits is True
    assert undone.prior.value == Boxes(("紙",), ("電子記録媒体（フラッシュメモリを除く。）", "電子メール"))


def test_before_boxes_that_were_added_none_was_ticked() -> None:
    row = sides("－", "[○] 庁内連携システム")
    undone = undo(FORM["II.5.transfer[n].6"], row, now(Boxes(("庁内連携システム",), ("紙",))))
    assert value_of(undone.prior) == (Boxes((), ("庁内連携システム", "紙")), "known")
    assert undone.before is Style.DASH


def test_the_free_text_comes_and_goes_with_its_box() -> None:
    row = sides("[] その他", "[○] その他(マイナポータル)")
    late = Boxes(("紙", "その他"), ("専用線",), other_text="マイナポータル")
    early = Boxes(("紙",), ("専用線", "その他"))
    assert undo(MEDIA, row, now(late)).prior.value == early
    assert redo(MEDIA, row, now(early)).value == late


def test_the_free_text_stays_where_another_box_changes() -> None:
    row = sides("[] 専用線", "[○] 専用線")
    late = Boxes(("専用線", "その他"), ("紙",), other_text="窓口")
    assert undo(MEDIA, row, now(late)).prior.value == Boxes(("その他",), ("紙", "専用線"), other_text="窓口")


def test_four_and_five_items_of_information_are_one_box() -> None:
    four = "4情報（氏名、性別、生年月日、住所）"
    five = "5情報（氏名、氏名の振り仮名、性別、生年月日、住所）"
    row = sides(f"[○] {four}", f"[○] {five}")
    undone = undo(RECORDED, row, now(Boxes(("個人番号", five), ("災害関係情報",))))
    assert undone.fits is True
    assert undone.prior.value == Boxes(("個人番号", four), ("災害関係情報",))


def test_words_that_name_no_box_prove_nothing() -> None:
    undone = undo(MEDIA, sides("窓口で受け取る", "郵送で受け取る"), now(Boxes(("紙",))))
    assert undone.prior.certainty is Certainty.PARTIAL
    assert undone.fits is None


def test_narration_about_boxes_proves_neither_state() -> None:
    row = sides("略", "「専用線」を追加。")
    assert undo(MEDIA, row, now(Boxes(("紙", "専用線")))).prior.certainty is Certainty.PARTIAL
    assert redo(MEDIA, row, now(Boxes(("紙",)))).certainty is Certainty.UNKNOWN


# --- changes recorded here ------------------------------------------------------------------------


def test_a_recorded_change_is_the_whole_item() -> None:
    assert value_of(redo_recorded(TEXT, sides("甲", "甲乙"), now("別の記載"))) == ("甲乙", "known")


@pytest.mark.parametrize(
    ("before", "after", "said", "says"),
    [
        pytest.param(
            "（略）乙を行う。",
            "（略）丙を行う。",
            "甲を行う。乙を行う。",
            "甲を行う。丙を行う。",
            id="a part",
        ),
        pytest.param(
            "（略）", "（略）\n丙を行う。", "甲を行う。", "甲を行う。\n丙を行う。", id="words at the end"
        ),
        pytest.param("甲（略）", "乙", "甲（略）", "乙", id="略 that the item itself says"),
    ],
)
def test_a_recorded_change_may_leave_words_out(before: str, after: str, said: str, says: str) -> None:
    assert value_of(redo_recorded(TEXT, sides(before, after), now(said))) == (says, "known")


def test_words_that_a_recorded_change_leaves_out_are_not_invented() -> None:
    row = sides("（略）乙を行う。", "（略）丙を行う。")
    assert redo_recorded(TEXT, row, now("丁を行う。")).certainty is not Certainty.KNOWN
    assert redo_recorded(TEXT, row, unknown("")).certainty is not Certainty.KNOWN


NONE_TICKED = Boxes(unchecked=tuple(option.label for option in LINKS.options))


def test_a_set_of_boxes_comes_and_goes_as_a_whole() -> None:
    came = redo_recorded(LINKS, sides("－", "[○] 税務システム"), unknown(""))
    assert isinstance(came.value, Boxes)
    assert (came.value.checked, came.certainty) == (("税務システム",), Certainty.KNOWN)
    gone = redo_recorded(LINKS, sides("[○] 税務システム", "－"), came)
    assert (gone.value, gone.certainty) == (NONE_TICKED, Certainty.KNOWN)


def test_a_row_that_quotes_every_box_says_what_all_were() -> None:
    before = "\n".join(f"[] {option.label}" for option in LINKS.options)
    came = redo_recorded(LINKS, sides(before, before.replace("[]", "[○]", 1)), unknown(""))
    assert came.certainty is Certainty.KNOWN
    one = redo_recorded(LINKS, sides("[] 税務システム", "[○] 税務システム"), unknown(""))
    assert one.certainty is Certainty.PARTIAL


def test_the_words_behind_a_box_go_with_it() -> None:
    state = now(Boxes(("その他",), ("税務システム",), (), "窓口"))
    gone = redo(LINKS, sides("[○] その他（窓口）", "－"), state).value
    assert isinstance(gone, Boxes)
    assert (gone.checked, gone.other_text) == ((), "")


def test_a_recorded_change_of_boxes_sets_the_boxes_it_names() -> None:
    row = sides("[] 税務システム", "[○] 税務システム")
    assert redo_recorded(LINKS, row, now(UNLINKED)).value == LINKED


def test_what_a_recorded_change_quotes_of_boxes_is_what_they_were() -> None:
    assert boxes.quoted_before(LINKS, LINKED, "[] 税務システム") == "[○] 税務システム"
    assert boxes.quoted_before(LINKS, UNLINKED, "[○] 税務システム") == "[] 税務システム"


# --- properties -----------------------------------------------------------------------------------

SAID = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=8)
AROUND = st.text("春夏秋冬東西南北", max_size=10)


@given(before=SAID, after=SAID)
def test_undoing_what_was_redone_gives_the_state_back_where_the_row_is_full(before: str, after: str) -> None:
    """A row that quotes the whole item can be redone and undone without loss."""
    row = sides(before, after)
    undone = undo(TEXT, row, redo(TEXT, row, now(before)))
    assert value_of(undone.prior) == (before, "known")
    assert undone.fits is True


@given(head=AROUND, before=SAID, after=SAID, tail=AROUND.filter(len))
def test_undoing_what_was_redone_gives_the_state_back_where_the_fragment_stands_once(
    head: str, before: str, after: str, tail: str
) -> None:
    """A row that quotes a part of the item's sentences can be redone and undone without loss."""
    row = sides(before, after)
    state = now(f"{head}{before}{tail}。")
    forward = redo(TEXT, row, state)
    assert value_of(forward) == (f"{head}{after}{tail}。", "known")
    undone = undo(TEXT, row, forward)
    assert value_of(undone.prior) == (state.value, "known")


OPTIONS = [option.label for option in LINKS.options]


@given(ticked=st.sets(st.sampled_from(OPTIONS)), which=st.sampled_from(OPTIONS))
def test_undoing_what_was_redone_gives_the_boxes_back(ticked: set[str], which: str) -> None:
    """Toggling a box and toggling it back leaves every box of the set as it was."""
    state = Boxes(tuple(o for o in OPTIONS if o in ticked), tuple(o for o in OPTIONS if o not in ticked))
    mark, other = ("○", "") if which in ticked else ("", "○")
    row = sides(f"[{mark}] {which}", f"[{other}] {which}")
    forward = redo(LINKS, row, now(state))
    assert isinstance(forward.value, Boxes)
    assert (which in forward.value.checked) is (which not in ticked)
    undone = undo(LINKS, row, forward)
    assert undone.prior.value == state
    assert undone.fits is True


@given(before=st.text("甲乙丙－略「」[]○・①を追加。\n ", max_size=12), after=st.text(max_size=12), state=SAID)
def test_no_row_makes_an_uncertain_state_certain(before: str, after: str, state: str) -> None:
    """Undoing a row on a state that is not known never gives a known text, unless － says it held none."""
    assume(not wording.is_nothing(before))
    undone = undo(TEXT, sides(before, after), partial(state, "一部だけ"))
    assert not undone.prior.known
