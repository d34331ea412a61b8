"""An edition as the text layer of a PDF gives it: no tables, brackets apart, perhaps scrambled."""

from __future__ import annotations

from random import Random

from ledger.published import ItemKind, PublishedEdition
from projections.exports.form_layout import Kind, Line, lines

_PAGE = 24  # lines of the form on a page
_BOXES_IN_A_ROW = 3


def write_text_layer(edition: PublishedEdition, scramble: Random | None = None) -> str:
    """The whole document. With *scramble*, the paragraphs of every page of the body come in any order."""
    pages = []
    for page in _pages(edition):
        paragraphs = [paragraph for line in page for paragraph in _paragraphs(line)]
        if (
            scramble is not None
            and page[0].kind not in {Kind.TITLE, Kind.CONTENTS}
            and page[0].cells[0][0] != "（"
        ):
            scramble.shuffle(paragraphs)
        pages.append("\n\n".join(paragraphs))
    return "\n\n\n\n".join(pages) + "\n"


def _pages(edition: PublishedEdition) -> list[list[Line]]:
    """The lines of each page: the cover, the list of contents, every section on pages of its own."""
    pages: list[list[Line]] = [[]]
    for line in lines(edition):
        opens = line.kind in {Kind.TITLE, Kind.SECTION} or (
            line.kind is Kind.CONTENTS and pages[-1] and pages[-1][-1].kind is not Kind.CONTENTS
        )
        # A value goes with its label, and a block with its head.
        full = len(pages[-1]) >= _PAGE and line.kind is Kind.LABEL
        if pages[-1] and (opens or full):
            pages.append([])
        pages[-1].append(line)
    return pages


def _paragraphs(line: Line) -> list[str]:
    """The paragraphs of one line of the form: the label with a short value beside it, or above it."""
    if line.kind is Kind.ROW:
        return [cell for cell in line.cells if cell]
    if line.kind in {Kind.COVER, Kind.COLUMNS}:
        return [" ".join(cell for cell in line.cells if cell)]
    labels, values = line.cells[: line.labels], line.cells[line.labels :]
    printed = [f" {label}" for label in labels if label]
    value = "\n".join(part for part in values if part)
    kind = line.item.kind if line.item is not None and value else None
    if kind is ItemKind.CHOICE:
        head, _, options = value.partition("\n＜選択肢＞\n")
        return [*printed[:-1], f"{printed[-1]} {head.rstrip('] ')}", "]", f"＜選択肢＞\n{options}"]
    if kind is ItemKind.CHECKBOX:
        boxes = value.split("\n")
        rows = [" ".join(boxes[at : at + _BOXES_IN_A_ROW]) for at in range(0, len(boxes), _BOXES_IN_A_ROW)]
        return [*printed, "\n".join(rows)]
    if printed and value and "\n" not in value:
        return [*printed[:-1], f"{printed[-1]} {value}"]
    return [*printed, value] if value else printed
