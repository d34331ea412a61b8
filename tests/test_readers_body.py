"""Rows of cells → the items of the form: sections, headings, groups, risks, several files."""

from __future__ import annotations

import pytest

from ledger.published import Boxes, PublishedEdition, TableState
from ledger.readers import read
from tests.conftest import ROOT
from tests.sources import (
    ADEQUACY,
    CONTENTS,
    COVER,
    SECTION_I,
    edition,
    left,
    length,
    values,
)

# --- sections and headings ----------------------------------------------------------------------


def test_the_list_of_contents_opens_no_section() -> None:
    found = edition(CONTENTS, SECTION_I)
    assert values(found) == {"I/1/①事務の名称": "介護保険に関する事務"}
    assert found.table is TableState.ABSENT
    assert left(found) == []


def test_sections_may_stand_in_any_order() -> None:
    found = edition(
        CONTENTS,
        "Ⅳ 開示請求、問合せ\n\n2. 特定個人情報ファイルの取扱いに関する問合せ\t\n①連絡先\t高齢者支援課\n",
        "Ⅴ　評価実施手続\n\n1. 基礎項目評価\t\n①実施日\t令和7年9月5日\n",
        SECTION_I,
    )
    assert values(found) == {
        "I/1/①事務の名称": "介護保険に関する事務",
        "IV/2/①連絡先": "高齢者支援課",
        "V/1/①実施日": "令和7年9月5日",
    }
    assert [item.path.section for item in found.items if item.path.section != "表紙"] == ["I", "IV", "V"]


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("Ⅲ リスク対策 ※(7. ②を除く。)", id="Roman numeral of one character"),
        pytest.param("III リスク対策", id="ASCII"),
        pytest.param("IIIリスク対策", id="glued"),
        pytest.param("Ⅲ．リスク対策", id="with a point"),
        pytest.param("<p>Ⅲ リスク対策</p>", id="in tags"),
        pytest.param("\tⅢ　リスク対策　※（７．②を除く。）\t", id="in the second cell"),
        pytest.param("Ⅲ　リ ス ク 対 策", id="spaced out"),
    ],
)
def test_a_section_opens_however_its_heading_is_printed(heading: str) -> None:
    found = edition(SECTION_I, f"{heading}\n8. 監査\t\n実施の有無\t[○] 自己点検 [] 内部監査 [] 外部監査\n")
    assert values(found, "III") == {
        "III/8/実施の有無": Boxes(("自己点検",), ("内部監査", "外部監査")),
    }
    assert left(found) == []


def test_a_heading_may_hold_the_value_of_its_own_item() -> None:
    found = edition(
        "I 基本情報\n3. 特定個人情報ファイル名\t\n介護保険ファイル\n",
        "7. 他の評価実施機関\t－\n",
    )
    assert values(found) == {"I/3/特定個人情報ファイル名": "介護保険ファイル", "I/7/他の評価実施機関": "－"}


BOXES_IN_HEADINGS = [
    pytest.param(
        "4. 特定個人情報ファイルの取扱いの委託 [] 委託しない",
        "III/4/委託しない",
        Boxes(unchecked=("委託しない",)),
        id="behind the heading",
    ),
    pytest.param(
        "4. 特定個人情報ファイルの取扱いの委託\t\t[○] 委託しない",
        "III/4/委託しない",
        Boxes(checked=("委託しない",)),
        id="in a cell of its own",
    ),
    pytest.param(
        "5. 特定個人情報の提供・移転（委託や情報提供ネットワークシステムを通じた提供を除く。）\t"
        "[○]提供・移転しない",
        "III/5/提供・移転しない",
        Boxes(checked=("提供・移転しない",)),
        id="behind brackets of the heading",
    ),
    pytest.param(
        '6. 情報提供ネットワークシステムとの接続\t<input type="radio"/> 接続しない（入手） '
        '<input type="checkbox"/> 接続しない（提供）',
        "III/6/接続しない",
        Boxes(checked=("接続しない（入手）",), unchecked=("接続しない（提供）",)),
        id="two boxes as inputs",
    ),
    pytest.param(
        "6. 情報提供ネットワークシステムとの接続\t",
        "III/6/接続しない",
        Boxes(unreadable=("接続しない（入手）", "接続しない（提供）")),
        id="boxes that extraction lost",
    ),
]


