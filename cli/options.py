"""The options that commands share, and how their texts are read."""

from __future__ import annotations

import getpass
import os
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import completing
from ledger.errors import WrongUse
from ledger.wareki import JAPAN, WarekiDate
from projections.documents import Basis

if TYPE_CHECKING:  # loaded where it is asked for
    from projections.editions import Assessment
    from projections.findings import Severity


class Format(StrEnum):
    """How a view is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"
    MD = "md"
    HTML = "html"
    XLSX = "xlsx"
    SARIF = "sarif"


class FailOn(StrEnum):
    """The least severity of a finding that makes a check fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"

    def reached_by(self, severity: Severity) -> bool:
        """Whether a finding of *severity* is grave enough."""
        from projections.findings import Severity  # noqa: PLC0415

        ranks = [str(each) for each in Severity]  # gravest first
        return self is not FailOn.NEVER and ranks.index(severity) <= ranks.index(self)


Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="評価書（熊谷市長/12、熊谷市長/12/様式2、その一部、番号）",
        autocompletion=completing.refs,
    ),
]
Refs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REF...]",
        help="評価書（省略すると台帳のすべて）",
        show_default=False,
        autocompletion=completing.refs,
    ),
]
Item = Annotated[
    str,
    typer.Option(
        "--item",
        metavar="項目",
        help="項目（II/4/委託事項1/③委託先名、Ⅱ－４－委託事項１－③ など）",
        autocompletion=completing.items,
    ),
]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="日", help="この日の記載（2024-10-01、令和6年10月1日）")
]
AsOfOrEarliest = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="日", help="この日の記載（2024-10-01、令和6年10月1日、earliest は最も古い状態）"
    ),
]
KnownAt = Annotated[
    str, typer.Option("--known-at", metavar="日時", help="台帳がこの時までに知っていたことだけで答える")
]
Event = Annotated[
    str, typer.Argument(metavar="EVENT", help="変更の記録番号（e20）か、kaitei changes の番号（行18、18）")
]
Why = Annotated[str, typer.Option("--why", metavar="理由", help="そう判断した理由")]
RevisionName = Annotated[
    str,
    typer.Argument(
        metavar="REVISION",
        help="改訂の名前（kaitei log にある r-…、その先頭、変更の記録番号）",
        autocompletion=completing.revisions,
    ),
]
Note = Annotated[str, typer.Option("--why", metavar="理由", help="備考（取り消すときは、その理由）")]
By = Annotated[str, typer.Option("--by", metavar="氏名", help="記録する人（省略するとアカウント名）")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="書き出すファイル（省略すると標準出力。上書きはしない）"),
]
Output = Annotated[Format, typer.Option("-f", "--format", help="出力の形式")]
Json = Annotated[bool, typer.Option("--json", help="-f json と同じ")]
BasisOption = Annotated[
    Basis, typer.Option("--basis", help="変更日（その日に有効だった記載）か公表日（その日に読めた記載）か")
]


def day(text: str) -> date | None:
    """The day that an option names; None where it was left out. Raises NotAWarekiDate."""
    return WarekiDate.parse(text).day if text else None


EARLIEST = "earliest"


def day_or_earliest(text: str, known: Assessment) -> date | None:
    """As ``day``; ``earliest`` is the last day of the oldest state that is told of. Raises NotAWarekiDate."""
    from projections.as_of import earliest_day  # noqa: PLC0415

    return earliest_day(known) if text == EARLIEST else day(text)


def today() -> date:
    """The day it is in Japan, or the one that KAITEI_TODAY names instead. Raises NotAWarekiDate."""
    given = os.environ.get("KAITEI_TODAY", "")
    return WarekiDate.parse(given).day if given else datetime.now(JAPAN).date()


def account(by: str) -> str:
    """Who acts: ``--by``, otherwise the account's name."""
    return by or getpass.getuser()


def chosen(output: Format, *others: Format, as_json: bool) -> Format:
    """The format, ``--json`` included. Raises WrongUse where it is not text, json, or one of *others*."""
    offered = (Format.TEXT, Format.JSON, *others)
    if output not in offered:
        names = "、".join(offered)
        raise WrongUse(
            "この命令にない形式です", where=f"-f {output}", remedy=f"次から選んでください: {names}"
        )
    return Format.JSON if as_json else output
