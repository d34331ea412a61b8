"""``kaitei import FILE...``: take in published documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing
from cli.options import By, Format, Json, Output, account, chosen, session
from projections.application import Refused, import_files
from projections.exports import as_json


def command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="評価書のファイル")],
    same_as: Annotated[str, typer.Option("--as", metavar="REF", help="この評価書のものとして取り込む")] = "",
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Take in each document whole or not at all; a document already known records nothing."""
    in_json = chosen(output, as_json=as_json_) is Format.JSON
    results = []
    for result in import_files(session(context).db, files, by=account(by), same_as=same_as):
        results.append(result)
        if not in_json:
            printing.imported(result)
    if in_json:
        printing.out(as_json.dumps(as_json.imported(results)))
    if any(isinstance(result, Refused) for result in results):
        raise typer.Exit(2)