@pytest.mark.parametrize(("heading", "path", "boxes"), BOXES_IN_HEADINGS)
def test_boxes_in_a_heading_are_an_item(heading: str, path: str, boxes: Boxes) -> None:
    found = edition(f"Ⅲ リスク対策\n{heading}\n")
    assert values(found) == {path: boxes}
    assert left(found) == []


# --- rows of the body ---------------------------------------------------------------------------

SIX = "I 基本情報\n6. 評価実施機関における担当部署\t\n"


def test_a_row_without_a_label_goes_on_with_the_item_before_it() -> None:
    found = edition(SIX + "①部署\t福祉部\n\n\t高齢者支援課\n②所属長の役職名\t課長\n")
    assert values(found) == {"I/6/①部署": "福祉部\n高齢者支援課", "I/6/②所属長の役職名": "課長"}


def test_a_row_above_its_label_waits_for_it_when_the_label_has_no_value() -> None:
    found = edition(SIX + "①部署\t高齢者支援課\n\n\t課長\n②所属長の役職名\t\n")
    assert values(found) == {"I/6/①部署": "高齢者支援課", "I/6/②所属長の役職名": "課長"}
    doubts = {str(item.path): item.doubt for item in found.items}
    assert "続きかもしれない" in doubts["I/6/①部署"]
    assert "見出しより前" in doubts["I/6/②所属長の役職名"]


def test_a_row_right_below_another_goes_on_with_it_even_when_the_next_label_has_no_value() -> None:
    found = edition(SIX + "①部署\t福祉部\n\t高齢者支援課\n②所属長の役職名\t\n")
    assert values(found) == {"I/6/①部署": "福祉部\n高齢者支援課", "I/6/②所属長の役職名": ""}
    assert "I/6/①部署" not in doubts(found)


def test_a_choice_above_its_label_waits_for_it_when_the_label_has_only_the_list() -> None:
    listed = "<選択肢> 1) 発生あり 2) 発生なし"
    found = edition(
        "Ⅲ リスク対策\n7. 特定個人情報の保管・消去\t\n"
        "①事故発生時手順の策定・周知\t[十分に行っている]\n\t[発生なし]\n"
        f"②過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか\t{listed}\n"
    )
    assert list(values(found).values()) == ["十分に行っている", "発生なし"]


def test_a_row_without_a_label_does_not_go_on_over_a_heading() -> None:
    found = edition(SIX + "②所属長の役職名\t課長\n7. 他の評価実施機関\t\n\t霞野市教育委員会\n")
    assert values(found) == {"I/6/②所属長の役職名": "課長", "I/7/他の評価実施機関": "霞野市教育委員会"}


def test_a_row_without_a_label_behind_a_bare_heading_is_unassigned() -> None:
    found = edition(SIX + "\t高齢者支援課\n②所属長の役職名\t課長\n")
    assert values(found) == {"I/6/②所属長の役職名": "課長"}
    assert [text for _, text in left(found)] == ["高齢者支援課"]


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("---\t---", id="a cell each"),
        pytest.param("--------", id="one line"),
        pytest.param(":---:\t---:", id="with colons"),
        pytest.param("\t----------\t", id="in the middle"),
    ],
)
def test_rules_of_hyphens_belong_to_nobody(rule: str) -> None:
    found = edition(SIX + f"①部署\t高齢者支援課\n{rule}\n②所属長の役職名\t課長\n{rule}\n")
    assert values(found) == {"I/6/①部署": "高齢者支援課", "I/6/②所属長の役職名": "課長"}
    assert left(found) == []


def test_a_single_dash_is_a_value() -> None:
    found = edition("I 基本情報\n7. 他の評価実施機関\t\n-\n")
    assert values(found) == {"I/7/他の評価実施機関": "-"}


