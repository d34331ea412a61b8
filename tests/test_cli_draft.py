"""`kaitei draft` and `kaitei revise`: an edited document becomes a file to edit, and that one revision."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.command_line import CHANGE_KEYS, CONTRACTOR, KASUMINO, Kaitei, one_line, stated, stored

pytest_plugins = ["tests.command_line_fixtures"]

WORK = "I/1/②事務の内容"
COMPANY = ("株式会社雲海ソフトワークス", "株式会社あさぎり情報")
TASK = ("口座振替の登録及び収納の管理", "口座振替の登録、還付及び収納の管理")


@pytest.fixture
def edited(folder: Path) -> Path:
    """The sample of 霞野市長/7 as somebody edited its body: a contractor, and a line of a long text."""
    body, table = (folder / KASUMINO).read_text("utf-8").split("\n(別添2)変更箇所", 1)
    for was, now in (COMPANY, TASK):
        assert was in body
        body = body.replace(was, now)
    path = folder / "edited.txt"
    path.write_text(f"{body}\n(別添2)変更箇所{table}", "utf-8")
    return path


@pytest.fixture
def draft(ledger: Kaitei, edited: Path, folder: Path) -> Path:
    said = ledger("draft", "7", edited, "--out", "d.toml")
    assert (said.status, said.out) == (0, "霞野市長/7: 2件の変更を d.toml に書き出しました\n")
    return folder / "d.toml"


def filled_in(draft: Path) -> Path:
    """The draft with what only a person can say."""
    text = draft.read_text("utf-8")
    text = text.replace('"変更日" = ""', '"変更日" = "令和8年4月1日"')
    draft.write_text(text.replace('"説明" = ""', '"説明" = "事務の見直しに伴う変更"'), "utf-8")
    return draft


def test_a_draft_has_a_row_for_each_changed_item(ledger: Kaitei, edited: Path) -> None:
    said = ledger("draft", "7", edited, "--json").json
    assert set(said) == {"schema_version", "ref", "revision_id", "base", "changes", "remarks"}
    assert (said["ref"], said["remarks"]) == ("霞野市長/7", [])
    work, contractor = said["changes"]
    assert set(work) == {
        *("path", "item_text", "change_date", "before", "after", "timing", "reason", "actual_day"),
        *("important", "proposal", "remarks"),
    }
    assert (work["path"], work["change_date"], work["timing"]) == (WORK, None, "事後")
    assert work["before"] == "（略）\n②保険料の算定、納入通知書の送付、口座振替の登録及び収納の管理\n（略）"
    assert (
        work["after"] == "（略）\n②保険料の算定、納入通知書の送付、口座振替の登録、還付及び収納の管理\n（略）"
    )
    assert (contractor["path"], contractor["before"], contractor["after"]) == (CONTRACTOR, *COMPANY)


def test_a_draft_goes_to_the_screen_or_into_a_new_file(ledger: Kaitei, edited: Path, draft: Path) -> None:
    assert ledger("draft", "7", edited).out == draft.read_text("utf-8")
    assert "d.toml: すでにあります" in one_line(ledger("draft", "7", edited, "--out", "d.toml"))


def test_a_draft_that_is_filled_in_becomes_one_revision(ledger: Kaitei, draft: Path) -> None:
    said = ledger("revise", "7", filled_in(draft), "--by", "岬", "--name", "令和8年4月", "--json").json
    assert set(said) == {"schema_version", "ref", "revision_id", "new", "dry_run", "changes", "findings"}
    assert (said["revision_id"], said["new"], said["dry_run"]) == ("令和8年4月", True, False)
    assert all(set(change) == CHANGE_KEYS for change in said["changes"])
    assert [target["path"] for change in said["changes"] for target in change["targets"]] == [
        WORK,
        CONTRACTOR,
    ]
    *_, revision = ledger("log", "7", "--json").json["revisions"]
    assert (revision["revision_id"], revision["recorded_by"]) == ("令和8年4月", "岬")
    assert len(revision["changes"]) == 2

    now = stated(ledger("show", "7", "--item", CONTRACTOR, "--json"))
    assert (now["value"], now["certainty"], now["since"]) == (COMPANY[1], "known", "2026-04-01")
    work = stated(ledger("show", "7", "--item", WORK, "--json"), WORK)
    assert (TASK[1] in work["value"], work["certainty"]) == (True, "known")
    before = stated(ledger("show", "7", "--item", WORK, "--as-of", "2026-03-31", "--json"), WORK)
    assert (TASK[0] in before["value"], before["certainty"]) == (True, "known")


def test_revise_says_what_it_did(ledger: Kaitei, draft: Path, folder: Path) -> None:
    said = ledger("revise", "7", filled_in(draft), "--by", "岬", "--name", "R8")
    assert said.out.splitlines()[:4] == [
        "霞野市長/7: 改訂 R8 として2件を記録しました",
        f"29. 2026-04-01 事後 {WORK}",
        "    変更前: （略） ②保険料の算定、納入通知書の送付、口座振替の登録及び収納の管理 （略）",
        "    変更後: （略） ②保険料の算定、納入通知書の送付、口座振替の登録、還付及び収納の管理 （略）",
    ]
    rows = stored(folder)
    again = ledger("revise", "7", draft, "--by", "岬", "--name", "R8")
    assert (
        again.out.splitlines()[0] == "霞野市長/7: 改訂 R8 はすでに記録されています（新しい記録はありません）"
    )
    assert stored(folder) == rows


def test_a_dry_run_shows_rows_and_findings_and_records_nothing(
    ledger: Kaitei, draft: Path, folder: Path
) -> None:
    rows = stored(folder)
    said = ledger("revise", "7", draft, "--dry-run")
    first, *_, last = said.out.splitlines()
    assert first.endswith("として2件が記録されます（確認だけで、記録していません）")
    assert last == "  [参考] 行29、行30: 提出時期に係る説明がありません"
    told = ledger("revise", "7", draft, "--dry-run", "--json").json
    assert (told["dry_run"], [change["event_id"] for change in told["changes"]]) == (True, [None, None])
    assert {finding["rule"] for finding in told["findings"]} == {"missing-reason", "elided-row"}
    assert stored(folder) == rows


def test_the_same_document_drafted_after_that_has_no_changes(
    ledger: Kaitei, draft: Path, edited: Path
) -> None:
    ledger("revise", "7", draft, "--by", "岬")
    assert ledger("draft", "7", edited, "--json").json["changes"] == []
    assert ledger("draft", "7", edited).out.endswith("# 今の記載から変わった項目はありません\n")


@pytest.mark.parametrize("name", ["docx", "pdf", "text-layer.txt", "xlsx"])
def test_the_document_in_another_format_is_no_change(ledger: Kaitei, name: str) -> None:
    path = KASUMINO.replace("7_kaigo-hoken.txt", f"formats/7_kaigo-hoken.{name}")
    said = ledger("draft", "7", path, "--json").json
    assert (said["changes"], said["remarks"]) == ([], [])


def test_a_workbook_that_the_ledger_wrote_can_be_edited(ledger: Kaitei, folder: Path) -> None:
    assert ledger("show", "7", "-f", "xlsx", "--out", "now.xlsx").status == 0
    book = load_workbook(folder / "now.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == COMPANY[0]]
    cells[0].value = COMPANY[1]
    book.save(folder / "edited.xlsx")
    (row,) = ledger("draft", "7", "edited.xlsx", "--json").json["changes"]
    assert (row["path"], row["before"], row["after"]) == (CONTRACTOR, *COMPANY)


def test_what_somebody_else_recorded_since_is_a_conflict(ledger: Kaitei, draft: Path, folder: Path) -> None:
    options = ("--on", "令和8年2月1日", "--timing", "事後", "--reason", "入札", "--by", "青木")
    ledger("record", "7", "--item", CONTRACTOR, "--after", "株式会社みさき情報", *options)
    rows = stored(folder)
    told = one_line(ledger("revise", "7", draft, "--by", "岬"))
    for words in (
        f"d.toml 変更2（{CONTRACTOR}）: ",
        "青木",
        f"下書きのとき「{COMPANY[0]}」",
        "今「株式会社みさき情報」",
    ):
        assert words in told
    assert stored(folder) == rows


WRONG = [
    pytest.param(
        ('"提出時期" = "事後"', '"提出時期" = ""'), "d.toml 変更1（I/1/②事務の内容）: 提出時期が", id="blank"
    ),
    pytest.param(
        ('"提出時期"', '"提出次期"'), "d.toml 変更1: 「提出次期」というキーはありません", id="a typo"
    ),
    pytest.param(('"変更日" = ""', '"変更日" = "春"'), "「春」は日付として読めません", id="no day"),
    pytest.param(("雲海", "雲界"), f"d.toml 変更2（{CONTRACTOR}）: 変更前「株式会社雲界", id="stale words"),
    pytest.param(
        ('"霞野市長/7"', '"湊川町長/15"'), "d.toml: 湊川町長/15 の下書きです", id="another assessment"
    ),
    pytest.param(('"変更日" = ""', '"変更日" = ""x'), "d.toml 19行目: TOML として読めません", id="no TOML"),
]


@pytest.mark.parametrize(("mistake", "what"), WRONG)
def test_a_mistake_in_a_draft_is_one_line_and_records_nothing(
    ledger: Kaitei, draft: Path, folder: Path, mistake: tuple[str, str], what: str
) -> None:
    rows, text = stored(folder), draft.read_text("utf-8")
    assert mistake[0] in text
    draft.write_text(text.replace(*mistake, 1), "utf-8")
    assert what in one_line(ledger("revise", "7", draft, "--by", "岬"))
    assert stored(folder) == rows


def test_a_draft_needs_a_document_of_its_assessment(ledger: Kaitei, edited: Path) -> None:
    assert "湊川町長/15 の評価書ではありません" in one_line(ledger("draft", "15", edited))
    assert "ファイルがありません" in one_line(ledger("draft", "7", "nowhere.xlsx"))
    assert "ファイルがありません" in one_line(ledger("revise", "7", "nowhere.toml"))
