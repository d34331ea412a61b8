"""``kaitei revise REF DRAFT``: records a draft as one revision."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing, revising
from cli.options import By, Format, Json, Output, Ref, account, chosen
from cli.session import session
from projections import draft_file
from projections.application import Kaitei
from projections.exports import as_json, as_json_drafts
from projections.files import read_text


def command(
    context: typer.Context,
    ref: Ref,
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="kaitei draft が書いた下書き")],
    name: Annotated[
        str, typer.Option("--name", metavar="名前", help="改訂の名前（省略すると下書きの「改訂」）")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="記録せず、記録される行と点検の指摘だけを示す")
    ] = False,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Check every row of a draft against the document and the rules, and record all of them, or none."""
    form = chosen(output, as_json=as_json_)
    read = draft_file.read(read_text(draft), str(draft))
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        revised = kaitei.revise(
            identity, read, where=str(draft), by=account(by), revision=name, dry_run=dry_run
        )
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_drafts.revised(revised)))
    else:
        revising.revised(revised)
