"""JSON of what became of documents that were taken in or read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.identity import Identity
from ledger.published import PublishedEdition
from projections.application import Imported, Refused
from projections.folders import Tally
from projections.rereading import Reread


def imported(
    results: Iterable[Imported | Refused], *, dry_run: bool = False, explain: bool = False
) -> dict[str, Any]:
    """What became of every file (in a *dry_run*, would); with *explain*, of every piece of it."""
    taken: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for result in results:
        if isinstance(result, Refused):
            refused.append(_refused(result))
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
                "unassigned": _unassigned(edition),
                "new_events": result.intake.new_events,
                "already_known": result.intake.already_known,
                **({"new_assessment": result.intake.new_assessment} if dry_run else {}),
                **(_explained(edition) if explain else {}),
            }
        )
    return {"imported": taken, "refused": refused, **({"dry_run": True} if dry_run else {})}


def tally(told: Tally, *, skipped: int) -> dict[str, Any]:
    """How many documents became what; *skipped* are the files of folders that are none."""
    return {
        "summary": {
            "imported": told.imported,
            "already_known": told.already_known,
            "refused": sum(map(len, told.refused.values())),
            "skipped": skipped,
        }
    }


def _refused(result: Refused) -> dict[str, Any]:
    error = result.error
    return {"file": result.file, "where": error.where, "what": error.what, "remedy": error.remedy}


def _unassigned(edition: PublishedEdition) -> list[dict[str, Any]]:
    """The passages without a place; ``place`` only where the source has no lines."""
    return [
        {"line": passage.line, "text": passage.text, **({"place": passage.place} if passage.place else {})}
        for passage in edition.unassigned
    ]


def _explained(edition: PublishedEdition) -> dict[str, Any]:
    """Where every piece went, and what was read with doubt."""
    return {
        "characters": edition.characters,
        "assigned": edition.assigned,
        "pieces": [
            {
                "line": piece.line,
                "place": piece.place,
                "text": piece.text,
                "fate": str(piece.fate),
                "target": piece.target,
            }
            for piece in edition.pieces
        ],
        "doubts": [
            {"path": str(item.path), "line": item.line, "doubt": item.doubt}
            for item in edition.items
            if item.doubt
        ],
    }


def reread(identity: Identity, results: Iterable[Reread | Refused]) -> dict[str, Any]:
    """What became of every source that was read again."""
    read: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for result in results:
        if isinstance(result, Refused):
            refused.append(_refused(result))
            continue
        edition = result.edition
        read.append(
            {
                "sha256": result.source.sha256,
                "file_name": result.source.file_name,
                "publication_date": result.source.published.isoformat(),
                "reader": edition.reader,
                "reader_before": result.before.reader,
                "items": len(edition.items),
                "items_changed": result.items_changed,
                "rows": len(edition.rows),
                "assigned_share": round(edition.assigned_share, 6),
                "unassigned": _unassigned(edition),
                "new_events": result.new_events,
            }
        )
    return {
        "ref": identity.ref,
        "assessment_id": str(identity.assessment_id),
        "reread": read,
        "refused": refused,
    }
