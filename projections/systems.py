"""The systems (Ⅰ２) of all assessments on a day: where each is described, and to which it is connected.

One body's systems of one name are one system, however many assessments describe it (names are compared by
``projections/system_names.py``). A connection is what ③ of a description ticks or names behind その他; the
other side is looked for among the systems that the same body describes, by name or by the kind ticked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from ledger.identity import PrintedIdentity, same_place
from ledger.item_path import ItemPath
from ledger.published import Boxes
from ledger.wording import Level
from projections.documents import Held, StatedItem
from projections.readings import Certainty, is_blank
from projections.system_names import Kind, SystemName, connections, names_in

_NAME, _FUNCTIONS, _CONNECTIONS = "I.2.system[n].1", "I.2.system[n].2", "I.2.system[n].3"


class Sides(StrEnum):
    """Who of the two sides of a connection names the other.

    ``collective``: one side names the other, which names all systems of its sort (個別業務システム).
    ``not_described``: only one of the two is described by the body. ``undecided``: what the other side says
    is not known for certain.
    """

    BOTH = "both"
    ONLY_HERE = "only_here"
    ONLY_THERE = "only_there"
    COLLECTIVE = "collective"
    NOT_DESCRIBED = "not_described"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Place:
    """One description of a system: the group システムn of one document. An item is None where it has none."""

    held: Held
    n: int
    items: Mapping[str, StatedItem]

    @property
    def ref(self) -> str:
        """The assessment."""
        return self.held.ref

    @property
    def path(self) -> ItemPath:
        """The path of the group."""
        return ItemPath(("I", "2", f"システム{self.n}"))

    @property
    def name_of_place(self) -> str:
        """What messages call it: 熊谷市長/12 システム2."""
        return f"{self.ref} システム{self.n}"

    @property
    def named(self) -> StatedItem | None:
        """①システムの名称."""
        return self.items.get(_NAME)

    @property
    def functions(self) -> StatedItem | None:
        """②システムの機能."""
        return self.items.get(_FUNCTIONS)

    @property
    def connected(self) -> StatedItem | None:
        """③他のシステムとの接続."""
        return self.items.get(_CONNECTIONS)

    @cached_property
    def name(self) -> SystemName | None:
        """Its name; None where nothing is known of it."""
        value = self.named.reading.value if self.named else None
        return SystemName.of(value) if isinstance(value, str) and not is_blank(value) else None

    @property
    def reason(self) -> str:
        """Why nothing is known of it."""
        return "。".join(dict.fromkeys(item.reading.reason for item in self.items.values()))

    @property
    def silent(self) -> bool:
        """Whether it cannot be said that its connections are all that ③ says."""
        item = self.connected
        boxes = item.reading.value if item else None
        if item is None or not item.reading.known or not isinstance(boxes, Boxes) or boxes.unreadable:
            return True
        other = any(option.takes_text for label in boxes.checked if (option := connections().option(label)))
        return other and not names_in(boxes.other_text)


@dataclass(frozen=True, slots=True)
class Claim:
    """That ③ of a place (``item``) says its system is connected to another: ``said``, in which ``box``."""

    place: Place
    item: StatedItem
    said: str
    box: str

    @property
    def certainty(self) -> Certainty:
        """How certain it is that the place says so."""
        return self.item.reading.certainty

    @property
    def since(self) -> date | None:
        """Since when ③ of the place says what it says; None where no change of it is known."""
        return self.item.since


@dataclass(frozen=True, slots=True)
class Connection:
    """What a system and others say of one another.

    ``to`` names the other side, several where a kind is ticked of which the body has several, none where all
    of a sort are named. ``stated`` is what this side says, ``returned`` what the other says; ``unsaid`` are
    other descriptions of this system that surely do not say so.
    """

    to: tuple[str, ...]
    sides: Sides
    stated: tuple[Claim, ...]
    returned: tuple[Claim, ...]
    unsaid: tuple[Place, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """The words in which the other side is named, by this side or else by itself."""
        return tuple(dict.fromkeys(claim.said for claim in self.stated))


@dataclass(frozen=True, slots=True)
class System:
    """A system of a body; without places others only name it. ``name`` says so where its name is not known.

    ``spellings`` are all the ways its name is written, each with the level at which it agrees with ``name``,
    None where only the brackets behind it tell them apart; there are none where the name is not known.
    """

    body: str
    name: str
    spellings: tuple[tuple[str, Level | None], ...]
    kinds: tuple[Kind, ...]
    places: tuple[Place, ...]
    connections: tuple[Connection, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The systems of all assessments; ``unknown`` are descriptions of which nothing is known on the day."""

    day: date | None
    systems: tuple[System, ...]
    unknown: tuple[Place, ...]
    not_read: tuple[Held, ...]

    @property
    def one_sided(self) -> tuple[tuple[System, Connection], ...]:
        """The connections that only one of two described sides names, with the one that does."""
        return tuple(
            (system, connection)
            for system in self.systems
            for connection in system.connections
            if connection.sides is Sides.ONLY_HERE
        )


