"""What the command line says, run in this process."""

from __future__ import annotations

import io
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from cli.main import run


@dataclass(frozen=True, slots=True)
class Said:
    """What one command printed, and its exit status; -1 where it ended in a traceback."""

    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of an error; blank where it was anything else than one line and status 2."""
        one = self.status == 2 and not self.out and self.err.startswith("kaitei: ")  # noqa: PLR2004
        return self.err.removeprefix("kaitei: ") if one and self.err.count("\n") == 1 else ""


def said(url: str, *arguments: str) -> Said:
    """Run ``kaitei --db URL ARGUMENTS...``."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = run(["--db", url, *arguments])
        except Exception:  # noqa: BLE001  # whatever it is, a user would see a traceback
            status = -1
            err.write(traceback.format_exc())
    return Said(status, out.getvalue(), err.getvalue())
