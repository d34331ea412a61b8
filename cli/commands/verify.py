"""``kaitei verify``: whether the history of the whole ledger was touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli import across, printing, proving
from cli.options import Format, Json, Output, chosen
from cli.session import session
from ledger.checkpoints import Checkpoint
from projections.application import Kaitei
from projections.copies import compared, read_copy
from projections.exports import as_json, as_json_verdict
from projections.files import read_bytes, read_text


def command(
    context: typer.Context,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", metavar="FILE", help="台帳の外に置いた控えと比べる（繰り返せる）"),
    ] = None,
    copy: Annotated[
        list[Path] | None,
        typer.Option(
            "--copy",
            metavar="FILE",
            help="書き出した写し（export の出力、-f xlsx・-f html の出力）を台帳と比べる（繰り返せる）",
        ),
    ] = None,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Recompute every hash, and hold the read models against the events; exit status 1 on any difference."""
    form = chosen(output, as_json=as_json_)
    kept = [Checkpoint.read(read_text(path), str(path)) for path in checkpoint or ()]
    copies = [read_copy(read_bytes(path), str(path)) for path in copy or ()]
    with Kaitei(session(context).db) as kaitei:
        history = kaitei.history()
        verdict = history.verdict(kept)
        if not verdict.breaks:  # what does not follow from broken events is no news
            verdict = replace(verdict, breaks=tuple(kaitei.read_models.differing(across.each_of)))
        found = [compared(kaitei, history, each) for each in copies]
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_verdict.verdict(verdict, found)))
    else:
        proving.verdict(verdict, compared=bool(kept or copies))
        for each in found:
            proving.copy(each)
    if verdict.breaks or not all(each.holds for each in found):
        raise typer.Exit(1)