def register(held: Sequence[Held], day: date | None, only: Collection[str] = ()) -> Register:
    """All systems on *day*; with *only*, those that the assessments of these names describe or name.

    The other side of a connection is looked for in all of them.
    """
    places = [place for each in held for place in _places(each)]
    known = [place for place in places if _tells(place)]
    refs = set(only) or {each.ref for each in held}
    systems = (system for body in _bodies(known) for system in body.systems())
    return Register(
        day,
        tuple(system for system in systems if refs & _told_by(system)),
        tuple(place for place in places if place.ref in refs and not _tells(place) and not _is_blank(place)),
        tuple(each for each in held if each.ref in refs and not each.itemised),
    )


def _told_by(system: System) -> set[str]:
    """The assessments that describe or name it."""
    claims = (claim for each in system.connections for claim in (*each.returned, *each.stated))
    return {place.ref for place in (*system.places, *(claim.place for claim in claims))}


def _places(held: Held) -> Iterator[Place]:
    groups: dict[int, dict[str, StatedItem]] = {}
    for item in held.document.items:
        if item.item.key in {_NAME, _FUNCTIONS, _CONNECTIONS}:
            groups.setdefault(item.path.group, {})[item.item.key] = item
    return (Place(held, n, items) for n, items in groups.items())


def _tells(place: Place) -> bool:
    """Whether anything is written there: a group that has not been added yet is blank."""
    values = (item.reading.value for item in place.items.values())
    return any(value is not None and not is_blank(value) for value in values)


def _is_blank(place: Place) -> bool:
    """Whether it is certain that nothing is written there."""
    return all(item.reading.known for item in place.items.values())


# --- the systems of one body ----------------------------------------------------------------------


