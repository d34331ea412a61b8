"""``kaitei withhold REF``: erase words that were published or recorded by mistake, with a reason."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import printing
from cli.options import By, Format, Json, Output, Ref, Why, account, chosen
from cli.session import session
from projections.application import Kaitei
from projections.exports import as_json, as_json_judged
from projections.withholding import Withheld

_SHOWN = 10  # events


def command(
    context: typer.Context,
    ref: Ref,
    text: Annotated[
        list[str],
        typer.Option(
            "--text", metavar="語", help="消す語（氏名など。繰り返せる。空白や全角半角の違いは問わない）"
        ),
    ],
    why: Why,
    by: By = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="どこから消えるかを示すだけで、何も消さない")
    ] = False,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Erase words wherever they stand in one assessment; what says why stands in their place."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        found = kaitei.withhold(kaitei.find(ref), text, why=why, by=account(by), dry_run=dry_run)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_judged.withheld(found)))
    else:
        _say(found)


def _say(found: Withheld) -> None:
    ref = found.identity.ref
    shown = "、".join(found.events[:_SHOWN]) + ("…" if len(found.events) > _SHOWN else "")
    where = f"{found.places}か所（{shown}）" if found.events else "記録にはなく"
    if found.entry is None:
        printing.out(f"{ref}: {where}が〔非公開〕になります（まだ何も消していません）")
    else:
        printing.out(f"{ref}: {found.entry.event_id} として記録し、{where}を〔非公開〕にしました")
    for name in found.sources:
        gone = "消えます" if found.entry is None else "消しました"
        printing.out(f"  原本 {name} の内容も{gone}（取り込んだことの記録は残ります）")
    for other in found.elsewhere:
        printing.out(f"  {other} にも同じ語があります（kaitei withhold {other}）")
    if found.entry is None:
        return
    if not found.cleared:
        printing.out(
            "  データベースの使わなくなった領域には残っています。ほかの処理が終わってから、"
            "もう一度同じコマンドを（PostgreSQL では所有者が VACUUM FULL を）実行してください"
        )
    printing.out("  この記録より前のバックアップ、書き出し、公表した文書には残っています。別に消してください")
