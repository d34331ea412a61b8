"""The same change in the tables of two editions: which row is which, and which is another one."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.form import form3
from projections.alignment import same_changes
from projections.changes import Change, published_changes
from tests.papers import Cells, table

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
PLACE = "II/6/保管場所"
FIRST = "II/4/委託事項1/③委託先名"

MOVED = ("令和3年4月1日", OFFICE, "市民課", "住民課")
NAMED = ("令和4年4月1日", OFFICE, "住民課", "窓口課")
LED = ("令和4年4月1日", HEAD, "住民課長", "窓口課長")
HIRED = ("令和5年10月2日", FIRST, "株式会社凪ノ浦ソフト", "汐止データ処理株式会社")
STORED = ("令和5年4月3日", PLACE, "申請書は庁舎の書庫に保管する。", "申請書は別棟の書庫に保管する。")
SEALED = ("令和5年4月3日", PLACE, "鍵は係員が持ち歩く。", "鍵は金庫に収め、貸出しを帳簿に記す。")

TWO = ("令和3年4月1日", "Ⅱ－5－提供・移転の有無", "移転を行っている(2)件", "移転を行っている(3)件", "事後")
THREE = ("令和4年7月12日", TWO[1], "移転を行っている(3)件", "移転を行っている(4)件", "事後")


def changes(*rows: Cells) -> tuple[Change, ...]:
    """A change table as it is read."""
    return published_changes(table(*rows), {}, form3())


def aligned(old: tuple[Cells, ...], new: tuple[Cells, ...]) -> dict[int, int]:
    return same_changes(changes(*old), changes(*new))


def said(row: Cells, *, on: str | None = None, item: str = "", before: str = "", after: str = "") -> Cells:
    """A row told otherwise."""
    day, path, was, now = row
    return (day if on is None else on, item or path, before or was, after or now)


TABLES = [
    pytest.param((), (), {}, id="two empty tables"),
    pytest.param((), (MOVED, LED), {}, id="after a first publication every row is new"),
    pytest.param((MOVED, LED), (), {}, id="a table that was lost has none of them"),
    pytest.param((MOVED, LED), (MOVED, LED, HIRED), {0: 0, 1: 1}, id="a row at the end is new"),
    pytest.param((MOVED, LED), (HIRED, MOVED, LED), {1: 0, 2: 1}, id="a row at the top is new"),
    pytest.param((MOVED, LED), (MOVED, HIRED, LED), {0: 0, 2: 1}, id="a row in the middle is new"),
    pytest.param((MOVED, LED, HIRED), (MOVED, HIRED), {0: 0, 1: 2}, id="a dropped row has no place any more"),
    pytest.param(
        (MOVED, LED, HIRED), (HIRED, MOVED, LED), {0: 2, 1: 0, 2: 1}, id="a row that moved is itself"
    ),
    pytest.param((MOVED, MOVED), (MOVED, MOVED), {0: 0, 1: 1}, id="of equal rows each is one change"),
    pytest.param((MOVED,), (MOVED, MOVED), {0: 0}, id="a row printed twice now is two: the second is new"),
    pytest.param((MOVED, MOVED), (MOVED,), {0: 0}, id="a row printed twice before: the second was dropped"),
    pytest.param(
        (("令和3年4月1日", "Ⅰ－６－①部署", "市民課", "住民課"),),
        (("R3.4.1", "Ⅰ － 6 － ①部署", "市民課", "住民課"),),
        {0: 0},
        id="another way to write the day and the item is no other row",
    ),
    pytest.param(
        (MOVED, HIRED),
        (said(MOVED, after="住民生活課"), HIRED),
        {0: 0, 1: 1},
        id="an old row told anew: alone on its item and day",
    ),
    pytest.param(
        (HIRED,),
        (said(HIRED, before="株式会社凪の浦ソフト"),),
        {0: 0},
        id="a slip put right",
    ),
    pytest.param(
        (said(HIRED, on=""),),
        (HIRED,),
        {0: 0},
        id="a 変更日 supplied later",
    ),
    pytest.param(
        (HIRED,),
        (said(HIRED, on="令和5年10月3日"),),
        {0: 0},
        id="a 変更日 put right",
    ),
    pytest.param(
        (HIRED,),
        (said(HIRED, item="Ⅱ－４－委託事項２－③委託先名"),),
        {0: 0},
        id="an item put right: one day, the same words",
    ),
    pytest.param(
        (("令和3年4月1日", OFFICE, "1", "2"),),
        (("令和3年4月1日", HEAD, "1", "2"),),
        {},
        id="a word or two on one day are too few to tell that it is the same row",
    ),
    pytest.param(
        (("令和4年4月1日", "II/2/⑥事務担当部署", "市民課", "窓口課"),),
        (NAMED,),
        {},
        id="another item with other words is another change",
    ),
    pytest.param((MOVED,), (NAMED,), {}, id="another day and other words on one item is the next change"),
    pytest.param((TWO,), (THREE,), {}, id="another day and other numbers on one item is the next change"),
    pytest.param(
        (STORED, SEALED),
        (STORED, SEALED, HIRED),
        {0: 0, 1: 1},
        id="two rows on one item and day stay in order",
    ),
    pytest.param(
        (STORED, SEALED),
        (SEALED, STORED),
        {0: 1, 1: 0},
        id="two rows on one item and day that changed places are told apart by their words",
    ),
    pytest.param(
        (STORED, SEALED),
        (STORED, said(SEALED, after="鍵は金庫に収め、貸出しを台帳に記す。")),
        {0: 0, 1: 1},
        id="of two rows on one item and day the second reworded",
    ),
    pytest.param(
        (SEALED, STORED),
        (said(STORED, after="申請書は別棟の書庫で保管する。"), HIRED),
        {0: 1},
        id="of two rows on one item and day one dropped, the other reworded",
    ),
    pytest.param(
        (STORED, SEALED),
        (("令和5年4月3日", PLACE, "廃棄は年度末に行う。", "廃棄は毎月行う。"), SEALED),
        {0: 0, 1: 1},
        id="alone among what is left of its item and day, a row is told apart without its words",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), TABLES)
def test_a_row_is_the_one_that_says_the_same_or_was_rewritten_in_its_place(
    old: tuple[Cells, ...], new: tuple[Cells, ...], expected: dict[int, int]
) -> None:
    assert aligned(old, new) == expected


def test_a_row_in_an_exact_copy_elsewhere_is_not_given_to_one_that_is_only_alike() -> None:
    reworded = said(STORED, after="申請書は別棟の書庫で保管する。")
    assert aligned((STORED,), (reworded, STORED)) == {1: 0}


def test_rewritten_rows_do_not_cross() -> None:
    """Of rows that all are rewritten, those in order that together are most alike are the same."""
    one, other = (
        said(STORED, before="申請書は庁舎の棚に保管する。"),
        said(SEALED, before="鍵は当番が持ち歩く。"),
    )
    assert aligned((STORED, SEALED), (one, other)) == {0: 0, 1: 1}
    assert len(aligned((STORED, SEALED), (other, one))) == 1


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "令和3年4月1日", "令和5年4月3日"]),
        st.sampled_from([OFFICE, HEAD, PLACE]),
        st.sampled_from(["", "市民課", "住民課", "略", STORED[2]]),  # － is the same as blank
        st.sampled_from(["－", "住民課", "窓口課", STORED[3], SEALED[3]]),
    ),
    max_size=6,
)


@given(ROWS, ROWS)
def test_no_row_is_the_same_as_two_others(old: list[Cells], new: list[Cells]) -> None:
    """What is found are pairs: every row of either table stands in one of them at most."""
    found = aligned(tuple(old), tuple(new))
    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(len(new)))
    assert set(found.values()) <= set(range(len(old)))


@given(ROWS, ROWS)
def test_a_table_that_goes_on_from_another_has_all_its_rows(old: list[Cells], more: list[Cells]) -> None:
    """Where the later table is the earlier one and more, its rows stand where they stood, the rest is new."""
    assert aligned(tuple(old), (*old, *more)) == {i: i for i in range(len(old))}


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_a_table_changes_no_row(old: list[Cells], random: Random) -> None:
    """A table in another order has the same changes: each is found where it went."""
    order = list(range(len(old)))
    random.shuffle(order)
    found = aligned(tuple(old), tuple(old[i] for i in order))
    assert {j: old[i] for j, i in found.items()} == {j: old[i] for j, i in enumerate(order)}
