"""``docs/check_proof.py``, the stand-alone script, as a module for tests."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from tests.conftest import ROOT

SCRIPT = ROOT / "docs" / "check_proof.py"


def checker() -> ModuleType:
    """The script, loaded."""
    spec = importlib.util.spec_from_file_location("check_proof", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
