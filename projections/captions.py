"""What views call things in Japanese, where several formats say the same."""

from __future__ import annotations

from projections.diff import Kind
from projections.readings import Certainty

KINDS = {Kind.CHANGED: "変更", Kind.ADDED: "追加", Kind.REMOVED: "削除", Kind.UNCERTAIN: "不確か"}
UNSURE = {Certainty.PARTIAL: "一部不明", Certainty.UNKNOWN: "不明"}
BLANK = "（空欄）"
