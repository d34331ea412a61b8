"""Revisions and how far they are, as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli import printing, views
from cli.options import Format
from projections.exports import as_json, as_json_filing
from projections.milestones import Filing, Passed, Stage

if TYPE_CHECKING:  # what is only shown need not be loaded
    from projections.listing import Revision
    from projections.office import Filed

_DONE = {Stage.APPROVED: "決裁", Stage.SUBMITTED: "提出", Stage.PUBLISHED: "公表"}


def say(what: Filed, form: Format) -> None:
    """What a command recorded of revisions, in the format that was asked for."""
    if form is Format.JSON:
        printing.out(as_json.dumps(as_json_filing.filed(what)))
    else:
        _recorded(what)


def _recorded(what: Filed) -> None:
    """What was recorded of revisions, or counted already; after it was undone, how far each is."""
    ref = what.identity.ref
    if what.entry is None:
        printing.out(f"{ref}: すでにそのとおりです（新しい記録はありません）")
    else:
        undone = "の取消し" if what.undone else ""
        printing.out(f"{ref}: {what.entry.event_id} として記録しました（{_DONE[what.stage]}{undone}）")
    for each in what.filings:
        told = each.at(what.stage)
        printing.out(f"  {each.revision} {_passed(told) if told else each.stage}")


def log(revisions: Sequence[Revision]) -> None:
    """The revisions with their changes; of those recorded here also how far they are."""
    if not revisions:
        printing.out("変更の記録はありません")
    for revision in revisions:
        day = revision.change_date.isoformat() if revision.change_date else "変更日なし"
        who = f" 記録 {revision.recorded_by}" if revision.recorded_by else ""
        count = f"{'・'.join(revision.timings)} {len(revision.rows)}件"
        printing.out(f"■ {day} {count}（{revision.revision_id}{who}）")
        for each in revision.filings:
            name = "" if each is revision.own else f"{each.revision} "
            printing.out(f"    段階: {name}{stages(each)}")
        views.table(revision.rows)


def stages(of: Filing) -> str:
    """The stage of a revision, then each that it passed with its day, who recorded it, and what was said."""
    return f"{of.stage}（{'、'.join(_passed(each) for each in of.passed)}）"


def _passed(of: Passed) -> str:
    receipt = f"受付番号 {of.receipt}" if of.receipt else ""
    told = (str(of.stage), of.day.isoformat(), of.kind, receipt, of.by or "")
    why = f"「{printing.short(of.why)}」" if of.why else ""
    return " ".join(part for part in told if part) + why
