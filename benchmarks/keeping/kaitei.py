"""Kaitei, asked through its Python API as the command line asks it; no other module here knows Kaitei.

Each assessment is a received edition, empty change table and all, and revisions recorded after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.keeping.inventing import Difference, Invented, Place, Revision, Row
from benchmarks.keeping.keeper import Keeper
from benchmarks.keeping.sqlite_files import bytes_by
from ledger.assessment import Assessment as Aggregate
from ledger.form import FORM_3, form3
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.published import Header, ItemKind, PrintedItem, PublishedEdition, TableState
from ledger.recorder import Source
from ledger.storage import open_ledger
from ledger.wareki import wareki
from projections import value_text
from projections.application import Kaitei
from projections.diff import compared
from projections.documents import Document
from projections.drafting import Draft, DraftRow
from projections.listing import TableRow
from projections.naming import item_of_rows
from projections.read_models.keeper import Keeper as ReadModels
from projections.readings import Reading, Value
from projections.search import search
from projections.terms import Term
from samples.making.as_ocr_text import write_ocr_text

BY: Final = "佐藤"
_EDITION: Final = "令和7年5月 様式3"
_PARTS: Final = {
    "kaitei_events": "events",
    "kaitei_contents": "contents of the events",
    "kaitei_sources": "documents taken in",
}


class OfKaitei(Keeper):
    """A ledger on SQLite, in a warm process."""

    name = "Kaitei"
    how = (
        "an event a change with both texts, salted line by line, packed; the received document beside its "
        "events; a Merkle tree over all; read models written with the events: every item in all its versions "
        "on both clocks, the change table, an index of three characters each; every answer with certainty; "
        "WAL, `synchronous=FULL`"
    )

    @property
    def url(self) -> str:
        """The ledger."""
        return f"sqlite:///{self._file}"

    @property
    def _file(self) -> Path:
        return self.folder / "kaitei.db"

    def open(self) -> None:
        """The ledger stays open, as in a server."""
        self._kaitei = Kaitei(self.url)
        self._kaitei.__enter__()
        self._ledger = open_ledger(self.url, follower=ReadModels())

    def close(self) -> None:
        """Close both."""
        self._ledger.close()
        self._kaitei.__exit__(None, None, None)

    # --- writing --------------------------------------------------------------------------------------

    def prepare(self, ledger: Sequence[Invented]) -> None:
        """The editions as a reader would give them, with the bytes that they were read from."""
        self._editions = {one.ref: _edition(one) for one in ledger}
        self._sources = {
            ref: Source(write_ocr_text(edition).encode(), f"{ref.replace('/', '_')}.txt")
            for ref, edition in self._editions.items()
        }

    def fill(self, ledger: Sequence[Invented]) -> None:
        """One save an assessment: its edition, and all of its revisions."""
        with open_ledger(self.url, create=True, follower=ReadModels()) as kept:
            for one in ledger:
                edition, source = self._editions[one.ref], self._sources[one.ref]
                aggregate = Aggregate.register(PrintedIdentity.of(edition), form_edition=_EDITION)
                aggregate.receive(edition, sha256=source.sha256, file_name=source.file_name)
                for revision in one.revisions:
                    _decide(aggregate, revision)
                kept.save(aggregate, by=BY, source=source)

    def record(self, ref: str, revision: Revision) -> None:
        """As ``kaitei revise`` does: every row is checked against the document and the rules."""
        identity = self._kaitei.find(ref)
        rows = tuple(
            DraftRow(
                change.path,
                "",
                change.before,
                change.after,
                revision.day.isoformat(),
                change.timing,
                change.reason,
            )
            for change in revision.changes
        )
        draft = Draft(ref, revision.name, "", rows)
        self._kaitei.revise(identity, draft, where=revision.name, by=BY)

    def append(self, ref: str, revision: Revision) -> None:
        """The aggregate decides, the events are stored, and with them the read models; no rule is asked."""
        identity = self._ledger.find(ref)
        aggregate = self._ledger.get(identity.assessment_id)
        _decide(aggregate, revision)
        self._ledger.save(aggregate, by=BY)

    # --- asking ---------------------------------------------------------------------------------------

    def _document(self, ref: str, day: date | None) -> Document:
        return self._kaitei.questions.document(self._kaitei.find(ref), day)

    def document(self, ref: str, day: date | None = None) -> dict[str, str]:
        """As ``kaitei show``."""
        return {str(item.path): _said(item.reading) for item in self._document(ref, day).items}

    def history(self, ref: str, path: str) -> list[Row]:
        """As ``kaitei log --item``."""
        named = item_of_rows(path, form3())
        found = self._kaitei.questions.log(self._kaitei.find(ref), named)
        return [row for revision in found for each in revision.rows if (row := _row(each))[1] == path]

    def difference(self, ref: str, earlier: date, later: date) -> list[Difference]:
        """As ``kaitei diff``."""
        found = compared(self._document(ref, earlier), self._document(ref, later))
        return [(str(each.path), _said(each.before), _said(each.after)) for each in found.changes]

    def table(self, ref: str) -> list[Row]:
        """As ``kaitei changes``."""
        return [_row(row) for row in self._kaitei.questions.change_table(self._kaitei.find(ref))]

    def standing(self, term: str, day: date) -> list[Place]:
        """As ``kaitei search --as-of``."""
        wanted, named = Term.of(term), self._kaitei.named()
        found = search(wanted, self._kaitei.questions.searched(wanted, day, named, iter), day)
        return [(hit.held.ref, str(hit.item.path)) for hit in found.items]

    def verify(self) -> bool:
        """As ``kaitei verify``."""
        return not self._kaitei.history().verdict().breaks

    def sizes(self) -> dict[str, int]:
        """By table."""
        return bytes_by(self._file, part_of)


def part_of(name: str) -> str:
    """What a table or an index of a ledger, by its name, is for."""
    if "kaitei_read_" in name:
        return "read models and search index"
    return _PARTS.get(name, "indexes" if "kaitei_" in name or name.startswith("sqlite_auto") else "other")


def _decide(aggregate: Aggregate, revision: Revision) -> None:
    for change in revision.changes:
        path = ItemPath.parse(change.path)
        item, n = form3().locate(path) or (None, 0)
        aggregate.change(
            path,
            change.before,
            change.after,
            revision=revision.name,
            change_date=revision.day.isoformat(),
            timing=change.timing,
            explanation=change.reason,
            item_text=form3().item_text(item, n) if item else "",
        )


def _edition(one: Invented) -> PublishedEdition:
    """The first edition of an assessment, with an empty change table."""
    items = tuple(
        PrintedItem(item.path, item.key, item.item.kind or ItemKind.TEXT, item.value, no)
        for no, item in enumerate(one.items, start=1)
    )
    said = sum(len(item.value) for item in one.items)
    return PublishedEdition(
        form=FORM_3,
        reader="ocr-text/3",
        header=Header(one.number, one.title, one.body, wareki(one.published), form_edition=_EDITION),
        items=items,
        table=TableState.EMPTY,
        rows=(),
        unassigned=(),
        characters=said,
        assigned=said,
    )


def _said(reading: Reading | None) -> str:
    value: Value | None = reading.value if reading else None
    return value if isinstance(value, str) else "" if value is None else value_text.as_text(value)


def _row(row: TableRow) -> Row:
    change = row.change
    path = str(row.touched.targets[0].path)
    return change.day or date.min, path, change.before, change.after, change.timing or "", change.reason
