"""``kaitei end REF``: the 事務 of an assessment ends."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import living, printing
from cli.options import By, Format, Json, Output, Ref, Why, account, chosen
from cli.session import session
from ledger.errors import WrongUse
from projections.application import Kaitei
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    why: Why,
    on: Annotated[str, typer.Option("--on", metavar="日", help="事務が終わる日（先の日でもよい）")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="終了の記録を取り消す（前の記録は残る）")] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record the day on which the 事務 ends; the assessment stays in the ledger."""
    form = chosen(output, as_json=as_json_)
    if bool(on) == undo:
        raise WrongUse(
            "--on と --undo は一緒に使えません" if undo else "事務が終わる日がありません",
            where="kaitei end",
            remedy="--on で日を、取り消すときは --undo だけを指定してください",
        )
    with Kaitei(session(context).db) as kaitei:
        lived = kaitei.end(kaitei.find(ref), on=on, why=why, by=account(by), undo=undo)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.lived(lived)))
    else:
        living.recorded(lived, "終了")
