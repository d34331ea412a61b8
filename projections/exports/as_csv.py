"""CSV for spreadsheets: UTF-8 with a mark at its head, so that Excel reads it as it is.

A cell that a spreadsheet would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from projections.audit_trail import COLUMNS, TrailRow
from projections.captions import CHANGE_COLUMNS
from projections.listing import TableRow
from projections.origin import Origin
from projections.written import change_cells

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_BARE = frozenset({"-", "－", "+"})

ORIGIN = {"ref": "評価書", "ledger-size": "台帳の記録数", "ledger-root": "台帳の根"}
"""What the columns are called that say of which history the trail is a copy: a table has no head for it."""


def audit_trail(rows: Iterable[TrailRow], origin: Origin) -> str:
    """The audit trail, one event a line, each with the size and the root of the ledger that it is from."""
    carried = [origin.named.get(name, "") for name in ORIGIN]
    return _table([*COLUMNS.values(), *ORIGIN.values()], ((*row.cells, *carried) for row in rows))


def changes(rows: Iterable[TableRow]) -> str:
    """（別添２）変更箇所 in its six columns, cells as printed."""
    return _table(CHANGE_COLUMNS, (change_cells(row.change) for row in rows))


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) and cell not in _BARE else cell
