"""What was decided on a change or a finding, as text for people."""

from __future__ import annotations

from cli import printing, views
from ledger.events import FindingAccepted
from projections.accepting import FindingDecision
from projections.deciding import Decided


def decided(ref: str, what: Decided) -> None:
    """A decision on a change: that it was recorded, or counted already; and the row that it is about."""
    entry = what.entry
    printing.out(
        f"{ref}: {entry.event_id} として記録しました"
        if entry
        else f"{ref}: すでにそのとおりです（新しい記録はありません）"
    )
    views.table([what.row])


def finding_decision(decision: FindingDecision) -> None:
    """What was recorded of a finding."""
    accepted = isinstance(decision.entry.event, FindingAccepted)
    printing.out(
        f"{decision.identity.ref}: {decision.entry.event_id} として記録しました",
        f"（{'了承' if accepted else '了承の取消し'}）",
    )
    printing.out(f"  {decision.finding} {decision.message}")
    printing.out(f"  理由: {printing.short(decision.why)}")
