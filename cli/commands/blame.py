"""``kaitei blame REF``: for each item the row that last changed it."""

from __future__ import annotations

import typer

from cli import printing, views
from cli.options import Format, Item, Json, Output, Ref, chosen
from cli.session import session
from projections import history
from projections.application import Kaitei
from projections.as_of import document_as_of
from projections.exports import as_json
from projections.naming import items_shown


def command(
    context: typer.Context, ref: Ref, item: Item = "", output: Output = Format.TEXT, as_json_: Json = False
) -> None:
    """Show the row behind every item of the latest document, or of one item or heading."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        known = kaitei.assessment(identity)
    items = items_shown(document_as_of(known), item)
    found = history.blame(known, [each.path for each in items])
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.blame(identity, found)))
    else:
        views.blame(found)
