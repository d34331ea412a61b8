"""Which documents a folder holds, in the order of their names, and what became of all of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ledger.errors import UnreadableSource
from projections.application import Imported, Refused
from projections.files import unreadable

SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".docx", ".pdf", ".txt", ".md"})
_LOCKS: Final = ("~$", ".")  # what Office leaves beside an open file, and what is hidden
_NUMBER: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents to take in, and the files of folders that are none."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def listing(paths: Iterable[Path]) -> Listing:
    """*paths* themselves, a folder as the documents in it and below that are not named already.

    Links to other folders are not followed. Raises UnreadableSource where a folder cannot be read, or holds
    no document.
    """
    files: list[Path] = []
    skipped: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside = list(_inside(path))
        found = [each for each in inside if _is_document(each)]
        if not found:
            raise UnreadableSource(
                "フォルダーですが、評価書のファイルがありません",
                where=str(path),
                remedy=f"{'、'.join(sorted(SUFFIXES))} のファイルのあるフォルダーを指定してください",
            )
        files += [each for each in found if each not in files]
        skipped += [each for each in inside if not _is_document(each)]
    return Listing(tuple(files), tuple(skipped))


def _inside(folder: Path) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        raise unreadable(error, Path(error.filename or folder))

    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_natural)
        yield from (Path(place, name) for name in sorted(names, key=_natural))


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(_LOCKS)


def _natural(name: str) -> list[tuple[int, str]]:
    """2.xlsx comes before 10.xlsx, whatever the language of the machine."""
    parts = _NUMBER.split(name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


@dataclass
class Tally:
    """What became of the documents so far; the ``refused`` ones by what was said of them."""

    imported: int = 0
    already_known: int = 0
    refused: dict[str, list[str]] = field(default_factory=dict)

    def take(self, result: Imported | Refused) -> None:
        """Count one more."""
        if isinstance(result, Refused):
            self.refused.setdefault(result.error.what, []).append(result.file)
        elif result.intake.already_known:
            self.already_known += 1
        else:
            self.imported += 1
