"""What the tests share: golden files, real documents, a fixed day, Hypothesis profiles."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
DOCUMENTS = ROOT.parent / "shared" / "documents"
TODAY = date(2026, 4, 1)

IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# No deadline: the first example of a property may have to read the form. Fewer examples than the library
# draws by itself, for there are some hundred properties and five minutes.
# CI draws the same examples every time.
_EXAMPLES = 70
settings.register_profile("dev", deadline=None, max_examples=_EXAMPLES)
settings.register_profile("ci", deadline=None, max_examples=_EXAMPLES, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the files under tests/golden")


def pytest_configure(config: pytest.Config) -> None:
    if IN_CI and config.getoption("--update-golden"):
        message = "--update-golden is for people: CI compares golden files and never renews them"
        raise pytest.UsageError(message)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the fixture `documents` bears the mark of the same name."""
    for item in items:
        if "documents" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.documents)


@dataclass(frozen=True, slots=True)
class Golden:
    """Compares a whole output with the file kept for it, or rewrites that file."""

    update: bool

    def __call__(self, name: str, text: str) -> None:
        """Hold *text* against ``tests/golden/NAME``, line endings included."""
        __tracebackhide__ = True
        path = GOLDEN / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        if not path.exists():
            pytest.fail(f"no golden file {path.relative_to(ROOT)}: run pytest --update-golden and read it")
        assert text == path.read_bytes().decode(), f"differs from {path.relative_to(ROOT)} (--update-golden)"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """``golden("kasumino/changes.csv", text)`` compares; ``--update-golden`` rewrites."""
    return Golden(update=bool(request.config.getoption("--update-golden")))


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of real published documents; the test is skipped where there is none."""
    if not DOCUMENTS.is_dir():
        pytest.skip("実際の公開文書がありません: ../shared/documents")
    return DOCUMENTS


@pytest.fixture
def today(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> date:
    """Today, by KAITEI_TODAY: 2026-04-01, or the day a test gives (``indirect=["today"]``)."""
    day: date = getattr(request, "param", TODAY)
    monkeypatch.setenv("KAITEI_TODAY", day.isoformat())
    return day


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the ledger and the day of whoever runs the tests out of them."""
    monkeypatch.delenv("KAITEI_DB", raising=False)
    monkeypatch.delenv("KAITEI_TODAY", raising=False)
