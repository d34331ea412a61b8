"""`interpret`, `correct`, `retract`: what counts from then on, what was answered before, what is refused.

The document is invented and narrow: three rows, one undated, one that names no item of the form.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ledger.form import form3
from ledger.published import Boxes
from projections.application import Imported, import_files
from projections.application import Kaitei as Open
from projections.deciding import Correction
from samples.making.as_ocr_text import TextLayout, write_ocr_text
from tests.command_line import CHANGE_KEYS, Kaitei, Said, one_line, recorded, stated, stored
from tests.other_forms import basic
from tests.papers import Cells, paper
from tests.papers import stated as item

pytest_plugins = ["tests.command_line_fixtures"]

OFFICE, HEAD, BUSINESS = "I/6/①部署", "I/6/②所属長の役職名", "I/1/①事務の名称"
CONNECTIONS, COUNT = "I/2/システム1/③他のシステムとの接続", "II/4/委託の有無/件"
FIRST, UNDATED, UNCLEAR, RECORDED = "e3", "e4", "e5", "e6"
ROWS = (
    ("令和3年4月1日", "Ⅰ－6－①部署", "住民課", "市民課"),
    ("", "Ⅰ－6－②所属長の役職名", "住民課長", "市民課長"),
    ("令和5年4月3日", "担当の名称", "介護の事務", "介護保険の事務"),
)


def document(*rows: Cells, published: str = "令和6年10月1日", office: str = "市民課") -> str:
    """A published document as extracted text."""
    cover = (
        item("表紙/評価書番号", "7"),
        item("表紙/評価書名", "介護保険に関する事務"),
        item("表紙/評価実施機関名", "霞野市長"),
        item("表紙/公表日", published),
    )
    options = form3()["I.2.system[n].3"].options
    body = (
        item(BUSINESS, "介護保険の事務"),
        item("I/1/②事務の内容", "保険料を算定する。"),
        item(CONNECTIONS, Boxes((), tuple(option.label for option in options))),
        item(OFFICE, office),
        item(HEAD, "市民課長"),
    )
    return write_ocr_text(paper(*cover, *body, rows=rows, published=published), TextLayout())


def imported(kaitei: Kaitei, name: str, text: str) -> None:
    """Take in a document."""
    Path(name).write_text(text, "utf-8")
    said = kaitei("import", name, "--by", "佐藤")
    assert (said.status, said.err) == (0, "")


@pytest.fixture(scope="session")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that has taken in the document."""
    folder = tmp_path_factory.mktemp("narrow")
    (folder / "a.txt").write_text(document(*ROWS), "utf-8")
    (taken,) = import_files(f"sqlite:///{folder / 'kaitei.db'}", [folder / "a.txt"], by="佐藤")
    assert isinstance(taken, Imported)
    return folder / "kaitei.db"


@pytest.fixture
def ledger(kaitei: Kaitei, folder: Path, received: Path) -> Kaitei:
    """``kaitei`` in a folder with such a ledger."""
    shutil.copy(received, folder / "kaitei.db")
    return kaitei


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory, received: Path) -> Path:
    """The same with two recorded changes, e6 corrected and e7 retracted since, and row 3 interpreted."""
    path = tmp_path_factory.mktemp("decided") / "kaitei.db"
    shutil.copy(received, path)
    with Open(f"sqlite:///{path}") as opened:
        identity = opened.find("7")
        for day in ("令和8年4月1日", "令和8年5月1日"):
            opened.record(
                identity, item=OFFICE, after=f"窓口課{day}", on=day, timing="事後", reason="改正", by="佐藤"
            )
        right = Correction(after="窓口課")
        opened.correct(identity, RECORDED, right, why="課名の誤記", by="佐藤")
        opened.retract(identity, "e7", why="二重の記録", by="佐藤")
        opened.interpret(identity, UNCLEAR, item=BUSINESS, why="記載が同じ", by="佐藤")
    return path


def record(by: Kaitei, *more: str) -> Said:
    """Record a change of 2026-04-01; *more* options may say otherwise."""
    return recorded(by, *more, item=OFFICE, after="窓口課")


def now(by: Kaitei) -> str:
    """The time of the last event: what was known by then."""
    return str(json.loads(by("export", "7").out.splitlines()[-1])["recorded_at"])


