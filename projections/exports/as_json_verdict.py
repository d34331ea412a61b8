"""JSON of what came of a check of the history, and of copies compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.proving import Verdict
from projections.copies import CopyVerdict


def verdict(found: Verdict, copies: Sequence[CopyVerdict] = ()) -> dict[str, Any]:
    """What came of a check of the whole history; a break of no one event names none.

    Where *copies* were compared with it, also what came of each.
    """
    compared = {"copies": [_copy(each) for each in copies]} if copies else {}
    return {
        "ok": not found.breaks and all(each.holds for each in copies),
        "events": found.events,
        "root": found.root,
        "breaks": [
            {
                "sequence": each.sequence or None,
                "event_id": each.event_id if each.sequence else None,
                "what": each.what,
            }
            for each in found.breaks
        ],
        **compared,
    }


def _copy(found: CopyVerdict) -> dict[str, Any]:
    origin = found.copy.origin
    return {
        "file": found.copy.file,
        "view": origin.view,
        "ref": origin.ref or None,
        "size": origin.size,
        "root": origin.root,
        "recorded_at": found.recorded_at or None,
        "holds": found.holds,
        "broken": found.broken or None,
        "compared": found.compared,
        "withheld": list(found.withheld),
        "differences": [{"event_id": each.event_id or None, "what": each.what} for each in found.differences],
    }
