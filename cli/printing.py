"""Text for people: what commands print, errors on one line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from ledger import wording
from ledger.errors import LedgerError, LedgerUnusable
from projections import boxes
from projections.application import Imported, Listed, Refused
from projections.as_of import Document, StatedItem
from projections.change_table import TableRow
from projections.findings import Severity
from projections.history import Revision
from projections.readings import Certainty
from projections.validator import BY_NAME, Report

_SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.NOTE: "参考"}
_UNSURE = {Certainty.PARTIAL: "一部不明", Certainty.UNKNOWN: "不明"}


# Control characters of a document must not drive the terminal of whoever looks at it.
_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\r"}


class OutputClosed(Exception):
    """Nobody reads standard output any more."""


def out(text: str = "") -> None:
    """Print to standard output. Raises OutputClosed, and LedgerUnusable where it cannot be written."""
    with writable():
        sys.stdout.write((text if text.endswith("\n") else f"{text}\n").translate(_CONTROLS))


@contextmanager
def writable() -> Iterator[None]:
    """Turn the troubles of standard output into OutputClosed and LedgerUnusable."""
    try:
        yield
    except BrokenPipeError:
        raise OutputClosed from None
    except (OSError, AttributeError) as trouble:  # a full disk; no standard output at all
        raise LedgerUnusable(
            "書き込めません", where="標準出力", remedy="出力先を確認してください"
        ) from trouble


def error(found: LedgerError | str) -> None:
    """Print one line to standard error, if there is one."""
    if sys.stderr is not None:
        line = " ".join(str(found).split("\n")).translate(_CONTROLS)
        sys.stderr.write(f"kaitei: {line}\n")


def imported(result: Imported | Refused) -> None:
    """One line for a document taken in, or refused."""
    if isinstance(result, Refused):
        error(result.error)
        return
    edition, intake = result.edition, result.intake
    if intake.already_known:
        out(f"{intake.ref}: すでに取り込まれています（{result.file}）")
        return
    out(
        f"{intake.ref}: {edition.header.title} — 公表日{edition.header.publication_date}、"
        f"項目{len(edition.items)}、変更箇所{len(edition.rows)}行、"
        f"割り当てた文字 {edition.assigned_share:.1%}、新しい記録{intake.new_events}件"
    )
    for passage in edition.unassigned:
        out(f"  どの項目にも入らなかった文: {passage.line}行目「{_short(passage.text)}」")


def listed(rows: Iterable[Listed]) -> None:
    """The assessments, one a line."""
    for row in rows:
        latest = row.assessment.latest
        published = latest.published.isoformat() if latest else "未公表"
        out(
            f"{row.identity.ref}\t{row.assessment.title}\t公表日 {published}\t"
            f"版{len(row.assessment.anchors)}\t変更{len(row.assessment.changes)}"
        )


def document(ref: str, shown: Document, items: Iterable[StatedItem], *, reasons: bool) -> None:
    """A document on a day; with *reasons* every item says why."""
    when = f"{shown.day.isoformat()} の記載（{shown.basis}による）" if shown.day else "最新の記載"
    out(f"{ref} {shown.assessment.title}")
    out(when)
    for item in items:
        mark = " ※" if item.item.important else ""
        out(f"\n{item.path}{mark}")
        if item.reading.value is not None:
            for line in (boxes.as_text(item.reading.value) or "（空欄）").split("\n"):
                out(f"    {line}")
        unsure = _UNSURE.get(item.reading.certainty)
        if unsure:
            out(f"    [{unsure}] {item.reading.reason}")
            for n, rival in enumerate(item.reading.rivals, start=1):
                out(f"    候補{n}: {_short(boxes.as_text(rival)) or '（空欄）'}")
        elif reasons:
            since = f"{item.since.isoformat()} から。" if item.since else ""
            out(f"    根拠: {since}{item.reading.reason}")


def table(rows: Sequence[TableRow]) -> None:
    """The change table."""
    if not rows:
        out("変更の記録はありません")
    for row in rows:
        change = row.change
        printed = change.day.isoformat() if change.day else change.printed_date or "変更日なし"
        where = "、".join(str(target.path) for target in row.touched.targets) or change.item_text
        out(f"{row.no}. {printed} {change.timing or '提出時期なし'} {where}")
        for target in row.touched.targets[:1]:
            if target.note:
                out(f"    項目欄: {_short(change.item_text)} … {target.note}")
        out(f"    変更前: {_short(change.before) or '（空欄）'}")
        out(f"    変更後: {_short(change.after) or '（空欄）'}")
        out(f"    説明:   {_short(change.reason) or '（空欄）'}")


def log(revisions: Sequence[Revision]) -> None:
    """The revisions with their changes."""
    if not revisions:
        out("変更の記録はありません")
    for revision in revisions:
        day = revision.change_date.isoformat() if revision.change_date else "変更日なし"
        who = f" 記録 {revision.recorded_by}" if revision.recorded_by else ""
        out(f"■ {day} {'・'.join(revision.timings)} {len(revision.rows)}件（{revision.revision_id}{who}）")
        table(revision.rows)


def report(file: str, of: Report) -> None:
    """The findings of one document, gravest first."""
    header = of.edition.header
    counts = "、".join(f"{name}{of.count(severity)}件" for severity, name in _SEVERITIES.items())
    out(f"{file}: {header.body}/{header.number} {header.title}")
    out(f"  {counts}")
    for finding in of.findings:
        out(f"  [{_SEVERITIES[finding.severity]}] {finding.rule} {finding.message}")
        for label, text in finding.evidence:
            out(f"      {label}: {_short(text) or '（空欄）'}")
        out(f"      → {BY_NAME[finding.rule].remedy}")


def _short(text: str) -> str:
    return wording.in_brief(text, 120)
