"""``kaitei log REF``: the revisions of an assessment or of one item."""

from __future__ import annotations

import typer

from cli import printing
from cli.options import Format, Item, Json, Output, Ref, chosen, session
from projections import history
from projections.application import Kaitei, item_named
from projections.exports import as_json


def command(
    context: typer.Context, ref: Ref, item: Item = "", output: Output = Format.TEXT, as_json_: Json = False
) -> None:
    """Show the revisions in order, with 事前/事後 and reason."""
    named = item_named(item) if item else None
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        revisions = history.log(kaitei.assessment(identity), named)
    if chosen(output, as_json=as_json_) is Format.JSON:
        printing.out(as_json.dumps(as_json.log(identity, revisions)))
    else:
        printing.log(revisions)
