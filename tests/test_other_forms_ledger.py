"""様式2 and 様式4 in the ledger: an assessment for each form, REFs to tell them apart, what commands say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.assessment import Assessment
from ledger.errors import UnknownAssessment, WrongAssessment
from ledger.form import form_named
from ledger.identity import Identity, PrintedIdentity, stream_id
from ledger.intake import Intake, take_in
from ledger.readers.cover import form_of
from ledger.readers.other_forms import edition_of
from ledger.readers.rows import SourceRow
from ledger.refs import find_by_ref
from ledger.storage import Ledger, open_ledger
from tests.command_line import CHANGE_KEYS, KASUMINO, Kaitei, one_line
from tests.other_forms import READ_2, TABLE, basic, covered, focused, full, taken
from tests.sources import HEADINGS, READ_ROW

pytest_plugins = ["tests.command_line_fixtures"]

# the ledger


@pytest.fixture
def store() -> Iterator[Ledger]:
    """A new ledger in memory."""
    with open_ledger("sqlite://", create=True) as ledger:
        yield ledger


def keep(store: Ledger, text: str, *, same_as: str = "") -> Intake:
    return take_in(store, text.encode(), "霞野.txt", taken(text), by="佐藤", same_as=same_as)


def test_one_number_in_two_forms_is_two_assessments(store: Ledger) -> None:
    three, two = keep(store, focused()), keep(store, basic())
    assert (three.ref, two.ref) == ("霞野市長/7", "霞野市長/7/様式2")
    assert three.assessment_id == stream_id(PrintedIdentity("霞野市長", "7", ""))
    assert two.assessment_id == stream_id(PrintedIdentity("霞野市長", "7", "", "様式2"))
    assert [(one.ref, one.form) for one in store.assessments()] == [
        ("霞野市長/7", "様式3"),
        ("霞野市長/7/様式2", "様式2"),
    ]


@pytest.mark.parametrize("title", ["介護保険に関する事務", "介護保険に関する事務 基礎項目評価書"])
def test_the_same_title_in_another_form_is_no_near_match(store: Ledger, title: str) -> None:
    first = keep(store, focused(title=title))
    other = keep(store, basic(number="8", title=title))
    assert other.assessment_id != first.assessment_id


def test_a_near_match_in_the_same_form_is_asked_for(store: Ledger) -> None:
    keep(store, basic())
    with pytest.raises(WrongAssessment) as caught:
        keep(store, basic(number="9"))
    assert "--as 霞野市長/7/様式2" in caught.value.remedy
    assert "--as 霞野市長/9/様式2" in caught.value.remedy
    assert keep(store, basic(number="9"), same_as="霞野市長/7/様式2").ref == "霞野市長/7/様式2"
    own = "介護保険に関する事務 基礎項目評価書（支所）"
    assert keep(store, basic(number="10", title=own), same_as="霞野市長/10/様式2").ref == "霞野市長/10/様式2"


def test_a_later_edition_joins_the_assessment_of_its_form(store: Ledger) -> None:
    keep(store, focused())
    first = keep(store, basic(HEADINGS))
    later = keep(store, basic(TABLE).replace("令和7年11月20日", "令和8年4月1日"))
    assert (later.assessment_id, later.new_events) == (first.assessment_id, 3)


def test_the_same_document_again_is_no_news(store: Ledger) -> None:
    assert keep(store, basic()).new_events == 4
    again = keep(store, basic())
    assert (again.ref, again.new_events, again.already_known) == ("霞野市長/7/様式2", 0, True)


FOREIGN = [
    pytest.param(focused(), basic(), "霞野市長/7", "様式3の評価書で、様式2の文書", id="2 is not 3"),
    pytest.param(basic(), focused(), "霞野市長/7/様式2", "様式2の評価書で、様式3の文書", id="3 is not 2"),
    pytest.param(full(), basic(), "霞野市長/1", "様式4の評価書で、様式2の文書", id="2 is not 4"),
    pytest.param(
        focused(),
        basic().replace("\n7\t", "\n\t"),
        "7",
        "様式3の評価書で、様式2の文書",
        id="without a number",
    ),
]


@pytest.mark.parametrize(("there", "document", "ref", "says"), FOREIGN)
def test_a_document_never_joins_an_assessment_of_another_form(
    store: Ledger, there: str, document: str, ref: str, says: str
) -> None:
    keep(store, there)
    edition = edition_of(
        [SourceRow(no, tuple(line.split("\t"))) for no, line in enumerate(document.split("\n"), 1)],
        form_of(document),
        reader="ocr-text/1",
    )
    with pytest.raises(WrongAssessment, match=says):
        take_in(store, document.encode(), "霞野.txt", edition, by="佐藤", same_as=ref)
    assert len(store.assessments()) == 1


def test_a_ref_without_a_form_may_be_that_of_a_new_assessment(store: Ledger) -> None:
    assert keep(store, basic(), same_as="霞野市長/7").ref == "霞野市長/7/様式2"


def test_a_rereading_as_another_form_is_refused() -> None:
    two = taken(basic())
    assessment = Assessment.register(PrintedIdentity.of(two), form_edition="")
    assessment.receive(two, sha256="5e", file_name="霞野.txt")
    with pytest.raises(WrongAssessment, match="霞野市長/7/様式2"):
        assessment.reread(replace(two, form="様式3"), sha256="5e", file_name="霞野.txt")


# REF


def identity(body: str, number: str, title: str, form: str) -> Identity:
    printed = PrintedIdentity(body, number, title, form)
    return Identity(stream_id(printed), form, (printed,))


KNOWN = [
    identity("霞野市長", "7", "介護保険に関する事務 基礎項目評価書", "様式2"),
    identity("霞野市長", "7", "介護保険に関する事務 重点項目評価書", "様式3"),
    identity("霞野市長", "1", "住民基本台帳に関する事務 全項目評価書", "様式4"),
    identity("霞野市長", "1", "住民基本台帳に関する事務 基礎項目評価書", "様式2"),
    identity("湊川町長", "3", "国民年金に関する事務", "様式2"),
    identity("湊川町長", "4", "国民年金に関する事務（基礎年金）", "様式3"),
]
REFS = [
    pytest.param("霞野市長/7", "霞野市長/7", id="様式3 where it is there"),
    pytest.param("7", "霞野市長/7", id="by number alone"),
    pytest.param("介護保険", "霞野市長/7", id="by title"),
    pytest.param("霞野市長/7/様式2", "霞野市長/7/様式2", id="canonical"),
    pytest.param("霞野市長／７／様式２", "霞野市長/7/様式2", id="wide"),
    pytest.param("埼玉県霞野市/7/様式2", "霞野市長/7/様式2", id="the municipality"),
    pytest.param("霞野市長/7/様式3", "霞野市長/7", id="様式3 named"),
    pytest.param("7/様式2", "霞野市長/7/様式2", id="number and form"),
    pytest.param("7/基礎", "霞野市長/7/様式2", id="a short name of the form"),
    pytest.param("基礎 7", "霞野市長/7/様式2", id="before the number"),
    pytest.param("霞野市長/基礎/7", "霞野市長/7/様式2", id="between"),
    pytest.param("介護保険 基礎", "霞野市長/7/様式2", id="title and form"),
    pytest.param("介護保険に関する事務 基礎項目評価書", "霞野市長/7/様式2", id="the whole title"),
    pytest.param("介護保険に関する事務基礎", "霞野市長/7/様式2", id="a part of one title alone"),
    pytest.param("3", "湊川町長/3/様式2", id="the only one of its number"),
    pytest.param("湊川町長/3", "湊川町長/3/様式2", id="the only one of its body and number"),
    pytest.param("全項目", "霞野市長/1/様式4", id="the only one of its form"),
    pytest.param("1/様式4", "霞野市長/1/様式4", id="a full assessment"),
    pytest.param("基礎年金", "湊川町長/4", id="a word that only begins like a form"),
]


@pytest.mark.parametrize(("ref", "names"), REFS)
def test_a_ref_names_one_assessment(ref: str, names: str) -> None:
    assert find_by_ref(ref, KNOWN).ref == names


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        pytest.param("霞野市長/1", "2 件の評価書に当てはまります", id="様式2 and 様式4 without a 様式3"),
        pytest.param("基礎", "3 件の評価書に当てはまります", id="a form of several"),
        pytest.param("霞野市長", "3 件の評価書に当てはまります", id="a body: 様式3 stands for its 様式2"),
        pytest.param("霞野市長/7/様式4", "当てはまる評価書がありません", id="a form that is not there"),
        pytest.param("/", "当てはまる評価書がありません", id="nothing"),
    ],
)
def test_a_ref_that_names_no_one_assessment_says_so(ref: str, says: str) -> None:
    with pytest.raises(UnknownAssessment, match=says):
        find_by_ref(ref, KNOWN)


def test_the_candidates_of_an_unclear_ref_can_be_typed() -> None:
    with pytest.raises(UnknownAssessment) as caught:
        find_by_ref("霞野市長/1", KNOWN)
    for one in ("霞野市長/1/様式4", "霞野市長/1/様式2"):
        assert one in caught.value.remedy
        assert find_by_ref(one, KNOWN).ref == one


# the command line


@pytest.fixture
def both(ledger: Kaitei, folder: Path) -> Kaitei:
    """The ledger of the samples, and a 様式2 and a 様式4 beside them."""
    (folder / "基礎.txt").write_text(basic(), "utf-8")
    (folder / "全項目.txt").write_text(full(), "utf-8")
    said = ledger("import", "基礎.txt", "全項目.txt", "--by", "佐藤")
    assert (said.status, said.err) == (0, "")
    return ledger


def test_import_says_what_it_does_not_read(ledger: Kaitei, folder: Path) -> None:
    (folder / "基礎.txt").write_text(basic(), "utf-8")
    lines = ledger("import", "基礎.txt").out.splitlines()
    assert lines[0].startswith(
        "霞野市長/7/様式2: 介護保険に関する事務 基礎項目評価書 — 公表日令和7年11月20日、項目7、変更箇所2行、"
    )
    assert lines[1].strip().startswith("様式2の項目には未対応です")
    assert len(lines) == 5
    assert ledger("import", "基礎.txt").out == "霞野市長/7/様式2: すでに取り込まれています（基礎.txt）\n"
    assert ledger("import", KASUMINO, "--as", "霞野市長/7").status == 0


def test_list_shows_the_form_of_each(both: Kaitei) -> None:
    assert both("list").out.splitlines()[2:] == [
        "霞野市長/7/様式2\t様式2\t介護保険に関する事務 基礎項目評価書\t公表日 2025-11-20\t版1\t変更2",
        "霞野市長/1/様式4\t様式4\t住民基本台帳に関する事務 全項目評価書\t公表日 2025-11-20\t版1\t変更2",
    ]
    rows = both("list", "--json").json["assessments"]
    assert [(row["ref"], row["form"], row["changes"], row["last_publication"]) for row in rows[2:]] == [
        ("霞野市長/7/様式2", "様式2", 2, "2025-11-20"),
        ("霞野市長/1/様式4", "様式4", 2, "2025-11-20"),
    ]
    assert len({row["assessment_id"] for row in rows}) == 4


def test_show_prints_the_cover_and_says_that_the_items_are_not_read(both: Kaitei) -> None:
    lines = both("show", "7/様式2").out.splitlines()
    assert lines[:3] == [
        "霞野市長/7/様式2 介護保険に関する事務 基礎項目評価書",
        "最新の記載",
        "様式2の項目には未対応です（表紙だけを示します）",
    ]
    view = both("show", "7/様式2", "--json").json
    assert (view["ref"], view["publication_date"]) == ("霞野市長/7/様式2", "2025-11-20")
    assert [item["path"] for item in view["items"]] == list(covered(taken(basic())))
    assert {item["certainty"] for item in view["items"]} == {"known"}
    assert "行はない" not in "".join(item["reason"] for item in view["items"])
    assert "未対応" not in both("show", "7").out


def test_one_item_of_the_cover_can_be_asked_for(both: Kaitei) -> None:
    (item,) = (
        both("show", "1", "--item", "特記事項", "--json").json["items"]
        if False
        else both("show", "1/様式4", "--item", "特記事項", "--json").json["items"]
    )
    assert (item["path"], item["value"]) == ("表紙/特記事項", "なし")


def test_what_the_cover_said_before_is_not_made_up(both: Kaitei) -> None:
    """A row may be about the cover: nobody has read what the rows are about."""
    view = both("show", "7/様式2", "--as-of", "令和5年1月1日", "--item", "評価書名", "--json").json
    (item,) = view["items"]
    assert (item["certainty"], item["value"]) == ("unknown", None)
    assert "様式2の項目には未対応" in item["reason"]


def test_log_and_changes_give_the_rows_as_they_are_printed(both: Kaitei) -> None:
    view = both("changes", "7/様式2", "--json").json
    assert view["ref"] == "霞野市長/7/様式2"
    assert [set(row) for row in view["rows"]] == [CHANGE_KEYS] * 2
    first, second = view["rows"]
    assert (first["change_date"], first["item_text"]) == ("2023-04-03", READ_ROW[1])
    assert (first["before"], first["after"]) == READ_ROW[2:4]
    assert (first["timing"], first["reason"], first["targets"]) == ("事後", "組織改正", [])
    assert (second["before_kind"], second["after_kind"], second["targets"]) == ("dash", "full", [])
    revisions = both("log", "7/様式2", "--json").json["revisions"]
    assert [(each["change_date"], each["timings"]) for each in revisions] == [
        ("2023-04-03", ["事後"]),
        ("2024-10-01", ["事後"]),
    ]
    assert [change for each in revisions for change in each["changes"]] == view["rows"]
    assert both("changes", "1/様式4", "-f", "csv").rows[1:] == [list(READ_ROW), list(READ_2)]
    assert "1. 2023-04-03 事後 Ⅰ－6－①部署" in both("log", "1/様式4").out


def test_changes_as_of_a_day_leave_out_what_was_to_come(both: Kaitei) -> None:
    rows = both("changes", "7/様式2", "--as-of", "2024-01-01", "--json").json["rows"]
    assert [row["no"] for row in rows] == [1]


RECORD = ("--after", "あ", "--on", "2026-04-01", "--timing", "事後", "--reason", "組織改正")
ITEMS = [
    pytest.param("show", "7/様式2", "II/4/委託事項1/③委託先名", (), "様式2", id="show"),
    pytest.param("show", "1/様式4", "Ⅰ－4", (), "様式4", id="show of 様式4"),
    pytest.param("log", "7/様式2", "I/6/①部署", (), "様式2", id="log"),
    pytest.param("log", "7/様式2", "表紙/公表日", (), "様式2", id="log of the cover"),
    pytest.param("record", "7/様式2", "I/6/①部署", RECORD, "様式2", id="record"),
    pytest.param("record", "1/様式4", "特記事項", RECORD, "様式4", id="record on the cover"),
]


@pytest.mark.parametrize(("command", "ref", "item", "more", "form"), ITEMS)
def test_commands_on_items_say_that_the_form_is_not_read(
    both: Kaitei, *, command: str, ref: str, item: str, more: tuple[str, ...], form: str
) -> None:
    said = one_line(both(command, ref, "--item", item, *more))
    assert said.startswith(f"{form}「{item}」: この様式の項目には未対応です — ")
    assert form_named(form).annex in said


def test_a_source_of_another_form_is_given_back_and_read_again(both: Kaitei, folder: Path) -> None:
    assert both("source", "7/様式2", "--out", "原本.txt").status == 0
    assert (folder / "原本.txt").read_text("utf-8") == basic()
    said = both("reread", "7/様式2")
    assert (said.status, said.err) == (0, "")
    assert "新しい記録はありません" in said.out
