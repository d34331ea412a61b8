"""``kaitei validate FILE...``: check published documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing
from cli.options import Format, Json, Output, chosen, session
from ledger.errors import LedgerError
from projections import validator
from projections.application import open_if_there, read_file
from projections.exports import as_json
from projections.findings import Severity


def command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="評価書のファイル")],
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Check each document by itself, and against what a ledger has of its assessment, if there is one."""
    form = chosen(output, as_json=as_json_)
    reports: list[tuple[str, validator.Report]] = []
    refused = False
    with open_if_there(session(context).db) as kaitei:
        for path in files:
            try:
                data, edition = read_file(path)
                known = kaitei.known_of(data, edition) if kaitei else None
                reports.append((str(path), validator.validate(edition, known)))
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
    if any(finding.severity is Severity.ERROR for _, report in reports for finding in report.open):
        raise typer.Exit(1)
