"""How 変更前 and 変更後 are written: whole or with 略, only the boxes that changed, and always provable."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.form import FormItem, form3
from ledger.published import Boxes
from projections.abridging import Words, differ, proves, with_marks, words_of
from projections.readings import Value

TEXT = form3()["II.6.storage"]
LINKS = form3()["I.2.system[n].3"]
MEANS = form3()["II.3.2"]
LABELS = tuple(option.label for option in MEANS.options)

STORE = "＜霞野市における措置＞\n申請書は、高齢者支援課の施錠できる書庫に納める。鍵の貸出しは帳簿に記録する。"
ROOM = "機器は、入室者を静脈認証で限る電算室に置く。電算室への入室は、二名以上で行い、その記録を五年間残す。"
CLOUD = (
    "＜中間サーバー・プラットフォームにおける措置＞\n"
    "入館者の身分証を、事前の届出と見比べ、立ち入る区画を限っている。"
)
LONG = f"{STORE}\n{ROOM}\n{CLOUD}"


def written(was: Value | None, now: Value | None, item: FormItem = TEXT) -> Words:
    return words_of(item, item.at(1 if item.in_group else 0), was, now)


SHORT = [
    pytest.param("市民課", "住民課", ("市民課", "住民課"), id="a short text stands in full"),
    pytest.param("", "住民課", ("－", "住民課"), id="nothing is a dash"),
    pytest.param(None, "住民課", ("－", "住民課"), id="an item that was not there"),
    pytest.param("－", "住民課", ("－", "住民課"), id="a dash stays"),
    pytest.param("なし", "住民課", ("なし", "住民課"), id="nothing in the words of the document"),
    pytest.param("住民課", None, ("住民課", "－"), id="an item that is gone"),
    pytest.param("住民課", " ", ("住民課", "－"), id="emptied"),
]


@pytest.mark.parametrize(("was", "now", "sides"), SHORT)
def test_a_short_item_stands_in_full(was: str | None, now: str | None, sides: tuple[str, str]) -> None:
    words = written(was, now)
    assert (words.before, words.after, words.proved) == (*sides, True)


ABRIDGED = [
    pytest.param(
        LONG.replace("二名以上", "三名以上"),
        "（略）電算室への入室は、二名以上で行い、その記録を五年間残す。\n（略）",
        "（略）電算室への入室は、三名以上で行い、その記録を五年間残す。\n（略）",
        id="a sentence in a line",
    ),
    pytest.param(
        f"{LONG}\n＜クラウドにおける措置＞\n国内に置く。",
        "（略）",
        "（略）\n＜クラウドにおける措置＞\n国内に置く。",
        id="lines at the end",
    ),
    pytest.param(
        f"最初に置く。\n{LONG}",
        "（略）",
        "最初に置く。\n（略）",
        id="a line at the beginning",
    ),
    pytest.param(
        LONG.replace(f"{ROOM}\n", f"{ROOM}\n電算室は二か所にある。\n"),
        "（略）電算室への入室は、二名以上で行い、その記録を五年間残す。\n"
        "＜中間サーバー・プラットフォームにおける措置＞\n（略）",
        "（略）電算室への入室は、二名以上で行い、その記録を五年間残す。\n電算室は二か所にある。\n"
        "＜中間サーバー・プラットフォームにおける措置＞\n（略）",
        id="a line in the middle, with its neighbours",
    ),
    pytest.param(
        LONG.replace("帳簿", "台帳").replace("身分証", "職員証"),
        "（略）鍵の貸出しは帳簿に記録する。\n（略）\n入館者の身分証を、事前の届出と見比べ、立ち入る区画を限っている。",
        "（略）鍵の貸出しは台帳に記録する。\n（略）\n入館者の職員証を、事前の届出と見比べ、立ち入る区画を限っている。",
        id="two places",
    ),
]


@pytest.mark.parametrize(("now", "before", "after"), ABRIDGED)
def test_of_a_long_item_only_what_changed_is_shown(now: str, before: str, after: str) -> None:
    assert written(LONG, now) == Words(before, after)


def test_what_no_row_with_elisions_could_prove_stands_in_full() -> None:
    line = "個人番号を含む書類は、施錠できる書庫に納め、鍵の貸出しを帳簿に記録する。"
    was = "\n".join([line] * 6)
    now = "\n".join([*[line] * 2, line.replace("帳簿", "台帳"), *[line] * 3])
    words = written(was, now)
    assert (words.before, words.after) == (was, now)


def test_an_item_rewritten_from_end_to_end_stands_in_full() -> None:
    now = LONG.replace("。", "こと。").replace("措置", "対策").replace("入館者", "来館者")
    assert written(LONG, now) == Words(LONG, now)


BOXES = [
    pytest.param(
        Boxes(("紙",), tuple(label for label in LABELS if label != "紙")),
        Boxes(("紙", "専用線"), tuple(label for label in LABELS if label not in {"紙", "専用線"})),
        ("[] 専用線", "[○] 専用線"),
        id="one box",
    ),
    pytest.param(
        Boxes(("その他",), LABELS[:-1], (), "窓口"),
        Boxes(("その他",), LABELS[:-1], (), "窓口、郵送"),
        ("[○] その他（窓口）", "[○] その他（窓口、郵送）"),
        id="the words behind a box",
    ),
    pytest.param(
        Boxes(("紙", "専用線"), ()),
        Boxes((), LABELS),
        ("[○] 紙\n[○] 専用線", "[] 紙\n[] 専用線"),
        id="all unticked",
    ),
    pytest.param(None, Boxes(("紙",), ()), ("－", "[○] 紙"), id="a set that was not there"),
    pytest.param(Boxes(("紙",), ()), None, ("[○] 紙", "－"), id="a set that is gone"),
]


@pytest.mark.parametrize(("was", "now", "sides"), BOXES)
def test_of_boxes_those_stand_in_the_row_that_changed(
    was: Boxes | None, now: Boxes | None, sides: tuple[str, str]
) -> None:
    words = written(was, now, MEANS)
    assert (words.before, words.after, words.proved) == (*sides, True)


def test_a_box_whose_words_name_another_box_is_quoted_with_all_the_others() -> None:
    labels = tuple(option.label for option in LINKS.options)
    was = Boxes((), labels)
    now = Boxes(("その他",), labels[:-1], (), "庁内連携システム以外")
    words = written(was, now, LINKS)
    assert words.proved
    assert words.after.count("[") in {1, len(labels)}
    assert proves(LINKS, LINKS.at(1), words, was, now)


CHANGED = [
    pytest.param("市民課", "住民課", True, id="other words"),
    pytest.param("サーバ", "サーバー", True, id="another spelling that somebody typed"),
    pytest.param("甲を行う", "甲を行う。", True, id="punctuation"),
    pytest.param("甲を行う。\n乙を行う。", "甲を行う。乙を行う。", False, id="a line break"),
    pytest.param("ＬＧＷＡＮ(専用線)", "LGWAN（専用線）", False, id="widths and brackets"),
    pytest.param("－", "", False, id="two ways to say nothing"),
    pytest.param("2016/1/29", "平成28年1月29日", False, id="one day in two notations"),
    pytest.param("平成28年1月29日", "平成28年1月30日", True, id="another day"),
    pytest.param(None, "", False, id="not there, and blank"),
    pytest.param(None, "甲", True, id="not there, and something"),
    pytest.param(Boxes(("紙",), ("専用線",)), Boxes(("紙",), ()), False, id="boxes that are not printed"),
    pytest.param(Boxes(("紙",)), Boxes(("紙", "専用線")), True, id="a tick"),
    pytest.param(Boxes(("その他",), (), (), "窓口"), Boxes(("その他",)), True, id="words behind a box"),
    pytest.param(
        Boxes(("4情報（氏名、性別、生年月日、住所）",)),
        Boxes(("5情報（氏名、氏名の振り仮名、性別、生年月日、住所）",)),
        True,
        id="a ticked box with the label of another edition of the form",
    ),
    pytest.param(None, Boxes((), ("紙",)), False, id="a set without ticks"),
]


@pytest.mark.parametrize(("one", "other", "changed"), CHANGED)
def test_what_counts_as_a_change(one: Value | None, other: Value | None, changed: bool) -> None:  # noqa: FBT001
    assert differ(one, other) is changed
    assert differ(other, one) is changed


def test_a_part_that_an_officer_quotes_bare_gets_its_elisions() -> None:
    words = with_marks(TEXT, Words("二名以上", "三名以上"), LONG)
    assert words is not None
    assert proves(TEXT, TEXT.at(), words, LONG, LONG.replace("二名以上", "三名以上"))
    assert words.before.startswith("（略）")
    assert words.before.endswith("（略）")


def test_a_part_that_stands_twice_gets_none() -> None:
    assert with_marks(TEXT, Words("措置", "対策"), LONG) is None


SENTENCES = st.lists(
    st.builds(
        "{}は{}に{}する。{}".format,
        st.sampled_from(["申請書", "台帳", "①記録", "・端末", "電算室の鍵"]),
        st.sampled_from(["書庫", "電算室", "金庫（施錠できるもの）", "2階の庫"]),
        st.sampled_from(["保管", "設置", "保存", "格納"]),
        st.sampled_from(["", "", "\n", "\n\n", "\n　"]),
    ),
    min_size=1,
    max_size=14,
)


@given(SENTENCES, SENTENCES, st.integers(0, 10**6))
def test_every_row_is_undone_and_redone_to_the_very_texts(was: list[str], new: list[str], seed: int) -> None:
    """Whatever sentences go, come or move: the row leads from one text to the other and back."""
    random = Random(seed)  # noqa: S311  (draws cases)
    now = list(was)
    for sentence in new[: random.randint(1, 3)]:
        at = random.randrange(len(now) + 1)
        now[at : at + random.randint(0, 2)] = [sentence]
    one, other = "".join(was).strip(), "".join(now).strip()
    words = written(one, other)
    if differ(one, other) and (words.before, words.after) != (one, other):
        assert proves(TEXT, TEXT.at(), words, one, other)
        assert len(words.before) + len(words.after) < len(one) + len(other)
