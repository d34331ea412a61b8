"""What holds unless somebody says otherwise; loads nothing, so that help and completion answer at once."""

from __future__ import annotations

from typing import Final

DEFAULT_URL: Final = "sqlite:///kaitei.db"
"""Where a ledger is: a file in the current folder."""