@pytest.mark.parametrize(
    "folded",
    ["システム2～5", "システム2〜5", "システム 2~5", "システム２－５"],
    ids=["wave dash", "the other wave dash", "tilde and space", "full-width"],
)
def test_a_folded_block_holds_nothing_and_ends_the_group_before_it(folded: str) -> None:
    found = edition(
        "I 基本情報\n2. 特定個人情報ファイルを取り扱う事務において使用するシステム\t\n"
        f"システム1\n①システムの名称\t介護保険システム\n{folded}\nシステム6\n①システムの名称\t宛名システム\n"
    )
    assert values(found) == {
        "I/2/システム1/①システムの名称": "介護保険システム",
        "I/2/システム6/①システムの名称": "宛名システム",
    }
    assert left(found) == []


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("委託事項2\t印刷業務", id="beside it"),
        pytest.param("委託事項2 印刷業務", id="in the same cell"),
        pytest.param("委託事項２印刷業務", id="glued, full-width"),
        pytest.param("<p>委託事項2</p><p>印刷業務</p>", id="in the same cell, in tags"),
        pytest.param("委託事項2\t\n\t印刷業務", id="in the next row"),
    ],
)
def test_the_name_of_a_group_is_the_value_of_the_group(head: str) -> None:
    found = edition(
        "Ⅱ 特定個人情報ファイルの概要\n4. 特定個人情報ファイルの取扱いの委託\t\n"
        "委託の有無 ※\t[委託する]\t<選択肢>\n\t(2) 件\t1) 委託する 2) 委託しない\n"
        f"委託事項1\t運用保守\n①委託内容\t保守\n{head}\n③委託先名\t光(株)\n"
        "再\t④再委託の有無 ※\t[再委託しない] <選択肢> 1) 再委託する 2) 再委託しない\n"
    )
    assert values(found) == {
        "II/4/委託の有無": "委託する",
        "II/4/委託の有無/件": "2",
        "II/4/委託事項1": "運用保守",
        "II/4/委託事項1/①委託内容": "保守",
        "II/4/委託事項2": "印刷業務",
        "II/4/委託事項2/③委託先名": "光(株)",
        "II/4/委託事項2/④再委託の有無": "再委託しない",
    }
    assert left(found) == []


def test_an_item_of_a_group_has_the_key_and_the_line_of_its_own() -> None:
    found = edition(
        "Ⅱ 特定個人情報ファイルの概要\n5. 特定個人情報の提供・移転（委託に伴うものを除く。）\t\n"
        "提供・移転の有無\t[○] 提供を行っている (1) 件 [○] 移転を行っている (12) 件 [] 行っていない\n"
        "提供先1\t県知事\n移転先12\t税務課\n⑦時期・頻度\t毎月\n"
    )
    first = COVER.count("\n") + 3
    assert [(item.key, item.value, item.line) for item in found.items if item.key.startswith("II")] == [
        ("II.5.exists", Boxes(("提供を行っている", "移転を行っている"), ("行っていない",)), first),
        ("II.5.provision_count", "1", first),
        ("II.5.transfer_count", "12", first),
        ("II.5.provision[1]", "県知事", first + 1),
        ("II.5.transfer[12]", "税務課", first + 2),
        ("II.5.transfer[12].7", "毎月", first + 3),
    ]


BLOCK = (
    "委託事項{{n}}\t{0}\n①委託内容\t{0}\n②委託先における取扱者数\t[ ] <選択肢> 1) 10人未満\n"
    "③委託先名\t{0}\n再委託\t④再委託の有無 ※\t[ ] <選択肢> 1) 再委託する 2) 再委託しない\n"
    "\t⑤再委託の許諾方法\t\n\t⑥再委託事項\t\n"
)
BLANK, FILLED = BLOCK.format(""), BLOCK.format("納付書の印刷")


@pytest.mark.parametrize(
    ("blocks", "numbers"),
    [
        pytest.param((FILLED, BLANK, BLANK), {1}, id="behind the last that is filled"),
        pytest.param((FILLED, BLANK, FILLED), {1, 2, 3}, id="between two that are filled"),
        pytest.param((BLANK, BLANK), {1}, id="none is filled: the first says so"),
    ],
)
def test_blocks_that_the_form_prints_for_later_use_are_no_items(
    blocks: tuple[str, ...], numbers: set[int]
) -> None:
    printed = "".join(block.format(n=n) for n, block in enumerate(blocks, start=1))
    found = edition(f"Ⅱ 特定個人情報ファイルの概要\n4. 特定個人情報ファイルの取扱いの委託\t\n{printed}")
    paths = [path for path in values(found, "II") if "①委託内容" in path]
    assert paths == [f"II/4/委託事項{n}/①委託内容" for n in sorted(numbers)]
    assert found.assigned == found.characters
    assert found.assigned == sum(length(piece.text) for piece in found.pieces)


