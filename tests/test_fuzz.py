"""Any document and any words: read, understood, or refused on one line; never a crash, a hang, a lost letter.

The documents are those of samples/, hurt step by step (tests/fuzzing/mutants.py). What was found once, here or
by hours of `make fuzz`, is kept in tests/fuzzing/corpus/ and tried anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzzing import mutants, portable, promises, words
from tests.fuzzing.targets import TARGETS, kept

SAMPLES = ROOT / "samples"
SEEDS = st.integers(0, 2**32 - 1)
STEPS = st.lists(SEEDS, min_size=1, max_size=6)
FEWER = 25  # of a PDF, which takes longest to read


@cache
def documents(kind: str) -> tuple[Path, ...]:
    """The samples of a kind, each under its own name."""
    return tuple(sorted(path for path in SAMPLES.glob(f"*/**/*.{kind}") if "truth" not in path.name))


def hurt(data: bytes, seeds: list[int]) -> bytes:
    """*data* after a step for each of *seeds*."""
    for seed in seeds:
        data = mutants.anything(data, Random(seed))  # noqa: S311  (no secret)
    return data


@pytest.mark.parametrize("kind", ["txt", "docx", "xlsx"])
@given(st.data(), STEPS)
def test_a_hurt_document_is_read_whole_or_refused(kind: str, data: st.DataObject, steps: list[int]) -> None:
    """Whatever happened to a sample: every letter of it is accounted for, or one line says what is wrong."""
    sample = data.draw(st.sampled_from(documents(kind)))
    with promises.patience():
        promises.document(hurt(sample.read_bytes(), steps))
