"""What the options before the command say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import typer


@dataclass
class Session:
    """The options before the command: the URL of the ledger."""

    db: str


def session(context: typer.Context) -> Session:
    """The options before the command."""
    return cast("Session", context.obj)  # the callback of the application sets it
