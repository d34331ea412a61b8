"""A comparison of two days as text for people, with the words that went and those that came marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cli import printing, views
from cli.colours import Colour, Coloured
from ledger import wording
from projections import value_text
from projections.captions import BLANK, UNSURE
from projections.diff import KINDS, Comparison, ItemDifference
from projections.readings import Reading, Value
from projections.words import Op, Piece

_MARKS = {Op.REMOVED: ("【-", "-】", Colour.RED), Op.ADDED: ("【+", "+】", Colour.GREEN)}
_INDENT = "    "
_AROUND = 60  # characters that show where in a long text a change stands


def comparison(ref: str, between: Comparison) -> None:
    """What differs, item by item; or one line that nothing does."""
    days, basis = [str(document.day) for document in (between.before, between.after)], between.after.basis
    if between.changes:
        counts = ((name, sum(c.kind is kind for c in between.changes)) for kind, name in KINDS.items())
        told = "、".join(f"{name}{count}件" for name, count in counts if count)
        printing.out(f"{ref} {between.after.title}")
        printing.out(f"{days[0]} から {days[1]} までの違い（{basis}による）: {told}")
    else:
        printing.out(f"{ref}: {days[0]} と {days[1]} の記載に違いはありません（{basis}による）")
    views.without_items(between.after.form, "表紙だけを比べます")
    for change in between.changes:
        _item(change, days)
    if between.unsure:
        told = f"どちらの日の記載も確かでない項目: {len(between.unsure)}件（違いがあるかは分かりません）"
        printing.out(f"\n{told}" if between.changes else told)


def _item(change: ItemDifference, days: Sequence[str]) -> None:
    mark = " ※" if change.item.important else ""
    printing.out(f"\n{change.path}{mark} [{KINDS[change.kind]}]")
    if change.words:
        printing.out(_INDENT, *marked(change.words))
    for day, side in zip(days, (change.before, change.after), strict=True):
        if side is not None and not (side.known and change.words):
            _side(day, side, told=bool(change.words))


def _side(day: str, side: Reading, *, told: bool) -> None:
    """What one day says where the marked words do not tell, and why it is not certain."""
    if side.value is not None and not told:
        printing.out(f"{_INDENT}{day}: {_short(side.value)}")
    if not side.known:
        printing.out(f"{_INDENT}{day}: [{UNSURE[side.certainty]}] {side.reason}")
    for n, rival in enumerate(side.rivals, start=1):
        printing.out(f"{_INDENT}{day}: 候補{n}: {_short(rival)}")


def marked(pieces: Sequence[Piece], indent: str = _INDENT) -> Iterator[str | Coloured]:
    """The pieces for a terminal: changed words between marks, of what stayed only what stands near them."""
    for n, piece in enumerate(pieces):
        if piece.op is Op.SAME:
            near = _near(piece.text, after=n > 0, before=n + 1 < len(pieces))
            yield near.replace("\n", f"\n{indent}")
        else:
            yield from _lines(piece, indent)


def _lines(piece: Piece, indent: str) -> Iterator[str | Coloured]:
    """Changed words, each line between marks of its own; a line break by itself is shown as ↵."""
    begin, end, colour = _MARKS[piece.op]
    if not piece.text.strip("\r\n"):
        yield Coloured(f"{begin}↵{end}", colour)
    for n, line in enumerate(piece.text.split("\n")):
        if n:
            yield f"\n{indent}"
        if line.strip("\r"):
            yield Coloured(f"{begin}{line}{end}", colour)


def _near(text: str, *, after: bool, before: bool) -> str:
    """What stayed, cut where it is far from the change *after* which or *before* which it stands."""
    if not (after or before):
        return wording.in_brief(text, 2 * _AROUND)
    head = text[:_AROUND] if after else ""
    head = head[: head.find("\n", 1) + 1] or head  # up to the end of the line
    tail = text[-_AROUND:] if before else ""
    tail = tail[tail.rfind("\n", 0, -1) :] if "\n" in tail[:-1] else tail
    return text if len(head) + len(tail) >= len(text) else f"{head}…{tail}"


def _short(value: Value) -> str:
    return wording.in_brief(value_text.as_text(value), 2 * _AROUND) or BLANK
