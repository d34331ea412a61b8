"""The line on a terminal: how far, how fast, how much time is left; in a pipe nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from cli import progress
from cli.progress import PACED, Counted, spell


class Terminal(io.StringIO):
    """A terminal that keeps what it was told."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        """What stands there now."""
        return self.getvalue().rpartition("\x1b[2K")[2]


@pytest.fixture(autouse=True)
def _nothing_stands() -> Iterator[None]:
    yield
    progress.clear()


def terminal(monkeypatch: pytest.MonkeyPatch, columns: int = 160) -> Terminal:
    """What stderr is from now on. pytest sets its own after fixtures, so a test asks for this itself."""
    found = Terminal()
    monkeypatch.setattr("sys.stderr", found)
    monkeypatch.setenv("COLUMNS", str(columns))
    return found


class Clock:
    """Gives the seconds that a test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_first_thing_has_no_pace_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    Counted("取り込んでいます", 12, Clock()).on("1.pdf")
    assert shown.line == "取り込んでいます（0/12） 1.pdf"


def test_how_far_how_fast_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    clock = Clock()
    line = Counted("取り込んでいます", 100, clock)
    for _ in range(10):
        clock.now += 2
        line.done()
    line.on("11.pdf")
    assert shown.line == "取り込んでいます（10/100、毎分30件、残り約3分0秒） 11.pdf"


def test_what_was_there_already_says_nothing_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    clock = Clock()
    line = Counted("取り込んでいます", 1000, clock)
    for seconds, things in ((0.001, 900), (1.0, PACED)):
        for _ in range(things):
            clock.now += seconds
            line.done()
    line.on("x")
    assert f"（{900 + PACED}/1000、毎分60件、残り約1分0秒）" in shown.line


def test_a_name_does_not_drive_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    Counted("取り込んでいます", 2, Clock()).on("\x1b[31m\n赤.pdf")
    assert shown.line == "取り込んでいます（0/2） \ufffd[31m 赤.pdf"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 25, "x" * 25),
        ("x" * 26, "x" * 23 + "…"),
        ("長" * 12, "長" * 12),
        ("長" * 13, "長" * 11 + "…"),
    ],
)
def test_the_line_stays_one_line(monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    shown = terminal(monkeypatch, columns=50)
    Counted("取り込んでいます", 2, Clock()).on(name)
    assert shown.line == f"取り込んでいます（0/2） {said}"


def test_a_pipe_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    line = Counted("取り込んでいます", 2)
    line.on("1.pdf")
    line.done()
    line.on("2.pdf")
    progress.clear()
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "0秒"),
        (59.4, "59秒"),
        (59.6, "1分0秒"),
        (3599, "59分59秒"),
        (3600, "1時間0分"),
        (9000, "2時間30分"),
    ],
)
def test_a_time_as_people_say_it(seconds: float, said: str) -> None:
    assert spell(seconds) == said
