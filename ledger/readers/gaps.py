"""What the form prints next: a label that it would print, and the source has not, tells of a lost passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from ledger.form import Form, FormItem
from ledger.published import ItemKind
from ledger.readers.drafts import Draft, Sheet

_END: Final = ""


class Step(NamedTuple):
    """A heading, group, risk or label as it stands in the source, with the number of its group."""

    node: FormItem
    n: int = 0


def is_gap(before: Step, after: Step | None, form: Form) -> bool:
    """Whether the form prints anything between two steps of a section; None is the end of the section.

    A step back in the form tells nothing, unless it is the head of another block: sections repeat.
    """
    expected = _next(before.node.key, form)
    if after is None:
        return _END not in expected
    if after.node.is_group:
        again = after.node is group_of(before.node, form)
        return after.node.key not in expected or after.n > (before.n + 1 if again else 1)
    back = form.order[after.node.key] <= form.order[before.node.key]
    return not back and after.node.key not in expected


@lru_cache(maxsize=1024)
def _next(key: str, form: Form) -> frozenset[str]:
    """The keys of what may stand right behind a node: up to the first thing that the form always prints."""
    node = form[key]
    group = group_of(node, form)
    found = set()
    for following in form.items[form.order[key] + 1 :]:
        if following.section != node.section:
            break
        if following.kind is ItemKind.COUNT or following.printed_in:
            continue
        block = group_of(following, form)
        if block is not None and block is not group:  # there may be any number of blocks, or none
            found.add(block.key)
            continue
        if group is not None and block is None:
            found.add(group.key)
        found.add(following.key)
        if not _stands_beside(following, form):
            return frozenset(found)
    return frozenset({*found, *([group.key] if group else []), _END})


def group_of(node: FormItem, form: Form) -> FormItem | None:
    """The repeated group that *node* is the head of, or stands in."""
    return next((one for one in (node, *form.ancestors(node)) if one.is_group), None)


def _stands_beside(node: FormItem, form: Form) -> bool:
    """Whether the form prints *node* only in the row of the first item below it (④使用の主体)."""
    return node.kind is None and not node.is_risk and form[node.parent].parent != _END


def ends_before_a_gap(sheets: Sequence[Sheet], files: int, form: Form) -> Iterator[Draft]:
    """The last items of the sections behind which another was lost: their rest may have stood on its page.

    Sections come in any order, but each comes once, or once for every one of the *files*.
    """
    printed = Counter(sheet.section.key for sheet in sheets)
    for sheet, following in pairwise([*sheets, None]):
        if sheet is None or sheet.end is None:
            continue
        after = following.section.key if following else _END
        if any(
            printed[section.key] < (files if section.per_file else 1)
            for section in _after(sheet.section, form)
            if section.key != after
        ):
            yield sheet.end


def _after(section: FormItem, form: Form) -> Iterator[FormItem]:
    """The sections that the form prints behind *section*: what comes once per file may come again."""
    sections = form.children(None)
    at = sections.index(section)
    yield from sections[at + 1 : at + 2]
    if section.per_file:
        yield section if section.kind is None else sections[at - 1]  # 別添1 comes with the II before it
