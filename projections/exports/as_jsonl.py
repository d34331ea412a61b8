"""JSON Lines: the audit trail for programs, every stored event with its exact payload and hash."""

from __future__ import annotations

import json
from collections.abc import Iterable


def audit_trail(stored: Iterable[dict[str, object]]) -> str:
    """One stored event a line; ``payload`` is the stored text itself, so that its hash can be recomputed."""
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in stored)
