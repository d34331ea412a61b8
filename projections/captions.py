"""What views call things in Japanese, where several formats say the same."""

from __future__ import annotations

from ledger.readers.change_table import COLUMNS
from ledger.wording import Level
from projections.diff import Kind
from projections.duties import Kind as Duty
from projections.duties import Status
from projections.findings import Severity
from projections.impact import State
from projections.readings import Certainty
from projections.systems import Sides

CHANGE_COLUMNS = tuple(names[0] for names in COLUMNS)
CELLS = {"item_text": "項目", "before": "変更前", "after": "変更後", "reason": "説明"}
KINDS = {Kind.CHANGED: "変更", Kind.ADDED: "追加", Kind.REMOVED: "削除", Kind.UNCERTAIN: "不確か"}
UNSURE = {Certainty.PARTIAL: "一部不明", Certainty.UNKNOWN: "不明"}
BLANK = "（空欄）"
DUTIES = {
    Duty.REVIEW: "年1回の見直し",
    Duty.REDO: "5年以内の再実施",
    Duty.INCIDENT: "重大事故の記載（発生から3年まで）",
    Duty.END: "終了の公表と届出",
    Duty.KEEP: "終了後3年間の公表",
    Duty.BEFORE: "事前の提出・公表",
    Duty.AFTER: "速やかな提出・公表",
}
STATUSES = {
    Status.OVERDUE: "期限を過ぎたもの",
    Status.PERHAPS_OVERDUE: "数え方によっては期限を過ぎたもの",
    Status.PROMPT: "速やかに行うもの",
    Status.PASSED: "期間が終わったもの",
    Status.SOON: "期限が近いもの",
    Status.LATER: "先のもの",
    Status.UNDATED: "期限の日が分からないもの",
}
STATES = {
    State.LEFT: "記録なし",
    State.TOUCHED: "変更の記録があるが、語は残る",
    State.RECORDED: "記録済み・未公表",
    State.PUBLISHED: "記録済み・公表済み",
}
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
