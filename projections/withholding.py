"""Words withheld from one assessment, and where else in the ledger they still stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.errors import InvalidChange
from ledger.events import Entry, TextWithheld
from ledger.identity import Identity
from ledger.storage import Ledger, rebuilt
from ledger.withholding import mentions, planned


@dataclass(frozen=True, slots=True)
class Withheld:
    """What was withheld, or would be: how often, in which events (by id), which sources went (file names).

    ``entry`` records it; None in a dry run. ``elsewhere`` are the other assessments that have the words.
    ``cleared`` says that the database file holds no trace of them any more.
    """

    identity: Identity
    entry: Entry | None
    places: int
    events: tuple[str, ...]
    sources: tuple[str, ...]
    elsewhere: tuple[str, ...]
    cleared: bool


def withhold(
    ledger: Ledger, identity: Identity, terms: Sequence[str], *, why: str, by: str, dry_run: bool
) -> Withheld:
    """Erase *terms* wherever they stand in an assessment, with the sources that hold them.

    Where nothing has them any more, the database file is cleared of what was erased before.
    Raises what ``ledger.withholding.planned``, ``Assessment.withhold`` and ``Ledger.save`` raise.
    """
    entries = ledger.entries(identity.assessment_id)
    assessment = rebuilt(entries)
    try:
        plan = planned(ledger.stored(identity.assessment_id), terms, why, ledger.source, where=identity.ref)
    except InvalidChange:
        if any(isinstance(entry.event, TextWithheld) for entry in entries) and not dry_run:
            ledger.clear_away()  # what an earlier command that was broken off may have left in the file
        raise
    assessment.withhold(plan.lines, tuple(plan.sources), why=why)
    saved = [] if dry_run else ledger.save(assessment, by=by, withholding=plan)
    return Withheld(
        identity,
        saved[-1] if saved else None,
        plan.places,
        tuple(f"e{sequence}" for sequence in plan.contents),
        tuple(plan.sources.values()),
        _elsewhere(ledger, identity, terms),
        cleared=bool(saved) and ledger.clear_away(),
    )


def _elsewhere(ledger: Ledger, identity: Identity, terms: Sequence[str]) -> tuple[str, ...]:
    """The refs of the other assessments in which one of *terms* stands."""
    others = {
        str(each.assessment_id): each.ref
        for each in ledger.assessments()
        if each.assessment_id != identity.assessment_id
    }
    found = {row.stream for row in ledger.rows() if row.stream in others and mentions(row, terms)}
    return tuple(ref for stream, ref in others.items() if stream in found)