def test_the_same_label_below_two_risks_is_two_items() -> None:
    found = edition(
        "Ⅲ リスク対策\n3. 特定個人情報の使用\t\n"
        "リスク1：目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク\t\n"
        f"リスクに対する措置の内容\t権限を限る。\nリスクへの対策は十分か\t{ADEQUACY}\n"
        "リスク２： 権限のない者によって不正に使用されるリスク\t\n"
        f"具体的な管理方法\tＩＤで管理する。\nリスクへの対策は十分か\t{ADEQUACY.replace('[十分', '[課題')}\n"
    )
    assert values(found)["III/3/リスク1/リスクへの対策は十分か"] == "十分である"
    assert values(found)["III/3/リスク1/リスクに対する措置の内容"] == "権限を限る。"
    assert values(found)["III/3/リスク2/具体的な管理方法"] == "ＩＤで管理する。"
    assert "III/3/リスク2/リスクへの対策は十分か" in values(found)
    assert left(found) == []


def test_rows_below_a_label_without_value_are_items_of_their_own() -> None:
    found = edition(
        "Ⅱ 特定個人情報ファイルの概要\n3. 特定個人情報の入手・使用\t\n"
        "④使用の主体\t使用部署\t高齢者支援課\n\t使用者数\t[10人未満]\n"
        "⑤使用方法\t台帳を作る。\n\t情報の突合\t宛名と突合する。\n"
    )
    assert values(found) == {
        "II/3/使用部署": "高齢者支援課",
        "II/3/使用者数": "10人未満",
        "II/3/⑤使用方法": "台帳を作る。",
        "II/3/情報の突合": "宛名と突合する。",
    }


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        pytest.param("②所属長\t課長", "I/6/②所属長の役職名", id="the label of an older edition"),
        pytest.param("②所属畏の役職名\t課長", "I/6/②所属長の役職名", id="a misread letter"),
        pytest.param("② 所属長の役職名 ※\t課長", "I/6/②所属長の役職名", id="a mark behind it"),
        pytest.param("所属長の役職名\t課長", "I/6/②所属長の役職名", id="its number lost"),
        pytest.param("<b>②所属長の役職名</b>\t課長", "I/6/②所属長の役職名", id="in tags"),
    ],
)
def test_a_label_is_known_by_likeness(printed: str, path: str) -> None:
    assert values(edition(SIX + printed + "\n")) == {path: "課長"}


def test_a_label_with_another_number_is_a_line_of_the_item_before_it() -> None:
    found = edition(SIX + "①部署\t福祉部\n③部署\t市民部\n")
    assert values(found) == {"I/6/①部署": "福祉部\n③部署\n市民部"}


def test_headings_typed_in_angle_brackets_are_words_of_their_item() -> None:
    found = edition(
        "Ⅱ 特定個人情報ファイルの概要\n6. 特定個人情報の保管・消去\t\n"
        "保管場所 ※\t<p><中間サーバーにおける措置></p><p>①施錠する。</p>\n"
    )
    assert values(found) == {"II/6/保管場所": "<中間サーバーにおける措置>\n①施錠する。"}


def test_an_unclear_reading_says_so_in_the_doubt_of_its_item() -> None:
    found = edition(
        "Ⅲ リスク対策\n8. 監査\t\n実施の有無\t自己点検 内部監査 外部監査\n"
        "9. 従業者に対する教育・啓発\t\n従業者に対する教育・啓発\t[十分にを行っている]\n具体的な方法\t研修\n"
        "10. その他のリスク対策\t\n－\n"
    )
    unclear = {str(item.path): bool(item.doubt) for item in found.items if item.path.section == "III"}
    assert unclear == {
        "III/8/実施の有無": True,
        "III/9/従業者に対する教育・啓発": True,
        "III/9/具体的な方法": False,
        "III/10/その他のリスク対策": False,
    }


