"""The change table on a page, and what the validator found, each with references to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from ledger.form import form_named
from ledger.wareki import wareki
from projections import words
from projections.captions import BLANK, CHANGE_COLUMNS
from projections.captions_judged import SEVERITIES
from projections.exports.findings_page import evidence
from projections.exports.html_page import piece
from projections.findings import Finding, Severity
from projections.listing import TableRow
from projections.report.gathering import Whole
from projections.rows import Style
from projections.validator import BY_NAME
from projections.words import Op
from projections.written import change_cells

_QUOTED: Final = {Style.FULL, Style.FRAGMENT, Style.ELIDED, Style.CHECKBOX, Style.COMPOSITE}
"""The styles of a side that can be held word for word against the other."""

SIGNS: Final = {Severity.ERROR: "×", Severity.WARNING: "！", Severity.NOTE: "・"}
"""What stands before the name of a severity, so that not only its colour tells it apart."""

TIMINGS: Final = {"事前": ("before", "▲"), "事後": ("after", "●")}
"""The kind of each 提出時期 for style and script, and its sign."""


def called(severity: Severity) -> str:
    """A severity as pages call it."""
    return f"{SIGNS[severity]}{SEVERITIES[severity]}"


class Table:
    """The rows of an assessment with the findings beside them."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self.anchors = {row.change.name: anchor(row) for row in whole.rows}
        self._by_no = {row.change.no: row for row in whole.rows if row.only_in is None and row.change.no}
        self._findings: dict[str, list[Finding]] = defaultdict(list)
        for finding in whole.report.findings if whole.report else ():
            for no in finding.rows:
                if no in self._by_no:
                    self._findings[anchor(self._by_no[no])].append(finding)

    def found(self, row: TableRow) -> list[Finding]:
        """What was found of a row."""
        return self._findings.get(anchor(row), [])

    @property
    def told(self) -> list[list[Any]]:
        """Of each row what the history of an item says: anchor, name, 変更日, 提出時期, 公表日, 説明."""
        return [
            [
                anchor(row),
                name(row),
                day_of(row),
                row.change.timing or "",
                wareki(published) if (published := self._whole.published(row)) else "",
                row.change.reason,
            ]
            for row in self._whole.rows
        ]

    def html(self, items: Mapping[str, str]) -> str:
        """The table; *items* are the anchors of the items in the document by their paths."""
        if not self._whole.rows:
            return "<p>変更の記録はありません。</p>"
        head = "".join(f'<th scope="col">{each}</th>' for each in ("行", *CHANGE_COLUMNS))
        rows = "\n".join(self._row(row, items) for row in self._whole.rows)
        annex = form_named(self._whole.known.form).annex
        return f"""<table class="changes">
<caption>{escape(annex)}　<ins>加わった語</ins>と<del>なくなった語</del>に印を付けています</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>"""

    def _row(self, row: TableRow, items: Mapping[str, str]) -> str:
        _, item_text, before, after, timing, reason = change_cells(row.change)
        old, new = _sides(row, before, after)
        targets = "、".join(
            f'<a href="#{items[path]}">{escape(path)}</a>' if path in items else escape(path)
            for path in dict.fromkeys(str(target.path) for target in row.touched.targets)
        )
        notes = [f"公表日{row.only_in.isoformat()}の版までにある行"] if row.only_in else []
        if not self._whole.public:
            notes += [row.change.decided] if row.change.decided else []
            actual = row.change.actual_day
            notes += [f"実際に変わる日: {wareki(actual)}"] if actual else []
            notes += [] if self._whole.published(row) else ["未公表"]
        told = "".join(f'<p class="note">{escape(each)}</p>' for each in notes)
        found = "".join(
            f'<li class="{each.severity}">'
            f'<a href="#{each.id}">{called(each.severity)} {escape(each.message)}</a></li>'
            for each in self.found(row)
        )
        return f"""<tr id="{anchor(row)}">
<th scope="row">{escape(name(row))}</th>
<td>{escape(day_of(row))}</td>
<td><div class="text">{escape(item_text)}</div><p class="note">{targets}</p></td>
<td><div class="text">{old}</div></td>
<td><div class="text">{new}</div></td>
<td>{timing_mark(row.change.timing) or escape(timing)}</td>
<td><div class="text">{escape(reason)}</div>{told}{f'<ul class="found">{found}</ul>' if found else ""}</td>
</tr>"""

    # --- findings -------------------------------------------------------------------------------------

    @property
    def findings(self) -> str:
        """What the validator found, gravest first, each with the rows and items it is about."""
        report = self._whole.report
        if report is None:
            return f"<p>点検していません: {escape(self._whole.unchecked)}。</p>"
        day = escape(report.edition.header.publication_date)
        counts = "、".join(f"{called(each)} {report.count(each)}件" for each in SEVERITIES)
        told = "\n".join(map(self._finding, report.findings))
        return f"<p>最新の版（公表日 {day}）を台帳と照らして点検した結果: {counts}</p>\n{told}"

    def _finding(self, finding: Finding) -> str:
        report = self._whole.report
        accepted = report.accepted.get(finding.id) if report else None
        stand = ""
        if accepted:
            stand = f'<p class="note">了承済み（{escape(accepted.by)}）: {escape(accepted.why)}</p>'
        rows = [
            f'<a href="#{anchor(self._by_no[no])}">行{no}</a>' if no in self._by_no else f"行{no}"
            for no in finding.rows
        ]
        place = "、".join((*rows, *(escape(str(path)) for path in finding.items)))
        return f"""<article class="finding {finding.severity}" id="{finding.id}">
<h3><span class="severity">{called(finding.severity)}</span> {escape(finding.message)}</h3>
<p class="note">{place or "文書の全体"}</p>
{evidence(finding)}
<p>→ {escape(BY_NAME[finding.rule].remedy)}</p>
{stand}<p class="note">{finding.id}（{escape(BY_NAME[finding.rule].source)}）</p>
</article>"""


def anchor(row: TableRow) -> str:
    """The name of a row in its page."""
    return f"row-{row.no}" + (f"-{row.only_in.isoformat()}" if row.only_in else "")


def name(row: TableRow) -> str:
    """What a page calls a row."""
    return row.change.name if row.only_in else f"行{row.no}"


def day_of(row: TableRow) -> str:
    """The 変更日 of a row as the table prints it."""
    return change_cells(row.change)[0] or (wareki(row.change.day) if row.change.day else "変更日なし")


def timing_mark(timing: str | None) -> str:
    """事前 or 事後, told apart by shape and word and not by colour alone."""
    if timing not in TIMINGS:
        return ""
    kind, sign = TIMINGS[timing]
    return f'<span class="timing {kind}">{sign}{escape(timing)}</span>'


def _sides(row: TableRow, before: str, after: str) -> tuple[str, str]:
    """Both sides of a row; where both quote words, those marked that the other lacks."""
    if before and after and {row.before, row.after} <= _QUOTED:
        pieces = words.difference(before, after)
        old, new = (
            "".join(piece(each) for each in pieces if each.op in {Op.SAME, shown})
            for shown in (Op.REMOVED, Op.ADDED)
        )
        return old, new
    return escape(before) or BLANK, escape(after) or BLANK
