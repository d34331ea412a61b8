"""ItemPath: parse, print, compare; the only place that knows how a path is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError, NotAnItemPath
from ledger.item_path import ItemPath

ACCIDENT = "②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"

PATHS = [
    pytest.param("II/4/委託事項1/③委託先名", ("II", "4", "委託事項1", "③委託先名"), "", id="in a group"),
    pytest.param("I/3/特定個人情報ファイル名", ("I", "3", "特定個人情報ファイル名"), "", id="a heading"),
    pytest.param("表紙/公表日", ("表紙", "公表日"), "", id="on the cover"),
    pytest.param("III", ("III",), "", id="a whole section"),
    pytest.param(
        "III/3/リスク2/具体的な管理方法", ("III", "3", "リスク2", "具体的な管理方法"), "", id="risk"
    ),
    pytest.param(f"III/7/{ACCIDENT}/その内容", ("III", "7", ACCIDENT, "その内容"), "", id="7② stays 7②"),
    pytest.param(
        "II/5/提供・移転の有無/移転を行っている/件",
        ("II", "5", "提供・移転の有無", "移転を行っている", "件"),
        "",
        id="a number inside a cell",
    ),
    pytest.param(
        "II[送付先情報ファイル]/2/⑤保有開始日",
        ("II", "2", "⑤保有開始日"),
        "送付先情報ファイル",
        id="in one of several files",
    ),
    pytest.param(
        "II[宛名/統合ファイル]/6/保管場所",
        ("II", "6", "保管場所"),
        "宛名/統合ファイル",
        id="a file whose name holds a slash",
    ),
    pytest.param("III[甲/乙/丙]/10", ("III", "10"), "甲/乙/丙", id="a file whose name holds several"),
    pytest.param("II[国保[後期]ファイル]/7/備考", ("II", "7", "備考"), "国保[後期]ファイル", id="brackets"),
    pytest.param("II[宛名\nファイル]/7/備考", ("II", "7", "備考"), "宛名\nファイル", id="a line break"),
    pytest.param(
        "別添1[宛名ファイル]/特定個人情報ファイル記録項目",
        ("別添1", "特定個人情報ファイル記録項目"),
        "宛名ファイル",
        id="the annex of a file",
    ),
]


@pytest.mark.parametrize(("text", "parts", "file"), PATHS)
def test_reads_the_canonical_text(text: str, parts: tuple[str, ...], file: str) -> None:
    assert ItemPath.parse(text) == ItemPath(parts, file)


@pytest.mark.parametrize(("text", "parts", "file"), PATHS)
def test_prints_the_canonical_text(text: str, parts: tuple[str, ...], file: str) -> None:
    assert str(ItemPath(parts, file)) == text


def test_knows_its_section_and_its_label() -> None:
    path = ItemPath.parse("II[宛名/統合ファイル]/4/委託事項1/③委託先名")
    assert (path.section, path.label, path.file) == ("II", "③委託先名", "宛名/統合ファイル")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("II/4/委託事項1/③委託先名", 1, id="below a group"),
        pytest.param("II[甲2]/5/移転先12", 12, id="a group itself, in a file whose name has a figure"),
        pytest.param("I/2/システム20/①システムの名称", 20, id="the twentieth"),
        pytest.param("III/3/リスク2/具体的な管理方法", 0, id="a risk is no group"),
        pytest.param("II/4/委託の有無", 0, id="outside groups"),
        pytest.param("II/5/提供先1に準ずるもの", 0, id="a label that only begins like one"),
    ],
)
def test_knows_the_number_of_its_group(text: str, number: int) -> None:
    assert ItemPath.parse(text).group == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("III/7②", "III/72", id="a circled number is no figure"),
        pytest.param("III/7", "Ⅲ/7", id="the Roman numeral of one character"),
        pytest.param("I/1/③対象人数", "I/1/③ 対象人数", id="a space"),
        pytest.param("II/6/保管場所", "II[甲]/6/保管場所", id="with and without a file"),
    ],
)
def test_nothing_is_folded_on_the_way_in(one: str, other: str) -> None:
    assert ItemPath.parse(one) != ItemPath.parse(other)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="blank"),
        pytest.param("   ", id="only spaces"),
        pytest.param("/", id="only a slash"),
        pytest.param("/II/4", id="no section"),
        pytest.param("II/4/", id="no label"),
        pytest.param("II//委託事項1", id="an empty part"),
        pytest.param("[甲ファイル]/4", id="a file of no section"),
        pytest.param("II[甲ファイル", id="a bracket left open"),
        pytest.param("II[甲ファイル]x/4", id="words behind the file"),
        pytest.param("II]甲/4", id="a bracket closed only"),
    ],
)
def test_refuses_what_is_no_path_on_one_line(text: str) -> None:
    with pytest.raises(NotAnItemPath) as caught:
        ItemPath.parse(text)
    assert isinstance(caught.value, LedgerError)
    assert isinstance(caught.value, ValueError)
    assert "\n" not in str(caught.value)
    assert "II/4/委託事項1/③委託先名" in caught.value.remedy


def test_a_refusal_of_several_lines_is_told_on_one() -> None:
    with pytest.raises(NotAnItemPath) as caught:
        ItemPath.parse("II\n//\n保管場所")
    assert "\n" not in str(caught.value)
    assert "保管場所" in caught.value.where


LABELS = st.text(alphabet="①②③委託先名７7ⅢIV・（）［］[]- 　\n", min_size=1, max_size=8)
SECTIONS = st.sampled_from(["I", "II", "III", "IV", "V", "別添1", "表紙"])
FILES = st.text(alphabet="宛名統合ファイル/（）・ 1\n", max_size=12)


@given(SECTIONS, st.lists(LABELS.filter(lambda label: label == label.strip()), max_size=4), FILES)
def test_what_is_printed_reads_back(section: str, labels: list[str], file: str) -> None:
    """Every path, of any labels and any file whose name holds slashes, survives print and parse."""
    path = ItemPath((section, *labels), file)
    assert ItemPath.parse(str(path)) == path


def parsed(text: str) -> ItemPath | NotAnItemPath:
    """The path that *text* is, or how it was refused."""
    try:
        return ItemPath.parse(text)
    except NotAnItemPath as error:
        return error


@given(st.text(alphabet="II[]/4甲乙 \n", max_size=12))
def test_any_text_is_a_path_or_refused_on_one_line(text: str) -> None:
    """What is read names a section and no empty part; the rest is refused on one line."""
    found = parsed(text)
    if isinstance(found, ItemPath):
        assert found.section
        assert all(found.parts)
    else:
        assert "\n" not in str(found)
