"""Small streams for the tests of the store: an assessment, and one change of it."""

from __future__ import annotations

from datetime import UTC, datetime

from ledger.assessment import Assessment
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.storage import Ledger

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
BY = "霞野 花子"
PATH = ItemPath(("I", "6", "①部署"))


def assessment(
    number: str = "12", body: str = "霞野市長", title: str = "住民基本台帳に関する事務"
) -> Assessment:
    """An assessment with its registration pending."""
    printed = PrintedIdentity(body, number, title)
    return Assessment.register(printed, form_edition="")


def change(ledger: Ledger, saved: Assessment, after: str) -> list[int]:
    """Record one change of an assessment; the sequences that it got."""
    saved.change(PATH, "市民課", after, revision="r1")
    return [entry.sequence for entry in ledger.save(saved, by=BY)]
