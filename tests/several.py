"""Several assessments in memory, for the tests of what is asked across all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ledger.form import form3
from ledger.identity import Identity, PrintedIdentity, stream_id
from ledger.published import Boxes, PrintedItem, PublishedEdition
from projections.across import HeldWhole, held_on
from tests.papers import Cells, known_by, paper, stated

BODY = "霞野市長"
KINDS = tuple(option.label for option in form3()["I.2.system[n].3"].options)


def identity_of(edition: PublishedEdition) -> Identity:
    """The identity that the cover of an edition prints."""
    printed = PrintedIdentity.of(edition)
    return Identity(stream_id(printed), printed.form, (printed,))


def numbered(edition: PublishedEdition, number: str, body: str = BODY) -> PublishedEdition:
    """The same edition, of another assessment."""
    return replace(edition, header=replace(edition.header, number=number, body=body))


def held(*editions: PublishedEdition, day: date | None = None) -> tuple[HeldWhole, ...]:
    """One assessment for each of the editions, on a day."""
    return held_on([(identity_of(one), known_by(one)) for one in editions], day)


def ticked(*labels: str, other: str = "", unreadable: tuple[str, ...] = ()) -> Boxes:
    """The boxes of ③他のシステムとの接続, these ticked, and その他 where *other* stands behind it."""
    checked = (*labels, *(("その他",) if other else ()))
    unchecked = tuple(label for label in KINDS if label not in checked and label not in unreadable)
    return Boxes(checked, unchecked, unreadable, other)


Block = list[PrintedItem]


def system(n: int, name: str, connected: Boxes | None = None, *, functions: str = "管理する。") -> Block:
    """The block of one system."""
    group = f"I/2/システム{n}"
    return [
        stated(f"{group}/①システムの名称", name),
        stated(f"{group}/②システムの機能", functions),
        stated(f"{group}/③他のシステムとの接続", connected or ticked()),
    ]


def listing(number: str, *systems: Block, body: str = BODY, rows: tuple[Cells, ...] = ()) -> PublishedEdition:
    """An assessment that describes systems."""
    return numbered(paper(*(item for block in systems for item in block), rows=rows), number, body)
