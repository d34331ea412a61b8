"""CSV for spreadsheets: UTF-8 with a mark at its head, so that Excel reads it as it is.

A cell that a spreadsheet would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from projections.audit_trail import TrailRow
from projections.captions import CHANGE_COLUMNS
from projections.change_table import TableRow
from projections.written import change_cells

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_BARE = frozenset({"-", "－", "+"})

_TRAIL = (
    ("sequence", "連番"), ("event_id", "記録番号"), ("event", "種類"), ("recorded_at", "記録日時"),
    ("recorded_by", "記録者"), ("file_name", "ファイル"), ("publication_date", "公表日"), ("no", "行"),
    ("change_date", "変更日"), ("item", "項目"), ("before", "変更前の記載"), ("after", "変更後の記載"),
    ("timing", "提出時期"), ("reason", "提出時期に係る説明"), ("about", "対象"), ("why", "理由"),
    ("payload_hash", "ハッシュ"),
)  # fmt: skip


def audit_trail(rows: Iterable[TrailRow]) -> str:
    """The audit trail, one event a line."""
    return _table(
        [name for _, name in _TRAIL], ([str(getattr(row, key)) for key, _ in _TRAIL] for row in rows)
    )


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
