"""What holds of every history told by several editions: later knowledge, new evidence, order, and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.events import AnyEvent, ChangeCorrected, ChangeRetracted, ItemChanged, RowInterpreted
from ledger.item_path import ItemPath
from ledger.published import PublishedEdition, TableState
from ledger.wareki import WarekiDate
from projections.as_of import document_as_of
from projections.documents import Basis, Document
from projections.editions import assessment
from projections.readings import Certainty, Reading, agree
from tests.papers import STREAM, Cells, entries, known_by, paper, received, recorded, says
from tests.papers import stated as item

OFFICE = "I/6/①部署"
WORK = "I/1/②事務の内容"
MANY = settings(max_examples=40)
PLACES = (OFFICE, WORK)
PUBLISHED = ("令和2年4月1日", "令和4年4月1日", "令和6年4月1日")
WORDS = st.one_of(
    st.sampled_from(["市民課", "住民課", "窓口課", "甲を行う。", "甲を行う。乙を行う。", "乙を行う。"]),
    st.sampled_from(["－", "略", "略\n乙を行う。", "「甲」を追加。", "", "丙課、丁課"]),
)
PRINTED_DAYS = st.one_of(
    st.dates(date(2018, 1, 1), date(2024, 12, 31)).map(date.isoformat), st.sampled_from(["", "〃"])
)
ROWS: st.SearchStrategy[Cells] = st.tuples(PRINTED_DAYS, st.sampled_from(PLACES), WORDS, WORDS)
DAYS = st.dates(date(2017, 1, 1), date(2025, 12, 31))


@st.composite
def editions(draw: st.DrawFn, least: int = 1) -> list[PublishedEdition]:
    """Editions of one assessment whose tables share most of their rows, and may contradict everything."""
    days = draw(st.lists(st.sampled_from(PUBLISHED), unique=True, min_size=least, max_size=3))
    rows = draw(st.lists(ROWS, max_size=4))
    found = []
    for day in sorted(days):
        bodies = [item(place, draw(WORDS)) for place in draw(st.sets(st.sampled_from(PLACES), min_size=1))]
        new: list[Cells] = draw(st.lists(ROWS, max_size=3))
        told = [*rows, *new]
        lost = draw(st.sampled_from([None, None, None, TableState.ABSENT]))
        table: Sequence[Cells] = () if lost else told
        found.append(paper(*bodies, rows=tuple(table), published=day, state=lost))
        rows = told
    return found


@st.composite
def histories(draw: st.DrawFn) -> list[AnyEvent]:
    """The events of an assessment: editions, changes recorded here, and what was decided on them since."""
    events = received(*draw(editions()))
    for n in range(draw(st.integers(0, 2))):
        on = draw(st.one_of(st.just(""), st.dates(date(2019, 1, 1), date(2025, 12, 31)).map(date.isoformat)))
        place = draw(st.sampled_from(PLACES))
        events.append(recorded(place, draw(WORDS), draw(WORDS), on, revision=f"r-{n}"))
    changes = [n for n, event in enumerate(events, start=1) if isinstance(event, ItemChanged)]
    open_to = [n for n in changes if not _change(events, n).source]
    decided: list[int] = []
    if changes:
        decided = draw(st.lists(st.sampled_from(changes), max_size=2))
    for version in decided:
        events.append(draw(corrections(_change(events, version), version)))
    retract = draw(st.booleans())
    if retract and open_to:
        events.append(ChangeRetracted(STREAM, 0, retracts=draw(st.sampled_from(open_to)), why="誤り"))
    return events


def _change(events: Sequence[AnyEvent], version: int) -> ItemChanged:
    event = events[version - 1]
    assert isinstance(event, ItemChanged)
    return event


@st.composite
def corrections(draw: st.DrawFn, change: ItemChanged, version: int) -> ChangeCorrected | RowInterpreted:
    """A decision on a change: what is right instead, or of a published row what it means."""
    if change.source and draw(st.booleans()):
        path, on = draw(st.sampled_from([(OFFICE, ""), ("", "令和3年4月1日"), (WORK, "令和3年4月1日")]))
        return RowInterpreted(STREAM, 0, interprets=version, path=path, change_date=on, why="聞き取り")
    return ChangeCorrected(
        STREAM,
        0,
        corrects=version,
        change_date=change.change_date,
        item_text=change.item_text,
        before=change.before,
        after=draw(WORDS),
        timing=change.timing,
        explanation=change.explanation,
        path=change.path,
        why="誤り",
    )


def known(document: Document) -> dict[ItemPath, Reading]:
    return {shown.path: shown.reading for shown in document.items}


def published(edition: PublishedEdition) -> date:
    return WarekiDate.parse(edition.header.publication_date).day


def plans_ahead(edition: PublishedEdition) -> bool:
    """Whether a row carries a day after the 公表日 of the edition that prints it."""
    days = (WarekiDate.read(row.date) for row in edition.rows)
    return any(day.day > published(edition) for day in days if day is not None)


def telling_days(*papers: PublishedEdition) -> set[date]:
    """The days on which an answer may change: those of rows and editions, and their eves."""
    days = {published(one) for one in papers}
    for one in papers:
        days |= {day.day for row in one.rows if (day := WarekiDate.read(row.date)) is not None}
    return days | {day - timedelta(days=1) for day in days} | {date(2017, 1, 1)}


@MANY
@given(histories(), DAYS, st.data())
def test_whatever_is_recorded_later_changes_no_answer_for_a_time_before(
    events: list[AnyEvent], on: date, data: st.DataObject
) -> None:
    """For a fixed known-at: editions, changes, corrections and decisions of later change nothing."""
    log = entries(*events)
    until = data.draw(st.integers(1, len(log)))
    then = assessment(log, log[until - 1].recorded_at)
    assert document_as_of(then, on) == document_as_of(assessment(log[:until]), on)


@MANY
@given(histories(), DAYS)
def test_a_decision_leaves_the_answer_of_before_as_it_was(events: list[AnyEvent], on: date) -> None:
    """Known at a time before a correction, a retraction or an interpretation, the old answer stands."""
    log = entries(*events)
    for nth, entry in enumerate(log):
        if isinstance(entry.event, ChangeCorrected | ChangeRetracted | RowInterpreted):
            before = log[nth - 1].recorded_at
            assert document_as_of(assessment(log, before), on) == document_as_of(assessment(log[:nth]), on)


@MANY
@given(editions(least=2), st.data())
def test_a_further_edition_never_turns_one_known_value_into_another(
    papers: list[PublishedEdition], data: st.DataObject
) -> None:
    """New evidence fills in what was not known, or makes what was known partial.

    On the days up to the last 公表日 known before; the new 公表日 apart, on which the new body is known, and
    rows with a planned day apart, which the new edition may show to have taken effect before it.
    """
    assume(not any(map(plans_ahead, papers)))
    new = data.draw(st.sampled_from(papers))
    old = [one for one in papers if one is not new]
    before, after = known_by(*old), known_by(*papers)
    last = max(published(one) for one in old)
    for day in telling_days(*papers):
        if day > last or day == published(new):
            continue
        now = known(document_as_of(after, day))
        for path, reading in known(document_as_of(before, day)).items():
            if reading.known:
                said = now.get(path)  # a body that lacks the item may leave it out
                assert said is None or not said.known or agree(said.value, reading.value), (
                    day,
                    reading,
                    said,
                )


@MANY
@given(editions(), st.sampled_from(PLACES), WORDS, WORDS, st.dates(date(2017, 6, 1), date(2024, 3, 31)))
def test_a_backdated_recording_never_turns_one_known_value_into_another(
    papers: list[PublishedEdition], place: str, was: str, after: str, on: date
) -> None:
    """What is recorded here for a day before the last 公表日 is held against what was published."""
    events = received(*papers)
    last = max(published(one) for one in papers)
    told = assessment(entries(*events))
    claimed = assessment(entries(*events, recorded(place, was, after, on.isoformat())))
    for day in {*telling_days(*papers), on, on - timedelta(days=1)}:
        if day >= last or on >= last:
            continue
        now = known(document_as_of(claimed, day))
        for path, reading in known(document_as_of(told, day)).items():
            if reading.known:
                assert not now[path].known or agree(now[path].value, reading.value), (day, reading, now[path])


@MANY
@given(editions())
def test_on_its_day_every_edition_says_what_its_body_says(papers: list[PublishedEdition]) -> None:
    """As of a 公表日 the document is the edition, on either basis, whatever other editions and rows say."""
    for basis in Basis:
        for one in papers:
            shown = document_as_of(known_by(*papers), published(one), basis)
            for printed in one.items:
                assert says(shown, str(printed.path)) == (printed.value, Certainty.KNOWN)


@MANY
@given(editions(least=2), DAYS, st.data())
def test_the_order_in_which_editions_are_taken_in_does_not_matter(
    papers: list[PublishedEdition], on: date, data: st.DataObject
) -> None:
    """Any order of import gives the same values, certainties, rivals and days."""
    other = data.draw(st.permutations(papers))

    def told(document: Document) -> list[object]:
        return [(i.path, i.reading, i.since, i.floor, i.to_come) for i in document.items]

    one = document_as_of(assessment(entries(*received(*papers))), on)
    assert told(document_as_of(assessment(entries(*received(*other))), on)) == told(one)


STATES = st.lists(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6), min_size=2, max_size=7)


@MANY
@given(STATES, st.data())
def test_folding_back_what_was_folded_forward_gives_every_state_again(
    states: list[str], data: st.DataObject
) -> None:
    """Where all rows are full, the last body alone, and any earlier edition beside it, prove every state."""
    rows = tuple(
        (f"令和{n}年4月2日", WORK, before, after)
        for n, (before, after) in enumerate(pairwise(states), start=1)
    )
    newest = paper(item(WORK, states[-1]), rows=rows, published="令和8年4月1日")
    n = data.draw(st.integers(1, len(states)))
    then = paper(item(WORK, states[n - 1]), rows=rows[: n - 1], published=f"令和{n}年4月1日")
    for told in (known_by(newest), known_by(then, newest)):
        for year, state in enumerate(states, start=1):
            for day in (date(2018 + year, 4, 1), date(2018 + year, 3, 31)):
                if day >= told.anchors[0].published or told.anchors[0].closed:
                    assert says(document_as_of(told, day), WORK) == (state, "known")


@MANY
@given(editions(), DAYS)
def test_every_reading_gives_its_reason(papers: list[PublishedEdition], on: date) -> None:
    """What is not known says why; what is known has a value and rests on an edition or a row."""
    for reading in known(document_as_of(known_by(*papers), on)).values():
        assert reading.reason
        if reading.known:
            assert reading.value is not None
            assert reading.rests_on
