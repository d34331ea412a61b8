"""The change table by itself: each row follows from the row before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ledger import wording
from projections.findings import Cause, Finding, Rule, Severity, Subject, printed_steps
from projections.rules.as_listed import follows_as_listed
from projections.rules.misread import breaks_off_in_a_word, may_be_misread, may_have_lost_its_ticks
from projections.rules.telling import of_rows, quoted
from projections.timeline import Step


def chain_break(subject: Subject) -> Iterator[Finding]:
    """変更前 is not what the previous row on the item left."""
    for line in subject.lines.items.values():
        steps = printed_steps(line)
        for step, following in pairwise(steps):
            if step.undone is not None and step.undone.fits is False:
                one, other = step.edge, following.edge
                if one.change.says_the_same(other.change):
                    continue  # the same row twice is reported as such
                if follows_as_listed(steps, step, following):
                    continue  # so is a day that puts a row elsewhere
                damaged = (
                    _may_be_damage(subject, one.after, other.before)
                    or _may_be_damage(subject, one.after, _left_by(following))
                    # the state between two rows on other boxes is worked out from those of the body
                    or may_have_lost_its_ticks(subject.edition, line.printed.value if line.printed else None)
                )
                yield Finding(
                    "chain-break",
                    Severity.NOTE if damaged else Severity.ERROR,
                    (one.change.no, other.change.no),
                    (line.path,),
                    f"{line.path}: 行{one.change.no}の変更後と、"
                    f"次の行{other.change.no}の変更前がつながりません",
                    ((f"行{one.change.no} 変更後", one.after), (f"行{other.change.no} 変更前", other.before)),
                    Cause.EXTRACTION if damaged else Cause.DOCUMENT,
                    compared=True,
                )


def _left_by(following: Step) -> str:
    """What an item said before a row, worked out from the body: the row may quote only a part of it."""
    value = following.undone.prior.value if following.undone is not None else None
    return value if isinstance(value, str) else ""


def _may_be_damage(subject: Subject, words: str, other: str) -> bool:
    return (
        may_be_misread(subject.edition, words, other)
        or breaks_off_in_a_word(words, other)
        or breaks_off_in_a_word(other, words)
    )


def missing_change_date(subject: Subject) -> Iterator[Finding]:
    """The 変更日 of a row is blank or a dash (〃 and 同上 state the date above)."""
    rows = [
        t for t in subject.lines.touched if t.change.day is None and wording.is_nothing(t.change.printed_date)
    ]
    if rows:
        words = [quoted(touched, "項目", touched.change.item_text) for touched in rows]
        yield of_rows("missing-change-date", Severity.WARNING, rows, "変更日がありません", evidence=words)


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
