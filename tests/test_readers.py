"""read(): bytes → a published edition: encodings, refusals, the cover, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError, UnreadableSource
from ledger.published import Header, PublishedEdition, TableState
from ledger.readers import read
from ledger.wareki import WarekiDate
from tests.sources import (
    ADEQUACY,
    ANNEX,
    BODY_NAME,
    CONTENTS,
    COVER,
    NAME,
    NUMBER,
    PUBLISHED,
    ROW,
    SECTION_I,
    TITLE,
    cells,
    edition,
    left,
    length,
)

# --- bytes ------------------------------------------------------------------------------------

DOCUMENT = COVER + SECTION_I + f"\n{ANNEX}令和5年4月3日\tI-1-①\t介護\t介護保険\t事後\t誤字修正\n"
PLAIN = DOCUMENT.replace("①", "")  # EUC-JP proper has no circled numbers

ENCODED = [
    pytest.param(DOCUMENT, DOCUMENT.encode(), id="UTF-8"),
    pytest.param(DOCUMENT, DOCUMENT.encode("utf-8-sig"), id="UTF-8 with a byte order mark"),
    pytest.param(DOCUMENT, DOCUMENT.encode("cp932"), id="CP932, as Windows writes it"),
    pytest.param(PLAIN, PLAIN.encode("euc-jp"), id="EUC-JP"),
    pytest.param(DOCUMENT, DOCUMENT.encode("utf-16"), id="UTF-16 with its byte order mark"),
    pytest.param(DOCUMENT, DOCUMENT.replace("\n", "\r\n").encode(), id="lines end in CRLF"),
    pytest.param(DOCUMENT, DOCUMENT.replace("\n", "\r\n").encode("cp932"), id="CP932 and CRLF"),
    pytest.param(DOCUMENT, DOCUMENT.replace("\n", "\r").encode(), id="lines end in CR"),
    pytest.param(DOCUMENT, DOCUMENT.rstrip("\n").encode(), id="no newline at the end"),
    pytest.param(DOCUMENT, ("\n\n" + DOCUMENT + "\n\n").encode()[2:], id="blank lines at the end"),
]


@pytest.mark.parametrize(("text", "data"), ENCODED)
def test_encoding_and_line_ends_change_nothing(text: str, data: bytes) -> None:
    assert read(data, NAME) == read(text.encode(), NAME)


def test_letters_that_only_windows_has_are_kept() -> None:
    data = DOCUMENT.replace("霞野市長", "髙﨑①～－市長").encode("cp932")
    assert read(data, NAME).header.body == "髙﨑①～－市長"


def test_the_name_of_a_file_decides_nothing() -> None:
    assert read(DOCUMENT.encode(), "a.pdf") == read(DOCUMENT.encode(), "b")


REFUSED = [
    pytest.param(b"", "空です", id="empty"),
    pytest.param(b" \n\t\n", "空です", id="white space only"),
    pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "画像（JPEG）です", id="a JPEG"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "画像（PNG）です", id="a PNG"),
    pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "壊れています", id="a workbook"),
    pytest.param(b"\x81\x20\x81\x20", "どれでもありません", id="bytes of no encoding"),
    pytest.param("これは普通の文章です。\n".encode(), "読めません", id="plain text"),
    pytest.param(b"a\tb\n1\t2\n", "読めません", id="a table of something else"),
    pytest.param(DOCUMENT.replace("重点項目評価書", "計画管理書").encode(), "読めません", id="様式1"),
    pytest.param(
        DOCUMENT.replace(NUMBER, "").encode(), "表紙に評価書番号がありません", id="cover without number"
    ),
    pytest.param(DOCUMENT.replace("7\t介護", "\t介護").encode(), "評価書番号", id="a blank number"),
    pytest.param(
        DOCUMENT.replace(BODY_NAME, "").encode(), "表紙に評価実施機関名がありません", id="cover without body"
    ),
    pytest.param(
        DOCUMENT.replace(PUBLISHED, "").encode(), "表紙に公表日がありません", id="cover without day"
    ),
    pytest.param(DOCUMENT.replace("令和7年11月20日", "").encode(), "公表日", id="a blank day"),
    pytest.param(
        DOCUMENT.replace("令和7年11月20日", "近日中").encode(), "「近日中」", id="a day that is none"
    ),
    pytest.param(DOCUMENT.replace("11月20日", "13月20日").encode(), "「令和7年13月20日」", id="no such day"),
]


@pytest.mark.parametrize(("data", "what"), REFUSED)
def test_what_cannot_be_read_is_refused_on_one_line(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(data, NAME)
    error = caught.value
    assert isinstance(error, LedgerError)
    assert error.where == NAME
    assert what in error.what
    assert error.remedy.endswith("ください")
    assert "\n" not in str(error)


def test_a_refusal_stays_on_one_line_whatever_the_file_is_called() -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(b"", "変な\n名前.txt")
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes make read() fail in another way; a few bytes are never an assessment."""
    with pytest.raises(UnreadableSource):
        read(data, NAME)


