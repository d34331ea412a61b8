"""Deciding on a row of a document with several files, where nobody but a person can say which is meant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from ledger.assessment import Assessment as Aggregate
from ledger.errors import UnknownItem
from ledger.events import AnyEvent, Entry, RowInterpreted
from ledger.identity import PrintedIdentity
from projections import deciding
from projections.as_of import document_as_of
from projections.editions import assessment
from tests.papers import day, paper, says, stated

ONE, OTHER = "II[住民ファイル]/6/保管場所", "II[送付ファイル]/6/保管場所"
PAPER = paper(
    stated(ONE, "電算室の棚に置く。"),
    stated(OTHER, "電算室の棚に置く。"),
    rows=(("令和5年4月3日", "Ⅱ－6－保管場所", "書庫に置く。", "電算室の棚に置く。"),),
)
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
ROW = 3  # the version of the row


@pytest.fixture
def aggregate() -> Aggregate:
    """An assessment that has taken in the document."""
    begun = Aggregate.register(PrintedIdentity.of(PAPER), form_edition="")
    begun.receive(PAPER, sha256="5e", file_name="霞野.txt")
    return begun


def log(aggregate: Aggregate) -> list[Entry]:
    """Everything decided so far, as if it were recorded."""
    events = cast("list[AnyEvent]", list(aggregate.pending_events))
    return [Entry(event, event.originator_version, NOON, "霞野 花子") for event in events]


def interpret(aggregate: Aggregate, item: str) -> None:
    """Decide which item the row means."""
    entries = log(aggregate)
    deciding.interpret(
        aggregate,
        assessment(entries),
        entries[ROW - 1],
        item=item,
        on=None,
        as_printed=False,
        why="原本による",
    )


def test_a_row_of_one_of_several_files_is_open_until_somebody_says_which(aggregate: Aggregate) -> None:
    before = document_as_of(assessment(log(aggregate)), day("2023-04-02"))
    assert {says(before, path)[1] for path in (ONE, OTHER)} != {"known"}
    interpret(aggregate, OTHER)
    after = document_as_of(assessment(log(aggregate)), day("2023-04-02"))
    assert says(after, OTHER) == ("書庫に置く。", "known")
    assert says(after, ONE) == ("電算室の棚に置く。", "known")
    *_, decided = aggregate.pending_events
    assert isinstance(decided, RowInterpreted)
    assert decided.path == OTHER


def test_an_item_of_several_files_is_no_answer(aggregate: Aggregate) -> None:
    with pytest.raises(UnknownItem, match="どのファイルの項目か決まりません") as refused:
        interpret(aggregate, "Ⅱ－6－保管場所")
    assert refused.value.remedy == f"次から選んでください: {ONE}、{OTHER}"
    assert len(aggregate.pending_events) == ROW
