"""HTML: one page that needs nothing beside it, to be read, printed and sent on. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from ledger.identity import Identity
from projections import boxes
from projections.captions import BLANK, KINDS, UNSURE
from projections.diff import Comparison, ItemDifference
from projections.readings import Reading
from projections.words import Op, Piece

# A reader of the screen is told where words begin and end that others see struck out or underlined.
_STYLE: Final = """
body { font-family: sans-serif; line-height: 1.6; margin: 1.5rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.3rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
caption { text-align: left; margin-bottom: .5rem; }
th, td { border: 1px solid #767676; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th, td, li { overflow-wrap: anywhere; }
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
_NOWHERE: Final = "default-src 'none'; style-src 'unsafe-inline'"


def diff(identity: Identity, between: Comparison) -> str:
    """新旧対照表: what differs between two days, old and new side by side."""
    days = [str(document.day) for document in (between.before, between.after)]
    title = f"{identity.ref} {between.after.assessment.title} 新旧対照表"
    caption = f"{days[0]} と {days[1]} の記載の違い（{between.after.basis}による）"
    head = "".join(
        f'<th scope="col">{escape(name)}</th>' for name in ("項目", f"旧（{days[0]}）", f"新（{days[1]}）")
    )
    rows = "\n".join(_row(change) for change in between.changes)
    found = f"""<table>
<caption>{escape(caption)}</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>"""
    none = f"<p>{escape(caption)}はありません。</p>"
    return _page(title, (found if between.changes else none) + _unsure(between))


def _page(title: str, content: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_NOWHERE}">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{content}
</main>
</body>
</html>
"""


def _row(change: ItemDifference) -> str:
    important = " ※" if change.item.important else ""
    name = f"{escape(str(change.path))}{important}"
    old = _cell(change.before, change.words, Op.REMOVED)
    new = _cell(change.after, change.words, Op.ADDED)
    kind = f'<p class="note">{escape(KINDS[change.kind])}</p>'
    return f'<tr><th scope="row">{name}{kind}</th>{old}{new}</tr>'


def _cell(side: Reading | None, words: Iterable[Piece], shown: Op) -> str:
    """One side of an item: its words, those marked that the other side lacks, and how certain they are."""
    if side is None:
        return f"<td>{_note('この日の文書にこの項目はありません')}</td>"
    text = "".join(_piece(piece) for piece in words if piece.op in {Op.SAME, shown})
    text = text or escape(boxes.as_text(side.value) or ("" if side.value is None else BLANK))
    told = f'<div class="text">{text}</div>' if text else ""
    unsure = UNSURE.get(side.certainty)
    notes = [f"［{unsure}］{side.reason}"] if unsure else []
    notes += [f"候補{n}: {boxes.as_text(rival) or BLANK}" for n, rival in enumerate(side.rivals, start=1)]
    return f"<td>{told}{''.join(_note(note) for note in notes)}</td>"


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    match piece.op:
        case Op.SAME:
            return text
        case Op.REMOVED:
            return f"<del>{text}</del>"
        case Op.ADDED:
            return f"<ins>{text}</ins>"


def _unsure(between: Comparison) -> str:
    if not between.unsure:
        return ""
    items = "".join(f"<li>{escape(str(path))}</li>" for path in between.unsure)
    return f"\n<h2>どちらの日の記載も確かでない項目</h2>\n<ul>{items}</ul>"


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'
