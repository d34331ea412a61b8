"""``kaitei changes REF``: （別添２）変更箇所, written from the events."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import printing
from cli.options import AsOf, Format, Json, Output, Ref, chosen, day, session
from projections.application import Kaitei
from projections.change_table import change_table
from projections.exports import as_csv, as_json


def command(
    context: typer.Context,
    ref: Ref,
    as_of: AsOf = "",
    pending: Annotated[bool, typer.Option("--pending", help="まだ公表していない変更だけ")] = False,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Write the change table: published rows as printed, then what was recorded here."""
    asked, form = day(as_of), chosen(output, Format.CSV, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        rows = change_table(kaitei.assessment(identity), asked, pending=pending)
    match form:
        case Format.JSON:
            printing.out(as_json.dumps(as_json.changes(identity, rows)))
        case Format.CSV:
            printing.out(as_csv.changes(rows))
        case _:
            printing.table(rows)
