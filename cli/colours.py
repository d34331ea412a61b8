"""Words that a terminal shows in a colour; nothing is told by a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """The colours a terminal is asked for, as SGR parameters."""

    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    BLUE = "34"
    FAINT = "2"


@dataclass(frozen=True, slots=True)
class Coloured:
    """Words that a terminal shows in a colour; anything else gets them plain."""

    text: str
    colour: Colour


Piece = str | Coloured
"""Words with or without a colour."""
