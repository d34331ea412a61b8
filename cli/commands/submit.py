"""``kaitei submit REF REVISION``: a revision goes to 個人情報保護委員会."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import completing, filing
from cli.options import By, Format, Json, Note, Output, Ref, RevisionName, account, chosen, today
from cli.session import session
from ledger.errors import WrongUse
from projections.application import Kaitei


def command(
    context: typer.Context,
    ref: Ref,
    revision: RevisionName,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="修正|再実施|実施",
            help="提出の種類（取り消すときは省略）",
            autocompletion=completing.among("修正", "再実施", "実施"),
        ),
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="日", help="提出の日（省略すると今日）")] = "",
    receipt: Annotated[str, typer.Option("--receipt", metavar="番号", help="受付番号")] = "",
    why: Note = "",
    undo: Annotated[bool, typer.Option("--undo", help="提出の記録を取り消す（前の記録は残る）")] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record that a revision was submitted, and as what."""
    form, now = chosen(output, as_json=as_json_), today()
    if not (kind or undo):
        raise WrongUse(
            "提出の種類がありません",
            where="kaitei submit",
            remedy="--kind で 修正、再実施、実施 のどれかを指定してください",
        )
    with Kaitei(session(context).db) as kaitei:
        filed = kaitei.office.submit(
            kaitei.find(ref),
            revision,
            kind=kind,
            on=on or now.isoformat(),
            receipt=receipt,
            why=why,
            by=account(by),
            today=now,
            undo=undo,
        )
    filing.say(filed, form)
