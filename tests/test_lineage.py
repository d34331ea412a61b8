"""Which group and which file of a later edition is which of an earlier one."""

from __future__ import annotations

import pytest

from ledger.form import form3
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, PrintedItem
from projections.lineage import Block, Lineage, lineage
from tests.papers import stated

CONTRACT = "II.4.entrustment[n]"
SYSTEM = "I.2.system[n]"

Groups = dict[int, tuple[str, str]]
"""By their number: the name of a 委託事項 (or システム) and one thing more that it says."""

CLAIMS = ("レセプトの点検", "一般社団法人凪ノ浦点検協会")
PRINTING = ("納税通知書の印刷", "潮だまり印刷有限会社")
UPKEEP = ("システムの保守", "株式会社凪ノ浦ソフト")
HELPDESK = ("窓口の案内", "株式会社しおさい")

SAID = {"2/⑥事務担当部署": "国保年金課", "3/使用部署": "保険課", "6/保管場所": "電算室", "7/備考": "なし"}


def contracts(groups: Groups, file: str = "") -> list[PrintedItem]:
    """The 委託事項 of one file: names and contractors."""
    of = f"II[{file}]" if file else "II"
    return [
        stated(f"{of}/4/委託事項{n}{item}", value)
        for n, (name, contractor) in groups.items()
        for item, value in (("", name), ("/③委託先名", contractor))
    ]


def systems(groups: Groups) -> list[PrintedItem]:
    """Systems, which bear their name at ①."""
    return [
        stated(f"I/2/システム{n}/{item}", value)
        for n, (name, function) in groups.items()
        for item, value in (("①システムの名称", name), ("②システムの機能", function))
    ]


def file(*, called: str = "", named: str = "", **items: str) -> list[PrintedItem]:
    """II of a file: under a name where it is one of several, otherwise only stating it in II-1."""
    of = f"II[{called}]" if called else "II"
    own = {"1": called or named, **SAID, **items}
    paths = {"1": f"{of}/1/特定個人情報ファイル名"}
    return [stated(paths.get(item, f"{of}/{item}"), value) for item, value in own.items() if value]


def between(earlier: list[PrintedItem], later: list[PrintedItem]) -> Lineage:
    return lineage(earlier, later, form3())


def numbers(kinship: Lineage, key: str = CONTRACT) -> dict[int, int]:
    """Of the groups of one kind: the number now → the number before."""
    return {now.number: was.number for now, was in kinship.blocks.items() if now.key == key}


def places(blocks: frozenset[Block]) -> set[int]:
    return {block.number for block in blocks}


def moved(path: str, kinship: Lineage) -> tuple[str | None, str | None]:
    """Where the earlier edition prints what the later has at *path*, and the other way round."""
    there = kinship.earlier(ItemPath.parse(path)), kinship.later(ItemPath.parse(path))
    earlier, later = (None if found is None else str(found) for found in there)
    return earlier, later


# --- groups ---------------------------------------------------------------------------------------

THREE = {1: UPKEEP, 2: PRINTING, 3: CLAIMS}

