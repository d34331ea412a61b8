"""What differs between two days: which items, how, and by which words and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import UnknownItem
from ledger.identity import Identity, PrintedIdentity
from ledger.published import Boxes, PrintedItem, PublishedEdition, TableState
from projections.as_of import document_as_of
from projections.diff import BoxesDifference, Comparison, ItemDifference, Kind, compared, difference
from projections.documents import Basis, Document
from projections.exports import as_html, as_json
from projections.readings import Value
from projections.words import Op, Piece
from tests.papers import STREAM, at, day, known_by, one, paper, says, stated

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
WORK = "I/1/②事務の内容"
NUMBERS = "II/3/使用者数"
RECORDS = "II/2/主な記録項目"
LINKS = "I/2/システム1/③他のシステムとの接続"
LAST = "I/7/他の評価実施機関"
IDENTITY = Identity(STREAM, "様式3", (PrintedIdentity("霞野市長", "7", "介護保険に関する事務"),))


def body(*items: PrintedItem) -> Document:
    """The latest state of an edition that says *items*."""
    return document_as_of(known_by(paper(*items)))


def of(path: str, before: Value, after: Value, *, doubt: str = "") -> tuple[ItemDifference, ...]:
    """What differs where one item says one thing and then another; with *doubt* the second is not known."""
    first, second = (paper(stated(path, v, d)) for v, d in ((before, ""), (after, doubt)))
    return difference(*(document_as_of(known_by(edition)) for edition in (first, second)))


def the(found: Sequence[ItemDifference]) -> ItemDifference:
    """The only difference."""
    (difference_,) = found
    return difference_


def told(found: Sequence[ItemDifference]) -> list[tuple[str, Kind]]:
    return [(str(change.path), change.kind) for change in found]


def between(edition: PublishedEdition, first: str, last: str, text: str = "") -> Comparison:
    """Two days of what one edition tells."""
    known = known_by(edition)
    return compared(document_as_of(known, day(first)), document_as_of(known, day(last)), text)


# --- kinds ----------------------------------------------------------------------------------------


def test_two_days_around_a_row_differ_in_its_words() -> None:
    edition = one(WORK, "年金の事務を行う。", ("令和6年8月1日", "手当の事務を行う。", "年金の事務を行う。"))
    change = the(between(edition, "2024-07-31", "2024-08-01").changes)
    assert (str(change.path), change.kind) == (WORK, Kind.CHANGED)
    assert change.words == (
        Piece(Op.REMOVED, "手当"), Piece(Op.ADDED, "年金"), Piece(Op.SAME, "の事務を行う。"),
    )  # fmt: skip
    assert between(edition, "2024-08-01", "2024-09-30").changes == ()


def test_an_item_that_only_one_day_has_is_added_or_removed() -> None:
    short, long = body(stated(OFFICE, "窓口課")), body(stated(OFFICE, "窓口課"), stated(HEAD, "課長"))
    added, removed = the(difference(short, long)), the(difference(long, short))
    assert (str(added.path), added.kind, added.before) == (HEAD, Kind.ADDED, None)
    assert added.words == (Piece(Op.ADDED, "課長"),)
    assert (str(removed.path), removed.kind, removed.after) == (HEAD, Kind.REMOVED, None)
    assert removed.words == (Piece(Op.REMOVED, "課長"),)


@pytest.mark.parametrize("nothing", ["", "－", "なし"])
def test_an_item_that_came_without_saying_anything_is_no_difference(nothing: str) -> None:
    short, long = body(stated(OFFICE, "窓口課")), body(stated(OFFICE, "窓口課"), stated(LAST, nothing))
    assert difference(short, long) == difference(long, short) == ()


def test_a_blank_in_doubt_may_be_an_addition() -> None:
    doubtful = body(stated(OFFICE, "窓口課"), stated(LAST, "－", "途切れている"))
    assert told(difference(body(stated(OFFICE, "窓口課")), doubtful)) == [(LAST, Kind.UNCERTAIN)]


def test_documents_with_nothing_in_common_differ_item_by_item() -> None:
    before, after = (
        body(stated(OFFICE, "窓口課")),
        body(stated(WORK, "甲"), stated(HEAD, "課長"), stated(LAST, "県")),
    )
    assert told(difference(before, after)) == [
        (WORK, Kind.ADDED), (OFFICE, Kind.REMOVED), (HEAD, Kind.ADDED), (LAST, Kind.ADDED),
    ]  # fmt: skip


def test_an_item_that_stood_blank_changed_when_it_says_something() -> None:
    assert told(of(LAST, "－", "県知事")) == [(LAST, Kind.CHANGED)]


def test_a_lost_item_is_not_taken_for_an_added_one() -> None:
    """Of the later day nobody knows what the item says, so nobody knows that it says something."""
    lost = paper(stated(OFFICE, "窓口課"), state=TableState.ABSENT)
    later = document_as_of(known_by(lost), day("2024-09-30"))
    assert says(later, OFFICE) == (None, "unknown")
    assert told(difference(body(), later)) == [(OFFICE, Kind.UNCERTAIN)]


SAME = [
    pytest.param("保存する。", "保存する。", id="exact"),
    pytest.param("・甲\n・乙", "甲 乙", id="bullets and line breaks"),
    pytest.param("（甲）", "(甲)", id="widths"),
    pytest.param("サーバの手続き", "サーバーの手続", id="declared spellings"),
    pytest.param("－", "", id="nothing"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_words_that_agree_are_no_difference(before: str, after: str) -> None:
    assert of(WORK, before, after) == ()


def test_a_circled_number_is_a_difference() -> None:
    assert told(of(WORK, "第7②に定める", "第72に定める")) == [(WORK, Kind.CHANGED)]


def test_a_day_that_is_not_known_makes_the_difference_uncertain() -> None:
    edition = paper(stated(OFFICE, "窓口課"), state=TableState.ABSENT)
    change = the(between(edition, "2024-09-30", "2024-10-01").changes)
    assert (change.kind, change.words) == (Kind.UNCERTAIN, ())
    assert change.before is not None
    assert change.before.value is None
    assert change.after is not None
    assert change.after.value == "窓口課"


def test_the_same_words_are_uncertain_where_one_day_is_in_doubt() -> None:
    change = the(of(OFFICE, "窓口課", "窓口課", doubt="印が読み取れない"))
    assert (change.kind, change.words) == (Kind.UNCERTAIN, ())


def test_other_words_in_doubt_are_uncertain_and_marked() -> None:
    change = the(of(NUMBERS, "10人未満", "10人以上50人未満", doubt="二度ある"))
    assert change.kind is Kind.UNCERTAIN
    assert change.words == (Piece(Op.REMOVED, "10人未満"), Piece(Op.ADDED, "10人以上50人未満"))


def test_what_is_known_on_neither_day_is_listed_apart() -> None:
    edition = paper(stated(OFFICE, "窓口課"), stated(HEAD, "課長"), state=TableState.ABSENT)
    found = between(edition, "2024-01-01", "2024-01-02")
    assert found.changes == ()
    assert [str(path) for path in found.unsure] == [OFFICE, HEAD]
    assert between(edition, "2024-10-01", "2024-10-02").unsure == ()


def test_what_differs_is_not_listed_twice() -> None:
    before, after = (body(stated(WORK, text, "途切れている")) for text in ("甲を行う。", "乙を行う。"))
    found = compared(before, after)
    assert told(found.changes) == [(WORK, Kind.UNCERTAIN)]
    assert found.unsure == ()


# --- boxes ----------------------------------------------------------------------------------------

FOUR, FIVE = "4情報（氏名、性別、生年月日、住所）", "5情報（氏名、氏名の振り仮名、性別、生年月日、住所）"


def boxes_of(found: Sequence[ItemDifference]) -> BoxesDifference:
    told_ = the(found).boxes
    assert told_ is not None
    return told_


def test_boxes_say_which_were_ticked_and_which_no_longer() -> None:
    found = of(
        LINKS,
        Boxes(("庁内連携システム", "宛名システム等"), ("税務システム",)),
        Boxes(("庁内連携システム", "税務システム"), ("宛名システム等",)),
    )
    assert the(found).kind is Kind.CHANGED
    assert boxes_of(found) == BoxesDifference(("税務システム",), ("宛名システム等",), (), (), ())
    assert the(found).words == (
        Piece(Op.SAME, "[○] 庁内連携システム\n"),
        Piece(Op.REMOVED, "[○] 宛名システム等"),
        Piece(Op.ADDED, "[○] 税務システム"),
    )


def test_the_first_tick_is_read_as_a_whole() -> None:
    found = of(LINKS, Boxes((), ("その他",)), Boxes(("その他",), (), (), "収納管理システム"))
    assert the(found).words == (
        Piece(Op.REMOVED, "（どの欄にも印がない）"), Piece(Op.ADDED, "[○] その他\n（収納管理システム）"),
    )  # fmt: skip
    assert boxes_of(found).other_text == (Piece(Op.ADDED, "収納管理システム"),)


def test_free_text_is_compared_by_words() -> None:
    before, after = (Boxes(("その他",), (), (), text) for text in ("収納システム", "証明書システム"))
    assert boxes_of(of(LINKS, before, after)) == BoxesDifference(
        (), (), (), (), (Piece(Op.REMOVED, "収納"), Piece(Op.ADDED, "証明書"), Piece(Op.SAME, "システム"))
    )


def test_a_ticked_box_of_another_name_is_a_difference() -> None:
    found = of(RECORDS, Boxes((FOUR,), ("災害関係情報",)), Boxes((FIVE,), ("災害関係情報",)))
    assert the(found).kind is Kind.CHANGED
    assert boxes_of(found) == BoxesDifference((), (), ((FOUR, FIVE),), (), ())
    assert Piece(Op.ADDED, "、氏名の振り仮名") in the(found).words


NO_DIFFERENCE = [
    pytest.param(
        Boxes(("個人番号",), (FOUR,)), Boxes(("個人番号",), (FIVE,)), id="another label, not ticked"
    ),
    pytest.param(Boxes(("個人番号",), ()), Boxes(("個人番号",), (FIVE,)), id="a box of a later form"),
    pytest.param(
        Boxes(("その他識別情報（内部番号）",)), Boxes(("その他識別情報(内部番号)",)), id="brackets of a label"
    ),
    pytest.param(
        Boxes(("その他",), (FOUR,), (), "サーバ"), Boxes(("その他",), (FIVE,), (), "サーバー"), id="spelling"
    ),
]


@pytest.mark.parametrize(("before", "after"), NO_DIFFERENCE)
def test_boxes_that_say_the_same_are_no_difference(before: Boxes, after: Boxes) -> None:
    assert of(RECORDS, before, after) == ()


def test_a_box_that_only_one_form_prints_is_a_difference_once_it_is_ticked() -> None:
    found = of(RECORDS, Boxes(("個人番号",), ()), Boxes(("個人番号", "災害関係情報"), ()))
    assert boxes_of(found).ticked == ("災害関係情報",)


@pytest.mark.parametrize("doubt", ["", "印が読み取れない"])
def test_a_box_that_cannot_be_read_is_uncertain(doubt: str) -> None:
    found = of(LINKS, Boxes(("その他",)), Boxes((), (), ("その他",)), doubt=doubt)
    assert the(found).kind is Kind.UNCERTAIN
    assert boxes_of(found) == BoxesDifference((), (), (), ("その他",), ())


def test_unknown_boxes_are_neither_ticked_nor_unticked() -> None:
    """Where one day is not proved, a box that is not spoken of may have been ticked or not."""
    found = of(LINKS, Boxes(("その他",)), Boxes(("税務システム",)), doubt="ほかの欄は分からない")
    assert the(found).kind is Kind.UNCERTAIN
    assert (boxes_of(found).ticked, boxes_of(found).unticked) == ((), ())


def test_an_added_set_of_boxes_was_ticked() -> None:
    short = body(stated(OFFICE, "窓口課"))
    long = body(stated(OFFICE, "窓口課"), stated(LINKS, Boxes(("その他",), ("税務システム",))))
    assert boxes_of(difference(short, long)).ticked == ("その他",)
    assert boxes_of(difference(long, short)).unticked == ("その他",)


# --- which items ----------------------------------------------------------------------------------


def test_differences_come_in_the_order_of_the_form() -> None:
    before = body(stated(WORK, "甲"), stated(HEAD, "課長"), stated("V/1/①実施日", "令和5年4月3日"))
    after = body(stated(WORK, "乙"), stated(OFFICE, "窓口課"), stated("V/1/①実施日", "令和6年4月3日"))
    assert told(difference(before, after)) == [
        (WORK, Kind.CHANGED),
        (OFFICE, Kind.ADDED),
        (HEAD, Kind.REMOVED),
        ("V/1/①実施日", Kind.CHANGED),
    ]


def test_only_the_named_items_are_compared() -> None:
    before = body(stated(WORK, "甲"), stated(HEAD, "課長", "途切れている"), stated(OFFICE, "市民課"))
    after = body(stated(WORK, "乙"), stated(HEAD, "課長", "途切れている"), stated(LAST, "県知事"))
    named = compared(before, after, "I/6")
    assert told(named.changes) == [(OFFICE, Kind.REMOVED)]
    assert [str(path) for path in named.unsure] == [HEAD]
    assert told(compared(before, after, "I/7").changes) == [(LAST, Kind.ADDED)]
    with pytest.raises(UnknownItem):
        compared(before, after, "IV/1/①請求先")


def test_by_publication_the_public_saw_the_change_later() -> None:
    known = known_by(one(OFFICE, "窓口課", ("令和6年8月1日", "市民課", "窓口課")))

    def kinds(basis: Basis, *days: str) -> list[Kind]:
        return [c.kind for c in difference(*(document_as_of(known, day(d), basis) for d in days))]

    assert kinds(Basis.CHANGE, "2024-07-31", "2024-08-01") == [Kind.CHANGED]
    assert kinds(Basis.PUBLICATION, "2024-07-31", "2024-08-01") == []
    assert kinds(Basis.PUBLICATION, "2024-09-30", "2024-10-01") == [Kind.UNCERTAIN]


NAMES = st.lists(st.sampled_from(["市民課", "窓口課", "福祉課", "－"]), min_size=2, max_size=6)
DAYS = [f"令和{year}年4月1日" for year in range(1, 7)]


@given(NAMES, st.tuples(*[st.dates(date(2019, 1, 1), date(2024, 12, 31))] * 2))
def test_the_words_lead_from_the_one_day_to_the_other(names: list[str], days: tuple[date, date]) -> None:
    """Whatever the history, an item differs exactly where its two values do, and its words hold both."""
    rows = tuple(zip(DAYS, names[:-1], names[1:], strict=False))
    known = known_by(one(OFFICE, names[-1], *rows))
    before, after = (document_as_of(known, each) for each in days)
    values = [at(document, OFFICE).reading.value for document in (before, after)]
    found = difference(before, after)
    assert bool(found) == (values[0] != values[1])
    for change in found:
        for value, gone in zip(values, (Op.ADDED, Op.REMOVED), strict=True):
            assert "".join(piece.text for piece in change.words if piece.op is not gone) == value


@given(NAMES, st.dates(date(2019, 1, 1), date(2024, 12, 31)))
def test_a_day_does_not_differ_from_itself(names: list[str], on: date) -> None:
    """A document compared with itself has no differences."""
    known = known_by(one(OFFICE, names[-1], *zip(DAYS, names[:-1], names[1:], strict=False)))
    document = document_as_of(known, on)
    assert difference(document, document) == ()


# --- exports --------------------------------------------------------------------------------------

HOSTILE = "<script>alert('&')</script> & </td><del>\"偽\"</del>"


class Page(HTMLParser):
    """What a browser makes of a page: its elements, and the text that a person sees."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [str(value) for name, value in attrs if name in {"href", "src"} or name[:2] == "on"]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(found: Comparison) -> str:
    return as_html.diff(IDENTITY, found)


