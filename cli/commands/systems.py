"""``kaitei systems [REF...]``: the systems of all assessments, and their connections."""

from __future__ import annotations

import typer

from cli import across, printing
from cli.options import AsOf, Format, Json, Output, Refs, chosen, day
from cli.session import session
from projections.asking import Asking
from projections.exports import as_json, as_json_across
from projections.systems import register


def command(
    context: typer.Context,
    refs: Refs = None,
    as_of: AsOf = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """List each system with its functions and connections, in which assessments, and since when."""
    asked, form = day(as_of), chosen(output, as_json=as_json_)
    with Asking(session(context).db) as kaitei:
        only = {kaitei.find(ref).ref for ref in refs or ()}
        held = kaitei.questions.systems(asked, across.each_of)
    found = register(held, asked, only)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_across.systems(found)))
    else:
        across.systems(found)
