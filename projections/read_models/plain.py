"""What is plain already, as JSON without any white space."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

as_json: Final[Callable[[object], str]] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""*value* as JSON. Raises TypeError where it has a part that is not plain."""
