"""A reading: what an item said, how certain that is, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ledger import wording
from ledger.published import Boxes

Value = str | Boxes


class Certainty(StrEnum):
    """``known``: rows and anchors prove it; ``partial``: some of it, or one of several; ``unknown``."""

    KNOWN = "known"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of an item in one state, with its certainty, its reason in Japanese, and rivals."""

    value: Value | None
    certainty: Certainty
    reason: str
    rivals: tuple[Value, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the value is proved."""
        return self.certainty is Certainty.KNOWN

    def because(self, reason: str) -> Reading:
        """The same value with another reason."""
        return replace(self, reason=reason)


def known(value: Value, reason: str) -> Reading:
    """A proved value."""
    return Reading(value, Certainty.KNOWN, reason)


def partial(value: Value | None, reason: str, *rivals: Value) -> Reading:
    """A value that is not the whole, or one of several that contradict each other."""
    if value is None and not rivals:
        return unknown(reason)
    return Reading(value, Certainty.PARTIAL, reason, rivals)


def unknown(reason: str) -> Reading:
    """Nothing is known."""
    return Reading(None, Certainty.UNKNOWN, reason)


def agree(one: Value | None, other: Value | None) -> bool:
    """Whether two values say the same, at any level of comparison."""
    if isinstance(one, str) and isinstance(other, str):
        return wording.same(one, other) is not None
    if isinstance(one, Boxes) and isinstance(other, Boxes):
        return not _opposed(one, other)
    return one == other


def _opposed(one: Boxes, other: Boxes) -> bool:
    def plain(labels: tuple[str, ...]) -> set[str]:
        return {wording.plain(label) for label in labels}

    clash = plain(one.checked) & plain(other.unchecked) or plain(one.unchecked) & plain(other.checked)
    return bool(clash) or wording.same(one.other_text, other.other_text) is None


def combine(back: Reading, forward: Reading) -> Reading:
    """One reading from the fold back from the later anchor and the fold forward from earlier rows."""
    if back.value is None or forward.value is None:
        return back if forward.value is None else forward
    if agree(back.value, forward.value):
        return back if back.known or not forward.known else forward
    if back.known and forward.known:
        return partial(
            back.value,
            f"記載が食い違う:「{back.reason}」と「{forward.reason}」",
            back.value,
            forward.value,
        )
    if back.known or forward.known:
        return back if back.known else forward
    return partial(
        back.value, f"{back.reason}。「{forward.reason}」とは一致しない", back.value, forward.value
    )
