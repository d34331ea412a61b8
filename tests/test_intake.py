"""Taking in documents: which assessment one belongs to, and that it is recorded whole and once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.errors import ConcurrentChange, UnknownAssessment, UnreadableSource, WrongAssessment
from ledger.events import AssessmentIdentified, AssessmentRegistered, EditionReceived, ItemChanged
from ledger.intake import Intake, take_in
from ledger.published import PublishedEdition
from ledger.recorder import Source
from ledger.storage import Ledger, open_ledger
from tests.editions import edition

BY = "霞野 花子"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """A new ledger in memory."""
    with open_ledger("sqlite://", create=True) as ledger:
        yield ledger


def take(ledger: Ledger, data: bytes, taken: PublishedEdition, *, same_as: str = "") -> Intake:
    """Take in an edition."""
    return take_in(ledger, data, "霞野.txt", taken, by=BY, same_as=same_as)


def kinds(ledger: Ledger) -> list[type]:
    """The kinds of all events, in order."""
    return [type(entry.event) for entry in ledger.all_entries()]


def test_the_first_document_registers_its_assessment(ledger: Ledger) -> None:
    intake = take(ledger, b"first", edition())
    assert (intake.ref, intake.new_events, intake.already_known) == ("霞野市長/12", 3, False)
    assert kinds(ledger) == [AssessmentRegistered, EditionReceived, ItemChanged]
    assert ledger.find("霞野市長/12") == intake.identity
    assert ledger.get(intake.assessment_id).form == "様式3"
    assert ledger.source(Source(b"first", "").sha256) == b"first"


def test_the_same_document_again_records_nothing(ledger: Ledger) -> None:
    first = take(ledger, b"first", edition())
    again = take(ledger, b"first", edition(title="別の読み取り"))
    assert again == Intake(first.identity, new_events=0, already_known=True)
    assert len(kinds(ledger)) == 3


def test_a_later_edition_joins_its_assessment(ledger: Ledger) -> None:
    take(ledger, b"first", edition())
    later = take(ledger, b"later", edition(number="１２", publication_date="令和7年4月1日"))
    assert (later.ref, later.new_events, later.already_known) == ("霞野市長/12", 2, False)
    assert AssessmentIdentified not in kinds(ledger)


def test_a_cover_that_says_more_is_recorded_as_another_identity(ledger: Ledger) -> None:
    take(ledger, b"first", edition())
    later = take(ledger, b"later", edition(body="埼玉県霞野市長", title="住民票に関する事務"))
    assert kinds(ledger)[3:] == [AssessmentIdentified, EditionReceived, ItemChanged]
    assert later.ref == "霞野市長/12"
    assert ledger.find("住民票").assessment_id == later.assessment_id


def test_another_number_and_title_is_another_assessment(ledger: Ledger) -> None:
    first = take(ledger, b"first", edition())
    other = take(ledger, b"other", edition(number="13", title="児童手当に関する事務"))
    assert other.assessment_id != first.assessment_id


def test_a_document_that_resembles_a_known_one_asks_which_it_is(ledger: Ledger) -> None:
    take(ledger, b"first", edition())
    with pytest.raises(WrongAssessment) as caught:
        take(ledger, b"renumbered", edition(number="15"))
    assert caught.value.where == "霞野.txt"
    assert "--as 霞野市長/12" in caught.value.remedy
    assert "--as 霞野市長/15" in caught.value.remedy
    assert len(kinds(ledger)) == 3


def test_it_may_be_the_known_one_under_another_number(ledger: Ledger) -> None:
    first = take(ledger, b"first", edition())
    renumbered = take(ledger, b"renumbered", edition(number="15"), same_as="霞野市/12")
    assert renumbered.assessment_id == first.assessment_id
    assert renumbered.new_events == 3
    assert kinds(ledger)[3:] == [AssessmentIdentified, EditionReceived, ItemChanged]
    assert take(ledger, b"next", edition(number="15")).assessment_id == first.assessment_id


def test_or_one_of_its_own(ledger: Ledger) -> None:
    first = take(ledger, b"first", edition())
    own = take(ledger, b"own", edition(number="15"), same_as="霞野市長/15")
    assert own.ref == "霞野市長/15"
    assert own.assessment_id != first.assessment_id
    assert take(ledger, b"next", edition(number="15")).assessment_id == own.assessment_id


def test_one_of_its_own_is_not_mistaken_for_a_longer_name(ledger: Ledger) -> None:
    longer = take(ledger, b"first", edition(body="東霞野市長"))
    own = take(ledger, b"own", edition(), same_as="霞野市長/12")
    assert own.assessment_id != longer.assessment_id


def test_two_municipalities_of_one_name_ask_for_the_prefecture(ledger: Ledger) -> None:
    take(ledger, b"saitama", edition(body="埼玉県霞野市長"))
    chiba = take(ledger, b"chiba", edition(body="千葉県霞野市長", title="児童手当に関する事務"))
    with pytest.raises(WrongAssessment, match="--as 埼玉県霞野市長/12 か --as 千葉県霞野市長/12"):
        take(ledger, b"unclear", edition(title="国民年金に関する事務"))
    by_title = take(ledger, b"titled", edition(title="児童手当に関する事務"))
    assert by_title.assessment_id == chiba.assessment_id


def test_a_cover_without_a_number_asks_which_it_is(ledger: Ledger) -> None:
    first = take(ledger, b"first", edition())
    with pytest.raises(UnreadableSource, match="--as"):
        take(ledger, b"lost", edition(number=""))
    told = take(ledger, b"lost", edition(number=""), same_as="12")
    assert told.assessment_id == first.assessment_id
    assert AssessmentIdentified not in kinds(ledger)


def test_a_document_belongs_to_one_assessment(ledger: Ledger) -> None:
    take(ledger, b"first", edition())
    take(ledger, b"other", edition(number="13", title="児童手当に関する事務"))
    with pytest.raises(WrongAssessment, match="すでに 霞野市長/12 の文書として"):
        take(ledger, b"first", edition(), same_as="霞野市長/13")
    assert take(ledger, b"first", edition(), same_as="霞野市長/12").already_known


def test_an_unknown_ref_registers_nothing(ledger: Ledger) -> None:
    with pytest.raises(UnknownAssessment):
        take(ledger, b"first", edition(), same_as="桜田町長/3")
    assert kinds(ledger) == []


def test_nothing_stays_of_a_document_that_could_not_be_recorded(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = take(ledger, b"first", edition())
    stale = ledger.get(first.assessment_id)
    take(ledger, b"second", edition())
    monkeypatch.setattr(ledger, "get", lambda _: stale)  # somebody else was faster
    with pytest.raises(ConcurrentChange):
        take(ledger, b"third", edition())
    monkeypatch.undo()
    assert len(kinds(ledger)) == 5
    assert ledger.holder(Source(b"third", "").sha256) is None
    assert take(ledger, b"third", edition()).new_events == 2


def test_a_file_name_that_is_no_text_is_recorded_all_the_same(ledger: Ledger) -> None:
    name = b"\x8f\x5a.txt".decode(errors="surrogateescape")  # Shift_JIS from a Windows archive
    taken = take_in(ledger, b"first", name, edition(), by=BY)
    assert taken.new_events == 3
