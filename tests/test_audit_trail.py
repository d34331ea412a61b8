"""The audit trail: every stored event, for people as CSV and for programs with its proof."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cli.progress import CONTROLS
from ledger.events import EVENTS
from ledger.stored import StoredRow
from projections.application import Imported, Kaitei, import_files
from projections.audit_trail import NAMES, audit_trail
from projections.deciding import Correction
from projections.exports import as_csv, as_jsonl
from projections.origin import Origin
from tests.conftest import ROOT
from tests.proof_checker import checker

SAMPLES = (
    ROOT / "samples" / "kasumino" / "7_kaigo-hoken_R6.txt",
    ROOT / "samples" / "minatogawa" / "15_jidou-fuyou.txt",
)
BY = "=cmd|監査"
ORIGIN = Origin("export", "霞野市長/7", 39, "0f" * 32)


@pytest.fixture
def kaitei(tmp_path: Path) -> Iterator[Kaitei]:
    """A ledger of two samples with one recorded change."""
    url = f"sqlite:///{tmp_path / 'kaitei.db'}"
    taken = list(import_files(url, SAMPLES, by=BY))
    assert all(isinstance(one, Imported) for one in taken)
    with Kaitei(url) as opened:
        opened.record(
            opened.find("霞野市長/7"),
            item="I/6/①部署",
            after="+福祉保健部\n「総合」窓口課",
            on="令和7年4月1日",
            timing="事後",
            reason="－",
            by=BY,
        )
        yield opened


@pytest.fixture
def stored(kaitei: Kaitei) -> list[dict[str, object]]:
    """The stored events of 霞野市長/7."""
    return kaitei.stored(kaitei.find("霞野市長/7"))


def test_every_event_of_the_assessment_is_in_the_trail_and_no_other(
    kaitei: Kaitei, stored: list[dict[str, object]]
) -> None:
    entries = kaitei.entries(kaitei.find("霞野市長/7"))
    trail = audit_trail(stored)
    assert [row.event_id for row in trail] == [entry.event_id for entry in entries]
    assert [row.event for row in trail] == ["評価書の登録", "公表文書の取込み", *["項目の変更"] * 15]


def test_every_kind_of_event_has_a_name_for_people() -> None:
    assert set(NAMES) == {kind.TOPIC for kind in EVENTS}


def test_an_edition_names_its_file_and_a_row_its_words(stored: list[dict[str, object]]) -> None:
    _, edition, first, *_ = audit_trail(stored)
    assert (edition.file_name, edition.publication_date) == ("7_kaigo-hoken_R6.txt", "令和6年9月2日")
    assert (edition.no, edition.item) == ("", "")
    assert (first.no, first.change_date, first.timing) == ("1", "平成29年10月2日", "事後")
    assert (first.before, first.after) == (
        "株式会社ひなた計算センター",
        "あけぼの情報サービス株式会社 北部支店",
    )
    assert first.item.endswith("③委託先名")


def test_a_recorded_change_has_no_row_number_and_says_who(stored: list[dict[str, object]]) -> None:
    last = audit_trail(stored)[-1]
    assert (last.no, last.recorded_by) == ("", BY)
    assert last.item.endswith("①部署")


def test_a_decision_says_which_event_it_speaks_of_and_why(kaitei: Kaitei) -> None:
    identity = kaitei.find("霞野市長/7")
    kaitei.interpret(identity, "行1", item="II/4/委託事項1/③委託先名", why="前後の行による", by=BY)
    kaitei.correct(identity, "行15", Correction(after="総合窓口課"), why="=課名の誤記", by=BY)
    kaitei.retract(identity, "行15", why="二重の記録", by=BY)
    stored = kaitei.stored(identity)
    *_, interpreted, corrected, retracted = audit_trail(stored)
    first, recorded = stored[2]["event_id"], stored[16]["event_id"]
    assert (interpreted.event, interpreted.about, interpreted.why) == ("行の解釈", first, "前後の行による")
    assert (interpreted.item, interpreted.change_date) == ("II/4/委託事項1/③委託先名", "")
    assert (corrected.event, corrected.why) == ("変更の訂正", "=課名の誤記")
    assert (corrected.after, corrected.timing, corrected.reason) == ("総合窓口課", "事後", "－")
    assert (retracted.event, retracted.why) == ("変更の取消し", "二重の記録")
    assert corrected.about == retracted.about == recorded
    text = as_csv.audit_trail(audit_trail(stored), ORIGIN).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["対象"], row["理由"]) for row in rows[-3:]] == [
        (first, "前後の行による"),
        (recorded, "'=課名の誤記"),
        (recorded, "二重の記録"),
    ]
    assert {row["対象"] for row in rows[:-3]} == {""}


def test_the_csv_guards_what_a_spreadsheet_would_run_and_leaves_the_dash_alone(
    stored: list[dict[str, object]],
) -> None:
    text = as_csv.audit_trail(audit_trail(stored), ORIGIN)
    assert text.startswith("\ufeff連番,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == len(stored)
    assert rows[-1]["記録者"] == f"'{BY}"
    assert rows[-1]["変更後の記載"] == "'+福祉保健部\n「総合」窓口課"
    assert rows[-1]["提出時期に係る説明"] == "－"
    assert [row["ハッシュ"] for row in rows] == [event["payload_hash"] for event in stored]


def test_the_hashes_of_the_jsonl_can_be_recomputed_from_it(stored: list[dict[str, object]]) -> None:
    lines = as_jsonl.audit_trail(stored, ORIGIN).splitlines()[1:]
    assert len(lines) == len(stored) == 17
    for line in lines:
        event = json.loads(line)
        assert _fits(event)
        who, *facts = (each["text"] for each in event["content"])
        assert (json.loads(who), "\n".join(facts)) == (event["recorded_by"], event["payload"])


def test_the_hashes_can_be_recomputed_whatever_characters_stand_in_it(kaitei: Kaitei) -> None:
    """Standard output shows no control characters; the escapes of JSON pass it, and no line ends early."""
    identity = kaitei.find("霞野市長/7")
    why = "鐘\x07が\x85鳴る\x7f\u2028次の行"
    kaitei.review(identity, on="2026-04-01", why=why, by=BY, today=date(2026, 4, 1))
    stored = kaitei.stored(identity)
    text = as_jsonl.audit_trail(stored, ORIGIN)
    assert text.translate(CONTROLS) == text
    *_, last = [json.loads(line) for line in text.splitlines()]
    assert json.loads(last["payload"])["why"] == why
    assert _fits(last)
    assert last["payload_hash"] == stored[-1]["payload_hash"]


ALTERED = [
    pytest.param("digest", id="what and who"),
    pytest.param("recorded_at", id="when"),
    pytest.param("event", id="the kind"),
]


@pytest.mark.parametrize("key", ALTERED)
def test_one_altered_character_no_longer_fits_its_hash(stored: list[dict[str, object]], key: str) -> None:
    event = json.loads(as_jsonl.audit_trail(stored, ORIGIN).splitlines()[3])
    event[key] = event[key].replace(event[key][-3], "x")
    assert not _fits(event)


@pytest.mark.parametrize("line", [0, 3])
def test_one_altered_line_no_longer_fits_the_digest(stored: list[dict[str, object]], line: int) -> None:
    event = json.loads(as_jsonl.audit_trail(stored, ORIGIN).splitlines()[3])
    event["content"][line]["text"] += "x"
    assert not _fits(event)


def _fits(event: dict[str, Any]) -> bool:
    """Whether the hash of a line of the trail, and the digest in it, are those of what it says."""
    row = StoredRow(
        sequence=int(str(event["sequence"])),
        stream=str(event["stream"]),
        version=int(str(event["version"])),
        name=str(event["event"]),
        recorded_at=str(event["recorded_at"]),
        recorded_by="",
        format=int(str(event["format"])),
        payload=str(event["digest"]),
    )
    digest = checker().content_digest(event["content"])
    return (row.worked_out, digest) == (event["payload_hash"], event["digest"])
