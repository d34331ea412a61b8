"""A stored event with its proof, as exports give it: whole, or with only what published documents print.

What the public variant leaves out stands there as the hash of its line: the proof holds all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from ledger.canonical import canonical_json
from ledger.events import (
    AnyEvent,
    AssessmentIdentified,
    AssessmentRegistered,
    ChangeCorrected,
    ChangeRetracted,
    EditionPublished,
    EditionReceived,
    EditionReread,
    Entry,
    ItemChanged,
    TextWithheld,
)
from ledger.proving import disclosed as disclosed_lines
from ledger.proving import lines_of
from ledger.storage import rebuilt
from ledger.stored import APART, StoredRow

NOT_PUBLIC: Final = "非公開"
"""What stands for a name that the public variant leaves out."""

_OFFICE: Final = frozenset({"why", "actual_day"})
"""Fields that no published document prints."""


def whole(row: StoredRow) -> dict[str, object]:
    """All that is stored of an event. Keys are stable.

    ``payload`` are its facts as stored, ``content`` the lines that its ``digest`` is over, with their salts.
    """
    told = row.told
    by, payload = (told.by, told.payload) if told else ("", "")
    return _event(row, by, payload, disclosed_lines(row.content))


def withheld(event: Mapping[str, object]) -> bool:
    """Whether words were withheld in a stored *event*, as ``whole`` gives it."""
    lines = cast("list[dict[str, str]]", event["content"])
    return any("was" in line for line in lines)


def disclosed(rows: Sequence[StoredRow], entries: Sequence[Entry]) -> list[dict[str, object]]:
    """The *rows* of one assessment without what is the office's own: who, why, what is not published.

    *entries* are the same events. A line that is left out has its hash only.
    """
    public = _published(entries)
    return [_public(row, public(entry.event)) for row, entry in zip(rows, entries, strict=True)]


def public_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The events of one assessment that tell what published documents print, without who and why.

    What is folded of them says no more than the public variant of an export, whatever view is made of it.
    """
    public = _published(entries)
    return [_unsigned(entry) for entry in entries if public(entry.event)]


def _unsigned(entry: Entry) -> Entry:
    event = entry.event
    if isinstance(event, ItemChanged):
        event = replace(event, actual_day="")
    if isinstance(event, ChangeCorrected | ChangeRetracted | EditionPublished):
        event = replace(event, why="")
    return replace(entry, event=event, recorded_by=NOT_PUBLIC)


def _published(entries: Iterable[Entry]) -> Callable[[AnyEvent], bool]:
    """Which events tell what published documents print."""
    aggregate = rebuilt(entries)
    changes, revisions = aggregate.changes.made, aggregate.revisions.published

    def of_change(change: ItemChanged) -> bool:
        return bool(change.source) or change.revision in revisions

    def told(event: AnyEvent) -> bool:
        match event:
            case ItemChanged():
                return of_change(event)
            case ChangeCorrected(corrects=version) | ChangeRetracted(retracts=version):
                return of_change(changes[version])
            case AssessmentRegistered() | AssessmentIdentified() | EditionReceived() | EditionReread():
                return True
            case EditionPublished() | TextWithheld():
                return True
            case _:
                return False

    return told


def _public(row: StoredRow, told: bool) -> dict[str, object]:  # noqa: FBT001
    facts: dict[str, Any] = json.loads(row.told.payload) if row.told and told else {}
    hidden = _OFFICE if row.name != TextWithheld.TOPIC else frozenset[str]()
    facts = {name: value for name, value in facts.items() if name not in hidden}
    return _event(row, NOT_PUBLIC, canonical_json(facts), _lines(row, facts))


def _lines(row: StoredRow, shown: Collection[str]) -> list[dict[str, str]]:
    """Each line of a row, those that are not of the fields *shown* by their hash only."""
    salted = lines_of(row.content)
    fields = row.content.fields if row.content and salted else []
    return [
        line if field in shown else {"was": each.hash.hex()}
        for line, field, each in zip(disclosed_lines(row.content), fields, salted, strict=True)
    ]


def _event(row: StoredRow, by: str, payload: str, content: list[dict[str, str]]) -> dict[str, object]:
    return {
        "sequence": row.sequence,
        "event_id": f"e{row.sequence}",
        "stream": row.stream,
        "version": row.version,
        "event": row.name,
        "recorded_at": row.recorded_at,
        "recorded_by": by,
        "format": row.format,
        "payload": payload,
        "digest": row.payload if row.format >= APART else "",
        "content": content,
        "payload_hash": row.payload_hash,
    }
