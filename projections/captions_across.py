"""What views across assessments call things in Japanese."""

from __future__ import annotations

from projections.documents import Held
from projections.systems import Sides

SIDES = {
    Sides.BOTH: "双方に記載があります",
    Sides.ONLY_HERE: "相手の側には記載がありません",
    Sides.ONLY_THERE: "相手の側だけに記載があります",
    Sides.COLLECTIVE: "片方は総称（個別業務システムなど）で記載しています",
    Sides.NOT_DESCRIBED: "接続先の記載は台帳の評価書にありません",
    Sides.UNDECIDED: "双方に記載があるかどうか分かりません",
}


def not_read(held: Held) -> str:
    """That the items of an assessment are not known."""
    return f"{held.ref}: {held.identity.form}の項目には未対応です（表紙のほかは調べていません）"
