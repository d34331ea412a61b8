"""Items on 提供・移転: Ⅱ５ by itself, and against Ⅲ５.

Ⅲ５ leaves 提供 through the 情報提供ネットワークシステム to Ⅲ６: whoever provides by no other way may tick
提供・移転しない there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from ledger.form import form3
from ledger.published import Boxes, PrintedItem
from projections.findings import Cause, Finding, Severity
from projections.printed import PrintedBody, about, in_file, sure
from projections.rules.network import NETWORK

_EXISTS: Final = "II.5.exists"
_NEITHER: Final = "行っていない"
_HEADING: Final = "III.5.not_provided"
_NOT: Final = "提供・移転しない"


class Way(NamedTuple):
    """提供 or 移転: its box, its number of 件, its group."""

    does: str
    box: str
    counter: str
    group: str


WAYS: Final = (
    Way("提供", "提供を行っている", "II.5.provision_count", "II.5.provision[n]"),
    Way("移転", "移転を行っている", "II.5.transfer_count", "II.5.transfer[n]"),
)


def _heads(body: PrintedBody, way: Way, file: str) -> list[PrintedItem]:
    return [item for item in sure(body.every(way.group)) if item.path.file == file]


def asked_of_recipients(body: PrintedBody, file: str) -> tuple[PrintedItem, ...]:
    """What Ⅲ５ asks behind its box, as far as it is in the text."""
    risk = form3().children(form3()["III.5.risk"])
    return body.all(*(node.key for node in risk), "III.5.other", file=file)


def inconsistencies(body: PrintedBody) -> Iterator[Finding]:
    """行っていない in Ⅱ５, and Ⅲ５ says how it is done."""
    for file in body.files():
        if not body.ticked(_EXISTS, _NEITHER, file) or body.ticked(_HEADING, _NOT, file) is not False:
            continue
        stated, heading = body.get(_EXISTS, file), body.get(_HEADING, file)
        if filled := list(sure(asked_of_recipients(body, file))):
            told = f"{in_file(file)}Ⅱ５は「行っていない」ですが、Ⅲ５に提供・移転についての記載があります"
            yield about("body-inconsistency", Severity.WARNING, (stated, heading, *filled), told)
        else:
            told = f"{in_file(file)}Ⅱ５は「行っていない」ですが、Ⅲ５の「提供・移転しない」に印がありません"
            yield about("body-inconsistency", Severity.NOTE, (stated, heading), told, Cause.UNDECIDABLE)


def contradictory_boxes(body: PrintedBody, *, lost: bool) -> Iterator[Finding]:
    """Boxes of Ⅱ５ that exclude each other or the blocks behind them, and 提供・移転しない in Ⅲ５.

    Where the II of another file is *lost*, a block may be that file's.
    """
    for file in body.files():
        yield from _neither(body, file)
        if not lost:
            yield from _unticked(body, file)
        yield from _ticked_in_iii(body, file)


def _neither(body: PrintedBody, file: str) -> Iterator[Finding]:
    """行っていない together with 行っている, or with blocks."""
    if not body.ticked(_EXISTS, _NEITHER, file):
        return
    boxes = [way.box for way in WAYS if body.ticked(_EXISTS, way.box, file)]
    heads = [head for way in WAYS for head in _heads(body, way, file)]
    if boxes or heads:
        besides = "、".join(f"「{one}」" for one in boxes) or "、".join(head.path.label for head in heads)
        told = f"{in_file(file)}Ⅱ５は「行っていない」に印がありますが、{besides}もあります"
        yield about("checkbox-contradiction", Severity.WARNING, (body.get(_EXISTS, file), *heads), told)


def _unticked(body: PrintedBody, file: str) -> Iterator[Finding]:
    """提供を行っている without its tick, and a 提供先 is filled in."""
    if body.ticked(_EXISTS, _NEITHER, file) is not False:
        return
    for way in WAYS:
        heads = _heads(body, way, file)
        if heads and body.ticked(_EXISTS, way.box, file) is False:
            told = f"{in_file(file)}Ⅱ５の「{way.box}」に印がありませんが、{way.does}先の記載があります"
            items = (body.get(_EXISTS, file), *heads)
            yield about("checkbox-contradiction", Severity.WARNING, items, told)


def _ticked_in_iii(body: PrintedBody, file: str) -> Iterator[Finding]:
    """提供・移転しない in Ⅲ５, though there is a recipient that Ⅲ５ is about, or its risk is filled in."""
    if not body.ticked(_HEADING, _NOT, file):
        return
    heads = [*_heads(body, WAYS[1], file), *_otherwise(body, file)]
    filled = list(sure(asked_of_recipients(body, file)))
    if heads or filled:
        against = [
            *(["Ⅱ５に提供先・移転先の記載があります"] if heads else []),
            *(["同じⅢ５に対策の記載があります"] if filled else []),
        ]
        told = f"{in_file(file)}Ⅲ５は「提供・移転しない」ですが、{'。また、'.join(against)}"
        items = (*heads, body.get(_HEADING, file), *filled)
        yield about("checkbox-contradiction", Severity.WARNING, items, told)


def _otherwise(body: PrintedBody, file: str) -> Iterator[PrintedItem]:
    """The 提供先 that are surely served by another way than the network."""
    for head in _heads(body, WAYS[0], file):
        way = body.get(f"{WAYS[0].group}.6", file, head.path.group)
        if way is not None and not way.doubt and isinstance(way.value, Boxes):
            network = form3()[way.key].option(NETWORK)
            if any(network is None or not network.is_called(one) for one in way.value.checked):
                yield head
