"""``kaitei interpret REF EVENT``: what an unclear row of a published table means."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import completing, deciding, printing
from cli.options import By, Event, Format, Json, Output, Ref, Why, account, chosen
from cli.session import session
from projections.application import Kaitei
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    event: Event,
    why: Why,
    item: Annotated[
        str | None,
        typer.Option("--item", metavar="項目", help="この行が変更した項目", autocompletion=completing.items),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="日", help="この行の変更日")] = None,
    as_printed: Annotated[
        bool, typer.Option("--as-printed", help="これまでの解釈をやめ、記載のとおりに読む")
    ] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Decide the item or the day of a row; its words stay as they are printed."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        decided = kaitei.interpret(
            identity, event, item=item, on=on, as_printed=as_printed, why=why, by=account(by)
        )
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.table_row(decided.row)))
    else:
        deciding.decided(identity.ref, decided)
