"""What projections answer, as JSON: every value of theirs. ``projections/read_models/decoding.py`` reads it.

A value is JSON as it is, or a list that begins with its kind. What was written before in the same text (the
change that many edges share) is named by its number.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final
from uuid import UUID

from ledger.events import ItemChanged
from ledger.form import FormItem
from projections.read_models.kinds import FACTS, FIELDS
from projections.read_models.plain import as_json


def encoded(value: object) -> str:
    """*value* as JSON. Raises TypeError where it has a part of a kind that is not known here."""
    return as_json(_Writing(None).of(value))


def parted(value: object) -> tuple[str, tuple[str, ...]]:
    """The same with its long texts by themselves, for they stand elsewhere too. Raises as ``encoded``."""
    texts: dict[str, int] = {}
    return as_json(_Writing(texts).of(value)), tuple(texts)


_LONG: Final = 12  # characters; a shorter text is not worth the place of its number


class _Writing:
    def __init__(self, texts: dict[str, int] | None) -> None:
        self._texts = texts
        self._seen: dict[int, int] = {}
        self._kept: list[object] = []  # so that no id is given twice

    def of(self, value: object) -> object:  # noqa: PLR0911  # one for each kind
        match value:
            case Enum():
                return [type(value).__name__, value.value]
            case str() if self._texts is not None and len(value) > _LONG:
                return ["text", self._texts.setdefault(value, len(self._texts))]
            case None | str() | int():
                return value
            case tuple():
                return ["", *map(self.of, value)]
            case datetime():
                return ["time", value.isoformat()]
            case date():
                return ["day", value.isoformat()]
            case FormItem():
                return ["item", value.key]
            case ItemChanged():
                facts = [getattr(value, name) for name in FACTS]
                return ["event", *(str(fact) if isinstance(fact, UUID) else fact for fact in facts)]
            case _ if is_dataclass(value) and type(value) in FIELDS:
                return self._fields(value)
        message = f"no way to write down {type(value)}"
        raise TypeError(message)

    def _fields(self, value: object) -> object:
        if (known := self._seen.get(id(value))) is not None:
            return ["again", known]
        written = [type(value).__name__, *(self.of(getattr(value, name)) for name in FIELDS[type(value)])]
        self._seen[id(value)] = len(self._kept)
        self._kept.append(value)
        return written
