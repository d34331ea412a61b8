"""The JSON of every view: fixed keys, ``schema_version`` in every object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ledger.events import FindingAccepted
from ledger.identity import Identity, PrintedIdentity
from ledger.published import Boxes, PublishedEdition
from ledger.wording import Level
from projections.accepting import FindingDecision
from projections.application import Imported, Refused
from projections.change_table import TableRow
from projections.diff import BoxesDifference, Comparison, ItemDifference
from projections.documents import Document, StatedItem, kind_of
from projections.editions import Acceptance, Assessment
from projections.exports.as_json_filing import filing
from projections.findings import Finding, Rule, Severity
from projections.folders import Tally
from projections.history import LastChange, Revision
from projections.life import Lived, Milestone
from projections.questions import Listed
from projections.readings import Reading, Value
from projections.rereading import Reread
from projections.sources import KeptSource
from projections.validator import BY_NAME, Report
from projections.withholding import Withheld
from projections.words import Piece, difference

SCHEMA_VERSION = 1


def dumps(view: dict[str, Any]) -> str:
    """One object, readable, Japanese as it is."""
    return json.dumps({"schema_version": SCHEMA_VERSION, **view}, ensure_ascii=False, indent=1)


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


def sources(identity: Identity, kept: Iterable[KeptSource]) -> dict[str, Any]:
    """The documents taken in."""
    return {
        "ref": identity.ref,
        "sources": [
            {
                "sha256": each.sha256,
                "file_name": each.file_name,
                "publication_date": each.published.isoformat(),
                "reader": each.reader,
                "recorded_at": each.recorded_at.isoformat(),
                "recorded_by": each.recorded_by,
                "reread_at": each.reread_at.isoformat() if each.reread_at else None,
                "withheld": each.withheld or None,
            }
            for each in kept
        ],
    }


def listed(rows: Iterable[Listed]) -> dict[str, Any]:
    """All assessments."""
    return {
        "assessments": [
            {
                "ref": row.identity.ref,
                "assessment_id": str(row.identity.assessment_id),
                "title": row.heading.title,
                "form": row.identity.form,
                "editions": row.heading.editions,
                "changes": row.heading.changes,
                "last_publication": last.isoformat() if (last := row.heading.last_published) else None,
                **({"ended": row.heading.end.day.isoformat()} if row.heading.end else {}),
            }
            for row in rows
        ]
    }


def document(
    identity: Identity,
    shown: Document,
    items: Iterable[StatedItem],
    *,
    known_at: str | None,
    why: bool = False,
) -> dict[str, Any]:
    """A document on a day; with *why*, what every value rests on, in order."""
    return {
        "ref": identity.ref,
        "title": shown.title,
        "publication_date": shown.published.isoformat() if shown.published else None,
        "as_of": shown.day.isoformat() if shown.day else None,
        "basis": str(shown.basis),
        "known_at": known_at,
        **({"ended": _milestone(ended)} if (ended := shown.ended) else {}),
        "items": [{**_item(item), **(_rests_on(item) if why else {})} for item in items],
    }


def _rests_on(stated: StatedItem) -> dict[str, Any]:
    return {
        "rests_on": [
            {
                "name": support.name,
                "day": support.day.isoformat() if support.day else None,
                "event_id": support.event_id,
                "told": support.told,
                "value": value(support.value),
            }
            for support in stated.reading.rests_on
        ]
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
        "row": stated.change.row or None if stated.change else None,
        **({"floor": True} if stated.floor else {}),
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


def diff(identity: Identity, between: Comparison, known_at: str | None) -> dict[str, Any]:
    """What differs between two days; ``unsure`` lists the items that read alike, known on neither."""
    days = (
        document.day.isoformat() if document.day else None for document in (between.before, between.after)
    )
    return {
        "ref": identity.ref,
        **dict(zip(("from", "to"), days, strict=True)),
        "basis": str(between.after.basis),
        "known_at": known_at,
        "changes": [_difference(change) for change in between.changes],
        "unsure": [str(path) for path in between.unsure],
    }


def _difference(change: ItemDifference) -> dict[str, Any]:
    """One item that differs; a side is null where the document does not have the item, or nobody knows."""
    sides: dict[str, Reading | None] = {"before": change.before, "after": change.after}
    rivals = {name: [value(rival) for rival in side.rivals] for name, side in sides.items() if side}
    return {
        "path": str(change.path),
        "key": change.key,
        "label": change.path.label,
        "important": change.item.important,
        "kind": str(change.kind),
        **{name: value(side.value) if side else None for name, side in sides.items()},
        **{f"{name}_certainty": str(side.certainty) if side else None for name, side in sides.items()},
        "reasons": {name: side.reason if side else None for name, side in sides.items()},
        "words": _pieces(change.words),
        **({"boxes": _boxes(change.boxes)} if change.boxes is not None else {}),
        **({"rivals": rivals} if any(rivals.values()) else {}),
    }


def _boxes(told: BoxesDifference) -> dict[str, Any]:
    return {
        "ticked": list(told.ticked),
        "unticked": list(told.unticked),
        "relabelled": [{"before": before, "after": after} for before, after in told.relabelled],
        "unreadable": list(told.unreadable),
        "other_text": _pieces(told.other_text),
    }


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, str]]:
    return [{"op": str(piece.op), "text": piece.text} for piece in pieces]


def table_row(row: TableRow) -> dict[str, Any]:
    """One row of the change table; ``decided`` only where something was decided on it.

    ``actual_day`` only where the day is recorded on which it comes true in reality.

    ``only_in`` only where the latest edition does not list the row: the 公表日 of the last that does.
    """
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
        **({"actual_day": change.actual_day.isoformat()} if change.actual_day else {}),
        **({"decided": change.decided} if change.decided else {}),
        **({"only_in": row.only_in.isoformat()} if row.only_in else {}),
    }


def changes(identity: Identity, rows: Iterable[TableRow]) -> dict[str, Any]:
    """The whole change table."""
    return {"ref": identity.ref, "rows": [table_row(row) for row in rows]}


def log(identity: Identity, revisions: Iterable[Revision], known: Assessment | None = None) -> dict[str, Any]:
    """The revisions; of *known*, also its reviews and its end, where there are any."""
    end, reviews = (known.end, known.reviews) if known else (None, ())
    return {
        "ref": identity.ref,
        **({"reviews": [_milestone(review) for review in reviews]} if reviews else {}),
        **({"ended": _milestone(end)} if end else {}),
        "revisions": [
            {
                "revision_id": revision.revision_id,
                "change_date": revision.change_date.isoformat() if revision.change_date else None,
                "timings": list(revision.timings),
                "changes": [table_row(row) for row in revision.rows],
                "recorded_at": revision.recorded_at.isoformat() if revision.recorded_at else None,
                "recorded_by": revision.recorded_by,
                **_filing(revision),
            }
            for revision in revisions
        ],
    }


def _filing(of: Revision) -> dict[str, Any]:
    """How far a revision recorded here is; of published rows, the revisions that they publish, if any."""
    if of.own is not None:
        return filing(of.own)
    recorded = [{"revision_id": each.revision, **filing(each)} for each in of.filings]
    return {"recorded_as": recorded} if recorded else {}


def blame(identity: Identity, found: Iterable[LastChange]) -> dict[str, Any]:
    """The row behind each item; all but the path is null where no change is known."""
    return {"ref": identity.ref, "items": [_last_change(last) for last in found]}


def _last_change(last: LastChange) -> dict[str, Any]:
    change = last.row.change if last.row else None
    only_in = last.row.only_in if last.row else None
    return {
        "path": str(last.path),
        **({"only_in": only_in.isoformat()} if only_in else {}),
        "row": last.row.no if last.row else None,
        "change_date": change.day.isoformat() if change and change.day else None,
        "timing": change.timing if change else None,
        "reason": change.reason if change else None,
        "event_id": change.event_id if change else None,
    }


def rules(listed: Iterable[Rule]) -> dict[str, Any]:
    """What the validator looks for."""
    return {
        "rules": [
            {"rule": rule.name, "severity": str(rule.severity), "source": rule.source, "remedy": rule.remedy}
            for rule in listed
        ]
    }


def report(file: str, of: Report) -> dict[str, Any]:
    """The findings of one document."""
    return {
        "file": file,
        "ref": PrintedIdentity.of(of.edition).ref,
        "findings": [finding(each, of.accepted.get(each.id)) for each in of.findings],
        "summary": {str(severity): of.count(severity) for severity in Severity},
    }


def finding(of: Finding, accepted: Acceptance | None = None) -> dict[str, Any]:
    """One finding; ``accepted`` only where a person lets it stand."""
    return {
        "id": of.id,
        "rule": of.rule,
        "severity": str(of.severity),
        "cause": str(of.cause),
        "rows": list(of.rows),
        "items": [str(path) for path in of.items],
        "message": of.message,
        "remedy": BY_NAME[of.rule].remedy,
        "evidence": [{"label": label, "text": text} for label, text in of.evidence],
        **(_compared(of.opposed, of.level) if of.opposed else {}),
        **({"accepted": _accepted(accepted)} if accepted else {}),
    }


def _compared(opposed: tuple[str, str], level: Level | None) -> dict[str, Any]:
    """How the first two texts of the evidence differ; ``level`` null where they agree at none."""
    return {"difference": _pieces(difference(*opposed)), "level": level.name.lower() if level else None}


def _accepted(accepted: Acceptance) -> dict[str, Any]:
    return {
        "by": accepted.by,
        "at": accepted.at.isoformat(),
        "why": accepted.why,
        "event_id": accepted.event_id,
    }


def lived(what: Lived) -> dict[str, Any]:
    """A review or an end that was recorded; ``new`` is false where it counted already."""
    before = what.instead_of
    return {
        "ref": what.identity.ref,
        **_milestone(what.told),
        "new": what.new,
        "undone": what.undone,
        "instead_of": _milestone(before) if before else None,
    }


def _milestone(told: Milestone) -> dict[str, Any]:
    """A review or an end; one that only a title prints has no event."""
    return {
        "day": told.day.isoformat(),
        "why": told.why,
        "event_id": told.event_id,
        "recorded_at": told.at.isoformat() if told.at else None,
        "recorded_by": told.by,
    }


def finding_decision(decision: FindingDecision) -> dict[str, Any]:
    """What was recorded of a finding."""
    entry = decision.entry
    return {
        "ref": decision.identity.ref,
        "finding": decision.finding,
        "message": decision.message,
        "decision": "accepted" if isinstance(entry.event, FindingAccepted) else "reopened",
        "why": decision.why,
        "event_id": entry.event_id,
        "recorded_at": entry.recorded_at.isoformat(),
        "recorded_by": entry.recorded_by,
    }


def withheld(found: Withheld) -> dict[str, Any]:
    """What was withheld, or would be; ``event_id`` is null in a dry run."""
    return {
        "ref": found.identity.ref,
        "event_id": found.entry.event_id if found.entry else None,
        "places": found.places,
        "events": list(found.events),
        "sources": list(found.sources),
        "elsewhere": list(found.elsewhere),
        "cleared": found.cleared,
    }
