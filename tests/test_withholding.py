"""Words that were published by mistake: erased wherever they stood, and the history still proved."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reliability.traces import left, traces
from ledger.content import Content
from ledger.events import TextWithheld
from ledger.wording import same, standing
from ledger.wording import withheld as mark
from tests.command_line import KASUMINO, KASUMINO_R6, Kaitei, Said, one_line
from tests.conftest import ROOT
from tests.proof_checker import SCRIPT, checker
from tests.test_proofs import kept, tamper

pytest_plugins = ["tests.command_line_fixtures"]

NAME = "山田太郎"
PLACES = ("II/4/委託事項1/③委託先名", "I/1/②事務の内容")
WHY = "個人の氏名を誤って公表したため"
MARK = f"〔非公開：{WHY}〕"


@pytest.fixture(scope="module")
def with_a_name(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document that prints a name: in an item, in its row (with a space), in a remark."""
    folder = tmp_path_factory.mktemp("withholding")
    text = (ROOT / KASUMINO).read_text("utf-8")
    assert text.count("株式会社雲海ソフトワークス") > 1
    text = text.replace("株式会社雲海ソフトワークス", f"{NAME}事務所", 1)
    text = text.replace("株式会社雲海ソフトワークス", "山田 太郎事務所")
    text = text.replace("組織改正に伴う修正", "担当者（山田太郎）の交代に伴う修正", 1)
    (folder / "7.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def named(kaitei: Kaitei, folder: Path, with_a_name: Path) -> Kaitei:
    """A ledger of that document, in which a person of that name recorded a change; and a checkpoint of it."""
    shutil.copy(with_a_name / "7.txt", folder / "7.txt")
    done(kaitei("import", "7.txt", "--by", "佐藤"))
    record = ("--on", "2026-04-01", "--timing", "事後", "--reason", "組織改正", "--by", NAME)
    done(kaitei("record", "7", "--item", "I/6/①", "--after", f"総務課（{NAME}）", *record))
    done(kaitei("review", "7", "--on", "2026-04-02", "--why", "相違ない", "--by", "佐藤"))
    kept(kaitei)
    return kaitei


def done(said: Said) -> Said:
    assert (said.status, said.err) == (0, ""), said
    return said


def withheld(kaitei: Kaitei, *options: str) -> Said:
    return kaitei("withhold", "7", "--text", NAME, "--why", WHY, "--by", "鈴木", *options)


def every_view(kaitei: Kaitei) -> Iterator[str]:
    """What each command says of the assessment that gives its words."""
    for command in (
        ("show", "7", "--json"),
        ("show", "7", "--as-of", "2020-01-01", "--json"),
        ("show", "7", "--known-at", "2100-01-01", "--json"),
        ("show", "7", "-f", "html"),
        ("log", "7", "--json"),
        ("blame", "7", "--json"),
        ("diff", "7", "2018-01-01", "2026-04-01", "--json"),
        ("changes", "7", "--json"),
        ("changes", "7", "-f", "csv"),
        ("validate", "7", "--pending", "--json"),
        ("export", "7"),
        ("export", "7", "-f", "csv"),
        ("source", "7", "--list"),
        ("systems", "--json"),
        ("due", "--json"),
        ("prove", "7"),
    ):
        yield kaitei(*command).out


def test_every_view_says_so_with_the_reason_and_the_history_still_holds(named: Kaitei) -> None:
    before = [view.count(NAME) + view.count("山田 太郎") for view in every_view(named)]
    assert sum(before) > 10
    said = done(withheld(named))
    assert said.out.splitlines()[0].startswith("霞野市長/7: e33 として記録し、")
    assert "  原本 7.txt の内容も消しました" in said.out
    views = list(every_view(named))
    assert not any("山田" in view for view in views)
    assert sum(MARK in view for view in views) >= sum(1 for count in before if count)
    assert done(named("verify", "--checkpoint", "kept.json")).out.startswith("記録33件を確かめました: 異常は")


def test_nothing_of_it_is_left_in_the_file_or_its_log(named: Kaitei, folder: Path) -> None:
    """Neither the words nor what they were packed into, nor the salts that they were hashed with."""
    path = folder / "kaitei.db"
    before = traces(path, NAME, "山田 太郎")
    assert len(before) > 100
    with closing(sqlite3.connect(path)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM kaitei_events").fetchall()
        done(withheld(named))  # and cannot clear the file, which is still read
        assert left(path, before)
    assert named("withhold", "7", "--text", NAME, "--why", WHY, "--by", "鈴木").status == 2  # clears it away
    assert left(path, before) == []
    for file in folder.glob("kaitei.db*"):
        assert "山田".encode() not in file.read_bytes()


def test_rows_and_bodies_still_agree(named: Kaitei) -> None:
    """The same words stand in the same places: the validator finds again what it found, and no more."""

    def found() -> list[tuple[str, list[int], list[str]]]:
        findings = named("validate", "7", "--pending", "--json").json["findings"]
        return [(each["rule"], each["rows"], each["items"]) for each in findings]

    def certainties() -> list[tuple[str, str]]:
        items = named("show", "7", "--as-of", "2021-01-01", "--json").json["items"]
        return [(each["path"], each["certainty"]) for each in items]

    before = found(), certainties()
    done(withheld(named))
    assert (found(), certainties()) == before


def test_a_dry_run_says_the_same_and_erases_nothing(named: Kaitei) -> None:
    views = list(every_view(named))
    would = named("withhold", "7", "--text", NAME, "--why", WHY, "--dry-run", "--json").json
    assert would["event_id"] is None
    assert list(every_view(named)) == views
    now = withheld(named, "--json").json
    assert (now["event_id"], now["cleared"]) == ("e33", True)
    changed = {"event_id", "cleared"}
    assert {key: value for key, value in now.items() if key not in changed} == {
        key: value for key, value in would.items() if key not in changed
    }
    assert now["sources"] == ["7.txt"]


def test_it_is_recorded_with_its_reason_and_not_with_the_words(named: Kaitei) -> None:
    done(withheld(named))
    *_, last = map(json.loads, named("export", "7").out.splitlines())
    assert (last["event"], last["recorded_by"]) == (TextWithheld.TOPIC, "鈴木")
    assert json.loads(last["payload"])["why"] == WHY
    rows = named("export", "7", "-f", "csv").rows
    assert [cell for cell in rows[-1] if cell in {"非公開", WHY}] == ["非公開", WHY]
    listed = named("source", "7", "--json").json["sources"]
    assert [each["withheld"] for each in listed] == [WHY]
    assert "この原本の内容は消してあります" in one_line(named("source", "7", "--out", "x"))


def test_a_second_withholding_leaves_the_first(named: Kaitei) -> None:
    done(withheld(named))
    done(named("withhold", "7", "--text", "事務所", "--why", "屋号のため", "--by", "鈴木"))
    shown = named("changes", "7").out
    assert f"{MARK}〔非公開：屋号のため〕" in shown
    assert done(named("verify", "--checkpoint", "kept.json")).status == 0


def test_the_same_document_does_not_bring_the_words_back(named: Kaitei) -> None:
    done(withheld(named))
    assert "すでに取り込まれています" in done(named("import", "7.txt", "--by", "佐藤")).out
    assert named("reread", "7", "--by", "佐藤").status == 2
    assert not any("山田" in view for view in every_view(named))


def test_other_assessments_that_have_the_words_are_named(named: Kaitei, folder: Path) -> None:
    text = (folder / "7.txt").read_text("utf-8").replace("霞野市長", "東霞野市長")
    (folder / "east.txt").write_text(text, "utf-8")
    done(named("import", "east.txt", "--by", "佐藤"))
    said = done(named("withhold", "霞野市長/7", "--text", NAME, "--why", WHY, "--by", "鈴木"))
    assert "  東霞野市長/7 にも同じ語があります" in said.out
    assert "山田 太郎" in named("changes", "東霞野").out


REFUSED = [
    (("--text", "山", "--why", WHY), "短すぎます"),
    (("--text", "名無しの権兵衛", "--why", WHY), "台帳のこの評価書にない語です"),
    (("--text", NAME, "--why", f"{NAME}の氏名"), "理由に、非公開にする語があります"),
    (("--text", NAME, "--why", " "), "理由"),
    (("--text", NAME, "--why", "〔秘〕"), "理由に〔〕や改行は使えません"),
    (("--text", "委託事項1", "--why", WHY), "台帳のしくみに使われている語なので消せません"),
    (("--text", "霞野市長", "--why", WHY), "台帳のしくみに使われている語なので消せません"),
]


@pytest.mark.parametrize(("options", "told"), REFUSED)
def test_what_cannot_be_withheld_gets_one_line_and_changes_nothing(
    named: Kaitei, options: tuple[str, ...], told: str
) -> None:
    before = named("verify", "--json").out
    assert told in one_line(named("withhold", "7", *options, "--by", "鈴木"))
    assert named("verify", "--json").out == before


# --- what somebody may do to it ---------------------------------------------------------------------

AFTERWARDS = {
    "the words put there instead": (
        "UPDATE kaitei_contents SET packed = reworded(packed, '非公開', '田中') WHERE sequence = 31",
        "31",
        "が、非公開にした後に書き換えられています",
    ),
    "the words put back": (
        (
            "UPDATE kaitei_contents SET (packed, salts) ="
            " (SELECT packed, salts FROM old.kaitei_contents WHERE sequence = 31)"
            " WHERE sequence = 31"
        ),
        "31",
        "が残っています",
    ),
    "the source put back": (
        "UPDATE kaitei_sources SET content = (SELECT content FROM old.kaitei_sources)",
        "2",
        "の内容が残っています",
    ),
    "another line of the same event": (
        "UPDATE kaitei_contents SET packed = reworded(packed, '事後', '事前') WHERE sequence = 31",
        "31",
        "記録の内容がハッシュと合いません",
    ),
}


@pytest.mark.parametrize("case", AFTERWARDS)
def test_a_touch_after_the_withholding_is_named(named: Kaitei, folder: Path, case: str) -> None:
    statement, sequence, what = AFTERWARDS[case]
    shutil.copy(folder / "kaitei.db", folder / "old.db")
    done(withheld(named))
    tamper(folder, f"ATTACH 'old.db' AS old; {statement}; DETACH old")
    breaks = named("verify", "--json").json["breaks"]
    assert breaks
    assert {str(each["sequence"]) for each in breaks} == {sequence}
    assert [each["what"] for each in breaks if what not in each["what"]] == []


# --- proofs -----------------------------------------------------------------------------------------


def test_a_proof_holds_and_says_how_much_of_it_is_withheld(named: Kaitei, folder: Path) -> None:
    done(withheld(named))
    kept(named, "now.json")
    named("prove", "7", "--out", "proof.json")
    told = subprocess.run(
        [sys.executable, "-I", SCRIPT, "proof.json", "now.json"], cwd=folder, capture_output=True, check=True
    ).stdout.decode()
    assert told.startswith("holds: 33 events")
    assert "withheld: 4 lines, in which other words stand than first, as is recorded and proved" in told


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=4), st.data())
def test_a_content_keeps_its_digest_whatever_is_withheld(
    by: str, facts: dict[str, str], data: st.DataObject
) -> None:
    """And the stand-alone script works out the same from what a proof gives of it."""
    from ledger.canonical import canonical_lines  # noqa: PLC0415
    from ledger.proving import disclosed  # noqa: PLC0415

    content = Content.new(by, canonical_lines(facts))
    digest = content.digest()
    for _ in range(data.draw(st.integers(0, 3))):
        name = data.draw(st.sampled_from(sorted(facts)))
        facts = facts | {name: data.draw(st.text())}
        by = data.draw(st.sampled_from([by, "佐藤"]))
        content = content.instead(by, canonical_lines(facts))
        assert content.digest() == digest
        assert (content.by, content.payload) == (by, canonical_lines(facts))
    lines = disclosed(content)
    assert checker().content_digest(lines) == digest
    changed = data.draw(st.integers(0, len(lines) - 1))
    if "was" not in lines[changed]:
        lines[changed] = {**lines[changed], "text": lines[changed]["text"] + "x"}
        assert checker().content_digest(lines) != digest


