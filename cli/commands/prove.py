"""``kaitei prove``: proofs that anybody can check without the ledger."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from cli.delivering import deliver
from cli.options import Out
from cli.session import session
from ledger.checkpoints import Checkpoint
from ledger.errors import WrongUse
from projections.application import Kaitei
from projections.exports import as_json
from projections.files import read_text


def command(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="[REF|EVENT]",
            help="評価書か記録番号（e20）。台帳にあると証明する",
            show_default=False,
        ),
    ] = "",
    consistency: Annotated[
        Path | None,
        typer.Option("--consistency", metavar="FILE", help="この控えの続きであることを証明する"),
    ] = None,
    out: Out = None,
) -> None:
    """Write an inclusion proof of events, or a consistency proof, as JSON."""
    if bool(what) == (consistency is not None):
        raise WrongUse(
            "何を証明するか決まりません",
            where="kaitei prove",
            remedy="評価書か記録番号、または --consistency のどちらか一つを指定してください",
        )
    kept = Checkpoint.read(read_text(consistency), str(consistency)) if consistency else None
    with Kaitei(session(context).db) as kaitei:
        history = kaitei.history()
        if kept is not None:
            proof = history.consistency(kept, str(consistency))
        elif re.fullmatch(r"e\d+", what):
            proof = history.inclusion([history.event(what)])
        else:
            stream = str(kaitei.find(what).assessment_id)
            proof = history.inclusion([row for row in history.rows if row.stream == stream])
    deliver(f"{as_json.dumps(proof)}\n", out)
