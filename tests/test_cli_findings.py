"""`validate` beside a ledger, `accept` and `reopen`: what is compared, what is marked, what is refused."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.assessment import Assessment as Aggregate
from ledger.errors import FindingDecided, InvalidChange
from ledger.events import FindingAccepted, FindingReopened
from ledger.identity import PrintedIdentity
from ledger.intake import take_in
from ledger.storage import open_ledger
from projections.application import read_file
from projections.as_of import document_as_of
from projections.editions import assessment
from tests.command_line import KASUMINO, MINATOGAWA, Kaitei, one_line, recorded, stored
from tests.papers import STREAM, entries, one, received

pytest_plugins = ["tests.command_line_fixtures"]

CHAIN, BODY = "chain-break-4c43e99a", "body-disagrees-78999caf"
WHY = ("--why", "前の担当者に確かめた", "--by", "鈴木")


def findings(by: Kaitei, *files: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = by("validate", *(files or (MINATOGAWA,)), "--json").json["findings"]
    return found


def of_rule(by: Kaitei, rule: str, file: str | Path) -> list[tuple[list[int], list[str]]]:
    return [(f["rows"], f["items"]) for f in findings(by, file) if f["rule"] == rule]


# --- against the ledger ---------------------------------------------------------------------------


def test_the_editions_of_a_ledger_are_no_news_to_it(ledger: Kaitei, kaitei: Kaitei, folder: Path) -> None:
    beside = [findings(ledger, file) for file in (KASUMINO, MINATOGAWA)]
    (folder / "kaitei.db").unlink()
    assert beside == [findings(kaitei, file) for file in (KASUMINO, MINATOGAWA)]


def test_a_check_makes_no_ledger_and_changes_none(kaitei: Kaitei, taken_in: Path, folder: Path) -> None:
    assert kaitei("validate", MINATOGAWA).status == 1
    assert not (folder / "kaitei.db").exists()
    shutil.copy(taken_in, folder / "kaitei.db")
    before = stored(folder)
    assert kaitei("validate", MINATOGAWA).status == 1
    assert stored(folder) == before


def test_a_changed_file_is_compared_with_what_was_taken_in(ledger: Kaitei, folder: Path) -> None:
    text = Path(KASUMINO).read_text("utf-8")
    assert text.count("株式会社雲海ソフトワークス") > 1
    (folder / "other.txt").write_text(
        text.replace("株式会社雲海ソフトワークス", "株式会社雲海ソフトラボ"), "utf-8"
    )
    said = ledger("validate", "other.txt", "--json")
    rules = {finding["rule"] for finding in said.json["findings"] if finding["severity"] == "error"}
    assert (said.status, rules) == (1, {"row-differs"}), "that the body says so too is the same cause"


def test_what_an_older_reader_made_of_the_same_file_is_no_fault_of_the_document(
    kaitei: Kaitei, folder: Path
) -> None:
    data, today = read_file(Path(KASUMINO))
    first, *others = today.rows
    older = replace(today, reader="ocr-text/0", rows=(replace(first, after="読み違え"), *others))
    with open_ledger("sqlite:///kaitei.db", create=True) as opened:
        take_in(opened, data, "7.txt", older, by="佐藤")
    assert of_rule(kaitei, "row-differs", KASUMINO) == []
    (folder / "copy.txt").write_bytes(data + b"\n")
    assert [rows for rows, _ in of_rule(kaitei, "row-differs", "copy.txt")] == [[1]]


def test_what_was_recorded_for_a_day_before_the_edition_is_missed(ledger: Kaitei) -> None:
    item = "I/6/①部署"
    assert recorded(ledger, "--on", "令和7年4月1日", item=item, after="窓口課").status == 0
    assert of_rule(ledger, "ledger-row-missing", KASUMINO) == [([], [item])]
    assert ledger("validate", KASUMINO).status == 1


def test_another_assessment_of_the_ledger_is_not_compared_with(ledger: Kaitei, folder: Path) -> None:
    text = Path(MINATOGAWA).read_text("utf-8").replace("湊川町長", "浜路町長")
    (folder / "other.txt").write_text(text, "utf-8")
    needs = {"ledger-row-missing", "published-row-unrecorded", "row-differs", "body-differs-from-ledger"}
    assert not needs & {finding["rule"] for finding in findings(ledger, "other.txt")}


def test_a_database_that_is_no_ledger_is_an_error(kaitei: Kaitei, folder: Path) -> None:
    (folder / "kaitei.db").write_text("これは台帳ではない" * 99, "utf-8")
    assert "SQLite のデータベースではありません" in one_line(kaitei("validate", KASUMINO))


# --- accept ---------------------------------------------------------------------------------------


def test_an_accepted_finding_is_listed_and_no_reason_to_fail(ledger: Kaitei) -> None:
    before = ledger("validate", MINATOGAWA, "--json").json
    said = ledger("accept", CHAIN, *WHY)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "湊川町長/15: e53 として記録しました（了承）",
        f"  {CHAIN} II/4/委託事項1/③委託先名: 行2の変更後と、次の行6の変更前がつながりません",
        "  理由: 前の担当者に確かめた",
    ]
    view = ledger("validate", MINATOGAWA, "--json")
    assert (view.status, view.json["summary"]) == (1, before["summary"])
    accepted = [finding for finding in view.json["findings"] if "accepted" in finding]
    assert [finding["id"] for finding in accepted] == [CHAIN]
    assert {key: value for key, value in accepted[0]["accepted"].items() if key != "at"} == {
        "by": "鈴木", "why": "前の担当者に確かめた", "event_id": "e53",
    }  # fmt: skip
    assert ledger("accept", BODY, *WHY).status == 0
    said = ledger("validate", MINATOGAWA)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[1].endswith("（うち了承済み2件）")
    assert lines[2].startswith(f"  [誤り・了承済み] {CHAIN} ")
    assert re.fullmatch(r"      了承: \S+ 鈴木 — 前の担当者に確かめた（e53）", lines[7])


def test_a_finding_that_is_reopened_counts_again(ledger: Kaitei) -> None:
    for finding in (CHAIN, BODY):
        ledger("accept", finding, *WHY)
    said = ledger("reopen", CHAIN, "--why", "行3が抜けている", "--by", "佐藤", "--json")
    assert said.json["decision"] == "reopened"
    assert (said.json["ref"], said.json["finding"], said.json["event_id"]) == ("湊川町長/15", CHAIN, "e55")
    assert ledger("validate", MINATOGAWA).status == 1
    assert ledger("accept", CHAIN, *WHY, "--json").json["decision"] == "accepted"
    assert ledger("validate", MINATOGAWA).status == 0


def test_an_acceptance_ends_with_the_words_it_is_about(ledger: Kaitei, folder: Path) -> None:
    for finding in (CHAIN, BODY):
        assert ledger("accept", finding, *WHY).status == 0
    text = Path(MINATOGAWA).read_text("utf-8").replace("みなもデータ株式会社", "みなとデータ株式会社")
    (folder / "other.txt").write_text(text, "utf-8")
    chain = [f for f in findings(ledger, "other.txt") if f["rule"] == "chain-break"]
    assert chain
    assert "accepted" not in chain[0]


def test_a_finding_against_the_ledger_can_be_accepted(ledger: Kaitei) -> None:
    recorded(ledger, "--on", "令和7年4月1日", item="I/6/①部署", after="窓口課")
    (missing,) = (f["id"] for f in findings(ledger, KASUMINO) if f["rule"] == "ledger-row-missing")
    assert ledger("accept", missing, *WHY).status == 0
    assert ledger("validate", KASUMINO).status == 0


REFUSED = [
    pytest.param(("accept", CHAIN, "--why", " "), "理由がありません", id="without a reason"),
    pytest.param(("accept", "chain-break-00000000", *WHY), "この番号の指摘はありません", id="no such id"),
    pytest.param(("accept", "そのような規則-1", *WHY), "この番号の指摘はありません", id="no such rule"),
    pytest.param(("accept", "", *WHY), "この番号の指摘はありません", id="a blank id"),
    pytest.param(
        ("accept", CHAIN, *WHY, "--ref", "7"), "この番号の指摘はありません", id="of another assessment"
    ),
    pytest.param(
        ("accept", CHAIN, *WHY, "--ref", "99"), "当てはまる評価書がありません", id="no such assessment"
    ),
    pytest.param(("reopen", CHAIN, *WHY), "了承された指摘にありません", id="reopened, and never accepted"),
]


@pytest.mark.parametrize(("command", "answer"), REFUSED)
def test_what_cannot_be_decided_is_one_line(
    ledger: Kaitei, folder: Path, command: tuple[str, ...], answer: str
) -> None:
    before = stored(folder)
    assert answer in one_line(ledger(*command))
    assert stored(folder) == before


def test_accepting_twice_is_refused(ledger: Kaitei, folder: Path) -> None:
    assert ledger("accept", CHAIN, *WHY, "--ref", "湊川").status == 0
    before = stored(folder)
    assert one_line(ledger("accept", CHAIN, *WHY)).startswith(f"{CHAIN}: すでに了承されています")
    assert stored(folder) == before
    assert ledger("reopen", CHAIN, *WHY).status == 0
    assert "了承された指摘にありません" in one_line(ledger("reopen", CHAIN, *WHY))


def test_an_id_of_several_assessments_asks_which(ledger: Kaitei, folder: Path) -> None:
    text = Path(MINATOGAWA).read_text("utf-8").replace("湊川町長", "浜路町長")
    (folder / "other.txt").write_text(text, "utf-8")
    assert ledger("import", "other.txt").status == 0
    said = one_line(ledger("accept", CHAIN, *WHY))
    assert (
        "2 件の評価書に同じ番号の指摘があります — --ref で次から選んでください: 湊川町長/15、浜路町長/15"
        in said
    )
    assert ledger("accept", CHAIN, *WHY, "--ref", "浜路町長/15").status == 0
    assert "accepted" not in findings(ledger)[0]
    assert "accepted" in findings(ledger, "other.txt")[0]


def test_the_trail_the_log_and_the_list_go_on(ledger: Kaitei) -> None:
    log, listed = ledger("log", "15").out, ledger("list").out
    ledger("accept", CHAIN, *WHY)
    ledger("reopen", CHAIN, *WHY)
    assert (ledger("log", "15").out, ledger("list").out) == (log, listed)
    accepted, reopened = ledger("export", "15", "-f", "csv").rows[-2:]
    head = ledger("export", "15", "-f", "csv").rows[0]
    for row, name in ((accepted, "指摘の了承"), (reopened, "指摘の了承の取消し")):
        told = dict(zip(head, row, strict=True))
        assert name in row
        assert (told["対象"], told["理由"]) == (CHAIN, "前の担当者に確かめた")
    last = json.loads(ledger("export", "15").out.splitlines()[-1])
    assert json.loads(last["payload"]) == {"finding": CHAIN, "why": "前の担当者に確かめた"}


def test_show_is_the_same_after_an_acceptance(ledger: Kaitei) -> None:
    shown = [("show", "15", "--json"), ("changes", "15", "--json"), ("blame", "15", "--json")]
    before = [ledger(*command).json for command in shown]
    ledger("accept", CHAIN, *WHY)
    assert [ledger(*command).json for command in shown] == before


# --- the events -----------------------------------------------------------------------------------

PLACE = "II/6/保管場所"
HISTORY = received(
    one(PLACE, "庁舎の書庫", ("令和3年4月1日", "倉庫", "庁舎の書庫")),
)
WORDS = st.text(max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["a-1", "b-2"]), WORDS, WORDS), max_size=4), st.integers(0, 4))
def test_an_acceptance_leaves_every_answer_as_it_was(told: list[tuple[str, str, str]], at: int) -> None:
    """Wherever acceptances stand among the events, the document and the changes are the same."""
    decisions = [
        decision
        for finding, message, why in told
        for decision in (
            FindingAccepted(STREAM, 0, finding=finding, message=message, why=why),
            FindingReopened(STREAM, 0, finding=finding, why=why),
        )
    ]
    without = assessment(entries(*HISTORY))
    beside = assessment(entries(*HISTORY, *decisions[: 2 * at]))
    assert document_as_of(beside).items == document_as_of(without).items
    assert (beside.changes, beside.accepted) == (without.changes, ())


def test_a_decision_is_made_once_and_only_with_a_reason() -> None:
    of = Aggregate.register(PrintedIdentity("霞野市長", "7", "介護保険に関する事務"), form_edition="")
    of.collect_events()
    with pytest.raises(InvalidChange):
        of.accept("a-1", message="", why=" ")
    with pytest.raises(FindingDecided):
        of.reopen("a-1", why="誤り")
    of.accept("a-1", message="つながらない", why="確認済み")
    with pytest.raises(FindingDecided):
        of.accept("a-1", message="つながらない", why="確認済み")
    with pytest.raises(InvalidChange):
        of.reopen("a-1", why="")
    of.reopen("a-1", why="やはり")
    of.accept("a-1", message="つながらない", why="確認済み")
    assert [type(event) for event in of.collect_events()] == [
        FindingAccepted,
        FindingReopened,
        FindingAccepted,
    ]
