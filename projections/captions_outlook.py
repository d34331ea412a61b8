"""What views of what is still to be done call things in Japanese."""

from __future__ import annotations

from projections.duties import Kind as Duty
from projections.duties import Status
from projections.impact import State

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
