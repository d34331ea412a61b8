"""``kaitei correct REF EVENT``: what is right instead of what a change says."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import completing, deciding, printing
from cli.options import By, Event, Format, Json, Output, Ref, Why, account, chosen
from cli.session import session
from projections.application import Kaitei
from projections.deciding import Correction
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    event: Event,
    why: Why,
    item: Annotated[
        str | None, typer.Option("--item", metavar="項目", help="正しい項目", autocompletion=completing.items)
    ] = None,
    before: Annotated[str | None, typer.Option("--before", metavar="記載", help="正しい変更前の記載")] = None,
    after: Annotated[str | None, typer.Option("--after", metavar="記載", help="正しい変更後の記載")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="日", help="正しい変更日")] = None,
    timing: Annotated[
        str | None,
        typer.Option(
            "--timing",
            metavar="事前|事後",
            help="正しい提出時期",
            autocompletion=completing.among("事前", "事後"),
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="説明", help="正しい提出時期に係る説明")
    ] = None,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Put a change right: only what is given changes, and what was recorded before stays answerable."""
    form = chosen(output, as_json=as_json_)
    correction = Correction(item=item, before=before, after=after, on=on, timing=timing, reason=reason)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        decided = kaitei.correct(identity, event, correction, why=why, by=account(by))
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.table_row(decided.row)))
    else:
        deciding.decided(identity.ref, decided)
