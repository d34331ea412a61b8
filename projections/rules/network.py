"""Items on the 情報提供ネットワークシステム: Ⅰ５, Ⅲ６, and where else the form asks about it.

R-64: Ⅰ５① 実施しない means that Ⅲ６ ticks 接続しない on both sides of every file, 実施する that at least one
side of one file is left open. A ticked side leaves its risk empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ledger.form import form3, group_number
from ledger.published import Boxes, PrintedItem
from projections.findings import Cause, Finding, Severity
from projections.printed import PrintedBody, about, box, in_file, is_blank, listed_names, sure

NETWORK: Final = "情報提供ネットワークシステム"
_EXISTS: Final = "I.5.1"
_HEADING: Final = "III.6.not_connected"
_CONNECTIONS: Final = "I.2.system[n].3"
_INTERMEDIATE = re.compile("中間サーバ")


class Side(NamedTuple):
    """One side of Ⅲ６: its box, its risk, and the item of II that tells whether the network is used."""

    box: str
    risk: str
    asks: str
    does: str


SIDES: Final = (
    Side("接続しない（入手）", "III.6.risk1", "II.3.2", "入手"),
    Side("接続しない（提供）", "III.6.risk2", "II.5.provision[n].6", "提供"),
)


def _risk(body: PrintedBody, side: Side, file: str) -> tuple[PrintedItem, ...]:
    return body.all(*(node.key for node in form3().children(form3()[side.risk])), file=file)


def _uses(body: PrintedBody, side: Side, file: str) -> tuple[PrintedItem, ...]:
    """The items of II that surely tick the network for this side."""
    items = (item for item in body.every(side.asks) if item.path.file == file)
    return tuple(item for item in items if not item.doubt and box(item, NETWORK))


def inconsistencies(body: PrintedBody) -> Iterator[Finding]:
    """Ⅰ５① against Ⅲ６, the systems of Ⅰ２, and the ways of II."""
    if body.chose(_EXISTS, "実施しない"):
        yield from _not_done(body)
    elif body.chose(_EXISTS, "実施する"):
        yield from _done(body)


def _not_done(body: PrintedBody) -> Iterator[Finding]:
    stated = body.get(_EXISTS)
    ticked = [body.get(_HEADING, file) for file in body.files("III") if _all_ticked(body, file)]
    systems = [item for item in body.every(_CONNECTIONS) if not item.doubt and box(item, NETWORK)]
    used = [item for file in body.files("II") for side in SIDES for item in _uses(body, side, file)]
    open_sides = [(side, file) for file in body.files("III") for side in SIDES if _is_open(body, side, file)]
    filled = [item for side, file in open_sides for item in sure(_risk(body, side, file))]
    headings = [body.get(_HEADING, file) for _, file in open_sides]
    storage = [item for item in body.every("II.6.storage") if _INTERMEDIATE.search(str(item.value))]
    if systems or used or filled:
        places = [
            *(["Ⅰ２のシステムの接続先"] if systems else []),
            *(["Ⅱの入手方法・提供方法"] if used else []),
            *(["Ⅲ６の記載"] if filled else []),
        ]
        told = f"Ⅰ５①は「実施しない」ですが、{'、'.join(places)}は情報提供ネットワークシステムを使うものです"
        items = (stated, *(headings if filled else ticked), *systems, *used, *filled, *storage)
        yield about("body-inconsistency", Severity.WARNING, items, told)
        return
    if open_sides:
        told = "Ⅰ５①は「実施しない」ですが、Ⅲ６の「接続しない」に印のない側があります"
        items = (stated, *headings)
        yield about("body-inconsistency", Severity.NOTE, items, told, Cause.UNDECIDABLE)
    elif likely := list(_likely_connected(body)):
        told = (
            "Ⅰ５①は「実施しない」ですが、Ⅰ２に中間サーバーがあります。"
            "情報提供ネットワークシステムとの接続の欄は、印が読み取れません"
        )
        items = (stated, *ticked, *likely, *storage)
        yield about("body-inconsistency", Severity.NOTE, items, told, Cause.EXTRACTION)


def _all_ticked(body: PrintedBody, file: str) -> bool:
    return all(body.ticked(_HEADING, side.box, file) for side in SIDES)


def _is_open(body: PrintedBody, side: Side, file: str) -> bool:
    return body.ticked(_HEADING, side.box, file) is False


def _likely_connected(body: PrintedBody) -> Iterator[PrintedItem]:
    """A 中間サーバー of Ⅰ２ whose box for the network cannot be read: such a server is there to use it."""
    for name in body.every("I.2.system[n].1"):
        boxes = body.get(_CONNECTIONS, n=group_number(name.key))
        if boxes is not None and _INTERMEDIATE.search(str(name.value)) and box(boxes, NETWORK) is None:
            yield from (name, boxes)


def _done(body: PrintedBody) -> Iterator[Finding]:
    files = body.files("III")
    whole = len(files) >= max(1, len(listed_names(body)))
    headings = [body.get(_HEADING, file) for file in files]
    if whole and all(_all_ticked(body, file) for file in files):
        told = "Ⅰ５①は「実施する」ですが、Ⅲ６は入手・提供とも「接続しない」です"
        yield about("body-inconsistency", Severity.WARNING, (body.get(_EXISTS), *headings), told)
    basis = body.get("I.5.2")
    if is_blank(basis):
        told = "Ⅰ５①は「実施する」ですが、②法令上の根拠の記載がありません"
        yield about("body-inconsistency", Severity.WARNING, (body.get(_EXISTS), basis), told)


def contradictory_boxes(body: PrintedBody) -> Iterator[Finding]:
    """接続しない is ticked in Ⅲ６, and the same file uses the network, or fills the risk of that side in."""
    told_already = body.chose(_EXISTS, "実施しない")
    for file in body.files():
        both = _all_ticked(body, file)
        for side in SIDES:
            uses = () if told_already else _uses(body, side, file)
            if body.ticked(_HEADING, side.box, file):
                others = body.all("III.6.other", file=file) if both and side is SIDES[0] else ()
                filled = tuple(sure((*_risk(body, side, file), *others)))
                if uses or filled:
                    yield _contradicts(body, side, file, uses, filled)
            elif uses and _seems_ticked(body, side, file):
                yield _may_contradict(body, side, file, uses)


def _contradicts(
    body: PrintedBody, side: Side, file: str, uses: Iterable[PrintedItem], filled: Iterable[PrintedItem]
) -> Finding:
    against = [
        *(["Ⅱでは情報提供ネットワークシステムに印があります"] if uses else []),
        *(["同じⅢ６にリスク対策の記載があります"] if filled else []),
    ]
    told = f"{in_file(file)}Ⅲ６は「{side.box}」ですが、{'。また、'.join(against)}"
    items = (*uses, body.get(_HEADING, file), *filled)
    return about("checkbox-contradiction", Severity.WARNING, items, told)


def _seems_ticked(body: PrintedBody, side: Side, file: str) -> bool:
    """Whether the box of a side cannot be read, and all that the form asks behind it is left blank."""
    heading = body.get(_HEADING, file)
    unread = heading is not None and isinstance(heading.value, Boxes) and box(heading, side.box) is None
    asked = (*(_risk(body, one, file) for one in SIDES), body.all("III.6.other", file=file))
    return unread and all(is_blank(item) for items in asked for item in items)


def _may_contradict(body: PrintedBody, side: Side, file: str, uses: Iterable[PrintedItem]) -> Finding:
    told = (
        f"{in_file(file)}Ⅱの{side.does}では情報提供ネットワークシステムに印がありますが、Ⅲ６は空欄です。"
        f"「{side.box}」の印は読み取れません"
    )
    items = (*uses, body.get(_HEADING, file), *_risk(body, side, file))
    return about("checkbox-contradiction", Severity.NOTE, items, told, Cause.EXTRACTION)
