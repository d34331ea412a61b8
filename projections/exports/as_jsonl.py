"""JSON Lines: the audit trail for programs, every stored event with its exact payload and hash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from projections.origin import Origin

SCHEMA_VERSION: Final = 1
CHECKPOINT: Final = "checkpoint"
"""The kind of the first line."""

# What JSON may hold as it is, but a terminal does not get, and what some programs take for the end of a line.
_ESCAPED: Final = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}


def audit_trail(stored: Iterable[dict[str, object]], origin: Origin) -> str:
    """First a checkpoint: of which history this is a copy. Then one stored event a line.

    ``payload`` is the stored text itself, so that its hash can be recomputed. Events have no ``kind``.
    """
    head = {
        "schema_version": SCHEMA_VERSION,
        "kind": CHECKPOINT,
        "view": origin.view,
        "ref": origin.ref,
        "size": origin.size,
        "root": origin.root,
        "recorded_at": origin.recorded_at,
    }
    lines = (json.dumps(line, ensure_ascii=False) for line in (head, *stored))
    return "".join(f"{line.translate(_ESCAPED)}\n" for line in lines)
