"""How much memory a keeper takes at its peak for all questions, in a process of its own.

``python -m benchmarks.keeping.peaks NAME FOLDER`` reads what to ask from its input, as JSON; it prints the
bytes.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from benchmarks import memory
from benchmarks.keeping.clauses import TERM
from benchmarks.keeping.keepers import KEEPERS, keeper_named
from benchmarks.keeping.operations import Question


def peak_of(name: str, folder: Path, question: Question) -> int:
    """Bytes that the keeper *name* takes at its peak: of its process, or of its largest child (git's)."""
    asked = {
        "ref": question.one.ref,
        "path": question.path,
        "earlier": question.earlier.isoformat(),
        "later": question.later.isoformat(),
    }
    done = subprocess.run(  # noqa: S603  # this program, with arguments of ours
        [sys.executable, "-m", "benchmarks.keeping.peaks", name, str(folder)],
        cwd=memory.ROOT,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(done.stdout)


def asked_once(name: str, folder: Path, asked: Mapping[str, str]) -> None:
    """Ask the keeper *name* every question once."""
    kind = keeper_named(name)
    ref, path = asked["ref"], asked["path"]
    earlier, later = (date.fromisoformat(asked[day]) for day in ("earlier", "later"))
    with kind(folder) as keeper:
        keeper.document(ref)
        keeper.document(ref, earlier)
        keeper.history(ref, path)
        keeper.difference(ref, earlier, later)
        keeper.table(ref)
        keeper.standing(TERM, later)
        if kind.proves:
            keeper.verify()


def main() -> int:
    """Ask, and print the peak."""
    name, folder = sys.argv[1:]
    if name not in KEEPERS:
        sys.stderr.write(f"no keeper: {name}\n")
        return 2
    asked_once(name, Path(folder), json.load(sys.stdin))
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(max(memory.peak(), of_children * (1 if sys.platform == "darwin" else 1024)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
