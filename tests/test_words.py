"""Two texts word by word: what a person sees struck out and underlined, and that nothing gets lost in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projections.words import Op, Piece, difference, replacement, split

LETTERS = "甲乙課税行受うけるのをにも、。・（）()①②12１２aＡアーｱサバ \n\r　"
TEXTS = st.one_of(st.text(alphabet=LETTERS, max_size=40), st.text(max_size=20))
BETWEEN = {Op.SAME: "", Op.REMOVED: "-", Op.ADDED: "+"}


def marked(pieces: tuple[Piece, ...]) -> str:
    """The pieces in one line: ``第{-8-}{+9+}号``."""
    return "".join(
        piece.text if piece.op is Op.SAME else f"{{{BETWEEN[piece.op]}{piece.text}{BETWEEN[piece.op]}}}"
        for piece in pieces
    )


WORDS = [
    pytest.param("中学校修了前まで", "中学校修了前|まで", id="a particle of two letters"),
    pytest.param("事務を行うため", "事務|を|行う|ため", id="okurigana stays with its kanji"),
    pytest.param("子どもの見積もり", "子ども|の|見積もり", id="も that is no particle"),
    pytest.param("速やかに上がる", "速やか|に|上がる", id="や and が inside a word"),
    pytest.param("登録及び収納", "登録|及び|収納", id="及び parts two words"),
    pytest.param("第19条第8号", "第|19|条第|8|号", id="numbers by themselves"),
    pytest.param("１,000円と1.5倍", "１,000|円|と|1.5|倍", id="numbers of any width, with their point"),
    pytest.param("令和6年9月2日から", "令和6年9月2日|から", id="a date is one word"),
    pytest.param("平成元年に", "平成元年|に", id="元年"),
    pytest.param("ICカードのサーバー", "IC|カード|の|サーバー", id="Latin letters and katakana"),
    pytest.param("ｻｰﾊﾞ・ﾃﾞｰﾀ", "ｻｰﾊﾞ|・|ﾃﾞｰﾀ", id="half-width katakana with its marks"),
    pytest.param("①②甲\n\n乙", "①|②|甲|\n|\n|乙", id="circled numbers and line breaks stand alone"),
    pytest.param("3ヶ月以内", "3|ヶ月以内", id="ヶ goes with kanji"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_text_falls_into_words(text: str, words: str) -> None:
    assert split(text) == words.split("|")


CASES = [
    pytest.param(
        "中学校修了前まで",
        "高校生年代(18歳年度末)まで",
        "{-中学校修了前-}{+高校生年代(18歳年度末)+}まで",
        id="another age",
    ),
    pytest.param("第19条第8号", "第19条第9号", "第19条第{-8-}{+9+}号", id="a renumbered statute"),
    pytest.param(
        "4情報（氏名、性別、生年月日、住所）",
        "5情報（氏名、氏名の振り仮名、性別、生年月日、住所）",
        "{-4-}{+5+}情報（氏名{+、氏名の振り仮名+}、性別、生年月日、住所）",
        id="one more in a list",
    ),
    pytest.param(
        "庁内のサーバに保存する。",
        "庁内のサーバーに保存する。",
        "庁内の{-サーバ-}{+サーバー+}に保存する。",
        id="katakana is marked as a whole word",
    ),
    pytest.param(
        "福祉保健部 高齢者支援課",
        "健康福祉部 高齢者支援課",
        "{-福祉保健部-}{+健康福祉部+} 高齢者支援課",
        id="a renamed department",
    ),
    pytest.param(
        "・本人から\n・他部署から",
        "①本人から\n②他部署から",
        "{-・-}{+①+}本人から\n{-・-}{+②+}他部署から",
        id="bullets become numbers",
    ),
    pytest.param(
        "①資格の管理\n②収納の管理",
        "①資格の管理\n②賦課の管理\n③収納の管理",
        "①資格の管理\n{+②賦課の管理\n+}{-②-}{+③+}収納の管理",
        id="a new line renumbers the next",
    ),
    pytest.param(
        "庫に納める。",
        "庫に納める。\n＜クラウドにおける措置＞\n①国内に置く。",
        "庫に納める。{+\n＜クラウドにおける措置＞\n①国内に置く。+}",
        id="lines at the end",
    ),
    pytest.param(
        "あけぼの情報サービス株式会社 北部支店",
        "株式会社雲海ソフトワークス",
        "{-あけぼの情報サービス株式会社 北部支店-}{+株式会社雲海ソフトワークス+}",
        id="株式会社 is an island between two names",
    ),
    pytest.param(
        "電子記録媒体を、鍵のかかる書庫で保管する。",
        "紙の書類を、電算室で保管する。",
        "{-電子記録媒体を、鍵のかかる書庫-}{+紙の書類を、電算室+}で保管する。",
        id="a particle and a comma are an island",
    ),
    pytest.param("甲、乙", "丙、甲、丁、乙", "{+丙、+}甲{+、丁+}、乙", id="no island between two additions"),
    pytest.param(
        "甲を用いる。\n乙を行う。",
        "丙を用いる。\n丁を行う。",
        "{-甲-}{+丙+}を用いる。\n{-乙-}{+丁+}を行う。",
        id="no island over the end of a sentence",
    ),
    pytest.param("甲。乙", "丙。丁", "{-甲-}{+丙+}。{-乙-}{+丁+}", id="nor is the end of a sentence one"),
    pytest.param(
        "福祉保健総合政策推進部、個人情報委員会、地域包括支援高齢者対策課",
        "健康長寿医療計画調整局、個人情報委員会、介護予防生活支援事業推進室",
        "{-福祉保健総合政策推進部-}{+健康長寿医療計画調整局+}、個人情報委員会、"
        "{-地域包括支援高齢者対策課-}{+介護予防生活支援事業推進室+}",
        id="a long word stayed, however much changed around it",
    ),
    pytest.param(
        "甲課が印刷業務の委託先を選ぶ際に、確かめる。",
        "乙課が印刷業務の委託先を選ぶ都度、確かめる。",
        "{-甲課-}{+乙課+}が印刷業務の委託先を選ぶ{-際に-}{+都度+}、確かめる。",
        id="what stayed and is longer than the changes is no island",
    ),
    pytest.param("令和6年9月2日", "令和7年11月20日", "{-令和6年9月2日-}{+令和7年11月20日+}", id="a date"),
    pytest.param("", "新しい", "{+新しい+}", id="from nothing"),
    pytest.param("古い", "", "{-古い-}", id="to nothing"),
    pytest.param("同じ", "同じ", "同じ", id="the same"),
    pytest.param("", "", "", id="nothing at all"),
]


@pytest.mark.parametrize(("before", "after", "shown"), CASES)
def test_the_words_that_changed_are_those_a_person_would_mark(before: str, after: str, shown: str) -> None:
    assert marked(difference(before, after)) == shown


def test_a_choice_is_replaced_as_a_whole() -> None:
    assert marked(replacement("10人以上50人未満", "50人以上100人未満")) == (
        "{-10人以上50人未満-}{+50人以上100人未満+}"
    )
    assert marked(replacement("十分である", "十分である")) == "十分である"


@given(TEXTS)
def test_words_make_the_text_again(text: str) -> None:
    """The words of a text, one after the other, are the text."""
    assert "".join(split(text)) == text


@given(TEXTS, TEXTS)
@example("①A\n②B", "①A\n②C\n③B")
def test_nothing_is_lost_between_two_texts(before: str, after: str) -> None:
    """What stayed and went is the old text, what stayed and came the new one; no piece is empty or split."""
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.op is not Op.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.op is not Op.REMOVED) == after
    assert all(piece.text for piece in pieces)
    assert all(one.op is not other.op for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    """A text compared with itself stayed as a whole."""
    assert difference(text, text) == ((Piece(Op.SAME, text),) if text else ())


@given(TEXTS, TEXTS, TEXTS)
def test_lines_around_a_change_stay(head: str, one: str, other: str) -> None:
    """A line above that both texts have is never marked, whatever changed below it."""
    line = f"{head.replace(chr(10), '')}。\n"
    pieces = difference(line + one, line + other)
    assert pieces[0].op is Op.SAME
    assert pieces[0].text.startswith(line)


LONG = [
    pytest.param("あ" * 10_000, "いあ" * 5_000, id="one letter"),
    pytest.param("\n" * 10_000, "甲\n" * 5_000, id="line breaks"),
    pytest.param("の、" * 5_000, "、の" * 5_000, id="nothing but islands"),
    pytest.param("甲①" * 5_000, "①乙" * 5_000, id="half of it changed"),
]


@pytest.mark.parametrize(("before", "after"), LONG)
def test_a_long_text_is_compared_at_once(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.op is not Op.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.op is not Op.REMOVED) == after


def test_texts_too_long_to_compare_are_replaced_as_a_whole() -> None:
    before, after = "甲①" * 10_000, "①乙" * 10_000
    assert difference(before, after) == (Piece(Op.REMOVED, before), Piece(Op.ADDED, after))
