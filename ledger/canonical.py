"""Canonical JSON: the same facts always give the same bytes. They are hashed, so nothing here may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Final

TUPLE: Final = "tuple"
"""The mark of a tuple, which plain JSON would give back as a list."""

_BREAK: Final = ",\n"
_ENCODER: Final = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
)  # json.dumps would make one for each of a million lines


def canonical_json(value: object) -> str:
    """*value* as JSON with sorted keys, no white space, no escapes beyond what JSON demands."""
    return encode_basestring(value) if type(value) is str else _ENCODER.encode(value)


def canonical_lines(facts: Mapping[str, object]) -> str:
    """The facts of an event as canonical JSON in lines: one to a field, or to a member of a tuple.

    A line is what can be withheld by itself (``ledger.content``). No line breaks stand within one: JSON
    escapes them.
    """
    members = (f"{canonical_json(name)}:{_in_lines(facts[name])}" for name in sorted(facts))
    return "{" + _BREAK.join(members) + "}"


def _in_lines(value: object) -> str:
    match value:
        case {"_type_": kind, "_data_": [*members], **others} if kind == TUPLE and not others:
            joined = _BREAK.join(map(canonical_json, members))
            return f'{{"_data_":[{joined}],"_type_":"{TUPLE}"}}'
        case _:
            return canonical_json(value)
