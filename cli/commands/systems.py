"""``kaitei systems [REF...]``: the systems of all assessments, and their connections."""

from __future__ import annotations

import typer

from cli import across, printing
from cli.options import AsOf, Format, Json, Output, Refs, chosen, day
from cli.session import session
from projections.across import held_on
from projections.application import Kaitei
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
    with Kaitei(session(context).db) as kaitei:
        only = {kaitei.find(ref).ref for ref in refs or ()}
        known = kaitei.listed()
    found = register(held_on(across.one_by_one(known), asked), asked, only)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_across.systems(found)))
    else:
        across.systems(found)
