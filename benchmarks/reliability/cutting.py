"""A database cut short or overwritten: every command gives one line or the true answer, no traceback.

Only ``kaitei verify`` reads everything. It may call a ledger whole that lost its tail, for nothing inside
can tell; the checkpoint kept outside always does.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.reliability.saying import Said, said
from benchmarks.reliability.work import BY, REF, SAMPLES, Work
from ledger.storage import open_ledger

NAME: Final = "kaitei.db"
_CHECKPOINT: Final = "checkpoint.json"
_PAGE: Final = 4096

_ONE_MORE: Final = "yunagi/21_kokuho_H30.txt"

QUESTIONS: Final = (
    ("list",),
    ("show", REF),
    ("export", REF),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """A ledger as it was before the damage: its files, and what it said after each command of the work.

    ``roots`` and ``answers`` have one entry for each stage, that before the first command included;
    ``checkpoint`` was kept of the last.
    """

    folder: Path
    checkpoint: Path
    roots: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """One round: the damage, what ``verify`` made of it, and every fault in words.

    ``verdict`` is "whole", "shorter" (whole, but for a tail), "broken" (breaks named), or "refused".
    """

    damage: str
    verdict: str
    faults: tuple[str, ...]


Damage = Callable[[Path, Random], str]
"""Does it to the files of a ledger, and says what it did; blank where there was nothing to do it to."""


@contextmanager
def truth(work: Work) -> Iterator[Truth]:
    """The ledger of the *work*, with the write-ahead log beside it that a killed process leaves.

    What the first half of the commands recorded is in the main file, the rest in the log alone.
    """
    with tempfile.TemporaryDirectory(prefix="kaitei-cut-") as folder:
        path, files = Path(folder, NAME), Path(folder, "files")
        url, kept = f"sqlite:///{path}", Path(folder, _CHECKPOINT)
        open_ledger(url, create=True).close()
        stages = [_stage(url)]
        with _kept_open(path) as keeper:
            for number, command in enumerate(work.commands, start=1):
                command.run(url)
                stages.append(_stage(url))
                if number == len(work.commands) // 2:
                    keeper.execute("PRAGMA wal_checkpoint(FULL)").fetchall()
            said(url, "checkpoint", "--out", str(kept))
            files.mkdir()
            for name in (NAME, f"{NAME}-wal"):
                shutil.copy(Path(folder, name), files / name)
        roots, answers = zip(*stages, strict=True)
        yield Truth(files, kept, roots, answers)


def _stage(url: str) -> tuple[str, tuple[str, ...]]:
    """The root, and the answers."""
    root = _root(said(url, "verify", "--json"))
    return root, tuple(said(url, *question).out for question in QUESTIONS)


@contextmanager
def settled(before: Truth) -> Iterator[Truth]:
    """The same ledger closed in good order: all of it in the main file."""
    with tempfile.TemporaryDirectory(prefix="kaitei-cut-") as folder:
        files = Path(folder, "files")
        shutil.copytree(before.folder, files)
        with closing(sqlite3.connect(files / NAME)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        yield Truth(files, before.checkpoint, before.roots, before.answers)


@contextmanager
def _kept_open(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that keeps SQLite from taking the log into the main file when others close."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        yield connection


def _root(verified: Said) -> str:
    return str(json.loads(verified.out)["root"])


# --- the damages ------------------------------------------------------------------------------------


def file_cut(folder: Path, dice: Random) -> str:
    """The main file ends early."""
    return _cut(folder / NAME, dice)


def log_cut(folder: Path, dice: Random) -> str:
    """The write-ahead log ends early."""
    return _cut(folder / f"{NAME}-wal", dice)


def log_gone(folder: Path, _dice: Random) -> str:
    """There is no write-ahead log any more."""
    (folder / f"{NAME}-wal").unlink()
    return "log gone"


def page_zeroed(folder: Path, dice: Random) -> str:
    """A page of the main file is nothing but zeros."""
    return _overwritten(folder / NAME, dice, bytes(_PAGE), "zeros")


def page_garbled(folder: Path, dice: Random) -> str:
    """Some bytes of the main file are others."""
    return _overwritten(folder / NAME, dice, dice.randbytes(dice.randrange(1, 200)), "garbage")


def _cut(path: Path, dice: Random) -> str:
    size = path.stat().st_size
    left = dice.randrange(size)
    with path.open("r+b") as file:
        file.truncate(left)
    return f"{path.name} cut to {left} of {size} bytes"


def _overwritten(path: Path, dice: Random, data: bytes, what: str) -> str:
    size = path.stat().st_size
    at = dice.randrange(size // _PAGE) * _PAGE
    if len(data) < _PAGE:
        at += dice.randrange(_PAGE - len(data))
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)
    return f"{path.name} with {len(data)} bytes of {what} at {at}"


# --- looking ----------------------------------------------------------------------------------------


@dataclass
class _Looked:
    """What the commands said of a damaged ledger."""

    url: str
    faults: list[str] = field(default_factory=list)

    def said(self, *arguments: str) -> Said:
        """Run a command; whatever is neither an answer nor one line is a fault."""
        found = said(self.url, *arguments)
        if found.status not in {0, 1} and not found.line:
            self.faults.append(f"{' '.join(arguments)}: {found.err or found.out}")
        return found


def cut(before: Truth, damage: Damage, dice: Random) -> Cut:
    """One round: do the *damage* to a copy, and ask everything."""
    with tempfile.TemporaryDirectory(prefix="kaitei-cut-") as temporary:
        folder = Path(temporary, "files")
        shutil.copytree(before.folder, folder)
        done = damage(folder, dice)
        looked = _Looked(f"sqlite:///{folder / NAME}")
        verified = looked.said("verify", "--json")
        verdict = _verdict(before, verified)
        if verdict == "untrue":
            looked.faults.append("verify: calls a history whole that there never was")
        compared = looked.said("verify", "--checkpoint", str(before.checkpoint))
        if (verdict == "whole") != (compared.status == 0):
            looked.faults.append(f"verify --checkpoint: {compared.status} where verify found it {verdict}")
        for at, question in enumerate(QUESTIONS):
            answer = looked.said(*question)
            true = {answers[at] for answers in before.answers}
            if answer.status == 0 and answer.out not in true and verdict in {"whole", "shorter"}:
                looked.faults.append(f"{' '.join(question)}: not true, and verify found it {verdict}")
        looked.faults += _gone_on(looked, verdict)
        return Cut(done, verdict, tuple(f"{done}: {fault}" for fault in looked.faults))


def _gone_on(looked: _Looked, verdict: str) -> Iterator[str]:
    """Take in one more document: into a ledger that is called whole it goes, and leaves it whole."""
    taken = looked.said("import", str(SAMPLES / _ONE_MORE), "--by", BY)
    if verdict in {"whole", "shorter"} and (taken.status or looked.said("verify").status):
        yield f"import: {taken.err or taken.out}, where verify found it {verdict}"


def _verdict(before: Truth, verified: Said) -> str:
    """What ``verify`` made of a ledger; "untrue" where it calls whole what was at no stage."""
    if verified.status != 0:
        return "broken" if verified.status == 1 else "refused"
    root = _root(verified)
    if root == before.roots[-1]:
        return "whole"
    return "shorter" if root in before.roots else "untrue"
