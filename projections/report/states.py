"""All states of a document as data that a page carries: what every item says from one day to the next.

Between two turning days a document stays as it is, so a day is a place in the list of ``days``, and what an
item says holds over a stretch of places. Texts and values are kept once and named by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Final

from ledger.form import form_named
from ledger.published import Boxes
from projections import value_text
from projections.as_of import earliest_day
from projections.diff import words_between
from projections.documents import ItemVersion, StatedItem, place_of
from projections.editions import Assessment
from projections.exports import as_json
from projections.item_versions import Versions, versions
from projections.readings import Certainty, Value
from projections.words import Op, Piece

CERTAINTIES: Final = tuple(Certainty)
OPS: Final = (Op.SAME, Op.REMOVED, Op.ADDED)

Placed = tuple[ItemVersion, tuple[int, ...]]
"""What an item says for a while, with its place in the order of the form."""


@dataclass(frozen=True)
class States:
    """Every state of a document: its turning ``days``, and the versions of its items in the form's order.

    The first day is the first of all (``date.min``): what holds on it is the oldest state that is told of,
    and ``oldest`` is the last day of that. What holds on the last of ``days`` is the latest state.
    """

    known: Assessment
    days: tuple[date, ...]
    oldest: date | None
    placed: tuple[Placed, ...]
    published: tuple[tuple[date, date | None], ...]

    @classmethod
    def of(cls, known: Assessment) -> States:
        """All states of an assessment."""
        found, form = versions(known), form_named(known.form)
        placed = [(each, place_of(form, each.stated.key, each.file_no)) for each in found.items]
        placed.sort(key=lambda pair: (pair[1], str(pair[0].stated.path), pair[0].first))
        return cls(known, _days(known, found), earliest_day(known), tuple(placed), found.published)

    @property
    def latest(self) -> tuple[ItemVersion, ...]:
        """What the items say in the latest state."""
        return tuple(version for version, _ in self.placed if version.until is None)


def _days(known: Assessment, found: Versions) -> tuple[date, ...]:
    days = {date.min, *(day for day, _ in found.published), *(each.first for each in found.items)}
    days |= {each.until for each in found.items if each.until}
    if known.end:
        days.add(known.end.day)
    return tuple(sorted(days))


@dataclass
class _Numbered:
    """Texts and values, each kept once."""

    texts: dict[str, int] = field(default_factory=dict)
    boxes: dict[Boxes, int] = field(default_factory=dict)

    def text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def value(self, value: Value | None) -> int | None:
        """A text by its number, boxes by one below 0 (-1 is the first), None where nothing is known."""
        match value:
            case Boxes():
                return -1 - self.boxes.setdefault(value, len(self.boxes))
            case str():
                return self.text(value)
            case None:
                return None


def embedded(
    states: States, rows: Mapping[str, str], described: Callable[[StatedItem], tuple[Any, ...]]
) -> dict[str, Any]:
    """The states as JSON.

    *rows* are the anchors of the rows of the table by the names of their changes, *described* gives what is
    told of an item beside what it says, its path first.
    """
    numbered = _Numbered()
    places = {day: n for n, day in enumerate(states.days)}
    items: dict[tuple[Any, ...], int] = {}
    told = []
    for version, _ in states.placed:
        stated = version.stated
        reading, cause = stated.reading, stated.change
        told.append(
            [
                items.setdefault(described(stated), len(items)),
                places[version.first],
                places[version.until] if version.until else len(states.days),
                numbered.value(reading.value),
                CERTAINTIES.index(reading.certainty),
                numbered.text(reading.reason),
                [numbered.value(rival) for rival in reading.rivals],
                stated.since.isoformat() if stated.since else None,
                cause.row if cause else 0,
                rows.get(cause.name, "") if cause else "",
                int(stated.floor),
            ]
        )
    end = states.known.end
    return {
        "days": [day.isoformat() for day in states.days],
        "oldest": states.oldest.isoformat() if states.oldest else None,
        "published": [[places[day], of.isoformat() if of else None] for day, of in states.published],
        "ended": [end.day.isoformat(), end.why] if end else None,
        "items": [list(item) for item in items],
        "versions": told,
        "words": _words(states.placed),
        "texts": list(numbered.texts),
        "boxes": [[as_json.value(each), value_text.as_text(each)] for each in numbered.boxes],
    }


def _words(placed: Sequence[Placed]) -> dict[str, list[int]]:
    """By the number of a version, how its words came from those of the version of the item before it."""
    by_item: dict[str, list[int]] = {}
    for n, (version, _) in enumerate(placed):
        by_item.setdefault(str(version.stated.path), []).append(n)
    found = {}
    for numbers in by_item.values():
        numbers.sort(key=lambda n: placed[n][0].first)
        for before, after in pairwise(numbers):
            was, now = placed[before][0].stated, placed[after][0].stated
            if was.reading.value != now.reading.value:
                found[str(after)] = lengths(words_between(now.item, was.reading, now.reading))
    return {n: each for n, each in found.items() if each}


def lengths(pieces: Iterable[Piece]) -> list[int]:
    """What became of two texts, without their words: a number of ``OPS``, and how far it goes; and so on.

    As far as strings count in a browser: in UTF-16.
    """
    return [
        number
        for piece in pieces
        for number in (OPS.index(piece.op), len(piece.text.encode("utf-16-le")) // 2)
    ]
