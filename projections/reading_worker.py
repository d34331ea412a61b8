"""A process that reads documents for another: ``main`` takes them on standard input and answers on output.

First it says READY. Then (bytes, name) comes in as a pickle, and the edition goes out as one, or what was
raised. It ends with whoever began it, also in the middle of a document.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

from ledger.errors import LedgerError
from ledger.readers import read

READY: Final = b"ready\n"

_FIRST_TO_GO: Final = "500"  # of 1000: where memory runs out, the system ends this process, not the ledger's

_Asked = SimpleQueue[tuple[bytes, str]]


def main() -> None:
    """Read until nobody asks any more."""
    with suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, "ascii")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no answer
    asked: _Asked = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    with suppress(OSError):  # nobody is there any more
        answer = READY
        while True:
            answers.write(answer)
            answers.flush()
            answer = _pickled(_read(*asked.get()))
    os._exit(0)  # the other thread still reads, which the interpreter would not let go


def _listen(asked: _Asked) -> None:
    """Hand on what comes; end the process with whoever sent it, whatever it is doing."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            asked.put(pickle.load(sys.stdin.buffer))  # noqa: S301  (comes from the process that began this one)
    os._exit(0)


def _read(data: bytes, name: str) -> object:
    try:
        return read(data, name)
    except LedgerError as error:
        return error
    except Exception as error:  # noqa: BLE001  (it is raised where the document was asked for)
        error.add_note(traceback.format_exc())
        return error


def _pickled(answer: object) -> bytes:
    try:
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001  (an error of a library may hold anything)
        return pickle.dumps(RuntimeError("\n".join(getattr(answer, "__notes__", [repr(answer)]))))


if __name__ == "__main__":
    main()
