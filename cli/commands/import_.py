"""``kaitei import FILE...``: take in published documents, or all that folders hold."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Annotated, Final

import typer

from cli import printing, progress, views
from cli.options import By, Format, Json, Output, account, chosen
from cli.session import session
from projections.application import Imported, Refused, import_files
from projections.exports import as_json
from projections.folders import Tally, listing

INTERRUPTED: Final = 130
"""The exit status that shells give to what was interrupted at the terminal."""


def command(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="評価書のファイルか、そのあるフォルダー")
    ],
    same_as: Annotated[str, typer.Option("--as", metavar="REF", help="この評価書のものとして取り込む")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="取り込むとどうなるかを確かめるだけで、何も記録しない")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="文書のどの部分がどこに入ったかを示す（--dry-run を付けなければ記録もする）",
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            metavar="N",
            min=1,
            help="一度に読む文書の数（省略すると CPU の数に合わせて決め、1 なら一つずつ読む）",
            show_default=False,
        ),
    ] = None,
    by: By = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Take in each document whole or not at all; a document already known records nothing."""
    in_json = chosen(output, as_json=as_json_) is Format.JSON
    results: list[Imported | Refused] = []
    tally, given = Tally(), listing(files)
    line = progress.Counted("確かめています" if dry_run else "取り込んでいます", len(given.files))
    taken_in = import_files(
        session(context).db,
        given.files,
        by=account(by),
        same_as=same_as,
        dry_run=dry_run,
        jobs=jobs,
        explain=explain,
    )
    began = time.monotonic()
    try:
        with closing(taken_in):
            for path in given.files:
                line.on(str(path))
                result = next(taken_in)
                line.done()
                tally.take(result)
                if in_json:
                    results.append(result)
                else:
                    views.imported(result, dry_run=dry_run, explain=explain)
    except KeyboardInterrupt:
        views.interrupted(tally, of=len(given.files), dry_run=dry_run)
        raise typer.Exit(INTERRUPTED) from None
    progress.clear()
    if in_json:
        told = as_json.imported(results, dry_run=dry_run, explain=explain)
        printing.out(as_json.dumps(told | as_json.tally(tally, skipped=len(given.skipped))))
    else:
        if any(path.is_dir() for path in files):
            views.tally(tally, skipped=len(given.skipped), dry_run=dry_run)
        views.pace(len(given.files), time.monotonic() - began)
        if dry_run:
            printing.out("（確認のみ。記録していません）")
    if tally.refused:
        raise typer.Exit(2)
