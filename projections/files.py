"""Files of a user: read whole up to a bound, written only where none is, and their troubles in Japanese."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from ledger.errors import LedgerUnusable, UnreadableSource

_LARGEST_SOURCE = 100 * 1024 * 1024


def read_text(path: Path) -> str:
    """What somebody wrote into a file, without the line end at its end. Raises UnreadableSource."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableSource(
            "UTF-8 の文字として読めません", where=str(path), remedy="UTF-8 で保存してから指定してください"
        ) from None
    return text.replace("\r\n", "\n").removesuffix("\n")


def read_bytes(path: Path) -> bytes:
    """The bytes of a document on disk. Raises UnreadableSource."""
    try:
        found = path.stat()
        if not (S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)):
            raise UnreadableSource(
                "ファイルではありません", where=str(path), remedy="ファイルに保存してから指定してください"
            )
        if found.st_size > _LARGEST_SOURCE:
            raise _too_large(path)
        with path.open("rb") as file:  # a file may say that it is smaller than it is
            data = file.read(_LARGEST_SOURCE + 1)
    except OSError as error:
        raise unreadable(error, path) from None
    if len(data) > _LARGEST_SOURCE:
        raise _too_large(path)
    return data


def _too_large(path: Path) -> UnreadableSource:
    return UnreadableSource(
        "ファイルが大きすぎます",
        where=str(path),
        remedy=f"{_LARGEST_SOURCE // 1024 // 1024} MB までの文書を指定してください",
    )


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: what a user has is never overwritten. Raises LedgerUnusable."""
    with new_file(path) as file:
        file.write(data)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that is not there yet, to be written, and on the disk at the end.

    Whatever goes wrong meanwhile, no half of it stays. Raises LedgerUnusable where it cannot be written.
    """
    try:
        file = path.open("xb")
    except OSError as error:
        raise unwritable(error, path) from None
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        with suppress(OSError):
            path.unlink()
        if isinstance(error, OSError):
            raise unwritable(error, path) from None
        raise


def unreadable(error: OSError, path: Path) -> UnreadableSource:
    """What a user is told of a file that cannot be read."""
    told = _trouble(error, "読み込めません", missing="ファイルがありません")
    return UnreadableSource(told, where=str(path), remedy="パスを確認してください")


def unwritable(error: OSError, path: Path) -> LedgerUnusable:
    """What a user is told of a file that cannot be written."""
    if error.errno in _NO_ROOM:
        remedy = "空きを作ってからやり直してください"
        return LedgerUnusable("ディスクの空きがありません", where=str(path), remedy=remedy)
    told = _trouble(error, "書き込めません", missing="フォルダーがありません")
    return LedgerUnusable(told, where=str(path), remedy="別の名前を指定してください")


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})  # a full disk, a quota that is used up

_TROUBLES: tuple[tuple[type[OSError], str], ...] = (
    (FileExistsError, "すでにあります"),
    (IsADirectoryError, "フォルダーです"),
    (NotADirectoryError, "フォルダーではないものがパスにあります"),
    (PermissionError, "権限がありません"),
)


def _trouble(error: OSError, otherwise: str, *, missing: str) -> str:
    """What went wrong with a file, in Japanese where it is one of the usual things."""
    if isinstance(error, FileNotFoundError):
        return missing
    usual = next((told for kind, told in _TROUBLES if isinstance(error, kind)), "")
    return usual or f"{otherwise}（{error.strerror or type(error).__name__}）"