def value(by: Kaitei, path: str, day: str, known_at: str = "") -> tuple[Any, str]:
    """What an item says on a day, and how certain that is; by what was known at a time."""
    at = ("--known-at", known_at) if known_at else ()
    shown = stated(by("show", "7", "--item", path, "--as-of", day, *at, "--json"), path)
    return shown["value"], shown["certainty"]


def rows(by: Kaitei) -> list[dict[str, Any]]:
    """The rows of `changes`."""
    found: list[dict[str, Any]] = by("changes", "7", "--json").json["rows"]
    return found


# interpret


def test_a_day_that_was_decided_counts_and_the_open_one_is_still_answered(ledger: Kaitei) -> None:
    before = now(ledger)
    assert value(ledger, HEAD, "2022-01-01") == ("住民課長", "partial")
    said = ledger("interpret", "7", "行2", "--on", "令和3年4月1日", "--why", "行1と同じ改正", "--by", "鈴木")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "霞野市長/7: e6 として記録しました",
        f"2. 2021-04-01 事後 {HEAD}",
        "    変更前: 住民課長",
        "    変更後: 市民課長",
        "    説明:   重要な変更に該当しない",
        "    判断:   e6で解釈（鈴木: 行1と同じ改正）",
    ]
    assert value(ledger, HEAD, "2021-03-31") == ("住民課長", "known")
    assert value(ledger, HEAD, "2022-01-01") == ("市民課長", "known")
    assert value(ledger, HEAD, "2022-01-01", before) == ("住民課長", "partial")


def test_an_item_that_was_decided_counts_and_the_printed_words_stay(ledger: Kaitei) -> None:
    before = now(ledger)
    said = ledger("interpret", "7", "3", "--item", "Ⅰ－1－①", "--why", "記載が同じ", "--by", "鈴木", "--json")
    assert set(said.json) == {"schema_version", *CHANGE_KEYS, "decided"}
    assert said.json["item_text"] == "担当の名称"
    assert said.json["targets"] == [{"path": BUSINESS, "how": "exact", "note": ""}]
    assert said.json["decided"] == "e6で解釈（鈴木: 記載が同じ）"
    assert value(ledger, BUSINESS, "2023-04-02") == ("介護の事務", "known")
    assert value(ledger, BUSINESS, "2023-04-02", before) == ("介護の事務", "partial")


def test_a_second_decision_on_a_row_leaves_what_it_does_not_name(ledger: Kaitei) -> None:
    ledger("interpret", "7", "3", "--item", BUSINESS, "--why", "記載が同じ")
    ledger("interpret", "7", "3", "--on", "令和5年4月1日", "--why", "年度の初め")
    row = rows(ledger)[2]
    assert (row["change_date"], row["targets"][0]["path"]) == ("2023-04-01", BUSINESS)


def test_decisions_on_a_row_can_be_undone_and_stay_answerable(ledger: Kaitei) -> None:
    at_first = rows(ledger)
    ledger("interpret", "7", "2", "--on", "令和3年4月1日", "--item", HEAD, "--why", "行1と同じ改正")
    between = now(ledger)
    assert ledger("interpret", "7", "2", "--as-printed", "--why", "確かめられない").status == 0
    assert rows(ledger) == at_first
    assert value(ledger, HEAD, "2022-01-01") == ("住民課長", "partial")
    assert value(ledger, HEAD, "2022-01-01", between) == ("市民課長", "known")


# correct


def test_a_printed_row_that_was_misread_is_put_right(ledger: Kaitei) -> None:
    before = now(ledger)
    said = ledger("correct", "7", FIRST, "--before", "住民生活課", "--why", "原本で確かめた", "--by", "鈴木")
    assert said.out.splitlines()[0] == "霞野市長/7: e6 として記録しました"
    assert said.out.splitlines()[-1] == "    判断:   e6で訂正（鈴木: 原本で確かめた）"
    assert value(ledger, OFFICE, "2021-03-31") == ("住民生活課", "known")
    assert value(ledger, OFFICE, "2021-03-31", before) == ("住民課", "known")
    assert ledger("changes", "7", "-f", "csv").rows[1][2] == "住民生活課"


def test_the_item_cell_of_a_printed_row_is_put_right_in_the_words_given(ledger: Kaitei) -> None:
    said = ledger("correct", "7", UNCLEAR, "--item", "Ⅰ－1－①事務の名称", "--why", "原本で確かめた", "--json")
    assert said.json["item_text"] == "Ⅰ－1－①事務の名称"
    assert said.json["targets"] == [{"path": BUSINESS, "how": "exact", "note": ""}]


