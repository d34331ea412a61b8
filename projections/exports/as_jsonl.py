"""JSON Lines: the audit trail for programs, every stored event with its exact payload and hash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from projections.origin import Origin

SCHEMA_VERSION: Final = 1
CHECKPOINT: Final = "checkpoint"
"""The kind of the first line."""


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
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *stored))
