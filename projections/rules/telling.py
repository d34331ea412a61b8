"""What findings about rows have in common: how rows are called, the items they name, one finding for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.item_path import ItemPath
from ledger.wording import in_brief
from projections.edges import Touched
from projections.findings import Cause, Finding, Severity


def rows_named(numbers: Iterable[int]) -> str:
    """行3、行7 — and 行3～行7 where they follow each other."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"行{run[0]}～行{run[-1]}" if len(run) > len("3つ") else "、".join(f"行{number}" for number in run)
        for run in runs
    )


def numbers_of(rows: Iterable[Touched]) -> tuple[int, ...]:
    """The numbers of rows."""
    return tuple(touched.change.no for touched in rows)


def items_of(rows: Iterable[Touched]) -> tuple[ItemPath, ...]:
    """Every item that rows name, once each."""
    return tuple(dict.fromkeys(target.path for touched in rows for target in touched.targets))


def of_rows(
    rule: str,
    severity: Severity,
    rows: Sequence[Touched],
    told: str,
    *,
    evidence: Iterable[tuple[str, str]] = (),
    cause: Cause = Cause.DOCUMENT,
) -> Finding:
    """One finding about all of *rows*."""
    numbers = numbers_of(rows)
    message = f"{rows_named(numbers)}: {told}"
    return Finding(rule, severity, numbers, items_of(rows), message, tuple(evidence), cause)


def quoted(touched: Touched, label: str, words: str) -> tuple[str, str]:
    """A piece of evidence: the words of a cell, and whose they are."""
    return f"行{touched.change.no} {label}", words


def briefly(words: str) -> str:
    """The words of a cell for a message; a blank cell says so."""
    return in_brief(words) or "（空欄）"
