"""The audit trail for the public: what published documents print and no more, and still with its proof."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.stored import StoredRow
from tests.command_line import Kaitei, Said
from tests.proof_checker import checker

pytest_plugins = ["tests.command_line_fixtures"]

RECORD = ("record", "霞野", "--timing", "事後", "--reason")
SECRETS = ("佐藤", "鈴木", "内部の理由", "取りやめ案", "総務課の分室", "2026-07-07", "第12号")
WHY = ("--why", "内部の理由")


@pytest.fixture
def office(ledger: Kaitei) -> Kaitei:
    """A ledger in which one revision is published and one is not."""
    for command in (
        (*RECORD, "組織改正", "--item", "I/6/①", "--after", "福祉部 介護保険科", "--revision", "春の改訂",
         "--actual", "2026-07-07", "--by", "佐藤"),
        ("correct", "霞野", "29", "--after", "福祉部 介護保険課", *WHY, "--by", "鈴木"),
        ("approve", "霞野", "春の改訂", "--on", "2026-04-01", *WHY, "--by", "鈴木"),
        ("submit", "霞野", "春の改訂", "--kind", "修正", "--on", "2026-04-02", "--receipt", "第12号",
         "--by", "佐藤"),
        ("publish", "霞野", "春の改訂", "--on", "2026-04-10", *WHY, "--by", "鈴木"),
        (*RECORD, "移転", "--item", "I/6/②", "--after", "総務課の分室", "--revision", "取りやめ案",
         "--by", "佐藤"),
        ("review", "霞野", "--on", "2026-04-03", *WHY, "--by", "鈴木"),
    ):  # fmt: skip
        said = ledger(*command)
        assert (said.status, said.err) == (0, ""), said
    return ledger


def exported(kaitei: Kaitei, *options: str | Path) -> Said:
    said = kaitei("export", "霞野", "--public", *options)
    assert (said.status, said.err) == (0, "")
    return said


def events(kaitei: Kaitei) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported(kaitei).out.splitlines()[1:]]


def test_it_says_what_documents_print_and_no_more(office: Kaitei, folder: Path) -> None:
    told = exported(office).out
    whole = office("export", "霞野").out
    for form in ("csv", "html", "xlsx"):
        exported(office, "-f", form, "--out", f"public.{form}")
    pages = [(folder / f"public.{form}").read_text("utf-8") for form in ("csv", "html")]
    for secret in SECRETS:
        assert secret in whole
        assert not any(secret in text for text in (told, *pages))
    for text in (told, *pages):
        assert "福祉部 介護保険課" in text  # published, and as it was corrected
        assert "納入通知書の送付、口座振替の登録及び収納の管理" in text  # a row of the document
        assert "春の改訂" in text
        assert "非公開" in text


def test_every_event_stands_there_with_a_hash_that_can_be_recomputed(office: Kaitei) -> None:
    """The digest is over the lines that are shown and the hashes of those that are not."""
    found = events(office)
    whole = [json.loads(line) for line in office("export", "霞野").out.splitlines()[1:]]
    assert [each["payload_hash"] for each in found] == [each["payload_hash"] for each in whole]
    digest = checker().content_digest
    for event in found:
        row = StoredRow(
            event["sequence"], event["stream"], event["version"], event["event"], event["recorded_at"], "",
            event["format"], event["digest"],
        )  # fmt: skip
        assert row.worked_out == event["payload_hash"]
        assert digest(event["content"]) == event["digest"]
        assert event["recorded_by"] == "非公開"
        assert set(event["content"][0]) == {"was"}


def test_what_is_published_later_is_told_later(office: Kaitei) -> None:
    assert "総務課の分室" not in exported(office).out
    office("publish", "霞野", "取りやめ案", "--on", "2026-05-01", "--by", "佐藤")
    assert "総務課の分室" in exported(office).out
    office("publish", "霞野", "取りやめ案", "--on", "2026-05-01", *WHY, "--by", "佐藤", "--undo")
    assert "総務課の分室" not in exported(office).out


def test_it_names_its_history_and_is_found_again_by_it(office: Kaitei) -> None:
    exported(office, "--out", "public.jsonl")
    office("review", "霞野", "--on", "2026-04-20", *WHY, "--by", "鈴木")
    said = office("verify", "--copy", "public.jsonl", "--json").json
    (copy,) = said["copies"]
    assert (said["ok"], copy["view"], copy["compared"]) == (True, "export --public", None)


def test_a_copy_of_before_a_withholding_differs_only_where_words_were_withheld(
    office: Kaitei, folder: Path
) -> None:
    office("export", "霞野", "--out", "before.jsonl")
    withhold = ("withhold", "霞野", "--text", "あけぼの情報サービス株式会社", "--why", "誤って公表したため")
    erased = office(*withhold, "--by", "鈴木", "--json").json["events"]
    said = office("verify", "--copy", "before.jsonl", "--json")
    (copy,) = said.json["copies"]
    assert said.status == 0
    assert (copy["withheld"], copy["differences"]) == (erased, [])
    (folder / "changed.jsonl").write_text(
        (folder / "before.jsonl").read_text("utf-8").replace("口座振替", "口座引落", 1), "utf-8"
    )
    assert office("verify", "--copy", "changed.jsonl").status == 1
    told = office("verify", "--copy", "before.jsonl").out
    assert f"{'、'.join(erased)} は、その後に語が非公開になったため比べられません" in told
