"""The document on a page: the latest state as HTML, and all states as the data that its script shows.

The script takes the elements over that are made here, and makes those alike that only other states have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any, Final

from ledger.form import Form, form_named
from ledger.published import Boxes
from projections.captions import BLANK, UNSURE
from projections.documents import StatedItem
from projections.readings import Value
from projections.report.states import CERTAINTIES, States, embedded
from projections.stated import remarks

TICKS: Final = {"checked": "[○]", "unreadable": "[?]", "unchecked": "[　]"}
IMPORTANT: Final = "※"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands, in the words of the form: its section, the heading below that, and further ones.

    ``heading`` is blank where the item is a heading itself.
    """

    section: str
    heading: str
    further: str
    label: str

    @classmethod
    def of(cls, stated: StatedItem, form: Form) -> Place:
        """The place of an item of *form*."""
        nodes = (stated.item, *form.ancestors(stated.item))[::-1]
        section, *below = (node.label.replace("{n}", str(stated.path.group)) for node in nodes)
        heading, *further = below[:-1] or [""]
        file = f"　{stated.path.file}" if stated.path.file else ""
        return cls(section + file, heading, " › ".join(further), below[-1] if below else section)


class Paper:
    """The document of a page, in all its states."""

    def __init__(self, states: States, rows: Mapping[str, str]) -> None:
        """*rows* are the anchors of the rows of the table by the names of their changes."""
        self._states = states
        self._form = form_named(states.known.form)
        self._headings: dict[tuple[str, str, str], int] = {}
        self.told: dict[str, Any] = embedded(states, rows, self._described) | {
            "headings": [[section, heading] for section, heading, _ in self._headings],
            "certainties": [UNSURE.get(each, "") for each in CERTAINTIES],
            "blank": BLANK,
            "ticks": TICKS,
        }
        self.anchors = {item[0]: f"item-{n}" for n, item in enumerate(self.told["items"])}

    def _described(self, stated: StatedItem) -> tuple[Any, ...]:
        """What the script needs to know of an item beside what it says."""
        place = Place.of(stated, self._form)
        heading = self._headings.setdefault(_under(place, stated), len(self._headings))
        return str(stated.path), stated.key, place.label, place.further, stated.item.important, heading

    @property
    def html(self) -> str:
        """The latest state, section by section."""
        placed = [(Place.of(version.stated, self._form), version.stated) for version in self._states.latest]
        return "\n".join(
            f'<section class="part"><h3>{escape(name)}</h3>\n{"".join(self._part(inside))}</section>'
            for name, inside in groupby(placed, key=lambda pair: pair[0].section)
        )

    def _part(self, items: Iterable[tuple[Place, StatedItem]]) -> Iterator[str]:
        for (_, under, _), inside in groupby(items, key=lambda pair: _under(*pair)):
            told = "\n".join(self._item(*each) for each in inside)
            head = f"<h4>{escape(under)}</h4>\n" if under else ""
            yield f'<section class="heading">{head}{told}\n</section>\n'

    def _item(self, place: Place, stated: StatedItem) -> str:
        mark = f' <span class="important">{IMPORTANT}</span>' if stated.item.important else ""
        above = f'<p class="where">{escape(place.further)}</p>' if place.further else ""
        notes = "".join(f'<p class="remark">{escape(each)}</p>' for each in remarks(stated.reading))
        return (
            f'<article class="item {stated.reading.certainty}" id="{self.anchors[str(stated.path)]}">'
            f'<div class="name">{above}<h5>{escape(place.label)}{mark}</h5></div>'
            f'<div class="says">{said(stated.reading.value)}{notes}</div></article>'
        )


def _under(place: Place, stated: StatedItem) -> tuple[str, str, str]:
    """What tells headings apart: an item that is a heading itself has one of its own."""
    return place.section, place.heading, "" if place.heading else str(stated.path)


def said(value: Value | None) -> str:
    """What an item says; nothing where nothing is known of it."""
    match value:
        case Boxes():
            ticks = (
                f'<li class="{name}">{tick} {escape(label)}</li>'
                for name, tick in TICKS.items()
                for label in getattr(value, name)
            )
            other = f'<p class="text">（{escape(value.other_text)}）</p>' if value.other_text else ""
            return f'<ul class="boxes">{"".join(ticks)}</ul>{other}'
        case str():
            return f'<p class="text">{escape(value) or BLANK}</p>'
        case None:
            return ""
