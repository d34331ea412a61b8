"""``kaitei impact TERM [REF...]``: which assessments must change with a law, a vendor or a platform."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import across, outlook, printing
from cli.options import Format, Json, Output, Refs, chosen, today
from cli.session import session
from projections.across import held_on
from projections.application import Kaitei
from projections.exports import as_json, as_json_outlook
from projections.impact import impact
from projections.terms import Term


def command(
    context: typer.Context,
    term: Annotated[str, typer.Argument(metavar="TERM", help="法令、事業者、基盤などの名前")],
    refs: Refs = None,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Show which items name a term, and for which of them a change is recorded already."""
    form, looked_for, now = chosen(output, as_json=as_json_), Term.of(term), today()
    with Kaitei(session(context).db) as kaitei:
        known = kaitei.known(refs or ())
    found = impact(looked_for, held_on(across.one_by_one(known), None), now)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_outlook.impact(found)))
    else:
        outlook.impact(found)
