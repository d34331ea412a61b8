"""Word documents: the same assessment back from a written one, and what is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ledger.errors import UnreadableSource
from ledger.form import FormItem, form3, group_number
from ledger.published import (
    Boxes,
    ChangeRow,
    Fate,
    Header,
    ItemKind,
    PrintedItem,
    PublishedEdition,
    TableState,
)
from ledger.readers import read, word
from samples.making.as_word import write_word
from tests.conftest import ROOT
from tests.sources import cells
from tests.word_files import (
    NAME,
    Parts,
    margin,
    note,
    p,
    packed,
    referred,
    t,
    tbl,
    tc,
    text_box,
    told,
    tr,
    zipped,
)

SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))

# --- written and read back ------------------------------------------------------------------------


@cache
def sample(path: Path) -> PublishedEdition:
    return read(path.read_bytes(), path.name)


def is_read_back(edition: PublishedEdition, *, merged: bool) -> PublishedEdition:
    """The edition as read from its document, which has to say the same."""
    found = read(write_word(edition, merged=merged), NAME)
    wanted = {str(item.path): (item.value, item.kind, item.doubt) for item in edition.items}
    assert {str(item.path): (item.value, item.kind, item.doubt) for item in found.items} == wanted
    assert [cells(row) for row in found.rows] == [cells(row) for row in edition.rows]
    assert (found.header, found.table, found.form) == (edition.header, edition.table, edition.form)
    assert (found.unassigned, found.assigned_share) == ((), 1.0)
    assert found.reader == word.NAME
    return found


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_back_from_its_document(path: Path, *, merged: bool) -> None:
    is_read_back(sample(path), merged=merged)


def characters(texts: list[str]) -> Counter[str]:
    return Counter("".join("".join(text.split()) for text in texts))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_character_of_a_document_is_in_exactly_one_piece(path: Path) -> None:
    data = write_word(sample(path), merged=True)
    source = [cell for row in word.rows(data, NAME) for cell in row.cells]
    found = read(data, NAME)
    pieces = [piece for piece in found.pieces if not (piece.fate is Fate.UNASSIGNED and piece.target)]
    assert characters([piece.text for piece in pieces]) == characters(source)
    assert all(piece.place for piece in pieces)


def test_the_same_edition_is_the_same_bytes() -> None:
    edition = sample(SAMPLES[0])
    assert write_word(edition) == write_word(edition)
    assert write_word(edition) != write_word(edition, merged=True)


# --- an edition made by hand ------------------------------------------------------------------------

FILES = ("介護保険被保険者ファイル", "介護保険受給者ファイル")
LONG = "。".join(f"第{n}の場面では、届出の内容を住民情報と見比べて登録する" for n in range(400))
TEXTS = (
    "－",
    "",
    "＜霞野市における措置＞\n紙の書類は書庫に納める。\n＜中間サーバー・プラットフォームにおける措置＞\n国が管理する。",
    "<ガバメントクラウドにおける措置>",
    "一行目\n\n三行目",
    "・端末を施錠する。\n・鍵を預かる。",
    "1. 受付\n2. 審査\n(1) 書面\n(2) 面談",
    "【照会】別表の100の項 & 「第2条の表」 100% <5件>",
    "令和２年６月、\n「○」を付した者　3名",
    LONG,
)


def item(node: FormItem, n: int, file: str, nth: int) -> PrintedItem:
    """An item with a value of its kind; *nth* makes them differ."""
    kind = node.kind or ItemKind.TEXT
    value: str | Boxes = TEXTS[nth % len(TEXTS)]
    if kind is ItemKind.CHOICE:
        value = node.options[nth % len(node.options)].label
    elif kind is ItemKind.CHECKBOX:
        labels = tuple(option.label for option in node.options)
        cut = nth % (len(labels) + 1)
        told = node.options[-1].takes_text and nth % 2
        value = Boxes(labels[:cut], labels[cut:], (), "収納管理（市税）、納付書" if told else "")
    elif kind is ItemKind.DATE:
        value = ("令和7年11月20日", "H28.1.1", "平成27年10月（予定）", "")[nth % 4]
    elif kind is ItemKind.COUNT:
        value = str(nth % 20 + 1)
    elif node.is_group:
        value = f"{node.name.removesuffix('{n}')}の{n}番目"
    if node.name == "特定個人情報ファイル名":
        value = file or "\n".join(f"{number}.{name}" for number, name in enumerate(FILES, start=1))
    return PrintedItem(node.at(n, file), node.key_at(n), kind, value, 1)


def by_hand() -> PublishedEdition:
    """Two files, 20 委託事項, every item of the form, and rows of many kinds."""
    form = form3()
    header = Header(
        "7", "介護保険に関する事務", "霞野市長", "令和7年11月20日", "なし\n（特段の事項）", "令和7年5月 様式3"
    )
    cover = {
        "number": header.number,
        "title": header.title,
        "declaration": "霞野市は、\n次のとおり宣言する。",
        "special_notes": header.special_notes,
        "body": header.body,
        "publication_date": header.publication_date,
        "form_edition": header.form_edition,
    }
    items = [
        PrintedItem(
            node.at(), node.key, node.kind or ItemKind.TEXT, cover[node.key.removeprefix("cover.")], 1
        )
        for node in form
        if node.parent == "cover"
    ]
    nth = 0
    for file in (*FILES, ""):
        for node in form:
            if node.kind is None or node.parent == "cover" or node.per_file is not bool(file):
                continue
            for n in range(1, 21) if "entrustment[n]" in node.key else (1, 2) if node.in_group else (0,):
                nth += 1
                items.append(item(node, n, file, nth))
    days = ("令和5年4月3日", "令和5年4月3日", "〃", "", "令和6年10月1日", "令和6年10月1日")
    rows = tuple(
        ChangeRow(
            n, day, "Ⅱ－6－保管場所", TEXTS[n], TEXTS[n + 2], "事後" if n % 3 else "事前", "誤字\n修正", 1
        )
        for n, day in enumerate(days, start=1)
    )
    return PublishedEdition("様式3", "hand/1", header, tuple(items), TableState.ROWS, rows, (), 0, 0)


@pytest.mark.parametrize("merged", [False, True])
def test_an_edition_of_two_files_with_unusual_values_comes_back(*, merged: bool) -> None:
    found = is_read_back(by_hand(), merged=merged)
    assert {item.path.file for item in found.items} == {"", *FILES}
    assert max(group_number(item.key) for item in found.items) == 20


@pytest.mark.parametrize("state", [TableState.EMPTY, TableState.ABSENT])
def test_a_document_without_change_rows_comes_back(state: TableState) -> None:
    is_read_back(replace(sample(SAMPLES[0]), table=state, rows=()), merged=True)


# --- refused ------------------------------------------------------------------------------------------------

INSERTED = '<w:ins w:id="1" w:author="a">{}</w:ins>'
TRACKED = [
    pytest.param(p("甲", INSERTED.format(t("乙"))), id="words inserted"),
    pytest.param(p("甲", '<w:del w:id="1"><w:r><w:delText>乙</w:delText></w:r></w:del>'), id="words deleted"),
    pytest.param(
        p("甲", INSERTED.format(t("乙")), '<w:del w:id="2"><w:r><w:delText>丙</w:delText></w:r></w:del>'),
        id="words replaced",
    ),
    pytest.param(p("甲", '<w:moveFrom w:id="1">' + t("乙") + "</w:moveFrom>"), id="words moved away"),
    pytest.param(p("甲", '<w:moveTo w:id="1">' + t("乙") + "</w:moveTo>"), id="words moved here"),
    pytest.param(p("甲", properties='<w:rPr><w:ins w:id="1"/></w:rPr>'), id="a paragraph begun"),
    pytest.param(
        p("甲", properties='<w:rPr><w:del w:id="1"/></w:rPr>'), id="a paragraph joined with the next"
    ),
    pytest.param(tbl(tr("甲", properties='<w:ins w:id="1"/>')), id="a row inserted"),
    pytest.param(tbl(tr("甲", properties='<w:del w:id="1"/>')), id="a row deleted"),
    pytest.param(tbl(tr(tc("甲", properties='<w:cellDel w:id="1"/>'))), id="a cell deleted"),
    pytest.param(tbl(tr(tc("甲", properties='<w:cellMerge w:id="1" w:vMerge="cont"/>'))), id="cells merged"),
    pytest.param(p("甲", text_box(p(INSERTED.format(t("乙"))))), id="in a text box"),
]


@pytest.mark.parametrize("body", TRACKED)
def test_a_document_with_tracked_changes_is_refused(body: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        word.rows(packed(body), NAME)
    assert str(caught.value) == (
        "霞野.docx: 変更履歴（挿入、削除、移動）が残っています"
        " — Wordで変更を承諾するか元に戻してから、保存し直してください"
    )


ELSEWHERE = [
    pytest.param({"margins": [("header", p(INSERTED.format(t("乙"))))]}, id="in a header"),
    pytest.param({"footnotes": note("乙").replace("</w:p>", '<w:ins w:id="1"/></w:p>')}, id="in a footnote"),
]


@pytest.mark.parametrize("parts", ELSEWHERE)
def test_tracked_changes_outside_the_body_are_changes_too(parts: Parts) -> None:
    with pytest.raises(UnreadableSource, match="変更履歴"):
        word.rows(packed(p("甲", referred()) + margin("header"), **parts), NAME)


LOOKS = [
    pytest.param(p("甲", properties='<w:pPrChange w:id="1"><w:pPr/></w:pPrChange>'), id="of a paragraph"),
    pytest.param(
        p('<w:r><w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>'),
        id="of letters",
    ),
    pytest.param(p("甲", properties='<w:numPr><w:ins w:id="1"/></w:numPr>'), id="of the numbering"),
    pytest.param(tbl(tr("甲", properties='<w:trPrChange w:id="1"><w:trPr/></w:trPrChange>')), id="of a row"),
    pytest.param(
        tbl(tr(tc("甲", properties='<w:tcPrChange w:id="1"><w:tcPr/></w:tcPrChange>'))), id="of a cell"
    ),
]


@pytest.mark.parametrize("body", LOOKS)
def test_a_tracked_change_of_looks_changes_no_word(body: str) -> None:
    assert told(body) == [("甲",)]


PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
}
STRICT = {
    **PARTS,
    "[Content_Types].xml": PARTS["[Content_Types].xml"].replace(
        "/>", '><Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": PARTS["_rels/.rels"].replace(
        "/>",
        '><Relationship Id="a" Target="d.xml" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/></Relationships>',
    ),
    "d.xml": "<document/>",
}
SOUND = packed(p("甲") * 50)
REFUSED = [
    pytest.param(b"PK\x03\x04", "壊れている", id="no package"),
    pytest.param(SOUND[: len(SOUND) // 2], "壊れている", id="cut short"),
    pytest.param(zipped({"a.txt": "甲"}), "壊れている", id="a package of something else"),
    pytest.param(zipped(PARTS), "ではありません", id="a package without a document"),
    pytest.param(zipped(STRICT), "厳密なOpen XML形式", id="the strict kind"),
    pytest.param(packed("<w:p>"), "壊れている", id="XML that does not end"),
    pytest.param(packed(p("甲"), numbering="<w:num"), "壊れている", id="a numbering that does not end"),
    pytest.param(packed(p("甲"), footnotes="<w:p>"), "壊れている", id="footnotes that do not end"),
    pytest.param(packed(""), "文字がありません", id="no text"),
    pytest.param(packed(p() + tbl(("", "　"))), "文字がありません", id="blanks only"),
    pytest.param(packed(p("<w:r><w:drawing/></w:r>")), "文字がありません", id="a picture only"),
    pytest.param(
        packed(p("甲") + '<w:altChunk r:id="rId9"/>'), "別のファイル", id="part of it in a file of its own"
    ),
    pytest.param(packed(p("甲", '<w:subDoc r:id="rId9"/>')), "別のファイル", id="a document of documents"),
]


@pytest.mark.parametrize(("data", "what"), REFUSED)
def test_what_is_no_document_is_refused_on_one_line(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        word.rows(data, NAME)
    assert caught.value.where == NAME
    assert what in caught.value.what
    assert caught.value.remedy.endswith("ください")


@pytest.mark.parametrize("cut", range(0, len(SOUND), 97))
def test_a_document_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableSource):
        word.rows(SOUND[:cut], NAME)


@pytest.mark.parametrize("main", ["document.main", "template.main"])
def test_a_template_is_a_document_too(main: str) -> None:
    assert told(p("甲"), main=main) == [("甲",)]


ODD = [
    pytest.param(
        tbl(
            tr(
                tc("甲", properties='<w:gridSpan w:val="-1"/>'),
                tc("乙", properties='<w:gridSpan w:val="二"/>'),
            )
        ),
        id="no width of a cell",
    ),
    pytest.param(
        tbl(tr(tc("甲", properties='<w:gridSpan w:val="99999999999"/>'), "乙")), id="a cell without end"
    ),
    pytest.param(tbl(("甲", "乙")).replace("<w:tblGrid></w:tblGrid>", ""), id="a table without a grid"),
    pytest.param(tbl(("甲", "乙"), grid=(0, 0)), id="columns without width"),
    pytest.param(tbl(("甲", "乙")).replace("<w:tcPr></w:tcPr>", ""), id="cells without properties"),
    pytest.param("<!-- 注 --><?pi?>" + tbl(("甲", "乙")), id="comments of the file"),
    pytest.param(
        "<w:tbl/><w:p/><w:sdt/>" + tbl("<w:tr/>", ("甲", "乙"), tr("<w:tc></w:tc>")), id="hollow elements"
    ),
    pytest.param(tbl(("甲", "乙")) + p("<w:r><w:fldChar/><w:sym/></w:r>")[:0], id="nothing odd"),
]


@pytest.mark.parametrize("body", ODD)
def test_a_document_that_word_would_repair_is_read(body: str) -> None:
    assert told(body) == [("甲", "乙")]
