"""Folders taken in: which files of them are documents, in which order, and what is said of all of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from projections.folders import listing
from tests.command_line import KASUMINO, KASUMINO_R6, MINATOGAWA, Kaitei, one_line
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]


def touched(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")


def test_documents_come_in_the_order_of_their_names_and_numbers(tmp_path: Path) -> None:
    names = ["2.xlsx", "10.xlsx", "2 下/1.TXT", "2 下/表.docx", "10 下/x.pdf", "a.md"]
    touched(tmp_path, *reversed(names))
    found = [path.relative_to(tmp_path).as_posix() for path in listing([tmp_path]).files]
    assert found == ["2.xlsx", "10.xlsx", "a.md", "2 下/1.TXT", "2 下/表.docx", "10 下/x.pdf"]


def test_what_is_no_document_is_counted_and_not_read(tmp_path: Path) -> None:
    touched(tmp_path, "1.xlsx", "~$1.xlsx", ".2.txt", "写真.png", "なし", ".git/3.txt")
    found = listing([tmp_path])
    assert [path.name for path in found.files] == ["1.xlsx"]
    assert sorted(path.name for path in found.skipped) == [".2.txt", "~$1.xlsx", "なし", "写真.png"]


def test_a_file_counts_once_and_is_taken_whatever_its_name(tmp_path: Path) -> None:
    touched(tmp_path, "1.xlsx", "文書")
    given = [tmp_path / "文書", tmp_path / "1.xlsx", tmp_path]
    assert [path.name for path in listing(given).files] == ["文書", "1.xlsx"]


def test_links_to_other_folders_are_not_followed(tmp_path: Path) -> None:
    touched(tmp_path, "inside/1.txt", "outside/2.txt")
    (tmp_path / "inside" / "round").symlink_to(tmp_path / "inside")
    (tmp_path / "inside" / "away").symlink_to(tmp_path / "outside")
    assert [path.name for path in listing([tmp_path / "inside"]).files] == ["1.txt"]


@pytest.fixture
def town(folder: Path) -> Path:
    """A folder with three documents, one that is none, and a note."""
    place = folder / "評価書"
    (place / "古い版").mkdir(parents=True)
    shutil.copy(ROOT / KASUMINO, place / "7.txt")
    shutil.copy(ROOT / KASUMINO_R6, place / "古い版" / "7_R6.txt")
    shutil.copy(ROOT / MINATOGAWA, place / "15.txt")
    (place / "メモ.txt").write_text("評価書ではない覚え書き", "utf-8")
    (place / "表紙.png").write_bytes(b"\x89PNG")
    return place


def test_a_folder_is_taken_in_and_told_of_at_the_end(kaitei: Kaitei, town: Path) -> None:
    said = kaitei("import", town, "--by", "佐藤")
    assert said.status == 2  # one was refused, the others are kept
    *_, counted, refused = said.out.splitlines()
    assert (
        counted
        == "取り込んだ文書3件、すでにある文書0件、取り込めなかった文書1件、評価書でない1件は読んでいません"
    )
    assert refused.endswith(f": {town}/メモ.txt")
    assert [line.split("\t")[0] for line in kaitei("list").out.splitlines()] == ["霞野市長/7", "湊川町長/15"]
    again = kaitei("import", town, "--by", "佐藤")
    assert "取り込んだ文書0件、すでにある文書3件、取り込めなかった文書1件" in again.out
    assert kaitei("verify").status == 0


def test_a_folder_says_what_its_files_say_one_by_one(kaitei: Kaitei, town: Path) -> None:
    kaitei("import", town, "--by", "佐藤")
    files = [town / "7.txt", town / "15.txt", town / "古い版" / "7_R6.txt"]
    kaitei("--db", "sqlite:///single.db", "import", *files, "--by", "佐藤")
    for command in (("changes", "7", "--json"), ("show", "7", "--json"), ("log", "15")):
        assert kaitei(*command).out == kaitei("--db", "sqlite:///single.db", *command).out


def test_the_summary_in_json(kaitei: Kaitei, town: Path) -> None:
    told = kaitei("import", town, "--by", "佐藤", "--json").json
    assert told["summary"] == {"imported": 3, "already_known": 0, "refused": 1, "skipped": 1}
    assert [Path(each["file"]).name for each in told["imported"]] == ["7.txt", "15.txt", "7_R6.txt"]


def test_a_dry_run_of_a_folder_records_nothing(kaitei: Kaitei, town: Path, folder: Path) -> None:
    said = kaitei("import", town, "--dry-run", "--by", "佐藤")
    assert "取り込んだ文書3件" not in said.out
    assert "取り込める文書3件" in said.out
    assert not (folder / "kaitei.db").exists()


def test_a_folder_without_documents_gets_one_line(kaitei: Kaitei, folder: Path) -> None:
    (folder / "空").mkdir()
    assert one_line(kaitei("import", "空")).startswith("空: フォルダーですが、評価書のファイルがありません")
    assert not (folder / "kaitei.db").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_gets_one_line(kaitei: Kaitei, town: Path) -> None:
    (town / "古い版").chmod(0)
    try:
        assert "古い版" in one_line(kaitei("import", town))
    finally:
        (town / "古い版").chmod(0o755)
