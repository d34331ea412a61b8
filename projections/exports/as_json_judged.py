"""JSON of rules and findings, of what was decided on them, and of what was withheld."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.events import FindingAccepted
from ledger.identity import PrintedIdentity
from ledger.wording import Level
from projections.accepting import FindingDecision
from projections.editions import Acceptance
from projections.exports.as_json import pieces
from projections.findings import Finding, Rule, Severity
from projections.validator import BY_NAME, Report
from projections.withholding import Withheld
from projections.words import difference


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
    return {"difference": pieces(difference(*opposed)), "level": level.name.lower() if level else None}


def _accepted(accepted: Acceptance) -> dict[str, Any]:
    return {
        "by": accepted.by,
        "at": accepted.at.isoformat(),
        "why": accepted.why,
        "event_id": accepted.event_id,
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
