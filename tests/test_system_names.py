"""Names of systems: one or two, what of them is the name, and of which kind they say they are."""

from __future__ import annotations

import pytest

from ledger.wording import Level
from projections.system_names import How, SystemName, names_in

SAME = [
    pytest.param("中間サーバ", "中間サーバー", Level.VARIANT, id="a long vowel at the end"),
    pytest.param("共通基盤システム(庁内連携)", "共通基盤システム（庁内連携）", Level.FOLDED, id="brackets"),
    pytest.param("住基ﾈｯﾄ", "住基ネット", Level.FOLDED, id="half-width letters"),
    pytest.param(
        "団体内統合\n宛名システム", "団体内統合宛名システム", Level.EXACT, id="a line break in a cell"
    ),
    pytest.param("1. 児童手当システム", "児童手当システム", Level.EXACT, id="a number of a list"),
    pytest.param("②児童手当システム", "児童手当システム", Level.EXACT, id="a circled number of a list"),
    pytest.param("住基ネット ※CS部分について記載する。", "住基ネット", Level.EXACT, id="a side note"),
    pytest.param("税務システム①", "税務システム②", None, id="numbers that tell two apart"),
    pytest.param("2次元コードシステム", "次元コードシステム", None, id="a number that belongs to the name"),
    pytest.param(
        "税務システム（住民税）", "税務システム（固定資産税）", None, id="brackets that tell two apart"
    ),
]


@pytest.mark.parametrize(("one", "other", "level"), SAME)
def test_two_names_agree_at_a_level_or_not(one: str, other: str, level: Level | None) -> None:
    assert SystemName.of(one).same(SystemName.of(other)) == level


@pytest.mark.parametrize(("one", "other", "level"), SAME)
def test_names_that_agree_have_one_key(one: str, other: str, level: Level | None) -> None:
    assert (SystemName.of(one).key == SystemName.of(other).key) == (level is not None)


OF_KIND = [
    pytest.param("既存住民基本台帳システム", ("既存住民基本台帳システム", How.NAMED), id="by the very label"),
    pytest.param("共通基盤システム(庁内連携システム)", ("庁内連携システム", How.BRACKET), id="in brackets"),
    pytest.param("宛名システム等（統合宛名）", ("宛名システム等", How.NAMED), id="before brackets"),
    pytest.param("基盤（既存住基システム）", ("既存住民基本台帳システム", How.BRACKET), id="short"),
    pytest.param("団体内統合宛名システム", ("宛名システム等", How.DECLARED), id="by a declared name"),
    pytest.param("国民健康保険税システム", None, id="not by a part of its name"),
    pytest.param("児童手当システム", None, id="of no kind of the form"),
]


@pytest.mark.parametrize(("name", "kind"), OF_KIND)
def test_a_name_says_of_which_kind_it_is(name: str, kind: tuple[str, How] | None) -> None:
    assert [(found.label, found.how) for found in SystemName.of(name).kinds] == ([kind] if kind else [])


LISTS = [
    pytest.param("中間サーバー、個別業務システム", ["中間サーバー", "個別業務システム"], id="commas"),
    pytest.param(
        "国保総合システムおよび国保情報集約システム", ["国保総合システム", "国保情報集約システム"], id="及び"
    ),
    pytest.param("申請及び届出システム", ["申請及び届出システム"], id="及び within a name"),
    pytest.param(
        "基盤（中継、変換）、戸籍システム", ["基盤（中継、変換）", "戸籍システム"], id="a comma in brackets"
    ),
    pytest.param("戸籍システム等", ["戸籍システム"], id="and others"),
    pytest.param(
        "サービス検索・電子申請機能", ["サービス検索・電子申請機能"], id="a middle dot within a name"
    ),
    pytest.param("－", [], id="nothing"),
    pytest.param("", [], id="blank"),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_free_text_lists_names(text: str, names: list[str]) -> None:
    assert [name.text for name in names_in(text)] == names


def test_all_of_a_sort_is_no_name_of_a_system() -> None:
    assert SystemName.of("個別業務システム").collective
    assert not SystemName.of("児童手当システム").collective
