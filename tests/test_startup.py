"""A command loads what it needs and no more: what stands here takes longer to load than most commands run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from projections.application import import_files
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "kasumino" / "7_kaigo-hoken.txt"

HEAVY = (
    *("sqlalchemy.orm", "sqlalchemy_utils", "eventsourcing", "ledger.storage", "ledger.events"),
    *("ledger.readers.choosing", "projections.application", "projections.validator", "projections.timeline"),
    *("deepdiff", "openpyxl", "pypdfium2", "lxml", "cryptography"),
)
ALL_BUT_TYPER = (*HEAVY, "sqlalchemy", "ledger.form", "zstandard")
LOADED = """
import sys
sys.argv = ["kaitei", *sys.argv[1:]]
from cli.main import main
try:
    main()
finally:
    print(*sys.modules, sep="\\n", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one assessment."""
    path = tmp_path_factory.mktemp("ledger") / "kaitei.db"
    list(import_files(f"sqlite:///{path}", [SAMPLE], by="佐藤"))
    return path


def loaded(ledger: Path, *arguments: str) -> set[str]:
    """The modules that a command loads, in a process of its own."""
    command = [sys.executable, "-c", LOADED, *arguments]
    environment = os.environ | {"KAITEI_DB": f"sqlite:///{ledger}", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        command, capture_output=True, env=environment, encoding="utf-8", cwd=ROOT, check=True
    )
    assert ran.stdout
    return set(ran.stderr.splitlines())


ASKED = [
    pytest.param(("show", "7", "--item", "I/1/②", "--as-of", "2025-11-04"), id="show"),
    pytest.param(("show", "7", "--json"), id="show as JSON"),
    pytest.param(("list",), id="list"),
    pytest.param(("search", "中間サーバー"), id="search"),
    pytest.param(("systems",), id="systems"),
]


@pytest.mark.parametrize("arguments", ASKED)
def test_what_is_answered_from_the_read_models_loads_nothing_that_folds(
    ledger: Path, arguments: tuple[str, ...]
) -> None:
    found = loaded(ledger, *arguments)
    assert "projections.read_models.shelf" in found
    assert [each for each in HEAVY if each in found] == []


def test_one_item_is_shown_without_what_compares_words_and_without_other_databases(ledger: Path) -> None:
    found = loaded(ledger, "show", "7", "--item", "I/1/②", "--as-of", "2025-11-04")
    assert [
        each for each in ("rapidfuzz", "sqlalchemy.dialects.postgresql", "ledger.readers") if each in found
    ] == []


def test_a_comparison_loads_what_compares_and_nothing_that_folds(ledger: Path) -> None:
    found = loaded(ledger, "diff", "7", "2020-04-01", "2025-11-20")
    assert [each for each in HEAVY if each in found] == ["deepdiff"]


OF_ROWS = [
    pytest.param(("changes", "7"), id="changes"),
    pytest.param(("log", "7", "--item", "I/1/②"), id="log of an item"),
]


@pytest.mark.parametrize("arguments", OF_ROWS)
def test_rows_need_the_events_that_they_are_and_nothing_that_folds(
    ledger: Path, arguments: tuple[str, ...]
) -> None:
    found = loaded(ledger, *arguments)
    assert [each for each in HEAVY if each in found] == ["eventsourcing", "ledger.events"]


def test_what_folds_the_events_loads_it(ledger: Path) -> None:
    """So the names above are right."""
    found = loaded(ledger, "show", "7", "--basis", "公表日")
    assert {"ledger.events", "projections.timeline"} <= found


def test_help_loads_nothing_of_a_ledger(ledger: Path) -> None:
    assert [each for each in ALL_BUT_TYPER if each in loaded(ledger, "--help")] == []
