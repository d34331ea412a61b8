"""What is kept is plain: JSON without any white space, and days as numbers (``date.toordinal``)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Final

as_json: Final[Callable[[object], str]] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""*value* as JSON. Raises TypeError where it has a part that is not plain."""


def ordinal(day: date | None) -> int | None:
    """A day as it is kept."""
    return day.toordinal() if day else None


def day_of(kept: int | None) -> date | None:
    """The day again."""
    return date.fromordinal(kept) if kept is not None else None
