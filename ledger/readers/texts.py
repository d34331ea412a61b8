"""The text of a text file, in whichever encoding cities use: UTF-8, CP932, EUC-JP, ISO-2022-JP, UTF-16.

Bytes may be a text in several encodings: it is taken in the one in which it is a 評価書. Where it is one but
for some bytes, the refusal says where they stand; nothing is replaced and nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from ledger.errors import UnreadableSource
from ledger.readers.bounds import MOST_ROWS
from ledger.readers.cover import form_of

# The largest real assessment has 0.2 MB and 2,000 lines.
_LARGEST = 5 * 1024 * 1024

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_LETTERS = re.compile("[\0\x80\uf8f0-\uf8f3]")  # CP932 knows bytes that are no characters
_TITLE = "特定個人情報保護評価書"
_SAVE_AS_TEXT = "元の文書から文字を取り出し直し、UTF-8 のテキストで保存してください"
_ONE = "評価書一つだけを取り出したテキストを指定してください"
_NONE = "評価書の PDF、Word（.docx）、Excel（.xlsx）、またはそこから取り出したテキストを指定してください"

# ISO-2022-JP: characters of two bytes, of one byte (half-width katakana), and ASCII.
_SHIFTED = re.compile(rb"\x1b(?:\$[@B]|\$\([OPQ]|\(I|\([BJ])([^\x1b]*)")
_KANJI, _KATAKANA = b"\x1b$", b"\x1b(I"

# What a text was written in, and what it was read in and saved again.
_READ_WRONGLY = (
    ("utf-8", "cp932"), ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("cp932", "cp1252"), ("cp932", "latin-1"),
    ("euc_jp", "cp932"), ("euc_jp", "latin-1"),
)  # fmt: skip
_TELLING = 5  # that many characters of a garbled title are no chance
_LOST = "\ufffd"
_SHOWN = 12


def text_of(data: bytes, name: str) -> str:
    """The text of *data*, line ends as line feeds. Raises UnreadableSource where it is none, or too long.

    A text that is no 評価書 in any encoding is given in the first that fits; its reader refuses it.
    """
    if len(data) > _LARGEST:
        raise UnreadableSource(
            f"テキストが大きすぎます（{_LARGEST // 1024 // 1024} MB まで）",
            where=name,
            remedy=_ONE,
        )
    texts = []
    for text in _decoded(data):
        if form_of(text):
            return _checked(text, name)
        texts.append(text)
    if damaged := _damaged(data):
        raise UnreadableSource(damaged, where=name, remedy=_SAVE_AS_TEXT)
    if not texts or (b"\0" in data and not data.startswith(_UTF_16)):
        raise UnreadableSource("PDF、Word、Excel、テキストのどれでもありません", where=name, remedy=_NONE)
    if any(map(_is_garbled, texts)):
        raise UnreadableSource("文字化けしたまま保存されています", where=name, remedy=_SAVE_AS_TEXT)
    return _checked(texts[0], name)


def _checked(text: str, name: str) -> str:
    """*text* with line feeds at its line ends, unless it has too many lines or what is no character."""
    text = _with_line_feeds(text)
    if not text.strip().strip("\ufeff"):
        raise UnreadableSource(
            "ファイルが空です", where=name, remedy="公表された評価書のファイルを指定してください"
        )
    if no_letter := _NO_LETTERS.search(text):
        raise UnreadableSource(
            f"{_line(text[: no_letter.start()])}、文字でないデータがあります",
            where=name,
            remedy=_SAVE_AS_TEXT,
        )
    if text.count("\n") >= MOST_ROWS:  # counted before the rows are built
        raise UnreadableSource(f"行が多すぎます（{MOST_ROWS:,}行まで）", where=name, remedy=_ONE)
    return text


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(before: str) -> str:
    """Where the words *before* a place of the text leave off."""
    words = before.rpartition("\n")[2].strip()[-_SHOWN:]
    return f"{before.count(chr(10)) + 1}行目の{f'「{words}」の次に' if words else '初めに'}"


def _decoded(data: bytes) -> Iterator[str]:
    """The text of *data* in every encoding in which it is one."""
    for decode in _decoders(data):
        with suppress(UnicodeDecodeError):
            yield decode(data, "strict")


def _decoders(data: bytes) -> Iterator[Callable[[bytes, str], str]]:
    """The encodings in which *data* may be a text, the likeliest first."""
    if data.startswith(_UTF_16):
        yield _in("utf-16")
        return
    if b"\0" in data:  # no text, or one of two bytes a character without the mark that says so
        yield from map(_in, ("utf-16-le", "utf-16-be"))
    if _KANJI in data:
        yield _iso_2022_jp
    yield from map(_in, ("utf-8-sig", "cp932", "euc_jis_2004"))


def _in(encoding: str) -> Callable[[bytes, str], str]:
    return lambda data, errors: data.decode(encoding, errors)


def _iso_2022_jp(data: bytes, errors: str) -> str:
    """ISO-2022-JP with the circled numbers of Windows, which no codec of Python's knows: as EUC-JP."""

    def as_euc(shifted: re.Match[bytes]) -> bytes:
        if shifted[0].startswith(_KANJI):
            return bytes(byte | 0x80 if byte > ord(" ") else byte for byte in shifted[1])
        if shifted[0].startswith(_KATAKANA):
            return b"".join(b"\x8e" + bytes((byte | 0x80,)) for byte in shifted[1])
        return shifted[1]

    return _SHIFTED.sub(as_euc, data).decode("euc_jis_2004", errors)


def _damaged(data: bytes) -> str:
    """Where the bytes stand that keep *data* from being a 評価書; blank where it is none anyhow."""
    for decode in _decoders(data):
        try:
            decode(data, "strict")
        except UnicodeDecodeError as error:
            if form_of(decode(data, "replace")):
                before = error.object[: error.start].decode(error.encoding, "ignore")
                place = _line(_with_line_feeds(before))
                if error.end >= len(error.object):
                    return f"{place}、文字の途中でファイルが終わっています"
                return f"{place}、文字として読めない箇所があります"
    return ""


def _is_garbled(text: str) -> bool:
    """Whether the title stands in *text* as another encoding shows it, or many letters were lost."""
    titles = (_TITLE.encode(true).decode(wrong, "replace") for true, wrong in _READ_WRONGLY)
    parts = (part for title in titles for part in title.split(_LOST) if len(part) >= _TELLING)
    return any(part in text for part in parts) or text.count(_LOST) * _TELLING > len(text)
