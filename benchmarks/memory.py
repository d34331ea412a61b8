"""How much memory a command of ours takes at its peak, in a process of its own.

``python -m benchmarks.memory OUT ARGUMENT...`` runs ``kaitei ARGUMENT...`` and writes the bytes into OUT. A
process says that of itself: what its parent is told may be the parent's own peak.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_OF_LINUX = Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ran:
    """One command: its exit status, all that it said, and its peak in megabytes (of 1,048,576 bytes)."""

    status: int
    said: str
    megabytes: float


def ran(arguments: Sequence[str], folder: Path) -> Ran:
    """Run ``kaitei`` in a *folder*, in a process of its own."""
    with tempfile.TemporaryDirectory() as apart:
        out = Path(apart, "peak")
        done = subprocess.run(  # noqa: S603  (this program, with arguments of ours)
            [sys.executable, "-m", "benchmarks.memory", str(out), *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), int(out.read_text("ascii")) / 1024 / 1024)


def peak() -> int:
    """The most bytes that this process ever held in memory."""
    if _OF_LINUX.exists():
        found = _PEAK.search(_OF_LINUX.read_text("ascii"))
        if found is not None:
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Run one command; its exit status is ours."""
    from cli.main import run  # noqa: PLC0415  (whoever only asks needs no command line)

    status = run(sys.argv[2:])
    Path(sys.argv[1]).write_text(str(peak()), "ascii")
    return status


if __name__ == "__main__":
    sys.exit(main())