def test_of_a_recorded_change_only_what_is_given_changes(ledger: Kaitei) -> None:
    event = record(ledger, "--json").json
    before = now(ledger)
    said = ledger(
        "correct", "7", RECORDED, "--after", "総合窓口課", "--why", "課名の誤記", "--by", "鈴木", "--json"
    )
    assert said.json == event | {"after": "総合窓口課", "decided": "e7で訂正（鈴木: 課名の誤記）"}
    assert value(ledger, OFFICE, "2026-04-01") == ("総合窓口課", "known")
    assert value(ledger, OFFICE, "2026-04-01", before) == ("窓口課", "known")
    again = ledger(
        "correct", "7", RECORDED, "--timing", "事前", "--reason", "任意", "--why", "提出日", "--json"
    ).json
    assert (again["after"], again["timing"], again["reason"]) == ("総合窓口課", "事前", "任意")
    assert again["decided"].startswith("e8で訂正")


def test_what_an_item_said_follows_the_day_to_which_a_change_is_moved(ledger: Kaitei) -> None:
    record(ledger)
    before = now(ledger)
    said = ledger("correct", "7", RECORDED, "--on", "令和2年4月1日", "--why", "日の誤り", "--json")
    assert (said.json["change_date"], said.json["before"]) == ("2020-04-01", "住民課")
    assert value(ledger, OFFICE, "2026-04-01") == ("市民課", "known")
    assert value(ledger, OFFICE, "2026-04-01", before) == ("窓口課", "known")


def test_what_an_item_said_stays_as_somebody_gave_it(ledger: Kaitei) -> None:
    record(ledger)
    ledger("correct", "7", RECORDED, "--before", "市民課（仮）", "--why", "当時の記載")
    said = ledger("correct", "7", RECORDED, "--on", "令和2年4月1日", "--why", "日の誤り", "--json")
    assert said.json["before"] == "市民課（仮）"


def test_a_change_moved_to_another_item_says_what_that_one_said(ledger: Kaitei) -> None:
    record(ledger)
    said = ledger(
        "correct", "7", RECORDED, "--item", HEAD, "--after", "窓口課長", "--why", "項目の誤り", "--json"
    )
    assert [target["path"] for target in said.json["targets"]] == [HEAD]
    assert said.json["item_text"].endswith("②所属長の役職名")
    assert (said.json["before"], said.json["after"]) == ("市民課長", "窓口課長")
    assert value(ledger, OFFICE, "2026-04-01") == ("市民課", "known")


def test_a_correction_of_boxes_quotes_the_boxes_that_it_names(ledger: Kaitei) -> None:
    recorded(ledger, item=CONNECTIONS, after="[○] 税務システム")
    said = ledger("correct", "7", RECORDED, "--after", "[○] 宛名システム等", "--why", "欄の誤り", "--json")
    assert said.json["before"] == "[] 宛名システム等"


def test_boxes_that_somebody_recorded_as_they_were_stay(ledger: Kaitei) -> None:
    recorded(ledger, item=CONNECTIONS, after="[○] 税務システム")
    ledger("correct", "7", RECORDED, "--after", "[○] 宛名システム等", "--why", "欄の誤り")
    said = ledger("correct", "7", RECORDED, "--reason", "接続の開始", "--why", "説明の誤り", "--json")
    assert (said.json["before"], said.json["after"]) == ("[] 宛名システム等", "[○] 宛名システム等")


# retract


def test_a_retracted_change_counts_for_nothing_and_is_still_answered(ledger: Kaitei) -> None:
    at_first = rows(ledger)
    event = record(ledger, "--json").json
    before = now(ledger)
    said = ledger("retract", "7", RECORDED, "--why", "二重の記録", "--by", "鈴木")
    assert said.out.splitlines() == [
        "霞野市長/7: e7 として記録しました",
        f"4. 2026-04-01 事後 {OFFICE}",
        "    変更前: 市民課",
        "    変更後: 窓口課",
        "    説明:   入札による委託先の変更",
        "    判断:   e7で取消し（鈴木: 二重の記録）",
    ]
    assert rows(ledger) == at_first
    assert value(ledger, OFFICE, "2026-04-01") == ("市民課", "known")
    assert value(ledger, OFFICE, "2026-04-01", before) == ("窓口課", "known")
    again = ledger("retract", "7", RECORDED, "--why", "もう一度", "--json").json
    assert again == event | {"decided": "e7で取消し（鈴木: 二重の記録）"}