def test_a_document_full_of_markup_is_shown_as_text() -> None:
    before, after = (
        body(stated(WORK, f"{HOSTILE}{word}"), stated(LINKS, Boxes(("その他",), (), (), f"{word}{HOSTILE}")))
        for word in ("甲", "乙")
    )
    found = compared(before, replace(after, title=HOSTILE))
    shown = Page(page(found))
    assert "script" not in shown.elements
    assert (shown.elements.count("del"), shown.elements.count("ins")) == (2, 2)
    assert shown.links == []
    assert shown.text.count(HOSTILE) == 2 + 2 * len(found.changes), "title, heading, and two cells an item"


def test_the_name_of_a_file_in_a_path_is_escaped_as_well() -> None:
    def of_file(value: str) -> Document:
        names = [f"II[{HOSTILE}]/2/{label}" for label in ("その必要性", "その妥当性")]
        return body(stated(names[0], value), stated(names[1], "甲", "途切れている"))

    found = compared(of_file("甲"), of_file("乙"))
    assert (len(found.changes), len(found.unsure)) == (1, 1)
    shown = Page(page(found))
    assert "script" not in shown.elements
    assert shown.text.count(HOSTILE) == 2


def test_reasons_and_rivals_are_escaped_as_well() -> None:
    before, after = body(stated(WORK, "甲")), body(stated(WORK, "乙", HOSTILE))
    change = the(difference(before, after))
    assert change.after is not None
    doubtful = replace(change, after=replace(change.after, rivals=("乙", HOSTILE)))
    shown = Page(page(Comparison(before, after, (doubtful,), (change.path,))))
    assert "script" not in shown.elements
    assert shown.text.count(HOSTILE) == 2
    assert "［一部不明］" in shown.text
    assert f"候補2: {HOSTILE}" in shown.text


