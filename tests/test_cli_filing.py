"""`kaitei record` without a day, `approve`, `submit`, `publish`, and where they show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import CHANGE_KEYS, CONTRACTOR, Kaitei, Said, one_line, stated, stored

pytest_plugins = ["tests.command_line_fixtures"]
pytestmark = pytest.mark.usefixtures("today")

WAS, WILL_BE = "株式会社雲海ソフトワークス", "株式会社あさぎり情報"
OFFICE, REVISION = "I/6/①部署", "令和8年度の改訂"


def undated(by: Kaitei, *more: str, item: str = CONTRACTOR, after: str = WILL_BE) -> Said:
    """Record a change without a day, in the revision of that year."""
    command = ("record", "7", "--item", item, "--after", after, "--timing", "事後")
    return by(*command, "--reason", "入札", "--revision", REVISION, "--by", "佐藤", *more)


def filed(by: Kaitei, *more: str) -> None:
    """Two changes of one revision, through the office."""
    undated(by)
    undated(by, item=OFFICE, after="介護課")
    for command in (
        ("approve", "7", REVISION, "--on", "令和8年3月25日", "--by", "課長", "--why", "起案第5号"),
        (
            "submit",
            "7",
            REVISION,
            "--kind",
            "修正",
            "--on",
            "2026-03-27",
            "--receipt",
            "第12号",
            "--by",
            "佐藤",
        ),
        ("publish", "7", "--on", "令和8年3月31日", "--by", "佐藤", *more),
    ):
        said = by(*command)
        assert (said.status, said.err) == (0, "")


# --- record -----------------------------------------------------------------------------------------


def test_a_change_without_a_day_is_recorded_and_shown(ledger: Kaitei) -> None:
    said = undated(ledger, "--json")
    assert (said.status, said.err) == (0, "")
    event = said.json
    assert set(event) == {"schema_version", *CHANGE_KEYS}
    assert (event["change_date"], event["before"], event["revision_id"]) == (None, WAS, REVISION)
    now = stated(ledger("show", "7", "--item", CONTRACTOR, "--json"))
    assert (now["value"], now["certainty"], now["since"]) == (WILL_BE, "known", None)
    past = stated(ledger("show", "7", "--item", CONTRACTOR, "--as-of", "2026-03-31", "--json"))
    assert (past["value"], past["certainty"]) == (WAS, "known")
    assert "変更日なし" in ledger("changes", "7").out
    assert ledger("changes", "7", "-f", "csv").rows[-1][0] == ""


def test_records_of_one_name_are_one_revision(ledger: Kaitei) -> None:
    undated(ledger)
    undated(ledger, item=OFFICE, after="介護課")
    *_, revision = ledger("log", "7", "--json").json["revisions"]
    assert (revision["revision_id"], len(revision["changes"])) == (REVISION, 2)


def test_the_same_undated_record_twice_is_one_change(ledger: Kaitei, folder: Path) -> None:
    first = undated(ledger, "--actual", "2026-04-01", "--json")
    rows = stored(folder)
    again = undated(ledger, "--actual", "令和8年4月1日", "--json")
    assert (again.status, again.json) == (0, first.json)
    assert stored(folder) == rows


def test_the_same_record_with_another_day_is_no_second_change(ledger: Kaitei, folder: Path) -> None:
    undated(ledger)
    rows = stored(folder)
    assert "kaitei correct で e53 を訂正してください" in one_line(undated(ledger, "--on", "2026-04-01"))
    assert stored(folder) == rows


def test_a_record_sent_again_after_it_was_published_is_still_one(ledger: Kaitei, folder: Path) -> None:
    filed(ledger)
    rows = stored(folder)
    assert undated(ledger, "--json").json["event_id"] == "e53"
    assert stored(folder) == rows
    assert "公表済みの改訂" in one_line(undated(ledger, item="I/6/②", after="介護課長"))


HINTS = [
    pytest.param("事前", "2026-03-31", "過ぎています", id="before, and it has passed"),
    pytest.param("事前", "2026-04-01", "", id="before, today"),
    pytest.param("事前", "2026-06-01", "", id="before, and it is to come"),
    pytest.param("事後", "2026-04-02", "まだ来ていません", id="after, and it is to come"),
    pytest.param("事後", "2026-04-01", "", id="after, today"),
    pytest.param("事後", "", "", id="nobody said when"),
]


@pytest.mark.parametrize(("timing", "actual", "hint"), HINTS)
def test_the_timing_is_held_against_the_real_day(ledger: Kaitei, timing: str, actual: str, hint: str) -> None:
    said = undated(ledger, "--timing", timing, "--actual", actual, "--json")
    assert said.status == 0
    assert (hint in said.err) if hint else (said.err == "")
    assert said.err.count("\n") == bool(hint)
    assert said.json.get("actual_day") == (actual or None)
    assert json.loads(ledger("export", "7").out.splitlines()[-1])["event_id"] == "e53"


def test_a_text_comes_from_a_file(ledger: Kaitei, folder: Path) -> None:
    (folder / "a.txt").write_bytes("\ufeff一行目\r\n二行目\n\n".encode())
    command = ("record", "7", "--item", "II/6/保管場所", "--timing", "事後", "--reason", "文言整理")
    assert ledger(*command, "--after-file", "a.txt", "--json").json["after"] == "一行目\n二行目\n"
    (folder / "b.txt").write_bytes("記載".encode("cp932"))
    assert "UTF-8 の文字として読めません" in one_line(ledger(*command, "--after-file", "b.txt"))
    assert "ファイルがありません" in one_line(ledger(*command, "--after-file", "c.txt"))
    assert "二つあります" in one_line(ledger(*command, "--after-file", "a.txt", "--after", "記載"))
    assert "変更後の記載がありません" in one_line(ledger(*command))


def test_an_item_can_be_emptied(ledger: Kaitei) -> None:
    assert undated(ledger, "--json", after="").json["after"] == ""


# --- the office -------------------------------------------------------------------------------------


def test_log_says_how_far_a_revision_is(ledger: Kaitei) -> None:
    filed(ledger)
    *_, revision = ledger("log", "7", "--json").json["revisions"]
    assert (revision["stage"], revision["change_date"]) == ("公表済", "2026-03-31")
    assert [(each["stage"], each["day"], each["recorded_by"]) for each in revision["stages"][1:]] == [
        ("決裁済", "2026-03-25", "課長"), ("提出済", "2026-03-27", "佐藤"), ("公表済", "2026-03-31", "佐藤"),
    ]  # fmt: skip
    drafted, approved, submitted, published = revision["stages"]
    assert (drafted["event_id"], drafted["recorded_by"]) == ("e53", "佐藤")
    assert approved["why"] == "起案第5号"
    assert (submitted["kind"], submitted["receipt"]) == ("修正", "第12号")
    assert published["change_date"] == "2026-03-31"
    (line,) = (line for line in ledger("log", "7").out.splitlines() if "段階: " in line)
    assert line.startswith("    段階: 公表済（起案 ")
    _, told = line.removesuffix("）").split("、", 1)
    assert told.split("、") == [
        "決裁済 2026-03-25 課長「起案第5号」",
        "提出済 2026-03-27 修正 受付番号 第12号 佐藤",
        "公表済 2026-03-31 佐藤",
    ]
    assert "stage" not in ledger("log", "7", "--json").json["revisions"][0]


def test_publication_dates_the_document(ledger: Kaitei) -> None:
    filed(ledger, "--change-date", "令和8年3月30日")
    cover = "表紙/公表日"
    assert stated(ledger("show", "7", "--item", cover, "--json"), cover)["value"] == "令和8年3月31日"
    eve = ledger("show", "7", "--item", cover, "--as-of", "2026-03-30", "--json")
    assert stated(eve, cover)["value"] == "令和7年11月20日"
    for on, value in (("2026-03-29", WAS), ("2026-03-30", WILL_BE)):
        assert stated(ledger("show", "7", "--item", CONTRACTOR, "--as-of", on, "--json"))["value"] == value
    assert ledger("list", "--json").json["assessments"][0]["last_publication"] == "2026-03-31"
    assert "公表日 2026-03-31" in ledger("list").out


def test_pending_lists_what_is_not_published(ledger: Kaitei) -> None:
    assert ledger("changes", "7", "--pending", "--json").json["rows"] == []
    undated(ledger)
    assert [row["no"] for row in ledger("changes", "7", "--pending", "--json").json["rows"]] == [29]
    filed(ledger)
    assert ledger("changes", "7", "--pending").out == "変更の記録はありません\n"
    ledger("publish", "7", "--on", "2026-03-31", "--undo", "--why", "掲載の延期", "--by", "佐藤")
    assert len(ledger("changes", "7", "--pending", "--json").json["rows"]) == 2


def test_the_document_is_checked_before_it_is_published(ledger: Kaitei) -> None:
    undated(ledger, "--reason", "入札による委託先の変更であり、重要な変更には該当しない")
    said = ledger("validate", "7", "--pending", "--json")
    assert (said.status, said.json["file"], said.json["ref"]) == (0, "7", "霞野市長/7")
    assert said.json["summary"] == {"error": 0, "warning": 0, "note": 2}
    undated(ledger, "--reason", "重要な変更には該当しない", item="II/4/委託の有無/件", after="7")
    said = ledger("validate", "7", "湊川町", "--pending", "--json")
    first, second = said.json["files"]
    assert [each["rule"] for each in first["findings"] if each["severity"] != "note"] == ["count-mismatch"]
    assert (said.status, second["summary"]["error"]) == (1, 2)
    assert one_line(ledger("validate", "大手町", "--pending"))


def test_what_was_published_is_exported_and_taken_in_again_without_a_finding(
    ledger: Kaitei, folder: Path
) -> None:
    filed(ledger)
    ledger("show", "7", "-f", "xlsx", "--out", "new.xlsx")
    findings = ledger("validate", "new.xlsx", "--json").json["findings"]
    assert [each["rule"] for each in findings if each["severity"] == "error"] == []
    before = ledger("show", "7", "--as-of", "2026-03-31", "--json").json["items"]
    assert "新しい記録31件" in ledger("import", "new.xlsx", "--by", "佐藤").out
    assert (folder / "new.xlsx").exists()
    after = ledger("show", "7", "--as-of", "2026-03-31", "--json").json["items"]
    values = [{each["path"]: each["value"] for each in items} for items in (before, after)]
    assert (
        values[0] == values[1] | {"表紙/様式の版": values[0].get("表紙/様式の版")} or values[0] == values[1]
    )
    assert ledger("changes", "7", "--pending", "--json").json["rows"] == []
    revisions = ledger("log", "7", "--json").json["revisions"]
    (linked,) = (each for each in revisions if "recorded_as" in each)
    assert [(each["revision_id"], each["stage"]) for each in linked["recorded_as"]] == [(REVISION, "公表済")]


COMMANDS = [
    pytest.param(("approve", "7", REVISION), "決裁", f"{REVISION} 2026-04-01", id="approve"),
    pytest.param(
        ("submit", "7", REVISION, "--kind", "再実施", "--receipt", "第12号"),
        "提出",
        f"{REVISION} 再実施 2026-04-01 第12号",
        id="submit",
    ),
    pytest.param(("publish", "7", REVISION, "--on", "2026-04-01"), "公表", REVISION, id="publish"),
]


@pytest.mark.parametrize(("command", "name", "about"), COMMANDS)
def test_the_same_command_twice_is_one_event_and_it_can_be_undone(
    ledger: Kaitei, folder: Path, command: tuple[str, ...], name: str, about: str
) -> None:
    undated(ledger)
    first, second = ledger(*command, "--by", "佐藤").out.splitlines()
    assert first == f"霞野市長/7: e54 として記録しました（{name}）"
    assert second.startswith(f"  {REVISION} {name}済 2026-04-01 ")
    assert second.endswith(" 佐藤")
    rows = stored(folder)
    again = ledger(*command, "--by", "鈴木", "--json").json
    assert (again["new"], again["event_id"], again["undone"]) == (False, None, False)
    assert [each["revision_id"] for each in again["revisions"]] == [REVISION]
    assert stored(folder) == rows
    undone = ledger(*command, "--undo", "--why", "誤り", "--by", "佐藤", "--json").json
    assert (undone["event_id"], undone["new"], undone["undone"]) == ("e55", True, True)
    assert [each["stage"] for each in undone["revisions"]] == ["起案"]
    assert "がありません" in one_line(ledger(*command, "--undo", "--why", "誤り", "--by", "佐藤"))
    *_, made, taken_back = ledger("export", "7", "-f", "csv").rows
    assert (made[2], taken_back[2], taken_back[14:16]) == (name, f"{name}の取消し", [about, "誤り"])


def test_a_revision_is_named_by_its_beginning_or_by_an_event(ledger: Kaitei) -> None:
    undated(ledger)
    undated(ledger, "--revision", "令和9年度の改訂", item=OFFICE, after="介護課")
    assert ledger("approve", "7", "令和9", "--by", "課長").status == 0
    assert ledger("approve", "7", "e53", "--by", "課長").status == 0
    stages = [each["stage"] for each in ledger("log", "7", "--json").json["revisions"][-2:]]
    assert stages == ["決裁済", "決裁済"]
    assert "令和8年度の改訂、令和9年度の改訂" in one_line(ledger("approve", "7", "令和", "--by", "課長"))


ERRORS = [
    pytest.param(("approve", "7", "r-0"), "記録した改訂にありません", id="an unknown revision"),
    pytest.param(("approve", "7", " "), "記録した改訂にありません", id="a blank name"),
    pytest.param(("approve", "7", "p-2025-11-04"), "記録した改訂にありません", id="a published one"),
    pytest.param(
        ("approve", "7", REVISION, "--on", "2026-04-02"), "まだ来ていない日です", id="a day to come"
    ),
    pytest.param(("submit", "7", REVISION), "提出の種類がありません", id="no kind"),
    pytest.param(
        ("submit", "7", REVISION, "--kind", "変更"), "提出の種類に「変更」はありません", id="no such kind"
    ),
    pytest.param(("publish", "7", "--on", "昔"), "日付として読めません", id="no day"),
    pytest.param(
        ("publish", "7", "--on", "2026-04-02"), "まだ来ていない日です", id="published in time to come"
    ),
    pytest.param(("publish", "7", "--on", "2026-04-01", "--change-date", "昔"), "日付として", id="no 変更日"),
    pytest.param(("publish", "7"), "--on", id="no 公表日"),
    pytest.param(
        ("publish", "7", "--on", "2026-04-01", "--undo", "--why", "誤り"), "公表の記録がありません", id="none"
    ),
    pytest.param(
        ("publish", "湊川町", "--on", "2026-04-01"), "公表していない改訂がありません", id="nothing new"
    ),
    pytest.param(("approve", "大手町", REVISION), "評価書がありません", id="an unknown REF"),
]


@pytest.mark.parametrize(("arguments", "what"), ERRORS)
def test_an_error_is_one_line_and_changes_nothing(
    ledger: Kaitei, folder: Path, arguments: tuple[str, ...], what: str
) -> None:
    undated(ledger)
    before = stored(folder)
    assert what in one_line(ledger(*arguments))
    assert stored(folder) == before
