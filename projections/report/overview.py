"""How an assessment came to be what it is: its editions and revisions, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from ledger.wareki import wareki
from projections.findings import Severity
from projections.listing import Revision
from projections.milestones import Stage
from projections.report.gathering import Whole
from projections.report.table import TIMINGS, Table, anchor, called, name, timing_mark


@dataclass(frozen=True, slots=True)
class Turn:
    """An edition or a revision: its day (None: none yet), its kinds for the strip, and what is told of it."""

    day: date | None
    kinds: tuple[str, ...]
    html: str


def turns(whole: Whole, table: Table) -> list[Turn]:
    """All editions and revisions by their days; on a day revisions first, those without a day last."""
    found = [*(_revision(each, whole, table) for each in whole.revisions), *_editions(whole)]
    return sorted(found, key=lambda turn: turn.day or date.max)


def marks(found: list[Turn]) -> list[list[Any]]:
    """What the strip above the slider shows: day and kinds of each."""
    return [[turn.day.isoformat(), list(turn.kinds)] for turn in found if turn.day]


def html(found: list[Turn]) -> str:
    """The list of them; the script adds to each a button that shows the document of its day."""
    if not found:
        return "<p>版も改訂もまだありません。</p>"
    items = "\n".join(
        f'<li class="turn {" ".join(each.kinds)}" data-day="{each.day.isoformat() if each.day else ""}">'
        f'<span class="day">{wareki(each.day) if each.day else "変更日未定"}</span>'
        f'<div class="what">{each.html}</div></li>'
        for each in found
    )
    return f'<ol class="turns">\n{items}\n</ol>'


def _editions(whole: Whole) -> Iterator[Turn]:
    for each in whole.known.anchors:
        edition = f"（{escape(each.header.form_edition)}）" if each.header.form_edition else ""
        yield Turn(each.published, ("published",), f'<span class="sign">◇公表</span> 評価書の公表{edition}')
    for passed in whole.known.publications:
        yield Turn(passed.day, ("published",), '<span class="sign">◇公表</span> 台帳に記録した公表')
    for review in whole.known.reviews:
        yield Turn(review.day, ("review",), f'<span class="sign">○見直し</span> {escape(review.why)}')
    if end := whole.known.end:
        yield Turn(end.day, ("end",), f'<span class="sign">■終了</span> 事務の終了 {escape(end.why)}')


def _revision(of: Revision, whole: Whole, table: Table) -> Turn:
    counts = {timing: sum(row.change.timing == timing for row in of.rows) for timing in of.timings}
    timed = " ".join(f"{timing_mark(timing)} {count}件" for timing, count in counts.items())
    rows = "、".join(f'<a href="#{anchor(row)}">{escape(name(row))}</a>' for row in of.rows)
    untimed = len(of.rows) - sum(counts.values())
    blank = f' <span class="timing">提出時期なし</span> {untimed}件' if untimed else ""
    found = {finding.id: finding for row in of.rows for finding in table.found(row)}
    flags = "".join(
        _flag(severity, sum(f.severity is severity for f in found.values())) for severity in Severity
    )
    kinds = [TIMINGS[timing][0] for timing in of.timings]
    if any(each.severity is not Severity.NOTE for each in found.values()):
        kinds.append("flagged")
    body = f"{timed}{blank}<details><summary>変更{len(of.rows)}件</summary><p>{rows}</p></details>{flags}"
    return Turn(of.change_date, tuple(kinds), body + _stages(of, whole))


def _flag(severity: Severity, count: int) -> str:
    return f' <span class="flag {severity}">{called(severity)} {count}</span>' if count else ""


def _stages(of: Revision, whole: Whole) -> str:
    """How far a revision recorded here is; the office's own stages are not for everybody."""
    if of.own is None:
        return ""
    told = [each for each in of.own.passed if not whole.public or each.stage is Stage.PUBLISHED]
    stages = "　→　".join(f"{each.stage} {each.day.isoformat()}" for each in told)
    named = f"改訂「{of.revision_id}」" + (f" 記録者 {of.recorded_by}" if not whole.public else "")
    return f'<p class="note">{escape(named)}　{escape(stages)}</p>'
