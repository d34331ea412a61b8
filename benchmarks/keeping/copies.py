"""A full copy per revision: a JSON file each, and DeepDiff to say what differs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from deepdiff import DeepDiff

from benchmarks.keeping.inventing import Difference, Invented, Place, Revision, Row
from benchmarks.keeping.keeper import Keeper, compact


@dataclass(frozen=True, slots=True)
class _Copy:
    """One whole document, and of each item that its revision changed: path, timing, reason."""

    items: dict[str, str]
    changes: list[list[str]]


class Copies(Keeper):
    """What most offices do today, with files that programs can read."""

    name = "full copies"
    how = (
        "a JSON file of the whole document a revision, named after its day; what differs is found by "
        "DeepDiff; nothing can tell whether a file was touched"
    )
    proves = False

    def open(self) -> None:
        """Nothing: files are opened when they are read."""

    def close(self) -> None:
        """Nothing."""

    # --- writing --------------------------------------------------------------------------------------

    def fill(self, ledger: Sequence[Invented]) -> None:
        """Every file is on the disk before the next is written."""
        for one in ledger:
            items = dict(one.first)
            self._write(one.ref, 0, one.published, _Copy(items, []))
            for no, revision in enumerate(one.revisions, start=1):
                self._write(one.ref, no, revision.day, _changed(items, revision))

    def record(self, ref: str, revision: Revision) -> None:
        """The last copy, changed, in a file of its own."""
        last = self._files(ref)[-1]
        no = int(last.name.partition("_")[0]) + 1
        self._write(ref, no, revision.day, _changed(_read(last).items, revision))

    def _write(self, ref: str, no: int, day: date, copy: _Copy) -> None:
        folder = self._folder(ref)
        folder.mkdir(exist_ok=True)
        unfinished = folder / "unfinished"
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(compact({"items": copy.items, "changes": copy.changes}))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(folder / f"{no:04}_{day.isoformat()}.json")
        names = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(names)
        finally:
            os.close(names)

    # --- asking ---------------------------------------------------------------------------------------

    def _folder(self, ref: str) -> Path:
        return self.folder / ref.replace("/", "_")

    def _files(self, ref: str, day: date | None = None) -> list[Path]:
        """The copies up to a *day*, in order."""
        return [path for path in sorted(self._folder(ref).glob("*.json")) if day is None or _day(path) <= day]

    def document(self, ref: str, day: date | None = None) -> dict[str, str]:
        """One file."""
        return _read(self._files(ref, day)[-1]).items

    def history(self, ref: str, path: str) -> list[Row]:
        """Every file, for this item."""
        found: list[Row] = []
        before = ""
        for day, copy in self._all(ref):
            now = copy.items[path]
            told = [(timing, reason) for changed, timing, reason in copy.changes if changed == path]
            found += [(day, path, before, now, timing, reason) for timing, reason in told]
            before = now
        return found

    def difference(self, ref: str, earlier: date, later: date) -> list[Difference]:
        """DeepDiff of two files."""
        return list(_differing(self.document(ref, earlier), self.document(ref, later)))

    def table(self, ref: str) -> list[Row]:
        """DeepDiff of every file with the next."""
        found: list[Row] = []
        last: dict[str, str] = {}
        for day, copy in self._all(ref):
            if copy.changes:
                differing = {path: (before, after) for path, before, after in _differing(last, copy.items)}
                found += [
                    (day, path, *differing[path], timing, reason) for path, timing, reason in copy.changes
                ]
            last = copy.items
        return found

    def standing(self, term: str, day: date) -> list[Place]:
        """One file of every assessment."""
        return [
            (folder.name.replace("_", "/"), path)
            for folder in sorted(self.folder.iterdir())
            if (files := self._files(folder.name, day))
            for path, text in _read(files[-1]).items.items()
            if term in text
        ]

    def _all(self, ref: str) -> Iterator[tuple[date, _Copy]]:
        return ((_day(path), _read(path)) for path in self._files(ref))

    def sizes(self) -> dict[str, int]:
        """The files, without what the file system needs for them."""
        return {"copies": sum(path.stat().st_size for path in self.folder.rglob("*.json"))}


def _changed(items: dict[str, str], revision: Revision) -> _Copy:
    items.update((change.path, change.after) for change in revision.changes)
    return _Copy(items, [[change.path, change.timing, change.reason] for change in revision.changes])


def _differing(was: dict[str, str], became: dict[str, str]) -> Iterator[Difference]:
    found = DeepDiff(was, became, threshold_to_diff_deeper=0, view="tree")
    for level in found.get("values_changed", ()):
        (path,) = level.path(output_format="list")
        yield path, level.t1, level.t2


def _day(path: Path) -> date:
    return date.fromisoformat(path.stem.partition("_")[2])


def _read(path: Path) -> _Copy:
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return _Copy(told["items"], told["changes"])
