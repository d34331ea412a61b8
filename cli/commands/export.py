"""``kaitei export REF``: the audit trail with its proofs."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.delivering import deliver
from cli.options import Out, Ref
from cli.session import session
from projections.application import Kaitei
from projections.exports.trail import TrailFormat, exported

PUBLIC = "export --public"


def command(
    context: typer.Context,
    ref: Ref,
    out: Out = None,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="公開できる形にする（公表された文書にあることだけ。記録者、理由、未公表の改訂はハッシュだけを残す）",
        ),
    ] = False,
    output: Annotated[TrailFormat, typer.Option("-f", "--format", help="出力の形式")] = TrailFormat.JSONL,
) -> None:
    """Write every stored event of an assessment, with its time, who, and hash, and of which history it is."""
    with Kaitei(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        origin = kaitei.origin(PUBLIC if public else "export", identity)
        stored = kaitei.stored_by(identity, origin, public=public)
    deliver(exported(output, stored, origin), out, f"{len(stored)}件")
