"""The body by itself: items that must agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import wording
from ledger.form import form3, group_number
from ledger.published import PrintedItem
from projections.findings import Cause, Finding, Rule, Severity, Subject


def count_mismatch(subject: Subject) -> Iterator[Finding]:
    """R-61: the printed number of 件 is that of the blocks that are filled in.

    Blocks missing in the middle, or all of them, were lost with a page; then it is only a note.
    """
    form = form3()
    for counter in (item for item in form if item.counts):
        group = form[counter.counts]
        name = group.name.replace("{n}", "")
        for count in (item for item in subject.edition.items if item.key == counter.key):
            if not isinstance(count.value, str) or not count.value.isdecimal():
                continue
            blocks = _filled(subject.edition.items, group.key, count.path.file)
            stated = int(count.value)
            if stated == len(blocks):
                continue
            lost = stated > len(blocks) and (not blocks or max(blocks) > len(blocks))
            items = (count.path, *(group.at(n, count.path.file) for n in sorted(blocks)))
            yield Finding(
                "count-mismatch",
                Severity.NOTE if lost else Severity.WARNING,
                (),
                items,
                f"{count.path}: {stated}件とありますが、記載のある{name}は{len(blocks)}件です",
                (("件数", count.value), ("記載", "、".join(f"{name}{n}" for n in sorted(blocks)))),
                Cause.EXTRACTION if lost else Cause.DOCUMENT,
            )


def _filled(items: tuple[PrintedItem, ...], group_key: str, file: str) -> set[int]:
    """The numbers of the blocks in which anything is written."""
    stem = group_key.removesuffix("[n]")
    found = set()
    for item in items:
        filled = isinstance(item.value, str) and not wording.is_nothing(item.value)
        if item.key.startswith(f"{stem}[") and item.path.file == file and filled:
            found.add(group_number(item.key))
    return found


RULES = (
    Rule(
        "count-mismatch",
        count_mismatch,
        Severity.WARNING,
        "様式3 Ⅱ４・Ⅱ５（件数と記載された組）",
        "件数と、記載した委託事項・提供先・移転先の数を確認してください",
    ),
)
