"""True histories of contracts that come and go, and of boxes, written down as officers write them.

The generator lives through the days: a contract ends, another begins at the end or in between, a contractor
changes and takes what a note only announces along, a box is ticked. Each day is written as rows in one of the
usual styles. Whatever the ledger then calls `known` has to be what the item truly said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.published import Boxes, PublishedEdition
from ledger.wareki import wareki
from projections.as_of import document_as_of
from projections.readings import Value, agree, is_blank
from projections.validator import validate
from tests.papers import Cells, known_by, paper, stated

EXISTS = "II/4/委託の有無"
NUMBER = f"{EXISTS}/件"
MEDIA = "II/3/②入手方法"
PARTS = ("", "/①委託内容", "/③委託先名", "/④再委託の有無")
BOXES = ("紙", "電子メール", "専用線", "その他")
ALL_BOXES = (
    "紙",
    "電子記録媒体（フラッシュメモリを除く。）",
    "フラッシュメモリ",
    "電子メール",
    "専用線",
    "庁内連携システム",
    "情報提供ネットワークシステム",
    "その他",
)
FIRST_DAY = date(2019, 6, 1)
GONE = ("", "－", "（削除）")
NEW = ("", "－", "（新規）")

Contract = tuple[str, str, str, str]
Row = tuple[str, str, str]


@dataclass
class World:
    """What is true today, the rows so far, and what was true on the days before."""

    random: Random
    contracts: list[Contract] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)
    made: int = 0
    rows: list[Cells] = field(default_factory=list)
    past: list[tuple[date, dict[str, Value]]] = field(default_factory=list)

    def contract(self) -> Contract:
        """Another contract, like no other in its words."""
        self.made += 1
        return (
            f"業務{self.made}号",
            f"内容{self.made}号を処理する。",
            f"株式会社第{self.made}商事",
            self.random.choice(("再委託する", "再委託しない")),
        )

    def says(self) -> dict[str, Value]:
        """What every item says today, by its path."""
        found: dict[str, Value] = {EXISTS: "委託する", NUMBER: str(len(self.contracts)), MEDIA: self.boxes()}
        for n, contract in enumerate(self.contracts, start=1):
            found |= {f"II/4/委託事項{n}{part}": said for part, said in zip(PARTS, contract, strict=True)}
        return found

    def boxes(self) -> Boxes:
        ticked = tuple(box for box in ALL_BOXES if box in self.ticked)
        return Boxes(ticked, tuple(box for box in ALL_BOXES if box not in self.ticked))

    def day(self, day: date, rows: list[Row]) -> None:
        """Write down what happened on a day."""
        self.rows.extend((wareki(day), *row) for row in rows)
        self.past.append((day, self.says()))


def counted(world: World, before: int) -> list[Row]:
    return [(EXISTS, f"委託する（{before}）件", f"委託する（{len(world.contracts)}）件")]


def whole(n: int, contract: Contract, nothing: str, *, came: bool) -> list[Row]:
    """A row for each item of a contract that came or went."""
    return [
        (f"II/4/委託事項{n}{part}", *((nothing, said) if came else (said, nothing)))
        for part, said in zip(PARTS, contract, strict=True)
    ]


def ends(world: World) -> list[Row]:
    """A contract ends, and those behind it move up."""
    n = world.random.randint(1, len(world.contracts))
    was = world.says()
    gone = world.contracts.pop(n - 1)
    count = counted(world, len(world.contracts) + 1)
    nothing = world.random.choice(GONE)
    match world.random.choice(("name", "told", "told below", "items", "spelled out", "count")):
        case "name":
            return [*count[: world.random.randint(0, 1)], (f"II/4/委託事項{n}", gone[0], nothing)]
        case "told":
            return [*count, (f"II/4/委託事項{n}", gone[0], f"委託事項{n}を削除")]
        case "told below":
            return [*count, ("Ⅱ－4. 特定個人情報ファイルの取扱いの委託", "", f"委託事項{n}の廃止")]
        case "items":
            return [*count, *whole(n, gone, nothing, came=False)]
        case "spelled out":
            now = world.says()
            rows = [(path, said, now.get(path, nothing)) for path, said in was.items() if "委託事項" in path]
            return [*count, *((p, str(a), str(b)) for p, a, b in rows if a != b)]
        case _:
            return count


def begins(world: World) -> list[Row]:
    """A contract begins behind the others."""
    world.contracts.append(world.contract())
    n = len(world.contracts)
    nothing = world.random.choice(NEW)
    rows = whole(n, world.contracts[-1], nothing, came=True)
    count = counted(world, n - 1)
    return world.random.choice(([*count, *rows], [*count, *rows[1:]], [*count, rows[0]], rows[:1], count))


def cuts_in(world: World) -> list[Row]:
    """A contract begins in between, and those behind it move down."""
    n = world.random.randint(1, len(world.contracts))
    world.contracts.insert(n - 1, world.contract())
    rows = whole(n, world.contracts[n - 1], world.random.choice(NEW), came=True)
    return [*counted(world, len(world.contracts) - 1), *world.random.choice((rows, rows[:1]))]


def contractor(world: World) -> list[Row]:
    """Another contractor, who may sub-contract where the last one did not."""
    n = world.random.randint(1, len(world.contracts))
    name, content, was, again = world.contracts[n - 1]
    _, _, now, _ = world.contract()
    announced = world.random.random() < 0.4
    note = world.random.choice(
        ("\n※委託先変更に伴い、④変更あり。", "\n（他の項目も同様に変更）", "\n④についても変更")
    )
    turned = "再委託しない" if again == "再委託する" else "再委託する"
    world.contracts[n - 1] = (name, content, now, turned if announced else again)
    path = f"II/4/委託事項{n}/③委託先名"
    quoted = world.random.choice(
        ((was, now), (f"「{was}」", f"「{now}」"), (f"③委託先名：{was}", f"③委託先名：{now}"))
    )
    return [(path, quoted[0], f"{quoted[1]}{note}" if announced else quoted[1])]


def box(world: World) -> list[Row]:
    """A box is ticked, or no longer."""
    which = world.random.choice(BOXES[:3])
    then, ticked = sorted(world.ticked), which not in world.ticked
    world.ticked ^= {which}
    marks = world.random.choice((("[○]", "[ ]"), ("■", "□"), ("☑", "☐")))
    off, on = f"{marks[1]}{which}", f"{marks[0]}{which}"
    styles: list[tuple[str, str]] = [(off, on) if ticked else (on, off)]
    no, yes = f"{which}：チェックなし", f"{which}：チェックあり"
    styles.append((no, yes) if ticked else (yes, no))
    styles.append(("", f"「{which}」を追加" if ticked else f"「{which}」を削除"))
    if then and world.ticked:
        styles.append(("、".join(then), "、".join(sorted(world.ticked))))
    return [(MEDIA, *world.random.choice(styles))]


HAPPENINGS: tuple[Callable[[World], list[Row]], ...] = (ends, begins, cuts_in, contractor, contractor, box)


def life(random: Random) -> tuple[World, PublishedEdition]:
    """One to four days on which something happens, and the edition that tells of them."""
    world = World(random)
    world.contracts = [world.contract() for _ in range(random.randint(1, 3))]
    world.ticked = set(random.sample(BOXES[:3], random.randint(0, 2)))
    world.past.append((date.min, world.says()))
    for n in sorted(random.sample(range(20), random.randint(1, 4))):
        happens = random.choice(HAPPENINGS)
        if happens is ends and len(world.contracts) == 1:
            happens = begins
        world.day(FIRST_DAY + timedelta(days=90 * n), happens(world))
    body = (stated(path, value) for path, value in world.says().items())
    return world, paper(*body, rows=tuple(world.rows))


def nothing_is_invented(world: World, edition: PublishedEdition) -> None:
    known = known_by(edition)
    changes = [day for day, _ in world.past[1:]]
    for day in {*changes, *(day - timedelta(days=1) for day in changes), date(2018, 1, 1), date(2024, 10, 1)}:
        true = [said for since, said in world.past if since <= day][-1]
        for item in document_as_of(known, day).items:
            if item.reading.known:
                said = true.get(str(item.path))
                right = is_blank(item.reading.value) if said is None else agree(item.reading.value, said)
                assert right, (day, str(item.path), item.reading, said)
    assert not [finding for finding in validate(edition).findings if finding.severity == "error"]


@given(st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_what_is_known_of_groups_and_boxes_is_true(random: Random) -> None:
    """Whatever comes, goes or moves, no value is called known that was not there, and nothing contradicts."""
    nothing_is_invented(*life(random))


@pytest.mark.long
def test_what_is_known_of_groups_and_boxes_is_true_many_times() -> None:
    """Three thousand lives, the same on every machine."""
    for seed in range(3_000):
        nothing_is_invented(*life(Random(seed)))  # noqa: S311  (no secret is at stake)
