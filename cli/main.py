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
from cli.commands import (
    accept,
    blame,
    changes,
    correct,
    diff,
    draft,
    due,
    end,
    export,
    impact,
    import_,
    interpret,
    list_,
    log,
    record,
    reread,
    retract,
    review,
    revise,
    rules,
    search,
    show,
    source,
    systems,
    validate,
)
from cli.options import Session
from ledger.database import DEFAULT_URL
from ledger.errors import LedgerError

DONE, WRONG_USE = 0, 2

app = typer.Typer(
    help="特定個人情報保護評価書の改訂の台帳",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def options(
    context: typer.Context,
    db: Annotated[
        str, typer.Option("--db", metavar="URL", envvar="KAITEI_DB", help="台帳のデータベース")
    ] = DEFAULT_URL,
) -> None:
    """特定個人情報保護評価書の改訂の台帳。"""
    context.obj = Session(db)


app.command("import", help="公表された評価書を取り込む")(import_.command)
app.command("list", help="台帳の評価書の一覧")(list_.command)
app.command("show", help="評価書の記載（過去の日も）")(show.command)
app.command("log", help="改訂の履歴")(log.command)
app.command("blame", help="項目ごとに、最後に変えた行")(blame.command)
app.command("last-change", help="blame と同じ")(blame.command)
app.command("diff", help="二つの日の記載の違い")(diff.command)
app.command("changes", help="（別添２）変更箇所を記録から書く")(changes.command)
app.command("search", help="語がどの評価書のどの項目にあるか（過去の日も）")(search.command)
app.command("systems", help="すべての評価書のシステムと、その接続")(systems.command)
app.command("impact", help="法令や事業者が変わるとき、変更が要る評価書と記録済みの変更")(impact.command)
app.command("due", help="期限のある務め（見直し、再実施、公表など）")(due.command)
app.command("validate", help="評価書の点検")(validate.command)
app.command("accept", help="点検の指摘を了承する（理由を残し、指摘は残る）")(accept.accept)
app.command("reopen", help="指摘の了承を取り消す（前の記録は残る）")(accept.reopen)
app.command("rules", help="点検の規則の一覧")(rules.command)
app.command("record", help="変更を一つ記録する")(record.command)
app.command("draft", help="編集した評価書から、改訂の下書きを書く")(draft.command)
app.command("revise", help="下書きを点検し、一つの改訂として記録する")(revise.command)
app.command("correct", help="変更の誤りを訂正する（前の記録は残る）")(correct.command)
app.command("retract", help="誤って記録した変更を取り消す（前の記録は残る）")(retract.command)
app.command("interpret", help="はっきりしない行の項目や変更日を決める")(interpret.command)
app.command("review", help="年1回などの見直しを記録する")(review.command)
app.command("end", help="事務の終了を記録する")(end.command)
app.command("source", help="取り込んだ原本をそのまま取り出す")(source.command)
app.command("reread", help="取り込んだ原本を今の読取りで読み直す")(reread.command)
app.command("export", help="監査証跡を書き出す")(export.command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line: 0 done, 1 findings of severity error, 2 wrong use or unreadable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
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
