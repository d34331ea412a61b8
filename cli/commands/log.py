"""``kaitei log REF``: the revisions of an assessment or of one item."""

from __future__ import annotations

import typer

from cli import filing, living, printing
from cli.options import Format, Item, Json, Output, Ref, chosen
from cli.session import session
from ledger.form import form_named
from projections.asking import Asking
from projections.exports import as_json
from projections.naming import item_of_rows, items_shown


def command(
    context: typer.Context, ref: Ref, item: Item = "", output: Output = Format.TEXT, as_json_: Json = False
) -> None:
    """Show the revisions in order, with 事前/事後 and reason."""
    form = chosen(output, as_json=as_json_)
    with Asking(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        named = item_of_rows(item, form_named(identity.form)) if item else None
        revisions = kaitei.questions.log(identity, named)
        if not revisions:  # an item that the document does not have is a mistake
            items_shown(kaitei.questions.document(identity), item)
        known = None if item else kaitei.assessment(identity)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.log(identity, revisions, known)))
    else:
        filing.log(revisions)
        if known is not None:
            living.milestones(known)
