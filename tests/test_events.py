"""The stored form of events: pinned, because what is stored outlives the classes; and read back equal."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from uuid import UUID

import pytest
from eventsourcing.persistence import (
    MapperDeserialisationError,
    StoredEvent,
    TranscodingNotRegisteredError,
)
from hypothesis import given
from hypothesis import strategies as st

from ledger.content import Content
from ledger.events import (
    EVENTS,
    AnyEvent,
    AssessmentEnded,
    AssessmentIdentified,
    AssessmentRegistered,
    AssessmentReviewed,
    ChangeCorrected,
    ChangeRetracted,
    EditionPublished,
    EditionReceived,
    EditionReread,
    Entry,
    FindingAccepted,
    FindingReopened,
    ItemChanged,
    RevisionApproved,
    RevisionSubmitted,
    RowInterpreted,
    TextWithheld,
    WithheldLine,
)
from ledger.item_path import ItemPath
from ledger.published import Boxes, Header, ItemKind, Passage, PrintedItem, TableState
from ledger.serialising import CanonicalTranscoder, LedgerMapper
from ledger.stored import FORMAT
from tests.editions import MEDIA, NAME

STREAM = UUID(int=1)
MAPPER = LedgerMapper(CanonicalTranscoder())


@dataclass(frozen=True)
class Pin:
    """A sample of a kind of event, and exactly what is stored of it."""

    sample: AnyEvent
    name: str
    fields: str
    stored: str


PINS = [
    Pin(
        AssessmentRegistered(
            STREAM,
            1,
            body="霞野市長",
            number="12",
            title="住民基本台帳に関する事務",
            form="様式3",
            form_edition="",
        ),
        "kaitei.assessment-registered",
        "body number title form form_edition municipality_code",
        '{"body":"霞野市長","form":"様式3","form_edition":"","municipality_code":"","number":"12",'
        '"title":"住民基本台帳に関する事務"}',
    ),
    Pin(
        AssessmentIdentified(
            STREAM, 2, body="霞野市長", number="15", title="住民票の事務", why="番号の付け直し"
        ),
        "kaitei.assessment-identified",
        "body number title why",
        '{"body":"霞野市長","number":"15","title":"住民票の事務","why":"番号の付け直し"}',
    ),
    Pin(
        EditionReceived(
            STREAM,
            3,
            publication_date="令和6年4月1日",
            sha256="5e",
            file_name="霞野.txt",
            form="様式3",
            reader="outline/1",
            header=Header("12", "住民基本台帳に関する事務", "霞野市長", "令和6年4月1日"),
            items=(NAME, MEDIA),
            table=TableState.ROWS,
            rows=1,
            unassigned=(Passage(3, "しおり"),),
            characters=200,
            assigned=197,
        ),
        "kaitei.edition-received",
        "publication_date sha256 file_name form reader header items table rows unassigned"
        " characters assigned",
        '{"assigned":197,"characters":200,"file_name":"霞野.txt","form":"様式3",'
        '"header":{"_data_":{"body":"霞野市長","form_edition":"","number":"12",'
        '"publication_date":"令和6年4月1日","special_notes":"","title":"住民基本台帳に関する事務"},'
        '"_type_":"header"},'
        '"items":{"_data_":[{"_data_":{"doubt":"","key":"I.1.1","kind":"text","line":9,'
        '"path":["","I","1","①事務の名称"],"value":"住民基本台帳に関する事務"},"_type_":"item"},'
        '{"_data_":{"doubt":"印が読み取れない","key":"II.3.2","kind":"checkbox","line":31,'
        '"path":["送付先情報ファイル","II","3","②入手方法"],'
        '"value":{"_data_":{"checked":["紙"],"other_text":"窓口","unchecked":["電子メール","専用線"],'
        '"unreadable":[]},"_type_":"boxes"}},"_type_":"item"}],"_type_":"tuple"},'
        '"publication_date":"令和6年4月1日","reader":"outline/1","rows":1,"sha256":"5e",'
        '"table":{"_data_":"rows","_type_":"table_state"},'
        '"unassigned":{"_data_":[{"_data_":{"line":3,"place":"","text":"しおり"},"_type_":"passage"}],'
        '"_type_":"tuple"}}',
    ),
    Pin(
        EditionReread(
            STREAM,
            4,
            publication_date="令和6年4月1日",
            sha256="5e",
            form="様式3",
            reader="outline/2",
            header=Header("12", "住民基本台帳に関する事務", "霞野市長", "令和6年4月1日"),
            items=(NAME,),
            table=TableState.ROWS,
            rows=(1, 0),
            unassigned=(Passage(3, "しおり", "シート「表紙」3行"),),
            characters=200,
            assigned=197,
        ),
        "kaitei.edition-reread",
        "publication_date sha256 form reader header items table rows unassigned characters assigned",
        '{"assigned":197,"characters":200,"form":"様式3",'
        '"header":{"_data_":{"body":"霞野市長","form_edition":"","number":"12",'
        '"publication_date":"令和6年4月1日","special_notes":"","title":"住民基本台帳に関する事務"},'
        '"_type_":"header"},'
        '"items":{"_data_":[{"_data_":{"doubt":"","key":"I.1.1","kind":"text","line":9,'
        '"path":["","I","1","①事務の名称"],"value":"住民基本台帳に関する事務"},"_type_":"item"}],'
        '"_type_":"tuple"},'
        '"publication_date":"令和6年4月1日","reader":"outline/2",'
        '"rows":{"_data_":[1,0],"_type_":"tuple"},"sha256":"5e",'
        '"table":{"_data_":"rows","_type_":"table_state"},'
        '"unassigned":{"_data_":[{"_data_":{"line":3,"place":"シート「表紙」3行","text":"しおり"},'
        '"_type_":"passage"}],"_type_":"tuple"}}',
    ),
    Pin(
        ItemChanged(
            STREAM,
            5,
            source="5e",
            no=1,
            change_date="令和5年4月3日",
            item_text="I-6①部署",
            before="市民課",
            after="市民\n窓口課",
            timing="事後",
            explanation="組織の改正",
            path="",
            revision="",
            actual_day="",
        ),
        "kaitei.item-changed",
        "source no change_date item_text before after timing explanation path revision actual_day",
        '{"actual_day":"","after":"市民\\n窓口課","before":"市民課","change_date":"令和5年4月3日",'
        '"explanation":"組織の改正","item_text":"I-6①部署","no":1,"path":"","revision":"","source":"5e",'
        '"timing":"事後"}',
    ),
    Pin(
        RowInterpreted(
            STREAM, 6, interprets=5, path="I/6/①部署", change_date="令和5年4月3日", why="前後の行による"
        ),
        "kaitei.row-interpreted",
        "interprets path change_date why",
        '{"change_date":"令和5年4月3日","interprets":5,"path":"I/6/①部署","why":"前後の行による"}',
    ),
    Pin(
        ChangeCorrected(
            STREAM,
            7,
            corrects=5,
            change_date="令和5年4月3日",
            item_text="I-6①部署",
            before="市民課",
            after="窓口課",
            timing="事前",
            explanation="組織の改正",
            path="",
            why="読取りの誤り",
        ),
        "kaitei.change-corrected",
        "corrects change_date item_text before after timing explanation path why",
        '{"after":"窓口課","before":"市民課","change_date":"令和5年4月3日","corrects":5,'
        '"explanation":"組織の改正","item_text":"I-6①部署","path":"","timing":"事前","why":"読取りの誤り"}',
    ),
    Pin(
        ChangeRetracted(STREAM, 8, retracts=5, why="二重の記録"),
        "kaitei.change-retracted",
        "retracts why",
        '{"retracts":5,"why":"二重の記録"}',
    ),
    Pin(
        FindingAccepted(
            STREAM, 9, finding="chain-break-4c43e99a", message="行2と行6がつながりません", why="確認済み"
        ),
        "kaitei.finding-accepted",
        "finding message why",
        '{"finding":"chain-break-4c43e99a","message":"行2と行6がつながりません","why":"確認済み"}',
    ),
    Pin(
        FindingReopened(STREAM, 10, finding="chain-break-4c43e99a", why="やはり確かめる"),
        "kaitei.finding-reopened",
        "finding why",
        '{"finding":"chain-break-4c43e99a","why":"やはり確かめる"}',
    ),
    Pin(
        AssessmentReviewed(STREAM, 11, day="令和8年4月1日", why="変更すべき点はない", undone=False),
        "kaitei.assessment-reviewed",
        "day why undone",
        '{"day":"令和8年4月1日","undone":false,"why":"変更すべき点はない"}',
    ),
    Pin(
        AssessmentEnded(STREAM, 12, day="2026-03-31", why="終了の記録の誤り", undone=True),
        "kaitei.assessment-ended",
        "day why undone",
        '{"day":"2026-03-31","undone":true,"why":"終了の記録の誤り"}',
    ),
    Pin(
        RevisionApproved(STREAM, 13, revision="r-1", day="令和8年4月2日", why="起案第5号", undone=False),
        "kaitei.revision-approved",
        "revision day why undone",
        '{"day":"令和8年4月2日","revision":"r-1","undone":false,"why":"起案第5号"}',
    ),
    Pin(
        RevisionSubmitted(
            STREAM,
            14,
            revision="r-1",
            kind="修正",
            day="2026-04-03",
            receipt="第12号",
            why="",
            undone=False,
        ),
        "kaitei.revision-submitted",
        "revision kind day receipt why undone",
        '{"day":"2026-04-03","kind":"修正","receipt":"第12号","revision":"r-1","undone":false,"why":""}',
    ),
    Pin(
        EditionPublished(
            STREAM,
            15,
            publication_date="令和8年4月10日",
            revisions=("r-1", "組織改正"),
            change_date="2026-04-01",
            why="掲載の誤り",
            undone=True,
        ),
        "kaitei.edition-published",
        "publication_date revisions change_date why undone",
        '{"change_date":"2026-04-01","publication_date":"令和8年4月10日",'
        '"revisions":{"_data_":["r-1","組織改正"],"_type_":"tuple"},"undone":true,"why":"掲載の誤り"}',
    ),
    Pin(
        TextWithheld(
            STREAM, 16, lines=(WithheldLine(3, 7, "c0"),), sources=("5e",), why="氏名を誤って公表したため"
        ),
        "kaitei.text-withheld",
        "lines sources why",
        '{"lines":{"_data_":[{"_data_":{"line":7,"now":"c0","version":3},"_type_":"withheld_line"}],'
        '"_type_":"tuple"},"sources":{"_data_":["5e"],"_type_":"tuple"},"why":"氏名を誤って公表したため"}',
    ),
]
BY_KIND = [pytest.param(pin, id=type(pin.sample).__name__) for pin in PINS]

LIBRARY = {"originator_id", "originator_version", "timestamp", "originator_topic"}


def test_every_kind_is_pinned() -> None:
    assert [type(pin.sample) for pin in PINS] == list(EVENTS)


@pytest.mark.parametrize("pin", BY_KIND)
def test_the_stored_form_is_as_pinned(pin: Pin) -> None:
    stored = MAPPER.to_stored_event(pin.sample)
    assert FORMAT == 2  # a change below needs a new format, once there is a version 1.0
    assert stored.topic == type(pin.sample).TOPIC == pin.name
    assert [f.name for f in fields(pin.sample) if f.name not in LIBRARY] == pin.fields.split()
    assert stored.state.decode().replace(",\n", ",") == pin.stored


def test_every_field_and_every_member_of_a_tuple_has_a_line() -> None:
    (received,) = (pin.sample for pin in PINS if isinstance(pin.sample, EditionReceived))
    lines = MAPPER.to_stored_event(received).state.decode().split("\n")
    begin = [line[:22] for line in lines]
    assert begin == [
        '{"assigned":197,',
        '"characters":200,',
        '"file_name":"霞野.txt",',
        '"form":"様式3",',
        '"header":{"_data_":{"b',
        '"items":{"_data_":[{"_',
        '{"_data_":{"doubt":"印が',
        '"publication_date":"令和',
        '"reader":"outline/1",',
        '"rows":1,',
        '"sha256":"5e",',
        '"table":{"_data_":"row',
        '"unassigned":{"_data_"',
    ]
    assert Content("佐藤", "\n".join(lines), "").fields == [
        "", "assigned", "characters", "file_name", "form", "header", "items", "items", "publication_date",
        "reader", "rows", "sha256", "table", "unassigned",
    ]  # fmt: skip


@pytest.mark.parametrize("pin", BY_KIND)
def test_what_was_stored_long_ago_is_read_back(pin: Pin) -> None:
    stored = StoredEvent(STREAM, pin.sample.originator_version, pin.name, pin.stored.encode())
    assert MAPPER.to_domain_event(stored) == pin.sample


WORDS = st.text(max_size=8)
NUMBERS = st.integers(min_value=0, max_value=10**9)
LABELS = st.lists(WORDS, max_size=3).map(tuple)
BOXES = st.builds(Boxes, LABELS, LABELS, LABELS, WORDS)
PATHS = st.builds(ItemPath, st.lists(WORDS, min_size=1, max_size=4).map(tuple), WORDS)
ITEMS = st.builds(
    PrintedItem, PATHS, WORDS, st.sampled_from(ItemKind), st.one_of(WORDS, BOXES), NUMBERS, WORDS
)
HEADERS = st.builds(Header, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)
PASSAGES = st.builds(Passage, NUMBERS, WORDS)
RECEIVED = st.builds(
    EditionReceived,
    st.uuids(),
    NUMBERS,
    publication_date=WORDS,
    sha256=WORDS,
    file_name=WORDS,
    form=WORDS,
    reader=WORDS,
    header=HEADERS,
    items=st.lists(ITEMS, max_size=3).map(tuple),
    table=st.sampled_from(TableState),
    rows=NUMBERS,
    unassigned=st.lists(PASSAGES, max_size=2).map(tuple),
    characters=NUMBERS,
    assigned=NUMBERS,
)


@given(RECEIVED)
def test_an_edition_comes_back_equal_and_of_the_same_types(event: EditionReceived) -> None:
    """Storing and loading gives an equal event, down to tuples and choices, and the same bytes again."""
    stored = MAPPER.to_stored_event(event)
    loaded = MAPPER.to_domain_event(stored)
    assert loaded == event
    assert repr(loaded) == repr(event)  # a str equals a StrEnum, but is not written like one
    assert MAPPER.to_stored_event(loaded) == stored


VALUE = [
    pytest.param(ItemKind.DATE, id="a kind of item"),
    pytest.param(TableState.EMPTY, id="a state of the table"),
    pytest.param(ItemPath(("I", "a/b]"), "[f]"), id="a path with separators in its labels"),
    pytest.param((("a",), ()), id="tuples in tuples"),
    pytest.param({"a": [True, None]}, id="what JSON knows itself"),
]


@pytest.mark.parametrize("value", VALUE)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    transcoder = CanonicalTranscoder()
    loaded = transcoder.decode(transcoder.encode(value))
    assert loaded == value
    assert type(loaded) is type(value)


def test_a_value_without_a_stored_form_is_refused() -> None:
    with pytest.raises(TranscodingNotRegisteredError):
        CanonicalTranscoder().encode({"share": 0.5})


STRANGERS = [
    pytest.param("os:getcwd", "{}", id="the path of some function"),
    pytest.param("kaitei.from-the-future", "{}", id="a kind this program does not know"),
    pytest.param("kaitei.assessment-identified", '{"body":"霞野市長"}', id="a field is missing"),
    pytest.param("kaitei.item-changed", '{"colour":"red"}', id="a field too many"),
    pytest.param("kaitei.item-changed", "{", id="no JSON"),
]


@pytest.mark.parametrize(("name", "stored"), STRANGERS)
def test_what_is_not_ours_is_not_loaded(name: str, stored: str) -> None:
    with pytest.raises(MapperDeserialisationError):
        MAPPER.to_domain_event(StoredEvent(STREAM, 1, name, stored.encode()))


def test_an_entry_is_named_by_its_sequence() -> None:
    entry = Entry(PINS[0].sample, 7, datetime(2026, 4, 1, tzinfo=UTC), "霞野 花子")
    assert entry.event_id == "e7"
