"""``kaitei checkpoint``: the size and the root of the history by now, to be kept outside the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.delivering import deliver
from cli.options import Out
from cli.session import session
from projections.application import Kaitei
from projections.files import read_bytes


def command(
    context: typer.Context,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="署名する Ed25519 の秘密鍵（PEM）")
    ] = None,
    out: Out = None,
) -> None:
    """Write a checkpoint as JSON, signed where a key is given."""
    with Kaitei(session(context).db) as kaitei:
        made = kaitei.history().checkpoint
    if key is not None:
        made = made.signed(read_bytes(key), str(key))
    deliver(f"{made.dumps()}\n", out)
