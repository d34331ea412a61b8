"""Can the rows be replayed: narration and 略."""

from __future__ import annotations

from collections.abc import Iterator

from projections.edges import Touched
from projections.findings import Finding, Rule, Severity, Subject
from projections.rows import Style


def narrative_row(subject: Subject) -> Iterator[Finding]:
    """A row tells what was done instead of quoting what the item said and says."""
    told: dict[tuple[str, str], list[Touched]] = {}
    for touched in subject.lines.touched:
        if Style.NARRATIVE in subject.lines.styles(touched.change):
            told.setdefault((touched.change.after, str(touched.change.day)), []).append(touched)
    for group in told.values():
        numbers = "、".join(f"行{touched.change.no}" for touched in group)
        change = group[0].change
        yield Finding(
            "narrative-row",
            Severity.WARNING,
            tuple(touched.change.no for touched in group),
            tuple(dict.fromkeys(target.path for touched in group for target in touched.targets)),
            f"{numbers}: 変更の内容を文で述べるだけで、記載そのものがないため、変更前の状態を復元できません",
            (("変更前", change.before), ("変更後", change.after)),
        )


def elided_row(subject: Subject) -> Iterator[Finding]:
    """Rows that leave words out with 略 or 省略."""
    found = [
        touched
        for touched in subject.lines.touched
        if Style.ELIDED in (styles := subject.lines.styles(touched.change)) and Style.NARRATIVE not in styles
    ]
    if found:
        numbers = "、".join(f"行{touched.change.no}" for touched in found)
        yield Finding(
            "elided-row",
            Severity.NOTE,
            tuple(touched.change.no for touched in found),
            tuple(dict.fromkeys(target.path for touched in found for target in touched.targets)),
            f"{numbers}: 「略」で記載が省かれています",
            tuple((f"行{touched.change.no} 変更後", touched.change.after) for touched in found),
        )


RULES = (
    Rule(
        "narrative-row",
        narrative_row,
        Severity.WARNING,
        "様式3 別添２ 変更前・変更後の記載",
        "変更前と変更後の記載そのものを書いてください",
    ),
    Rule(
        "elided-row",
        elided_row,
        Severity.NOTE,
        "様式3 別添２ 変更前・変更後の記載",
        "略した部分が後から分かるように、変更した文は全文を書いてください",
    ),
)