GROUPS = [
    pytest.param(THREE, THREE, {1: 1, 2: 2, 3: 3}, set(), set(), id="nothing moved"),
    pytest.param(THREE, {1: UPKEEP, 2: CLAIMS}, {1: 1, 2: 3}, {2}, set(), id="one in the middle removed"),
    pytest.param(THREE, {1: PRINTING, 2: CLAIMS}, {1: 2, 2: 3}, {1}, set(), id="the first removed"),
    pytest.param(THREE, {1: UPKEEP, 2: PRINTING}, {1: 1, 2: 2}, {3}, set(), id="the last removed"),
    pytest.param(
        THREE,
        {1: UPKEEP, 2: HELPDESK, 3: PRINTING, 4: CLAIMS},
        {1: 1, 3: 2, 4: 3},
        set(),
        {2},
        id="one put in in the middle",
    ),
    pytest.param(THREE, {**THREE, 4: HELPDESK}, {1: 1, 2: 2, 3: 3}, set(), {4}, id="one added at the end"),
    pytest.param(
        THREE, {1: UPKEEP, 2: CLAIMS, 3: PRINTING}, {1: 1, 2: 3, 3: 2}, set(), set(), id="two swapped"
    ),
    pytest.param(
        THREE,
        {1: UPKEEP, 2: ("通知書の印刷及び封入", PRINTING[1]), 3: CLAIMS},
        {1: 1, 2: 2, 3: 3},
        set(),
        set(),
        id="one renamed in its place, the contractor is the same",
    ),
    pytest.param(
        THREE,
        {1: UPKEEP, 2: HELPDESK, 3: CLAIMS},
        {1: 1, 3: 3},
        {2},
        {2},
        id="under the number of a contract that is gone stands another",
    ),
    pytest.param(
        THREE,
        {1: UPKEEP, 2: (PRINTING[0], "浜千鳥プリント株式会社"), 3: CLAIMS},
        {1: 1, 2: 2, 3: 3},
        set(),
        set(),
        id="another contractor is the same contract",
    ),
    pytest.param(
        {1: UPKEEP, 2: UPKEEP},
        {1: UPKEEP, 2: UPKEEP},
        {1: 1, 2: 2},
        set(),
        set(),
        id="two of one name that stay in place",
    ),
    pytest.param(
        {1: PRINTING, 2: UPKEEP, 3: UPKEEP},
        {1: UPKEEP},
        {},
        {1, 2, 3},
        {1},
        id="of two with one name nobody can say which is left",
    ),
    pytest.param({}, THREE, {}, set(), {1, 2, 3}, id="the first ones"),
    pytest.param(THREE, {}, {}, {1, 2, 3}, set(), id="all gone"),
]


@pytest.mark.parametrize(("before", "now", "expected", "gone", "added"), GROUPS)
def test_a_group_is_followed_by_its_name_and_where_that_changed_by_its_place(
    before: Groups, now: Groups, expected: dict[int, int], gone: set[int], added: set[int]
) -> None:
    kinship = between(contracts(before), contracts(now))
    assert numbers(kinship) == expected
    assert (places(kinship.gone), places(kinship.added)) == (gone, added)


@pytest.mark.parametrize(("before", "now", "expected", "gone", "added"), GROUPS)
def test_what_is_later_is_earlier_the_other_way_round(
    before: Groups, now: Groups, expected: dict[int, int], gone: set[int], added: set[int]
) -> None:
    kinship = between(contracts(before), contracts(now))
    for number in {*before, *now, 9}:
        path = f"II/4/委託事項{number}/③委託先名"
        was = expected.get(number)
        is_now = next((n for n, m in expected.items() if m == number), None)
        assert moved(path, kinship) == (
            f"II/4/委託事項{was}/③委託先名" if was else None,
            f"II/4/委託事項{is_now}/③委託先名" if is_now else None,
        )
    assert gone.isdisjoint(expected.values())
    assert added.isdisjoint(expected)


def test_a_series_is_renumbered_where_a_group_bears_another_number() -> None:
    removed = between(contracts(THREE), contracts({1: UPKEEP, 2: CLAIMS}))
    assert removed.renumbered == {("", CONTRACT)}
    assert between(contracts(THREE), contracts({1: UPKEEP, 2: PRINTING})).renumbered == frozenset()


def test_a_system_is_followed_by_the_name_in_its_first_item() -> None:
    middle = ("中間サーバー", "情報照会")
    tax, address = ("税務システム", "賦課"), ("団体内統合宛名システム", "名寄せ")
    kinship = between(
        systems({1: tax, 2: address, 3: middle}),
        systems({1: tax, 2: ("資格確認端末", "資格確認"), 3: address, 4: middle}),
    )
    assert numbers(kinship, SYSTEM) == {1: 1, 3: 2, 4: 3}
    assert (places(kinship.gone), places(kinship.added)) == (set(), {2})
    before = ("I/2/システム2/③他のシステムとの接続", "I/2/システム4/③他のシステムとの接続")
    assert moved("I/2/システム3/③他のシステムとの接続", kinship) == before


