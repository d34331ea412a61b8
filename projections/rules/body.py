"""The body by itself: numbers of 件, items that contradict each other, boxes that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ledger.form import FormItem, form3
from ledger.published import PrintedItem
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.printed import PrintedBody, body_of, holds
from projections.rules import entrusting, files, incidents, network, people, providing

_BLOCKS_PRINTED: Final = 20  # the form prints 委託事項1 to 20; what comes after stands on other sheets

_Blocks = Mapping[int, tuple[PrintedItem, ...]]


def count_mismatch(subject: Subject) -> Iterator[Finding]:
    """R-61: the printed number of 件 is that of the blocks that are filled in.

    Blocks missing in the middle, or all of them, or with all that stands behind them, were lost with
    a page; then it is only a note. So it is where every block of the form is full: others stand elsewhere.
    """
    form, body = form3(), body_of(subject.edition)
    for counter in (item for item in form if item.counts):
        group = form[counter.counts]
        name = group.name.replace("{n}", "")
        for count in body.every(counter.key):
            blocks = body.blocks(group.key, count.path.file)
            if not str(count.value).isdecimal() or int(str(count.value)) == len(blocks):
                continue
            cause = _cause(count, blocks, ends=_ends(body, group, count.path.file))
            yield Finding(
                "count-mismatch",
                Severity.WARNING if cause is Cause.DOCUMENT else Severity.NOTE,
                (),
                (count.path, *(group.at(n, count.path.file) for n in blocks)),
                f"{count.path}: {count.value}件とありますが、記載のある{name}は{len(blocks)}件です",
                (("件数", str(count.value)), ("記載", "、".join(f"{name}{n}" for n in blocks))),
                cause,
            )


def _ends(body: PrintedBody, group: FormItem, file: str) -> bool:
    """Whether the text of a file has anything behind the blocks of a group."""
    order, last = form3().order, max(form3().order[node.key] for node, _ in form3().below(group))
    here = (form3()[item.key] for item in body.items.values() if item.path.file == file)
    return any(node.section == group.section and order[node.key] > last for node in here)


def _cause(count: PrintedItem, blocks: _Blocks, *, ends: bool) -> Cause:
    stated = int(str(count.value))
    sure = sum(any(holds(item) and not item.doubt for item in block) for block in blocks.values())
    if stated > len(blocks):
        lost = not blocks or max(blocks) > len(blocks) or not ends
        if not lost and not count.doubt:
            return Cause.UNDECIDABLE if len(blocks) >= _BLOCKS_PRINTED else Cause.DOCUMENT
    elif sure > stated and not count.doubt:
        return Cause.DOCUMENT
    return Cause.EXTRACTION


def body_inconsistency(subject: Subject) -> Iterator[Finding]:
    """R-60, R-62 to R-65: items that cannot both be right."""
    body = body_of(subject.edition)
    for topic in (files, people, network, entrusting, providing, incidents):
        yield from topic.inconsistencies(body)


def checkbox_contradiction(subject: Subject) -> Iterator[Finding]:
    """Boxes that exclude each other, or what is written behind them."""
    body = body_of(subject.edition)
    yield from entrusting.contradictory_boxes(body)
    yield from providing.contradictory_boxes(body, lost=bool(files.lost_files(body)))
    yield from network.contradictory_boxes(body)


RULES = (
    Rule(
        "count-mismatch",
        count_mismatch,
        Severity.WARNING,
        "様式3 Ⅱ４・Ⅱ５（件数と記載された組）",
        "件数と、記載した委託事項・提供先・移転先の数を確認してください",
    ),
    Rule(
        "body-inconsistency",
        body_inconsistency,
        Severity.WARNING,
        "様式3 の項目どうしの関係（Ⅰ３とⅡ１・Ⅲ１、Ⅰ５とⅢ６、Ⅱ４とⅢ４、Ⅲ７②など）",
        "どちらの記載が正しいかを確認してください",
    ),
    Rule(
        "checkbox-contradiction",
        checkbox_contradiction,
        Severity.WARNING,
        "様式3 の欄（同時には選べない欄、「しない」とした欄の後の記載）",
        "印と記載のどちらが正しいかを確認してください",
    ),
)
