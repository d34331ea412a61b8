"""Are two texts the same, and at which level; where one stands in the other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import wording
from ledger.folding import traced
from ledger.wording import Level, fold, is_nothing, locate, nearest, plain, same

EXACT, LAYOUT, FOLDED, VARIANT = Level

# What documents are made of: letters, marks that fold, spellings that vary. Characters that fold
# to several (㈱) are left out: a span cannot end inside one.
WORDS = st.lists(
    st.sampled_from(
        [
            *"市民課中間プ用12９、。・①②－-（）()「」【】＜＞<>～〜:： 　\n",
            *("サーバ", "サーバー", "データセンタ", "データセンター", "ユーザー", "ー"),
            *("子ども", "子供", "こども", "手続", "手続き", "従業員", "従業者", "取り扱い", "取扱い"),
            *("つど", "都度", "および", "及び", "行なって", "行って", "ひも付け", "番号利用法", "番号法"),
        ]
    ),
    max_size=12,
).map("".join)

PAIRS = [
    pytest.param("川口市役所", "川口市役所", EXACT, id="letter for letter"),
    pytest.param("髙﨑", "髙﨑", EXACT, id="letters that no folding touches"),
    pytest.param("番号法 第9条", "番号法第9条", LAYOUT, id="a space inside"),
    pytest.param("番号法　第9条", "番号法 第9条", LAYOUT, id="a wide space for a narrow one"),
    pytest.param("市民課\n税務課", "市民課税務課", LAYOUT, id="a line break of the narrow cell"),
    pytest.param("・番号法第9条", "番号法第9条", LAYOUT, id="a bullet"),
    pytest.param("子ども行なって\n－", "子ども行なって－", LAYOUT, id="a line break before a last dash"),
    pytest.param("第9条\n・第10条", "第9条・第10条", LAYOUT, id="a line break before a dot between words"),
    pytest.param("- 5", "-5", LAYOUT, id="a space behind a minus"),
    pytest.param("庁内\n－連携", "庁内-連携", FOLDED, id="a line break before a dash of another width"),
    pytest.param("略\n・甲\n・乙", "略\n①甲\n②乙", VARIANT, id="bullets made numbers"),
    pytest.param("保管する。②消去する。", "保管する。消去する。", VARIANT, id="a number after a sentence"),
    pytest.param("◆甲\n◆乙", "甲 乙", LAYOUT, id="diamonds"),
    pytest.param("", "－", LAYOUT, id="blank and a dash both say nothing"),
    pytest.param("なし", "—", LAYOUT, id="none and a dash both say nothing"),
    pytest.param("（中間サーバー）", "(中間サーバー)", FOLDED, id="width of brackets"),
    pytest.param("＜熊谷市における措置＞", "<熊谷市における措置>", FOLDED, id="a heading in angle brackets"),
    pytest.param("〈甲〉", "<甲>", FOLDED, id="angle brackets of another shape"),
    pytest.param("第９条", "第9条", FOLDED, id="width of figures"),
    pytest.param("ＩＣカード", "ICカード", FOLDED, id="width of letters"),
    pytest.param("Ⅲ", "III", FOLDED, id="a Roman numeral of one character"),
    pytest.param("法令―条例", "法令-条例", FOLDED, id="dashes that look alike"),
    pytest.param("法令−条例", "法令－条例", FOLDED, id="a minus and a full-width hyphen"),
    pytest.param("システム2〜5", "システム2～5", FOLDED, id="the two wave dashes"),
    pytest.param("1，000人", "1,000人", FOLDED, id="commas"),
    pytest.param("㈱光", "(株)光", FOLDED, id="a ligature"),
    pytest.param("庁内サーバ", "庁内サーバー", VARIANT, id="a long vowel at the end of a word"),
    pytest.param("ユーザー認証", "ユーザ認証", VARIANT, id="a long vowel before another word"),
    pytest.param("データセンタ", "データセンター", VARIANT, id="data centre"),
    pytest.param("子ども医療費", "こども医療費", VARIANT, id="children"),
    pytest.param("手続き", "手続", VARIANT, id="okurigana"),
    pytest.param("取り扱い", "取扱い", VARIANT, id="okurigana in the middle"),
    pytest.param("従業員", "従業者", VARIANT, id="the word of the form and the usual one"),
    pytest.param("氏名の振り仮名", "氏名の振仮名", VARIANT, id="furigana"),
    pytest.param("番号利用法", "番号法", VARIANT, id="two short names of one law"),
    pytest.param("第9条、第10条", "第9条第10条", VARIANT, id="a comma between words"),
    pytest.param("委託する。", "委託する", VARIANT, id="a full stop"),
    pytest.param("「甲」", "甲", VARIANT, id="quotation marks"),
]


@pytest.mark.parametrize(("one", "other", "level"), PAIRS)
def test_says_at_which_level_two_texts_agree(one: str, other: str, level: Level) -> None:
    assert same(one, other) is level


DIFFERENT = [
    pytest.param("7②", "72", id="a circled number is not a figure"),
    pytest.param("①②", "12", id="two of them are not twelve"),
    pytest.param("7②", "7", id="inside a word it is no bullet"),
    pytest.param("別表②の項", "別表③の項", id="another circled number inside a word"),
    pytest.param("第9条②", "第9条(2)", id="circled and in brackets"),
    pytest.param("①甲\n②乙", "①甲\n③乙", id="one number of a list"),
    pytest.param("① ②", "② ①", id="the numbers in another order"),
    pytest.param("上記 ①に同じ", "上記 ②に同じ", id="a number that is referred to"),
    pytest.param("-5", "5", id="a negative number"),
    pytest.param("1、2", "12", id="a comma between figures counts"),
    pytest.param("1.5", "15", id="a point between figures counts"),
    pytest.param("10・11", "1011", id="a dot between figures counts"),
    pytest.param("3-2", "32", id="a hyphen inside a word is no bullet"),
    pytest.param("2丁目", "二丁目", id="kanji figures are not folded"),
    pytest.param("高橋", "髙橋", id="letters of a name"),
    pytest.param("4情報", "5情報", id="an edition of the form apart"),
    pytest.param("コード", "コド", id="a long vowel inside a word counts"),
    pytest.param("発生あり", "発生なし", id="the opposite"),
    pytest.param("市民課", "市民窓口課", id="a renamed office"),
    pytest.param("該当なし", "なし", id="more than nothing"),
    pytest.param("0", "", id="a nought is something"),
    pytest.param("略", "", id="an elision is something"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_does_not_fold_away_what_makes_a_difference(one: str, other: str) -> None:
    assert same(one, other) is None
    assert same(other, one) is None


@given(WORDS)
def test_a_text_is_exactly_itself(text: str) -> None:
    """same() is reflexive, at the level EXACT."""
    assert same(text, text) is EXACT


@given(WORDS, WORDS)
def test_the_order_of_the_two_does_not_matter(one: str, other: str) -> None:
    """same() is symmetric."""
    assert same(one, other) is same(other, one)


@given(WORDS, st.data())
def test_white_space_alone_never_tells_two_texts_apart(text: str, data: st.DataObject) -> None:
    """A break put anywhere inside a text leaves it the same at LAYOUT or better, even before a bullet."""
    at = data.draw(st.integers(0, len(text)))
    assert same(text[:at] + "\n" + text[at:], text) in {EXACT, LAYOUT}


@given(WORDS, WORDS)
def test_what_agrees_at_a_level_agrees_at_every_later_one(one: str, other: str) -> None:
    """The levels are nested: no later folding takes two texts apart again."""
    agreed = [fold(one, level).text == fold(other, level).text for level in Level]
    assert agreed == sorted(agreed)


@given(WORDS, st.sampled_from(Level))
def test_every_folded_character_knows_where_it_came_from(text: str, level: Level) -> None:
    """Origins are as many as the characters, in range, and never go back."""
    folded = fold(text, level)
    assert len(folded.origin) == len(folded.text)
    assert all(0 <= place < len(text) for place in folded.origin)
    assert all(earlier <= later for earlier, later in pairwise(folded.origin))


@given(WORDS, st.sampled_from([LAYOUT, FOLDED]))
def test_a_folded_character_is_the_fold_of_its_origin(text: str, level: Level) -> None:
    """Below VARIANT a folded character stands, folded, at the place it says it came from."""
    folded = fold(text, level)
    for char, place in zip(folded.text, folded.origin, strict=True):
        assert fold(text[place], level, bullets=True).text == char


# Marks of half width join the letter before them; ㈱ is several letters; ²is a digit only by name.
ANY = st.lists(
    st.one_of(
        WORDS, st.sampled_from([*"ﾃﾊﾞﾟ㈱²Ⅲ", "-5", "-①", "。・", "．①", "\u3000", "\x1c"]), st.text(max_size=2)
    ),
    max_size=8,
).map("".join)


@given(ANY, st.sampled_from(Level))
def test_a_folded_text_is_the_one_that_is_folded_character_by_character(text: str, level: Level) -> None:
    """The fast way to the text, and the slow one that knows where each character came from."""
    for kept in (False, True):
        assert fold(text, level, bullets=kept).text == traced(text, level, bullets=kept)[0]


def test_one_character_that_folds_to_several_is_the_origin_of_all() -> None:
    assert fold("㈱光", FOLDED).text == "(株)光"
    assert fold("㈱光", FOLDED).origin == (0, 0, 0, 1)
    assert fold("ﾃﾞｰ｡ﾞ", FOLDED).origin == (0, 2, 3, 4)


@pytest.mark.parametrize("level", [LAYOUT, FOLDED, VARIANT])
def test_bullets_are_kept_where_they_are_asked_for(level: Level) -> None:
    assert fold("・甲\n◆乙", level).text == "甲乙"
    assert "◆乙" in fold("甲\n◆乙", level, bullets=True).text
    assert fold("①甲\n②乙", level, bullets=True).text == "①甲②乙"


def test_the_key_for_look_ups_keeps_circled_numbers_apart() -> None:
    assert plain("７②") == "7②"
    assert plain("リスク２：不正な 提供") == "リスク2:不正な提供"


NOTHING = ["", " ", "\n", "　", "-", "－", "—", "―", "ー", "–", "−", "‐", "─", "なし", "\n－\n", " な し "]
SOMETHING = [
    "0",
    "略",
    "（略）",
    "省略",
    "該当なし",
    "なし。",
    "・",
    "①",
    "〃",
    "同上",
    "－－",
    "未定",
    "ない",
]


@pytest.mark.parametrize("text", NOTHING)
def test_knows_the_ways_to_say_nothing(text: str) -> None:
    assert is_nothing(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_does_not_take_something_for_nothing(text: str) -> None:
    assert not is_nothing(text)


PLACES = [
    pytest.param("税務課", "市民課・税務課", EXACT, ["税務課"], id="letter for letter"),
    pytest.param("③委託先名", "・③委託先名。", EXACT, ["③委託先名"], id="with its number"),
    pytest.param("・乙", "略\n・乙\n・丙", EXACT, ["・乙"], id="with its bullet"),
    pytest.param("甲 乙", "略\n甲乙", LAYOUT, ["甲乙"], id="without the row's space"),
    pytest.param("甲乙", "略\n甲\n　乙丙", LAYOUT, ["甲\n　乙"], id="over the body's line break"),
    pytest.param("・乙", "略\n\n　◆ 乙", LAYOUT, ["◆ 乙"], id="the body's bullet and the space behind it"),
    pytest.param("・甲\n・乙", "略\n①甲\n②乙\n③丙", VARIANT, ["①甲\n②乙"], id="two bullets"),
    pytest.param("①乙", "略乙", VARIANT, ["乙"], id="a number that the body has not"),
    pytest.param("3年", "13年と3年", EXACT, ["3年"], id="not inside a longer number"),
    pytest.param("乙", "①甲\n②乙", EXACT, ["乙"], id="a bullet that the row did not quote stays"),
    pytest.param("（サーバー）", "略(サーバー)略", FOLDED, ["(サーバー)"], id="brackets of another width"),
    pytest.param("第9条", "番号法第９条。", FOLDED, ["第９条"], id="figures of another width"),
    pytest.param("(株)光", "㈱光に委託", FOLDED, ["㈱光"], id="a ligature comes back whole"),
    pytest.param("中間サーバー", "中間サーバに置く", VARIANT, ["中間サーバ"], id="the body without ー"),
    pytest.param(
        "サーバに置く", "中間サーバーに置くこと", VARIANT, ["サーバーに置く"], id="the body with ー"
    ),
    pytest.param("子供の手続", "子ども の手続きは", VARIANT, ["子ども の手続き"], id="okurigana to the end"),
    pytest.param(
        "手続サーバ", "手続きサーバーに", VARIANT, ["手続きサーバー"], id="ー to the end of the word"
    ),
    pytest.param("手続き方法", "その手続方法", VARIANT, ["手続方法"], id="shorter in the body"),
    pytest.param("委託する。", "委託する", VARIANT, ["委託する"], id="a full stop that the body has not"),
]


@pytest.mark.parametrize(("part", "whole", "level", "words"), PLACES)
def test_gives_back_the_words_of_the_body(part: str, whole: str, level: Level, words: list[str]) -> None:
    found = locate(part, whole)
    assert found is not None
    assert found.level is level
    assert [whole[start:end] for start, end in found.spans] == words


def test_a_text_that_stands_in_several_places_gives_them_all() -> None:
    found = locate("市民課", "市民課と税務課と市民課")
    assert found is not None
    assert found.spans == ((0, 3), (8, 11))


def test_a_better_level_hides_the_places_of_a_worse_one() -> None:
    found = locate("中間サーバー", "中間サーバと中間サーバー")
    assert found is not None
    assert (found.level, found.spans) == (EXACT, ((6, 12),))


def test_places_that_are_equal_only_after_folding_are_all_found() -> None:
    found = locate("手続き", "手続と手続")
    assert found is not None
    assert (found.level, found.spans) == (VARIANT, ((0, 2), (3, 5)))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        pytest.param("72", "7②", id="7② holds no 72"),
        pytest.param("7②", "72", id="72 holds no 7②"),
        pytest.param("①乙", "略。②乙", id="another number before the same words"),
        pytest.param("3年", "13年", id="a longer number"),
        pytest.param("第1", "第19条", id="a number that goes on"),
        pytest.param("税務課", "市民課", id="other words"),
        pytest.param("市民課と税務課", "市民課", id="more than there is"),
        pytest.param("発生なし", "発生あり", id="the opposite"),
        pytest.param("", "市民課", id="nothing stands nowhere"),
        pytest.param("－", "市民－課", id="a dash says nothing, even where one stands"),
        pytest.param("なし", "発生なし", id="none is not the end of a word"),
        pytest.param("市民課", "", id="nothing holds nothing"),
    ],
)
def test_says_where_there_is_no_place(part: str, whole: str) -> None:
    assert locate(part, whole) is None


def _one_word(left: str, right: str) -> bool:
    both = left + right
    return len(both) == 2 and (both.isdigit() or all("ァ" <= char <= "ヴ" or char == "ー" for char in both))


@given(WORDS, st.data())
def test_every_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    """A slice that says anything is found EXACT, and one of the places is where it was cut."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = text[start:end]
    found = locate(piece, text)
    cut = _one_word(text[start - 1 : start], piece[:1]) or _one_word(piece[-1:], text[end : end + 1])
    if is_nothing(piece):
        assert found is None
    elif cut:  # 3年 does not stand in 13年, nor アイ in アイネス
        assert found is None or (start, end) not in found.spans
    else:
        assert found is not None
        assert found.level is EXACT
        assert (start, end) in found.spans


