"""What findings are called in Japanese."""

from __future__ import annotations

from projections.findings import Severity

SEVERITIES = {Severity.ERROR: "誤り", Severity.WARNING: "注意", Severity.NOTE: "参考"}
