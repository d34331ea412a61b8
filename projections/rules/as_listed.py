"""Rows in the order in which the table lists them, where their days tell another order.

A day that was typed wrong puts a row elsewhere in the life of its item. The words then seem to contradict
each other, although they follow from row to row as listed; the day is the cause, and is reported as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ledger import wording
from projections.timeline import Step


def is_listed_otherwise(steps: Sequence[Step]) -> bool:
    """Whether the table lists the rows of an item in another order than that of their days."""
    return any(one.edge.change.no > other.edge.change.no for one, other in pairwise(steps))


def follows_as_listed(steps: Sequence[Step], one: Step, other: Step) -> bool:
    """Whether two rows that do not follow each other by their days follow from their neighbours as listed."""
    if not is_listed_otherwise(steps):
        return False
    listed = sorted(steps, key=lambda step: step.edge.change.no)
    after, before = listed[listed.index(one) + 1 :], listed[: listed.index(other)]
    goes_on = not after or wording.same(one.edge.after, after[0].edge.before) is not None
    comes_from = not before or wording.same(before[-1].edge.after, other.edge.before) is not None
    return goes_on and comes_from


def last_listed(steps: Sequence[Step]) -> Step:
    """The row of an item that the table lists last."""
    return max(steps, key=lambda step: step.edge.change.no)
