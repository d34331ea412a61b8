"""A report in a folder: a page for each assessment and the index, all or none, and nothing overwritten."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.identity import Identity
from projections.asking import Asking
from projections.files import unwritable, write_new
from projections.origin import Origin
from projections.report import index
from projections.report.gathering import Gathering, Watched
from projections.report.names import INDEX, file_name
from projections.report.page import page
from projections.systems import register

VIEW, PUBLIC_VIEW = "report", "report --public"


def write_report(
    ledger: Asking, identities: Sequence[Identity], folder: Path, watched: Watched, *, public: bool
) -> list[Path]:
    """Write the pages of assessments and their index; the files that came to be, the index last.

    The folder is made where there is none. Raises LedgerUnusable where one of the files is there already, or
    cannot be written; then none of them is there. One assessment is worked on at a time.
    """
    names = [file_name(each) for each in identities]
    _ask_free([folder / each for each in (*names, INDEX)])
    origin, gathering = _begun(ledger, public=public)
    held = gathering.held(watched(gathering.beside(identities)))
    lines = []
    with _all_or_none(folder) as written:
        for identity, name in zip(watched(identities), names, strict=True):
            whole = gathering.whole(identity)
            _write(
                folder / name, page(whole, register(held, None, {identity.ref}), origin, listed=True), written
            )
            lines.append(index.Line.of(whole))
        systems = register(held, None, {each.ref for each in identities})
        _write(folder / INDEX, index.page(lines, systems, origin, public=public), written)
    return written


def write_page(ledger: Asking, identity: Identity, path: Path, watched: Watched, *, public: bool) -> None:
    """Write the page of one assessment by itself. Raises LedgerUnusable where the file is there already."""
    _ask_free([path])
    origin, gathering = _begun(ledger, public=public)
    held = gathering.held(watched(gathering.beside([identity])))
    whole = gathering.whole(identity)
    write_new(path, page(whole, register(held, None, {identity.ref}), origin, listed=False))


def _begun(ledger: Asking, *, public: bool) -> tuple[Origin, Gathering]:
    origin = ledger.origin(PUBLIC_VIEW if public else VIEW)
    return origin, Gathering(ledger, origin, public=public)


def _ask_free(paths: Sequence[Path]) -> None:
    for path in paths:
        if os.path.lexists(path):
            raise unwritable(FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)), path)


@contextmanager
def _all_or_none(folder: Path) -> Iterator[list[Path]]:
    """A folder to write into, and the list of what was written, which goes again where anything fails."""
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(error, folder) from None
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _write(path: Path, data: bytes, written: list[Path]) -> None:
    write_new(path, data)
    written.append(path)
