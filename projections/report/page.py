"""The page of one assessment: what it says on any day, how it came to say so, and what is wrong with that."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from ledger.form import form_named
from ledger.wareki import wareki
from projections.captions_judged import SEVERITIES
from projections.origin import Origin
from projections.report import overview, shell, systems_map
from projections.report.document import Paper
from projections.report.gathering import Whole
from projections.report.names import INDEX
from projections.report.table import Table, called
from projections.systems import Register

_MANY = 300  # rows; then a browser lays out no more than what is looked at


def page(whole: Whole, systems: Register, origin: Origin, *, listed: bool) -> bytes:
    """The page in UTF-8; *listed* says that an index stands beside it."""
    table = Table(whole)
    paper = Paper(whole.states, table.anchors)
    turns = overview.turns(whole, table)
    title = f"{whole.identity.ref} {whole.known.title}"
    index = f'<a href="{INDEX}">一覧へ</a>' if listed else ""
    itemised = form_named(whole.known.form).itemised
    unread = "" if itemised else '<p class="note">この様式の項目には未対応です（表紙だけを示します）</p>'
    body = f"""<a class="skip" href="#document">記載へ進む</a>
<header class="masthead">
<p class="kicker"><span>特定個人情報保護評価書　改訂の記録</span>{index}</p>
<h1>{escape(whole.known.title)}</h1>
<p class="whom {"public" if whole.public else "office"}">{escape(shell.WHOM[whole.public])}</p>
{_facts(whole)}
</header>
<nav aria-label="このページの内容"><ul>
<li><a href="#document">記載</a></li>
<li><a href="#revisions">改訂のあゆみ</a></li>
<li><a href="#changes">変更箇所</a></li>
<li><a href="#findings">点検の指摘</a></li>
<li><a href="#systems">システムの接続</a></li>
</ul></nav>
<div id="controls" hidden></div>
<main{' class="large"' if len(whole.rows) > _MANY else ""}>
<noscript><p class="note">最新の記載を示しています。
日を選ぶスライダー、項目の履歴、検索には JavaScript が要ります。</p></noscript>
<section id="document" tabindex="-1" aria-labelledby="document-title">
<h2 id="document-title">記載</h2>
<p id="state" class="state">最新の記載</p>
<p id="turned"></p>
{unread}<div id="paper">
{paper.html}
</div>
</section>
<section id="revisions" aria-labelledby="revisions-title">
<h2 id="revisions-title">改訂のあゆみ</h2>
{overview.html(turns)}
</section>
<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">変更箇所</h2>
{table.html(paper.anchors)}
</section>
<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">点検の指摘</h2>
{table.findings}
</section>
{systems_map.section(systems)}
</main>
{shell.footer(origin, public=whole.public)}"""
    told = paper.told | {"rows": table.told, "marks": overview.marks(turns)}
    return shell.page(title, body, replace(origin, ref=whole.identity.ref), told)


def _facts(whole: Whole) -> str:
    known = whole.known
    last = known.last_published
    findings = "　".join(f"{called(severity)} {whole.count(severity)}件" for severity in SEVERITIES)
    facts = {
        "評価実施機関": known.body or whole.identity.body,
        "評価書番号": known.number or whole.identity.number,
        "様式": known.form,
        "最新の公表日": wareki(last) if last else "未公表",
        "改訂": f"{len(whole.revisions)}回（変更{len(whole.rows)}件、版{len(known.anchors)}）",
        "点検の指摘": findings if whole.report else "点検していません",
    }
    if known.end:
        facts["事務の終了"] = wareki(known.end.day)
    told = "".join(f"<div><dt>{name}</dt><dd>{escape(fact)}</dd></div>" for name, fact in facts.items())
    return f'<dl class="facts">{told}</dl>'
