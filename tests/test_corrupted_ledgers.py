"""What `kaitei verify` says of each ledger in tests/corrupted_ledgers, alone and beside the checkpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Kaitei
from tests.corrupted_ledgers import CASES, FOLDER, loaded

pytest_plugins = ["tests.command_line_fixtures"]

VERDICTS: dict[str, dict[str, list[str]]] = json.loads((FOLDER / "verdicts.json").read_text("utf-8"))
CHECKPOINT = ("--checkpoint", FOLDER / "checkpoint.json")


def said(kaitei: Kaitei, *options: str | Path) -> tuple[bool, list[str]]:
    """Whether all is well, and every break as people read it."""
    told: Any = kaitei("verify", "--json", *options)
    found = told.json
    assert told.status == (0 if found["ok"] else 1)
    breaks = [(each["event_id"] or "台帳", each["what"]) for each in found["breaks"]]
    lines = [f"{where}: {what}" for where, what in breaks]
    assert kaitei("verify", *options).out.splitlines()[: len(lines)] == lines
    return found["ok"], lines


def test_every_case_has_a_verdict() -> None:
    assert {path.stem for path in CASES.glob("*.sql")} | {"sound"} == set(VERDICTS)
    undetected = {case for case, told in VERDICTS.items() if not (told["alone"] or told["beside"])}
    assert undetected == {"sound"}
    # what nobody can tell without a checkpoint, as SECURITY.md says
    assert {case for case, told in VERDICTS.items() if not told["alone"]} == {
        "sound", "emptied", "forged-word", "tail-cut",
    }  # fmt: skip


@pytest.mark.parametrize("case", VERDICTS)
def test_the_verdict_is_as_expected(kaitei: Kaitei, folder: Path, case: str) -> None:
    loaded(folder / "kaitei.db", *([] if case == "sound" else [case]))
    ok, alone = said(kaitei)
    assert (ok, alone) == (not alone, VERDICTS[case]["alone"])
    _, beside = said(kaitei, *CHECKPOINT)
    assert sorted(beside) == sorted(alone + VERDICTS[case]["beside"])


@pytest.mark.parametrize("case", VERDICTS)
def test_no_command_fails_on_it_otherwise_than_with_one_line(kaitei: Kaitei, folder: Path, case: str) -> None:
    loaded(folder / "kaitei.db", *([] if case == "sound" else [case]))
    for command in ("show 12", "export 12 -f csv", "export 12 --public", "prove 12", "source 12 --list"):
        told = kaitei(*command.split())
        assert told.status in {0, 2}
        assert told.err.count("\n") == (1 if told.status else 0), told.err
