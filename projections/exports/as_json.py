"""The JSON of every view: fixed keys, ``schema_version`` in every object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ledger.identity import Identity
from ledger.published import Boxes
from projections.documents import Document, StatedItem, kind_of
from projections.exports.as_json_filing import filing
from projections.readings import Reading, Value

if TYPE_CHECKING:  # what is only shown need not be loaded
    from projections.diff import BoxesDifference, Comparison, ItemDifference
    from projections.editions import Assessment
    from projections.life import Lived
    from projections.listing import LastChange, Revision, TableRow
    from projections.milestones import Milestone
    from projections.questions import Listed
    from projections.sources import KeptSource
    from projections.words import Piece

SCHEMA_VERSION = 1


def dumps(view: dict[str, Any]) -> str:
    """One object, readable, Japanese as it is."""
    return json.dumps({"schema_version": SCHEMA_VERSION, **view}, ensure_ascii=False, indent=1)


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
        "words": pieces(change.words),
        **({"boxes": _boxes(change.boxes)} if change.boxes is not None else {}),
        **({"rivals": rivals} if any(rivals.values()) else {}),
    }


def _boxes(told: BoxesDifference) -> dict[str, Any]:
    return {
        "ticked": list(told.ticked),
        "unticked": list(told.unticked),
        "relabelled": [{"before": before, "after": after} for before, after in told.relabelled],
        "unreadable": list(told.unreadable),
        "other_text": pieces(told.other_text),
    }


def pieces(of: Iterable[Piece]) -> list[dict[str, str]]:
    """Words that stay, go or come."""
    return [{"op": str(piece.op), "text": piece.text} for piece in of]


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
