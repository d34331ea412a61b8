"""Read what OCR made of a 重点項目評価書 (様式3), tab-separated tables and HTML tags included.

Reads: 表紙, Ⅰ to Ⅴ, 別添1, 別添2. Gives: header, items, change rows, unassigned passages; as
printed. An item on a lost page is not among the items; a table that was lost is ``absent``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.form import Form, form3
from ledger.published import Header, ItemKind, Passage, PrintedItem, PublishedEdition
from ledger.readers import cells as read
from ledger.readers import markup
from ledger.readers.change_table import ChangeTable, columns_of
from ledger.readers.headings import ANNEX_2, heading, section_of
from ledger.readers.placing import Placing, SourceRow, rows_of
from ledger.wareki import WarekiDate

NAME = "ocr-text/1"

_TITLE = re.compile(r"特定個人情報保護評価書\s*[(（]\s*重点項目評価書\s*[)）]")
_EDITION = re.compile(r"^\s*[\[［]\s*(.*様式\s*[0-9０-９].*?)\s*[\]］]\s*$")
_CONTENTS = "項目一覧"
_COVER_LABEL = 0.85


def claims(text: str) -> bool:
    """Whether *text* is a 重点項目評価書 whose tables are separated by tabs."""
    return _TITLE.search(text) is not None and "\t" in text


def read_ocr_text(text: str) -> PublishedEdition:
    """Read a whole extracted document. Never raises for damage: it is reported as unassigned."""
    form = form3()
    cover, placing, table = _Cover(form), Placing(form), ChangeTable()
    part = ""
    for row, opens in _with_sections(list(rows_of(text.split("\n"))), form):
        if opens not in {"", ANNEX_2}:
            placing.open_section(opens, row.line)
        elif not opens and part == ANNEX_2:
            table.add(row)
        elif not opens and not part:
            cover.add(row)
        elif not opens:
            placing.add(row)
        elif not section_of(row.text, form):
            table.add(row)  # the annex was opened by the headings of its columns
        part = opens or part
    cover.settle()
    items = (*cover.items(), *placing.finish())
    unassigned = (*cover.unassigned, *placing.unassigned, *table.unassigned)
    characters = _length(text)
    return PublishedEdition(
        form=form.name,
        reader=NAME,
        header=cover.header(),
        items=items,
        table=table.state,
        rows=tuple(table.rows),
        unassigned=tuple(sorted(unassigned, key=lambda passage: passage.line)),
        characters=characters,
        assigned=characters - sum(_length(passage.text) for passage in unassigned),
    )


def _with_sections(rows: Sequence[SourceRow], form: Form) -> Iterator[tuple[SourceRow, str]]:
    """Each row, and the section that it opens (blank for the rows inside a section).

    The list of contents (項目一覧) prints every heading once before the sections do; it ends
    where one of them comes again, or where anything else follows. The change table is known by
    the headings of its columns, whatever became of its own heading; inside it only a section
    opens that goes on with its first numbered heading, as its cells name sections too.
    """
    listed: list[tuple[SourceRow, str]] | None = None
    part = ""
    for at, row in enumerate(rows):
        section = (section_of(row.filled[0], form) if len(row.filled) == 1 else None) or ""
        if part == ANNEX_2 and section and not _goes_on(rows[at + 1 :], section, form):
            section = ""
        if not section and part != ANNEX_2 and columns_of([markup.words(cell) for cell in row.cells]):
            section = ANNEX_2
        if listed is None:
            if read.nearly(row.text, _CONTENTS) >= _COVER_LABEL:
                listed = []
            else:
                part = section or part
                yield row, section
        elif section and section not in [key for _, key in listed]:
            listed.append((row, section))
        elif row.filled:
            if not section and listed:
                part = listed[-1][1]
                yield listed[-1]
            listed = None
            part = section or part
            yield row, section


def _goes_on(rows: Sequence[SourceRow], section: str, form: Form) -> bool:
    """Whether the next row is a numbered heading of *section*."""
    following = next((row for row in rows if row.filled), None)
    if following is None or section not in form:
        return False
    return heading(following.filled[0], form[section], form) is not None


def _length(text: str) -> int:
    return len("".join(text.split()))


class _Cover:
    """表紙: labels over their values, or beside them."""

    def __init__(self, form: Form) -> None:
        self._labels = [item for item in form if item.parent == "cover"]
        self._values: dict[str, tuple[int, list[str]]] = {}
        self._columns: Sequence[str] = ()
        self.unassigned: list[Passage] = []

    def add(self, row: SourceRow) -> None:
        """Take one row of the cover."""
        if not row.filled:
            return
        edition = _EDITION.match(markup.plain(row.text))
        labels = [self._label(cell) for cell in row.filled]
        if edition:
            self._values["cover.form_edition"] = (row.line, [edition[1]])
        elif title := _TITLE.search(row.text):
            beside = f"{row.text[: title.start()]} {row.text[title.end() :]}".strip()
            if beside:
                self.unassigned.append(Passage(row.line, beside))
        elif all(labels):
            self._columns = [key for key in labels if key]
        elif labels[0]:
            self._columns = (labels[0],)
            self._take(labels[0], row.line, " ".join(row.filled[1:]))
        elif len(self._columns) == 1:
            self._take(self._columns[0], row.line, row.text)
        elif len(self._columns) == len(row.filled):
            for key, cell in zip(self._columns, row.filled, strict=True):
                self._take(key, row.line, cell)
            self._columns = ()
        else:
            self.unassigned.append(Passage(row.line, row.text))

    def _label(self, cell: str) -> str | None:
        text = markup.plain(cell)
        return next((item.key for item in self._labels if read.nearly(text, item.name) >= _COVER_LABEL), None)

    def _take(self, key: str, line: int, cell: str) -> None:
        self._values.setdefault(key, (line, []))[1].append(read.tidy(cell))

    def settle(self) -> None:
        """Of the lines under 公表日 only one is a date; the others belong to nothing."""
        line, words = self._values.get("cover.publication_date", (0, []))
        dates = [word for word in words if WarekiDate.read(word)]
        if dates:
            self.unassigned.extend(Passage(line, word) for word in words if word != dates[0])
            self._values["cover.publication_date"] = (line, dates[:1])

    def _value(self, key: str) -> str:
        return "\n".join(self._values.get(f"cover.{key}", (0, []))[1])

    def header(self) -> Header:
        """The cover as a header."""
        return Header(
            number=self._value("number"),
            title=self._value("title"),
            body=self._value("body"),
            publication_date=self._value("publication_date"),
            special_notes=self._value("special_notes"),
            form_edition=self._value("form_edition"),
        )

    def items(self) -> tuple[PrintedItem, ...]:
        """The cover as items, in the order of the form."""
        return tuple(
            PrintedItem(item.at(), item.key, item.kind or ItemKind.TEXT, "\n".join(words), line)
            for item in self._labels
            for line, words in [self._values.get(item.key, (0, []))]
            if line
        )
