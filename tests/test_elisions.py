"""略 in all its spellings, and when the words of an item prove what it stands for."""

from __future__ import annotations

import pytest

from projections.as_of import document_as_of
from projections.elisions import is_elided, pieces, repeats, restored, says_unchanged
from tests.papers import at, day, known_by, one, says

STORE = "II/6/保管場所"
BODY = "申請書は庁舎1階に保管する。\n台帳は第2書庫に保管する。\n記録は金庫に保存する。"
EARLIER = BODY.replace("第2書庫", "書庫")
OLD, NOW = "台帳は書庫に保管する。", "台帳は第2書庫に保管する。"
ON = "令和5年4月1日"

SIGNS = [
    pytest.param("～略～", id="between waves"),
    pytest.param("〔略〕", id="in another bracket"),
    pytest.param("＜略＞", id="in the brackets of a heading"),
    pytest.param("・・・略・・・", id="between dots"),
    pytest.param("（以下、略）", id="with a comma"),
    pytest.param("（中間省略）", id="a longer word"),
    pytest.param("（変更なし）", id="told in words"),
    pytest.param("（同左）", id="as on the left"),
    pytest.param("（以下、変更前と同じ）", id="as before"),
    pytest.param("現行のとおり", id="a line of its own"),
    pytest.param("…台帳…", id="dots at both ends"),
    pytest.param("・・・台帳・・・", id="middle dots at both ends"),
    pytest.param("〜 台帳 〜", id="waves at both ends"),
]


@pytest.mark.parametrize("text", SIGNS)
def test_words_are_left_out_in_many_spellings(text: str) -> None:
    assert is_elided(text)


NO_SIGNS = [
    pytest.param("届出事項に変更がないことを確かめる。", id="a sentence about changes"),
    pytest.param("変更前と同じ様式で提出する。", id="a sentence that begins like a sign"),
    pytest.param("システム2～5", id="a range"),
    pytest.param("月曜～金曜", id="a range of days"),
    pytest.param("住所に変更なしの場合", id="in mid-sentence"),
]


@pytest.mark.parametrize("text", NO_SIGNS)
def test_words_that_only_look_like_a_sign_leave_nothing_out(text: str) -> None:
    assert not is_elided(text)


def test_the_bullet_behind_a_sign_belongs_to_the_next_piece() -> None:
    assert pieces("・略 ・略 ・台帳") == ["・", " ・", " ・台帳"]


@pytest.mark.parametrize(
    ("text", "unchanged"),
    [
        pytest.param("同左", True, id="bare"),
        pytest.param("（変更なし）", True, id="in brackets"),
        pytest.param("略", False, id="略 says that something stands there, not what"),
        pytest.param("（同左）\n台帳", False, id="with words beside it"),
    ],
)
def test_a_side_may_say_what_the_other_side_says(text: str, *, unchanged: bool) -> None:
    assert says_unchanged(text) is unchanged


def test_a_side_in_full_is_taken_where_it_has_the_words_that_the_other_leaves_out() -> None:
    gaps = ("申請書は庁舎1階に保管する。", "記録は金庫に保存する。")
    assert restored(EARLIER, f"（同左）\n{NOW}\n（同左）", gaps) == EARLIER
    assert restored(OLD, f"（同左）\n{NOW}\n（同左）", gaps) is None


def test_sides_that_quote_the_same_words_do_not_tell_what_changed() -> None:
    assert restored("略", "略", ("甲",)) is None
    assert restored(f"略\n{NOW}", f"（略）\n{NOW}", ("甲",)) is None


def test_a_quotation_that_stands_in_what_was_left_out_would_be_there_twice() -> None:
    assert repeats("略\n記録は金庫に保存する。", ("申請書。記録は金庫に保存する。",))
    assert not repeats("略\n記録は棚に置く。", ("申請書。記録は金庫に保存する。",))


FILLED = [
    pytest.param(f"～略～\n{OLD}\n～略～", f"～略～\n{NOW}\n～略～", id="waves"),
    pytest.param(f"…{OLD}…", f"…{NOW}…", id="dots"),
    pytest.param(f"<略>{OLD}<略>", f"<略>{NOW}<略>", id="brackets go with their sign"),
    pytest.param(f"（前略）{OLD}（後略）", f"（前略）{NOW}（後略）", id="before and behind"),
    pytest.param(f"{OLD}\n（以下、略）", f"{NOW}\n（以下、略）", id="the rest"),
    pytest.param(EARLIER, f"（同左）\n{NOW}\n（同左）", id="only 変更後 leaves words out"),
    pytest.param(EARLIER, f"申請書は庁舎1階に保管する。\n{NOW}\n（以下、変更前と同じ）", id="only its end"),
]


@pytest.mark.parametrize(("before", "after"), FILLED)
def test_what_is_left_out_is_filled_from_the_item(before: str, after: str) -> None:
    known = known_by(one(STORE, BODY, (ON, before, after)))
    value, certainty = says(document_as_of(known, day("2023-03-31")), STORE)
    assert ("".join(str(value).split()), certainty) == ("".join(EARLIER.split()), "known")
    assert says(document_as_of(known, day("2023-04-01")), STORE) == (BODY, "known")


def test_a_row_that_says_that_nothing_changed_changes_nothing() -> None:
    for before, after in ((BODY, "変更なし"), (NOW, "同左"), ("同左", NOW)):
        known = known_by(one(STORE, BODY, (ON, before, after)))
        assert says(document_as_of(known, day("2023-03-31")), STORE) == (BODY, "known")


OPEN = [
    pytest.param("略", "略", id="nothing quoted at all"),
    pytest.param(f"略\n{NOW}", f"略\n{NOW}", id="the same quoted twice"),
    pytest.param("略\n記録は金庫に保存する。", "略", id="what was taken out still stands there"),
    pytest.param(f"（略）{OLD}", NOW, id="only 変更前 leaves words out"),
    pytest.param(
        "記録は棚に保存する。", "（略）\n記録は金庫に保存する。", id="変更前 lacks what is left out"
    ),
]


@pytest.mark.parametrize(("before", "after"), OPEN)
def test_what_the_words_do_not_prove_is_not_known(before: str, after: str) -> None:
    known = known_by(one(STORE, BODY, (ON, before, after)))
    assert not at(document_as_of(known, day("2023-03-31")), STORE).reading.known
