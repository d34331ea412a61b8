"""The change table by itself and against the body."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from projections.findings import Cause, Finding, Severity, Subject
from projections.rows import is_nothing_now
from projections.timeline import Step, Timeline


def _steps(line: Timeline) -> list[Step]:
    """The rows of the table on one item, in the order in which they took effect."""
    return [step for step in line.steps if step.undone is not None and not step.edge.silent]


def chain_break(subject: Subject) -> Iterator[Finding]:
    """変更前 is not what the previous row on the item left."""
    for line in subject.lines.items.values():
        for step, following in pairwise(_steps(line)):
            if step.undone is not None and step.undone.fits is False:
                one, other = step.edge, following.edge
                yield Finding(
                    "chain-break",
                    Severity.ERROR,
                    (one.change.no, other.change.no),
                    (line.path,),
                    f"{line.path}: 行{one.change.no}の変更後と、"
                    f"次の行{other.change.no}の変更前がつながりません",
                    ((f"行{one.change.no} 変更後", one.after), (f"行{other.change.no} 変更前", other.before)),
                )


def body_disagrees(subject: Subject) -> Iterator[Finding]:
    """The last 変更後 of an item is not what the body says."""
    for line in subject.lines.items.values():
        steps = _steps(line)
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
        steps = _steps(line)
        gone = bool(steps) and (steps[-1].edge.ends or is_nothing_now(steps[-1].edge.after))
        if line.printed is None and steps and not gone:
            group = line.path.parts[:3] if line.item.in_group else line.path.parts
            missing.setdefault((line.path.file, *group), []).append(line)
    for lines in missing.values():
        rows = sorted({step.edge.change.no for line in lines for step in _steps(line)})
        yield Finding(
            "body-gap",
            Severity.NOTE,
            tuple(rows),
            tuple(line.path for line in lines),
            f"{_names(lines)}: 変更箇所にあるが、本文の取り出しにこの項目がありません",
            tuple((f"行{s.edge.change.no} 変更後", s.edge.after) for line in lines for s in _steps(line)),
            cause=Cause.EXTRACTION,
        )


def _names(lines: list[Timeline]) -> str:
    return "、".join(str(line.path) for line in lines)


def missing_change_date(subject: Subject) -> Iterator[Finding]:
    """The 変更日 of a row is blank (〃 and 同上 state the date above)."""
    rows = tuple(
        t.change.no
        for t in subject.lines.touched
        if t.change.day is None and not t.change.printed_date.strip()
    )
    if rows:
        items = tuple(
            target.path for t in subject.lines.touched if t.change.no in rows for target in t.targets
        )
        numbers = "、".join(f"行{no}" for no in rows)
        told = f"{numbers}: 変更日がありません"
        words = tuple(
            (f"行{t.change.no} 項目", t.change.item_text)
            for t in subject.lines.touched
            if t.change.no in rows
        )
        yield Finding("missing-change-date", Severity.WARNING, rows, items, told, words)
