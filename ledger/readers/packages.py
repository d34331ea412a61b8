"""ZIP packages of XML from strangers: refused before a library opens them where they could do harm.

A workbook and a Word document are ZIP files. One of a few kilobytes may unfold to gigabytes, its entries may
lie about their size or share their bytes, and an XML part may define entities that grow without end. Every
entry is unfolded here once, in pieces and up to a limit; nothing is ever written to the disk, so that the
names of the entries can do no harm.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ledger.errors import UnreadableSource

# A real assessment has some 50 parts, 5 MB of XML with 200,000 elements, and a few pictures.
_MEGABYTE = 1024 * 1024
_MOST_PARTS = 5_000
_LARGEST_PART = 100 * _MEGABYTE
_LARGEST_WHOLE = 200 * _MEGABYTE
_MOST_XML = 64 * _MEGABYTE
_MOST_ELEMENTS = 2_000_000  # a workbook may have a million formatted rows without a word
_DEEPEST = 200
_LONGEST_TAG = 500_000
_STEEP, _STEEP_FROM = 200, 20 * _MEGABYTE
_CHUNK = 256 * 1024

_CONTENT_TYPES = "[Content_Types].xml"
_MIMETYPE = "mimetype"  # what an OpenDocument file says it is
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_ENTRY = b"PK\x01\x02"
_XML_NAMES = (".xml", ".rels")
_XML_BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
_FOREIGN_ENCODING = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
}
_DAMAGES = (
    BadZipFile,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
    struct.error,
    zlib.error,
)

_SAVE_AGAIN = "Excel や Word で開き、「名前を付けて保存」で保存し直したファイルを指定してください"
_WHOLE_FILE = "ファイルを入手し直すか、Excel や Word で開いて保存し直してください"


def types_of(data: bytes, name: str) -> frozenset[str]:
    """What the ZIP file *data* declares to hold: content types, or the mimetype of an OpenDocument file.

    Empty where it is no package. Raises UnreadableSource where it is damaged, or locked by a password.
    """
    with _opened(data, name) as archive:
        for entry in archive.infolist():
            if entry.filename == _CONTENT_TYPES:
                return _content_types(archive, entry, name)
            if entry.filename == _MIMETYPE:
                return frozenset({_small(archive, entry, name).decode("ascii", "replace").strip()})
        return frozenset()


def check(data: bytes, name: str) -> None:
    """Unfold every entry of the ZIP file *data* once. Raises UnreadableSource where it exceeds a bound.

    The bounds: the number of entries, the size of one and of all, unfolded as declared and as found, how far
    they are compressed, how much XML there is; no entry is locked, damaged, twice there or inside another,
    and no XML part defines entities.
    """
    with _opened(data, name) as archive:
        entries = archive.infolist()
        _check_places(entries, name)
        declared = sum(entry.file_size for entry in entries)
        if declared > _LARGEST_WHOLE or max(entry.file_size for entry in entries) > _LARGEST_PART:
            raise _too_large(name)
        if declared > max(_STEEP_FROM, _STEEP * len(data)):
            raise _too_large(name)
        room = _Room(_MOST_XML, _MOST_ELEMENTS)
        for entry in entries:
            _check_part(archive, entry, room, name)


@dataclass(slots=True)
class _Room:
    """How much XML may still come."""

    characters: int
    elements: int


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[ZipFile]:
    """The ZIP file *data*; whatever is wrong with its structure is told as damage."""
    if data.count(_ENTRY) > _MOST_PARTS:  # counted before the list of entries is built
        raise UnreadableSource("中に含まれる部品が多すぎます", where=name, remedy=_SAVE_AGAIN)
    try:
        with ZipFile(BytesIO(data)) as archive:
            yield archive
    except _DAMAGES:
        raise UnreadableSource(
            "ファイルが途中で切れているか、壊れています", where=name, remedy=_WHOLE_FILE
        ) from None


def _check_places(entries: list[ZipInfo], name: str) -> None:
    """No two entries have one name or share bytes."""
    if not entries:
        raise BadZipFile
    if len({entry.filename for entry in entries}) < len(entries):
        raise BadZipFile
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnreadableSource("中の部品どうしが重なり合っています", where=name, remedy=_SAVE_AGAIN)
        end = entry.header_offset + _LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size


def _unfolded(archive: ZipFile, entry: ZipInfo, name: str) -> Iterator[bytes]:
    """The bytes of one entry, in pieces; its checksum is compared at the end."""
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableSource(
            "パスワードがかかっています", where=name, remedy="パスワードを外して保存し直してください"
        )
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BadZipFile
    found = 0
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            found += len(chunk)
            if found > _LARGEST_PART:
                raise _too_large(name)
            yield chunk
    if found != entry.file_size:
        raise BadZipFile


def _check_part(archive: ZipFile, entry: ZipInfo, room: _Room, name: str) -> None:
    chunks = _unfolded(archive, entry, name)
    first = next(chunks, b"")
    named = entry.filename.lower().endswith(_XML_NAMES)
    if not (named or first.lstrip().startswith(_XML_BEGINS)):
        for _ in chunks:
            pass
        return
    room.characters -= entry.file_size
    if room.characters < 0:
        raise _too_large(name)
    _check_xml(b"".join((first, *chunks)), room, name, named=named)


def _check_xml(content: bytes, room: _Room, name: str, *, named: bool) -> None:
    """No entities, not too many elements, no endless tag, no depth; well-formed where it is called XML.

    Drawings and pictures (.vml, .svg) are often no good XML and may name a public DOCTYPE; nobody reads them.
    """
    room.elements -= content.count(b"<") - content.count(b"</")
    endless = any(
        content.find(b">", at, at + _LONGEST_TAG) < 0
        for at in range(0, len(content) - _LONGEST_TAG, _LONGEST_TAG)
    )
    if room.elements < 0 or endless:
        raise _too_large(name)
    watch, parser = _Watch(name, named=named), expat.ParserCreate()
    parser.StartDoctypeDeclHandler = watch.doctype
    parser.StartElementHandler, parser.EndElementHandler = watch.begin, watch.end
    try:
        parser.Parse(content, True)  # noqa: FBT003  (the end of the part; no keyword there)
    except expat.ExpatError as error:
        if (named and content) or error.code in _FOREIGN_ENCODING:
            raise BadZipFile from None


class _Watch:
    """Refuses what one XML part must not hold, while expat reads it."""

    def __init__(self, name: str, *, named: bool) -> None:
        self._name = name
        self._named = named
        self._depth = 0

    def doctype(self, _root: str, _system: str | None, _public: str | None, subset: int) -> None:
        if self._named or subset:
            raise UnreadableSource(
                "Excel や Word の文書にはない定義（DTD）が含まれています",
                where=self._name,
                remedy=_SAVE_AGAIN,
            )

    def begin(self, _tag: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _too_large(self._name)

    def end(self, _tag: str) -> None:
        self._depth -= 1


def _content_types(archive: ZipFile, entry: ZipInfo, name: str) -> frozenset[str]:
    """The content types that the package declares for its parts."""
    content = _small(archive, entry, name)
    _check_xml(content, _Room(_MEGABYTE, _MOST_PARTS), name, named=True)
    types: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _tag, attributes: types.add(attributes.get("ContentType", ""))
    parser.Parse(content, True)  # noqa: FBT003  (as above)
    return frozenset(types)


def _small(archive: ZipFile, entry: ZipInfo, name: str) -> bytes:
    """The whole of a small entry."""
    if entry.file_size > _MEGABYTE:
        raise _too_large(name)
    return b"".join(_unfolded(archive, entry, name))


def _too_large(name: str) -> UnreadableSource:
    return UnreadableSource(
        "中身が大きすぎます", where=name, remedy="不要なシート、行、画像を削除して保存し直してください"
    )
