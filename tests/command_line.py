"""The command line for tests: running the installed command, and reading what it said."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sysconfig
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

KAITEI = Path(sysconfig.get_path("scripts")) / "kaitei"
KASUMINO = "samples/kasumino/7_kaigo-hoken.txt"
KASUMINO_R6 = "samples/kasumino/7_kaigo-hoken_R6.txt"
MINATOGAWA = "samples/minatogawa/15_jidou-fuyou.txt"
CONTRACTOR = "II/4/委託事項1/③委託先名"
CONNECTIONS = "I/2/システム1/③他のシステムとの接続"


# Keys of JSON that programs rely on.
CHANGE_KEYS = {
    "no", "event_id", "revision_id", "change_date", "item_text", "targets", "before", "after",
    "before_kind", "after_kind", "timing", "reason",
}  # fmt: skip
ITEM_KEYS = {
    "path", "key", "label", "important", "kind", "value", "certainty", "reason", "since", "row",
}  # fmt: skip
BOX_KEYS = {"checked", "unchecked", "unreadable", "other_text"}


@dataclass(frozen=True)
class Said:
    """What one command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  (what a program would read)
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a CSV."""
        return list(csv.reader(io.StringIO(self.out.removeprefix("\ufeff"))))


Kaitei = Callable[..., Said]


def process(*arguments: str | Path, cwd: Path, encoding: str = "utf-8", **environment: str) -> Said:
    """Run the installed command as a process of its own."""
    done = subprocess.run(
        [KAITEI, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def leave_pipe(*arguments: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """Run the command into a pipe that nobody reads: its exit status, and what it says on stderr."""
    with subprocess.Popen(
        [KAITEI, *arguments],
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        said = running.stderr.read().decode()
    return running.returncode, said


def written_to(file: TextIO, *arguments: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """Run the command with *file* as its output: its exit status, and what it says on stderr."""
    done = subprocess.run(
        [KAITEI, *arguments],
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=file,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr.decode()


def stored(folder: Path) -> list[tuple[object, ...]]:
    """Every row of the events, as the database holds them."""
    with closing(sqlite3.connect(folder / "kaitei.db")) as connection:
        return connection.execute("SELECT * FROM kaitei_events ORDER BY id").fetchall()


def one_line(said: Said) -> str:
    """The one line of an error: nothing on stdout, status 2, no traceback."""
    assert (said.status, said.out) == (2, ""), said
    assert said.err.endswith("\n"), said
    assert said.err.count("\n") == 1, said
    assert said.err.startswith("kaitei: "), said
    assert "Traceback" not in said.err, said
    return said.err.removeprefix("kaitei: ").removesuffix("\n")


def stated(said: Said, path: str = CONTRACTOR) -> Any:  # noqa: ANN401  (what a program would read)
    """One item of `show --json`."""
    (item,) = (item for item in said.json["items"] if item["path"] == path)
    return item


def recorded(
    by: Kaitei, *more: str, ref: str = "7", item: str = CONTRACTOR, after: str = "株式会社あさぎり情報"
) -> Said:
    """Record a change of 2026-04-01; *more* options may say otherwise."""
    command = ("record", ref, "--item", item, "--after", after, "--on", "令和8年4月1日")
    return by(*command, "--timing", "事後", "--reason", "入札による委託先の変更", "--by", "佐藤", *more)
