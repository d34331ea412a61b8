"""``kaitei record REF``: one change by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import completing, printing, views
from cli.options import By, Format, Json, Output, Ref, account, chosen, today
from cli.session import session
from ledger.errors import WrongUse
from projections.application import Kaitei
from projections.deciding import row_of
from projections.exports import as_json
from projections.files import read_text
from projections.recording import hint_on_timing


def command(
    context: typer.Context,
    ref: Ref,
    item: Annotated[
        str, typer.Option("--item", metavar="項目", help="変更する項目", autocompletion=completing.items)
    ],
    timing: Annotated[
        str,
        typer.Option(
            "--timing", metavar="事前|事後", help="提出時期", autocompletion=completing.among("事前", "事後")
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="説明", help="提出時期に係る説明")],
    after: Annotated[str | None, typer.Option("--after", metavar="記載", help="変更後の記載")] = None,
    after_file: Annotated[
        Path | None,
        typer.Option(
            "--after-file", metavar="FILE", help="変更後の記載のファイル（UTF-8、末尾の改行は除く）"
        ),
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="日", help="変更日（公表のときに決めるなら省略）")] = "",
    actual: Annotated[
        str, typer.Option("--actual", metavar="日", help="実際に変わる日（事前・事後はこの日と比べる）")
    ] = "",
    revision: Annotated[
        str, typer.Option("--revision", metavar="名前", help="同じ名前の変更を一つの改訂とする")
    ] = "",
    before: Annotated[
        str | None, typer.Option("--before", metavar="記載", help="変更前の記載がこれと違えば記録しない")
    ] = None,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Record a change of one item; what it says on that day becomes 変更前."""
    form, now = chosen(output, as_json=as_json_), today()
    if (after is None) == (after_file is None):
        raise WrongUse(
            "変更後の記載がありません" if after is None else "変更後の記載が二つあります",
            where="kaitei record",
            remedy="--after か --after-file のどちらか一つを指定してください",
        )
    text = read_text(after_file) if after_file else after or ""
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        entry = kaitei.record(
            identity,
            item=item,
            after=text,
            on=on,
            timing=timing,
            reason=reason,
            by=account(by),
            before=before,
            actual=actual,
            revision=revision,
        )
        row = row_of(kaitei.assessment(identity), entry)
    if hint := hint_on_timing(timing, actual, now):
        printing.error(f"注意: {hint}")
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.table_row(row)))
    else:
        printing.out(f"{identity.ref}: {entry.event_id} として記録しました")
        views.table([row])
