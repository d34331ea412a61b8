"""Files that are no readable assessment, as strangers send them: built, not stored.

Every function gives the bytes of one file. What is wrong with it is all that is wrong: the rest is one of
our samples, or small and sound.
"""

from __future__ import annotations

import gzip
import io
import random
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

from tests import pdf_files, word_files
from tests.conftest import ROOT
from tests.sources import ANNEX, COVER, ROW, SECTION_I

MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
TEXT = COVER + SECTION_I + "\n" + ANNEX + ROW
_SAMPLE = ROOT / "samples" / "kasumino" / "formats" / "7_kaigo-hoken_R6"
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"

Change = Callable[[bytes], bytes]


# --- texts ----------------------------------------------------------------------------------------


def text(printed: str = "", instead: str = "") -> bytes:
    """A sound assessment, or one that prints something else *instead*."""
    assert printed in TEXT
    return TEXT.replace(printed, instead, 1).encode()


def cut(encoding: str) -> bytes:
    """A text whose last character lost its last byte."""
    return TEXT.rstrip("\n").encode(encoding)[:-1]


def stained(encoding: str) -> bytes:
    """A text with bytes of no character behind 介護."""
    before, found, after = TEXT.partition("介護")
    return (before + found).encode(encoding) + b"\xff\xff" + after.encode(encoding)


def garbled(written: str, read: str) -> bytes:
    """A text that was read in another encoding than it was written in, and saved so."""
    return TEXT.encode(written).decode(read, "replace").encode()


def two_assessments(printed: str, instead: str) -> bytes:
    """Two assessments in one file; the second prints something else *instead*."""
    return (TEXT + "\n" + TEXT.replace(printed, instead)).encode()


def many_changes(count: int) -> bytes:
    """A change table of so many rows."""
    rows = (ROW.replace("市民課", f"市民課{n}") for n in range(count))
    return (COVER + SECTION_I + "\n" + ANNEX + "".join(rows)).encode()


def long(more: str) -> bytes:
    """A text whose first item has much more to say."""
    return text("介護保険に関する事務\n\n(別添2)", f"介護保険に関する事務{more}\n\n(別添2)")


# --- packages: workbooks and Word documents -------------------------------------------------------


@cache
def workbook() -> bytes:
    """A sound workbook."""
    return _SAMPLE.with_suffix(".xlsx").read_bytes()


@cache
def word() -> bytes:
    """A sound Word document."""
    return _SAMPLE.with_suffix(".docx").read_bytes()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The entries of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, part: str, change: Change | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with one part changed, or added."""
    parts = unzipped(data)
    parts[part] = change(parts[part]) if callable(change) else change
    return zipped(*parts.items(), method=method)


def without(data: bytes, part: str) -> bytes:
    """A package that lost one part."""
    return zipped(*((name, content) for name, content in unzipped(data).items() if name != part))


def of_type(main: str) -> bytes:
    """A package whose main part declares the content type *main*."""
    override = f'<Override PartName="/main.bin" ContentType="{main}"/>'
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{override}</Types>'
    return zipped((TYPES, types.encode()), ("main.bin", b"\x83\x01\x00"))


def opendocument(kind: str) -> bytes:
    """An OpenDocument file."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped(("mimetype", mimetype.encode()), ("content.xml", b"<office/>"))


def begun_by(prolog: str, encoding: str = "utf-8") -> Change:
    """A change that puts a prolog before the root of an XML part, and writes it in an encoding."""

    def change(content: bytes) -> bytes:
        root = content.decode().partition("?>")[2].lstrip()
        return f'<?xml version="1.0" encoding="{encoding}"?>{prolog}{root}'.encode(encoding)

    return change


