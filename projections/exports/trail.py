"""The audit trail in each of its formats: for programs with exact payloads, for people with the words."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from projections.audit_trail import audit_trail
from projections.exports import as_csv, as_jsonl, trail_page
from projections.origin import Origin


class TrailFormat(StrEnum):
    """How an audit trail is written."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


def exported(form: TrailFormat, stored: Iterable[dict[str, object]], origin: Origin) -> str | bytes:
    """The trail of the *stored* events of an assessment, text or a workbook.

    Raises CannotExport for what no cell of a workbook holds.
    """
    match form:
        case TrailFormat.JSONL:
            return as_jsonl.audit_trail(stored, origin)
        case TrailFormat.CSV:
            return as_csv.audit_trail(audit_trail(stored), origin)
        case TrailFormat.HTML:
            return trail_page.write_trail(audit_trail(stored), origin)
        case TrailFormat.XLSX:
            # the library of workbooks is loaded when there is one
            from projections.exports import trail_sheet  # noqa: PLC0415

            return trail_sheet.write_trail(audit_trail(stored), origin)
