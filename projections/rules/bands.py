"""Numbers of people as the options of the form give them: from one number to below another."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

_FIGURE = re.compile(r"([\d,]+)(万)?人(以上|未満)")
_MANY = 10_000


class Band(NamedTuple):
    """At least ``low`` and fewer than ``high`` people."""

    low: float
    high: float


def band_of(label: str) -> Band | None:
    """What an option says (1,000人以上1万人未満, 30万人以上); None where it is no such number."""
    low, high = 0.0, math.inf
    found = _FIGURE.findall(unicodedata.normalize("NFKC", "".join(label.split())))
    for digits, many, side in found:
        number = int(digits.replace(",", "") or 0) * (_MANY if many else 1)
        low, high = (number, high) if side == "以上" else (low, number)
    return Band(low, high) if found else None
