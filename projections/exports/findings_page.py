"""点検結果 as one page: what the validator found, to be handed on to whoever keeps the document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ledger.identity import PrintedIdentity
from projections import words
from projections.captions import BLANK, LEVELS
from projections.captions_judged import SEVERITIES
from projections.exports import html_page
from projections.findings import Finding, Severity
from projections.origin import Origin
from projections.validator import BY_NAME, Report
from projections.words import Op


def findings(reports: Sequence[tuple[str, Report]], origin: Origin | None = None) -> str:
    """The findings of each document under the name of its file, gravest first."""
    sections = "\n".join(_document(*one) for one in reports)
    return html_page.page("特定個人情報保護評価書の点検結果", sections, origin)


def _document(file: str, report: Report) -> str:
    counts = "、".join(f"{name}{report.count(severity)}件" for severity, name in SEVERITIES.items())
    edition = report.edition
    head = f"{PrintedIdentity.of(edition).ref} {edition.header.title}"
    found = "\n".join(_of_severity(report, severity) for severity in Severity)
    return f"""<section>
<h2>{escape(head)}</h2>
<p>{escape(file)}（公表日 {escape(edition.header.publication_date)}）: {escape(counts)}</p>
{found}
</section>"""


def _of_severity(report: Report, severity: Severity) -> str:
    found = [finding for finding in report.findings if finding.severity is severity]
    if not found:
        return ""
    articles = "\n".join(_finding(report, finding) for finding in found)
    return f"<h3>{SEVERITIES[severity]}</h3>\n{articles}"


def _finding(report: Report, finding: Finding) -> str:
    accepted = report.accepted.get(finding.id)
    told = f"了承済み（{accepted.by}、{accepted.at.date().isoformat()}）: {accepted.why}" if accepted else ""
    rule = BY_NAME[finding.rule]
    where = "、".join((*(f"行{no}" for no in finding.rows), *map(str, finding.items)))
    return f"""<article id="{escape(finding.id)}">
<h4>{escape(finding.message)}</h4>
{html_page.note(where) if where else ""}
{evidence(finding)}
<p>→ {escape(rule.remedy)}</p>
{html_page.note(told) if told else ""}{html_page.note(f"{finding.id}（{rule.source}）")}
</article>"""


def evidence(finding: Finding) -> str:
    """The words that show the finding; of two held against one another, the difference is marked."""
    texts = [escape(text) or BLANK for _, text in finding.evidence]
    if finding.opposed:
        pieces = words.difference(*finding.opposed)
        texts[:2] = (
            "".join(html_page.piece(one) for one in pieces if one.op in {Op.SAME, shown}) or BLANK
            for shown in (Op.REMOVED, Op.ADDED)
        )
    rows = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th><td class="text">{text}</td></tr>'
        for (label, _), text in zip(finding.evidence, texts, strict=True)
    )
    level = html_page.note(LEVELS[finding.level]) if finding.opposed else ""
    return f"<table><tbody>\n{rows}\n</tbody></table>{level}" if rows else ""
