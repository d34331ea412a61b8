"""Processes of the system, for tests that begin some: which there are, and whether they have ended."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import cast

import psutil  # type: ignore[import-untyped]

_GONE = 60  # seconds within which a process that was told to end has ended, however busy the machine is


def children(of: int | None = None) -> set[psutil.Process]:
    """The running processes that this one began, or the one *of* that id."""
    return {each for each in psutil.Process(of).children(recursive=True) if _runs(each)}


def remaining(processes: Collection[psutil.Process]) -> set[psutil.Process]:
    """Those that do not end, though they should have long ago."""
    give_up = time.monotonic() + _GONE
    while (left := {each for each in processes if _runs(each)}) and time.monotonic() < give_up:
        time.sleep(0.02)
    return left


def _runs(process: psutil.Process) -> bool:
    """Whether it still does anything: one that ended stays in the list until somebody asks how it ended."""
    try:
        return cast("bool", process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
