"""git: one JSON file an assessment with an item a line, one commit a revision, dated on its day."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import IO, Final, cast

from benchmarks.keeping.inventing import Difference, Invented, Place, Revision, Row
from benchmarks.keeping.keeper import Keeper, compact

_WHO: Final = "佐藤 <sato@kasumino.example>"
_SETTINGS: Final = {
    "user.name": "佐藤",
    "user.email": "sato@kasumino.example",
    "core.quotePath": "false",
    "core.fsync": "committed,reference",  # the default leaves new objects to the system
    "core.fsyncMethod": "fsync",
    "fastimport.unpackLimit": "1",  # always a pack
    "gc.auto": "0",  # not in the middle of a round
}
_MARK: Final = "\x01"  # before each commit of a log
_LOG: Final = ("log", "--reverse", "--text", f"--format={_MARK}%ct%n%B", "-p", "-U0")


@dataclass(slots=True)
class _Lines:
    """The items of the lines that went and came, by their paths."""

    went: dict[str, str] = field(default_factory=dict)
    came: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, patch: Sequence[str]) -> _Lines:
        """What the lines of a patch say."""
        found = cls()
        for line in patch:
            if line.startswith(('-"', '+"')):
                path, text = _item(line[1:])
                (found.went if line[0] == "-" else found.came)[path] = text
        return found


class OfGit(Keeper):
    """A repository with a working tree; questions go to git's own commands."""

    name = "git"
    how = (
        "a JSON file an assessment with an item a line, a commit a revision, timing and reason in its "
        "message; filled by `git fast-import`, with a commit graph; asked by `rev-list`, `log -p`, `diff`, "
        "`grep`, `fsck`, and `cat-file --batch`, which stays open; new objects and refs are flushed"
    )

    # --- writing --------------------------------------------------------------------------------------

    def fill(self, ledger: Sequence[Invented]) -> None:
        """All files, assessment by assessment, then all commits in the order of their days."""
        self._git("init", "-q", "-b", "main", "--template=")
        for name, value in _SETTINGS.items():
            self._git("config", name, value)
        with self._process("fast-import", "--quiet") as importing:
            stream = cast("IO[bytes]", importing.stdin)
            commits: list[tuple[date, int, str, str]] = []
            for one in ledger:
                for day, message, items in _states(one):
                    commits.append((day, len(commits) + 1, _file(one.ref), message))
                    stream.write(f"blob\nmark :{len(commits)}\n".encode() + _data(_lines(items)))
            for day, mark, file, message in sorted(commits):
                at = int(_at(day).timestamp())
                stream.write(f"commit refs/heads/main\ncommitter {_WHO} {at} +0000\n".encode())
                stream.write(_data(message) + f"M 100644 :{mark} {file}\n".encode())
        if importing.returncode:
            raise subprocess.CalledProcessError(importing.returncode, "git fast-import")
        self._git("commit-graph", "write", "--reachable", "--changed-paths")
        self._git("reset", "-q", "--hard")

    def open(self) -> None:
        """A process of git that gives out files."""
        self._giving = self._process("cat-file", "--batch")

    def close(self) -> None:
        """End it."""
        self._giving.communicate()

    def record(self, ref: str, revision: Revision) -> None:
        """The file in the working tree, and a commit."""
        path = self.folder / _file(ref)
        items = _read(path.read_text("utf-8"))
        path.write_text(_lines({**items, **_after(revision)}), "utf-8")
        at = _at(revision.day).isoformat()
        self._git("add", "--", path.name)
        self._git("commit", "-q", f"--date={at}", "-m", _message(revision), committed=at)

    # --- asking ---------------------------------------------------------------------------------------

    def document(self, ref: str, day: date | None = None) -> dict[str, str]:
        """One file of one commit."""
        asked = f"{self._commit(day, _file(ref)) if day else 'HEAD'}:{_file(ref)}\n"
        told, given = (cast("IO[bytes]", pipe) for pipe in (self._giving.stdin, self._giving.stdout))
        told.write(asked.encode())
        told.flush()
        size = int(given.readline().split()[-1])
        return _read(given.read(size + 1).decode())

    def history(self, ref: str, path: str) -> list[Row]:
        """A log of the commits that changed a line of the item."""
        line = f"^{re.escape(json.dumps(path, ensure_ascii=False))}:"
        return [row for row in self._log(f"-G{line}", "--", _file(ref)) if row[1] == path]

    def difference(self, ref: str, earlier: date, later: date) -> list[Difference]:
        """A diff of two commits."""
        was, became = (self._commit(day, _file(ref)) for day in (earlier, later))
        lines = _Lines.of(self._git("diff", "--text", "-U0", was, became, "--", _file(ref)).split("\n"))
        return [(path, text, lines.came[path]) for path, text in lines.went.items()]

    def table(self, ref: str) -> list[Row]:
        """A log with patches."""
        return self._log("--", _file(ref))

    def standing(self, term: str, day: date) -> list[Place]:
        """A grep through the tree of the last commit of the day."""
        commit = self._commit(day)
        found = self._git("grep", "-F", "--text", term, commit, may_fail=True) if commit else ""
        places = []
        for line in found.split("\n")[:-1]:
            _, file, item = line.split(":", 2)
            places.append((file.removesuffix(".json").replace("_", "/"), _item(item)[0]))
        return places

    def verify(self) -> bool:
        """Every object anew."""
        self._git("fsck", "--full", "--no-progress", "--no-dangling")
        return True

    def _commit(self, day: date, *paths: str) -> str:
        """The last commit up to the end of a day, of all or of a file; blank where there is none."""
        until = datetime.combine(day, time.max, UTC).isoformat(timespec="seconds")
        return self._git("rev-list", "-1", f"--before={until}", "HEAD", "--", *paths).strip()

    def _log(self, *wanted: str) -> list[Row]:
        return [row for commit in self._git(*_LOG, *wanted).split(_MARK)[1:] for row in _rows(commit)]

    def sizes(self) -> dict[str, int]:
        """By folder of the repository."""
        found = {"objects": 0, "working tree": 0, "other": 0}
        for path in self.folder.rglob("*"):
            if path.is_file():
                kept = path.relative_to(self.folder).parts
                part = "objects" if "objects" in kept else "other" if kept[0] == ".git" else "working tree"
                found[part] += path.stat().st_size
        return found

    # --- processes ------------------------------------------------------------------------------------

    def _git(self, *arguments: str, committed: str = "", may_fail: bool = False) -> str:
        done = subprocess.run(  # noqa: S603  # git, with our own arguments
            ["git", *arguments],  # noqa: S607  # the git of the user
            cwd=self.folder,
            env=_environment() | ({"GIT_COMMITTER_DATE": committed} if committed else {}),
            stdout=subprocess.PIPE,
            check=not may_fail,
        )
        return done.stdout.decode()

    def _process(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # as above
            ["git", *arguments],  # noqa: S607
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


def _states(one: Invented) -> Iterator[tuple[date, str, dict[str, str]]]:
    """Every state of an assessment: its day, the message of its commit, and the items."""
    items = dict(one.first)
    yield one.published, "公表", items
    for revision in one.revisions:
        items.update(_after(revision))
        yield revision.day, _message(revision), items


def _environment() -> dict[str, str]:
    """Ours, without settings of the user's own, or of a repository that we were started in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def _rows(commit: str) -> Iterator[Row]:
    """The rows of a commit of the log, in the order in which its message names the items."""
    message, _, patch = commit.partition("\ndiff --git ")
    at, _, *told = message.split("\n")
    lines = _Lines.of(patch.split("\n"))
    day = datetime.fromtimestamp(int(at), UTC).date()
    for path, timing, reason in (json.loads(line) for line in told if line):
        if path in lines.went:
            yield day, path, lines.went[path], lines.came[path], timing, reason


def _file(ref: str) -> str:
    return f"{ref.replace('/', '_')}.json"


def _lines(items: dict[str, str]) -> str:
    """The document as JSON, an item a line, so that git tells items apart."""
    return json.dumps(items, ensure_ascii=False, indent=0) + "\n"


def _read(text: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(text)
    return found


def _item(line: str) -> tuple[str, str]:
    """Path and text of one line of a file."""
    ((path, text),) = _read(f"{{{line.rstrip().rstrip(',')}}}").items()
    return path, text


def _after(revision: Revision) -> dict[str, str]:
    return {change.path: change.after for change in revision.changes}


def _message(revision: Revision) -> str:
    """The name of the revision, and a line for each item: path, timing, reason."""
    told = [compact([change.path, change.timing, change.reason]) for change in revision.changes]
    return "\n".join([revision.name, "", *told])


def _data(text: str) -> bytes:
    data = text.encode()
    return f"data {len(data)}\n".encode() + data + b"\n"


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
