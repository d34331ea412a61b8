"""``python -m benchmarks.keeping``: fill everybody, ask everybody the same, print medians and ratios."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.import_and_as_of import machine
from benchmarks.keeping import page
from benchmarks.keeping.keepers import KEEPERS, keeper_named
from benchmarks.keeping.measuring import Figures, measure
from benchmarks.keeping.operations import OPERATIONS


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; with ``--write`` renew the page, with ``--json`` keep every round."""
    asked = _asked(arguments)
    kinds = [keeper_named(name) for name in KEEPERS if name in asked.only]
    operations = [each for each in OPERATIONS if any(word in each.name for word in asked.operations)]
    sizes: list[list[Figures]] = []
    for assessments in asked.assessments:
        with tempfile.TemporaryDirectory(prefix="kaitei-keeping-") as folder:
            sizes.append(measure(kinds, assessments, asked.rounds, Path(folder), operations=operations))
        print(f"\n{assessments} assessments\n\n{page.side_by_side(sizes[-1])}\n", flush=True)
    print(f"Bytes per change, {asked.assessments[-1]} assessments\n\n{page.divided(sizes[-1])}\n")
    if len(sizes) > 1:
        print(f"From {asked.assessments[0]} to {asked.assessments[-1]}\n\n{page.growth(sizes)}\n")
    print(machine())
    if asked.json:
        told = [asdict(each) for found in sizes for each in found]
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.keeping", description=__doc__.splitlines()[0])
    parser.add_argument("--assessments", type=int, nargs="+", default=[1, 200], help="sizes (1 200)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds to take the median of (5)")
    parser.add_argument(
        "--only", type=lambda text: text.split(","), default=list(KEEPERS), help=f"of {','.join(KEEPERS)}"
    )
    parser.add_argument(
        "--operations",
        type=lambda text: text.split(","),
        default=[""],
        help="parts of their names, between commas (all)",
    )
    parser.add_argument("--json", type=Path, help="keep the seconds of every round in this file")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.only) - set(KEEPERS):
        parser.error(f"--only knows {', '.join(KEEPERS)}, not {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
