"""``kaitei import FILE...``: take in published documents, or all that folders hold."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from cli import printing, progress, taking_in
from cli.interrupting import INTERRUPTED, Held
from cli.options import By, Format, Json, Output, account, chosen
from cli.session import session
from projections.application import Imported, Refused, import_files
from projections.exports import as_json, as_json_intake
from projections.folders import Tally, listing


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
    given, tally, began = listing(files), Tally(), time.monotonic()
    taken_in = import_files(
        session(context).db,
        given.files,
        by=account(by),
        same_as=same_as,
        dry_run=dry_run,
        jobs=jobs,
        explain=explain,
        whole=Held(),
    )
    try:
        with closing(taken_in), closing(_watched(given.files, taken_in, tally, dry_run=dry_run)) as results:
            if in_json:
                told = as_json_intake.imported(results, dry_run=dry_run, explain=explain)
            else:
                for result in results:
                    taking_in.imported(result, dry_run=dry_run, explain=explain)
    except KeyboardInterrupt:
        taking_in.interrupted(tally, of=len(given.files), dry_run=dry_run)
        raise typer.Exit(INTERRUPTED) from None
    if in_json:
        printing.out(as_json.dumps(told | as_json_intake.tally(tally, skipped=len(given.skipped))))
    else:
        if any(path.is_dir() for path in files):
            taking_in.tally(tally, skipped=len(given.skipped), dry_run=dry_run)
        taking_in.pace(len(given.files), time.monotonic() - began)
        if dry_run:
            printing.out("（確認のみ。記録していません）")
    if tally.refused:
        raise typer.Exit(2)


def _watched(
    files: Sequence[Path], results: Iterator[Imported | Refused], tally: Tally, *, dry_run: bool
) -> Generator[Imported | Refused, None, None]:
    """What becomes of the *files*, counted, while a terminal is told how far that is."""
    line = progress.Counted("確かめています" if dry_run else "取り込んでいます", len(files))
    for file in files:
        line.on(file.name)
        result = next(results)
        line.done()
        tally.take(result)
        yield result
    progress.clear()
