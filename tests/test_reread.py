"""`reread`: the later reading counts, the earlier one still answers, and nothing is recorded twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.assessment import Assessment
from ledger.errors import UnreadableSource, WrongAssessment
from ledger.events import AssessmentIdentified, EditionReread, ItemChanged
from ledger.identity import PrintedIdentity
from ledger.item_path import ItemPath
from ledger.published import Cells, ChangeRow, Passage, PublishedEdition
from ledger.readers import read
from ledger.rereading import carried, repeats
from ledger.storage import open_ledger
from projections import application
from tests.command_line import KASUMINO, KASUMINO_R6, Kaitei, one_line, process, stated, stored
from tests.conftest import ROOT
from tests.editions import ROW, edition
from tests.tampering import breaks_of

pytest_plugins = ["tests.command_line_fixtures"]

HEAD = "I/6/②所属長の役職名"
Learned = Callable[[PublishedEdition], PublishedEdition]
Learn = Callable[[Learned], None]


@pytest.fixture
def learn(monkeypatch: pytest.MonkeyPatch) -> Learn:
    """``learn(better)``: from now on readers see a document as *better* makes it of what they saw so far."""

    def learns(better: Learned) -> None:
        monkeypatch.setattr(application, "read", lambda data, name: better(read(data, name)))

    return learns


def with_item(found: PublishedEdition, path: str, value: str) -> PublishedEdition:
    """A reading in which one item says something else."""
    items = tuple(replace(i, value=value) if str(i.path) == path else i for i in found.items)
    assert items != found.items
    return replace(found, reader="better/1", items=items)


def with_rows(found: PublishedEdition, *rows: ChangeRow) -> PublishedEdition:
    """A reading with other rows, numbered anew."""
    return replace(found, rows=tuple(replace(row, no=no) for no, row in enumerate(rows, start=1)))


def read_sample() -> PublishedEdition:
    """What is read today of the sample of 霞野市."""
    return read((ROOT / KASUMINO).read_bytes(), KASUMINO)


def other_head(found: PublishedEdition) -> PublishedEdition:
    """A reading in which the head of the department has another title."""
    return with_item(found, HEAD, "介護保険室長")


def other_rows(found: PublishedEdition) -> PublishedEdition:
    """A reading that has one row more after row 4, another 説明 in row 6, and that lost row 8."""
    new = replace(found.rows[3], item_text="Ⅰ－6－②所属長の役職名", before="市民課長", after="高齢者支援課長")
    said = replace(found.rows[5], explanation="読み直した説明")
    return with_rows(found, *found.rows[:4], new, found.rows[4], said, found.rows[6], *found.rows[8:])


def exported(kaitei: Kaitei) -> list[dict[str, Any]]:
    """The audit trail of 霞野市長/7."""
    return [json.loads(line) for line in kaitei("export", "7").out.splitlines()[1:]]


# The same reading


def test_the_same_reading_records_nothing_and_says_so(ledger: Kaitei, folder: Path) -> None:
    before = stored(folder)
    said = ledger("reread", "7")
    assert (said.status, said.err) == (0, "")
    assert said.out == (
        "霞野市長/7 公表日2025-11-20 7_kaigo-hoken.txt: 読み取りは前と同じです（新しい記録はありません）\n"
    )
    assert stored(folder) == before


def test_a_reader_of_another_name_that_reads_the_same_is_no_news(ledger: Kaitei, learn: Learn) -> None:
    learn(lambda found: replace(found, reader="better/1"))
    (again,) = ledger("reread", "7", "--json").json["reread"]
    assert (again["new_events"], again["items_changed"], again["reader"]) == (0, 0, "better/1")


def test_a_process_reads_again_as_well(folder: Path, taken_in: Path) -> None:
    (folder / "kaitei.db").write_bytes(taken_in.read_bytes())
    said = process("reread", "15", cwd=folder)
    assert (said.status, said.err) == (0, "")
    assert "読み取りは前と同じです" in said.out


# Another reading


def test_a_better_reading_counts_and_the_earlier_one_answers_by_known_at(
    ledger: Kaitei, learn: Learn
) -> None:
    before, then = stated(ledger("show", "7", "--json"), HEAD), exported(ledger)[-1]["recorded_at"]
    learn(other_head)
    said = ledger("reread", "7", "--by", "鈴木")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("霞野市長/7 公表日2025-11-20 7_kaigo-hoken.txt: 読み直しました（")
    assert said.out.endswith(
        " → better/1） — 項目150→150（違い1）、変更箇所28→28行、割り当てた文字 100.0%、新しい記録1件\n"
    )
    now = stated(ledger("show", "7", "--json"), HEAD)
    assert now == before | {"value": "介護保険室長"}
    assert stated(ledger("show", "7", "--known-at", then, "--json"), HEAD) == before


def test_a_reading_is_recorded_once(ledger: Kaitei, folder: Path, learn: Learn) -> None:
    learn(lambda found: other_rows(other_head(found)))
    assert ledger("reread", "7", "--json").json["reread"][0]["new_events"] == 3
    once = stored(folder)
    assert ledger("reread", "7", "--json").json["reread"][0]["new_events"] == 0
    assert stored(folder) == once


def test_a_rereading_only_appends_and_leaves_no_gap(ledger: Kaitei, folder: Path, learn: Learn) -> None:
    before = stored(folder)
    learn(other_rows)
    ledger("reread", "7", "--by", "鈴木")
    assert stored(folder)[: len(before)] == before
    with open_ledger("sqlite:///kaitei.db") as opened:
        entries = list(opened.all_entries(after=len(before)))
        assert not breaks_of(opened.rows())
    assert [type(entry.event) for entry in entries] == [EditionReread, ItemChanged, ItemChanged]
    assert [entry.sequence for entry in entries] == [len(before) + n for n in (1, 2, 3)]
    assert {entry.recorded_by for entry in entries} == {"鈴木"}


def test_a_row_that_says_the_same_stays_the_event_it_is(ledger: Kaitei, learn: Learn) -> None:
    def named() -> dict[str, tuple[int, str, str]]:
        rows = ledger("changes", "7", "--json").json["rows"]
        return {row["event_id"]: (row["no"], row["before"], row["reason"]) for row in rows}

    before = named()
    learn(other_rows)
    ledger("reread", "7")
    now = named()
    ids = list(before)
    gone, new = set(before) - set(now), list(dict.fromkeys(each for each in now if each not in before))
    assert gone == {ids[5], ids[7]}
    assert [now[each] for each in new] == [
        (5, "市民課長", before[ids[3]][2]),
        (7, before[ids[5]][1], "読み直した説明"),
    ]
    moved = {4: 6, 6: 8, 8: 9, 27: 28}
    for was, no in moved.items():
        assert now[ids[was]] == (no, *before[ids[was]][1:])
    assert sorted(no for no, _, _ in now.values()) == list(range(1, 29))


def test_the_log_and_the_past_follow_the_new_rows(ledger: Kaitei, learn: Learn) -> None:
    learn(other_rows)
    assert ledger("log", "7", "--item", HEAD, "--json").json["revisions"] == []
    then = exported(ledger)[-1]["recorded_at"]
    asked = ("show", "7", "--item", HEAD, "--as-of", "2017-01-01")
    before = ledger(*asked, "--json").json["items"]
    ledger("reread", "7")
    (revision,) = ledger("log", "7", "--item", HEAD, "--json").json["revisions"]
    assert [change["no"] for change in revision["changes"]] == [5]
    assert stated(ledger(*asked, "--json"), HEAD)["value"] == "市民課長"
    assert ledger(*asked, "--known-at", then, "--json").json["items"] == before


def test_what_was_learned_may_be_unlearned(ledger: Kaitei, learn: Learn) -> None:
    document, rows = ledger("show", "7", "--json").json, ledger("changes", "7", "--json").json["rows"]
    learn(lambda found: other_rows(other_head(found)))
    ledger("reread", "7")
    assert ledger("changes", "7", "--json").json["rows"] != rows
    learn(lambda found: found)
    (back,) = ledger("reread", "7", "--json").json["reread"]
    assert back["new_events"] == 3  # the reading, and the two rows that had become other events
    assert ledger("show", "7", "--json").json == document
    again = ledger("changes", "7", "--json").json["rows"]
    assert [row | {"event_id": ""} for row in again] == [row | {"event_id": ""} for row in rows]
    same = [row["event_id"] == was["event_id"] for row, was in zip(again, rows, strict=True)]
    assert [no for no, kept in enumerate(same, start=1) if not kept] == [6, 8]


def test_a_table_that_was_not_there_before_is_read_whole(ledger: Kaitei, learn: Learn) -> None:
    learn(lambda found: replace(found, rows=()))
    ledger("reread", "7")
    assert ledger("changes", "7", "--json").json["rows"] == []
    learn(lambda found: found)
    (again,) = ledger("reread", "7", "--json").json["reread"]
    assert again["new_events"] == 29
    assert [row["no"] for row in ledger("changes", "7", "--json").json["rows"]] == list(range(1, 29))


def test_only_passages_that_found_a_place_are_a_new_reading_too(kaitei: Kaitei, learn: Learn) -> None:
    kaitei("import", KASUMINO)
    learn(lambda found: replace(found, unassigned=(Passage(3, "しおり"),), assigned=found.assigned - 3))
    said = kaitei("reread", "7")
    assert "（違い0）" in said.out
    assert said.out.endswith("新しい記録1件\n  どの項目にも入らなかった文: 3行目「しおり」\n")


def test_a_title_that_was_misread_is_another_identity(ledger: Kaitei, learn: Learn) -> None:
    title = "介護保険の事務 重点項目評価書"
    learn(lambda found: replace(found, header=replace(found.header, title=title)))
    (again,) = ledger("reread", "7", "--json").json["reread"]
    assert again["new_events"] == 2
    assert [row["ref"] for row in ledger("list", "--json").json["assessments"] if row["title"] == title] == [
        "霞野市長/7"
    ]
    assert ledger("show", "介護保険の事務").status == 0
    assert ledger("reread", "7", "--json").json["reread"][0]["new_events"] == 0


def test_a_witness_that_was_read_again_stays_a_witness(kaitei: Kaitei, folder: Path, learn: Learn) -> None:
    (folder / "写し.txt").write_bytes((folder / KASUMINO).read_bytes() + b"\n")
    kaitei("import", KASUMINO, "写し.txt")
    rows = kaitei("changes", "7", "--json").json["rows"]
    readings = iter((other_head(read_sample()), read_sample()))
    learn(lambda found: replace(found, items=next(readings).items))
    again = kaitei("reread", "7", "--json").json["reread"]
    assert [each["new_events"] for each in again] == [1, 0]
    item = stated(kaitei("show", "7", "--json"), HEAD)
    assert item["value"] == "介護保険室長"
    assert "同じ公表日の別の原本と記載が違う" in item["reason"]
    assert kaitei("changes", "7", "--json").json["rows"] == rows


def test_the_json_of_a_rereading_has_the_keys_of_the_interface(ledger: Kaitei, learn: Learn) -> None:
    learn(other_head)
    view = ledger("reread", "7", "--json").json
    assert set(view) == {"schema_version", "ref", "assessment_id", "reread", "refused"}
    assert (view["ref"], view["refused"]) == ("霞野市長/7", [])
    (again,) = view["reread"]
    assert set(again) == {
        "sha256", "file_name", "publication_date", "reader", "reader_before", "items", "items_changed",
        "rows", "assigned_share", "unassigned", "new_events",
    }  # fmt: skip
    assert (again["file_name"], again["publication_date"]) == ("7_kaigo-hoken.txt", "2025-11-20")
    assert (again["reader"], again["items_changed"], again["new_events"]) == ("better/1", 1, 1)


def test_the_sources_and_the_audit_trail_tell_of_a_rereading(ledger: Kaitei, learn: Learn) -> None:
    learn(other_head)
    ledger("reread", "7", "--by", "鈴木")
    *_, last = exported(ledger)
    (source,) = ledger("source", "7", "--json").json["sources"]
    assert (source["reader"], source["recorded_by"]) == ("better/1", "佐藤")
    assert source["reread_at"] == last["recorded_at"] > source["recorded_at"]
    row = ledger("export", "7", "-f", "csv").rows[-1]
    assert (row[2], row[4], row[6]) == ("原本の読み直し", "鈴木", "令和7年11月20日")


# What is refused


def other(**header: str) -> Learned:
    """A reading with another cover."""
    return lambda found: replace(found, header=replace(found.header, **header))


def unreadable(found: PublishedEdition) -> PublishedEdition:
    """A reader that gives up."""
    raise UnreadableSource("読めなくなりました", where=found.header.title, remedy="前の版で読んでください")


REFUSED = [
    pytest.param(
        other(number="9"),
        "7_kaigo-hoken.txt: 読み直した表紙は 霞野市長/9、公表日「令和7年11月20日」で、"
        "取り込んだ 霞野市長/7、公表日「令和7年11月20日」と違います",
        id="another number",
    ),
    pytest.param(other(body="湊川町長"), "読み直した表紙は 湊川町長/7、", id="another body"),
    pytest.param(
        other(publication_date="令和7年11月2日"),
        "霞野市長/7、公表日「令和7年11月2日」で、",
        id="another 公表日",
    ),
    pytest.param(unreadable, "読めなくなりました", id="a document that can no longer be read"),
]


@pytest.mark.parametrize(("better", "what"), REFUSED)
def test_a_reading_of_something_else_is_one_line_and_records_nothing(
    ledger: Kaitei, folder: Path, learn: Learn, better: Learned, what: str
) -> None:
    before = stored(folder)
    learn(better)
    assert what in one_line(ledger("reread", "7"))
    view = ledger("reread", "7", "--json")
    assert (view.status, view.json["reread"]) == (2, [])
    assert set(view.json["refused"][0]) == {"file", "where", "what", "remedy"}
    assert stored(folder) == before


def test_one_source_that_is_refused_does_not_stop_the_others(
    kaitei: Kaitei, folder: Path, learn: Learn
) -> None:
    kaitei("import", KASUMINO_R6, KASUMINO)
    rows = len(stored(folder))
    learn(lambda found: other_head(found) if "11月" in found.header.publication_date else unreadable(found))
    said = kaitei("reread", "7")
    assert (said.status, said.out.count("\n"), said.err.count("\n")) == (2, 1, 1)
    assert len(stored(folder)) == rows + 1


def test_the_same_day_and_body_in_other_words_are_no_other_document(ledger: Kaitei, learn: Learn) -> None:
    learn(other(publication_date="Ｒ７．１１．２０", body="霞野市"))
    assert ledger("reread", "7", "--json").json["reread"][0]["new_events"] == 2


def test_nobody_rereads_without_a_name(ledger: Kaitei, folder: Path, learn: Learn) -> None:
    before = stored(folder)
    learn(other_head)
    assert "--by" in one_line(ledger("reread", "7", "--by", " "))
    assert stored(folder) == before


def test_no_such_assessment_is_one_line(ledger: Kaitei) -> None:
    assert "当てはまる評価書がありません" in one_line(ledger("reread", "99"))


# The aggregate


def received() -> Assessment:
    """An assessment with one edition, all saved."""
    assessment = Assessment.register(
        PrintedIdentity("霞野市長", "12", "住民基本台帳に関する事務"), form_edition=""
    )
    assessment.receive(edition(), sha256="5e", file_name="霞野.txt")
    assessment.change(ItemPath(("I", "6", "①部署")), "市民課", "窓口課", revision="r1")
    assessment.collect_events()
    return assessment


def test_rereading_records_the_reading_and_then_the_rows_that_are_new() -> None:
    assessment = received()
    second = replace(ROW, no=2, after="総合窓口課")
    better = replace(edition(rows=(ROW, second)), reader="outline/2", characters=201, assigned=198)
    assessment.reread(better, sha256="5e", file_name="霞野.txt")
    reread, row = assessment.collect_events()
    assert reread == EditionReread(
        assessment.id,
        5,
        publication_date="令和6年4月1日",
        sha256="5e",
        form=better.form,
        reader="outline/2",
        header=better.header,
        items=better.items,
        table=better.table,
        rows=(1, 0),
        unassigned=better.unassigned,
        characters=201,
        assigned=198,
    )
    assert isinstance(row, ItemChanged)
    assert (row.source, row.no, row.after, row.path) == ("5e", 2, "総合窓口課", "")
    assessment.reread(better, sha256="5e", file_name="霞野.txt")
    assert assessment.collect_events() == []


def test_the_same_reading_in_the_aggregate_is_no_event() -> None:
    assessment = received()
    assessment.reread(replace(edition(), reader="outline/2"), sha256="5e", file_name="霞野.txt")
    assert assessment.collect_events() == []


@pytest.mark.parametrize(
    ("sha256", "now", "what"),
    [
        pytest.param(
            "5f", edition(), "霞野市長/12 の原本ではありません", id="a source of another assessment"
        ),
        pytest.param("5e", edition(number="13"), "読み直した表紙は 霞野市長/13", id="another cover"),
    ],
)
def test_rereading_refuses_what_is_not_its_own(sha256: str, now: PublishedEdition, what: str) -> None:
    assessment = received()
    with pytest.raises(WrongAssessment, match=what):
        assessment.reread(now, sha256=sha256, file_name="霞野.txt")
    assert assessment.collect_events() == []


def test_a_cover_that_names_nobody_identifies_nobody() -> None:
    assessment = received()
    assessment.reread(edition(number=""), sha256="5e", file_name="霞野.txt")
    assert AssessmentIdentified not in [type(event) for event in assessment.collect_events()]


# Which rows stay

TABLES = st.lists(st.tuples(*[st.sampled_from(("", "あ", "い"))] * 2), max_size=8)


def cells(words: tuple[str, str]) -> Cells:
    """A row with these words before and after."""
    return "", "", *words, "", ""


@given(TABLES, TABLES)
def test_as_many_rows_stay_as_both_readings_have_and_none_twice(
    was: list[tuple[str, str]], now: list[tuple[str, str]]
) -> None:
    """Repeated rows say the same on both sides; each is used once; no row that could stay is made anew."""
    before = {no: cells(words) for no, words in enumerate(was, start=1)}
    rows = repeats(before, map(cells, now))
    kept = [no for no in rows if no]
    assert len(rows) == len(now)
    assert len(kept) == len(set(kept)) == (Counter(was) & Counter(now)).total()
    assert carried(before, rows) == {no: cells(now[no - 1]) for no, was_no in enumerate(rows, 1) if was_no}


@given(TABLES)
def test_a_table_repeats_itself_in_order(rows: list[tuple[str, str]]) -> None:
    """The same table again: every row repeats the one in its own place, equal rows too."""
    before = {no: cells(words) for no, words in enumerate(rows, start=1)}
    assert repeats(before, before.values()) == tuple(before)
