"""Many processes that write at once, on the same and on different assessments: nothing lost, one order."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.reliability.checking import Acknowledged, as_acknowledged, breaks, lost
from benchmarks.reliability.work import BY, held
from benchmarks.reliability.worker import DONE, acknowledged, conflicts, ended, forked, telling
from ledger.assessment import Assessment
from ledger.errors import ConcurrentChange
from ledger.events import Entry
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.storage import Ledger, open_ledger

_PATH: Final = ItemPath(("I", "6", "①部署"))
_SHARED: Final = "100"


@dataclass(frozen=True, slots=True)
class Crowded:
    """A run: events acknowledged and lost, attempts that met another's, seconds, and faults in words."""

    events: int
    lost: int
    conflicts: int
    seconds: float
    faults: tuple[str, ...]


def crowded(url: str, writers: int, each: int) -> Crowded:
    """*writers* processes record *each* changes, by turns of an assessment of their own and a shared one."""
    with tempfile.TemporaryDirectory(prefix="kaitei-crowd-") as folder:
        files = [Path(folder, str(number)) for number in range(writers)]
        begun = time.perf_counter()
        pids = [forked(partial(_writing, url, file, each)) for file in files]
        statuses = [ended(pid) for pid in pids]
        seconds = time.perf_counter() - begun
        was = [acknowledged(file) for file in files]
        met = sum(map(conflicts, files))
    faults = [f"a writer ended with {status}" for status in statuses if status != DONE]
    events = {name: says for one in was for name, says in (one.events or {}).items()}
    entries = held(url)
    gone = lost(entries, Acknowledged(events=events))
    faults += [f"lost: {name}" for name in gone]
    faults += breaks(url)
    faults += [
        f"a gap after {earlier.event_id}"
        for earlier, later in pairwise(entries)
        if later.sequence != earlier.sequence + 1
    ]
    if len(entries) != len(events):
        faults.append(f"{len(entries)} events, {len(events)} acknowledged")
    return Crowded(len(events), len(gone), met, seconds, tuple(faults))


def _writing(url: str, file: Path, count: int) -> int:
    """What one writer does; its exit status."""
    with open_ledger(url, create=True) as ledger, telling(file) as tell:
        for number in range(count):
            saved, met = _changed(ledger, _SHARED if number % 2 else file.name, f"{file.name}-{number}")
            told = {entry.event_id: as_acknowledged(entry) for entry in saved}
            tell({"done": number + 1, "events": told, "conflicts": met})
    return DONE


def _changed(ledger: Ledger, number: str, after: str) -> tuple[list[Entry], int]:
    """Record a change of the assessment of a *number*: what was stored, and how often another was first."""
    met = 0
    while True:
        found = next((each for each in ledger.assessments() if each.number == number), None)
        new = Assessment.register(PrintedIdentity("霞野市長", number, "事務"), form_edition="")
        of = ledger.get(found.assessment_id) if found else new
        of.change(_PATH, "", after, revision=after)
        try:
            return ledger.save(of, by=BY), met
        except ConcurrentChange:
            met += 1
