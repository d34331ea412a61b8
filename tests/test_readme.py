"""The pages for readers tell the truth: sessions are replayed, commands, links and names exist."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.command_line import KAITEI, process
from tests.conftest import ROOT, Golden

pytest_plugins = ["tests.command_line_fixtures"]

SAME_SESSION = "README.ja.md"  # that of README.md, letter by letter: replaying one is enough
WITH_SESSIONS = (
    "README.md",
    "docs/how-it-flows.md",
    "docs/reconstruction.md",
    "docs/revising.md",
    "docs/validation.md",
    "docs/drafting.md",
    "docs/report.md",
)
PAGES = (
    *WITH_SESSIONS,
    "docs/deployment.md",
    "docs/reliability.md",
    "docs/glossary.md",
    "docs/changelog.md",
    "docs/gallery.md",
    "samples/README.md",
    "CONTRIBUTING.md",
)

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)[^)]*\)")
_CODE = re.compile(r"`([^`]+)`")


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


@cache
def outputs(commands: tuple[str, ...], programs: Path) -> tuple[str, ...]:
    """What the commands print, one after the other in one new folder with the samples in it."""
    environment = os.environ | {
        "PATH": os.pathsep.join((str(programs), str(KAITEI.parent), os.environ["PATH"])),
        "LC_ALL": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
    }
    with TemporaryDirectory() as folder:
        (Path(folder) / "samples").symlink_to(ROOT / "samples")
        return tuple(
            subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            ).stdout.decode()
            for command in commands
        )


def replayed(page: str, programs: Path = KAITEI.parent) -> str:
    """*page* with what every command of its sessions prints now, by the `kaitei` of a folder."""
    commands = [
        line for block in _BLOCK.findall(read(page)) for line in block.splitlines() if line[:2] == "$ "
    ]
    said = iter(outputs(tuple(line.removeprefix("$ ") for line in commands), programs))

    def block(match: re.Match[str]) -> str:
        lines = (line for line in match[0].splitlines() if line.startswith("$ "))
        return "".join(f"{line}\n{next(said)}" for line in lines)

    return _BLOCK.sub(block, read(page))


@pytest.mark.parametrize("page", WITH_SESSIONS)
def test_a_session_prints_what_the_page_shows(page: str, quick: Path, golden: Golden) -> None:
    """That of the README with the command as it is installed."""
    now = replayed(page) if page == "README.md" else replayed(page, quick)
    if golden.update:
        (ROOT / page).write_text(now, "utf-8")
        if page == "README.md":
            (ROOT / SAME_SESSION).write_text(replayed(SAME_SESSION), "utf-8")
        return
    assert now == read(page), f"{page} shows something else (--update-golden)"


def test_both_readmes_run_the_same_session() -> None:
    english, japanese = (_BLOCK.findall(read(page)) for page in ("README.md", SAME_SESSION))
    assert english == japanese != []


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_the_commands_of_a_readme_are_those_that_exist(page: str, tmp_path: Path) -> None:
    printed = process("--help", cwd=tmp_path).out
    there = [line.split()[0] for line in printed.splitlines() if re.match(r"  [a-z]", line)]
    named = re.findall(r"^\| `kaitei ([a-z-]+)", read(page), re.MULTILINE)
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    base = (ROOT / page).parent
    links = [link for link in _LINK.findall(read(page)) if "://" not in link]
    assert [link for link in links if not (base / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "README.ja.md", "docs/how-it-flows.md"])
def test_files_that_a_page_names_exist(page: str) -> None:
    prose = _FENCED.sub("", read(page))
    named = {code for code in _CODE.findall(prose) if re.fullmatch(r"[\w./]+/[\w./]*", code, re.ASCII)}
    assert {code for code in named if not (ROOT / code).exists()} <= {"../shared/documents"}
    assert named


def test_the_glossary_names_what_the_code_names() -> None:
    source = "\n".join(
        path.read_text("utf-8")
        for package in ("ledger", "projections", "cli")
        for pattern in ("*.py", "*.csv")
        for path in (ROOT / package).rglob(pattern)
    )
    words = set(re.findall(r"[A-Za-z_]\w*", source))
    rows = [row.split("|") for row in read("docs/glossary.md").splitlines() if row.startswith("| ")]
    codes = {code for row in rows for code in _CODE.findall("|".join(row[2:]))}
    assert len(codes) > 40
    missing = {code for code in codes if not set(re.findall(r"[A-Za-z_]\w*", code)) <= words}
    assert missing == set()


def test_the_demo_runs(tmp_path: Path, quick: Path) -> None:
    environment = os.environ | {
        "PATH": f"{quick}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        ["/bin/sh", ROOT / "samples" / "demo.sh"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    said = done.stdout.decode()
    assert (done.returncode, done.stderr.decode()) == (0, "")
    for command in ("import", "list", "show", "changes", "validate"):
        assert f"$ kaitei {command}" in said
    for words in ("株式会社ひなた計算センター", "株式会社雲海ソフトワークス", "[誤り] chain-break"):
        assert words in said
    assert list(tmp_path.iterdir()) == [], "the demo clears its ledger away"
