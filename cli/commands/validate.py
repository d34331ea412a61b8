"""``kaitei validate FILE...``: check published documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing
from cli.options import Format, Json, Output, chosen
from ledger.errors import LedgerError
from projections import validator
from projections.application import read_file
from projections.exports import as_json
from projections.findings import Severity


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="評価書のファイル")],
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Check each document by itself: its table, its body, and one against the other."""
    form = chosen(output, as_json=as_json_)
    reports: list[tuple[str, validator.Report]] = []
    refused = False
    for path in files:
        try:
            reports.append((str(path), validator.validate(read_file(path)[1])))
        except LedgerError as error:
            printing.error(error)
            refused = True
    if form is Format.JSON:
        views = [as_json.report(file, report) for file, report in reports]
        if views:
            printing.out(as_json.dumps(views[0] if len(files) == 1 else {"files": views}))
    else:
        for file, report in reports:
            printing.report(file, report)
    if refused:
        raise typer.Exit(2)
    if any(report.count(Severity.ERROR) for _, report in reports):
        raise typer.Exit(1)
