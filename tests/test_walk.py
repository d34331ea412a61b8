"""The officer's day, from the first import to the published table (docs/revising.md walks the same way)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledger.readers import read
from samples.making.typing_in import type_in
from tests.command_line import Kaitei, Said

pytest_plugins = ["tests.command_line_fixtures"]

BOOK = "samples/kasumino/formats/7_kaigo-hoken_R6.xlsx"
TRAINED = (
    "新たに配属された職員には1か月以内に、その他の職員には毎年{}回、個人番号の扱いに関する研修を行い、"
    "欠席した者には補講を行う。"
)

# What a person would have written into （別添２）.
ROWS = [
    (
        "令和7年8月1日",
        "Ⅱ 特定個人情報ファイルの概要－4. 特定個人情報ファイルの取扱いの委託－委託事項1－③委託先名",
        "株式会社雲海ソフトワークス",
        "株式会社あさぎり情報",
        "事後",
        "入札による委託先の変更であり、重要な変更には該当しない",
    ),
    (
        "令和7年8月1日",
        "Ⅲ リスク対策－9. 従業者に対する教育・啓発－具体的な方法",
        TRAINED.format(1),
        TRAINED.format(2),
        "事前",
        "研修の回数を増やすに当たり事前に提出",
    ),
]


def done(said: Said) -> Said:
    assert (said.status, said.err) == (0, ""), said
    return said


def fill_in(draft: Path) -> None:
    """What a person at a text editor does."""
    head, one, two = draft.read_text("utf-8").rsplit("[[changes]]", 2)
    one = one.replace('"説明" = ""', f'"説明" = "{ROWS[0][5]}"')
    two = two.replace('"説明" = ""', f'"説明" = "{ROWS[1][5]}"')
    two = two.replace('"実際に変わる日" = ""', '"実際に変わる日" = "令和7年10月1日"')
    draft.write_text(f"{head}[[changes]]{one}[[changes]]{two}", "utf-8")


def test_from_the_first_import_to_the_published_table(
    kaitei: Kaitei, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAITEI_TODAY", "2025-08-01")
    done(kaitei("import", BOOK, "--by", "佐藤"))
    mine = folder / "評価書.xlsx"
    mine.write_bytes((folder / BOOK).read_bytes())
    for old, new in (
        ("株式会社雲海ソフトワークス", "株式会社あさぎり情報"),
        ("その他の職員には毎年1回、", "その他の職員には毎年2回、"),
        ("令和6年9月2日", "令和7年8月1日"),
    ):
        assert type_in(mine, old, new) == 1

    done(kaitei("draft", "霞野", mine, "--out", "下書き.toml"))
    fill_in(folder / "下書き.toml")
    done(kaitei("revise", "霞野", "下書き.toml", "--name", "見直し", "--by", "佐藤"))
    pending = done(kaitei("changes", "霞野", "--pending", "--json")).json["rows"]
    assert [(row["before"], row["after"], row["timing"]) for row in pending] == [row[2:5] for row in ROWS]
    assert done(kaitei("validate", "霞野", "--pending", "--json")).json["findings"] == []

    done(kaitei("approve", "霞野", "見直し", "--on", "令和7年7月22日", "--why", "課長決裁", "--by", "鈴木"))
    done(kaitei("submit", "霞野", "見直し", "--kind", "修正", "--on", "令和7年7月25日", "--by", "佐藤"))
    done(kaitei("publish", "霞野", "--on", "令和7年8月1日", "--by", "佐藤"))

    done(kaitei("changes", "霞野", "-f", "xlsx", "--into", mine, "--out", "公表.xlsx"))
    before, after = (read((folder / name).read_bytes(), name) for name in (BOOK, "公表.xlsx"))
    assert after.rows[: len(before.rows)] == before.rows
    table = [(r.date, r.item_text, r.before, r.after, r.timing, r.explanation) for r in after.rows]
    assert table[len(before.rows) :] == ROWS
    assert done(kaitei("validate", "公表.xlsx", "--json")).json["findings"] == []
    done(kaitei("show", "霞野", "-f", "xlsx", "--out", "様式.xlsx"))
    whole = read((folder / "様式.xlsx").read_bytes(), "様式.xlsx")
    assert [(item.path, item.value) for item in whole.items] == [(i.path, i.value) for i in after.items]
    assert [replace(row, line=0) for row in whole.rows] == [replace(row, line=0) for row in after.rows]

    done(kaitei("import", "公表.xlsx", "--by", "佐藤"))
    assert done(kaitei("changes", "霞野", "--pending", "--json")).json["rows"] == []
    assert len(done(kaitei("changes", "霞野", "--json")).json["rows"]) == len(after.rows)
    assert done(kaitei("validate", "公表.xlsx", "--json")).json["findings"] == []
    assert done(kaitei("verify")).status == 0
