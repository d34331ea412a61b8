"""The texts of one page and the items that want one → which text belongs to which item.

A scrambled page has its texts apart from their labels. What is known of each pair is weighed: the text stands
right behind the label; it goes on with the text before it; it looks like what such an item says (the signs
in ``form3_signs.csv``); items and texts keep their order. The best pairing of the whole page counts, and a
pair is sure only where the text stands behind its label and nothing speaks for another.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

from ledger import wording

_BESIDE = 3.0  # the text stands right behind the label
_BEFORE = 0.8  # or right before it
_UNDER = 1.0  # or right behind the heading under which the item is
_SIGNS = 3.0  # the text looks like what the item says
_AGAIN = 4.0  # the next page prints the text again, and the item is the last
_FIRST = 2.0  # the item has no text yet
_GOES_ON = 1.5  # the text stands right behind the text before, of the same item
_APART = -1.5  # a further text of the item, from another place of the page
_BACKWARDS = -0.5  # the item stands in the form before that of the text before
_SKIPPED = -0.2  # for each item in between without a text
_LEFT = -4.0  # nobody takes the text
_LEFT_SHORT = 0.4  # a short one may stand in the brackets of a box
_SHORT = 30
_BEAM = 200  # pairings that are followed at a time
_MOST_WEIGHED = 2_000_000  # pairs on a page; what has no pages is weighed less thoroughly


@dataclass(frozen=True, slots=True)
class Wanting:
    """An item that may take a text: its key in the form file, and whether it has a text already."""

    key: str
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A text, and what stands beside it on the page.

    It stands right ``behind`` the label of an item or right ``before`` one, or behind the heading ``under``
    which these items are; ``goes_on`` says that it stands right behind the block before it, ``again`` that
    the next page, which has no label, prints it once more: then it is of the last item of the page.
    """

    text: str
    behind: int | None = None
    before: int | None = None
    under: frozenset[int] = frozenset()
    goes_on: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """The item that a block belongs to (None: nobody knows), and whether that is sure."""

    item: int | None
    sure: bool


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    pairs: tuple[int | None, ...]
    filled: frozenset[int]
    last: int | None = None

    def with_pair(self, to: int | None, score: float) -> _State:
        """What the state becomes with the next block given to the item *to*."""
        if to is None:
            return _State(score, (*self.pairs, None), self.filled, self.last)
        return _State(score, (*self.pairs, to), self.filled | {to}, to)


def pair(blocks: Sequence[Block], items: Sequence[Wanting], *, in_order: bool) -> list[Pair]:
    """The item of each block; *items* in the order of the form, *blocks* in reading order.

    Only where the labels of the page are still *in_order* is a text behind its label surely the label's.
    """
    beam = max(1, min(_BEAM, _MOST_WEIGHED // (1 + len(blocks) * len(items))))
    states = [_State(0.0, (), frozenset(at for at, item in enumerate(items) if item.filled))]
    for block in blocks:
        alone = [_alone(block, to, items) for to in range(len(items))]
        following = [
            (state.score + weight, state, to)
            for state in states
            for to, weight in _weights(block, alone, state)
        ]
        following.sort(key=lambda each: -each[0])
        states = [state.with_pair(to, score) for score, state, to in following[:beam]]
    best = states[0].pairs
    every = all(
        block.behind is not None and block.behind == to for block, to in zip(blocks, best, strict=True)
    )
    return [
        Pair(
            to,
            in_order
            and to is not None
            and block.behind == to
            and (every or _fits(block.text, items[to].key)),
        )
        for block, to in zip(blocks, best, strict=True)
    ]


def _fits(text: str, key: str) -> bool:
    return wording.is_nothing(text) or looks_like(text, key)


def _alone(block: Block, to: int, items: Sequence[Wanting]) -> float:
    """What speaks for giving a block to the item *to*, whatever was decided before."""
    weight = _BESIDE if block.behind == to else _BEFORE if block.before == to else 0.0
    weight += _AGAIN if block.again and to == len(items) - 1 else 0.0
    weight += _UNDER if to in block.under else 0.0
    return weight + (_SIGNS if looks_like(block.text, items[to].key) else 0.0)


def _weights(block: Block, alone: Sequence[float], state: _State) -> Iterator[tuple[int | None, float]]:
    """What speaks for giving a block to each item, and to none, after what was decided before."""
    empty = list(accumulate((at not in state.filled for at in range(len(alone))), initial=0))
    last = state.last
    for to, own in enumerate(alone):
        weight = own
        if to not in state.filled:
            weight += _FIRST
        elif block.goes_on and state.pairs and state.pairs[-1] == to:
            weight += _GOES_ON
        else:
            weight += _APART
        if last is not None and to < last:
            weight += _BACKWARDS
        skipped = empty[to] - empty[last + 1] if last is not None and to > last else 0
        yield to, weight + _SKIPPED * skipped
    short = len(block.text) < _SHORT and "。" not in block.text and block.behind is None
    yield None, _LEFT_SHORT if short else _LEFT


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    """What the items of the form usually say, by key."""
    text = resources.files("ledger.form").joinpath("form3_signs.csv").read_text("utf-8")
    return {row["key"]: re.compile(row["signs"]) for row in csv.DictReader(text.splitlines())}


def looks_like(text: str, key: str) -> bool:
    """Whether *text* looks like what the item *key* of the form usually says."""
    signs = _signs().get(re.sub(r"\[\d+\]", "[n]", key))
    return signs is not None and signs.search("".join(text.split())) is not None
