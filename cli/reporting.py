"""What the validator found and what it looks for, as text for people."""

from __future__ import annotations

from collections.abc import Iterable

from cli import marking, printing, views
from cli.colours import Colour, Coloured
from ledger.identity import PrintedIdentity
from projections import words
from projections.captions import BLANK, LEVELS
from projections.captions_judged import SEVERITIES
from projections.findings import Finding, Rule, Severity
from projections.validator import BY_NAME, Report

_INDENT = "      "
_COLOURS = {Severity.ERROR: Colour.RED, Severity.WARNING: Colour.YELLOW, Severity.NOTE: Colour.FAINT}


def report(file: str, of: Report, *, notes: bool = False) -> None:
    """The findings of one document by severity; notes are only counted unless they are asked for."""
    edition = of.edition
    counts = "、".join(f"{name}{of.count(severity)}件" for severity, name in SEVERITIES.items())
    settled = len(of.findings) - len(of.open)
    printing.out(f"{file}: {PrintedIdentity.of(edition).ref} {edition.header.title}")
    printing.out(f"  {counts}" + (f"（うち了承済み{settled}件）" if settled else ""))
    views.without_items(edition.form, "変更箇所の表だけを点検しました", indent="  ")
    for severity, name in SEVERITIES.items():
        found = [finding for finding in of.findings if finding.severity is severity]
        if found and severity is Severity.NOTE and not notes:
            printing.out(f"  [{name}] {len(found)}件（--notes で示します）")
            continue
        for finding in found:
            _finding(finding, name, of)


def _finding(finding: Finding, severity: str, of: Report) -> None:
    accepted = of.accepted.get(finding.id)
    mark = Coloured(f"[{severity}{'・了承済み' if accepted else ''}]", _COLOURS[finding.severity])
    printing.out("  ", mark, f" {finding.id} {finding.message}")
    for label, text in finding.evidence:
        printing.out(f"{_INDENT}{label}: {printing.short(text) or BLANK}")
    if finding.opposed:
        printing.out(f"{_INDENT}違い: ", *marking.marked(words.difference(*finding.opposed), _INDENT))
        printing.out(f"{_INDENT}{LEVELS[finding.level]}")
    if accepted:
        when, why = accepted.at.isoformat(timespec="seconds"), printing.short(accepted.why)
        printing.out(f"{_INDENT}了承: {when} {accepted.by} — {why}（{accepted.event_id}）")
    else:
        printing.out(f"{_INDENT}→ {BY_NAME[finding.rule].remedy}")


def rules(listed: Iterable[Rule]) -> None:
    """Every rule with its severity, its source, and what to do about a finding."""
    for rule in listed:
        mark = Coloured(f"[{SEVERITIES[rule.severity]}]", _COLOURS[rule.severity])
        printing.out(mark, f" {rule.name}（{rule.source}）")
        printing.out(f"    → {rule.remedy}")
