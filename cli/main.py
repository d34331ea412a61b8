"""The command ``kaitei``: its commands, its exit status, and errors on one line."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from cli import printing, usage
from cli.helping import Commands
from cli.session import Session
from ledger.defaults import DEFAULT_URL
from ledger.errors import LedgerError

NAME, DONE, WRONG_USE = "kaitei", 0, 2

app = typer.Typer(
    cls=Commands,
    help="特定個人情報保護評価書の改訂の台帳",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def options(
    context: typer.Context,
    db: Annotated[
        str, typer.Option("--db", metavar="URL", envvar="KAITEI_DB", help="台帳のデータベース")
    ] = DEFAULT_URL,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="端末に収まらない出力も、ページャーを使わずに示す")
    ] = False,
) -> None:
    """特定個人情報保護評価書の改訂の台帳。"""
    context.obj = Session(db, pager=not no_pager)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: 0 done, 1 findings of severity error, 2 wrong use or unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = None if arguments is None else list(arguments)
    try:
        status = app(given, prog_name=NAME, standalone_mode=False)
        if sys.stdout is not None:
            with printing.writable():
                sys.stdout.flush()
    except LedgerError as error:
        printing.error(error)
        _drop_output()
        return WRONG_USE
    except typer.Abort:
        return WRONG_USE
    except printing.OutputClosed:
        _drop_output()
        return DONE
    except Exception as error:
        if not hasattr(error, "format_message"):  # what Typer raises for wrong use
            raise
        printing.error(f"{usage.explained(error)} — kaitei --help で使い方を確認してください")
        return WRONG_USE
    return status if isinstance(status, int) else DONE


def _drop_output() -> None:
    """Send what is still buffered nowhere: written at exit, it would be one more error."""
    try:
        sys.stdout.flush()
    except (OSError, AttributeError, ValueError):
        with contextlib.suppress(OSError, AttributeError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
