"""``kaitei review REF``: somebody compared the text with reality, as is to be done once a year."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import living, printing
from cli.options import By, Format, Json, Output, Ref, account, chosen, today
from cli.session import session
from projections.application import Kaitei
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    why: Annotated[str, typer.Option("--why", metavar="結果", help="見直しの結果（変更点なし など）")],
    on: Annotated[str, typer.Option("--on", metavar="日", help="見直しをした日（省略すると今日）")] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="その日の見直しの記録を取り消す（前の記録は残る）")
    ] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record a review of one assessment, and what was found."""
    form, now = chosen(output, as_json=as_json_), today()
    with Kaitei(session(context).db) as kaitei:
        lived = kaitei.review(
            kaitei.find(ref), on=on or now.isoformat(), why=why, by=account(by), today=now, undo=undo
        )
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.lived(lived)))
    else:
        living.recorded(lived, "見直し")
