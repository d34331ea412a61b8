"""What a file is, told by its bytes and never by its name.

Cities publish workbooks, Word documents, PDF and text. Whatever else a folder holds (old formats, locked
files, pictures, shortcuts) is refused with what it is and what to do.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from ledger.errors import UnreadableSource
from ledger.readers import packages


class Kind(Enum):
    """The kinds of files that cities publish."""

    WORKBOOK = auto()
    WORD = auto()
    PDF = auto()
    TEXT = auto()


_AS_XLSX = "Excel で開き、「Excel ブック（.xlsx）」として保存し直してください"
_AS_DOCX = "Word で開き、「Word 文書（.docx）」として保存し直してください"
_AS_DOCUMENT = "PDF、Word（.docx）または Excel（.xlsx）にして指定してください"
_UNPACK = "展開して、中の評価書を一つずつ指定してください"
_UNLOCK = "パスワードを外して保存し直してください"
_ORIGINAL = "元の文書ファイルを指定してください"
_WITH_TEXT = "文字を含む元の文書を指定するか、OCR で文字にしたテキストを指定してください"

# Where the bytes stand, the bytes, what the file is, what to do.
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "画像（PNG）です", _WITH_TEXT),
    (0, b"\xff\xd8\xff", "画像（JPEG）です", _WITH_TEXT),
    (0, b"II*\0", "画像（TIFF）です", _WITH_TEXT),
    (0, b"MM\0*", "画像（TIFF）です", _WITH_TEXT),
    (0, b"GIF8", "画像（GIF）です", _WITH_TEXT),
    (8, b"WEBPVP8", "画像（WebP）です", _WITH_TEXT),
    (4, b"ftyphei", "画像（HEIC）です", _WITH_TEXT),
    (0, b"\x1f\x8b", "圧縮ファイル（gzip）です", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "圧縮ファイル（7z）です", _UNPACK),
    (0, b"Rar!\x1a\x07", "圧縮ファイル（RAR）です", _UNPACK),
    (2, b"-lh5-", "圧縮ファイル（LZH）です", _UNPACK),
    (2, b"-lh7-", "圧縮ファイル（LZH）です", _UNPACK),
    (257, b"ustar", "書庫ファイル（tar）です", _UNPACK),
    (0, b"{\\rtf", "リッチテキスト（RTF）です", _AS_DOCX),
    (0, b"L\0\0\0\x01\x14\x02\0", "ショートカットです", _ORIGINAL),
    (0, b"[InternetShortcut]", "ショートカットです", _ORIGINAL),
    (0, b"\0\x05\x16\x07", "Mac が作る付属のファイルです", _ORIGINAL),
    (0, b"SQLite format 3\0", "データベースです", "公表された評価書のファイルを指定してください"),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of a stream that only one program writes, what the file is, what to do.
_STREAMS = (
    ("EncryptedPackage", "パスワードがかかっています", _UNLOCK),
    ("Workbook", "古い形式の Excel（.xls）です", _AS_XLSX),
    ("Book", "古い形式の Excel（.xls）です", _AS_XLSX),
    ("WordDocument", "古い形式の Word（.doc）です", _AS_DOCX),
    ("PowerPoint Document", "PowerPoint です", _AS_DOCUMENT),
    ("\x04JSRV_SegmentInformation", "一太郎の文書です", _AS_DOCUMENT),
    ("__properties_version1.0", "Outlook のメールです", "添付された評価書を保存して指定してください"),
)
_NAME_FIELD = 64  # bytes of a directory entry of OLE that hold the name, before its length

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
# What stands in the content type of the main part only (embedded files have a type of their own), or in the
# mimetype of an OpenDocument file; the kind, or what the file is and what to do.
_WORKBOOKS = re.compile(r"spreadsheetml\.\w+\.main\+xml|ms-excel\.(?:sheet|template)\.macroEnabled\.main")
_WORDS = re.compile(r"wordprocessingml\.\w+\.main\+xml|ms-word\.\w+\.macroEnabled\w*\.main")
_OTHERS = (
    (r"ms-excel\.sheet\.binary\.macroEnabled\.main", "バイナリ形式の Excel（.xlsb）です", _AS_XLSX),
    (r"presentationml\.\w+\.main|ms-powerpoint\.\w+\.macroEnabled\.main", "PowerPoint です", _AS_DOCUMENT),
    (r"opendocument\.spreadsheet", "OpenDocument の表計算（.ods）です", _AS_XLSX),
    (r"opendocument\.text", "OpenDocument の文書（.odt）です", _AS_DOCX),
)

_PDF, _PDF_WITHIN = b"%PDF-", 1024  # readers of PDF allow as much before it
_HEAD = 4096
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_FLAT = re.compile(r"\s*<\?xml.{0,200}?<\?mso-application\s+progid=\"(Excel|Word)", re.DOTALL)
_OWNER_FILE = 200  # more bytes than a ~$ file has: a user's name, twice


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of *data*. Raises UnreadableSource, saying what to do, for a file of any other kind.

    A package (workbook, Word) has been checked by ``packages.check`` then.
    """
    if data.startswith(_ZIPS):
        return _kind_of_package(data, name)
    if data.startswith(_OLE):
        raise _refused(_what_ole_is(data), name)
    if _PDF in data[:_PDF_WITHIN]:
        return Kind.PDF
    for at, signature, what, remedy in _SIGNATURES:
        if data.startswith(signature, at):
            raise _refused((what, remedy), name)
    if told := _what_text_is(data):
        raise _refused(told, name)
    return Kind.TEXT


