"""``kaitei source REF``: the documents taken in, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing, views
from cli.options import Format, Json, Output, Ref, chosen, day
from cli.session import session
from ledger.errors import WrongUse
from projections.application import Kaitei
from projections.exports import as_json
from projections.files import write_new
from projections.sources import matching, the_one


def command(
    context: typer.Context,
    ref: Ref,
    edition: Annotated[
        str,
        typer.Option("--edition", metavar="公表日", help="どの版の原本か（省略すると最後に公表された版）"),
    ] = "",
    file: Annotated[
        str, typer.Option("--file", metavar="名前", help="どの原本か（ファイル名か sha256 の先頭）")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="書き出すファイル（省略すると標準出力。端末には出さない）"
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="原本そのものではなく、その一覧")] = False,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Give back a source exactly as it was taken in; ``--list`` and JSON tell which there are."""
    form, published = chosen(output, as_json=as_json_), day(edition)
    if out is not None and (listed or form is Format.JSON):
        raise WrongUse(
            "一覧はファイルに書き出せません",
            where=f"--out {out}",
            remedy="--out は --list や -f json を付けずに使ってください",
        )
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        known = kaitei.sources(identity)
        if form is Format.JSON:
            printing.out(as_json.dumps(as_json.sources(identity, matching(known, published, file))))
            return
        if listed:
            views.sources(matching(known, published, file))
            return
        data = kaitei.source(the_one(known, published, file))
    if out is None:
        printing.raw(data, "原本")
    else:
        write_new(out, data)
        printing.out(f"{out}: {len(data):,}バイトを書き出しました")
