"""``docs/tamper-demo`` finds every touch, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.command_line import KAITEI
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

DEMO = ROOT / "docs" / "tamper-demo"


def played(tmp_path: Path, quick: Path, script: Path = DEMO) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {
        "PATH": os.pathsep.join((str(quick), str(KAITEI.parent), os.environ["PATH"])),
        "TMPDIR": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
    }
    return subprocess.run(["/bin/sh", script], env=environment, capture_output=True, check=False)


def test_every_touch_is_found(tmp_path: Path, quick: Path) -> None:
    done = played(tmp_path, quick)
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for words in (
        "異常はありません",
        "sqlite3.IntegrityError: 台帳の記録は変更も削除もできません",
        "e20: 記録の内容がハッシュと合いません",
        "e2: 記録の内容がハッシュと合いません",
        "e12: 連番 12 から 14 までの記録がありません",
        "e2: 原本 380e16f9fd2b… の内容が変わっています",
        "e26: 控えにある記録（e26 から e30 まで）がありません",
        "すべて見つかりました",
    ):
        assert words in said
    assert list(tmp_path.iterdir()) == []


def test_a_touch_that_is_not_found_fails_the_demo(tmp_path: Path, quick: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    blind = tmp_path / "docs" / "blind"
    first = "UPDATE kaitei_contents SET packed = reworded(packed, '口座振替', '口座引落') WHERE sequence = 20"
    blind.write_text(DEMO.read_text("utf-8").replace(first, "SELECT 1"), "utf-8")
    done = played(tmp_path, quick, blind)
    assert done.returncode == 1
    assert "見つかりませんでした" in done.stdout.decode()
