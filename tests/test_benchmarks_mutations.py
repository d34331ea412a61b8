"""The mutation bench on a few documents: every fault is found, and nothing is said of what is none."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks import mutations
from benchmarks.histories import History, history
from benchmarks.mutations import FAULTS, Result
from benchmarks.noise import NOISE
from benchmarks.planted import Fault
from projections.findings import Severity
from projections.validator import validate
from samples.making.generating import seeded

SEEDS = (0, 1, 2)


@cache
def drawn(seed: int) -> History:
    return history(seeded(seed))


def where_it_can_be_planted(fault: Fault) -> int:
    """The first document that has a place for a fault."""
    return next(seed for seed in range(100) if mutations.planted(seed, drawn(seed), fault) is not None)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found(fault: Fault) -> None:
    seed, result = where_it_can_be_planted(fault), Result()
    result.plant(seed, drawn(seed), fault)
    (tally,) = result.faults.values()
    assert (tally.planted, tally.beside, tally.alone) == (1, 1, tally.visible), result.missed


# Of what words look like in rows or in the body every third; the bench itself tries them all.
WHOLE = [name for name in NOISE if not name.endswith(("_in_rows", "_in_the_body"))]
TURNS = [name for name in NOISE if name not in WHOLE][:: len(SEEDS)]


@pytest.mark.parametrize("name", WHOLE + TURNS)
def test_noise_is_no_fault(name: str) -> None:
    seed, result = SEEDS[list(NOISE).index(name) % len(SEEDS)], Result()
    result.make_noise(seed, drawn(seed), name, NOISE[name])
    assert result.missed == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_assessment_has_rows_and_nothing_to_warn_of(seed: int) -> None:
    edition = drawn(seed).edition
    assert len(edition.rows) >= len(("one", "two", "three"))
    assert {f.severity for f in validate(edition).findings} <= {Severity.NOTE}


def test_the_same_seed_draws_the_same() -> None:
    assert history(seeded(SEEDS[0])) == drawn(SEEDS[0])


def test_the_bench_prints_a_line_for_every_fault_and_noise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mutations, "PAGE", tmp_path / "detection.md")
    monkeypatch.setattr(mutations, "FAULTS", FAULTS[:1])
    monkeypatch.setattr(mutations, "NOISE", {"none": NOISE["none"]})

    assert mutations.main(["1", "--jobs", "1", "--missed", "--write"]) == 0

    said = capsys.readouterr().out
    assert "| word of the last row | 1 | 1 | 100.0% (1) | 100.0% (1) |" in said
    assert "| none | 1 | 0 | 0 |" in said
    assert said.strip() in mutations.PAGE.read_text("utf-8")