# --- headings that extraction lost ----------------------------------------------------------------


def doubts(found: PublishedEdition, why: str = "") -> set[str]:
    """The items of the body whose reading is not certain, for the reason *why* where one is given."""
    return {
        str(item.path)
        for item in found.items
        if item.doubt and why in item.doubt and item.path.section != "表紙"
    }


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("12", id="a figure"),
        pytest.param("- 12 -", id="between hyphens"),
        pytest.param("12/34", id="with the number of pages"),
        pytest.param("12ページ", id="in words"),
    ],
)
def test_the_number_of_a_page_is_no_part_of_an_item(number: str) -> None:
    found = edition(SIX + f"①部署\t福祉部\n{number}\n\t高齢者支援課\n")
    assert values(found) == {"I/6/①部署": "福祉部\n高齢者支援課"}
    assert [text for _, text in left(found)] == [number]


def test_the_labels_of_a_group_that_begin_anew_begin_the_next_group() -> None:
    found = edition(
        "Ⅱ 特定個人情報ファイルの概要\n4. 特定個人情報ファイルの取扱いの委託\t\n"
        "委託事項1\t運用保守\n①委託内容\t保守\n②委託先における取扱者数\t[10人未満]\n③委託先名\t光(株)\n"
        "①委託内容\t印刷\n②委託先における取扱者数\t[10人以上50人未満]\n③委託先名\t湊(株)\n"
    )
    assert values(found) == {
        "II/4/委託事項1": "運用保守",
        "II/4/委託事項1/①委託内容": "保守",
        "II/4/委託事項1/②委託先における取扱者数": "10人未満",
        "II/4/委託事項1/③委託先名": "光(株)",
        "II/4/委託事項2/①委託内容": "印刷",
        "II/4/委託事項2/②委託先における取扱者数": "10人以上50人未満",
        "II/4/委託事項2/③委託先名": "湊(株)",
    }
    assert doubts(found) == {path for path in values(found) if path.startswith("II/4/委託事項2/")}


def test_a_label_of_another_heading_tells_that_its_own_was_lost() -> None:
    found = edition(
        SIX.replace("6. 評価実施機関における担当部署", "4. 個人番号の利用")
        + "法令上の根拠\t別表\n②所属長の役職名\t課長\n"
    )
    assert values(found) == {"I/4/法令上の根拠": "別表", "I/6/②所属長の役職名": "課長"}
    assert doubts(found) == {"I/4/法令上の根拠", "I/6/②所属長の役職名"}  # the former may have gone on


def test_the_next_heading_ends_the_doubt() -> None:
    found = edition("I 基本情報\n4. 個人番号の利用\t\n②所属長の役職名\t課長\n7. 他の評価実施機関\t\n－\n")
    assert doubts(found, "様式の順序") == {"I/6/②所属長の役職名"}


# --- several files ------------------------------------------------------------------------------

II = (
    "Ⅱ 特定個人情報ファイルの概要\n1. 特定個人情報ファイル名\t\n{}\n"
    "6. 特定個人情報の保管・消去\t\n保管場所\t{}\n"
)
III = "Ⅲ リスク対策\n1. 特定個人情報ファイル名\t\n{}\n10. その他のリスク対策\t\n{}\n"


def test_where_sections_repeat_the_paths_carry_the_file() -> None:
    found = edition(
        II.format("1. 送付先情報ファイル", "書庫"),
        "(別添1) 特定個人情報ファイル記録項目\n項目名\t型\n氏名\t文字\n",
        II.format("宛名/統合ファイル", "金庫"),
        III.format("送付先情報ファイル", "なし"),
        III.format("2. 宛名/統合ファイル", "－"),
        SECTION_I,
    )
    assert values(found) == {
        "I/1/①事務の名称": "介護保険に関する事務",
        "II[送付先情報ファイル]/1/特定個人情報ファイル名": "1. 送付先情報ファイル",
        "II[送付先情報ファイル]/6/保管場所": "書庫",
        "II[宛名/統合ファイル]/1/特定個人情報ファイル名": "宛名/統合ファイル",
        "II[宛名/統合ファイル]/6/保管場所": "金庫",
        "別添1[送付先情報ファイル]/特定個人情報ファイル記録項目": "項目名\t型\n氏名\t文字",
        "III[送付先情報ファイル]/1/特定個人情報ファイル名": "送付先情報ファイル",
        "III[送付先情報ファイル]/10/その他のリスク対策": "なし",
        "III[宛名/統合ファイル]/1/特定個人情報ファイル名": "2. 宛名/統合ファイル",
        "III[宛名/統合ファイル]/10/その他のリスク対策": "－",
    }
    assert left(found) == []


