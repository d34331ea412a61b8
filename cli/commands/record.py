"""``kaitei record REF``: one change by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import printing
from cli.options import By, Format, Json, Output, Ref, account, chosen, session
from projections.application import Kaitei
from projections.change_table import change_table
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    item: Annotated[str, typer.Option("--item", metavar="項目", help="変更する項目")],
    after: Annotated[str, typer.Option("--after", metavar="記載", help="変更後の記載")],
    on: Annotated[str, typer.Option("--on", metavar="日", help="変更日")],
    timing: Annotated[str, typer.Option("--timing", metavar="事前|事後", help="提出時期")],
    reason: Annotated[str, typer.Option("--reason", metavar="説明", help="提出時期に係る説明")],
    before: Annotated[
        str | None, typer.Option("--before", metavar="記載", help="変更前の記載がこれと違えば記録しない")
    ] = None,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record a change of one item; what it says on that day becomes 変更前."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        entry = kaitei.record(
            identity,
            item=item,
            after=after,
            on=on,
            timing=timing,
            reason=reason,
            by=account(by),
            before=before,
        )
        rows = change_table(kaitei.assessment(identity))
    recorded = [row for row in rows if row.change.event_id == entry.event_id]
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.table_row(recorded[0])))
    else:
        printing.out(f"{identity.ref}: {entry.event_id} として記録しました")
        printing.table(recorded)
