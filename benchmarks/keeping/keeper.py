"""What everybody who keeps assessments is asked to do, and how the answers look.

An answer is plain: texts by the path of their item, rows as tuples. Making it so is part of what is measured.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, Final, Self

from benchmarks.keeping.inventing import Difference, Invented, Place, Revision, Row

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Keeper(ABC):
    """One way to keep assessments in a *folder* of its own. Close it after use."""

    name: ClassVar[str]
    how: ClassVar[str]
    """A sentence on how it keeps them, for the page."""
    proves: ClassVar[bool] = True
    """Whether it can tell that its history was touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.added: dict[str, int] = {}  # by assessment: the revisions that were recorded since it was filled

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def prepare(self, ledger: Sequence[Invented]) -> None:  # noqa: B027  # most take it as it is
        """Bring *ledger* into the shape that ``fill`` takes; not measured."""

    @abstractmethod
    def fill(self, ledger: Sequence[Invented]) -> None:
        """Keep whole assessments with all their revisions, durably, in a folder that is empty so far."""

    @abstractmethod
    def open(self) -> None:
        """Begin to answer from what was filled."""

    @abstractmethod
    def close(self) -> None:
        """Let everything go."""

    @abstractmethod
    def record(self, ref: str, revision: Revision) -> None:
        """Keep one more revision; once this comes back it is on the disk."""

    def append(self, ref: str, revision: Revision) -> None:
        """As ``record``, without the checks of the words that come before it, where there are any."""
        self.record(ref, revision)

    @abstractmethod
    def document(self, ref: str, day: date | None = None) -> dict[str, str]:
        """The document on a *day* (None: as it is now)."""

    @abstractmethod
    def history(self, ref: str, path: str) -> list[Row]:
        """The changes of one item, in order."""

    @abstractmethod
    def difference(self, ref: str, earlier: date, later: date) -> list[Difference]:
        """What differs between two days, in any order."""

    @abstractmethod
    def table(self, ref: str) -> list[Row]:
        """All changes, in order."""

    @abstractmethod
    def standing(self, term: str, day: date) -> list[Place]:
        """Where a term stands on a day in all assessments, in any order."""

    def verify(self) -> bool:
        """Whether nothing of the whole history was touched."""
        raise NotImplementedError

    @abstractmethod
    def sizes(self) -> dict[str, int]:
        """Bytes on the disk, by what they hold; all together are all that is kept."""


def compact(facts: object) -> str:
    """JSON without white space, with its keys in order."""
    return _ENCODER.encode(facts)
