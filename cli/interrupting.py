"""Ctrl-C at the terminal, held back while something is done that is to be done whole."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Final

INTERRUPTED: Final = 130
"""The exit status that shells give to what was interrupted at the terminal."""


class Held:
    """Inside of it an interruption waits for the end; a second one does not.

    It can be entered again and again. Where interruptions are not this program's to handle, it does nothing.
    """

    def __init__(self) -> None:
        self._came = False
        self._holds = False

    def __enter__(self) -> None:
        ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        self._holds = ours and threading.current_thread() is threading.main_thread()
        if self._holds:
            signal.signal(signal.SIGINT, self._note)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._holds:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._came and kind is None:
            raise KeyboardInterrupt

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if self._came:
            raise KeyboardInterrupt
        self._came = True
