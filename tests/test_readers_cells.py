"""One cell of the form → its value, and markup → words: what extraction makes of a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.form import FormItem, form3
from ledger.published import Boxes
from ledger.readers import markup
from ledger.readers.cells import is_empty_choice, nearly, read_boxes, read_choice, read_count, tidy

FORM = form3()
ADEQUACY = FORM["III.2.risk.adequacy"]
PROCEDURE = FORM["III.7.1"]
PEOPLE = FORM["I.1.3"]
ENTRUSTED = FORM["II.4.exists"]
SUBCONTRACTED = FORM["II.4.entrustment[n].4"]
THRESHOLD = FORM["V.1.2"]
AUDITS = FORM["III.8.exists"]
CONNECTIONS = FORM["I.2.system[n].3"]
SOURCES = FORM["II.3.1"]
MAIN_FIELDS = FORM["II.2.4.main"]
PROVIDED = FORM["II.5.exists"]
WAYS_OUT = FORM["II.5.transfer[n].6"]

LIST = "<選択肢> 1) 特に力を入れている 2) 十分である 3) 課題が残されている"
WIDE_LIST = "＜選択肢＞ １）特に力を入れている ２）十分である ３）課題が残されている"
BANDS = "<選択肢> 1) 1,000人未満 2) 1,000人以上1万人未満 3) 1万人以上10万人未満 4) 10万人以上30万人未満"

BOX = '<input type="checkbox"/>'
BOX_CHECKED = '<input checked="" type="checkbox"/>'
RADIO = '<input type="radio"/>'
RADIO_CHECKED = '<input type="radio" checked/>'
TICKS = "○〇◯OＯo✓✔レ●☑■"
BLANKS = ["[]", "[ ]", "[　]", "［］", "☐", "□", "[□]"]

CHOICES = [
    pytest.param(ADEQUACY, f"[十分である] {LIST}", "十分である", id="as the form prints it"),
    pytest.param(ADEQUACY, f"［ 十分である ］ {WIDE_LIST}", "十分である", id="all of it full-width"),
    pytest.param(ADEQUACY, f"[十分である\n]\n{LIST}", "十分である", id="a line break before the bracket"),
    pytest.param(
        ADEQUACY,
        "<p>[十分である] <選択肢></p> <p>1) 特に力を入れている 2) 十分である</p> "
        "<p>3) 課題が残されている</p>",
        "十分である",
        id="split into paragraphs",
    ),
    pytest.param(
        ADEQUACY,
        "<選択肢> [十分である] 1) 特に力を入れている 2) 十分である 3) 課題が残されている",
        "十分である",
        id="the heading of the list came first",
    ),
    pytest.param(ADEQUACY, f"{LIST} [十分である]", "十分である", id="the whole list came first"),
    pytest.param(ADEQUACY, f"十分である {LIST}", "十分である", id="the brackets lost"),
    pytest.param(
        ADEQUACY,
        f"<div>十分である</div> <div> {LIST} </div>",
        "十分である",
        id="the brackets lost, in blocks",
    ),
    pytest.param(ADEQUACY, "十分である", "十分である", id="brackets and list lost"),
    pytest.param(
        ADEQUACY,
        "[十分である] 1) 特に力を入れている 2) 十分である 3) 課題が残されている",
        "十分である",
        id="the heading of the list lost",
    ),
    pytest.param(
        PEOPLE, f"[1万人以上10万人未満] {BANDS}", "1万人以上10万人未満", id="figures beside figures"
    ),
    pytest.param(PEOPLE, f"[1,000人以上1万人未満] {BANDS}", "1,000人以上1万人未満", id="a comma inside"),
    pytest.param(PEOPLE, "[１万人以上１０万人未満]", "１万人以上１０万人未満", id="full-width, kept so"),
    pytest.param(
        FORM["III.3.risk2.authentication"],
        "[行っていない] <選択肢> 1) 行っている 2) 行っていない",
        "行っていない",
        id="the longer of two that look alike",
    ),
    pytest.param(
        FORM["II.2.1"],
        "[システム用ファイル] <選択肢> 1) システム用ファイル 2) その他の電子ファイル(表計算ファイル等)",
        "システム用ファイル",
        id="brackets in the list",
    ),
    pytest.param(
        THRESHOLD,
        "[基礎項目評価の実施が義務付けられる(任意に重点項目評価を実施)] <選択肢>\n"
        "1) 基礎項目評価及び重点項目評価の実施が義務付けられる\n"
        "2) 基礎項目評価の実施が義務付けられる(任意に重点項目評価を実施)\n"
        "3) 特定個人情報保護評価の実施が義務付けられない(任意に重点項目評価を実施)",
        "基礎項目評価の実施が義務付けられる(任意に重点項目評価を実施)",
        id="a whole sentence with narrow brackets",
    ),
    pytest.param(
        ENTRUSTED,
        "[委託する] ＜選択肢＞\n(2) 件 1) 委託する 2) 委託しない",
        "委託する",
        id="with its number of 件 inside the list",
    ),
    pytest.param(
        ENTRUSTED, "[委託しない] (　)件 <選択肢> 1) 委託する 2) 委託しない", "委託しない", id="blank 件"
    ),
    pytest.param(
        ADEQUACY,
        f"{BOX} 特に力を入れている {BOX_CHECKED} 十分である {BOX} 課題が残されている",
        "十分である",
        id="made boxes, one of them checked",
    ),
    pytest.param(ADEQUACY, "[] 特に力を入れている [○] 十分である", "十分である", id="typed ticks"),
    pytest.param(ADEQUACY, f"[] {LIST}", "", id="nothing chosen"),
    pytest.param(ADEQUACY, "", "", id="blank"),
]


@pytest.mark.parametrize(("item", "text", "value"), CHOICES)
def test_a_choice_is_what_stands_beside_the_list(item: FormItem, text: str, value: str) -> None:
    cell = read_choice(item, text)
    assert (cell.value, cell.doubt, cell.left_over) == (value, "", "")


DAMAGED = [
    pytest.param(
        ADEQUACY,
        f"[課題が残っている] {LIST}",
        "課題が残されている",
        "課題が残っている",
        id="garbled, but near",
    ),
    pytest.param(
        PROCEDURE,
        "[十分にを行っている] <p>＜選択肢＞</p> <p>1) 特に力を入れて行っている 2) 十分にを行っている</p>"
        " <p>3) 十分に行っていない</p>",
        "十分に行っている",
        "十分にを行っている",
        id="garbled in the choice and in the list",
    ),
    pytest.param(
        SUBCONTRACTED,
        "<div> <div>再委託しない</div> </div> <div> <div>再委託しない</div> </div>",
        "再委託しない",
        "再委託しない",
        id="doubled",
    ),
    pytest.param(
        ADEQUACY, f"[「力」である] {LIST}", "「力」である", "「力」である", id="garbled beyond reading"
    ),
    pytest.param(ADEQUACY, "特に関心を持って行っている", "特に関心を持って行っている", "関心", id="invented"),
    pytest.param(ADEQUACY, "該当なし", "該当なし", "該当なし", id="an answer that the form has not"),
]


@pytest.mark.parametrize(("item", "text", "value", "told"), DAMAGED)
def test_a_damaged_choice_says_so_in_its_doubt(item: FormItem, text: str, value: str, told: str) -> None:
    cell = read_choice(item, text)
    assert cell.value == value
    assert told in cell.doubt
    assert "\n" not in cell.doubt
    assert not set(cell.doubt) & set(markup.MARKS)


UNDECIDED = [
    pytest.param(ADEQUACY, LIST, id="only the list"),
    pytest.param(ADEQUACY, f"[特に力を入れている 十分である] {LIST}", id="two options in the brackets"),
    pytest.param(ADEQUACY, "特に力を入れている 十分である", id="two options without brackets"),
    pytest.param(
        SUBCONTRACTED,
        "<div> <div>再委託しない</div> <div>再委託する</div> </div>",
        id="both options of the list, its heading lost",
    ),
    pytest.param(
        ADEQUACY,
        f"{RADIO} 特に力を入れている {BOX} 十分である {BOX} 課題が残されている",
        id="a radio button is no choice by itself",
    ),
    pytest.param(
        FORM["III.9.level"],
        f"<div> {BOX} 特に力を入れて行っている </div> <div> {BOX} 十分に行っている </div>",
        id="boxes, none of them checked",
    ),
    pytest.param(
        ADEQUACY, f"{BOX_CHECKED} 特に力を入れている {BOX_CHECKED} 十分である", id="two boxes checked"
    ),
]


@pytest.mark.parametrize(("item", "text"), UNDECIDED)
def test_several_options_and_no_telling_which_is_no_choice(item: FormItem, text: str) -> None:
    cell = read_choice(item, text)
    assert cell.value == ""
    assert "読み取れない" in cell.doubt


def test_words_behind_the_list_are_left_over() -> None:
    cell = read_choice(ADEQUACY, f"[十分である] {LIST} 年1回の監査")
    assert (cell.value, cell.doubt, cell.left_over) == ("十分である", "", "年1回の監査")


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        pytest.param(LIST, True, id="only the list"),
        pytest.param("", True, id="blank"),
        pytest.param(f"<div> {LIST} </div>", True, id="only the list, in a block"),
        pytest.param(f"[十分である] {LIST}", False, id="chosen"),
        pytest.param(f"{LIST} [十分である]", False, id="chosen behind the list"),
    ],
)
def test_knows_a_choice_that_lost_its_chosen_option(text: str, *, empty: bool) -> None:
    assert is_empty_choice(ADEQUACY, text) is empty


CHOOSERS = [item for item in FORM if item.kind == "choice"]
PRINTINGS = ["[{}] {}", "［{}］\n{}", "{} {}", "<p>[ {} ]</p> <p>{}</p>", "{1} [{0}]"]


@given(st.sampled_from(CHOOSERS), st.data(), st.sampled_from(PRINTINGS))
def test_every_option_of_every_choice_is_read_back(item: FormItem, data: st.DataObject, shape: str) -> None:
    """The option printed as chosen is the value, and the list beside it leaves nothing over."""
    chosen = data.draw(st.sampled_from(item.options)).label
    listed = " ".join(f"{no}) {option.label}" for no, option in enumerate(item.options, start=1))
    cell = read_choice(item, shape.format(chosen, f"<選択肢> {listed}"))
    assert (cell.value, cell.doubt, cell.left_over) == (chosen, "", "")


def states(boxes: Boxes) -> str:
    """The three audits as one letter each, in the order of the form: x ticked, o blank, ? unreadable."""
    letters = {"x": boxes.checked, "o": boxes.unchecked, "?": boxes.unreadable}
    labels = [option.label for option in AUDITS.options]
    return "".join(next(letter for letter, group in letters.items() if label in group) for label in labels)


@pytest.mark.parametrize("tick", TICKS)
def test_every_mark_that_people_type_is_a_tick(tick: str) -> None:
    boxes = read_boxes(AUDITS, f"[{tick}] 自己点検 [] 内部監査 [ {tick} ] 外部監査").value
    assert states(boxes) == "xox"


@pytest.mark.parametrize("blank", BLANKS)
def test_every_empty_box_that_people_type_is_blank(blank: str) -> None:
    boxes = read_boxes(AUDITS, f"{blank} 自己点検 [○] 内部監査 {blank} 外部監査").value
    assert states(boxes) == "oxo"


BOXES = [
    pytest.param("[○] 自己点検 [] 内部監査 [] 外部監査", "xoo", id="as the form prints it"),
    pytest.param("[] 自己点検 [] 内部監査 [] 外部監査", "ooo", id="typed brackets, all empty"),
    pytest.param("[\n○\n]\n自己点検\n[ ]\n内部監査\n[]外部監査", "xoo", id="brackets over several lines"),
    pytest.param("[○]外部監査 [○]自己点検 []内部監査", "xox", id="another order"),
    pytest.param("☑自己点検 ☐内部監査 □外部監査", "xoo", id="boxes without brackets"),
    pytest.param("自己点検 内部監査 外部監査", "???", id="all marks lost"),
    pytest.param("○自己点検 内部監査 外部監査", "???", id="a circle without brackets may be a bullet"),
    pytest.param("[○] 自己点検 内部監査 [] 外部監査", "x?o", id="one mark lost"),
    pytest.param("[○] 自己点検 [] 内部監査", "xo?", id="one option lost"),
    pytest.param("", "???", id="all lost"),
    pytest.param("自己点検 [○] 内部監査 [] 外部監査 []", "xoo", id="every mark behind its option"),
    pytest.param("[X] 自己点検 [] 内部監査 [] 外部監査", "?oo", id="a mark that nobody agreed on"),
    pytest.param("[0] 自己点検 [○] 内部監査 [] 外部監査", "?xo", id="a nought where a circle may have been"),
    pytest.param(f"{RADIO} 自己点検 {BOX} 内部監査 {BOX} 外部監査", "xoo", id="○ became a radio button"),
    pytest.param(
        f"[{RADIO}] 自己点検 [{BOX}] 内部監査 [{RADIO}] 外部監査", "xox", id="the same inside brackets"
    ),
    pytest.param(
        f"[{RADIO}] 自己点検 [] 内部監査 [] 外部監査", "xoo", id="radio button beside empty brackets"
    ),
    pytest.param(f"{RADIO} 自己点検 {RADIO} 内部監査 {RADIO} 外部監査", "???", id="radio buttons only"),
    pytest.param(f"{BOX} 自己点検 {BOX} 内部監査 {BOX} 外部監査", "???", id="check boxes, all blank"),
    pytest.param(f"{BOX_CHECKED} 自己点検 {BOX} 内部監査 {BOX} 外部監査", "xoo", id="one check box checked"),
    pytest.param(
        f"{RADIO_CHECKED} 自己点検 {RADIO} 内部監査 {RADIO} 外部監査", "xoo", id="one radio checked"
    ),
    pytest.param(
        f"{RADIO_CHECKED} 自己点検 {RADIO} 内部監査 {BOX} 外部監査", "x?o", id="three kinds of marks"
    ),
    pytest.param(f"[○] 自己点検 {BOX} 内部監査 {BOX} 外部監査", "xoo", id="a typed tick beside check boxes"),
]


@pytest.mark.parametrize(("text", "expected"), BOXES)
def test_what_a_mark_means_depends_on_what_else_stands_in_its_cell(text: str, expected: str) -> None:
    cell = read_boxes(AUDITS, text)
    assert states(cell.value) == expected
    assert bool(cell.doubt) is ("?" in expected)


def test_a_doubt_names_the_boxes_that_cannot_be_read() -> None:
    assert "内部監査" in read_boxes(AUDITS, "[○] 自己点検 内部監査 [] 外部監査").doubt


OTHER_TEXTS = [
    pytest.param("[○] その他 ( 申請管理システム )", "x", "申請管理システム", id="as printed"),
    pytest.param("[○] その他（申請管理システム）", "x", "申請管理システム", id="full-width brackets"),
    pytest.param("[○] その他（申請管理(共同利用)）", "x", "申請管理(共同利用)", id="brackets inside"),
    pytest.param("[○] その他（市民課（窓口）、税務課）", "x", "市民課（窓口）、税務課", id="one kind inside"),
    pytest.param("[○] その他（申請管理\n収納管理）", "x", "申請管理\n収納管理", id="on two lines"),
    pytest.param(f"{BOX_CHECKED} その他（申請管理システム", "x", "申請管理システム", id="bracket lost"),
    pytest.param("[] その他 ()", "o", "", id="blank"),
    pytest.param("[] その他 （　）", "o", "", id="blank with a space"),
    pytest.param("[○] その他", "x", "", id="ticked without words"),
    pytest.param("[] その他 (申請管理システム)", "o", "申請管理システム", id="words in a blank box are kept"),
    pytest.param(f"{BOX} その他（申請管理システム）", "?", "申請管理システム", id="a blank box with words"),
    pytest.param(
        f"{BOX_CHECKED} 税務システム {BOX} その他（申請管理システム）",
        "?",
        "申請管理システム",
        id="the same beside a checked one",
    ),
]


@pytest.mark.parametrize(("text", "state", "other"), OTHER_TEXTS)
def test_the_words_behind_sonota_are_the_other_text(text: str, state: str, other: str) -> None:
    cell = read_boxes(CONNECTIONS, text)
    group = {"x": cell.value.checked, "o": cell.value.unchecked, "?": cell.value.unreadable}[state]
    assert "その他" in group
    assert cell.value.other_text == other
    assert cell.left_over == ""


def test_words_behind_several_options_stand_on_a_line_each_with_their_option() -> None:
    cell = read_boxes(
        SOURCES,
        "[○] 本人又は本人の代理人 [○] 評価実施機関内の他部署 （ 市民課、税務課 ） "
        "[] 行政機関・独立行政法人等 () [○] 地方公共団体・地方独立行政法人 （ 他市町村 ） "
        "[] 民間事業者 () [○] その他 （ 地方公共団体情報システム機構 ）",
    )
    assert cell.value == Boxes(
        checked=(
            "本人又は本人の代理人",
            "評価実施機関内の他部署",
            "地方公共団体・地方独立行政法人",
            "その他",
        ),
        unchecked=("行政機関・独立行政法人等", "民間事業者"),
        other_text="評価実施機関内の他部署：市民課、税務課\n"
        "地方公共団体・地方独立行政法人：他市町村\n"
        "その他：地方公共団体情報システム機構",
    )
    assert (cell.doubt, cell.left_over) == ("", "")


def test_words_behind_one_option_that_is_not_sonota_name_it() -> None:
    boxes = read_boxes(SOURCES, "[○] 評価実施機関内の他部署（市民課） [] その他（）").value
    assert boxes.other_text == "評価実施機関内の他部署：市民課"


def test_columns_of_boxes_are_read_as_one_set() -> None:
    cell = read_boxes(
        CONNECTIONS,
        f"<div> <div> {BOX} 情報提供ネットワークシステム {BOX} 住民基本台帳ネットワークシステム "
        f"{BOX} 宛名システム等 {BOX_CHECKED} その他（申請管理システム </div> <div> {BOX} 庁内連携システム "
        f"{BOX} 既存住民基本台帳システム {BOX} 税務システム) </div> </div>",
    )
    assert cell.value.checked == ("その他",)
    assert len(cell.value.unchecked) == 6
    assert (cell.value.other_text, cell.left_over) == ("申請管理システム", "")


EDITIONS = [
    pytest.param("5情報（氏名、氏名の振り仮名、性別、生年月日、住所）", id="令和7年5月"),
    pytest.param("5情報（氏名、氏名の振仮名、性別、生年月日、住所）", id="the other spelling"),
    pytest.param("4情報（氏名、性別、生年月日、住所）", id="the editions before"),
    pytest.param("4情報(氏名、性別、生年月日、住所)", id="narrow brackets"),
]


@pytest.mark.parametrize("label", EDITIONS)
def test_a_label_of_any_edition_is_the_same_option_and_is_kept_as_printed(label: str) -> None:
    boxes = read_boxes(MAIN_FIELDS, f"[○] 個人番号 [○] {label} [] 国税関係情報").value
    assert boxes.checked == ("個人番号", label)
    assert not any("情報（氏名" in unread for unread in boxes.unreadable)


def test_headings_between_the_boxes_and_labels_inside_labels_are_told_apart() -> None:
    cell = read_boxes(
        MAIN_FIELDS,
        "・識別情報\n[○] 個人番号 [] 個人番号対応符号 [○] その他識別情報(内部番号)\n・連絡先等情報\n"
        "[○] 4情報(氏名、性別、生年月日、住所) [] 連絡先(電話番号等) [] その他住民票関係情報\n"
        "・業務関係情報\n[] 国税関係情報 [○] 地方税関係情報 [] その他 ()",
    )
    assert cell.value.checked == (
        "個人番号",
        "その他識別情報(内部番号)",
        "4情報(氏名、性別、生年月日、住所)",
        "地方税関係情報",
    )
    assert cell.value.unchecked == (
        *("個人番号対応符号", "連絡先(電話番号等)", "その他住民票関係情報", "国税関係情報", "その他"),
    )
    assert cell.left_over == ""


def test_an_option_that_ends_another_is_read_by_itself() -> None:
    boxes = read_boxes(WAYS_OUT, "[] 電子記録媒体(フラッシュメモリを除く。) [○] フラッシュメモリ [] 紙").value
    assert boxes.checked == ("フラッシュメモリ",)
    assert boxes.unchecked == ("電子記録媒体(フラッシュメモリを除く。)", "紙")


def test_the_boxes_of_one_heading_are_told_apart() -> None:
    boxes = read_boxes(FORM["III.6.not_connected"], "[] 接続しない(入手) [○] 接続しない(提供)").value
    assert (boxes.checked, boxes.unchecked) == (("接続しない(提供)",), ("接続しない(入手)",))


def test_words_beside_the_boxes_are_left_over() -> None:
    assert read_boxes(AUDITS, "[○] 自己点検 [] 内部監査 [] 外部監査 年1回実施").left_over == "年1回実施"


def test_the_number_printed_beside_a_box_is_no_word_of_it() -> None:
    cell = read_boxes(PROVIDED, "[○] 提供を行っている (1) 件 [○] 移転を行っている ( 12 ) 件 [] 行っていない")
    assert cell.value == Boxes(("提供を行っている", "移転を行っている"), ("行っていない",))
    assert cell.left_over == ""


SETS = [item for item in FORM if item.kind == "checkbox"]
WHOLE = {"[○]": "x", "[O]": "x", "[]": "o", "[ ]": "o", "": "?"}


@given(st.sampled_from(SETS), st.data())
def test_every_box_of_every_set_is_read_back(item: FormItem, data: st.DataObject) -> None:
    """Whatever is ticked, blank or lost: each option is in exactly one of the three, in printed order."""
    marks = data.draw(st.lists(st.sampled_from(list(WHOLE)), min_size=19, max_size=19))
    printed = list(zip(marks, (option.label for option in item.options), strict=False))
    cell = read_boxes(item, "\n".join(f"{mark} {label}" for mark, label in printed))
    for state, group in (
        ("x", cell.value.checked),
        ("o", cell.value.unchecked),
        ("?", cell.value.unreadable),
    ):
        assert group == tuple(label for mark, label in printed if WHOLE[mark] == state)
    assert cell.left_over == ""


COUNTS = [
    pytest.param("[委託する] (2) 件 <選択肢> 1) 委託する 2) 委託しない", "", "2", id="as printed"),
    pytest.param("[委託する] ＜選択肢＞\n( 12 ) 件 1) 委託する", "", "12", id="in a row of its own"),
    pytest.param("[委託する] (　) 件 <選択肢> 1) 委託する 2) 委託しない", "", "", id="blank"),
    pytest.param("[委託しない] <選択肢> 1) 委託する 2) 委託しない", "", "", id="none printed"),
    pytest.param("", "", "", id="nothing"),
    pytest.param(
        "[○] 提供を行っている (1) 件 [○] 移転を行っている (2) 件", "提供を行っている", "1", id="first"
    ),
    pytest.param(
        "[○] 提供を行っている (1) 件 [○] 移転を行っている (2) 件", "移転を行っている", "2", id="second"
    ),
    pytest.param(
        "[] 提供を行っている () 件 [○] 移転を行っている (2) 件", "提供を行っている", "", id="blank one"
    ),
    pytest.param("[○] 移転を行っている (30) 件", "提供を行っている", "", id="an option that is not printed"),
    pytest.param("移転を行っている(4件)", "移転を行っている", "4", id="as change rows write it"),
    pytest.param(f"[{RADIO}] 提供を行っている (4) 件", "提供を行っている", "4", id="behind a mark"),
]


@pytest.mark.parametrize(("text", "option", "count"), COUNTS)
def test_the_number_is_the_one_printed_behind_its_option(text: str, option: str, count: str) -> None:
    assert read_count(text, option) == count


TYPED = [
    pytest.param("<中間サーバー・プラットフォームにおける措置>", id="a heading"),
    pytest.param("<熊谷市における措置> ①甲 <ガバメントクラウドにおける措置> ②乙", id="two headings"),
    pytest.param("＜中間サーバーにおける措置＞", id="a full-width heading"),
    pytest.param("<選択肢>", id="the heading of a list"),
    pytest.param("<B事業者における措置>", id="a heading that begins like a tag"),
    pytest.param("<p市における措置>", id="another"),
    pytest.param("10項目<20項目", id="less than"),
    pytest.param("甲 < 乙 > 丙", id="spaced"),
    pytest.param("A->B", id="an arrow"),
]


@pytest.mark.parametrize("text", TYPED)
def test_what_people_typed_in_angle_brackets_is_no_tag(text: str) -> None:
    assert markup.plain(text) == text
    assert markup.words(text) == text
    assert tidy(f"<p>{text}</p>") == text


TAGS = [
    pytest.param("<p>甲</p> <p>乙</p>", "甲\n乙", id="paragraphs become lines"),
    pytest.param("甲<br>乙<BR/>丙<br />丁", "甲\n乙\n丙\n丁", id="line breaks"),
    pytest.param("<ul> <li>甲</li> <li>乙</li> </ul>", "甲\n乙", id="a list"),
    pytest.param("<b>太</b>字と<span style='color: red'>赤</span>字", "太字と赤字", id="inside a line"),
    pytest.param("<P CLASS='x'>甲</P>", "甲", id="capitals and attributes"),
    pytest.param('<div style="display: flex;"> <div>甲</div> <div>乙</div> </div>', "甲\n乙", id="blocks"),
    pytest.param("<p>甲", "甲", id="never closed"),
    pytest.param("<p>①甲</p>\n\n　<p>②乙</p>", "①甲\n②乙", id="no blank lines"),
    pytest.param(
        "<p><中間サーバーにおける措置></p><p>甲</p>", "<中間サーバーにおける措置>\n甲", id="heading kept"
    ),
    pytest.param("  甲\n乙  ", "甲\n乙", id="no tags at all"),
]


@pytest.mark.parametrize(("text", "plain"), TAGS)
def test_tags_become_line_breaks_or_nothing(text: str, plain: str) -> None:
    assert markup.plain(text) == plain


def test_cells_of_a_table_in_a_cell_stay_apart() -> None:
    text = "<table><tr><td>氏名</td><td>1</td></tr><tr><td>住所</td><td>2</td></tr></table>"
    assert [line.split() for line in markup.plain(text).split("\n")] == [["氏名", "1"], ["住所", "2"]]


@pytest.mark.parametrize(
    ("tag", "mark"),
    [
        pytest.param('<input type="checkbox"/>', markup.BOX, id="check box"),
        pytest.param('<input checked="" type="checkbox"/>', markup.BOX_TICKED, id="checked, before the type"),
        pytest.param("<input type='checkbox' checked>", markup.BOX_TICKED, id="checked, behind it"),
        pytest.param('<INPUT TYPE="CHECKBOX" CHECKED>', markup.BOX_TICKED, id="capitals"),
        pytest.param('<input type="radio"/>', markup.RADIO, id="radio button"),
        pytest.param(
            '<input type="radio" checked="checked"/>', markup.RADIO_TICKED, id="radio button, checked"
        ),
    ],
)
def test_each_kind_of_input_is_a_mark_of_its_own(tag: str, mark: str) -> None:
    assert markup.plain(f"{tag} 自己点検") == f"{mark} 自己点検"
    assert markup.words(f"{tag} 自己点検") == "自己点検"


@given(st.lists(st.sampled_from([*"甲乙①②・<>＜＞/ \n", "<p>", "</p>", "<br/>", BOX, "<選択肢>", "<甲>"])))
def test_markup_takes_away_tags_and_white_space_only(pieces: list[str]) -> None:
    """Every letter outside a tag is still there, in its order."""
    tags = {"<p>", "</p>", "<br/>", BOX}
    words = markup.words("".join(pieces))
    kept = "".join(piece for piece in pieces if piece not in tags)
    assert "".join(words.split()) == "".join(kept.split())


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        pytest.param("評価実施機関名", "評価実施機関名", 1, 1, id="the same"),
        pytest.param("公 表 日", "公表日", 1, 1, id="spaced out"),
        pytest.param("リスク１：目的外", "リスク1:目的外", 1, 1, id="widths"),
        pytest.param("従業員に対する教育・啓発", "従業者に対する教育・啓発", 0.9, 0.99, id="one letter"),
        pytest.param("実施日", "連絡先", 0, 0.3, id="nothing in common"),
    ],
)
def test_likeness_of_labels(one: str, other: str, least: float, most: float) -> None:
    assert least <= nearly(one, other) <= most
