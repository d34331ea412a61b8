"""What people decide on findings: which assessment an id belongs to, and what was recorded of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.errors import UnknownFinding
from ledger.events import Entry
from ledger.identity import Identity
from projections.findings import Rule
from projections.validator import BY_NAME


@dataclass(frozen=True, slots=True)
class FindingDecision:
    """A decision on a finding: its event, the id, what the validator said of it, and why."""

    identity: Identity
    entry: Entry
    finding: str
    message: str
    why: str


def rule_of(finding: str) -> Rule:
    """The rule whose findings have such ids. Raises UnknownFinding where there is none."""
    rule = BY_NAME.get(finding.rpartition("-")[0])
    if rule is None:
        raise no_such(finding)
    return rule


def no_such(finding: str) -> UnknownFinding:
    """Nothing in the ledger has the id."""
    return UnknownFinding(
        "台帳の評価書に、この番号の指摘はありません",
        where=f"「{finding}」",
        remedy="取り込んだ文書を kaitei validate で点検し、指摘の番号を確認してください",
    )


def the_one(finding: str, found: Sequence[tuple[Identity, str]]) -> tuple[Identity, str]:
    """The assessment that the id belongs to, and what is said of it.

    Raises UnknownFinding on none or several.
    """
    if not found:
        raise no_such(finding)
    if len(found) > 1:
        names = "、".join(identity.ref for identity, _ in found)
        raise UnknownFinding(
            f"{len(found)} 件の評価書に同じ番号の指摘があります",
            where=f"「{finding}」",
            remedy=f"--ref で次から選んでください: {names}",
        )
    return found[0]
