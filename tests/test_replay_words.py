"""Words of a row beside the words of its item: their dress, parts and wholes, and what would be a guess."""

from __future__ import annotations

import pytest

from projections.as_of import document_as_of
from projections.editions import Anchor
from projections.rows import Style
from projections.timeline import timelines
from projections.validator import validate
from tests.papers import at, day, known_by, one, paper, says, stated

STORE = "II/6/保管場所"
OFFICE = "I/6/①部署"
FIRST_DAY = "V/1/①実施日"
BODY = "申請書は庁舎1階に保管する。\n台帳は第2書庫に保管する。\n記録は金庫に保存する。"
EARLIER = BODY.replace("第2書庫", "書庫")
OLD, NOW = "台帳は書庫に保管する。", "台帳は第2書庫に保管する。"
ON = "令和5年4月1日"
FULL, PART = Style.FULL, Style.FRAGMENT


def before(path: str, body: str, *sides: str) -> tuple[object, str]:
    """What the item said on the day before its one row."""
    return says(document_as_of(known_by(one(path, body, (ON, *sides))), day("2023-03-31")), path)


def styles(path: str, body: str, *sides: str) -> tuple[Style, Style]:
    lines = timelines(Anchor.of(one(path, body, (ON, *sides))))
    return lines.styles(lines.anchor.changes[0])


DRESSED = [
    pytest.param(f"「{OLD}」", f"「{NOW}」", id="in quotation marks"),
    pytest.param(f"『{OLD}』", f"『{NOW}』", id="in others"),
    pytest.param(f'"{OLD}"', f'"{NOW}"', id="in ASCII ones"),
    pytest.param(f"保管場所：{OLD}", f"保管場所：{NOW}", id="behind the label"),
    pytest.param(f"【保管場所】{OLD}", f"【保管場所】{NOW}", id="behind the label in 【】"),
    pytest.param(OLD, f"（変更）{NOW}", id="behind a mark"),
    pytest.param(OLD, f"以下に変更する。\n{NOW}", id="below a line that says so"),
]


@pytest.mark.parametrize(("was", "now"), DRESSED)
def test_the_dress_of_a_quotation_is_not_put_into_the_item(was: str, now: str) -> None:
    assert before(STORE, BODY, was, now) == (EARLIER, "known")


def test_quotation_marks_that_the_item_has_are_kept() -> None:
    body = "「申請書」を金庫に置く。"
    assert before(STORE, body, "「届出書」", "「申請書」") == ("「届出書」を金庫に置く。", "known")


def test_words_that_were_marked_as_added_are_taken_off() -> None:
    added = "記録は金庫に保存する。"
    for now in (f"（追加）{added}", f"【追加】\n{added}", f"以下の記載を追加\n{added}"):
        assert before(STORE, BODY, "", now) == (BODY.removesuffix(f"\n{added}"), "known")


def test_words_that_were_struck_out_in_their_place_are_gone() -> None:
    assert before(OFFICE, "－", "窓口課", "（削除）窓口課") == ("窓口課", "known")


def test_a_whole_beside_a_part_is_not_put_into_its_place() -> None:
    assert before(STORE, BODY, EARLIER, NOW) == (EARLIER, "known")
    assert styles(STORE, BODY, EARLIER, NOW) == (FULL, PART)


def test_a_part_that_overlaps_what_stands_around_it_leaves_its_bounds_open() -> None:
    value, certainty = before(STORE, BODY, f"申請書は庁舎1階に保管する。\n{OLD}", NOW)
    assert certainty == "partial"
    assert str(value).count("申請書") == 1


def test_a_part_beside_a_whole_is_not_taken_for_the_whole() -> None:
    assert before(STORE, BODY, OLD, BODY) == (OLD, "partial")
    assert styles(STORE, BODY, OLD, BODY) == (PART, FULL)


@pytest.mark.parametrize(
    "was",
    [
        pytest.param("申請書は庁舎1階に保管する。", id="a text to which was added"),
        pytest.param("全ての書類は本庁舎の倉庫に置く。", id="another text"),
    ],
)
def test_a_text_that_was_written_anew_is_known(was: str) -> None:
    assert before(STORE, BODY, was, BODY) == (was, "known")


def test_what_a_final_and_so_on_stands_for_is_not_told() -> None:
    assert before(STORE, BODY, "書庫等", "第2書庫等") == (EARLIER, "partial")
    assert before(OFFICE, "窓口課等", "市民課等", "窓口課等") == ("市民課等", "known")


def test_paragraphs_under_a_square_are_no_boxes() -> None:
    body = "■市における措置\n鍵をかける。"
    assert styles(STORE, body, "■市における措置\n何もしない。", body) == (FULL, FULL)


def test_a_day_whose_chain_is_broken_is_known_before_its_row() -> None:
    rows = (("平成30年4月1日", "平成28年2月15日", "平成30年3月9日"), (ON, "令和2年8月14日", "令和4年7月12日"))
    known = known_by(one(FIRST_DAY, "令和4年7月12日", *rows))
    assert says(document_as_of(known, day("2018-03-31")), FIRST_DAY) == ("平成28年2月15日", "known")
    assert not at(document_as_of(known, day("2020-01-01")), FIRST_DAY).reading.known


def test_several_parts_of_one_day_are_put_back_each_in_its_place() -> None:
    rows = ((ON, "庁舎2階", "庁舎1階"), (ON, "書庫", "第2書庫"), (ON, "棚", "金庫"))
    known = known_by(one(STORE, BODY, *rows))
    earlier = EARLIER.replace("1階", "2階").replace("金庫", "棚")
    assert says(document_as_of(known, day("2023-03-31")), STORE) == (earlier, "known")


def test_words_that_went_round_in_a_circle_are_not_guessed() -> None:
    rows = ((ON, "A室", "B室"), (ON, "B室", "A室"))
    known = known_by(one(STORE, "A室に置く。B室に置く。", *rows))
    assert not at(document_as_of(known, day("2023-03-31")), STORE).reading.known


LOST = "II/4/委託事項1/④再委託の有無"


def test_of_a_choice_on_a_lost_page_the_row_says_all() -> None:
    known = known_by(paper(stated(OFFICE, "窓口課"), rows=((ON, LOST, "再委託しない", "再委託する"),)))
    assert says(document_as_of(known, day("2023-03-31")), LOST) == ("再委託しない", "known")
    assert not at(document_as_of(known, day("2023-04-01")), LOST).reading.known


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param("書庫等", "第2書庫等", id="等"),
        pytest.param("「書庫」", "「第2書庫」", id="quoted"),
        pytest.param(EARLIER, NOW, id="a whole and a part"),
        pytest.param(OLD, BODY, id="a part and a whole"),
        pytest.param("", "（追加）記録は金庫に保存する。", id="marked"),
        pytest.param("同右", NOW, id="同右"),
    ],
)
def test_none_of_this_contradicts_the_body(was: str, now: str) -> None:
    findings = validate(one(STORE, BODY, (ON, was, now))).findings
    assert not [finding for finding in findings if finding.severity == "error"]
