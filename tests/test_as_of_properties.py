"""What holds of every history: determinism, the past left alone, the body on its day of publication."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.published import PublishedEdition
from projections.as_of import document_as_of
from projections.documents import Basis
from projections.editions import assessment
from projections.readings import Certainty, agree
from tests.papers import Cells, at, entries, known_by, paper, received, recorded, says
from tests.papers import stated as item

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
WORK = "I/1/②事務の内容"
FIRST_DAY = "V/1/①実施日"
LIST = "別添1/特定個人情報ファイル記録項目"
PLACES = (OFFICE, HEAD, WORK, LIST, FIRST_DAY, "III/7/その他の措置の内容")
WORDS = st.one_of(
    st.text("甲乙丙丁戊己庚辛。", min_size=1, max_size=10),
    st.sampled_from(["－", "", "略", "略\n甲乙丙", "「甲」を追加。", "（略）丁", "令和2年8月14日", "[○] 甲"]),
)
PRINTED_DAYS = st.one_of(
    st.dates(date(2016, 1, 1), date(2025, 12, 31)).map(date.isoformat),
    st.sampled_from(["", "〃", "同上", "某日"]),
)
DATED = st.dates(date(2016, 1, 1), date(2024, 10, 1)).map(date.isoformat)
DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))


@st.composite
def papers(draw: st.DrawFn, days: st.SearchStrategy[str] = PRINTED_DAYS) -> PublishedEdition:
    """Any edition: some items, some of them lost, and a table that may contradict all of them."""
    places = draw(st.lists(st.sampled_from(PLACES), unique=True, min_size=1))
    items = [item(place, draw(WORDS)) for place in places]
    rows: st.SearchStrategy[Cells] = st.tuples(days, st.sampled_from(PLACES), WORDS, WORDS)
    return paper(*items, rows=tuple(draw(st.lists(rows, max_size=6))))


@given(papers(), DAYS)
def test_replay_is_deterministic(edition: PublishedEdition, on: date) -> None:
    """The same entries always give the same document."""
    log = entries(*received(edition))
    assert document_as_of(assessment(log), on) == document_as_of(assessment(list(log)), on)


@given(papers())
def test_on_its_day_of_publication_a_document_says_what_its_body_says(edition: PublishedEdition) -> None:
    """Whatever the rows say, the body is what was published, on either basis."""
    known = known_by(edition)
    for basis in Basis:
        shown = document_as_of(known, known.anchors[0].published, basis)
        for printed in edition.items:
            assert says(shown, str(printed.path)) == (printed.value, "known")


@given(papers(), DAYS, st.integers(1, 2000), WORDS)
def test_what_is_recorded_for_a_later_day_leaves_the_document_of_a_day_alone(
    edition: PublishedEdition, on: date, later: int, after: str
) -> None:
    """Adding a change dated after a day never changes what the document said on that day."""
    log = received(edition)
    place = str(edition.items[0].path)
    published = known_by(edition).anchors[0].published
    when = (max(on, published) + timedelta(days=later)).isoformat()
    before = document_as_of(assessment(entries(*log)), on)
    now = document_as_of(assessment(entries(*log, recorded(place, "前", after, when))), on)
    assert [(i.path, i.reading.value, i.reading.certainty, i.reading.rivals, i.since) for i in now.items] == [
        (i.path, i.reading.value, i.reading.certainty, i.reading.rivals, i.since) for i in before.items
    ]


@given(papers(), papers(), DAYS)
def test_what_is_recorded_later_changes_no_answer_for_a_time_before(
    first: PublishedEdition, second: PublishedEdition, on: date
) -> None:
    """For a fixed time of knowing, taking in another document changes nothing."""
    log = received(first)
    then = entries(*log)[-1].recorded_at
    longer = entries(*log, *received(second)[1:])
    assert document_as_of(assessment(longer, then), on) == document_as_of(assessment(entries(*log)), on)


@given(papers(), DAYS)
def test_every_reading_gives_its_reason_and_what_is_known_has_a_value(
    edition: PublishedEdition, on: date
) -> None:
    """A document never leaves open why it says what it says, and says nothing where nothing is known."""
    for shown in document_as_of(known_by(edition), on).items:
        assert shown.reading.reason
        if shown.reading.certainty is Certainty.KNOWN:
            assert shown.reading.value is not None
        if shown.reading.certainty is Certainty.UNKNOWN:
            assert shown.reading.value is None


@given(papers(DATED), DAYS)
def test_two_copies_of_an_edition_say_no_more_than_one(edition: PublishedEdition, on: date) -> None:
    """Between a body and the same body published again, nothing contradicts it."""
    again = paper(
        *edition.items,
        rows=tuple((r.date, r.item_text, r.before, r.after) for r in edition.rows),
        published="令和7年10月1日",
    )
    shown = document_as_of(known_by(edition, again), max(on, known_by(edition).anchors[0].published))
    for printed in edition.items:
        assert agree(at(shown, str(printed.path)).reading.value, printed.value)
