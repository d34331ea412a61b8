"""The tables of the comparison, and docs/comparison.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.keeping.measuring import Figures
from benchmarks.keeping.operations import AIMS, APPEND, BULK, BYTES, OPERATIONS, RECORD

BESIDE: Final = "SQLite by hand"
OURS: Final = "Kaitei"
ORDER: Final = (RECORD, APPEND, BULK, *(each.name for each in OPERATIONS if not each.writes), BYTES)
_KILO: Final = 1000


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(operation: str, value: float | None) -> str:
    """A figure with its unit: seconds or bytes."""
    if value is None:
        return "–"
    if operation == BYTES:
        return f"{value:,.0f} B"
    return f"{value * _KILO:,.2f} ms" if value * _KILO < _KILO else f"{value:,.1f} s"


def side_by_side(found: Sequence[Figures]) -> str:
    """All keepers of one size: medians, ratios to SQLite by hand, rounds where there were fewer."""
    beside = next((each for each in found if each.keeper == BESIDE), None)
    ours = next((each for each in found if each.keeper == OURS), None)
    rows = [["operation", *(each.keeper for each in found), "Kaitei's ratio", "aim"]]
    for operation in ORDER:
        if all(each.value(operation) is None for each in found):
            continue
        most = max((each.rounds(operation) for each in found), default=0)
        cells = [_cell(operation, each, beside, most) for each in found]
        aim = AIMS[operation]
        times = ratio(operation, ours, beside)
        reached = "" if times is None else "reached" if times <= aim else "not yet"
        rows.append([operation, *cells, _times(times), f"{aim:g} x {reached}".strip()])
    return table(rows)


def _cell(operation: str, one: Figures, beside: Figures | None, most: int) -> str:
    """A median, its ratio, and the rounds where there were fewer than others had."""
    said = told(operation, one.value(operation))
    if one.keeper not in {BESIDE, OURS} and (times := ratio(operation, one, beside)) is not None:
        said += f" ({_times(times)})"
    fewer = 0 < one.rounds(operation) < most
    return f"{said}, {one.rounds(operation)} rounds" if fewer else said


def ratio(operation: str, one: Figures | None, beside: Figures | None) -> float | None:
    """How many times as much as the other."""
    value, other = (each.value(operation) if each else None for each in (one, beside))
    return value / other if value is not None and other else None


def _times(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f} x" if value < 10 else f"{value:,.0f} x"  # noqa: PLR2004  # three digits tell enough


def growth(sizes: Sequence[Sequence[Figures]]) -> str:
    """How much each figure grows from the first size to the last, keeper by keeper."""
    first, last = sizes[0], sizes[-1]
    rows = [["operation", *(each.keeper for each in last)]]
    for operation in ORDER:
        grown = [ratio(operation, after, before) for before, after in zip(first, last, strict=True)]
        if any(each is not None for each in grown):
            rows.append([operation, *map(_times, grown)])
    return table(rows)


def divided(found: Sequence[Figures]) -> str:
    """How the bytes of each keeper divide, per change."""
    return "\n".join(
        f"- {each.keeper}: {told(BYTES, each.value(BYTES))}: {'; '.join(_parts(each))}"
        for each in found
        if each.sizes
    )


def _parts(one: Figures) -> Iterator[str]:
    for part, size in sorted(one.sizes.items(), key=lambda each: -each[1]):
        yield f"{part} {size / one.changes:,.0f}"
