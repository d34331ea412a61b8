"""``kaitei export REF``: the audit trail with its proofs."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import printing
from cli.options import Format, Out, Ref
from cli.session import session
from ledger.errors import WrongUse
from projections.application import Kaitei
from projections.audit_trail import audit_trail
from projections.exports import as_csv, as_jsonl
from projections.files import write_new


def command(
    context: typer.Context,
    ref: Ref,
    out: Out = None,
    output: Annotated[Format, typer.Option("-f", "--format", help="jsonl か csv")] = Format.JSONL,
) -> None:
    """Write every stored event of an assessment, with its time, who, and hash."""
    if output not in {Format.JSONL, Format.CSV}:
        raise WrongUse("書き出せない形式です", where=f"-f {output}", remedy="jsonl か csv を指定してください")
    with Kaitei(session(context).db) as kaitei:
        stored = kaitei.stored(kaitei.find(ref))
    text = as_jsonl.audit_trail(stored) if output is Format.JSONL else as_csv.audit_trail(audit_trail(stored))
    if out is None:
        printing.out(text)
    else:
        write_new(out, text.encode())
        printing.out(f"{out}: {len(stored)}件を書き出しました")