def test_a_page_needs_nothing_beside_it() -> None:
    found = compared(body(stated(WORK, "甲を行う。")), body(stated(WORK, "乙を行う。")))
    source = page(found)
    assert source.startswith('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">')
    assert "<del>甲</del>を行う。" in source
    assert "<ins>乙</ins>を行う。" in source
    assert not any(word in source for word in ("http:", "https:", "url(", "@import", "<script", "<link"))


def test_a_side_that_says_nothing_says_so_on_the_page() -> None:
    before = body(stated(OFFICE, ""), stated(WORK, "甲"))
    after = body(stated(OFFICE, "窓口課"), stated(HEAD, "課長"), stated(WORK, "甲", "途切れている"))
    shown = Page(page(compared(before, after))).text
    assert "（空欄）" in shown
    assert "この日の文書にこの項目はありません" in shown
    assert "［一部不明］" in shown


def test_json_has_both_sides_their_certainty_and_the_words() -> None:
    before = body(stated(OFFICE, "市民課"), stated(LINKS, Boxes((), ("その他",))))
    after = body(
        stated(OFFICE, "窓口課", "二度ある"), stated(LINKS, Boxes(("その他",))), stated(HEAD, "課長")
    )
    view = as_json.diff(IDENTITY, compared(before, after), None)
    assert set(view) == {"ref", "from", "to", "basis", "known_at", "changes", "unsure"}
    links, office, head = view["changes"]
    assert (office["path"], office["kind"]) == (OFFICE, "uncertain")
    assert (office["before"], office["after"]) == ("市民課", "窓口課")
    assert (office["before_certainty"], office["after_certainty"]) == ("known", "partial")
    assert office["reasons"]["after"].endswith("二度ある")
    assert office["words"] == [{"op": "removed", "text": "市民課"}, {"op": "added", "text": "窓口課"}]
    assert links["after"] == {"checked": ["その他"], "unchecked": [], "unreadable": [], "other_text": ""}
    assert links["boxes"] == {
        "ticked": ["その他"], "unticked": [], "relabelled": [], "unreadable": [], "other_text": [],
    }  # fmt: skip
    assert (head["kind"], head["before"], head["before_certainty"]) == ("added", None, None)
    assert head["reasons"]["before"] is None
