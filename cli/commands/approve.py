"""``kaitei approve REF REVISION``: the 決裁 of a revision."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import filing
from cli.options import By, Format, Json, Note, Output, Ref, RevisionName, account, chosen, today
from cli.session import session
from projections.application import Kaitei


def command(
    context: typer.Context,
    ref: Ref,
    revision: RevisionName,
    on: Annotated[str, typer.Option("--on", metavar="日", help="決裁の日（省略すると今日）")] = "",
    why: Note = "",
    undo: Annotated[bool, typer.Option("--undo", help="決裁の記録を取り消す（前の記録は残る）")] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record that a revision was approved in the office."""
    form, now = chosen(output, as_json=as_json_), today()
    with Kaitei(session(context).db) as kaitei:
        filed = kaitei.office.approve(
            kaitei.find(ref),
            revision,
            on=on or now.isoformat(),
            why=why,
            by=account(by),
            today=now,
            undo=undo,
        )
    filing.say(filed, form)
