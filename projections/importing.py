"""Published documents taken in, one after the other in the order given, however many are read at once."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ledger.errors import LedgerError
from ledger.intake import Intake, take_in, taken_in
from ledger.published import PublishedEdition
from ledger.readers import read
from ledger.rehearsal import Rehearsal
from ledger.storage import Ledger, open_ledger
from projections.files import read_bytes
from projections.read_models.keeper import Keeper
from projections.reading_apart import Later, Readers


@dataclass(frozen=True, slots=True)
class Imported:
    """One document taken in; of one that was not read again, the ``edition`` is the recorded one."""

    file: str
    edition: PublishedEdition
    intake: Intake


@dataclass(frozen=True, slots=True)
class Refused:
    """One document that was not taken in, and why."""

    file: str
    error: LedgerError


def read_file(path: Path) -> tuple[bytes, PublishedEdition]:
    """Read one published document from disk. Raises UnreadableSource."""
    data = read_bytes(path)
    return data, read(data, str(path))


def import_files(
    url: str,
    paths: Iterable[Path],
    *,
    by: str,
    same_as: str = "",
    dry_run: bool = False,
    jobs: int | None = 1,
    explain: bool = False,
    whole: AbstractContextManager[object] | None = None,
) -> Generator[Imported | Refused, None, None]:
    """Take in published documents, each atomically and once; in a *dry_run* only say what would be done.

    A ledger file is created with the first document that can be read, and not before; in a dry run never.
    What goes wrong with one document is given as Refused; the others go on. Up to *jobs* are read at once, in
    processes apart (None: as ``Readers`` sees fit); what is recorded is the same. What a reader of today has
    read for the ledger already is not read again, unless the pieces of every edition are wanted, to *explain*
    it. *whole* is entered for each document while it is recorded and told of. Close the iterator where it is
    left early: no process stays behind then.
    """
    rest = deque(paths)
    waiting: deque[_Begun] = deque()
    with _Target(url, by, same_as, dry_run=dry_run) as target, Readers(len(rest), jobs) as readers:
        while rest or waiting:
            while rest and len(waiting) < readers.ahead:
                path = rest.popleft()
                waiting.append(_begun(path, target, readers, left=len(rest), again=explain))
            yield from _taken(waiting.popleft(), target, whole or nullcontext())


def _taken(
    begun: _Begun, target: _Target, whole: AbstractContextManager[object]
) -> Iterator[Imported | Refused]:
    """What became of a document, one; told inside of *whole*."""
    result: Imported | Refused
    try:
        found = target.found(begun)
    except LedgerError as error:
        yield Refused(str(begun.path), error)
        return
    with whole:
        try:
            result = found if isinstance(found, Imported) else target.take(begun, found)
        except LedgerError as error:
            result = Refused(str(begun.path), error)
        yield result


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document that may be being read; None for ``later`` where the ledger may know it already."""

    path: Path
    data: bytes
    later: Later | None


def _begun(path: Path, target: _Target, readers: Readers, *, left: int, again: bool) -> _Begun:
    try:
        data = read_bytes(path)
    except LedgerError as error:
        return _Begun(path, b"", _raising(error))
    if not again and target.holds(data):
        return _Begun(path, data, None)
    return _Begun(path, data, readers.begin(data, str(path), left=left))


def _raising(error: LedgerError) -> Later:
    def edition() -> PublishedEdition:
        raise error

    return edition


class _Target:
    """The ledger that documents are taken in by, opened when it is needed, and made no sooner."""

    def __init__(self, url: str, by: str, same_as: str, *, dry_run: bool) -> None:
        self._url = url
        self._by = by
        self._same_as = same_as
        self._dry_run = dry_run
        self._ledger: Ledger | Rehearsal | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ledger is not None:
            self._ledger.close()

    def holds(self, data: bytes) -> bool:
        """Whether there is a ledger that has taken in *data*. What is wrong with it, ``take`` will tell."""
        try:
            return self._opened(create=False).holder(hashlib.sha256(data).hexdigest()) is not None
        except LedgerError:
            return False

    def found(self, begun: _Begun) -> Imported | PublishedEdition:
        """A document when its turn has come: what the ledger has of it, or else what is read in it.

        Raises what ``taken_in`` and reading raise.
        """
        path, data = begun.path, begun.data
        if begun.later is not None:
            return begun.later()
        known = taken_in(self._opened(create=False), data, path.name, same_as=self._same_as)
        return Imported(str(path), known.edition, known.intake) if known else read(data, str(path))

    def take(self, begun: _Begun, edition: PublishedEdition) -> Imported:
        """Take in what was read in a document. Raises what ``take_in`` raises."""
        ledger, file_name = self._opened(create=True), begun.path.name
        intake = take_in(ledger, begun.data, file_name, edition, by=self._by, same_as=self._same_as)
        return Imported(str(begun.path), edition, intake)

    def _opened(self, *, create: bool) -> Ledger | Rehearsal:
        if self._ledger is None:
            self._ledger = (
                Rehearsal(self._url)
                if self._dry_run
                else open_ledger(self._url, create=create, follower=Keeper())
            )
        return self._ledger
