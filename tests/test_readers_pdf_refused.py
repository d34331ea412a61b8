"""PDF that cannot be read as a whole: refused on one line, never read in part."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

from ledger.errors import UnreadableSource
from ledger.readers import pdf, read
from ledger.readers.pdf import content
from samples.making.as_pdf import write_pdf
from tests.papers import paper
from tests.pdf_files import HEIGHT, NAME, WIDTH, Page, blank, drawn, form, in_cell, one_page, ruled, stream

# --- refused -------------------------------------------------------------------------------------------

SOUND = drawn(in_cell("甲乙"))


def picture(page: Page) -> None:
    page.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 20, 20, WIDTH - 40, HEIGHT - 40)


def stamped(page: Page) -> None:
    picture(page)
    page.words(290, 825, "- 1 -")


def shapes_for_letters() -> bytes:
    """A document whose font says which shapes to draw, and not which letters they are."""
    data = drawn(in_cell("届出を受け付け"), pageCompression=0)
    return data.replace(b"/UniJIS-UCS2-H", b"/Identity-H   ").replace(b"(Japan1)", b"(Secret)")


def filled_in(page: Page) -> None:
    in_cell("甲")(page)
    page.canvas.acroForm.textfield(name="n", value="Kasumino", x=110, y=500, width=100, height=20)


FREE_TEXT = b"/Annots[<</Subtype/FreeText/Rect[0 0 9 9]/Contents(note)>>]"
TEXT = stream(b"BT /F1 9 Tf 60 700 Td (Kasumino City, Kasumino) Tj ET")
DAMAGED = "PDF が壊れているか、途中で切れています"
PICTURES = "文字情報がありません（画像だけのPDFです）"
NOTHING = "文字情報がありません（白紙か、文字が図形になっているPDFです）"
TOO_MUCH = "PDF の中身が大きすぎます"
REFUSED = [
    pytest.param(
        drawn(in_cell("甲"), encrypt=StandardEncryption("secret")),
        "PDF に開くためのパスワードがかかっています",
        id="a password",
    ),
    pytest.param(drawn(picture), PICTURES, id="a picture only"),
    pytest.param(drawn(stamped, stamped), PICTURES, id="pictures with page numbers"),
    pytest.param(
        drawn(in_cell("甲" * 30), picture),
        "2ページに文字情報がありません（画像だけのページです）",
        id="a picture among the pages",
    ),
    pytest.param(drawn(blank), NOTHING, id="a blank page"),
    pytest.param(drawn(ruled), NOTHING, id="rules only"),
    pytest.param(
        shapes_for_letters(),
        "文字の多く（7字のうち7字）が、どの文字か分かりません（フォントに文字コードがありません）",
        id="shapes for letters",
    ),
    pytest.param(
        drawn(filled_in),
        "記載が PDF の入力欄（フォーム）にあり、本文として読めません",
        id="a form that was filled in",
    ),
    pytest.param(
        one_page(TEXT, extra=FREE_TEXT),
        "記載が PDF の注釈（テキストボックス）にあり、本文として読めません",
        id="a note laid over the page",
    ),
    pytest.param(b"%PDF-1.7\n", DAMAGED, id="a beginning only"),
    pytest.param(
        b"%PDF-1.7\n" + bytes(n * n % 251 for n in range(3000)) + b"%%EOF", DAMAGED, id="random bytes"
    ),
    pytest.param(
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF", DAMAGED, id="no pages"
    ),
    pytest.param(SOUND + b"9 0 obj\n" + b"0 " * 5000, DAMAGED, id="a later version that is cut short"),
    pytest.param(one_page(TEXT, pages=2), DAMAGED, id="fewer pages than it says"),
    pytest.param(one_page(b"null"), DAMAGED, id="a page whose content is lost"),
    pytest.param(one_page(TEXT.replace(b"/F1", b"/F2")), DAMAGED, id="a font that is lost"),
    pytest.param(
        one_page(stream(b"[" * 20_000 + b"]" * 20_000, packed=True)), NOTHING, id="brackets without end"
    ),
    pytest.param(one_page(stream(b"q " * 50_000, packed=True)), NOTHING, id="nothing but states kept"),
    pytest.param(
        one_page(stream(bytes(1 << 26), packed=True)), TOO_MUCH, id="a stream that unpacks to 64 MB"
    ),
    pytest.param(
        one_page(TEXT, more=[stream(bytes(1 << 26), packed=True)]),
        TOO_MUCH,
        id="such a stream beside the page",
    ),
    pytest.param(drawn(*3001 * [blank]), "PDF のページが多すぎます（3,000ページまで）", id="3,001 pages"),
]


@pytest.mark.parametrize(("data", "what"), REFUSED)
def test_what_cannot_be_read_is_refused_on_one_line(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(data, NAME)
    error = caught.value
    assert error.what == what
    assert error.where.startswith(NAME)
    assert error.remedy.endswith("ください")
    assert "\n" not in str(error)


@pytest.mark.parametrize("limit", ["_MOST_LETTERS", "_MOST_STROKES"])
def test_a_page_beyond_all_measure_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letter by letter and stroke by stroke: no page fills the memory before it is refused."""
    monkeypatch.setattr(content, limit, 500)
    letters = b"BT /F1 9 Tf 60 700 Td (" + b"A" * 501 + b") Tj ET "
    strokes = b"0 0 m 9 0 l S\n" * 251
    with pytest.raises(UnreadableSource, match=TOO_MUCH) as caught:
        read(one_page(stream(letters + strokes, packed=True)), NAME)
    assert caught.value.where == f"{NAME} 1ページ"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99])
