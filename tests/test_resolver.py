"""What people write in the 項目 column, and the item of the form that they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.form import FormItem, form3
from ledger.readers import read
from ledger.resolver import Correction, How, Resolution, Slip, resolve

FORM = form3()
ACCIDENT = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
PRINTED_ACCIDENT = "過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
OTHER_RISKS = "その他のリスク及びそのリスクに対する措置"

# Nodes whose own headings do not tell them apart: two counts print the same 件, and the heading
# Ⅲ-9 prints the words of the item below it.
ALIKE = {"II.5.provision_count", "II.5.transfer_count", "III.9"}
NODES = [pytest.param(item, id=item.key) for item in FORM]
TOLD_APART = [pytest.param(item, id=item.key) for item in FORM if item.key not in ALIKE]
SEPARATORS = ["－", "-", "ー", "—", "―", "−", " ", "　", "/", "／", "→", "＞", "・", "\n", " － "]


def resolved(text: str) -> Resolution:
    """The answer of the resolver, which there has to be."""
    found = resolve(text)
    assert found is not None, text
    return found


def slips(found: Resolution) -> list[Slip]:
    """The kinds of what was put right."""
    return [correction.slip for correction in found.corrections]


EXACT = [
    pytest.param(
        "Ⅱ 特定個人情報ファイルの概要－4. 特定個人情報ファイルの取扱いの委託－委託事項1－③委託先名",
        "II/4/委託事項1/③委託先名",
        id="as the form prints it",
    ),
    pytest.param(
        "II 特定個人情報ファイルの概要-5. 特定個人情報の提供・移転(委託に伴うものを除く。)-移転先1",
        "II/5/移転先1",
        id="hyphens, narrow brackets, ASCII numeral",
    ),
    pytest.param(
        "Ⅲリスク対策－7特定個人情報の保管・消去－②過去3年以内に、評価実施機関において、"
        "個人情報に関する重大事故が発生したかーその内容",
        f"{ACCIDENT}/その内容",
        id="a long vowel for a dash, behind か",
    ),
    pytest.param(
        "Ⅱ 特定個人情報ファイルの概要－4特定個人情報ファイルの取り扱いの委託－委託事項3-③委託先名",
        "II/4/委託事項3/③委託先名",
        id="two separators in one cell",
    ),
    pytest.param(
        "Ⅲリスク対策\n6. 情報提供ネットワークシステムとの接続\nリスク1：目的外の入手が行われるリスク\n"
        "リスクに対する措置の内容",
        "III/6/リスク1/リスクに対する措置の内容",
        id="a line for each level",
    ),
    pytest.param(
        "Ⅲリスク対策7特定個人情報の保管・消去リスク:特定個人情報の漏えい・滅失・毀損リスクその他の措置の内容",
        "III/7/その他の措置の内容",
        id="no separators at all",
    ),
    pytest.param(
        "Ⅱ特定個人情報ファイルの概要4特定個人情報ファイルの取扱いの委託委託事項12③委託先名",
        "II/4/委託事項12/③委託先名",
        id="no separators beside a group of two figures",
    ),
    pytest.param("IIIリスク対策－8. 監査－実施の有無", "III/8/実施の有無", id="a glued ASCII numeral"),
    pytest.param("Ⅰ基本情報－７．他の評価実施機関", "I/7/他の評価実施機関", id="full-width number and point"),
    pytest.param(
        "Ⅳ 開示請求、問合せ－1.特定個人情報の開示・訂正・利用停止請求－③法令による特別の手続き",
        "IV/1/③法令による特別の手続",
        id="okurigana",
    ),
    pytest.param(
        "Ⅲリスク対策－9従業員に対する教育・啓発－具体的な方法", "III/9/具体的な方法", id="従業員 for 従業者"
    ),
    pytest.param(
        "Ⅳ開示請求、問合せ－特定個人情報の開示・訂正・利用停止請求－②請求方法",
        "IV/1/②請求方法",
        id="the number of the level left out",
    ),
    pytest.param(
        "Ⅲリスク対策-6情報提供ネットワークシステムとの接続-リスク1-リスクに対する措置の内容",
        "III/6/リスク1/リスクに対する措置の内容",
        id="the risk by its number only",
    ),
    pytest.param(
        "Ⅲ リスク対策－5. 特定個人情報の提供・移転－リスク:不正な提供・移転が行われるリスク－"
        "その他の措置の内容",
        "III/5/その他の措置の内容",
        id="a heading without its brackets",
    ),
    pytest.param(
        "I 基本情報-2. 特定個人情報ファイルを取り扱う事務において使用するシステム-システム10-②システムの機能",
        "I/2/システム10/②システムの機能",
        id="a group of two figures",
    ),
    pytest.param(
        "II 特定個人情報ファイルの概要-2. 基本情報-④記録される項目-主な記録項目",
        "II/2/主な記録項目",
        id="below an item that holds a value itself",
    ),
    pytest.param(
        "II 特定個人情報ファイルの概要-2. 基本情報-主な記録項目", "II/2/主な記録項目", id="without it"
    ),
    pytest.param("Ⅲ リスク対策-10. その他のリスク対策", "III/10/その他のリスク対策", id="heading and item"),
    pytest.param("（別添１）特定個人情報ファイル記録項目", "別添1/特定個人情報ファイル記録項目", id="annex"),
    pytest.param("表紙－公表日", "表紙/公表日", id="the cover"),
    pytest.param("Ⅰ基本情報－1．－②事務の内容　※", "I/1/②事務の内容", id="a mark behind it"),
    pytest.param("Ⅲ リスク対策", "III", id="a row that names a section only"),
    pytest.param("Ⅱ-5. 特定個人情報の提供・移転", "II/5", id="a row that stops at a heading"),
]

LOOSE = [
    pytest.param("2-4-委託事項1-委託先名", "II/4/委託事項1/③委託先名", id="section in figures"),
    pytest.param("２－４－委託事項１－委託先名", "II/4/委託事項1/③委託先名", id="the same, full-width"),
    pytest.param("Ⅱ－４－委託事項１－③", "II/4/委託事項1/③委託先名", id="numbers only"),
    pytest.param("II 4 委託事項1 ③", "II/4/委託事項1/③委託先名", id="numbers and spaces"),
    pytest.param("Ⅱ.5.移転先２.①", "II/5/移転先2/①法令上の根拠", id="points"),
    pytest.param("Ⅱ→４→委託事項１→④再委託の有無", "II/4/委託事項1/④再委託の有無", id="arrows"),
    pytest.param("移転先4③", "II/5/移転先4/③移転する情報", id="a group and a number"),
    pytest.param("委託事項1", "II/4/委託事項1", id="a group is an item of its own"),
    pytest.param("システム3", "I/2/システム3", id="a group that is none"),
    pytest.param("Ⅲ－７②", ACCIDENT, id="glued heading and number"),
    pytest.param("7②", ACCIDENT, id="only Ⅲ-7 has a ② among the seventh headings"),
    pytest.param("Ⅲ-7-②-その内容", f"{ACCIDENT}/その内容", id="numbers, then a name"),
    pytest.param("4-1-②", "IV/1/②請求方法", id="figures only"),
    pytest.param("5-1-①", "V/1/①実施日", id="the fifth section"),
    pytest.param("Ⅱ-2-③-その必要性", "II/2/その必要性", id="a label below a number"),
    pytest.param("Ⅱ-3-④-使用部署", "II/3/使用部署", id="a row below a label without value"),
    pytest.param("Ⅲ-3-ユーザ認証の管理", "III/3/リスク2/ユーザ認証の管理", id="only one risk has it"),
    pytest.param("保管場所", "II/6/保管場所", id="a label that stands once"),
    pytest.param("その内容", f"{ACCIDENT}/その内容", id="another"),
    pytest.param("請求方法", "IV/1/②請求方法", id="a name without its number"),
    pytest.param("I-3", "I/3/特定個人情報ファイル名", id="a heading that is an item, by number"),
    pytest.param("Ⅴ", "V", id="a section alone"),
    pytest.param("別添1", "別添1/特定個人情報ファイル記録項目", id="the annex by its number"),
    pytest.param("評価実施手続－基礎項目評価－実施日", "V/1/①実施日", id="no numbers at all"),
]


@pytest.mark.parametrize(("text", "path"), [*EXACT, *LOOSE])
def test_separators_widths_and_left_out_numbers_need_no_correction(text: str, path: str) -> None:
    found = resolved(text)
    assert str(found.path) == path
    assert (found.how, found.corrections, found.rivals) == (How.EXACT, (), ())
    assert found.note == ""


CORRECTED = [
    pytest.param(
        "I 関連情報－5 情報提供ネットワークシステムによる情報連携－②法令上の根拠",
        "I/5/②法令上の根拠",
        [Correction(Slip.NAME, "I 関連情報", "Ⅰ 基本情報", "様式2の節名")],
        id="the section by the name of 様式2",
    ),
    pytest.param(
        "I 基本情報－3個人番号の利用－法令上の根拠",
        "I/4/法令上の根拠",
        [Correction(Slip.NUMBER, "3個人番号の利用", "4. 個人番号の利用", "様式2の番号")],
        id="the number of 様式2",
    ),
    pytest.param(
        "I-8 他の評価実施機関",
        "I/7/他の評価実施機関",
        [Correction(Slip.NUMBER, "8 他の評価実施機関", "7. 他の評価実施機関", "様式4の番号")],
        id="the number of 様式4",
    ),
    pytest.param(
        f"IIIリスク対策－7特定個人情報の保管・消去－⑨{PRINTED_ACCIDENT}",
        ACCIDENT,
        [
            Correction(
                Slip.NUMBER, f"⑨{PRINTED_ACCIDENT}", ACCIDENT.removeprefix("III/7/"), source="様式4の番号"
            )
        ],
        id="⑨ of 様式4 for ②",
    ),
    pytest.param(
        "Ⅲ-9 監査 実施の有無",
        "III/8/実施の有無",
        [Correction(Slip.NUMBER, "9 監査", "8. 監査")],
        id="right name, wrong number",
    ),
    pytest.param(
        "Ⅲ－11 その他のリスク対策",
        "III/10/その他のリスク対策",
        [Correction(Slip.NUMBER, "11 その他のリスク対策", "10. その他のリスク対策")],
        id="right name, a number the section has not",
    ),
    pytest.param(
        "II-3. 特定個人情報ファイルの取扱いの委託-④使用の主体-使用部署",
        "II/3/使用部署",
        [Correction(Slip.NAME, "3. 特定個人情報ファイルの取扱いの委託", "3. 特定個人情報の入手・使用")],
        id="right number, the name of another heading",
    ),
    pytest.param(
        "Ⅱ 特定個人情報ファイルの概要－6特定個人の保管・消去－保管場所",
        "II/6/保管場所",
        [Correction(Slip.SHORT, "6特定個人の保管・消去", "6. 特定個人情報の保管・消去")],
        id="misspelt: 情報 left out",
    ),
    pytest.param(
        "V 評価実施手続-1. 基礎項目評価書-①実施日",
        "V/1/①実施日",
        [Correction(Slip.SHORT, "1. 基礎項目評価書", "1. 基礎項目評価")],
        id="misspelt: 評価書 for 評価",
    ),
    pytest.param(
        "Ⅴ評価実施手続 1.基礎項目評価 ②しきい値判断の結果",
        "V/1/②しきい値判断結果",
        [Correction(Slip.SHORT, "②しきい値判断の結果", "②しきい値判断結果")],
        id="misspelt: a の too many",
    ),
    pytest.param(
        "Ⅰ基本情報ー６評価実施機関における担当部署ー②所属長",
        "I/6/②所属長の役職名",
        [Correction(Slip.SHORT, "②所属長", "②所属長の役職名")],
        id="the label of an older edition",
    ),
    pytest.param(
        "Ⅲ-7-重大事故が発生したか-その内容",
        f"{ACCIDENT}/その内容",
        [Correction(Slip.SHORT, "重大事故が発生したか", ACCIDENT.removeprefix("III/7/"))],
        id="the long label cut short",
    ),
    pytest.param(
        "委託事項1 委託先",
        "II/4/委託事項1/③委託先名",
        [Correction(Slip.SHORT, "委託先", "③委託先名")],
        id="a label cut short in a group",
    ),
    pytest.param(
        f"Ⅲ-3-{OTHER_RISKS}",
        f"III/3/特定個人情報の使用における{OTHER_RISKS}",
        [Correction(Slip.SHORT, OTHER_RISKS, f"特定個人情報の使用における{OTHER_RISKS}")],
        id="without repeating the heading",
    ),
    pytest.param(
        "Ⅲ リスク対策\n6. 情報提供ネットワークシステムとの接続\nリスク2: 不正な提供が行われるリスク\n"
        f"情報提供ネットワークシステムとの接続に伴う{OTHER_RISKS}",
        f"III/6/情報提供ネットワークシステムとの接続に伴う{OTHER_RISKS}",
        [
            Correction(
                Slip.NESTING,
                "リスク２：不正な提供が行われるリスク",
                f"情報提供ネットワークシステムとの接続に伴う{OTHER_RISKS}",
            )
        ],
        id="written below the risk it stands beside",
    ),
]


@pytest.mark.parametrize(("text", "path", "corrections"), CORRECTED)
def test_says_what_had_to_be_put_right(text: str, path: str, corrections: list[Correction]) -> None:
    found = resolved(text)
    assert str(found.path) == path
    assert found.how is How.CORRECTED
    assert list(found.corrections) == corrections
    assert found.rivals == ()


UNSURE = [
    pytest.param(
        "V評価実施－手続き①実施日",
        "V/1/①実施日",
        {"V/3/①実施日"},
        id="the level between was left out, and two have the item",
    ),
    pytest.param("実施日", "V/1/①実施日", {"V/3/①実施日"}, id="a label alone"),
    pytest.param(
        "Ⅲ-3-リスクへの対策は十分か",
        "III/3/リスク1/リスクへの対策は十分か",
        {"III/3/リスク2/リスクへの対策は十分か"},
        id="a heading with two risks",
    ),
    pytest.param(
        "リスクへの対策は十分か",
        "III/2/リスクへの対策は十分か",
        {
            "III/3/リスク1/リスクへの対策は十分か",
            "III/3/リスク2/リスクへの対策は十分か",
            "III/4/リスクへの対策は十分か",
            "III/5/リスクへの対策は十分か",
            "III/6/リスク1/リスクへの対策は十分か",
            "III/6/リスク2/リスクへの対策は十分か",
            "III/7/リスクへの対策は十分か",
        },
        id="the label that stands eight times",
    ),
    pytest.param(
        "その他の措置の内容",
        "III/3/リスク2/その他の措置の内容",
        {"III/4/その他の措置の内容", "III/5/その他の措置の内容", "III/7/その他の措置の内容"},
        id="the label that stands four times",
    ),
    pytest.param(
        "特定個人情報ファイル名",
        "I/3/特定個人情報ファイル名",
        {"II/1/特定個人情報ファイル名", "III/1/特定個人情報ファイル名"},
        id="the name of the file, in three sections",
    ),
    pytest.param("特定個人情報ファイルの取扱いの委託", "II/4", {"III/4"}, id="a heading of two sections"),
    pytest.param("特定個人情報の保管・消去", "II/6", {"III/7"}, id="another, with other numbers"),
    pytest.param(
        "Ⅲ－リスクに対する措置の内容",
        "III/2/リスクに対する措置の内容",
        {f"III/{risk}/リスクに対する措置の内容" for risk in ("3/リスク1", "6/リスク1", "6/リスク2")},
        id="the section alone: how deep an item stands tells nothing",
    ),
    pytest.param("2.4", "II/4", {"II/2/④記録される項目"}, id="a heading, or a circled number"),
]


@pytest.mark.parametrize(("text", "path", "rivals"), UNSURE)
def test_gives_the_rivals_where_several_items_fit(text: str, path: str, rivals: set[str]) -> None:
    found = resolved(text)
    assert found.how is How.INFERRED
    assert str(found.path) == path
    assert {str(rival) for rival in found.rivals} == rivals
    assert all(rival in found.note for rival in rivals)


def test_a_label_of_a_group_says_that_its_number_is_missing() -> None:
    found = resolved("委託先名")
    assert str(found.path) == "II/4/委託事項1/③委託先名"
    assert found.how is How.INFERRED
    assert slips(found) == [Slip.LEVEL]
    assert "委託事項の番号" in found.note


def test_a_circled_number_is_that_of_a_heading_only_with_the_name_of_the_heading() -> None:
    found = resolved("Ⅱ－③委託先名")
    assert (str(found.path), found.rivals) == ("II/4/委託事項1/③委託先名", ())


def test_words_that_name_nothing_are_kept_as_the_rest() -> None:
    found = resolved("移転先2の名称")
    assert str(found.path) == "II/5/移転先2"
    assert found.how is How.INFERRED
    assert found.corrections == (Correction(Slip.REST, "の名称", ""),)
    assert "「の名称」は様式の項目名ではない" in found.note


NONSENSE = [
    pytest.param("", id="blank"),
    pytest.param("　\n", id="white space"),
    pytest.param("－", id="a dash"),
    pytest.param("・－／", id="only separators"),
    pytest.param("今日の天気", id="words of another world"),
    pytest.param("2026年度の予算", id="words that begin with a figure"),
    pytest.param("72", id="not 7②"),
    pytest.param("あ", id="one letter"),
    pytest.param("全般", id="everything"),
    pytest.param("誤字の修正", id="a reason, not an item"),
    pytest.param("Ⅵ その他", id="a section the form has not"),
    pytest.param("(別添2) 変更箇所", id="the change table itself is no item"),
]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_names_nothing(text: str) -> None:
    assert resolve(text) is None


def test_a_long_text_that_is_no_item_is_answered_at_once() -> None:
    assert resolve("中間サーバーにおける措置を次のとおり改めることとした。" * 200) is None


@pytest.mark.parametrize("item", NODES)
def test_a_key_of_the_form_resolves_to_its_item(item: FormItem) -> None:
    n = 12 if "[n]" in item.key else 0
    found = resolved(item.key_at(n))
    assert (found.item, found.path, found.how) == (item, item.at(n), How.EXACT)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("II[宛名ファイル]/6/保管場所", "II[宛名ファイル]/6/保管場所", id="a file"),
        pytest.param("II[宛名/統合]/4/委託事項2", "II[宛名/統合]/4/委託事項2", id="a file with a slash"),
        pytest.param("III[甲]/7", "III[甲]/7", id="a heading in a file"),
    ],
)
def test_a_canonical_path_keeps_its_file(text: str, path: str) -> None:
    found = resolved(text)
    assert (str(found.path), found.how) == (path, How.EXACT)


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        pytest.param(Correction(Slip.NUMBER, "9 監査", "8. 監査"), "「9 監査」→「8. 監査」", id="number"),
        pytest.param(
            Correction(Slip.NAME, "I 関連情報", "Ⅰ 基本情報", "様式2の節名"),
            "「I 関連情報」（様式2の節名）→「Ⅰ 基本情報」",
            id="name of another form",
        ),
        pytest.param(
            Correction(Slip.NESTING, "リスク２", "その他のリスク"),
            "「その他のリスク」は「リスク２」の下ではなく並びの項目",
            id="nesting",
        ),
        pytest.param(
            Correction(Slip.LEVEL, "", "移転先の番号"), "「移転先の番号」が省かれている", id="level"
        ),
        pytest.param(Correction(Slip.REST, "など", ""), "「など」は様式の項目名ではない", id="rest"),
    ],
)
def test_a_correction_is_a_japanese_sentence(correction: Correction, sentence: str) -> None:
    assert str(correction) == sentence


@pytest.mark.parametrize("item", TOLD_APART)
def test_the_headings_of_the_form_lead_to_their_item(item: FormItem) -> None:
    for n in [1, 2, 12, 20] if "[n]" in item.key else [0]:
        found = resolved(FORM.item_text(item, n))
        assert (found.item.key, found.n, found.how) == (item.key, n, How.EXACT)
        assert found.path == item.at(n)


@pytest.mark.parametrize("item", TOLD_APART)
def test_they_do_so_with_nothing_between_them(item: FormItem) -> None:
    n = 12 if "[n]" in item.key else 0
    found = resolved(FORM.item_text(item, n).replace("－", ""))
    assert (found.item.key, found.n, found.how) == (item.key, n, How.EXACT)


@pytest.mark.parametrize("item", NODES)
def test_a_canonical_path_resolves_to_itself(item: FormItem) -> None:
    for path in (item.at(3 if "[n]" in item.key else 0), item.at(3 if "[n]" in item.key else 0, "甲/乙")):
        found = resolved(str(path))
        assert (found.item, found.path, found.how) == (item, path, How.EXACT)


@given(
    st.sampled_from([item for item in FORM if item.key not in ALIKE]),
    st.integers(1, 20),
    st.lists(st.sampled_from(SEPARATORS), min_size=8, max_size=8),
)
def test_any_separators_do(item: FormItem, number: int, separators: list[str]) -> None:
    """The headings of every item lead to it exactly, whatever stands between them, mixed as one likes."""
    n = number if "[n]" in item.key else 0
    first, *labels = FORM.item_text(item, n).split("－")
    text = first + "".join(sep + label for sep, label in zip(separators, labels, strict=False))
    found = resolved(text)
    assert (found.item.key, found.n, found.how) == (item.key, n, How.EXACT)


@pytest.mark.parametrize(
    "widths",
    [
        pytest.param(str.maketrans("0123456789().:", "０１２３４５６７８９（）．："), id="all full-width"),
        pytest.param(str.maketrans("０１２３４５６７８９（）．：", "0123456789().:"), id="all narrow"),
        pytest.param(str.maketrans({"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"}), id="ASCII Roman"),
        pytest.param(str.maketrans("", "", "、。（）【】．"), id="punctuation lost"),
    ],
)
def test_any_width_does(widths: dict[int, int | str | None]) -> None:
    for item in FORM:
        n = 12 if "[n]" in item.key else 0
        found = resolved(FORM.item_text(item, n).translate(widths))
        assert item.key in ALIKE or (found.item.key, found.n, found.how) == (item.key, n, How.EXACT)


@given(st.text(alphabet="ⅠⅡIV1234567①②③リスク委託事項先名の特定個人情報－-・（） 別添ファイル", max_size=20))
def test_an_answer_that_is_not_exact_says_why(text: str) -> None:
    """Whatever is written: exact has nothing to tell, anything else has corrections or rivals."""
    found = resolve(text)
    assume(found is not None)
    assert found is not None
    assert (found.how is How.EXACT) is (not found.corrections and not found.rivals)
    assert (found.how is How.EXACT) is (found.note == "")
    assert FORM.locate(found.path) == (found.item, found.n)
    assert found.path not in found.rivals
    if found.rivals or {Slip.LEVEL, Slip.REST} & set(slips(found)):
        assert found.how is How.INFERRED


# Rows of one published table that hand their text on to each other: they are on the same item,
# although the items are named with other numbers, spellings, sections and separators.
CHAINS = [(3, 4), (9, 12), (6, 10), (7, 11), (5, 24), (19, 28), (2, 21), (8, 23), (1, 38), (21, 39)]


def test_rows_of_a_published_table_that_form_a_chain_lead_to_one_item(documents: Path) -> None:
    (source,) = documents.glob("002_*.txt")
    rows = {row.no: row for row in read(source.read_bytes(), source.name).rows}
    for earlier, later in CHAINS:
        assert resolved(rows[earlier].item_text).path == resolved(rows[later].item_text).path
    assert {no for no, row in rows.items() if resolved(row.item_text).how is How.INFERRED} == {20}


def test_all_rows_of_a_published_table_without_numbers_between_levels_are_read(documents: Path) -> None:
    (source,) = documents.glob("000_*.txt")
    found = [resolved(row.item_text) for row in read(source.read_bytes(), source.name).rows]
    assert How.INFERRED not in {resolution.how for resolution in found}
    assert [str(resolution.path) for resolution in found[12:19]] == [
        "II/5/移転先4/①法令上の根拠",
        "II/5/移転先4/②移転先における用途",
        "II/5/移転先4/③移転する情報",
        "II/5/移転先4/④移転する情報の対象となる本人の数",
        "II/5/移転先4/⑤移転する情報の対象となる本人の範囲",
        "II/5/移転先4/⑥移転方法",
        "II/5/移転先4/⑦時期・頻度",
    ]


def test_where_a_heading_and_the_item_below_it_print_the_same_words_the_item_is_meant() -> None:
    for text in ("従業者に対する教育・啓発", "Ⅲ 9. 従業者に対する教育・啓発"):
        assert str(resolved(text).path) == "III/9/従業者に対する教育・啓発"