def test_what_was_retracted_can_be_recorded_again(ledger: Kaitei) -> None:
    first = record(ledger, "--json").json
    ledger("retract", "7", RECORDED, "--why", "早すぎた")
    again = record(ledger, "--json").json
    assert again == first | {"event_id": "e8"}
    assert record(ledger, "--json").json == again, "and only once"
    assert value(ledger, OFFICE, "2026-04-01") == ("窓口課", "known")


def test_a_correction_says_so_in_every_view_and_a_retraction_leaves_none(ledger: Kaitei) -> None:
    record(ledger)
    ledger("correct", "7", RECORDED, "--after", "総合窓口課", "--why", "課名の誤記", "--by", "鈴木")
    said = "    判断:   e7で訂正（鈴木: 課名の誤記）"
    assert [line for line in ledger("changes", "7").out.splitlines() if "判断" in line] == [said]
    assert [line for line in ledger("log", "7").out.splitlines() if "判断" in line] == [said]
    *_, last = ledger("log", "7", "--json").json["revisions"]
    assert [change.get("decided") for change in last["changes"]] == ["e7で訂正（鈴木: 課名の誤記）"]
    assert [row.get("decided") for row in rows(ledger)] == [None, None, None, "e7で訂正（鈴木: 課名の誤記）"]
    ledger("retract", "7", RECORDED, "--why", "二重の記録")
    assert "判断" not in ledger("changes", "7").out + ledger("log", "7").out


# late and backdated


def test_a_change_recorded_late_and_dated_back_was_not_known_before(ledger: Kaitei) -> None:
    early = now(ledger)
    record(ledger)
    then = now(ledger)
    late = ledger(
        "record", "7", "--item", OFFICE, "--after", "総合窓口課", "--on", "令和7年4月1日", "--timing", "事後",
        "--reason", "判明した改正", "--json",
    )  # fmt: skip
    assert (late.json["before"], late.json["event_id"]) == ("市民課", "e7")
    days = ("2025-03-31", "2025-04-01", "2026-04-01")
    assert [value(ledger, OFFICE, day, early)[0] for day in days] == ["市民課", "市民課", "市民課"]
    assert [value(ledger, OFFICE, day, then)[0] for day in days] == ["市民課", "市民課", "窓口課"]
    assert [value(ledger, OFFICE, day)[0] for day in days] == ["市民課", "総合窓口課", "窓口課"]
    ledger("correct", "7", "e7", "--on", "令和8年5月1日", "--why", "一年の誤り")
    assert [value(ledger, OFFICE, day)[0] for day in days] == ["市民課", "市民課", "窓口課"]
    assert value(ledger, OFFICE, "2026-05-01")[0] == "総合窓口課"
    assert rows(ledger)[-1]["before"] == "窓口課"
    ledger("retract", "7", "e7", "--why", "別の課の改正")
    assert value(ledger, OFFICE, "2026-05-01")[0] == "窓口課"
    assert [value(ledger, OFFICE, day, then)[0] for day in days] == ["市民課", "市民課", "窓口課"]


# editions


def test_a_row_of_an_earlier_edition_is_decided_on_by_its_event(ledger: Kaitei) -> None:
    imported(ledger, "b.txt", document(*ROWS, published="令和7年10月1日"))
    before = now(ledger)
    said = ledger("correct", "7", FIRST, "--before", "住民生活課", "--why", "原本で確かめた", "--json")
    assert (said.json["no"], said.json["event_id"], said.json["before"]) == (1, FIRST, "住民生活課")
    assert [row["before"] for row in rows(ledger)][:1] == ["住民課"], "the later edition prints its own"
    assert value(ledger, OFFICE, "2021-03-31")[0] == "住民生活課"
    assert value(ledger, OFFICE, "2021-03-31", before)[0] == "住民課"


def test_a_recorded_change_that_was_published_has_the_number_of_its_row(ledger: Kaitei) -> None:
    record(ledger)
    row = ("令和8年4月1日", "Ⅰ－6－①部署", "市民課", "窓口課")
    imported(ledger, "b.txt", document(*ROWS, row, published="令和8年5月1日", office="窓口課"))
    assert [each["event_id"] for each in rows(ledger)] == ["e8", "e9", "e10", "e11"]
    said = ledger("correct", "7", RECORDED, "--reason", "組織の改正", "--why", "説明の誤り", "--json")
    assert (said.json["no"], said.json["event_id"], said.json["reason"]) == (4, RECORDED, "組織の改正")
    assert rows(ledger)[-1]["event_id"] == "e11"