def test_a_pdf_cut_short_is_refused(share: float) -> None:
    data = write_pdf(paper(rows=(("令和5年4月3日", "Ⅰ－6－①部署", "市民課", "高齢者支援課"),)))
    with pytest.raises(UnreadableSource, match=DAMAGED):
        read(data[: int(len(data) * share)], NAME)


@pytest.mark.parametrize("drawn_by", [one_page, form])
def test_a_stream_cut_short_is_never_read_in_part(drawn_by: Callable[[bytes], bytes]) -> None:
    letters = b"BT /F1 9 Tf 60 700 Td (" + b"".join(b"%d, " % n for n in range(500)) + b") Tj ET"
    assert len(pdf.rows(drawn_by(stream(letters, packed=True)), NAME)) == 1
    with pytest.raises(UnreadableSource, match=DAMAGED):
        read(drawn_by(stream(letters, packed=True, lost=40)), NAME)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_a_damaged_stream_is_never_read_in_part(at: float) -> None:
    """The library would give what it can unpack of it, and not a word of the rest."""
    letters = stream(
        b"BT /F1 9 Tf 60 700 Td (" + b"".join(b"%d, " % n for n in range(500)) + b") Tj ET", packed=True
    )
    begin = letters.index(b"stream\n") + 7
    hole = begin + int((len(letters) - begin - 10) * at)
    with pytest.raises(UnreadableSource, match=DAMAGED):
        read(one_page(letters[:hole] + bytes(9) + letters[hole + 9 :]), NAME)


READABLE = [
    pytest.param(
        drawn(in_cell("甲乙"), encrypt=StandardEncryption("", ownerPassword="secret", canCopy=0)),
        id="a password to change it",
    ),
    pytest.param(SOUND + b"\n" * 9, id="lines behind its end"),
    pytest.param(b"\xef\xbb\xbf" + SOUND, id="bytes before its beginning"),
    pytest.param(drawn(in_cell("甲乙"), blank), id="a blank page at the end"),
]


@pytest.mark.parametrize("data", READABLE)
def test_what_can_be_read_is_read(data: bytes) -> None:
    assert [row.cells for row in pdf.rows(data, NAME)] == [("甲乙",)]
