"""``kaitei export REF``: the audit trail with its proofs."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.delivering import deliver
from cli.options import Out, Ref
from cli.session import session
from projections.application import Kaitei
from projections.exports.trail import TrailFormat, exported


def command(
    context: typer.Context,
    ref: Ref,
    out: Out = None,
    output: Annotated[TrailFormat, typer.Option("-f", "--format", help="出力の形式")] = TrailFormat.JSONL,
) -> None:
    """Write every stored event of an assessment, with its time, who, and hash, and of which history it is."""
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        origin = kaitei.origin("export", identity)
        stored = kaitei.stored_by(identity, origin)
    deliver(exported(output, stored, origin), out, f"{len(stored)}件")
