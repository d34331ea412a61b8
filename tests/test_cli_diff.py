"""`kaitei diff` as its users meet it: text with marks and colours, JSON, a page, and what is refused."""

from __future__ import annotations

import json
import re
import sys

import pytest

from cli import marking, printing
from cli.colours import Colour, Coloured
from projections.as_of import document_as_of
from projections.diff import compared
from tests.command_line import BOX_KEYS, CONTRACTOR, KASUMINO_R6, Kaitei, one_line, recorded
from tests.conftest import Golden
from tests.papers import known_by, paper, stated

pytest_plugins = ["tests.command_line_fixtures"]

DAYS = ("令和6年9月2日", "令和7年11月20日")
CHANGE_KEYS = {
    "path", "key", "label", "important", "kind", "before", "after", "before_certainty", "after_certainty",
    "reasons", "words",
}  # fmt: skip


@pytest.fixture
def editions(ledger: Kaitei) -> Kaitei:
    """`kaitei` in a folder whose ledger has both editions of 霞野市長/7."""
    assert ledger("import", KASUMINO_R6).status == 0
    return ledger


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("json", "json"), ("html", "html")])
def test_two_editions_side_by_side(editions: Kaitei, golden: Golden, form: str, suffix: str) -> None:
    said = editions("diff", "霞野", *DAYS, "-f", form)
    assert (said.status, said.err) == (0, "")
    golden(f"kasumino/diff_2024-09-02_2025-11-20.{suffix}", without_history(said.out))


def without_history(text: str) -> str:
    """The same with no time and no root, which are others each time the editions are taken in."""
    timeless = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", "TIME", text)
    return re.sub(r"\b[0-9a-f]{64}\b", "ROOT", timeless)


def test_diff_in_json_has_the_keys_of_the_interface(editions: Kaitei) -> None:
    view = editions("diff", "7", *DAYS, "--json").json
    assert set(view) == {"schema_version", "ref", "from", "to", "basis", "known_at", "changes", "unsure"}
    assert (view["ref"], view["from"], view["to"]) == ("霞野市長/7", "2024-09-02", "2025-11-20")
    assert {change["kind"] for change in view["changes"]} == {"changed", "added"}
    for change in view["changes"]:
        boxes = {"boxes"} if isinstance(change["after"], dict) else set()
        assert set(change) == CHANGE_KEYS | boxes
        assert not boxes or set(change["after"]) == BOX_KEYS
        assert {piece["op"] for piece in change["words"]} <= {"same", "removed", "added"}


def test_diff_shows_the_values_that_show_shows(editions: Kaitei) -> None:
    view = editions("diff", "7", *DAYS, "--json").json
    for day, side in zip(DAYS, ("before", "after"), strict=True):
        shown = editions("show", "7", "--as-of", day, "--json").json["items"]
        values = {item["path"]: item["value"] for item in shown}
        assert [values.get(change["path"]) for change in view["changes"]] == [
            c[side] for c in view["changes"]
        ]


def test_a_day_without_a_change_is_one_line(ledger: Kaitei) -> None:
    said = ledger("diff", "7", "2025-11-20", "令和7年11月21日")
    assert said.out == "霞野市長/7: 2025-11-20 と 2025-11-21 の記載に違いはありません（変更日による）\n"
    assert ledger("diff", "7", "2025-11-20", "2025-11-20", "--json").json["changes"] == []
    assert (
        "の記載の違い（変更日による）はありません。"
        in ledger("diff", "7", *["2025-11-20"] * 2, "-f", "html").out
    )


def test_what_is_not_known_is_marked_and_says_why(ledger: Kaitei) -> None:
    lines = ledger("diff", "15", "2018-01-01", "2026-03-10", "--item", CONTRACTOR).out.splitlines()
    assert lines == [
        "湊川町長/15 児童扶養手当に関する事務 重点項目評価書",
        "2018-01-01 から 2026-03-10 までの違い（変更日による）: 不確か1件",
        "",
        f"{CONTRACTOR} [不確か]",
        "    【-浜木綿情報株式会社-】【+株式会社とびうおシステムズ+】",
        "    2018-01-01: [一部不明] 行2の変更後と、行6の変更前が一致しない",
        "    2018-01-01: 候補1: みなもデータ株式会社",
        "    2018-01-01: 候補2: 浜木綿情報株式会社",
    ]


def test_days_between_which_nobody_knows_say_so(ledger: Kaitei) -> None:
    said = ledger("diff", "15", "2018-01-01", "2018-01-02", "--item", "別添1")
    assert said.out.splitlines() == [
        "湊川町長/15: 2018-01-01 と 2018-01-02 の記載に違いはありません（変更日による）",
        "どちらの日の記載も確かでない項目: 1件（違いがあるかは分かりません）",
    ]


def test_an_item_and_what_stands_below_it(editions: Kaitei) -> None:
    view = editions("diff", "7", *DAYS, "--item", "Ⅱ－５", "--json").json
    paths = [change["path"] for change in view["changes"]]
    assert paths[0] == "II/5/提供・移転の有無/移転を行っている/件"
    assert len(paths) == 9
    assert all(path.startswith("II/5/") for path in paths)


