"""The JSON of how far revisions are, and of what an office recorded of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what is only shown need not be loaded
    from projections.milestones import Filing, Passed
    from projections.office import Filed


def filing(of: Filing) -> dict[str, Any]:
    """The stage of a revision, and all it passed; what only some stages have is only there."""
    return {"stage": str(of.stage), "stages": [_passed(each) for each in of.passed]}


def _passed(of: Passed) -> dict[str, Any]:
    return {
        "stage": str(of.stage),
        "day": of.day.isoformat(),
        "event_id": of.event_id,
        "recorded_at": of.at.isoformat() if of.at else None,
        "recorded_by": of.by,
        **({"why": of.why} if of.why else {}),
        **({"kind": of.kind, "receipt": of.receipt} if of.kind else {}),
        **({"change_date": of.change_date.day.isoformat()} if of.change_date else {}),
    }


def filed(what: Filed) -> dict[str, Any]:
    """What was recorded; ``event_id`` is null, and ``new`` false, where it counted already."""
    return {
        "ref": what.identity.ref,
        "stage": str(what.stage),
        "event_id": what.entry.event_id if what.entry else None,
        "new": what.entry is not None,
        "undone": what.undone,
        "revisions": [{"revision_id": each.revision, **filing(each)} for each in what.filings],
    }
