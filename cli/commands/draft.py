"""``kaitei draft REF EDITED``: an edited document → the draft of a revision."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing
from cli.options import Format, Json, Out, Output, Ref, chosen
from cli.session import session
from projections import draft_file
from projections.application import Kaitei, read_file
from projections.exports import as_json, as_json_drafts
from projections.files import write_new


def command(
    context: typer.Context,
    ref: Ref,
    edited: Annotated[
        Path, typer.Argument(metavar="EDITED", help="編集した評価書（取り込める形式のどれでも）")
    ],
    out: Out = None,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Compare an edited document with the current one; write a row for each changed item."""
    form = chosen(output, as_json=as_json_)
    _, edition = read_file(edited)
    with Kaitei(session(context).db) as kaitei:
        draft = kaitei.draft(kaitei.find(ref), edition, where=str(edited))
    as_object = form is Format.JSON
    text = f"{as_json.dumps(as_json_drafts.draft(draft))}\n" if as_object else draft_file.written(draft)
    if out is None:
        printing.out(text)
        return
    write_new(out, text.encode())
    printing.out(f"{draft.ref}: {len(draft.rows)}件の変更を {out} に書き出しました")
