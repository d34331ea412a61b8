"""How events are written down: in canonical JSON (``ledger.canonical``), and read again.

The stored fields of an event are its own; what the library adds (a time, the name of the
aggregate) is the same for all and is left out. Names of fields and marks here are stored for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    JSONTranscoder,
    Mapper,
    MapperDeserialisationError,
    StoredEvent,
    Transcoding,
    TranscodingNotRegisteredError,
)

from ledger.canonical import TUPLE, canonical_json, canonical_lines
from ledger.events import EVENTS, AnyEvent, WithheldLine
from ledger.item_path import ItemPath
from ledger.published import Boxes, Header, ItemKind, Passage, PrintedItem, TableState

_KINDS: Final = {kind.TOPIC: kind for kind in EVENTS}
_LIBRARY_FIELDS: Final = {"originator_id", "originator_version", "originator_topic", "timestamp"}


class TupleAsList(Transcoding):
    """A tuple, which plain JSON would give back as a list."""

    type = tuple
    name = TUPLE

    def encode(self, obj: tuple[object, ...]) -> list[object]:
        """The members, in order."""
        return list(obj)

    def decode(self, data: list[object]) -> tuple[object, ...]:
        """The tuple again."""
        return tuple(data)


class _EnumAsStr(Transcoding):
    """A choice by its value."""

    def encode(self, obj: StrEnum) -> str:
        """The plain value."""
        return obj.value

    def decode(self, data: str) -> object:
        """The choice again."""
        return self.type(data)


class ItemKindAsStr(_EnumAsStr):
    """The kind of an item."""

    type = ItemKind
    name = "item_kind"


class TableStateAsStr(_EnumAsStr):
    """The state of a change table."""

    type = TableState
    name = "table_state"


class _FieldsAsDict(Transcoding):
    """A value whose fields are plain, by their names."""

    def encode(self, obj: Any) -> dict[str, object]:  # noqa: ANN401  # whatever `type` of the subclass is
        """The fields by name."""
        return {field.name: getattr(obj, field.name) for field in fields(obj)}

    def decode(self, data: dict[str, object]) -> object:
        """The value again."""
        return self.type(**data)


class HeaderAsDict(_FieldsAsDict):
    """A cover page."""

    type = Header
    name = "header"


class PassageAsDict(_FieldsAsDict):
    """An unassigned passage."""

    type = Passage
    name = "passage"


class WithheldLineAsDict(_FieldsAsDict):
    """A line that was withheld."""

    type = WithheldLine
    name = "withheld_line"


class ItemPathAsList(Transcoding):
    """A path as the file, then the parts: labels may hold any character, so they are not joined."""

    type = ItemPath
    name = "item_path"

    def encode(self, obj: ItemPath) -> list[str]:
        """The file (blank where there is one only), then the parts."""
        return [obj.file, *obj.parts]

    def decode(self, data: list[str]) -> ItemPath:
        """The path again."""
        file, *parts = data
        return ItemPath(tuple(parts), file)


class BoxesAsDict(Transcoding):
    """Tick boxes by the names of their fields."""

    type = Boxes
    name = "boxes"

    def encode(self, obj: Boxes) -> dict[str, object]:
        """The three lists of labels, and the text beside その他."""
        return {
            "checked": list(obj.checked),
            "unchecked": list(obj.unchecked),
            "unreadable": list(obj.unreadable),
            "other_text": obj.other_text,
        }

    def decode(self, data: dict[str, Any]) -> Boxes:
        """The boxes again."""
        return Boxes(
            checked=tuple(data["checked"]),
            unchecked=tuple(data["unchecked"]),
            unreadable=tuple(data["unreadable"]),
            other_text=data["other_text"],
        )


class PrintedItemAsDict(Transcoding):
    """An item by the names of its fields. Path and kind stand unmarked: an edition has hundreds."""

    type = PrintedItem
    name = "item"

    def encode(self, obj: PrintedItem) -> dict[str, object]:
        """The fields, the path as by ItemPathAsList."""
        return {
            "path": ItemPathAsList().encode(obj.path),
            "key": obj.key,
            "kind": obj.kind.value,
            "value": obj.value,
            "line": obj.line,
            "doubt": obj.doubt,
        }

    def decode(self, data: dict[str, Any]) -> PrintedItem:
        """The item again."""
        path, kind = ItemPathAsList().decode(data.pop("path")), ItemKind(data.pop("kind"))
        return PrintedItem(path=path, kind=kind, **data)


TRANSCODINGS: Final[tuple[type[Transcoding], ...]] = (
    TupleAsList,
    ItemKindAsStr,
    TableStateAsStr,
    HeaderAsDict,
    PassageAsDict,
    WithheldLineAsDict,
    ItemPathAsList,
    BoxesAsDict,
    PrintedItemAsDict,
)


class CanonicalTranscoder(JSONTranscoder):
    """The transcoder of the library, with our values, and canonical.

    json writes tuples and StrEnums as lists and strings without asking the transcodings, so every
    value is marked before json sees it; decoding is the library's.
    """

    def __init__(self) -> None:
        super().__init__()
        for transcoding in TRANSCODINGS:
            self.register(transcoding())

    def encode(self, obj: object) -> bytes:
        """*obj* as canonical JSON. Raises TranscodingNotRegisteredError for a type unknown here."""
        return canonical_json(self._marked(obj)).encode()

    def in_lines(self, facts: Mapping[str, object]) -> bytes:
        """The facts of an event in canonical lines. Raises TranscodingNotRegisteredError as ``encode``."""
        return canonical_lines({name: self._marked(value) for name, value in facts.items()}).encode()

    def _marked(self, value: object) -> object:
        kind = type(value)
        if transcoding := self.types.get(kind):
            return {"_type_": transcoding.name, "_data_": self._marked(transcoding.encode(value))}
        if isinstance(value, dict):
            return {key: self._marked(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self._marked(member) for member in value]
        if value is None or kind in {str, int, bool}:
            return value
        raise TranscodingNotRegisteredError(f"no transcoding for {kind}")


class LedgerMapper(Mapper[UUID]):
    """Between events and what is stored of them.

    Only names in EVENTS are loaded (the library would import any module that a tampered row names),
    and loading goes through the constructor, so that a missing or strange field shows.
    """

    def __init__(self, transcoder: CanonicalTranscoder) -> None:
        super().__init__(transcoder)
        self._canonical = transcoder

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The stored form of an event."""
        facts = {name: value for name, value in vars(domain_event).items() if name not in _LIBRARY_FIELDS}
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=type(domain_event).TOPIC,  # type: ignore[attr-defined]  # only our events get here
            state=self._canonical.in_lines(facts),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> AnyEvent:
        """The event again. Raises MapperDeserialisationError where name or fields are not ours."""
        kind = _KINDS.get(stored_event.topic)
        if kind is None:
            raise MapperDeserialisationError(f"unknown kind of event: {stored_event.topic}")
        try:
            facts = self.transcoder.decode(stored_event.state)
            return kind(cast("UUID", stored_event.originator_id), stored_event.originator_version, **facts)
        except (ValueError, TypeError, KeyError) as error:
            raise MapperDeserialisationError(f"{stored_event.topic}: {error}") from error
