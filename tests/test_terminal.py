"""``kaitei`` where somebody sits in front of it: a real terminal, its pager, and what its shell completes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import wcwidth

from projections.application import import_files
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

KASUMINO = ROOT / "samples" / "kasumino" / "7_kaigo-hoken.txt"
YUNAGI = ROOT / "samples" / "yunagi" / "21_kokuho_R3.txt"
MINATOGAWA = ROOT / "samples" / "minatogawa" / "15_jidou-fuyou.txt"
COLOUR = re.compile(r"\x1b\[\d*m")
_NOTHING: Mapping[str, str] = {}
_OF_THIS_TERMINAL = {"COLUMNS", "LINES", "NO_COLOR", "PAGER", "LESS"}
WIDE = 1000
"""Lines of a screen that takes everything."""


@dataclass(frozen=True)
class Shown:
    """What a terminal was told by a command, and how that ended."""

    text: str
    status: int

    @property
    def lines(self) -> list[str]:
        """Its lines without colours."""
        return COLOUR.sub("", self.text).replace("\r\n", "\n").rstrip("\n").split("\n")


@dataclass(frozen=True)
class Office:
    """A program and the ledger it is used with."""

    program: Path
    ledger: str

    @property
    def environment(self) -> dict[str, str]:
        """What it is told besides its arguments."""
        kept = {name: told for name, told in os.environ.items() if name not in _OF_THIS_TERMINAL}
        return kept | {"KAITEI_DB": self.ledger, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, quick: Path) -> Office:
    """A ledger with two assessments."""
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'kaitei.db'}"
    list(import_files(url, [KASUMINO, YUNAGI], by="佐藤"))
    return Office(quick / "kaitei", url)


def seen(
    office: Office,
    *arguments: object,
    columns: int = 80,
    lines: int = WIDE,
    told: Mapping[str, str] = _NOTHING,
) -> Shown:
    """What *arguments* show on a terminal of that size, where the environment has *told* that besides."""
    with _terminal(columns, lines) as (ours, theirs):
        command = subprocess.Popen(
            [office.program, *map(str, arguments)],
            env={**office.environment, **told},
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # nobody writes to it any more
            while part := os.read(ours, 65536):
                shown += part
        return Shown(shown.decode(), command.wait(timeout=60))


@contextmanager
def _terminal(columns: int, lines: int) -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    try:
        yield ours, theirs
    finally:
        os.close(ours)


@pytest.mark.parametrize("columns", [50, 100])
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("list",), id="list"),
        pytest.param(("show", "霞野"), id="show"),
        pytest.param(("changes", "夕凪"), id="changes"),
        pytest.param(("blame", "夕凪"), id="blame"),
        pytest.param(("validate", KASUMINO, "--notes"), id="validate"),
    ],
)
def test_everything_fits_the_terminal(office: Office, arguments: tuple[object, ...], columns: int) -> None:
    shown = seen(office, *arguments, columns=columns)
    assert max(wcwidth.width(line) for line in shown.lines) <= columns
    assert len(shown.lines) > 2


def test_a_list_is_a_table_on_a_terminal_and_lines_with_tabs_in_a_pipe(office: Office) -> None:
    head, *rows = seen(office, "list", columns=100).lines
    assert head.split() == ["評価書", "様式", "題名"]
    starts = {row[: row.index("様式3")] for row in rows}
    assert {wcwidth.width(start) for start in starts} == {wcwidth.width(head[: head.index("様式")])}

    piped = subprocess.run(
        [office.program, "list"],
        env=office.environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert [line.split("\t")[0] for line in piped.stdout.splitlines()] == [row.split()[0] for row in rows]
    assert not piped.stdout.startswith("評価書")


def test_both_sides_of_a_change_stand_side_by_side(office: Office) -> None:
    shown = seen(office, "changes", "霞野", columns=80)
    at = next(n for n, line in enumerate(shown.lines) if line.split() == ["変更前", "変更後"])
    assert shown.lines[at - 1].startswith("1. 2017-10-02 事後 ")
    assert shown.lines[at + 1].split()[0] == "株式会社ひなた計算センター"
    assert "\x1b[33m事後\x1b[0m" in shown.text


def test_a_terminal_that_knows_no_colours_gets_none(office: Office) -> None:
    assert "\x1b" in seen(office, "changes", "霞野").text
    assert "\x1b" not in seen(office, "changes", "霞野", told={"TERM": "dumb"}).text
    assert "\x1b" not in seen(office, "changes", "霞野", told={"NO_COLOR": "1"}).text


# --- page by page -------------------------------------------------------------------------------------


def test_what_does_not_fit_on_the_screen_goes_to_the_pager(office: Office, tmp_path: Path) -> None:
    whole = seen(office, "show", "霞野").lines
    paged = seen(office, "show", "霞野", lines=24, told={"KAITEI_PAGER": f"tee {tmp_path / 'paged'}"})
    assert paged.status == 0
    assert paged.lines == whole
    told = COLOUR.sub("", (tmp_path / "paged").read_text("utf-8"))
    assert told.rstrip("\n").split("\n") == whole


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        pytest.param(("list",), {}, id="it fits"),
        pytest.param(("--no-pager", "show", "霞野"), {}, id="--no-pager"),
        pytest.param(("show", "霞野"), {"KAITEI_PAGER": ""}, id="none is wanted"),
        pytest.param(("show", "霞野"), {"KAITEI_PAGER": "cat"}, id="cat"),
        pytest.param(("show", "霞野"), {"TERM": "dumb"}, id="no such terminal"),
    ],
)
def test_nothing_else_goes_to_a_pager(
    office: Office, tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    shown = seen(office, *arguments, lines=24, told={"PAGER": f"tee {tmp_path / 'paged'}", **variables})
    assert shown.status == 0
    assert len(shown.lines) > 2
    assert not (tmp_path / "paged").exists()


def test_a_pager_that_is_left_early_changes_nothing(office: Office) -> None:
    left = seen(office, "validate", MINATOGAWA, lines=8, told={"KAITEI_PAGER": "head -n 1"})
    assert len(left.lines) == 1
    assert left.status == seen(office, "validate", MINATOGAWA).status == 1


@pytest.mark.parametrize("pager", ["no-such-pager --here", "'"])
def test_a_pager_that_cannot_be_started_is_done_without(office: Office, pager: str) -> None:
    shown = seen(office, "show", "霞野", lines=24, told={"KAITEI_PAGER": pager})
    assert (shown.status, shown.lines) == (0, seen(office, "show", "霞野").lines)


# --- what the shell completes -------------------------------------------------------------------------


def completed(office: Office, words: str) -> list[str]:
    """What bash is told that *words*, of which the last is not whole yet, may go on with."""
    asked = {"_KAITEI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [office.program], env=office.environment | asked, cwd=ROOT, capture_output=True, check=False
    )
    assert done.stderr == b""
    return done.stdout.decode().split()


def test_the_shell_completes_what_the_ledger_knows(office: Office) -> None:
    assert completed(office, "kaitei show ") == ["霞野市長/7", "夕凪市長/21"]
    assert completed(office, "kaitei search 中間サーバー 夕") == ["夕凪市長/21"]
    systems = completed(office, "kaitei show 霞野 --item I/2/システム1/")
    assert systems[0] == "I/2/システム1/①システムの名称"
    assert len(systems) == 3
    assert completed(office, "kaitei validate --only chain") == ["chain-break"]
    assert completed(office, "kaitei record 霞野 --timing ") == ["事前", "事後"]


def test_the_shell_is_offered_nothing_where_nothing_is_known(office: Office, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.db"
    assert completed(replace(office, ledger=f"sqlite:///{nowhere}"), "kaitei show ") == []
    assert not nowhere.exists()
    assert completed(office, "kaitei show 水上 --item I") == []
    broken = tmp_path / "broken.db"
    broken.write_text("これは台帳ではない", "utf-8")
    assert completed(replace(office, ledger=f"sqlite:///{broken}"), "kaitei show ") == []
