"""``kaitei rebuild``: throws the read models away and makes them anew from the events."""

from __future__ import annotations

import typer

from cli import across, printing
from cli.session import session
from projections.application import Kaitei


def command(context: typer.Context) -> None:
    """Make all read models anew; the events are only read."""
    with Kaitei(session(context).db) as kaitei:
        count = kaitei.read_models.rebuild(across.each_of)
    printing.out(f"評価書{count}件の読み出し用の表を、記録から作り直しました")
