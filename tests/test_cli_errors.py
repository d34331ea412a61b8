"""What the command line refuses: one line on stderr, status 2, and the ledger as it was."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import (
    CONTRACTOR,
    KASUMINO,
    MINATOGAWA,
    Kaitei,
    one_line,
    process,
    stored,
    written_to,
)
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

NO_ASSESSMENT = (
    "特定個人情報保護評価書として読めません"
    " — 基礎項目、重点項目又は全項目評価書の、表紙を含む文書を指定してください"
)
IMAGE = "画像（JPEG）です — 文字を含む元の文書を指定するか、OCR で文字にしたテキストを指定してください"
NO_KIND = (
    "PDF、Word、Excel、テキストのどれでもありません — "
    "評価書の PDF、Word（.docx）、Excel（.xlsx）、またはそこから取り出したテキストを指定してください"
)
EMPTY = "ファイルが空です — 公表された評価書のファイルを指定してください"
COVER = "表紙のページを含めて取り出してください"
NO_LEDGER = "kaitei.db: 台帳がありません — kaitei import で作るか、--db で台帳を指定してください"


def holding(content: bytes) -> Callable[[Path], object]:
    """A file with *content*."""
    return lambda path: path.write_bytes(content)


def altered(printed: str, instead: str) -> Callable[[Path], object]:
    """The sample of 霞野市 with one line of its cover printed otherwise."""
    text = (ROOT / KASUMINO).read_text("utf-8")
    assert text.count(f"\n{printed}") == 1
    return holding(text.replace(f"\n{printed}", f"\n{instead}").encode())


BAD_INPUTS = [
    pytest.param(lambda _: None, "ファイルがありません — パスを確認してください", id="missing"),
    pytest.param(Path.mkdir, "フォルダーです", id="directory"),
    pytest.param(holding(b""), EMPTY, id="empty"),
    pytest.param(holding(b" \n\t\r\n\n"), EMPTY, id="blank"),
    pytest.param(holding("\N{ZERO WIDTH NO-BREAK SPACE}".encode()), "", id="only a byte order mark"),
    pytest.param(holding(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"), IMAGE, id="JPEG header"),
    pytest.param(holding(random.Random(7).randbytes(4096)), NO_KIND, id="random bytes"),  # noqa: S311 (no secret)
    pytest.param(holding(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "", id="PDF"),
    pytest.param(holding(b"PK\x03\x04\x14\x00\x06\x00"), "", id="a zip, as docx and xlsx are"),
    pytest.param(holding(b"\x00" * 64), "", id="zeros"),
    pytest.param(holding("ただの文です。\n".encode()), NO_ASSESSMENT, id="text that is no 評価書"),
    pytest.param(holding("様式のない\t表\n".encode() * 500), NO_ASSESSMENT, id="a table that is no 評価書"),
    pytest.param(holding("特定個人情報保護評価書(重点項目評価書)".encode()), "", id="the heading alone"),
    pytest.param(altered("令和7年11月20日\n", "\n"), f"表紙に公表日がありません — {COVER}", id="no 公表日"),
    pytest.param(
        altered("令和7年11月20日\n", "令和7年11月31日\n"),
        "表紙の公表日「令和7年11月31日」が日付として読めません",
        id="impossible 公表日",
    ),
    pytest.param(altered("霞野市長\n", "\n"), f"表紙に評価実施機関名がありません — {COVER}", id="no body"),
    pytest.param(altered("7\t介護", "\t介護"), f"表紙に評価書番号がありません — {COVER}", id="no number"),
]


@pytest.mark.parametrize("command", ["import", "validate"])
@pytest.mark.parametrize(("make", "answer"), BAD_INPUTS)
def test_a_bad_input_is_one_line_and_changes_nothing(
    ledger: Kaitei, folder: Path, make: Callable[[Path], object], answer: str, command: str
) -> None:
    make(folder / "bad.txt")
    rows, exported = stored(folder), ledger("export", "7").out
    assert one_line(ledger(command, "bad.txt")).startswith(f"bad.txt: {answer}")
    assert stored(folder) == rows
    assert ledger("export", "7").out == exported


@pytest.mark.parametrize(("make", "answer"), BAD_INPUTS)
def test_a_bad_input_makes_no_ledger(
    kaitei: Kaitei, folder: Path, make: Callable[[Path], object], answer: str
) -> None:
    make(folder / "bad.txt")
    before = sorted(folder.iterdir())
    assert one_line(kaitei("import", "bad.txt")).startswith(f"bad.txt: {answer}")
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("make", "answer"), [bad for bad in BAD_INPUTS if bad.id in {"missing", "directory", "JPEG header"}]
)
def test_a_process_refuses_it_as_well(folder: Path, make: Callable[[Path], object], answer: str) -> None:
    make(folder / "bad.txt")
    before = sorted(folder.iterdir())
    for command in ("import", "validate"):
        assert one_line(process(command, "bad.txt", cwd=folder)).startswith(f"bad.txt: {answer}")
    assert sorted(folder.iterdir()) == before


# no ledger

NEEDS_A_LEDGER = [
    pytest.param(("list",), id="list"),
    pytest.param(("show", "7"), id="show"),
    pytest.param(("log", "7"), id="log"),
    pytest.param(("changes", "7"), id="changes"),
    pytest.param(("export", "7"), id="export"),
    pytest.param(("export", "7", "--out", "trail.jsonl"), id="export to a file"),
    pytest.param(
        ("record", "7", "--item", CONTRACTOR, "--after", "あ", "--on", "2026-04-01", "--timing", "事後",
         "--reason", "入札"),
        id="record",
    ),
    pytest.param(("correct", "7", "e3", "--after", "あ", "--why", "誤記"), id="correct"),
    pytest.param(("retract", "7", "e3", "--why", "誤記"), id="retract"),
    pytest.param(("interpret", "7", "e3", "--item", CONTRACTOR, "--why", "誤記"), id="interpret"),
    pytest.param(("accept", "chain-break-4c43e99a", "--why", "確認済み"), id="accept"),
    pytest.param(("reopen", "chain-break-4c43e99a", "--why", "確認済み"), id="reopen"),
]  # fmt: skip


@pytest.mark.parametrize("command", NEEDS_A_LEDGER)
def test_a_command_never_makes_a_ledger_in_order_to_ask_it(
    kaitei: Kaitei, folder: Path, command: tuple[str, ...]
) -> None:
    assert one_line(kaitei(*command)) == NO_LEDGER
    assert [path.name for path in folder.iterdir()] == ["samples"]


def test_a_process_leaves_no_ledger_behind(folder: Path) -> None:
    assert one_line(process("list", cwd=folder)) == NO_LEDGER
    assert process("validate", KASUMINO, cwd=folder).status == 0
    assert [path.name for path in folder.iterdir()] == ["samples"]


@pytest.mark.parametrize(
    ("url", "what"),
    [
        pytest.param("ledger.db", "台帳の場所として読めません", id="a path is no URL"),
        pytest.param("", "台帳の場所として読めません", id="empty"),
        pytest.param("sqlite:///plain.txt", "SQLite のデータベースではありません", id="another file"),
        pytest.param("sqlite:///no/such/folder/kaitei.db", "開けません", id="no folder"),
        pytest.param("sqlite:///samples", "開けません", id="a folder"),
    ],
)
def test_a_ledger_that_cannot_be_opened_is_one_line(
    kaitei: Kaitei, folder: Path, url: str, what: str
) -> None:
    (folder / "plain.txt").write_text("ただの文です。", "utf-8")
    before = sorted(folder.iterdir())
    assert what in one_line(kaitei("--db", url, "import", KASUMINO))
    assert one_line(kaitei("--db", url, "list"))
    assert sorted(folder.iterdir()) == before
    assert (folder / "plain.txt").read_text("utf-8") == "ただの文です。"


# what cannot be answered

UNANSWERABLE = [
    pytest.param(("show", "99"), "「99」: 当てはまる評価書がありません", id="no assessment"),
    pytest.param(("show", "長"), "「長」: 2 件の評価書に当てはまります", id="two assessments"),
    pytest.param(("log", "99"), "当てはまる評価書がありません", id="log of none"),
    pytest.param(("changes", "99"), "当てはまる評価書がありません", id="changes of none"),
    pytest.param(("export", "99"), "当てはまる評価書がありません", id="export of none"),
    pytest.param(
        ("show", "7", "--item", "待合スペース"), "「待合スペース」: 様式3の項目として読めません", id="no item"
    ),
    pytest.param(("log", "7", "--item", "待合スペース"), "様式3の項目として読めません", id="log of no item"),
    pytest.param(
        ("show", "7", "--item", "委託先名"),
        "「委託先名」: 一つに決まりません（「委託事項の番号」が省かれている）",
        id="委託先名 of which 委託事項",
    ),
    pytest.param(("show", "7", "--item", "実施日"), "一つに決まりません（他の候補: ", id="two items"),
    pytest.param(
        ("show", "7", "--item", "委託事項9/③委託先名"),
        "II/4/委託事項9/③委託先名: この評価書にその項目はありません",
        id="an item this document lacks",
    ),
    pytest.param(("show", "7", "--as-of", "令和6年13月1日"), "日付として読めません", id="month 13"),
    pytest.param(("show", "7", "--as-of", "2023-02-29"), "日付として読めません", id="no leap year"),
    pytest.param(("show", "7", "--as-of", "令和5年8月"), "日付として読めません", id="a month is no day"),
    pytest.param(("changes", "7", "--as-of", "きのう"), "日付として読めません", id="changes of no day"),
    pytest.param(("show", "7", "--known-at", "いつか"), "「いつか」: 日時として読めません", id="no time"),
    pytest.param(("export", "7", "-f", "json"), "-f の「json」は選べません", id="format of export"),
    pytest.param(
        ("export", "7", "--out", "no/such/trail"), "no/such/trail: フォルダーがありません", id="no folder"
    ),
    pytest.param(("import", KASUMINO, "--as", "15"), "すでに 霞野市長/7 の文書として", id="of another"),
]


@pytest.mark.parametrize(("command", "what"), UNANSWERABLE)
def test_what_cannot_be_answered_is_one_line(
    ledger: Kaitei, folder: Path, command: tuple[str, ...], what: str
) -> None:
    before = stored(folder), sorted(folder.iterdir())
    line = one_line(ledger(*command))
    assert what in line
    assert " — " in line, "where: what — remedy"
    assert (stored(folder), sorted(folder.iterdir())) == before


def test_one_unreadable_file_does_not_stop_a_check_of_several(kaitei: Kaitei) -> None:
    said = kaitei("validate", KASUMINO, "missing.txt", MINATOGAWA)
    assert said.status == 2
    assert said.err.startswith("kaitei: missing.txt: ")
    assert "霞野市長/7" in said.out
    assert "湊川町長/15" in said.out


# wrong use

RECORD = ("record", "7", "--item", CONTRACTOR, "--after", "あ", "--on", "2026-04-01")
WRONG_USE = [
    pytest.param(("nosuch",), id="unknown command"),
    pytest.param(("import",), id="import what"),
    pytest.param(("validate",), id="validate what"),
    pytest.param(("show",), id="show what"),
    pytest.param(("log",), id="log of what"),
    pytest.param(("changes",), id="changes of what"),
    pytest.param(("export",), id="export what"),
    pytest.param(RECORD, id="record without 提出時期"),
    pytest.param(("correct", "7", "--why", "誤記"), id="correct what"),
    pytest.param(("retract", "7", "e3"), id="retract without a reason"),
    pytest.param(("interpret", "7", "e3", "--item", CONTRACTOR), id="interpret without a reason"),
    pytest.param(("show", "7", "--as-of"), id="option without value"),
    pytest.param(("show", "7", "--nosuch"), id="unknown option"),
    pytest.param(("list", "7"), id="one argument too many"),
    pytest.param(("show", "7", "-f", "pdf"), id="unknown format"),
    pytest.param(("show", "7", "--basis", "決裁日"), id="unknown basis"),
]


@pytest.mark.parametrize("command", WRONG_USE)
def test_wrong_use_is_one_line(ledger: Kaitei, folder: Path, command: tuple[str, ...]) -> None:
    before = stored(folder)
    line = one_line(ledger(*command))
    assert line.endswith(" — kaitei --help で使い方を確認してください")
    assert not re.search(r"Got|Missing|Invalid|No such|requires|unexpected", line)  # what the library says
    assert len(line) < 200
    assert stored(folder) == before


def test_wrong_use_of_a_process_is_one_line(folder: Path) -> None:
    assert one_line(process("nosuch", cwd=folder))
    assert one_line(process("show", cwd=folder))


def test_no_command_at_all_is_a_short_line(kaitei: Kaitei) -> None:
    assert len(one_line(kaitei())) < 200


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, id=" ".join((command[0], *command[-2:])))
        for command in (
            ("list", "-f", "csv"),
            ("show", "7", "-f", "csv"),
            ("log", "7", "-f", "jsonl"),
            ("changes", "7", "-f", "jsonl"),
            ("validate", KASUMINO, "-f", "csv"),
            ("import", KASUMINO, "-f", "csv"),
        )
    ],
)
def test_a_format_that_a_command_does_not_have_is_wrong_use(ledger: Kaitei, command: tuple[str, ...]) -> None:
    assert one_line(ledger(*command))


def test_log_of_an_item_that_neither_body_nor_rows_have_is_one_line(ledger: Kaitei) -> None:
    assert one_line(ledger("log", "7", "--item", "委託事項9/③委託先名"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_that_cannot_be_written_is_one_line(folder: Path, taken_in: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        status, said = written_to(full, "list", cwd=folder, KAITEI_DB=f"sqlite:///{taken_in}")
    assert (status, said.count("\n")) == (2, 1)
