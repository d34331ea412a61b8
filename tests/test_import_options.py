"""`import --dry-run` and `import --explain`: what would be done, and where every piece of a document went."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.published import Fate
from ledger.readers.rows import length
from tests.command_line import KASUMINO, KASUMINO_R6, MINATOGAWA, Kaitei, Said, one_line, process, stored
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

ONLY_TRIED = "（確認のみ。記録していません）"


def altered(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """The sample of 霞野市 under another name, with other words."""
    text = (ROOT / KASUMINO).read_text("utf-8")
    for printed, instead in changes:
        assert text.count(printed) == 1
        text = text.replace(printed, instead)
    (folder / name).write_text(text, "utf-8")


def seen(folder: Path) -> dict[str, bytes]:
    """Every file of the folder, with what is in it."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --dry-run

RENUMBERED = ("\n7\t介護", "\n8\t介護")
COPIES: dict[str, tuple[tuple[str, str], ...]] = {
    "renumbered.txt": (RENUMBERED,),
    "again.txt": (RENUMBERED, ("\n令和7年11月20日\n", "\n令和8年2月20日\n")),
    "no-number.txt": (("\n7\t介護", "\n\t介護"),),
    "other.txt": (("\n7\t介護保険に関する事務", "\n9\t国民年金に関する事務"),),
}
TRIES = [
    pytest.param((KASUMINO,), id="a document"),
    pytest.param((KASUMINO_R6, KASUMINO, MINATOGAWA), id="two editions of one assessment, and another"),
    pytest.param((KASUMINO, KASUMINO), id="the same document twice"),
    pytest.param((KASUMINO, "renumbered.txt"), id="a document that resembles the one before"),
    pytest.param(
        (KASUMINO_R6, "renumbered.txt", "again.txt", "--as", "霞野市/7"), id="one under another number"
    ),
    pytest.param(("other.txt", KASUMINO, "other.txt"), id="another assessment of the same body"),
    pytest.param(("no-number.txt", "missing.txt", KASUMINO), id="two refused"),
    pytest.param((KASUMINO, "--as", "99"), id="a REF that names none"),
    pytest.param((MINATOGAWA, "--as", "7"), id="a REF that names another"),
    pytest.param((KASUMINO, "--by", " "), id="nobody's name"),
]


def without_notice(view: dict[str, Any]) -> dict[str, Any]:
    """The JSON of a dry run without what only a dry run says."""
    assert view.pop("dry_run") is True
    assert all(isinstance(taken.pop("new_assessment"), bool) for taken in view["imported"])
    return view


@pytest.mark.parametrize("before", [(), (KASUMINO,), (KASUMINO_R6, MINATOGAWA)], ids=["none", "one", "two"])
@pytest.mark.parametrize("files", TRIES)
def test_a_dry_run_says_what_the_import_then_does(
    kaitei: Kaitei, folder: Path, files: tuple[str, ...], before: tuple[str, ...]
) -> None:
    for name, changes in COPIES.items():
        altered(folder, name, *changes)
    if before:
        kaitei("import", *before)
    as_it_was = seen(folder)
    tried = kaitei("import", "--dry-run", *files, "--json")
    assert seen(folder) == as_it_was
    done = kaitei("import", *files, "--json")
    assert (tried.status, tried.err) == (done.status, done.err)
    assert without_notice(tried.json) == done.json


def test_a_dry_run_says_plainly_that_nothing_is_recorded(kaitei: Kaitei) -> None:
    said = kaitei("import", "--dry-run", KASUMINO_R6, KASUMINO, KASUMINO)
    assert (said.status, said.err) == (0, "")
    first, second, third, last = said.out.splitlines()
    assert first.startswith("霞野市長/7: 介護保険に関する事務 重点項目評価書 — 公表日令和6年9月2日、")
    assert first.endswith("新しい記録16件（新しい評価書）")
    assert second.endswith("新しい記録29件（既存の評価書に追加）")
    assert third == f"霞野市長/7: すでに取り込まれています（{KASUMINO}）"
    assert last == ONLY_TRIED


def test_a_dry_run_that_refuses_everything_says_so_too(kaitei: Kaitei, folder: Path) -> None:
    said = kaitei("import", "--dry-run", "missing.txt")
    assert (said.status, said.out) == (2, f"{ONLY_TRIED}\n")
    assert said.err.startswith("kaitei: missing.txt: ")
    assert seen(folder) == {}


def test_a_dry_run_leaves_the_ledger_byte_for_byte(folder: Path, taken_in: Path) -> None:
    (folder / "kaitei.db").write_bytes(taken_in.read_bytes())
    as_it_was, rows = seen(folder), stored(folder)
    said = process("import", "--dry-run", KASUMINO_R6, KASUMINO, cwd=folder)
    assert (said.status, said.err) == (0, "")
    assert seen(folder) == as_it_was
    assert stored(folder) == rows


def test_a_dry_run_makes_no_ledger(folder: Path) -> None:
    said = process("import", "--dry-run", KASUMINO, cwd=folder)
    assert (said.status, said.err) == (0, "")
    assert [path.name for path in folder.iterdir()] == ["samples"]


PLACES = [
    pytest.param("ledger.db", id="a path is no URL"),
    pytest.param("sqlite:///plain.txt", id="another file"),
    pytest.param("sqlite:///no/such/folder/kaitei.db", id="no folder"),
    pytest.param("sqlite:///samples", id="a folder"),
]


@pytest.mark.parametrize("url", PLACES)
def test_a_ledger_that_could_not_be_used_is_told_beforehand(kaitei: Kaitei, folder: Path, url: str) -> None:
    (folder / "plain.txt").write_text("ただの文です。", "utf-8")
    tried = kaitei("--db", url, "import", "--dry-run", KASUMINO)
    assert tried.err == kaitei("--db", url, "import", KASUMINO).err != ""
    assert tried.status == 2