@dataclass(eq=False)
class _Entry:
    """A system while the register of a body is made."""

    names: list[SystemName]
    places: list[Place] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its first name, or what stands for it where none is known."""
        return self.names[0].text if self.names else f"（名称不明: {self.places[0].name_of_place}）"

    @property
    def silent(self) -> bool:
        """Whether nobody can say that it is connected to no others than it names."""
        return not self.names or any(place.silent for place in self.places)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        found = {kind.label: kind for name in self.names for kind in name.kinds}
        return tuple(found.values())

    def is_a(self, label: str) -> bool:
        return any(kind.label == label for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class _Named:
    """A claim with the entry that makes it and those it may mean; none where it means all of a sort."""

    claim: Claim
    by: _Entry
    to: tuple[_Entry, ...]


def _bodies(places: Iterable[Place]) -> Iterator[_Body]:
    """The descriptions by implementing body: 熊谷市長 and 埼玉県熊谷市長 are one."""
    groups: dict[str, list[tuple[PrintedIdentity, list[Place]]]] = {}
    for place in places:
        printed = place.held.identity.printed[0]
        named = groups.setdefault(printed.place[1], [])
        mine = next((found for first, found in named if same_place(first, printed)), None)
        if mine is None:
            named.append((printed, [place]))
        else:
            mine.append(place)
    return (_Body(printed.body, found) for named in groups.values() for printed, found in named)


class _Body:
    """The register of one body: first what is described, then what is only named."""

    def __init__(self, body: str, places: Sequence[Place]) -> None:
        self.body = body
        self.entries: list[_Entry] = []
        for place in places:
            self._describe(place)
        self._join_bracketed()
        self.described = tuple(self.entries)
        self.by = {entry: list(self._claims(entry)) for entry in self.described}
        self.to: dict[_Entry, list[_Named]] = {}
        for named in (named for claims in self.by.values() for named in claims):
            for other in named.to:
                self.to.setdefault(other, []).append(named)

    def _describe(self, place: Place) -> None:
        name = place.name
        entry = self._called(name) if name else None
        if entry is None:
            entry = _Entry([name] if name else [])
            self.entries.append(entry)
        elif name and name.text not in {one.text for one in entry.names}:
            entry.names.append(name)
        entry.places.append(place)

    def _called(self, name: SystemName) -> _Entry | None:
        """The entry of the very name."""
        return next(
            (
                entry
                for entry in self.entries
                if any(one.key == name.key and one.same(name) is not None for one in entry.names)
            ),
            None,
        )

    def _join_bracketed(self) -> None:
        """A name with brackets behind it and the same without are one where no other has brackets."""
        by_core: dict[str, list[_Entry]] = {}
        for entry in self.entries:
            if entry.names:
                by_core.setdefault(entry.names[0].core_key, []).append(entry)
        for entries in by_core.values():
            bare = [entry for entry in entries if not any(name.inside for name in entry.names)]
            if len(entries) == 2 and len(bare) == 1:  # noqa: PLR2004  (a name with brackets and one without)
                first, other = entries
                first.names += other.names
                first.places += other.places
                self.entries.remove(other)

    # --- what they say of one another -------------------------------------------------------------

    def _claims(self, entry: _Entry) -> Iterator[_Named]:
        for place in entry.places:
            item = place.connected
            boxes = item.reading.value if item else None
            if item is None or not isinstance(boxes, Boxes):
                continue
            for label in boxes.checked:
                option = connections().option(label)
                if option is None or not option.takes_text:
                    kind = option.label if option else label
                    yield _Named(Claim(place, item, kind, kind), entry, self._of_kind(kind, entry))
                else:
                    for name in names_in(boxes.other_text):
                        yield _Named(
                            Claim(place, item, name.text, option.label), entry, self._meant(name, entry)
                        )

    def _of_kind(self, kind: str, by: _Entry) -> tuple[_Entry, ...]:
        """The systems of a ticked kind that the body describes, or else the kind itself."""
        found = tuple(
            entry for entry in self.entries if entry.places and entry.is_a(kind) and entry is not by
        )
        return found or (self._only_named(SystemName.of(kind)),)

    def _meant(self, name: SystemName, by: _Entry) -> tuple[_Entry, ...]:
        """The systems that a name behind その他 means; none where it means all of a sort."""
        if name.collective:
            return ()
        described = [entry for entry in self.entries if entry.places and _answers_to(entry, name)]
        if len(described) == 1:
            return tuple(described)
        if name.kinds:
            return self._of_kind(name.kinds[0].label, by)
        return (self._only_named(name),)

    def _only_named(self, name: SystemName) -> _Entry:
        """The entry of a name that nothing describes; the kind that it says it is of is one of its names."""
        label = name.kinds[0].label if name.kinds else ""
        entry = next((e for e in self.entries if not e.places and label and e.is_a(label)), None)
        entry = entry or next((e for e in self.entries if not e.places and _answers_to(e, name)), None)
        if entry is None:
            entry = _Entry([name])
            self.entries.append(entry)
        elif name.text not in {one.text for one in entry.names}:
            entry.names.append(name)
        return entry

    # --- the register -----------------------------------------------------------------------------

    def systems(self) -> Iterator[System]:
        """The systems, those that are only named last."""
        for entry in self.entries:
            found = (*self._stated(entry), *self._only_returned(entry))
            yield System(
                self.body,
                entry.name,
                tuple((name.text, entry.names[0].same(name)) for name in entry.names),
                entry.kinds,
                tuple(entry.places),
                found,
            )

    def _stated(self, entry: _Entry) -> Iterator[Connection]:
        """The connections that a system names."""
        groups: dict[tuple[_Entry, ...], list[Claim]] = {}
        for named in self.by.get(entry, ()):
            groups.setdefault(named.to, []).append(named.claim)
        for to, claims in groups.items():
            sides, returned = self._answered(entry, to)
            places = [claim.place for claim in claims]
            unsaid = tuple(place for place in entry.places if place not in places and not place.silent)
            yield Connection(tuple(other.name for other in to), sides, tuple(claims), returned, unsaid)

    def _answered(self, entry: _Entry, to: tuple[_Entry, ...]) -> tuple[Sides, tuple[Claim, ...]]:
        """What the other side says of a system that names it."""
        naming = self.to.get(entry, ())
        if not to:
            return Sides.COLLECTIVE, tuple(named.claim for named in naming if not named.by.kinds)
        if returned := tuple(named.claim for named in naming if named.by in to):
            return Sides.BOTH, returned
        if not any(other.places for other in to):
            return Sides.NOT_DESCRIBED, ()
        collective = tuple(named.claim for other in to for named in self.by.get(other, ()) if not named.to)
        if collective and entry.names and not entry.kinds:
            return Sides.COLLECTIVE, collective
        unsure = not entry.names or any(other.silent for other in to)
        return (Sides.UNDECIDED if unsure else Sides.ONLY_HERE), ()

    def _only_returned(self, entry: _Entry) -> Iterator[Connection]:
        """The connections that only the other side names."""
        mine = {other for named in self.by.get(entry, ()) for other in named.to}
        groups: dict[_Entry, list[Claim]] = {}
        for named in self.to.get(entry, ()):
            if named.to == (entry,) and named.by not in mine and named.by is not entry:
                groups.setdefault(named.by, []).append(named.claim)
        for other, claims in groups.items():
            yield Connection((other.name,), self._side_of(entry, other), (), tuple(claims))

    def _side_of(self, entry: _Entry, other: _Entry) -> Sides:
        """How a system that does not name the *other* stands to what that one says of it."""
        if not entry.places:
            return Sides.NOT_DESCRIBED
        if other.names and not other.kinds and any(not named.to for named in self.by[entry]):
            return Sides.COLLECTIVE
        return Sides.UNDECIDED if entry.silent or not other.names else Sides.ONLY_THERE


def _answers_to(entry: _Entry, name: SystemName) -> bool:
    """Whether *name* is a name of the system: its own, that without brackets, or the one in them."""
    return any(
        key and name.key == key
        for one in entry.names
        for key in (one.key, one.core_key, SystemName.of(one.inside).key)
    )
