"""The benchmark runs and prints what it says; how long anything takes is not tested."""

from __future__ import annotations

import re
from datetime import date

import pytest

from benchmarks import import_and_as_of
from benchmarks.import_and_as_of import Row, plain_as_of
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "kasumino" / "7_kaigo-hoken_R6.txt"
WORKS = ["read", "import", "as-of", "load", "the same"]


def test_one_round_on_a_sample_prints_a_line_for_every_work(capsys: pytest.CaptureFixture[str]) -> None:
    written = import_and_as_of.PAGE.read_bytes() if import_and_as_of.PAGE.exists() else None

    assert import_and_as_of.main([str(SAMPLE), "--rounds", "1"]) == 0

    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(f"| {SAMPLE.name}")]
    assert [line.split("|")[2].strip().partition(",")[0] for line in lines] == WORKS
    assert all(re.search(r" \d+ x +\|$", line) for line in lines)
    now = import_and_as_of.PAGE.read_bytes() if import_and_as_of.PAGE.exists() else None
    assert now == written, "only --write renews docs/performance.md"


def test_the_plain_loop_takes_rows_back_until_the_day_asked_for() -> None:
    rows = [
        Row(date(2020, 4, 1), "I/6/①部署", "市民課", "住民課"),
        Row(None, "I/7/他の評価実施機関", "", "x"),
    ]
    body = {"I/6/①部署": "市民部 住民課", "I/7/他の評価実施機関": "x"}

    assert plain_as_of(body, rows, date(2020, 3, 31))["I/6/①部署"] == "市民部 市民課"
    assert plain_as_of(body, rows, date(2020, 4, 1)) == body
