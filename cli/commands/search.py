"""``kaitei search TERM [REF...]``: where a term stands, in all assessments."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import across, printing
from cli.options import AsOf, Format, Json, Output, Refs, chosen, day
from cli.session import session
from projections.asking import Asking
from projections.exports import as_json, as_json_across
from projections.search import search
from projections.terms import Term

Word = Annotated[
    str, typer.Argument(metavar="TERM", help="探す語（空白で区切ると、すべてを含む項目。全角半角は問わない）")
]


def command(
    context: typer.Context,
    term: Word,
    refs: Refs = None,
    as_of: AsOf = "",
    changes: Annotated[bool, typer.Option("--changes", help="変更箇所の行も探す")] = False,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Look for a term in every item, with the words around it and since when it stands there."""
    asked, form, looked_for = day(as_of), chosen(output, as_json=as_json_), Term.of(term)
    with Asking(session(context).db) as kaitei:
        asked_of = kaitei.named(refs or ())
        held = kaitei.questions.searched(looked_for, asked, asked_of, across.each_of)
        tables = [(each, kaitei.questions.change_table(each.identity, asked)) for each in held if changes]
    found = search(looked_for, held, asked, tables)
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_across.search(found)))
    else:
        across.search(found, changes=changes)
