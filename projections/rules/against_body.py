"""The change table against the body that it has led to."""

from __future__ import annotations

from collections.abc import Iterator

from projections.findings import Cause, Finding, Rule, Severity, Subject, printed_steps
from projections.rows import is_nothing_now
from projections.timeline import Timeline


def body_disagrees(subject: Subject) -> Iterator[Finding]:
    """The last 変更後 of an item is not what the body says."""
    for line in subject.lines.items.values():
        steps = printed_steps(line)
        if (
            not steps
            or line.printed is None
            or steps[-1].undone is None
            or steps[-1].undone.fits is not False
        ):
            continue
        edge = steps[-1].edge
        damaged = bool(line.printed.doubt)
        printed = (
            line.printed.value
            if isinstance(line.printed.value, str)
            else "、".join(line.printed.value.checked)
        )
        yield Finding(
            "body-disagrees",
            Severity.NOTE if damaged else Severity.ERROR,
            (edge.change.no,),
            (line.path,),
            f"{line.path}: 行{edge.change.no}の変更後が本文の記載と一致しません",
            ((f"行{edge.change.no} 変更後", edge.after), ("本文", printed)),
            Cause.EXTRACTION if damaged else Cause.DOCUMENT,
        )


def body_gap(subject: Subject) -> Iterator[Finding]:
    """A row is about an item that is not in the text: a page may have been lost."""
    missing: dict[tuple[str, ...], list[Timeline]] = {}
    for line in subject.lines.items.values():
        steps = printed_steps(line)
        gone = bool(steps) and (steps[-1].edge.ends or is_nothing_now(steps[-1].edge.after))
        if line.printed is None and steps and not gone:
            group = line.path.parts[:3] if line.item.in_group else line.path.parts
            missing.setdefault((line.path.file, *group), []).append(line)
    for lines in missing.values():
        rows = sorted({step.edge.change.no for line in lines for step in printed_steps(line)})
        yield Finding(
            "body-gap",
            Severity.NOTE,
            tuple(rows),
            tuple(line.path for line in lines),
            f"{_names(lines)}: 変更箇所にあるが、本文の取り出しにこの項目がありません",
            tuple(
                (f"行{s.edge.change.no} 変更後", s.edge.after) for line in lines for s in printed_steps(line)
            ),
            cause=Cause.EXTRACTION,
        )


def _names(lines: list[Timeline]) -> str:
    return "、".join(str(line.path) for line in lines)


RULES = (
    Rule(
        "body-disagrees",
        body_disagrees,
        Severity.ERROR,
        "様式3 別添２（最後の変更後は本文の記載）",
        "本文と変更箇所のどちらが正しいかを確認してください",
    ),
    Rule(
        "body-gap",
        body_gap,
        Severity.NOTE,
        "様式3 別添２ と本文",
        "元の文書にその項目があるかを確認してください",
    ),
)
