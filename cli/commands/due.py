"""``kaitei due [REF...]``: the duties that fall due, each with how its date was found."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import across, outlook, printing
from cli.options import Format, Json, Output, Refs, chosen, day, today
from cli.session import session
from projections.across import held_on
from projections.application import Kaitei
from projections.duties import duties
from projections.exports import as_json, as_json_outlook


def command(
    context: typer.Context,
    refs: Refs = None,
    on: Annotated[str, typer.Option("--on", metavar="日", help="この日に確かめる（省略すると今日）")] = "",
    within: Annotated[int, typer.Option("--within", metavar="日数", min=0, help="期限が近いとする日数")] = 90,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """List the yearly review, the five years, incidents, ends, and changes that are not published yet."""
    form, asked = chosen(output, as_json=as_json_), day(on) or today()
    with Kaitei(session(context).db) as kaitei:
        known = kaitei.known(refs or ())
    found = duties(held_on(across.one_by_one(known), asked), asked)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_outlook.due(found, asked, within)))
    else:
        outlook.due(found, asked, within)
