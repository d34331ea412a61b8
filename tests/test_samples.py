"""The invented assessments of samples/: every view of them, and every fault planted in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from ledger.identity import Identity, PrintedIdentity, stream_id
from ledger.published import Boxes, PublishedEdition
from ledger.readers import read
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.documents import Basis
from projections.exports import as_csv, as_json, as_json_judged
from projections.findings import Finding, Severity
from projections.readings import Certainty, agree
from projections.rules import RULES
from projections.validator import validate
from tests.conftest import ROOT, Golden
from tests.papers import at, day, known_by, says

SAMPLES = ROOT / "samples"
LATER = "kasumino/7_kaigo-hoken"
EARLIER = "kasumino/7_kaigo-hoken_R6"
FAULTY = "minatogawa/15_jidou-fuyou"
FIRST = "yunagi/21_kokuho_H30"
SEVERAL = (FIRST, "yunagi/21_kokuho_R3", "yunagi/21_kokuho_R5", "yunagi/21_kokuho")
NEWEST = SEVERAL[-1]
SINGLE = (LATER, EARLIER, FAULTY)
ALL = (*SINGLE, *SEVERAL)
WHOLE = (*SINGLE, NEWEST)


@cache
def sample(name: str) -> PublishedEdition:
    """A sample as the reader gives it."""
    path = SAMPLES / f"{name}.txt"
    return read(path.read_bytes(), path.name)


# --- whole outputs --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WHOLE)
def test_the_findings_of_a_sample(name: str, golden: Golden) -> None:
    report = as_json_judged.report(f"samples/{name}.txt", validate(sample(name)))
    golden(f"{name}/validate.json", as_json.dumps(report) + "\n")


@pytest.mark.parametrize("name", WHOLE)
def test_the_change_table_of_a_sample(name: str, golden: Golden) -> None:
    golden(f"{name}/changes.csv", as_csv.changes(change_table(known_by(sample(name)))))


DAYS = [
    pytest.param(LATER, "2022-04-01", id="before the incident expired"),
    pytest.param(LATER, "2025-06-02", id="the day a box was ticked, before 移転先2"),
    pytest.param(EARLIER, "2017-10-01", id="before the first row"),
    pytest.param(EARLIER, "2020-09-01", id="the day of the incident"),
    pytest.param(FAULTY, "2025-10-01", id="before an elided row was filed"),
    pytest.param(FAULTY, "2026-02-16", id="the day of the last row"),
]


@pytest.mark.parametrize(("name", "on"), DAYS)
def test_a_sample_on_a_past_day(name: str, on: str, golden: Golden) -> None:
    header = sample(name).header
    printed = PrintedIdentity(header.body, header.number, header.title)
    shown = document_as_of(known_by(sample(name)), day(on))
    identity = Identity(stream_id(printed), "様式3", (printed,))
    view = as_json.document(identity, shown, shown.items, known_at=None)
    golden(f"{name}/show_{on}.json", as_json.dumps(view) + "\n")


# --- 霞野市: clean ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [LATER, EARLIER])
def test_a_clean_assessment_has_no_error_and_no_warning(name: str) -> None:
    report = validate(sample(name))
    assert (report.count(Severity.ERROR), report.count(Severity.WARNING)) == (0, 0)


def test_of_a_first_publication_only_its_empty_table_is_told() -> None:
    assert [finding.rule for finding in validate(sample(FIRST)).findings] == ["empty-change-table"]


@pytest.mark.parametrize("name", ALL)
def test_every_character_of_a_sample_found_its_place(name: str) -> None:
    assert sample(name).unassigned == ()
    assert sample(name).assigned == sample(name).characters


ROWS = [(LATER, 28), (EARLIER, 14), (FAULTY, 20), *zip(SEVERAL, (0, 16, 42, 52), strict=True)]


@pytest.mark.parametrize(("name", "count"), ROWS)
def test_every_row_of_a_sample_is_read(name: str, count: int) -> None:
    assert [row.no for row in sample(name).rows] == list(range(1, count + 1))


def test_the_rows_of_the_earlier_edition_are_the_first_rows_of_the_later_one() -> None:
    earlier, later = (
        [(r.date, r.item_text, r.before, r.after, r.timing, r.explanation) for r in sample(name).rows]
        for name in (EARLIER, LATER)
    )
    assert later[: len(earlier)] == earlier


PER_EDITION = {"表紙/公表日", "表紙/様式の版"}


def test_the_earlier_edition_is_what_the_later_one_remembers() -> None:
    remembered = document_as_of(known_by(sample(LATER)), day("2024-09-02"))
    printed = {str(item.path): item.value for item in sample(EARLIER).items}
    for path in printed.keys() - PER_EDITION:
        reading = at(remembered, path).reading
        assert reading.certainty is Certainty.KNOWN, path
        assert agree(reading.value, printed[path]), path


def test_what_only_the_later_edition_has_was_not_there_yet() -> None:
    remembered = document_as_of(known_by(sample(LATER)), day("2024-09-02"))
    printed = {str(item.path) for item in sample(EARLIER).items} | PER_EDITION
    added = [item for item in remembered.items if str(item.path) not in printed]
    assert len(added) == 8
    for item in added:
        assert str(item.path).startswith("II/5/移転先2")
        ticked = item.reading.value.checked if isinstance(item.reading.value, Boxes) else ()
        assert item.reading.value in {"", "－"} or not ticked
        assert item.to_come


def test_between_the_two_editions_nothing_contradicts_the_earlier_one() -> None:
    known = known_by(sample(EARLIER), sample(LATER))
    for on in ("2024-09-02", "2025-06-01"):
        for item in document_as_of(known, day(on)).items:
            assert "食い違う" not in item.reading.reason, (on, str(item.path))


@pytest.mark.parametrize("name", ALL)
def test_on_its_day_of_publication_a_sample_says_what_it_says(name: str) -> None:
    known = known_by(sample(name))
    published = known.anchors[0].published
    for basis in Basis:
        shown = document_as_of(known, published, basis)
        for item in sample(name).items:
            certainty = "partial" if item.doubt else "known"
            assert says(shown, str(item.path)) == (item.value, certainty)


# --- 湊川町: planted faults -------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """One line of FAULTS.md."""

    no: str
    rule: str
    severity: str
    rows: tuple[int, ...]
    silent: frozenset[str]


_LINE = re.compile(
    r"^\| (F\d+) \| `([a-z-]+)` \[([EWN])\] \| ([^|]+) \|[^|]+\|[^|]+\| (.+) \|$", re.MULTILINE
)
_SEVERITY = {"E": "error", "W": "warning", "N": "note"}


def planted() -> list[Fault]:
    """The table of FAULTS.md. ``silent`` are the rules that must not be reported of the same rows."""
    text = (SAMPLES / "minatogawa" / "FAULTS.md").read_text(encoding="utf-8")
    faults = [
        Fault(
            no,
            rule,
            _SEVERITY[letter],
            tuple(int(number) for number in re.findall(r"\d+", rows)),
            frozenset(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", silent)) - {rule},
        )
        for no, rule, letter, rows, silent in _LINE.findall(text)
    ]
    assert [fault.no for fault in faults] == [f"F{n}" for n in range(1, 16)]
    return faults


CHECKED = [fault for fault in planted() if fault.rule in {rule.name for rule in RULES}]


def about(fault: Fault, finding: Finding) -> bool:
    """Whether a finding is about rows of the fault (or, where it names none, about none)."""
    if not fault.rows:
        return finding.rule == fault.rule and not finding.rows
    return bool(finding.rows) and set(finding.rows) <= set(fault.rows)


@pytest.mark.parametrize("fault", CHECKED, ids=lambda fault: f"{fault.no} {fault.rule}")
def test_a_planted_fault_is_found(fault: Fault) -> None:
    findings = [f for f in validate(sample(FAULTY)).findings if f.rule == fault.rule and about(fault, f)]
    assert {row for finding in findings for row in finding.rows} == set(fault.rows)
    assert findings
    assert {str(finding.severity) for finding in findings} == {fault.severity}


@pytest.mark.parametrize("fault", CHECKED, ids=lambda fault: f"{fault.no} {fault.rule}")
def test_what_must_not_be_reported_beside_a_planted_fault_is_not(fault: Fault) -> None:
    beside = {
        finding.rule
        for finding in validate(sample(FAULTY)).findings
        if finding.severity is not Severity.NOTE and set(finding.rows) & set(fault.rows)
    }
    assert not beside & fault.silent


def test_nothing_but_the_planted_faults_is_an_error_or_a_warning() -> None:
    loud = {
        (finding.rule, finding.rows)
        for finding in validate(sample(FAULTY)).findings
        if finding.severity is not Severity.NOTE
    }
    faults = {(fault.rule, fault.rows) for fault in planted() if fault.severity != "note"}
    assert loud <= faults


def test_what_the_faults_leave_alone_is_silent() -> None:
    claimed = {1, 3, 8, 10, 19, 20}
    for finding in validate(sample(FAULTY)).findings:
        if finding.rule in {"important-change-after", "body-disagrees", "chain-break"}:
            assert not claimed & set(finding.rows)
