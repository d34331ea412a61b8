"""Tiny editions, and ledgers of them, for the tests of the read side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from ledger.events import AnyEvent, AssessmentRegistered, EditionReceived, Entry, ItemChanged
from ledger.form import form3
from ledger.item_path import ItemPath
from ledger.published import (
    Boxes,
    ChangeRow,
    Header,
    PrintedItem,
    PublishedEdition,
    TableState,
)
from projections.documents import Document, StatedItem
from projections.editions import Anchor, Assessment
from projections.findings import Finding
from projections.readings import Value
from projections.validator import validate

STREAM = UUID(int=7)
FIRST_RECORDING = datetime(2026, 4, 1, 9, tzinfo=UTC)
PUBLISHED = "令和6年10月1日"
EXEMPT = "重要な変更に該当しない"
NUMBER = "II/4/委託の有無/件"

Cells = tuple[str, ...]


def stated(path: str, value: str | Boxes, doubt: str = "") -> PrintedItem:
    """One item of a body, by its canonical path."""
    place = ItemPath.parse(path)
    found = form3().locate(place)
    assert found is not None, path
    item, number = found
    assert item.kind is not None, path
    return PrintedItem(place, item.key_at(number), item.kind, value, 1, doubt)


def table(*rows: Cells) -> tuple[ChangeRow, ...]:
    """Change rows: 変更日, 項目, 変更前, 変更後, and where it matters 提出時期 and its explanation."""
    found = []
    for no, (day, item, before, after, *rest) in enumerate(rows, start=1):
        timing, explanation = (*rest, *("事後", EXEMPT)[len(rest) :])
        found.append(ChangeRow(no, day, item, before, after, timing, explanation, no))
    return tuple(found)


def paper(
    *items: PrintedItem,
    rows: tuple[Cells, ...] = (),
    published: str = PUBLISHED,
    state: TableState | None = None,
) -> PublishedEdition:
    """A published edition that says *items*; the state of its table follows from *rows* unless given."""
    return PublishedEdition(
        form="様式3",
        reader="outline/1",
        header=Header("7", "介護保険に関する事務", "霞野市長", published),
        items=items,
        table=state or (TableState.ROWS if rows else TableState.EMPTY),
        rows=table(*rows),
        unassigned=(),
        characters=0,
        assigned=0,
    )


def known_by(*papers: PublishedEdition) -> Assessment:
    """An assessment of which a ledger has nothing but these editions, in the order of 公表日."""
    title = papers[-1].header.title if papers else ""
    return Assessment(tuple(Anchor.of(one) for one in papers), (), title)


def received(*papers: PublishedEdition) -> list[AnyEvent]:
    """The events that taking in *papers* records."""
    events: list[AnyEvent] = [
        AssessmentRegistered(
            STREAM,
            1,
            body="霞野市長",
            number="7",
            title="介護保険に関する事務",
            form="様式3",
            form_edition="",
        )
    ]
    for nth, one in enumerate(papers, start=1):
        source = f"{nth:064x}"
        events.append(
            EditionReceived(
                STREAM,
                0,
                publication_date=one.header.publication_date,
                sha256=source,
                file_name=f"{nth}.txt",
                form=one.form,
                reader=one.reader,
                header=one.header,
                items=one.items,
                table=one.table,
                rows=len(one.rows),
                unassigned=one.unassigned,
                characters=one.characters,
                assigned=one.assigned,
            )
        )
        events.extend(
            _changed(
                source=source,
                no=row.no,
                change_date=row.date,
                item_text=row.item_text,
                before=row.before,
                after=row.after,
                timing=row.timing,
                explanation=row.explanation,
            )
            for row in one.rows
        )
    return events


def recorded(path: str, before: str, after: str, on: str, revision: str = "r-1") -> ItemChanged:
    """A change that somebody recorded by hand."""
    return _changed(path=path, before=before, after=after, change_date=on, revision=revision, timing="事後")


def _changed(  # the stored fields of ItemChanged, blank unless given
    *,
    source: str = "",
    no: int = 0,
    change_date: str = "",
    item_text: str = "",
    before: str = "",
    after: str = "",
    timing: str = "",
    explanation: str = EXEMPT,
    path: str = "",
    revision: str = "",
) -> ItemChanged:
    return ItemChanged(
        STREAM,
        0,
        source=source,
        no=no,
        change_date=change_date,
        item_text=item_text,
        before=before,
        after=after,
        timing=timing,
        explanation=explanation,
        path=path,
        revision=revision,
        actual_day="",
    )


def entries(*events: AnyEvent) -> list[Entry]:
    """Events of one stream as a ledger holds them, recorded one an hour."""
    return [
        Entry(
            replace(event, originator_version=sequence),
            sequence,
            FIRST_RECORDING + timedelta(hours=sequence),
            "霞野 花子",
        )
        for sequence, event in enumerate(events, start=1)
    ]


def at(document: Document, path: str) -> StatedItem:
    """The item of a document at a canonical path."""
    return next(item for item in document.items if str(item.path) == path)


def says(document: Document, path: str) -> tuple[Value | None, str]:
    """What an item of a document says, and how certain that is."""
    reading = at(document, path).reading
    return reading.value, str(reading.certainty)


def day(text: str) -> date:
    """A day in ISO notation."""
    return date.fromisoformat(text)


def one(path: str, body: str | Boxes, *rows: Cells) -> PublishedEdition:
    """An edition of one item and the rows on it."""
    return paper(stated(path, body), rows=tuple((on, path, *rest) for on, *rest in rows))


def contracts(count: str, *numbers: int, name: str = "保守") -> PublishedEdition:
    """An edition that counts its 委託事項 and fills these."""
    blocks = (stated(f"II/4/委託事項{n}", name) for n in numbers)
    return paper(stated(NUMBER, count), *blocks, stated("II/6/保管場所", "書庫"))


def found(edition: PublishedEdition, rule: str) -> list[Finding]:
    return [finding for finding in validate(edition).findings if finding.rule == rule]
