"""Whatever extraction did to a document: what is left is read, what is wrong is in doubt, nothing is lost."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import UnreadableSource
from ledger.published import Boxes, Fate, PublishedEdition
from ledger.readers import read
from ledger.readers.rows import length
from samples.making import damage
from samples.making.as_ocr_text import TextLayout, write_ocr_text
from samples.making.damage import HARMFUL, HARMLESS, Damage, Damaged
from samples.making.generating import SMALL, Extent, edition, seeded
from tests.sources import ADEQUACY, ANNEX, NAME, ROW, SECTION_I, cells, left, told, values
from tests.sources import edition as read_with_cover

SEEDS = st.integers(0, 2**32 - 1)
LARGE = Extent(files=3, systems=4, blocks=3, rows=20)

# Damage that takes away what names the place of other items: these may be missing, never wrong.
UPROOTING: tuple[Damage, ...] = (damage.a_lost_page, damage.a_lost_group_head, damage.a_lost_risk)

Value = str | Boxes


def bare(value: Value) -> object:
    """A value without white space: where a line was broken, nobody knows whether there was a space."""
    if isinstance(value, str):
        return "".join(value.split())
    groups = (value.checked, value.unchecked, value.unreadable)
    return (*(tuple("".join(label.split()) for label in group) for group in groups), bare(value.other_text))


def faults(whole: PublishedEdition, hurt: PublishedEdition, damaged: Damaged, *, strict: bool) -> list[str]:
    """What a reading of a damaged text says that it must not, or no longer says though it was not touched."""
    before = {str(item.path): item for item in whole.items}
    after = {str(item.path): item for item in hurt.items}
    touched = {piece.target for piece in whole.pieces if piece.line in damaged.touched}
    touched |= {path for path, item in before.items() if item.line in damaged.touched}
    found = [f"invented: {path}" for path in after.keys() - before.keys() if not after[path].doubt]
    for path, item in before.items():
        if path in after and not after[path].doubt and bare(after[path].value) != bare(item.value):
            found.append(f"wrong: {path}: {after[path].value} for {item.value}")
        elif path not in after and path not in touched and strict:
            found.append(f"missing: {path}: {item.value}")
    rows_before = {tuple(map(bare, cells(row))): f"行{row.no}" for row in whole.rows}
    rows_after = {tuple(map(bare, cells(row))) for row in hurt.rows}
    found += [f"row: {row}" for row in rows_after - rows_before.keys()]
    found += [
        f"row lost: {no}" for row, no in rows_before.items() if no not in touched and row not in rows_after
    ]
    pieces = (p for p in hurt.pieces if not (p.fate is Fate.UNASSIGNED and p.target))
    accounted = sum(length(piece.text) for piece in pieces)
    return found if accounted == hurt.characters else [*found, f"{accounted} of {hurt.characters} characters"]


def check(damaging: Damage, drawing: int, laying: int, hurting: int, most: Extent = SMALL) -> None:
    """Draw and write an assessment, damage the text, read both."""
    text = write_ocr_text(edition(seeded(drawing), most), TextLayout.drawn(seeded(laying)))
    damaged = damaging(text, seeded(hurting))
    whole, hurt = read(text.encode(), NAME), read(damaged.text.encode(), NAME)
    assert faults(whole, hurt, damaged, strict=damaging not in UPROOTING) == []


def named(damages: tuple[Damage, ...]) -> list[object]:
    """The *damages* as parameters."""
    return [pytest.param(one, id=one.__name__.replace("_", " ")) for one in damages]


@pytest.mark.parametrize("damaging", named(HARMFUL))
@settings(max_examples=4)
@given(SEEDS, SEEDS, SEEDS)
def test_damage_never_makes_a_reading_wrong_in_silence(
    damaging: Damage, drawing: int, laying: int, hurting: int
) -> None:
    """Any damage to any assessment in any layout.

    No value is wrong unless it says that it is in doubt, every item that was not touched is still read, no
    change row is made up or lost, and every character is accounted for. So whatever differs from the
    undamaged reading is in doubt, unreadable, unassigned or missing.
    """
    check(damaging, drawing, laying, hurting)


@pytest.mark.long
@pytest.mark.parametrize("damaging", named(HARMFUL))
@settings(max_examples=400)
@given(SEEDS, SEEDS, SEEDS)
def test_damage_never_makes_a_reading_wrong_in_silence_hundreds_of_times(
    damaging: Damage, drawing: int, laying: int, hurting: int
) -> None:
    """As above, longer, and with longer assessments."""
    check(damaging, drawing, laying, hurting, LARGE)


@pytest.mark.parametrize("damaging", named(HARMLESS))
@settings(max_examples=4)
@given(SEEDS, SEEDS, SEEDS)
def test_what_takes_nothing_away_changes_nothing(
    damaging: Damage, drawing: int, laying: int, hurting: int
) -> None:
    """The same items and rows, letter for letter, nothing in doubt, nothing left."""
    text = write_ocr_text(edition(seeded(drawing), SMALL), TextLayout.drawn(seeded(laying)))
    whole, hurt = (read(one.encode(), NAME) for one in (text, damaging(text, seeded(hurting)).text))
    assert [(i.path, i.value, i.doubt) for i in hurt.items] == [(i.path, i.value, "") for i in whole.items]
    assert (told(hurt), hurt.header, left(hurt)) == (told(whole), whole.header, [])


@cache
def long_text() -> str:
    """An assessment with a long change table."""
    drawn = (edition(seeded(seed), LARGE) for seed in range(100))
    return write_ocr_text(next(one for one in drawn if len(one.rows) == LARGE.rows))


@pytest.mark.parametrize("damaging", named((*HARMLESS, *HARMFUL)))
def test_every_damage_does_something(damaging: Damage) -> None:
    assert any(damaging(long_text(), seeded(seed)).text != long_text() for seed in range(20))


def test_a_cover_that_is_lost_is_refused() -> None:
    text = write_ocr_text(edition(seeded(1), SMALL))
    with pytest.raises(UnreadableSource):
        read(text[text.index("Ⅰ 基本情報\n1") :].encode(), NAME)


# --- what the properties found --------------------------------------------------------------------

SIX = "I 基本情報\n6. 評価実施機関における担当部署\t\n"
BOXES = "[○] 自己点検\t[] 内部監査\t[] 外部監査"
AUDIT = "8. 監査\t\n実施の有無\t[○] 自己点検 [] 内部監査 [] 外部監査\n"
RISK = "リスク：委託先における不正な使用等のリスク\t\n"
ENTRUSTED = "4. 特定個人情報ファイルの取扱いの委託\t\n"
PROVIDED = "5. 特定個人情報の提供・移転（委託に伴うものを除く。）\t\n"
NAMED = "1. 特定個人情報ファイル名\t\n{}\n"
FILES = "I 基本情報\n3. 特定個人情報ファイル名\t\n1. 宛名ファイル\n2. 資格ファイル\n"


def doubts(found: PublishedEdition) -> dict[str, str]:
    """The items of the body that are in doubt, and why."""
    return {str(item.path): item.doubt for item in found.items if item.doubt and item.path.section != "表紙"}


MENDED = [
    pytest.param(
        SIX + "②所属長の\n役職名\t課長\n", {"I/6/②所属長の役職名": "課長"}, id="a label broken in two"
    ),
    pytest.param(
        "II 特定個人情報ファイルの概要\n3. 特定個人情報の入手・使用\t\n④使用の主体\t使用\n部署\t市民課\n",
        {"II/3/使用部署": "市民課"},
        id="a label broken in the second column",
    ),
    pytest.param(
        SIX + "①部署\t市民課\t市民課\n", {"I/6/①部署": "市民課"}, id="a value printed in two columns"
    ),
    pytest.param(
        SIX + "①部署\t①部署\t市民課\n", {"I/6/①部署": "市民課"}, id="a label printed in two columns"
    ),
    pytest.param(SIX + "①部署\t\t市民課\t\n\t\t窓口\t\n", {"I/6/①部署": "市民課\n窓口"}, id="blank columns"),
    pytest.param(
        SECTION_I + "6. 評価実施機関における担当部署\t\n①部署\t市民課\n" * 2,
        {"I/1/①事務の名称": "介護保険に関する事務", "I/6/①部署": "市民課"},
        id="a page twice",
    ),
    pytest.param(
        f"{SIX}①部署\t市民課\n別添1 特定個人情報ファイル記録項目\n7.備考\n",
        {"I/6/①部署": "市民課", "別添1/特定個人情報ファイル記録項目": "7.備考"},
        id="a field called like a heading",
    ),
    pytest.param(
        SECTION_I.removeprefix("I 基本情報\n"),
        {"I/1/①事務の名称": "介護保険に関する事務"},
        id="the heading of I lost",
    ),
    pytest.param(
        SIX + "①部署\t市民課\n" + AUDIT,
        {"I/6/①部署": "市民課\n8. 監査\n実施の有無\n[○] 自己点検 [] 内部監査 [] 外部監査"},
        id="a short heading is not enough to tell of another section",
    ),
    pytest.param(
        SIX + "①部署\t市民課\n9. 従業者に対する教育・啓発\t\n具体的な方法\t研修\n",
        {"I/6/①部署": "市民課", "III/9/具体的な方法": "研修"},
        id="a heading of another section",
    ),
    pytest.param(
        "III リスク対策\n3. 特定個人情報の使用\t\nリスク１：目的外の入手が行われるリスク\t\n"
        f"リスクへの対策は十分か\t{ADEQUACY}\n",
        {"III/6/リスク1/リスクへの対策は十分か": "十分である"},
        id="the first risk of another heading",
    ),
    pytest.param(
        f"II 特定個人情報ファイルの概要\n{ENTRUSTED}提供先2\t県知事\n③提供する情報\t氏名\n",
        {"II/5/提供先2": "県知事", "II/5/提供先2/③提供する情報": "氏名"},
        id="a block of another heading",
    ),
    pytest.param(
        f"{FILES}II 特定個人情報ファイルの概要\n資格ファイル\n7. 備考\t\nなし\n",
        {
            "I/3/特定個人情報ファイル名": "1. 宛名ファイル\n2. 資格ファイル",
            "II[資格ファイル]/1/特定個人情報ファイル名": "資格ファイル",
            "II[資格ファイル]/7/備考": "なし",
        },
        id="the name of a file whose heading is lost",
    ),
]


@pytest.mark.parametrize(("text", "items"), MENDED)
def test_what_is_broken_is_mended(text: str, items: dict[str, Value]) -> None:
    found = read_with_cover(text)
    assert values(found) == items
    assert left(found) == []


BROKEN_ROWS = [
    pytest.param(ROW.replace("市民課", "市民\n課"), id="in the middle of a cell"),
    pytest.param(ROW.replace("令和5年", "令和5年\n"), id="in the date"),
    pytest.param(ROW.replace("市民課", "市民課\t市民課"), id="a cell printed in two columns"),
]


@pytest.mark.parametrize("row", BROKEN_ROWS)
def test_a_broken_row_of_the_change_table_is_one_row(row: str) -> None:
    assert told(read_with_cover(SECTION_I, ANNEX + ROW + row)) == told(read_with_cover(ANNEX + ROW + ROW))


def test_broken_headings_of_the_change_table_are_one_row() -> None:
    found = read_with_cover(SECTION_I, ANNEX.replace("提出時期\t", "提出\n時期\t") + ROW)
    assert told(found) == told(read_with_cover(ANNEX + ROW))


LOST = [
    pytest.param(
        SIX + "①部署\t市民課\n\t課長\n7. 他の評価実施機関\t\nなし\n",
        {"I/6/①部署"},
        id="a label in a table; what says that there is nothing has no rest",
    ),
    pytest.param(
        SIX + "①部署\t市民課\nⅡ 特定個人情報ファイルの概要\n7. 備考\t\n令和7年度から\n",
        {"I/6/①部署", "II/7/備考"},
        id="the end of a section",
    ),
    pytest.param(
        "II 特定個人情報ファイルの概要\n7. 備考\t\nなし\n【識別情報】\n1.個人番号\nⅤ 評価実施手続\n",
        {"II/7/備考"},
        id="the heading of 別添1",
    ),
    pytest.param(
        f"II 特定個人情報ファイルの概要\n{ENTRUSTED}委託事項1\t運用\n①委託内容\t保守\n委託事項3\t印刷\n",
        {"II/4/委託事項1/①委託内容", "II/4/委託事項3"},
        id="a block",
    ),
    pytest.param(
        "II 特定個人情報ファイルの概要\n3. 特定個人情報の入手・使用\t\n②入手方法\t[○] 紙 [] その他 （ ）\n"
        "\t（\n\t目的 ）\n④使用の主体\t使用部署\t市民課\n",
        {"II/3/②入手方法", "II/3/使用部署"},
        id="the label below boxes that take words",
    ),
]


@pytest.mark.parametrize(("text", "unsure"), LOST)
def test_an_item_is_in_doubt_where_the_label_after_it_is_lost(text: str, unsure: set[str]) -> None:
    """What stands behind it may be of another item, and what it said last may be on a lost page."""
    assert {path for path, why in doubts(read_with_cover(text)).items() if "失われ" in why} == unsure


II = "Ⅱ 特定個人情報ファイルの概要\n" + NAMED
ANNEX_1 = "(別添1) 特定個人情報ファイル記録項目\n{}\n"
BOTH = ("宛名ファイル", "資格ファイル")
TWO_ANNEXES = [
    pytest.param((II, 0), (ANNEX_1, 0), (II, 1), (ANNEX_1, 1), False, id="each behind its section"),
    pytest.param((II, 0), (II, 1), (ANNEX_1, 0), (ANNEX_1, 1), True, id="both behind both"),
    pytest.param((II, 0), (ANNEX_1, 0), (ANNEX_1, 1), (II, 1), True, id="one before its section"),
]


@pytest.mark.parametrize(("first", "second", "third", "fourth", "unsure"), TWO_ANNEXES)
def test_the_order_tells_whose_fields_an_annex_lists(
    first: tuple[str, int],
    second: tuple[str, int],
    third: tuple[str, int],
    fourth: tuple[str, int],
    *,
    unsure: bool,
) -> None:
    parts = [
        text.format(BOTH[n] if text is II else f"【{BOTH[n]}の項目】")
        for text, n in (first, second, third, fourth)
    ]
    found = read_with_cover(FILES, *parts)
    listed = {str(item.path): item for item in found.items if item.key == "annex1"}
    assert {path: item.value for path, item in listed.items()} == {
        f"別添1[{name}]/特定個人情報ファイル記録項目": f"【{name}の項目】" for name in BOTH
    }
    assert any("順序" in item.doubt for item in listed.values()) is unsure


def test_a_number_of_cases_is_not_the_one_of_the_next_box() -> None:
    found = read_with_cover(
        f"II 特定個人情報ファイルの概要\n{PROVIDED}提供・移転の有無\t"
        "[○] 提供を行っている （ ） 件 移転を行っている （ 2 ） 件 [] 行っていない\n"
    )
    counts = {str(item.path): item.value for item in found.items if item.path.label == "件"}
    assert list(counts.values()) == ["", "2"]
