"""A clock that jumps: recorded times never go back, and every past state can still be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Final

from benchmarks.reliability.work import BY, edition_of, held
from ledger.assessment import Assessment
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.recorder import Source
from ledger.storage import open_ledger
from projections.as_of import document_as_of
from projections.editions import assessment

_BEGIN: Final = datetime(2026, 4, 1, 9, tzinfo=UTC)
_FARTHEST: Final = 400 * 24 * 3600  # seconds that a jump may take the clock forward or back
_SAMPLE: Final = "kasumino/7_kaigo-hoken_R6.txt"
_PATH: Final = ItemPath(("I", "6", "①部署"))


class JumpingClock:
    """A clock that is set anew at random, forward or back, and back as often as not."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._now = _BEGIN
        self.back = 0

    def __call__(self) -> datetime:
        """The time by now."""
        jump = self._dice.choice((1, 60, 3600, _FARTHEST)) * self._dice.uniform(-1, 1)
        self.back += jump < 0
        self._now = min(max(self._now + timedelta(seconds=jump), _BEGIN), _BEGIN + 9 * timedelta(365))
        return self._now


@dataclass(frozen=True, slots=True)
class Jumped:
    """One run: events, the times they were recorded at, how often the clock went back, faults in words."""

    events: int
    times: int
    back: int
    faults: tuple[str, ...]


def jumped(url: str, events: int, dice: Random) -> Jumped:
    """Record an edition and changes of one item under a clock that jumps, and ask for each state between."""
    clock = JumpingClock(dice)
    data, edition = edition_of(_SAMPLE)
    of = Assessment.register(PrintedIdentity.of(edition), form_edition="")
    source = Source(data, _SAMPLE)
    of.receive(edition, sha256=source.sha256, file_name=source.file_name)
    with open_ledger(url, create=True, clock=clock) as ledger:
        ledger.save(of, by=BY, source=source)
        before = "福祉保健部 高齢者支援課"
        for number in range(events):
            after = f"福祉部 第{number}課"
            of.change(_PATH, before, after, revision=f"r{number}", change_date="2026-04-01", timing="事後")
            ledger.save(of, by=BY)
            before = after
    entries = held(url)
    faults = [
        f"{later.event_id} was recorded before {earlier.event_id}"
        for earlier, later in pairwise(entries)
        if later.recorded_at < earlier.recorded_at
    ]
    last = {entry.recorded_at: number for number, entry in enumerate(entries, start=1)}
    for time, number in last.items():
        if document_as_of(assessment(entries, time)) != document_as_of(assessment(entries[:number])):
            faults.append(f"known at {time} is not what was recorded until {entries[number - 1].event_id}")
    return Jumped(len(entries), len(last), clock.back, tuple(faults))
