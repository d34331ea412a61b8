"""Noise that is no fault: what readers, printers and habits do to the words of a document."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from ledger.published import PublishedEdition

Noise = Callable[[PublishedEdition, Random], PublishedEdition]


def none(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """The clean document."""
    del random
    return edition


NOISE: Final[dict[str, Noise]] = {"none": none}
