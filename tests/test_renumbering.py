"""Since when a group or file stands where the later of two editions prints it, and what rows mean."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ledger.item_path import ItemPath
from ledger.published import PrintedItem, PublishedEdition
from projections.edges import Touched
from projections.editions import Anchor
from projections.lineage import lineage
from projections.readings import Certainty
from projections.renumbering import Turn
from projections.timeline import what_each_touches
from tests.papers import NUMBER, Cells, day, paper, stated

UPKEEP = ("システムの保守", "株式会社凪ノ浦ソフト")
PRINTING = ("納税通知書の印刷", "潮だまり印刷有限会社")
CLAIMS = ("レセプトの点検", "一般社団法人凪ノ浦点検協会")
HELPDESK = ("窓口の案内", "株式会社しおさい")
EARLIER, LATER = "令和元年10月1日", "令和3年6月25日"
THE_DAY = "令和2年4月1日"


def contractor(number: int) -> str:
    return f"II/4/委託事項{number}/③委託先名"


def body(*contracts: tuple[str, str], count: str = "") -> list[PrintedItem]:
    """A body of 委託事項 with names and contractors, and how many there are."""
    return [
        stated("I/6/①部署", "保険課"),
        stated("表紙/公表日", EARLIER),
        stated(NUMBER, count or str(len(contracts))),
        *(
            stated(path, value)
            for n, (name, firm) in enumerate(contracts, start=1)
            for path, value in ((f"II/4/委託事項{n}", name), (contractor(n), firm))
        ),
    ]


def turned(
    before: Iterable[PrintedItem], now: Iterable[PrintedItem], *rows: Cells
) -> tuple[Turn, tuple[Touched, ...]]:
    """The turn from one body to the next by the rows of the later, and what these touch by their words."""
    earlier = Anchor.of(paper(*before, published=EARLIER))
    later = Anchor.of(_later(now, rows))
    touched = what_each_touches(later.changes, later)
    return Turn.of(earlier, later, lineage(earlier.items, later.items, later.form), touched), touched


def _later(now: Iterable[PrintedItem], rows: tuple[Cells, ...]) -> PublishedEdition:
    return paper(*now, rows=rows, published=LATER)


def path(text: str) -> ItemPath:
    return ItemPath.parse(text)


def printed(turn: Turn, item: str, on: str) -> list[tuple[str, bool]]:
    """Where an item of the later edition was printed on a day."""
    return [(str(place), sure) for place, sure in turn.places(path(item), day(on))]


def printed_once(turn: Turn, item: str, on: str) -> list[tuple[str, bool]]:
    """The same of an item that is gone."""
    return [(str(place), sure) for place, sure in turn.places_of_gone(path(item), day(on))]


FELL = (THE_DAY, NUMBER, "3", "2")
WENT = (THE_DAY, "II/4/委託事項2", PRINTING[0], "（削除）")
ROSE = (THE_DAY, NUMBER, "2", "3")
CAME = (THE_DAY, "II/4/委託事項2", "（新規）", HELPDESK[0])
THREE = body(UPKEEP, PRINTING, CLAIMS)
TWO = body(UPKEEP, CLAIMS)
INSERTED = body(UPKEEP, HELPDESK, CLAIMS)
AT_THE_END = body(UPKEEP, CLAIMS, HELPDESK)

# --- the day --------------------------------------------------------------------------------------

DAYS = [
    pytest.param(THREE, TWO, (FELL,), "2020-04-01", id="the number of 件 fell"),
    pytest.param(THREE, TWO, (WENT,), "2020-04-01", id="a group was removed"),
    pytest.param(THREE, TWO, (FELL, WENT), "2020-04-01", id="both, on one day"),
    pytest.param(THREE, TWO, (), None, id="no row tells of it"),
    pytest.param(
        THREE, TWO, (FELL, ("令和2年5月1日", *WENT[1:])), None, id="two rows tell of it, on two days"
    ),
    pytest.param(THREE, TWO, (("", *FELL[1:]),), None, id="a row without a 変更日"),
    pytest.param(
        THREE,
        TWO,
        ((THE_DAY, contractor(2), "株式会社ともづな医事", CLAIMS[1]),),
        None,
        id="another contractor tells nothing of the numbers",
    ),
    pytest.param(
        TWO, INSERTED, (ROSE,), "2020-04-01", id="a group put in in the middle, by the number of 件"
    ),
    pytest.param(TWO, INSERTED, (CAME,), "2020-04-01", id="a group put in in the middle, by a row on it"),
    pytest.param(TWO, TWO, (), None, id="nothing moved: there is no day"),
]


@pytest.mark.parametrize(("before", "now", "rows", "expected"), DAYS)
def test_the_day_is_that_of_the_rows_that_tell_of_it_where_they_bear_one(
    before: list[PrintedItem], now: list[PrintedItem], rows: tuple[Cells, ...], expected: str | None
) -> None:
    turn, _ = turned(before, now, *rows)
    assert turn.day(path(contractor(2))) == (day(expected) if expected else None)
    assert turn.day(path("I/6/①部署")) is None


# --- where an item was printed --------------------------------------------------------------------


def test_what_moved_up_stood_under_its_old_number_until_the_day_before() -> None:
    turn, _ = turned(THREE, TWO, FELL)
    assert printed(turn, contractor(2), "2020-03-31") == [(contractor(3), True)]
    assert printed(turn, contractor(2), "2020-04-01") == [(contractor(2), True)]
    assert printed(turn, contractor(1), "2020-03-31") == [(contractor(1), True)]


def test_what_is_gone_stood_in_its_place_until_the_day_before_and_nowhere_since() -> None:
    turn, _ = turned(THREE, TWO, FELL)
    assert printed_once(turn, contractor(2), "2020-03-31") == [(contractor(2), True)]
    assert printed_once(turn, contractor(2), "2020-04-01") == []


def test_where_no_row_gives_the_day_it_may_have_stood_in_either_place() -> None:
    turn, _ = turned(THREE, TWO)
    assert printed(turn, contractor(2), "2020-04-01") == [(contractor(3), False), (contractor(2), False)]
    assert printed_once(turn, contractor(2), "2020-04-01") == [(contractor(2), False)]
    assert printed(turn, contractor(1), "2020-04-01") == [(contractor(1), True)]


def test_a_group_put_in_before_others_stood_nowhere_until_the_day() -> None:
    turn, _ = turned(TWO, INSERTED, ROSE)
    assert turn.adds(path(contractor(2)))
    assert not turn.adds(path(contractor(3)))
    assert printed(turn, contractor(2), "2020-03-31") == []
    assert printed(turn, contractor(2), "2020-04-01") == [(contractor(2), True)]
    assert printed(turn, contractor(3), "2020-03-31") == [(contractor(2), True)]


def test_a_group_put_in_before_others_on_a_day_nobody_tells_may_have_been_there() -> None:
    turn, _ = turned(TWO, INSERTED)
    assert printed(turn, contractor(2), "2020-03-31") == [(contractor(2), False)]


def test_a_group_added_at_the_end_takes_nobodys_place() -> None:
    turn, _ = turned(TWO, AT_THE_END)
    assert turn.adds(path(contractor(3)))
    assert printed(turn, contractor(3), "2019-10-01") == [(contractor(3), True)]


FILES = ("国保ファイル", "給付ファイル")
ONE_FILE = [stated("I/3/特定個人情報ファイル名", FILES[0]), stated("II/1/特定個人情報ファイル名", FILES[0])]
TWO_FILES = [
    stated("I/3/特定個人情報ファイル名", "\n".join(FILES)),
    *(stated(f"II[{name}]/1/特定個人情報ファイル名", name) for name in FILES),
    *(stated(f"II[{name}]/6/保管場所", "電算室") for name in FILES),
]
BOTH_LISTED = (THE_DAY, "I/3/特定個人情報ファイル名", FILES[0], "\n".join(FILES))


def test_a_file_that_came_in_is_there_from_the_day_of_the_row_and_its_neighbour_bears_a_name_since() -> None:
    before = [*ONE_FILE, stated("II/6/保管場所", "電算室")]
    turn, _ = turned(before, TWO_FILES, BOTH_LISTED)
    old, new = (f"II[{name}]/6/保管場所" for name in FILES)
    assert printed(turn, new, "2020-03-31") == []
    assert printed(turn, new, "2020-04-01") == [(new, True)]
    assert printed(turn, old, "2020-03-31") == [("II/6/保管場所", True)]
    assert printed(turn, old, "2020-04-01") == [(old, True)]


def test_a_file_that_came_in_without_a_row_may_have_been_there() -> None:
    before = [*ONE_FILE, stated("II/6/保管場所", "電算室")]
    turn, _ = turned(before, TWO_FILES)
    assert printed(turn, f"II[{FILES[1]}]/6/保管場所", "2020-03-31") == [
        (f"II[{FILES[1]}]/6/保管場所", False)
    ]


# --- what the earlier edition states --------------------------------------------------------------


def pinned(turn: Turn) -> dict[str, object]:
    assert all(reading.certainty is Certainty.KNOWN for reading in turn.pins().values())
    return {str(item): reading.value for item, reading in turn.pins().items()}


def test_the_earlier_edition_pins_what_moved_by_its_new_path_and_what_is_gone_by_its_old_one() -> None:
    turn, _ = turned(THREE, TWO, FELL)
    pins = pinned(turn)
    assert (pins[contractor(1)], pins[contractor(2)]) == (UPKEEP[1], CLAIMS[1])
    assert contractor(3) not in pins
    gone = {str(item): reading.value for item, reading in turn.pins_of_gone().items()}
    assert gone == {"II/4/委託事項2": PRINTING[0], contractor(2): PRINTING[1]}


def test_of_an_item_that_every_edition_prints_anew_the_earlier_one_pins_nothing() -> None:
    turn, _ = turned(THREE, TWO, FELL)
    assert "表紙/公表日" not in pinned(turn)
    assert path("表紙/公表日") not in turn.pins_of_gone()


SURE = [
    pytest.param(TWO, True, id="all from 1 on, as many as its 件 say: it was not there"),
    pytest.param(body(UPKEEP, CLAIMS, count="3"), False, id="its 件 say that one is missing"),
    pytest.param(
        [item for item in body(UPKEEP, HELPDESK, CLAIMS, count="2") if "委託事項2" not in str(item.path)],
        False,
        id="a number is missing in between",
    ),
    pytest.param([stated("I/6/①部署", "保険課")], True, id="there were none, and nothing counts them"),
]


@pytest.mark.parametrize(("before", "sure"), SURE)
def test_of_a_new_group_the_earlier_edition_pins_that_it_was_not_there_unless_it_may_have_lost_it(
    before: list[PrintedItem],
    sure: bool,  # noqa: FBT001  (what the table expects)
) -> None:
    now = [*AT_THE_END, stated("II/4/委託事項4", "封入"), stated(contractor(4), "株式会社みなも")]
    turn, _ = turned(before, now)
    assert turn.adds(path(contractor(4)))
    assert (pinned(turn).get(contractor(4)) == "") is sure


# --- what rows mean -------------------------------------------------------------------------------

EXPIRED = "浜千鳥プリント株式会社"
Meant = tuple[list[tuple[str, bool]], list[tuple[str, bool]]]


def meant(row: Cells, before: list[PrintedItem] = THREE, now: list[PrintedItem] = TWO, *more: Cells) -> Meant:
    """Where *row* is meant, in the later edition and of what is gone, each with whether that is sure."""
    turn, touched = turned(before, now, row, *more)
    here, gone = turn.parted(touched[:1])
    return (
        [(str(edge.path), not edge.silent) for edge in here[0].edges],
        [(str(edge.path), not edge.silent) for edge in gone[0].edges],
    )


ROWS = [
    pytest.param(
        ("令和元年12月2日", contractor(3), "旧点検協会", CLAIMS[1]),
        [(contractor(2), True)],
        [],
        id="before the day, on a number that only the earlier edition has",
    ),
    pytest.param(
        ("令和元年12月2日", contractor(2), EXPIRED, PRINTING[1]),
        [],
        [(contractor(2), True)],
        id="before the day: about the contract that is gone",
    ),
    pytest.param(
        ("令和2年10月1日", contractor(2), "旧点検協会", CLAIMS[1]),
        [(contractor(2), True)],
        [],
        id="after the day: about the contract that moved up",
    ),
    pytest.param(
        ("", contractor(2), "略", "略"),
        [(contractor(2), False)],
        [(contractor(2), False)],
        id="without a day: about either, and nobody can say which",
    ),
    pytest.param(
        (THE_DAY, contractor(2), PRINTING[1], "－"),
        [],
        [(contractor(2), True)],
        id="of the very day, what goes is the one that is gone",
    ),
    pytest.param(
        (THE_DAY, contractor(2), "旧点検協会", CLAIMS[1]),
        [(contractor(2), True)],
        [],
        id="of the very day, what stands there now tells which",
    ),
    pytest.param(
        (THE_DAY, contractor(2), "株式会社甲", "株式会社乙"),
        [(contractor(2), False)],
        [(contractor(2), False)],
        id="of the very day with other words: about either",
    ),
    pytest.param(
        ("令和元年12月2日", contractor(1), "株式会社渚", UPKEEP[1]),
        [(contractor(1), True)],
        [],
        id="on a group that keeps its number",
    ),
    pytest.param(
        ("令和元年12月2日", "I/6/①部署", "国保課", "保険課"),
        [("I/6/①部署", True)],
        [],
        id="on an item outside of all groups",
    ),
]


@pytest.mark.parametrize(("row", "here", "gone"), ROWS)
def test_a_row_speaks_in_the_numbers_of_its_own_day(
    row: Cells, here: list[tuple[str, bool]], gone: list[tuple[str, bool]]
) -> None:
    assert meant(row, THREE, TWO, FELL) == (here, gone)


def test_where_nobody_tells_the_day_a_row_on_a_number_that_both_have_may_mean_either() -> None:
    row = ("令和2年10月1日", contractor(2), "略", "略")
    assert meant(row) == ([(contractor(2), False)], [(contractor(2), False)])


def test_a_row_about_what_is_gone_is_former_and_its_targets_go_where_the_item_went() -> None:
    rows = (
        ("令和元年12月2日", contractor(2), EXPIRED, PRINTING[1]),
        ("令和元年12月2日", contractor(3), "旧点検協会", CLAIMS[1]),
        FELL,
    )
    turn, touched = turned(THREE, TWO, *rows)
    here, _ = turn.parted(touched)
    assert [each.former for each in here] == [True, False, False]
    assert [str(target.path) for target in here[1].targets] == [contractor(2)]


def test_that_a_row_moves_numbers_is_no_doubt_where_two_bodies_tell_what_moved() -> None:
    turn, touched = turned(THREE, TWO, WENT)
    here, _ = turn.parted(touched)
    assert not any(edge.moves_numbers for each in here for edge in each.edges)


def test_a_row_that_names_no_file_is_about_the_one_item_that_both_bodies_show_to_have_changed_so() -> None:
    old, new = (f"II[{name}]/6/保管場所" for name in FILES)
    names = [stated(f"II[{name}]/1/特定個人情報ファイル名", name) for name in FILES]
    before = [*names, stated(old, "電算室"), stated(new, "倉庫")]
    now = [*names, stated(old, "別棟"), stated(new, "別棟")]
    row = (THE_DAY, "II/6/保管場所", "電算室", "別棟")
    found, _ = meant(row, before, now)
    assert found == [(old, True), (new, False)]
    alike = [*names, stated(old, "電算室"), stated(new, "電算室")]
    found, _ = meant(row, alike, now)
    assert found == [(old, False), (new, False)]
