"""``python -m benchmarks.keeping``: fill everybody, ask everybody the same, print medians and ratios."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from benchmarks.import_and_as_of import machine
from benchmarks.keeping import page, shell
from benchmarks.keeping.inventing import invented
from benchmarks.keeping.kaitei import OfKaitei
from benchmarks.keeping.keepers import KEEPERS, STANDARD
from benchmarks.keeping.measuring import Figures, first_question, measure
from benchmarks.keeping.operations import BULK, BYTES, MEMORY, OPERATIONS


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; with ``--write`` renew a page, with ``--json`` keep every round."""
    asked = _asked(arguments)
    load = page.load()
    sizes: list[list[Figures]] = []
    beside: list[shell.Beside] = []
    for assessments in asked.assessments:
        with tempfile.TemporaryDirectory(prefix="kaitei-keeping-") as folder:
            sizes.append(_measured(asked, assessments, Path(folder)))
            if "kaitei" in asked.only and assessments == asked.assessments[-1]:
                question = first_question(invented(assessments))
                url = OfKaitei(Path(folder, "kaitei")).url
                beside = shell.measured(
                    url, question, asked.rounds, asked.operations, documents=asked.documents
                )
        sys.stdout.write(f"\n{page.headed(sizes[-1])}\n")
        sys.stdout.flush()
    on = f"Kaitei {version('kaitei')}, {machine()}, {page.others()}; load {load} before, {page.load()} after"
    print(f"\n{page.below(sizes, beside)}\n\n{on}")
    if asked.json:
        told = {
            "machine": on,
            "figures": [asdict(each) for found in sizes for each in found],
            "beside": [asdict(each) for each in beside],
        }
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if asked.write:
        asked.write.write_text(page.page(sizes, beside, asked.rounds, on, _command(asked)), "utf-8")
    return 0


def _measured(asked: argparse.Namespace, assessments: int, folder: Path) -> list[Figures]:
    return measure(
        [name for name in KEEPERS if name in asked.only],
        assessments,
        asked.rounds,
        folder,
        operations=[each for each in OPERATIONS if any(word in each.name for word in asked.operations)],
        memory=any(word in MEMORY for word in asked.operations),
    )


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.keeping", description=__doc__.splitlines()[0])
    parser.add_argument("--assessments", type=_count, nargs="+", default=[1, 200], help="sizes (1 200)")
    parser.add_argument("--rounds", type=_count, default=5, help="rounds to take the median of (5)")
    parser.add_argument(
        "--only",
        type=_words,
        default=list(STANDARD),
        help=f"of {','.join(KEEPERS)} ({','.join(STANDARD)})",
    )
    names = [*(each.name for each in OPERATIONS), MEMORY]
    parser.add_argument(
        "--operations",
        type=_words,
        default=[""],
        help=f"words of their names, between commas: {'; '.join(names)} (all; {BULK} and {BYTES} always)",
    )
    parser.add_argument("--documents", type=Path, default=shell.DOCUMENTS, help="the folder of document 002")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write this page (docs/comparison.md)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the seconds of every round")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.only) - set(KEEPERS):
        parser.error(f"--only knows {', '.join(KEEPERS)}, not {', '.join(sorted(unknown))}")
    return asked


def _command(asked: argparse.Namespace) -> str:
    """The command that writes the page again, in whatever folder it was written this time."""
    parts = ["--assessments", *map(str, asked.assessments), "--rounds", str(asked.rounds)]
    if set(asked.only) != set(STANDARD):
        parts += ["--only", ",".join(asked.only)]
    if asked.operations != [""]:
        parts += ["--operations", shlex.quote(",".join(asked.operations))]
    return " ".join(["python -m benchmarks.keeping", *parts, f"--write docs/{asked.write.name}"])


def _words(text: str) -> list[str]:
    return text.split(",")


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return count


if __name__ == "__main__":
    sys.exit(main())
