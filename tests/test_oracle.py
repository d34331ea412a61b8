"""The fast answers held against a slow, obvious oracle, over histories published in several editions."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.published import PublishedEdition, TableState
from ledger.wareki import wareki
from projections.as_of import document_as_of
from projections.readings import Reading
from tests.oracle import Answer, Edition, Told, answer
from tests.papers import at, known_by, paper, stated

OFFICE, HEAD = "I/6/①部署", "I/6/②所属長の役職名"
MOST_UNDATED = 2  # the oracle tries every day for each
WORDS = {OFFICE: ("市民課", "税務室", "福祉部"), HEAD: ("課長", "室長", "部長")}
GRID = tuple(date(2019, 6, 1) + timedelta(days=90 * n) for n in range(16))


@st.composite
def histories(
    draw: st.DrawFn, *, undated: tuple[bool, ...] = (False,), lost: tuple[bool, ...] = (False,)
) -> tuple[list[Told], list[Edition]]:
    """Up to five changes of two items, published on one to four days; a change may be published at once."""
    said = {item: draw(st.sampled_from(words)) for item, words in WORDS.items()}
    changed = sorted(draw(st.lists(st.sampled_from(GRID), max_size=5)))
    off = draw(st.sampled_from([0, 45]))
    on = sorted(draw(st.lists(st.sampled_from(GRID), min_size=1, max_size=4, unique=True)))
    rows: list[Told] = []
    editions: list[Edition] = []
    states = [(date.min, dict(said))]
    for day in changed:
        item = draw(st.sampled_from(tuple(WORDS)))
        before, said[item] = said[item], draw(st.sampled_from([w for w in WORDS[item] if w != said[item]]))
        blank = draw(st.sampled_from(undated)) and sum(row.day is None for row in rows) < MOST_UNDATED
        rows.append(Told(None if blank else day, item, before, said[item]))
        states.append((day, dict(said)))
    for published in (day + timedelta(days=off) for day in on):
        listed = sum(day <= published for day in changed)
        body = [state for since, state in states if since <= published][-1]
        table = TableState.ROWS if listed else TableState.EMPTY
        if draw(st.sampled_from(lost)):
            table = TableState.ABSENT
        editions.append(Edition(published, body, table, listed))
    return rows, editions


def printed(one: Edition, rows: list[Told]) -> PublishedEdition:
    """The edition as a reader would give it."""
    cells = tuple(
        (wareki(row.day) if row.day else "", row.item, row.before, row.after) for row in rows[: one.listed]
    )
    told = cells if one.table is TableState.ROWS else ()
    body = (stated(item, said) for item, said in one.body.items())
    return paper(*body, rows=told, published=wareki(one.published), state=one.table)


def telling_days(rows: list[Told], editions: list[Edition]) -> list[date]:
    """Every change day and every 公表日, the day before and the day after."""
    days = {row.day for row in rows if row.day} | {one.published for one in editions}
    near = {day + timedelta(days=off) for day in days for off in (-1, 0, 1)}
    return sorted(near | {date(2018, 1, 1), date(2025, 1, 1)})


def fast(reading: Reading) -> Answer:
    return Answer(reading.certainty, frozenset(str(value) for value in reading.possible))


def differences(told: tuple[list[Told], list[Edition]]) -> list[tuple[date, str, Answer, Reading]]:
    """Where the two answers are not the same."""
    rows, editions = told
    known = known_by(*(printed(one, rows) for one in editions))
    found = []
    for day in telling_days(rows, editions):
        document = document_as_of(known, day)
        for item in WORDS:
            slow, reading = answer(rows, editions, item, day), at(document, item).reading
            if fast(reading) != slow:
                found.append((day, item, slow, reading))
    return found


@settings(max_examples=80)
@given(histories())
def test_full_and_dated_rows_are_answered_as_the_oracle_does(told: tuple[list[Told], list[Edition]]) -> None:
    """Value and certainty are those of the only way in which it can have come to pass."""
    assert differences(told) == []


@settings(max_examples=60)
@given(histories(undated=(False, True)))
def test_rows_without_a_day_are_answered_as_the_oracle_does(told: tuple[list[Told], list[Edition]]) -> None:
    """An item has any value that some possible day of its row leaves to it, and no other."""
    assert differences(told) == []


@settings(max_examples=80)
@given(histories(lost=(False, True)))
def test_editions_without_their_table_are_answered_as_the_oracle_does(
    told: tuple[list[Told], list[Edition]],
) -> None:
    """A lost table takes away what only it told; a later table and the body stand as before."""
    assert differences(told) == []


@settings(max_examples=60)
@given(histories(undated=(False, True), lost=(False, True)))
def test_rows_without_a_day_beside_lost_tables_prove_no_more_than_the_oracle_says(
    told: tuple[list[Told], list[Edition]],
) -> None:
    """Which edition such a row belongs to is not always worked out, but nothing unproved is known."""
    assert [one for one in differences(told) if one[3].known] == []
