"""What a check of the history found, as text for people."""

from __future__ import annotations

from cli import printing
from ledger.proving import Verdict
from projections.copies import CopyVerdict


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


_MOST = 20
"""How many differences of a copy are named; JSON has them all."""

_AGAIN = frozenset({"show", "changes", "diff"})
"""The commands that answer by what the ledger knew at a time."""


def copy(found: CopyVerdict) -> None:
    """What came of comparing one copy: of which history it is, and what that proves of its words."""
    origin, file = found.copy.origin, found.copy.file
    if found.broken:
        printing.out(f"{file}: {found.broken}")
        printing.out(
            "  台帳が書き換えられたか、写しが別の台帳のものか、写しの記録数か根が書き換えられています"
        )
        return
    whose = f"{origin.ref} の写し" if origin.ref else "写し"
    printing.out(
        f"{file}: 台帳の記録 e1 から e{origin.size} まで（最後の記録 {found.recorded_at}）による{whose}で、"
        "そこまでの記録はその後書き換えられていません"
    )
    for each in found.differences[:_MOST]:
        printing.out(f"  {f'{each.event_id}: ' if each.event_id else ''}{each.what}")
    if len(found.differences) > _MOST:
        printing.out(f"  ほか{len(found.differences) - _MOST}件（--json ですべて示します）")
    if found.withheld:
        printing.out(f"  {'、'.join(found.withheld)} は、その後に語が非公開になったため比べられません")
    if found.compared is None:
        how = f"kaitei {origin.view} の同じ指定に --known-at {found.recorded_at} を加えて"
        again = how if origin.view in _AGAIN else "同じ指定で"
        printing.out(f"  写しの記載は比べていません（{again}書き出し、見比べてください）")
    elif not found.differences:
        printing.out(f"  監査証跡の記録{found.compared}件は、台帳から書き出すものと同じです")
