"""Where a term stands: levels of comparison, days, certainty, rows; and what the command prints."""

from __future__ import annotations

import pytest

from ledger.errors import WrongUse
from ledger.wording import Level
from projections.change_table import change_table
from projections.search import Search, search
from projections.terms import Term, passage
from tests.command_line import Kaitei, one_line
from tests.conftest import Golden
from tests.papers import day, paper, stated
from tests.several import held, numbered, ticked

pytest_plugins = ["tests.command_line_fixtures"]

WORK, LAW, CONNECTED = "I/1/②事務の内容", "I/4/法令上の根拠", "I/2/システム1/③他のシステムとの接続"
STANDS = [
    pytest.param("クラウド", "ガバメントクラウド", ["クラウド"], Level.FOLDED, id="within a longer word"),
    pytest.param("ＮＷＳ", "情報提供NWS", ["NWS"], Level.FOLDED, id="another width"),
    pytest.param("情報提供", "情報\n提供を行う", ["情報\n提供"], Level.FOLDED, id="over a line break"),
    pytest.param("番号法 8号", "番号法第19条第8号", ["番号法", "8号"], Level.FOLDED, id="two words"),
    pytest.param("中間サーバー", "中間サーバの運用", ["中間サーバ"], Level.VARIANT, id="another spelling"),
    pytest.param("番号法", "番号利用法による。", ["番号利用法"], Level.VARIANT, id="another name of a law"),
    pytest.param("9号 番号法", "番号法第19条第8号", None, None, id="not where one word is missing"),
    pytest.param("7号", "第17号", None, None, id="not by cutting a number"),
    pytest.param("第1", "第19条第1項", ["第1"], Level.FOLDED, id="only the number itself"),
    pytest.param("7②", "7②と72", ["7②"], Level.FOLDED, id="a circled number is not its digit"),
    pytest.param("宛名", "氏名", None, None, id="not at all"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "places", "level"), STANDS)
def test_a_term_stands_in_a_text(term: str, text: str, places: list[str] | None, level: Level | None) -> None:
    found = Term.of(term).stands_in(text)
    assert (found.level if found else None) == level
    assert ([text[start:end] for start, end in found.spans] if found else None) == places


@pytest.mark.parametrize("term", ["", " 　", "・", "宛名 ・"])
def test_a_term_without_letters_is_refused(term: str) -> None:
    with pytest.raises(WrongUse, match="探す語がありません"):
        Term.of(term)


def shown(text: str, term: str) -> str:
    found = Term.of(term).stands_in(text)
    assert found is not None
    return "".join(f"《{part.text}》" if part.hit else part.text for part in passage(text, found.spans))


A, B = "あ" * 30, "い" * 30
PASSAGES = [
    pytest.param("宛名を管理する。", "宛名", "《宛名》を管理する。", id="a short text whole"),
    pytest.param(f"ん{A}宛名{B}ん", "宛名", f"…{A}《宛名》{B}…", id="a long one cut"),
    pytest.param("宛名と宛名", "宛名", "《宛名》と《宛名》", id="every place is marked"),
    pytest.param(f"宛名{A}ん{B}番号", "番号 宛名", f"《宛名》{A}…{B}《番号》", id="two places far apart"),
    pytest.param(f"宛名{A}{B}番号", "番号 宛名", f"《宛名》{A}{B}《番号》", id="two places near enough"),
]


@pytest.mark.parametrize(("text", "term", "expected"), PASSAGES)
def test_the_words_around_a_term_are_shown(text: str, term: str, expected: str) -> None:
    assert shown(text, term) == expected


def test_of_many_places_only_some_are_shown() -> None:
    between = f"{A}…{B[1:]}ん"
    assert shown(f"宛名{A}{B}ん" * 9, "宛名") == f"《宛名》{between}《宛名》{between}《宛名》{A}…"
    assert len(shown("宛名え" * 300, "宛名")) < 700


