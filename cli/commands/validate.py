"""``kaitei validate FILE...``: check published documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli import completing, printing, progress, reporting
from cli.options import FailOn, Format, Json, Output, chosen, today
from cli.session import session
from ledger.errors import LedgerError, WrongUse
from ledger.published import PublishedEdition
from projections import validator
from projections.application import Kaitei, open_if_there, read_file
from projections.editions import Assessment
from projections.exports import as_json, as_json_judged, as_sarif, findings_page
from projections.findings import Rule
from projections.origin import Origin
from projections.unpublished import as_if_published, edition_to_be
from projections.validator import BY_NAME, Report


def command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="評価書のファイル")],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="規則", help="この規則だけ（繰り返せる）", autocompletion=completing.rules
        ),
    ] = None,
    except_: Annotated[
        list[str] | None,
        typer.Option(
            "--except",
            metavar="規則",
            help="この規則を除く（繰り返せる）",
            autocompletion=completing.rules,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="これ以上の指摘があれば終了状態を1にする（never は常に0）")
    ] = FailOn.ERROR,
    pending: Annotated[
        bool,
        typer.Option(
            "--pending", help="FILE の代わりに REF を取り、未公表の変更を含む今の記載を公表前に点検する"
        ),
    ] = False,
    notes: Annotated[bool, typer.Option("--notes", help="参考の指摘も示す")] = False,
    output: Output = Format.TEXT,
    as_json_: Json = False,
) -> None:
    """Check each document by itself, and against what a ledger has of its assessment, if there is one."""
    form = chosen(output, Format.SARIF, Format.HTML, as_json=as_json_)
    rules = _selected(only or (), except_ or ())
    reports: list[tuple[str, Report]] = []
    refused = False
    db = session(context).db
    with Kaitei(db) if pending else open_if_there(db) as kaitei:
        origin = kaitei.origin("validate") if kaitei and form is Format.HTML else None
        for path in progress.watched(files, "点検しています", str):
            try:
                known, edition = _to_be(kaitei, path) if kaitei and pending else _read(kaitei, path)
                reports.append((str(path), validator.validate(edition, known, rules)))
            except LedgerError as error:
                printing.error(error)
                refused = True
    _print(reports, form, origin, several=len(files) > 1, notes=notes)
    if refused:
        raise typer.Exit(2)
    if any(fail_on.reached_by(finding.severity) for _, report in reports for finding in report.open):
        raise typer.Exit(1)


def _read(kaitei: Kaitei | None, path: Path) -> tuple[Assessment | None, PublishedEdition]:
    """A published document, and what a ledger has of its assessment, if there is one."""
    data, edition = read_file(path)
    return kaitei.known_of(data, edition) if kaitei else None, edition


def _to_be(kaitei: Kaitei, ref: Path) -> tuple[Assessment, PublishedEdition]:
    """What is known of the assessment that *ref* names, and the edition that would be published today."""
    day = today()
    ready = as_if_published(kaitei.assessment(kaitei.find(str(ref))), day)
    return ready, edition_to_be(ready, day)


def _selected(only: Sequence[str], left_out: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that the options choose. Raises WrongUse where one names no rule."""
    for name in (*only, *left_out):
        if name not in BY_NAME:
            raise WrongUse(
                "その名前の規則はありません", where=name, remedy="kaitei rules で規則の名前を確認してください"
            )
    named = only or tuple(BY_NAME)
    return tuple(rule for name, rule in BY_NAME.items() if name in named and name not in left_out)


def _print(
    reports: Sequence[tuple[str, Report]], form: Format, origin: Origin | None, *, several: bool, notes: bool
) -> None:
    match form:
        case Format.JSON:
            views = [as_json_judged.report(file, report) for file, report in reports]
            if views:
                printing.out(as_json.dumps({"files": views} if several else views[0]))
        case Format.SARIF:
            printing.out(as_sarif.dumps(reports))
        case Format.HTML:
            printing.out(findings_page.findings(reports, origin))
        case _:
            for file, report in reports:
                reporting.report(file, report, notes=notes)
