"""`kaitei record`: one change by hand, where it shows, and what it does not take."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import (
    CHANGE_KEYS,
    CONNECTIONS,
    CONTRACTOR,
    Kaitei,
    one_line,
    recorded,
    stated,
    stored,
)

pytest_plugins = ["tests.command_line_fixtures"]


def test_a_recorded_change_shows_everywhere_and_not_the_day_before(ledger: Kaitei) -> None:
    said = recorded(ledger, "--json")
    event = said.json
    assert set(event) == {"schema_version", *CHANGE_KEYS}
    assert (event["no"], event["before"], event["after"]) == (
        29,
        "株式会社雲海ソフトワークス",
        "株式会社あさぎり情報",
    )
    assert (event["timing"], event["change_date"]) == ("事後", "2026-04-01")
    assert [target["path"] for target in event["targets"]] == [CONTRACTOR]

    now = stated(ledger("show", "7", "--item", CONTRACTOR, "--json"))
    assert (now["value"], now["certainty"], now["since"]) == ("株式会社あさぎり情報", "known", "2026-04-01")
    on_the_day = ledger("show", "7", "--item", CONTRACTOR, "--as-of", "2026-04-01", "--json")
    assert stated(on_the_day)["value"] == "株式会社あさぎり情報"
    the_day_before = ledger("show", "7", "--item", CONTRACTOR, "--as-of", "2026-03-31", "--json")
    assert stated(the_day_before)["value"] == "株式会社雲海ソフトワークス"

    *_, revision = ledger("log", "7", "--json").json["revisions"]
    assert (revision["revision_id"], revision["recorded_by"]) == (event["revision_id"], "佐藤")
    assert [change["event_id"] for change in revision["changes"]] == [event["event_id"]]
    assert ledger("changes", "7", "--json").json["rows"][-1] == {
        key: value for key, value in event.items() if key != "schema_version"
    }
    assert ledger("changes", "7", "-f", "csv").rows[-1][2:4] == [
        "株式会社雲海ソフトワークス",
        "株式会社あさぎり情報",
    ]
    exported = json.loads(ledger("export", "7").out.splitlines()[-1])
    assert (exported["event_id"], exported["recorded_by"]) == (event["event_id"], "佐藤")
    assert json.loads(exported["payload"])["after"] == "株式会社あさぎり情報"
    assert ledger("list", "--json").json["assessments"][0]["changes"] == 29


def test_record_in_text_names_the_event(ledger: Kaitei) -> None:
    assert recorded(ledger).out.splitlines() == [
        "霞野市長/7: e53 として記録しました",
        f"29. 2026-04-01 事後 {CONTRACTOR}",
        "    変更前: 株式会社雲海ソフトワークス",
        "    変更後: 株式会社あさぎり情報",
        "    説明:   入札による委託先の変更",
    ]


def test_the_same_command_twice_is_one_event(ledger: Kaitei, folder: Path) -> None:
    first = recorded(ledger, "--json")
    rows = stored(folder)
    again = recorded(ledger, "--json")
    assert (again.status, again.json) == (0, first.json)
    assert stored(folder) == rows


def test_the_present_wording_can_be_guarded(ledger: Kaitei) -> None:
    refused = recorded(ledger, "--before", "株式会社ひなた計算センター")
    assert one_line(refused).startswith(f"{CONTRACTOR}: 変更前の記載は「株式会社雲海ソフトワークス」です")
    assert recorded(ledger, "--before", "株式会社雲海ソフトワークス").status == 0


def test_boxes_are_recorded_one_by_one(ledger: Kaitei) -> None:
    said = recorded(ledger, "--json", item=CONNECTIONS, after="[○] 情報提供ネットワークシステム")
    assert said.json["before"] == "[] 情報提供ネットワークシステム"
    now = stated(ledger("show", "7", "--item", CONNECTIONS, "--json"), CONNECTIONS)["value"]
    then = ledger("show", "7", "--item", CONNECTIONS, "--as-of", "2026-03-31", "--json")
    before = stated(then, CONNECTIONS)["value"]
    assert set(now["checked"]) - set(before["checked"]) == {"情報提供ネットワークシステム"}
    assert set(before["checked"]) <= set(now["checked"])


def test_a_block_that_was_not_there_can_be_begun(ledger: Kaitei) -> None:
    item = "II/4/委託事項3/③委託先名"
    assert recorded(ledger, "--json", item=item).json["before"] == ""
    said = ledger("show", "7", "--item", "委託事項3", "--json")
    assert stated(said, item)["value"] == "株式会社あさぎり情報"


UNFIT = [
    pytest.param(("--item", "I/1/③対象人数", "--after", "百万人"), "選択肢にありません", id="no option"),
    pytest.param(
        ("--item", CONNECTIONS, "--after", "でたらめ"), "どのチェック欄の変更か読めません", id="no box"
    ),
    pytest.param(("--item", "II/4/委託の有無/件", "--after", "三"), "件数は数字です", id="no number"),
    pytest.param(
        ("--item", CONTRACTOR, "--timing", "事中"), "提出時期「事中」は様式にありません", id="timing"
    ),
    pytest.param(("--on", "令和8年2月30日"), "「令和8年2月30日」: 日付として読めません", id="day"),
    pytest.param(("--after", "株式会社雲海ソフトワークス"), "変更前と変更後が同じです", id="no change"),
    pytest.param(("--item", "II/4"), "見出しであり、記載を持つ項目ではありません", id="a heading"),
    pytest.param(("--item", "委託先名"), "一つに決まりません", id="which 委託事項"),
    pytest.param(("--actual", "昔"), "「昔」: 日付として読めません", id="no real day"),
    pytest.param(("--revision", "改\x1b訂"), "制御文字が含まれています", id="a name that drives terminals"),
    pytest.param(("--revision", "p-2025-11-04"), "公表された行の改訂", id="the name of published rows"),
    pytest.param(("--item", "待合スペース"), "様式3の項目として読めません", id="no item"),
]


@pytest.mark.parametrize(("options", "what"), UNFIT)
def test_a_change_that_does_not_fit_is_not_recorded(
    ledger: Kaitei, folder: Path, options: tuple[str, ...], what: str
) -> None:
    before = stored(folder)
    assert what in one_line(recorded(ledger, *options))
    assert stored(folder) == before


def test_a_change_found_out_late_invents_nothing(ledger: Kaitei) -> None:
    """Row 13 of 2024 starts from あけぼの, so after a change of 2020 to another name both are possible."""
    said = recorded(ledger, "--on", "2020-06-01", "--json")
    assert said.json["before"] == "あけぼの情報サービス株式会社 北部支店", (
        "what it said then, not what it says now"
    )
    item = stated(ledger("show", "7", "--item", CONTRACTOR, "--as-of", "2020-07-01", "--json"))
    assert item["certainty"] == "partial"
    assert set(item["rivals"]) == {"株式会社あさぎり情報", "あけぼの情報サービス株式会社 北部支店"}
    now = stated(ledger("show", "7", "--item", CONTRACTOR, "--json"))
    assert (now["value"], now["certainty"]) == ("株式会社雲海ソフトワークス", "known")


def test_the_name_of_a_group_is_an_item_of_its_own(ledger: Kaitei) -> None:
    said = recorded(ledger, "--json", item="II/4/委託事項1", after="介護保険システムの保守")
    assert (said.status, said.json["before"]) == (0, "介護保険システムの運用保守")


def test_the_name_of_a_new_group_is_not_the_item_below_it(ledger: Kaitei) -> None:
    recorded(ledger, item="II/4/委託事項3/③委託先名")
    said = recorded(ledger, "--json", item="II/4/委託事項3")
    assert [target["path"] for target in said.json["targets"]] == ["II/4/委託事項3"]


def test_the_same_guarded_command_twice_is_one_event(ledger: Kaitei) -> None:
    guard = ("--before", "株式会社雲海ソフトワークス", "--json")
    assert recorded(ledger, *guard).json == recorded(ledger, *guard).json


def test_the_day_of_publication_is_no_item_to_change(ledger: Kaitei) -> None:
    assert one_line(recorded(ledger, item="公表日", after="令和8年5月1日"))


def test_a_change_has_a_timing(ledger: Kaitei) -> None:
    assert one_line(recorded(ledger, "--timing", ""))


def test_a_change_recorded_on_a_real_document_counts_from_its_day(kaitei: Kaitei, documents: Path) -> None:
    kaitei("import", *documents.glob("002_*.txt"))
    assert recorded(kaitei, ref="川口市/22").status == 0
    now, before = (
        stated(kaitei("show", "22", "--item", CONTRACTOR, "--as-of", day, "--json"))["value"]
        for day in ("2026-04-01", "2026-03-31")
    )
    assert (now, before) == ("株式会社あさぎり情報", "光ビジネスフォーム株式会社 さいたま営業所")
    assert kaitei("log", "22", "--item", CONTRACTOR).out.count("■") == 3
    assert "株式会社あさぎり情報" in kaitei("changes", "22", "-f", "csv").rows[-1]
    assert "株式会社あさぎり情報" in kaitei("export", "22").out.splitlines()[-1]
