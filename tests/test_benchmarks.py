"""The benchmark runs and prints what it says; how long anything takes is not tested."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks import import_and_as_of, memory
from benchmarks.import_and_as_of import Row, plain_as_of
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "kasumino" / "7_kaigo-hoken_R6.txt"
WORKS = ["read", "import", "as-of", "load", "the same"]


def test_one_round_on_a_sample_prints_a_line_for_every_work(capsys: pytest.CaptureFixture[str]) -> None:
    written = import_and_as_of.PAGE.read_bytes() if import_and_as_of.PAGE.exists() else None

    assert import_and_as_of.main([str(SAMPLE), "--rounds", "1"]) == 0

    said = capsys.readouterr().out.splitlines()
    lines = [line for line in said if line.startswith(f"| {SAMPLE.name}")]
    assert [line.split("|")[2].strip().partition(",")[0] for line in lines] == WORKS
    assert all(re.search(r" \d+ x +\|$", line) for line in lines)
    assert re.fullmatch(rf"- {re.escape(SAMPLE.name)}: [1-9]\d+ MB", said[-1])
    now = import_and_as_of.PAGE.read_bytes() if import_and_as_of.PAGE.exists() else None
    assert now == written, "only --write renews docs/performance.md"


def test_importing_a_document_takes_no_more_memory_than_promised(documents: Path) -> None:
    (source,) = documents.glob("002_*.txt")
    assert 20 < import_and_as_of.peak(source) < import_and_as_of.PROMISED


def test_a_command_in_a_process_of_its_own_tells_what_it_took_and_said(tmp_path: Path) -> None:
    ran = memory.ran(["list"], tmp_path)
    assert (ran.status, ran.said.count("\n")) == (2, 1)
    assert ran.said.startswith("kaitei: ")
    assert ran.megabytes > 20


def test_the_plain_loop_takes_rows_back_until_the_day_asked_for() -> None:
    rows = [
        Row(date(2020, 4, 1), "I/6/①部署", "市民課", "住民課"),
        Row(None, "I/7/他の評価実施機関", "", "x"),
    ]
    body = {"I/6/①部署": "市民部 住民課", "I/7/他の評価実施機関": "x"}

    assert plain_as_of(body, rows, date(2020, 3, 31))["I/6/①部署"] == "市民部 市民課"
    assert plain_as_of(body, rows, date(2020, 4, 1)) == body