ROWS = (("令和5年4月3日", LAW, "番号法第19条第7号", "番号法第19条第8号"),)
LAWS = numbered(paper(stated(WORK, "手当を支給する。"), stated(LAW, "番号法第19条第8号"), rows=ROWS), "7")
BOXES = numbered(paper(stated(CONNECTED, ticked("税務システム", other="戸籍システム"))), "9")


def found(term: str, on: str = "", *, changes: bool = False) -> Search:
    asked = day(on) if on else None
    of = held(LAWS, BOXES, day=asked)
    tables = [(each, change_table(each.assessment, asked)) for each in of if changes]
    return search(Term.of(term), of, asked, tables)


DAYS = [
    pytest.param("第7号", "2023-04-02", [LAW], id="before the change"),
    pytest.param("第7号", "2023-04-03", [], id="not on its day"),
    pytest.param("第8号", "2023-04-03", [LAW], id="since its day"),
    pytest.param("税務システム", "", [CONNECTED], id="a box that is ticked"),
    pytest.param("戸籍", "", [CONNECTED], id="what stands behind その他"),
    pytest.param("宛名システム等", "", [], id="not a box that is not ticked"),
]


@pytest.mark.parametrize(("term", "on", "paths"), DAYS)
def test_the_document_of_the_day_is_searched(term: str, on: str, paths: list[str]) -> None:
    assert [str(hit.item.path) for hit in found(term, on).items] == paths


def test_a_hit_says_since_when() -> None:
    (hit,) = found("第8号").items
    assert (hit.held.ref, hit.item.since) == ("霞野市長/7", day("2023-04-03"))


def test_items_that_are_not_known_cannot_be_ruled_out() -> None:
    result = found("戸籍", "2020-01-01")
    assert result.items == ()
    assert [(held.ref, str(item.path)) for held, item in result.undecided] == [("霞野市長/9", CONNECTED)]


def test_a_term_in_only_one_of_several_readings_is_possible() -> None:
    rows = (("", LAW, "番号法第19条第7号", "番号法第19条第8号"),)
    edition = numbered(paper(stated(LAW, "番号法第19条第8号"), rows=rows), "7")
    (hit,) = search(Term.of("第7号"), held(edition, day=day("2020-01-01")), None).items
    assert (hit.possible, str(hit.item.reading.certainty)) == (True, "partial")


def test_rows_are_searched_only_if_asked_and_say_in_which_cell() -> None:
    assert found("第7号").rows == ()
    hits = found("第7号", changes=True).rows
    assert [(hit.held.ref, hit.row.no, hit.cell) for hit in hits] == [("霞野市長/7", 1, "before")]
    assert found("第7号", "2023-04-02", changes=True).rows == ()


# --- the command ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("json", "json")])
def test_a_term_in_both_samples(ledger: Kaitei, golden: Golden, form: str, suffix: str) -> None:
    said = ledger("search", "番号法 19条", "--as-of", "令和5年4月1日", "--changes", "-f", form)
    assert (said.status, said.err) == (0, "")
    golden(f"across/search.{suffix}", said.out)


def test_a_term_that_stands_nowhere(ledger: Kaitei) -> None:
    said = ledger("search", "存在しない語")
    assert (said.status, said.out.splitlines()[0]) == (0, "「存在しない語」 最新の記載: 項目0件（評価書0件）")


def test_only_in_one_assessment(ledger: Kaitei) -> None:
    hits = ledger("search", "中間サーバー", "湊川町", "--json").json["items"]
    assert {hit["ref"] for hit in hits} == {"湊川町長/15"}


REFUSED = [
    pytest.param(("search", " "), "探す語がありません", id="a term that is none"),
    pytest.param(("search", "宛名", "大手町"), "評価書がありません", id="an assessment that is not there"),
    pytest.param(("search", "宛名", "--as-of", "昔"), "日付として読めません", id="a day that is none"),
]


@pytest.mark.parametrize(("arguments", "what"), REFUSED)
def test_what_cannot_be_searched_is_one_line(ledger: Kaitei, arguments: tuple[str, ...], what: str) -> None:
    assert what in one_line(ledger(*arguments))
