"""The page that lists the assessments of a report, with the systems of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ledger.form import form_named
from ledger.identity import Identity
from ledger.wareki import wareki
from projections.captions_judged import SEVERITIES
from projections.findings import Severity
from projections.origin import Origin
from projections.report import shell, systems_map
from projections.report.gathering import Whole
from projections.report.names import link
from projections.report.table import SIGNS
from projections.systems import Register


@dataclass(frozen=True, slots=True)
class Line:
    """One assessment as the index lists it; ``counts`` is None where it was not checked."""

    identity: Identity
    title: str
    form: str
    published: str
    revisions: int
    rows: int
    counts: dict[Severity, int] | None

    @classmethod
    def of(cls, whole: Whole) -> Line:
        """What is listed of an assessment."""
        last = whole.known.last_published
        return cls(
            whole.identity,
            whole.known.title,
            form_named(whole.known.form).name,
            wareki(last) if last else "未公表",
            len(whole.revisions),
            len(whole.rows),
            {severity: whole.count(severity) for severity in Severity} if whole.report else None,
        )


def page(lines: Sequence[Line], systems: Register, origin: Origin, *, public: bool) -> bytes:
    """The index in UTF-8."""
    names = ("評価書", "評価実施機関・番号", "様式", "最新の公表日", "改訂", "変更", *SEVERITIES.values())
    head = "".join(f'<th scope="col">{each}</th>' for each in names)
    rows = "\n".join(map(_row, lines))
    body = f"""<a class="skip" href="#list">一覧へ進む</a>
<header class="masthead">
<p class="kicker"><span>特定個人情報保護評価書　改訂の記録</span></p>
<h1>評価書の一覧</h1>
<p class="whom {"public" if public else "office"}">{escape(shell.WHOM[public])}</p>
</header>
<nav aria-label="このページの内容"><ul>
<li><a href="#list">一覧</a></li>
<li><a href="#systems">システムの接続</a></li>
</ul></nav>
<div id="controls" hidden></div>
<main>
<section id="list" tabindex="-1" aria-labelledby="list-title">
<h2 id="list-title">評価書 {len(lines)}件</h2>
<table class="list">
<caption>了承されていない点検の指摘を数えています</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</section>
{systems_map.section(systems)}
</main>
{shell.footer(origin, public=public)}"""
    return shell.page("評価書の一覧", body, origin, {})


def _row(line: Line) -> str:
    counts = "".join(f'<td class="count">{_count(severity, line.counts)}</td>' for severity in SEVERITIES)
    return f"""<tr>
<th scope="row"><a href="{link(line.identity)}">{escape(line.title)}</a></th>
<td>{escape(line.identity.ref)}</td><td>{line.form}</td><td>{line.published}</td>
<td class="count">{line.revisions}</td><td class="count">{line.rows}</td>{counts}
</tr>"""


def _count(severity: Severity, counts: dict[Severity, int] | None) -> str:
    if counts is None:
        return "—"
    number = counts[severity]
    return f'<span class="flag {severity}">{SIGNS[severity]}{number}</span>' if number else "0"
