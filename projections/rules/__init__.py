"""The rules of the validator: one small function each, listed with source and remedy."""

from __future__ import annotations

from projections.findings import Rule
from projections.rules import against_body, against_ledger, body, names, regime, replay, table

RULES: tuple[Rule, ...] = (
    *table.RULES,
    *names.RULES,
    *replay.RULES,
    *against_body.RULES,
    *body.RULES,
    *regime.RULES,
    *against_ledger.RULES,
)
