"""The help: every command is there with examples, in Japanese, and the examples do what they say."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from cli.directory import ENTRIES, GROUPS
from tests.command_line import KAITEI, KASUMINO, MINATOGAWA, Kaitei, process
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]


def test_every_command_is_listed_once(kaitei: Kaitei) -> None:
    printed = kaitei("--help").out
    assert [
        line.split()[0] for line in printed.splitlines() if line.startswith("  ") and line[2].islower()
    ] == [entry.name for _, entries in GROUPS for entry in entries]
    assert all(f"{heading}:" in printed for heading, _ in GROUPS)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_help_of_a_command_is_japanese_and_shows_its_examples(kaitei: Kaitei, name: str) -> None:
    said = kaitei(name, "--help")
    assert said.status == 0
    assert said.out.startswith(f"使い方: kaitei {name} [オプション]")
    assert said.out.endswith("\n例:\n" + "".join(f"  {each}\n" for each in ENTRIES[name].examples))
    for words in ("Usage", "Options", "Arguments", "required]", "default:", "Show this", "<str>"):
        assert words not in said.out


@pytest.mark.usefixtures("today")
def test_the_examples_run_one_after_the_other(kaitei: Kaitei) -> None:
    for _, entries in GROUPS:
        for entry in entries:
            for example in entry.examples:
                program, *arguments = shlex.split(example)
                assert program == "kaitei"
                assert entry.name in arguments
                if entry.name == "draft":
                    edit("評価書.xlsx", "評価書_編集.xlsx")  # what `show` has written
                said = kaitei(*arguments)
                assert (said.status, said.err) == (0, ""), example
                assert said.out, example


def edit(book: str, edited: str) -> None:
    """Put another word into the workbook, as an officer does."""
    opened = load_workbook(book)
    for cell in (cell for sheet in opened for row in sheet for cell in row):
        if cell.value == "高齢者支援課長":
            cell.value = "高齢者支援課長（兼務）"
    opened.save(edited)


def test_the_shell_completes_commands_and_options(tmp_path: Path) -> None:
    undetected = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # the shell of the tests is any
    assert "complete" in process("--show-completion", "bash", cwd=tmp_path, **undetected).out
    for words, wanted in (("kaitei cha", "changes"), ("kaitei changes --in", "--into")):
        done = subprocess.run(
            [KAITEI],
            env=os.environ
            | {"_KAITEI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))},
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.stdout.decode().split() == [wanted]


def test_a_terminal_is_told_what_is_being_done(tmp_path: Path) -> None:
    """On stderr, taken away before anything else is printed; a pipe gets nothing of it."""
    files = [ROOT / KASUMINO, ROOT / MINATOGAWA]
    piped = process("validate", *files, cwd=tmp_path)
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as screen:
        done = subprocess.run(
            [KAITEI, "validate", *files],
            cwd=tmp_path,
            env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=theirs,
            check=False,
        )
        os.close(theirs)
        shown = screen.read(65536).decode()
    assert (piped.out, piped.err) == (done.stdout.decode(), "")
    first, second, *rest = shown.split("\r\x1b[2K")[1:]
    assert first.startswith("点検しています（1/2） ")
    assert second.startswith("点検しています（2/2） ")
    assert rest == [""]
