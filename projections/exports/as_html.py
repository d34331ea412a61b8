"""The document, its change table, and 新旧対照表 as pages that need nothing beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ledger.identity import Identity
from projections import value_text
from projections.captions import BLANK, CHANGE_COLUMNS
from projections.diff import KINDS, Comparison, ItemDifference
from projections.documents import Document, StatedItem
from projections.exports import html_page
from projections.listing import TableRow
from projections.origin import Origin
from projections.readings import Reading
from projections.stated import remarks, told, when
from projections.words import Op, Piece
from projections.written import change_cells


def diff(identity: Identity, between: Comparison, origin: Origin | None = None) -> str:
    """新旧対照表: what differs between two days, old and new side by side."""
    days = [str(document.day) for document in (between.before, between.after)]
    title = f"{identity.ref} {between.after.title} 新旧対照表"
    caption = f"{days[0]} と {days[1]} の記載の違い（{between.after.basis}による）"
    headings = ("項目", f"旧（{days[0]}）", f"新（{days[1]}）")
    found = html_page.table(caption, headings, map(_row, between.changes))
    none = f"<p>{escape(caption)}はありません。</p>"
    return html_page.page(title, (found if between.changes else none) + _unsure(between), origin)


def changes(identity: Identity, title: str, rows: Sequence[TableRow], origin: Origin | None = None) -> str:
    """（別添２）変更箇所 in its six columns."""
    table = html_page.table("（別添２）変更箇所", CHANGE_COLUMNS, map(_change, rows))
    none = "<p>変更の記録はありません。</p>"
    return html_page.page(f"{identity.ref} {title}", table if rows else none, origin)


def _change(row: TableRow) -> str:
    cells = "".join(f'<td class="text">{escape(cell)}</td>' for cell in change_cells(row.change))
    return f"<tr>{cells}</tr>"


def document(
    identity: Identity, shown: Document, items: Iterable[StatedItem], origin: Origin | None = None
) -> str:
    """A document on a day: what each item says, and why where that is not certain."""
    table = html_page.table(when(shown), ("項目", "記載"), map(_stated, items))
    return html_page.page(f"{identity.ref} {shown.title}", table, origin)


def _stated(item: StatedItem) -> str:
    important = " ※" if item.item.important else ""
    said = told(item)
    text = "" if said is None else f'<div class="text">{escape(said) or BLANK}</div>'
    notes = "".join(html_page.note(each) for each in remarks(item.reading))
    return f'<tr><th scope="row">{escape(str(item.path))}{important}</th><td>{text}{notes}</td></tr>'


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
        return f"<td>{html_page.note('この日の文書にこの項目はありません')}</td>"
    text = "".join(html_page.piece(piece) for piece in words if piece.op in {Op.SAME, shown})
    text = text or escape(value_text.as_text(side.value) or ("" if side.value is None else BLANK))
    words_shown = f'<div class="text">{text}</div>' if text else ""
    return f"<td>{words_shown}{''.join(html_page.note(each) for each in remarks(side))}</td>"


def _unsure(between: Comparison) -> str:
    if not between.unsure:
        return ""
    items = "".join(f"<li>{escape(str(path))}</li>" for path in between.unsure)
    return f"\n<h2>どちらの日の記載も確かでない項目</h2>\n<ul>{items}</ul>"
