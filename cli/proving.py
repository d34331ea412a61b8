"""What a check of the history found, as text for people."""

from __future__ import annotations

from cli import printing
from ledger.proving import Verdict


def verdict(found: Verdict, *, compared: bool) -> None:
    """What came of a check of the whole history; without a checkpoint, also what it cannot tell."""
    for each in found.breaks:
        printing.out(f"{each.event_id if each.sequence else '台帳'}: {each.what}")
    broken = f"異常 {len(found.breaks)}件" if found.breaks else "異常はありません"
    printing.out(f"記録{found.events}件を確かめました: {broken}（根 {found.root}）")
    if not compared:
        printing.out(
            "末尾の切取りや全体の書直しは、台帳の外の控え（kaitei checkpoint）と比べなければ分かりません"
        )
