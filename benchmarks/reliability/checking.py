"""What must hold of a ledger after a fault: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.reliability.work import Work, document, held, told
from ledger.errors import LedgerError, LedgerMissing
from ledger.events import EditionReceived, Entry, ItemChanged
from ledger.storage import open_ledger
from projections.application import Kaitei


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a process was told is recorded: how many commands, and each event (``e20``) with what it says."""

    commands: int = 0
    events: Mapping[str, str] | None = None

    @property
    def count(self) -> int:
        """How many events."""
        return len(self.events or ())


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was found: commands whose events are there, events lost, and every fault in words."""

    stage: int = 0
    lost: int = 0
    faults: tuple[str, ...] = ()


def as_acknowledged(entry: Entry) -> str:
    """What an acknowledged event has to be found with: all it says, and its time."""
    return f"{told(entry)} {entry.recorded_at.isoformat()}"


def aftermath(work: Work, url: str, acknowledged: Acknowledged) -> Aftermath:
    """Look into the ledger at *url* after the *work* was broken off."""
    try:
        entries = held(url)
    except LedgerMissing:
        entries = []
    except LedgerError as error:
        return Aftermath(lost=acknowledged.count, faults=(f"does not open: {error}",))
    gone = lost(entries, acknowledged)
    faults = [f"lost: {event_id}" for event_id in gone]
    if entries:
        faults += breaks(url)
        faults += halves(url, entries)
    facts = tuple(map(told, entries))
    stage = work.stages.index(facts) if facts in work.stages else -1
    if stage not in {acknowledged.commands, acknowledged.commands + 1}:
        at = f"stage {stage}" if stage >= 0 else "no stage of the work"
        faults.append(f"{len(entries)} events are {at}, after {acknowledged.commands} acknowledged commands")
    return Aftermath(stage, len(gone), tuple(faults))


def lost(entries: Sequence[Entry], acknowledged: Acknowledged) -> list[str]:
    """The acknowledged events that are not there, or say something else."""
    there = {entry.event_id: as_acknowledged(entry) for entry in entries}
    return [name for name, says in (acknowledged.events or {}).items() if there.get(name) != says]


def breaks(url: str) -> list[str]:
    """What ``kaitei verify`` finds."""
    with Kaitei(url) as kaitei:
        return [f"verify: {each.event_id} {each.what}" for each in kaitei.history().verdict().breaks]


def halves(url: str, entries: Sequence[Entry]) -> list[str]:
    """Documents that are there by half: without all of their rows, or without their bytes."""
    found = []
    with open_ledger(url) as ledger:
        for n, entry in enumerate(entries):
            event = entry.event
            if not isinstance(event, EditionReceived):
                continue
            following = [each.event for each in entries[n + 1 : n + 1 + event.rows]]
            rows = [each for each in following if isinstance(each, ItemChanged)]
            if [(each.source, each.no) for each in rows] != [
                (event.sha256, no) for no in range(1, event.rows + 1)
            ]:
                found.append(f"half a document: {entry.event_id} has {len(rows)} of {event.rows} rows")
            try:
                ledger.source(event.sha256)
            except LedgerError as error:
                found.append(f"half a document: {error}")
    return found


def resumed(work: Work, url: str, done: int) -> list[str]:
    """Do the rest of the *work*, the command that was broken off once more; what differs at its end."""
    for command in work.commands[done:]:
        try:
            command.run(url)
        except LedgerError as error:
            return [f"{command.name} cannot be repeated: {error}"]
    if tuple(map(told, held(url))) != work.stages[-1]:
        return ["repeated to its end, the work left other events"]
    if document(url) != work.document:
        return ["repeated to its end, the work left another document"]
    return []
