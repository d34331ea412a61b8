"""What views call things in Japanese, where several formats say the same."""

from __future__ import annotations

from ledger.published import COLUMNS
from ledger.wording import Level
from projections.readings import Certainty

CHANGE_COLUMNS = tuple(names[0] for names in COLUMNS)
CELLS = {"item_text": "項目", "before": "変更前", "after": "変更後", "reason": "説明"}
UNSURE = {Certainty.PARTIAL: "一部不明", Certainty.UNKNOWN: "不明"}
BLANK = "（空欄）"
LEVELS = {
    None: "表記の違いを除いても一致しません",
    Level.EXACT: "一致します",
    Level.LAYOUT: "空白と改行を除けば一致します",
    Level.FOLDED: "全角と半角などの違いを除けば一致します",
    Level.VARIANT: "表記の揺れを除けば一致します",
}
