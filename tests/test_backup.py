"""A ledger in a file and back, on either kind of database: nothing is lost, and no touch gets in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import backup
from ledger.errors import LedgerError, LedgerMissing, LedgerUnusable, UnreadableSource
from ledger.storage import open_ledger
from projections.application import import_files
from projections.keeping import back_up, restore
from tests.command_line import KASUMINO, Kaitei, one_line, recorded
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures", "tests.databases"]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines of a backup of one assessment."""
    folder = tmp_path_factory.mktemp("backup")
    url = f"sqlite:///{folder / 'kaitei.db'}"
    list(import_files(url, [ROOT / KASUMINO], by="佐藤"))
    with open_ledger(url) as ledger:
        return list(backup.dump(ledger))


def everything(url: str) -> tuple[list[object], list[object]]:
    """All rows and sources of a ledger."""
    with open_ledger(url) as ledger:
        return list(ledger.rows()), list(ledger.packed_sources())


def test_a_ledger_moves_to_either_database_and_back(url: str, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    whole = restore(url, tmp_path / "one.jsonl")
    assert (whole.events, whole.sources) == (30, 1)
    assert back_up(url, tmp_path / "two.jsonl") == whole
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    third = f"sqlite:///{tmp_path / 'third.db'}"
    restore(third, tmp_path / "two.jsonl")
    assert everything(third) == everything(url)


def test_a_restored_ledger_goes_on(ledger: Kaitei, folder: Path) -> None:
    before = ledger("verify", "--json").json["root"]
    assert ledger("checkpoint", "--out", "kept.json").status == 0
    said = ledger("backup", "whole.jsonl")
    assert said.out == f"whole.jsonl: 記録52件と原本2件を書き出しました（根 {before}）\n"
    (folder / "kaitei.db").unlink()
    assert ledger("restore", "whole.jsonl").out.endswith(f"を戻しました（根 {before}）\n")
    assert recorded(ledger).status == 0
    assert ledger("verify", "--checkpoint", "kept.json").status == 0
    assert "e53" in ledger("log", "7").out or "株式会社あさぎり情報" in ledger("log", "7").out


def refused(lines: list[str]) -> None:
    with pytest.raises(UnreadableSource):
        backup.checked(lines, "b.jsonl")


def test_the_whole_is_checked(lines: list[str]) -> None:
    assert backup.checked(lines, "b.jsonl").events == 30


@given(st.data())
def test_one_changed_character_is_refused(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[at]) - 1))
    char = data.draw(st.sampled_from([c for c in '0aA"{}:,あ ' if c != lines[at][place]]))
    changed = lines[at][:place] + char + lines[at][place + 1 :]
    if json_or_none(changed) != json.loads(lines[at]):  # white space between values says nothing
        refused([*lines[:at], changed, *lines[at + 1 :]])


def json_or_none(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


@given(st.data())
def test_a_lost_doubled_or_misplaced_line_is_refused(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    refused(lines[:at])
    refused([*lines[:at], *lines[at + 1 :]])
    refused([*lines[: at + 1], *lines[at:]])
    if 2 < at < len(lines) - 1:
        refused([*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]])


def test_brackets_without_end_are_no_backup(lines: list[str]) -> None:
    refused([*lines[:2], "[" * 20_000])


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_refused_with_a_told_error(texts: list[str]) -> None:
    with pytest.raises(LedgerError):
        backup.checked(texts, "b.jsonl")


def damaged(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("口座振替", "口座引落")


def test_nothing_is_made_of_a_backup_that_was_touched(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text("\n".join(damaged(lines)), "utf-8")
    url = f"sqlite:///{tmp_path / 'kaitei.db'}"
    with pytest.raises(UnreadableSource, match="ハッシュと合いません"):
        restore(url, tmp_path / "b.jsonl")
    with pytest.raises(LedgerMissing):
        open_ledger(url)


def test_a_ledger_that_has_records_is_not_written_over(ledger: Kaitei) -> None:
    assert ledger("backup", "b.jsonl").status == 0
    before = ledger("verify", "--json").out
    assert one_line(ledger("restore", "b.jsonl")).startswith("kaitei.db: すでに記録のある台帳です")
    assert ledger("verify", "--json").out == before


def test_a_backup_is_not_written_over_a_file(ledger: Kaitei, folder: Path) -> None:
    (folder / "b.jsonl").write_text("mine", "utf-8")
    assert one_line(ledger("backup", "b.jsonl")) == "b.jsonl: すでにあります — 別の名前を指定してください"
    assert (folder / "b.jsonl").read_text("utf-8") == "mine"


def test_no_backup_is_left_of_a_ledger_that_was_touched(
    url: str, tamper: Callable[..., None], lines: list[str], tmp_path: Path
) -> None:
    (tmp_path / "b.jsonl").write_text("\n".join(lines), "utf-8")
    restore(url, tmp_path / "b.jsonl")
    tamper("UPDATE kaitei_events SET recorded_by = '鈴木' WHERE sequence = 3")
    with pytest.raises(LedgerUnusable, match="e3: 記録の内容がハッシュと合いません"):
        back_up(url, tmp_path / "new.jsonl")
    assert not (tmp_path / "new.jsonl").exists()
