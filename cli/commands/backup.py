"""``kaitei backup FILE`` and ``kaitei restore FILE``: the whole ledger in a file, and a new one from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import printing
from cli.session import session
from projections.keeping import back_up
from projections.keeping import restore as restored


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="書き出すファイル（上書きはしない）")],
) -> None:
    """Write every event and every source, with the root of the history, and read the file back."""
    whole = back_up(session(context).db, file)
    printing.out(f"{file}: 記録{whole.events}件と原本{whole.sources}件を書き出しました（根 {whole.root}）")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="kaitei backup が書いたファイル")],
) -> None:
    """Make a new ledger (``--db``) of a backup, which is verified before anything is made."""
    whole = restored(session(context).db, file)
    printing.out(f"{file}: 記録{whole.events}件と原本{whole.sources}件を戻しました（根 {whole.root}）")
