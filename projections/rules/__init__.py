"""The rules of the validator: one small function each, listed with source and remedy."""

from __future__ import annotations

from projections.findings import Rule
from projections.rules import (
    against_body,
    body,
    body_dates,
    choices,
    files,
    names,
    naming,
    regime,
    replay,
    sections,
    table,
    thresholds,
)

RULES: tuple[Rule, ...] = (
    *table.RULES,
    *names.RULES,
    *replay.RULES,
    *against_body.RULES,
    *body.RULES,
    *body_dates.RULES,
    *choices.RULES,
    *sections.RULES,
    *files.RULES,
    *naming.RULES,
    *regime.RULES,
    *thresholds.RULES,
)
