"""The audit trail as a page to be read, printed and sent on: one event a row, with who, when and its hash."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from projections.audit_trail import COLUMNS, TrailRow
from projections.exports import html_page
from projections.origin import Origin

_HEADINGS: Final = ("記録", "項目", COLUMNS["before"], COLUMNS["after"], "説明と理由")


def write_trail(rows: Iterable[TrailRow], origin: Origin) -> str:
    """The trail in five columns; a field that is blank in an event is left out there."""
    table = html_page.table(f"{origin.ref} の全ての記録", _HEADINGS, map(_row, rows))
    return html_page.page(f"{origin.ref} 監査証跡", table, origin)


def _row(row: TrailRow) -> str:
    """One event, under its name as the id, by which it is found again in a copy."""
    name = html_page.note(row.event)
    event = f'<th scope="row">{escape(row.event_id)}{name}{_noted(row, "recorded_at", "recorded_by")}'
    cells = (
        f"{event}{_noted(row, 'payload_hash')}</th>",
        _cell(row, "item", "no", "change_date", "timing", "file_name", "publication_date"),
        _cell(row, "before"),
        _cell(row, "after"),
        _cell(row, "reason", "about", "why"),
    )
    return f'<tr id="{escape(row.event_id)}">{"".join(cells)}</tr>'


def _cell(row: TrailRow, name: str, *others: str) -> str:
    """The words of one field, and beside them those of *others* with what they are called."""
    said = getattr(row, name)
    words = f'<div class="text">{escape(said)}</div>' if said else ""
    return f"<td>{words}{_noted(row, *others)}</td>"


def _noted(row: TrailRow, *names: str) -> str:
    told = ((COLUMNS[name], getattr(row, name)) for name in names)
    return "".join(html_page.note(f"{heading}: {said}") for heading, said in told if said)
