"""A reading: what an item said, how certain that is, why, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
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
class Support:
    """One thing a reading rests on: an edition, or a change that was undone or redone.

    ``value`` is what the item says by it, ``day`` its 公表日 or 変更日, ``event_id`` the change's event.
    """

    name: str
    day: date | None
    told: str
    value: Value | None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of an item in one state, with its certainty, its reason in Japanese, and rivals.

    ``contradicted`` says that the rivals contradict each other; otherwise one of them holds, and it is open
    which. ``unproved`` says that the value is likely, but that nothing rules out others, named nowhere.
    ``rests_on`` has what the value was worked out from, in that order.
    """

    value: Value | None
    certainty: Certainty
    reason: str
    rivals: tuple[Value, ...] = ()
    contradicted: bool = False
    unproved: bool = False
    rests_on: tuple[Support, ...] = field(default=(), compare=False, repr=False)

    @property
    def known(self) -> bool:
        """Whether the value is proved."""
        return self.certainty is Certainty.KNOWN

    @property
    def possible(self) -> tuple[Value, ...]:
        """The values of which one holds, as far as is known."""
        return self.rivals or (() if self.value is None else (self.value,))

    def because(self, reason: str) -> Reading:
        """The same value with another reason."""
        return Reading(
            self.value, self.certainty, reason, self.rivals, self.contradicted, self.unproved, self.rests_on
        )

    def resting_on(self, *readings: Reading, and_on: Iterable[Support] = ()) -> Reading:
        """The same reading, worked out from *readings* and then from the supports *and_on*."""
        supports = (*(support for reading in readings for support in reading.rests_on), *and_on)
        if len(supports) > 1:
            supports = tuple(dict.fromkeys(supports))
        return Reading(
            self.value, self.certainty, self.reason, self.rivals, self.contradicted, self.unproved, supports
        )


def known(value: Value, reason: str) -> Reading:
    """A proved value."""
    return Reading(value, Certainty.KNOWN, reason)


def partial(value: Value | None, reason: str, *rivals: Value) -> Reading:
    """A value that is not the whole, or one of several (*rivals*) of which it is open which one holds."""
    if value is None and not rivals:
        return unknown(reason)
    return Reading(value, Certainty.PARTIAL, reason, tuple(dict.fromkeys(rivals)))


def contradicted(value: Value | None, reason: str, *rivals: Value | None) -> Reading:
    """A value that something else contradicts; *rivals* are all that is said, None left out."""
    said = partial(value, reason, *(rival for rival in rivals if rival is not None))
    return replace(said, contradicted=said.certainty is Certainty.PARTIAL)


def unproved(reading: Reading, reason: str) -> Reading:
    """A likely value that nothing proves."""
    return replace(reading, certainty=Certainty.PARTIAL, reason=reason, unproved=True)


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


def is_blank(value: Value | None) -> bool:
    """Whether an item says that there is nothing: blank or a dash, no box ticked."""
    if isinstance(value, Boxes):
        return not (value.checked or value.unreadable or value.other_text)
    return value is not None and wording.is_nothing(value)


def combine(back: Reading, forward: Reading) -> Reading:
    """One reading from the fold back from the later anchor and the fold forward from earlier states."""
    if back.value is None or forward.value is None:
        return back if forward.value is None else forward
    if agree(back.value, forward.value):
        return back if back.known or not forward.known else forward
    if back.known and forward.known:
        return _opposing(back, forward)
    if back.known or forward.known:
        sure, other = (back, forward) if back.known else (forward, back)
        return sure if _allows(other, sure) else _opposing(sure, other)
    told = f"{back.reason}。「{forward.reason}」とは一致しない"
    return contradicted(back.value, told, back.value, forward.value).resting_on(back, forward)


def _opposing(one: Reading, other: Reading) -> Reading:
    told = f"記載が食い違う:「{one.reason}」と「{other.reason}」"
    return contradicted(one.value, told, *one.possible, *other.possible).resting_on(one, other)


def _allows(reading: Reading, sure: Reading) -> bool:
    """Whether what *reading* has, which may be a part of the item, does not speak against the *sure* one."""
    return any(agree(value, sure.value) or _parts(value, sure.value) for value in reading.possible)


def _parts(one: Value | None, other: Value | None) -> bool:
    """Whether one of two texts has the other in it."""
    if not isinstance(one, str) or not isinstance(other, str):
        return True
    return wording.locate(one, other) is not None or wording.locate(other, one) is not None


def witnessed(reading: Reading, witness: Reading) -> Reading:
    """A reading beside what another edition tells of the same day.

    A witness fills in what is unknown and decides between what is possible; where it contradicts, the value
    is no longer known. A contradiction stays one, whatever a witness says. One that is not sure itself can
    only contradict.
    """
    if reading.contradicted or not witness.possible:
        return reading
    if not witness.known:
        return reading if not reading.known or _allows(witness, reading) else _opposing(reading, witness)
    if reading.unproved or (reading.value is None and not reading.rivals):
        return witness
    if any(agree(value, witness.value) for value in reading.possible):
        return reading if reading.known else witness
    return _opposing(reading, witness)
