"""``kaitei rules``: what the validator looks for."""

from __future__ import annotations

from cli import printing, reporting
from cli.options import Format, Json, Output, chosen
from projections.exports import as_json, as_json_judged
from projections.rules import RULES


def command(output: Output = Format.TEXT, as_json_: Json = False) -> None:
    """List every rule with its severity, its source, and what to do about a finding."""
    if chosen(output, as_json=as_json_) is Format.JSON:
        printing.out(as_json.dumps(as_json_judged.rules(RULES)))
    else:
        reporting.rules(RULES)
