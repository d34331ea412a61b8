"""A true history told by several editions, and the same with damage planted in it.

The generator makes the states of one item, publishes it up to four times, and writes each table as officers
do. Undamaged, whatever the ledger calls `known` has to be what the item truly said. Damaged, a known value
may be wrong only where the damage leaves no trace: where no edition and no row says what was true then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest

from ledger import wording
from ledger.published import ChangeRow, PublishedEdition, TableState
from ledger.wareki import WarekiDate, wareki
from projections import narration
from projections.as_of import document_as_of
from projections.editions import Assessment
from tests.papers import known_by, paper, stated
from tests.test_true_histories import FIRST_DAY, ITEM, SENTENCES, change, in_style, text_of

LAST = date(2024, 10, 1)
SHORT_RUN, LONG_RUN = 250, 5_000


@dataclass(frozen=True)
class Told:
    """What the item said from which day on, and the editions that tell of it, in the order of 公表日."""

    states: tuple[tuple[date, str], ...]
    editions: tuple[PublishedEdition, ...]

    def on(self, day: date) -> str:
        """What the item truly said on *day*."""
        return [text for since, text in self.states if since <= day][-1]

    def days(self) -> list[date]:
        """The days on which an answer may change, and their eves."""
        days = {since for since, _ in self.states[1:]} | {published(one) for one in self.editions}
        days |= {day for one in self.editions for row in one.rows if (day := day_of(row))}
        return sorted(days | {day - timedelta(days=1) for day in days} | {date(2018, 1, 1)})


def published(edition: PublishedEdition) -> date:
    return WarekiDate.parse(edition.header.publication_date).day


def day_of(row: ChangeRow) -> date | None:
    read = WarekiDate.read(row.date)
    return read.day if read else None


def body_of(edition: PublishedEdition) -> str:
    return next((item.value for item in edition.items if isinstance(item.value, str)), "")


def true_history(random: Random) -> Told:
    """One to five changes of an item, published on one to four days, every table with all rows up to then."""
    now = random.sample(SENTENCES, random.randint(1, 4))
    states = [(date.min, text_of(now))]
    rows: list[tuple[date, tuple[str, ...]]] = []
    for n in sorted(random.sample(range(20), random.randint(1, 5))):
        day, then = FIRST_DAY + timedelta(days=90 * n), list(now)
        quoted, shortened = change(now, random)
        if now == then:
            continue
        before, after = in_style(random, then, now, quoted, shortened)
        states.append((day, text_of(now)))
        rows.append((day, (wareki(day), ITEM, before, after)))
    days = {FIRST_DAY + timedelta(days=90 * n + 45) for n in random.sample(range(20), random.randint(0, 3))}
    told = Told(tuple(states), ())
    editions = [
        paper(
            stated(ITEM, told.on(day)),
            rows=tuple(cells for since, cells in rows if since <= day),
            published=wareki(day),
        )
        for day in sorted({*days, LAST})
    ]
    return replace(told, editions=tuple(editions))


# --- damage ---------------------------------------------------------------------------------------

DAMAGES = ("drop", "words", "date", "undated", "double", "move", "lose table", "body", "lose item")


def damaged(told: Told, random: Random) -> Told:
    """The same history with one thing wrong in one of its editions."""
    n = random.randrange(len(told.editions))
    one = told.editions[n]
    return replace(told, editions=(*told.editions[:n], with_damage(one, random), *told.editions[n + 1 :]))


def with_damage(one: PublishedEdition, random: Random) -> PublishedEdition:
    kind = random.choice(DAMAGES)
    rows = list(one.rows)
    if kind == "body":
        return replace(one, items=(stated(ITEM, text_of(random.sample(SENTENCES, 2))),))
    if kind == "lose item":
        return replace(one, items=(stated("I/6/①部署", "窓口課"),))
    if kind == "lose table":
        return replace(one, rows=(), table=TableState.ABSENT)
    if not rows:
        return one
    at = random.randrange(len(rows))
    if kind == "drop":
        del rows[at]
    elif kind == "double":
        rows.insert(at, rows[at])
    elif kind == "move":
        rows.insert(random.randrange(len(rows)), rows.pop(at))
    elif kind == "words":
        words = random.choice(SENTENCES)
        either = replace(rows[at], before=words), replace(rows[at], after=words)
        rows[at] = random.choice(either)
    else:
        later = (day_of(rows[at]) or FIRST_DAY) + timedelta(days=random.choice((-40, 40)))
        rows[at] = replace(rows[at], date="" if kind == "undated" else wareki(later))
    numbered = tuple(replace(row, no=no) for no, row in enumerate(rows, start=1))
    return replace(one, rows=numbered, table=TableState.ROWS if rows else TableState.EMPTY)


# --- what may be known ----------------------------------------------------------------------------


def claims(told: Told, day: date) -> Iterator[str]:
    """What the editions say of *day*, read as plainly as can be: the rows around it, and the bodies.

    A row that leaves nothing says nothing plain: a part may have been taken out. Nor does a blank beside
    narration.
    """
    for one in told.editions:
        if published(one) < day:
            continue
        dated = sorted((on, row.no, row) for row in one.rows if (on := day_of(row)) is not None)
        earlier = [row for on, _, row in dated if on <= day]
        later = [row for on, _, row in dated if on > day]
        if earlier and not wording.is_nothing(earlier[-1].after):
            yield earlier[-1].after
        if later:
            if not (wording.is_nothing(later[0].before) and narration.is_narrative(later[0].after)):
                yield later[0].before
        elif len(dated) == len(one.rows):
            yield body_of(one)
        if published(one) == day:
            yield body_of(one)


def says(claim: str, truth: str) -> bool:
    return wording.same(claim, truth) is not None


def denies(claim: str, value: str) -> bool:
    """Whether an item that says *value* cannot be meant: a row may quote a part of it."""
    return wording.locate(claim, value) is None


def wrongly_known(told: Told) -> Iterator[tuple[date, str, str]]:
    """Day, answer and truth wherever the ledger is sure of what is not true, although told the truth."""
    known: Assessment = known_by(*told.editions)
    stating = {published(one): body_of(one) for one in told.editions}
    for day in told.days():
        for shown in document_as_of(known, day).items:
            value, truth = shown.reading.value, told.on(day)
            if str(shown.path) != ITEM or not shown.reading.known or not isinstance(value, str):
                continue
            if wording.same(value, truth) is not None or stating.get(day) == value:
                continue  # on its 公表日 a body is what was published
            if any(denies(claim, value) and says(claim, truth) for claim in claims(told, day)):
                yield day, value, truth


def nothing_untrue_is_known(told: Told) -> None:
    known = known_by(*told.editions)
    for day in told.days():
        for shown in document_as_of(known, day).items:
            if str(shown.path) == ITEM and shown.reading.known:
                assert isinstance(shown.reading.value, str)
                assert wording.same(shown.reading.value, told.on(day)) is not None, (day, shown.reading)


@pytest.mark.parametrize("first", range(0, SHORT_RUN, 50))
def test_what_several_true_editions_prove_is_true(first: int) -> None:
    """Every style of row, one to four editions: no invented state."""
    for seed in range(first, first + 50):
        nothing_untrue_is_known(true_history(Random(seed)))  # noqa: S311  (no secret is at stake)


@pytest.mark.parametrize("first", range(0, SHORT_RUN, 50))
def test_planted_damage_makes_nothing_known_that_the_documents_deny(first: int) -> None:
    """One contradiction or loss planted: a wrong value is known only where nothing tells the truth."""
    for seed in range(first, first + 50):
        random = Random(seed)  # noqa: S311  (no secret is at stake)
        told = damaged(true_history(random), random)
        assert list(wrongly_known(told)) == [], seed


@pytest.mark.long
@pytest.mark.parametrize("plant", [False, True], ids=["true", "damaged"])
def test_ten_thousand_histories(plant: bool) -> None:  # noqa: FBT001  (a parameter of the table)
    """Five thousand of each, the same on every machine."""
    for seed in range(LONG_RUN):
        random = Random(seed)  # noqa: S311  (no secret is at stake)
        told = true_history(random)
        if plant:
            assert list(wrongly_known(damaged(told, random))) == [], seed
        else:
            nothing_untrue_is_known(told)
