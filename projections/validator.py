"""validate(): runs every rule on a published document. Rules find; they raise nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ledger.published import PublishedEdition
from projections.editions import Acceptance, Anchor, Assessment
from projections.findings import Finding, Rule, Severity, Subject
from projections.rules import RULES
from projections.timeline import timelines

_ORDER = {severity: place for place, severity in enumerate(Severity)}
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one document, errors first; those ``accepted`` stand among them, by their ids."""

    edition: PublishedEdition
    findings: tuple[Finding, ...]
    accepted: Mapping[str, Acceptance] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """How many findings are of *severity*."""
        return sum(1 for finding in self.findings if finding.severity is severity)

    def is_accepted(self, finding: Finding) -> bool:
        """Whether a person lets the finding stand."""
        return finding.id in self.accepted

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return tuple(finding for finding in self.findings if not self.is_accepted(finding))


def validate(
    edition: PublishedEdition, known: Assessment | None = None, rules: Iterable[Rule] = RULES
) -> Report:
    """Check a published document by itself, and against what the ledger has *known* of it, by *rules*.

    Of a form whose items are not known, only the table is checked, as far as that needs no items.
    Raises NotAWarekiDate where its cover gives no 公表日; a reader refuses such a document.
    """
    found = findings_of(edition, known, rules)
    found.sort(key=lambda finding: (_ORDER[finding.severity], finding.rows[:1] or (0,)))
    accepted = {each.finding: each for each in known.accepted} if known else {}
    return Report(edition, tuple(found), {f.id: accepted[f.id] for f in found if f.id in accepted})


def findings_of(edition: PublishedEdition, known: Assessment | None, rules: Iterable[Rule]) -> list[Finding]:
    """What some of the *rules* find, as far as they speak of the form of the *edition*."""
    anchor = Anchor.of(edition)
    subject = Subject(edition, timelines(anchor), known)
    speaking = (rule for rule in rules if rule.any_form or anchor.form.itemised)
    return [finding for rule in speaking for finding in rule.check(subject)]