def test_groups_without_a_name_are_followed_by_their_place_and_words() -> None:
    """移転先2 of which only ① and ② are printed: the number, and most of what it says."""
    before = [
        stated("II/5/移転先2/①法令上の根拠", "条例"),
        stated("II/5/移転先2/②移転先における用途", "助成"),
    ]
    now = [stated("II/5/移転先2/①法令上の根拠", "条例"), stated("II/5/移転先2/②移転先における用途", "給付")]
    other = [
        stated("II/5/移転先2/①法令上の根拠", "法別表"),
        stated("II/5/移転先2/②移転先における用途", "給付"),
    ]
    assert numbers(between(before, now), "II.5.transfer[n]") == {2: 2}
    assert between(before, other).blocks == {}


def test_a_group_that_is_printed_blank_is_not_there() -> None:
    """Forms print 委託事項3 with nothing in it: that is none, neither gone nor added."""
    blank = {**THREE, 3: ("", "")}
    assert places(between(contracts(THREE), contracts(blank)).gone) == {3}
    assert places(between(contracts(blank), contracts(THREE)).added) == {3}
    kinship = between(contracts(blank), contracts(blank))
    assert (kinship.gone, kinship.added, numbers(kinship)) == (frozenset(), frozenset(), {1: 1, 2: 2})


def test_an_unticked_box_alone_makes_no_group() -> None:
    unticked = stated("I/2/システム5/③他のシステムとの接続", Boxes(unchecked=("税務システム",)))
    assert between([], [unticked]).added == frozenset()
    ticked = stated("I/2/システム5/③他のシステムとの接続", Boxes(checked=("税務システム",)))
    assert places(between([], [ticked]).added) == {5}


def test_the_block_of_an_item_is_the_group_it_stands_in() -> None:
    kinship = between([], [])
    block = kinship.block(ItemPath.parse("II[宛名ファイル]/4/委託事項2/③委託先名"))
    assert block == Block("宛名ファイル", CONTRACT, 2)
    assert block.series == ("宛名ファイル", CONTRACT)
    assert kinship.block(ItemPath.parse("II[宛名ファイル]/4/委託事項2")) == block
    assert kinship.block(ItemPath.parse("II[宛名ファイル]/4/委託の有無/件")) is None


def test_an_item_outside_of_groups_and_files_keeps_its_place() -> None:
    kinship = between(contracts(THREE), contracts({1: CLAIMS}))
    assert moved("I/6/①部署", kinship) == ("I/6/①部署", "I/6/①部署")


# --- files ----------------------------------------------------------------------------------------

ONE, OTHER = "国民健康保険ファイル", "国民健康保険給付ファイル"
PLACE = "6/保管場所"

