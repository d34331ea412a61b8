"""The wheel holds the whole program, and runs where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("ledger", "projections", "cli")
DATA = (".css", ".csv", ".js", ".toml", ".zdict")

IMPORT_EVERYTHING = """
import importlib, pathlib, pkgutil, sys
from importlib.resources import files

packages = sys.argv[1:]
for package in map(importlib.import_module, packages):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
for name, module in sorted(sys.modules.items()):
    if name.partition(".")[0] in packages:
        print(pathlib.Path(module.__file__).resolve())
assert files("ledger.form").joinpath("form3.csv").read_text("utf-8")
"""


def run(*command: str, cwd: Path, pythonpath: str = "") -> str:
    """What *command* prints; the test fails with all it said where its status is not 0."""
    environment = os.environ | {"PYTHONPATH": pythonpath, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, said
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of a wheel, built without network from a copy of the sources.

    A copy, because a build leaves a folder `build` behind, and takes in whatever an earlier one left.
    """
    work = tmp_path_factory.mktemp("wheel")
    source = work / "source"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), cwd=source)
    shutil.rmtree(source)
    (wheel,) = work.glob("kaitei-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "unpacked")
    return work / "unpacked"


def test_the_wheel_holds_every_module_and_the_form(unpacked: Path) -> None:
    def content(root: Path) -> set[str]:
        return {
            path.relative_to(root).as_posix()
            for package in PACKAGES
            for path in (root / package).rglob("*")
            if path.suffix in {".py", *DATA} or path.name == "py.typed"
        }

    assert content(unpacked) == content(ROOT), "pyproject.toml names packages and data one by one"
    assert (unpacked / "ledger" / "form" / "form3.csv").is_file()


def test_every_module_of_the_wheel_imports_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    printed = run(sys.executable, "-c", IMPORT_EVERYTHING, *PACKAGES, cwd=tmp_path, pythonpath=str(unpacked))
    loaded = [Path(line) for line in printed.splitlines()]
    assert loaded
    assert [path for path in loaded if not path.is_relative_to(unpacked.resolve())] == []


def test_the_wheel_runs_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    printed = run(sys.executable, "-m", "cli.main", "--help", cwd=tmp_path, pythonpath=str(unpacked))
    assert "import" in printed
    assert list(tmp_path.iterdir()) == [], "--help writes nothing"
