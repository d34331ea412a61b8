"""事前 or 事後: what is proposed for a changed item, and why (GUIDE §2.2).

Only a person knows whether a change of a ※ item is a 重要な変更, and when it comes true. A proposal says what
the rules expect where nothing more is known, and what would make it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger import wording
from ledger.form import FormItem
from ledger.wording import Level
from projections.readings import Value

BEFORE, AFTER = "事前", "事後"
_THRESHOLD = "V.1.2"
_PEOPLE = "I.1.3"


@dataclass(frozen=True, slots=True)
class Proposal:
    """提出時期 as the rules expect it, why, and the explanation where the change itself proves one."""

    timing: str
    why: str
    explanation: str = ""


def proposal(item: FormItem, was: Value | None, now: Value | None) -> Proposal:
    """What is proposed for a change of *item* (R-10, R-12, R-13, R-15, R-34, R-35)."""
    if item.key == _THRESHOLD and was and now:
        told = "しきい値判断の結果が変わったときは、速やかに再実施し、事後とする（R-13、R-35）"
        return Proposal(AFTER, told, "しきい値判断結果の変更のため")
    if item.key == _PEOPLE:
        told = "※のない項目は事後で足りる（R-34）。対象人数が変わると、しきい値判断の結果も変わることがある"
        return Proposal(AFTER, told)
    if not item.important:
        return Proposal(AFTER, "※のない項目は事後で足りる（R-15）。任意に事前とすることもできる（R-34）")
    if _is_formal(was, now):
        told = "※の項目だが、表記だけの変更とみられる（R-12）。事後とするときは、説明にその理由を書く（R-33）"
        return Proposal(AFTER, told)
    told = (
        "※の項目の重要な変更は、変わる前に提出し公表する（R-10）。"
        "形式的な変更など重要な変更に該当しないときは事後とし、説明にその理由を書く（R-12、R-33）"
    )
    return Proposal(BEFORE, told)


def _is_formal(was: Value | None, now: Value | None) -> bool:
    """Whether nothing but the spelling changed."""
    return isinstance(was, str) and isinstance(now, str) and wording.same(was, now) is Level.VARIANT