@given(WORDS, WORDS, WORDS, st.sampled_from(["", "・", "① "]))
def test_what_is_found_are_the_words_looked_for(before: str, piece: str, after: str, bullet: str) -> None:
    """A piece quoted with other breaks and bullets is found; each place agrees at the level reported."""
    whole = f"{before}\n{bullet}市{piece}課{after}"
    wanted = f"・市{piece} \n課"
    found = locate(wanted, whole)
    assert found is not None
    for start, end in found.spans:
        agreed = same(whole[start:end], wanted)
        assert agreed is not None
        assert agreed <= found.level


def test_the_nearest_words_come_with_their_likeness() -> None:
    body = "甲の措置。アクセス権限の管理を毎年行う。乙の措置。"
    found = nearest("アクセス権限の管理を毎月行う", body)
    assert found is not None
    start, end, likeness = found
    assert body[start:end] == "アクセス権限の管理を毎年行う"
    assert 0.9 < likeness < 1


def test_words_that_stand_there_are_their_own_nearest() -> None:
    body = "略。中間サーバで管理する。"
    assert nearest("中間サーバーで管理", body) == (2, 10, 1.0)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        pytest.param("", "甲", id="nothing"),
        pytest.param("甲乙丙丁", "甲乙", id="longer than the text"),
        pytest.param("甲", "", id="in nothing"),
    ],
)
def test_nothing_is_nearest_to_what_cannot_stand_there(part: str, whole: str) -> None:
    assert nearest(part, whole) is None


@given(WORDS, WORDS)
def test_the_nearest_place_lies_inside_the_text(part: str, whole: str) -> None:
    """A place is a piece of the text with a likeness of at most one."""
    found = nearest(part, whole)
    if found is not None:
        start, end, likeness = found
        assert 0 <= start < end <= len(whole)
        assert 0 <= likeness <= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("一行目\n　二行目", "一行目 二行目"),
        ("あ" * 60, "あ" * 60),
        ("あ" * 61, "あ" * 60 + "…"),
    ],
)
def test_what_is_quoted_is_one_line_of_bounded_length(text: str, said: str) -> None:
    assert wording.in_brief(text) == said
