"""``kaitei accept FINDING`` and ``kaitei reopen FINDING``: let a finding stand, or take that back."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import deciding, printing
from cli.options import By, Format, Json, Output, Why, account, chosen
from cli.session import session
from projections.accepting import FindingDecision
from projections.application import Kaitei
from projections.exports import as_json, as_json_judged

Finding = Annotated[
    str,
    typer.Argument(metavar="FINDING", help="kaitei validate が示す指摘の番号（chain-break-1a2b3c4d）"),
]
RefOption = Annotated[
    str, typer.Option("--ref", metavar="REF", help="評価書（省略すると、台帳の評価書の最新の版から探す）")
]


def accept(
    context: typer.Context,
    finding: Finding,
    why: Why,
    by: By = "",
    ref: RefOption = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Let a finding stand: it is still listed, and is no reason for an exit status of 1."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        _say(kaitei.accept(finding, ref=ref, why=why, by=account(by)), form)


def reopen(
    context: typer.Context,
    finding: Finding,
    why: Why,
    by: By = "",
    ref: RefOption = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Take back that a finding was accepted: it counts again as it did before."""
    form = chosen(output, as_json=as_json_)
    with Kaitei(session(context).db) as kaitei:
        _say(kaitei.reopen(finding, ref=ref, why=why, by=account(by)), form)


def _say(decision: FindingDecision, form: Format) -> None:
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_judged.finding_decision(decision)))
    else:
        deciding.finding_decision(decision)