# --- the cover --------------------------------------------------------------------------------


def test_the_cover_becomes_the_header_and_the_items_of_the_cover() -> None:
    text = (
        f"{TITLE}\n\n{NUMBER}\n個人のプライバシー等の権利利益の保護の宣言\n\n宣言する。\n\n"
        f"特記事項\n\n立入確認を行う。\n秘密を保持する。\n\n{BODY_NAME}\n{PUBLISHED}\n"
        f"[令和7年5月 様式3]\n\n{SECTION_I}"
    )
    found = read(text.encode(), NAME)
    assert found.header == Header(
        number="7",
        title="介護保険に関する事務 重点項目評価書",
        body="霞野市長",
        publication_date="令和7年11月20日",
        special_notes="立入確認を行う。\n秘密を保持する。",
        form_edition="令和7年5月 様式3",
    )
    assert {item.key: item.value for item in found.items if item.key.startswith("cover")} == {
        "cover.number": "7",
        "cover.title": "介護保険に関する事務 重点項目評価書",
        "cover.declaration": "宣言する。",
        "cover.special_notes": "立入確認を行う。\n秘密を保持する。",
        "cover.body": "霞野市長",
        "cover.publication_date": "令和7年11月20日",
        "cover.form_edition": "令和7年5月 様式3",
    }
    assert (found.form, left(found)) == ("様式3", [])


COVERS = [
    pytest.param(COVER.replace(TITLE, TITLE.replace("(", "\n(")), id="title on two lines"),
    pytest.param(COVER.replace("7\t", "7\n"), id="number above the title"),
    pytest.param(
        COVER.replace(BODY_NAME, "").replace(
            PUBLISHED, "評価実施機関名\n\n公表日\n\n霞野市長\n令和7年11月20日\n"
        ),
        id="two labels, then both values",
    ),
]


@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_is_read_however_its_lines_are_broken(cover: str) -> None:
    found = read(f"{cover}{SECTION_I}".encode(), NAME)
    assert found.header == edition(SECTION_I).header
    assert left(found) == []


def test_lines_beside_the_day_of_publication_are_unassigned() -> None:
    text = DOCUMENT.replace("令和7年11月20日\n", "霞野市公報\n令和7年11月20日\n令和7年5月 様式3\n")
    found = read(text.encode(), NAME)
    assert found.header.publication_date == "令和7年11月20日"
    assert [words for _, words in left(found)] == ["霞野市公報", "令和7年5月 様式3"]


def test_a_label_may_stand_beside_its_value() -> None:
    text = f"{TITLE}\n{NUMBER}評価実施機関名\t霞野市長\n公表日\t令和7年11月20日\n{SECTION_I}"
    header = read(text.encode(), NAME).header
    assert (header.body, header.publication_date) == ("霞野市長", "令和7年11月20日")


def test_what_the_cover_lost_is_blank() -> None:
    header = edition(SECTION_I).header
    assert (header.special_notes, header.form_edition) == ("", "")


def test_words_before_the_first_label_of_the_cover_are_unassigned() -> None:
    found = read(f"霞野市公報\n{COVER}{SECTION_I}".encode(), NAME)
    assert left(found) == [(1, "霞野市公報")]


def test_a_label_of_the_cover_may_be_damaged() -> None:
    text = DOCUMENT.replace("公表日", "公 表 日").replace("評価実施機関名", "評価実施機閤名")
    assert read(text.encode(), NAME).header.body == "霞野市長"


# --- nothing is lost ----------------------------------------------------------------------------

WHOLE = COVER + "\n".join(
    [
        CONTENTS,
        SECTION_I,
        "2. 特定個人情報ファイルを取り扱う事務において使用するシステム\t",
        "システム1\n①システムの名称\t介護保険システム",
        "③他のシステムとの接続\t[○] 庁内連携システム [] 税務システム [] その他 ()",
        "システム2～5",
        "6. 評価実施機関における担当部署\t\n①部署\t高齢者支援課\n②所属長の役職名\t課長",
        "Ⅱ 特定個人情報ファイルの概要\n1. 特定個人情報ファイル名\t\n介護保険ファイル",
        "4. 特定個人情報ファイルの取扱いの委託\t\n委託事項1\t運用保守\n③委託先名\t光(株)",
        "6. 特定個人情報の保管・消去\t\n保管場所 ※\t<p>書庫</p>",
        "(別添1) 特定個人情報ファイル記録項目\n氏名\t1",
        f"Ⅲ リスク対策\n2. 特定個人情報の入手\t\nリスクへの対策は十分か\t{ADEQUACY}\n",
        ANNEX + ROW + "------\t------\t------\n" + ROW,
    ]
)
LINES = WHOLE.split("\n")
STRAY = "迷子の文章三八二一番"
SHAPES = ["{}", "\t{}", "{}\t", "{}\t別の語", "\t\t{}", "別の語\t{}\t", "\t\t\t{}\t\t", "\t{}\t\t\t\t"]


