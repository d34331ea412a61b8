"""Numbers of 件: items of their own that stand in the cell of another item.

「移転を行っている（3件）」 is about a box and about a number. A row may also give the number alone, in any
notation of the form (3件, （３）件), and it may leave open whose number that is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ledger import wording
from ledger.form import FormItem, form3
from ledger.published import ItemKind
from ledger.readers import cells

_ALONE = re.compile(r"[(（\[［]?\s*([0-9０-９]{1,3})\s*[)）\]］]?\s*(?:件|か所|箇所|社|者)?\s*[)）]?")


def counted_in(item: FormItem) -> Iterator[FormItem]:
    """The numbers of 件 that the cell of *item* prints."""
    return (child for child in form3().children(item) if child.kind is ItemKind.COUNT)


def number_in(text: str) -> str:
    """The number that a side gives of a 件, with its unit or without; blank for none."""
    if read := cells.read_count(text):
        return read
    match = _ALONE.fullmatch(text.strip())
    return str(int(unicodedata.normalize("NFKC", match[1]))) if match else ""


def says_only_a_number(text: str) -> bool:
    """Whether a side gives a number of 件 and nothing else."""
    return _ALONE.fullmatch(text.strip()) is not None


def differ_in_numbers_only(item: FormItem, before: str, after: str) -> bool:
    """Whether the sides of a row on *item* are the same but for their numbers of 件."""
    if says_only_a_number(after):
        return True
    was, became = (cells.without_count(item, text) for text in (before, after))
    return became.strip() != after.strip() and wording.same(was, became) is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a row says of one number of 件; ``unsure`` says why a side of it is not told (blank: it is)."""

    item: FormItem
    before: str
    after: str
    unsure: str = ""


def counted(item: FormItem, before: str, after: str) -> Iterator[Counted]:
    """What the two sides of a row on *item* say of the numbers that stand in its cell."""
    inside = list(counted_in(item))
    if says_only_a_number(after) or (says_only_a_number(before) and wording.is_nothing(after)):
        was, became = number_in(before), number_in(after)
        for child in inside:
            unsure = "どの件数の変更か書いていない" if len(inside) > 1 else ""
            yield Counted(child, was, became, unsure)
        return
    for child in inside:
        sides = [_behind(child, text) for text in (before, after)]
        if not any(sides):
            continue
        missing = [
            name
            for name, text, number in zip(("変更前", "変更後"), (before, after), sides, strict=True)
            if not number and _affirms(item, child, text)
        ]
        unsure = f"{missing[0]}に件数の記載がない" if missing else ""
        yield Counted(child, sides[0], sides[1], unsure)


def _behind(child: FormItem, text: str) -> str:
    """The number behind the box of *child*, which a row may shorten (移転 3件)."""
    if not child.counted_behind:
        return cells.read_count(text)
    if found := cells.read_count(text, child.counted_behind):
        return found
    short = child.counted_behind.partition("を")[0]
    named = re.search(cells.loosely(child.counted_behind), text)
    return "" if named else cells.read_count(text, short)


def _affirms(item: FormItem, child: FormItem, text: str) -> bool:
    """Whether a side says that there is something to count, though not how many."""
    if wording.is_nothing(text):
        return False
    if child.counted_behind:
        state = cells.read_boxes(item, text).value
        return any(wording.same(child.counted_behind, label) is not None for label in state.checked)
    chosen = cells.read_choice(item, text).value
    return bool(item.options) and item.option(chosen) is item.options[0]
