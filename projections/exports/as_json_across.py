"""The JSON of what is asked across all assessments; ``as_json`` has what they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.documents import Held, StatedItem
from projections.exports.as_json import value
from projections.search import ItemHit, RowHit, Search
from projections.systems import Claim, Connection, Place, Register, System
from projections.terms import Part


def systems(found: Register) -> dict[str, Any]:
    """The register of systems; ``one_sided`` repeats its connections that only one of two sides names."""
    return {
        "as_of": found.day.isoformat() if found.day else None,
        "systems": [_system(system) for system in found.systems],
        "one_sided": [
            {
                "body": system.body,
                "system": system.name,
                "to": list(connection.to),
                "stated": [_claim(claim) for claim in connection.stated],
            }
            for system, connection in found.one_sided
        ],
        "unknown": [
            {"ref": place.ref, "path": str(place.path), "reason": place.reason} for place in found.unknown
        ],
        "not_read": not_read(found.not_read),
    }


def search(found: Search) -> dict[str, Any]:
    """Where a term stands; ``undecided`` names the items that are not known in full, and did not have it."""
    return {
        "term": found.term.text,
        "as_of": found.day.isoformat() if found.day else None,
        "items": [item_hit(hit) for hit in found.items],
        "rows": [_row_hit(hit) for hit in found.rows],
        "undecided": undecided(found.undecided),
        "not_read": not_read(found.not_read),
    }


def undecided(items: Iterable[tuple[Held, StatedItem]]) -> list[dict[str, str]]:
    """The items that are not known in full, and may have what was looked for."""
    return [
        {"ref": held.ref, "path": str(item.path), "certainty": str(item.reading.certainty)}
        for held, item in items
    ]


def item_hit(hit: ItemHit) -> dict[str, Any]:
    """One item that has a term; ``level`` is that of the comparison at which it was found."""
    item = hit.item
    return {
        "ref": hit.held.ref,
        "title": hit.held.document.title,
        "path": str(item.path),
        "important": item.item.important,
        "passage": passage_of(hit.passage),
        "level": hit.level.name.lower(),
        "certainty": str(item.reading.certainty),
        "reason": item.reading.reason,
        "possible": hit.possible,
        "since": item.since.isoformat() if item.since else None,
    }


def _row_hit(hit: RowHit) -> dict[str, Any]:
    change = hit.row.change
    return {
        "ref": hit.held.ref,
        "no": hit.row.no,
        "event_id": change.event_id,
        "change_date": change.day.isoformat() if change.day else None,
        "timing": change.timing,
        "targets": [str(target.path) for target in hit.row.touched.targets],
        "cell": hit.cell,
        "passage": passage_of(hit.passage),
        "level": hit.level.name.lower(),
    }


def passage_of(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """A passage, piece by piece; ``hit`` marks what was looked for."""
    return [{"text": part.text, "hit": part.hit} for part in parts]


def not_read(held: Iterable[Held]) -> list[dict[str, str]]:
    """The assessments of forms whose items are not known here."""
    return [{"ref": each.ref, "form": each.identity.form} for each in held]


def _system(of: System) -> dict[str, Any]:
    return {
        "body": of.body,
        "name": of.name if of.spellings else None,
        "spellings": [
            {"name": name, "level": level.name.lower() if level is not None else None}
            for name, level in of.spellings
        ],
        "kinds": [{"kind": kind.label, "how": str(kind.how)} for kind in of.kinds],
        "described": bool(of.places),
        "places": [_place(place) for place in of.places],
        "connections": [_connection(connection) for connection in of.connections],
    }


def _place(of: Place) -> dict[str, Any]:
    items = {"name": of.named, "functions": of.functions, "connections": of.connected}
    return {
        "ref": of.ref,
        "path": str(of.path),
        "ended": of.held.ended.isoformat() if of.held.ended else None,
        **{key: _stated(item) if item else None for key, item in items.items()},
    }


def _stated(item: StatedItem) -> dict[str, Any]:
    return {
        "value": value(item.reading.value),
        "certainty": str(item.reading.certainty),
        "reason": item.reading.reason,
        "since": item.since.isoformat() if item.since else None,
    }


def _connection(of: Connection) -> dict[str, Any]:
    """One connection; ``to`` has several names where any may be meant, none where all of a sort are."""
    return {
        "to": list(of.to),
        "sides": str(of.sides),
        "stated": [_claim(claim) for claim in of.stated],
        "returned": [_claim(claim) for claim in of.returned],
        "unsaid": [{"ref": place.ref, "path": str(place.path)} for place in of.unsaid],
    }


def _claim(of: Claim) -> dict[str, Any]:
    return {
        "ref": of.place.ref,
        "path": str(of.item.path),
        "named": of.said,
        "box": of.box,
        "certainty": str(of.certainty),
        "since": of.since.isoformat() if of.since else None,
    }
