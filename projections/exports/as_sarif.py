"""SARIF 2.1.0, the format of OASIS in which code hosts and editors take findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from ledger.identity import PrintedIdentity
from projections.findings import Finding, Rule, Severity
from projections.rules import RULES
from projections.validator import BY_NAME, Report

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PLACES: Final = {rule.name: place for place, rule in enumerate(RULES)}


def dumps(reports: Iterable[tuple[str, Report]]) -> str:
    """The findings of several documents, named by their files, as one run."""
    return json.dumps(_log(reports), ensure_ascii=False, indent=1)


def _log(reports: Iterable[tuple[str, Report]]) -> dict[str, Any]:
    results = [_result(file, report, finding) for file, report in reports for finding in report.findings]
    driver = {"name": "Kaitei", "version": version("kaitei"), "rules": [_rule(rule) for rule in RULES]}
    run = {
        "tool": {"driver": driver},
        "language": "ja",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.source},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(file: str, report: Report, finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _PLACES[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}\n→ {BY_NAME[finding.rule].remedy}"},
        "locations": [_location(file, report, finding)],
        "partialFingerprints": {"kaitei/v1": finding.id},
        "properties": {
            "ref": PrintedIdentity.of(report.edition).ref,
            "cause": str(finding.cause),
            "rows": list(finding.rows),
            "evidence": [{"label": label, "text": text} for label, text in finding.evidence],
        },
    }
    accepted = report.accepted.get(finding.id)
    if accepted:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": f"{accepted.why}（{accepted.by}）"}
        ]
    return result


def _location(file: str, report: Report, finding: Finding) -> dict[str, Any]:
    """Where the first row or item of a finding stands; a document without lines has only the file."""
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(file).as_posix())}}
    line = _line(report, finding)
    if line:
        place["region"] = {"startLine": line}
    items = [{"fullyQualifiedName": str(path), "kind": "member"} for path in finding.items]
    return {"physicalLocation": place, **({"logicalLocations": items} if items else {})}


def _line(report: Report, finding: Finding) -> int:
    """The line of the first row, or else of the first item; 0 where none is known."""
    rows = {row.no: row.line for row in report.edition.rows}
    items = {item.path: item.line for item in report.edition.items}
    lines: Sequence[int] = (
        *(rows[no] for no in finding.rows if no in rows),
        *(items[path] for path in finding.items if path in items),
    )
    return next((line for line in lines if line > 0), 0)
