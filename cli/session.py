"""What the options before the command say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typer._click import Context


@dataclass
class Session:
    """The options before the command: the URL of the ledger, and whether long output goes to a pager."""

    db: str
    pager: bool = True


def session(context: Context) -> Session:
    """The options before the command."""
    return cast("Session", context.obj)  # the callback of the application sets it
