"""``kaitei show REF``: the document, now or on a past day, with certainty per item."""

from __future__ import annotations

import typer

from cli import printing
from cli.options import AsOf, BasisOption, Format, Item, Json, KnownAt, Output, Ref, chosen, day, session
from projections.application import Kaitei, as_time
from projections.as_of import Basis, document_as_of
from projections.exports import as_json
from projections.naming import items_shown


def command(
    context: typer.Context,
    ref: Ref,
    as_of: AsOf = "",
    item: Item = "",
    basis: BasisOption = Basis.CHANGE,
    known_at: KnownAt = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Show the whole document, or one item or heading of it."""
    form = chosen(output, as_json=as_json_)
    asked, known = day(as_of), as_time(known_at) if known_at else None
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        shown = document_as_of(kaitei.assessment(identity, known), asked, basis)
    items = items_shown(shown, item)
    if form is Format.JSON:
        printing.out(
            as_json.dumps(as_json.document(identity, shown, items, known.isoformat() if known else None))
        )
    else:
        printing.document(identity.ref, shown, items, reasons=bool(item))
