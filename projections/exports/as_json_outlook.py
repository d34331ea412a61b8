"""The JSON of what is still to be done: the duties that fall due, and what a change of law touches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from projections.duties import Dated, Duty
from projections.exports.as_json_across import not_read, passage_of, undecided
from projections.impact import Affected, Impact, State, Taken


def due(found: Iterable[Duty], on: date, within: int) -> dict[str, Any]:
    """The duties by their dates, as they stand on a day."""
    return {"on": on.isoformat(), "within": within, "duties": [_duty(duty, on, within) for duty in found]}


def _duty(duty: Duty, on: date, within: int) -> dict[str, Any]:
    return {
        "ref": duty.held.ref,
        "title": duty.held.document.title,
        "duty": str(duty.kind),
        "rule": duty.rule,
        "status": str(duty.status(on, within)),
        "day": duty.day.isoformat() if duty.day else None,
        "days_left": (duty.day - on).days if duty.day else None,
        "dates": [_dated(dated) for dated in duty.dates],
    }


def _dated(dated: Dated) -> dict[str, Any]:
    return {
        "day": dated.day.isoformat() if dated.day else None,
        "how": dated.how,
        "rests_on": [
            {
                "name": ground.name,
                "day": ground.day.isoformat() if ground.day else None,
                "path": ground.path or None,
                "event_id": ground.event_id,
                "certainty": ground.certainty,
            }
            for ground in dated.grounds
        ],
    }


def impact(found: Impact) -> dict[str, Any]:
    """What a term touches, and how far each assessment is; ``summary`` counts those that have not ended."""
    return {
        "term": found.term.text,
        "on": found.on.isoformat(),
        "assessments": [
            {
                "ref": each.held.ref,
                "title": each.held.document.title,
                "state": str(each.state),
                "ended": each.ended,
                "items": [_affected(item) for item in each.items],
            }
            for each in found.concerned
        ],
        "summary": {str(state): found.count(state) for state in State},
        "undecided": undecided(found.undecided),
        "not_read": not_read(found.not_read),
    }


def _affected(of: Affected) -> dict[str, Any]:
    """An item that a term touches; what tells where it stands now is null where it does not any more."""
    hit = of.hit
    return {
        "path": str(of.path),
        "important": of.item.important,
        "state": str(of.state),
        "passage": passage_of(hit.passage) if hit else None,
        "level": hit.level.name.lower() if hit else None,
        "certainty": str(hit.item.reading.certainty) if hit else None,
        "since": hit.item.since.isoformat() if hit and hit.item.since else None,
        "changes": [_taken(taken) for taken in of.changes],
    }


def _taken(taken: Taken) -> dict[str, Any]:
    change = taken.change
    return {
        "event_id": change.event_id,
        "revision_id": change.revision_id,
        "change_date": change.day.isoformat() if change.day else None,
        "actual_day": change.actual_day.isoformat() if change.actual_day else None,
        "timing": change.timing,
        "before": change.before,
        "after": change.after,
        "removes": taken.removes,
        "published": taken.published,
    }
