"""A ledger backed up into a file, and restored from one: both are checked before they count as done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ledger import backup
from ledger.backup import Whole
from ledger.errors import LedgerUnusable, UnreadableSource
from ledger.storage import open_ledger
from projections.application import Kaitei
from projections.files import new_file, unreadable
from projections.read_models.keeper import Keeper


def back_up(url: str, path: Path) -> Whole:
    """Write the ledger at *url* into a new file, and read that back.

    Raises what ``open_ledger`` raises; LedgerUnusable where the file is there, or cannot be written; and
    UnreadableSource where the ledger is not whole: ``kaitei verify`` says where. Then there is no file.
    """
    with open_ledger(url) as ledger:
        try:
            with new_file(path) as file:
                file.writelines(f"{line}\n".encode() for line in backup.dump(ledger))
                file.flush()
                return backup.checked(_lines(path), str(path))
        except UnreadableSource as error:
            raise LedgerUnusable(
                f"台帳が書かれたままではありません（{error.what}）",
                where=ledger.place,
                remedy="kaitei verify で異常を確かめてください",
            ) from None


def restore(url: str, path: Path) -> Whole:
    """Make a new ledger at *url* of a backup, all of it or nothing.

    Raises UnreadableSource where the file is no backup, is cut off, or was touched; LedgerUnusable where
    there is a ledger already.
    """
    whole = backup.checked(_lines(path), str(path))
    with open_ledger(url, create=True, follower=Keeper()) as ledger:
        backup.load(_lines(path), ledger, str(path))
    with Kaitei(url) as kaitei:
        kaitei.read_models.rebuild()
    return whole


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
    except UnicodeDecodeError:
        raise UnreadableSource(
            "バックアップとして読めません",
            where=str(path),
            remedy="kaitei backup が書いたファイルを指定してください",
        ) from None
    except OSError as error:
        raise unreadable(error, path) from None
