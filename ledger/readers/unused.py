"""Blocks that the form prints for later use: a workbook holds システム2 to 20, whether filled or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ledger.form import Form, group_number
from ledger.published import Boxes, ItemKind, PrintedItem


def unused_blocks(items: Iterable[PrintedItem], form: Form) -> Iterator[str]:
    """The paths of what stands in blocks behind the last one that says anything; the first block stays."""
    blocks: dict[tuple[str, str], dict[int, list[PrintedItem]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        node = form[item.key]
        head = next((each for each in (node, *form.ancestors(node)) if each.is_group), None)
        if head is not None:
            blocks[head.key, item.path.file][group_number(item.key)].append(item)
    for numbered in blocks.values():
        last = max((n for n, block in numbered.items() if not all(map(_says_nothing, block))), default=1)
        for n, block in numbered.items():
            if n > max(last, 1):
                yield from (str(item.path) for item in block)


def _says_nothing(item: PrintedItem) -> bool:
    if isinstance(item.value, Boxes):
        return not (item.value.checked or item.value.unreadable or item.value.other_text)
    # A choice in doubt has words in its cell; any other blank item is blank, whatever may follow it.
    return not item.value.strip() and not (item.kind is ItemKind.CHOICE and item.doubt)
