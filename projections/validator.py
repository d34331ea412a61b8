"""validate(): runs every rule on a published document. Rules find; they raise nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.published import PublishedEdition
from projections.editions import Anchor, Assessment
from projections.findings import Finding, Rule, Severity, Subject
from projections.rules import RULES
from projections.timeline import timelines

_ORDER = {severity: place for place, severity in enumerate(Severity)}
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one document, errors first."""

    edition: PublishedEdition
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings are of *severity*."""
        return sum(1 for finding in self.findings if finding.severity is severity)


def validate(edition: PublishedEdition, known: Assessment | None = None) -> Report:
    """Check a published document by itself, and against what the ledger has *known* of it, if anything.

    Of a form whose items are not known, only the table is checked, as far as that needs no items.
    Raises NotAWarekiDate where its cover gives no 公表日; a reader refuses such a document.
    """
    anchor = Anchor.of(edition)
    subject = Subject(edition, timelines(anchor), known)
    rules = [rule for rule in RULES if rule.any_form or anchor.form.itemised]
    found = [finding for rule in rules for finding in rule.check(subject)]
    found.sort(key=lambda finding: (_ORDER[finding.severity], finding.rows[:1] or (0,)))
    return Report(edition, tuple(found))
