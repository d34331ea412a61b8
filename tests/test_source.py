"""`source`: the documents taken in come back byte for byte, and the right one of several."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from ledger.errors import UnreadableSource
from ledger.recorder import Source
from projections.sources import the_one
from tests.command_line import KAITEI, KASUMINO, KASUMINO_R6, Kaitei, leave_pipe, one_line, written_to
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

SAMPLE = (ROOT / KASUMINO).read_text("utf-8")
WINDOWS = b"\xef\xbb\xbf" + SAMPLE.replace("\n", "\r\n").encode()
WITNESS = f"{SAMPLE}\n\n"


def sha256(data: bytes) -> str:
    """The name under which the ledger keeps *data*."""
    return Source(data, "").sha256


def piped(*arguments: str, cwd: Path) -> bytes:
    """What a process writes into a pipe."""
    done = subprocess.run([KAITEI, *arguments], cwd=cwd, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture
def witnessed(kaitei: Kaitei, folder: Path) -> Kaitei:
    """A ledger with two editions of 霞野市長/7, the later one in two files."""
    (folder / "写し.txt").write_text(WITNESS, "utf-8")
    assert kaitei("import", KASUMINO, KASUMINO_R6, "写し.txt", "--by", "佐藤").status == 0
    return kaitei


# The bytes


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SAMPLE.encode(), id="as it stands"),
        pytest.param(WINDOWS, id="with a byte order mark and the line ends of Windows"),
        pytest.param(SAMPLE.encode("utf-16"), id="bytes that are no UTF-8"),
    ],
)
def test_a_pipe_gets_the_very_bytes(kaitei: Kaitei, folder: Path, data: bytes) -> None:
    (folder / "source.txt").write_bytes(data)
    assert kaitei("import", "source.txt").status == 0
    assert piped("source", "7", cwd=folder) == data


def test_a_file_gets_the_very_bytes_and_is_not_overwritten(kaitei: Kaitei, folder: Path) -> None:
    (folder / "source.txt").write_bytes(WINDOWS)
    kaitei("import", "source.txt")
    said = kaitei("source", "7", "--out", "back.txt")
    assert (said.status, said.out) == (0, f"back.txt: {len(WINDOWS):,}バイトを書き出しました\n")
    assert (folder / "back.txt").read_bytes() == WINDOWS
    (folder / "back.txt").write_bytes(b"mine")
    refused = one_line(kaitei("source", "7", "--out", "back.txt"))
    assert refused == "back.txt: すでにあります — 別の名前を指定してください"
    assert (folder / "back.txt").read_bytes() == b"mine"


def test_a_terminal_gets_one_line_and_no_bytes(folder: Path, taken_in: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [KAITEI, "--db", f"sqlite:///{taken_in}", "source", "7"],
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,  # nobody reads the terminal: what is written to it would wait for good
    )
    os.write(theirs, b"nothing came before this\n")
    os.close(theirs)
    assert os.read(ours, 1000) == b"nothing came before this\r\n"
    os.close(ours)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "kaitei: 標準出力: 原本は端末に表示できません"
        " — --out FILE で書き出すか、> や | でほかに渡してください\n"
    )


def test_a_pipe_that_closes_early_is_no_trouble(folder: Path, taken_in: Path) -> None:
    assert leave_pipe("source", "7", cwd=folder, KAITEI_DB=f"sqlite:///{taken_in}") == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(folder: Path, taken_in: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        status, said = written_to(full, "source", "7", cwd=folder, KAITEI_DB=f"sqlite:///{taken_in}")
    assert (status, said.count("\n")) == (2, 1)


# Which of several

CHOSEN = [
    pytest.param(("--edition", "令和6年9月2日"), KASUMINO_R6, id="an edition"),
    pytest.param(("--file", "7_kaigo-hoken_R6.txt"), KASUMINO_R6, id="a file of any edition"),
    pytest.param(("--file", "写し.txt"), "写し.txt", id="a witness by the name of its file"),
    pytest.param(("--file", sha256(SAMPLE.encode())[:6]), KASUMINO, id="the beginning of the sha256"),
    pytest.param(
        ("--file", sha256(WITNESS.encode()).upper()), "写し.txt", id="the whole sha256, in capitals"
    ),
    pytest.param(
        ("--edition", "2025-11-20", "--file", "7_kaigo-hoken.txt"), KASUMINO, id="an edition and a file"
    ),
]


@pytest.mark.parametrize(("options", "file"), CHOSEN)
def test_the_source_that_is_meant(
    witnessed: Kaitei, folder: Path, options: tuple[str, ...], file: str
) -> None:
    assert witnessed("source", "7", *options, "--out", "back.txt").status == 0
    assert (folder / "back.txt").read_bytes() == (folder / file).read_bytes()


def test_the_latest_edition_unless_another_is_named(kaitei: Kaitei, folder: Path) -> None:
    kaitei("import", KASUMINO, KASUMINO_R6)
    kaitei("source", "7", "--out", "back.txt")
    assert (folder / "back.txt").read_text("utf-8") == SAMPLE


BOTH = (
    f"公表日2025-11-20 7_kaigo-hoken.txt（{sha256(SAMPLE.encode())[:8]}）、"
    f"公表日2025-11-20 写し.txt（{sha256(WITNESS.encode())[:8]}）"
)
UNCLEAR = [
    pytest.param((), "公表日2025-11-20: 2件の原本に当てはまります", BOTH, id="the latest has two"),
    pytest.param(("--edition", "R7.11.20"), "公表日2025-11-20: 2件の原本", BOTH, id="the edition has two"),
    pytest.param(
        ("--edition", "2020-01-01"), "公表日2020-01-01: その原本は台帳に", "R6.txt", id="no edition"
    ),
    pytest.param(
        ("--file", "無い.txt"), "「無い.txt」: その原本は台帳にありません", "R6.txt", id="no such file"
    ),
    pytest.param(
        ("--edition", "令和6年9月2日", "--file", "写し.txt"),
        "公表日2024-09-02 「写し.txt」: その原本は台帳にありません",
        "写し.txt（",
        id="the file of another edition",
    ),
    pytest.param(("--edition", "いつか"), "「いつか」: 日付として読めません", "", id="no day"),
    pytest.param(
        ("--list", "--out", "list.txt"), "--out list.txt: 一覧はファイルに", "", id="a list to a file"
    ),
    pytest.param(
        ("--json", "--out", "list.txt"), "--out list.txt: 一覧はファイルに", "", id="JSON to a file"
    ),
    pytest.param(("-f", "csv"), "-f csv: この命令にない形式です", "", id="another format"),
]


@pytest.mark.parametrize(("options", "what", "choices"), UNCLEAR)
def test_what_is_unclear_is_one_line_that_names_the_choices(
    witnessed: Kaitei, folder: Path, options: tuple[str, ...], what: str, choices: str
) -> None:
    line = one_line(witnessed("source", "7", *options))
    assert line.startswith(what)
    assert choices in line
    assert not (folder / "list.txt").exists()


def test_an_assessment_without_sources_has_none_to_give() -> None:
    with pytest.raises(UnreadableSource):
        the_one((), None, "")


def test_there_is_no_source_without_a_ledger(kaitei: Kaitei, folder: Path) -> None:
    for command in ("source", "reread"):
        assert one_line(kaitei(command, "7")).startswith("kaitei.db: 台帳がありません")
    assert [path.name for path in folder.iterdir()] == ["samples"]


# The list


def test_the_sources_in_json(witnessed: Kaitei) -> None:
    view = witnessed("source", "7", "--json").json
    assert set(view) == {"schema_version", "ref", "sources"}
    assert view["ref"] == "霞野市長/7"
    for each in view["sources"]:
        assert set(each) == {
            "sha256", "file_name", "publication_date", "reader", "recorded_at", "recorded_by", "reread_at",
                "withheld",
        }  # fmt: skip
        assert (each["recorded_by"], each["reread_at"]) == ("佐藤", None)
    assert [(each["file_name"], each["publication_date"]) for each in view["sources"]] == [
        ("7_kaigo-hoken.txt", "2025-11-20"),
        ("7_kaigo-hoken_R6.txt", "2024-09-02"),
        ("写し.txt", "2025-11-20"),
    ]
    assert view["sources"][2]["sha256"] == sha256(WITNESS.encode())
    (one,) = witnessed("source", "7", "--edition", "2024-09-02", "-f", "json").json["sources"]
    assert one == view["sources"][1]


def test_the_sources_in_text(witnessed: Kaitei) -> None:
    first, _, third = witnessed("source", "7", "--list").out.splitlines()
    digest = sha256(SAMPLE.encode())
    assert first.startswith(f"公表日 2025-11-20\t7_kaigo-hoken.txt\t{digest}\t")
    assert third.endswith(" 佐藤")
    assert witnessed("source", "7", "--list", "--file", "写し.txt").out == f"{third}\n"
