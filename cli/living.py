"""Reviews and the end of an assessment, as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli import printing
from projections.milestones import Milestone

if TYPE_CHECKING:  # what is only shown need not be loaded
    from projections.editions import Assessment
    from projections.life import Lived


def recorded(what: Lived, name: str) -> None:
    """A review or an end: that it was recorded, or counted already, and what it says."""
    ref, told = what.identity.ref, what.told
    if what.new:
        undone = "の取消し" if what.undone else ""
        printing.out(f"{ref}: {told.event_id} として記録しました（{name}{undone}）")
    else:
        printing.out(f"{ref}: すでにそのとおりです（新しい記録はありません）")
    if what.instead_of is not None:
        printing.out(f"  前の記録: {_told(what.instead_of)}")
    if not what.undone:
        printing.out(f"  {_told(told)}")
    else:
        printing.out(f"  理由: {printing.short(told.why)}")


def milestones(known: Assessment) -> None:
    """The reviews and the end, one a line, in the order of their days."""
    found = [("見直し", review) for review in known.reviews]
    found += [("終了", known.end)] if known.end else []
    for name, told in sorted(found, key=lambda pair: pair[1].day):
        printing.out(f"■ {told.day.isoformat()} {name}{_who(told)}")
        printing.out(f"    {printing.short(told.why)}")


def _told(told: Milestone) -> str:
    return f"{told.day.isoformat()} {printing.short(told.why)}{_who(told)}"


def _who(told: Milestone) -> str:
    return f"（{told.event_id} 記録 {told.by}）" if told.event_id else "（評価書名の記載）"