def test_one_file_needs_no_name_in_its_paths() -> None:
    found = edition(II.format("1. 介護保険ファイル", "書庫"), III.format("介護保険ファイル", "なし"))
    assert set(values(found)) == {
        "II/1/特定個人情報ファイル名",
        "II/6/保管場所",
        "III/1/特定個人情報ファイル名",
        "III/10/その他のリスク対策",
    }


def test_a_second_printing_of_an_item_that_says_something_else_is_unassigned() -> None:
    heading = "Ⅱ 特定個人情報ファイルの概要\n6. 特定個人情報の保管・消去\t\n"
    found = edition(II.format("介護保険ファイル", "書庫"), f"{heading}保管場所\t金庫\n7. 備考\t\n－\n")
    assert values(found)["II/6/保管場所"] == "書庫"
    assert values(found)["II/7/備考"] == "－"
    assert [text for _, text in left(found)] == ["金庫"]


def test_a_second_printing_that_says_the_same_is_no_news() -> None:
    section = II.format("介護保険ファイル", "書庫")
    assert values(edition(section, section)) == values(edition(section))
    assert left(edition(section, section)) == []


@pytest.mark.parametrize("times", [2, 3, 5])
def test_a_page_that_comes_again_and_again_is_accounted_for_each_time(times: int) -> None:
    found = edition(*[II.format("介護保険ファイル", "書庫")] * times)
    assert values(found) == values(edition(II.format("介護保険ファイル", "書庫")))
    assert (found.assigned, left(found)) == (found.characters, [])


def test_the_annex_of_fields_keeps_its_table_as_one_text() -> None:
    found = edition(
        "(別添１)特定個人情報ファイル記録項目\n\n番号\t項目名\t備考\n---\t---\t---\n1\t<p>氏名</p>\t\n"
        "2\t住所\tカナを含む\n①部署\t3\n\n4\t資格\n"
    )
    assert values(found) == {
        "別添1/特定個人情報ファイル記録項目": "番号\t項目名\t備考\n1\t氏名\n2\t住所\tカナを含む\n"
        "①部署\t3\n4\t資格",
    }


def test_a_lost_line_never_changes_more_than_one_item_in_silence() -> None:
    """What a lost heading leaves behind is put right with a doubt, or kept as unassigned."""
    lines = (ROOT / "samples" / "kasumino" / "7_kaigo-hoken.txt").read_text("utf-8").split("\n")
    whole = {item.path: item for item in read("\n".join(lines).encode(), "sample").items}
    for at in range(25, len(lines)):
        left = read("\n".join([*lines[:at], *lines[at + 1 :]]).encode(), "sample").items
        changed = [i.path for i in left if i.path in whole and i.value != whole[i.path].value and not i.doubt]
        strange = [i.path for i in left if i.path not in whole and not i.doubt]
        assert len(changed) <= 1, (at, lines[at], changed)
        assert not strange, (at, lines[at], strange)


def test_a_page_that_comes_twice_says_nothing_new() -> None:
    """Blocks of lines that are printed again change no item in silence, and add none."""
    lines = (ROOT / "samples" / "kasumino" / "7_kaigo-hoken.txt").read_text("utf-8").split("\n")
    whole = {item.path: item for item in read("\n".join(lines).encode(), "sample").items}
    starts = {line.partition("\t")[0]: at for at, line in enumerate(lines)}
    page = starts["委託事項1"], starts["委託事項2～5"]
    twice = [*lines[: page[1]], *lines[page[0] : page[1]], *lines[page[1] :]]
    again = read("\n".join(twice).encode(), "sample").items
    assert {item.path: item.value for item in again} == {path: item.value for path, item in whole.items()}
