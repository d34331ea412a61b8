"""``kaitei diff REF DAY DAY``: what differs between two days of one assessment."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import marking, printing
from cli.options import BasisOption, Format, Item, Json, KnownAt, Output, Ref, chosen
from cli.session import session
from ledger.errors import WrongUse
from ledger.wareki import WarekiDate
from projections.asking import Asking, as_time
from projections.diff import compared
from projections.documents import Basis
from projections.exports import as_json


def command(
    context: typer.Context,
    ref: Ref,
    earlier: Annotated[str, typer.Argument(metavar="前の日", help="2024-10-01、令和6年10月1日")],
    later: Annotated[str, typer.Argument(metavar="後の日", help="前の日と同じか、それより後の日")],
    item: Item = "",
    basis: BasisOption = Basis.CHANGE,
    known_at: KnownAt = "",
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Compare the document of two days, word by word."""
    form = chosen(output, Format.HTML, as_json=as_json_)
    first, last = WarekiDate.parse(earlier).day, WarekiDate.parse(later).day
    if first > last:
        raise WrongUse(
            "日の順が逆です",
            where=f"{earlier} {later}",
            remedy=f"前の日を先に書いてください: kaitei diff {ref} {last.isoformat()} {first.isoformat()}",
        )
    known = as_time(known_at) if known_at else None
    with Asking(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        origin = kaitei.origin("diff", identity) if form is Format.HTML else None
        if origin is None:
            before, after = (kaitei.questions.document(identity, day, basis, known) for day in (first, last))
        else:
            from projections.as_of import document_as_of  # noqa: PLC0415  (folds the events)

            assessment = kaitei.assessment(identity, known, origin=origin)
            before, after = (document_as_of(assessment, day, basis) for day in (first, last))
    between = compared(before, after, item)
    match form:
        case Format.JSON:
            printing.out(as_json.dumps(as_json.diff(identity, between, known.isoformat() if known else None)))
        case Format.HTML:
            from projections.exports import as_html  # noqa: PLC0415

            printing.out(as_html.diff(identity, between, origin))
        case _:
            marking.comparison(identity.ref, between)
