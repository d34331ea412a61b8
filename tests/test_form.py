"""様式3 as data: every node can be found again, bears the right ※ and the printed options."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.form import FormItem, form3, split_number
from ledger.item_path import ItemPath
from ledger.published import ItemKind

FORM = form3()
ITEMS = [pytest.param(item, id=item.key) for item in FORM]
IN_FILES = [pytest.param(item, id=item.key) for item in FORM if item.section in {"II", "III", "別添1"}]
MOST_GROUPS = 20  # システム, 委託事項, 提供先 and 移転先 are printed up to the twentieth

# Every item outside Ⅲ that bears ※, as the form prints them; of Ⅲ all but 7②.
IMPORTANT = {
    "I.4",
    "I.4.legal_basis",
    "I.5",
    "I.5.1",
    "I.5.2",
    "II.2.1",
    "II.2.3",
    "II.2.4.main",
    "II.3.1",
    "II.3.3",
    "II.4.exists",
    "II.4.count",
    "II.4.entrustment[n].4",
    "II.6.storage",
}
NOT_IMPORTANT = [
    pytest.param("I.1.2", id="②事務の内容"),
    pytest.param("I.1.3", id="③対象人数"),
    pytest.param("I.2.system[n].3", id="the systems"),
    pytest.param("II.2.3.necessity", id="その必要性, though ③ above it is"),
    pytest.param("II.2.4", id="④ itself, though 主な記録項目 below it is"),
    pytest.param("II.2.4.validity", id="その妥当性"),
    pytest.param("II.3.5", id="⑤使用方法"),
    pytest.param("II.4.entrustment[n].3", id="③委託先名"),
    pytest.param("II.5.exists", id="提供・移転の有無"),
    pytest.param("II.5.transfer[n]", id="a new 移転先"),
    pytest.param("annex1", id="別添1"),
    pytest.param("III.7.2", id="Ⅲ-7②, the exception printed in the heading"),
    pytest.param("III.7.2.content", id="その内容 of 7②"),
    pytest.param("III.7.2.prevention", id="再発防止策 of 7②"),
    pytest.param("IV.1.2", id="Ⅳ"),
    pytest.param("V.1.1", id="Ⅴ"),
]


def groups(item: FormItem) -> list[int]:
    """The group numbers to try an item with."""
    return [1, 2, 10, MOST_GROUPS] if "[n]" in item.key else [0]


def test_every_key_and_every_path_stands_for_one_node() -> None:
    for told in (Counter(item.key for item in FORM), Counter(item.path for item in FORM)):
        assert [what for what, times in told.items() if times > 1] == []


@pytest.mark.parametrize("item", ITEMS)
def test_every_path_is_found_again_with_the_number_of_its_group(item: FormItem) -> None:
    for n in groups(item):
        assert FORM.locate(item.at(n)) == (item, n)
        assert FORM.locate(ItemPath.parse(str(item.at(n)))) == (item, n)


@pytest.mark.parametrize("item", ITEMS)
def test_every_key_leads_to_its_node_with_or_without_a_group_number(item: FormItem) -> None:
    assert FORM[item.key] is item
    for n in groups(item):
        assert FORM[item.key_at(n)] is item
        assert "[n]" not in item.key_at(n)


@pytest.mark.parametrize("item", IN_FILES)
def test_a_file_changes_the_path_but_not_the_node(item: FormItem) -> None:
    n = groups(item)[0]
    path = item.at(n, "宛名/統合ファイル")
    assert path.file == "宛名/統合ファイル"
    assert FORM.locate(path) == (item, n)
    assert item.per_file


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("II/4/委託事項/③委託先名", id="a group without its number"),
        pytest.param("II/4/委託事項一/③委託先名", id="a number in kanji"),
        pytest.param("II/4/委託事項{n}/③委託先名", id="the pattern of the form file"),
        pytest.param("II/4/③委託先名", id="without its group"),
        pytest.param("II/4/委託事項1/委託先名", id="without its number"),
        pytest.param("II/5/委託事項1/③委託先名", id="under another heading"),
        pytest.param("Ⅱ/6/保管場所", id="a Roman numeral of one character"),
        pytest.param("VI/1", id="a section the form has not"),
    ],
)
def test_a_path_that_is_not_the_canonical_one_is_not_found(path: str) -> None:
    assert FORM.locate(ItemPath.parse(path)) is None


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        FORM["II.9"]


@pytest.mark.parametrize("item", ITEMS)
def test_every_node_hangs_under_one_that_stands_before_it(item: FormItem) -> None:
    above = FORM.ancestors(item)
    assert all(FORM.order[parent.key] < FORM.order[item.key] for parent in above)
    assert {parent.section for parent in above} <= {item.section}
    if item.parent:
        assert above[0].key == item.parent
        assert item in FORM.children(above[0])
        assert (item, len(above)) in FORM.below(above[-1])
    else:
        assert item in FORM.children(None)


def test_the_sections_stand_in_the_order_of_the_form() -> None:
    assert [item.section for item in FORM.children(None)] == [
        *("表紙", "I", "II", "別添1", "III", "IV", "V"),
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_the_important_items_are_those_that_bear_the_mark(item: FormItem) -> None:
    in_risks = item.section == "III" and not item.key.startswith("III.7.2")
    assert item.important is (item.key in IMPORTANT or in_risks)


@pytest.mark.parametrize("key", NOT_IMPORTANT)
def test_what_one_would_expect_to_be_important_and_is_not(key: str) -> None:
    assert not FORM[key].important


@pytest.mark.parametrize("item", ITEMS)
def test_choices_and_boxes_have_options_and_nothing_else_has(item: FormItem) -> None:
    chooses = item.kind in {ItemKind.CHOICE, ItemKind.CHECKBOX}
    assert bool(item.options) is chooses
    labels = [label for option in item.options for label in option.labels]
    assert len(labels) == len(set(labels))
    assert all(label and label == label.strip() for label in labels)


@pytest.mark.parametrize(
    ("key", "count"),
    [
        pytest.param("I.1.3", 4, id="bands of people"),
        pytest.param("I.2.system[n].3", 7, id="connections"),
        pytest.param("I.5.1", 3, id="done, not done, undecided"),
        pytest.param("II.2.1", 2, id="kinds of files"),
        pytest.param("II.2.2", 5, id="bands of persons"),
        pytest.param("II.2.4", 4, id="bands of fields"),
        pytest.param("II.2.4.main", 19, id="main fields, headings not counted"),
        pytest.param("II.3.1", 6, id="sources"),
        pytest.param("II.3.2", 8, id="ways in"),
        pytest.param("II.3.4.users", 6, id="bands of users"),
        pytest.param("II.4.entrustment[n].4", 2, id="subcontracted or not"),
        pytest.param("II.5.exists", 3, id="provided, transferred, neither"),
        pytest.param("II.5.transfer[n].6", 7, id="ways out"),
        pytest.param("III.4.risk.subentrustment", 4, id="how well subcontractors are held"),
        pytest.param("III.6.not_connected", 2, id="two boxes in a heading"),
        pytest.param("III.7.1", 3, id="procedures"),
        pytest.param("III.8.exists", 3, id="audits"),
        pytest.param("V.1.2", 3, id="results of the threshold"),
    ],
)
def test_each_list_of_options_is_as_long_as_printed(key: str, count: int) -> None:
    assert len(FORM[key].options) == count


def test_a_choice_list_stops_below_300000_people() -> None:
    assert FORM["I.1.3"].options[-1].label == "10万人以上30万人未満"


def test_options_with_room_for_words_are_those_printed_with_brackets() -> None:
    assert [option.label for option in FORM["II.3.1"].options if option.takes_text] == [
        "評価実施機関内の他部署",
        "行政機関・独立行政法人等",
        "地方公共団体・地方独立行政法人",
        "民間事業者",
        "その他",
    ]
    assert [o.label for o in FORM["II.2.4.main"].options if o.takes_text] == ["その他"]


@pytest.mark.parametrize(
    ("printed", "called"),
    [
        pytest.param("5情報（氏名、氏名の振り仮名、性別、生年月日、住所）", True, id="令和7年5月"),
        pytest.param("4情報（氏名、性別、生年月日、住所）", True, id="the editions before"),
        pytest.param("4情報(氏名、性別、生年月日、住所)", True, id="narrow brackets"),
        pytest.param(
            "５情報（氏名、氏名の振仮名、性別、生年月日、住所）", True, id="wide figure, short word"
        ),
        pytest.param("3情報（氏名、性別、生年月日、住所）", False, id="no edition"),
        pytest.param("個人番号", False, id="another option"),
    ],
)
def test_an_option_that_changed_its_label_is_still_one_option(printed: str, *, called: bool) -> None:
    (option,) = (o for o in FORM["II.2.4.main"].options if o.label.startswith("5情報"))
    assert option.is_called(printed) is called


def test_the_headings_between_the_boxes_are_no_options() -> None:
    main = FORM["II.2.4.main"]
    assert main.headings == ("識別情報", "連絡先等情報", "業務関係情報")
    assert not any(option.is_called(heading) for option in main.options for heading in main.headings)


@pytest.mark.parametrize(
    ("key", "repeats"),
    [
        pytest.param("I.2.system[n].1", "system", id="systems"),
        pytest.param("II.4.entrustment[n].3", "entrustment", id="contracts"),
        pytest.param("II.5.provision[n].7", "provision", id="recipients outside"),
        pytest.param("II.5.transfer[n]", "transfer", id="recipients inside"),
        pytest.param("II.6.storage", "file", id="Ⅱ stands once for each file"),
        pytest.param("III.8.exists", "file", id="and so does Ⅲ"),
        pytest.param("annex1", "file", id="and so does 別添1"),
        pytest.param("I.3", "", id="Ⅰ stands once"),
        pytest.param("V.1.1", "", id="and so does Ⅴ"),
    ],
)
def test_knows_what_an_item_repeats_with(key: str, repeats: str) -> None:
    item = FORM[key]
    assert item.repeats == repeats
    assert item.per_file is (repeats not in {"", "system"})
    assert ("[n]" in key) is (repeats not in {"", "file"})


@pytest.mark.parametrize("item", ITEMS)
def test_groups_are_the_heads_that_bear_a_number(item: FormItem) -> None:
    assert item.is_group is bool(re.search(r"\{n\}$", item.path[-1]))


TEXTS = [
    pytest.param(
        "II.4.entrustment[n].3",
        2,
        "Ⅱ 特定個人情報ファイルの概要－4. 特定個人情報ファイルの取扱いの委託－委託事項2－③委託先名",
        id="in a group",
    ),
    pytest.param("I.3", 0, "Ⅰ 基本情報－3. 特定個人情報ファイル名", id="a heading that is an item"),
    pytest.param(
        "III.4.risk.contract_terms_text",
        0,
        "Ⅲ リスク対策－4. 特定個人情報ファイルの取扱いの委託－規定の内容",
        id="the only risk of a heading goes without saying",
    ),
    pytest.param(
        "III.3.risk1.adequacy",
        0,
        "Ⅲ リスク対策－3. 特定個人情報の使用－リスク１：目的を超えた紐付け、事務に必要のない情報との"
        "紐付けが行われるリスク－リスクへの対策は十分か",
        id="one of two risks",
    ),
    pytest.param(
        "II.3.4.users",
        0,
        "Ⅱ 特定個人情報ファイルの概要－3. 特定個人情報の入手・使用－④使用の主体－使用者数",
        id="a row below a label",
    ),
    pytest.param("annex1", 0, "（別添１）特定個人情報ファイル記録項目", id="the annex"),
    pytest.param("cover.publication_date", 0, "表紙－公表日", id="on the cover"),
    pytest.param("III", 0, "Ⅲ リスク対策", id="a whole section"),
]


@pytest.mark.parametrize(("key", "n", "text"), TEXTS)
def test_writes_an_item_cell_with_the_headings_of_the_form(key: str, n: int, text: str) -> None:
    assert FORM.item_text(FORM[key], n) == text


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_cell_shows_no_pattern_of_the_form_file(item: FormItem) -> None:
    for n in groups(item):
        assert not re.search(r"[{}\[\]]|None", FORM.item_text(item, n))


@pytest.mark.parametrize(
    ("label", "number", "name"),
    [
        pytest.param("4. 個人番号の利用", "4", "個人番号の利用", id="figure and point"),
        pytest.param("10. その他のリスク対策", "10", "その他のリスク対策", id="two figures"),
        pytest.param("8．監査", "8", "監査", id="a full-width point"),
        pytest.param("５．提供", "5", "提供", id="all full-width"),
        pytest.param("8監査", "8", "監査", id="no point"),
        pytest.param("③委託先名", "③", "委託先名", id="circled"),
        pytest.param("② 請求方法", "②", "請求方法", id="circled, with a space"),
        pytest.param("リスク１：不正な提供", "リスク1", "不正な提供", id="risk, full-width"),
        pytest.param("リスク2: 不正な提供", "リスク2", "不正な提供", id="risk, narrow"),
        pytest.param("リスク：不正な使用", "", "リスク：不正な使用", id="a risk without a number"),
        pytest.param("保管場所", "", "保管場所", id="no number"),
    ],
)
def test_splits_a_printed_label_into_number_and_name(label: str, number: str, name: str) -> None:
    assert split_number(label) == (number, name)


def test_every_row_of_the_aliases_reached_its_item() -> None:
    text = resources.files("ledger.form").joinpath("form3_aliases.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert rows
    for row in rows:
        item = FORM[row["key"]]
        told = item.numbers_elsewhere if row["kind"] == "number" else item.aliases
        assert (row["alias"], row["source"]) in told
        assert all(row.values())


def test_aliases_say_where_they_come_from() -> None:
    assert FORM["I"].aliases == (("関連情報", "様式2の節名"),)
    assert ("⑨", "様式4の番号") in FORM["III.7.2"].numbers_elsewhere
    assert dict(FORM["I.5"].numbers_elsewhere) == {"4": "様式2の番号", "6": "様式4の番号"}


def test_the_form_is_read_once() -> None:
    assert form3() is form3()
    assert FORM.name == "様式3"


@given(st.sampled_from(FORM.items), st.integers(1, 99), st.text(alphabet="甲乙/[]・ ", max_size=6))
def test_every_item_is_found_again_in_any_group_of_any_file(item: FormItem, n: int, file: str) -> None:
    """The path of an item names the item and its group, whatever the group's number and file."""
    number = n if "[n]" in item.key else 0
    assert FORM.locate(item.at(number, file)) == (item, number)
