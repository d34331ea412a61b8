"""The past on the command line: what a value rests on, the row behind it, the oldest state, a dropped row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from projections.application import Imported, import_files
from tests.command_line import Kaitei, one_line
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

# The edition of 2025 does not list the row of 2020-07-01 on this item any more (samples/yunagi/HISTORY.md).
DROPPED = "IV/2/②対応方法"


@pytest.fixture(scope="module")
def four_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the four editions of 夕凪市長/21."""
    path = tmp_path_factory.mktemp("yunagi") / "kaitei.db"
    papers = sorted(Path(ROOT / "samples" / "yunagi").glob("*.txt"))
    taken = list(import_files(f"sqlite:///{path}", papers, by="佐藤"))
    assert [type(each) for each in taken] == [Imported] * 4
    return path


@pytest.fixture
def yunagi(kaitei: Kaitei, folder: Path, four_editions: Path) -> Kaitei:
    """`kaitei` in a folder whose ledger has them."""
    shutil.copy(four_editions, folder / "kaitei.db")
    return kaitei


def test_blame_and_log_name_the_edition_of_a_row_that_the_latest_dropped(yunagi: Kaitei) -> None:
    (told,) = yunagi("blame", "夕凪", "--item", DROPPED, "--json").json["items"]
    assert told == {
        "path": DROPPED,
        "only_in": "2023-09-29",
        "row": 12,
        "change_date": "2020-07-01",
        "timing": "事後",
        "reason": "事務の実態に合わせた修正",
        "event_id": told["event_id"],
    }
    ((change,),) = (
        each["changes"] for each in yunagi("log", "夕凪", "--item", DROPPED, "--json").json["revisions"]
    )
    assert (change["no"], change["only_in"], change["event_id"]) == (12, "2023-09-29", told["event_id"])
    assert "12.（公表日2023-09-29の版まで） 2020-07-01 事後" in yunagi("blame", "夕凪", "--item", DROPPED).out
    assert "公表日2023-09-29の版までにある行" in yunagi("log", "夕凪", "--item", DROPPED).out


def test_blame_leaves_the_row_of_an_unchanged_item_empty(yunagi: Kaitei) -> None:
    (told,) = yunagi("last-change", "夕凪", "--item", "表紙/評価書番号", "--json").json["items"]
    assert {told[key] for key in told if key != "path"} == {None}
    assert yunagi("blame", "夕凪", "--item", "表紙/評価書番号").out == "変更の記録がない項目: 1\n"


def test_why_lists_the_edition_and_the_rows_a_value_rests_on_in_order(yunagi: Kaitei) -> None:
    item = ("--item", "II/4/委託事項1/③委託先名", "--as-of", "令和4年3月31日", "--why")
    (shown,) = yunagi("show", "夕凪", *item, "--json").json["items"]
    assert [(each["name"], each["day"], each["value"]) for each in shown["rests_on"]] == [
        ("公表日2023-09-29の本文", "2023-09-29", "株式会社凪ノ浦ソフト"),
        ("行20", "2022-04-01", "汐止データ処理株式会社"),
    ]
    *_, body, was, row, became = yunagi("show", "夕凪", *item).out.splitlines()
    assert body == "    1. 公表日2023-09-29の本文（2023-09-29）: 本文の記載"
    assert row.startswith("    2. 行20（2022-04-01、")
    assert (was, became) == ("       → 株式会社凪ノ浦ソフト", "       → 汐止データ処理株式会社")


def test_why_without_an_item_is_refused(yunagi: Kaitei) -> None:
    said = yunagi("show", "夕凪", "--why")
    assert said.status == 2
    assert "--item" in one_line(said)


def test_the_earliest_state_is_the_first_publication_where_nothing_is_older(yunagi: Kaitei) -> None:
    assert yunagi("show", "夕凪", "--as-of", "earliest", "--json").json["as_of"] == "2018-03-30"


def test_the_earliest_state_is_the_eve_of_the_first_change_of_a_table(ledger: Kaitei) -> None:
    changes = ledger("changes", "霞野", "--json").json["rows"]
    first = min(row["change_date"] for row in changes if row["change_date"])
    eve = ledger("show", "霞野", "--as-of", "earliest", "--json").json["as_of"]
    assert eve < first
    assert ledger("show", "霞野", "--as-of", first, "--json").json["as_of"] == first
