"""``python -m tests.fuzzing [TARGET…] [--seconds N]``: fuzzes for a time, and keeps what broke a promise.

With atheris, which sees the code that an input reaches, inputs that reach new code are kept and go on to be
hurt; without it the inputs of corpus/ are hurt over and over. Findings go to build/fuzz/TARGET/findings; one
of each place in the code is told. The exit status is 1 where there was any.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import random
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
WORK: Final = ROOT / "build" / "fuzz"
_PLACES: Final = ("/ledger/", "/projections/", "/promises.py")
_LARGEST: Final = 300_000
_MEGABYTES: Final = 2_000
_BLIND: Final = 0.1  # of the inputs are hurt by the library itself, which knows nothing of documents


class Findings:
    """What broke a promise, each place in the code once."""

    def __init__(self, target: str) -> None:
        self._folder = WORK / target / "findings"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._places: set[object] = set()

    def keep(self, data: bytes, error: BaseException) -> None:
        """Write *data* to the folder and tell of *error*, unless another input came to the same place."""
        steps = traceback.extract_tb(error.__traceback__)
        ours = [step for step in steps if any(place in step.filename for place in _PLACES)]
        place = (type(error), ours[-1].filename, ours[-1].lineno) if ours else type(error)
        if place in self._places:
            return
        self._places.add(place)
        path = self._folder / hashlib.sha256(data).hexdigest()[:12]
        path.write_bytes(data)
        told = "".join(traceback.format_list(ours[-3:]))
        sys.stderr.write(f"\n{path}: {type(error).__name__}: {str(error)[:200]}\n{told}")
        sys.stderr.flush()


def _fuzz(name: str, seconds: int, seed: int) -> None:
    """Fuzz one target in this process; with atheris it does not come back."""
    try:
        atheris: Any = importlib.import_module("atheris")
    except ModuleNotFoundError:
        atheris = None
    if atheris is None:
        sys.stderr.write(
            "atheris is not installed: the inputs of corpus/ are hurt, whatever code they reach\n"
        )
        _blindly(name, seconds, seed)
        return
    with atheris.instrument_imports(include=["ledger", "projections"]):
        targets = importlib.import_module("tests.fuzzing.targets")
        promises = importlib.import_module("tests.fuzzing.promises")
        for late in ("pdf", "word", "workbook"):  # which the readers load when there is a file of the kind
            importlib.import_module(f"ledger.readers.{late}")
    target, findings = targets.TARGETS[name], Findings(name)

    def once(data: bytes) -> None:
        try:
            with promises.patience():
                target.keeps(data)
        except (Exception, promises.TookTooLong) as error:  # noqa: BLE001  (whatever it is, it is a finding)
            findings.keep(data, error)

    def hurt(data: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311  (no secret)
        if chance.random() < _BLIND:
            return bytes(atheris.Mutate(data, longest))
        found = data
        for _ in range(chance.choice((1, 1, 2, 4))):
            found = target.hurt(found, chance)
        return found if len(found) <= longest else data

    grown = WORK / name / "corpus"
    grown.mkdir(parents=True, exist_ok=True)
    options = (
        f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={_LARGEST}", f"-rss_limit_mb={_MEGABYTES}",
        "-timeout=60", "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={WORK / name}/",
    )  # fmt: skip
    arguments = [sys.argv[0], *options, str(grown), str(target.folder)]
    atheris.Setup(arguments, once, custom_mutator=hurt)
    atheris.Fuzz()


def _blindly(name: str, seconds: int, seed: int) -> None:
    from tests.fuzzing.promises import TookTooLong, patience  # noqa: PLC0415  (atheris has to come first)
    from tests.fuzzing.targets import TARGETS  # noqa: PLC0415

    target, findings, chance = TARGETS[name], Findings(name), random.Random(seed)  # noqa: S311  (no secret)
    kept = [path.read_bytes() for path in target.kept]
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        data = chance.choice(kept)
        for _ in range(chance.randint(1, 6)):
            data = target.hurt(data, chance)
        count += 1
        try:
            with patience():
                target.keeps(data)
        except (Exception, TookTooLong) as error:  # noqa: BLE001  (whatever it is, it is a finding)
            findings.keep(data, error)
    sys.stderr.write(f"{name}: {count} inputs in {seconds} seconds\n")


def main() -> int:
    """Fuzz each target in a process of its own: atheris ends the one it runs in."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", default=["documents", "names", "files"])
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--seed", type=int, default=1, help="of all chance (1)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.here:
        _fuzz(told.targets[0], told.seconds, told.seed)
        return 0
    found = 0
    for name in told.targets:
        before = len([*(WORK / name / "findings").glob("*")])
        again = ["--here", "--seconds", str(told.seconds), "--seed", str(told.seed), name]
        ran = subprocess.run(
            [sys.executable, "-m", "tests.fuzzing", *again], cwd=ROOT, env=os.environ, check=False
        )
        found += len([*(WORK / name / "findings").glob("*")]) - before + (ran.returncode != 0)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