def test_a_row_of_a_source_whose_rows_do_not_count_is_refused(ledger: Kaitei) -> None:
    imported(ledger, "copy.txt", document(*ROWS) + "\n写し\n")
    line = one_line(ledger("interpret", "7", "e8", "--on", "令和3年4月1日", "--why", "行1と同じ改正"))
    assert line.startswith("e8: 今の変更箇所にない行です")


# how a change is named

NAMES = [
    pytest.param("e4", id="by its event"),
    pytest.param("Ｅ４", id="in wide letters"),
    pytest.param("行2", id="by its row"),
    pytest.param("2", id="by its number"),
    pytest.param(" 行 ２", id="with spaces"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_may_be_named_as_outputs_name_it(ledger: Kaitei, name: str) -> None:
    said = ledger("interpret", "7", name, "--on", "令和3年4月1日", "--why", "行1と同じ改正", "--json")
    assert said.json["event_id"] == UNDATED


@pytest.mark.parametrize("name", ["記録e6", "行4", "4"])
def test_a_recorded_change_may_be_named_as_outputs_name_it(ledger: Kaitei, name: str) -> None:
    record(ledger)
    assert ledger("retract", "7", name, "--why", "二重の記録", "--json").json["event_id"] == RECORDED


# what is refused

WHY = ("--why", "確かめた")
REFUSED = [
    pytest.param(("interpret", "7", "2", *WHY), "何と解釈するか決まりません", id="no meaning"),
    pytest.param(
        ("interpret", "7", "2", "--item", HEAD, "--as-printed", *WHY), "--as-printed だけ", id="both meanings"
    ),
    pytest.param(("interpret", "7", "2", "--on", "", *WHY), "日付として読めません", id="a blank day"),
    pytest.param(("interpret", "7", "2", "--on", "令和3年", *WHY), "日付として読めません", id="a year"),
    pytest.param(("interpret", "7", "2", "--item", "待合", *WHY), "項目として読めません", id="no item"),
    pytest.param(("interpret", "7", "2", "--item", "委託先名", *WHY), "一つに決まりません", id="which item"),
    pytest.param(("interpret", "7", "2", "--item", "I/6", *WHY), "見出しであり", id="a heading"),
    pytest.param(("interpret", "7", "2", "--item", HEAD, "--why", " "), "理由がありません", id="no reason"),
    pytest.param(
        ("interpret", "7", "e6", "--item", HEAD, *WHY),
        "公表された文書の行ではありません",
        id="a recorded one",
    ),
    pytest.param(("correct", "7", "e6", *WHY), "何を訂正するか決まりません", id="nothing to correct"),
    pytest.param(("correct", "7", "e6", "--after", "市民課", *WHY), "変更前と変更後が同じ", id="no change"),
    pytest.param(("correct", "7", "e6", "--timing", "事中", *WHY), "「事中」は様式にありません", id="timing"),
    pytest.param(("correct", "7", "e6", "--timing", "", *WHY), "「」は様式にありません", id="no timing"),
    pytest.param(("correct", "7", "e3", "--timing", "事中", *WHY), "「事中」は様式に", id="timing of a row"),
    pytest.param(("correct", "7", "e6", "--on", "きのう", *WHY), "日付として読めません", id="no day"),
    pytest.param(
        ("correct", "7", "e3", "--on", "きのう", *WHY), "日付として読めません", id="no day of a row"
    ),
    pytest.param(("correct", "7", "e6", "--item", "公表日", *WHY), "版ごとに定まり", id="of every edition"),
    pytest.param(("correct", "7", "e6", "--item", "I/6", *WHY), "見出しであり", id="to a heading"),
    pytest.param(("correct", "7", "e3", "--item", "待合", *WHY), "項目として読めません", id="a row, no item"),
    pytest.param(
        ("correct", "7", "e6", "--item", "I/1/③対象人数", "--after", "百万人", *WHY),
        "選択肢に",
        id="no option",
    ),
    pytest.param(("correct", "7", "e6", "--item", COUNT, *WHY), "件数は数字です", id="no number"),
    pytest.param(("correct", "7", "e6", "--item", CONNECTIONS, *WHY), "どのチェック欄の", id="no box"),
    pytest.param(("correct", "7", "e6", "--after", "窓\a口", *WHY), "制御文字", id="a control character"),
    pytest.param(("correct", "7", "e3", "--after", "窓\a口", *WHY), "制御文字", id="in a row as well"),
    pytest.param(("correct", "7", "e6", "--after", "窓口", "--why", ""), "理由がありません", id="reason"),
    pytest.param(("correct", "7", "e6", "--after", "窓口"), "オプション --why がありません", id="no --why"),
    pytest.param(
        ("correct", "7", "e6", "--after", "窓口", *WHY, "--by", " "), "記録する人の名前が", id="by nobody"
    ),
    pytest.param(
        ("retract", "7", "e3", *WHY),
        "行1: 公表された文書の行は取り消せません",
        id="retracting what is printed",
    ),
    pytest.param(("retract", "7", "e2", *WHY), "「e2」: この評価書の変更にありません", id="an edition"),
    pytest.param(("retract", "7", "e99", *WHY), "「e99」: この評価書の変更にありません", id="no event"),
    pytest.param(("retract", "7", "5", *WHY), "「5」: この評価書の変更にありません", id="no row"),
    pytest.param(("retract", "7", "0", *WHY), "「0」: この評価書の変更にありません", id="no row 0"),
    pytest.param(("retract", "7", "最後", *WHY), "この評価書の変更にありません", id="no number at all"),
    pytest.param(("retract", "7", "e8", *WHY), "e6 と指定してください", id="the correction of a change"),
    pytest.param(("correct", "7", "e10", "--after", "窓口", *WHY), "e5 と指定", id="what a row was read as"),
    pytest.param(
        ("correct", "7", "e7", "--after", "窓口", *WHY),
        f"{OFFICE}: 取り消された変更です — やはり正しければ kaitei record で改めて",
        id="what was retracted",
    ),
    pytest.param(("retract", "8", "e6", *WHY), "当てはまる評価書がありません", id="no assessment"),
    pytest.param(("retract", "7", "e6", *WHY, "-f", "csv"), "この命令にない形式です", id="no such format"),
]


@pytest.mark.parametrize(("command", "says"), REFUSED)
def test_what_is_refused_is_one_line_and_records_nothing(
    kaitei: Kaitei, folder: Path, decided: Path, command: tuple[str, ...], says: str
) -> None:
    shutil.copy(decided, folder / "kaitei.db")
    before = stored(folder)
    assert says in one_line(kaitei(*command))
    assert stored(folder) == before


NO_NEWS = [
    pytest.param(("interpret", "7", "2", "--as-printed"), id="a row as it is printed"),
    pytest.param(("interpret", "7", "3", "--item", "Ⅰ－1－①"), id="the same item, written otherwise"),
    pytest.param(("correct", "7", "e3", "--after", "市民課"), id="a row that is right"),
    pytest.param(("correct", "7", "e6", "--item", "Ⅰ－6－①"), id="the same item of a recorded change"),
    pytest.param(("retract", "7", "e7"), id="what is retracted already"),
]


@pytest.mark.parametrize("command", NO_NEWS)
def test_what_counts_already_is_said_and_not_recorded(
    kaitei: Kaitei, folder: Path, decided: Path, command: tuple[str, ...]
) -> None:
    shutil.copy(decided, folder / "kaitei.db")
    before = stored(folder)
    said = kaitei(*command, "--why", "確かめた")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0] == "霞野市長/7: すでにそのとおりです（新しい記録はありません）"
    assert stored(folder) == before


def test_of_a_form_whose_items_are_not_known_the_words_of_a_row_are_put_right(kaitei: Kaitei) -> None:
    imported(kaitei, "basic.txt", basic())
    said = kaitei("correct", "7", "行2", "--item", "Ⅳ－9", "--why", "原本で確かめた", "--json")
    assert (said.json["item_text"], said.json["targets"]) == ("Ⅳ－9", [])
    dated = kaitei("interpret", "7", "行2", "--on", "令和6年11月1日", "--why", "原本で確かめた", "--json")
    assert (dated.json["item_text"], dated.json["change_date"]) == ("Ⅳ－9", "2024-11-01")
    line = one_line(kaitei("interpret", "7", "行2", "--item", "Ⅳ－9", "--why", "原本で確かめた"))
    assert "この様式の項目には未対応です" in line
