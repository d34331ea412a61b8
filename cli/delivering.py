"""What a command has written goes to standard output, or to a file that is not there yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli import printing
from cli.options import Format
from ledger.errors import WrongUse
from projections.files import write_new

if TYPE_CHECKING:  # the library of workbooks is loaded when there is one
    from projections.exports.appending import Appended


def deliver(content: str | bytes, out: Path | None, much: str = "") -> None:
    """Print *content*, or write it to the file *out* and say so, and how *much* (bytes unless said).

    Raises LedgerUnusable where it cannot be written, or the file is there; WrongUse for a workbook on a
    terminal.
    """
    if out is not None:
        data = content if isinstance(content, bytes) else content.encode()
        write_new(out, data)
        printing.out(f"{out}: {much or f'{len(data):,}バイト'}を書き出しました")
    elif isinstance(content, bytes):
        printing.raw(content, "ブック")
    else:
        printing.out(content)


def ask_no_file(out: Path | None, form: Format) -> None:
    """Raise WrongUse where text for people is to go into a file: it is laid out for a terminal."""
    if out is not None and form is Format.TEXT:
        raise WrongUse(
            "ファイルに書き出す形式が決まりません",
            where=f"--out {out}",
            remedy="-f で形式を指定してください（例: -f xlsx）",
        )


def tell_appended(book: str, grown: Appended) -> None:
    """Which rows came to a workbook, and which of its own the ledger does not have."""
    first, last = (grown.rows[0].no, grown.rows[-1].no) if grown.rows else (0, 0)
    told = f"行{first}～{last}を加えました（{len(grown.rows)}件）" if grown.rows else "加える行はありません"
    printing.out(f"{book}: {told}")
    if grown.only_there:
        listed = "、".join(f"行{no}" for no in grown.only_there)
        printing.out(f"{book}: 台帳の変更箇所にない行があります（そのまま残しました）: {listed}")