FILES = [
    pytest.param(file(named=ONE), file(named=ONE), {"": ""}, id="one file, its name in II-1 alone"),
    pytest.param(
        file(named=ONE),
        file(named="国民健康保険被保険者ファイル"),
        {"": ""},
        id="the only file renamed: no path has its name",
    ),
    pytest.param(
        file(named=ONE),
        [*file(called=ONE), *file(called=OTHER)],
        {ONE: ""},
        id="one file becoming two: of the same name is the one that II-1 called so",
    ),
    pytest.param(
        file(named=ONE),
        [
            *file(called="国民健康保険被保険者ファイル"),
            *file(called=OTHER, **{"3/使用部署": "給付課", PLACE: "倉庫"}),
        ],
        {"国民健康保険被保険者ファイル": ""},
        id="one file becoming two, and renamed: the one that says mostly the same",
    ),
    pytest.param(
        [*file(called=ONE), *file(called=OTHER)],
        file(named=OTHER),
        {"": OTHER},
        id="of two files one gone: what is left is the one II-1 names",
    ),
    pytest.param(
        [*file(called=ONE), *file(called=OTHER, **{"3/使用部署": "給付課", PLACE: "倉庫"})],
        [*file(called=ONE), *file(called="給付費ファイル", **{"3/使用部署": "給付課", PLACE: "倉庫"})],
        {ONE: ONE, "給付費ファイル": OTHER},
        id="one of two files renamed",
    ),
    pytest.param(
        [*file(called=ONE), *file(called=OTHER)],
        [*file(called=OTHER), *file(called=ONE)],
        {ONE: ONE, OTHER: OTHER},
        id="files in another order",
    ),
    pytest.param(
        [*file(called=ONE), *file(called=OTHER)],
        [*file(called=ONE), *file(called=OTHER), *file(called="賦課ファイル")],
        {ONE: ONE, OTHER: OTHER},
        id="a third file that says what the others say is none of them",
    ),
    pytest.param(
        [*file(called="宛名ファイル"), *file(called="賦課ファイル")],
        file(called="収納ファイル"),
        {},
        id="like two files alike: nobody can say which",
    ),
    pytest.param(
        [*file(called="国保ファイル (1)")],
        [*file(called="国保ファイル（１）"), *file(called=OTHER)],
        {"国保ファイル（１）": "国保ファイル (1)"},
        id="another way to write a name is no other name",
    ),
    pytest.param([], file(named=ONE), {}, id="the first file"),
    pytest.param(file(named=ONE), [], {}, id="the file gone"),
]


@pytest.mark.parametrize(("before", "now", "expected"), FILES)
def test_a_file_is_followed_by_its_name_and_where_that_changed_by_what_it_says(
    before: list[PrintedItem], now: list[PrintedItem], expected: dict[str, str]
) -> None:
    assert between(before, now).files == expected


def test_items_follow_their_file() -> None:
    two = [*file(called=ONE), *file(called=OTHER, **{"3/使用部署": "給付課", PLACE: "倉庫"})]
    kinship = between(file(named=ONE), two)
    assert moved(f"II[{ONE}]/{PLACE}", kinship)[0] == f"II/{PLACE}"
    assert moved(f"II/{PLACE}", kinship)[1] == f"II[{ONE}]/{PLACE}"
    assert moved(f"II[{OTHER}]/{PLACE}", kinship)[0] is None
    assert kinship.renamed == {ONE}


def test_groups_are_followed_inside_of_a_renamed_file() -> None:
    before = [*file(called=ONE), *contracts(THREE, ONE), *file(called=OTHER, **{PLACE: "倉庫"})]
    now = [
        *file(called="被保険者ファイル"),
        *contracts({1: UPKEEP, 2: CLAIMS}, "被保険者ファイル"),
        *file(called=OTHER, **{PLACE: "倉庫"}),
    ]
    kinship = between(before, now)
    assert kinship.gone == {Block(ONE, CONTRACT, 2)}
    assert (
        moved("II[被保険者ファイル]/4/委託事項2/③委託先名", kinship)[0] == f"II[{ONE}]/4/委託事項3/③委託先名"
    )
    assert kinship.renumbered == {("被保険者ファイル", CONTRACT)}


def test_the_groups_of_a_file_that_came_in_are_all_added() -> None:
    two = [*file(called=ONE), *file(called=OTHER), *contracts({1: UPKEEP}, OTHER)]
    kinship = between(file(named=ONE), two)
    assert kinship.added == {Block(OTHER, CONTRACT, 1)}


def test_every_item_of_one_body_is_itself_in_the_same_body() -> None:
    body = [*file(called=ONE), *contracts(THREE, ONE), *file(called=OTHER), *systems({1: UPKEEP, 2: CLAIMS})]
    kinship = between(body, body)
    for printed in body:
        assert kinship.earlier(printed.path) == kinship.later(printed.path) == printed.path
    assert (kinship.gone, kinship.added) == (frozenset(), frozenset())
    assert (kinship.renumbered, kinship.renamed) == (frozenset(), frozenset())
    assert {printed.kind for printed in body} == {ItemKind.TEXT}
