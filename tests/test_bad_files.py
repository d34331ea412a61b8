"""Strangers' files: each is refused on one clear line, in bounded memory, and nothing is recorded."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2

import pytest

from benchmarks import memory
from ledger.errors import UnreadableSource
from ledger.readers import read
from projections.application import read_file
from tests import bad_files as bad
from tests import pdf_files, word_files
from tests.command_line import Kaitei, one_line, stored
from tests.sources import ANNEX, ROW, edition, left, length

pytest_plugins = ["tests.command_line_fixtures"]

NAME = "評価書"
MACROS = "macroEnabled.main"
OFFICE = "application/vnd.openxmlformats-officedocument"

AS_TEXT = "元の文書から文字を取り出し直し、UTF-8 のテキストで保存してください"
AS_XLSX = "Excel で開き、「Excel ブック（.xlsx）」として保存し直してください"
AS_DOCX = "Word で開き、「Word 文書（.docx）」として保存し直してください"
AS_DOCUMENT = "PDF、Word（.docx）または Excel（.xlsx）にして指定してください"
UNPACK = "展開して、中の評価書を一つずつ指定してください"
UNLOCK = "パスワードを外して保存し直してください"
ORIGINAL = "元の文書ファイルを指定してください"
WITH_LETTERS = "文字を含む元の文書を指定するか、OCR で文字にしたテキストを指定してください"
WITH_OCR = "OCR をかけたものか、元の Excel・Word を指定してください"
WITH_COVER = "表紙のページを含めて取り出してください"
PUBLISHED = "公表された評価書のファイルを指定してください"
ONE_TEXT = "評価書一つだけを取り出したテキストを指定してください"
ONE_DOCUMENT = "評価書一つだけの文書を指定してください"
SMALLER = "不要なシート、行、画像を削除して保存し直してください"
SAVED_AGAIN = "Excel や Word で開き、「名前を付けて保存」で保存し直したファイルを指定してください"

EMPTY = f"ファイルが空です — {PUBLISHED}"
NO_ASSESSMENT = (
    "特定個人情報保護評価書として読めません"
    " — 基礎項目、重点項目又は全項目評価書の、表紙を含む文書を指定してください"
)
NO_KIND = (
    "PDF、Word、Excel、テキストのどれでもありません"
    " — 評価書の PDF、Word（.docx）、Excel（.xlsx）、またはそこから取り出したテキストを指定してください"
)
GARBLED = f"文字化けしたまま保存されています — {AS_TEXT}"
CUT = f"22行目の「齢者支援課 事後 組織改」の次に、文字の途中でファイルが終わっています — {AS_TEXT}"
TOO_LARGE = f"中身が大きすぎます — {SMALLER}"
DAMAGED = (
    "ファイルが途中で切れているか、壊れています"
    " — ファイルを入手し直すか、Excel や Word で開いて保存し直してください"
)
NO_WORKBOOK = f"Excel ブックが壊れていて読めません — {AS_XLSX}"
NO_WORD = (
    "Word文書（.docx）が壊れているため読めません"
    " — Wordで開いて「Word 文書（*.docx）」として保存し直してください"
)
NO_PDF = "PDF が壊れているか、途中で切れています — もう一度ダウンロードするか、元のファイルを指定してください"
DEFINITIONS = f"Excel や Word の文書にはない定義（DTD）が含まれています — {SAVED_AGAIN}"
LOCKED = f"パスワードがかかっています — {UNLOCK}"
SHORTCUT = f"ショートカットです — {ORIGINAL}"
WEB_PAGE = f"Web ページです — {AS_DOCUMENT}"
NO_DAY = f"表紙に公表日がありません — {WITH_COVER}"

TEXTS = [
    pytest.param(b"", EMPTY, id="empty"),
    pytest.param(b" \r\n\t\n", EMPTY, id="white space only"),
    pytest.param(b"\xef\xbb\xbf", EMPTY, id="a byte order mark only"),
    pytest.param(b"\xff\xfe", EMPTY, id="a byte order mark of UTF-16 only"),
    pytest.param("本日は晴天なり。\n".encode(), NO_ASSESSMENT, id="any text"),
    pytest.param("番号,名称\n7,介護\n".encode("cp932"), NO_ASSESSMENT, id="a table of something else"),
    pytest.param(bad.cut("utf-8"), CUT, id="UTF-8 cut inside a letter"),
    pytest.param(bad.cut("cp932"), CUT, id="CP932 cut inside a letter"),
    pytest.param(bad.cut("euc_jis_2004"), CUT, id="EUC-JP cut inside a letter"),
    pytest.param(bad.cut("utf-16"), CUT, id="UTF-16 cut inside a letter"),
    pytest.param(
        bad.stained("utf-8"),
        f"4行目の「7 介護」の次に、文字として読めない箇所があります — {AS_TEXT}",
        id="bytes of no letter in UTF-8",
    ),
    pytest.param(
        bad.stained("cp932"),
        f"4行目の「7 介護」の次に、文字でないデータがあります — {AS_TEXT}",
        id="bytes of no letter in CP932",
    ),
    pytest.param(
        bad.text("介護", "介\0護"),
        f"4行目の「7 介」の次に、文字でないデータがあります — {AS_TEXT}",
        id="a zero byte",
    ),
    pytest.param(bad.garbled("utf-8", "cp932"), GARBLED, id="UTF-8 read as CP932"),
    pytest.param(bad.garbled("utf-8", "latin-1"), GARBLED, id="UTF-8 read as Latin-1"),
    pytest.param(bad.garbled("cp932", "cp1252"), GARBLED, id="CP932 read as Western"),
    pytest.param(bad.garbled("euc_jis_2004", "cp932"), GARBLED, id="EUC-JP read as CP932"),
    pytest.param(bad.garbled("cp932", "utf-8"), GARBLED, id="CP932 read as UTF-8"),
    pytest.param(
        bad.text() + b"a\n" * (3 * bad.MEGABYTE),
        f"テキストが大きすぎます（5 MB まで） — {ONE_TEXT}",
        id="6 MB of text",
    ),
    pytest.param(
        bad.text() + b"\n" * 1_000_000, f"行が多すぎます（50,000行まで） — {ONE_TEXT}", id="a million lines"
    ),
    pytest.param(
        bad.text() + b"\t" * 1_000_000,
        f"23行目の欄が多すぎます（2,000欄まで） — {ONE_DOCUMENT}",
        id="a million tabs",
    ),
    pytest.param(
        bad.long("長" * 1_000_000),
        f"17行目の欄が長すぎます（200,000字まで） — {ONE_DOCUMENT}",
        id="a line of a million letters",
    ),
    pytest.param(
        bad.many_changes(20_001),
        f"変更箇所の行が多すぎます（20,000行まで） — {ONE_DOCUMENT}",
        id="too many changes",
    ),
    pytest.param(
        bad.many_changes(50_000), f"行が多すぎます（50,000行まで） — {ONE_TEXT}", id="50,000 changes"
    ),
    pytest.param(
        bad.many_changes(100_000),
        f"テキストが大きすぎます（5 MB まで） — {ONE_TEXT}",
        id="100,000 changes",
    ),
]
COVERS = [
    pytest.param(
        bad.text("7\t介護", "\t介護"), f"表紙に評価書番号がありません — {WITH_COVER}", id="no number"
    ),
    pytest.param(
        bad.text("評価実施機関名\n\n霞野市長\n"),
        f"表紙に評価実施機関名がありません — {WITH_COVER}",
        id="no body",
    ),
    pytest.param(bad.text("公表日\n\n令和7年11月20日\n"), NO_DAY, id="no day of publication"),
    pytest.param(bad.text("令和7年11月20日"), NO_DAY, id="a blank day of publication"),
    pytest.param(
        bad.text("11月20日", "13月20日"),
        "表紙の公表日「令和7年13月20日」が日付として読めません — 公表日の記載を確認してください",
        id="a month that is none",
    ),
    pytest.param(
        bad.text("令和7年11月20日", "近日中"),
        "表紙の公表日「近日中」が日付として読めません — 公表日の記載を確認してください",
        id="a day that is none",
    ),
    pytest.param(
        bad.text("令和7年11月20日", "令和7年11月20日\n令和8年1月5日"),
        "表紙に公表日が2つあります（令和7年11月20日、令和8年1月5日）"
        " — この版の公表日だけを残した文書を指定してください",
        id="two days of publication",
    ),
    pytest.param(
        bad.two_assessments("7\t介護", "8\t介護"),
        "評価書が2つ入っています（様式3の7、様式3の8） — 評価書ごとに分けた文書を指定してください",
        id="two assessments",
    ),
    pytest.param(
        bad.two_assessments("重点項目", "基礎項目"),
        "評価書が2つ入っています（様式3の7、様式2の7） — 評価書ごとに分けた文書を指定してください",
        id="two forms of one assessment",
    ),
]
OTHER_FILES = [
    pytest.param(bad.bitmap(), f"画像（PNG）です — {WITH_LETTERS}", id="PNG"),
    pytest.param(
        b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(99), f"画像（JPEG）です — {WITH_LETTERS}", id="JPEG"
    ),
    pytest.param(b"II*\0\x08\0\0\0" + bytes(99), f"画像（TIFF）です — {WITH_LETTERS}", id="TIFF"),
    pytest.param(b"MM\0*\0\0\0\x08" + bytes(99), f"画像（TIFF）です — {WITH_LETTERS}", id="TIFF of a Mac"),
    pytest.param(b"GIF89a" + bytes(99), f"画像（GIF）です — {WITH_LETTERS}", id="GIF"),
    pytest.param(b"RIFF\x24\0\0\0WEBPVP8 " + bytes(99), f"画像（WebP）です — {WITH_LETTERS}", id="WebP"),
    pytest.param(b"\0\0\0\x18ftypheic" + bytes(99), f"画像（HEIC）です — {WITH_LETTERS}", id="HEIC"),
    pytest.param(
        bad.zipped(("評価書.pdf", bad.pdf())), f"圧縮ファイル（ZIP）です — {UNPACK}", id="a ZIP file"
    ),
    pytest.param(bad.zipped(), f"圧縮ファイル（ZIP）です — {UNPACK}", id="an empty ZIP file"),
    pytest.param(bad.gzipped(), f"圧縮ファイル（gzip）です — {UNPACK}", id="gzip"),
    pytest.param(b"7z\xbc\xaf\x27\x1c" + bytes(99), f"圧縮ファイル（7z）です — {UNPACK}", id="7z"),
    pytest.param(b"Rar!\x1a\x07\x01\0" + bytes(99), f"圧縮ファイル（RAR）です — {UNPACK}", id="RAR"),
    pytest.param(b"\x22\x05-lh5-" + bytes(99), f"圧縮ファイル（LZH）です — {UNPACK}", id="LZH"),
    pytest.param(bad.tar(), f"書庫ファイル（tar）です — {UNPACK}", id="tar"),
    pytest.param(bad.ole("Workbook"), f"古い形式の Excel（.xls）です — {AS_XLSX}", id="xls"),
    pytest.param(bad.ole("Book"), f"古い形式の Excel（.xls）です — {AS_XLSX}", id="xls of Excel 95"),
    pytest.param(bad.ole("1Table", "WordDocument"), f"古い形式の Word（.doc）です — {AS_DOCX}", id="doc"),
    pytest.param(bad.ole("PowerPoint Document"), f"PowerPoint です — {AS_DOCUMENT}", id="ppt"),
    pytest.param(bad.ole("\x04JSRV_SegmentInformation"), f"一太郎の文書です — {AS_DOCUMENT}", id="一太郎"),
    pytest.param(
        bad.ole("__properties_version1.0"),
        "Outlook のメールです — 添付された評価書を保存して指定してください",
        id="a mail of Outlook",
    ),
    pytest.param(bad.ole("Contents"), f"古い形式の文書です — {AS_DOCUMENT}", id="another old format"),
    pytest.param(
        bad.ole("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"), LOCKED, id="an encrypted workbook"
    ),
    pytest.param(rb"{\rtf1\ansi }", f"リッチテキスト（RTF）です — {AS_DOCX}", id="RTF"),
    pytest.param(b"<!DOCTYPE html>\n<html><body>" + bad.text(), WEB_PAGE, id="HTML"),
    pytest.param(
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<HTML lang="ja">', WEB_PAGE, id="XHTML"
    ),
    pytest.param("<html><body>霞野市".encode("utf-16"), WEB_PAGE, id="HTML in UTF-16"),
    pytest.param(
        b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", WEB_PAGE, id="MHTML"
    ),
    pytest.param(
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>',
        f"XML 形式の Excel です — {AS_XLSX}",
        id="a workbook as XML",
    ),
    pytest.param(
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
        f"XML 形式の Word です — {AS_DOCX}",
        id="a Word document as XML",
    ),
    pytest.param(b"L\0\0\0\x01\x14\x02\0" + bytes(99), SHORTCUT, id="a shortcut"),
    pytest.param(b"[InternetShortcut]\r\nURL=https://example.jp/\r\n", SHORTCUT, id="a shortcut to the web"),
    pytest.param(
        bad.owner_file("霞野 花子", 165),
        f"Word や Excel が文書を開いている間だけ作るファイル（~$）です — {ORIGINAL}",
        id="~$",
    ),
    pytest.param(
        b"\0\x05\x16\x07\0\x02\0\0" + bytes(99),
        f"Mac が作る付属のファイルです — {ORIGINAL}",
        id="._ of a Mac",
    ),
    pytest.param(b"SQLite format 3\0" + bytes(99), f"データベースです — {PUBLISHED}", id="a database"),
    pytest.param(bad.noise(3000), NO_KIND, id="any bytes"),
    pytest.param(b"MZ\x90\0\x03\0\0\0" + bytes(99), NO_KIND, id="a program"),
]
PACKAGES = [
    pytest.param(
        bad.of_type(f"application/vnd.ms-excel.sheet.binary.{MACROS}"),
        f"バイナリ形式の Excel（.xlsb）です — {AS_XLSX}",
        id="xlsb",
    ),
    pytest.param(
        bad.of_type(f"{OFFICE}.presentationml.presentation.main+xml"),
        f"PowerPoint です — {AS_DOCUMENT}",
        id="pptx",
    ),
    pytest.param(bad.opendocument("spreadsheet"), f"OpenDocument の表計算（.ods）です — {AS_XLSX}", id="ods"),
    pytest.param(bad.opendocument("text"), f"OpenDocument の文書（.odt）です — {AS_DOCX}", id="odt"),
    pytest.param(
        bad.of_type("application/vnd.ms-package.xps-fixeddocumentsequence+xml"),
        f"Excel でも Word でもない文書です — {AS_DOCUMENT}",
        id="XPS",
    ),
    pytest.param(bad.workbook()[:9000], DAMAGED, id="a workbook cut short"),
    pytest.param(bad.word()[:-30], DAMAGED, id="a Word document that lost its end"),
    pytest.param(bad.spoiled(), DAMAGED, id="a byte altered"),
    pytest.param(bad.twice(), DAMAGED, id="two parts of one name"),
    pytest.param(
        bad.overlapping(), f"中の部品どうしが重なり合っています — {SAVED_AGAIN}", id="parts that share bytes"
    ),
    pytest.param(bad.crowded(), f"中に含まれる部品が多すぎます — {SAVED_AGAIN}", id="6,000 parts"),
    pytest.param(bad.locked_entry(), LOCKED, id="a ZIP file with a password"),
    pytest.param(bad.lying(10), DAMAGED, id="a part larger than it says"),
    pytest.param(bad.lying(90 * bad.MEGABYTE), TOO_LARGE, id="a part that says it is very large"),
    pytest.param(bad.bomb(), TOO_LARGE, id="90 MB in 100 KB"),
    pytest.param(bad.changed(bad.workbook(), bad.SHEET, bytes, ZIP_BZIP2), DAMAGED, id="another packing"),
    pytest.param(bad.expanding(bad.word(), bad.DOCUMENT), DEFINITIONS, id="entities in a Word document"),
    pytest.param(bad.expanding(bad.workbook(), bad.SHEET), DEFINITIONS, id="entities in a workbook"),
    pytest.param(
        bad.changed(bad.workbook(), bad.SHEET, bad.begun_by(bad.ENTITIES, "utf-16")),
        DEFINITIONS,
        id="entities in UTF-16",
    ),
    pytest.param(
        bad.changed(bad.word(), bad.DOCUMENT, bad.begun_by('<!DOCTYPE w SYSTEM "file:///etc/hostname">')),
        DEFINITIONS,
        id="a DOCTYPE in another file",
    ),
    pytest.param(
        bad.changed(bad.workbook(), "xl/media/a.svg", bad.ENTITIES.encode() + b"<svg/>"),
        DEFINITIONS,
        id="entities in a picture",
    ),
    pytest.param(
        bad.changed(bad.workbook(), bad.SHEET, bad.begun_by("", "utf-7")), DAMAGED, id="XML in UTF-7"
    ),
    pytest.param(
        bad.changed(bad.workbook(), bad.SHEET, lambda sheet: sheet[:3000]),
        DAMAGED,
        id="XML that does not end",
    ),
    pytest.param(bad.in_document("<w:p>" * 300 + "</w:p>" * 300), TOO_LARGE, id="elements in elements"),
    pytest.param(bad.in_document(f"<!--{'a' * 1_100_000}-->"), TOO_LARGE, id="a comment of a megabyte"),
    pytest.param(bad.in_sheet("<row/>" * 2_000_001), TOO_LARGE, id="two million rows"),
    pytest.param(bad.without(bad.workbook(), bad.SHEET), NO_WORKBOOK, id="a workbook that lost a sheet"),
    pytest.param(
        bad.without(bad.workbook(), "xl/workbook.xml"), NO_WORKBOOK, id="a workbook without its list"
    ),
    pytest.param(bad.without(bad.word(), bad.DOCUMENT), NO_WORD, id="a Word document without its body"),
    pytest.param(
        bad.tracked(),
        "変更履歴（挿入、削除、移動）が残っています"
        " — Wordで変更を承諾するか元に戻してから、保存し直してください",
        id="changes nobody accepted",
    ),
    pytest.param(
        word_files.packed(""),
        "文書に文字がありません — 画像だけの文書は読めません。文字の入った文書を指定してください",
        id="a Word document without a word",
    ),
    pytest.param(word_files.packed(word_files.p("霞野市の広報")), NO_ASSESSMENT, id="another Word document"),
]
PDFS = [
    pytest.param(bad.pdf()[:20000], NO_PDF, id="cut short"),
    pytest.param(b"%PDF-1.7\n", NO_PDF, id="a beginning only"),
    pytest.param(
        bad.locked_pdf(),
        "PDF に開くためのパスワードがかかっています — パスワードを外した PDF を指定してください",
        id="a password",
    ),
    pytest.param(bad.scanned_pdf(), f"文字情報がありません（画像だけのPDFです） — {WITH_OCR}", id="scanned"),
    pytest.param(
        pdf_files.drawn(lambda _page: None),
        f"文字情報がありません（白紙か、文字が図形になっているPDFです） — {WITH_OCR}",
        id="blank",
    ),
    pytest.param(
        bad.swollen_pdf(),
        "PDF の中身が大きすぎます — 評価書の PDF かどうかを確かめ、"
        "元の Excel・Word か、印刷し直した PDF を指定してください",
        id="200 MB in 200 KB",
    ),
    pytest.param(bad.widths_pdf(), NO_PDF, id="a font with four billion widths"),
    pytest.param(bad.characters_pdf(), NO_PDF, id="a font with four billion characters"),
    pytest.param(bad.font_file_pdf(), NO_PDF, id="a font file with four billion characters"),
    pytest.param(bytes(2000) + bad.pdf(), NO_KIND, id="a PDF behind other bytes"),
    pytest.param(
        pdf_files.drawn(lambda page: page.words(50, 50, "霞野市の広報")), NO_ASSESSMENT, id="another PDF"
    ),
]
BAD = [*TEXTS, *COVERS, *OTHER_FILES, *PACKAGES, *PDFS]


def refusal(data: bytes) -> str:
    """The one line that refuses *data*."""
    with pytest.raises(UnreadableSource) as caught:
        read(data, NAME)
    return str(caught.value)


@pytest.mark.parametrize(("data", "answer"), BAD)
def test_a_bad_file_is_refused_on_one_clear_line(data: bytes, answer: str) -> None:
    line = refusal(data)
    assert line == f"{NAME}: {answer}"
    assert "\n" not in line
    assert len(line) <= 200


def test_there_are_enough_bad_files_and_none_twice() -> None:
    names = [str(case.id) for case in BAD]
    assert len(BAD) >= 100
    assert sorted({*names}) == sorted(names)


SOUND = [
    pytest.param(bad.text(), id="text"),
    pytest.param(bad.workbook(), id="workbook"),
    pytest.param(bad.word(), id="Word document"),
    pytest.param(bad.pdf(), id="PDF"),
    pytest.param(b"junk\n" * 100 + bad.pdf(), id="PDF behind half a kilobyte"),
    pytest.param(
        bad.changed(bad.workbook(), "../../etc/passwd", b"a"), id="workbook with a part that points outside"
    ),
    pytest.param(
        bad.changed(
            bad.word(), "word/media/a.svg", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>'
        ),
        id="Word document with a picture that names a public DOCTYPE",
    ),
    pytest.param(
        bad.changed(bad.workbook(), "xl/drawings/a.vml", b"<xml><br></xml>"),
        id="workbook with a drawing of loose XML",
    ),
]


@pytest.mark.parametrize("data", SOUND)
def test_the_same_files_without_the_fault_are_read(data: bytes) -> None:
    assert read(data, NAME).header.number == "7"


MACRO_TYPES = [
    pytest.param(
        bad.workbook, "spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml", id="xlsm"
    ),
    pytest.param(bad.workbook, "spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml", id="xltx"),
    pytest.param(
        bad.word, "wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml", id="docm"
    ),
    pytest.param(
        bad.word, "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml", id="dotx"
    ),
]


@pytest.mark.parametrize(("build", "plain", "instead"), MACRO_TYPES)
def test_a_document_with_macros_and_a_template_are_read_like_any_other(
    build: Callable[[], bytes], plain: str, instead: str
) -> None:
    other = bad.changed(
        build(),
        bad.TYPES,
        lambda types: (
            types.replace(f"openxmlformats-officedocument.{plain}".encode(), instead.encode())
            if instead.startswith("ms-")
            else types.replace(plain.encode(), instead.encode())
        ),
    )
    assert other != build()
    found, sound = read(other, NAME), read(build(), NAME)
    assert (found.items, found.rows) == (sound.items, sound.rows)


# --- sound files that are odd ---------------------------------------------------------------------

UNITS = [
    "[",
    "(",
    "<",
    " ",
    "　",
    "1",
    "(1) ",
    "1) ",
    "・",
    "[様式1",
    "その他",
    "[ ] ",
    "<p>",
    "<input ",
    "｡ﾞ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_one_thing_over_and_over_is_read_before_anybody_loses_patience(unit: str) -> None:
    much = unit * (60_000 // len(unit))
    found = edition(
        "Ⅰ 基本情報\n1. 特定個人情報ファイルを取り扱う事務\t",
        f"①事務の名称\t{much}\n③対象人数\t{much}",
        "2. 特定個人情報ファイルを取り扱う事務において使用するシステム\t\nシステム1",
        f"①システムの名称\t{much}\n③他のシステムとの接続\t{much}\n{much}\t{much}\n{much}",
        ANNEX + ROW.replace("市民課", much),
    )
    assert len(found.rows) == 1
    assert found.characters == found.assigned + sum(length(words) for _, words in left(found))


def test_a_number_of_5000_digits_is_no_number(kaitei: Kaitei, folder: Path) -> None:
    digits = "1" * 5000
    (folder / "a.txt").write_bytes(bad.text("Ⅰ－6－①部署", f"Ⅱ－4－委託事項{digits}"))
    assert kaitei("import", "a.txt").status == 0
    assert digits in kaitei("changes", "7").out
    assert one_line(kaitei("show", "7", "--item", f"II/4/委託事項{digits}")).count("として読めません") == 1
    assert kaitei("validate", "a.txt").status == 0


# --- files that are none ------------------------------------------------------------------------


def device(path: Path) -> None:
    """A file that never ends."""
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    """300 MB of text that take no room on the disk."""
    path.write_bytes(bad.text())
    os.truncate(path, 300 * bad.MEGABYTE)


NO_FILE = "ファイルではありません — ファイルに保存してから指定してください"
NO_FILES = [
    pytest.param(lambda _: None, "ファイルがありません — パスを確認してください", id="missing"),
    pytest.param(Path.mkdir, "フォルダーです — パスを確認してください", id="a folder"),
    pytest.param(os.mkfifo, NO_FILE, id="a pipe"),
    pytest.param(device, NO_FILE, id="a device that never ends"),
    pytest.param(sparse, "ファイルが大きすぎます — 100 MB までの文書を指定してください", id="300 MB of text"),
]


@pytest.mark.parametrize(("make", "answer"), NO_FILES)
def test_what_is_no_file_is_not_opened(tmp_path: Path, make: Callable[[Path], object], answer: str) -> None:
    path = tmp_path / "a.txt"
    make(path)
    with pytest.raises(UnreadableSource) as caught:
        read_file(path)
    assert str(caught.value) == f"{path}: {answer}"


# --- nothing is recorded --------------------------------------------------------------------------

_IMPORTED = {
    "empty", "UTF-8 read as CP932", "two assessments", "a ZIP file", "an encrypted workbook",
    "a workbook cut short", "entities in a Word document", "90 MB in 100 KB", "a password", "scanned",
    "100,000 changes",
}  # fmt: skip
IMPORTED = [case for case in BAD if case.id in _IMPORTED]


@pytest.mark.parametrize(("data", "answer"), IMPORTED)
def test_importing_a_bad_file_makes_no_ledger(kaitei: Kaitei, folder: Path, data: bytes, answer: str) -> None:
    (folder / NAME).write_bytes(data)
    before = sorted(folder.iterdir())
    assert one_line(kaitei("import", NAME)) == f"{NAME}: {answer}"
    assert sorted(folder.iterdir()) == before


def test_importing_all_of_them_leaves_a_ledger_as_it_was(ledger: Kaitei, folder: Path) -> None:
    before = stored(folder)
    expected = []
    for number, case in enumerate(IMPORTED):
        data, answer = case.values
        assert isinstance(data, bytes)
        (folder / f"{number}.xlsx").write_bytes(data)
        expected.append(f"kaitei: {number}.xlsx: {answer}")
    said = ledger("import", *(f"{number}.xlsx" for number in range(len(IMPORTED))))
    assert (said.status, said.out, said.err.splitlines()) == (2, "", expected)
    assert stored(folder) == before


# --- in bounded memory ----------------------------------------------------------------------------


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


HEAVY = [
    pytest.param(sparse, "ファイルが大きすぎます", id="300 MB of text"),
    pytest.param(holding(bad.bomb()), "中身が大きすぎます", id="a ZIP bomb"),
    pytest.param(
        holding(bad.expanding(bad.workbook(), bad.SHEET)), "Excel や Word の文書にはない定義", id="entities"
    ),
    pytest.param(holding(bad.swollen_pdf()), "PDF の中身が大きすぎます", id="a PDF bomb"),
    pytest.param(holding(bad.many_changes(50_000)), "行が多すぎます", id="50,000 changes"),
    pytest.param(
        holding(bad.in_sheet('<row><c t="str"><v>a</v></c></row>' * 100_000)),
        "行が多すぎます",
        id="a workbook of 100,000 rows",
    ),
]


@pytest.mark.parametrize(("make", "what"), HEAVY)
def test_a_heavy_file_is_refused_in_little_memory(
    tmp_path: Path, make: Callable[[Path], object], what: str
) -> None:
    make(tmp_path / "a")
    ran = memory.ran(["import", "a"], tmp_path)
    assert (ran.status, ran.said.count("\n")) == (2, 1)
    assert ran.said.startswith(f"kaitei: a: {what}")
    assert ran.megabytes < 300
    assert not (tmp_path / "kaitei.db").exists()
