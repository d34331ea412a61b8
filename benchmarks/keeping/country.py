"""What all assessments of the country would take, by how the figures grow from one measured size to the next.

A figure is taken to grow with a power of the number of assessments, which two sizes give: 0 where it stays,
1 where all of them are gone through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import Final

from benchmarks.keeping.inventing import CHANGES, REVISIONS
from benchmarks.keeping.measuring import Figures
from benchmarks.keeping.operations import BULK, BYTES, MEMORY, OPERATIONS

ASSESSMENTS: Final = 40_000
FEWEST: Final = 100
"""Assessments of the smaller size: with fewer, what is paid once hides what grows."""
CHANGES_IN_ALL: Final = ASSESSMENTS * REVISIONS * CHANGES
_HOUR: Final = 3600
_GIGA: Final = 10**9


def grown(first: Figures, last: Figures, operation: str, to: int = ASSESSMENTS) -> tuple[float, float] | None:
    """With what power of the assessments a figure grows, and what it comes to; None where none was measured.

    One that falls is taken to stay: what falls is noise.
    """
    small, large = first.value(operation), last.value(operation)
    if not small or not large or not FEWEST <= first.assessments < last.assessments:
        return None
    power = max(0.0, log(large / small) / log(last.assessments / first.assessments))
    return power, large * (to / last.assessments) ** power


def projected(first: Sequence[Figures], last: Sequence[Figures], ours: Sequence[str]) -> list[list[str]]:
    """A row for each operation of each keeper among *ours*: measured, its power, the whole country."""
    rows = [["keeper", "operation", f"at {last[0].assessments:,}", "power", f"at {ASSESSMENTS:,}"]]
    for small, large in zip(first, last, strict=True):
        if large.keeper in ours:
            rows += _rows(small, large)
    return rows


def _rows(small: Figures, large: Figures) -> Iterator[list[str]]:
    for operation in (*(each.name for each in OPERATIONS), BULK, BYTES, MEMORY):
        found, now = grown(small, large, operation), large.value(operation)
        if found is None or now is None:
            continue
        power, then = found
        if operation == BULK:
            told = _time(now), f"{then * REVISIONS * ASSESSMENTS / _HOUR:,.1f} hours for all"
        elif operation == BYTES:
            told = f"{now:,.0f} B", f"{then * CHANGES_IN_ALL / _GIGA:,.0f} GB for all"
        elif operation == MEMORY:
            told = f"{now / 2**20:,.0f} MB", f"{then / 2**20:,.0f} MB"
        else:
            told = _time(now), _time(then)
        yield [large.keeper, operation, told[0], f"{power:.2f}", told[1]]


def _time(seconds: float) -> str:
    if seconds >= 2 * _HOUR:
        return f"{seconds / _HOUR:,.1f} h"
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"
