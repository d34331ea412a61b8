"""The runs of docs/reliability.md print their figures, and say so where anything was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from benchmarks.reliability import __main__ as program
from benchmarks.reliability import runs
from benchmarks.reliability.page import page
from benchmarks.reliability.runs import Figures

FINE = Figures("kill -9 of the process", "SQLite", 200, 7000, 0, 0, 99.5, (), "150 kills met a command")
LOST = Figures("8 processes at once", "PostgreSQL", 1, 89, 2, 5, 3.0, ("lost: e3", "lost: e4"))


def given(monkeypatch: pytest.MonkeyPatch, *found: Figures) -> None:
    """Let the runs have found this."""

    def figures(_rounds: int) -> Iterator[Figures]:
        yield from found

    monkeypatch.setattr(runs, "RUNS", {"kill": figures, "crowd": figures})


def test_a_run_prints_its_figures_and_renews_no_page(capsys: pytest.CaptureFixture[str]) -> None:
    written = program.PAGE.read_bytes()

    assert program.main(["--only", "clock", "--rounds", "3"]) == 0

    said = capsys.readouterr()
    assert re.search(r"^\| clock that jumps +\| SQLite +\| 1 +\| 19 +\| 0 +\| 0 +\|", said.out, re.MULTILINE)
    assert "- clock that jumps, SQLite: the clock went back" in said.out
    assert said.err.startswith("clock that jumps, SQLite: ")
    assert program.PAGE.read_bytes() == written


def test_anything_lost_is_exit_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given(monkeypatch, FINE)
    assert program.main(["--only", "kill"]) == 0
    given(monkeypatch, FINE, LOST)
    assert program.main(["--only", "kill"]) == 1
    assert "- **fault** 8 processes at once, PostgreSQL: lost: e4" in capsys.readouterr().out


def test_the_page_is_written_of_all_runs_or_not_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["--write", "--only", "clock"])
    assert "--write needs all runs" in capsys.readouterr().err


def test_the_page_holds_the_figures() -> None:
    written = page([FINE, LOST], 200, "a machine")
    assert "Of 7,089 acknowledged events\n2 were lost." in written
    (row,) = (line for line in written.splitlines() if line.startswith("| 8 processes"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == ["8 processes at once", "PostgreSQL", "1", "89", "2", "2", "5", "3.0"]
    assert "--rounds 200 --write" in written


def test_the_page_of_the_repository_is_what_the_program_writes() -> None:
    kept = program.PAGE.read_text("utf-8")
    rounds = int(re.findall(r"--rounds (\d+) --write", kept)[0])
    assert rounds >= 200
    around = page([], rounds, "").split("## What the runs do")
    assert kept.endswith(around[1])
    assert kept.startswith(around[0].partition("Of ")[0])
    assert re.search(r"Of [\d,]+ acknowledged events\n0 were lost\.$", kept, re.MULTILINE)
    assert set(re.findall(r"^\| ([^|]+?) +\|", kept, re.MULTILINE)) > {
        "kill -9 of the process",
        "kill -9 of the server",
        "8 processes at once",
    }
