"""Fixtures of the command line: a folder, ``kaitei`` in it, and a ledger that holds both samples.

A module asks for them with ``pytest_plugins = ["tests.command_line_fixtures"]``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.main import run
from tests.command_line import KASUMINO, MINATOGAWA, Kaitei, Said, process
from tests.conftest import ROOT
from tests.forking import programs


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with one edition each of 霞野市長/7 and 湊川町長/15, taken in by a process."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "samples").symlink_to(ROOT / "samples")
    said = process("import", KASUMINO, MINATOGAWA, "--by", "佐藤", cwd=folder)
    assert (said.status, said.err) == (0, "")
    return folder / "kaitei.db"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of the test: samples are there, a ledger is not."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kaitei(folder: Path, capsys: pytest.CaptureFixture[str]) -> Kaitei:
    """``kaitei("show", "7")`` in this process, in a folder where no ledger is."""
    assert not (folder / "kaitei.db").exists()

    def said(*arguments: str | Path) -> Said:
        status = run([str(argument) for argument in arguments])
        return Said(status, *capsys.readouterr())

    return said


@pytest.fixture
def ledger(kaitei: Kaitei, folder: Path, taken_in: Path) -> Kaitei:
    """The same, where a ledger holds both samples."""
    shutil.copy(taken_in, folder / "kaitei.db")
    return kaitei


@pytest.fixture(scope="session")
def quick() -> Iterator[Path]:
    """A folder for PATH in which `kaitei` need not load anything (``tests.forking``)."""
    with programs() as folder:
        yield folder
