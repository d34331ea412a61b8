"""The JSON of every view: fixed keys, ``schema_version`` in every object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ledger.assessment import Identity
from ledger.published import Boxes
from projections.application import Imported, Listed, Refused
from projections.as_of import Document, StatedItem, kind_of
from projections.change_table import TableRow
from projections.findings import Finding, Severity
from projections.history import Revision
from projections.readings import Value
from projections.validator import BY_NAME, Report

SCHEMA_VERSION = 1


def dumps(view: dict[str, Any]) -> str:
    """One object, readable, Japanese as it is."""
    return json.dumps({"schema_version": SCHEMA_VERSION, **view}, ensure_ascii=False, indent=1)


def imported(results: Iterable[Imported | Refused]) -> dict[str, Any]:
    """What became of every file."""
    taken: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for result in results:
        if isinstance(result, Refused):
            error = result.error
            refused.append(
                {"file": result.file, "where": error.where, "what": error.what, "remedy": error.remedy}
            )
            continue
        edition = result.edition
        taken.append(
            {
                "ref": result.intake.ref,
                "assessment_id": str(result.intake.assessment_id),
                "file": result.file,
                "items": len(edition.items),
                "rows": len(edition.rows),
                "assigned_share": round(edition.assigned_share, 6),
                "unassigned": [
                    {"line": passage.line, "text": passage.text} for passage in edition.unassigned
                ],
                "new_events": result.intake.new_events,
                "already_known": result.intake.already_known,
            }
        )
    return {"imported": taken, "refused": refused}


def listed(rows: Iterable[Listed]) -> dict[str, Any]:
    """All assessments."""
    return {
        "assessments": [
            {
                "ref": row.identity.ref,
                "assessment_id": str(row.identity.assessment_id),
                "title": row.assessment.title,
                "form": row.identity.form,
                "editions": len(row.assessment.anchors),
                "changes": len(row.assessment.changes),
                "last_publication": row.assessment.latest.published.isoformat()
                if row.assessment.latest
                else None,
            }
            for row in rows
        ]
    }


def document(
    identity: Identity, shown: Document, items: Iterable[StatedItem], known_at: str | None
) -> dict[str, Any]:
    """A document on a day."""
    return {
        "ref": identity.ref,
        "title": shown.assessment.title,
        "publication_date": shown.published.isoformat() if shown.published else None,
        "as_of": shown.day.isoformat() if shown.day else None,
        "basis": str(shown.basis),
        "known_at": known_at,
        "items": [_item(item) for item in items],
    }


def _item(stated: StatedItem) -> dict[str, Any]:
    return {
        "path": str(stated.path),
        "key": stated.key,
        "label": stated.path.label,
        "important": stated.item.important,
        "kind": kind_of(stated),
        "value": value(stated.reading.value),
        "certainty": str(stated.reading.certainty),
        "reason": stated.reading.reason,
        "since": stated.since.isoformat() if stated.since else None,
        "row": stated.change.no or None if stated.change else None,
        **({"rivals": [value(rival) for rival in stated.reading.rivals]} if stated.reading.rivals else {}),
    }


def value(of: Value | None) -> Any:  # noqa: ANN401  (a string, an object, or null)
    """A value: a string, or the boxes of a set."""
    if isinstance(of, Boxes):
        return {
            "checked": list(of.checked),
            "unchecked": list(of.unchecked),
            "unreadable": list(of.unreadable),
            "other_text": of.other_text,
        }
    return of


def table_row(row: TableRow) -> dict[str, Any]:
    """One row of the change table."""
    change = row.change
    return {
        "no": row.no,
        "event_id": change.event_id,
        "revision_id": change.revision_id,
        "change_date": change.day.isoformat() if change.day else None,
        "item_text": change.item_text,
        "targets": [{"path": str(t.path), "how": str(t.how), "note": t.note} for t in row.touched.targets],
        "before": change.before,
        "after": change.after,
        "before_kind": str(row.before),
        "after_kind": str(row.after),
        "timing": change.timing,
        "reason": change.reason,
    }


def changes(identity: Identity, rows: Iterable[TableRow]) -> dict[str, Any]:
    """The whole change table."""
    return {"ref": identity.ref, "rows": [table_row(row) for row in rows]}


def log(identity: Identity, revisions: Iterable[Revision]) -> dict[str, Any]:
    """The revisions."""
    return {
        "ref": identity.ref,
        "revisions": [
            {
                "revision_id": revision.revision_id,
                "change_date": revision.change_date.isoformat() if revision.change_date else None,
                "timings": list(revision.timings),
                "changes": [table_row(row) for row in revision.rows],
                "recorded_at": revision.recorded_at.isoformat() if revision.recorded_at else None,
                "recorded_by": revision.recorded_by,
            }
            for revision in revisions
        ],
    }


def report(file: str, of: Report) -> dict[str, Any]:
    """The findings of one document."""
    header = of.edition.header
    return {
        "file": file,
        "ref": f"{header.body}/{header.number}",
        "findings": [_finding(finding) for finding in of.findings],
        "summary": {str(severity): of.count(severity) for severity in Severity},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "cause": str(finding.cause),
        "rows": list(finding.rows),
        "items": [str(path) for path in finding.items],
        "message": finding.message,
        "remedy": BY_NAME[finding.rule].remedy,
        "evidence": [{"label": label, "text": text} for label, text in finding.evidence],
    }
