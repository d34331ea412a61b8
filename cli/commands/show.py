"""``kaitei show REF``: the document, now or on a past day, with certainty per item."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import views
from cli.delivering import ask_no_file, deliver
from cli.options import (
    EARLIEST,
    AsOfOrEarliest,
    BasisOption,
    Format,
    Item,
    Json,
    KnownAt,
    Out,
    Output,
    Ref,
    chosen,
    day,
    day_or_earliest,
)
from cli.session import session
from ledger.errors import WrongUse
from projections.asking import Asking, as_time
from projections.documents import Basis
from projections.exports import as_json
from projections.naming import items_shown


def command(
    context: typer.Context,
    ref: Ref,
    as_of: AsOfOrEarliest = "",
    item: Item = "",
    why: Annotated[
        bool, typer.Option("--why", help="その記載の拠りどころ（版の本文と変更の行）を順に示す")
    ] = False,
    basis: BasisOption = Basis.CHANGE,
    known_at: KnownAt = "",
    out: Out = None,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Show the whole document, or one item or heading of it."""
    form = chosen(output, Format.MD, Format.HTML, Format.XLSX, as_json=as_json_)
    ask_no_file(out, form)
    if why and not item:
        raise WrongUse(
            "どの項目の拠りどころか決まりません", where="--why", remedy="--item で項目を指定してください"
        )
    if item and form is Format.XLSX:
        raise WrongUse(
            "ブックには文書の全体を書き出します", where="--item", remedy="--item か -f xlsx を外してください"
        )
    if as_of != EARLIEST:
        day(as_of)  # wrong use is told before the ledger is opened
    known = as_time(known_at) if known_at else None
    with Asking(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        origin = kaitei.origin("show", identity) if form in {Format.HTML, Format.XLSX} else None
        if origin is None and as_of != EARLIEST and not why:
            shown = kaitei.questions.document(identity, day(as_of), basis, known)
        else:
            assessment = kaitei.assessment(identity, known, origin=origin)
            from projections.as_of import document_as_of  # noqa: PLC0415

            shown = document_as_of(assessment, day_or_earliest(as_of, assessment), basis)
    items = items_shown(shown, item)
    match form:
        case Format.JSON:
            at = known.isoformat() if known else None
            deliver(as_json.dumps(as_json.document(identity, shown, items, known_at=at, why=why)), out)
        case Format.MD:
            from projections.exports import as_markdown  # noqa: PLC0415

            deliver(as_markdown.document(identity, shown, items), out)
        case Format.HTML:
            from projections.exports import as_html  # noqa: PLC0415

            deliver(as_html.document(identity, shown, items, origin), out)
        case Format.XLSX:
            from projections.change_table import change_table  # noqa: PLC0415
            from projections.exports.as_workbook import write_workbook  # noqa: PLC0415
            from projections.written import written  # noqa: PLC0415

            edition = written(assessment, shown, change_table(assessment, shown.day))
            deliver(write_workbook(edition, origin), out)
        case _:
            views.document(identity.ref, shown, items, reasons=bool(item), why=why)
