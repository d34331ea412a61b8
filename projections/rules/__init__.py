"""The rules of the validator: one small function each, listed with source and remedy."""

from __future__ import annotations

from projections.findings import Rule
from projections.rules import (
    against_body,
    body,
    columns,
    dates,
    names,
    reasons,
    regime,
    replay,
    table,
    unrecorded,
)

RULES: tuple[Rule, ...] = (
    *table.RULES,
    *dates.RULES,
    *columns.RULES,
    *names.RULES,
    *replay.RULES,
    *against_body.RULES,
    *unrecorded.RULES,
    *body.RULES,
    *regime.RULES,
    *reasons.RULES,
)