@given(st.text("山田 　\nﾞデﾃ(（", max_size=12), st.text("山田デ", min_size=1, max_size=3))
def test_nothing_of_a_term_is_left_of_a_text(text: str, term: str) -> None:
    now = text
    for start, end in reversed(standing(term, text)):
        now = now[:start] + mark("x") + now[end:]
    for piece in now.split(mark("x")):
        assert term not in "".join(piece.split())


MASKED = [
    (f"担当 {MARK}", "担当　●●●●", True),
    (f"担当 {MARK}", "担当", True),
    (f"{MARK}（課長）と{MARK}", "A（課長）とB", True),
    (f"{MARK}", "何か", True),
    (f"担当 {MARK}", "係 ●●●●", False),
    (f"担当 {MARK}である", "担当 ●●●●でない", False),
    ("担当 〔非公開〕", "担当 ●●●●", False),
]


@pytest.mark.parametrize(("one", "other", "agree"), MASKED)
def test_withheld_words_may_have_been_any(one: str, other: str, *, agree: bool) -> None:
    for pair in ((one, other), (other, one)):
        assert (same(*pair) is not None) is agree


def test_an_edition_that_masks_the_words_has_not_rewritten_its_old_rows(kaitei: Kaitei, folder: Path) -> None:
    company = "あけぼの情報サービス株式会社"
    for sample in (KASUMINO_R6, KASUMINO):
        text = (ROOT / sample).read_text("utf-8")
        assert company in text
        masked = text.replace(company, "●●●●") if sample == KASUMINO else text
        (folder / Path(sample).name).write_text(masked, "utf-8")
    done(kaitei("import", Path(KASUMINO_R6).name, "--by", "佐藤"))
    assert "old-row-rewritten" in kaitei("validate", Path(KASUMINO).name).out
    done(kaitei("withhold", "7", "--text", company, "--why", WHY, "--by", "鈴木"))
    done(kaitei("import", Path(KASUMINO).name, "--by", "佐藤"))
    assert "old-row-rewritten" not in kaitei("validate", Path(KASUMINO).name).out
    (folder / "other.txt").write_text(
        (folder / Path(KASUMINO).name).read_text("utf-8").replace("●●●● 北部支店", "●●●● 南部支店"), "utf-8"
    )
    assert "row-differs" in kaitei("validate", "other.txt").out


def test_an_old_ledger_on_the_disk_is_not_needed(named: Kaitei, folder: Path) -> None:
    """The file is whole by itself after the pages were cleared away."""
    done(withheld(named))
    with sqlite3.connect(folder / "kaitei.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