def test_by_publication_and_as_known_then(editions: Kaitei) -> None:
    """What was recorded later is not there at the time before it; a change is public with its edition."""
    *_, last = (json.loads(line) for line in editions("export", "7").out.splitlines())
    recorded(editions)
    days = ("2026-03-31", "2026-04-01")
    assert [c["path"] for c in editions("diff", "7", *days, "--json").json["changes"]] == [CONTRACTOR]
    then = editions("diff", "7", *days, "--known-at", last["recorded_at"], "--json").json
    assert (then["known_at"], then["changes"]) == (last["recorded_at"], [])
    public = editions("diff", "7", *days, "--basis", "公表日", "--json").json
    assert (public["basis"], public["changes"]) == ("公表日", [])


REFUSED = [
    pytest.param(
        ("2025-11-20", "令和6年9月2日"),
        "日の順が逆です — 前の日を先に書いてください: kaitei diff 7 2024-09-02 2025-11-20",
        id="the later day first",
    ),
    pytest.param(("2024-13-01", "2025-01-01"), "日付として読めません", id="month 13"),
    pytest.param(("2024-12-01", ""), "日付として読めません", id="no day"),
    pytest.param(("2024-12-01",), "引数 後の日 がありません", id="one day only"),
    pytest.param((*DAYS, "--item", "待合スペース"), "様式3の項目として読めません", id="no item"),
    pytest.param(
        (*DAYS, "--item", "II/4/委託事項9"), "この評価書にその項目はありません", id="an item of neither day"
    ),
    pytest.param((*DAYS, "-f", "csv"), "次から選んでください: text、json、html", id="format"),
    pytest.param((*DAYS, "--known-at", "いつか"), "日時として読めません", id="no time"),
]


@pytest.mark.parametrize(("arguments", "what"), REFUSED)
def test_what_cannot_be_compared_is_one_line(ledger: Kaitei, arguments: tuple[str, ...], what: str) -> None:
    assert what in one_line(ledger("diff", "7", *arguments))


def test_diff_asks_no_ledger_that_is_not_there(kaitei: Kaitei) -> None:
    assert "台帳がありません" in one_line(kaitei("diff", "7", *DAYS))


# --- marks and colours ----------------------------------------------------------------------------

WORK = "I/1/②事務の内容"
LONG = "、収納及び賦課の管理" * 20


def shown(capsys: pytest.CaptureFixture[str], before: str, after: str) -> list[str]:
    """The lines printed of one item that said *before* and then *after*."""
    one, other = (document_as_of(known_by(paper(stated(WORK, text)))) for text in (before, after))
    marking.comparison("霞野市長/7", compared(one, other))
    lines = capsys.readouterr().out.splitlines()
    return lines[lines.index(f"{WORK} [変更]") + 1 :]


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that standard output is a terminal, and that nobody has anything against colours."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


MARKED = [
    pytest.param("甲を行う。", "乙を行う。", ["    【-甲-】【+乙+】を行う。"], id="in a line"),
    pytest.param(
        "甲を行う。",
        "甲を行う。\n乙を行う。\n\n丙を行う。",
        ["    甲を行う。", "    【+乙を行う。+】", "    ", "    【+丙を行う。+】"],
        id="every line between marks of its own",
    ),
    pytest.param(
        "一行目\n二行目\n三行目\n四行目\n五行目",
        "一行目\n二行目\n次の行\n四行目\n五行目",
        ["    …", "    二行目", "    【-三行目-】【+次の行+】", "    四行目", "    …"],
        id="the lines next to a change",
    ),
    pytest.param(
        f"{LONG}、甲{LONG}",
        f"{LONG}、乙{LONG}",
        [f"    …{LONG[-59:]}、【-甲-】【+乙+】{LONG[:60]}…"],
        id="a long line",
    ),
    pytest.param(
        "甲。\nアに乙",
        "甲。アに丙",
        ["    甲。【-↵-】", "    アに【-乙-】【+丙+】"],
        id="a line break that went",
    ),
]


@pytest.mark.parametrize(("before", "after", "lines"), MARKED)
def test_changed_words_stand_between_marks(
    capsys: pytest.CaptureFixture[str], before: str, after: str, lines: list[str]
) -> None:
    assert shown(capsys, before, after) == lines


def test_a_terminal_gets_colours(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch)
    coloured = "    \x1b[31m【-甲-】\x1b[0m\x1b[32m【+乙+】\x1b[0mを行う。"
    assert shown(capsys, "甲を行う。", "乙を行う。") == [coloured]
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown(capsys, "甲を行う。", "乙を行う。") == ["    【-甲-】【+乙+】を行う。"]


def test_no_escape_sequence_of_a_document_reaches_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal(monkeypatch)
    assert shown(capsys, "甲\x1b[2Jを行う。", "乙\x9b31mを行う。") == [
        "    \x1b[31m【-甲\ufffd[2J-】\x1b[0m\x1b[32m【+乙\ufffd31m+】\x1b[0mを行う。"
    ]
    printing.out("\x1b]0;", Coloured("\x07", Colour.GREEN))
    assert capsys.readouterr().out == "\ufffd]0;\x1b[32m\ufffd\x1b[0m\n"
