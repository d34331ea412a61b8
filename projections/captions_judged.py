"""What differences and findings are called in Japanese."""

from __future__ import annotations

from projections.diff import Kind
from projections.findings import Severity

KINDS = {Kind.CHANGED: "変更", Kind.ADDED: "追加", Kind.REMOVED: "削除", Kind.UNCERTAIN: "不確か"}
SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.NOTE: "参考"}
