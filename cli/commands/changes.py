"""``kaitei changes REF``: （別添２）変更箇所, written from the events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import views
from cli.delivering import ask_no_file, deliver, tell_appended
from cli.options import AsOf, Format, Json, KnownAt, Out, Output, Ref, chosen, day
from cli.session import session
from ledger.errors import WrongUse
from projections.asking import Asking, as_time
from projections.exports import as_json
from projections.files import read_bytes


def command(
    context: typer.Context,
    ref: Ref,
    as_of: AsOf = "",
    known_at: KnownAt = "",
    pending: Annotated[bool, typer.Option("--pending", help="まだ公表していない変更だけ")] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="BOOK",
            help="このブックにまだない行だけを加える（--out の名前で）",
        ),
    ] = None,
    out: Out = None,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Write the change table: published rows as printed, then what was recorded here."""
    asked = day(as_of)
    known = as_time(known_at) if known_at else None
    form = chosen(output, Format.CSV, Format.MD, Format.HTML, Format.XLSX, as_json=as_json_)
    ask_no_file(out, form)
    _ask_into(into, out, form)
    with Asking(session(context).db) as kaitei:
        identity = kaitei.find(ref)
        carried = form is Format.HTML or (form is Format.XLSX and into is None)
        origin = kaitei.origin("changes", identity) if carried else None
        if origin is None and not pending and form is not Format.MD:
            rows, title = kaitei.questions.change_table(identity, asked, known), ""
        else:
            from projections.change_table import change_table  # noqa: PLC0415  (folds the events)

            assessment = kaitei.assessment(identity, known, origin=origin)
            rows, title = change_table(assessment, asked, pending=pending), assessment.title
    match form:
        case Format.JSON:
            deliver(as_json.dumps(as_json.changes(identity, rows)), out)
        case Format.CSV:
            from projections.exports import as_csv  # noqa: PLC0415

            deliver(as_csv.changes(rows), out)
        case Format.MD:
            from projections.exports import as_markdown  # noqa: PLC0415

            deliver(as_markdown.changes(identity, title, rows), out)
        case Format.HTML:
            from projections.exports import as_html  # noqa: PLC0415

            deliver(as_html.changes(identity, title, rows, origin), out)
        case Format.XLSX if into is not None and out is not None:
            from projections.exports.appending import append_changes  # noqa: PLC0415

            grown = append_changes(read_bytes(into), str(into), rows, identity)
            deliver(grown.data, out)
            tell_appended(str(into), grown)
        case Format.XLSX:
            from projections.exports.change_sheet import write_table  # noqa: PLC0415
            from projections.written import change_row  # noqa: PLC0415

            numbered = [change_row(row.change, no) for no, row in enumerate(rows, start=1)]
            deliver(write_table(numbered, origin), out)
        case _:
            views.table(rows)


def _ask_into(into: Path | None, out: Path | None, form: Format) -> None:
    if into is None:
        return
    if form is not Format.XLSX:
        raise WrongUse(
            "ブックに加えられない形式です", where=f"-f {form}", remedy="-f xlsx を指定してください"
        )
    if out is None:
        raise WrongUse(
            "書き出す先がありません（もとのブックは上書きしません）",
            where=f"--into {into}",
            remedy="--out で新しいファイルの名前を指定してください",
        )
