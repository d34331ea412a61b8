"""The JSON of drafts, and of what became of them."""

from __future__ import annotations

from typing import Any

from projections.drafting import Draft
from projections.exports.as_json import table_row
from projections.exports.as_json_judged import finding
from projections.revising import Revised


def draft(of: Draft) -> dict[str, Any]:
    """A draft; ``base`` is the last event it knows, ``proposal`` why its timing is proposed so."""
    return {
        "ref": of.ref,
        "revision_id": of.revision,
        "base": of.base,
        "changes": [
            {
                "path": row.path,
                "item_text": row.item_text,
                "change_date": row.change_date or None,
                "before": row.before,
                "after": row.after,
                "timing": row.timing or None,
                "reason": row.explanation,
                "actual_day": row.actual_day or None,
                "important": row.important,
                "proposal": row.proposal,
                "remarks": list(row.remarks),
            }
            for row in of.rows
        ],
        "remarks": list(of.remarks),
    }


def revised(of: Revised) -> dict[str, Any]:
    """What was recorded, or in a dry run would be; of the latter no event has a name yet."""
    rows = [table_row(row) for row in of.rows]
    pending = of.dry_run and not of.already
    return {
        "ref": of.identity.ref,
        "revision_id": of.revision,
        "new": not of.already,
        "dry_run": of.dry_run,
        "changes": [{**row, "event_id": None} for row in rows] if pending else rows,
        "findings": [finding(each) for each in of.findings],
    }
