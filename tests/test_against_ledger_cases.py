"""Published against ledger, case by case: what each rule says, and the look-alikes of which it is silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from ledger.events import AnyEvent, ChangeCorrected, ChangeRetracted, ItemChanged, RowInterpreted
from ledger.published import Boxes, PublishedEdition, TableState
from projections.editions import Assessment, assessment
from projections.findings import Cause, Finding, Severity
from projections.rules.against_ledger import RULES
from projections.validator import BY_NAME, findings_of, validate
from tests.papers import EXEMPT, STREAM, Cells, entries, paper, received, recorded
from tests.papers import stated as item

OFFICE, HEAD, PLACE = "I/6/①部署", "I/6/②所属長の役職名", "II/6/保管場所"
FIRST, SECOND = "II/4/委託事項1/③委託先名", "II/4/委託事項2/③委託先名"
MEDIA = "II/3/②入手方法"

MOVED: Cells = ("令和3年4月1日", OFFICE, "市民課", "住民課")
LED: Cells = ("令和3年4月1日", HEAD, "市民課長", "住民課長")
HIRED: Cells = ("令和5年10月2日", FIRST, "株式会社凪ノ浦ソフト", "汐止データ処理株式会社")
STORED: Cells = (
    "令和7年4月1日",
    PLACE,
    "申請書は庁舎の書庫に保管し、施錠する。",
    "申請書は別棟の書庫に保管し、施錠する。",
)
NEW, LATER = "令和7年10月1日", "令和9年10月1日"


def edition(
    *rows: Cells,
    published: str = "令和6年10月1日",
    office: str = "住民課",
    first: str = "汐止データ処理株式会社",
    place: str = STORED[2],
    state: TableState | None = None,
) -> PublishedEdition:
    """An edition of the four items."""
    items = (item(OFFICE, office), item(HEAD, "住民課長"), item(FIRST, first), item(PLACE, place))
    return paper(*items, rows=rows, published=published, state=state)


def ledger(*papers: PublishedEdition, more: Iterable[AnyEvent] = ()) -> Assessment:
    """What a ledger knows that took in *papers*, and then recorded *more*."""
    return assessment(entries(*received(*papers), *more))


def found(file: PublishedEdition, known: Assessment) -> list[Finding]:
    return findings_of(file, known, RULES)


def told(file: PublishedEdition, known: Assessment) -> list[tuple[str, str, tuple[int, ...], set[str]]]:
    return [(f.rule, str(f.severity), f.rows, {str(path) for path in f.items}) for f in found(file, known)]


TABLE = (MOVED, LED, HIRED)
OLD = edition(*TABLE)
CHANGED = recorded(PLACE, STORED[2], STORED[3], on="令和7年4月1日")
SHORT = ("申請書は庁舎の書庫に保管し、（略）", "申請書は別棟の書庫に保管し、（略）")
ABRIDGED = replace(CHANGED, before=SHORT[0], after=SHORT[1])


def newer(*more: Cells, rows: tuple[Cells, ...] = TABLE, place: str = STORED[3]) -> PublishedEdition:
    """The edition after OLD."""
    return edition(*rows, *more, published=NEW, place=place)


def said(row: Cells, **cells: str) -> Cells:
    """A row with other cells."""
    names = ("day", "path", "before", "after", "timing", "reason")
    full = (*row, *("事後", EXEMPT)[len(row) - 4 :])
    return tuple(cells.get(name, cell) for name, cell in zip(names, full, strict=True))


NOTHING = [
    pytest.param(OLD, ledger(OLD), id="the very edition"),
    pytest.param(OLD, ledger(), id="an assessment of which nothing was taken in"),
    pytest.param(OLD, ledger(OLD, newer(STORED)), id="the very edition, and a later one"),
    pytest.param(edition(*TABLE, published=NEW), ledger(OLD), id="a newer edition in which nothing changed"),
    pytest.param(newer(STORED), ledger(OLD, more=[CHANGED]), id="what was recorded was published"),
    pytest.param(
        newer(said(STORED, before="庁舎の書庫", after="別棟の書庫")),
        ledger(OLD, more=[CHANGED]),
        id="what was recorded was published, the changed words only",
    ),
    pytest.param(
        newer(
            said(
                STORED,
                before="申請書は庁舎の書庫に保管し、（略）",
                after="申請書は別棟の書庫に保管し、（略）",
            )
        ),
        ledger(OLD, more=[CHANGED]),
        id="what was recorded was published, the rest left out",
    ),
    pytest.param(
        newer(said(STORED, before=SHORT[0], after=SHORT[1])),
        ledger(OLD, more=[ABRIDGED]),
        id="what was recorded with 略 was published so",
    ),
    pytest.param(
        newer(STORED), ledger(OLD, more=[ABRIDGED]), id="what was recorded with 略 was published in full"
    ),
    pytest.param(
        newer(said(STORED, path="Ⅱ－６ 保管場所", before="", after="保管する書庫を変更した。")),
        ledger(OLD, more=[CHANGED]),
        id="what was recorded was published, told instead of quoted",
    ),
    pytest.param(
        edition(
            *TABLE,
            ("令和7年4月1日", OFFICE, "住民課", "窓口課"),
            said(STORED, day="〃"),
            published=NEW,
            office="窓口課",
            place=STORED[3],
        ),
        ledger(OLD, more=[recorded(OFFICE, "住民課", "窓口課", on="令和7年4月1日", revision="r-2"), CHANGED]),
        id="a day that the row above states",
    ),
    pytest.param(
        newer(STORED),
        ledger(OLD, more=[replace(CHANGED, change_date="")]),
        id="what was recorded without a day was published with one",
    ),
    pytest.param(
        edition(*TABLE, published=NEW),
        ledger(OLD, more=[replace(CHANGED, change_date="令和8年4月1日", timing="事前")]),
        id="a planned change is not printed yet",
    ),
    pytest.param(
        newer(said(STORED, day="令和8年4月1日", timing="事前")),
        ledger(OLD, more=[replace(CHANGED, change_date="令和8年4月1日", timing="事前")]),
        id="a planned change is printed already",
    ),
    pytest.param(OLD, ledger(OLD, more=[CHANGED]), id="a change recorded for a day after the edition"),
    pytest.param(
        edition(*TABLE, published=NEW),
        ledger(OLD, more=[CHANGED, ChangeRetracted(STREAM, 0, retracts=6, why="誤り")]),
        id="what was retracted need not be there",
    ),
    pytest.param(
        newer(
            said(STORED, after="申請書は別館の書庫に保管し、施錠する。"),
            place="申請書は別館の書庫に保管し、施錠する。",
        ),
        ledger(
            OLD,
            more=[
                CHANGED,
                ChangeCorrected(
                    STREAM,
                    0,
                    corrects=6,
                    change_date="令和7年4月1日",
                    item_text="",
                    before=STORED[2],
                    after="申請書は別館の書庫に保管し、施錠する。",
                    timing="事後",
                    explanation=EXEMPT,
                    path=PLACE,
                    why="誤記",
                ),
            ],
        ),
        id="a corrected change counts as it is right",
    ),
    pytest.param(
        edition(MOVED, said(LED, day="", path="担当の名称"), HIRED),
        ledger(
            edition(MOVED, said(LED, day="", path="担当の名称"), HIRED),
            more=[
                RowInterpreted(
                    STREAM, 0, interprets=4, path=HEAD, change_date="令和3年4月1日", why="同じ改正"
                )
            ],
        ),
        id="the row that a person interpreted, as it is printed",
    ),
    pytest.param(
        edition(MOVED, LED, HIRED, published=NEW),
        ledger(
            edition(MOVED, said(LED, day="", path="担当の名称"), HIRED),
            more=[
                RowInterpreted(
                    STREAM, 0, interprets=4, path=HEAD, change_date="令和3年4月1日", why="同じ改正"
                )
            ],
        ),
        id="the row that a person interpreted, printed as it is meant",
    ),
    pytest.param(
        edition(MOVED, LED, published="令和5年4月1日", first=HIRED[2]), ledger(OLD), id="an older edition"
    ),
    pytest.param(
        edition(MOVED, published="令和5年4月1日", first=HIRED[2]),
        ledger(edition(MOVED, HIRED, said(LED, day="令和4年4月1日"))),
        id="an older edition lacks what a later one supplied at its end",
    ),
    pytest.param(
        edition(published=NEW, state=TableState.ABSENT, place=STORED[3]), ledger(OLD), id="its table was lost"
    ),
    pytest.param(OLD, ledger(edition(state=TableState.ABSENT)), id="the ledger has no table of the edition"),
    pytest.param(
        edition(MOVED, said(LED, path="Ⅰ－６②所属長の役職名"), HIRED),
        ledger(OLD),
        id="another way to write the item",
    ),
    pytest.param(
        edition(said(MOVED, day="2021-04-01"), LED, HIRED), ledger(OLD), id="another way to write the day"
    ),
]


@pytest.mark.parametrize(("file", "known"), NOTHING)
def test_what_the_ledger_knows_is_no_finding(file: PublishedEdition, known: Assessment) -> None:
    assert told(file, known) == []


ERROR, WARNING, NOTE = "error", "warning", "note"
FOUND = [
    pytest.param(
        newer(STORED),
        ledger(OLD),
        [("published-row-unrecorded", NOTE, (4,), {PLACE})],
        id="new rows since the last edition are one note",
    ),
    pytest.param(
        edition(*TABLE, published=NEW),
        ledger(OLD, more=[CHANGED]),
        [("ledger-row-missing", ERROR, (), {PLACE})],
        id="what was recorded is not published, nor is it in the body: one finding",
    ),
    pytest.param(
        edition(*TABLE, published=NEW, place=STORED[3]),
        ledger(OLD, more=[CHANGED]),
        [("ledger-row-missing", ERROR, (), {PLACE})],
        id="what was recorded stands in the body, but in no row",
    ),
    pytest.param(
        OLD,
        ledger(OLD, more=[replace(CHANGED, change_date="令和6年4月1日")]),
        [("ledger-row-missing", ERROR, (), {PLACE})],
        id="what was recorded for a day before the edition is not in it",
    ),
    pytest.param(
        newer(STORED, ("令和7年6月2日", OFFICE, "住民課", "窓口課")),
        ledger(OLD, more=[CHANGED]),
        [("published-row-unrecorded", ERROR, (5,), {OFFICE})],
        id="beside recorded changes a row that was not recorded",
    ),
    pytest.param(
        newer(said(STORED, after="申請書は別館の書庫に保管し、施錠する。")),
        ledger(OLD, more=[CHANGED]),
        [("row-differs", ERROR, (4,), {PLACE})],
        id="what was recorded is published in other words",
    ),
    pytest.param(
        newer(said(STORED, timing="事前")),
        ledger(OLD, more=[CHANGED]),
        [("row-differs", ERROR, (4,), {PLACE})],
        id="what was recorded as 事後 is published as 事前",
    ),
    pytest.param(
        newer(said(STORED, day="令和7年4月10日")),
        ledger(OLD, more=[CHANGED]),
        [("row-differs", ERROR, (4,), {PLACE})],
        id="what was recorded is published with another day",
    ),
    pytest.param(
        newer(said(STORED, path="II/7/備考")),
        ledger(OLD, more=[CHANGED]),
        [("row-differs", ERROR, (4,), {"II/7/備考"})],
        id="what was recorded is published under another item",
    ),
    pytest.param(
        newer(said(STORED, reason="組織改正")),
        ledger(OLD, more=[CHANGED]),
        [("row-differs", WARNING, (4,), {PLACE})],
        id="what was recorded is published with another explanation",
    ),
    pytest.param(
        edition(MOVED, LED, said(HIRED, after="凪ノ浦計算センター株式会社"), published=NEW),
        ledger(OLD),
        [("old-row-rewritten", ERROR, (3,), {FIRST})],
        id="an old row in other words",
    ),
    pytest.param(
        edition(MOVED, LED, said(HIRED, after="凪ノ浦計算センター株式会社")),
        ledger(OLD),
        [("row-differs", ERROR, (3,), {FIRST})],
        id="a row of the very edition in other words",
    ),
    pytest.param(
        edition(MOVED, LED, said(HIRED, reason="随意契約")),
        ledger(OLD),
        [("row-differs", ERROR, (3,), {FIRST})],
        id="the explanation in other words",
    ),
    pytest.param(
        edition(MOVED, LED, said(HIRED, day="")),
        ledger(OLD),
        [("row-differs", NOTE, (3,), {FIRST})],
        id="a cell that is blank may have been lost",
    ),
    pytest.param(
        edition(MOVED, LED, said(HIRED, path="Ⅱ－４－委託事項２－③委託先名")),
        ledger(OLD),
        [("row-differs", ERROR, (3,), {SECOND})],
        id="another number of the group",
    ),
    pytest.param(
        edition(said(MOVED, path=PLACE), LED, HIRED),
        ledger(OLD),
        [("row-differs", ERROR, (1,), {PLACE})],
        id="another item, the words too few to tell by them",
    ),
    pytest.param(
        edition(HIRED, MOVED, LED),
        ledger(OLD),
        [("row-differs", ERROR, (1,), {FIRST})],
        id="another order",
    ),
    pytest.param(
        edition(HIRED, MOVED, LED, published=NEW),
        ledger(OLD),
        [("row-differs", WARNING, (1,), {FIRST})],
        id="old rows in another order",
    ),
    pytest.param(
        edition(HIRED, published=NEW),
        ledger(OLD),
        [("ledger-row-missing", ERROR, (), {OFFICE, HEAD})],
        id="two rows that stood together were dropped: one finding",
    ),
    pytest.param(
        edition(state=TableState.EMPTY, published=NEW),
        ledger(OLD),
        [("ledger-row-missing", ERROR, (), {OFFICE, HEAD, FIRST})],
        id="a table without rows",
    ),
    pytest.param(
        edition(MOVED, LED, published=NEW),
        ledger(edition(*TABLE, published="令和5年12月1日"), edition(MOVED, LED)),
        [],
        id="a row that the edition before had dropped already",
    ),
    pytest.param(
        edition(MOVED, LED),
        ledger(edition(*TABLE, published="令和5年12月1日"), edition(MOVED, LED)),
        [("ledger-row-missing", ERROR, (), {FIRST})],
        id="a row that the very edition has dropped",
    ),
    pytest.param(
        edition(MOVED, LED, said(HIRED, after="凪ノ浦計算センター株式会社")),
        ledger(
            edition(*TABLE, published="令和5年12月1日"),
            edition(MOVED, LED, said(HIRED, after="凪ノ浦計算センター株式会社")),
        ),
        [("old-row-rewritten", ERROR, (3,), {FIRST})],
        id="the very edition had rewritten a row",
    ),
    pytest.param(
        edition(*TABLE, office="窓口課"),
        ledger(OLD),
        [("body-differs-from-ledger", ERROR, (), {OFFICE})],
        id="the body was edited",
    ),
    pytest.param(
        edition(*TABLE, published=NEW, place=STORED[3]),
        ledger(OLD),
        [("body-differs-from-ledger", ERROR, (), {PLACE})],
        id="a newer body was edited without a row",
    ),
    pytest.param(
        edition(*TABLE, published=NEW, place=STORED[2][:12]),
        ledger(OLD),
        [("body-differs-from-ledger", NOTE, (), {PLACE})],
        id="a body that breaks off",
    ),
    pytest.param(
        edition(MOVED, LED, published="令和5年4月1日", first=HIRED[2], place=STORED[3]),
        ledger(OLD),
        [("body-differs-from-ledger", ERROR, (), {PLACE})],
        id="an older body says something else than the rows lead back to",
    ),
    pytest.param(
        edition(MOVED, HIRED, published="令和5年11月1日"),
        ledger(OLD),
        [("ledger-row-missing", WARNING, (), {HEAD})],
        id="an older edition lacks a row between those that it has",
    ),
    pytest.param(
        edition(MOVED, LED, HIRED, ("令和5年11月6日", PLACE, "倉庫", STORED[2]), published="令和6年3月1日"),
        ledger(OLD),
        [("published-row-unrecorded", ERROR, (4,), {PLACE})],
        id="an older edition has a row that the later one lacks",
    ),
]


@pytest.mark.parametrize(("file", "known", "expected"), FOUND)
def test_one_cause_is_one_finding(
    file: PublishedEdition, known: Assessment, expected: list[tuple[str, str, tuple[int, ...], set[str]]]
) -> None:
    assert told(file, known) == expected


def test_a_corrected_row_read_again_as_it_was_is_a_note_that_says_so() -> None:
    """Whether print or the reader was wrong, a person has decided; the document still says what it said."""
    right = ChangeCorrected(
        STREAM, 0, corrects=5, change_date=HIRED[0], item_text=FIRST, before=HIRED[2],
        after="汐留データ処理株式会社", timing="事後", explanation=EXEMPT, path="", why="原本の誤植",
    )  # fmt: skip
    (finding,) = found(OLD, ledger(OLD, more=[right]))
    assert (finding.rule, finding.severity, finding.cause) == (
        "row-differs",
        Severity.NOTE,
        Cause.UNDECIDABLE,
    )
    assert "e6で訂正（霞野 花子: 原本の誤植）" in finding.message
    (finding,) = found(edition(*TABLE, published=NEW), ledger(OLD, more=[right]))
    assert (finding.rule, finding.severity) == ("old-row-rewritten", Severity.ERROR)


def test_evidence_has_both_texts_and_the_level_at_which_they_agree() -> None:
    file = edition(MOVED, LED, said(HIRED, before="株式会社 凪ノ浦ソフト", after="汐留データ処理株式会社"))
    (finding,) = found(file, ledger(OLD))
    assert finding.message == "行3: 変更後が台帳（公表日2024-10-01の版）の行3と違います"
    assert finding.evidence == (
        ("台帳（公表日2024-10-01の版）の行3 変更後", "汐止データ処理株式会社"),
        ("行3 変更後", "汐留データ処理株式会社"),
    )
    assert (finding.opposed, finding.level) == (("汐止データ処理株式会社", "汐留データ処理株式会社"), None)


def test_where_both_sides_differ_each_has_its_level() -> None:
    file = edition(MOVED, LED, said(HIRED, before="株式会社磯辺", after="汐留データ処理株式会社"))
    (finding,) = found(file, ledger(OLD))
    assert finding.opposed is None
    told = "変更前はどの段階でも一致しない、変更後はどの段階でも一致しない"
    assert finding.evidence[-1] == ("比較", told)


LONG = "申請書は庁舎の地下にある書庫に保管し、当直の職員が施錠を確かめる。"
MISREAD = [
    pytest.param("ocr-text/3", LONG.replace("施錠", "旋錠"), Severity.NOTE, id="OCR, a letter"),
    pytest.param("ocr-text/3", LONG.replace("当直の職員", "情報管理者"), Severity.ERROR, id="OCR, a word"),
    pytest.param("ocr-text/3", LONG.replace("地下", "別館"), Severity.ERROR, id="OCR, a short word"),
    pytest.param("ocr-text/3", f"{LONG}鍵は所属長が持つ。", Severity.ERROR, id="OCR, a sentence more"),
    pytest.param("workbook/2", LONG.replace("施錠", "旋錠"), Severity.ERROR, id="no OCR"),
]


@pytest.mark.parametrize(("reader", "words", "severity"), MISREAD)
def test_letters_that_ocr_may_have_misread_are_a_note(reader: str, words: str, severity: Severity) -> None:
    known = edition(said(STORED, after=LONG), published=NEW, place=LONG)
    row = replace(edition(said(STORED, after=words), published=NEW, place=LONG), reader=reader)
    body = replace(edition(said(STORED, after=LONG), published=NEW, place=words), reader=reader)
    for file, rule in ((row, "row-differs"), (body, "body-differs-from-ledger")):
        assert [(f.rule, f.severity) for f in found(file, ledger(known))] == [(rule, severity)]


BROKEN_OFF = "申請書は書庫に保管する。台帳は5年間保存した後"
BREAKS = [
    pytest.param(BROKEN_OFF, f"{BROKEN_OFF}、消去する。", Severity.NOTE, id="in its last sentence"),
    pytest.param(
        f"{BROKEN_OFF}（LGWAN）", f"{BROKEN_OFF}（LGWAN）で送る。", Severity.NOTE, id="behind a bracket"
    ),
    pytest.param(
        BROKEN_OFF, f"{BROKEN_OFF}、消去する。廃棄は記録する。", Severity.ERROR, id="a sentence more"
    ),
    pytest.param("書庫に保管した後", "書庫に保管した後、消去する。", Severity.ERROR, id="no sentence"),
]


@pytest.mark.parametrize(("short", "whole", "severity"), BREAKS)
def test_a_cell_that_breaks_off_may_be_cut(short: str, whole: str, severity: Severity) -> None:
    known = edition(said(STORED, after=whole), published=NEW, place=whole)
    cut = edition(said(STORED, after=short), published=NEW, place=whole)
    told = [(f.rule, f.severity) for f in found(cut, ledger(known)) if f.rule == "row-differs"]
    assert told == [("row-differs", severity)]


@pytest.mark.parametrize("behind", ["", "録画装置"])
def test_a_set_of_boxes_that_lost_all_its_ticks_may_be_damage(behind: str) -> None:
    known = paper(item(MEDIA, Boxes(("紙", "その他"), ("専用線",), (), behind)))
    printed = paper(item(MEDIA, Boxes((), ("紙", "その他", "専用線"), (), behind)))
    assert [f.severity for f in found(printed, ledger(known))] == [Severity.NOTE]


def test_boxes_marked_otherwise_are_the_same_boxes() -> None:
    def one(before: str, after: str) -> PublishedEdition:
        ticked = item(MEDIA, Boxes(("紙", "専用線"), ("電子メール",)))
        return paper(ticked, rows=(("令和5年4月3日", MEDIA, before, after),))

    known = ledger(one("[ ] 専用線", "[○] 専用線"))
    assert told(one("□専用線", "■専用線"), known) == []
    assert told(one("[ ] 専用線", "[ ] 専用線"), known) == [("row-differs", ERROR, (1,), {MEDIA})]


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_against_the_ledger_has_a_case(rule: str) -> None:
    assert BY_NAME[rule].needs_ledger
    assert any(rule == expected[0] for case in FOUND for expected in case.values[2])  # type: ignore[union-attr]


@pytest.mark.parametrize(("file", "known", "expected"), FOUND)
def test_a_message_asks_to_check_and_accuses_nobody(
    file: PublishedEdition, known: Assessment, expected: object
) -> None:
    assert expected is not None
    for finding in found(file, known):
        spoken = f"{finding.message}{BY_NAME[finding.rule].remedy}"
        assert not [word for word in ("違反", "違法", "不正", "虚偽") if word in spoken]
        assert finding.id == found(file, known)[0].id


def test_without_a_ledger_nothing_is_compared() -> None:
    assert not [finding for finding in validate(OLD).findings if BY_NAME[finding.rule].needs_ledger]


def test_rules_that_need_no_ledger_say_the_same_with_one() -> None:
    file = newer(STORED)
    alone, beside = validate(file).findings, validate(file, ledger(OLD)).findings
    assert [each for each in beside if not BY_NAME[each.rule].needs_ledger] == list(alone)
    assert isinstance(CHANGED, ItemChanged)
