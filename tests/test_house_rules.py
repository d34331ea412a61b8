"""The rules of the house: imports point one way, modules say what they are for and stay short."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

LONGEST_MODULE = 600
FORBIDDEN = {
    "ledger": {"projections", "cli"},
    "projections": {"cli"},
}
MODULES = [
    pytest.param(path, id=path.relative_to(ROOT).as_posix())
    for folder in ("ledger", "projections", "cli", "samples", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def imported_packages(source: str) -> set[str]:
    """The top-level packages that *source* imports, wherever in it the import stands."""
    packages: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                packages.update(alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                packages.add(module.partition(".")[0])
            case _:
                pass
    return packages


@pytest.mark.parametrize(
    ("source", "packages"),
    [
        pytest.param("import cli.main as face", {"cli"}, id="a module under another name"),
        pytest.param("from projections import as_of", {"projections"}, id="a module from its package"),
        pytest.param("def late():\n    from cli.main import main", {"cli"}, id="inside a function"),
        pytest.param("if TYPE_CHECKING:\n    import cli", {"cli"}, id="for types only"),
        pytest.param("import client, ledger", {"client", "ledger"}, id="a name that only begins like one"),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, packages: set[str]) -> None:
    assert imported_packages(source) == packages


@pytest.mark.parametrize("path", MODULES)
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    wrong = imported_packages(path.read_text("utf-8")) & FORBIDDEN.get(package, set())
    assert not wrong, f"{package} must not import {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("path", MODULES)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), "no docstring"


@pytest.mark.parametrize("path", MODULES)
def test_a_module_stays_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE
