"""``kaitei verify``: whether the history of the whole ledger was touched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing, proving
from cli.options import Format, Json, Output, chosen
from cli.session import session
from ledger.checkpoints import Checkpoint
from projections.application import Kaitei
from projections.exports import as_json
from projections.files import read_text


def command(
    context: typer.Context,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", metavar="FILE", help="台帳の外に置いた控えと比べる（繰り返せる）"),
    ] = None,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Recompute every hash; exit status 1 where anything is not as it was written."""
    form = chosen(output, as_json=as_json_)
    kept = [Checkpoint.read(read_text(path), str(path)) for path in checkpoint or ()]
    with Kaitei(session(context).db) as kaitei:
        verdict = kaitei.history().verdict(kept)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json.verdict(verdict)))
    else:
        proving.verdict(verdict, compared=bool(kept))
    if verdict.breaks:
        raise typer.Exit(1)
