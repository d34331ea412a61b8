"""The change table by itself: each row follows from the row before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from projections.findings import Finding, Rule, Severity, Subject, printed_steps


def chain_break(subject: Subject) -> Iterator[Finding]:
    """変更前 is not what the previous row on the item left."""
    for line in subject.lines.items.values():
        for step, following in pairwise(printed_steps(line)):
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


RULES = (
    Rule(
        "chain-break",
        chain_break,
        Severity.ERROR,
        "様式3 別添２（変更前は直前の記載）",
        "その間の変更の行が抜けていないか、変更前の記載が正しいかを確認してください",
    ),
    Rule(
        "missing-change-date",
        missing_change_date,
        Severity.WARNING,
        "変更箇所の様式 変更日",
        "変更日を確認して記載してください",
        any_form=True,
    ),
)
