"""``kaitei report [REF...]``: pages with the whole history of assessments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import across, printing
from cli.options import Refs
from cli.session import session
from ledger.errors import WrongUse
from projections.asking import Asking


def command(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="書き出すフォルダー（上書きはしない。.html で終わる名前なら、評価書一つのページだけ）",
        ),
    ],
    refs: Refs = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="公開できる形にする（記録者、理由、公表していない改訂を含めない）"),
    ] = False,
) -> None:
    """Write a page for each assessment and one that lists them; each is a file that needs no network."""
    with Asking(session(context).db) as kaitei:
        identities = kaitei.named(refs or ())
        from projections.report.writing import write_page, write_report  # noqa: PLC0415

        if out.suffix.lower() != ".html":
            written = write_report(kaitei, identities, out, across.each_of, public=public)
            printing.out(
                f"{out}: 評価書{len(written) - 1}件のページと、一覧の {written[-1].name} を書き出しました"
            )
            return
        if len(identities) != 1:
            raise WrongUse(
                f"一つのファイルに書き出せるのは評価書一つです（{len(identities)}件あります）",
                where=str(out),
                remedy="REF で一つ選ぶか、--out にフォルダーを指定してください",
            )
        write_page(kaitei, identities[0], out, across.each_of, public=public)
        printing.out(f"{out}: {out.stat().st_size:,}バイトを書き出しました")
