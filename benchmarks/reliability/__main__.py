"""``python -m benchmarks.reliability``: do the runs, print their figures; ``--write`` renews the page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.import_and_as_of import machine
from benchmarks.reliability import page
from benchmarks.reliability.runs import RUNS, Figures, figures, notes, table

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "reliability.md"
ROUNDS: Final = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the runs; exit status 1 where anything was lost, or not as promised."""
    parser = argparse.ArgumentParser(prog="benchmarks.reliability", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"kills on SQLite ({ROUNDS}); others by share"
    )
    parser.add_argument("--only", choices=RUNS, action="append", help="this run alone (can be repeated)")
    parser.add_argument("--write", action="store_true", help=f"renew {PAGE.relative_to(ROOT)}")
    asked = parser.parse_args(arguments)
    if asked.write and asked.only:
        parser.error("--write needs all runs")
    found: list[Figures] = []
    for one in figures(asked.only or RUNS, asked.rounds):
        sys.stderr.write(f"{one.run}, {one.database}: {one.seconds:.0f} s\n")
        found.append(one)
    print(f"{machine()}\n\n{table(found)}\n\n{notes(found)}")
    if asked.write:
        on = f"Kaitei {version('kaitei')}, {machine()}"
        PAGE.write_text(page.page(found, asked.rounds, on), "utf-8")
    return int(any(one.lost or one.faults for one in found))


if __name__ == "__main__":
    sys.exit(main())
