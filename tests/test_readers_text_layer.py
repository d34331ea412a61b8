"""The text layer of a PDF: what stands beside its label is read, the rest is paired and says so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import wording
from ledger.published import Boxes, Fate, PrintedItem, PublishedEdition, TableState
from ledger.readers import ocr_text, read, text_layer
from ledger.readers.rows import length
from ledger.readers.text_layer import NAME
from ledger.readers.text_layer.pairing import Block, Pair, Wanting, pair
from samples.making.as_text_layer import write_text_layer
from tests.conftest import ROOT
from tests.fuzzing.promises import patience
from tests.sources import blank_choices, cells, in_doubt

SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))
# Scrambled, two files on one page and 保管場所 alone beside 備考 are still mistaken by the reader.
SCRAMBLED = [path for path in SAMPLES if path.parent.name != "yunagi"]
COVER = """ 評価実施機関名

霞野市長

 公表日

令和7年11月20日

特定個人情報保護評価書（重点項目評価書）

評価書番号  評価書名

7 介護保険に関する事務　重点項目評価書



項目一覧

Ⅰ　基本情報

Ⅱ　特定個人情報ファイルの概要



"""


def edition_of(text: str) -> PublishedEdition:
    return text_layer.edition_of(ocr_text.rows(text))


def sample(path: Path) -> PublishedEdition:
    """A sample, without the change table: its pages are written in order all the same."""
    return replace(read(path.read_bytes(), path.name), rows=(), table=TableState.EMPTY)


def body(*paragraphs: str) -> dict[str, PrintedItem]:
    """The items of a page of section I, II or III that is made of these paragraphs."""
    found = edition_of(COVER + "\n\n".join(paragraphs) + "\n")
    return {str(item.path): item for item in found.items if item.path.section != "表紙"}


def same(one: str | Boxes, other: str | Boxes) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return wording.same(one, other) is not None
    return one == other


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_page_in_order_is_read_to_the_letter(path: Path) -> None:
    written = sample(path)
    found = read(write_text_layer(written).encode(), path.name)
    assert found.reader == NAME
    assert {str(item.path): item.value for item in found.items} == {
        str(item.path): item.value for item in written.items
    }
    assert found.header == written.header
    assert found.table is TableState.EMPTY
    assert in_doubt(found) - blank_choices(written) == in_doubt(written)
    assert not found.unassigned


GAPS = [pytest.param("\n\n", id="pages are not told apart"), pytest.param("\n", id="no blank lines")]


@pytest.mark.parametrize("gap", GAPS)
def test_a_text_that_lost_its_blank_lines_is_not_taken_for_the_change_table(gap: str) -> None:
    written = sample(SAMPLES[0])
    found = edition_of(re.sub(r"\n{2,}", gap, write_text_layer(written)))
    values = {str(item.path): item.value for item in written.items}
    assert values.keys() == {str(item.path) for item in found.items}
    for item in found.items:
        assert item.doubt or same(item.value, values[str(item.path)]), str(item.path)
    assert found.assigned_share >= 0.99


@given(scramble=st.randoms(use_true_random=False), path=st.sampled_from(SCRAMBLED))
@settings(max_examples=12)
def test_whatever_a_scrambled_page_is_sure_of_is_so(scramble: Random, path: Path) -> None:
    written = sample(path)
    found = edition_of(write_text_layer(written, scramble))
    values = {str(item.path): item.value for item in written.items}
    for item in found.items:
        assert item.doubt or same(item.value, values.get(str(item.path), "")), str(item.path)
    assert values.keys() <= {str(item.path) for item in found.items}
    assert found.assigned_share >= 0.98


@given(scramble=st.randoms(use_true_random=False), path=st.sampled_from(SCRAMBLED))
@settings(max_examples=8)
def test_every_character_has_one_place(scramble: Random, path: Path) -> None:
    text = write_text_layer(sample(path), scramble)
    found = edition_of(text)
    placed = Counter[int]()
    for piece in found.pieces:
        placed[piece.line] += 0 if piece.fate is Fate.UNASSIGNED and piece.target else length(piece.text)
    assert {at: n for at, n in placed.items() if n} == {
        at: length(line) for at, line in enumerate(text.split("\n"), start=1) if length(line)
    }


BESIDE = [
    pytest.param(
        ("Ⅰ　基本情報", " ①事務の名称 介護の事務"), "I/1/①事務の名称", "介護の事務", id="value behind"
    ),
    pytest.param(
        ("Ⅱ　特定個人情報ファイルの概要", "申請の都度 ⑦時期・頻度", "市民課 移転先1"),
        "II/5/移転先1/⑦時期・頻度",
        "申請の都度",
        id="value before its label",
    ),
    pytest.param(
        (
            "Ⅱ　特定個人情報ファイルの概要",
            " 提供先1 機構",
            " ④提供する情報の対象となる\n本人の数",
            "[ 1万人未満",
            "]",
        ),
        "II/5/提供先1/④提供する情報の対象となる本人の数",
        "1万人未満",
        id="label over two lines",
    ),
    pytest.param(
        ("Ⅰ　基本情報", " ③対象人数 [ 1,000人未満", "]"), "I/1/③対象人数", "1,000人未満", id="choice torn"
    ),
    pytest.param(
        ("Ⅰ　基本情報", "1) 1,000人未満\n3) 1万人以上10万人未満]", " ③対象人数", "[ 1,000人未満"),
        "I/1/③対象人数",
        "1,000人未満",
        id="option list before the chosen one",
    ),
    pytest.param(
        ("Ⅱ　特定個人情報ファイルの概要", "1", "（", "）　件", "[", "委託する", " 委託の有無　※"),
        "II/4/委託の有無/件",
        "1",
        id="a number apart from its brackets",
    ),
    pytest.param(("Ⅰ　基本情報", " ７．他の評価実施機関", "―"), "I/7/他の評価実施機関", "―", id="dash below"),
    pytest.param(
        ("Ⅰ　基本情報", " ②所属長 課長", " ６．評価実施機関における担当部署"),
        "I/6/②所属長の役職名",
        "課長",
        id="label of an earlier edition",
    ),
]


@pytest.mark.parametrize(("page", "path", "value"), BESIDE)
def test_what_stands_beside_its_label_is_sure(page: tuple[str, ...], path: str, value: str) -> None:
    item = body(*page)[path]
    assert (item.value, item.doubt) == (value, "")


def boxes_of(*paragraphs: str) -> Boxes:
    page = (
        "Ⅱ　特定個人情報ファイルの概要",
        " ③移転する情報 得喪",
        " 移転先1 市民課",
        *paragraphs,
        " ⑥移転方法",
    )
    value = body(*page)["II/5/移転先1/⑥移転方法"].value
    assert isinstance(value, Boxes)
    return value


def test_a_tick_between_its_brackets_is_read_and_one_apart_is_not() -> None:
    boxes = boxes_of(
        "○", "[ ○ ] 専用線", "○ ] 電子メール [", "] 紙", "[ ] その他 （", "）", "] 庁内連携システム [ ○"
    )
    assert boxes.checked == ("専用線", "電子メール")
    assert boxes.unchecked == ("その他",)
    assert "紙" in boxes.unreadable
    assert "庁内連携システム" in boxes.unreadable


def test_boxes_of_two_blocks_that_say_the_same_are_told_and_others_are_not() -> None:
    page = (
        "Ⅰ　基本情報",
        " ③他のシステムとの接続",
        " システム2",
        "[ ○ ] 宛名システム等",
        "[ ○ ] 税務システム",
        " システム1",
        " ③他のシステムとの接続",
        "[ ○ ] 宛名システム等",
        "[ ] 税務システム",
    )
    items = body(*page)
    for n in (1, 2):
        value = items[f"I/2/システム{n}/③他のシステムとの接続"].value
        assert isinstance(value, Boxes)
        assert value.checked == ("宛名システム等",)
        assert "税務システム" in value.unreadable


def test_a_text_apart_from_its_label_is_in_doubt() -> None:
    page = (
        "Ⅱ　特定個人情報ファイルの概要",
        "申請を受けた者の台帳を作り、納付の記録を確認する。",
        "保険料を正しく決めるため",
        " ⑤使用方法",
        " ３．特定個人情報の入手・使用",
        " ③使用目的　※",
    )
    items = body(*page)
    assert items["II/3/③使用目的"].value == "保険料を正しく決めるため"
    assert items["II/3/⑤使用方法"].value == "申請を受けた者の台帳を作り、納付の記録を確認する。"
    assert items["II/3/③使用目的"].doubt
    assert items["II/3/⑤使用方法"].doubt


def test_equal_labels_go_to_the_blocks_beside_which_they_stand() -> None:
    page = ("Ⅰ　基本情報", " システム2", " ①システムの名称 宛名", " システム1", " ①システムの名称 介護")
    items = body(*page)
    assert items["I/2/システム1/①システムの名称"].value == "介護"
    assert items["I/2/システム2/①システムの名称"].value == "宛名"


def test_a_text_that_the_next_page_prints_again_is_taken_once() -> None:
    text = "鍵のかかる書庫に納めている。"
    page = f"Ⅲ　リスク対策\n\n{text}\n\n １０．その他のリスク対策"
    found = edition_of(f"{COVER}{page}\n\n\n\n{text}\n")
    item = next(item for item in found.items if str(item.path) == "III/10/その他のリスク対策")
    assert item.value == text
    assert not found.unassigned


WHOLE = ("令和5年4月3日", "Ⅰ－6－①部署", "市民課", "窓口課\n戸籍係", "事後", "組織改正")
DATES = ("令和5年4月3日", "Ⅴ－1－①実施日", "令和4年4月1日", "令和5年4月1日", "事前", "令和5年4月1日")
TABLES = [
    pytest.param((*WHOLE, *DATES), [WHOLE, DATES], id="every cell a paragraph"),
    pytest.param((*WHOLE[:5], *DATES), [(*WHOLE[:5], ""), DATES], id="no explanation"),
    pytest.param((*WHOLE, *DATES[:5]), [WHOLE, (*DATES[:5], "")], id="no explanation at the end"),
    pytest.param((*WHOLE[:2], *WHOLE[3:], *DATES), [], id="a blank cell, nobody knows which"),
    pytest.param((*WHOLE, "続き", *DATES), [], id="words between the rows"),
]


@pytest.mark.parametrize(("paragraphs", "rows"), TABLES)
def test_rows_are_read_where_every_cell_is_a_paragraph(
    paragraphs: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    annex = "\n\n".join(("（別添２）変更箇所\n変更前の記載 変更後の記載", *paragraphs))
    found = edition_of(f"{COVER}Ⅰ　基本情報\n\n\n\n{annex}\n")
    assert [cells(row) for row in found.rows] == rows
    assert found.table is (TableState.ROWS if rows else TableState.ABSENT)
    assert bool(found.unassigned) is not bool(rows)


def test_rows_of_a_change_table_torn_apart_are_kept_and_not_guessed() -> None:
    found = edition_of(
        f"{COVER}Ⅰ　基本情報\n\n\n\n（別添２）変更箇所\n提出時期変更日 項目\n\n令和5年 課長\n\n部長 事後\n"
    )
    assert found.table is TableState.ABSENT
    assert [passage.text for passage in found.unassigned] == ["令和5年 課長", "部長 事後"]


def test_a_document_of_another_format_without_tables_keeps_its_places() -> None:
    rows = [replace(row, place=f"段落{row.line}") for row in ocr_text.rows(f"{COVER}Ⅰ　基本情報\n\n迷子の文")]
    found = text_layer.edition_of(rows, reader="word/1")
    assert found.reader == "word/1"
    assert [(each.text, each.place) for each in found.unassigned] == [("迷子の文", f"段落{len(rows)}")]


MUCH = 40_000


@pytest.mark.parametrize(
    "much",
    [
        pytest.param("1" * MUCH, id="figures"),
        pytest.param("甲 " * (MUCH // 2), id="words with gaps"),
        pytest.param("）" * MUCH, id="brackets that close"),
        pytest.param("（" + "\u3000" * MUCH + "乙", id="a bracket and a long gap"),
        pytest.param("※（" * (MUCH // 2), id="notes that do not end"),
    ],
)
def test_a_line_of_one_thing_over_and_over_is_read_in_time(much: str) -> None:
    with patience():
        found = edition_of(f"{COVER}Ⅰ　基本情報\n①事務の名称 {much}\n{much}\n")
    assert found.characters == found.assigned + sum(length(passage.text) for passage in found.unassigned)


FILE = (
    "Ⅱ　特定個人情報ファイルの概要\n1. 特定個人情報ファイル名\n{}\n6. 特定個人情報の保管・消去\n保管場所 {}\n"
)


@pytest.mark.parametrize(
    ("printings", "place", "doubt", "unassigned"),
    [
        pytest.param(
            ("書庫", "金庫"),
            "書庫",
            "同じ欄が二度あり、記載が違う",
            ["金庫"],
            id="the second says something else",
        ),
        pytest.param(("書庫", "書庫"), "書庫", "", [], id="the second says the same"),
        pytest.param(("", "金庫"), "金庫", "", [], id="the first says nothing"),
    ],
)
def test_an_item_that_is_printed_twice_is_an_item_once(
    printings: tuple[str, ...], place: str, doubt: str, unassigned: list[str]
) -> None:
    found = edition_of(COVER + "\n\n\n\n".join(FILE.format("介護保険ファイル", each) for each in printings))
    (item,) = (item for item in found.items if item.path.label == "保管場所")
    assert (item.value, item.doubt) == (place, doubt)
    assert [passage.text for passage in found.unassigned] == unassigned
    assert found.characters == found.assigned + sum(length(passage.text) for passage in found.unassigned)


def test_labels_of_the_cover_may_stand_before_all_values() -> None:
    cover = COVER.replace(
        " 評価実施機関名\n\n霞野市長\n\n 公表日\n", " 評価実施機関名\n\n 公表日\n\n霞野市長\n"
    )
    header = edition_of(cover).header
    assert (header.body, header.publication_date, header.number) == ("霞野市長", "令和7年11月20日", "7")


BLOCKS = [
    pytest.param([Block("甲", behind=0), Block("乙", behind=1)], [0, 1], True, id="behind their labels"),
    pytest.param([Block("甲", behind=1), Block("乙", behind=0)], [1, 0], True, id="and not in order"),
    pytest.param([Block("甲"), Block("乙", goes_on=True)], [0, 1], False, id="nobody's: the order counts"),
    pytest.param([Block("乙", again=True), Block("大" * 40)], [1, 0], False, id="printed again: the last"),
    pytest.param([Block("甲", behind=0), Block("乙" * 40, goes_on=True)], [0, 1], False, id="one is left"),
]


@pytest.mark.parametrize(("blocks", "items", "sure"), BLOCKS)
def test_texts_are_paired_with_items(blocks: list[Block], items: list[int], sure: bool) -> None:  # noqa: FBT001
    wanting = [Wanting("IV.1.3"), Wanting("IV.1.4")]
    assert pair(blocks, wanting, in_order=True) == [Pair(item, sure) for item in items]
    assert not any(found.sure for found in pair(blocks, wanting, in_order=False))


def test_a_text_goes_to_nobody_where_nobody_wants_one() -> None:
    assert pair([Block("中間サーバー")], [], in_order=True) == [Pair(None, sure=False)]
