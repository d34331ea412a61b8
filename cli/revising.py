"""What became of a draft, as text for people."""

from __future__ import annotations

from cli import printing, views
from projections.captions_judged import SEVERITIES
from projections.revising import Revised


def revised(what: Revised) -> None:
    """What became of a draft, its rows, and the findings that they cause."""
    name = f"{what.identity.ref}: 改訂 {what.revision}"
    if what.already:
        printing.out(f"{name} はすでに記録されています（新しい記録はありません）")
    elif what.dry_run:
        printing.out(f"{name} として{len(what.rows)}件が記録されます（確認だけで、記録していません）")
    else:
        printing.out(f"{name} として{len(what.rows)}件を記録しました")
    views.table(what.rows)
    if what.findings:
        printing.out("この改訂による点検の指摘:")
    for finding in what.findings:
        message = printing.short(finding.message)
        printing.out(f"  [{SEVERITIES[finding.severity]}] {message}")