def _refused(told: tuple[str, str], name: str) -> UnreadableSource:
    return UnreadableSource(told[0], where=name, remedy=told[1])


def _kind_of_package(data: bytes, name: str) -> Kind:
    types = packages.types_of(data, name)
    if not types:
        raise _refused(("圧縮ファイル（ZIP）です", _UNPACK), name)
    declared = "\n".join(types)
    for kind, mark in ((Kind.WORKBOOK, _WORKBOOKS), (Kind.WORD, _WORDS)):
        if mark.search(declared):
            packages.check(data, name)
            return kind
    others = ((what, remedy) for mark, what, remedy in _OTHERS if re.search(mark, declared))
    raise _refused(next(others, ("Excel でも Word でもない文書です", _AS_DOCUMENT)), name)


def _what_ole_is(data: bytes) -> tuple[str, str]:
    """Which program wrote a file of the old common format, by the names in its directory."""
    for stream, what, remedy in _STREAMS:
        field = stream.encode("utf-16-le").ljust(_NAME_FIELD, b"\0")
        if field + (2 * len(stream) + 2).to_bytes(2, "little") in data:
            return what, remedy
    return "古い形式の文書です", _AS_DOCUMENT


def _what_text_is(data: bytes) -> tuple[str, str] | None:
    """What a file of characters is that is no plain text; None where it may be one."""
    if len(data) < _OWNER_FILE and _is_owner_file(data):
        return "Word や Excel が文書を開いている間だけ作るファイル（~$）です", _ORIGINAL
    head = _head(data)
    if _PAGE.match(head) or ("MIME-Version:" in head and "multipart/related" in head):
        return "Web ページです", _AS_DOCUMENT
    if flat := _FLAT.match(head):
        return f"XML 形式の {flat[1]} です", _AS_XLSX if flat[1] == "Excel" else _AS_DOCX
    return None


def _is_owner_file(data: bytes) -> bool:
    """Whether *data* says who has a document open: the length of the name, the name, and again in UTF-16."""
    user = data[1 : 1 + data[0]].decode("cp932", "ignore") if data else ""
    return bool(user) and user.encode("utf-16-le") in data


def _head(data: bytes) -> str:
    """The first characters of a text in any encoding; right where they are ASCII."""
    wide = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(data[:2], "latin-1")
    return data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode(wide, "replace")