def test_an_empty_file_is_where_a_ledger_would_be_made(kaitei: Kaitei, folder: Path) -> None:
    (folder / "kaitei.db").touch()
    assert kaitei("import", "--dry-run", KASUMINO).status == 0
    assert seen(folder) == {"kaitei.db": b""}
    assert kaitei("import", KASUMINO).status == 0


# --explain


def damaged(folder: Path) -> Path:
    """The sample of 霞野市 with a stray sentence, and with a choice that says two things at once."""
    choice = "[1万人以上10万人未満]"
    text = (ROOT / KASUMINO).read_text("utf-8")
    assert choice in text
    text = text.replace(choice, "[1万人以上10万人未満 30万人以上]", 1)
    path = folder / "damaged.txt"
    path.write_text(f"{text}\n迷い込んだ一文です。\n", "utf-8")
    return path


def explained(said: Said) -> dict[str, Any]:
    """The one document of an import in JSON."""
    assert said.status == 0, said
    taken: list[dict[str, Any]] = said.json["imported"]
    assert len(taken) == 1
    return taken[0]


SOURCES: list[Any] = [
    pytest.param(lambda _: ROOT / KASUMINO, id="kasumino"),
    pytest.param(lambda _: ROOT / MINATOGAWA, id="minatogawa"),
    pytest.param(damaged, id="damaged"),
]


@pytest.mark.parametrize("source", SOURCES)
def test_every_character_of_every_line_is_accounted_for_once(
    kaitei: Kaitei, folder: Path, source: Callable[[Path], Path]
) -> None:
    path = source(folder)
    taken = explained(kaitei("import", "--dry-run", "--explain", path, "--json"))
    pieces = taken["pieces"]
    assert all(set(piece) == {"line", "place", "text", "fate", "target"} for piece in pieces)
    assert {piece["fate"] for piece in pieces} <= set(Fate)
    parts = [piece for piece in pieces if (piece["fate"], bool(piece["target"])) == ("unassigned", True)]
    whole = [piece for piece in pieces if piece not in parts]
    assert sum(length(piece["text"]) for piece in whole) == taken["characters"]
    left = [piece for piece in pieces if piece["fate"] == "unassigned"]
    assert taken["characters"] - taken["assigned"] == sum(length(piece["text"]) for piece in left)
    lines = path.read_text("utf-8").split("\n")
    assert {piece["line"] for piece in pieces} == {no for no, line in enumerate(lines, 1) if length(line)}


def test_the_text_has_a_line_for_every_piece_and_shortens_what_is_long(kaitei: Kaitei) -> None:
    pieces = explained(kaitei("import", "--dry-run", "--explain", KASUMINO, "--json"))["pieces"]
    told = kaitei("import", "--dry-run", "--explain", KASUMINO).out.splitlines()
    lines = [line for line in told if re.match(r"  \d+行目  (?:項目|変更箇所|見出し|割り当てなし)", line)]
    assert len(lines) == len(pieces)
    assert "  39行目  項目 I/1/①事務の名称  介護保険に関する事務" in lines
    assert any(line.startswith("  40行目  項目 I/1/②事務の内容  ") and line.endswith("…") for line in lines)
    assert any(re.match(r"  \d+行目  変更箇所 行18  令和7年11月4日 ", line) for line in lines)
    assert told[-2] == "  割り当てた文字: 12,165字のうち12,165字（100.0%）"


def test_what_has_no_place_and_what_is_in_doubt_stand_at_the_end(kaitei: Kaitei, folder: Path) -> None:
    damaged(folder)
    taken = explained(kaitei("import", "--explain", "damaged.txt", "--json"))
    stray = taken["unassigned"][-1]
    assert stray["text"] == "迷い込んだ一文です。"
    (doubt,) = taken["doubts"]
    assert set(doubt) == {"path", "line", "doubt"}
    assert doubt["path"] == "I/1/③対象人数"
    told = kaitei("import", "--explain", "damaged.txt").out.splitlines()
    assert f"  {stray['line']}行目  割り当てなし  迷い込んだ一文です。" in told
    assert told[-2:] == [
        f"  どの項目にも入らなかった文: {stray['line']}行目「迷い込んだ一文です。」",
        f"  読み取りが確かでない項目: {doubt['line']}行目 I/1/③対象人数 — {doubt['doubt']}",
    ]


def test_explaining_goes_with_taking_in(kaitei: Kaitei, folder: Path) -> None:
    said = kaitei("import", "--explain", KASUMINO)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0].endswith("新しい記録30件")
    assert ONLY_TRIED not in said.out
    assert len(stored(folder)) == 30


def test_a_document_that_is_known_can_be_explained_again(ledger: Kaitei, folder: Path) -> None:
    rows = stored(folder)
    told = ledger("import", "--explain", KASUMINO).out.splitlines()
    assert told[0] == f"霞野市長/7: すでに取り込まれています（{KASUMINO}）"
    assert "  39行目  項目 I/1/①事務の名称  介護保険に関する事務" in told
    assert stored(folder) == rows


def test_the_json_of_an_import_has_no_pieces_unless_asked(kaitei: Kaitei) -> None:
    view = kaitei("import", KASUMINO, "--json").json
    assert "dry_run" not in view
    assert {"pieces", "doubts", "new_assessment"} & set(view["imported"][0]) == set()


def test_a_refused_document_explains_nothing(kaitei: Kaitei) -> None:
    assert one_line(kaitei("import", "--explain", "missing.txt")).startswith("missing.txt: ")
