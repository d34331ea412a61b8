"""``kaitei list``: the assessments in the ledger."""

from __future__ import annotations

import typer

from cli import printing, views
from cli.options import Format, Json, Output, chosen
from cli.session import session
from projections.asking import Asking
from projections.exports import as_json


def command(context: typer.Context, output: Output = Format.TEXT, as_json_: Json = False) -> None:
    """List the assessments in the order in which they were first taken in."""
    form = chosen(output, as_json=as_json_)
    with Asking(session(context).db) as kaitei:
        rows = kaitei.questions.listed()
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.listed(rows)))
    else:
        views.listed(rows)
