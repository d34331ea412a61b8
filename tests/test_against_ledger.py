"""Published against ledger: one fault planted in a true edition is one finding, and noise is none.

The truth are the editions of the samples and the generated histories; what the validator says of them without
a fault is taken off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from random import Random

import pytest

from ledger.published import ChangeRow, ItemKind, PrintedItem, PublishedEdition
from ledger.readers import read
from ledger.resolver import resolve
from ledger.wareki import WarekiDate, wareki
from projections.editions import Assessment
from projections.findings import Finding, Severity
from projections.rules.against_ledger import RULES
from projections.validator import findings_of
from tests.conftest import ROOT
from tests.papers import known_by
from tests.test_true_editions import true_history

FILES = {
    "H30": "yunagi/21_kokuho_H30.txt",
    "R3": "yunagi/21_kokuho_R3.txt",
    "R5": "yunagi/21_kokuho_R5.txt",
    "R7": "yunagi/21_kokuho.txt",
    "K6": "kasumino/7_kaigo-hoken_R6.txt",
    "K7": "kasumino/7_kaigo-hoken.txt",
}


@cache
def edition(name: str) -> PublishedEdition:
    path = ROOT / "samples" / FILES[name]
    return read(path.read_bytes(), path.name)


@cache
def ledger_of(*names: str) -> Assessment:
    return known_by(*(edition(name) for name in names))


About = tuple[str, Severity, tuple[int, ...], frozenset[str]]


def about(finding: Finding) -> About:
    return finding.rule, finding.severity, finding.rows, frozenset(map(str, finding.items))


def against(file: PublishedEdition, known: Assessment) -> list[Finding]:
    return findings_of(file, known, RULES)


def faults(file: PublishedEdition, known: Assessment) -> set[About]:
    return {about(each) for each in against(file, known) if each.severity is not Severity.NOTE}


# --- faults ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planted:
    """An edition with a fault, and where it has to show: in one of these rows, in this item."""

    edition: PublishedEdition
    rules: set[str]
    rows: set[tuple[int, ...]]
    item: str = ""


Plant = Callable[[PublishedEdition, Random], Planted | None]


def with_rows(one: PublishedEdition, rows: Iterable[ChangeRow]) -> PublishedEdition:
    return replace(one, rows=tuple(replace(row, no=no) for no, row in enumerate(rows, start=1)))


def changed(one: PublishedEdition, at: int, **cells: str) -> PublishedEdition:
    rows = list(one.rows)
    rows[at] = replace(rows[at], **cells)  # type: ignore[arg-type]  # the cells are all words
    return with_rows(one, rows)


def reworded(text: str, random: Random) -> str:
    """*text* with other words for two or three letters."""
    letters = [n for n, char in enumerate(text) if char.isalnum() and char != "略"]
    at = random.choice(letters)
    return f"{text[:at]}{random.choice(('別館', '改訂後', '第９'))}{text[at + 2 :]}"


def words(one: PublishedEdition, random: Random) -> Planted | None:
    at = random.randrange(len(one.rows))
    side = random.choice(("before", "after"))
    text = getattr(one.rows[at], side)
    if sum(char.isalnum() for char in text) < 2:
        return None
    return Planted(
        changed(one, at, **{side: reworded(text, random)}), {"row-differs", "old-row-rewritten"}, {(at + 1,)}
    )


def drop(one: PublishedEdition, random: Random) -> Planted | None:
    at = random.randrange(len(one.rows))
    if len(one.rows) == 1:
        return None
    return Planted(with_rows(one, one.rows[:at] + one.rows[at + 1 :]), {"ledger-row-missing"}, {()})


def double(one: PublishedEdition, random: Random) -> Planted | None:
    at, to = random.randrange(len(one.rows)), random.randrange(len(one.rows) + 1)
    rows = [*one.rows[:to], one.rows[at], *one.rows[to:]]
    either: set[tuple[int, ...]] = {(to + 1,), (at + (to <= at) + 1,)}
    return Planted(with_rows(one, rows), {"published-row-unrecorded"}, either)


def move(one: PublishedEdition, random: Random) -> Planted | None:
    if len(one.rows) < 3:
        return None
    at, to = random.sample(range(len(one.rows)), 2)
    rows = list(one.rows)
    rows.insert(to, rows.pop(at))
    either: set[tuple[int, ...]] = {(to + 1,)} | ({(at + 1,)} if abs(at - to) == 1 else set())
    return Planted(with_rows(one, rows), {"row-differs"}, either)


def date(one: PublishedEdition, random: Random) -> Planted | None:
    at = random.randrange(len(one.rows))
    day = WarekiDate.read(one.rows[at].date)
    if day is None:
        return None
    other = wareki(day.day + timedelta(days=random.choice((-365, -30, -1, 1, 9, 31))))
    return Planted(changed(one, at, date=other), {"row-differs"}, {(at + 1,)})


def timing(one: PublishedEdition, random: Random) -> Planted | None:
    at = random.randrange(len(one.rows))
    other = {"事前": "事後", "事後": "事前"}.get(one.rows[at].timing)
    return Planted(changed(one, at, timing=other), {"row-differs"}, {(at + 1,)}) if other else None


def wrong_item(one: PublishedEdition, random: Random) -> Planted | None:
    at = random.randrange(len(one.rows))
    was = resolve(one.rows[at].item_text)
    others = [
        text
        for row in one.rows
        if (found := resolve(text := row.item_text)) and was and found.path != was.path
    ]
    if not others or was is None or was.rivals:
        return None
    return Planted(changed(one, at, item_text=random.choice(others)), {"row-differs"}, {(at + 1,)})


def body(one: PublishedEdition, random: Random) -> Planted | None:
    """Other words in an item that no row touches."""
    named = [found.path.parts for row in one.rows if (found := resolve(row.item_text))]
    texts = [
        item
        for item in one.items
        if item.kind is ItemKind.TEXT
        and isinstance(item.value, str)
        and len(item.value) > 8
        and item.path.parts[0] != "表紙"
        and not any(item.path.parts[: len(parts[:2])] == parts[:2] for parts in named)
    ]
    if not texts:
        return None
    item = random.choice(texts)
    assert isinstance(item.value, str)
    other = replace(item, value=reworded(item.value, random))
    items = tuple(other if each is item else each for each in one.items)
    return Planted(replace(one, items=items), {"body-differs-from-ledger"}, {()}, str(item.path))


PLANTS = [words, drop, double, move, date, timing, wrong_item, body]
BY_NAME = [pytest.param(plant, id=plant.__name__) for plant in PLANTS]

# Which edition is checked against a ledger of which editions.
KNOWN = [
    pytest.param("R5", ("H30", "R3", "R5"), id="the edition is in the ledger, the last of three"),
    pytest.param("R3", ("H30", "R3", "R5"), id="the edition is in the ledger, and so is a later one"),
    pytest.param("K7", ("K6", "K7"), id="the edition is in the ledger, the last of two"),
    pytest.param("K6", ("K6",), id="the edition is all that the ledger has"),
]
SEEDS = [pytest.param(range(1), id="one"), pytest.param(range(1, 40), id="many", marks=pytest.mark.long)]


@cache
def said_anyhow(name: str, known: tuple[str, ...]) -> set[About]:
    return faults(edition(name), ledger_of(*known))


def is_found(planted: Planted, known: Assessment, anyhow: set[About], rules: set[str]) -> None:
    """The fault is one finding, of the right rule, on the right row or item; nothing else is said."""
    more = faults(planted.edition, known) - anyhow
    assert len(more) == 1, more
    ((rule, _, rows, items),) = more
    assert rule in rules, more
    assert rows in planted.rows, (more, planted.rows)
    assert not planted.item or planted.item in items


@pytest.mark.parametrize("plant", BY_NAME)
@pytest.mark.parametrize(("name", "known"), KNOWN)
@pytest.mark.parametrize("seeds", SEEDS)
def test_a_fault_in_an_edition_that_the_ledger_has_is_one_error(
    name: str, known: tuple[str, ...], plant: Plant, seeds: range
) -> None:
    for seed in seeds:
        random = Random(seed)  # noqa: S311  (no secret is at stake)
        if planted := plant(edition(name), random):
            rules = planted.rules - {"old-row-rewritten"}
            is_found(planted, ledger_of(*known), said_anyhow(name, known), rules)


@pytest.mark.parametrize(
    ("plant", "rule"),
    [
        pytest.param(words, "old-row-rewritten", id="words"),
        pytest.param(drop, "ledger-row-missing", id="drop"),
        pytest.param(double, "published-row-unrecorded", id="double"),
        pytest.param(move, "row-differs", id="move"),
        pytest.param(date, "row-differs", id="date"),
        pytest.param(timing, "row-differs", id="timing"),
        pytest.param(wrong_item, "row-differs", id="item"),
        pytest.param(body, "body-differs-from-ledger", id="body"),
    ],
)
@pytest.mark.parametrize("seeds", SEEDS)
def test_a_fault_in_the_old_rows_of_a_newer_edition_is_found(plant: Plant, rule: str, seeds: range) -> None:
    """The ledger has H30 and R3; the old rows of R5 are the first 16."""
    for seed in seeds:
        random = Random(seed)  # noqa: S311  (no secret is at stake)
        one = edition("R5")
        old = replace(one, rows=one.rows[:16])
        planted = plant(one if plant is body else old, random)
        if planted is None or planted.item == "III/10/その他のリスク対策":
            continue  # that R5 changed this item without a row is found anyhow
        rows = planted.edition.rows if plant is body else (*planted.edition.rows, *one.rows[16:])
        whole = replace(planted, edition=with_rows(planted.edition, rows))
        is_found(whole, ledger_of("H30", "R3"), said_anyhow("R5", ("H30", "R3")), {rule})


@pytest.mark.parametrize(
    "plant", [pytest.param(plant, id=plant.__name__) for plant in PLANTS if plant is not body]
)
def test_a_fault_in_one_of_many_rows_on_one_item_is_one_error(plant: Plant) -> None:
    """Generated histories: all rows are on one item, in every style."""
    tried = 0
    for seed in range(30):
        random = Random(seed)  # noqa: S311  (no secret is at stake)
        told = true_history(random)
        *_, last = told.editions
        if last.rows and (planted := plant(last, random)):
            tried += 1
            known = known_by(*told.editions)
            is_found(planted, known, faults(last, known), planted.rules - {"old-row-rewritten"})
    assert tried > 10 or plant is wrong_item


# --- noise ----------------------------------------------------------------------------------------

NOISE: dict[str, Callable[[str], str]] = {
    "spaces": " ".join,
    "full-width spaces": lambda text: text.replace("、", "、　"),
    "line breaks": lambda text: "\n".join(text[n : n + 7] for n in range(0, len(text), 7)),
    "no line breaks": lambda text: text.replace("\n", ""),
    "half-width digits and brackets": lambda text: text.translate(
        str.maketrans("０１２３４５６７８９（）：", "0123456789():")
    ),
    "full-width digits and brackets": lambda text: text.translate(
        str.maketrans("0123456789():", "０１２３４５６７８９（）：")
    ),
    "dashes": lambda text: text.replace("－", "-"),
    "long vowels": lambda text: text.replace("サーバー", "サーバ").replace("データセンター", "データセンタ"),
    "spellings": lambda text: (
        text.replace("取扱い", "取り扱い").replace("手続", "手続き").replace("手続きき", "手続き")
    ),
    "no full stop": lambda text: text.removesuffix("。"),
}


def noisy(one: PublishedEdition, noise: Callable[[str], str]) -> PublishedEdition:
    """The edition with noise in the words of all rows, and of all texts of the body."""

    def item(printed: PrintedItem) -> PrintedItem:
        if (
            printed.kind is ItemKind.TEXT
            and isinstance(printed.value, str)
            and printed.path.parts[0] != "表紙"
        ):
            return replace(printed, value=noise(printed.value))
        return printed

    rows = [
        replace(row, before=noise(row.before), after=noise(row.after), explanation=noise(row.explanation))
        for row in one.rows
    ]
    return replace(with_rows(one, rows), items=tuple(item(each) for each in one.items))


@pytest.mark.parametrize("noise", list(NOISE))
@pytest.mark.parametrize(
    ("name", "known"),
    [
        pytest.param("K7", ("K6", "K7"), id="the edition is in the ledger"),
        pytest.param("R5", ("H30", "R3"), id="a newer edition"),
        pytest.param("R3", ("H30", "R5"), id="an older edition"),
    ],
)
def test_noise_is_no_fault(name: str, known: tuple[str, ...], noise: str) -> None:
    other = noisy(edition(name), NOISE[noise])
    assert other != edition(name) or noise in {
        "dashes",
        "long vowels",
        "spellings",
        "half-width digits and brackets",
    }
    assert faults(other, ledger_of(*known)) <= said_anyhow(name, known)


# --- the invented history of 夕凪市 ----------------------------------------------------------------

TOLD = [
    pytest.param("R3", ("H30",), {("body-differs-from-ledger", (), "II/2/⑥事務担当部署")}, id="R3"),
    pytest.param(
        "R5", ("H30", "R3"), {("body-differs-from-ledger", (), "III/10/その他のリスク対策")}, id="R5"
    ),
    *(
        pytest.param(
            "R7",
            known,
            {
                ("ledger-row-missing", (), "IV/2/②対応方法"),
                ("old-row-rewritten", (2,), "II[国民健康保険被保険者ファイル]/3/使用部署"),
                ("old-row-rewritten", (10,), "I/6/②所属長の役職名"),
            },
            id=told,
        )
        for known, told in (
            (("H30", "R3", "R5"), "R7 before it is taken in"),
            (("H30", "R3", "R5", "R7"), "R7 after it was taken in"),
        )
    ),
]


@pytest.mark.parametrize(("name", "known", "expected"), TOLD)
def test_the_faults_of_a_history_are_found_and_no_others(
    name: str, known: tuple[str, ...], expected: set[tuple[str, tuple[int, ...], str]]
) -> None:
    """samples/yunagi/HISTORY.md, C7 to C9: rewritten, dropped, supplied late, never told."""
    found = {
        (f.rule, f.rows, str(f.items[0]))
        for f in against(edition(name), ledger_of(*known))
        if f.severity != "note"
    }
    assert found == expected


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "text-layer.txt"])
def test_the_same_edition_in_another_format_is_the_same_edition(form: str) -> None:
    path = ROOT / "samples" / "yunagi" / "formats" / f"21_kokuho_R5.{form}"
    assert faults(read(path.read_bytes(), path.name), ledger_of("H30", "R3", "R5")) == set()
