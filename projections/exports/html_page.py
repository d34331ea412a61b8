"""HTML: pages that need nothing beside them, to be read, printed and sent on. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from projections.origin import Origin
from projections.words import Op, Piece

# A reader of the screen is told where words begin and end that others see struck out or underlined.
_STYLE: Final = """
body { font-family: sans-serif; line-height: 1.6; margin: 1.5rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.3rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
caption { text-align: left; margin-bottom: .5rem; }
th, td { border: 1px solid #767676; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th, td, li, footer { overflow-wrap: anywhere; }
thead th { background: #eee; }
tbody th { width: 20%; font-weight: normal; }
thead th:first-child { width: 20%; }
.text { white-space: pre-wrap; }
.note { font-size: .85rem; color: #595959; margin: .3rem 0 0; }
del { background: #ffe3e0; color: #8a1c10; text-decoration: line-through; }
ins { background: #dff3e1; color: #14532d; text-decoration: underline; }
del::before, del::after, ins::before, ins::after {
  clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px;
}
del::before { content: "［ここから削除］"; }
del::after { content: "［ここまで削除］"; }
ins::before { content: "［ここから追加］"; }
ins::after { content: "［ここまで追加］"; }
@media print {
  body { margin: 0; font-size: 10pt; }
  thead { display: table-header-group; }
  del, ins, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
META: Final = "kaitei:"
"""How the names begin under which a page says of which history it is a copy."""

_NOWHERE: Final = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, content: str, origin: Origin | None = None) -> str:
    """A whole page of *content*, which is HTML already; it can load nothing and run nothing.

    With an *origin* it says, to people and to programs, of which history of a ledger it is a copy.
    """
    named = origin.named if origin else {}
    metas = "".join(f'<meta name="{META}{name}" content="{escape(told)}">\n' for name, told in named.items())
    foot = f"<footer>{note(origin.told)}</footer>\n" if origin else ""
    return f"""<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_NOWHERE}">
{metas}<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{content}
</main>
{foot}</body>
</html>
"""


def table(caption: str, headings: Iterable[str], rows: Iterable[str]) -> str:
    """A table of *rows*, which are HTML already, under its headings."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headings)
    body = "\n".join(rows)
    return f"""<table>
<caption>{escape(caption)}</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>"""


def piece(of: Piece) -> str:
    """Words, marked where they went or came."""
    text = escape(of.text)
    match of.op:
        case Op.SAME:
            return text
        case Op.REMOVED:
            return f"<del>{text}</del>"
        case Op.ADDED:
            return f"<ins>{text}</ins>"


def note(text: str) -> str:
    """A remark beside what a document says."""
    return f'<p class="note">{escape(text)}</p>'
