"""A text that would run, wherever it stands in an assessment: every field, every format."""

from __future__ import annotations

from dataclasses import fields, replace
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from ledger.identity import Identity, PrintedIdentity
from ledger.published import Header, PublishedEdition
from projections.as_of import document_as_of
from projections.audit_trail import TrailRow
from projections.change_table import change_table
from projections.editions import Assessment
from projections.exports import as_csv, as_html, as_markdown, findings_page, trail_page, trail_sheet
from projections.exports.as_workbook import write_workbook
from projections.origin import Origin
from projections.validator import validate
from projections.written import written
from tests.papers import known_by, paper, stated
from tests.test_exports import HOSTILE, Page, of_csv, of_markdown

PAGE = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "section", "article",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "div", "p", "del", "ins", "ul", "li",
    "footer",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "scope", "class", "id"}
MARKDOWN = {"h1", "h2", "p", "br", "table", "thead", "tbody", "tr", "th", "td", "blockquote"}


def everywhere(text: str) -> tuple[Identity, Assessment, PublishedEdition]:
    """An assessment that says *text* in every field of its cover, its body and its change table."""
    cells = (text, text, text, f"{text}。", text, text)
    items = [
        stated(path, text) for path in ("表紙/特記事項", "I/1/②事務の内容", "II/4/委託事項1", "I/6/①部署")
    ]
    edition = paper(*items, rows=(cells, ("令和3年4月1日", "I/1/②事務の内容", f"{text}前", f"{text}後")))
    header = Header(text, text, text, edition.header.publication_date, text, text)
    edition = replace(edition, header=header)
    identity = Identity(UUID(int=7), "様式3", (PrintedIdentity(text, text, text),))
    return identity, replace(known_by(edition), title=text, body=text, number=text), edition


def trail_row(text: str) -> TrailRow:
    """An event that says *text* in every field."""
    numbers = {"sequence": 1}
    return TrailRow(**{field.name: numbers.get(field.name, text) for field in fields(TrailRow)})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_page_runs_it(text: str) -> None:
    identity, known, edition = everywhere(text)
    document = document_as_of(known)
    for html in (
        as_html.document(identity, document, document.items),
        as_html.changes(identity, known.title, change_table(known)),
        findings_page.findings([(text, validate(edition, known))]),
        trail_page.write_trail([trail_row(text)], Origin("export", text, 1, "0f" * 32)),
    ):
        page = Page.of(html)
        assert page.elements <= PAGE
        assert page.attributes <= ATTRIBUTES
        assert "javascript:" not in {part for part in html.split('"') if part.startswith("javascript:")}
    for markdown in (
        as_markdown.document(identity, document, document.items),
        as_markdown.changes(identity, known.title, change_table(known)),
    ):
        assert of_markdown(markdown).elements <= MARKDOWN


@pytest.mark.parametrize("text", HOSTILE)
def test_no_spreadsheet_runs_it(text: str) -> None:
    _, known, _ = everywhere(text)
    trail, origin = trail_row(text), Origin("export", text, 1, "0f" * 32)
    for data in (
        write_workbook(written(known, document_as_of(known), change_table(known)), origin),
        trail_sheet.write_trail([trail], origin),
    ):
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            sheets = [archive.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
        assert not any(tag in sheet for sheet in sheets for tag in ("<f>", "<f ", "<hyperlink", 't="e"'))
        book = load_workbook(BytesIO(data))
        assert book.custom_doc_props["KaiteiRef"].value == text
        for sheet in book:
            for cell in (cell for row in sheet for cell in row if cell.value is not None):
                assert cell.data_type == "s"
                assert cell.quotePrefix == cell.value.startswith(("=", "+", "-", "@"))
    for csv in (as_csv.changes(change_table(known)), as_csv.audit_trail([trail], origin)):
        assert not any(cell[:1] in set("=+-@\t\r") for row in of_csv(csv) for cell in row if cell)
