"""The command line as its users meet it: what the commands answer, in text and in JSON, and as a process.

`record` is in test_cli_record.py; what is refused, and how, in test_cli_errors.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import (
    BOX_KEYS,
    CHANGE_KEYS,
    CONNECTIONS,
    CONTRACTOR,
    ITEM_KEYS,
    KASUMINO,
    KASUMINO_R6,
    MINATOGAWA,
    Kaitei,
    leave_pipe,
    one_line,
    process,
    recorded,
    stated,
    stored,
)
from tests.conftest import ROOT

pytest_plugins = ["tests.command_line_fixtures"]

# import


def test_import_says_what_it_took_in(kaitei: Kaitei) -> None:
    said = kaitei("import", KASUMINO, MINATOGAWA)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"{ref} — 公表日{day}、項目{items}、変更箇所{rows}行、割り当てた文字 100.0%、新しい記録{rows + 2}件"
        for ref, day, items, rows in (
            ("霞野市長/7: 介護保険に関する事務 重点項目評価書", "令和7年11月20日", 150, 28),
            ("湊川町長/15: 児童扶養手当に関する事務 重点項目評価書", "令和8年3月10日", 147, 20),
        )
    ]


def test_import_in_json_has_the_keys_of_the_interface(kaitei: Kaitei) -> None:
    view = kaitei("import", KASUMINO, "missing.txt", "--json").json
    assert set(view) == {"schema_version", "imported", "refused", "summary"}
    assert view["schema_version"] == 1
    (taken,), (refused,) = view["imported"], view["refused"]
    assert set(taken) == {
        "ref", "assessment_id", "file", "items", "rows", "assigned_share", "unassigned", "new_events",
        "already_known",
    }  # fmt: skip
    assert (taken["ref"], taken["file"], taken["rows"]) == ("霞野市長/7", KASUMINO, 28)
    assert (taken["new_events"], taken["already_known"], taken["assigned_share"]) == (30, False, 1.0)
    assert refused == {
        "file": "missing.txt",
        "where": "missing.txt",
        "what": "ファイルがありません",
        "remedy": "パスを確認してください",
    }


def test_a_sentence_without_a_place_is_listed_with_its_line(kaitei: Kaitei, folder: Path) -> None:
    text = (ROOT / KASUMINO).read_text("utf-8") + "\n迷い込んだ一文です。\n"
    (folder / "stray.txt").write_text(text, "utf-8")
    line = text.split("\n").index("迷い込んだ一文です。") + 1
    said = kaitei("import", "stray.txt", "--json")
    (taken,) = said.json["imported"]
    assert taken["unassigned"] == [{"line": line, "text": "迷い込んだ一文です。"}]
    assert 0.99 < taken["assigned_share"] < 1
    shown = kaitei("--db", "sqlite:///other.db", "import", "stray.txt").out
    assert f"{line}行目「迷い込んだ一文です。」" in shown


def test_the_same_document_again_records_nothing(ledger: Kaitei, folder: Path) -> None:
    before = stored(folder)
    (again,) = ledger("import", KASUMINO, "--json").json["imported"]
    assert (again["new_events"], again["already_known"]) == (0, True)
    assert ledger("import", KASUMINO).out == f"霞野市長/7: すでに取り込まれています（{KASUMINO}）\n"
    assert stored(folder) == before


def test_a_refused_file_keeps_the_others(kaitei: Kaitei, folder: Path) -> None:
    (folder / "plain.txt").write_text("ただの文です。", "utf-8")
    said = kaitei("import", KASUMINO, "plain.txt", MINATOGAWA)
    assert said.status == 2
    assert len(said.out.splitlines()) == 2
    assert said.err.startswith("kaitei: plain.txt: ")
    assert len(said.err.splitlines()) == 1
    assert [row["ref"] for row in kaitei("list", "--json").json["assessments"]] == [
        "霞野市長/7",
        "湊川町長/15",
    ]


def test_an_older_edition_joins_its_assessment(ledger: Kaitei) -> None:
    (taken,) = ledger("import", KASUMINO_R6, "--json").json["imported"]
    assert taken["ref"] == "霞野市長/7"
    listed = ledger("list", "--json").json["assessments"]
    assert [(row["editions"], row["changes"]) for row in listed] == [(2, 28), (1, 20)]


# list


def test_list_in_text_and_json(ledger: Kaitei) -> None:
    assert ledger("list").out.splitlines() == [
        "霞野市長/7\t様式3\t介護保険に関する事務 重点項目評価書\t公表日 2025-11-20\t版1\t変更28",
        "湊川町長/15\t様式3\t児童扶養手当に関する事務 重点項目評価書\t公表日 2026-03-10\t版1\t変更20",
    ]
    view = ledger("list", "--json").json
    assert set(view) == {"schema_version", "assessments"}
    first = view["assessments"][0]
    assert len(first.pop("assessment_id")) == 36
    assert first == {
        "ref": "霞野市長/7",
        "title": "介護保険に関する事務 重点項目評価書",
        "form": "様式3",
        "editions": 1,
        "changes": 28,
        "last_publication": "2025-11-20",
    }


# show


def test_show_in_text_gives_the_item_and_says_why(ledger: Kaitei) -> None:
    said = ledger("show", "霞野市長/7", "--item", CONTRACTOR, "--as-of", "平成29年10月1日")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "霞野市長/7 介護保険に関する事務 重点項目評価書",
        "2017-10-01 の記載（変更日による）",
        "",
        CONTRACTOR,
        "    株式会社ひなた計算センター",
        "    根拠: 行1の変更前（確かめられる最も古い状態）",
    ]


def test_show_in_json_has_the_keys_of_the_interface(ledger: Kaitei) -> None:
    view = ledger("show", "7", "--json").json
    assert set(view) == {
        "schema_version", "ref", "title", "publication_date", "as_of", "basis", "known_at", "items",
    }  # fmt: skip
    assert (view["ref"], view["publication_date"]) == ("霞野市長/7", "2025-11-20")
    assert (view["as_of"], view["basis"], view["known_at"]) == (None, "変更日", None)
    assert {item["kind"] for item in view["items"]} <= {
        "text", "choice", "checkbox", "date", "count", "empty",
    }  # fmt: skip
    assert {item["certainty"] for item in view["items"]} == {"known"}
    for item in view["items"]:
        assert set(item) == ITEM_KEYS
        if item["kind"] == "checkbox":
            assert set(item["value"]) == BOX_KEYS
        else:
            assert isinstance(item["value"], str)
    paths = [item["path"] for item in view["items"]]
    assert len(paths) == len(set(paths))
    assert {"表紙/評価書番号", "表紙/評価書名", "表紙/評価実施機関名", "表紙/公表日", "表紙/特記事項"} <= set(
        paths
    )


def test_an_uncertain_item_has_the_same_keys_and_perhaps_rivals_or_a_floor(ledger: Kaitei) -> None:
    view = ledger("show", "15", "--as-of", "2018-01-01", "--json").json
    assert any(item.get("floor") for item in view["items"])
    for item in view["items"]:
        rivals = {"rivals"} if item["certainty"] == "partial" else set()
        assert set(item) - rivals - {"floor"} == ITEM_KEYS
        assert item.get("floor", True) is True
        assert item["certainty"] == "known" or item["reason"]
        assert item["certainty"] != "unknown" or item["value"] is None


def test_a_choice_is_the_chosen_option_and_a_box_stands_in_one_list(ledger: Kaitei) -> None:
    said = ledger("show", "7", "--item", "I", "--json")
    assert stated(said, "I/1/③対象人数")["value"] == "1万人以上10万人未満"
    assert stated(said, CONNECTIONS)["value"] == {
        "checked": ["庁内連携システム", "既存住民基本台帳システム", "宛名システム等", "税務システム"],
        "unchecked": [
            "情報提供ネットワークシステム",
            "住民基本台帳ネットワークシステム",
            "その他",
        ],
        "unreadable": [],
        "other_text": "",
    }


DAYS = [
    pytest.param("2017-10-01", "株式会社ひなた計算センター", id="the day before the first row"),
    pytest.param("2017-10-02", "あけぼの情報サービス株式会社 北部支店", id="a change counts on its day"),
    pytest.param("平成29年10月2日", "あけぼの情報サービス株式会社 北部支店", id="和暦"),
    pytest.param("H29.10.2", "あけぼの情報サービス株式会社 北部支店", id="short"),
    pytest.param("令和６年７月３１日", "あけぼの情報サービス株式会社 北部支店", id="full width"),
    pytest.param("2024-08-01", "株式会社雲海ソフトワークス", id="the last row"),
    pytest.param("令和9年1月1日", "株式会社雲海ソフトワークス", id="a day to come"),
]


@pytest.mark.parametrize(("day", "name"), DAYS)
def test_show_as_of_a_day(ledger: Kaitei, day: str, name: str) -> None:
    item = stated(ledger("show", "7", "--as-of", day, "--item", CONTRACTOR, "--json"))
    assert (item["value"], item["certainty"]) == (name, "known")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(CONTRACTOR, id="canonical"),
        pytest.param("2-4-委託事項1-委託先名", id="arabic section, ASCII hyphens"),
        pytest.param("Ⅱ－４－委託事項１－③", id="full width, number only"),
        pytest.param("Ⅱ 特定個人情報ファイルの概要ー4ー委託事項1ー③委託先名", id="ー as a dash"),
        pytest.param("委託事項1 ③委託先名", id="without a section"),
    ],
)
def test_an_item_may_be_written_as_people_write_it(ledger: Kaitei, typed: str) -> None:
    view = ledger("show", "7", "--item", typed, "--json").json
    assert [item["path"] for item in view["items"]] == [CONTRACTOR]


def test_a_heading_shows_what_stands_below_it(ledger: Kaitei) -> None:
    items = ledger("show", "7", "--item", "II/4/委託事項2", "--json").json["items"]
    assert [item["path"] for item in items] == [
        "II/4/委託事項2",
        "II/4/委託事項2/①委託内容",
        "II/4/委託事項2/②委託先における取扱者数",
        "II/4/委託事項2/③委託先名",
        "II/4/委託事項2/④再委託の有無",
        "II/4/委託事項2/⑤再委託の許諾方法",
        "II/4/委託事項2/⑥再委託事項",
    ]
    paths = [item["path"] for item in ledger("show", "7", "--item", "II/4", "--json").json["items"]]
    assert {path.partition("/委託事項")[0] for path in paths} == {
        "II/4",
        "II/4/委託の有無",
        "II/4/委託の有無/件",
    }


def test_the_basis_is_the_day_of_the_change_or_of_the_publication(ledger: Kaitei) -> None:
    def asked(basis: str, day: str) -> Any:  # noqa: ANN401  (what a program would read)
        said = ledger("show", "7", "--item", CONTRACTOR, "--as-of", day, "--basis", basis, "--json")
        assert said.json["basis"] == basis
        return stated(said)

    ledger("import", KASUMINO_R6)
    assert asked("変更日", "2024-08-01")["value"] == "株式会社雲海ソフトワークス"
    assert asked("公表日", "2024-08-01")["certainty"] == "unknown"
    assert asked("公表日", "2024-09-02")["value"] == "株式会社雲海ソフトワークス"
    assert asked("変更日", "2024-09-01")["certainty"] == "known"


def test_known_at_leaves_out_what_was_recorded_later(ledger: Kaitei) -> None:
    *_, last = (json.loads(line) for line in ledger("export", "7").out.splitlines())
    recorded(ledger)
    then = ledger("show", "7", "--item", CONTRACTOR, "--known-at", last["recorded_at"], "--json")
    assert then.json["known_at"] == last["recorded_at"]
    assert stated(then)["value"] == "株式会社雲海ソフトワークス"
    now = ledger("show", "7", "--item", CONTRACTOR, "--known-at", "2999-12-31", "--json")
    assert stated(now)["value"] == "株式会社あさぎり情報"


def test_between_two_rows_that_disagree_both_readings_stand(ledger: Kaitei) -> None:
    """Row 2 leaves one name, row 6 starts from another: in between nobody knows."""
    item = stated(ledger("show", "15", "--item", CONTRACTOR, "--as-of", "2018-01-01", "--json"))
    assert item["certainty"] == "partial"
    assert set(item["rivals"]) == {"みなもデータ株式会社", "浜木綿情報株式会社"}


# log and changes


def test_log_in_text_is_one_revision_after_another(ledger: Kaitei) -> None:
    lines = ledger("log", "7", "--item", "V/1/①実施日").out.splitlines()
    assert [line for line in lines if line.startswith("■")] == [
        "■ 2020-09-01 事後 1件（p-2020-09-01 記録 佐藤）",
        "■ 2024-08-01 事後 1件（p-2024-08-01 記録 佐藤）",
    ]
    assert lines[1:5] == [
        "5. 2020-09-01 事後 V/1/①実施日",
        "    変更前: 平成28年2月15日",
        "    変更後: 令和2年8月14日",
        "    説明:   基礎項目評価の再実施に伴う変更",
    ]


def test_log_in_json_has_the_keys_of_the_interface(ledger: Kaitei) -> None:
    view = ledger("log", "7", "--json").json
    assert set(view) == {"schema_version", "ref", "revisions"}
    for revision in view["revisions"]:
        assert set(revision) == {
            "revision_id", "change_date", "timings", "changes", "recorded_at", "recorded_by",
        }  # fmt: skip
        assert all(set(change) == CHANGE_KEYS for change in revision["changes"])
    assert sum(len(revision["changes"]) for revision in view["revisions"]) == 28
    days = [revision["change_date"] for revision in view["revisions"]]
    assert days == sorted(set(days))


def test_log_of_a_heading_has_the_rows_below_it(ledger: Kaitei) -> None:
    view = ledger("log", "7", "--item", "II/5/移転先2", "--json").json
    (revision,) = view["revisions"]
    assert [change["no"] for change in revision["changes"]] == [21, 22, 23, 24, 25, 26, 27, 28]


def test_changes_in_json_has_the_keys_of_the_interface(ledger: Kaitei) -> None:
    view = ledger("changes", "7", "--json").json
    assert set(view) == {"schema_version", "ref", "rows"}
    assert [row["no"] for row in view["rows"]] == list(range(1, 29))
    for row in view["rows"]:
        assert set(row) == CHANGE_KEYS
        assert all(set(target) == {"path", "how", "note"} for target in row["targets"])
    assert {row["timing"] for row in view["rows"]} == {"事前", "事後"}
    fragment = view["rows"][17]
    assert fragment["targets"] == [{"path": "I/1/②事務の内容", "how": "exact", "note": ""}]
    assert (fragment["before_kind"], fragment["after_kind"]) == ("fragment", "fragment")
    assert fragment["change_date"] == "2025-11-04"


def test_a_row_without_a_date_and_one_without_an_item_stay_what_they_are(ledger: Kaitei) -> None:
    rows = ledger("changes", "15", "--json").json["rows"]
    assert rows[4]["change_date"] is None
    assert rows[11]["targets"] == []
    text = ledger("changes", "15").out.splitlines()
    assert any(line.startswith("5. 変更日なし 事後 ") for line in text)
    assert any(line.startswith("12. ") and line.endswith(" 待合スペースの掲示物の見直し") for line in text)


def test_changes_in_csv_are_the_six_printed_columns(ledger: Kaitei) -> None:
    said = ledger("changes", "7", "-f", "csv")
    assert said.out.startswith("\ufeff"), "Excel asks for the mark"
    heading, *rows = said.rows
    assert heading == [
        "変更日",
        "項目",
        "変更前の記載",
        "変更後の記載",
        "提出時期",
        "提出時期に係る説明",
    ]
    assert len(rows) == 28
    assert rows[4] == [
        "令和2年9月1日",
        "Ⅴ 評価実施手続－1. 基礎項目評価－①実施日",
        "平成28年2月15日",
        "令和2年8月14日",
        "事後",
        "基礎項目評価の再実施に伴う変更",
    ]


def test_changes_as_of_a_day_are_those_that_had_happened(ledger: Kaitei) -> None:
    def numbers(day: str) -> list[int]:
        return [row["no"] for row in ledger("changes", "7", "--as-of", day, "--json").json["rows"]]

    assert numbers("2017-10-01") == []
    assert numbers("平成29年10月2日") == [1]
    assert numbers("2020-09-01") == [1, 2, 3, 4, 5]


# validate


def test_validate_is_0_on_a_clean_document_and_1_on_errors(kaitei: Kaitei, folder: Path) -> None:
    clean, faulty = kaitei("validate", KASUMINO), kaitei("validate", MINATOGAWA)
    assert (clean.status, clean.err, faulty.status, faulty.err) == (0, "", 1, "")
    assert clean.out.splitlines()[:2] == [
        f"{KASUMINO}: 霞野市長/7 介護保険に関する事務 重点項目評価書",
        "  誤り0件、注意0件、参考2件",
    ]
    assert "  [誤り] chain-break-4c43e99a II/4/委託事項1/③委託先名: 行2の変更後と、" in faulty.out
    assert [path.name for path in folder.iterdir()] == ["samples"], "a check needs no ledger"


def test_validate_in_json_has_the_keys_of_the_interface(kaitei: Kaitei) -> None:
    said = kaitei("validate", MINATOGAWA, "--json")
    view = said.json
    assert said.status == 1
    assert set(view) == {"schema_version", "file", "ref", "findings", "summary"}
    assert (view["file"], view["ref"]) == (MINATOGAWA, "湊川町長/15")
    assert set(view["summary"]) == {"error", "warning", "note"}
    assert view["summary"]["error"] == 2
    for finding in view["findings"]:
        compared = {"difference", "level"} if finding["rule"] in {"chain-break", "body-disagrees"} else set()
        assert set(finding) - compared == {
            "id", "rule", "severity", "cause", "rows", "items", "message", "remedy", "evidence",
        }  # fmt: skip
        assert finding["severity"] in {"error", "warning", "note"}
        assert finding["cause"] in {"document", "extraction", "undecidable"}
        assert finding["message"]
        assert finding["remedy"]
    severities = [finding["severity"] for finding in view["findings"]]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    counted = {severity: severities.count(severity) for severity in ("error", "warning", "note")}
    assert counted == view["summary"]
    chain = next(finding for finding in view["findings"] if finding["rule"] == "chain-break")
    assert (chain["rows"], chain["items"]) == ([2, 6], [CONTRACTOR])


def test_several_files_are_a_list_of_the_same_views(kaitei: Kaitei) -> None:
    view = kaitei("validate", KASUMINO, MINATOGAWA, "--json").json
    assert set(view) == {"schema_version", "files"}
    for file, of in zip((KASUMINO, MINATOGAWA), view["files"], strict=True):
        alone = kaitei("validate", file, "--json").json
        assert of == {key: value for key, value in alone.items() if key != "schema_version"}


# export


def test_export_as_lines_of_json_has_every_event_with_its_proof(ledger: Kaitei) -> None:
    head, *events = [json.loads(line) for line in ledger("export", "7").out.splitlines()]
    assert (head["kind"], head["ref"], head["size"]) == ("checkpoint", "霞野市長/7", 52)
    assert [event["sequence"] for event in events] == list(range(1, 31))
    assert {tuple(event) for event in events} == {
        (
            "sequence", "event_id", "stream", "version", "event", "recorded_at", "recorded_by", "format",
            "payload", "digest", "content", "payload_hash",
        )
    }  # fmt: skip
    assert ledger("export", "7", "-f", "jsonl").out == ledger("export", "7").out


def test_export_as_csv_is_a_table_for_people(ledger: Kaitei) -> None:
    heading, *rows = ledger("export", "15", "-f", "csv").rows
    assert heading[:5] == ["連番", "記録番号", "種類", "記録日時", "記録者"]
    assert [row[2] for row in rows] == ["評価書の登録", "公表文書の取込み", *["項目の変更"] * 20]
    assert {row[4] for row in rows} == {"佐藤"}
    assert [row[7] for row in rows[2:]] == [str(no) for no in range(1, 21)]


def test_export_writes_a_file_once(ledger: Kaitei, folder: Path) -> None:
    said = ledger("export", "7", "--out", "trail.jsonl")
    assert (said.status, said.out) == (0, "trail.jsonl: 30件を書き出しました\n")
    written = (folder / "trail.jsonl").read_bytes()
    assert written.decode() == ledger("export", "7").out
    refused = ledger("export", "7", "--out", "trail.jsonl", "-f", "csv")
    assert one_line(refused) == "trail.jsonl: すでにあります — 別の名前を指定してください"
    assert (folder / "trail.jsonl").read_bytes() == written


# as a process


def test_a_session_of_processes_with_the_ledger_named_in_three_ways(folder: Path) -> None:
    said = process("--db", "sqlite:///town.db", "import", KASUMINO, cwd=folder)
    assert (said.status, said.err) == (0, "")
    by_option = process("--db", "sqlite:///town.db", "list", cwd=folder)
    by_variable = process("list", cwd=folder, KAITEI_DB="sqlite:///town.db")
    assert by_option.out == by_variable.out != ""
    (folder / "town.db").rename(folder / "kaitei.db")
    assert process("list", cwd=folder).out == by_option.out
    assert sorted(path.name for path in folder.iterdir()) == ["kaitei.db", "samples"]


@pytest.mark.parametrize("terminal", ["ascii", "cp932", "utf-8"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(
    folder: Path, taken_in: Path, terminal: str
) -> None:
    database = f"sqlite:///{taken_in}"
    said = process("list", cwd=folder, encoding=terminal, KAITEI_DB=database, PYTHONIOENCODING=terminal)
    assert (said.status, said.err) == (0, "")
    assert ("霞野市長/7" in said.out) == (terminal != "ascii")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("list",), id="list"),
        pytest.param(("show", "7"), id="show"),
        pytest.param(("log", "7"), id="log"),
        pytest.param(("changes", "7", "-f", "csv"), id="changes"),
        pytest.param(("validate", MINATOGAWA), id="validate"),
        pytest.param(("export", "7"), id="export"),
    ],
)
def test_a_pipe_that_closes_early_is_no_trouble(
    folder: Path, taken_in: Path, command: tuple[str, ...]
) -> None:
    _status, said = leave_pipe(*command, cwd=folder, KAITEI_DB=f"sqlite:///{taken_in}")
    assert said == ""


def test_a_pipe_that_closes_early_is_no_finding(folder: Path, taken_in: Path) -> None:
    assert leave_pipe("list", cwd=folder, KAITEI_DB=f"sqlite:///{taken_in}") == (0, "")


JSON_COMMANDS = [
    pytest.param(command, id=command[0])
    for command in (
        ("import", KASUMINO),
        ("list",),
        ("show", "7", "--item", CONTRACTOR),
        ("log", "7", "--item", CONTRACTOR),
        ("changes", "7"),
        ("validate", MINATOGAWA),
        ("record", "7", "--item", CONTRACTOR, "--after", "あ", "--on", "2026-04-01", "--timing", "事後",
         "--reason", "入札"),
    )
]  # fmt: skip


@pytest.mark.parametrize("command", JSON_COMMANDS)
def test_json_is_short_for_the_format_json(ledger: Kaitei, command: tuple[str, ...]) -> None:
    short, long = ledger(*command, "--json"), ledger(*command, "-f", "json")
    assert short == long == ledger(*command, "--format", "json")
    assert short.json["schema_version"] == 1


# on real documents


def test_the_contractor_of_kawaguchi_goes_there_and_back(kaitei: Kaitei, documents: Path) -> None:
    files = sorted(documents.glob("00[02]_*.txt"))
    rows = [taken["rows"] for taken in kaitei("import", *files, "--json").json["imported"]]
    assert rows == [20, 48]
    for typed in ("2-4-委託事項1-委託先名", "Ⅱ－４－委託事項１－③", CONTRACTOR):
        said = [
            stated(kaitei("show", "川口市/22", "--item", typed, "--as-of", day, "--json"))
            for day in ("2016-10-17", "2016-10-18", "2017-10-25")
        ]
        assert [(item["value"], item["certainty"]) for item in said] == [
            ("光ビジネスフォーム株式会社 さいたま営業所", "known"),
            ("日本通信紙株式会社 埼玉出張所", "known"),
            ("光ビジネスフォーム株式会社 さいたま営業所", "known"),
        ]
