"""A value in words, as views print it."""

from __future__ import annotations

from ledger.published import Boxes
from projections.readings import Value


def as_text(value: Value | None) -> str:
    """A value in words: the ticked boxes, those that cannot be read, and the free text."""
    if not isinstance(value, Boxes):
        return value or ""
    lines = [f"[○] {box}" for box in value.checked]
    lines += [f"[?] {box}" for box in value.unreadable]
    if value.other_text:
        lines.append(f"（{value.other_text}）")
    return "\n".join(lines) or "（どの欄にも印がない）"
