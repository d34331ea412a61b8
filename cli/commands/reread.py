"""``kaitei reread REF``: read again what was taken in, with today's readers."""

from __future__ import annotations

import typer

from cli import printing, taking_in
from cli.options import By, Format, Json, Output, Ref, account, chosen
from cli.session import session
from projections.application import Kaitei, Refused
from projections.exports import as_json, as_json_intake


def command(
    context: typer.Context, ref: Ref, by: By = "", output: Output = Format.TEXT, as_json_: Json = False
) -> None:
    """Record what reads differently now; ``show --known-at`` still answers by the earlier reading."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        results = kaitei.reread(identity, by=account(by))
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_intake.reread(identity, results)))
    else:
        for result in results:
            taking_in.reread(identity.ref, result)
    if any(isinstance(result, Refused) for result in results):
        raise typer.Exit(2)
