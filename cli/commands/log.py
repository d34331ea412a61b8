"""``kaitei log REF``: the revisions of an assessment or of one item."""

from __future__ import annotations

import typer

from cli import filing, living, printing
from cli.options import Format, Item, Json, Output, Ref, chosen
from cli.session import session
from ledger.form import form_named
from projections import history
from projections.application import Kaitei
from projections.as_of import document_as_of
from projections.exports import as_json
from projections.naming import item_of_rows, items_shown


def command(
    context: typer.Context, ref: Ref, item: Item = "", output: Output = Format.TEXT, as_json_: Json = False
) -> None:
    """Show the revisions in order, with 事前/事後 and reason."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        known = kaitei.assessment(identity)
    named = item_of_rows(item, form_named(identity.form)) if item else None
    revisions = history.log(known, named)
    if not revisions:
        items_shown(document_as_of(known), item)  # an item that the document does not have is a mistake
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.log(identity, revisions, None if item else known)))
    else:
        filing.log(revisions)
        if not item:
            living.milestones(known)
