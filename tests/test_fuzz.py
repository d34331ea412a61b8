"""Any document and any words: read, understood, or refused on one line; never a crash, a hang, a lost letter.

The documents are those of samples/, hurt step by step (tests/fuzzing/mutants.py). What was found once, here
or by `make fuzz`, is kept in tests/fuzzing/corpus/ and tried anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samples.making.generating import seeded
from tests.conftest import ROOT
from tests.fuzzing import mutants, portable, promises, words
from tests.fuzzing.targets import TARGETS

SAMPLES = ROOT / "samples"
SEEDS = st.integers(0, 2**32 - 1)
STEPS = st.lists(SEEDS, min_size=1, max_size=6)
FEWER = 20  # of what takes longest


@cache
def documents(kind: str) -> tuple[Path, ...]:
    """The samples of a kind, each under its own name."""
    return tuple(sorted(path for path in SAMPLES.glob(f"*/**/*.{kind}") if "truth" not in path.name))


def hurt(data: bytes, seeds: list[int]) -> bytes:
    """*data* after a step for each of *seeds*."""
    for seed in seeds:
        data = mutants.anything(data, seeded(seed))
    return data


@given(st.data(), STEPS)
def test_a_hurt_text_is_read_whole_or_refused(data: st.DataObject, steps: list[int]) -> None:
    """Whatever happened to a sample: every letter is accounted for, or one line says what is wrong."""
    sample = data.draw(st.sampled_from(documents("txt")))
    with promises.patience():
        promises.document(hurt(sample.read_bytes(), steps))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
@settings(max_examples=FEWER)
@given(st.data(), SEEDS, STEPS)
def test_a_hurt_file_is_read_whole_or_refused(
    kind: str, data: st.DataObject, pages: int, steps: list[int]
) -> None:
    """The same of Word documents, workbooks, and a few pages of a PDF."""
    sample = data.draw(st.sampled_from(documents(kind))).read_bytes()
    sound = portable.with_few_pages(sample, seeded(pages)) if kind == "pdf" else sample
    with promises.patience():
        promises.document(hurt(sound, steps))


@given(st.lists(st.sampled_from(words.vocabulary()), max_size=12).map("".join))
def test_any_words_of_the_form_are_understood_or_refused(text: str) -> None:
    """Labels, separators, numbers, days in any order, as the name of an item, a path, a day, a REF."""
    with promises.patience():
        promises.name(text)


@given(st.sampled_from(TARGETS["files"].kept), STEPS)
def test_a_hurt_file_of_our_own_is_read_or_refused(sample: Path, steps: list[int]) -> None:
    """A draft, a checkpoint, a backup that somebody touched."""
    with promises.patience():
        promises.file(hurt(sample.read_bytes(), steps).decode("utf-8", "replace"))


@given(st.sampled_from(words.vocabulary()), st.sampled_from(words.vocabulary()))
@settings(max_examples=FEWER // 2)
def test_words_over_and_over_are_answered_in_time(unit: str, other: str) -> None:
    """Fifty thousand letters of the same words: what takes the square of that takes minutes."""
    much = (unit + other) * (50_000 // max(1, len(unit + other)))
    for text in (much, f"Ⅱ－4－{much}委託先名", f"霞野{much}市長/7"):
        with promises.patience():
            promises.name(text)
            promises.file(text)


KEPT = [
    pytest.param(target.name, path, id=f"{target.name}/{path.name}")
    for target in TARGETS.values()
    for path in target.kept
]


@pytest.mark.parametrize(("target", "path"), KEPT)
def test_what_was_kept_keeps_its_promises(target: str, path: Path) -> None:
    with promises.patience():
        TARGETS[target].keeps(path.read_bytes())
