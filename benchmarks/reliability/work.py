"""The work that the runs disturb: commands on the samples, and what a ledger holds after each of them.

Documents are read, and the draft is written, before the work begins: neither touches a ledger, and a kill is
to find the store at work as often as it can.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from benchmarks.planted import with_value
from ledger.events import Entry
from ledger.intake import take_in
from ledger.item_path import ItemPath
from ledger.published import PublishedEdition
from ledger.recorder import Clock, utc_now
from ledger.storage import open_ledger
from projections.application import Kaitei, read_file
from projections.as_of import document_as_of
from projections.drafting import Draft
from projections.editions import assessment
from projections.readings import Reading

SAMPLES: Final = Path(__file__).resolve().parents[2] / "samples"
BY: Final = "霞野 花子"
REF: Final = "霞野市長/7"
REVISION: Final = "令和7年度の見直し"

_FIRST: Final = "kasumino/7_kaigo-hoken_R6.txt"
_LATER: Final = "kasumino/7_kaigo-hoken.txt"
_OTHERS: Final = ("minatogawa/15_jidou-fuyou.txt", "yunagi/21_kokuho.txt")
_OFFICE: Final = ItemPath(("I", "6", "①部署"))
_NEW_OFFICE: Final = "福祉部"
_EDITED: Final = frozenset({"②所属長の役職名", "③委託先名", "具体的な方法"})
_TODAY: Final = date(2026, 4, 1)

Document = list[tuple[ItemPath, Reading]]


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the work; it takes the URL of the ledger."""

    name: str
    run: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Work:
    """The commands in their order.

    ``stages[n]`` is what a ledger holds after the first n commands, event by event; ``document`` what the
    assessment that most of them are about says after the last.
    """

    commands: tuple[Command, ...]
    stages: tuple[tuple[str, ...], ...]
    document: Document


@cache
def work() -> Work:
    """The work, done once without a fault."""
    with tempfile.TemporaryDirectory() as folder:
        drafting = f"sqlite:///{folder}/draft.db"
        begin = (_imports(_FIRST), _imports(_OTHERS[0]), Command("record", _record))
        for command in begin:
            command.run(drafting)
        draft = _drafted(drafting)
        commands = (
            *begin,
            Command("revise", lambda url: _revise(url, draft)),
            Command("approve", _approve),
            Command("publish", _publish),
            _imports(_LATER),
            _imports(_OTHERS[1]),
        )
        url = f"sqlite:///{folder}/whole.db"
        stages: list[tuple[str, ...]] = [()]
        for command in commands:
            command.run(url)
            stages.append(tuple(map(told, held(url))))
        return Work(commands, tuple(stages), document(url))


def told(entry: Entry) -> str:
    """What an event says, and of which stream, place and person: all but its time."""
    return hashlib.sha256(repr((entry.event, entry.sequence, entry.recorded_by)).encode()).hexdigest()


def held(url: str, *, after: int = 0) -> list[Entry]:
    """Everything that the ledger at *url* holds after a sequence."""
    with open_ledger(url) as ledger:
        return list(ledger.all_entries(after=after))


def document(url: str) -> Document:
    """What the assessment that most commands are about says now."""
    with Kaitei(url) as kaitei:
        known = assessment(kaitei.entries(kaitei.find(REF)))
    return [(item.path, item.reading) for item in document_as_of(known).items]


@cache
def edition_of(sample: str) -> tuple[bytes, PublishedEdition]:
    """The bytes of a sample, and what they say."""
    return read_file(SAMPLES / sample)


def take(url: str, sample: str, *, by: str = BY, clock: Clock = utc_now) -> object:
    """Take in a sample."""
    data, edition = edition_of(sample)
    with open_ledger(url, create=True, clock=clock) as ledger:
        return take_in(ledger, data, Path(sample).name, edition, by=by)


# --- the commands -----------------------------------------------------------------------------------


def _imports(sample: str) -> Command:
    edition_of(sample)
    return Command(f"import {Path(sample).stem}", lambda url: take(url, sample))


def _record(url: str) -> object:
    with Kaitei(url) as kaitei:
        return kaitei.record(
            kaitei.find(REF),
            item=str(_OFFICE),
            after=_NEW_OFFICE,
            on="2025-04-01",
            timing="事後",
            reason="組織改正",
            by=BY,
        )


def _drafted(url: str) -> Draft:
    """A draft of some items, with the explanations that a person fills in."""
    edition = with_value(edition_of(_FIRST)[1], _OFFICE, _NEW_OFFICE)
    for item in edition.items:
        if item.path.parts[-1] in _EDITED and isinstance(item.value, str):
            edition = with_value(edition, item.path, f"{item.value}ほか")
    with Kaitei(url) as kaitei:
        draft = kaitei.draft(kaitei.find(REF), edition, where="edited")
    rows = tuple(replace(row, explanation="見直しの結果") for row in draft.rows)
    return replace(draft, rows=rows, revision=REVISION)


def _revise(url: str, draft: Draft) -> object:
    with Kaitei(url) as kaitei:
        return kaitei.revise(kaitei.find(REF), draft, where="draft", by=BY)


def _approve(url: str) -> object:
    with Kaitei(url) as kaitei:
        of = kaitei.find(REF)
        return kaitei.office.approve(of, REVISION, on="2025-05-01", why="", by=BY, today=_TODAY)


def _publish(url: str) -> object:
    with Kaitei(url) as kaitei:
        of, on = kaitei.find(REF), "2025-06-01"
        return kaitei.office.publish(of, [REVISION], on=on, change_date=on, why="", by=BY, today=_TODAY)
