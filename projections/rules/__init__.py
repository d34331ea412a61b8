"""The rules of the validator: one small function each, listed with source and remedy."""

from __future__ import annotations

from projections.findings import Rule
from projections.rules import (
    against_body,
    against_ledger,
    body,
    body_dates,
    choices,
    columns,
    dates,
    files,
    names,
    naming,
    reasons,
    regime,
    replay,
    sections,
    table,
    thresholds,
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
    *body_dates.RULES,
    *choices.RULES,
    *sections.RULES,
    *files.RULES,
    *naming.RULES,
    *regime.RULES,
    *reasons.RULES,
    *thresholds.RULES,
    *against_ledger.RULES,
)
