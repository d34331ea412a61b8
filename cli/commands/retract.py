"""``kaitei retract REF EVENT``: a change was recorded by mistake."""

from __future__ import annotations

import typer

from cli import deciding, printing
from cli.options import By, Event, Format, Json, Output, Ref, Why, account, chosen
from cli.session import session
from projections.application import Kaitei
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    event: Event,
    why: Why,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Let a change count for nothing from now on; what was answered before stays answerable."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        decided = kaitei.retract(identity, event, why=why, by=account(by))
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.table_row(decided.row)))
    else:
        deciding.decided(identity.ref, decided)
