"""``kaitei publish REF [REVISION...]``: revisions are published in an edition."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import completing, filing
from cli.options import By, Format, Json, Note, Output, Ref, account, chosen, today
from cli.session import session
from projections.application import Kaitei


def command(
    context: typer.Context,
    ref: Ref,
    on: Annotated[str, typer.Option("--on", metavar="日", help="公表日")],
    revisions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[REVISION...]",
            help="改訂の名前（省略すると未公表のすべて）",
            show_default=False,
            autocompletion=completing.revisions,
        ),
    ] = None,
    change_date: Annotated[
        str,
        typer.Option("--change-date", metavar="日", help="変更日のない変更の変更日（省略すると公表日）"),
    ] = "",
    why: Note = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="その公表日の公表の記録を取り消す（前の記録は残る）")
    ] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record that revisions were published; the cover says that day from then on."""
    form, now = chosen(output, as_json=as_json_), today()
    with Kaitei(session(context).db) as kaitei:
        filed = kaitei.office.publish(
            kaitei.find(ref),
            revisions or (),
            on=on,
            change_date=change_date,
            why=why,
            by=account(by),
            today=now,
            undo=undo,
        )
    filing.say(filed, form)
