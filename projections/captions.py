"""What views call things in Japanese, where several formats say the same."""

from __future__ import annotations

from ledger.wording import Level
from projections.diff import Kind
from projections.findings import Severity
from projections.readings import Certainty
from projections.systems import Sides

CELLS = {"item_text": "項目", "before": "変更前", "after": "変更後", "reason": "説明"}
KINDS = {Kind.CHANGED: "変更", Kind.ADDED: "追加", Kind.REMOVED: "削除", Kind.UNCERTAIN: "不確か"}
UNSURE = {Certainty.PARTIAL: "一部不明", Certainty.UNKNOWN: "不明"}
BLANK = "（空欄）"
SIDES = {
    Sides.BOTH: "双方に記載があります",
    Sides.ONLY_HERE: "相手の側には記載がありません",
    Sides.ONLY_THERE: "相手の側だけに記載があります",
    Sides.COLLECTIVE: "片方は総称（個別業務システムなど）で記載しています",
    Sides.NOT_DESCRIBED: "接続先の記載は台帳の評価書にありません",
    Sides.UNDECIDED: "双方に記載があるかどうか分かりません",
}
SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.NOTE: "参考"}
LEVELS = {
    None: "表記の違いを除いても一致しません",
    Level.EXACT: "一致します",
    Level.LAYOUT: "空白と改行を除けば一致します",
    Level.FOLDED: "全角と半角などの違いを除けば一致します",
    Level.VARIANT: "表記の揺れを除けば一致します",
}