def places(found: PublishedEdition, words: str) -> list[str]:
    """Every place of an edition in which *words* stand."""
    stated = {str(item.path): item.value for item in found.items}
    texts = {
        path: (value,) if isinstance(value, str) else (*value.checked, *value.unreadable, value.other_text)
        for path, value in stated.items()
    }
    texts |= {f"row {row.no}": cells(row) for row in found.rows}
    texts |= {f"line {passage.line}": (passage.text,) for passage in found.unassigned}
    return [place for place, held in texts.items() if any(words in text for text in held)]


def test_the_whole_document_finds_its_places() -> None:
    found = read(WHOLE.encode(), NAME)
    assert left(found) == []
    assert found.characters == found.assigned == length(WHOLE)
    assert found.assigned_share == 1


@given(st.integers(LINES.index("I 基本情報") + 1, len(LINES)), st.sampled_from(SHAPES))
def test_a_stray_row_ends_in_exactly_one_place(at: int, shape: str) -> None:
    """Words put between any two rows, in any column, are in an item, a change row or the unassigned."""
    lines = [*LINES[:at], shape.format(STRAY), *LINES[at:]]
    assert len(places(read("\n".join(lines).encode(), NAME), STRAY)) == 1


@given(st.lists(st.sampled_from(LINES[LINES.index("項目一覧") :]), max_size=25), st.data())
def test_every_character_is_assigned_or_in_a_passage(lines: list[str], data: st.DataObject) -> None:
    """Rows in any order: assigned and unassigned add up, a passage stands at its line or below."""
    body = data.draw(st.permutations([*lines, STRAY, f"{STRAY}\t2"]))
    text = COVER + "\n".join(["Ⅰ 基本情報", *body])
    found = read(text.encode(), NAME)
    source = text.split("\n")
    assert found.characters == length(text)
    assert found.assigned + sum(length(passage.text) for passage in found.unassigned) == found.characters
    assert list(found.unassigned) == sorted(found.unassigned, key=lambda passage: passage.line)
    for passage in found.unassigned:
        printed = "\n".join(source[passage.line - 1 :])
        assert all(word in printed for word in passage.text.split())


def test_an_unassigned_passage_lowers_the_share() -> None:
    found = edition("I 基本情報\n6. 評価実施機関における担当部署\t\n\t高齢者支援課\n")
    assert left(found) == [(COVER.count("\n") + 3, "高齢者支援課")]
    assert found.characters - found.assigned == 6
    assert 0.9 < found.assigned_share < 1


# --- real documents -----------------------------------------------------------------------------

KUMAGAYA = Header("12", "児童手当に関する事務 重点項目評価書", "熊谷市長", "令和8年1月27日", "なし")


def published(documents: Path, number: str) -> PublishedEdition:
    """The real document whose name begins with *number*."""
    (source,) = documents.glob(f"{number}_*.txt")
    return read(source.read_bytes(), source.name)


def test_a_published_assessment_with_twenty_changes(documents: Path) -> None:
    found = published(documents, "000")
    assert found.header == KUMAGAYA
    assert (found.form, found.table, len(found.rows)) == ("様式3", TableState.ROWS, 20)
    assert [row.timing for row in found.rows].count("事前") == 14
    assert found.assigned_share >= 0.99


def test_a_published_assessment_with_forty_eight_changes(documents: Path) -> None:
    found = published(documents, "002")
    header = found.header
    assert (header.number, header.body) == ("22", "埼玉県川口市長")
    assert (header.publication_date, header.form_edition) == ("令和8年2月3日", "令和7年5月 様式3")
    assert (found.table, len(found.rows)) == (TableState.ROWS, 48)
    assert [row.timing for row in found.rows].count("事後") == 42
    assert found.assigned_share >= 0.99


@pytest.mark.parametrize("number", ["000", "002"])
def test_published_changes_stand_in_their_order(documents: Path, number: str) -> None:
    rows = published(documents, number).rows
    assert [row.no for row in rows] == list(range(1, len(rows) + 1))
    assert [row.line for row in rows] == sorted(row.line for row in rows)
    days = [WarekiDate.parse(row.date) for row in rows if row.date]
    assert days == sorted(days)
    assert all(row.item_text and row.timing in {"事前", "事後"} for row in rows)


def test_a_published_assessment_of_three_files_that_lost_its_table(documents: Path) -> None:
    found = published(documents, "003")
    assert found.table is TableState.ABSENT
    assert len({item.path.file for item in found.items if item.path.section == "III"}) == 3
    assert found.assigned_share >= 0.99