ENTITIES = (
    '<!DOCTYPE r [<!ENTITY a "霞野霞野霞野霞野霞野霞野霞野霞野霞野霞野">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def expanding(data: bytes, part: str) -> bytes:
    """A package with entities that grow to 20 GB where a word of the document stands."""
    swollen = begun_by(ENTITIES)
    return changed(data, part, lambda content: swollen(content).replace("介護".encode(), b"&j;"))


def headers(data: bytes, mark: bytes) -> list[int]:
    """Where the headers of a kind begin."""
    return [at for at in range(len(data)) if data.startswith(mark, at)]


def patched(data: bytes, entry: int, offset: int, value: int, size: str = "<I") -> bytes:
    """A ZIP file whose list says something else of one entry (counted from 0)."""
    found = bytearray(data)
    struct.pack_into(size, found, headers(data, _CENTRAL)[entry] + offset, value)
    return bytes(found)


_FLAGS, _UNPACKED, _PLACE = 8, 24, 42  # where they stand in the list of a ZIP file


def locked_entry() -> bytes:
    """A workbook zipped with a password."""
    return patched(workbook(), 0, _FLAGS, 1, "<H")


def lying(size: int) -> bytes:
    """A workbook that gives another size of its last part than it has."""
    return patched(workbook(), -1, _UNPACKED, size)


def overlapping() -> bytes:
    """A workbook two of whose parts are the same bytes."""
    data = zipped(*unzipped(workbook()).items(), ("a.bin", b"a"), ("b.bin", b"b"))
    return patched(data, -1, _PLACE, struct.unpack_from("<I", data, headers(data, _CENTRAL)[-2] + _PLACE)[0])


def twice() -> bytes:
    """A workbook with two parts of one name."""
    data = zipped(*unzipped(workbook()).items(), ("a.bin", b"a"), ("b.bin", b"b"))
    return data.replace(b"b.bin", b"a.bin")


def spoiled() -> bytes:
    """A workbook with a byte of its largest part altered."""
    found = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        largest = max(archive.infolist(), key=lambda entry: entry.compress_size)
    found[largest.header_offset + 60 + largest.compress_size // 2] ^= 0x55
    return bytes(found)


@cache
def bomb() -> bytes:
    """A workbook of 100 KB with a picture of 90 MB."""
    return changed(workbook(), "xl/media/image1.bmp", bytes(90 * MEGABYTE))


def crowded() -> bytes:
    """A workbook of very many parts."""
    parts = ((f"xl/media/{n}", b"") for n in range(6_000))
    return zipped(*unzipped(workbook()).items(), *parts)


def in_sheet(xml: str) -> bytes:
    """A workbook whose first sheet holds more."""
    return changed(
        workbook(), SHEET, lambda content: content.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
    )


def in_document(xml: str) -> bytes:
    """A Word document whose body holds more."""
    return changed(word(), DOCUMENT, lambda content: content.replace(b"<w:body>", b"<w:body>" + xml.encode()))


def tracked() -> bytes:
    """A Word document with changes that nobody accepted yet."""
    return word_files.packed(word_files.p("甲", '<w:ins w:id="1"><w:r><w:t>乙</w:t></w:r></w:ins>'))


# --- PDF ------------------------------------------------------------------------------------------


@cache
def pdf() -> bytes:
    """A sound PDF."""
    return _SAMPLE.with_suffix(".pdf").read_bytes()


def locked_pdf() -> bytes:
    """A PDF that asks for a password before it opens."""
    return pdf_files.drawn(lambda page: page.words(50, 50, "評価書"), encrypt=StandardEncryption("himitsu"))


def scanned_pdf() -> bytes:
    """A PDF of pictures without a letter."""
    picture = ImageReader(io.BytesIO(bitmap()))
    return pdf_files.drawn(
        *[lambda page: page.canvas.drawImage(picture, 0, 0, pdf_files.WIDTH, pdf_files.HEIGHT)] * 3
    )


def swollen_pdf() -> bytes:
    """A PDF whose page unpacks to 200 MB."""
    packing = zlib.compressobj(1)
    packed = b"".join(packing.compress(b"0 0 m " * 170_000) for _ in range(200)) + packing.flush()
    head = b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed)
    return pdf_files.one_page(b"4 0 R").replace(
        b"4 0 obj\n4 0 R", b"4 0 obj\n" + head + packed + b"\nendstream"
    )


def font_pdf(said: bytes = b"", of_glyphs: bytes = b"", *objects: bytes) -> bytes:
    """A PDF of one word in a font of which more is *said*, and of whose glyphs; *objects* begin with 5."""
    glyphs = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    )
    glyphs += b"/Supplement 0>>%s>>" % of_glyphs
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[%s]%s>>" % (
        glyphs,
        said,
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 %s>>>>>>"
        % font
    )
    words = pdf_files.stream(b"BT /F1 9 Tf 50 700 Td <00410042> Tj ET")
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf_files.built(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, words, *objects)


def widths_pdf() -> bytes:
    """A PDF with the width of four billion glyphs."""
    return font_pdf(b"", b"/W[0 4000000000 500]")


def characters_pdf() -> bytes:
    """A PDF that says which four billion characters the glyphs of a font are."""
    table = b"1 begincidrange <00000000> <ffffffff> 0 endcidrange\n1 beginbfchar <0041> <0041> endbfchar"
    return font_pdf(b"/ToUnicode 5 0 R", b"", pdf_files.stream(table))


def font_file_pdf() -> bytes:
    """The same, said by the file of the font."""
    table = struct.pack(">HHHHLHHIIIIII", 0, 1, 3, 10, 12, 12, 0, 28, 0, 1, 0, 0xFFFFFFFF, 0)
    file = b"\0\1\0\0" + struct.pack(">HHHH4sLLL", 1, 0, 0, 0, b"cmap", 0, 28, len(table)) + table
    return font_pdf(b"", b"/FontDescriptor<</FontFile2 5 0 R>>", pdf_files.stream(file))


# --- other files ----------------------------------------------------------------------------------


def bitmap() -> bytes:
    """A small PNG."""
    rows = b"".join(b"\0" + bytes(16) for _ in range(16))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        for kind, held in chunks
    )


def ole(*streams: str) -> bytes:
    """The old common format of documents, as far as its directory: the names of its streams."""
    found = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for name in ("Root Entry", *streams):
        found += name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
    return found


def tar() -> bytes:
    """An archive of UNIX."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("評価書.txt"))
    return file.getvalue()


def gzipped() -> bytes:
    """A text, packed."""
    return gzip.compress(TEXT.encode(), mtime=0)


def database(folder: Path) -> bytes:
    """A database of SQLite, like our own ledger."""
    path = folder / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def owner_file(user: str, size: int) -> bytes:
    """What Office keeps beside a document that is open: the user's name, twice."""
    name = user.encode("cp932")
    ansi = bytes((len(name),)) + name.ljust(54, b" ")
    return (ansi + struct.pack("<H", len(user)) + user.encode("utf-16-le")).ljust(size, b" ")


def noise(size: int) -> bytes:
    """Bytes of no meaning, always the same."""
    return b"\x00" + random.Random(7).randbytes(size)  # noqa: S311  (no secret)
